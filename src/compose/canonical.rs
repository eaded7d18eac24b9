//! The canonical text: a plain form of what a piece says, the same for a source and for every edition of it.
//!
//! `docs/canonical-text.md` is the definition; this is its one spelling. A line is a block of text; notes follow after an
//! empty line. Lines say nothing of structure, so that an edition whose headings an office program took away still says the
//! same text.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

use super::composition::Composition;
use super::{Reading, Visit};
use crate::digest::Sha256;

/// What a piece says, in the form of which the hash is taken.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CanonicalText(String);

impl CanonicalText {
    /// The form of these lines, folded already, those of the notes apart. Empty ones are left out.
    #[must_use]
    pub fn of_lines<'a>(
        text: impl IntoIterator<Item = &'a str>,
        notes: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let mut canonical = String::new();
        let mut add = |line: &str| {
            canonical.push_str(line);
            canonical.push('\n');
        };
        let said = |line: &&str| !line.is_empty();
        text.into_iter().filter(said).for_each(&mut add);
        let mut notes = notes.into_iter().filter(said).peekable();
        if notes.peek().is_some() {
            add("");
        }
        notes.for_each(add);
        Self(canonical)
    }

    /// The form as text: UTF-8, every line ended by U+000A.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its SHA-256.
    #[must_use]
    pub fn hash(&self) -> Sha256 {
        Sha256::of(self.0.as_bytes())
    }
}

impl fmt::Display for CanonicalText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The signs of a text that its canonical line leaves out.
pub(crate) fn silent_signs(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| is_silent(*c))
}

/// Folds a block of text to a canonical line: NFC (UAX 15); every run of white space, no-break spaces and line ends among
/// it, is one U+0020 with none at the ends; what is not seen and says nothing (soft hyphens, word joiners, zero-width
/// spaces, marks of direction) is left out. Joiners stay: they make other letters.
#[must_use]
pub fn canonical_line(text: &str) -> String {
    // Most texts are lines already: finding that out costs a fraction of folding them.
    if is_folded(text) {
        return text.to_owned();
    }
    let mut line = String::with_capacity(text.len());
    for word in text.split(char::is_whitespace) {
        if is_folded(word) {
            if !line.is_empty() && !word.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
            continue;
        }
        let mut said = word.chars().filter(|c| !is_silent(*c)).peekable();
        if said.peek().is_some() {
            if !line.is_empty() {
                line.push(' ');
            }
            match word.is_ascii() {
                true => line.extend(said),
                false => line.extend(said.nfc()),
            }
        }
    }
    line
}

/// Whether a text is certainly a canonical line as it is. One of which that is not told may be one all the same.
fn is_folded(text: &str) -> bool {
    let bytes = text.as_bytes();
    // A space at the start is one behind another.
    let mut is_behind_space = true;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        // Most of most texts, many bytes at a step.
        if let Some(stretch) = bytes.get(at..at + STRETCH)
            && is_plain(stretch)
            && !(is_behind_space && stretch[0] == b' ')
        {
            is_behind_space = stretch[STRETCH - 1] == b' ';
            at += STRETCH;
            continue;
        }
        match byte {
            b' ' if is_behind_space => return false,
            b' ' => is_behind_space = true,
            b'\t'..=b'\r' => return false,
            0..=0x7F => is_behind_space = false,
            _ => {
                let Some(c) = text[at..].chars().next().filter(|c| is_settled(*c)) else {
                    return false;
                };
                is_behind_space = false;
                at += c.len_utf8();
                continue;
            }
        }
        at += 1;
    }
    !is_behind_space || text.is_empty()
}

/// So many bytes are looked at in one step.
const STRETCH: usize = 16;

/// Whether bytes are printable ASCII with no space behind a space. All of them are asked, which a processor does at once.
fn is_plain(bytes: &[u8]) -> bool {
    let is_printable = bytes
        .iter()
        .fold(true, |all, byte| all & (0x20..=0x7E).contains(byte));
    let pairs = bytes.iter().zip(&bytes[1..]);
    is_printable & pairs.fold(true, |all, (a, b)| all & !((*a == b' ') & (*b == b' ')))
}

/// Whether a character says something, is no white space, and is its own composition whatever stands beside it: Latin letters as
/// they are written with their marks (`NFC_Quick_Check` is yes, and no starter before it composes with it), and punctuation.
fn is_settled(c: char) -> bool {
    matches!(c, '\u{A1}'..='\u{AC}' | '\u{AE}'..='\u{2FF}' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}')
}

/// Whether a character is not seen and says nothing.
fn is_silent(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{61C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}'
    )
}

impl Composition {
    /// What the piece says: title block, sections, then the notes; for each figure its alternative text before its caption. Pull
    /// quotes that repeat the text, marks of notes, labels of lists and what the house puts to the piece are no part of it.
    #[must_use]
    pub fn canonical_text(&self) -> CanonicalText {
        let mut lines = Vec::new();
        for visit in self.walk_authored() {
            match visit {
                Visit::Text { text, .. } if self[text].reading == Reading::Text => {
                    lines.push(canonical_line(&self[text].plain()));
                }
                Visit::Figure { figure, .. } => lines.push(canonical_line(&figure.alt)),
                Visit::Text { .. }
                | Visit::Block(..)
                | Visit::Item { .. }
                | Visit::Heading(_)
                | Visit::Break => {}
            }
        }
        let notes = self.notes.iter();
        let notes: Vec<String> = notes
            .map(|note| canonical_line(&self[note.text].plain()))
            .collect();
        CanonicalText::of_lines(
            lines.iter().map(String::as_str),
            notes.iter().map(String::as_str),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The definition, spelled without a short cut.
    fn folded(text: &str) -> String {
        let words = text.split(char::is_whitespace).map(|word| {
            let said = word.chars().filter(|c| !is_silent(*c));
            said.nfc().collect::<String>()
        });
        let words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
        words.join(" ")
    }

    #[test]
    fn short_cuts_lead_where_the_definition_does() {
        let before = ["", "e", "a ", "\u{AD}"];
        let after = ["", "\u{301}", " a", "’\u{327}"];
        let some = (0..0x3100).chain(0xAC00..0xAC10).chain(0xFEF0..0x10010);
        for c in some.filter_map(char::from_u32) {
            for before in before {
                for after in after {
                    let text = format!("{before}{c}{after}");
                    assert_eq!(canonical_line(&text), folded(&text), "{text:?}");
                }
            }
        }
    }

    #[test]
    fn what_is_a_line_already_stays_as_it_is() {
        for line in [
            "",
            "a",
            "“Trade”, he said – in Łódź, it’s naïve…",
            "a \u{1} b",
            "exactly sixteen. And one more of sixteen",
            "fifteen letters and more of them, then ‘one’ that is no ASCII, and more.",
        ] {
            assert!(is_folded(line), "{line:?}");
            assert_eq!(canonical_line(line), line);
        }
        for text in [
            " ",
            "a ",
            " a",
            "a  b",
            "a\tb",
            "a\u{A0}b",
            "a\u{AD}b",
            "e\u{301}",
            "sixteen letters.  and more",
            "sixteen lettersx  and more",
            "two  spaces in sixteen",
            "a tab in\tsixteen bytes",
            "the last of them is a space and more than one ",
        ] {
            assert!(!is_folded(text), "{text:?}");
        }
    }
}
