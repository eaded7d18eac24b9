//! The editions: one table of formats, and a writer for each.
//!
//! A writer is a pure function of composition, layout and options: no clock, file, environment, randomness or thread.

mod css;
pub mod docx;
pub mod epub;
mod faces;
pub mod html;
pub(crate) mod markup;
pub mod package;
pub mod pdf;
pub(crate) mod terms;
pub(crate) mod xhtml;

use std::fmt;

use crate::compose::Composition;
use crate::measure::Frame;
use crate::theme::{Furniture, PageSize, Theme};
use crate::typeset::{Layout, PageList};

/// What every writer is told besides the piece.
#[derive(Debug, Clone)]
pub struct Options {
    /// The theme.
    pub theme: Theme,
    /// The size of paper.
    pub page_size: PageSize,
}

impl Options {
    /// The same for a review edition: its mark stands above every page, the first one too.
    #[must_use]
    pub fn for_review(&self, mark: &str) -> Self {
        let mut options = self.clone();
        let page = &mut options.theme.page;
        page.head = Furniture::of_words(mark);
        page.first_head = Furniture::of_words(mark);
        options
    }

    /// The frame that shares of the measure are shares of.
    #[must_use]
    pub fn frame(&self) -> Frame {
        Frame::new(&self.theme, self.page_size)
    }
}

/// Why an edition could not be written.
#[derive(Debug, thiserror::Error)]
pub enum EditionError {
    /// A library beneath the writer refused.
    #[error("the {format} edition could not be written: {reason}")]
    Writer {
        /// The format.
        format: &'static str,
        /// What the library said.
        reason: String,
    },
}

/// The bytes of an edition.
pub type Written = Result<Vec<u8>, EditionError>;

/// A writer: a piece and options to the bytes of a file.
#[derive(Debug, Clone, Copy)]
pub enum Writer {
    /// Shows the pages as they were set, and nothing without them.
    Paged(fn(&Composition, &Layout, &Options) -> Written),
    /// Lets its readers' programs break the lines, and may tell where the pages of the paper edition begin.
    Reflowable(fn(&Composition, Option<&PageList>, &Options) -> Written),
}

/// A format: a row of [`FORMATS`].
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// The name of its review edition in records and reports.
    pub review: &'static str,
    /// The extension of its files.
    pub extension: &'static str,
    /// Its media type.
    pub media_type: &'static str,
    /// Whether it is made where no format is named.
    pub standard: bool,
    /// Its writer.
    pub writer: Writer,
    /// Whether a reflowable edition tells where the pages of the paper edition begin.
    pub lists_pages: bool,
}

/// Every format. File names, progress, feeds and pages read this table.
pub static FORMATS: &[Format] = &[
    Format {
        name: "pdf",
        review: "pdf.review",
        extension: "pdf",
        media_type: "application/pdf",
        standard: true,
        writer: Writer::Paged(pdf::write),
        lists_pages: false,
    },
    Format {
        name: "docx",
        review: "docx.review",
        extension: "docx",
        media_type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        standard: true,
        writer: Writer::Reflowable(docx::write),
        lists_pages: false,
    },
    Format {
        name: "epub",
        review: "epub.review",
        extension: "epub",
        media_type: "application/epub+zip",
        standard: true,
        writer: Writer::Reflowable(epub::write),
        lists_pages: true,
    },
    Format {
        name: "html",
        review: "html.review",
        extension: "html",
        media_type: "text/html; charset=utf-8",
        standard: false,
        writer: Writer::Reflowable(html::write),
        lists_pages: false,
    },
];

impl Format {
    /// The format of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.name == name)
    }

    /// Whether its editions are pages.
    #[must_use]
    pub fn is_paged(&self) -> bool {
        matches!(self.writer, Writer::Paged(_))
    }
}

impl fmt::Debug for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Format {}
