//! What a cover must hold, whatever the words.
#![allow(clippy::unwrap_used, reason = "tests")]

use proptest::prelude::*;

use super::lines::Measured;
use super::wording::{Phrase, Wording};
use super::{Size, alt_text, design};
use crate::compose::Logo;
use crate::compose::sample::composed;
use crate::fonts::FaceSet;
use crate::piece::{Direction, Image, ImageFormat, LanguageTag};
use crate::shape::{Features, GlyphKind, Shaper, Styled, Tracking, Voice};
use crate::theme::{Family, Pt, Slant, Theme, Weight};

const REAL: &str = r#"
series: Flash Point
title: "Istanbul on Standby: Will the Taliban Control their *Militants*?"
date: 2025-11-04
date_text: November 4, 2025
language: en-GB
contributors:
  - {name: Mansoor Ahmad Khan, statement: [Words.]}
  - {name: Amina Khan, statement: [Words.]}
  - {name: Fahd Humayun, statement: [Words.]}
"#;

fn wording(title: &str, names: &[String], direction: Direction) -> Wording {
    let phrase = |text: &str| Phrase::plain(text, direction);
    Wording {
        series: phrase("Flash Point"),
        title: phrase(title),
        subtitle: None,
        names: names.iter().map(|name| phrase(name)).collect(),
        byline: vec![phrase(&names.join(", "))],
        date: phrase("4 November 2025"),
        language: LanguageTag::parse("en-GB").unwrap(),
        direction,
        seed: [7; 16],
    }
}

/// A decoded picture: width, height, palette and one index a pixel.
struct Picture {
    width: usize,
    height: usize,
    colours: usize,
    pixels: Vec<u8>,
}

fn decoded(file: &[u8]) -> Picture {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(file));
    decoder.set_transformations(png::Transformations::IDENTITY);
    let mut reader = decoder.read_info().unwrap();
    let mut packed = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut packed).unwrap();
    let info = reader.info();
    assert_eq!(
        (info.color_type, info.bit_depth),
        (png::ColorType::Indexed, png::BitDepth::Four)
    );
    Picture {
        width: info.width as usize,
        height: info.height as usize,
        colours: info.palette.as_ref().unwrap().len() / 3,
        pixels: packed
            .iter()
            .flat_map(|pair| [pair >> 4, pair & 15])
            .collect(),
    }
}

impl Picture {
    /// The first and last column and row, from 0, of the pixels with the text's ink.
    fn text_box(&self) -> [usize; 4] {
        let inked = self
            .pixels
            .iter()
            .enumerate()
            .filter(|(_, index)| (1..=7).contains(*index));
        inked.fold(
            [usize::MAX, 0, usize::MAX, 0],
            |[left, right, top, bottom], (at, _)| {
                let (x, y) = (at % self.width, at / self.width);
                [left.min(x), right.max(x), top.min(y), bottom.max(y)]
            },
        )
    }
}

#[test]
fn the_lines_of_a_title_are_parted_by_sense() {
    let theme = Theme::classic();
    let names = ["Amina Khan".to_owned()];
    for (title, expected) in [
        ("Who Pays? A View from the Bazaars of Quetta", "Who Pays?"),
        ("Torkham: The Gate that Closes Itself", "Torkham:"),
        (
            "The Border Closes and the Price Doubles Again",
            "The Border Closes",
        ),
    ] {
        let wording = wording(title, &names, Direction::LeftToRight);
        let lines = design::title_lines(&wording, &theme);
        assert!(
            lines
                .iter()
                .scan(String::new(), |so_far, line| {
                    let gap = if so_far.is_empty() { "" } else { " " };
                    *so_far = format!("{so_far}{gap}{line}");
                    Some(so_far.clone())
                })
                .any(|begun| begun == expected),
            "{lines:?}"
        );
    }
}

#[test]
fn a_title_is_smaller_where_its_lines_then_end_where_its_words_do() {
    let theme = Theme::classic();
    let names = ["Amina Khan".to_owned()];
    for (title, expected) in [
        (
            "Istanbul on Standby: Will the Taliban Control their Militants?",
            &[
                "Istanbul on Standby:",
                "Will the Taliban",
                "Control their Militants?",
            ][..],
        ),
        // Nothing is gained by smaller letters.
        ("The Border Closes", &["The Border", "Closes"]),
    ] {
        let wording = wording(title, &names, Direction::LeftToRight);
        assert_eq!(design::title_lines(&wording, &theme), expected);
    }
}

#[test]
fn lines_of_a_title_have_the_room_that_its_script_asks_for() {
    let leading = |title: &str, language: &str| {
        let wording = Wording {
            language: LanguageTag::parse(language).unwrap(),
            ..wording(title, &[], Direction::RightToLeft)
        };
        design::title_leading(&wording, &Theme::classic())
    };
    let urdu = "سڑکیں جو پانی میں ختم ہوتی ہیں: کلومیٹر کون گنتا ہے؟";
    assert!(leading(urdu, "ur") >= 2.0, "Nastaliq");
    assert!((1.5..1.6).contains(&leading(urdu, "ar")), "Naskh");
    assert!(leading("Roads to पानी, again", "en") >= 1.4);
    assert!(leading("Roads that end in water", "en") < 1.2);
}

#[test]
fn a_logo_stands_above_the_series_in_its_own_colours_and_is_said() {
    let mut pixels = Vec::new();
    let mut encoder = png::Encoder::new(&mut pixels, 2, 1);
    encoder.set_color(png::ColorType::Rgb);
    let mut writer = encoder.write_header().unwrap();
    writer
        .write_image_data(&[250, 10, 20, 250, 10, 20])
        .unwrap();
    writer.finish().unwrap();
    let plain = Theme::classic();
    let theme = Theme {
        cover_logo: Some(Logo {
            image: Image::new(pixels, ImageFormat::Png, 2, 1),
            alt: "The House".to_owned(),
            width: 20,
        }),
        ..Theme::classic()
    };
    let piece = composed(REAL);
    for (size, file) in [
        ((1600, 2560), super::draw(&piece, &theme, Size::Full)),
        ((320, 512), super::draw(&piece, &theme, Size::Thumbnail)),
        (super::SHARE_SIZE, super::share(&piece, &theme)),
    ] {
        let file = file.unwrap();
        let picture = image::load_from_memory(&file).unwrap().into_rgb8();
        assert_eq!((picture.width(), picture.height()), size);
        let red = |pixel: &&image::Rgb<u8>| pixel.0 == [250, 10, 20];
        assert!(picture.pixels().filter(red).count() > 100, "{size:?}");
    }
    assert!(alt_text(&piece, &theme).contains("The House. Flash Point."));
    assert!(!alt_text(&piece, &plain).contains("The House"));
    let again = super::draw(&piece, &theme, Size::Full).unwrap();
    assert_eq!(again, super::draw(&piece, &theme, Size::Full).unwrap());
}

#[test]
fn the_real_cover_is_a_small_indexed_png_of_the_promised_size() {
    let (composition, theme) = (composed(REAL), Theme::classic());
    let file = super::draw(&composition, &theme, Size::Full).unwrap();
    assert!(file.len() < 80_000, "{} bytes", file.len());
    let picture = decoded(&file);
    assert_eq!(
        (picture.width, picture.height, picture.colours),
        (1600, 2560, 16)
    );
    assert_eq!(file, super::draw(&composition, &theme, Size::Full).unwrap());
}

#[test]
fn the_cover_of_a_page_has_the_shape_of_its_paper() {
    let (piece, theme) = (composed(REAL), Theme::classic());
    for (paper, size) in [
        ((Pt(595.276), Pt(841.89)), (1600, 2263)),
        ((Pt(612.0), Pt(792.0)), (1600, 2071)),
        ((Pt(100.0), Pt(900.0)), (1600, 2560)),
    ] {
        let (file, pixels) = super::page(&piece, &theme, paper).unwrap();
        let picture = decoded(&file);
        assert_eq!(pixels, size);
        assert_eq!((picture.width as u32, picture.height as u32), size);
    }
}

#[test]
fn smaller_covers_are_the_same_picture() {
    let (composition, theme) = (composed(REAL), Theme::classic());
    let at = |size| decoded(&super::draw(&composition, &theme, size).unwrap());
    let full = at(Size::Full).text_box();
    for (size, reduction) in [(Size::Screen, 2), (Size::Thumbnail, 5)] {
        let picture = at(size);
        let pixels = (picture.width as u32, picture.height as u32);
        assert_eq!(pixels, size.pixels());
        assert_eq!(pixels, (1600 / reduction, 2560 / reduction));
        for (small, large) in picture.text_box().into_iter().zip(full) {
            let expected = large / reduction as usize;
            assert!(small.abs_diff(expected) <= 2, "{small} of {expected}");
        }
    }
}

#[test]
fn a_cover_image_is_made_small_once_and_keeps_its_shape() {
    let mut bytes = Vec::new();
    image::RgbImage::from_pixel(1000, 400, image::Rgb([9, 90, 200]))
        .write_to(
            &mut std::io::Cursor::new(&mut bytes),
            image::ImageFormat::Png,
        )
        .unwrap();
    let image = Image::new(bytes, ImageFormat::Png, 1000, 400);
    let small = super::thumbnail(&image).unwrap().unwrap();
    assert_eq!((small.width, small.height), (320, 128));
    let pixels = image::load_from_memory(&small.bytes).unwrap().into_rgb8();
    assert_eq!(
        (pixels.dimensions(), pixels[(7, 7)].0),
        ((320, 128), [9, 90, 200])
    );
    assert!(super::thumbnail(&small).unwrap().is_none());
}

#[test]
fn the_share_image_has_the_size_that_sites_ask_for() {
    let file = super::share(&composed(REAL), &Theme::classic()).unwrap();
    let picture = decoded(&file);
    assert_eq!((picture.width, picture.height), (1200, 630));
    assert!(file.len() < 40_000, "{} bytes", file.len());
}

#[test]
fn the_description_says_what_the_cover_shows() {
    assert_eq!(
        alt_text(&composed(REAL), &Theme::classic()),
        "Cover: Flash Point. Istanbul on Standby: Will the Taliban Control their Militants? \
         Mansoor Ahmad Khan, Amina Khan and Fahd Humayun. November 4, 2025"
    );
}

#[test]
fn a_piece_without_an_author_names_its_editor() {
    let yaml = REAL.replace("statement:", "role: edt, statement:");
    let wording = Wording::of(&composed(&yaml));
    let names: Vec<String> = wording.names.iter().map(Phrase::words).collect();
    assert_eq!(
        names,
        ["Editors: Mansoor Ahmad Khan, Amina Khan and Fahd Humayun"]
    );
}

#[test]
fn long_titles_and_twelve_names_stay_inside_the_margins() {
    let title = "A Very Long Question about the Future of Regional Cooperation: ".repeat(5);
    let names: Vec<String> = (1..=12)
        .map(|n| format!("Contributor of a Long Name, Number {n}"))
        .collect();
    for (title, names) in [
        (&title[..300], &names[..]),
        (&"Donaudampfschiff".repeat(19)[..300], &names[..1]),
        ("W", &names[..]),
    ] {
        for direction in [Direction::LeftToRight, Direction::RightToLeft] {
            let file =
                design::upright(&wording(title, names, direction), &Theme::classic(), 1).unwrap();
            assert!(file.len() < 150_000, "{} bytes", file.len());
            let [left, right, top, bottom] = decoded(&file).text_box();
            assert!(left >= 150 && right < 1450, "{left} to {right}");
            assert!(top >= 300 && bottom < 2500, "{top} to {bottom}");
        }
    }
}

#[test]
fn right_to_left_lines_begin_on_the_right() {
    let names = ["Amina Khan".to_owned()];
    let file = design::upright(
        &wording("Water", &names, Direction::LeftToRight),
        &Theme::classic(),
        1,
    )
    .unwrap();
    let [left, right, ..] = decoded(&file).text_box();
    assert!(left < 180 && right < 800, "{left} to {right}");
    let file = design::upright(
        &wording("Water", &names, Direction::RightToLeft),
        &Theme::classic(),
        1,
    )
    .unwrap();
    let [left, right, ..] = decoded(&file).text_box();
    assert!(left > 800 && right > 1420, "{left} to {right}");
}

#[test]
fn words_that_no_face_can_show_are_left_to_the_description() {
    let names = ["Amina Khan".to_owned()];
    let draw = |title: &str| {
        design::upright(
            &wording(title, &names, Direction::LeftToRight),
            &Theme::classic(),
            1,
        )
        .unwrap()
    };
    let [_, _, top, _] = decoded(&draw("ᚠᚢᚦᚨᚱᚲ")).text_box();
    assert!(top > 1000, "nothing stands above the names: {top}");
    let [_, _, top, _] = decoded(&draw("Runes: ᚠᚢ")).text_box();
    assert!(top < 700, "a title of which most can be read stands: {top}");
}

#[test]
fn a_syriac_word_between_latin_ones_is_boxes_in_the_middle() {
    let mut shaper = Shaper::new(FaceSet::embedded());
    let voice = serif(&mut shaper);
    let styled = Styled::new([("one ܐܒܓ two", voice)], Direction::LeftToRight, &[]);
    let line = styled.shape(&mut shaper, 0..styled.text().len());
    let boxes: Vec<usize> = line
        .iter()
        .map(|run| {
            let glyphs = run.word.glyphs.iter();
            glyphs
                .filter(|glyph| glyph.kind == GlyphKind::Missing)
                .count()
        })
        .collect();
    assert_eq!(
        boxes,
        [0, 3, 0],
        "no face has these letters, so each is a box"
    );
}

fn serif(shaper: &mut Shaper<'_>) -> Voice {
    Voice {
        family: Family::SOURCE_SERIF,
        weight: Weight::Semibold,
        slant: Slant::Upright,
        features: Features::default(),
        tracking: Tracking::default(),
        language: shaper.language(&LanguageTag::parse("en").unwrap()),
        direction: Direction::LeftToRight,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn lines_lose_no_word_and_fit_their_column(
        text in "[a-zA-Zéß\u{0627}-\u{0630}0-9,.:;?!'\u{301}\u{200d} -]{1,200}",
        size in 20.0f32..200.0,
    ) {
        let direction = Direction::LeftToRight;
        let mut shaper = Shaper::new(FaceSet::embedded());
        let voice = serif(&mut shaper);
        let measured = Measured::new(Styled::new([(text.as_str(), voice)], direction, &[]), &mut shaper);
        let set = measured.set_anyhow(size, 1.2, 1000.0);
        let words = |text: &str| text.split_whitespace().collect::<String>();
        prop_assert_eq!(words(&set.text_lines().concat()), words(&text));
        for line in set.lines() {
            let line = set.shape(line, &mut shaper);
            let width: f32 = line.iter().map(|run| run.word.width.0).sum();
            let glyphs: usize = line.iter().map(|run| run.word.glyphs.len()).sum();
            prop_assert!(width * size <= 1000.0 * 1.02 || glyphs < 40);
        }
    }

    #[test]
    fn any_words_give_a_cover(title in "\\PC{1,120}", name in "\\PC{1,60}") {
        let wording = wording(&title, &[name], Direction::LeftToRight);
        prop_assert!(design::broad(&wording, &Theme::classic()).is_ok());
    }
}
