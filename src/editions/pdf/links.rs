//! Links: the areas on the pages that lead elsewhere (ISO 32000-1, 12.5.6.5; ISO 14289-1, 7.18.5).

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use super::finish::numbers;
use super::strings;
use super::tags::Owned;
use super::tree::{ElementId, Leads, Tree};
use crate::compose::{Composition, Target, Text};

/// The most characters of a note that describe a reference to it, and of a link that describe it: each would repeat all of them.
const DESCRIBED: usize = 500;

/// A part of a link on one line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Area {
    /// The link.
    pub(super) element: ElementId,
    /// The index of its page.
    pub(super) page: usize,
    /// Left, bottom, right and top in points from the page's lower left corner.
    pub(super) bounds: [f32; 4],
}

/// The areas of all links in the order of the pages.
#[derive(Debug, Default)]
pub(super) struct Areas {
    areas: Vec<Area>,
}

impl Areas {
    /// Adds a part of a link; what goes on beside the last one on the same line makes that wider.
    pub(super) fn add(&mut self, area: Area) {
        if let Some(last) = self.areas.last_mut() {
            let [_, bottom, right, top] = last.bounds;
            let level = area.bounds[1] < top && bottom < area.bounds[3];
            let beside = level && (area.bounds[0] - right).abs() < 20.0;
            if last.element == area.element && last.page == area.page && beside {
                last.bounds = around(last.bounds, area.bounds);
                return;
            }
        }
        self.areas.push(area);
    }
}

fn around(a: [f32; 4], b: [f32; 4]) -> [f32; 4] {
    [
        a[0].min(b[0]),
        a[1].min(b[1]),
        a[2].max(b[2]),
        a[3].max(b[3]),
    ]
}

/// Writes an annotation for each link and page, and gives them with the elements they belong to. A link over several
/// lines of a page is one annotation with a quadrilateral a line: a reader meets it once.
pub(super) fn write(
    document: &mut Document,
    composition: &Composition,
    tree: &Tree<'_>,
    areas: &Areas,
    pages: &[ObjectId],
) -> Vec<Owned> {
    let mut annotations = Vec::new();
    let names = Names::of(composition);
    let alike = |a: &Area, b: &Area| a.element == b.element && a.page == b.page;
    for areas in areas.areas.chunk_by(alike) {
        let (first, page) = (areas[0], pages[areas[0].page]);
        let Some(leads) = tree.element(first.element).target else {
            continue;
        };
        let mut annotation = annotation(areas);
        let key = pages.len() + annotations.len();
        annotation.set("StructParent", key as i64);
        let words = &tree.element(first.element).words;
        lead(&mut annotation, &names, words, leads);
        let annotation = document.add_object(annotation);
        annotations.push(Owned {
            element: first.element.0,
            annotation,
            page,
        });
    }
    annotations
}

fn annotation(areas: &[Area]) -> Dictionary {
    let bounds = areas
        .iter()
        .map(|area| area.bounds)
        .reduce(around)
        .unwrap_or_default();
    let mut annotation = dictionary! {
        "Type" => "Annot",
        "Subtype" => "Link",
        "Rect" => numbers(&bounds),
        "Border" => vec![0.into(), 0.into(), 0.into()],
        // Printed, never hidden (ISO 19005-2, 6.3.2).
        "F" => 4,
    };
    if areas.len() > 1 {
        let corners = areas.iter().flat_map(|area| {
            let [left, bottom, right, top] = area.bounds;
            [left, bottom, right, bottom, right, top, left, top]
        });
        annotation.set("QuadPoints", numbers(&corners.collect::<Vec<_>>()));
    }
    annotation
}

/// Where the annotation leads, and its description for those who do not see it: the words of the link and where it leads
/// (ISO 14289-1, 7.18.5).
fn lead(annotation: &mut Dictionary, names: &Names<'_>, words: &str, leads: Leads<'_>) {
    let composition = names.composition;
    let back = &composition.words.back;
    let (anchor, whither) = match leads {
        Leads::To(Target::Url(url)) => {
            let action = dictionary! { "S" => "URI", "URI" => strings::ascii(url.as_str()) };
            annotation.set("A", action);
            annotation.set("Contents", described(words, url.as_str()));
            return;
        }
        Leads::To(Target::Anchor(anchor)) => (anchor, names.section(anchor.as_str())),
        Leads::To(Target::Note { note, .. }) => {
            let number = note.0 as usize;
            (
                &composition.notes[number].anchor,
                names.notes[number].clone(),
            )
        }
        Leads::To(Target::Back { reference, number }) => {
            (reference, [back, " ", number.as_str()].concat())
        }
        Leads::Heading(heading) => (&heading.anchor, composition[heading.text].plain()),
        Leads::Back(note) => {
            let note = &composition.notes[note.0 as usize];
            (&note.reference, back.clone())
        }
    };
    annotation.set("Dest", strings::ascii(anchor.as_str()));
    annotation.set("Contents", described(words, &whither));
}

/// A description of a link by its words and by where it leads.
fn described(words: &str, whither: &str) -> Object {
    let words = words.trim();
    let (start, rest) = match words.char_indices().nth(DESCRIBED) {
        Some((at, _)) => (&words[..at], "…"),
        None => (words, ""),
    };
    match start {
        "" => strings::text(whither),
        same if same == whither => strings::text(whither),
        start => strings::text(&[start, rest, ": ", whither].concat()),
    }
}

/// The words of a note, an ellipsis for what is too long.
fn start(note: &Text) -> String {
    let mut chars = note.words().flat_map(|span| span.text.chars());
    let mut start: String = chars.by_ref().take(DESCRIBED).collect();
    start.extend(chars.next().map(|_| '…'));
    start.trim().to_owned()
}

/// What notes and sections are called, found once: many links may lead to one, and one may hold many links.
struct Names<'c> {
    composition: &'c Composition,
    /// The beginnings of the notes.
    notes: Vec<String>,
    /// The headings of the sections by their anchors.
    sections: BTreeMap<&'c str, String>,
}

impl<'c> Names<'c> {
    fn of(composition: &'c Composition) -> Self {
        let notes = composition.notes.iter();
        let sections = composition.sections.iter().rev();
        let named = sections.filter_map(|section| {
            let heading = section.heading.as_ref()?;
            Some((section.anchor.as_str(), composition[heading.text].plain()))
        });
        Self {
            composition,
            notes: notes.map(|note| start(&composition[note.text])).collect(),
            sections: named.collect(),
        }
    }

    /// The heading of the section that an anchor names.
    fn section(&self, anchor: &str) -> String {
        let heading = self.sections.get(anchor);
        heading.cloned().unwrap_or_else(|| anchor.to_owned())
    }
}

/// The annotations by page, in the order of the text.
pub(super) fn by_page(annotations: &[Owned]) -> BTreeMap<ObjectId, Vec<Object>> {
    let mut pages: BTreeMap<ObjectId, Vec<Object>> = BTreeMap::new();
    for owned in annotations {
        let page = pages.entry(owned.page).or_default();
        page.push(owned.annotation.into());
    }
    pages
}
