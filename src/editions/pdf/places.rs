//! Where on the pages a reader can be led: anchors, and what of the composition they name.

use std::collections::BTreeMap;

use lopdf::{Document, Object, ObjectId, dictionary};

use super::finish::{name_tree, rounded};
use super::tags::Objects;
use super::tree::Tree;
use crate::compose::{BlockId, Composition, Target, TextId, Visit};
use crate::theme::PdfStandard;

/// A height on a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Destination {
    /// The page's index.
    pub(super) page: usize,
    /// From the page's lower edge, in points.
    pub(super) top: f32,
}

impl Destination {
    /// The place as a destination that leaves the zoom alone (ISO 32000-1, 12.3.2.2).
    pub(super) fn destination(self, pages: &[ObjectId]) -> Object {
        self.towards(pages.get(self.page).map_or(Object::Null, |id| (*id).into()))
    }

    /// The height on the page of an object.
    fn towards(self, object: Object) -> Object {
        let top = Object::Real(rounded(self.top));
        Object::Array(vec![object, "XYZ".into(), Object::Null, top, Object::Null])
    }
}

/// Where texts, figures and references begin; filled while the pages are written.
#[derive(Debug, Default)]
pub(super) struct Places {
    texts: BTreeMap<TextId, Destination>,
    figures: BTreeMap<BlockId, Destination>,
    spans: BTreeMap<(TextId, u32), Destination>,
}

impl Places {
    /// A line of a text stands here; the first one counts.
    pub(super) fn text(&mut self, text: TextId, place: Destination) {
        self.texts.entry(text).or_insert(place);
    }

    /// A figure's image stands here.
    pub(super) fn figure(&mut self, block: BlockId, place: Destination) {
        self.figures.entry(block).or_insert(place);
    }

    /// A part of a span stands here; the first one counts.
    pub(super) fn span(&mut self, text: TextId, span: u32, place: Destination) {
        self.spans.entry((text, span)).or_insert(place);
    }

    /// Every anchor with its place.
    pub(super) fn anchors<'a>(
        &self,
        composition: &'a Composition,
    ) -> BTreeMap<&'a str, Destination> {
        let mut anchors = Anchors {
            places: self,
            found: BTreeMap::new(),
            waiting: Vec::new(),
            last: None,
        };
        composition
            .title_block
            .walk()
            .for_each(|visit| anchors.visit(visit));
        for section in &composition.sections {
            anchors.waiting.push(section.anchor.as_str());
            section.walk().for_each(|visit| anchors.visit(visit));
        }
        // What nothing follows ends the piece.
        let end = anchors.last.unwrap_or(Destination { page: 0, top: 0.0 });
        anchors.arrive(end);
        for note in &composition.notes {
            anchors.waiting.push(note.anchor.as_str());
            anchors.text(note.text);
            anchors.arrive(end);
        }
        for (id, text) in (0..).map(TextId).zip(&composition.texts) {
            for (index, span) in (0..).zip(&text.spans) {
                if let Some(Target::Note { reference, .. }) = &span.target
                    && let Some(place) = self.spans.get(&(id, index))
                {
                    anchors.found.entry(reference.as_str()).or_insert(*place);
                }
            }
        }
        anchors.found
    }
}

/// Walks through a composition; an anchor waits for the first thing after it that has a place.
struct Anchors<'a, 'p> {
    places: &'p Places,
    found: BTreeMap<&'a str, Destination>,
    waiting: Vec<&'a str>,
    last: Option<Destination>,
}

impl<'a> Anchors<'a, '_> {
    fn arrive(&mut self, place: Destination) {
        self.last = Some(place);
        for anchor in self.waiting.drain(..) {
            self.found.entry(anchor).or_insert(place);
        }
    }

    fn text(&mut self, text: TextId) {
        if let Some(place) = self.places.texts.get(&text) {
            self.arrive(*place);
        }
    }

    fn visit(&mut self, visit: Visit<'a>) {
        match visit {
            Visit::Block(_, anchor) => self.waiting.push(anchor.as_str()),
            Visit::Heading(heading) => self.waiting.push(heading.anchor.as_str()),
            Visit::Text { text, .. } => self.text(text),
            Visit::Item { .. } | Visit::Break => {}
            Visit::Figure { block, .. } => {
                if let Some(place) = self.places.figures.get(&block) {
                    self.arrive(*place);
                }
            }
        }
    }
}

/// The names of all anchors, for links from inside and outside (ISO 32000-1, 12.3.2.3). In PDF/UA-2 they lead to elements
/// (ISO 14289-2, 8.8), and to places on pages for readers that know no more (ISO 32000-2, 12.3.2.3).
pub(super) fn names(
    document: &mut Document,
    anchors: &BTreeMap<&str, Destination>,
    tree: &Tree<'_>,
    objects: &Objects,
    standard: PdfStandard,
) -> Object {
    let named = anchors.iter().map(|(anchor, place)| {
        let on_page = place.destination(&objects.pages);
        let destination = match standard {
            PdfStandard::Ua1 => on_page,
            PdfStandard::Ua2 => {
                let element = objects.element(tree.named(anchor));
                let structure = place.towards(element.into());
                dictionary! { "D" => on_page, "SD" => structure }.into()
            }
        };
        (*anchor, destination)
    });
    let named = named.collect();
    name_tree(document, named)
}
