//! What a theme asks for above and below the text of pages.

/// What themes put into running heads and feet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Heads {
    /// Lines of the first page, each with what stands for numbers of pages.
    pub(super) first: Vec<String>,
    /// Those of all others.
    pub(super) others: Vec<String>,
}
