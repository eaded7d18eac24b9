//! The contents for reading systems of EPUB 2 (OPF 2.0.1, 2.4.1): places in reading order, with the pages.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::build::Book;
use super::contents::{Contents, Entry};
use super::{EditionError, refused};
use crate::editions::markup::{Element, Markup};
use crate::piece::LanguageTag;

/// Finishes the builder's NCX.
pub(super) fn finish(book: &Book<'_>, built: &[u8]) -> Result<Vec<u8>, EditionError> {
    let contents = Contents::of(book);
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
                head(&mut markup, book, &contents);
            }
            Event::Start(start) if start.name().as_ref() == b"docTitle" => {
                reader.read_to_end(start.name()).map_err(refused)?;
                document_names(&mut markup, book);
            }
            Event::Start(start) if start.name().as_ref() == b"navMap" => {
                reader.read_to_end(start.name()).map_err(refused)?;
                markup.open(Element::new("navMap"));
                markup.line();
                points(&mut markup, &contents.entries, &mut 0, 4);
                markup.indent(2);
                markup.close();
                page_list(&mut markup, &contents);
            }
            Event::Eof => return Ok(markup.finish()),
            event => markup.pass(event),
        }
    }
}

/// The points of the contents, those inside each below it.
fn points(markup: &mut Markup, entries: &[Entry], number: &mut usize, indent: usize) {
    for entry in entries {
        *number += 1;
        markup.indent(indent);
        markup.open(
            Element::new("navPoint")
                .with("playOrder", &entry.order.to_string())
                .with("id", &format!("navPoint-{number}")),
        );
        markup.line();
        markup.indent(indent + 2);
        let language = entry.label.language.as_ref();
        let label = Element::new("navLabel");
        let label = label.with_some("xml:lang", language.map(LanguageTag::as_str));
        named(markup, label, &entry.label.plain);
        markup.line();
        markup.indent(indent + 2);
        markup.empty(Element::new("content").with("src", &entry.address));
        markup.line();
        points(markup, &entry.entries, number, indent + 2);
        markup.indent(indent);
        markup.close();
        markup.line();
    }
}

fn head(markup: &mut Markup, book: &Book<'_>, contents: &Contents<'_>) {
    let numbers = contents.pages.iter().map(|page| page.label.parse());
    let highest: u32 = numbers.flatten().max().unwrap_or_default();
    markup.open(Element::new("head"));
    markup.line();
    for (name, content) in [
        ("dtb:uid", book.composition.record.uuid.urn().to_string()),
        ("dtb:depth", contents.depth().to_string()),
        ("dtb:totalPageCount", contents.pages.len().to_string()),
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

fn page_list(markup: &mut Markup, contents: &Contents<'_>) {
    if contents.pages.is_empty() {
        return;
    }
    markup.line();
    markup.indent(2);
    markup.open(Element::new("pageList"));
    markup.line();
    for (index, page) in contents.pages.iter().enumerate() {
        // A page whose label is a number in ASCII is a normal one; the format knows no other numerals.
        let value = page
            .label
            .parse::<u32>()
            .ok()
            .map(|value| value.to_string());
        let kind = if value.is_some() { "normal" } else { "special" };
        markup.indent(4);
        markup.open(
            Element::new("pageTarget")
                .with("id", &format!("page-target-{}", index + 1))
                .with("type", kind)
                .with_some("value", value.as_deref())
                .with("playOrder", &page.order.to_string()),
        );
        named(markup, Element::new("navLabel"), page.label);
        markup.empty(Element::new("content").with("src", &page.address));
        markup.close();
        markup.line();
    }
    markup.indent(2);
    markup.close();
}
