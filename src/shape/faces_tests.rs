//! Tests of the choice of faces.

#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;
use crate::fonts::{FaceSet, Family, STYLES, Slant, Weight};
use crate::piece::{Direction, LanguageTag};

fn faces() -> &'static FaceSet {
    FaceSet::embedded()
}

fn voice(shaper: &mut Shaper<'_>, language: &str, family: Family) -> Voice {
    let tag = LanguageTag::parse(language).unwrap();
    Voice {
        family,
        weight: Weight::Regular,
        slant: Slant::Upright,
        features: Features::default(),
        tracking: Tracking::default(),
        direction: tag.direction(),
        language: shaper.language(&tag),
    }
}

/// The faces and the glyphs of a text.
fn set(language: &str, text: &str) -> (Vec<String>, Vec<u16>) {
    let mut shaper = Shaper::new(faces());
    let voice = voice(&mut shaper, language, Family::SOURCE_SERIF);
    set_in(&mut shaper, voice, text)
}

fn set_in(shaper: &mut Shaper<'_>, voice: Voice, text: &str) -> (Vec<String>, Vec<u16>) {
    let word = shaper.shape(voice, text);
    assert!(word.missing.is_empty(), "{text} {:?}", word.missing);
    let parts = word.parts.iter();
    let names = parts.map(|part| faces()[part.face].name.to_string());
    (
        names.collect(),
        word.glyphs.iter().map(|glyph| glyph.id).collect(),
    )
}

#[test]
fn rare_letters_of_latin_and_cyrillic_keep_weight_slant_and_kind() {
    let mut shaper = Shaper::new(faces());
    for (language, letters) in [
        ("ha", "ƙƴƘƳɓɗ"),
        ("ee", "ƉɖƐɛƒƔɣŋƆɔƲʋ"),
        ("ve", "ḓḽṋṱ"),
        ("sah", "ҕҥөһүҔҤ"),
        ("ab", "ӷҕӡқҟҩԥҭҳҵҷҽҿџә"),
    ] {
        for (family, kind) in [
            (Family::SOURCE_SERIF, "Serif"),
            (Family::SOURCE_SANS, "Sans"),
        ] {
            for (weight, slant) in STYLES {
                let plain = voice(&mut shaper, language, family);
                let voice = Voice {
                    weight,
                    slant,
                    ..plain
                };
                let (names, _) = set_in(&mut shaper, voice, letters);
                for name in names {
                    let face = faces().ids().map(|id| &faces()[id]);
                    let face = face.into_iter().find(|face| face.name == name).unwrap();
                    assert_eq!((face.weight, face.slant), (weight, slant), "{name}");
                    assert!(name.contains(kind), "{name}");
                }
            }
        }
    }
}

#[test]
fn latin_cyrillic_and_phonetic_letters_are_complete() {
    let blocks = [
        0xA0..=0x2FF,
        0x370..=0x373,
        0x400..=0x52F,
        0x1D00..=0x1DBF,
        0x1E00..=0x1FBC,
    ];
    let letters = blocks.into_iter().flatten().filter_map(char::from_u32);
    let letters = letters.filter(|c| c.is_alphabetic());
    let own = |family| faces().of(family, Weight::Regular, Slant::Upright);
    for c in letters {
        for face in [own(Family::SOURCE_SERIF), own(Family::SOURCE_SANS)] {
            let there = faces()[face].sets(c)
                || faces()
                    .fallback(face, Default::default(), |face| face.sets(c))
                    .is_some();
            assert!(there, "{c} U+{:04X}", u32::from(c));
        }
    }
}

#[test]
fn a_letter_stands_in_one_face_with_its_marks() {
    for text in ["ɔ̃", "b̤", "m̀", "ẹ́", "ӡ̌"] {
        let (names, _) = set("ee", text);
        assert_eq!(names.len(), 1, "{text} {names:?}");
    }
}

#[test]
fn arabic_script_is_set_in_the_hand_of_its_language() {
    for (language, text, face) in [
        ("ar", "الأزمة", "NotoNaskhArabic-Regular"),
        ("fa", "گزینه‌های پیچیده", "NotoNaskhArabic-Regular"),
        ("ps", "ښځې ډېر ګړندي", "NotoNaskhArabic-Regular"),
        ("sd", "ڏينهن ٻار ڳالھ ڪتاب ۾ ۽", "NotoNaskhArabic-Regular"),
        ("ug", "ئۇيغۇرچە ژۇرنال ۋە ئېلى", "NotoNaskhArabic-Regular"),
        ("ckb", "کوردستان ڕۆژ ڵێ", "NotoNaskhArabic-Regular"),
        ("ku-Arab", "ئێمە ڤیان", "NotoNaskhArabic-Regular"),
        ("en", "سلام", "NotoNaskhArabic-Regular"),
        ("ur", "پاکستان ٹھیک ڑے ۓ", "NotoNastaliqUrdu-Regular"),
        ("pa-Arab", "پنجابی ݨ", "NotoNastaliqUrdu-Regular"),
        ("ks", "کٲشُر ؠ ۄ ۆ ٳ", "NotoNastaliqUrdu-Regular"),
    ] {
        for word in text.split(' ') {
            let (names, _) = set(language, word);
            assert_eq!(names, [face], "{language} {word}");
        }
    }
}

#[test]
fn scripts_of_asia_and_africa_have_regular_and_semibold_faces() {
    for (language, text) in [
        ("he", "שָׁלוֹם"),
        ("hi", "क्षेत्रीय"),
        ("bn", "রাষ্ট্রপতি"),
        ("ta", "பாதுகாப்பு"),
        ("te", "ప్రభుత్వం"),
        ("kn", "ಕರ್ನಾಟಕ"),
        ("ml", "മലയാളം"),
        ("gu", "ગુજરાતી"),
        ("pa", "ਪੰਜਾਬੀ"),
        ("si", "ශ්‍රී"),
        ("th", "ความมั่นคง"),
        ("lo", "ພາສາລາວ"),
        ("km", "ភាសាខ្មែរ"),
        ("my", "မြန်မာ"),
        ("am", "አማርኛ"),
        ("ka", "საქართველო"),
        ("hy", "Հայաստան"),
    ] {
        let mut shaper = Shaper::new(faces());
        let plain = voice(&mut shaper, language, Family::SOURCE_SERIF);
        for (weight, style) in [(Weight::Regular, "Regular"), (Weight::Semibold, "SemiBold")] {
            let voice = Voice { weight, ..plain };
            let (names, glyphs) = set_in(&mut shaper, voice, text);
            assert_eq!(names.len(), 1, "{language} {names:?}");
            assert!(names[0].ends_with(style), "{language} {names:?}");
            assert!(!glyphs.contains(&0), "{language}");
        }
    }
}

#[test]
#[cfg(feature = "cjk")]
fn ideographs_take_the_forms_of_their_language_then_of_their_neighbours() {
    let forms = |language, text: &str| set(language, text).1;
    let [simplified, traditional, japanese] =
        ["zh", "zh-Hant", "ja"].map(|language| forms(language, "直骨"));
    assert!(simplified != traditional && simplified != japanese && traditional != japanese);
    assert_eq!(forms("en", "直骨"), simplified);
    assert_eq!(forms("zh-TW", "直骨"), traditional);
    assert_eq!(forms("en", "直骨の")[..2], japanese);
    assert_eq!(forms("ja", "直骨の")[..2], japanese);
    let (names, _) = set("zh", "他说：“和平”。");
    assert_eq!(names, ["NotoSansCJKFallback-Regular"]);
    let (names, _) = set("ko", "대한민국");
    assert_eq!(names, ["NotoSansCJKFallback-Regular"]);
}

#[test]
fn a_mark_that_no_face_has_does_not_take_its_letter_away() {
    let mut shaper = Shaper::new(faces());
    let voice = voice(&mut shaper, "en", Family::SOURCE_SERIF);
    let word = shaper.shape(voice, "a\u{1E8D0}b");
    assert_eq!(word.missing, [1]);
    assert_eq!(voice.direction, Direction::LeftToRight);
}

/// The glyphs of words of every script. `tests/conformance/shapes.py` holds them against HarfBuzz.
#[cfg(feature = "cjk")]
#[test]
fn words_of_every_script_have_the_glyphs_that_others_have_been_asked_for() {
    use std::fmt::Write as _;
    let mut shown = String::new();
    let mut shaper = Shaper::new(faces());
    for line in include_str!("../../tests/fixtures/scripts/words.tsv").lines() {
        let (language, words) = line.split_once('\t').unwrap();
        let voice = voice(&mut shaper, language, Family::SOURCE_SERIF);
        let mut seen = std::collections::BTreeSet::new();
        for text in words.split_whitespace().filter(|text| seen.insert(*text)) {
            let word = shaper.shape(voice, text);
            assert!(word.missing.is_empty(), "{text}");
            // Stops stand in another face than the letters beside them.
            let face = word.parts[0].face;
            if word.parts.iter().any(|part| part.face != face) {
                continue;
            }
            let _ = write!(shown, "{language}\t{}\t{text}\t", faces()[face].name);
            let mut offsets = word.offsets.iter().peekable();
            for (index, glyph) in word.glyphs.iter().enumerate() {
                let own = offsets.next_if(|(at, ..)| *at as usize == index);
                let _ = match own {
                    Some((_, x, y)) => write!(shown, " {}@{x},{y}", glyph.id),
                    None => write!(shown, " {}", glyph.id),
                };
            }
            shown.push('\n');
        }
    }
    expect_test::expect_file!["../../tests/goldens/shapes.tsv"].assert_eq(&shown);
}
