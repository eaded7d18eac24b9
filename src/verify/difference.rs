//! A difference, and what it is about.

use std::fmt;

/// So many differences of an edition are told; the rest is counted.
pub(super) const MOST: usize = 20;

/// What a difference is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Words.
    Words,
    /// A heading, its level or its order.
    Heading,
    /// A list.
    List,
    /// A table's cells.
    Table,
    /// A paragraph of another kind.
    Block,
    /// Emphasis, strength, raised or lowered text.
    Look,
    /// The language of a stretch of text.
    Language,
    /// Where a link leads.
    Link,
    /// What the file says of itself.
    Metadata,
    /// Tags are missing altogether.
    Tags,
    /// Text that is said and not seen, or seen and not said.
    Sight,
    /// A picture.
    Picture,
    /// Where pages begin.
    Pages,
    /// The file breaks a rule of its format.
    Soundness,
}

/// A difference between a source and an edition, or between two editions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What it is about.
    pub kind: Kind,
    /// Where in the file.
    pub place: String,
    /// What is there and what should be.
    pub message: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

/// A text as it is quoted in a message: its beginning.
pub(super) fn quoted(text: &str) -> String {
    const SHOWN: usize = 60;
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("“{}…”", &text[..end]),
        None => format!("“{text}”"),
    }
}
