//! Looking at pieces and editions: `check`, `verify` and `diff`.

use std::path::PathBuf;

use clap::Args;

use super::common::{Appearance, Clock, Faces, Messages, ProjectChoice};

/// `flashpoint check`.
///
/// Everything that is wrong is told at once, what is wrong as YAML too: behind a fault the reader goes on at the next item.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  flashpoint check                           every piece in source/
  flashpoint check piece.yaml                one piece
  flashpoint check --stats                   words, pages and minutes of reading too
  flashpoint check --fix                     set right what is certain, and show the difference
  flashpoint check --message-format json     one JSON object a line on standard output, for programs

Exit codes: 0 no error; 1 an error, or a denied warning; 2 wrong usage.")]
pub(in crate::cli) struct Check {
    /// YAML files, or folders in which every .yaml and .yml file is a piece
    #[arg(value_name = "PATH", default_value = "source/")]
    pub(in crate::cli) paths: Vec<PathBuf>,

    #[command(flatten)]
    pub(in crate::cli) clock: Clock,

    /// Tell how long each piece is: words, pages and minutes of reading, a line a contributor
    #[arg(long)]
    pub(in crate::cli) stats: bool,

    /// Set right in the files what is certain and changes no word, and show the difference: indents, spaces, quotation
    /// marks, dates, soft hyphens
    #[arg(long)]
    pub(in crate::cli) fix: bool,

    #[command(flatten)]
    pub(in crate::cli) appearance: Appearance,

    #[command(flatten)]
    pub(in crate::cli) project: ProjectChoice,

    #[command(flatten)]
    pub(in crate::cli) messages: Messages,
}

/// `flashpoint verify`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  flashpoint verify                              every piece in source/ against its editions in dist/
  flashpoint verify piece.yaml -d out/           one piece
  flashpoint verify a.pdf b.docx c.epub          whether these say the same text, without a source

Editions are read by code that did not write them, and held against what the source says: words, headings, names, notes,
links, emphasis, languages, lists, tables, alternative texts and metadata. An edition is `equal`, has another `structure`, or another
`text`.

Exit codes: 0 the same text; 1 another text, something unreadable, or another structure with --strict; 2 wrong usage.")]
pub(in crate::cli) struct Verify {
    /// YAML files and folders of them, or editions: .pdf, .docx, .epub, .html
    #[arg(value_name = "PATH", default_value = "source/")]
    pub(in crate::cli) paths: Vec<PathBuf>,

    /// The folder with the editions of sources [default: what the project says, else dist/]
    #[arg(short, long, value_name = "DIR")]
    pub(in crate::cli) dist: Option<PathBuf>,

    /// Fail for another structure too, and ask the public checkers that are there: page_validation, qpdf, the Open XML SDK's validator,
    /// openxml-audit, EPUBCheck, Ace, the Nu checker
    #[arg(long)]
    pub(in crate::cli) strict: bool,

    /// Write what was compared and found to FILE: a line of JSON for each edition
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) report: Option<PathBuf>,

    /// The theme of the editions, whose faces the glyphs of PDFs are held against [default: what the project says, else classic]
    #[arg(long, value_name = "NAME|FILE")]
    pub(in crate::cli) theme: Option<String>,

    #[command(flatten)]
    pub(in crate::cli) faces: Faces,

    #[command(flatten)]
    pub(in crate::cli) project: ProjectChoice,

    #[command(flatten)]
    pub(in crate::cli) messages: Messages,
}

/// `flashpoint diff`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  flashpoint diff old.yaml new.yaml
  flashpoint diff piece.yaml edited.docx --html changes.html

Exit codes: 0 the same text; 1 something changed; 2 something cannot be read.")]
pub(in crate::cli) struct Diff {
    /// The older one: a YAML source, or a PDF, DOCX, EPUB or HTML file
    #[arg(value_name = "OLD")]
    pub(in crate::cli) old: PathBuf,

    /// The newer one
    #[arg(value_name = "NEW")]
    pub(in crate::cli) new: PathBuf,

    /// Write the changes to FILE as a page too
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) html: Option<PathBuf>,

    #[command(flatten)]
    pub(in crate::cli) project: ProjectChoice,
}
