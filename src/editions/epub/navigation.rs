//! The navigation document: the builder's contents, with landmarks and the list of pages (EPUB 3.3, 7).

use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::build::Book;
use super::documents::{Label, document};
use super::package_document::role;
use super::{EditionError, refused};
use crate::editions::markup::{Element, Markup};
use crate::editions::xhtml::{Division, NavigationTarget};

/// The file's name, as the builder gives it.
const FILE: &str = "nav.xhtml";

/// Finishes the builder's navigation document.
pub(super) fn finish(book: &Book<'_>, built: &[u8]) -> Result<Vec<u8>, EditionError> {
    let title = Label::word(book.composition, &book.composition.words.contents);
    let mut markup = Markup::fragment();
    markup.open(
        nav("toc")
            .with("role", "doc-toc")
            .with("id", "toc")
            .with("aria-labelledby", "toc-title"),
    );
    markup.line();
    markup.open(Element::new("h2").with("id", "toc-title"));
    markup.raw(title.markup.as_bytes());
    markup.close();
    markup.line();
    markup.raw(contents(built)?);
    markup.line();
    close(&mut markup);
    landmarks(&mut markup, book, &title);
    page_list(&mut markup, book);
    let inside = markup.finish();
    Ok(document(book.composition, &title, "frontmatter", &inside))
}

/// The list of the builder's contents.
fn contents(built: &[u8]) -> Result<&[u8], EditionError> {
    let mut reader = Reader::from_reader(built);
    loop {
        let before = reader.buffer_position();
        match reader.read_event().map_err(refused)? {
            Event::Start(start) if start.name().as_ref() == b"ol" => {
                reader.read_to_end(start.name()).map_err(refused)?;
                let end = reader.buffer_position();
                let range = usize::try_from(before).ok().zip(usize::try_from(end).ok());
                let list = range.and_then(|(start, end)| built.get(start..end));
                return list.ok_or_else(|| refused("the contents end nowhere"));
            }
            Event::Eof => return Err(refused("the builder wrote no contents")),
            _ => {}
        }
    }
}

fn nav(epub_type: &str) -> Element {
    Element::new("nav").with("epub:type", epub_type)
}

fn close(markup: &mut Markup) {
    markup.close();
    markup.line();
}

/// For reading systems alone: a reader meets the same places in the contents.
fn landmarks(markup: &mut Markup, book: &Book<'_>, title: &Label) {
    markup.open(nav("landmarks").with("hidden", ""));
    markup.open(Element::new("ol"));
    markup.line();
    let cover = Label::word(book.composition, &book.composition.words.cover);
    let contents = format!("{FILE}#toc");
    let mut shown = BTreeSet::new();
    for document in book.documents {
        let label = document.label.as_ref().unwrap_or(&cover);
        let epub_type = match (document.part, role(book, document.part)) {
            (None, _) => "cover",
            (Some(Division::TitleBlock), _) => "titlepage",
            (_, Some(role)) => match role.row().landmark {
                Some(landmark) => landmark,
                None => continue,
            },
            (Some(Division::Section(_)), None) => continue,
        };
        if !shown.insert(epub_type) {
            continue;
        }
        entry(markup, Some(epub_type), &document.file, label);
        if document.part == Some(Division::TitleBlock) {
            entry(markup, Some("toc"), &contents, title);
        }
    }
    markup.close();
    close(markup);
}

/// The pages of the paper edition, where the documents mark them.
fn page_list(markup: &mut Markup, book: &Book<'_>) {
    let pages = pages(book);
    if pages.is_empty() {
        return;
    }
    let list = nav("page-list").with("role", "doc-pagelist");
    markup.open(list.with("id", "page-list").with("hidden", ""));
    markup.open(Element::new("ol"));
    markup.line();
    for (href, label) in &pages {
        entry(markup, None, href, &Label::plain(label));
    }
    markup.close();
    close(markup);
}

/// The address and the label of every page that begins in a document, in reading order.
pub(super) fn pages<'b>(book: &Book<'b>) -> Vec<(String, &'b str)> {
    let mut pages = Vec::new();
    for document in book.documents {
        for mark in &document.marks {
            if let NavigationTarget::Page { id, label } = mark {
                pages.push((format!("{}#{id}", document.file), *label));
            }
        }
    }
    pages
}

fn entry(markup: &mut Markup, epub_type: Option<&str>, href: &str, label: &Label) {
    markup.open(Element::new("li"));
    let link = Element::new("a").with_some("epub:type", epub_type);
    markup.open(link.with("href", href));
    markup.raw(label.markup.as_bytes());
    markup.close();
    close(markup);
}
