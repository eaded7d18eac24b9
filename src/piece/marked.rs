//! Text in which inline markup is read.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Inline, Mark};

/// A text with inline markup, as the author wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Marked(#[schemars(length(min = 1))] String);

impl Marked {
    /// Wraps a text as it was written.
    #[must_use]
    pub fn new(source: impl Into<String>) -> Self {
        Self(source.into())
    }

    /// The text as it was written, markup included.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.0
    }

    /// Reads the markup: the elements, and the marks that name something (links, languages, notes) or that look like markup and
    /// stay text, in the order of the elements that they made.
    #[must_use]
    pub fn read(&self) -> (Vec<Inline>, Vec<Mark>) {
        super::inline::parse(&self.0)
    }

    /// The bytes of the words in the text as it was written, in order; together they are [`Self::plain`], line ends apart.
    #[must_use]
    pub(crate) fn words_at(&self) -> Vec<std::ops::Range<usize>> {
        super::inline::words_at(&self.0)
    }

    /// The words alone: markup and the marks of notes left out.
    #[must_use]
    pub fn plain(&self) -> String {
        super::inline::plain(&self.read().0)
    }
}
