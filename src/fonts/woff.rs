//! Faces for web sites: WOFF2 files (W3C, WOFF File Format 2.0) of fixed sets of characters, of which a browser fetches those
//! that a page needs.
//!
//! The sets do not depend on what a site says, so that a new piece never changes the files that all pages share.
//! `ttf2woff2` packs them: of the crates on the registry it alone writes WOFF2 without a library in another language.

use std::ops::RangeInclusive;

use skrifa::MetadataProvider;
use ttf2woff2::BrotliQuality;

use super::web::{self, WebFaceError};
use super::{Face, FamilyRecord, Slant};

/// Changes whenever the files do: their names are made from it. A test holds it.
pub const FORM: &str = "2";

/// Brotli's levels are 0 to 11. Up to 9 they take ever more memory for a hundredth less, the last two thirty times as long for a tenth.
const QUALITY: u8 = 6;

/// A set of characters.
#[derive(Debug, Clone, Copy)]
pub struct Characters {
    /// Its name in file names.
    pub name: &'static str,
    ranges: &'static [RangeInclusive<u32>],
}

/// The sets: what Western European languages need, what other Latin ones need as well, Greek and Cyrillic.
///
/// Marks stand in the first two, since a mark is placed only on a letter of the same file.
pub const SETS: [Characters; 3] = [
    Characters {
        name: "latin",
        ranges: &[
            0x20..=0x7E,
            0xA0..=0xFF,
            0x131..=0x131,
            0x152..=0x153,
            0x160..=0x161,
            0x178..=0x178,
            0x17D..=0x17E,
            0x2C6..=0x2C6,
            0x2DA..=0x2DA,
            0x2DC..=0x2DC,
            0x300..=0x304,
            0x308..=0x308,
            0x327..=0x327,
            0x2009..=0x200D,
            0x2010..=0x2027,
            0x202F..=0x203A,
            0x2044..=0x2044,
            0x20AC..=0x20AC,
            0x2122..=0x2122,
            0x2212..=0x2212,
        ],
    },
    Characters {
        name: "latin-extended",
        ranges: &[
            0x100..=0x130,
            0x132..=0x151,
            0x154..=0x15F,
            0x162..=0x177,
            0x179..=0x17C,
            0x17F..=0x2C5,
            0x2C7..=0x2D9,
            0x2DB..=0x2DB,
            0x2DD..=0x36F,
            0x1AB0..=0x1AFF,
            0x1D00..=0x1EFF,
            0x2070..=0x20AB,
            0x20AD..=0x2121,
            0x2123..=0x2211,
            0x2213..=0x27BF,
            0x2C60..=0x2C7F,
            0xA700..=0xA7FF,
        ],
    },
    Characters {
        name: "greek-cyrillic",
        ranges: &[
            0x370..=0x52F,
            0x1C80..=0x1C8F,
            0x1F00..=0x1FFF,
            0x2DE0..=0x2DFF,
            0xA640..=0xA69F,
        ],
    },
];

impl Characters {
    /// The set as CSS names it (CSS Fonts 4, `unicode-range`).
    #[must_use]
    pub fn css(&self) -> String {
        let range = |range: &RangeInclusive<u32>| match (range.start(), range.end()) {
            (start, end) if start == end => format!("U+{start:X}"),
            (start, end) => format!("U+{start:X}-{end:X}"),
        };
        let ranges: Vec<String> = self.ranges.iter().map(range).collect();
        ranges.join(",")
    }

    /// Whether a face has a letter or digit of the set.
    #[must_use]
    pub fn are_in(&self, face: &Face) -> bool {
        let font = face.tables().ok();
        font.is_some_and(|font| {
            let charmap = font.charmap();
            self.iter()
                .any(|c| c.is_alphanumeric() && charmap.map(c).is_some())
        })
    }

    fn iter(&self) -> impl Iterator<Item = char> {
        self.ranges
            .iter()
            .cloned()
            .flatten()
            .filter_map(char::from_u32)
    }
}

/// Packs what a face has of a set; none where it has no letter or digit of it.
///
/// # Errors
/// [`WebFaceError`] when the face is damaged.
pub fn woff2(
    face: &Face,
    family: &FamilyRecord,
    set: &Characters,
) -> Result<Option<Vec<u8>>, WebFaceError> {
    let small_capitals = face.slant == Slant::Upright;
    let Some(font) = web::subset(face, family, set.iter(), small_capitals)? else {
        return Ok(None);
    };
    pack(face, &font).map(Some)
}

/// Packs a subset of a face.
///
/// # Errors
/// [`WebFaceError`] when the subset cannot be packed.
pub fn pack(face: &Face, subset: &[u8]) -> Result<Vec<u8>, WebFaceError> {
    let packed = ttf2woff2::encode(subset, BrotliQuality::from(QUALITY));
    packed.map_err(|error| WebFaceError::Woff {
        face: face.name.to_string(),
        reason: error.to_string(),
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;
    use crate::fonts::FaceSet;

    #[test]
    fn no_character_stands_in_two_sets_but_the_marks() {
        for (index, set) in SETS.iter().enumerate() {
            for c in set.iter() {
                let others = SETS[index + 1..].iter();
                let shared = others.filter(|other| other.iter().any(|d| c == d)).count();
                assert!(shared == 0 || matches!(c, '\u{300}'..='\u{36f}'), "{c:?}");
            }
        }
    }

    #[test]
    fn the_files_are_those_that_their_names_promise() {
        let mut digest = Sha256::new();
        let faces = FaceSet::embedded();
        for id in faces.ids().filter(|id| faces[*id].family.is_some()) {
            let (face, family) = (&faces[id], faces.record(id));
            for set in &SETS {
                let file = woff2(face, family, set).unwrap();
                assert_eq!(
                    file.is_some(),
                    set.are_in(face),
                    "{} {}",
                    face.name,
                    set.name
                );
                let file = file.unwrap_or_default();
                assert!(file.is_empty() || file.starts_with(b"wOF2"));
                digest.update(&file);
            }
        }
        let sum: String = digest
            .finalize()
            .iter()
            .take(8)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(
            (FORM, sum.as_str()),
            ("2", "9ea7fb4aa9fe8fc4"),
            "other bytes need another FORM"
        );
    }

    #[test]
    fn sets_are_named_as_css_does() {
        assert!(SETS[0].css().starts_with("U+20-7E,U+A0-FF,U+131,"));
    }
}
