//! What lists are called in addresses: a name follows from what the list holds alone.

use crate::digest::Sha256;
use crate::piece::{Slug, series_key};

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
    series_key(text)
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
