//! Shaped words.

use crate::fonts::FaceId;
use crate::theme::Em;

use super::glyph::Glyph;

/// A shaped word: a stretch of text in one voice, which runs in one direction.
#[derive(Debug, Default)]
pub(crate) struct Word {
    /// Its glyphs in visual order.
    pub(crate) glyphs: Vec<Glyph>,
    /// Glyphs set off their place: index, then x and y in design units of the face.
    pub(crate) offsets: Vec<(u32, i16, i16)>,
    /// The faces of its glyphs, in visual order.
    pub(crate) parts: Vec<FaceRun>,
    /// Its width.
    pub(crate) width: Em,
    /// Added to a space after it: kerning of its last glyph with the space.
    pub(crate) before_space: Em,
    /// How far it may hang over the margin where a line starts with it, and where one ends with it.
    pub(crate) hang_start: Em,
    /// See `hang_start`.
    pub(crate) hang_end: Em,
    /// Set smaller, since its face has no raised or lowered glyphs of its own.
    pub(crate) reduced: bool,
    /// Characters that no face has: their bytes.
    pub(crate) missing: Vec<u32>,
}

impl Word {
    /// How many of its glyphs are letters that space may be put between, in a paragraph spread so.
    pub(crate) fn letters(&self, spread: Spread) -> usize {
        let mut first = 0;
        let parts = self.parts.iter().map(|part| {
            let glyphs =
                &self.glyphs[std::mem::replace(&mut first, part.end as usize)..part.end as usize];
            let letters = glyphs
                .iter()
                .filter(|glyph| part.is_spread(spread) && glyph.advance > 0);
            letters.count()
        });
        parts.sum()
    }
}

/// Glyphs of one face in a word.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FaceRun {
    /// The face.
    pub(crate) face: FaceId,
    /// The design units to its em.
    pub(crate) units_per_em: u16,
    /// The index after its last glyph.
    pub(crate) end: u32,
    /// How its letters stand.
    pub(crate) spacing: Spacing,
}

impl FaceRun {
    /// Whether space may be put between its letters, in a paragraph spread so.
    pub(crate) fn is_spread(self, spread: Spread) -> bool {
        match spread {
            Spread::Spaces => false,
            Spread::Letters => matches!(self.spacing, Spacing::Apart | Spacing::Squares),
            Spread::Squares => self.spacing == Spacing::Squares,
            Spread::Signs => self.spacing == Spacing::Signs,
        }
    }
}

/// How letters stand beside each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spacing {
    /// They join or are arranged: nothing comes between them.
    Joined,
    /// They stand apart.
    Apart,
    /// Each stands in a square.
    Squares,
    /// A letter and the sign behind it that parts words: what is put behind each stands on both sides of the sign.
    Signs,
}

/// What the lines of a paragraph give and take beside their spaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Spread {
    /// Nothing.
    #[default]
    Spaces,
    /// Whole lines are scaled, and letters that stand apart spaced, both unseen.
    Letters,
    /// Ideographs are spaced; Latin words among them are not (JLReq, 3.8.3).
    Squares,
    /// The signs that part words in Ethiopic texts written without spaces have room on both sides (ELReq, 4.3).
    Signs,
}

/// A place where a word may be parted without any other glyph on either side.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SafeBreak {
    /// The byte in the word.
    pub(crate) byte: u32,
    /// The width of what stands before it.
    pub(crate) before: Em,
}
