//! The files that a run can make of a piece: the editions of the format table, and the cover.

use crate::compose::Composition;
use crate::editions::{Format, Options};
use crate::piece::Slug;
use crate::piece::diagnostic::Diagnostic;
use crate::typeset::Layout;

/// A kind of file made of a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Output {
    /// An edition.
    Edition(&'static Format),
    /// The cover as an image of its own.
    Cover,
}

impl Output {
    /// Its name in records and reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Edition(format) => format.name,
            Self::Cover => "cover",
        }
    }

    /// The name of its file.
    #[must_use]
    pub fn file_name(self, slug: &Slug) -> String {
        match self {
            Self::Edition(format) => format!("{slug}.{}", format.extension),
            Self::Cover => format!("{slug}.cover.png"),
        }
    }

    /// Whether it is made from the pages.
    pub(super) fn is_paged(self) -> bool {
        matches!(self, Self::Edition(format) if format.paged)
    }

    /// Makes its bytes.
    pub(super) fn write(
        self,
        composition: &Composition,
        layout: Option<&Layout>,
        options: &Options,
    ) -> Result<Vec<u8>, Diagnostic> {
        let failed = |reason: String| Diagnostic::error("edition", reason);
        match self {
            Self::Edition(format) => (format.write)(composition, layout, options)
                .map_err(|error| failed(error.to_string())),
            Self::Cover => Err(failed("covers cannot be drawn yet".to_owned())),
        }
    }
}
