//! The embedded faces: what validators do not look into. Programs load, every code has a glyph, every width agrees.

use std::collections::BTreeMap;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};

use crate::edition::{Edition, from_file, from_yaml, sources};
use crate::reader::to_unicode;

/// A font as the file has it.
struct Font {
    name: String,
    program: Vec<u8>,
    glyphs: Vec<u8>,
    widths: BTreeMap<u16, f32>,
    texts: BTreeMap<u16, String>,
}

fn fonts(bytes: &[u8]) -> Vec<Font> {
    let pdf = Pdf::new(bytes.to_vec()).unwrap();
    let page = &pdf.pages()[0];
    let resources: Dict<'_> = page.raw().get("Resources").unwrap();
    let fonts: Dict<'_> = resources.get("Font").unwrap();
    let names: Vec<_> = fonts.keys().map(|key| key.as_str().to_owned()).collect();
    names
        .iter()
        .map(|name| font(&fonts.get(name.as_str()).unwrap()))
        .collect()
}

fn font(font: &Dict<'_>) -> Font {
    let name = |dict: &Dict<'_>, key: &str| dict.get::<Name<'_>>(key).unwrap().as_str().to_owned();
    assert_eq!(name(font, "Encoding"), "Identity-H");
    let descendants: Array<'_> = font.get("DescendantFonts").unwrap();
    let descendant = descendants.iter::<Dict<'_>>().next().unwrap();
    assert_eq!(name(&descendant, "BaseFont"), name(font, "BaseFont"));
    let descriptor: Dict<'_> = descendant.get("FontDescriptor").unwrap();
    assert_eq!(name(&descriptor, "FontName"), name(font, "BaseFont"));
    let stream = |stream: Stream<'_>| stream.decoded().unwrap().into_owned();
    Font {
        name: name(font, "BaseFont"),
        program: stream(descriptor.get("FontFile2").unwrap()),
        glyphs: stream(descendant.get("CIDToGIDMap").unwrap()),
        widths: widths(&descendant.get("W").unwrap()),
        texts: to_unicode(font),
    }
}

fn widths(array: &Array<'_>) -> BTreeMap<u16, f32> {
    let mut widths = BTreeMap::new();
    let mut first = 0;
    for object in array.iter::<Object<'_>>() {
        match object {
            Object::Number(number) => first = number.as_i64() as u16,
            Object::Array(array) => {
                let numbers = array.iter::<Number>().map(|number| number.as_f32());
                widths.extend((first..).zip(numbers));
            }
            other => panic!("{other:?} in W"),
        }
    }
    widths
}

/// Counts the strokes of a glyph.
struct Strokes(usize);

impl OutlinePen for Strokes {
    fn move_to(&mut self, _: f32, _: f32) {
        self.0 += 1;
    }
    fn line_to(&mut self, _: f32, _: f32) {
        self.0 += 1;
    }
    fn quad_to(&mut self, _: f32, _: f32, _: f32, _: f32) {
        self.0 += 1;
    }
    fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, _: f32, _: f32) {
        self.0 += 1;
    }
    fn close(&mut self) {}
}

fn check(font: &Font) {
    let (tag, _) = font.name.split_once('+').expect("a subset's tag");
    assert!(tag.len() == 6 && tag.bytes().all(|byte| byte.is_ascii_uppercase()));
    let program = FontRef::new(&font.program).expect("a font program");
    let metrics = program.glyph_metrics(Size::unscaled(), LocationRef::default());
    let em = f32::from(
        program
            .metrics(Size::unscaled(), LocationRef::default())
            .units_per_em,
    );
    let outlines = program.outline_glyphs();
    assert!(!font.texts.is_empty());
    for (code, text) in &font.texts {
        let at = 2 * usize::from(*code);
        let glyph = u16::from_be_bytes([font.glyphs[at], font.glyphs[at + 1]]);
        assert_ne!(
            glyph, 0,
            "{}: {text:?} is shown as a missing glyph",
            font.name
        );
        let glyph = GlyphId::from(glyph);
        let advance = metrics
            .advance_width(glyph)
            .expect("a glyph of the program");
        let width = font.widths[code];
        assert!(
            (advance * 1000.0 / em - width).abs() < 0.51,
            "{}: {text:?} {width}",
            font.name
        );
        let mut strokes = Strokes(0);
        let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
        outlines
            .get(glyph)
            .unwrap()
            .draw(settings, &mut strokes)
            .expect("an outline");
        let inked = text
            .chars()
            .any(|c| c.is_alphanumeric() || c.is_ascii_punctuation());
        assert!(
            !inked || strokes.0 > 0,
            "{}: {text:?} shows nothing",
            font.name
        );
    }
}

#[test]
fn every_code_has_its_glyph_and_its_width() {
    for path in sources() {
        if let Some(Edition { bytes, .. }) = from_file(&path) {
            fonts(&bytes).iter().for_each(check);
        }
    }
}

#[test]
fn one_glyph_is_read_as_each_text_it_stands_for() {
    // The author's hyphens, and what guards one at the end of a line: PDFium reads no glyph without an outline.
    let words = "well-known-".repeat(200);
    let edition = from_yaml(&format!(
        "{{series: S, title: T, date: 2025-11-04, language: en, contributors: [{{name: N, statement: [{words}]}}]}}"
    ));
    let fonts = fonts(&edition.bytes);
    let serif = fonts
        .iter()
        .find(|font| font.name.ends_with("SourceSerif4-Regular"))
        .unwrap();
    let glyph_of = |wanted: &str| {
        let (code, _) = serif
            .texts
            .iter()
            .find(|(_, text)| *text == wanted)
            .expect(wanted);
        let at = 2 * usize::from(*code);
        serif.glyphs[at..at + 2].to_vec()
    };
    assert_eq!(glyph_of("-"), glyph_of("\u{200B}"));
}

#[test]
fn the_same_source_gives_the_same_bytes() {
    for path in sources() {
        let (first, second) = (from_file(&path), from_file(&path));
        assert_eq!(
            first.map(|edition| edition.bytes),
            second.map(|edition| edition.bytes)
        );
    }
}

#[test]
fn another_text_gives_another_identifier() {
    let piece = |text: &str| {
        let yaml = format!(
            "series: S\ntitle: T\ndate: 2025-11-04\nlanguage: en\ncontributors:\n  - name: N\n    statement: [{text}]\n"
        );
        let bytes = from_yaml(&yaml).bytes;
        let at = bytes
            .windows(4)
            .rposition(|window| window == b"/ID[")
            .unwrap();
        String::from_utf8(bytes[at + 4..at + 72].to_vec()).unwrap()
    };
    let (one, same, other) = (piece("one"), piece("one"), piece("other"));
    assert_eq!(one, same);
    // The piece is the same, these contents are not.
    assert_eq!(one[..34], other[..34]);
    assert_ne!(one[34..], other[34..]);
}
