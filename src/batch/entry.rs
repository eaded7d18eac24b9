//! What the record keeps of a piece, its editions and what was said of it.

use std::fs::Metadata;

use serde::{Deserialize, Serialize};

use super::line::line;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::digest::Sha256;
use crate::load::ImageFile;
use crate::piece::Life;
use crate::platform;
use crate::project::Inherits;

/// The fingerprint of this program: everything that it was built from.
pub(super) const PROGRAM: &str = env!("FLASHPOINT_BUILD");

/// What the record knows of a piece.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordedPiece {
    /// The slug.
    pub slug: String,
    /// The fingerprint of the program that built it.
    pub program: String,
    /// The SHA-256 of the source file.
    pub source: Sha256,
    /// The source's path from the output folder; none where it cannot be told.
    #[serde(default)]
    pub path: Option<String>,
    /// What the piece leaves to its project.
    #[serde(default)]
    pub inherits: Inherits,
    /// The hash of what the project gave.
    #[serde(default)]
    pub given: Option<Sha256>,
    /// The image files that the source names.
    pub images: Vec<ImageFile>,
    /// Whether and where the piece is published.
    #[serde(default)]
    pub life: Life,
    /// The hash of all in the source that editions print; none where a program before did not tell.
    #[serde(default)]
    pub essence: Option<Sha256>,
    /// What was noticed in the source.
    #[serde(rename = "noticed")]
    pub warnings: Vec<RecordedWarning>,
    /// What was noticed while setting pages.
    #[serde(rename = "noticed_on_pages")]
    pub page_warnings: Vec<RecordedWarning>,
    /// The editions, one a format at most; an entry without any says that nothing is left of the piece.
    pub editions: Vec<RecordedEdition>,
    /// Files that were about to be put in place, and may be there if the run died then.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<RecordedClaim>,
}

/// A file that was about to be put in place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordedClaim {
    /// The name of its format, or `cover`.
    pub format: String,
    /// The SHA-256 of its bytes.
    pub hash: Sha256,
}

/// What the record knows of one edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordedEdition {
    /// Its name in the format table, or `cover`.
    pub format: String,
    /// The hash of all in the source that it prints; none where a program before did not tell.
    #[serde(default)]
    pub essence: Option<Sha256>,
    /// The hash of everything its bytes follow from: source, images, theme, options and program.
    pub inputs: Sha256,
    /// The SHA-256 of its bytes.
    pub hash: Sha256,
    /// The file as the system showed it after the write.
    pub stamp: FileStamp,
}

/// A file as the system shows it without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileStamp {
    /// Its size in bytes.
    pub size: u64,
    /// Its time of change, in seconds.
    pub seconds: i64,
    /// The rest of that time, in nanoseconds.
    pub nanoseconds: i64,
    /// Its inode, or what stands for that on systems without.
    pub inode: u64,
}

impl FileStamp {
    /// The stamp of a file.
    #[must_use]
    pub fn of(metadata: &Metadata) -> Self {
        let state = platform::state(metadata);
        Self {
            size: metadata.len(),
            seconds: state.seconds,
            nanoseconds: state.nanoseconds,
            inode: state.identity,
        }
    }
}

/// A warning as the record keeps it, so that a piece that is skipped still shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordedWarning {
    /// A program before wrote down warnings alone.
    #[serde(default = "warning")]
    severity: Severity,
    code: Code,
    message: String,
    span: Option<(usize, usize)>,
    hint: Option<String>,
}

fn warning() -> Severity {
    Severity::Warning
}

impl From<&Diagnostic> for RecordedWarning {
    fn from(diagnostic: &Diagnostic) -> Self {
        Self {
            severity: diagnostic.severity,
            code: diagnostic.code,
            message: diagnostic.message.clone(),
            span: diagnostic.span.clone().map(|span| (span.start, span.end)),
            hint: diagnostic.hint.clone(),
        }
    }
}

impl RecordedWarning {
    /// The warning again.
    #[must_use]
    pub fn to_diagnostic(&self) -> Diagnostic {
        Diagnostic {
            span: self.span.map(|(start, end)| start..end),
            hint: self.hint.clone(),
            severity: self.severity,
            ..Diagnostic::warning(self.code, self.message.clone())
        }
    }
}

impl RecordedPiece {
    /// Whether a file of these bytes was, or was about to be, put in the place of an edition.
    #[must_use]
    pub fn is_claimed(&self, format: &str, hash: Sha256) -> bool {
        let mut claims = self.claims.iter();
        claims.any(|claim| claim.format == format && claim.hash == hash)
    }

    /// The edition of a format.
    #[must_use]
    pub fn edition(&self, format: &str) -> Option<&RecordedEdition> {
        let mut editions = self.editions.iter();
        editions.find(|edition| edition.format == format)
    }

    /// Whether it says that nothing is left of its piece.
    #[must_use]
    pub fn leaves_nothing(&self) -> bool {
        self.editions.is_empty() && self.claims.is_empty()
    }

    /// The entry as a line of the journal, line end included.
    #[must_use]
    pub fn to_line(&self) -> Vec<u8> {
        line(self)
    }
}
