//! The embedded families and faces, as data: a new family is a row here and a name in `theme/family.rs`.

use crate::theme::{Family, Slant, Weight};

/// An embedded face.
#[derive(Debug)]
pub struct Face {
    /// Its family; none for a fallback face.
    pub family: Option<Family>,
    /// Its PostScript name.
    pub name: &'static str,
    /// How heavy it is.
    pub weight: Weight,
    /// How it slopes.
    pub slant: Slant,
    /// The font file (OpenType with glyf outlines).
    pub data: &'static [u8],
}

/// What editions say of a family.
#[derive(Debug)]
pub struct FamilyRecord {
    /// The family.
    pub family: Family,
    /// The name under which it is installed.
    pub installed: &'static str,
    /// The name of its subsets in reflowable editions: "Source" is a reserved name under the OFL (clause 3).
    pub subset: &'static str,
    /// How the names of its files begin.
    pub file: &'static str,
    /// Serif or not.
    pub generic: Generic,
    /// The face that every machine has and that is nearest.
    pub instead: &'static str,
    /// Faces that machines may have, best first, as a style sheet lists them.
    pub stack: &'static str,
}

/// What kind of family it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Generic {
    /// With serifs.
    Serif,
    /// Without.
    Sans,
}

impl Generic {
    /// As style sheets name it (CSS Fonts 4, 2.1.3).
    #[must_use]
    pub fn css(self) -> &'static str {
        match self {
            Self::Serif => "serif",
            Self::Sans => "sans-serif",
        }
    }
}

/// Every family.
const FAMILIES: &[FamilyRecord] = &[
    FamilyRecord {
        family: Family::SourceSerif,
        installed: "Source Serif 4",
        subset: "Flashpoint Serif",
        file: "serif",
        generic: Generic::Serif,
        instead: "Georgia",
        stack: "\"Source Serif 4\", \"Source Serif Pro\", Charter, Georgia, serif",
    },
    FamilyRecord {
        family: Family::SourceSans,
        installed: "Source Sans 3",
        subset: "Flashpoint Sans",
        file: "sans",
        generic: Generic::Sans,
        instead: "Arial",
        stack: "\"Source Sans 3\", \"Source Sans Pro\", system-ui, \"Segoe UI\", Roboto, sans-serif",
    },
];

/// What editions say of a family.
///
/// # Panics
/// Never: a test finds the record of every family.
#[must_use]
pub fn record(family: Family) -> &'static FamilyRecord {
    let record = FAMILIES.iter().find(|record| record.family == family);
    record.expect("every family has a record")
}

macro_rules! face {
    ($family:expr, $name:literal, $weight:ident, $slant:ident) => {
        Face {
            family: $family,
            name: $name,
            weight: Weight::$weight,
            slant: Slant::$slant,
            data: include_bytes!(concat!("../../fonts/", $name, ".ttf")),
        }
    };
}

const SERIF: Option<Family> = Some(Family::SourceSerif);
const SANS: Option<Family> = Some(Family::SourceSans);

/// Every embedded face; fallback faces come last, in the order in which they are asked.
pub static FACES: &[Face] = &[
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fonts::FaceId;

    #[test]
    fn every_family_has_a_record_and_four_faces() {
        for (name, family) in Family::ALL {
            assert!(!record(family).subset.is_empty(), "{name}");
            for weight in [Weight::Regular, Weight::Semibold] {
                for slant in [Slant::Upright, Slant::Italic] {
                    let face = FaceId::of(family, weight, slant).face();
                    assert_eq!(face.family, Some(family), "{name}");
                }
            }
        }
    }
}
