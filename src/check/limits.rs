//! How much a piece may hold for its length: beyond what any piece has, making it would cost more than its source does. What is
//! counted makes elements, runs, lines and cells of its own in each edition, be its source ever so short.

use super::Report;
use crate::diagnostic::{ByteSpan, Code, Diagnostic, FieldPath};
use crate::piece::Direction;

/// How many columns a table may have, which is what Word can show.
pub(super) const MAX_COLUMNS: usize = 63;

/// How many characters a title, a name or the name of a series may have: they stand on every page, in every list and in metadata.
const LONGEST_NAME: usize = 20_000;

/// How many characters an alternative text may have, those outside the first plane counted twice: a PDF that is an archive's has no
/// longer strings (ISO 19005-2, 6.1.13), and nobody hears half of one.
const LONGEST_ALTERNATIVE: usize = 16_000;

/// How many bytes a text with markup may have: 40,000 words. Its lines are chosen all together.
const LONGEST_TEXT: usize = 250_000;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counted {
    /// Paragraphs, headings, items, breaks, notes and other texts with a place of their own.
    Texts,
    /// The cells of tables.
    Cells,
    /// The characters with which marks begin and end.
    Signs,
    /// Letters that run another way than the one before them: each begins a run of its own in a Word document.
    Turns,
    /// References to notes.
    References,
    /// Contributors.
    Contributors,
    /// Figures.
    Figures,
}

impl Counted {
    /// The most that a piece may have for each mebibyte of its source, or part of one: of a book that has 3,000 paragraphs.
    const fn most(self) -> usize {
        match self {
            Self::Texts => 8_000,
            Self::Cells => 10_000,
            Self::Signs => 12_000,
            Self::Turns => 30_000,
            Self::References => 2_500,
            Self::Contributors | Self::Figures => 2_000,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Texts => "paragraphs, headings, items and notes",
            Self::Cells => "cells of tables",
            Self::Signs => {
                "signs of marks (`*`, `^`, `~`, backticks, the brackets of links and notes)"
            }
            Self::Turns => "changes between letters that run to the right and to the left",
            Self::References => "references to notes",
            Self::Contributors => "contributors",
            Self::Figures => "figures",
        }
    }
}

/// What was counted so far.
#[derive(Debug)]
pub(super) struct Counts {
    counted: [usize; 7],
    mebibytes: usize,
}

impl Counts {
    /// Nothing of a source of so many bytes.
    pub(super) fn new(bytes: usize) -> Self {
        Self {
            counted: [0; 7],
            mebibytes: bytes.div_ceil(1 << 20).max(1),
        }
    }
}

impl Report<'_> {
    /// Whether a text is no longer than may be, and has no more signs of marks and turns than there is room for; tells where it has.
    pub(super) fn measure_text(&mut self, text: &str, at: &FieldPath) -> bool {
        if text.len() > LONGEST_TEXT {
            let message = format!("this text has more than {LONGEST_TEXT} bytes");
            let problem = Diagnostic::error(Code::TooManyValues, message)
                .hint("make paragraphs of it, or link to what is data");
            self.say_within(at, text, &(0..text.len()), problem);
            return false;
        }
        self.counts(Counted::Turns, turns(text), at) && self.counts(Counted::Signs, signs(text), at)
    }

    /// Tells of a title or a name that no title or name is as long as.
    pub(super) fn measure_name(&mut self, name: &str, at: &FieldPath) {
        if name.chars().nth(LONGEST_NAME).is_some() {
            let message = format!("this has more than {LONGEST_NAME} characters, and no name has");
            let problem = Diagnostic::error(Code::TooManyValues, message)
                .hint("put what is text into the statement or the introduction");
            self.say(at, problem);
        }
    }

    /// Tells of an alternative text that is longer than a PDF can say.
    pub(super) fn measure_alternative(&mut self, alt: &str, at: &FieldPath) {
        if alt.encode_utf16().nth(LONGEST_ALTERNATIVE).is_some() {
            let message =
                format!("this alternative text has more than {LONGEST_ALTERNATIVE} characters");
            let problem = Diagnostic::error(Code::TooManyValues, message)
                .hint("say in it what the picture shows, and put the rest into the text");
            self.say(at, problem);
        }
    }

    /// Counts some more of a text's, and tells where they are more than a piece may have, once; whether there is room for them.
    pub(super) fn counts(&mut self, counted: Counted, more: usize, at: &FieldPath) -> bool {
        let (fits, problem) = self.count(counted, more);
        if let Some(problem) = problem {
            self.say(at, problem);
        }
        fits
    }

    /// The same of one in a text.
    pub(super) fn counts_within(
        &mut self,
        counted: Counted,
        at: &FieldPath,
        text: &str,
        part: &ByteSpan,
    ) -> bool {
        let (fits, problem) = self.count(counted, 1);
        if let Some(problem) = problem {
            self.say_within(at, text, part, problem);
        }
        fits
    }

    fn count(&mut self, counted: Counted, more: usize) -> (bool, Option<Diagnostic>) {
        let most = counted.most() * self.counts.mebibytes;
        let so_far = &mut self.counts.counted[counted as usize];
        let before = std::mem::replace(so_far, so_far.saturating_add(more));
        let fits = *so_far <= most;
        let problem = (!fits && before <= most).then(|| {
            let message = format!("the piece holds more than {most} {}", counted.words());
            let hint = "make several pieces of it, or link to what is data";
            Diagnostic::error(Code::TooManyValues, message).hint(hint)
        });
        (fits, problem)
    }
}

/// How many signs of marks a text has. Brackets are some only where a link or a note can be.
fn signs(text: &str) -> usize {
    let count = |signs: &[u8]| text.bytes().filter(|byte| signs.contains(byte)).count();
    let brackets = match text.contains("](") {
        true => count(b"[]"),
        false => 2 * text.matches("[^").count(),
    };
    count(b"*^~`") + brackets
}

/// How often a text goes over from letters that run one way to such that run the other.
fn turns(text: &str) -> usize {
    if text.is_ascii() {
        return 0;
    }
    let mut last = None;
    let turns = text.chars().filter_map(Direction::of);
    turns
        .filter(|own| last.replace(*own).is_some_and(|last| last != *own))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_turns_where_letters_run_another_way() {
        for (text, count) in [
            ("words and words", 0),
            ("ہم اور ہم", 0),
            ("é the word ہم, 12", 1),
            ("a ہم b ہم", 3),
        ] {
            assert_eq!(turns(text), count, "{text}");
        }
    }

    #[test]
    fn brackets_are_signs_where_a_link_or_a_note_can_be() {
        for (text, count) in [
            ("[1, [2, 3]]", 0),
            ("a[^n] b", 3),
            ("[a](b) and [c]", 4),
            ("*a* **b** x^2^ H~2~O `c`", 12),
        ] {
            assert_eq!(signs(text), count, "{text}");
        }
    }
}
