//! Directions: the levels of a text, and the order in which a line of it is shown (Unicode Standard Annex 9).
//!
//! unicode-bidi resolves the levels of a whole paragraph; what lines ask for, rules L1 and L2, is here. It knows no glyphs.

use unicode_bidi::{BidiClass, BidiInfo, Level, ParagraphBidiInfo};

use super::bidi_classes::{Classes, bidi_class};
use crate::piece::Direction;

/// A stretch of a text that the text around it does not touch (UAX 9, 2.4): a span in another language, a name, a note's mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Isolate {
    /// Its first byte.
    pub(crate) start: usize,
    /// The byte behind it.
    pub(crate) end: usize,
    /// Its direction; none where its first strong letter decides.
    pub(crate) direction: Option<Direction>,
}

/// What a stretch of text does at the end of a line (UAX 9, L1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// It stays where it is.
    Words,
    /// White space and invisible controls: at a line's end they stand where lines end.
    Blank,
    /// A tabulator, which stands as the line runs, and so do the blanks before it.
    Separator,
}

/// How a part of a line takes part in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Leveled {
    /// Its level: odd ones run from right to left.
    pub(crate) level: Level,
    /// What it does at a line's end.
    pub(crate) part: Part,
    /// The level of an isolate's edge between it and what stands before it.
    pub(crate) edge: Option<Level>,
}

impl Leveled {
    /// Words on the level of their paragraph.
    pub(crate) fn at(level: Level) -> Self {
        Self {
            level,
            part: Part::Words,
            edge: None,
        }
    }
}

/// A stretch of one level that rule L1 treats alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stretch {
    start: usize,
    end: usize,
    own: Leveled,
}

/// The levels of a text that is one paragraph.
#[derive(Debug)]
pub(crate) struct Levels {
    base: Level,
    /// From the text's start to its end.
    stretches: Vec<Stretch>,
}

impl Levels {
    /// The levels of a text; none where all of it runs from left to right. Isolates follow each other or stand in each other, the
    /// outer first.
    pub(crate) fn of(text: &str, base: Direction, isolates: &[Isolate]) -> Option<Self> {
        let turned = |isolate: &Isolate| isolate.direction == Some(Direction::RightToLeft);
        if base == Direction::LeftToRight
            && !text.chars().any(turns)
            && !isolates.iter().any(turned)
        {
            return None;
        }
        let base = level_of(base);
        let marked = Marked::new(text, isolates);
        let levels =
            ParagraphBidiInfo::new_with_data_source(&Classes, &marked.text, Some(base)).levels;
        let mut stretches: Vec<Stretch> = Vec::new();
        let mut behind = 0;
        for ((at, c), (place, length)) in text.char_indices().zip(marked.places) {
            let level = levels.get(place).copied().unwrap_or(base);
            // Between them stand the edges of isolates alone.
            let edge = levels
                .get(behind..place)
                .and_then(|edges| edges.iter().min());
            behind = place + length;
            let before = stretches.last().map(|last| last.own.part);
            let own = Leveled {
                level,
                part: match part(c) {
                    // A joiner or a soft hyphen inside a word does not part it.
                    Part::Blank if is_unseen(c) && before == Some(Part::Words) => Part::Words,
                    own => own,
                },
                edge: edge.copied(),
            };
            let end = at + c.len_utf8();
            match stretches.last_mut() {
                Some(last)
                    if last.own.level == level
                        && last.own.part == own.part
                        && own.edge.is_none() =>
                {
                    last.end = end;
                }
                _ => stretches.push(Stretch {
                    start: at,
                    end,
                    own,
                }),
            }
        }
        Some(Self { base, stretches })
    }

    /// The level of the paragraph.
    pub(crate) fn base(&self) -> Level {
        self.base
    }

    /// How what begins at a byte takes part in the order of a line, and the byte up to which it goes on so.
    pub(crate) fn at(&self, byte: usize) -> (Leveled, usize) {
        let index = self
            .stretches
            .partition_point(|stretch| stretch.end <= byte);
        match self.stretches.get(index) {
            Some(stretch) if stretch.start == byte => (stretch.own, stretch.end),
            Some(stretch) => {
                let own = Leveled {
                    edge: None,
                    ..stretch.own
                };
                (own, stretch.end)
            }
            None => (Leveled::at(self.base), usize::MAX),
        }
    }

    /// Whether any of it runs from right to left.
    pub(crate) fn turn(&self) -> bool {
        let mut stretches = self.stretches.iter();
        stretches.any(|stretch| stretch.own.level.is_rtl() && stretch.own.part == Part::Words)
    }
}

/// The order, from the left, in which parts of a line are shown that stand here in logical order. Their levels become those
/// that rule L1 gives them.
pub(crate) fn visual_order(base: Level, line: &mut [Leveled]) -> Vec<usize> {
    let mut at_end = true;
    for own in line.iter_mut().rev() {
        at_end = match own.part {
            Part::Words => false,
            Part::Blank => at_end,
            Part::Separator => true,
        };
        if at_end {
            own.level = base;
        }
    }
    // The edges of isolates, which nobody sees, keep apart what they part.
    let mut levels = Vec::with_capacity(line.len());
    let mut parts = Vec::with_capacity(line.len());
    for (index, own) in line.iter().enumerate() {
        if let Some(edge) = own.edge {
            levels.push(edge);
            parts.push(None);
        }
        levels.push(own.level);
        parts.push(Some(index));
    }
    let order = BidiInfo::reorder_visual(&levels);
    order.into_iter().filter_map(|at| parts[at]).collect()
}

/// The direction of a level.
pub(crate) fn direction_of(level: Level) -> Direction {
    if level.is_rtl() {
        Direction::RightToLeft
    } else {
        Direction::LeftToRight
    }
}

/// The level of a paragraph of a direction.
pub(super) fn level_of(direction: Direction) -> Level {
    match direction {
        Direction::LeftToRight => Level::ltr(),
        Direction::RightToLeft => Level::rtl(),
    }
}

/// A text with controls around its isolates.
struct Marked {
    text: String,
    /// Where each character of the text stands in it, and how many bytes it has there.
    places: Vec<(usize, usize)>,
}

/// Isolates of the author's that are open in one of ours, or outside all of them.
type OpenControls = usize;

impl Marked {
    fn new(text: &str, isolates: &[Isolate]) -> Self {
        let mut marked = Self {
            text: String::with_capacity(text.len() + 6 * isolates.len()),
            places: Vec::with_capacity(text.len()),
        };
        // The controls of an author who opened or closed one too many end with what they stand in.
        let mut around: Vec<(usize, OpenControls)> = Vec::new();
        let mut open: OpenControls = 0;
        let mut next = isolates.iter().peekable();
        for (at, c) in text.char_indices() {
            while let Some(&(end, outside)) = around.last()
                && end <= at
            {
                marked.close(open + 1);
                open = outside;
                around.pop();
            }
            while let Some(isolate) = next.next_if(|isolate| isolate.start <= at) {
                if isolate.end <= at {
                    continue;
                }
                marked.text.push(match isolate.direction {
                    Some(Direction::LeftToRight) => '\u{2066}',
                    Some(Direction::RightToLeft) => '\u{2067}',
                    None => '\u{2068}',
                });
                around.push((isolate.end, std::mem::take(&mut open)));
            }
            let place = marked.text.len();
            let shown = match c {
                '\u{2066}'..='\u{2068}' => {
                    open += 1;
                    c
                }
                // One that closes nothing, in an isolate of ours, must not close that.
                '\u{2069}' if open == 0 && !around.is_empty() => '\u{200B}',
                '\u{2069}' => {
                    open = open.saturating_sub(1);
                    c
                }
                // A line end inside a text is a space.
                c if bidi_class(c) == BidiClass::B => ' ',
                c => c,
            };
            marked.text.push(shown);
            marked.places.push((place, shown.len_utf8()));
        }
        marked
    }

    fn close(&mut self, count: usize) {
        self.text.extend(std::iter::repeat_n('\u{2069}', count));
    }
}

/// What rule L1 does with a character.
fn part(c: char) -> Part {
    use BidiClass::{B, BN, FSI, LRE, LRI, LRO, PDF, PDI, RLE, RLI, RLO, S, WS};
    match bidi_class(c) {
        S => Part::Separator,
        WS | B | BN | FSI | LRI | RLI | PDI | LRE | RLE | LRO | RLO | PDF => Part::Blank,
        _ => Part::Words,
    }
}

/// Whether the algorithm passes over a character as if it were not there (UAX 9, X9).
fn is_unseen(c: char) -> bool {
    bidi_class(c) == BidiClass::BN
}

/// Characters that make a paragraph run in more than one direction.
fn turns(c: char) -> bool {
    use BidiClass::{AL, AN, FSI, LRE, LRI, LRO, PDF, PDI, R, RLE, RLI, RLO};
    c >= '\u{590}'
        && matches!(
            bidi_class(c),
            AL | AN | R | FSI | LRE | LRI | LRO | PDF | PDI | RLE | RLI | RLO
        )
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    /// The characters of a text as a line shows them, from the left.
    fn shown(text: &str, base: Direction, isolates: &[Isolate]) -> String {
        let Some(levels) = Levels::of(text, base, isolates) else {
            return text.to_owned();
        };
        ordered(text, &levels)
    }

    fn ordered(text: &str, levels: &Levels) -> String {
        let (mut line, mut parts) = (Vec::new(), Vec::new());
        let mut at = 0;
        while at < text.len() {
            let (own, end) = levels.at(at);
            line.push(own);
            parts.push(&text[at..end]);
            at = end;
        }
        let order = visual_order(levels.base(), &mut line);
        let mut out = String::new();
        for index in order {
            if line[index].level.is_rtl() {
                out.extend(parts[index].chars().rev());
            } else {
                out.push_str(parts[index]);
            }
        }
        out
    }

    fn isolate(text: &str, part: &str, direction: Option<Direction>) -> Isolate {
        let start = text.find(part).unwrap();
        Isolate {
            start,
            end: start + part.len(),
            direction,
        }
    }

    #[test]
    fn a_text_that_runs_one_way_has_no_levels() {
        assert!(Levels::of("only (words), 12 of them", Direction::LeftToRight, &[]).is_none());
        let text = "a word\u{301}";
        let foreign = isolate(text, "word", Some(Direction::LeftToRight));
        assert!(Levels::of(text, Direction::LeftToRight, &[foreign]).is_none());
    }

    #[test]
    fn what_is_isolated_keeps_its_neighbours_where_they_are() {
        let ltr = Direction::LeftToRight;
        let text = "see אבג, 12 words";
        // Without an isolate the number joins the Hebrew word before it.
        assert_eq!(shown(text, ltr, &[]), "see 12 ,גבא words");
        let hebrew = isolate(text, "אבג", Some(Direction::RightToLeft));
        assert_eq!(shown(text, ltr, &[hebrew]), "see גבא, 12 words");
        // A note's mark stands behind its word, whatever the word runs like.
        let text = "see אבג1 words";
        assert_eq!(shown(text, ltr, &[]), "see 1גבא words");
        let mark = isolate(text, "1", None);
        assert_eq!(shown(text, ltr, &[mark]), "see גבא1 words");
        // A name in a row of names is read in its own direction; brackets are mirrored when they are shaped.
        let text = "A, אבג (d), B";
        let name = isolate(text, "אבג (d)", None);
        assert_eq!(shown(text, ltr, &[name]), "A, )d( גבא, B");
    }

    #[test]
    fn controls_that_nobody_closed_end_with_the_span_that_they_stand_in() {
        let ltr = Direction::LeftToRight;
        for inner in [
            "א\u{2067}ב",
            "א\u{2069}ב",
            "א\u{202E}ב",
            "\u{2068}\u{2067}אב",
        ] {
            let text = format!("see {inner}, 12 words");
            let span = isolate(&text, inner, Some(Direction::RightToLeft));
            let shown = shown(&text, ltr, &[span]);
            let plain: String = shown
                .chars()
                .filter(|c| part(*c) == Part::Words || *c == ' ')
                .collect();
            assert_eq!(plain, "see בא, 12 words", "{inner:?}");
        }
    }

    #[test]
    fn spaces_at_a_lines_end_stand_where_the_line_ends() {
        let ltr = Level::ltr();
        let of = |level, part| Leveled {
            level: Level::new(level).unwrap(),
            part,
            edge: None,
        };
        let word = |level| of(level, Part::Words);
        let blank = |level| of(level, Part::Blank);
        assert_eq!(
            visual_order(ltr, &mut [word(1), blank(1), word(1), blank(1)]),
            [2, 1, 0, 3]
        );
        let rtl = Level::rtl();
        assert_eq!(visual_order(rtl, &mut [word(2), blank(2)]), [1, 0]);
        let tab = of(1, Part::Separator);
        assert_eq!(
            visual_order(ltr, &mut [word(1), blank(1), tab, word(1)]),
            [0, 1, 2, 3]
        );
    }

    #[test]
    fn ten_thousand_controls_cost_no_more_than_their_length() {
        let text = "\u{202B}\u{2067}א a ".repeat(10_000);
        let levels = Levels::of(&text, Direction::LeftToRight, &[]).unwrap();
        let shown = ordered(&text, &levels);
        assert_eq!(shown.chars().count(), text.chars().count());
    }

    #[test]
    fn what_nobody_sees_does_not_part_a_word() {
        for word in ["می\u{200C}خواهم", "של\u{AD}ום", "شوی\u{200D}"] {
            let levels = Levels::of(word, Direction::RightToLeft, &[]).unwrap();
            assert_eq!(levels.at(0).1, word.len(), "{word:?}");
        }
        // Between blanks it is one of them.
        let levels = Levels::of("של \u{200B} ום", Direction::RightToLeft, &[]).unwrap();
        let (blank, end) = levels.at("של".len());
        assert_eq!((blank.part, end), (Part::Blank, "של \u{200B} ".len()));
    }
}
