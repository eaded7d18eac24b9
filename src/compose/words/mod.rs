//! Interface words: what editions add to the author's words, in the piece's language.
//!
//! In the patterns `{series}`, `{number}`, `{role}` and `{names}` stand for what is filled in.

mod accessibility;
mod latin;
mod other_scripts;
mod site;

pub use site::SiteWords;

/// The interface words of one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The primary language subtag.
    pub language: &'static str,
    /// The label before the date, its punctuation and space included.
    pub date: &'static str,
    /// The pattern of a series with a number.
    pub(super) number: &'static str,
    /// The heading of the contents.
    pub contents: &'static str,
    /// The name of the introduction in the contents.
    pub introduction: &'static str,
    /// The heading of the footnotes.
    pub notes: &'static str,
    /// The pattern of a page's name.
    page: &'static str,
    /// The name of the cover in the contents.
    pub cover: &'static str,
    /// The name of the title page in the contents.
    pub title_page: &'static str,
    /// The heading of the biographies.
    pub biographies: &'static str,
    /// The heading of the disclaimer.
    pub disclaimer: &'static str,
    /// The heading of the rights.
    pub rights: &'static str,
    /// The heading of the citation.
    pub citation: &'static str,
    /// The label of a link from a note back to the text.
    pub back: &'static str,
    /// The pattern of a line that names those with one role.
    label: &'static str,
    /// The names of roles by MARC relator code, for one and for several.
    roles: &'static [(&'static str, &'static str, &'static str)],
}

impl Words {
    /// The words of a language by its primary subtag.
    #[must_use]
    pub fn of(primary: &str) -> Option<&'static Self> {
        latin::WORDS
            .iter()
            .chain(other_scripts::WORDS)
            .find(|words| words.language == primary)
    }

    /// The English words, for languages that have none here.
    #[must_use]
    pub fn english() -> &'static Self {
        &latin::WORDS[0]
    }

    /// The name of a page, for example `Page 3`.
    #[must_use]
    pub fn page(&self, label: &str) -> String {
        self.page.replace("{number}", label)
    }

    /// The description of a drawn cover from the words that stand on it.
    #[must_use]
    pub fn cover_description(&self, words: &str) -> String {
        self.label
            .replace("{role}", self.cover)
            .replace("{names}", words)
    }

    /// The parts of a line that names those with a role, before the names and after them.
    pub(super) fn role_line(&self, code: &str, several: bool) -> (String, &'static str) {
        let contributor = self
            .roles
            .last()
            .expect("every language names the contributor");
        let (_, one, many) = self
            .roles
            .iter()
            .find(|(known, ..)| *known == code)
            .unwrap_or(contributor);
        let (before, after) = self.label.split_once("{names}").unwrap_or((self.label, ""));
        (
            before.replace("{role}", if several { many } else { one }),
            after,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_names_the_same_roles_and_fills_every_pattern() {
        let codes = |words: &Words| words.roles.iter().map(|role| role.0).collect::<Vec<_>>();
        for words in latin::WORDS.iter().chain(other_scripts::WORDS) {
            assert_eq!(codes(words), codes(Words::english()), "{}", words.language);
            assert!(
                words.number.contains("{series}") && words.number.contains("{number}"),
                "{}",
                words.language
            );
            assert!(words.page.contains("{number}"), "{}", words.language);
            assert!(
                words.label.contains("{role}") && words.label.ends_with("{names}"),
                "{}",
                words.language
            );
            assert_eq!(Words::of(words.language), Some(words));
        }
        assert_eq!(Words::english().language, "en");
    }
}
