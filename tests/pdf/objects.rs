//! The objects of a PDF as a text that a person can review: catalogue, pages, annotations, outline, properties.
//!
//! Heights and areas are left out, for they follow the lines; contents, faces and images too, for they are no text. What the
//! structure tree holds stands in a golden of its own.

use std::collections::BTreeMap;

use expect_test::expect_file;
use lopdf::{Dictionary, Document, Object, ObjectId};

use crate::edition::{from_file, root};

/// Keys that lead back, or to what is not shown here.
const LEFT_OUT: &[&[u8]] = &[
    b"Parent",
    b"Prev",
    b"Contents",
    b"Resources",
    b"Length",
    b"ParentTree",
    b"IDTree",
    b"K",
    b"Filter",
    b"Last",
    b"P",
    b"SE",
];

/// Numbers that follow from where the lines stand.
const PLACES: &[&[u8]] = &[b"Rect", b"QuadPoints", b"BBox"];

struct Dump<'a> {
    document: &'a Document,
    pages: BTreeMap<ObjectId, u32>,
    out: String,
}

impl Dump<'_> {
    fn line(&mut self, depth: usize, text: &str) {
        self.out.push_str(&"  ".repeat(depth));
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn dictionary(&mut self, depth: usize, dictionary: &Dictionary) {
        let mut entries: Vec<_> = dictionary.iter().collect();
        // What comes next is told after all of its neighbour.
        entries.sort_by_key(|(key, _)| (key.as_slice() == b"Next", *key));
        for (key, value) in entries {
            // A note's or a link's words stand under the same key as what a page shows.
            let words = matches!(value, Object::String(..));
            if LEFT_OUT.contains(&key.as_slice()) && !words {
                continue;
            }
            let name = String::from_utf8_lossy(key).into_owned();
            if PLACES.contains(&key.as_slice()) {
                let numbers = value.as_array().map_or(0, Vec::len);
                self.line(depth, &format!("{name}: {numbers} numbers"));
            } else {
                self.entry(depth, &name, value);
            }
        }
    }

    fn entry(&mut self, depth: usize, name: &str, value: &Object) {
        if let Some(plain) = self.plain(value) {
            return self.line(depth, &format!("{name}: {plain}"));
        }
        let document = self.document;
        let (_, value) = document.dereference(value).expect("an object");
        // What comes next stands beside its neighbour, not under it.
        let depth = depth - usize::from(name == "Next");
        self.line(depth, &format!("{name}:"));
        match value {
            Object::Dictionary(dictionary) => self.dictionary(depth + 1, dictionary),
            Object::Stream(stream) => self.dictionary(depth + 1, &stream.dict),
            Object::Array(items) => {
                for item in items {
                    self.entry(depth + 1, "-", item);
                }
            }
            other => panic!("{other:?}"),
        }
    }

    /// A value that fits on a line.
    fn plain(&self, value: &Object) -> Option<String> {
        if let Object::Reference(id) = value
            && let Some(page) = self.pages.get(id)
        {
            return Some(format!("page {page}"));
        }
        let (_, value) = self.document.dereference(value).expect("an object");
        Some(match value {
            Object::Null => "null".to_owned(),
            Object::Boolean(value) => value.to_string(),
            Object::Integer(value) => value.to_string(),
            Object::Real(value) => value.to_string(),
            Object::Name(name) => format!("/{}", String::from_utf8_lossy(name)),
            Object::String(bytes, _) => format!("{:?}", shown(bytes)),
            Object::Array(items) if destination(items) => {
                let page = self.plain(&items[0])?;
                let kind = self.plain(&items[1])?;
                format!("{page} {kind}")
            }
            Object::Array(items) if items.len() > 6 => return None,
            Object::Array(items) => {
                let items: Option<Vec<_>> = items.iter().map(|item| self.plain(item)).collect();
                format!("[{}]", items?.join(" "))
            }
            _ => return None,
        })
    }
}

/// A place on a page (ISO 32000-1, 12.3.2.2).
fn destination(items: &[Object]) -> bool {
    matches!(items, [Object::Reference(_), Object::Name(_), ..])
}

/// A text string (ISO 32000-1, 7.9.2.2); the few bytes above ASCII of PDFDocEncoding are shown as numbers.
fn shown(bytes: &[u8]) -> String {
    match bytes.strip_prefix(&[0xFE, 0xFF]) {
        Some(units) => {
            let units = units
                .chunks(2)
                .map(|unit| u16::from_be_bytes([unit[0], unit[1]]));
            String::from_utf16(&units.collect::<Vec<_>>()).expect("UTF-16")
        }
        None => {
            let text = bytes.iter().map(|byte| match byte {
                b' '..=b'~' => char::from(*byte).to_string(),
                byte => format!("<{byte:02X}>"),
            });
            text.collect()
        }
    }
}

fn dump(bytes: &[u8]) -> String {
    let document = Document::load_mem(bytes).expect("a PDF");
    let pages: BTreeMap<_, _> = document
        .get_pages()
        .into_iter()
        .map(|(n, id)| (id, n))
        .collect();
    let mut dump = Dump {
        document: &document,
        pages: pages.clone(),
        out: String::new(),
    };
    dump.line(0, &format!("version {}", document.version));
    let mut trailer = document.trailer.clone();
    let catalogue = trailer.remove(b"Root").expect("a catalogue");
    let information = trailer.remove(b"Info");
    let (_, catalogue) = document.dereference(&catalogue).expect("a catalogue");
    let mut catalogue = catalogue.as_dict().expect("a dictionary").clone();
    let packet = catalogue.remove(b"Metadata").expect("metadata");
    catalogue.remove(b"Pages");
    dump.line(0, "catalogue");
    dump.dictionary(1, &catalogue);
    if let Some(information) = information {
        dump.entry(0, "information", &information);
    }
    let mut pages: Vec<_> = pages.into_iter().collect();
    pages.sort_by_key(|(_, number)| *number);
    for (id, number) in pages {
        dump.line(0, &format!("page {number}"));
        dump.dictionary(1, document.get_dictionary(id).expect("a page"));
    }
    dump.line(0, "metadata");
    let packet = packet.as_reference().and_then(|id| document.get_object(id));
    let packet = packet.and_then(Object::as_stream).expect("a stream");
    let packet = packet
        .get_plain_content()
        .unwrap_or_else(|_| packet.content.clone());
    dump.out
        .push_str(&String::from_utf8(packet).expect("UTF-8"));
    dump.out.push('\n');
    dump.out
}

#[test]
fn every_block_has_its_objects() {
    let edition = from_file(&root().join("tests/fixtures/valid/every-block.yaml")).unwrap();
    let golden = root().join("tests/goldens/pdf/every-block.objects.txt");
    expect_file![golden].assert_eq(&dump(&edition.bytes));
}

#[test]
fn all_metadata_has_its_objects() {
    let edition = from_file(&root().join("tests/fixtures/valid/all-metadata.yaml")).unwrap();
    let golden = root().join("tests/goldens/pdf/all-metadata.objects.txt");
    expect_file![golden].assert_eq(&dump(&edition.bytes));
}
