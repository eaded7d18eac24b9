//! The properties of paragraphs, runs, tables, sections and styles, rewritten: marks taken off, what `docx-rs` lacks put
//! in, children in the order of the schema, empty elements left out.

use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesEnd, BytesStart, Event};

use super::marks::{self, Marked};
use super::order;
use super::sheet;
use crate::piece::Direction;

/// An element that holds elements only: the properties, a style, a level.
pub(super) struct Node<'a> {
    pub(super) start: BytesStart<'a>,
    pub(super) children: Vec<Node<'a>>,
}

/// Where an element stands, as far as its properties depend on it.
#[derive(Default)]
pub(super) struct Place<'a> {
    /// The language of the piece.
    pub(super) language: &'a str,
    /// Whether the piece runs from right to left.
    pub(super) right_to_left: bool,
    /// Whether this is the part with the styles.
    pub(super) styles: bool,
    /// Whether the row belongs to a table's head.
    pub(super) head_row: bool,
    /// What a table says of itself to those who do not see it.
    pub(super) caption: Option<&'a str>,
}

impl<'a> Node<'a> {
    pub(super) fn new(start: BytesStart<'a>) -> Self {
        Self {
            start,
            children: Vec::new(),
        }
    }

    fn leaf(name: &'static str, attributes: &[(&str, &str)]) -> Self {
        Self::new(BytesStart::new(name).with_attributes(attributes.iter().copied()))
    }

    /// The value of an attribute as it stands in the file; none of those asked for is ever escaped.
    fn attribute(&self, name: &str) -> Option<String> {
        let attribute = self.start.try_get_attribute(name).ok().flatten()?;
        String::from_utf8(attribute.value.into_owned()).ok()
    }

    fn is(&self, name: &str) -> bool {
        self.start.name().as_ref() == name.as_bytes()
    }

    fn drop_children(&mut self, names: &[&str]) {
        self.children
            .retain(|child| !names.iter().any(|name| child.is(name)));
    }

    /// Writes the element, in order.
    pub(super) fn events(self, write: &mut impl FnMut(Event<'_>)) {
        if self.children.is_empty() {
            return write(Event::Empty(self.start));
        }
        let end = BytesEnd::new(String::from_utf8_lossy(self.start.name().as_ref()).into_owned());
        write(Event::Start(self.start));
        for child in self.children {
            child.events(write);
        }
        write(Event::End(end));
    }

    /// Rewrites the element; whether it is still worth writing.
    pub(super) fn rewrite(&mut self, place: &Place<'_>) -> bool {
        self.children.retain_mut(|child| child.rewrite(place));
        match self.start.name().as_ref() {
            b"w:pPr" => self.paragraph(),
            b"w:rPr" => self.run(),
            b"w:tblPr" => self.table(place),
            b"w:trPr" if place.head_row => self.children.push(Self::leaf("w:tblHeader", &[])),
            b"w:sectPr" if place.right_to_left => self.children.push(Self::leaf("w:bidi", &[])),
            b"w:rPrDefault" => self.default_run(place),
            b"w:style" => self.style(),
            _ => {}
        }
        if let Some(sequence) = order::sequence(self.start.name().as_ref()) {
            // A stable sort; what the table does not know goes last, and the tests against the standard show it.
            self.children.sort_by_key(|child| {
                let name = child.start.name();
                let place = sequence.iter().position(|s| s.as_bytes() == name.as_ref());
                place.unwrap_or(sequence.len())
            });
        }
        !self.children.is_empty() || !order::EMPTY.iter().any(|name| self.is(name))
    }

    /// Takes the marks off the style that the element names.
    fn unmark(&mut self, name: &'static str) -> Option<(String, String)> {
        let index = self.children.iter().position(|child| child.is(name))?;
        let carried = self.children[index].attribute("w:val")?;
        let Marked {
            style,
            language,
            direction,
        } = marks::split(&carried);
        if style.is_empty() {
            self.children.remove(index);
        } else if style.len() < carried.len() {
            self.children[index] = Self::leaf(name, &[("w:val", style)]);
        }
        Some((language.to_owned(), direction.to_owned()))
    }

    fn paragraph(&mut self) {
        match self.unmark("w:pStyle") {
            Some((_, direction)) if direction == "rtl" => {
                self.children.push(Self::leaf("w:bidi", &[]));
            }
            Some((_, direction)) if direction == "ltr" => {
                self.children.push(Self::leaf("w:bidi", &[("w:val", "0")]));
            }
            _ => {}
        }
    }

    fn run(&mut self) {
        let Some((language, direction)) = self.unmark("w:rStyle") else {
            return;
        };
        if direction == "rtl" {
            self.children.push(Self::leaf("w:rtl", &[]));
        }
        if !language.is_empty() {
            let attributes = marks::language_attributes(&language, false);
            self.children.push(Self::leaf("w:lang", &attributes));
        }
    }

    fn default_run(&mut self, place: &Place<'_>) {
        let attributes = marks::language_attributes(place.language, true);
        let language = Self::leaf("w:lang", &attributes);
        match self.children.iter_mut().find(|child| child.is("w:rPr")) {
            Some(run) => run.children.push(language),
            None => {
                let mut run = Self::leaf("w:rPr", &[]);
                run.children.push(language);
                self.children.push(run);
            }
        }
    }

    /// A table in the text takes borders and place from its style; a style has no width.
    fn table(&mut self, place: &Place<'_>) {
        if place.styles {
            return self.drop_children(&["w:jc", "w:tblW"]);
        }
        self.drop_children(&["w:jc", "w:tblBorders"]);
        if place.right_to_left {
            self.children.push(Self::leaf("w:bidiVisual", &[]));
        }
        let look = [
            ("w:val", "0020"),
            ("w:firstRow", "1"),
            ("w:lastRow", "0"),
            ("w:firstColumn", "0"),
            ("w:lastColumn", "0"),
            ("w:noHBand", "1"),
            ("w:noVBand", "1"),
        ];
        self.children.push(Self::leaf("w:tblLook", &look));
        if let Some(caption) = place.caption {
            self.children
                .push(Self::leaf("w:tblCaption", &[("w:val", caption)]));
        }
    }

    fn style(&mut self) {
        let Some(id) = self.attribute("w:styleId") else {
            return;
        };
        if sheet::DEFAULTS.contains(&id.as_str()) {
            self.start.push_attribute(("w:default", "1"));
        }
        if sheet::OWN.contains(&id.as_str()) {
            self.start.push_attribute(("w:customStyle", "1"));
        }
    }
}

/// Whether an attribute belongs into the file: not those of Word's later versions, which hold process-wide counters, and
/// not those that `docx-rs` sets against the schema.
pub(super) fn keeps(element: &[u8], attribute: &Attribute<'_>) -> bool {
    let name = attribute.key.as_ref();
    !(name.starts_with(b"w14:")
        || name == b"w:dirty"
        || (element == b"w:gridCol" && name == b"w:type"))
}

/// Whether a direction is from right to left.
pub(super) fn is_right_to_left(direction: Direction) -> bool {
    direction == Direction::RightToLeft
}
