//! What several commands take.

use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};

use crate::editions::FORMATS;
use crate::piece::Instant;
use crate::theme::{PageSize, PdfStandard};

/// What time it is.
#[derive(Debug, Clone, Copy, Args)]
pub(in crate::cli) struct Clock {
    /// The instant that embargoes are held against, such as 2025-11-04T09:00+05:00 [default: now]
    #[arg(long, value_name = "INSTANT", value_parser = instant)]
    pub(in crate::cli) now: Option<Instant>,
}

fn instant(text: &str) -> Result<Instant, String> {
    Instant::parse(text).map_err(|error| error.to_string())
}

/// How pages look.
#[derive(Debug, Args)]
pub(in crate::cli) struct Appearance {
    /// The theme: the name of a shipped one, or a YAML file [default: what the project says, else classic]
    #[arg(long, value_name = "NAME|FILE")]
    pub(in crate::cli) theme: Option<String>,

    /// The paper of the PDF edition, where that of the project or the theme is not wanted
    #[arg(long, value_name = "SIZE", value_enum)]
    pub(in crate::cli) page_size: Option<PageSize>,

    /// The standards that the PDF edition keeps, in place of what the theme says
    #[arg(long, value_name = "NAME", value_enum)]
    pub(in crate::cli) pdf_standard: Option<PdfStandard>,

    #[command(flatten)]
    pub(in crate::cli) faces: Faces,
}

/// Faces besides those of the theme.
#[derive(Debug, Clone, Args)]
pub(in crate::cli) struct Faces {
    /// A face for letters that the theme's faces lack: a TTF, OTF or TTC file (`FILE#2` is the third face of a TTC)
    #[arg(long = "font", value_name = "FILE")]
    pub(in crate::cli) fonts: Vec<String>,

    /// Look for faces on this machine too, where letters are lacking; each that is used is told
    #[arg(long)]
    pub(in crate::cli) system_fonts: bool,
}

/// Which project the pieces belong to.
#[derive(Debug, Clone, Args)]
pub(in crate::cli) struct ProjectChoice {
    /// The project's file, or none [default: flashpoint.yaml in a folder above each piece]
    #[arg(long, value_name = "FILE|none")]
    pub(in crate::cli) project: Option<PathBuf>,
}

/// What is said, and how.
#[derive(Debug, Clone, Copy, Default, Args)]
pub(in crate::cli) struct Messages {
    /// Let warnings fail a piece
    #[arg(long)]
    pub(in crate::cli) deny_warnings: bool,

    /// How problems are told: text on standard error, or JSON or commands of GitHub on standard output
    #[arg(long, value_name = "FORMAT", value_enum, default_value = "text")]
    pub(in crate::cli) message_format: MessageFormat,

    /// Tell errors only: no warnings, no progress and no summary
    #[arg(short, long)]
    pub(in crate::cli) quiet: bool,
}

/// How problems are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(in crate::cli) enum MessageFormat {
    /// For people
    #[default]
    Text,
    /// For programs: one object a line
    Json,
    /// For workflows of GitHub, which show it beside the lines of a change
    Github,
}

/// The word for every format.
pub(in crate::cli) const ALL: &str = "all";

pub(super) fn formats() -> impl TypedValueParser<Value = String> {
    let names = FORMATS.iter().map(|format| format.name);
    PossibleValuesParser::new(names.chain([ALL]))
}

// Here and not beside the sizes: the theme knows no command line.
impl ValueEnum for PageSize {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::A4, Self::A5, Self::B5, Self::Letter]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Self::A4 => PossibleValue::new("a4").help("ISO 216 A4, 210 mm by 297 mm"),
            Self::A5 => PossibleValue::new("a5").help("ISO 216 A5, 148 mm by 210 mm"),
            Self::B5 => PossibleValue::new("b5").help("ISO 216 B5, 176 mm by 250 mm"),
            Self::Letter => PossibleValue::new("letter").help("US Letter, 8.5 in by 11 in"),
            Self::Own { .. } => return None,
        })
    }
}

impl ValueEnum for PdfStandard {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()).help(match self {
            Self::Ua1 => "PDF 1.7: PDF/UA-1 and PDF/A-2a; the default",
            Self::Ua2 => "PDF 2.0: PDF/UA-2, PDF/A-4 and WTPDF 1.0",
        }))
    }
}
