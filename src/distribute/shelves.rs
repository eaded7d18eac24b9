//! Shelves: the pieces of a contributor, on a topic, of a year.
//!
//! What a shelf is called in addresses follows from what it holds alone, so that no address moves when a piece is added: a topic
//! has that of its words, and who is one person is decided in `people`.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::people::People;
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

/// The name of a text in addresses. A text that is more than the letters in it, such as `C++`, is told apart by its hash, and so is
/// one that pages of lists may be called by.
pub(super) fn shelf_slug(text: &str) -> String {
    let folded = folded(text);
    let hash = || Sha256::of(folded.as_bytes()).prefix(8);
    let is_free = |slug: &str| slug != "index" && !is_page_of_list(slug);
    match Slug::derive(&folded) {
        Some(slug) if slug.as_str().replace('-', " ") == folded && is_free(slug.as_str()) => {
            slug.to_string()
        }
        Some(slug) => format!("{slug}-{}", hash()),
        None => hash(),
    }
}

/// Whether a slug is such as the pages of long lists have.
pub(super) fn is_page_of_list(slug: &str) -> bool {
    let number = slug.rsplit_once("-page-").map(|(_, number)| number);
    number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// A text as it is compared: whatever its letters' case and the spaces between its words.
pub(super) fn folded(text: &str) -> String {
    let small = text.nfc().collect::<String>().to_lowercase();
    small.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::shelf_slug as slug;

    #[test]
    fn texts_that_differ_have_addresses_that_differ() {
        assert_eq!(slug("Amina  Khan"), "amina-khan");
        assert_eq!(slug("amina khan"), "amina-khan");
        for (one, other) in [
            ("C", "C++"),
            ("Müller", "Muller"),
            ("امینہ", "فہد"),
            ("index", "Index!"),
            ("news page 2", "News  page-2"),
        ] {
            assert_ne!(slug(one), slug(other), "{one}, {other}");
        }
        assert_ne!(slug("index"), "index");
        assert_ne!(slug("News page 2"), "news-page-2");
    }
}
