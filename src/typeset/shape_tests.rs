//! Tests of shaping.

#![allow(clippy::unwrap_used, reason = "tests")]

use super::hyphenate::Exceptions;
use super::layout::GlyphKind;
use super::shape::{Shaper, VoiceId};
use super::voice::{Features, Voice};
use crate::piece::LanguageTag;
use crate::theme::{Family, Slant, Weight};

fn shaper() -> (Shaper, VoiceId) {
    let mut shaper = Shaper::new(Exceptions::default());
    let language = shaper.language(&LanguageTag::parse("en-GB").unwrap());
    let voice = shaper.voice(Voice {
        family: Family::SourceSerif,
        weight: Weight::Regular,
        slant: Slant::Upright,
        features: Features::OLD_STYLE,
        tracking: 0,
        language,
    });
    (shaper, voice)
}

#[test]
fn a_cut_measures_what_its_sides_measure_when_shaped() {
    let (mut shaper, voice) = shaper();
    let mut cuts = 0;
    for text in include_str!("../../source/flash-point.yaml")
        .split_whitespace()
        .chain(["official", "Waffeleisen", "typographer"])
    {
        let id = shaper.word(voice, text);
        for cut in shaper.get(id).cuts.clone() {
            let at = cut.at as usize;
            let head = shaper.fragment(voice, &[&text[..at], "-"].concat());
            let tail = shaper.fragment(voice, &text[at..]);
            assert!(
                (shaper.get(head).width - cut.head).abs() < 1e-4,
                "{text} {at}"
            );
            assert!(
                (shaper.get(tail).width - cut.tail).abs() < 1e-4,
                "{text} {at}"
            );
            cuts += 1;
        }
    }
    assert!(cuts > 500);
}

#[test]
fn ligatures_are_shaped_and_their_bytes_kept() {
    let (mut shaper, voice) = shaper();
    let id = shaper.word(voice, "official");
    let word = shaper.get(id);
    let bytes: Vec<u16> = word.glyphs.iter().map(|glyph| glyph.bytes).collect();
    assert_eq!(bytes.iter().sum::<u16>(), 8);
    assert!(bytes.len() < 8, "{bytes:?}");
}

#[test]
fn capitals_kern_with_the_space_after_them() {
    let (mut shaper, voice) = shaper();
    let id = shaper.word(voice, "W");
    assert!(shaper.get(id).before_space < 0.0);
}

#[test]
fn a_character_without_a_face_is_a_box_and_others_are_not() {
    let (mut shaper, voice) = shaper();
    let id = shaper.word(voice, "a\u{E000}b");
    let word = shaper.get(id);
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
        let id = shaper.word(voice, text);
        let word = shaper.get(id);
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
