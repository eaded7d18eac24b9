//! Lines: the glyphs between two breaks, spread to the measure.

use crate::compose::{Shift, Span, Target};
use crate::fonts::FaceId;
use crate::piece::Direction;
use crate::shape::{Glyph, GlyphKind, SHIFTED_SIZE, ShapedWords, WordId};
use crate::theme::{Colour, Em, Pt};

use super::layout::{Line, Owner, Run};
use super::lexicon::{Joint, Lexicon};
use super::linebreak::{Fill, SCALING, SHRINK, STRETCH, TRACKING};
use super::paragraph::{Break, Paragraph, TokenKind};

/// Raised and lowered glyphs of faces without their own, by the ordinary size.
const RAISED: Em = Em(0.34);
const LOWERED: Em = Em(-0.14);

/// Where lines stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct LineFrame {
    /// The left edge.
    pub(super) x: Pt,
    /// The measure.
    pub(super) measure: Pt,
    /// The indent of the first line, where it starts.
    pub(super) indent: Pt,
    pub(super) fill: Fill,
    pub(super) align: Align,
}

/// How a line that is not justified stands in its measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    /// Where lines start.
    Start,
    Centre,
    /// Where lines end.
    End,
}

/// A line with what pages need to know of it.
#[derive(Debug)]
pub(super) struct SetLine {
    /// The line, its baseline still 0.
    pub(super) line: Line,
    /// The byte of the text at which its first whole word begins.
    pub(super) start: Option<u32>,
    /// The spans of note references that begin on it.
    pub(super) references: Vec<u32>,
}

/// Sets the glyphs between two breaks. `last` lines are not spread.
pub(super) fn assemble(
    lexicon: &mut Lexicon<'_>,
    paragraph: &Paragraph,
    spans: &[Span],
    (from, to): (&Break, &Break),
    frame: LineFrame,
    (first, last): (bool, bool),
    owner: Owner,
) -> SetLine {
    let mut builder = Builder::new(paragraph, owner);
    let whole_to = to.token as usize;
    let mut start = (from.cut == 0)
        .then(|| {
            paragraph
                .tokens
                .get(from.token as usize)
                .map(|token| token.start)
        })
        .flatten();
    let mut references = Vec::new();
    let mut space_seen = false;
    let last_word = (from.token as usize..whole_to)
        .rev()
        .find(|index| matches!(paragraph.tokens[*index].kind, TokenKind::Word(_)));
    for index in from.token as usize..paragraph.tokens.len() {
        if index > whole_to || (index == whole_to && to.cut == 0) {
            break;
        }
        let token = paragraph.tokens[index];
        let TokenKind::Word(id) = token.kind else {
            let trailing = to.cut == 0 && last_word.is_none_or(|word| index > word);
            builder.space(&lexicon.words, index, trailing);
            space_seen = true;
            continue;
        };
        if space_seen && start.is_none() {
            start = Some(token.start);
        }
        let span_start = paragraph.styles[token.span as usize].start;
        if token.start == span_start
            && matches!(spans[token.span as usize].target, Some(Target::Note { .. }))
        {
            references.push(token.span);
        }
        let head = if index == whole_to { to.cut } else { token.len };
        let tail = if index == from.token as usize {
            from.cut
        } else {
            0
        };
        if tail == 0 && head == token.len {
            builder.word(&lexicon.words, index, id, 0, Joint::Bare);
        } else {
            let text =
                &paragraph.text[(token.start + tail) as usize..(token.start + head) as usize];
            let joint = if index == whole_to {
                to.kind.joint()
            } else {
                Joint::Bare
            };
            let id = lexicon.part(token.voice, text, joint);
            builder.word(&lexicon.words, index, id, tail, joint);
        }
    }
    let line = builder.finish(from, to, frame, first, last);
    SetLine {
        line,
        start,
        references,
    }
}

struct Builder<'a> {
    paragraph: &'a Paragraph,
    literal: bool,
    owner: Owner,
    runs: Vec<Run>,
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
    fn new(paragraph: &'a Paragraph, owner: Owner) -> Self {
        Self {
            paragraph,
            literal: !matches!(owner, Owner::Text(_)),
            owner,
            runs: Vec::with_capacity(1),
            natural: 0.0,
            spaces: 0,
            space_sizes: 0.0,
            letter_sizes: 0.0,
            last_letter: 0.0,
        }
    }

    /// The run that glyphs at a byte of a span join: the last one where nothing changes.
    #[expect(
        clippy::too_many_arguments,
        reason = "what tells one run from the next"
    )]
    fn run(
        &mut self,
        (face, units_per_em): (FaceId, u16),
        size: Pt,
        rise: Pt,
        colour: Colour,
        span: u32,
        at: u32,
        apart: bool,
        more: usize,
    ) -> &mut Run {
        let letter_space = if apart { size } else { Pt(0.0) };
        let joins = self.runs.last().is_some_and(|run| {
            run.face == face
                && run.size == size
                && run.rise == rise
                && run.letter_space == letter_space
                && run.colour == colour
                && (run.span == span || self.literal)
        });
        if !joins {
            self.runs.push(Run {
                face,
                units_per_em,
                size,
                colour,
                rise,
                letter_space,
                span: if self.literal { 0 } else { span },
                start: if self.literal {
                    0
                } else {
                    at - self.paragraph.styles[span as usize].start
                },
                literal: String::new(),
                direction: Direction::LeftToRight,
                glyphs: Vec::with_capacity(more.max(72)),
                offsets: Vec::new(),
            });
        }
        let last = self.runs.len() - 1;
        &mut self.runs[last]
    }

    fn space(&mut self, words: &ShapedWords<'_>, index: usize, trailing: bool) {
        let token = self.paragraph.tokens[index];
        let own = self.paragraph.styles[token.span as usize];
        let space = words.space(token.voice);
        let face = (space.face, space.units_per_em);
        let em = f32::from(space.units_per_em);
        let size = if own.shift == Shift::None {
            own.size
        } else {
            own.size * SHIFTED_SIZE
        };
        let advance = (token.width / size * em).round();
        let stretches = token.kind == TokenKind::Space;
        let literal = self.literal.then(|| {
            self.paragraph.text[token.start as usize..(token.start + token.len) as usize].to_owned()
        });
        let apart = self.runs.last().is_none_or(|run| run.letter_space.0 > 0.0);
        let run = self.run(
            face,
            size,
            Pt(0.0),
            own.colour,
            token.span,
            token.start,
            apart,
            1,
        );
        run.glyphs.push(Glyph {
            id: space.glyph,
            advance: advance as i16,
            bytes: token.len as u16,
            kind: if stretches {
                GlyphKind::Space
            } else {
                GlyphKind::Text
            },
        });
        run.literal.push_str(literal.as_deref().unwrap_or(""));
        if !trailing {
            self.natural += advance * size.0 / em;
            self.spaces += u32::from(stretches);
            self.space_sizes += if stretches { size.0 } else { 0.0 };
        }
    }

    fn word(&mut self, words: &ShapedWords<'_>, index: usize, id: WordId, skip: u32, joint: Joint) {
        let token = self.paragraph.tokens[index];
        let own = self.paragraph.styles[token.span as usize];
        let word = words.get(id);
        let hyphen = joint == Joint::Hyphen;
        let (size, rise) = match (word.reduced, own.shift) {
            (true, Shift::Superscript | Shift::Mark) => {
                (own.size * SHIFTED_SIZE, RAISED * own.size)
            }
            (true, Shift::Subscript) => (own.size * SHIFTED_SIZE, LOWERED * own.size),
            _ => (own.size, Pt(0.0)),
        };
        let mut first = 0usize;
        let mut at = token.start + skip;
        for part in &word.parts {
            let end = part.end as usize;
            let glyphs = &word.glyphs[first..end];
            let bytes: u32 = glyphs.iter().map(|glyph| u32::from(glyph.bytes)).sum();
            let ends_word = end == word.glyphs.len();
            let text = self.literal.then(|| {
                &self.paragraph.text
                    [at as usize..(at + bytes) as usize - usize::from(hyphen && ends_word)]
            });
            let run = self.run(
                (part.face, part.units_per_em),
                size,
                rise,
                own.colour,
                token.span,
                at,
                part.apart,
                glyphs.len(),
            );
            let base = run.glyphs.len();
            run.glyphs.extend_from_slice(glyphs);
            run.literal.push_str(text.unwrap_or(""));
            let offsets = word
                .offsets
                .iter()
                .filter(|(glyph, ..)| (first..end).contains(&(*glyph as usize)));
            run.offsets.extend(
                offsets.map(|(glyph, x, y)| ((base + *glyph as usize - first) as u32, *x, *y)),
            );
            let units: i32 = glyphs.iter().map(|glyph| i32::from(glyph.advance)).sum();
            if hyphen
                && ends_word
                && let Some(glyph) = run.glyphs.last_mut()
            {
                glyph.bytes = 0;
                glyph.kind = GlyphKind::Hyphen;
            }
            self.natural += units as f32 * size.0 / f32::from(part.units_per_em);
            if part.apart {
                let letters = glyphs.iter().filter(|glyph| glyph.advance > 0).count();
                self.letter_sizes += letters as f32 * size.0;
                self.last_letter = size.0;
            } else {
                self.last_letter = 0.0;
            }
            at += bytes;
            first = end;
        }
    }

    /// Spreads the line and puts it in its place.
    fn finish(
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
                let (limit, most) = if self.paragraph.scales {
                    (SCALING, TRACKING)
                } else {
                    (0.0, 0.0)
                };
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
