//! The embedded families and faces, as data: a new family is a row here and a name in `family.rs`.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::face::{FaceBytes, FaceFile};
use super::{Face, Family, FamilyRecord, Generic, Outlines, Slant, Uses, Weight};

/// An embedded face.
pub(super) struct Embedded {
    family: Option<Family>,
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
            family: self.family,
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

const SERIF: Option<Family> = Some(Family::SOURCE_SERIF);
const SANS: Option<Family> = Some(Family::SOURCE_SANS);

/// Every embedded face; fallback faces come last, in the order in which they are asked.
pub(super) static FACES: &[Embedded] = &[
    face!(SERIF, "SourceSerif4-Regular", Regular, Upright),
    face!(SERIF, "SourceSerif4-It", Regular, Italic),
    face!(SERIF, "SourceSerif4-Semibold", Semibold, Upright),
    face!(SERIF, "SourceSerif4-SemiboldIt", Semibold, Italic),
    face!(SANS, "SourceSans3-Regular", Regular, Upright),
    face!(SANS, "SourceSans3-It", Regular, Italic),
    face!(SANS, "SourceSans3-Semibold", Semibold, Upright),
    face!(SANS, "SourceSans3-SemiboldIt", Semibold, Italic),
    face!(None, "NotoSerifDevanagari-Regular", Regular, Upright),
    face!(None, "NotoSerifBengali-Regular", Regular, Upright),
    face!(None, "NotoSerifTamil-Regular", Regular, Upright),
    face!(None, "NotoSerifThai-Regular", Regular, Upright),
    face!(None, "NotoSerifGeorgian-Regular", Regular, Upright),
    face!(None, "NotoSerifArmenian-Regular", Regular, Upright),
    face!(None, "NotoSansMath-Regular", Regular, Upright),
    face!(None, "NotoSansSymbols2-Regular", Regular, Upright),
    face!(None, "NotoNaskhArabic-Regular", Regular, Upright),
];
