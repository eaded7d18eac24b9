//! Statements of the package's metadata, as both versions of EPUB write them (EPUB 3.3, 5.5.3 and 5.5.5).

use crate::editions::markup::{Element, Markup};

/// The statements of the package's metadata, one a line.
pub(super) struct Statements(Markup);

impl Statements {
    pub(super) fn new() -> Self {
        let mut markup = Markup::fragment();
        markup.open(Element::new("metadata").with("xmlns:dc", "http://purl.org/dc/elements/1.1/"));
        markup.line();
        Self(markup)
    }

    pub(super) fn finish(mut self) -> Vec<u8> {
        self.0.indent(2);
        self.0.finish()
    }

    pub(super) fn line(&mut self, element: Element, value: &str) {
        self.0.indent(4);
        self.0.leaf(element, value);
        self.0.line();
    }

    pub(super) fn dublin(&mut self, element: &'static str, value: &str) {
        self.line(Element::new(element), value);
    }

    pub(super) fn dublin_with(&mut self, element: &'static str, id: &str, value: &str) {
        self.line(Element::new(element).with("id", id), value);
    }

    /// A statement of the publication.
    pub(super) fn property(&mut self, property: &str, value: &str) {
        self.meta(Element::new("meta").with("property", property), value);
    }

    /// A statement of the publication that others refine.
    pub(super) fn property_with(&mut self, property: &str, id: &str, value: &str) {
        let element = Element::new("meta").with("property", property);
        self.meta(element.with("id", id), value);
    }

    /// A statement of another statement.
    pub(super) fn refine(&mut self, id: &str, property: &str, value: &str) {
        let element = Element::new("meta").with("refines", &format!("#{id}"));
        self.meta(element.with("property", property), value);
    }

    pub(super) fn refine_in(&mut self, id: &str, property: &str, scheme: &str, value: &str) {
        let element = Element::new("meta").with("refines", &format!("#{id}"));
        let element = element.with("property", property).with("scheme", scheme);
        self.meta(element, value);
    }

    /// A statement in an element of its own.
    pub(super) fn meta(&mut self, element: Element, value: &str) {
        self.line(element, value);
    }

    pub(super) fn link(&mut self, rel: &str, href: &str) {
        self.0.indent(4);
        self.0
            .empty(Element::new("link").with("rel", rel).with("href", href));
        self.0.line();
    }

    /// A statement in the form of EPUB 2.
    pub(super) fn named(&mut self, name: &str, content: &str) {
        self.0.indent(4);
        let element = Element::new("meta").with("name", name);
        self.0.empty(element.with("content", content));
        self.0.line();
    }
}
