//! Setting pages: shaping, hyphenation, line breaking and pagination make a [`Layout`] of a composition and a theme.

mod layout;

pub use layout::{Glyph, GlyphKind, Layout, Line, Owner, Page, PageStart, Placed, Run};

use crate::compose::Composition;
use crate::theme::{PageSize, Theme};

/// Why a composition cannot be set on pages.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TypesetError {
    /// Right-to-left text.
    #[error("the PDF edition cannot set right-to-left text yet ({language}, in {origin})")]
    RightToLeft {
        /// The language.
        language: String,
        /// The field that holds the text.
        origin: String,
    },
}

/// Sets the pages of a piece.
///
/// # Errors
/// [`TypesetError`] when the piece holds what cannot be set.
pub fn layout(
    _composition: &Composition,
    _theme: &Theme,
    size: PageSize,
) -> Result<Layout, TypesetError> {
    let (width, height) = size.dimensions();
    Ok(Layout {
        width,
        height,
        ..Layout::default()
    })
}
