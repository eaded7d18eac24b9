//! The library's front door: open a piece, make an edition of it.
//!
//! Everything here goes the way of the program (`pipeline`), and says what the program says.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use crate::compose::Composition;
use crate::diagnostic::{Diagnostic, SourceText, render};
use crate::editions::{FORMATS, Format, Options};
use crate::pipeline::{self, BuildRequest, Output, Proving};
use crate::project::{ProjectError, Projects};
use crate::theme::{PageSize, PdfStandard, Theme, ThemeError};

/// Opens a piece: reads its source and its images, checks and composes it.
///
/// The same as [`OpenOptions::new`] with [`OpenOptions::open`]: the classic theme on A4 paper.
///
/// # Errors
/// [`Error::Piece`] when an error was found; it holds everything that was found.
///
/// ```
/// let piece = flashpoint::open("source/flash-point.yaml")?;
/// let pdf = piece.edition("pdf")?;
/// assert!(pdf.starts_with(b"%PDF-"));
/// # Ok::<(), flashpoint::Error>(())
/// ```
pub fn open(path: impl AsRef<Path>) -> Result<Manuscript, Error> {
    OpenOptions::new().open(path)
}

/// What decides the look of a piece's editions and the time that they tell.
///
/// ```
/// use flashpoint::{OpenOptions, PageSize};
///
/// let piece = OpenOptions::new().page_size(PageSize::Letter).open("source/flash-point.yaml")?;
/// for finding in piece.findings() {
///     println!("{}", finding.message);
/// }
/// let files = ["docx", "epub"].map(|format| piece.edition(format));
/// assert!(files.iter().all(Result::is_ok));
/// # Ok::<(), flashpoint::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct OpenOptions {
    options: Options,
    pdf_standard: Option<PdfStandard>,
    epoch: Option<u64>,
    projects: Arc<Projects>,
}

impl Default for OpenOptions {
    fn default() -> Self {
        Self::new()
    }
}

impl OpenOptions {
    /// The classic theme, A4 paper, the time that the piece tells.
    #[must_use]
    pub fn new() -> Self {
        let options = Options {
            theme: Theme::classic(),
            page_size: PageSize::A4,
        };
        Self {
            options,
            pdf_standard: None,
            epoch: None,
            projects: Arc::new(Projects::none()),
        }
    }

    /// Another theme: the name of a shipped one, or the path of a YAML file.
    ///
    /// # Errors
    /// [`Error::Theme`] when there is none of this name, or the file is no theme.
    pub fn theme(mut self, name: &str) -> Result<Self, Error> {
        self.options.theme = Theme::load(name)?.theme;
        self.options.page_size = self.options.theme.page.size;
        Ok(self)
    }

    /// Other paper for the PDF edition than the theme's; said after the theme, which brings its own.
    #[must_use]
    pub fn page_size(mut self, page_size: PageSize) -> Self {
        self.options.page_size = page_size;
        self
    }

    /// Other standards for the PDF edition than those that the theme names.
    #[must_use]
    pub fn pdf_standard(mut self, standard: PdfStandard) -> Self {
        self.pdf_standard = Some(standard);
        self
    }

    /// The moment of the last change in seconds since 1970 began in UTC, in place of the one that the piece tells. The library
    /// never reads `SOURCE_DATE_EPOCH` by itself.
    #[must_use]
    pub fn epoch(mut self, seconds: u64) -> Self {
        self.epoch = Some(seconds);
        self
    }

    /// The file of a project, whose defaults and people are put into the piece. Without one a piece stands alone: the library
    /// looks for none.
    ///
    /// # Errors
    /// [`Error::Project`] when the file cannot be used.
    pub fn project(mut self, file: impl AsRef<Path>) -> Result<Self, Error> {
        self.projects = Arc::new(Projects::named(file.as_ref()).map_err(Box::new)?);
        Ok(self)
    }

    /// Opens a piece.
    ///
    /// # Errors
    /// [`Error::Piece`] when an error was found.
    pub fn open(self, path: impl AsRef<Path>) -> Result<Manuscript, Error> {
        let (build, composition) = pipeline::compose(
            path.as_ref(),
            None,
            &self.projects,
            self.epoch,
            false,
            &self.options.theme.house(),
        );
        let findings: Vec<_> = build.diagnostics().cloned().collect();
        let source = build.source;
        let mut options = self.options;
        if let Some(standard) = self.pdf_standard {
            options.theme.pdf_standard = standard;
        }
        match composition {
            Some(composition) => Ok(Manuscript {
                composition,
                options,
                source,
                findings,
            }),
            None => Err(Error::Piece {
                text: source,
                findings,
            }),
        }
    }
}

/// A piece that was opened and in which no error was found.
#[derive(Debug)]
pub struct Manuscript {
    composition: Composition,
    options: Options,
    source: SourceText,
    findings: Vec<Diagnostic>,
}

impl Manuscript {
    /// Makes an edition: the bytes of a file. `format` is a name of the table of formats: `pdf`, `docx`, `epub` or `html`.
    /// The same piece gives the same bytes, on any machine.
    ///
    /// # Errors
    /// [`Error::Format`] for a name that is not in the table; [`Error::Piece`] when this edition cannot be made.
    pub fn edition(&self, format: &str) -> Result<Vec<u8>, Error> {
        let format = Format::named(format).ok_or_else(|| Error::Format {
            name: format.to_owned(),
        })?;
        let request = BuildRequest {
            outputs: &[Output::Edition(format)],
            pages: false,
            options: &self.options,
            projects: &Projects::none(),
            epoch: None,
            deny_warnings: false,
            proving: Proving::Unasked,
        };
        let build = pipeline::write(&self.source, &self.composition, request);
        let findings = build.diagnostics().cloned().collect();
        let mut editions = build.editions.into_iter();
        let (_, bytes) = editions.next().ok_or_else(|| Error::Piece {
            text: self.source.clone(),
            findings,
        })?;
        Ok(bytes)
    }

    /// The name that the piece's files have, without an extension.
    #[must_use]
    pub fn slug(&self) -> &str {
        self.composition.record.slug.as_str()
    }

    /// What was found in the source that an editor should look at; no edition fails for it.
    #[must_use]
    pub fn findings(&self) -> &[Diagnostic] {
        &self.findings
    }

    /// A finding as text, with its place and the line of the source.
    #[must_use]
    pub fn explain(&self, finding: &Diagnostic) -> String {
        render::text(&self.source, finding, false)
    }
}

/// Why there is no edition. Shown, it says everything that was found, with the lines of the source.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Errors were found in the piece, or one of its editions cannot be made of it.
    #[error("{}", Findings(text, findings))]
    Piece {
        /// The source's text, for showing findings.
        #[doc(hidden)]
        text: SourceText,
        /// Everything that was found.
        findings: Vec<Diagnostic>,
    },
    /// The theme cannot be read.
    #[error(transparent)]
    Theme(#[from] Box<ThemeError>),
    /// The project's file cannot be used.
    #[error("{}", Findings(&.0.source_text, &.0.diagnostics))]
    Project(#[from] Box<ProjectError>),
    /// There is no format of this name.
    #[error("there is no format `{name}`; there are {}", names())]
    Format {
        /// The name asked for.
        name: String,
    },
}

/// Findings as they are shown.
struct Findings<'a>(&'a SourceText, &'a [Diagnostic]);

impl fmt::Display for Findings<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(source, findings) = self;
        let shown = findings
            .iter()
            .map(|found| render::text(source, found, false));
        f.write_str(shown.collect::<String>().trim_end())
    }
}

fn names() -> String {
    formats().collect::<Vec<_>>().join(", ")
}

/// The names of the formats of which [`Manuscript::edition`] makes editions.
pub fn formats() -> impl Iterator<Item = &'static str> {
    FORMATS.iter().map(|format| format.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn real() -> &'static str {
        concat!(env!("CARGO_MANIFEST_DIR"), "/source/flash-point.yaml")
    }

    #[test]
    fn every_format_has_its_edition_and_no_other_name_has_one() -> Result<(), Error> {
        let piece = open(real())?;
        assert_eq!(piece.slug(), "istanbul-on-standby");
        for format in formats() {
            let start: &[u8] = match format {
                "pdf" => b"%PDF-",
                "html" => b"<!DOCTYPE html>",
                _ => b"PK\x03\x04",
            };
            assert!(piece.edition(format)?.starts_with(start), "{format}");
        }
        let error = piece.edition("odt").expect_err("no such format");
        assert_eq!(
            error.to_string(),
            "there is no format `odt`; there are pdf, docx, epub, html"
        );
        Ok(())
    }

    #[test]
    fn the_paper_is_the_one_asked_for() -> Result<(), Error> {
        let letter = OpenOptions::new()
            .page_size(PageSize::Letter)
            .open(real())?;
        assert_ne!(letter.edition("pdf")?, open(real())?.edition("pdf")?);
        assert_eq!(open(real())?.edition("pdf")?, open(real())?.edition("pdf")?);
        Ok(())
    }

    #[test]
    fn a_refused_piece_says_everything_with_its_places() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("bad.yaml");
        let source = "series: A\ntitle: B\ndate: 2025-11-31\nlanguage: en\ncontributors:\n  - {name: C, role: zzz, statement: [D]}\n";
        std::fs::write(&path, source).expect("a file");
        let Err(error @ Error::Piece { .. }) = open(&path) else {
            panic!("the piece has two errors");
        };
        let said = error.to_string();
        for part in ["bad.yaml:3:", "2025-11-31", "bad.yaml:6:", "zzz"] {
            assert!(said.contains(part), "{part} of {said}");
        }
    }

    #[test]
    fn a_theme_that_is_nowhere_is_an_error() {
        let error = OpenOptions::new().theme("nowhere").map(|_| ());
        assert!(matches!(error, Err(Error::Theme(_))), "{error:?}");
    }
}
