//! The embedded fallback faces, as data: those for letters and signs that a family lacks. `fonts/cut.py` makes their files.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::cover::Cover;
use super::face::{FaceBytes, FaceFile};
use super::packed::Packed;
use super::{Face, Generic, Outlines, Slant, Uses, Weight};

/// An embedded fallback face.
pub(super) struct Fallback {
    name: &'static str,
    weight: Weight,
    slant: Slant,
    /// When it is asked before others that have a character too.
    pub(super) suits: Suits,
    file: Packed,
    /// The characters it has.
    pub(super) cover: Cover,
}

/// The texts that a fallback face suits best.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Suits {
    /// Any.
    All,
    /// Those set in faces of a kind.
    Beside(Generic),
    /// Those in languages written in a hand.
    Written(Hand),
    /// None that is long: it stands in for a face that is not there.
    Spare,
}

/// The hand in which a language writes Arabic script.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Hand {
    /// The upright hand of Arabic, Persian, Pashto, Sindhi, Uyghur and Kurdish.
    #[default]
    Naskh,
    /// The sloping hand of Urdu, Punjabi and Kashmiri.
    Nastaliq,
}

impl Hand {
    /// The hands by the names that theme files use.
    pub const ALL: [(&'static str, Self); 2] =
        [("naskh", Self::Naskh), ("nastaliq", Self::Nastaliq)];
}

impl Fallback {
    /// The face; its licence, the OFL, allows every use.
    pub(super) fn face(&'static self) -> Face {
        Face {
            family: None,
            name: Cow::Borrowed(self.name),
            weight: self.weight,
            slant: self.slant,
            outlines: Outlines::TrueType,
            uses: Uses::ALL,
            digest: None,
            file: FaceFile {
                bytes: FaceBytes::Packed(&self.file),
                index: 0,
            },
            font: OnceLock::new(),
            fallback: Some(self),
        }
    }
}

macro_rules! faces {
    ($($typeface:literal, $suits:expr, [$($weight:ident $slant:ident $style:literal),*];)*) => {
        [$($(Fallback {
            name: concat!($typeface, "-", $style),
            weight: Weight::$weight,
            slant: Slant::$slant,
            suits: $suits,
            file: Packed::new(include_bytes!(concat!("../../fonts/", $typeface, "-", $style, ".ttf.br"))),
            cover: Cover::new(include_bytes!(concat!("../../fonts/", $typeface, "-", $style, ".cover"))),
        },)*)*]
    };
}

const SERIF: Suits = Suits::Beside(Generic::Serif);
const SANS: Suits = Suits::Beside(Generic::Sans);
const NASKH: Suits = Suits::Written(Hand::Naskh);
const NASTALIQ: Suits = Suits::Written(Hand::Nastaliq);
const ALL: Suits = Suits::All;

/// Every embedded fallback face, in the order in which they are asked; faces of one typeface stand together.
pub(super) static FALLBACKS: [Fallback; 48] = faces! {
    "NotoSerif", SERIF, [
        Regular Upright "Regular", Regular Italic "Italic",
        Semibold Upright "SemiBold", Semibold Italic "SemiBoldItalic"
    ];
    "NotoSans", SANS, [
        Regular Upright "Regular", Regular Italic "Italic",
        Semibold Upright "SemiBold", Semibold Italic "SemiBoldItalic"
    ];
    "NotoNaskhArabic", NASKH, [Regular Upright "Regular", Semibold Upright "SemiBold"];
    "NotoNastaliqUrdu", NASTALIQ, [Regular Upright "Regular", Semibold Upright "SemiBold"];
    "NotoSerifHebrew", ALL, [Regular Upright "Regular", Semibold Upright "SemiBold"];
    "NotoSerifDevanagari", ALL, [Regular Upright "Regular", Semibold Upright "SemiBold"];
    "NotoSerifBengali", ALL, [Regular Upright "Regular", Semibold Upright "SemiBold"];
    "NotoSerifTamil", ALL, [Regular Upright "Regular", Semibold Upright "SemiBold"];
    "NotoSerifThai", ALL, [Regular Upright "Regular", Semibold Upright "SemiBold"];
    "NotoSerifGeorgian", ALL, [Regular Upright "Regular", Semibold Upright "SemiBold"];
    "NotoSerifArmenian", ALL, [Regular Upright "Regular", Semibold Upright "SemiBold"];
    "NotoSerifEthiopic", ALL, [Regular Upright "Regular", Semibold Upright "SemiBold"];
    "NotoSerifGujarati", ALL, [Regular Upright "Regular", Semibold Upright "SemiBold"];
    "NotoSerifGurmukhi", ALL, [Regular Upright "Regular", Semibold Upright "SemiBold"];
    "NotoSerifKannada", ALL, [Regular Upright "Regular", Semibold Upright "SemiBold"];
    "NotoSerifKhmer", ALL, [Regular Upright "Regular", Semibold Upright "SemiBold"];
    "NotoSerifLao", ALL, [Regular Upright "Regular", Semibold Upright "SemiBold"];
    "NotoSerifMalayalam", ALL, [Regular Upright "Regular", Semibold Upright "SemiBold"];
    "NotoSerifMyanmar", ALL, [Regular Upright "Regular", Semibold Upright "SemiBold"];
    "NotoSerifSinhala", ALL, [Regular Upright "Regular", Semibold Upright "SemiBold"];
    "NotoSerifTelugu", ALL, [Regular Upright "Regular", Semibold Upright "SemiBold"];
    "NotoSansMath", ALL, [Regular Upright "Regular"];
    "NotoSansSymbols2", ALL, [Regular Upright "Regular"];
};

/// The fallback face for Chinese, Japanese and Korean: asked last, and left out where the feature is.
#[cfg(feature = "cjk")]
pub(super) static CJK: [Fallback; 1] = faces! {
    "NotoSansCJKFallback", Suits::Spare, [Regular Upright "Regular"];
};
/// Left out.
#[cfg(not(feature = "cjk"))]
pub(super) static CJK: [Fallback; 0] = [];

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use skrifa::MetadataProvider;

    use super::*;

    #[test]
    fn each_list_of_characters_is_that_of_its_face() {
        for fallback in FALLBACKS.iter().chain(&CJK) {
            let face = fallback.face();
            let listed = (0..=0x10_FFFF).filter_map(char::from_u32);
            let listed: Vec<char> = listed.filter(|c| fallback.cover.has(*c)).collect();
            let tables = face.tables().unwrap();
            let held = tables.charmap();
            let held = held.mappings();
            let mut held: Vec<char> = held.filter_map(|(c, _)| char::from_u32(c)).collect();
            held.sort_unstable();
            assert_eq!(listed, held, "{}", fallback.name);
        }
    }
}
