//! The outline and the labels of the pages (ISO 32000-1, 12.3.3 and 12.4.2).

use std::collections::BTreeMap;

use lopdf::{Document, Object, ObjectId, dictionary};

use super::places::Destination;
use super::strings;
use crate::compose::{Composition, Heading};
use crate::theme::PdfStandard;
use crate::typeset::Page;

/// A heading in the outline, with those under it.
struct Entry<'a> {
    heading: &'a Heading,
    under: Vec<Entry<'a>>,
}

/// Writes the outline of all headings; gives its root.
pub(super) fn write(
    document: &mut Document,
    composition: &Composition,
    anchors: &BTreeMap<&str, Destination>,
    pages: &[ObjectId],
    standard: PdfStandard,
) -> ObjectId {
    let entries = entries(composition);
    let root = document.new_object_id();
    let mut outline = Outline {
        document,
        composition,
        anchors,
        pages,
        standard,
    };
    let (first, last) = outline.level(root, &entries);
    let open = entries
        .iter()
        .map(|entry| 1 + entry.under.len())
        .sum::<usize>();
    outline.document.set_object(
        root,
        dictionary! { "Type" => "Outlines", "First" => first, "Last" => last, "Count" => open as i64 },
    );
    root
}

/// The headings as a tree: each under the nearest before it of a higher level.
fn entries(composition: &Composition) -> Vec<Entry<'_>> {
    let mut open: Vec<Entry<'_>> = Vec::new();
    let mut top = Vec::new();
    for heading in composition.walk().headings() {
        close(&mut open, &mut top, heading.level.number());
        open.push(Entry {
            heading,
            under: Vec::new(),
        });
    }
    close(&mut open, &mut top, 0);
    top
}

/// Puts every open entry of this level or a lower one under the one before it.
fn close<'a>(open: &mut Vec<Entry<'a>>, top: &mut Vec<Entry<'a>>, level: u8) {
    while let Some(entry) = open.pop_if(|entry| entry.heading.level.number() >= level) {
        open.last_mut()
            .map_or(&mut *top, |above| &mut above.under)
            .push(entry);
    }
}

struct Outline<'d, 'a> {
    document: &'d mut Document,
    composition: &'a Composition,
    anchors: &'a BTreeMap<&'a str, Destination>,
    pages: &'a [ObjectId],
    standard: PdfStandard,
}

impl Outline<'_, '_> {
    /// Writes entries and all under them; gives the first and the last.
    fn level(&mut self, parent: ObjectId, entries: &[Entry<'_>]) -> (Object, Object) {
        let ids: Vec<ObjectId> = entries
            .iter()
            .map(|_| self.document.new_object_id())
            .collect();
        for (index, entry) in entries.iter().enumerate() {
            let mut item = dictionary! {
                "Title" => strings::text(&self.composition[entry.heading.text].plain()),
                "Parent" => parent,
            };
            let anchor = entry.heading.anchor.as_str();
            if let Some(place) = self.anchors.get(anchor) {
                let destination = match self.standard {
                    PdfStandard::Ua1 => place.destination(self.pages),
                    // By its name it leads to an element (ISO 14289-2, 8.8).
                    PdfStandard::Ua2 => strings::ascii(anchor),
                };
                item.set("Dest", destination);
            }
            if let Some(before) = index.checked_sub(1) {
                item.set("Prev", ids[before]);
            }
            if let Some(next) = ids.get(index + 1) {
                item.set("Next", *next);
            }
            if !entry.under.is_empty() {
                let (first, last) = self.level(ids[index], &entry.under);
                item.set("First", first);
                item.set("Last", last);
                // The title is open, the others are closed.
                let count = entry.under.len() as i64;
                let open = entry.heading.level.number() == 1;
                item.set("Count", if open { count } else { -count });
            }
            self.document.set_object(ids[index], item);
        }
        let end = |id: Option<&ObjectId>| id.map_or(Object::Null, |id| (*id).into());
        (end(ids.first()), end(ids.last()))
    }
}

/// The labels of the pages: numbers as far as they follow each other, else as they stand.
pub(super) fn labels(pages: &[Page]) -> Object {
    let mut ranges: Vec<Object> = Vec::new();
    let mut expected = None;
    for (index, page) in (0_i64..).zip(pages) {
        let number = page.label.parse::<i64>().ok();
        let number = number.filter(|number| *number >= 1 && number.to_string() == page.label);
        if number.is_none() || number != expected {
            let range = match number {
                Some(number) => dictionary! { "S" => "D", "St" => number },
                None => dictionary! { "P" => strings::text(&page.label) },
            };
            ranges.extend([index.into(), range.into()]);
        }
        expected = number.map(|number| number + 1);
    }
    dictionary! { "Nums" => ranges }.into()
}
