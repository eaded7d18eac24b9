//! Shelves: the pieces of a contributor, on a topic, of a year.
//!
//! What a shelf is called in addresses follows from what it holds alone, so that no address moves when a piece is added: a
//! person has that of the ORCID where there is one, else of the name, a topic that of its words.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::publication::Publication;
use crate::digest::Sha256;
use crate::piece::Slug;

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
pub(super) fn shelves<'a>(kind: ShelfKind, pieces: &[&'a Publication]) -> Vec<Shelf<'a>> {
    let mut shelves: BTreeMap<String, Shelf<'a>> = BTreeMap::new();
    for piece in pieces {
        for (name, slug) in named(kind, piece) {
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
fn named(kind: ShelfKind, piece: &Publication) -> Vec<(String, String)> {
    let record = &piece.record;
    match kind {
        ShelfKind::Person => {
            let people = record.people.iter();
            let person = people.map(|person| {
                let slug = match &person.orcid {
                    Some(orcid) => orcid.as_str().to_lowercase(),
                    None => slug(&person.name),
                };
                (person.name.clone(), slug)
            });
            person.collect()
        }
        ShelfKind::Topic => {
            let topics = record.topics().into_iter();
            topics
                .map(|topic| (topic.to_owned(), slug(topic)))
                .collect()
        }
        ShelfKind::Year => {
            let year = format!("{:04}", record.date.year());
            vec![(year.clone(), year)]
        }
    }
}

/// The name of a text in addresses. A text that is more than the letters in it, such as `C++`, is told apart by its hash.
fn slug(text: &str) -> String {
    let folded = folded(text);
    let hash = || Sha256::of(folded.as_bytes()).prefix(8);
    match Slug::derive(&folded) {
        Some(slug) if slug.as_str().replace('-', " ") == folded && slug.as_str() != "index" => {
            slug.to_string()
        }
        Some(slug) => format!("{slug}-{}", hash()),
        None => hash(),
    }
}

fn folded(text: &str) -> String {
    let small = text.nfc().collect::<String>().to_lowercase();
    small.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn texts_that_differ_have_addresses_that_differ() {
        assert_eq!(slug("Amina  Khan"), "amina-khan");
        assert_eq!(slug("amina khan"), "amina-khan");
        for (one, other) in [
            ("C", "C++"),
            ("Müller", "Muller"),
            ("امینہ", "فہد"),
            ("index", "Index!"),
        ] {
            assert_ne!(slug(one), slug(other), "{one}, {other}");
        }
        assert_ne!(slug("index"), "index");
    }
}
