//! Dots of emphasis: one at each ideograph, kana or syllable of words that no slant can show to be emphasised. They are there for
//! the eye alone.

use unicode_script::{Script, UnicodeScript};

use crate::compose::{Span, Stress};
use crate::fonts::FaceSet;
use crate::piece::Direction;
use crate::shape::{Glyph, GlyphKind};
use crate::theme::{Family, Pt, Slant, Weight};

use super::layout::{Line, Owner, Run};

/// The dot, and its size by that of the characters.
const DOT: char = '\u{2022}';
const SIZE: f32 = 0.5;
/// Where its middle stands, by its own size.
const MIDDLE: f32 = 0.36;
/// Where its middle is put, by the size of the characters: above them, or below.
const ABOVE: f32 = 1.02;
const BELOW: f32 = -0.26;

/// Where dots stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// Above the characters, as in Japanese and Korean.
    Above,
    /// Below them, as in Chinese (CLReq, 3.6.3).
    Below,
}

impl Side {
    /// The side on which a language has them.
    pub(super) fn of(language: &str) -> Self {
        match language {
            "zh" | "yue" | "wuu" | "hak" | "nan" => Self::Below,
            _ => Self::Above,
        }
    }
}

/// The dots of a line of a text, each a line of its own on the line's baseline.
pub(super) fn dots(
    line: &Line,
    spans: &[Span],
    faces: &FaceSet,
    family: Family,
    side: impl Fn(&Span) -> Side,
) -> Vec<Line> {
    let mut dots = Vec::new();
    let mut x = line.x.0;
    for run in &line.runs {
        let unit = run.size.0 / f32::from(run.units_per_em);
        let span = spans.get(run.span as usize);
        let dotted = span.filter(|span| span.emphasis && span.stress == Stress::Dots);
        let mut byte = run.start as usize;
        for glyph in &run.glyphs {
            let width = f32::from(glyph.advance) * unit;
            if let Some(span) = dotted
                && run.direction == Direction::LeftToRight
                && span.text.get(byte..).is_some_and(begins_with_letter)
            {
                let middle = x + width * line.scale / 2.0;
                dots.extend(dot(line, run, faces, family, side(span), middle));
            }
            byte += usize::from(glyph.bytes);
            let more = match glyph.kind {
                GlyphKind::Space => line.word_space.0,
                _ if glyph.advance > 0 => run.letter_space.0,
                _ => 0.0,
            };
            x += (width + more) * line.scale;
        }
    }
    dots
}

/// Whether a text begins with a character that has a dot; stops have none.
fn begins_with_letter(text: &str) -> bool {
    use Script::{Bopomofo, Han, Hangul, Hiragana, Katakana};
    let first = text.chars().next();
    first.is_some_and(|c| matches!(c.script(), Bopomofo | Han | Hangul | Hiragana | Katakana))
}

fn dot(
    line: &Line,
    run: &Run,
    faces: &FaceSet,
    family: Family,
    side: Side,
    middle: f32,
) -> Option<Line> {
    let id = faces.of(family, Weight::Regular, Slant::Upright);
    let face = &faces[id];
    let glyph = face.glyph(DOT)?;
    let em = face.units_per_em();
    let advance = (face.advance(glyph) * f32::from(em)).round();
    let size = run.size * SIZE;
    let width = size * (advance / f32::from(em));
    let place = match side {
        Side::Above => ABOVE,
        Side::Below => BELOW,
    };
    Some(Line {
        owner: Owner::Artifact,
        x: Pt(middle) - width * 0.5,
        baseline: line.baseline,
        width,
        word_space: Pt(0.0),
        scale: 1.0,
        runs: vec![Run {
            face: id,
            units_per_em: em,
            size,
            colour: run.colour,
            rise: run.size * place - size * MIDDLE,
            letter_space: Pt(0.0),
            span: 0,
            start: 0,
            literal: DOT.to_string(),
            direction: Direction::LeftToRight,
            glyphs: vec![Glyph {
                id: glyph,
                advance: advance as i16,
                bytes: DOT.len_utf8() as u16,
                kind: GlyphKind::Text,
            }],
            offsets: Vec::new(),
        }],
    })
}
