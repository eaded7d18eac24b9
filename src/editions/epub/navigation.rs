//! The navigation document: contents, landmarks and the list of pages (EPUB 3.3, 7).

use std::collections::BTreeSet;

use super::build::Book;
use super::contents::{Contents, Entry};
use super::documents::{self, Document, Label};
use crate::editions::markup::{Element, Markup};
use crate::editions::xhtml::Division;

/// The file's name, as the builder gives it.
const FILE: &str = "nav.xhtml";

/// The navigation document.
pub(super) fn document(book: &Book<'_>) -> Vec<u8> {
    let contents = Contents::of(book);
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
    close(&mut markup);
    entries(&mut markup, &contents.entries, 0);
    close(&mut markup);
    landmarks(&mut markup, book, &title);
    page_list(&mut markup, &contents);
    let inside = markup.finish();
    documents::document(book.composition, &title, "frontmatter", &inside)
}

/// A list of places, those inside each below it.
fn entries(markup: &mut Markup, entries: &[Entry], indent: usize) {
    markup.indent(indent);
    markup.open(Element::new("ol"));
    markup.line();
    for entry in entries {
        markup.indent(indent + 2);
        markup.open(Element::new("li"));
        link(markup, None, &entry.address, &entry.label);
        if !entry.entries.is_empty() {
            markup.line();
            self::entries(markup, &entry.entries, indent + 4);
            markup.indent(indent + 2);
        }
        close(markup);
    }
    markup.indent(indent);
    close(markup);
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
    let cover = Label::word(book.composition, &book.composition.words.cover);
    let contents = format!("{FILE}#toc");
    let mut shown = BTreeSet::new();
    markup.open(nav("landmarks").with("hidden", ""));
    markup.open(Element::new("ol"));
    markup.line();
    for document in book.documents {
        for (epub_type, address, label) in places(book, document, &cover) {
            if shown.insert(epub_type) {
                item(markup, Some(epub_type), &address, &label);
            }
        }
        if document.is_title_page() {
            item(markup, Some("toc"), &contents, title);
        }
    }
    markup.close();
    close(markup);
}

/// The places in a document that are landmarks: what each is, its address and its name.
fn places(
    book: &Book<'_>,
    document: &Document<'_>,
    cover: &Label,
) -> Vec<(&'static str, String, Label)> {
    if document.parts.is_empty() {
        return vec![("cover", document.file.clone(), cover.clone())];
    }
    let parts = document.parts.iter().filter_map(|part| {
        let landmark = match part {
            Division::TitleBlock => "titlepage",
            Division::Section(index) => {
                book.composition.sections.get(*index)?.role.row().landmark?
            }
        };
        let address = document.address(book.composition, *part);
        Some((
            landmark,
            address,
            Label::of_division(book.composition, *part),
        ))
    });
    parts.collect()
}

/// The pages of the paper edition, where the documents mark them.
fn page_list(markup: &mut Markup, contents: &Contents<'_>) {
    if contents.pages.is_empty() {
        return;
    }
    let list = nav("page-list").with("role", "doc-pagelist");
    markup.open(list.with("id", "page-list").with("hidden", ""));
    markup.open(Element::new("ol"));
    markup.line();
    for page in &contents.pages {
        item(markup, None, &page.address, &Label::plain(page.label));
    }
    markup.close();
    close(markup);
}

fn item(markup: &mut Markup, epub_type: Option<&str>, address: &str, label: &Label) {
    markup.open(Element::new("li"));
    link(markup, epub_type, address, label);
    close(markup);
}

fn link(markup: &mut Markup, epub_type: Option<&str>, address: &str, label: &Label) {
    let link = Element::new("a").with_some("epub:type", epub_type);
    markup.open(link.with("href", address));
    markup.raw(label.markup.as_bytes());
    markup.close();
}
