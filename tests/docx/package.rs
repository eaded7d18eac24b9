//! A reader of packages that shares no code with the writer: zip, then XML to trees.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// A package: its parts by name.
pub(crate) struct Package {
    /// The names in the order in which they stand.
    pub(crate) names: Vec<String>,
    /// The parts that are XML.
    pub(crate) parts: BTreeMap<String, Element>,
    /// The others.
    pub(crate) media: BTreeMap<String, Vec<u8>>,
}

/// An element with its attributes, its children and, where it has no children, its text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: BTreeMap<String, String>,
    pub(crate) children: Vec<Element>,
    pub(crate) text: String,
}

impl Package {
    /// Unpacks a file. Panics when anything in it is not well-formed.
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let (mut names, mut parts, mut media) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
        for index in 0..archive.len() {
            let mut file = archive.by_index(index).unwrap();
            let name = file.name().to_owned();
            let mut content = Vec::new();
            file.read_to_end(&mut content).unwrap();
            names.push(name.clone());
            if name.ends_with(".xml") || name.ends_with(".rels") {
                parts.insert(name, parse(&content));
            } else {
                media.insert(name, content);
            }
        }
        Self {
            names,
            parts,
            media,
        }
    }

    pub(crate) fn document(&self) -> &Element {
        &self.parts["word/document.xml"]
    }
}

fn parse(xml: &[u8]) -> Element {
    let mut reader = Reader::from_reader(xml);
    reader.config_mut().check_end_names = true;
    let mut open = vec![Element::default()];
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => open.push(element(&start)),
            Event::Empty(start) => {
                let element = element(&start);
                open.last_mut().unwrap().children.push(element);
            }
            Event::End(_) => {
                let done = open.pop().unwrap();
                open.last_mut().unwrap().children.push(done);
            }
            Event::Text(text) => {
                let text = text.decode().unwrap();
                assert!(!text.contains("]]>"), "]]> in text (XML 1.0, 2.4)");
                open.last_mut().unwrap().text.push_str(&text);
            }
            Event::GeneralRef(reference) => {
                let character = match reference.resolve_char_ref().unwrap() {
                    Some(character) => character,
                    None => match &*reference.decode().unwrap() {
                        "amp" => '&',
                        "lt" => '<',
                        "gt" => '>',
                        "quot" => '"',
                        "apos" => '\'',
                        other => panic!("no entity {other}"),
                    },
                };
                open.last_mut().unwrap().text.push(character);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(open.len(), 1, "an element is not closed");
    let root = open.pop().unwrap().children.pop().unwrap();
    root.assert_allowed();
    root
}

fn element(start: &BytesStart<'_>) -> Element {
    let mut attributes = BTreeMap::new();
    for attribute in start.attributes() {
        let attribute = attribute.unwrap();
        let name = String::from_utf8(attribute.key.as_ref().to_vec()).unwrap();
        let raw = std::str::from_utf8(&attribute.value).unwrap();
        let value = quick_xml::escape::unescape(raw).unwrap().into_owned();
        assert!(
            attributes.insert(name, value).is_none(),
            "an attribute twice"
        );
    }
    Element {
        name: String::from_utf8(start.name().as_ref().to_vec()).unwrap(),
        attributes,
        ..Element::default()
    }
}

impl Element {
    /// Every element below and this one, in document order.
    pub(crate) fn all(&self) -> Vec<&Self> {
        let mut all = vec![self];
        for child in &self.children {
            all.extend(child.all());
        }
        all
    }

    /// Every element of a name, in document order.
    pub(crate) fn named(&self, name: &str) -> Vec<&Self> {
        let all = self.all().into_iter();
        all.filter(|element| element.name == name).collect()
    }

    pub(crate) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }

    /// The value of a property below: `property("w:pPr", "w:pStyle")`.
    pub(crate) fn property(&self, group: &str, name: &str) -> Option<&str> {
        self.child(group)?.child(name)?.attribute("w:val")
    }

    /// The words that a reader sees, without what fields are made of and without what a nested footnote says.
    pub(crate) fn shown(&self) -> String {
        let all = self.all().into_iter();
        let texts = all.map(|element| match element.name.as_str() {
            "w:t" => element.text.as_str(),
            "w:tab" if element.attributes.is_empty() => "\t",
            "w:br" => "\n",
            _ => "",
        });
        texts.collect()
    }

    /// The element as text that a person can review: one element a line.
    pub(crate) fn pretty(&self) -> String {
        let mut text = String::new();
        self.pretty_to(&mut text, 0);
        text
    }

    fn pretty_to(&self, out: &mut String, depth: usize) {
        let indent = "  ".repeat(depth);
        let attributes: String = self
            .attributes
            .iter()
            .map(|(name, value)| format!(" {name}={value:?}"))
            .collect();
        out.push_str(&format!("{indent}{}{attributes}", self.name));
        if !self.text.is_empty() {
            out.push_str(&format!(" {:?}", self.text));
        }
        out.push('\n');
        for child in &self.children {
            child.pretty_to(out, depth + 1);
        }
    }

    fn assert_allowed(&self) {
        let forbidden = |c: char| {
            (c < ' ' && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{FFFE}' | '\u{FFFF}')
        };
        for element in self.all() {
            assert!(!element.text.contains(forbidden), "{:?}", element.text);
            for value in element.attributes.values() {
                assert!(!value.contains(forbidden), "{value:?}");
            }
        }
    }
}
