//! The programs of fonts, and the way from codes to their glyphs (ISO 32000-1, 9.7.4).

use std::borrow::Cow;

use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream};

use super::super::drawing::{EmbeddedFont, FontProgram};
use super::budget::{self, Budget};

/// A font as far as drawing needs it.
#[derive(Debug, Clone)]
pub(super) struct Program {
    pub(super) font: EmbeddedFont,
    /// The way from codes to glyphs; none where a code is its glyph's number.
    glyphs: Option<Vec<u8>>,
    /// By code; those that are not given are no numbers.
    widths: Vec<f64>,
    usual: f64,
    /// Whether codes have two bytes and widths that are known here.
    pub(super) has_widths: bool,
    /// Whether codes lead to glyphs in a way that is known here.
    pub(super) is_known: bool,
}

/// Widths are given of at most so many codes.
const MOST: u32 = 1 << 16;

impl Program {
    pub(super) fn of(font: &Dict<'_>, budget: &Budget) -> Self {
        let text = |dict: &Dict<'_>, key: &str| {
            let name = dict.get::<Name<'_>>(key);
            name.map(|name| name.as_str().to_owned())
                .unwrap_or_default()
        };
        let descendants = font.get::<Array<'_>>("DescendantFonts");
        let descendant = descendants.and_then(|all| all.iter::<Object<'_>>().next()?.into_dict());
        let own = descendant.as_ref().unwrap_or(font);
        let descriptor = own.get::<Dict<'_>>("FontDescriptor").unwrap_or_default();
        let name = text(font, "BaseFont");
        let name = match name.split_once('+') {
            Some((tag, name)) if tag.len() == 6 => name.to_owned(),
            _ => name,
        };
        let program = |key: &str| descriptor.get::<Stream<'_>>(key);
        let decoded = |stream: Stream<'_>| budget.decoded(&stream).map(Cow::into_owned);
        let is_composite = descendant.is_some();
        let encoding = text(font, "Encoding");
        let is_known =
            is_composite && encoding == "Identity-H" && text(own, "Subtype") == "CIDFontType2";
        let program = match program("FontFile2") {
            Some(stream) => decoded(stream).map_or(FontProgram::Missing, FontProgram::TrueType),
            None if program("FontFile3").or(program("FontFile")).is_some() => FontProgram::Other,
            None => FontProgram::Missing,
        };
        let mut widths = Vec::new();
        if let Some(all) = own.get::<Array<'_>>("W") {
            read_widths(&all, &mut widths, budget);
        }
        let usual = own.get::<Number>("DW");
        Self {
            font: EmbeddedFont { name, program },
            glyphs: own.get::<Stream<'_>>("CIDToGIDMap").and_then(decoded),
            widths,
            usual: usual.map_or(1000.0, |width| width.as_f64()),
            has_widths: is_composite && encoding == "Identity-H",
            is_known,
        }
    }

    /// The glyph of a code, and its width.
    pub(super) fn glyph(&self, code: u32) -> (u32, f64) {
        let glyph = match &self.glyphs {
            None => code,
            Some(map) => {
                let at = 2 * code as usize;
                map.get(at..at + 2)
                    .map_or(0, |pair| u32::from(u16::from_be_bytes([pair[0], pair[1]])))
            }
        };
        (glyph, self.width(code))
    }

    pub(super) fn width(&self, code: u32) -> f64 {
        let width = self.widths.get(code as usize).copied();
        width.filter(|width| !width.is_nan()).unwrap_or(self.usual)
    }
}

/// The widths of codes: `first [w …]` and `first last w` (9.7.4.3).
fn read_widths(all: &Array<'_>, widths: &mut Vec<f64>, budget: &Budget) {
    let code = |number: &Number| u32::try_from(number.as_i64()).unwrap_or(MOST);
    let mut items = all.iter::<Object<'_>>();
    while let (Some(Object::Number(first)), Some(second)) = (items.next(), items.next()) {
        let first = code(&first);
        match second {
            Object::Array(list) => {
                for (code, width) in (first..MOST).zip(list.iter::<Number>()) {
                    insert(widths, code, width.as_f64());
                }
            }
            Object::Number(last) => {
                let Some(Object::Number(width)) = items.next() else {
                    return;
                };
                let codes = first..=code(&last).min(MOST);
                if !budget.pay(codes.clone().count() * budget::ENTRY) {
                    return;
                }
                for code in codes {
                    insert(widths, code, width.as_f64());
                }
            }
            _ => return,
        }
    }
}

fn insert(widths: &mut Vec<f64>, code: u32, width: f64) {
    let at = code as usize;
    if widths.len() <= at {
        widths.resize(at + 1, f64::NAN);
    }
    widths[at] = width;
}
