//! Reads words and headings out of a DOCX, by zip and XML alone.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::{Line, attribute, part, parts};

/// The paragraphs of the body, in order; contents, pull quotes and the marks of notes left out.
pub fn read(bytes: &[u8]) -> Vec<Line> {
    let parts = parts(bytes);
    let names = style_names(part(&parts, "word/styles.xml"));
    let mut lines = Vec::new();
    let mut open: Vec<Paragraph> = Vec::new();
    let mut in_text = false;
    each_event(part(&parts, "word/document.xml"), |event| match event {
        Event::Start(start) | Event::Empty(start) if start.name().as_ref() == b"w:pStyle" => {
            let name = names
                .get(&attribute(start, "w:val"))
                .cloned()
                .unwrap_or_default();
            open.last_mut().expect("a paragraph").style = name.to_lowercase();
        }
        Event::Start(start) | Event::Empty(start) if start.name().as_ref() == b"w:rStyle" => {
            let name = names
                .get(&attribute(start, "w:val"))
                .cloned()
                .unwrap_or_default();
            open.last_mut().expect("a paragraph").mark =
                name.eq_ignore_ascii_case("footnote reference");
        }
        Event::Start(start) if start.name().as_ref() == b"w:p" => open.push(Paragraph::default()),
        Event::Start(start) if start.name().as_ref() == b"w:r" => {
            open.last_mut().expect("a paragraph").mark = false
        }
        Event::Start(start) if start.name().as_ref() == b"w:t" => in_text = true,
        Event::Text(text) if in_text => {
            let paragraph = open.last_mut().expect("a paragraph");
            if !paragraph.mark {
                paragraph.text.push_str(&text.decode().expect("UTF-8"));
            }
        }
        Event::GeneralRef(reference) if in_text => {
            let paragraph = open.last_mut().expect("a paragraph");
            if !paragraph.mark {
                paragraph.text.push(super::resolve(reference));
            }
        }
        Event::End(end) if end.name().as_ref() == b"w:t" => in_text = false,
        Event::Empty(empty) if [b"w:tab".as_slice(), b"w:br"].contains(&empty.name().as_ref()) => {
            if let Some(paragraph) = open.last_mut() {
                paragraph.text.push(' ');
            }
        }
        Event::End(end) if end.name().as_ref() == b"w:p" => {
            lines.extend(open.pop().and_then(Paragraph::line));
        }
        _ => {}
    });
    lines
}

#[derive(Default)]
struct Paragraph {
    style: String,
    text: String,
    /// Whether the run is the mark of a note.
    mark: bool,
}

impl Paragraph {
    fn line(self) -> Option<Line> {
        let level = match self.style.as_str() {
            "title" => Some(1),
            style => style
                .trim_start_matches("end ")
                .strip_prefix("heading ")
                .and_then(|level| level.parse().ok()),
        };
        let left_out = self.style.starts_with("toc") || self.style == "intense quote";
        if left_out {
            None
        } else {
            Line::new(level, &self.text)
        }
    }
}

fn style_names(xml: &str) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    let mut id = String::new();
    each_event(xml, |event| match event {
        Event::Start(start) if start.name().as_ref() == b"w:style" => {
            id = attribute(start, "w:styleId")
        }
        Event::Start(start) | Event::Empty(start) if start.name().as_ref() == b"w:name" => {
            names.insert(id.clone(), attribute(start, "w:val"));
        }
        _ => {}
    });
    names
}

fn each_event(xml: &str, mut f: impl FnMut(&Event<'_>)) {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event().expect("well-formed XML") {
            Event::Eof => return,
            event => f(&event),
        }
    }
}
