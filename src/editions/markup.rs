//! A writer of XML that escapes, for every edition and catalogue: elements, text and nothing else. Over `quick-xml`; not a
//! tree, not a template.

use quick_xml::Writer;
use quick_xml::escape::partial_escape;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// The start of an element, attribute by attribute.
#[derive(Debug, Clone)]
pub(crate) struct Element {
    name: &'static str,
    start: BytesStart<'static>,
}

impl Element {
    /// An element without attributes.
    pub(crate) fn new(name: &'static str) -> Self {
        Self {
            name,
            start: BytesStart::new(name),
        }
    }

    /// Adds an attribute; the value is escaped.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.start.push_attribute((name, value));
        self
    }

    /// Adds attributes; the values are escaped.
    pub(crate) fn with_all(mut self, attributes: &[(&str, &str)]) -> Self {
        self.start.extend_attributes(attributes.iter().copied());
        self
    }

    /// Adds an attribute where there is a value.
    pub(crate) fn with_some(self, name: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }
}

/// A document or a piece of one as it is written.
pub(crate) struct Markup {
    writer: Writer<Vec<u8>>,
    open: Vec<&'static str>,
}

impl Markup {
    /// Begins a piece of a document: no declaration.
    pub(crate) fn fragment() -> Self {
        Self {
            writer: Writer::new(Vec::new()),
            open: Vec::new(),
        }
    }

    /// Begins a document: XML 1.0 in UTF-8.
    pub(crate) fn document() -> Self {
        let mut markup = Self::fragment();
        markup.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        markup.line();
        markup
    }

    /// Adds the document type of HTML.
    pub(crate) fn html_doctype(&mut self) {
        self.event(Event::DocType(BytesText::from_escaped("html")));
        self.line();
    }

    /// Opens an element.
    pub(crate) fn open(&mut self, element: Element) {
        self.open.push(element.name);
        self.event(Event::Start(element.start));
    }

    /// Closes the element opened last.
    pub(crate) fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.event(Event::End(BytesEnd::new(name)));
        }
    }

    /// Writes an element that never has content.
    pub(crate) fn empty(&mut self, element: Element) {
        self.event(Event::Empty(element.start));
    }

    /// Writes an element with a text; an empty text leaves both tags.
    pub(crate) fn leaf(&mut self, element: Element, text: &str) {
        self.open(element);
        self.text(text);
        self.close();
    }

    /// Writes text.
    pub(crate) fn text(&mut self, text: &str) {
        if !text.is_empty() {
            self.event(Event::Text(BytesText::from_escaped(partial_escape(text))));
        }
    }

    /// Ends a line between blocks, so that a person can read the file.
    pub(crate) fn line(&mut self) {
        self.writer.get_mut().push(b'\n');
    }

    /// Sets a line in by so many spaces.
    pub(crate) fn indent(&mut self, spaces: usize) {
        let line = self.writer.get_mut();
        line.resize(line.len() + spaces, b' ');
    }

    /// Copies an event of a document that is read.
    pub(crate) fn pass(&mut self, event: Event<'_>) {
        self.event(event);
    }

    /// Adds markup that is well-formed already.
    pub(crate) fn raw(&mut self, markup: &[u8]) {
        self.writer.get_mut().extend_from_slice(markup);
    }

    /// Makes room for so many bytes to come.
    pub(crate) fn reserve(&mut self, bytes: usize) {
        self.writer.get_mut().reserve(bytes);
    }

    /// The bytes, every element closed.
    pub(crate) fn finish(mut self) -> Vec<u8> {
        while !self.open.is_empty() {
            self.close();
        }
        self.writer.into_inner()
    }

    fn event(&mut self, event: Event<'_>) {
        self.writer
            .write_event(event)
            .expect("writing to memory does not fail");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_attributes_are_escaped_and_open_elements_closed() {
        let mut markup = Markup::fragment();
        markup.open(Element::new("p").with("title", "a \"b\" <c> & d"));
        markup.text("1 < 2 & 3 > 2 'q' \"r\"");
        markup.open(Element::new("em"));
        let text = String::from_utf8(markup.finish());
        assert_eq!(
            text.as_deref(),
            Ok(
                "<p title=\"a &quot;b&quot; &lt;c&gt; &amp; d\">1 &lt; 2 &amp; 3 &gt; 2 'q' \"r\"<em></em></p>"
            )
        );
    }
}
