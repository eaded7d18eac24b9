//! The glyphs of a line gathered from the left, and spread to its measure.

use std::ops::Range;

use crate::compose::Shift;
use crate::fonts::FaceId;
use crate::piece::Direction;
use crate::shape::{Glyph, GlyphKind, Leveled, Part, SHIFTED_SIZE, ShapedWords, Word, WordId};
use crate::theme::{Colour, Em, Pt};

use super::layout::{Line, Owner, Run};
use super::lexicon::Joint;
use super::line_frame::{Align, Edge, LineFrame};
use super::linebreak::{Fill, SHRINK, STRETCH, give};
use super::tokens::{Break, Paragraph, Token, TokenKind};

/// Raised and lowered glyphs of faces without their own, by the ordinary size.
const RAISED: Em = Em(0.34);
const LOWERED: Em = Em(-0.14);

/// What of a token stands on a line.
pub(super) enum LinePart {
    /// A space; one that trails behind the line's last word has no width.
    Space { index: usize, trailing: bool },
    /// A word, or the bytes from `skip` to `end` of it, shaped.
    Word {
        index: usize,
        word: WordId,
        skip: u32,
        end: u32,
        joint: Joint,
    },
}

impl LinePart {
    fn token(&self) -> usize {
        match self {
            Self::Space { index, .. } | Self::Word { index, .. } => *index,
        }
    }

    /// Its place in the order of the line. A no-break space that ends a line, where a word that is too long is broken, stands
    /// where spaces do: rule L1 of the bidirectional algorithm knows it inside of lines alone.
    pub(super) fn order(&self, paragraph: &Paragraph) -> Leveled {
        let own = paragraph.tokens[self.token()].order;
        match self {
            Self::Space { trailing: true, .. } if own.part == Part::Words => Leveled {
                part: Part::Blank,
                ..own
            },
            _ => own,
        }
    }
}

/// What glyphs of one run have in common.
struct Look {
    /// The face, and the design units to its em.
    face: (FaceId, u16),
    size: Pt,
    rise: Pt,
    colour: Colour,
    span: u32,
    direction: Direction,
    /// Whether its letters may be spaced.
    apart: bool,
}

/// Gathers the glyphs of a line from the left, and spreads them.
pub(super) struct Builder<'a> {
    paragraph: &'a Paragraph,
    literal: bool,
    owner: Owner,
    /// From the left.
    runs: Vec<Run>,
    /// The byte behind the last run's text, counted as its start is.
    end: u32,
    /// The width before it is spread, in points.
    natural: f32,
    spaces: u32,
    /// The sum of the sizes in which spaces that stretch are set, in points.
    space_sizes: f32,
    /// The same of letters that may be spaced.
    letter_sizes: f32,
    /// The size of the last of them, after which no letter follows.
    last_letter: f32,
}

impl<'a> Builder<'a> {
    pub(super) fn new(paragraph: &'a Paragraph, owner: Owner) -> Self {
        Self {
            paragraph,
            literal: !matches!(owner, Owner::Text(_)),
            owner,
            runs: Vec::with_capacity(1),
            end: 0,
            natural: 0.0,
            spaces: 0,
            space_sizes: 0.0,
            letter_sizes: 0.0,
            last_letter: 0.0,
        }
    }

    pub(super) fn add(&mut self, words: &ShapedWords<'_>, part: &LinePart, direction: Direction) {
        match *part {
            LinePart::Space { index, trailing } => self.space(words, index, trailing, direction),
            LinePart::Word {
                index,
                word,
                skip,
                end,
                joint,
            } => {
                let token = self.paragraph.tokens[index];
                let bytes = token.start + skip..token.start + end;
                self.word(words, &token, words.get(word), bytes, joint);
            }
        }
    }

    /// The run that glyphs for bytes of the text join: the last one where nothing changes.
    fn run(&mut self, look: Look, bytes: Range<u32>, more: usize) -> &mut Run {
        let literal = self.literal;
        let start = self.paragraph.styles[look.span as usize].start;
        let (from, to) = if literal {
            (bytes.start, bytes.end)
        } else {
            (bytes.start - start, bytes.end - start)
        };
        let letter_space = if look.apart { look.size } else { Pt(0.0) };
        let joins = self.runs.last().is_some_and(|run| {
            let follows = match look.direction {
                Direction::LeftToRight => self.end == from,
                Direction::RightToLeft => run.start == to,
            };
            follows
                && run.direction == look.direction
                && run.face == look.face.0
                && run.size == look.size
                && run.rise == look.rise
                && run.letter_space == letter_space
                && run.colour == look.colour
                && (run.span == look.span || literal)
        });
        if !joins {
            self.runs.push(Run {
                face: look.face.0,
                units_per_em: look.face.1,
                size: look.size,
                colour: look.colour,
                rise: look.rise,
                letter_space,
                span: if literal { 0 } else { look.span },
                start: from,
                literal: String::new(),
                direction: look.direction,
                glyphs: Vec::with_capacity(more.max(72)),
                offsets: Vec::new(),
            });
            self.end = to;
        }
        let last = self.runs.len() - 1;
        let run = &mut self.runs[last];
        run.start = run.start.min(from);
        self.end = self.end.max(to);
        if literal {
            let text = &self.paragraph.text[bytes.start as usize..bytes.end as usize];
            match look.direction {
                Direction::LeftToRight => run.literal.push_str(text),
                Direction::RightToLeft => run.literal.insert_str(0, text),
            }
        }
        run
    }

    fn space(
        &mut self,
        words: &ShapedWords<'_>,
        index: usize,
        trailing: bool,
        direction: Direction,
    ) {
        let token = self.paragraph.tokens[index];
        let own = self.paragraph.styles[token.span as usize];
        let space = words.space(token.voice);
        // Of the face that set the word before it, where that has one: the face that is asked first may set none of the script's
        // letters, and a line would fall into a run a word.
        let before = self.runs.last().filter(|run| run.span == token.span);
        let before = before.map(|run| (run.face, run.units_per_em));
        let before = before.and_then(|(face, em)| {
            let glyph = words.shaper.faces()[face].glyph(' ')?;
            Some((face, em, glyph))
        });
        let (face, units_per_em, glyph) =
            before.unwrap_or((space.face, space.units_per_em, space.glyph));
        let em = f32::from(units_per_em);
        let size = if own.shift == Shift::None {
            own.size
        } else {
            own.size * SHIFTED_SIZE
        };
        // At the left of a line nothing may stand before its first letter.
        let collapsed = trailing && self.paragraph.base().is_rtl();
        let advance = if collapsed {
            0.0
        } else {
            (token.width / size * em).round()
        };
        let stretches = token.kind == TokenKind::Space && !collapsed;
        let apart = self.runs.last().is_none_or(|run| run.letter_space.0 > 0.0);
        let look = Look {
            face: (face, units_per_em),
            size,
            rise: Pt(0.0),
            colour: own.colour,
            span: token.span,
            direction,
            apart,
        };
        let run = self.run(look, token.start..token.start + token.len, 1);
        run.glyphs.push(Glyph {
            id: glyph,
            advance: advance as i16,
            bytes: token.len as u16,
            kind: if stretches {
                GlyphKind::Space
            } else {
                GlyphKind::Text
            },
        });
        if !trailing {
            self.natural += advance * size.0 / em;
            self.spaces += u32::from(stretches);
            self.space_sizes += if stretches { size.0 } else { 0.0 };
        }
    }

    fn word(
        &mut self,
        words: &ShapedWords<'_>,
        token: &Token,
        word: &Word,
        bytes: Range<u32>,
        joint: Joint,
    ) {
        let own = self.paragraph.styles[token.span as usize];
        let direction = words.voice_of(token.voice).direction;
        let hyphen = joint == Joint::Hyphen;
        let (size, rise) = match (word.reduced, own.shift) {
            (true, Shift::Superscript | Shift::Mark) => {
                (own.size * SHIFTED_SIZE, RAISED * own.size)
            }
            (true, Shift::Subscript) => (own.size * SHIFTED_SIZE, LOWERED * own.size),
            _ => (own.size, Pt(0.0)),
        };
        let mut first = 0usize;
        // From the left: the bytes that are still to come.
        let mut left = bytes;
        for part in &word.parts {
            let end = part.end as usize;
            let glyphs = &word.glyphs[first..end];
            let mut length: u32 = glyphs.iter().map(|glyph| u32::from(glyph.bytes)).sum();
            // The hyphen is the last letter that was shaped, and none of the text's.
            let hyphen_at = match direction {
                Direction::LeftToRight => (end == word.glyphs.len()).then(|| glyphs.len() - 1),
                Direction::RightToLeft => (first == 0).then_some(0),
            };
            let hyphen_at = hyphen_at.filter(|_| hyphen);
            length -= hyphen_at.map_or(0, |at| u32::from(glyphs[at].bytes));
            let own_bytes = match direction {
                Direction::LeftToRight => left.start..left.start + length,
                Direction::RightToLeft => left.end - length..left.end,
            };
            match direction {
                Direction::LeftToRight => left.start += length,
                Direction::RightToLeft => left.end -= length,
            }
            let apart = part.is_spread(self.paragraph.spread);
            let look = Look {
                face: (part.face, part.units_per_em),
                size,
                rise,
                colour: own.colour,
                span: token.span,
                direction,
                apart,
            };
            let run = self.run(look, own_bytes, glyphs.len());
            let base = run.glyphs.len();
            run.glyphs.extend_from_slice(glyphs);
            let offsets = word
                .offsets
                .iter()
                .filter(|(glyph, ..)| (first..end).contains(&(*glyph as usize)));
            run.offsets.extend(
                offsets.map(|(glyph, x, y)| ((base + *glyph as usize - first) as u32, *x, *y)),
            );
            let units: i32 = glyphs.iter().map(|glyph| i32::from(glyph.advance)).sum();
            if let Some(glyph) = hyphen_at.and_then(|at| run.glyphs.get_mut(base + at)) {
                glyph.bytes = 0;
                glyph.kind = GlyphKind::Hyphen;
            }
            self.natural += units as f32 * size.0 / f32::from(part.units_per_em);
            if apart {
                let letters = glyphs.iter().filter(|glyph| glyph.advance > 0).count();
                self.letter_sizes += letters as f32 * size.0;
                self.last_letter = size.0;
            } else {
                self.last_letter = 0.0;
            }
            first = end;
        }
    }

    /// Spreads the line and puts it in its place.
    pub(super) fn finish(
        mut self,
        from: &Break,
        to: &Break,
        frame: LineFrame,
        first: bool,
        last: bool,
    ) -> Line {
        // Plain numbers here, all in points.
        let indent = if first { frame.indent.0 } else { 0.0 };
        let measure = frame.measure.0 - indent;
        let (hang_start, hang_end) = (from.hang_start.0, to.hang_end.0);
        let mut x = frame.x.0 + indent;
        let (mut word_space, mut scale, mut tracking) = (0.0, 1.0, 0.0);
        let mut width = self.natural;
        if frame.fill == Fill::Justified {
            let target = measure + hang_start + hang_end;
            let short = f64::from(target - self.natural);
            x -= hang_start;
            width = self.natural - hang_start - hang_end;
            if !last || short < 0.0 {
                let (limit, most) = give(self.paragraph.spread, short < 0.0);
                let per_space = if short < 0.0 { SHRINK } else { STRETCH };
                // Nothing is put behind the last letter.
                let letters = (self.letter_sizes - self.last_letter).max(0.0);
                let room = f64::from(self.space_sizes) * per_space
                    + f64::from(self.natural) * limit
                    + f64::from(letters) * most;
                let ratio = if room > 0.0 { short / room } else { 0.0 };
                let ratio = ratio.clamp(-1.0, 1.0);
                scale = (1.0 + ratio * limit) as f32;
                tracking = (ratio * most) as f32;
                let spaced = self.natural + letters * tracking;
                if self.spaces > 0 {
                    word_space = (target / scale - spaced) / self.spaces as f32;
                    width = measure;
                } else {
                    width = spaced * scale - hang_start - hang_end;
                }
            }
        } else {
            let free = (measure - self.natural).max(0.0);
            x += match frame.align {
                Align::Start => 0.0,
                Align::Centre => free / 2.0,
                Align::End => free,
            };
        }
        if frame.from == Edge::End {
            let (before, behind) = match frame.fill {
                Fill::Justified => (hang_start, hang_end),
                Fill::Ragged | Fill::Balanced => (0.0, 0.0),
            };
            let inked = before + width + behind;
            x = frame.x.0 + frame.x.0 + frame.measure.0 - x - inked;
        }
        for run in &mut self.runs {
            run.glyphs.shrink_to_fit();
            // It was the whole size until now.
            run.letter_space = run.letter_space * tracking;
        }
        Line {
            owner: self.owner,
            x: Pt(x),
            baseline: Pt(0.0),
            width: Pt(width),
            word_space: Pt(word_space),
            scale,
            runs: self.runs,
        }
    }
}
