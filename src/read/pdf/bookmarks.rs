//! Bookmarks (ISO 32000-1, 12.3.3).

use std::collections::HashSet;

use hayro_syntax::object::{Array, Dict, Object, ObjectIdentifier};

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
        if !is_new {
            faults.add("the bookmarks", "one of them stands behind itself");
        }
        if !is_new || found.len() >= MOST {
            continue;
        }
        if let Some(zoomed) = zoomed(&item.dict) {
            faults.add("the bookmarks", zoomed);
        }
        let title = item.dict.get("Title").map(|title| strings::text(&title));
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

/// A bookmark shows its place as the reader has it: no other size and no other side (ISO 32000-1, table 151).
fn zoomed(item: &Dict<'_>) -> Option<String> {
    let place = item.get::<Array<'_>>("Dest")?;
    let other = place.iter::<Object<'_>>().enumerate();
    let mut other = other.filter(|(index, part)| {
        let number = part.clone().into_number();
        matches!(index, 2 | 4) && number.is_some_and(|number| number.as_f64() != 0.0)
    });
    other
        .next()
        .map(|_| "one of them leads to its place in another size".to_owned())
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
