//! The programs of fonts, and the way from codes to their glyphs (ISO 32000-1, 9.7.4).

use std::borrow::Cow;
use std::collections::HashMap;

use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream};

use super::super::drawing::{Described, EmbeddedFont, FontProgram};
use super::budget::{self, Budget};
use super::cmap::{Token, Tokens, number};

/// A font as far as drawing needs it.
#[derive(Debug, Clone)]
pub(super) struct Program {
    pub(super) font: EmbeddedFont,
    /// The way from codes to glyphs; none where a code is its glyph's number.
    glyphs: Option<Vec<u8>>,
    /// The way from codes to the numbers that glyphs have in their font; none where they are the same (9.7.5).
    numbers: Option<HashMap<u32, u32>>,
    /// By those numbers; those that are not given are no numbers.
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
        let (tag, name) = match name.split_once('+') {
            Some((tag, name)) if tag.len() == 6 => (tag.to_owned(), name.to_owned()),
            _ => (String::new(), name),
        };
        let program = |key: &str| descriptor.get::<Stream<'_>>(key);
        let decoded = |stream: Stream<'_>| budget.decoded(&stream).map(Cow::into_owned);
        let is_composite = descendant.is_some();
        let encoding = text(font, "Encoding");
        let numbers = font.get::<Stream<'_>>("Encoding");
        let numbers = numbers.filter(|_| is_composite);
        let numbers = numbers
            .and_then(|map| budget.decoded(&map))
            .map(|map| numbers_of(&map, budget));
        let has_numbers = encoding == "Identity-H" || numbers.is_some();
        let program = match (program("FontFile2"), program("FontFile3")) {
            (Some(stream), _) => {
                decoded(stream).map_or(FontProgram::Missing, FontProgram::TrueType)
            }
            (None, Some(stream)) => {
                let kind = stream.dict().get::<Name<'_>>("Subtype");
                match kind.is_some_and(|kind| kind.as_str() == "CIDFontType0C") {
                    true => decoded(stream).map_or(FontProgram::Missing, FontProgram::Cff),
                    false => FontProgram::Other,
                }
            }
            (None, None) if program("FontFile").is_some() => FontProgram::Other,
            (None, None) => FontProgram::Missing,
        };
        let is_known = match text(own, "Subtype").as_str() {
            "CIDFontType2" => has_numbers,
            // Its glyphs have the numbers of the font where it says nothing of them, as those of our subsets.
            "CIDFontType0" => has_numbers && matches!(program, FontProgram::Cff(_)),
            _ => false,
        };
        let mut widths = Vec::new();
        if let Some(all) = own.get::<Array<'_>>("W") {
            read_widths(&all, &mut widths, budget);
        }
        let usual = own.get::<Number>("DW");
        Self {
            font: EmbeddedFont {
                name,
                tag,
                described: described(own, &descriptor),
                program,
            },
            glyphs: own.get::<Stream<'_>>("CIDToGIDMap").and_then(decoded),
            widths,
            usual: usual.map_or(1000.0, |width| width.as_f64()),
            has_widths: is_composite && has_numbers,
            is_known: is_composite && is_known,
            numbers,
        }
    }

    /// The glyph of a code, and its width.
    pub(super) fn glyph(&self, code: u32) -> (u32, f64) {
        let number = self.number(code);
        let glyph = match &self.glyphs {
            None => number,
            Some(map) => {
                let at = 2 * number as usize;
                map.get(at..at + 2)
                    .map_or(0, |pair| u32::from(u16::from_be_bytes([pair[0], pair[1]])))
            }
        };
        (glyph, self.width(code))
    }

    /// The number that the glyph of a code has.
    fn number(&self, code: u32) -> u32 {
        let numbers = self.numbers.as_ref();
        numbers.map_or(code, |numbers| numbers.get(&code).copied().unwrap_or(0))
    }

    pub(super) fn width(&self, code: u32) -> f64 {
        let width = self.widths.get(self.number(code) as usize).copied();
        width.filter(|width| !width.is_nan()).unwrap_or(self.usual)
    }
}

/// What a font and its descriptor say of its letters as a whole.
fn described(own: &Dict<'_>, descriptor: &Dict<'_>) -> Described {
    let number = |key: &str| Some(descriptor.get::<Number>(key)?.as_i64());
    let bounds = descriptor.get::<Array<'_>>("FontBBox");
    let bounds = bounds.iter().flat_map(|bounds| bounds.iter::<Number>());
    Described {
        ascent: number("Ascent"),
        descent: number("Descent"),
        capitals: number("CapHeight"),
        angle: number("ItalicAngle"),
        stems: number("StemV"),
        flags: number("Flags"),
        bounds: bounds.map(|bound| bound.as_i64()).collect(),
        usual: own.get::<Number>("DW").map(|usual| usual.as_i64()),
    }
}

/// The numbers of codes by a CMap (9.7.5.3): those that it does not give have the first, which is that of no letter.
fn numbers_of(map: &[u8], budget: &Budget) -> HashMap<u32, u32> {
    let mut found = HashMap::new();
    let mut tokens = Tokens(map);
    let mut codes: Vec<u32> = Vec::new();
    while let Some(token) = tokens.next_token() {
        match token {
            Token::Hex(bytes) => codes.push(number(&bytes)),
            Token::Word(word) => {
                let number = std::str::from_utf8(word).ok();
                let number = number.and_then(|word| word.parse::<u32>().ok());
                if let (Some(number), [first, .., last] | [last @ first]) = (number, &codes[..]) {
                    let count = last.saturating_sub(*first).min(MOST);
                    if !budget.pay((count as usize + 1) * budget::ENTRY) {
                        return found;
                    }
                    let all = (0..=count).map(|at| (first + at, number.saturating_add(at)));
                    found.extend(all);
                }
                codes.clear();
            }
            Token::Open | Token::Close => codes.clear(),
        }
    }
    found
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
