//! Lines of a text in several voices and directions, shaped whole: for the few lines of a cover.

use std::ops::Range;

use unicode_bidi::{BidiClass, BidiInfo, Level, ParagraphBidiInfo, bidi_class};

use crate::piece::Direction;

use super::engine::Shaper;
use super::voice::Voice;
use super::word::Word;

/// A text of one paragraph with its voices, analysed for direction (UAX 9).
pub(crate) struct Styled {
    text: String,
    /// Where each voice ends, in bytes, ascending.
    voices: Vec<(usize, Voice)>,
    base: Level,
    /// The level of each byte; none where all text runs as its base does.
    levels: Vec<Level>,
}

/// A stretch of a line in one voice and direction.
#[derive(Debug)]
pub(crate) struct LineRun {
    /// Its bytes in the text.
    pub(crate) range: Range<usize>,
    /// Its level (UAX 9): odd levels run from right to left.
    pub(crate) level: Level,
    /// Its glyphs.
    pub(crate) word: Word,
}

impl Styled {
    /// A text of spans, each with its voice. White space is one kind of space, but for the no-break space.
    pub(crate) fn new<'a>(
        spans: impl IntoIterator<Item = (&'a str, Voice)>,
        direction: Direction,
    ) -> Self {
        let mut text = String::new();
        let mut voices = Vec::new();
        for (span, voice) in spans {
            text.extend(span.chars().map(|c| {
                if c.is_whitespace() && c != '\u{a0}' {
                    ' '
                } else {
                    c
                }
            }));
            voices.push((text.len(), voice));
        }
        let base = match direction {
            Direction::LeftToRight => Level::ltr(),
            Direction::RightToLeft => Level::rtl(),
        };
        let levels = if base.is_ltr() && !text.chars().any(turns) {
            Vec::new()
        } else {
            ParagraphBidiInfo::new(&text, Some(base)).levels
        };
        Self {
            text,
            voices,
            base,
            levels,
        }
    }

    /// The characters.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Shapes a part of the text as one line: its runs in visual order.
    pub(crate) fn shape(&self, shaper: &mut Shaper<'_>, line: Range<usize>) -> Vec<LineRun> {
        let runs = self.runs(line);
        let levels: Vec<Level> = runs.iter().map(|(_, _, level)| *level).collect();
        let order = BidiInfo::reorder_visual(&levels);
        let runs = order.into_iter().map(|index| {
            let (range, voice, level) = runs[index].clone();
            let direction = if level.is_rtl() {
                Direction::RightToLeft
            } else {
                Direction::LeftToRight
            };
            let text = self.text.get(range.clone()).unwrap_or_default();
            let word = shaper.shape(Voice { direction, ..voice }, text);
            LineRun { range, level, word }
        });
        runs.collect()
    }

    /// The stretches of one voice and level, in logical order.
    fn runs(&self, line: Range<usize>) -> Vec<(Range<usize>, Voice, Level)> {
        let mut runs = Vec::new();
        let mut at = line.start;
        while at < line.end {
            let index = self.voices.partition_point(|(end, _)| *end <= at);
            let Some((voice_end, voice)) = self.voices.get(index) else {
                break;
            };
            let level = self.levels.get(at).copied().unwrap_or(self.base);
            let voice_end = line.end.min(*voice_end);
            let rest = self.levels.get(at..voice_end).unwrap_or_default();
            let turn = rest.iter().position(|other| *other != level);
            let end = turn.map_or(voice_end, |bytes| at + bytes);
            runs.push((at..end, *voice, level));
            at = end;
        }
        runs
    }
}

/// Characters that make a paragraph run in more than one direction.
fn turns(c: char) -> bool {
    use BidiClass::{AL, AN, LRE, LRI, LRO, PDF, PDI, R, RLE, RLI, RLO};
    c >= '\u{590}'
        && matches!(
            bidi_class(c),
            AL | AN | R | LRE | LRI | LRO | PDF | PDI | RLE | RLI | RLO
        )
}
