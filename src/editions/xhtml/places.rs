//! Where things stand: which document holds an anchor, where a footnote lives.

use std::collections::BTreeMap;

use crate::compose::{Anchor, Composition, NoteId, Target, TextId, Visit, Walk};

/// A part of a piece that stands whole in one document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Division {
    /// The title block.
    TitleBlock,
    /// A section: an index into [`Composition::sections`].
    Section(usize),
}

/// The documents of an edition and what stands in each.
#[derive(Debug)]
pub(crate) struct Places<'a> {
    composition: &'a Composition,
    /// The name of each document, relative to the others.
    names: Vec<String>,
    documents: BTreeMap<&'a str, usize>,
    homes: Vec<Vec<NoteId>>,
}

impl<'a> Places<'a> {
    /// Finds the place of everything, given the documents by name with the parts that each holds.
    ///
    /// A footnote lives in the document of its first reference, so that readers that look no further find it.
    pub(crate) fn of(
        composition: &'a Composition,
        documents: impl IntoIterator<Item = (String, Vec<Division>)>,
    ) -> Self {
        let mut places = Self {
            composition,
            names: Vec::new(),
            documents: BTreeMap::new(),
            homes: Vec::new(),
        };
        for (name, parts) in documents {
            places.names.push(name);
            places.homes.push(Vec::new());
            for part in parts {
                places.place(part);
            }
        }
        for notes in &mut places.homes {
            notes.sort_unstable();
        }
        places
    }

    fn place(&mut self, part: Division) {
        let document = self.names.len() - 1;
        let composition = self.composition;
        let walk: Walk<'a> = match part {
            Division::TitleBlock => composition.title_block.walk(),
            Division::Section(index) => {
                let section = &composition.sections[index];
                self.anchor(&section.anchor, document);
                section.walk()
            }
        };
        let mut texts = Vec::new();
        for visit in walk {
            match visit {
                Visit::Block(_, anchor) => self.anchor(anchor, document),
                Visit::Heading(heading) => self.anchor(&heading.anchor, document),
                Visit::Text { text, .. } => texts.push(text),
                Visit::Item { .. } | Visit::Figure { .. } | Visit::Break => {}
            }
        }
        for text in texts {
            self.follow_notes(text, document);
        }
    }

    fn anchor(&mut self, anchor: &'a Anchor, document: usize) {
        self.documents.insert(anchor.as_str(), document);
    }

    fn follow_notes(&mut self, text: TextId, document: usize) {
        let composition = self.composition;
        for span in &composition[text].spans {
            let Some(Target::Note { note, reference }) = &span.target else {
                continue;
            };
            self.anchor(reference, document);
            let Some(found) = composition.notes.get(note.0 as usize) else {
                continue;
            };
            if !self.documents.contains_key(found.anchor.as_str()) {
                self.anchor(&found.anchor, document);
                self.homes[document].push(*note);
                self.follow_notes(found.text, document);
            }
        }
    }

    /// The name of a document.
    pub(crate) fn name(&self, document: usize) -> &str {
        &self.names[document]
    }

    /// The address of an anchor as a document says it; none when no document holds the anchor.
    pub(crate) fn href(&self, anchor: &Anchor, from: usize) -> Option<String> {
        let document = *self.documents.get(anchor.as_str())?;
        Some(if document == from {
            format!("#{anchor}")
        } else {
            format!("{}#{anchor}", self.names[document])
        })
    }

    /// The footnotes that live in a document, in the order of their marks.
    pub(crate) fn notes(&self, document: usize) -> &[NoteId] {
        &self.homes[document]
    }
}
