//! Lines that lists show of a piece: words, some of them in another language than the piece.

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
    /// The words of a composed text, without its looks and where it leads.
    pub(super) fn of(spans: &[Span]) -> Self {
        let mut line = Self::default();
        for span in spans.iter().filter(|span| !span.is_mark()) {
            line.add(&span.text, span.language.as_ref());
        }
        line
    }

    /// Adds words of the piece's language.
    pub(super) fn push(&mut self, text: &str) {
        self.add(text, None);
    }

    /// Adds words, which may be of another language.
    pub(super) fn add(&mut self, text: &str, foreign: Option<&Foreign>) {
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
    pub(super) fn plain(&self) -> String {
        match self {
            Self::Plain(text) => text.clone(),
            Self::Mixed(parts) => parts.iter().map(|part| part.text.as_str()).collect(),
        }
    }
}
