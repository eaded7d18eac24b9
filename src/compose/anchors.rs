//! Anchors: names for the places that links lead to.

use std::collections::BTreeMap;

use crate::piece::ascii_words;

use super::Anchor;

/// The longest anchor: Word's limit for a bookmark.
const MAX: usize = 40;
/// What a number behind an anchor may need, `_` included.
const TAIL: usize = 8;

/// Gives out anchors, none twice.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    /// How often each anchor was asked for; an entry is a name that is taken.
    taken: BTreeMap<String, u32>,
}

impl Anchors {
    /// An anchor made of the words of a text, or of `otherwise` where it has none in ASCII.
    pub(super) fn of_words(&mut self, text: &str, otherwise: &str) -> Anchor {
        let words = ascii_words(text, MAX - TAIL).replace('-', "_");
        match words.chars().next() {
            None => self.named(otherwise),
            Some('a'..='z') => self.named(&words),
            Some(_) => self.named(&format!(
                "s_{}",
                words.get(..MAX - TAIL - 2).unwrap_or(&words)
            )),
        }
    }

    /// This anchor, with a number where it is taken. `name` starts with a letter and has at most `MAX - TAIL` bytes.
    pub(super) fn named(&mut self, name: &str) -> Anchor {
        let mut candidate = name.to_owned();
        while let Some(times) = self.taken.get_mut(&candidate) {
            *times += 1;
            candidate = format!("{name}_{times}");
            if !self.taken.contains_key(&candidate) {
                break;
            }
            candidate = name.to_owned();
        }
        self.taken.insert(candidate.clone(), 1);
        debug_assert!(candidate.len() <= MAX);
        Anchor(candidate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_are_unique_and_start_with_a_letter() {
        let mut anchors = Anchors::default();
        let mut from = |text| anchors.of_words(text, "contributor_1").to_string();
        assert_eq!(from("Amina Khan"), "amina_khan");
        assert_eq!(from("Amina Khan"), "amina_khan_2");
        assert_eq!(from("Amina Khan 2"), "amina_khan_2_2");
        assert_eq!(from("Amina Khan"), "amina_khan_3");
        assert_eq!(from("2025 in review"), "s_2025_in_review");
        assert_eq!(from("امینہ خان"), "contributor_1");
        assert_eq!(from("李明"), "contributor_1_2");
    }

    #[test]
    fn a_long_name_leaves_room_for_a_number() {
        let mut anchors = Anchors::default();
        for _ in 0..1_000 {
            assert!(anchors.of_words(&"9".repeat(100), "x").as_str().len() <= MAX);
        }
    }
}
