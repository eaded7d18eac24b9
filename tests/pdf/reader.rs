//! Reads the structure tree of a PDF with the text of its content (ISO 32000-1, 14.7), through `hayro-syntax`.

use std::collections::BTreeMap;

use hayro_syntax::Pdf;
use hayro_syntax::content::UntypedIter;
use hayro_syntax::object::{Array, Dict, Name, Number, Object, ObjectIdentifier, Stream};

/// An element of the tree.
#[derive(Debug, Default)]
pub(crate) struct Element {
    pub(crate) role: String,
    /// `Lang`, `Alt`, `ID` and attributes, in order.
    pub(crate) says: Vec<String>,
    pub(crate) kids: Vec<Kid>,
}

/// A kid of an element.
#[derive(Debug)]
pub(crate) enum Kid {
    Element(Element),
    Text(String),
    /// An annotation: where it leads and its description.
    Annotation {
        leads: String,
        contents: String,
    },
}

impl Element {
    /// All text of the element and those under it.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        for kid in &self.kids {
            match kid {
                Kid::Element(element) => text.push_str(&element.text()),
                Kid::Text(own) => text.push_str(own),
                Kid::Annotation { .. } => {}
            }
        }
        text
    }

    /// The elements under this one with a role, in order.
    pub(crate) fn find<'a>(&'a self, role: &str, found: &mut Vec<&'a Element>) {
        for kid in &self.kids {
            if let Kid::Element(element) = kid {
                if element.role == role {
                    found.push(element);
                }
                element.find(role, found);
            }
        }
    }
}

/// Text by page and number.
type Marked = BTreeMap<(ObjectIdentifier, i64), String>;

/// The texts of the artifacts, in order.
pub(crate) fn artifacts(bytes: &[u8]) -> Vec<String> {
    contents(&Pdf::new(bytes.to_vec()).expect("a PDF")).1
}

/// The document element of a PDF.
pub(crate) fn read(bytes: &[u8]) -> Element {
    let pdf = Pdf::new(bytes.to_vec()).expect("a PDF");
    let catalog: Dict<'_> = pdf.xref().get(pdf.xref().root_id()).expect("a catalog");
    let tree: Dict<'_> = catalog.get("StructTreeRoot").expect("a structure tree");
    let document: Dict<'_> = tree.get("K").expect("a document");
    let mut reader = Reader {
        marked: contents(&pdf).0,
    };
    let document = reader.element(&document, None);
    assert!(
        reader.marked.is_empty(),
        "in no element: {:?}",
        reader.marked
    );
    document
}

struct Reader {
    /// What no element has taken yet.
    marked: Marked,
}

impl Reader {
    fn element(&mut self, dict: &Dict<'_>, page: Option<ObjectIdentifier>) -> Element {
        let page = dict.get_ref("Pg").map(ObjectIdentifier::from).or(page);
        let mut element = Element {
            role: dict
                .get::<Name<'_>>("S")
                .expect("a role")
                .as_str()
                .to_owned(),
            says: says(dict),
            kids: Vec::new(),
        };
        match dict.get::<Object<'_>>("K") {
            Some(Object::Array(kids)) => {
                for kid in kids.iter::<Object<'_>>() {
                    self.kid(&mut element, kid, page);
                }
            }
            Some(kid) => self.kid(&mut element, kid, page),
            None => {}
        }
        element
    }

    fn kid(&mut self, element: &mut Element, kid: Object<'_>, page: Option<ObjectIdentifier>) {
        let dict = match kid {
            Object::Number(number) => return self.content(element, number.as_i64(), page),
            Object::Dict(dict) => dict,
            other => panic!("a kid that is {other:?}"),
        };
        let page = dict.get_ref("Pg").map(ObjectIdentifier::from).or(page);
        if dict.contains_key("S") {
            let kid = self.element(&dict, page);
            element.kids.push(Kid::Element(kid));
        } else if let Some(number) = dict.get::<Number>("MCID") {
            self.content(element, number.as_i64(), page);
        } else {
            let annotation: Dict<'_> = dict.get("Obj").expect("an annotation");
            let contents = annotation
                .get::<Object<'_>>("Contents")
                .expect("a description");
            element.kids.push(Kid::Annotation {
                leads: leads(&annotation),
                contents: shown(contents),
            });
        }
    }

    fn content(&mut self, element: &mut Element, number: i64, page: Option<ObjectIdentifier>) {
        let page = page.expect("marked content has a page");
        let text = self
            .marked
            .remove(&(page, number))
            .expect("content, and only once");
        match element.kids.last_mut() {
            Some(Kid::Text(before)) => before.push_str(&text),
            _ => element.kids.push(Kid::Text(text)),
        }
    }
}

fn leads(annotation: &Dict<'_>) -> String {
    if let Some(destination) = annotation.get::<Object<'_>>("Dest") {
        return format!("#{}", shown(destination));
    }
    let action: Dict<'_> = annotation.get("A").expect("a destination or an action");
    shown(action.get::<Object<'_>>("URI").expect("an address"))
}

fn says(dict: &Dict<'_>) -> Vec<String> {
    let mut says = Vec::new();
    for key in ["Lang", "Alt", "ID", "ActualText"] {
        if let Some(value) = dict.get::<Object<'_>>(key) {
            says.push(format!("{key}={:?}", shown(value)));
        }
    }
    if let Some(attributes) = dict.get::<Dict<'_>>("A") {
        for key in [
            "ListNumbering",
            "Scope",
            "Placement",
            "NoteType",
            "TextPosition",
        ] {
            if let Some(value) = attributes.get::<Name<'_>>(key) {
                says.push(format!("{key}={}", value.as_str()));
            }
        }
        if let Some(shift) = attributes.get::<Number>("BaselineShift") {
            let direction = if shift.as_f32() > 0.0 { "up" } else { "down" };
            says.push(format!("BaselineShift={direction}"));
        }
        if let Some(bounds) = attributes.get::<Array<'_>>("BBox") {
            let bounds: Vec<f32> = bounds.iter::<Number>().map(|n| n.as_f32()).collect();
            assert!(bounds.len() == 4 && bounds[0] < bounds[2] && bounds[1] < bounds[3]);
            says.push("BBox".to_owned());
        }
    }
    says
}

/// A text string: UTF-16BE with its mark, else PDFDocEncoding (ISO 32000-1, D.2).
pub(crate) fn shown(object: Object<'_>) -> String {
    let Object::String(string) = object else {
        panic!("not a string: {object:?}");
    };
    let bytes = string.as_bytes();
    match bytes.strip_prefix(&[0xFE, 0xFF]) {
        Some(units) => {
            let units = units
                .chunks(2)
                .map(|unit| u16::from_be_bytes([unit[0], unit[1]]));
            String::from_utf16(&units.collect::<Vec<_>>()).expect("UTF-16")
        }
        None => bytes.iter().map(|byte| pdf_doc(*byte)).collect(),
    }
}

fn pdf_doc(byte: u8) -> char {
    const HIGH: &str = "•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž";
    match byte {
        0x80..=0x9E => HIGH.chars().nth(usize::from(byte) - 0x80).unwrap(),
        0xA0 => '€',
        byte => char::from(byte),
    }
}

/// What all marked contents show, and all artifacts; what is in neither is an error.
fn contents(pdf: &Pdf) -> (Marked, Vec<String>) {
    let (mut marked, mut artifacts) = (Marked::new(), Vec::new());
    for page in pdf.pages().iter() {
        let id = page.raw().obj_id().expect("an indirect page");
        let mut open: Option<Open> = None;
        let mut codes = BTreeMap::new();
        let mut operations = UntypedIter::new(page.page_stream().expect("contents"));
        while let Some(operation) = operations.next() {
            let operands: Vec<&Object<'_>> = operation.operands().collect();
            match (operation.operator.as_ref() as &[u8], operands.as_slice()) {
                (b"BDC", [Object::Name(tag), Object::Dict(properties)]) => {
                    assert!(open.is_none(), "marked content inside marked content");
                    open = Some(Open::of(tag, properties));
                }
                (b"EMC", []) => match open.take().expect("open marked content") {
                    Open::Artifact(text) => artifacts.push(text),
                    Open::Tagged {
                        number,
                        text,
                        instead,
                    } => {
                        let before = marked.insert((id, number), instead.unwrap_or(text));
                        assert_eq!(before, None, "a number twice on a page");
                    }
                },
                (b"Tf", [Object::Name(font), _]) => {
                    codes = to_unicode(&page.resources().get_font(font).expect("the font"));
                }
                (b"TJ", [Object::Array(strings)]) => {
                    let open = open.as_mut().expect("text in marked content");
                    for string in strings.iter::<Object<'_>>() {
                        if let Object::String(string) = string {
                            open.show(string.as_bytes(), &codes);
                        }
                    }
                }
                (b"re" | b"Do", _) => assert!(open.is_some(), "graphics in no marked content"),
                (b"Tj" | b"'" | b"\"" | b"BMC", _) => panic!("an operator not expected"),
                _ => {}
            }
        }
        assert!(open.is_none(), "marked content is open at the page's end");
    }
    (marked, artifacts)
}

enum Open {
    Artifact(String),
    Tagged {
        number: i64,
        text: String,
        instead: Option<String>,
    },
}

impl Open {
    fn of(tag: &Name<'_>, properties: &Dict<'_>) -> Self {
        match properties.get::<Number>("MCID") {
            None => {
                assert_eq!(tag.as_str(), "Artifact");
                Self::Artifact(String::new())
            }
            Some(number) => Self::Tagged {
                number: number.as_i64(),
                text: String::new(),
                instead: properties.get::<Object<'_>>("ActualText").map(shown),
            },
        }
    }

    fn show(&mut self, string: &[u8], codes: &BTreeMap<u16, String>) {
        for code in string.chunks_exact(2) {
            let code = u16::from_be_bytes([code[0], code[1]]);
            let shown = codes
                .get(&code)
                .unwrap_or_else(|| panic!("no text for {code:04X}"));
            let (Self::Tagged { text, .. } | Self::Artifact(text)) = self;
            text.push_str(shown);
        }
    }
}

/// What each code of a font stands for (ISO 32000-1, 9.10.3).
pub(crate) fn to_unicode(font: &Dict<'_>) -> BTreeMap<u16, String> {
    let stream: Stream<'_> = font.get("ToUnicode").expect("a ToUnicode map");
    let map = String::from_utf8(stream.decoded().expect("sound data").into_owned()).expect("ASCII");
    let mut codes = BTreeMap::new();
    for line in map.lines() {
        let parts: Vec<&str> = line
            .split(['<', '>', ' '])
            .filter(|part| !part.is_empty())
            .collect();
        if let (Some(inner), [code, text]) = (line.strip_prefix('<'), parts.as_slice()) {
            assert!(inner.ends_with('>'), "{line}");
            let code = u16::from_str_radix(code, 16).expect("a code");
            let units = text
                .as_bytes()
                .chunks(4)
                .map(|unit| std::str::from_utf8(unit).unwrap());
            let units = units.map(|unit| u16::from_str_radix(unit, 16).unwrap());
            let text = String::from_utf16(&units.collect::<Vec<_>>()).expect("UTF-16");
            if code != 0 || text != "\u{FFFF}" {
                codes.insert(code, text);
            }
        }
    }
    codes
}
