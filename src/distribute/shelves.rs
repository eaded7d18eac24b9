//! Shelves: the pieces of a contributor, on a topic, of a year.
//!
//! What a shelf is called in addresses follows from what it holds alone, so that no address moves when a piece is added: a topic
//! has that of its words, and who is one person is decided in `people`.

use std::collections::BTreeMap;

use serde::Serialize;

use super::fold::order_key;
use super::list_names::shelf_slug;
use super::people::People;
use super::publication::Publication;
use crate::compose::Person;
use crate::piece::{Address, Orcid, Ror};

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
    /// By what it stands among the others.
    pub(super) order: String,
    /// Where somebody is on the web.
    pub(super) links: Vec<WebLink>,
    /// Its pieces.
    pub(super) pieces: Vec<&'a Publication>,
}

/// A place of somebody on the web.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct WebLink {
    /// What it is called.
    pub(super) name: String,
    /// Its address.
    pub(super) href: String,
}

/// The places of somebody on the web.
pub(super) fn links(person: &Person) -> Vec<WebLink> {
    let links = [
        (Some("ORCID"), person.orcid.as_ref().map(Orcid::address)),
        (Some("ROR"), person.ror.as_ref().map(Ror::address)),
        (None, person.url.clone()),
    ];
    let links = links.into_iter().filter_map(|(name, href)| {
        let href = href.filter(Address::is_web)?;
        let href = href.as_str();
        let plain = || {
            let (_, rest) = href.split_once("://").unwrap_or(("", href));
            rest.trim_end_matches('/')
        };
        Some(WebLink {
            name: name.unwrap_or_else(plain).to_owned(),
            href: href.to_owned(),
        })
    });
    links.collect()
}

/// The shelves of a kind, by their names; years from the latest.
pub(super) fn shelves<'a>(
    kind: ShelfKind,
    pieces: &[&'a Publication],
    people: &People,
) -> Vec<Shelf<'a>> {
    let mut shelves: BTreeMap<String, Shelf<'a>> = BTreeMap::new();
    for piece in pieces {
        for (index, (name, slug)) in named(kind, piece, people).into_iter().enumerate() {
            let shelf = shelves.entry(slug.clone()).or_insert_with(|| Shelf {
                order: String::new(),
                name,
                slug,
                links: match kind {
                    ShelfKind::Person => links(&piece.record.people[index]),
                    ShelfKind::Topic | ShelfKind::Year => Vec::new(),
                },
                pieces: Vec::new(),
            });
            if shelf.order.is_empty() && kind == ShelfKind::Person {
                shelf.order = filed(piece, index).unwrap_or_default();
            }
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
    for shelf in shelves.iter_mut().filter(|shelf| shelf.order.is_empty()) {
        shelf.order = order_key(&shelf.name);
    }
    match kind {
        ShelfKind::Year => shelves.sort_by(|a, b| b.slug.cmp(&a.slug)),
        _ => shelves.sort_by_cached_key(|shelf| (shelf.order.clone(), shelf.slug.clone())),
    }
    shelves
}

/// By what somebody is filed: the sorted name, or the family name where it is known.
fn filed(piece: &Publication, index: usize) -> Option<String> {
    let person = &piece.record.people[index];
    let parts = || Some(person.parts(&piece.record.language)?.listed());
    let name = person.sort_name.clone().or_else(parts)?;
    Some(order_key(&name))
}

/// The shelves that a piece stands on: their names, and the paths of their pages.
pub(super) fn places(
    kind: ShelfKind,
    piece: &Publication,
    people: &People,
) -> Vec<(String, String)> {
    let shelves = named(kind, piece, people).into_iter();
    let shelves = shelves.map(|(name, slug)| (name, format!("{}{slug}.html", kind.folder())));
    shelves.collect()
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
