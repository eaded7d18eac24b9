//! The properties of paragraphs, runs, tables, sections and styles, rewritten: marks taken off, what was given under them put
//! in, children in the order of the schema, empty elements left out.

use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};

use super::languages;
use super::ledger::{FirstColumn, Given, Ledger, Mismatch, split};
use super::order;
use super::sheet;
use super::slots::Slot;
use super::stretches::Flow;
use super::xml::value;
use crate::piece::{Direction, LanguageTag};
use crate::theme::Hyphens;

/// An element that holds elements only, the properties, a style, a level, or words of the markup's own alone, a place.
pub(super) struct Node<'a> {
    pub(super) start: BytesStart<'a>,
    pub(super) children: Vec<Node<'a>>,
    pub(super) words: String,
}

/// Where an element stands, as far as its properties depend on it.
pub(super) struct Context<'a> {
    /// The language of the piece.
    pub(super) language: Option<&'a LanguageTag>,
    /// Whether the piece runs from right to left.
    pub(super) right_to_left: bool,
    /// Whether this is the part with the styles.
    pub(super) styles: bool,
}

impl<'a> Node<'a> {
    pub(super) fn new(start: BytesStart<'a>) -> Self {
        Self {
            start,
            children: Vec::new(),
            words: String::new(),
        }
    }

    fn leaf(name: &'static str, attributes: &[(&str, &str)]) -> Self {
        Self::new(BytesStart::new(name).with_attributes(attributes.iter().copied()))
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
        if self.children.is_empty() && self.words.is_empty() {
            return write(Event::Empty(self.start));
        }
        let end = BytesEnd::new(String::from_utf8_lossy(self.start.name().as_ref()).into_owned());
        write(Event::Start(self.start));
        if !self.words.is_empty() {
            write(Event::Text(BytesText::new(&self.words)));
        }
        for child in self.children {
            child.events(write);
        }
        write(Event::End(end));
    }

    /// Rewrites the element; whether it is still worth writing.
    pub(super) fn rewrite(
        &mut self,
        place: &Context<'_>,
        ledger: &mut Ledger<'_>,
    ) -> Result<bool, Mismatch> {
        let mut kept = Vec::with_capacity(self.children.len());
        for mut child in std::mem::take(&mut self.children) {
            if child.rewrite(place, ledger)? {
                kept.push(child);
            }
        }
        self.children = kept;
        if self.is("w:style") && !self.style(place, ledger)? {
            return Ok(false);
        }
        match self.start.name().as_ref() {
            b"w:pPr" => self.paragraph(ledger)?,
            b"w:rPr" => self.run(ledger)?,
            b"w:tblPr" if place.styles => self.drop_children(&["w:jc", "w:tblW"]),
            b"w:tblPr" => self.table(ledger)?,
            b"w:trPr" => self.row(ledger)?,
            b"w:sectPr" if place.right_to_left => self.children.push(Self::leaf("w:bidi", &[])),
            b"w:rPrDefault" => self.default_run(place),
            _ => {}
        }
        self.sort();
        Ok(!self.children.is_empty() || !order::EMPTY.iter().any(|name| self.is(name)))
    }

    /// Puts the children into the order of the schema.
    fn sort(&mut self) {
        if let Some(sequence) = order::sequence(self.start.name().as_ref()) {
            // A stable sort; what the table does not know goes last, and the tests against the standard show it.
            self.children.sort_by_key(|child| {
                let name = child.start.name();
                let place = sequence.iter().position(|s| s.as_bytes() == name.as_ref());
                place.unwrap_or(sequence.len())
            });
        }
    }

    /// Takes what was given under the mark of the style that the element names, and the mark off the style.
    fn unmark<'l>(
        &mut self,
        name: &'static str,
        ledger: &mut Ledger<'l>,
    ) -> Result<Option<Given<'l>>, Mismatch> {
        let Some(index) = self.children.iter().position(|child| child.is(name)) else {
            return Ok(None);
        };
        let carried = value(&self.children[index].start, "w:val").unwrap_or_default();
        let (style, Some(mark)) = split(&carried) else {
            return Ok(None);
        };
        if style.is_empty() {
            self.children.remove(index);
        } else {
            self.children[index] = Self::leaf(name, &[("w:val", style)]);
        }
        ledger.take(name.as_bytes(), mark).map(Some)
    }

    fn paragraph(&mut self, ledger: &mut Ledger<'_>) -> Result<(), Mismatch> {
        let off: &[_] = match self.unmark("w:pStyle", ledger)? {
            None => return Ok(()),
            Some(Given::Paragraph(Direction::RightToLeft)) => &[],
            Some(Given::Paragraph(Direction::LeftToRight)) => &[("w:val", "0")],
            Some(other) => return Err(Mismatch::strange(b"w:pStyle", format_args!("{other:?}"))),
        };
        self.children.push(Self::leaf("w:bidi", off));
        Ok(())
    }

    fn run(&mut self, ledger: &mut Ledger<'_>) -> Result<(), Mismatch> {
        let (language, flow) = match self.unmark("w:rStyle", ledger)? {
            None => return Ok(()),
            Some(Given::Run(language, flow)) => (language, flow),
            Some(other) => return Err(Mismatch::strange(b"w:rStyle", format_args!("{other:?}"))),
        };
        match flow {
            Flow::Plain => {}
            Flow::Complex => self.children.push(Self::leaf("w:cs", &[])),
            Flow::RightToLeft => self.children.push(Self::leaf("w:rtl", &[])),
        }
        if let Some(language) = language {
            let attributes = languages::attributes(&language, languages::Of::Run(flow));
            self.children.push(Self::leaf("w:lang", &attributes));
        }
        Ok(())
    }

    fn default_run(&mut self, place: &Context<'_>) {
        let Some(language) = place.language else {
            return;
        };
        let attributes = languages::attributes(language, languages::Of::Piece);
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

    /// A table in the text takes borders and place from its style.
    fn table(&mut self, ledger: &mut Ledger<'_>) -> Result<(), Mismatch> {
        let Some(Given::Table {
            caption,
            first_column,
            direction,
        }) = self.unmark("w:tblStyle", ledger)?
        else {
            return Err(Mismatch::strange(b"w:tblPr", ""));
        };
        self.drop_children(&["w:jc", "w:tblBorders"]);
        if direction == Direction::RightToLeft {
            self.children.push(Self::leaf("w:bidiVisual", &[]));
        }
        // By this Word tells those who do not see the table what heads it (ISO 29500-1, 17.4.56).
        let (value, first_column) = match first_column {
            FirstColumn::Heads => ("00A0", "1"),
            FirstColumn::Ordinary => ("0020", "0"),
        };
        let look = [
            ("w:val", value),
            ("w:firstRow", "1"),
            ("w:lastRow", "0"),
            ("w:firstColumn", first_column),
            ("w:lastColumn", "0"),
            ("w:noHBand", "1"),
            ("w:noVBand", "1"),
        ];
        self.children.push(Self::leaf("w:tblLook", &look));
        if let Some(caption) = caption {
            self.children
                .push(Self::leaf("w:tblCaption", &[("w:val", &caption)]));
        }
        Ok(())
    }

    /// A row with a height is one of the head.
    fn row(&mut self, ledger: &mut Ledger<'_>) -> Result<(), Mismatch> {
        let Some(height) = self
            .children
            .iter_mut()
            .find(|child| child.is("w:trHeight"))
        else {
            return Ok(());
        };
        let mark = value(&height.start, "w:val").unwrap_or_default();
        *height = Self::leaf("w:tblHeader", &[]);
        match ledger.take(b"w:trHeight", &mark)? {
            Given::HeadRow => Ok(()),
            _ => Err(Mismatch::strange(b"w:trHeight", mark)),
        }
    }

    /// A style of ours; whether it is one, and not the empty one that `docx-rs` adds of itself.
    fn style(&mut self, place: &Context<'_>, ledger: &mut Ledger<'_>) -> Result<bool, Mismatch> {
        let carried = value(&self.start, "w:styleId").unwrap_or_default();
        let (id, mark) = split(&carried);
        let hyphens = match mark {
            None if id == "Normal" => return Ok(false),
            mark => match ledger.take(b"w:style", mark.unwrap_or(id))? {
                Given::Style(hyphens) => hyphens,
                other => return Err(Mismatch::strange(b"w:style", format_args!("{other:?}"))),
            },
        };
        set(&mut self.start, "w:styleId", id);
        if sheet::DEFAULTS.contains(&id) {
            self.start.push_attribute(("w:default", "1"));
        }
        if let Some(properties) = self.children.iter_mut().find(|child| child.is("w:pPr")) {
            if sheet::TOGETHER.contains(&id) {
                let together = Self::leaf("w:contextualSpacing", &[]);
                properties.children.push(together);
            }
            let whole: Option<&[_]> = hyphens.map(|hyphens| match hyphens {
                Hyphens::Whole => &[][..],
                Hyphens::Cut => &[("w:val", "0")],
            });
            let whole = whole.map(|off| Self::leaf("w:suppressAutoHyphens", off));
            properties.children.extend(whole);
            let east_asian = place.language.map(Slot::of_language) == Some(Slot::EastAsian);
            if id == "Normal" && east_asian {
                // No line begins or ends with what may not stand there; stops may hang (17.3.1.16 and 17.3.1.21).
                for name in [
                    "w:kinsoku",
                    "w:overflowPunct",
                    "w:autoSpaceDE",
                    "w:autoSpaceDN",
                ] {
                    properties.children.push(Self::leaf(name, &[]));
                }
            }
            properties.sort();
        }
        if sheet::is_dotted(id) {
            // Under the characters in Chinese, above them in Japanese and Korean (17.3.2.12).
            let chinese = place
                .language
                .is_some_and(|language| language.primary() == "zh");
            let dots = Self::leaf(
                "w:em",
                &[("w:val", if chinese { "underDot" } else { "dot" })],
            );
            match self.children.iter_mut().find(|child| child.is("w:rPr")) {
                Some(run) => run.children.push(dots),
                None => {
                    let mut run = Self::leaf("w:rPr", &[]);
                    run.children.push(dots);
                    self.children.push(run);
                }
            }
            for run in self.children.iter_mut().filter(|child| child.is("w:rPr")) {
                run.sort();
            }
        }
        // `docx-rs` knows large capitals alone, and no style of ours has any.
        if let Some(run) = self.children.iter_mut().find(|child| child.is("w:rPr")) {
            for capitals in run.children.iter_mut().filter(|child| child.is("w:caps")) {
                *capitals = Self::leaf("w:smallCaps", &[]);
            }
        }
        if sheet::OWN.contains(&id) || sheet::is_stressed(id) {
            self.start.push_attribute(("w:customStyle", "1"));
        }
        Ok(true)
    }

    fn find(&mut self, name: &str) -> Option<&mut Self> {
        if self.is(name) {
            return Some(self);
        }
        self.children.iter_mut().find_map(|child| child.find(name))
    }
}

/// Gives a picture the relationship, the number and the words of the figure whose mark it bears.
pub(super) fn picture(drawing: &mut Node<'_>, ledger: &mut Ledger<'_>) -> Result<(), Mismatch> {
    let Some(image) = drawing.find("a:blip") else {
        return Err(Mismatch::strange(b"w:drawing", ""));
    };
    let mark = value(&image.start, "r:embed").unwrap_or_default();
    let Given::Figure { number, shown, alt } = ledger.take(b"a:blip", &mark)? else {
        return Err(Mismatch::strange(b"a:blip", mark));
    };
    set(&mut image.start, "r:embed", &shown.pixels);
    if let Some(relationship) = &shown.drawing {
        image.children.push(drawn(relationship));
    }
    let (id, name) = (number.to_string(), format!("Figure {number}"));
    for properties in ["wp:docPr", "pic:cNvPr"] {
        if let Some(node) = drawing.find(properties) {
            let attributes = [("id", id.as_str()), ("name", &name), ("descr", alt)];
            node.start.clear_attributes();
            node.start.extend_attributes(attributes);
        }
    }
    Ok(())
}

/// The drawing beside a picture of its pixels ([MS-ODRAWXML], 2.3.1.5).
fn drawn(relationship: &str) -> Node<'static> {
    let mut drawing = Node::leaf(
        "asvg:svgBlip",
        &[
            (
                "xmlns:asvg",
                "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
            ),
            ("r:embed", relationship),
        ],
    );
    for (name, attributes) in [
        (
            "a:ext",
            &[("uri", "{96DAC541-7B7A-43D3-8B79-37D633B846F1}")][..],
        ),
        ("a:extLst", &[]),
    ] {
        let mut around = Node::leaf(name, attributes);
        around.children.push(drawing);
        drawing = around;
    }
    drawing
}

/// Gives an attribute of an element another value; the others stay as they are.
fn set(start: &mut BytesStart<'_>, name: &str, value: &str) {
    let before = start.clone().into_owned();
    start.clear_attributes();
    for attribute in before.attributes().flatten() {
        match attribute.key.as_ref() == name.as_bytes() {
            true => start.push_attribute((name, value)),
            false => start.push_attribute(attribute),
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
