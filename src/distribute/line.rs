//! Lines that lists show of a piece: words, some of them in another language than the piece.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::compose::{Foreign, Span};
use crate::piece::Direction;

/// A line of words. The manifest has it as a text where all of it is in the piece's language, as nearly all lines are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Line {
    /// In the piece's language.
    Plain(String),
    /// In several.
    Mixed(Vec<Part>),
}

/// A part of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Part {
    text: String,
    /// Its language, where that is not the piece's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    /// The direction of that language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    direction: Option<Direction>,
}

impl Default for Line {
    fn default() -> Self {
        Self::Plain(String::new())
    }
}

impl Line {
    /// Words of a composed text, without their looks and where they lead.
    pub(super) fn of<'a>(words: impl IntoIterator<Item = &'a Span>) -> Self {
        let mut line = Self::default();
        for span in words {
            line.add(&span.text, span.language.as_ref());
        }
        line
    }

    /// Adds words of the piece's language.
    pub(super) fn push(&mut self, text: &str) {
        self.add(text, None);
    }

    /// Adds words, which may be of another language.
    fn add(&mut self, text: &str, foreign: Option<&Foreign>) {
        self.add_part(Part {
            text: text.to_owned(),
            language: foreign.map(|foreign| foreign.tag.as_str().to_owned()),
            direction: foreign.map(|foreign| foreign.direction),
        });
    }

    /// Adds the words of another line.
    pub(super) fn append(&mut self, other: &Self) {
        match other {
            Self::Plain(text) => self.push(text),
            Self::Mixed(parts) => parts.iter().for_each(|part| self.add_part(part.clone())),
        }
    }

    fn add_part(&mut self, part: Part) {
        match self {
            _ if part.text.is_empty() => {}
            Self::Plain(text) if part.language.is_none() => text.push_str(&part.text),
            Self::Plain(text) => {
                let own = Part {
                    text: std::mem::take(text),
                    language: None,
                    direction: None,
                };
                let parts = [own, part].into_iter();
                *self = Self::Mixed(parts.filter(|part| !part.text.is_empty()).collect());
            }
            Self::Mixed(parts) => match parts.last_mut() {
                Some(last) if last.language == part.language => last.text.push_str(&part.text),
                _ => parts.push(part),
            },
        }
    }

    /// Its words.
    pub(super) fn plain(&self) -> Cow<'_, str> {
        match self {
            Self::Plain(text) => Cow::Borrowed(text),
            Self::Mixed(parts) => parts.iter().map(|part| part.text.as_str()).collect(),
        }
    }

    /// The words of several, as one text.
    pub(super) fn joined(lines: &[Self]) -> String {
        let lines: Vec<Cow<'_, str>> = lines.iter().map(Self::plain).collect();
        lines.join("; ")
    }
}
