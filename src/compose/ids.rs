//! What names the parts of a composition, and the levels of its headings.

use std::fmt;

/// Names a text of the composition; ascending in reading order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextId(pub u32);

/// Names a block of the composition; ascending in reading order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlockId(pub u32);

impl BlockId {
    /// The cover, where an edition shows it as a page of its own; no block of a piece has this id.
    pub const COVER: Self = Self(u32::MAX);
}

/// Names an item of a list; ascending in reading order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId(pub u32);

/// Names an image of the composition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ImageId(pub u32);

/// Names a footnote: an index into [`Composition::notes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoteId(pub u32);

/// A place that links can lead to: ASCII letters, digits and underscores, a letter first, at most 40 characters,
/// unique in the piece (a bookmark's name in Word, an `id` in XHTML, a named destination in PDF).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Anchor(pub(super) String);

impl Anchor {
    /// The anchor's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Anchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The level of a heading: 1 for the title, 2 for contributors, 3 and 4 inside statements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Level(pub(super) u8);

impl Level {
    /// The level as a number, 1 to 4.
    #[must_use]
    pub fn number(self) -> u8 {
        self.0
    }
}
