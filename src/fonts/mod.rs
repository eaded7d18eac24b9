//! The embedded faces: their bytes, metrics and characters. No face of the machine is ever used.

mod parsed;
pub mod web;
pub mod woff;

use crate::theme::Family;

/// Names an embedded face: an index into [`FACES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaceId(pub u8);

/// An embedded face.
#[derive(Debug)]
pub struct Face {
    /// Its family; none for a fallback face.
    pub family: Option<Family>,
    /// Its PostScript name.
    pub name: &'static str,
    /// Semibold rather than regular.
    pub strong: bool,
    /// Italic rather than upright.
    pub emphasis: bool,
    /// The font file (OpenType with glyf outlines).
    pub data: &'static [u8],
}

macro_rules! face {
    ($family:expr, $name:literal, $strong:literal, $emphasis:literal) => {
        Face {
            family: $family,
            name: $name,
            strong: $strong,
            emphasis: $emphasis,
            data: include_bytes!(concat!("../../fonts/", $name, ".ttf")),
        }
    };
}

/// Every embedded face; fallback faces come last, in the order in which they are asked.
pub static FACES: &[Face] = &[
    face!(
        Some(Family::SourceSerif),
        "SourceSerif4-Regular",
        false,
        false
    ),
    face!(Some(Family::SourceSerif), "SourceSerif4-It", false, true),
    face!(
        Some(Family::SourceSerif),
        "SourceSerif4-Semibold",
        true,
        false
    ),
    face!(
        Some(Family::SourceSerif),
        "SourceSerif4-SemiboldIt",
        true,
        true
    ),
    face!(
        Some(Family::SourceSans),
        "SourceSans3-Regular",
        false,
        false
    ),
    face!(Some(Family::SourceSans), "SourceSans3-It", false, true),
    face!(
        Some(Family::SourceSans),
        "SourceSans3-Semibold",
        true,
        false
    ),
    face!(
        Some(Family::SourceSans),
        "SourceSans3-SemiboldIt",
        true,
        true
    ),
    face!(None, "NotoSerifDevanagari-Regular", false, false),
    face!(None, "NotoSerifBengali-Regular", false, false),
    face!(None, "NotoSerifTamil-Regular", false, false),
    face!(None, "NotoSerifThai-Regular", false, false),
    face!(None, "NotoSerifGeorgian-Regular", false, false),
    face!(None, "NotoSerifArmenian-Regular", false, false),
    face!(None, "NotoSansMath-Regular", false, false),
    face!(None, "NotoSansSymbols2-Regular", false, false),
    face!(None, "NotoNaskhArabic-Regular", false, false),
];

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

    /// The face of a family with a weight and a slope.
    ///
    /// # Panics
    /// Never: every family has all four faces.
    #[must_use]
    pub fn of(family: Family, strong: bool, emphasis: bool) -> Self {
        let index = FACES.iter().position(|face| {
            face.family == Some(family) && face.strong == strong && face.emphasis == emphasis
        });
        Self(
            index
                .and_then(|index| u8::try_from(index).ok())
                .expect("every family has four faces"),
        )
    }
}
