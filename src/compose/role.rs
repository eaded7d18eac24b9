//! Roles: what a block of text is to those who read it, in a composition, in an edition and in a foreign file alike.

/// What a block of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A heading of this level, 1 to 6.
    Heading(u8),
    /// A paragraph, or anything else of running text.
    Paragraph,
    /// A paragraph of a quotation.
    Quote,
    /// A quotation that is shown again for the eye.
    Pull,
    /// A cell of a table; rows and columns count from 0.
    Cell {
        /// What it heads.
        head: Head,
        /// Its row.
        row: usize,
        /// Its column.
        column: usize,
    },
    /// What an image says to those who do not see it.
    Alternative,
    /// A note.
    Note,
}

/// What a cell of a table heads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Head {
    /// Nothing: it holds a value.
    None,
    /// Its column.
    Column,
    /// Its row.
    Row,
}
