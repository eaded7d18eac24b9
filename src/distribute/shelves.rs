//! Shelves: the pieces of a contributor, on a topic, of a year.
//!
//! What a shelf is called in addresses follows from what it holds alone, so that no address moves when a piece is added: a topic
//! has that of its words, and who is one person is decided in `people`.

use std::collections::BTreeMap;

use super::list_names::{folded, shelf_slug};
use super::people::People;
use super::publication::Publication;

/// What pieces are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ShelfKind {
    /// Who had a part in them.
    Person,
    /// What they are about.
    Topic,
    /// When they were published.
    Year,
}

impl ShelfKind {
    /// Every kind, in the order of the navigation.
    pub(super) const ALL: [Self; 3] = [Self::Person, Self::Topic, Self::Year];

    /// The folder of their pages.
    pub(super) fn folder(self) -> &'static str {
        match self {
            Self::Person => "people/",
            Self::Topic => "topics/",
            Self::Year => "years/",
        }
    }
}

/// Pieces that have something in common, the newest first.
#[derive(Debug, Clone)]
pub(super) struct Shelf<'a> {
    /// Its name, as the newest piece spells it.
    pub(super) name: String,
    /// Its name in addresses.
    pub(super) slug: String,
    /// Its pieces.
    pub(super) pieces: Vec<&'a Publication>,
}

/// The shelves of a kind, by their names; years from the latest.
pub(super) fn shelves<'a>(
    kind: ShelfKind,
    pieces: &[&'a Publication],
    people: &People,
) -> Vec<Shelf<'a>> {
    let mut shelves: BTreeMap<String, Shelf<'a>> = BTreeMap::new();
    for piece in pieces {
        for (name, slug) in named(kind, piece, people) {
            let shelf = shelves.entry(slug.clone()).or_insert_with(|| Shelf {
                name,
                slug,
                pieces: Vec::new(),
            });
            // Somebody may have several parts in one piece.
            if shelf
                .pieces
                .last()
                .is_none_or(|last| !std::ptr::eq(*last, *piece))
            {
                shelf.pieces.push(piece);
            }
        }
    }
    let mut shelves: Vec<Shelf<'a>> = shelves.into_values().collect();
    match kind {
        ShelfKind::Year => shelves.sort_by(|a, b| b.slug.cmp(&a.slug)),
        _ => shelves.sort_by_cached_key(|shelf| (folded(&shelf.name), shelf.slug.clone())),
    }
    shelves
}

/// The shelves that a piece stands on: what each is called, and in addresses.
fn named(kind: ShelfKind, piece: &Publication, people: &People) -> Vec<(String, String)> {
    let record = &piece.record;
    match kind {
        ShelfKind::Person => {
            let persons = record.people.iter();
            persons
                .map(|person| (person.name.clone(), people.slug(person)))
                .collect()
        }
        ShelfKind::Topic => {
            let topics = record.topics().into_iter();
            topics
                .map(|topic| (topic.to_owned(), shelf_slug(topic)))
                .collect()
        }
        ShelfKind::Year => {
            let year = format!("{:04}", record.date.year());
            vec![(year.clone(), year)]
        }
    }
}
