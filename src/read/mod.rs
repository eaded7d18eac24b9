//! Reading: finished or foreign PDF, DOCX, EPUB and HTML files to words and structure.
//!
//! These readers know the formats and no writer of this program: whoever holds an edition against its source must not trust the
//! code that made it. Any file may come, so sizes are bounded and nothing panics.

mod conduct;
mod contrast;
mod document_type;
pub(crate) mod docx;
pub(crate) mod dom;
mod drawing;
mod epub;
mod house;
mod html;
mod hypertext;
mod media;
mod memo;
mod need;
pub(crate) mod package;
mod paper;
mod pdf;
mod reading;
mod scribe;
mod sign;
mod sign_faces;
mod soundness;
mod spelled;
mod style_sheet;
mod visible;
mod web_face;

pub use drawing::{Described, Drawing, Drawn, EmbeddedFont, FaceFile, FaceProgram, FontProgram};
pub(crate) use house::ABOVE;
pub use house::Parted;
pub use paper::{
    Beside, BesideKind, Bookmark, CoverMark, DrawnLine, DrawnRule, Lead, ListLabels, Nest,
    NoteLabel, Paper, PullQuote, Reference, Return, SectionMark, Spot, WordHead, WordMeasures,
    WordPage,
};
pub(crate) use paper::{PAGE, PAGES};
pub use reading::{
    Block, Contents, FileKind, Link, Listed, Look, Metadata, PageStart, Picture, Span, Statement,
    Unseen,
};
pub(crate) use style_sheet::SELECTORS;
pub use style_sheet::StrangeStyle;
pub(crate) use style_sheet::spelled as spelled_styles;
pub(crate) use style_sheet::strange as strange_styles;

pub use crate::compose::{Head, Role};

pub use need::Need;
pub use sign::Sign;
pub use soundness::Fault;
pub use spelled::Spelled;

use package::Package;

/// Why a file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// It is of no kind that is read.
    #[error("it is no PDF, DOCX, EPUB or HTML file: {looks}")]
    Foreign {
        /// What it looks like.
        looks: &'static str,
    },
    /// It is encrypted.
    #[error("it is encrypted; take the password off and try again")]
    Encrypted,
    /// It is not whole, or larger than anything honest.
    #[error("{reason}")]
    Damaged {
        /// What is wrong.
        reason: String,
    },
}

impl ReadError {
    fn damaged(reason: impl Into<String>) -> Self {
        Self::Damaged {
            reason: reason.into(),
        }
    }
}

/// Reads a file of any kind that is known by its first bytes.
///
/// # Errors
/// [`ReadError`] for a file of another kind, or one that cannot be read.
pub fn read(bytes: &[u8]) -> Result<Contents, ReadError> {
    match kind(bytes)? {
        FileKind::Pdf => pdf::read(bytes),
        FileKind::Docx => docx::read(Package::open(bytes)?),
        FileKind::Epub => epub::read(Package::open(bytes)?),
        FileKind::Html => html::read(bytes),
    }
}

/// The beginnings of files that people take for editions, and what they are.
const FOREIGN: &[(&[u8], &str)] = &[
    (
        b"\xD0\xCF\x11\xE0",
        "it looks like an old Word document, or an encrypted one (save it as .docx without a password)",
    ),
    (b"{\\rtf", "it looks like RTF"),
    (b"\x89PNG", "it looks like a PNG image"),
    (b"\xFF\xD8\xFF", "it looks like a JPEG image"),
    (b"GIF8", "it looks like a GIF image"),
];

/// What kind of file this is.
///
/// # Errors
/// [`ReadError::Foreign`] where it is none that is read.
pub fn kind(bytes: &[u8]) -> Result<FileKind, ReadError> {
    let start = &bytes[..bytes.len().min(1024)];
    // A PDF may have a little before its header (ISO 32000-1, annex H, 3.4.1).
    if start.windows(5).any(|window| window == b"%PDF-") {
        return Ok(FileKind::Pdf);
    }
    if bytes.starts_with(b"PK") {
        return packaged(&Package::open(bytes)?);
    }
    let foreign = FOREIGN.iter().find(|(magic, _)| bytes.starts_with(magic));
    if let Some((_, looks)) = foreign {
        return Err(ReadError::Foreign { looks });
    }
    let text = html::decoded(start);
    let text = String::from_utf8_lossy(&text).to_lowercase();
    let tags = ["<!doctype html", "<html", "<head", "<body"];
    match tags.iter().any(|tag| text.contains(tag)) {
        true => Ok(FileKind::Html),
        false if bytes.is_empty() => Err(ReadError::Foreign {
            looks: "it is empty",
        }),
        false => Err(ReadError::Foreign {
            looks: "its first bytes say nothing that is known",
        }),
    }
}

fn packaged(package: &Package<'_>) -> Result<FileKind, ReadError> {
    let looks = match () {
        () if package.has("META-INF/container.xml") => return Ok(FileKind::Epub),
        () if package.names().any(|name| name.starts_with("word/")) => return Ok(FileKind::Docx),
        () if package.has("EncryptedPackage") => return Err(ReadError::Encrypted),
        () if package.has("content.xml") => "it looks like an OpenDocument file (save it as .docx)",
        () if package.has("xl/workbook.xml") => "it looks like an Excel workbook",
        () if package.has("ppt/presentation.xml") => "it looks like a PowerPoint presentation",
        () => "it is a zip package of another kind",
    };
    Err(ReadError::Foreign { looks })
}
