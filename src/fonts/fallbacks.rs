//! The embedded fallback faces, as data: those for letters and signs that a family lacks. `fonts/cut.py` makes their files.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::cover::Cover;
use super::face::{FaceBytes, FaceFile};
use super::fallback::{Fallback, Suits};
use super::packed::Packed;
use super::{Face, FamilyRecord, Generic, Hand, Outlines, Slant, Uses, Weight};

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

    /// Its typeface: its name without the style.
    pub(super) fn typeface(&self) -> &'static str {
        let (typeface, _) = self.name.split_once('-').unwrap_or((self.name, ""));
        typeface
    }

    /// The row of its typeface.
    ///
    /// # Panics
    /// Never: a test asks for all.
    fn row(&self) -> &'static Typeface {
        let row = TYPEFACES.iter().find(|row| row.0 == self.typeface());
        row.expect("every typeface has a row")
    }

    /// Whether it has the letters of a script, few enough to go along whole.
    pub(super) fn is_alphabet(&self) -> bool {
        self.row().5 == Extent::Alphabet
    }

    /// What editions say of its typeface.
    pub(super) fn record(&self) -> FamilyRecord {
        let (_, installed, own, generic, instead, _) = self.row();
        FamilyRecord {
            installed: Cow::Borrowed(installed),
            subset: format!("Flashpoint {own}").into(),
            file: own.to_lowercase().replace(' ', "-").into(),
            generic: *generic,
            instead,
            stack: format!("\"{installed}\", {}", generic.css()).into(),
            uses: Uses::ALL,
            licence: None,
        }
    }
}

/// A typeface: how its files' names begin, the name under which it is installed, what its subsets are called behind the program's
/// name, serif or not, the face that most machines have for its letters, and what it is made of.
type Typeface = (
    &'static str,
    &'static str,
    &'static str,
    Generic,
    &'static str,
    Extent,
);

/// What a typeface is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extent {
    /// The letters of a script: few enough to go along whole.
    Alphabet,
    /// Letters and signs of many kinds, of which a text needs a few.
    Many,
}

const TYPEFACES: [Typeface; 24] = {
    use Extent::{Alphabet, Many};
    use Generic::{Sans, Serif};
    [
        (
            "NotoSerif",
            "Noto Serif",
            "Serif Letters",
            Serif,
            "Times New Roman",
            Many,
        ),
        ("NotoSans", "Noto Sans", "Sans Letters", Sans, "Arial", Many),
        (
            "NotoNaskhArabic",
            "Noto Naskh Arabic",
            "Naskh",
            Serif,
            "Times New Roman",
            Alphabet,
        ),
        (
            "NotoNastaliqUrdu",
            "Noto Nastaliq Urdu",
            "Nastaliq",
            Serif,
            "Urdu Typesetting",
            Alphabet,
        ),
        (
            "NotoSerifHebrew",
            "Noto Serif Hebrew",
            "Hebrew",
            Serif,
            "Times New Roman",
            Alphabet,
        ),
        (
            "NotoSerifDevanagari",
            "Noto Serif Devanagari",
            "Devanagari",
            Serif,
            "Mangal",
            Alphabet,
        ),
        (
            "NotoSerifBengali",
            "Noto Serif Bengali",
            "Bengali",
            Serif,
            "Vrinda",
            Alphabet,
        ),
        (
            "NotoSerifTamil",
            "Noto Serif Tamil",
            "Tamil",
            Serif,
            "Latha",
            Alphabet,
        ),
        (
            "NotoSerifThai",
            "Noto Serif Thai",
            "Thai",
            Serif,
            "Angsana New",
            Alphabet,
        ),
        (
            "NotoSerifGeorgian",
            "Noto Serif Georgian",
            "Georgian",
            Serif,
            "Sylfaen",
            Alphabet,
        ),
        (
            "NotoSerifArmenian",
            "Noto Serif Armenian",
            "Armenian",
            Serif,
            "Sylfaen",
            Alphabet,
        ),
        (
            "NotoSerifEthiopic",
            "Noto Serif Ethiopic",
            "Ethiopic",
            Serif,
            "Nyala",
            Alphabet,
        ),
        (
            "NotoSerifGujarati",
            "Noto Serif Gujarati",
            "Gujarati",
            Serif,
            "Shruti",
            Alphabet,
        ),
        (
            "NotoSerifGurmukhi",
            "Noto Serif Gurmukhi",
            "Gurmukhi",
            Serif,
            "Raavi",
            Alphabet,
        ),
        (
            "NotoSerifKannada",
            "Noto Serif Kannada",
            "Kannada",
            Serif,
            "Tunga",
            Alphabet,
        ),
        (
            "NotoSerifKhmer",
            "Noto Serif Khmer",
            "Khmer",
            Serif,
            "DaunPenh",
            Alphabet,
        ),
        (
            "NotoSerifLao",
            "Noto Serif Lao",
            "Lao",
            Serif,
            "DokChampa",
            Alphabet,
        ),
        (
            "NotoSerifMalayalam",
            "Noto Serif Malayalam",
            "Malayalam",
            Serif,
            "Kartika",
            Alphabet,
        ),
        (
            "NotoSerifMyanmar",
            "Noto Serif Myanmar",
            "Myanmar",
            Serif,
            "Myanmar Text",
            Alphabet,
        ),
        (
            "NotoSerifSinhala",
            "Noto Serif Sinhala",
            "Sinhala",
            Serif,
            "Iskoola Pota",
            Alphabet,
        ),
        (
            "NotoSerifTelugu",
            "Noto Serif Telugu",
            "Telugu",
            Serif,
            "Gautami",
            Alphabet,
        ),
        (
            "NotoSansMath",
            "Noto Sans Math",
            "Math",
            Sans,
            "Cambria Math",
            Many,
        ),
        (
            "NotoSansSymbols2",
            "Noto Sans Symbols 2",
            "Symbols",
            Sans,
            "Segoe UI Symbol",
            Many,
        ),
        (
            "NotoSansCJKFallback",
            "Noto Sans CJK SC",
            "CJK",
            Sans,
            "SimSun",
            Many,
        ),
    ]
};

macro_rules! faces {
    ($($typeface:literal, $suits:expr, [$($weight:ident $slant:ident $style:literal),*];)*) => {
        faces! { new ".ttf.br": $($typeface, $suits, [$($weight $slant $style),*];)* }
    };
    ($packed:ident $ending:literal: $($typeface:literal, $suits:expr, [$($weight:ident $slant:ident $style:literal),*];)*) => {
        [$($(Fallback {
            name: concat!($typeface, "-", $style),
            weight: Weight::$weight,
            slant: Slant::$slant,
            suits: $suits,
            file: Packed::$packed(include_bytes!(concat!("../../fonts/", $typeface, "-", $style, $ending))),
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
pub(super) static CJK: [Fallback; 1] = faces! { in_blocks ".ttf.blocks":
    "NotoSansCJKFallback", Suits::Spare, [Regular Upright "Regular"];
};
/// Left out.
#[cfg(not(feature = "cjk"))]
pub(super) static CJK: [Fallback; 0] = [];

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use skrifa::MetadataProvider;
    use skrifa::raw::TableProvider;

    use super::*;

    #[test]
    fn every_typeface_has_a_record_of_its_own() {
        let all = FALLBACKS.iter().chain(&CJK);
        let records = all.map(|fallback| (fallback.record().subset, fallback.typeface()));
        let records: std::collections::BTreeSet<_> = records.collect();
        let names: std::collections::BTreeSet<_> = records.iter().map(|(name, _)| name).collect();
        assert_eq!(names.len(), records.len());
    }

    /// Both ways to unpack a face in blocks.
    #[cfg(feature = "cjk")]
    #[test]
    fn glyphs_out_of_blocks_are_those_of_the_whole_face() {
        use skrifa::outline::{DrawSettings, pen::SvgPen};
        use skrifa::prelude::{FontRef, LocationRef, Size};

        let path = |file: &[u8], glyph: u16| {
            let outlines = FontRef::new(file).unwrap().outline_glyphs();
            let mut pen = SvgPen::new();
            let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
            let outline = outlines.get(glyph.into()).unwrap();
            outline.draw(settings, &mut pen).unwrap();
            pen.to_string()
        };
        let face = CJK[0].face();
        let glyphs: Vec<u16> = "、あ一龜각힝鬱"
            .chars()
            .map(|c| face.glyph(c).unwrap())
            .collect();
        // Other tests may have unpacked all of the face's own.
        let file = include_bytes!("../../fonts/NotoSansCJKFallback-Regular.ttf.blocks");
        let file = Packed::in_blocks(file);
        let some = file.with(glyphs.iter().copied());
        let whole = file.whole();
        assert_eq!(some.len(), whole.len());
        for glyph in &glyphs {
            let path = [path(&some, *glyph), path(whole, *glyph)];
            assert!(!path[0].is_empty() && path[0] == path[1], "{glyph}");
        }
        let count = face.tables().unwrap().maxp().unwrap().num_glyphs();
        let all = 1100..count;
        let empty = all
            .step_by(512)
            .filter(|glyph| path(&some, *glyph).is_empty());
        assert!(empty.count() > 10, "most blocks are left packed");
    }

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
