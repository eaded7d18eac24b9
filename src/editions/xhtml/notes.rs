//! Footnotes: asides at the end of the document of their first reference.
//!
//! Reading systems that show notes as pop-ups take the aside that a reference names; all others follow the link, and every
//! reference to the note has a link back.

use crate::compose::{Anchor, Composition, Note};

use super::{Body, Element};

/// The sign of a link back; the link's name is the interface word. The selector keeps it from being shown as a picture.
const BACK: &str = "\u{21A9}\u{FE0E}";

impl<'a, 's> Body<'a, 's> {
    /// Writes the footnotes that live in this document.
    pub(crate) fn notes(&mut self) {
        let composition: &'a Composition = self.context.composition;
        let notes = self.context.places.notes(self.document);
        if notes.is_empty() {
            return;
        }
        let section = self.meaning("section", "footnotes", None);
        let section = section.with("class", "notes");
        self.open_line(self.named(section, &composition.words.notes));
        for id in notes {
            if let Some(note) = composition.notes.get(id.0 as usize) {
                self.note(note, self.context.places.references(*id));
            }
        }
        self.close_line();
    }

    fn note(&mut self, note: &'a Note, references: &[&Anchor]) {
        let aside = self
            .meaning("aside", "footnote", Some("doc-footnote"))
            .with("id", note.anchor.as_str());
        self.markup.open(self.in_the_pieces_language(aside));
        self.markup.open(self.element(note.text));
        self.markup
            .leaf(Element::new("span").with("class", "mark"), &note.mark);
        self.markup.text(" ");
        self.text(note.text);
        self.links_back(references);
        self.markup.close();
        self.close_line();
    }

    /// One link for each reference; from the second on with its number, so that they can be told apart.
    fn links_back(&mut self, references: &[&Anchor]) {
        let composition: &'a Composition = self.context.composition;
        let back = composition.words.back.as_str();
        for (index, reference) in references.iter().enumerate() {
            let Some(href) = self.context.places.href(reference, self.document) else {
                continue;
            };
            let number = composition.digits.number(index + 1);
            let name = if index == 0 {
                back.to_owned()
            } else {
                [back, " ", &number].concat()
            };
            self.markup.text(" ");
            let link = self
                .meaning("a", "backlink", Some("doc-backlink"))
                .with("href", &href);
            self.markup.open(self.named(link, &name));
            self.markup.text(BACK);
            if index > 0 {
                self.markup.leaf(Element::new("sup"), &number);
            }
            self.markup.close();
        }
    }
}
