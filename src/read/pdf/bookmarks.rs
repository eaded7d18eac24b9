//! Bookmarks (ISO 32000-1, 12.3.3).

use std::collections::HashSet;

use hayro_syntax::object::{self, Array, Dict, ObjectIdentifier};

use super::super::paper::{Bookmark, Spot};
use super::super::soundness::Faults;
use super::destinations::{Aim, Named, Places, aim};
use super::{keys, strings};

/// More are those of no honest file.
const MOST: usize = 100_000;

/// The bookmarks in their order. Those that do not hang together are told.
pub(super) fn bookmarks(
    catalogue: &Dict<'_>,
    places: &Places<'_>,
    named: &Named,
    faults: &mut Faults,
) -> Vec<Bookmark> {
    let Some(outlines) = catalogue.get::<Dict<'_>>("Outlines") else {
        return Vec::new();
    };
    let mut waiting: Vec<Item<'_>> = Vec::new();
    waiting.extend(Item::below(&outlines, 0));
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    while let Some(item) = waiting.pop() {
        let is_new = item.dict.obj_id().is_none_or(|id| seen.insert(id));
        if !is_new || found.len() >= MOST {
            continue;
        }
        let place = item.dict.get::<Array<'_>>("Dest");
        if place.is_some_and(|place| keys::is_zoomed(&place)) {
            faults.add(
                "the bookmarks",
                "one of them leads to its place in another size",
            );
        }
        let next = item.dict.get_ref("Next").map(ObjectIdentifier::from);
        if next.is_some_and(|next| seen.contains(&next)) {
            faults.add("the bookmarks", "one of them stands behind itself");
        }
        let title = item.dict.get::<object::String<'_>>("Title");
        if title.as_ref().is_some_and(strings::has_language) {
            faults.add("the bookmarks", "one of them names a language of its own");
        }
        let title = title.map(|title| strings::text(&title));
        let title = title.unwrap_or_default();
        if let Some(other) = keys::bookmark(&item.dict) {
            faults.add("the bookmarks", format!("“{title}”: {other}"));
        }
        if !item.hangs_together() {
            faults.add(
                "the bookmarks",
                format!("“{title}” names another above or before it than it has"),
            );
        }
        found.push(Bookmark {
            title,
            depth: item.depth,
            leads: leads(&item.dict, places, named),
        });
        waiting.extend(item.next());
        waiting.extend(Item::below(&item.dict, item.depth + 1));
    }
    found
}

fn leads(item: &Dict<'_>, places: &Places<'_>, named: &Named) -> Option<Spot> {
    match aim(item)? {
        Aim::Name(name) => named.spots.get(&name).copied(),
        Aim::Place(destination) => places.spot(&destination),
    }
}

/// A bookmark that is to be read.
struct Item<'a> {
    dict: Dict<'a>,
    depth: usize,
    above: Option<ObjectIdentifier>,
    before: Option<ObjectIdentifier>,
}

impl<'a> Item<'a> {
    /// The first below another, or below the root.
    fn below(above: &Dict<'a>, depth: usize) -> Option<Self> {
        Some(Self {
            dict: above.get::<Dict<'a>>("First")?,
            depth,
            above: above.obj_id(),
            before: None,
        })
    }

    fn next(&self) -> Option<Self> {
        Some(Self {
            dict: self.dict.get::<Dict<'a>>("Next")?,
            depth: self.depth,
            above: self.above,
            before: self.dict.obj_id(),
        })
    }

    fn hangs_together(&self) -> bool {
        let named = |key: &str| self.dict.get_ref(key).map(ObjectIdentifier::from);
        named("Parent") == self.above && named("Prev") == self.before
    }
}
