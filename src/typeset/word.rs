//! Shaped words.

use crate::fonts::FaceId;

use super::layout::Glyph;

/// A shaped word.
#[derive(Debug, Default)]
pub(super) struct Word {
    /// Its glyphs.
    pub(super) glyphs: Vec<Glyph>,
    /// Glyphs set off their place: index, x, y.
    pub(super) offsets: Vec<(u32, i16, i16)>,
    /// The faces of its glyphs.
    pub(super) parts: Vec<Part>,
    /// Its width in em.
    pub(super) width: f32,
    /// Added to a space after it, in em: kerning of its last glyph with the space.
    pub(super) before_space: f32,
    /// How far it may hang over the left and the right margin, in em.
    pub(super) hang: (f32, f32),
    /// Set smaller, since its face has no raised or lowered glyphs of its own.
    pub(super) reduced: bool,
    /// Where it may be cut with a hyphen.
    pub(super) cuts: Vec<Cut>,
    /// Characters that no face has: bytes.
    pub(super) missing: Vec<u32>,
}

/// Glyphs of one face in a word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    /// The face.
    pub(super) face: FaceId,
    /// The index after its last glyph.
    pub(super) end: u32,
}

/// A place where a word may be cut with a hyphen.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cut {
    /// The byte that begins the next line.
    pub(super) at: u32,
    /// The width of what stays, hyphen included, in em.
    pub(super) head: f32,
    /// The width of what goes, in em.
    pub(super) tail: f32,
    /// How far the hyphen may hang, in em.
    pub(super) hang: f32,
}
