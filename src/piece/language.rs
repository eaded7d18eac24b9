//! Language tags and what follows from them.

use std::fmt;

use icu_locale::{Direction as IcuDirection, Locale, LocaleDirectionality, LocaleExpander};
use serde::{Deserialize, Serialize};

/// A well-formed BCP 47 language tag in its canonical case, for example `en-GB`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LanguageTag(String);

/// The direction in which a script runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Direction {
    /// Left to right.
    #[serde(rename = "ltr")]
    LeftToRight,
    /// Right to left.
    #[serde(rename = "rtl")]
    RightToLeft,
}

impl Direction {
    /// The direction of a text's first strong letter, isolates left out (UAX 9, P2); none where it has no such letter.
    #[must_use]
    pub fn of_letters(text: &str) -> Option<Self> {
        match unicode_bidi::get_base_direction_full(text) {
            unicode_bidi::Direction::Ltr => Some(Self::LeftToRight),
            unicode_bidi::Direction::Rtl => Some(Self::RightToLeft),
            unicode_bidi::Direction::Mixed => None,
        }
    }

    /// That of a character that has one of its own (UAX 9, classes L, R and AL).
    #[must_use]
    pub fn of(c: char) -> Option<Self> {
        use unicode_bidi::BidiClass::{AL, L, R};
        match unicode_bidi::bidi_class(c) {
            L => Some(Self::LeftToRight),
            R | AL => Some(Self::RightToLeft),
            _ => None,
        }
    }

    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::LeftToRight => Self::RightToLeft,
            Self::RightToLeft => Self::LeftToRight,
        }
    }
}

/// A text that is no language tag.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a language tag such as `en-GB` or `ur`")]
pub struct LanguageError {
    /// What was written.
    pub text: String,
}

impl LanguageTag {
    /// Reads a tag (BCP 47, RFC 5646, 2.1).
    ///
    /// # Errors
    /// [`LanguageError`] when the text is not well-formed, or names no language (`und`).
    pub fn parse(text: &str) -> Result<Self, LanguageError> {
        match Locale::try_from_str(text) {
            Ok(locale) if !locale.id.language.is_unknown() => Ok(Self(locale.to_string())),
            _ => Err(LanguageError {
                text: text.to_owned(),
            }),
        }
    }

    /// The tag.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The primary language subtag, for example `en`.
    #[must_use]
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }

    /// The tag as `icu` knows it.
    ///
    /// # Panics
    /// Never: only tags that `icu` has read are constructed.
    #[must_use]
    pub fn to_locale(&self) -> Locale {
        Locale::try_from_str(&self.0).expect("a LanguageTag was read by icu")
    }

    /// The script subtag, given or likely, for example `Latn`.
    #[must_use]
    pub fn script(&self) -> String {
        let mut locale = self.to_locale();
        LocaleExpander::new_extended().maximize(&mut locale.id);
        locale
            .id
            .script
            .map_or_else(|| "Latn".to_owned(), |script| script.to_string())
    }

    /// The direction of the language's script, likely script included.
    #[must_use]
    pub fn direction(&self) -> Direction {
        let directionality = LocaleDirectionality::new_extended();
        match directionality.get(&self.to_locale().id) {
            Some(IcuDirection::RightToLeft) => Direction::RightToLeft,
            _ => Direction::LeftToRight,
        }
    }
}

impl fmt::Display for LanguageTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for LanguageTag {
    type Error = LanguageError;

    fn try_from(text: String) -> Result<Self, LanguageError> {
        Self::parse(&text)
    }
}

impl From<LanguageTag> for String {
    fn from(tag: LanguageTag) -> Self {
        tag.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn direction_comes_with_the_language() {
        for (tag, direction) in [
            ("en-GB", Direction::LeftToRight),
            ("ur", Direction::RightToLeft),
            ("ar-EG", Direction::RightToLeft),
            ("az-Arab", Direction::RightToLeft),
            ("ps", Direction::RightToLeft),
            ("zh-Hant", Direction::LeftToRight),
        ] {
            assert_eq!(
                LanguageTag::parse(tag).map(|t| t.direction()),
                Ok(direction),
                "{tag}"
            );
        }
    }

    #[test]
    fn the_first_strong_letter_decides_the_direction_of_a_text() {
        for (text, direction) in [
            ("آمنہ خان", Some(Direction::RightToLeft)),
            ("12 (A) אב", Some(Direction::LeftToRight)),
            ("1,200 %", None),
            ("", None),
        ] {
            assert_eq!(Direction::of_letters(text), direction, "{text}");
        }
    }

    #[test]
    fn case_is_made_canonical_and_nonsense_refused() {
        assert_eq!(
            LanguageTag::parse("EN-gb").map(|t| t.to_string()),
            Ok("en-GB".to_owned())
        );
        for text in ["", "english language", "e", "und", "en_GB ", "123"] {
            assert!(LanguageTag::parse(text).is_err(), "{text}");
        }
    }
}
