//! The parts that `docx-rs` does not write: markup that begins as Open Packaging wants it, without characters that XML forbids.

use std::borrow::Cow;

use quick_xml::events::{BytesDecl, BytesStart, Event};

use crate::editions::markup::{Element, Markup};

/// A part that is being written.
pub(super) struct Xml(Markup);

impl Xml {
    /// Starts a part with its root element.
    pub(super) fn new(root: &'static str, attributes: &[(&str, &str)]) -> Self {
        let mut markup = Markup::fragment();
        markup.pass(declaration());
        markup.open(Element::new(root).with_all(attributes));
        Self(markup)
    }

    /// Opens an element.
    pub(super) fn open(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.0.open(Element::new(name).with_all(attributes));
    }

    /// Closes the innermost open element.
    pub(super) fn close(&mut self) {
        self.0.close();
    }

    /// An element without content.
    pub(super) fn leaf(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.0.empty(Element::new(name).with_all(attributes));
    }

    /// An element that holds text.
    pub(super) fn text(&mut self, name: &'static str, attributes: &[(&str, &str)], text: &str) {
        let element = Element::new(name).with_all(attributes);
        self.0.leaf(element, &allowed(text));
    }

    /// Closes what is open and gives up the part.
    pub(super) fn finish(self) -> Vec<u8> {
        self.0.finish()
    }
}

/// The declaration that every part starts with.
pub(super) fn declaration() -> Event<'static> {
    Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes")))
}

/// The text with U+FFFD for each character that XML 1.0 (2.2) has no place for. Loading refuses these characters; this
/// keeps a composition made in another way from becoming a file that no program opens.
pub(super) fn allowed(text: &str) -> Cow<'_, str> {
    let forbidden = |c: char| matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}');
    if text.contains(forbidden) {
        Cow::Owned(text.replace(forbidden, "\u{FFFD}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The value of an attribute as it stands in the file; none of those asked for is ever escaped.
pub(super) fn value(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = start.try_get_attribute(name).ok().flatten()?;
    String::from_utf8(attribute.value.into_owned()).ok()
}
