//! Finishing: one pass over a part that `docx-rs` built, after which the part follows the schemas.
//!
//! Text and structure stream through as they are. The elements in [`super::order`] and pictures are read whole, rewritten by
//! [`super::rewrite`] and written in order. What belongs to an element is found by the mark it bears, in the [`Ledger`];
//! nothing is counted, and no bytes of the piece are ever searched or replaced.

use quick_xml::events::{BytesEnd, BytesStart, Event};
use quick_xml::{Reader, Writer};

use super::ledger::{Given, Ledger, Mismatch};
use super::order;
use super::rewrite::{Context, Node, keeps, picture};
use super::xml::{self, value};

/// Namespaces that a part may need; none else is declared.
const NAMESPACES: &[(&str, &str)] = &[
    (
        "xmlns:w",
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        "xmlns:r",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        "xmlns:wp",
        "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    ),
];

/// Finishes a part.
///
/// # Errors
/// When the part is not well-formed, or bears an id that was not given.
pub(super) fn finish(
    part: &[u8],
    place: Context<'_>,
    ledger: &mut Ledger<'_>,
) -> Result<Vec<u8>, Mismatch> {
    let mut pass = Pass {
        reader: Reader::from_reader(part),
        writer: Writer::new(Vec::with_capacity(part.len())),
        ledger,
        place,
        note: None,
    };
    pass.root()?;
    pass.content()?;
    Ok(pass.writer.into_inner())
}

struct Pass<'p, 'l, 'a> {
    reader: Reader<&'p [u8]>,
    writer: Writer<Vec<u8>>,
    ledger: &'l mut Ledger<'a>,
    place: Context<'p>,
    /// The footnote that is being read.
    note: Option<usize>,
}

impl<'p> Pass<'p, '_, '_> {
    fn write(&mut self, event: Event<'_>) {
        self.writer
            .write_event(event)
            .expect("memory takes every byte");
    }

    /// The declaration and the root element with the namespaces that are used.
    fn root(&mut self) -> Result<(), Mismatch> {
        loop {
            match self.reader.read_event()? {
                Event::Start(start) => {
                    self.write(xml::declaration());
                    let name = String::from_utf8_lossy(start.name().as_ref()).into_owned();
                    self.place.styles = name == "w:styles";
                    let root =
                        BytesStart::new(name.as_str()).with_attributes(NAMESPACES.iter().copied());
                    self.write(Event::Start(root));
                    if name == "w:footnotes" {
                        self.separators();
                    }
                    return Ok(());
                }
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn content(&mut self) -> Result<(), Mismatch> {
        loop {
            match self.reader.read_event()? {
                Event::Eof => return Ok(()),
                Event::Start(start) => self.start(start)?,
                Event::Empty(start) => self.empty(start)?,
                event => self.write(event),
            }
        }
    }

    fn start(&mut self, start: BytesStart<'p>) -> Result<(), Mismatch> {
        if order::sequence(start.name().as_ref()).is_some() {
            let node = self.node(start)?;
            return self.properties(node);
        }
        match start.name().as_ref() {
            // The numbering that `docx-rs` adds of itself.
            b"w:abstractNum" if has(&start, "w:abstractNumId", b"1") => self.skip(&start)?,
            b"w:num" if has(&start, "w:numId", b"1") => self.skip(&start)?,
            b"w:abstractNum" => {
                // Word tells numberings apart by this number when text is copied between files.
                let id = value(&start, "w:abstractNumId").map(|id| format!("{id:0>8}"));
                self.write(Event::Start(start));
                self.leaf("w:nsid", &[("w:val", &id.unwrap_or_default())]);
                self.leaf("w:multiLevelType", &[("w:val", "multilevel")]);
            }
            b"w:drawing" => {
                let mut node = self.node(start)?;
                picture(&mut node, self.ledger)?;
                node.events(&mut |event| self.write(event));
            }
            b"w:footnote" => {
                self.note = Some(self.meet("w:footnote", &start)?);
                self.write(Event::Start(kept(start)));
            }
            _ => self.write(Event::Start(kept(start))),
        }
        Ok(())
    }

    fn empty(&mut self, start: BytesStart<'p>) -> Result<(), Mismatch> {
        match start.name().as_ref() {
            name if order::sequence(name).is_some() => return self.properties(Node::new(start)),
            b"w:sym" => {
                let mark = value(&start, "w:char").unwrap_or_default();
                match self.ledger.take(b"w:sym", &mark)? {
                    Given::NoteNumber(id) if Some(id) == self.note => {}
                    _ => return Err(Mismatch::strange(b"w:sym", mark)),
                }
                self.leaf("w:footnoteRef", &[]);
            }
            b"w:footnoteReference" => {
                self.meet("w:footnoteReference", &start)?;
                self.write(Event::Empty(start));
            }
            _ => self.write(Event::Empty(kept(start))),
        }
        Ok(())
    }

    /// Meets a footnote or a reference to one.
    fn meet(&mut self, name: &'static str, start: &BytesStart<'_>) -> Result<usize, Mismatch> {
        let id = value(start, "w:id").unwrap_or_default();
        let number = id
            .parse()
            .map_err(|_| Mismatch::strange(name.as_bytes(), id))?;
        self.ledger.meet(name, number)?;
        Ok(number)
    }

    /// Reads an element whose start has been read.
    fn node(&mut self, start: BytesStart<'p>) -> Result<Node<'p>, Mismatch> {
        let mut node = Node::new(start);
        loop {
            match self.reader.read_event()? {
                Event::Start(start) => {
                    let child = self.node(start)?;
                    node.children.push(child);
                }
                Event::Empty(start) => node.children.push(Node::new(start)),
                Event::Text(words) => {
                    let words = words.decode().map_err(quick_xml::Error::from)?;
                    node.words.push_str(words.trim());
                }
                Event::End(_) | Event::Eof => return Ok(node),
                _ => {}
            }
        }
    }

    fn properties(&mut self, mut node: Node<'p>) -> Result<(), Mismatch> {
        if !node.rewrite(&self.place, self.ledger)? {
            return Ok(());
        }
        let defaults = node.start.name().as_ref() == b"w:docDefaults";
        node.events(&mut |event| self.write(event));
        if defaults {
            self.latent_styles();
        }
        Ok(())
    }

    fn skip(&mut self, start: &BytesStart<'_>) -> Result<(), Mismatch> {
        self.reader.read_to_end(start.name())?;
        Ok(())
    }

    fn leaf(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.write(Event::Empty(start));
    }

    /// The rules above footnotes and above their continuation (ISO/IEC 29500-1, 17.11.1 and 17.11.23).
    fn separators(&mut self) {
        for (id, kind, mark) in [
            ("-1", "separator", "w:separator"),
            ("0", "continuationSeparator", "w:continuationSeparator"),
        ] {
            let note = [("w:type", kind), ("w:id", id)];
            self.write(Event::Start(
                BytesStart::new("w:footnote").with_attributes(note),
            ));
            self.write(Event::Start(BytesStart::new("w:p")));
            self.write(Event::Start(BytesStart::new("w:r")));
            self.leaf(mark, &[]);
            for name in ["w:r", "w:p", "w:footnote"] {
                self.write(Event::End(BytesEnd::new(name)));
            }
        }
    }

    /// Word's own styles that the file does not define stay out of the way until they are used (17.7.4.5).
    fn latent_styles(&mut self) {
        self.leaf(
            "w:latentStyles",
            &[
                ("w:defLockedState", "0"),
                ("w:defUIPriority", "99"),
                ("w:defSemiHidden", "1"),
                ("w:defUnhideWhenUsed", "1"),
                ("w:defQFormat", "0"),
                ("w:count", "376"),
            ],
        );
    }
}

fn has(start: &BytesStart<'_>, name: &str, value: &[u8]) -> bool {
    let attribute = start.try_get_attribute(name).ok().flatten();
    attribute.is_some_and(|attribute| attribute.value.as_ref() == value)
}

/// The element without the attributes that do not belong into the file.
fn kept(start: BytesStart<'_>) -> BytesStart<'_> {
    let element = start.name();
    if start
        .attributes()
        .flatten()
        .all(|attribute| keeps(element.as_ref(), &attribute))
    {
        return start;
    }
    let name = String::from_utf8_lossy(element.as_ref()).into_owned();
    let attributes = start.attributes().flatten();
    let attributes: Vec<_> = attributes
        .filter(|attribute| keeps(element.as_ref(), attribute))
        .collect();
    BytesStart::new(name)
        .with_attributes(attributes)
        .into_owned()
}

#[cfg(test)]
#[path = "finish_tests.rs"]
mod tests;
