//! The embedded faces: their bytes, metrics and characters. No face of the machine is ever used.

mod families;
mod parsed;
pub mod web;
pub mod woff;

pub use families::{FACES, Face, FamilyRecord, Generic, record};

use crate::theme::{Family, Slant, Weight};

/// Names an embedded face: an index into [`FACES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaceId(pub u8);

/// The glyph drawn for a character that no face has: U+25A1 of Source Sans 3. Glyph 0 is never used.
///
/// A layout marks it [`crate::typeset::GlyphKind::Missing`]; its bytes are those of the true character.
pub const MISSING_BOX: (FaceId, u16) = (FaceId(4), 2219);

impl FaceId {
    /// The face.
    #[must_use]
    pub fn face(self) -> &'static Face {
        &FACES[usize::from(self.0)]
    }

    /// The face of a family with a weight and a slant.
    ///
    /// # Panics
    /// Never: every family has all four faces.
    #[must_use]
    pub fn of(family: Family, weight: Weight, slant: Slant) -> Self {
        let index = FACES.iter().position(|face| {
            face.family == Some(family) && face.weight == weight && face.slant == slant
        });
        Self(
            index
                .and_then(|index| u8::try_from(index).ok())
                .expect("every family has four faces"),
        )
    }
}
