//! The contents for reading systems of EPUB 2 (OPF 2.0.1, 2.4.1): the builder's points in true reading order, with the pages.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::build::Book;
use super::documents::Label;
use super::{EditionError, refused};
use crate::editions::markup::{Element, Markup};
use crate::editions::xhtml::NavigationTarget;
use crate::piece::LanguageTag;

/// Places in the order in which a reader meets them.
struct Orders<'b> {
    /// Of each point of the contents, with the language of its name where that is not the piece's.
    points: Vec<(usize, Option<LanguageTag>)>,
    /// Of each page, with its address and label.
    pages: Vec<(usize, String, &'b str)>,
    /// How deep the contents nest.
    depth: u8,
}

impl<'b> Orders<'b> {
    fn of(book: &Book<'b>) -> Self {
        let mut orders = Self {
            points: Vec::new(),
            pages: Vec::new(),
            depth: 1,
        };
        let mut next = 0;
        for document in book.documents {
            if let Some(label) = &document.label {
                next += 1;
                orders.points.push((next, label.language.clone()));
            }
            let mut levels: Vec<u8> = vec![1];
            for mark in &document.marks {
                next += 1;
                match mark {
                    NavigationTarget::Heading { level, text, .. } => {
                        levels.retain(|outer| outer < level);
                        levels.push(*level);
                        let depth = u8::try_from(levels.len()).unwrap_or(u8::MAX);
                        orders.depth = orders.depth.max(depth);
                        let label = Label::of(book.composition, *text);
                        orders.points.push((next, label.language));
                    }
                    NavigationTarget::Page { id, label } => {
                        let address = format!("{}#{id}", document.file);
                        orders.pages.push((next, address, *label));
                    }
                }
            }
        }
        orders
    }
}

/// Finishes the builder's NCX.
pub(super) fn finish(book: &Book<'_>, built: &[u8]) -> Result<Vec<u8>, EditionError> {
    let orders = Orders::of(book);
    let mut points = orders.points.iter();
    let mut language = None;
    let mut reader = Reader::from_reader(built);
    let mut markup = Markup::fragment();
    loop {
        match reader.read_event().map_err(refused)? {
            Event::Start(mut start) if start.name().as_ref() == b"ncx" => {
                let language = book.composition.record.language.as_str();
                start.push_attribute(("xml:lang", language));
                markup.pass(Event::Start(start));
            }
            Event::Start(start) if start.name().as_ref() == b"head" => {
                reader.read_to_end(start.name()).map_err(refused)?;
                head(&mut markup, book, &orders);
            }
            Event::Start(start) if start.name().as_ref() == b"docTitle" => {
                reader.read_to_end(start.name()).map_err(refused)?;
                document_names(&mut markup, book);
            }
            Event::Start(start) if start.name().as_ref() == b"navPoint" => {
                let point = points.next();
                language = point.and_then(|(_, language)| language.as_ref());
                let order = point.map(|(order, _)| *order).unwrap_or_default();
                markup.pass(Event::Start(ordered(&start, order)?));
            }
            Event::Start(mut start) if start.name().as_ref() == b"navLabel" => {
                if let Some(language) = language {
                    start.push_attribute(("xml:lang", language.as_str()));
                }
                markup.pass(Event::Start(start));
            }
            Event::End(end) if end.name().as_ref() == b"navMap" => {
                markup.pass(Event::End(end));
                page_list(&mut markup, &orders);
            }
            Event::Eof => return Ok(markup.finish()),
            event => markup.pass(event),
        }
    }
}

fn ordered(start: &BytesStart<'_>, order: usize) -> Result<BytesStart<'static>, EditionError> {
    let mut point = BytesStart::new("navPoint");
    for attribute in start.attributes() {
        let attribute = attribute.map_err(refused)?;
        if attribute.key.as_ref() != b"playOrder" {
            point.push_attribute(attribute);
        }
    }
    point.push_attribute(("playOrder", order.to_string().as_str()));
    Ok(point)
}

fn head(markup: &mut Markup, book: &Book<'_>, orders: &Orders<'_>) {
    let numbers = orders.pages.iter().map(|(_, _, label)| label.parse());
    let highest: u32 = numbers.flatten().max().unwrap_or_default();
    markup.open(Element::new("head"));
    markup.line();
    for (name, content) in [
        ("dtb:uid", book.composition.record.uuid.urn().to_string()),
        ("dtb:depth", orders.depth.to_string()),
        ("dtb:totalPageCount", orders.pages.len().to_string()),
        ("dtb:maxPageNumber", highest.to_string()),
    ] {
        markup.indent(4);
        let meta = Element::new("meta").with("name", name);
        markup.empty(meta.with("content", &content));
        markup.line();
    }
    markup.indent(2);
    markup.close();
}

fn document_names(markup: &mut Markup, book: &Book<'_>) {
    let record = &book.composition.record;
    let titles = std::iter::once(("docTitle", &record.full_title));
    let authors = record.creators();
    let authors = authors.map(|person| ("docAuthor", &person.name));
    for (index, (element, name)) in titles.chain(authors).enumerate() {
        if index > 0 {
            markup.line();
            markup.indent(2);
        }
        named(markup, Element::new(element), name);
    }
}

fn named(markup: &mut Markup, element: Element, name: &str) {
    markup.open(element);
    markup.leaf(Element::new("text"), name);
    markup.close();
}

fn page_list(markup: &mut Markup, orders: &Orders<'_>) {
    if orders.pages.is_empty() {
        return;
    }
    markup.line();
    markup.indent(2);
    markup.open(Element::new("pageList"));
    markup.line();
    for (index, (order, address, label)) in orders.pages.iter().enumerate() {
        // A page whose label is a number in ASCII is a normal one; the format knows no other numerals.
        let value = label.parse::<u32>().ok().map(|value| value.to_string());
        let kind = if value.is_some() { "normal" } else { "special" };
        markup.indent(4);
        markup.open(
            Element::new("pageTarget")
                .with("id", &format!("page-target-{}", index + 1))
                .with("type", kind)
                .with_some("value", value.as_deref())
                .with("playOrder", &order.to_string()),
        );
        named(markup, Element::new("navLabel"), label);
        markup.empty(Element::new("content").with("src", address));
        markup.close();
        markup.line();
    }
    markup.indent(2);
    markup.close();
}
