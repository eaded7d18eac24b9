//! What leads elsewhere: links with the words that they stand on, marks of notes and the ways back, entries of contents.

use std::collections::HashMap;

use hayro_syntax::Pdf;
use hayro_syntax::object::{self, Dict, ObjectIdentifier};

use super::super::super::paper::{Lead, NoteLabel, Spot};
use super::super::content::Pages;
use super::super::destinations::{Aim, aim, spot};
use super::super::strings;
use super::element::annotations;

/// How far the area of a mark reaches above the line that it stands on, in parts of its size.
const REACH: f64 = 0.8;

/// Editions say less of a mark; many marks may share what is said of one.
const SAID: usize = 1_000;

/// An element that is a link.
#[derive(Debug)]
pub(in super::super) struct LinkElement {
    pub(in super::super) element: Option<ObjectIdentifier>,
    /// The annotations that belong to it.
    pub(in super::super) annotations: Vec<ObjectIdentifier>,
    /// The content that it stands on.
    pub(in super::super) marks: Vec<(ObjectIdentifier, i64)>,
    pub(in super::super) words: String,
    kind: LinkKind,
    /// The name to which it leads.
    to: String,
    /// What the first of its annotations says of it, where it is a mark or leads back.
    said: Option<String>,
    spot: Option<Spot>,
}

impl LinkElement {
    /// Whether it is an entry of the contents.
    pub(in super::super) fn is_entry(&self) -> bool {
        self.kind == LinkKind::Entry
    }
}

/// What a link is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LinkKind {
    /// It leads from words of the text.
    Words,
    /// It is the mark of a reference to a note.
    Mark,
    /// It leads back from a note.
    Back,
    /// It is an entry of the contents.
    Entry,
}

/// What was met of all this.
#[derive(Debug, Default)]
pub(in super::super) struct Leads {
    pub(in super::super) links: Vec<LinkElement>,
    pub(in super::super) notes: Vec<NoteLabel>,
    /// Where the content of each element begins.
    pub(in super::super) spots: HashMap<ObjectIdentifier, Spot>,
    /// The elements that are open, the outermost first; of groups nothing is remembered, since names lead to what stands in them.
    open: Vec<Option<ObjectIdentifier>>,
    /// The link that is open.
    link: Option<usize>,
    /// The label that is being read.
    label: Option<String>,
}

impl Leads {
    /// An element of a standard role begins.
    pub(super) fn begin(&mut self, element: &Dict<'_>, standard: &str) {
        let is_line = matches!(
            standard,
            "P" | "H1" | "H2" | "H3" | "H4" | "H5" | "H6" | "Note" | "FENote" | "Link"
        );
        self.open.push(element.obj_id().filter(|_| is_line));
    }

    /// The innermost element ends.
    pub(super) fn end(&mut self) {
        self.open.pop();
    }

    /// A link begins; gives the one that it stands in.
    pub(super) fn begin_link(
        &mut self,
        pdf: &Pdf,
        element: &Dict<'_>,
        kind: LinkKind,
    ) -> Option<usize> {
        let ids = annotations(element);
        let first: Option<Dict<'_>> = ids.first().and_then(|id| pdf.xref().get(*id));
        let to = match first.as_ref().and_then(aim) {
            Some(Aim::Name(name)) => name,
            Some(Aim::Place(_)) | None => String::new(),
        };
        // Of the others nobody asks it.
        let is_asked = matches!(kind, LinkKind::Mark | LinkKind::Back);
        let said = first.as_ref().filter(|_| is_asked);
        let said = said.and_then(|first| first.get::<object::String<'_>>("Contents"));
        let said: Option<String> =
            said.map(|said| strings::text(&said).chars().take(SAID).collect());
        if kind == LinkKind::Back
            && let Some(note) = self.notes.last_mut()
        {
            note.backs.push(to.clone());
            note.said.push(said.clone().unwrap_or_default());
        }
        self.links.push(LinkElement {
            element: element.obj_id(),
            said,
            annotations: ids,
            marks: Vec::new(),
            words: String::new(),
            kind,
            to,
            spot: None,
        });
        self.link.replace(self.links.len() - 1)
    }

    /// The link ends that stands in this one.
    pub(super) fn end_link(&mut self, outer: Option<usize>) {
        self.link = outer;
    }

    /// A label begins.
    pub(super) fn begin_label(&mut self) {
        self.label = Some(String::new());
    }

    /// The label ends.
    pub(super) fn end_label(&mut self) -> String {
        self.label.take().unwrap_or_default()
    }

    /// Content stands here; gives its place.
    pub(super) fn content(
        &mut self,
        pages: &Pages,
        (page, mark): (ObjectIdentifier, i64),
    ) -> Option<Spot> {
        let words = pages.marked.get(&(page, mark));
        let words = words.map(String::as_str).unwrap_or_default();
        if let Some(label) = &mut self.label {
            label.push_str(words);
        }
        let stretches = pages.places.get(&(page, mark)).map(Vec::as_slice);
        let place = stretches.unwrap_or_default().first().and_then(|first| {
            let line = stretches.unwrap_or_default().iter();
            let line = line.take_while(|own| (own.base - first.base).abs() < 0.01);
            let size = line.fold(0.0, |size: f64, own| size.max(own.size));
            let number = pages.numbers.get(&page)?;
            // Marks of notes are led to by where their areas end.
            let raised = first.base + first.rise + first.size * REACH;
            let text = spot(*number, first.base + size, size);
            Some((text, spot(*number, raised, first.size)))
        });
        if let Some(link) = self.link.and_then(|at| self.links.get_mut(at)) {
            link.marks.push((page, mark));
            link.words.push_str(words);
            let own = place.map(|(text, raised)| match link.kind {
                LinkKind::Mark => raised,
                _ => text,
            });
            link.spot = link.spot.or(own);
        }
        let place = place.map(|(text, _)| text);
        if let Some(place) = place {
            for element in self.open.iter().rev().flatten() {
                if self.spots.contains_key(element) {
                    break;
                }
                self.spots.insert(*element, place);
            }
        }
        place
    }

    /// The links of one kind.
    pub(in super::super) fn marks(&self) -> Vec<Lead> {
        self.of(LinkKind::Mark)
    }

    /// The entries of the contents.
    pub(in super::super) fn contents(&self) -> Vec<Lead> {
        self.of(LinkKind::Entry)
    }

    fn of(&self, kind: LinkKind) -> Vec<Lead> {
        let links = self.links.iter().filter(|link| link.kind == kind);
        let leads = links.map(|link| Lead {
            words: link.words.trim().to_owned(),
            spot: link.spot,
            to: link.to.clone(),
            said: link.said.clone(),
        });
        leads.collect()
    }
}
