//! Footnotes: asides at the end of the document of their first reference.
//!
//! Reading systems that show notes as pop-ups take the aside that a reference names; some do only where the note begins with a
//! link back, which is its number. All others follow the links; every reference has one back.

use crate::compose::{Composition, Note};

use super::{Body, Element};

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
                self.note(note);
            }
        }
        self.close_line();
    }

    fn note(&mut self, note: &'a Note) {
        let aside = self
            .meaning("aside", "footnote", Some("doc-footnote"))
            .with("id", note.anchor.as_str());
        self.markup.open(self.in_the_pieces_language(aside));
        self.markup.open(self.element(note.text));
        self.markup.open(Element::new("span").with("class", "mark"));
        let back = &self.context.composition.words.back;
        let name = [&note.mark, " ", back].concat();
        self.link_back(&note.reference, &note.mark, &name);
        self.markup.close();
        self.markup.text(" ");
        self.text(note.text);
        self.markup.close();
        self.close_line();
    }
}
