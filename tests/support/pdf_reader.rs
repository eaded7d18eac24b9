//! Reads words and headings out of a PDF through its structure tree (ISO 32000-1, 14.7), with `hayro-syntax`.

use std::collections::BTreeMap;

use hayro_syntax::Pdf;
use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::{Array, Dict, Name, Number, Object, ObjectIdentifier, Stream};

use super::Line;

/// Text by page and marked-content identifier.
type Marked = BTreeMap<(ObjectIdentifier, i64), String>;

/// The blocks of text in the order of the structure tree; labels, notes and the marks of notes left out.
pub fn read(bytes: &[u8]) -> Vec<Line> {
    let pdf = Pdf::new(bytes.to_vec()).expect("a PDF");
    let marked = marked_content(&pdf);
    let root: Dict<'_> = pdf.xref().get(pdf.xref().root_id()).expect("a catalogue");
    let tree: Dict<'_> = root.get("StructTreeRoot").expect("a structure tree");
    let mut walk = Walk {
        marked,
        lines: Vec::new(),
        open: Vec::new(),
        after_mark: None,
    };
    walk.kids(&tree, None);
    walk.lines
}

fn marked_content(pdf: &Pdf) -> Marked {
    let mut marked = Marked::new();
    for page in pdf.pages().iter() {
        let id = page.raw().obj_id().expect("an indirect page");
        let mut open: Vec<Option<i64>> = Vec::new();
        let mut codes = BTreeMap::new();
        let stream = page.page_stream().expect("a content stream");
        let mut operations = TypedIter::new(stream);
        while let Some(operation) = operations.next() {
            let mut show = |text: &[u8], codes: &BTreeMap<u16, String>| {
                if let Some(mcid) = open.iter().rev().find_map(|mcid| *mcid) {
                    let words = marked.entry((id, mcid)).or_default();
                    for code in text.chunks_exact(2) {
                        let code = u16::from_be_bytes([code[0], code[1]]);
                        words.push_str(
                            codes
                                .get(&code)
                                .unwrap_or_else(|| panic!("code {code:04X} has no text")),
                        );
                    }
                }
            };
            match operation {
                TypedInstruction::BeginMarkedContent(_) => open.push(None),
                TypedInstruction::BeginMarkedContentWithProperties(begin) => {
                    open.push(mcid(begin.1))
                }
                TypedInstruction::EndMarkedContent(_) => drop(open.pop()),
                TypedInstruction::TextFont(font) => {
                    codes = to_unicode(&page.resources().get_font(font.0).expect("the font"));
                }
                TypedInstruction::ShowText(text) => show(text.0.as_bytes(), &codes),
                TypedInstruction::ShowTexts(texts) => {
                    for text in texts.0.iter::<Object<'_>>().filter_map(Object::into_string) {
                        show(text.as_bytes(), &codes);
                    }
                }
                _ => {}
            }
        }
    }
    marked
}

/// A stretch of text as a page shows it.
pub struct Shown {
    pub text: String,
    /// The size of type in points.
    pub size: f32,
    /// The PostScript name of its face.
    pub face: String,
    /// Six hexadecimal digits.
    pub colour: String,
    /// The index of its page.
    pub page: usize,
    /// Its baseline from the page's lower edge.
    pub up: f32,
    /// Where its first glyph begins and where the last one that is no space ends, from the page's left edge.
    pub left: f32,
    pub right: f32,
}

/// Where the next glyph stands (ISO 32000-1, 9.4.4).
#[derive(Default)]
struct Pen {
    /// From the line's start, before scaling.
    at: f32,
    start: f32,
    scale: f32,
    up: f32,
}

impl Pen {
    fn x(&self) -> f32 {
        self.start + self.at * self.scale
    }
}

/// All text that the pages show, decoration included, in the order in which it is drawn.
pub fn shown(bytes: &[u8]) -> Vec<Shown> {
    let pdf = Pdf::new(bytes.to_vec()).expect("a PDF");
    let mut lines = Vec::new();
    for (index, page) in pdf.pages().iter().enumerate() {
        let (mut size, mut face, mut colour) = (0.0, String::new(), "000000".to_owned());
        let mut letter_space = 0.0;
        let mut pen = Pen::default();
        let (mut codes, mut widths) = (BTreeMap::new(), BTreeMap::new());
        let stream = page.page_stream().expect("a content stream");
        let mut operations = TypedIter::new(stream);
        while let Some(operation) = operations.next() {
            let mut show = |parts: &[Object<'_>]| {
                let mut text = String::new();
                let (mut left, mut right) = (None, pen.x());
                for part in parts {
                    let string = match part {
                        Object::Number(back) => {
                            pen.at -= back.as_f64() as f32 / 1000.0 * size;
                            continue;
                        }
                        Object::String(string) => string.as_bytes(),
                        other => panic!("{other:?} is not shown"),
                    };
                    for code in string.chunks_exact(2) {
                        let code = u16::from_be_bytes([code[0], code[1]]);
                        let shown = codes.get(&code).map_or("", String::as_str);
                        left = left.or(Some(pen.x()));
                        pen.at += widths.get(&code).copied().unwrap_or(1000.0) / 1000.0 * size;
                        if !shown.trim().is_empty() {
                            right = pen.x();
                        }
                        pen.at += letter_space;
                        text.push_str(shown);
                    }
                }
                lines.push(Shown {
                    text,
                    size,
                    face: face.clone(),
                    colour: colour.clone(),
                    page: index,
                    up: pen.up,
                    left: left.unwrap_or(right),
                    right,
                });
            };
            match operation {
                TypedInstruction::TextFont(font) => {
                    size = font.1.as_f64() as f32;
                    let font = page.resources().get_font(font.0).expect("the font");
                    codes = to_unicode(&font);
                    widths = widths_of(&font);
                    let name = font.get::<Name<'_>>("BaseFont").expect("a name");
                    face = name.as_str().to_owned();
                }
                TypedInstruction::NonStrokeColorDeviceRgb(rgb) => {
                    let parts = [rgb.0, rgb.1, rgb.2];
                    let parts = parts.map(|part| (part.as_f64() * 255.0).round() as u8);
                    colour = parts.map(|part| format!("{part:02X}")).concat();
                }
                TypedInstruction::CharacterSpacing(space) => {
                    letter_space = space.0.as_f64() as f32;
                }
                TypedInstruction::SetTextMatrix(matrix) => {
                    pen = Pen {
                        at: 0.0,
                        start: matrix.4.as_f64() as f32,
                        scale: matrix.0.as_f64() as f32,
                        up: matrix.5.as_f64() as f32,
                    };
                }
                TypedInstruction::ShowText(text) => show(&[Object::String(text.0.clone())]),
                TypedInstruction::ShowTexts(texts) => {
                    let parts: Vec<Object<'_>> = texts.0.iter::<Object<'_>>().collect();
                    show(&parts);
                }
                _ => {}
            }
        }
    }
    lines
}

fn mcid(properties: &Object<'_>) -> Option<i64> {
    let Object::Dict(properties) = properties else {
        return None;
    };
    properties
        .get::<Number>("MCID")
        .map(|number| number.as_i64())
}

/// The widths of a font's codes in thousandths of its size (ISO 32000-1, 9.7.4.3).
fn widths_of(font: &Dict<'_>) -> BTreeMap<u16, f32> {
    let fonts: Array<'_> = font.get("DescendantFonts").expect("a descendant font");
    let font = fonts.iter::<Dict<'_>>().next().expect("one font");
    let array: Array<'_> = font.get("W").expect("the widths");
    let (mut widths, mut numbers) = (BTreeMap::new(), Vec::new());
    for object in array.iter::<Object<'_>>() {
        match object {
            Object::Number(number) => numbers.push(number.as_f64() as f32),
            Object::Array(array) => {
                let first = numbers.pop().expect("the first code") as u16;
                let own = array.iter::<Number>().map(|number| number.as_f64() as f32);
                widths.extend((first..).zip(own));
            }
            other => panic!("{other:?} among widths"),
        }
        if let [from, to, width] = numbers[..] {
            widths.extend((from as u16..=to as u16).map(|code| (code, width)));
            numbers.clear();
        }
    }
    widths
}

/// What each two-byte code of a font stands for, from its ToUnicode CMap (ISO 32000-1, 9.10.3).
fn to_unicode(font: &Dict<'_>) -> BTreeMap<u16, String> {
    let stream: Stream<'_> = font.get("ToUnicode").expect("a ToUnicode CMap");
    let cmap = stream.decoded().expect("a whole CMap").into_owned();
    let cmap = String::from_utf8(cmap).expect("an ASCII CMap");
    let mut codes = BTreeMap::new();
    let mut ranges = false;
    for line in cmap.lines() {
        if line.ends_with("beginbfchar") || line.ends_with("beginbfrange") {
            ranges = line.ends_with("beginbfrange");
            continue;
        }
        let hex: Vec<&str> = line.split(['<', '>']).skip(1).step_by(2).collect();
        let code = |text: &str| {
            u16::from_str_radix(text, 16)
                .ok()
                .filter(|_| text.len() == 4)
        };
        match hex.as_slice() {
            [from, text] if !ranges => {
                codes.insert(code(from).expect("a code"), utf16(text));
            }
            [from, to, text] if ranges => {
                let first =
                    u16::from_str_radix(text, 16).expect("one character of the basic plane");
                for (offset, code) in
                    (code(from).expect("a code")..=code(to).expect("a code")).enumerate()
                {
                    let character =
                        char::from_u32(u32::from(first) + u32::try_from(offset).expect("small"));
                    codes.insert(code, character.expect("a character").to_string());
                }
            }
            _ => {}
        }
    }
    codes
}

fn utf16(hex: &str) -> String {
    let units = hex
        .as_bytes()
        .chunks(4)
        .map(|unit| std::str::from_utf8(unit).expect("ASCII"));
    let units: Vec<u16> = units
        .map(|unit| u16::from_str_radix(unit, 16).expect("a code unit"))
        .collect();
    String::from_utf16(&units).expect("UTF-16")
}

struct Walk {
    marked: Marked,
    lines: Vec<Line>,
    /// The open blocks' levels and texts; text belongs to the innermost.
    open: Vec<(Option<u8>, String)>,
    /// How much text stood there at the mark of a note.
    after_mark: Option<usize>,
}

impl Walk {
    fn kids(&mut self, element: &Dict<'_>, page: Option<ObjectIdentifier>) {
        let page = element.get_ref("Pg").map(ObjectIdentifier::from).or(page);
        if let Some(kids) = element.get::<Array<'_>>("K") {
            kids.iter::<Object<'_>>()
                .for_each(|kid| self.kid(kid, page));
        } else if let Some(kid) = element.get::<Object<'_>>("K") {
            self.kid(kid, page);
        }
    }

    fn kid(&mut self, kid: Object<'_>, page: Option<ObjectIdentifier>) {
        match kid {
            Object::Number(mcid) => self.content(page, mcid.as_i64()),
            Object::Dict(dict) if dict.contains_key("S") => self.element(&dict, page),
            Object::Dict(dict) if dict.contains_key("MCID") => {
                let page = dict.get_ref("Pg").map(ObjectIdentifier::from).or(page);
                self.content(page, dict.get::<Number>("MCID").expect("a number").as_i64());
            }
            _ => {}
        }
    }

    fn content(&mut self, page: Option<ObjectIdentifier>, mcid: i64) {
        let page = page.expect("marked content has a page");
        let words = self.marked.get(&(page, mcid)).cloned().unwrap_or_default();
        if let Some((_, text)) = self.open.last_mut() {
            // A hyphen put in at a line's end is a soft one, which readers drop.
            text.push_str(&words.replace('\u{AD}', ""));
        }
    }

    fn element(&mut self, element: &Dict<'_>, page: Option<ObjectIdentifier>) {
        let role = element
            .get::<Name<'_>>("S")
            .expect("a role")
            .as_str()
            .to_owned();
        let level = role.strip_prefix('H').and_then(|level| level.parse().ok());
        match role.as_str() {
            "Lbl" | "Note" => {}
            "Reference" => {
                if let Some((_, text)) = self.open.last_mut() {
                    // What keeps the marks of two notes apart is a part of them.
                    let between = self.after_mark.replace(text.len());
                    if between.is_some_and(|at| matches!(text.get(at..), Some("," | "\u{60C}"))) {
                        text.pop();
                        self.after_mark = Some(text.len());
                    }
                }
            }
            "P" | "Caption" | "TH" | "TD" | "LBody" | "BlockQuote" => {
                self.block(element, page, None)
            }
            _ if level.is_some() => self.block(element, page, level),
            _ => self.kids(element, page),
        }
    }

    fn block(&mut self, element: &Dict<'_>, page: Option<ObjectIdentifier>, level: Option<u8>) {
        self.flush();
        self.after_mark = None;
        self.open.push((level, String::new()));
        self.kids(element, page);
        self.flush();
        self.open.pop();
    }

    fn flush(&mut self) {
        if let Some((level, text)) = self.open.last_mut() {
            self.lines.extend(Line::new(*level, &std::mem::take(text)));
        }
    }
}
