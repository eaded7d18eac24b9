//! The package document: the builder's manifest and spine, with metadata of our own (EPUB 3.3, 5).

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::build::Book;
use super::documents::Document;
use super::{EditionError, metadata, refused};
use crate::editions::markup::{Element, Markup};
use crate::editions::xhtml::dir;

/// Finishes the builder's package document.
pub(super) fn finish(book: &Book<'_>, built: &[u8]) -> Result<Vec<u8>, EditionError> {
    let mut reader = Reader::from_reader(built);
    let mut markup = Markup::fragment();
    let mut spine = 0;
    loop {
        match reader.read_event().map_err(refused)? {
            Event::Start(start) if start.name().as_ref() == b"package" => {
                markup.pass(Event::Start(package(book, start)));
            }
            Event::Start(start) if start.name().as_ref() == b"metadata" => {
                reader.read_to_end(start.name()).map_err(refused)?;
                markup.raw(&metadata::element(book));
            }
            // The landmarks say it all; EPUB 3 knows no guide.
            Event::Start(start) if start.name().as_ref() == b"guide" => {
                reader.read_to_end(start.name()).map_err(refused)?;
            }
            Event::Empty(item) if item.name().as_ref() == b"itemref" => {
                markup.pass(Event::Empty(item));
                let document = book.documents.get(spine);
                if document.is_some_and(Document::is_title_page) {
                    markup.line();
                    markup.indent(4);
                    markup.empty(navigation_reference());
                }
                spine += 1;
            }
            Event::Eof => return Ok(markup.finish()),
            event => markup.pass(event),
        }
    }
}

fn package<'e>(book: &Book<'_>, start: BytesStart<'e>) -> BytesStart<'e> {
    let record = &book.composition.record;
    let mut start = start;
    start.push_attribute(("xml:lang", record.language.as_str()));
    start.push_attribute(("dir", dir(record.direction)));
    start
}

/// The contents follow the title page; they are reached by links, and left out when a reader turns the pages.
fn navigation_reference() -> Element {
    Element::new("itemref")
        .with("idref", "nav")
        .with("linear", "no")
}
