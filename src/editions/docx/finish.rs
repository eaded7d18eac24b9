//! Finishing: one pass over a part that `docx-rs` built, after which the part follows the schemas.
//!
//! Text and structure stream through as they are. The elements in [`super::order`] are read whole, rewritten by
//! [`super::rewrite`] and written in order. No bytes of the piece are ever searched or replaced.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, Writer};

use super::marks;
use super::order;
use super::rewrite::{Node, Place, keeps};
use super::xml;

/// What the parts say that `docx-rs` has no words for and no room to carry, in the order in which it stands in the text.
#[derive(Debug, Default)]
pub(super) struct Carried<'a> {
    /// The figures' alternative texts.
    pub(super) figures: Vec<&'a str>,
    /// The tables' rows of head, and their captions.
    pub(super) tables: Vec<(usize, Option<String>)>,
    /// The language of the piece.
    pub(super) language: &'a str,
    /// Whether the piece runs from right to left.
    pub(super) right_to_left: bool,
}

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
/// When the part is not well-formed.
pub(super) fn finish(part: &[u8], carried: &Carried<'_>) -> Result<Vec<u8>, quick_xml::Error> {
    let mut pass = Pass {
        reader: Reader::from_reader(part),
        writer: Writer::new(Vec::with_capacity(part.len())),
        carried,
        styles: false,
        bare_normal: false,
        figures: 0,
        tables: 0,
        rows: 0,
    };
    pass.root()?;
    pass.content()?;
    Ok(pass.writer.into_inner())
}

struct Pass<'a> {
    reader: Reader<&'a [u8]>,
    writer: Writer<Vec<u8>>,
    carried: &'a Carried<'a>,
    /// Whether this is the part with the styles.
    styles: bool,
    /// Whether `docx-rs`'s own empty `Normal` is still to come.
    bare_normal: bool,
    figures: usize,
    tables: usize,
    rows: usize,
}

impl<'a> Pass<'a> {
    fn write(&mut self, event: Event<'_>) {
        self.writer
            .write_event(event)
            .expect("memory takes every byte");
    }

    /// The declaration and the root element with the namespaces that are used.
    fn root(&mut self) -> Result<(), quick_xml::Error> {
        loop {
            match self.reader.read_event()? {
                Event::Start(start) => {
                    self.write(xml::declaration());
                    let name = String::from_utf8_lossy(start.name().as_ref()).into_owned();
                    self.styles = name == "w:styles";
                    self.bare_normal = self.styles;
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

    fn content(&mut self) -> Result<(), quick_xml::Error> {
        loop {
            match self.reader.read_event()? {
                Event::Eof => return Ok(()),
                Event::Start(start) => self.start(start)?,
                Event::Empty(start) => self.empty(start),
                event => self.write(event),
            }
        }
    }

    fn start(&mut self, start: BytesStart<'a>) -> Result<(), quick_xml::Error> {
        if order::sequence(start.name().as_ref()).is_some() {
            let node = self.node(start)?;
            self.properties(node);
            return Ok(());
        }
        match start.name().as_ref() {
            // The numbering that `docx-rs` adds of itself.
            b"w:abstractNum" if has(&start, "w:abstractNumId", b"1") => self.skip(&start)?,
            b"w:num" if has(&start, "w:numId", b"1") => self.skip(&start)?,
            b"w:abstractNum" => {
                // Word tells numberings apart by this number when text is copied between files.
                let id = start
                    .try_get_attribute("w:abstractNumId")?
                    .map(|id| format!("{:0>8}", String::from_utf8_lossy(&id.value)));
                self.write(Event::Start(start));
                self.leaf("w:nsid", &[("w:val", &id.unwrap_or_default())]);
                self.leaf("w:multiLevelType", &[("w:val", "multilevel")]);
            }
            b"w:tbl" => {
                self.tables += 1;
                self.rows = 0;
                self.write(Event::Start(start));
            }
            b"w:tr" => {
                self.rows += 1;
                self.write(Event::Start(start));
            }
            _ => self.write(Event::Start(kept(start))),
        }
        Ok(())
    }

    fn empty(&mut self, start: BytesStart<'a>) {
        match start.name().as_ref() {
            name if order::sequence(name).is_some() => self.properties(Node::new(start)),
            name if name == marks::NOTE_NUMBER => self.leaf("w:footnoteRef", &[]),
            b"wp:docPr" => {
                self.figures += 1;
                self.figure("wp:docPr");
            }
            b"pic:cNvPr" => self.figure("pic:cNvPr"),
            _ => self.write(Event::Empty(kept(start))),
        }
    }

    /// Reads an element whose start has been read.
    fn node(&mut self, start: BytesStart<'a>) -> Result<Node<'a>, quick_xml::Error> {
        let mut node = Node::new(start);
        loop {
            match self.reader.read_event()? {
                Event::Start(start) => {
                    let child = self.node(start)?;
                    node.children.push(child);
                }
                Event::Empty(start) => node.children.push(Node::new(start)),
                Event::End(_) | Event::Eof => return Ok(node),
                _ => {}
            }
        }
    }

    fn properties(&mut self, mut node: Node<'a>) {
        let style = node.start.name().as_ref() == b"w:style";
        if style && std::mem::take(&mut self.bare_normal) {
            return;
        }
        let table = self.tables.checked_sub(1);
        let table = table.and_then(|table| self.carried.tables.get(table));
        let place = Place {
            language: self.carried.language,
            right_to_left: self.carried.right_to_left,
            styles: self.styles,
            head_row: table.is_some_and(|(head, _)| self.rows <= *head),
            caption: table.and_then(|(_, caption)| caption.as_deref()),
        };
        if !node.rewrite(&place) {
            return;
        }
        let defaults = node.start.name().as_ref() == b"w:docDefaults";
        node.events(&mut |event| self.write(event));
        if defaults {
            self.latent_styles();
        }
    }

    fn figure(&mut self, name: &'static str) {
        let alt = self.figures.checked_sub(1);
        let alt = alt.and_then(|index| self.carried.figures.get(index));
        let id = self.figures.to_string();
        let title = ["Figure ", id.as_str()].concat();
        self.leaf(
            name,
            &[
                ("id", &id),
                ("name", &title),
                ("descr", alt.copied().unwrap_or_default()),
            ],
        );
    }

    fn skip(&mut self, start: &BytesStart<'a>) -> Result<(), quick_xml::Error> {
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
            let open = |name, attributes: &[(&str, &str)]| {
                Event::Start(BytesStart::new(name).with_attributes(attributes.iter().copied()))
                    .into_owned()
            };
            let note = open("w:footnote", &[("w:type", kind), ("w:id", id)]);
            self.write(note);
            self.write(open("w:p", &[]));
            self.write(open("w:r", &[]));
            self.leaf(mark, &[]);
            for name in ["w:r", "w:p", "w:footnote"] {
                self.write(Event::End(quick_xml::events::BytesEnd::new(name)));
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
