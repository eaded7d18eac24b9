//! Slugs: the names of files and addresses.

use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// A name safe as a file name on every system and in an address: `a-z`, `0-9` and single inner hyphens, 1 to 80 bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

/// Why a text is no slug.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SlugError {
    /// Nothing written.
    #[error("the slug is empty")]
    Empty,
    /// Longer than [`Slug::MAX`] bytes.
    #[error("the slug has {length} characters; {max} are allowed", max = Slug::MAX)]
    TooLong {
        /// Its length in characters.
        length: usize,
    },
    /// A character that not every system takes.
    #[error(
        "the slug holds {character:?}; only a to z, 0 to 9 and hyphens between them are allowed"
    )]
    Character {
        /// The first such character.
        character: char,
    },
    /// A hyphen at an end, or two together.
    #[error("the slug has a hyphen at an end or two together")]
    Hyphen,
    /// None is written and the title has no Latin letter or digit to make one of.
    #[error("the title gives no file name; write a `slug` of a to z, 0 to 9 and hyphens")]
    NoneFromTitle,
    /// A device name of Windows.
    #[error("`{name}` is a reserved name on Windows")]
    Reserved {
        /// The name.
        name: String,
    },
}

impl Slug {
    /// The longest slug, in bytes.
    pub const MAX: usize = 80;

    /// Reads a slug.
    ///
    /// # Errors
    /// [`SlugError`] names the first reason against it.
    pub fn parse(text: &str) -> Result<Self, SlugError> {
        if text.is_empty() {
            return Err(SlugError::Empty);
        }
        if let Some(character) = text
            .chars()
            .find(|c| !matches!(c, 'a'..='z' | '0'..='9' | '-'))
        {
            return Err(SlugError::Character { character });
        }
        if text.len() > Self::MAX {
            return Err(SlugError::TooLong { length: text.len() });
        }
        if text.starts_with('-') || text.ends_with('-') || text.contains("--") {
            return Err(SlugError::Hyphen);
        }
        if is_reserved(text) {
            return Err(SlugError::Reserved {
                name: text.to_owned(),
            });
        }
        Ok(Self(text.to_owned()))
    }

    /// Derives a slug from a title: letters without their marks, other runs as one hyphen, whole words up to the limit.
    /// A title without a Latin letter or digit gives none.
    #[must_use]
    pub fn derive(title: &str) -> Option<Self> {
        Self::parse(&ascii_words(title, Self::MAX)).ok()
    }

    /// The slug.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Slug {
    type Error = SlugError;

    fn try_from(text: String) -> Result<Self, SlugError> {
        Self::parse(&text)
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> Self {
        slug.0
    }
}

/// The ASCII letters and digits of a text in lower case, its other runs as single hyphens, cut at a word to `limit` bytes.
pub(crate) fn ascii_words(text: &str, limit: usize) -> String {
    let mut words: Vec<String> = vec![String::new()];
    for c in text
        .nfkd()
        .filter(|c| !is_combining_mark(*c) && !matches!(c, '\'' | '’' | 'ʼ'))
    {
        let plain = match c {
            'ß' => "ss",
            'æ' | 'Æ' => "ae",
            'ø' | 'Ø' => "o",
            'œ' | 'Œ' => "oe",
            'đ' | 'Đ' | 'ð' | 'Ð' => "d",
            'ł' | 'Ł' => "l",
            'ı' => "i",
            'þ' | 'Þ' => "th",
            c if c.is_ascii_alphanumeric() => {
                push(&mut words, c.to_ascii_lowercase());
                continue;
            }
            _ => {
                words.push(String::new());
                continue;
            }
        };
        plain.chars().for_each(|c| push(&mut words, c));
    }
    let mut out = String::new();
    for word in words.iter().filter(|word| !word.is_empty()) {
        if out.is_empty() {
            out.extend(word.chars().take(limit));
        } else if out.len() + 1 + word.len() <= limit {
            out.push('-');
            out.push_str(word);
        } else {
            break;
        }
    }
    out
}

fn push(words: &mut Vec<String>, c: char) {
    match words.last_mut() {
        Some(word) => word.push(c),
        None => words.push(c.to_string()),
    }
}

/// Device names that Windows takes for files of any extension.
fn is_reserved(name: &str) -> bool {
    matches!(name, "con" | "prn" | "aux" | "nul")
        || (name.len() == 4
            && (name.starts_with("com") || name.starts_with("lpt"))
            && name.ends_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_gives_whole_words() {
        let slug = |title| Slug::derive(title).map(|slug| slug.to_string());
        assert_eq!(
            slug("Istanbul on Standby: Will…?"),
            Some("istanbul-on-standby-will".to_owned())
        );
        assert_eq!(
            slug("Łódź’s Straße — Ça va"),
            Some("lodzs-strasse-ca-va".to_owned())
        );
        assert_eq!(slug("سوال"), None);
        let long = "word ".repeat(40);
        assert!(
            Slug::derive(&long)
                .is_some_and(|s| s.as_str().len() <= Slug::MAX && s.as_str().ends_with("word"))
        );
    }

    #[test]
    fn unsafe_names_are_refused_with_their_reason() {
        assert_eq!(
            Slug::parse("a/b"),
            Err(SlugError::Character { character: '/' })
        );
        assert_eq!(
            Slug::parse(".."),
            Err(SlugError::Character { character: '.' })
        );
        assert_eq!(
            Slug::parse("a\0"),
            Err(SlugError::Character { character: '\0' })
        );
        assert_eq!(
            Slug::parse("com1"),
            Err(SlugError::Reserved {
                name: "com1".to_owned()
            })
        );
        assert_eq!(
            Slug::parse(&"a".repeat(300)),
            Err(SlugError::TooLong { length: 300 })
        );
        assert_eq!(Slug::parse("a--b"), Err(SlugError::Hyphen));
    }
}
