//! Lines of a text in several voices and directions, shaped whole: for the few lines of a cover.

use std::ops::Range;

use crate::piece::Direction;

use super::bidi::{Isolate, Leveled, Levels, Part, direction_of, level_of, visual_order};
use super::engine::Shaper;
use super::voice::Voice;
use super::word::Word;

/// A text of one paragraph with its voices, analysed for direction (UAX 9).
pub(crate) struct Styled {
    text: String,
    /// Where each voice ends, in bytes, ascending.
    voices: Vec<(usize, Voice)>,
    base: Direction,
    /// None where all text runs from left to right.
    levels: Option<Levels>,
}

/// A stretch of a line in one voice and direction.
#[derive(Debug)]
pub(crate) struct LineRun {
    /// Its bytes in the text.
    pub(crate) range: Range<usize>,
    /// The direction in which it runs.
    pub(crate) direction: Direction,
    /// Its glyphs.
    pub(crate) word: Word,
}

impl Styled {
    /// A text of spans, each with its voice, and what in it stands alone. White space is one kind of space, but for the no-break
    /// space.
    pub(crate) fn new<'a>(
        spans: impl IntoIterator<Item = (&'a str, Voice)>,
        direction: Direction,
        isolates: &[Isolate],
    ) -> Self {
        let mut text = String::new();
        let mut voices = Vec::new();
        // White space of several bytes is shorter afterwards: where it was, and by how much what follows moves.
        let (mut at, mut moves) = (0, Vec::new());
        for (span, voice) in spans {
            for c in span.chars() {
                let own = if c.is_whitespace() && c != '\u{a0}' {
                    ' '
                } else {
                    c
                };
                text.push(own);
                at += c.len_utf8();
                if own.len_utf8() != c.len_utf8() {
                    moves.push((at, at - text.len()));
                }
            }
            voices.push((text.len(), voice));
        }
        let moved = |byte: usize| {
            let index = moves.partition_point(|(from, _)| *from <= byte);
            byte - index.checked_sub(1).map_or(0, |index| moves[index].1)
        };
        let isolates: Vec<Isolate> = isolates
            .iter()
            .map(|isolate| Isolate {
                start: moved(isolate.start),
                end: moved(isolate.end),
                ..*isolate
            })
            .collect();
        let levels = Levels::of(&text, direction, &isolates);
        Self {
            text,
            voices,
            base: direction,
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
        let order = match &self.levels {
            Some(levels) => {
                let mut parts: Vec<_> = runs.iter().map(|(_, _, own)| *own).collect();
                visual_order(levels.base(), &mut parts)
            }
            None => (0..runs.len()).collect(),
        };
        let runs = order.into_iter().map(|index| {
            let (range, voice, own) = &runs[index];
            let direction = direction_of(own.level);
            let text = self.text.get(range.clone()).unwrap_or_default();
            let word = shaper.shape(
                Voice {
                    direction,
                    ..*voice
                },
                text,
            );
            LineRun {
                range: range.clone(),
                direction,
                word,
            }
        });
        runs.collect()
    }

    /// The stretches of one voice and level, in logical order. Lines end with no blank, so that blanks go with their words.
    fn runs(&self, line: Range<usize>) -> Vec<(Range<usize>, Voice, Leveled)> {
        let mut runs: Vec<(Range<usize>, Voice, Leveled)> = Vec::new();
        let mut at = line.start;
        while at < line.end {
            let index = self.voices.partition_point(|(end, _)| *end <= at);
            let Some((voice_end, voice)) = self.voices.get(index) else {
                break;
            };
            let mut end = line.end.min(*voice_end);
            let mut own = Leveled::at(level_of(self.base));
            if let Some(levels) = &self.levels {
                let (here, until) = levels.at(at);
                own = here;
                end = end.min(until);
            }
            match runs.last_mut() {
                Some((range, before, last))
                    if *before == *voice && last.level == own.level && own.edge.is_none() =>
                {
                    range.end = end;
                    last.part = Part::Words;
                }
                _ => runs.push((at..end, *voice, own)),
            }
            at = end;
        }
        runs
    }
}
