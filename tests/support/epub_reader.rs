//! Reads words and headings out of an EPUB, by zip and XML alone.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{Line, attribute, part, parts};

/// The elements that hold a block of text.
const BLOCKS: &[&str] = &[
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "td",
    "th",
    "li",
    "figcaption",
    "caption",
    "blockquote",
];

/// The blocks of text of all documents in the order of the spine; contents, cover, notes, pull quotes and the marks
/// of notes left out.
pub fn read(bytes: &[u8]) -> Vec<Line> {
    let parts = parts(bytes);
    let package = parts
        .keys()
        .find(|name| name.ends_with(".opf"))
        .expect("a package document")
        .clone();
    let folder = package.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut lines = Vec::new();
    for document in spine(part(&parts, &package)) {
        let name = if folder.is_empty() {
            document
        } else {
            format!("{folder}/{document}")
        };
        lines.extend(blocks(part(&parts, &name)));
    }
    lines
}

/// The documents of the spine, the navigation document left out.
fn spine(package: &str) -> Vec<String> {
    let mut items = BTreeMap::new();
    let mut spine = Vec::new();
    let mut reader = Reader::from_str(package);
    loop {
        match reader.read_event().expect("well-formed XML") {
            Event::Eof => break,
            Event::Start(element) | Event::Empty(element) => match element.local_name().as_ref() {
                b"item"
                    if attribute(&element, "properties")
                        .split(' ')
                        .all(|property| property != "nav") =>
                {
                    items.insert(attribute(&element, "id"), attribute(&element, "href"));
                }
                b"itemref" => spine.push(attribute(&element, "idref")),
                _ => {}
            },
            _ => {}
        }
    }
    spine
        .iter()
        .filter_map(|id| items.get(id).cloned())
        .collect()
}

fn blocks(xhtml: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    // The open blocks' names and texts; text belongs to the innermost.
    let mut open: Vec<(String, String)> = Vec::new();
    // How deep inside something that is left out.
    let mut skipped = 0_usize;
    let mut reader = Reader::from_str(xhtml);
    loop {
        match reader.read_event().expect("well-formed XML") {
            Event::Eof => return lines,
            Event::Start(element) => {
                let name = local(&element);
                // What keeps the marks of two notes apart is a part of them.
                let rest =
                    &xhtml[usize::try_from(reader.buffer_position()).expect("a short text")..];
                let is_comma =
                    name == "sup" && (rest.starts_with(",<") || rest.starts_with("\u{60C}<"));
                if skipped > 0 || is_comma || left_out(&element, &name) {
                    skipped += 1;
                } else if BLOCKS.contains(&name.as_str()) {
                    // Words before a nested block are a line of their own.
                    flush(&mut open, &mut lines);
                    open.push((name, String::new()));
                }
            }
            Event::End(element) => {
                let name = String::from_utf8_lossy(element.local_name().as_ref()).into_owned();
                if skipped > 0 {
                    skipped -= 1;
                } else if BLOCKS.contains(&name.as_str()) {
                    flush(&mut open, &mut lines);
                    open.pop();
                }
            }
            Event::Empty(element) if local(&element) == "br" => push(&mut open, skipped, " "),
            Event::Text(text) => push(&mut open, skipped, &text.decode().expect("UTF-8")),
            Event::GeneralRef(reference) => {
                push(&mut open, skipped, &super::resolve(&reference).to_string())
            }
            _ => {}
        }
    }
}

fn push(open: &mut [(String, String)], skipped: usize, words: &str) {
    if skipped == 0
        && let Some((_, text)) = open.last_mut()
    {
        text.push_str(words);
    }
}

fn flush(open: &mut [(String, String)], lines: &mut Vec<Line>) {
    if let Some((name, text)) = open.last_mut() {
        let level = name.strip_prefix('h').and_then(|level| level.parse().ok());
        lines.extend(Line::new(level, &std::mem::take(text)));
    }
}

fn left_out(element: &BytesStart<'_>, name: &str) -> bool {
    let types = attribute(element, "epub:type");
    let kinds = [
        "noteref",
        "footnote",
        "footnotes",
        "endnotes",
        "pullquote",
        "pagebreak",
        "cover",
    ];
    let aside = types.split(' ').any(|kind| kinds.contains(&kind));
    aside || matches!(name, "head" | "nav") || attribute(element, "hidden") == "hidden"
}

fn local(element: &BytesStart<'_>) -> String {
    String::from_utf8_lossy(element.local_name().as_ref()).into_owned()
}
