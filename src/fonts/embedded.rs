//! The embedded families and faces, as data: a new family is a row here and a name in `family.rs`.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::face::{FaceBytes, FaceFile};
use super::{Face, Family, FamilyRecord, Generic, Outlines, Slant, Uses, Weight};

/// A face of an embedded family.
pub(super) struct Embedded {
    family: Family,
    name: &'static str,
    weight: Weight,
    slant: Slant,
    /// The font file (OpenType with glyf outlines).
    data: &'static [u8],
}

impl Embedded {
    /// The face; its licence, the OFL, allows every use.
    pub(super) fn face(&self) -> Face {
        Face {
            family: Some(self.family),
            name: Cow::Borrowed(self.name),
            weight: self.weight,
            slant: self.slant,
            outlines: Outlines::TrueType,
            uses: Uses::ALL,
            digest: None,
            file: FaceFile {
                bytes: FaceBytes::Embedded(self.data),
                index: 0,
            },
            font: OnceLock::new(),
            fallback: None,
        }
    }
}

/// Every embedded family, in the order of their names; each has four faces below, in the order of `STYLES`.
pub(super) const FAMILIES: &[FamilyRecord] = &[
    FamilyRecord {
        installed: Cow::Borrowed("Source Serif 4"),
        subset: Cow::Borrowed("Flashpoint Serif"),
        file: Cow::Borrowed("serif"),
        generic: Generic::Serif,
        instead: "Georgia",
        stack: Cow::Borrowed("\"Source Serif 4\", \"Source Serif Pro\", Charter, Georgia, serif"),
        uses: Uses::ALL,
        licence: None,
    },
    FamilyRecord {
        installed: Cow::Borrowed("Source Sans 3"),
        subset: Cow::Borrowed("Flashpoint Sans"),
        file: Cow::Borrowed("sans"),
        generic: Generic::Sans,
        instead: "Arial",
        stack: Cow::Borrowed(
            "\"Source Sans 3\", \"Source Sans Pro\", system-ui, \"Segoe UI\", Roboto, sans-serif",
        ),
        uses: Uses::ALL,
        licence: None,
    },
];

macro_rules! face {
    ($family:expr, $name:literal, $weight:ident, $slant:ident) => {
        Embedded {
            family: $family,
            name: $name,
            weight: Weight::$weight,
            slant: Slant::$slant,
            data: include_bytes!(concat!("../../fonts/", $name, ".ttf")),
        }
    };
}

const SERIF: Family = Family::SOURCE_SERIF;
const SANS: Family = Family::SOURCE_SANS;

/// The faces of the embedded families. They are not packed: every piece is set in some of them.
pub(super) static FACES: &[Embedded] = &[
    face!(SERIF, "SourceSerif4-Regular", Regular, Upright),
    face!(SERIF, "SourceSerif4-It", Regular, Italic),
    face!(SERIF, "SourceSerif4-Semibold", Semibold, Upright),
    face!(SERIF, "SourceSerif4-SemiboldIt", Semibold, Italic),
    face!(SANS, "SourceSans3-Regular", Regular, Upright),
    face!(SANS, "SourceSans3-It", Regular, Italic),
    face!(SANS, "SourceSans3-Semibold", Semibold, Upright),
    face!(SANS, "SourceSans3-SemiboldIt", Semibold, Italic),
];
