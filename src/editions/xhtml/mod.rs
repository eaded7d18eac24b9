//! The body of a piece in XHTML: title block, sections, blocks, spans and footnotes as semantic markup.
//!
//! Shared by every edition made of hypertext. It writes what stands inside `body`; documents, packages and style sheets
//! are the edition's own. Words and levels come from the composition alone.

mod blocks;
mod counters;
mod inline;
mod kinds;
mod notes;
mod places;
mod sections;

use inline::Links;
pub(crate) use inline::label;
pub(crate) use kinds::{container, selector};
pub(crate) use places::{Division, Places};

use crate::compose::{Anchor, Composition, ImageId, TextId};
use crate::editions::Options;
use crate::editions::markup::{Element, Markup};
use crate::piece::{Direction, LanguageTag};
use crate::typeset::PageList;

/// The kind of hypertext that is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// XHTML content documents (EPUB 3.3, 6.1): meanings said by `epub:type` too.
    Epub,
    /// HTML for browsers, in the syntax that is XML as well: meanings said by roles alone.
    Html,
}

/// What every document of an edition is written with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DocumentContext<'a, 's> {
    /// The piece.
    pub(crate) composition: &'a Composition,
    /// The theme, and the paper whose measure shares are decided for.
    pub(crate) options: &'s Options,
    /// Which document holds what.
    pub(crate) places: &'s Places<'a>,
    /// Where the pages of the paper edition begin.
    pub(crate) pages: &'a PageList,
    /// The dialect.
    pub(crate) dialect: Dialect,
    /// Where an image stands.
    pub(crate) image: fn(&Composition, ImageId) -> ImageSource,
}

/// Where an image stands, as a document says it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImageSource {
    /// Its address.
    pub address: String,
    /// The addresses of smaller copies with their widths in pixels, for narrow screens.
    pub smaller: Vec<(String, u32)>,
}

impl ImageSource {
    /// An image without smaller copies.
    #[must_use]
    pub fn alone(address: String) -> Self {
        Self {
            address,
            smaller: Vec::new(),
        }
    }
}

/// A place in a document that navigation leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NavigationTarget<'a> {
    /// A part of the piece.
    Division(Division),
    /// A heading inside a section.
    Heading {
        /// Its `id`.
        anchor: &'a Anchor,
        /// Its level, 1 to 4.
        level: u8,
        /// Its text.
        text: TextId,
    },
    /// The beginning of a page of the paper edition.
    Page {
        /// Its `id`.
        id: String,
        /// Its label.
        label: &'a str,
    },
}

/// What stands inside the `body` of one document.
pub(crate) struct Body<'a, 's> {
    context: DocumentContext<'a, 's>,
    document: usize,
    markup: Markup,
    marks: Vec<NavigationTarget<'a>>,
}

impl<'a, 's> Body<'a, 's> {
    /// An empty body of the document with this index in the context's places.
    pub(crate) fn new(context: DocumentContext<'a, 's>, document: usize) -> Self {
        Self {
            context,
            document,
            markup: Markup::fragment(),
            marks: Vec::new(),
        }
    }

    /// The markup, and the places in it that navigation leads to, in reading order.
    pub(crate) fn finish(self) -> (Vec<u8>, Vec<NavigationTarget<'a>>) {
        (self.markup.finish(), self.marks)
    }

    /// An element with its meaning: for EPUB readers, and as an ARIA role (DPUB-ARIA 1.1).
    fn meaning(&self, name: &'static str, epub_type: &str, role: Option<&str>) -> Element {
        let element = Element::new(name);
        let element = match self.context.dialect {
            Dialect::Epub => element.with("epub:type", epub_type),
            Dialect::Html => element,
        };
        element.with_some("role", role)
    }

    /// An element that an interface word names: where that is not in the piece's language, neither is the element.
    fn named(&self, element: Element, word: &str) -> Element {
        self.in_the_words_language(element.with("aria-label", word))
    }

    /// An element of interface words.
    fn in_the_words_language(&self, element: Element) -> Element {
        match &self.context.composition.words_language {
            Some(foreign) => in_language(element, &foreign.tag),
            None => element,
        }
    }

    /// An element in the piece's language inside one that an interface word names.
    fn in_the_pieces_language(&self, element: Element) -> Element {
        let composition = self.context.composition;
        match &composition.words_language {
            Some(_) => in_language(element, &composition.record.language),
            None => element,
        }
    }
}

/// An element in a language.
pub(crate) fn in_language(element: Element, tag: &LanguageTag) -> Element {
    element
        .with("lang", tag.as_str())
        .with("xml:lang", tag.as_str())
}

/// The value of a `dir` attribute.
pub(crate) fn dir(direction: Direction) -> &'static str {
    match direction {
        Direction::LeftToRight => "ltr",
        Direction::RightToLeft => "rtl",
    }
}
