//! Tests of shaping.

#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;
use crate::fonts::FaceSet;
use crate::piece::{Direction, LanguageTag};
use crate::theme::{Em, Family, Slant, Weight};

fn voice(shaper: &mut Shaper<'_>, language: &str, direction: Direction) -> Voice {
    Voice {
        family: Family::SOURCE_SERIF,
        weight: Weight::Regular,
        slant: Slant::Upright,
        features: Features::OLD_STYLE,
        tracking: Tracking::default(),
        language: shaper.language(&LanguageTag::parse(language).unwrap()),
        direction,
    }
}

fn words() -> (ShapedWords<'static>, VoiceId) {
    let mut words = ShapedWords::new(FaceSet::embedded());
    let voice = voice(&mut words.shaper, "en-GB", Direction::LeftToRight);
    let id = words.voice(voice);
    (words, id)
}

#[test]
fn ligatures_are_shaped_and_their_bytes_kept() {
    let (mut words, voice) = words();
    let id = words.word(voice, "official");
    let word = words.get(id);
    let bytes: Vec<u16> = word.glyphs.iter().map(|glyph| glyph.bytes).collect();
    assert_eq!(bytes.iter().sum::<u16>(), 8);
    assert!(bytes.len() < 8, "{bytes:?}");
}

#[test]
fn capitals_kern_with_the_space_after_them() {
    let (mut words, voice) = words();
    let id = words.word(voice, "W");
    assert!(words.get(id).before_space < Em(0.0));
}

#[test]
fn a_character_without_a_face_is_a_box_and_others_are_not() {
    let (mut words, voice) = words();
    let id = words.word(voice, "a\u{E000}b");
    let word = words.get(id);
    assert_eq!(word.missing, [1]);
    assert_eq!(word.glyphs[1].kind, GlyphKind::Missing);
    for text in [
        "a\u{AD}b",
        "a\u{200D}b",
        "a\u{2060}",
        "\u{FE0F}a",
        "e\u{301}",
        "→",
        "∑",
        "क्षि",
        "ไทย",
        "\u{2009}a",
    ] {
        let id = words.word(voice, text);
        let word = words.get(id);
        assert!(word.missing.is_empty(), "{text:?}");
        assert!(word.glyphs.iter().all(|glyph| glyph.id != 0), "{text:?}");
        let bytes: usize = word
            .glyphs
            .iter()
            .map(|glyph| usize::from(glyph.bytes))
            .sum();
        assert_eq!(bytes, text.len(), "{text:?}");
    }
}

#[test]
fn arabic_letters_join_and_run_from_the_right() {
    let mut shaper = Shaper::new(FaceSet::embedded());
    for (text, language) in [("المفتاح", "ar"), ("خاموشی", "ur")] {
        let voice = voice(&mut shaper, language, Direction::RightToLeft);
        let joined = shaper.shape(voice, text);
        let places = shaper.places().to_vec();
        let alone: f32 = text
            .chars()
            .map(|c| shaper.shape(voice, c.encode_utf8(&mut [0; 4])).width.0)
            .sum();
        assert!(joined.missing.is_empty(), "{text}");
        assert!(
            joined.width.0 < alone * 0.95,
            "{text}: joined forms are narrower"
        );
        // Places ascend in logical order, and what stands before one measures what it measures alone.
        assert!(places.windows(2).all(|pair| pair[0].byte < pair[1].byte));
        for place in places {
            let before = shaper.shape(voice, &text[..place.byte as usize]).width;
            assert!(
                (before.0 - place.before.0).abs() < 1e-4,
                "{text} {}",
                place.byte
            );
        }
    }
}

#[test]
fn a_line_in_two_directions_is_shaped_in_visual_order() {
    let mut shaper = Shaper::new(FaceSet::embedded());
    let english = voice(&mut shaper, "en", Direction::LeftToRight);
    let text = "one سلام two";
    let styled = Styled::new([(text, english)], Direction::LeftToRight, &[]);
    let runs = styled.shape(&mut shaper, 0..text.len());
    let shown: Vec<(&str, bool)> = runs
        .iter()
        .map(|run| {
            (
                &text[run.range.clone()],
                run.direction == Direction::RightToLeft,
            )
        })
        .collect();
    assert_eq!(shown, [("one ", false), ("سلام", true), (" two", false)]);
    let styled = Styled::new([(text, english)], Direction::RightToLeft, &[]);
    let runs = styled.shape(&mut shaper, 0..text.len());
    let first = runs.first().map(|run| &text[run.range.clone()]);
    assert_eq!(first, Some("two"));
}

#[test]
fn a_line_of_two_voices_is_as_wide_as_its_runs() {
    let mut shaper = Shaper::new(FaceSet::embedded());
    let plain = voice(&mut shaper, "en", Direction::LeftToRight);
    let italic = Voice {
        slant: Slant::Italic,
        ..plain
    };
    let styled = Styled::new(
        [("plain ", plain), ("italic", italic)],
        Direction::LeftToRight,
        &[],
    );
    let runs = styled.shape(&mut shaper, 2..12);
    let faces: Vec<Slant> = runs
        .iter()
        .flat_map(|run| {
            run.word
                .parts
                .iter()
                .map(|part| shaper.faces()[part.face].slant)
        })
        .collect();
    assert_eq!(faces, [Slant::Upright, Slant::Italic]);
}

#[test]
fn a_word_of_boxes_may_be_parted_before_each_of_them() {
    let mut shaper = Shaper::new(FaceSet::embedded());
    for (text, direction) in [
        ("ᠠᠡᠢᠣ", Direction::LeftToRight),
        ("ܐܒܓܕ", Direction::RightToLeft),
    ] {
        let voice = voice(&mut shaper, "en", direction);
        let width = shaper.shape(voice, text).width.0;
        let places: Vec<(u32, f32)> = shaper
            .places()
            .iter()
            .map(|place| (place.byte, place.before.0 / width))
            .collect();
        let bytes = text.len() as u32 / 4;
        let expected: Vec<(u32, f32)> = (0..4).map(|n| (n * bytes, n as f32 / 4.0)).collect();
        assert_eq!(places.len(), expected.len(), "{text}");
        for ((byte, part), (at, expected)) in places.iter().zip(&expected) {
            assert!(
                byte == at && (part - expected).abs() < 1e-4,
                "{text} {places:?}"
            );
        }
    }
}
