//! Writing: `new`, `preview`, `import` and `update`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::common::{Appearance, Messages, ProjectChoice};

/// `flashpoint new`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  flashpoint new                                   asks, and makes source/<slug>.yaml
  flashpoint new source/border.yaml --yes --title \"The border\" --name \"Amina Khan\" --name \"Fahd Humayun\"
  flashpoint new --project archive/                a project: its file, source/ with a first piece, a theme, a workflow

No file is ever written over.")]
pub(in crate::cli) struct New {
    /// The file to make, else source/<slug>.yaml; with --project the folder, else the one that you are in
    #[arg(value_name = "FILE")]
    pub(in crate::cli) file: Option<PathBuf>,

    /// Make a project: flashpoint.yaml, source/ with a first piece, a theme, .gitignore and a workflow
    #[arg(long)]
    pub(in crate::cli) project: bool,

    /// The name of the series
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) series: Option<String>,

    /// The title of the piece
    #[arg(long, value_name = "TITLE")]
    pub(in crate::cli) title: Option<String>,

    /// The language of the piece, for example en-GB
    #[arg(long, value_name = "TAG")]
    pub(in crate::cli) language: Option<String>,

    /// The name of a contributor, repeatable
    #[arg(long = "name", value_name = "NAME")]
    pub(in crate::cli) names: Vec<String>,

    /// Ask nothing
    #[arg(short, long)]
    pub(in crate::cli) yes: bool,
}

/// `flashpoint preview`.
#[cfg(feature = "preview")]
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  flashpoint preview                              the pieces of source/, in a list
  flashpoint preview piece.yaml --editor vscode   one piece; a click on a paragraph opens its line
  flashpoint preview --editor 'gvim +{line} {file}'

The page shows the pages of the PDF edition, the text on a phone, the cover, and everything that is wrong with the line that it
stands in. It is served to this machine alone, and only to whoever has the address that is printed: a word in it is another one
each time. Ctrl-C ends it.

Exit codes: 0 ended by Ctrl-C or a signal; 2 wrong usage or configuration.")]
pub(in crate::cli) struct Preview {
    /// A YAML file, or a folder in which every .yaml and .yml file is a piece
    #[arg(value_name = "PATH", default_value = "source/")]
    pub(in crate::cli) path: PathBuf,

    /// The port of 127.0.0.1; where it is in use, the next that is free [0: any]
    #[arg(long, value_name = "N", default_value_t = 4040)]
    pub(in crate::cli) port: u16,

    /// What a click on a paragraph opens: vscode, zed, sublime, or a command in which {file}, {line} and {column} stand for
    /// the place; no shell reads it
    #[arg(long, value_name = "EDITOR")]
    pub(in crate::cli) editor: Option<String>,

    /// Do not open the page in the browser
    #[arg(long)]
    pub(in crate::cli) no_open: bool,

    #[command(flatten)]
    pub(in crate::cli) appearance: Appearance,

    #[command(flatten)]
    pub(in crate::cli) project: ProjectChoice,

    #[command(flatten)]
    pub(in crate::cli) messages: Messages,
}

/// `flashpoint import`.
///
/// Reads .docx files (Word, LibreOffice, Google Docs, Pages), Markdown and plain text. Names, affiliations and headings are found by
/// their styles, else by the shapes of their lines: each guess is told and marked `# check:` in the source. Every word of the files stands in
/// the source or in what is told.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  flashpoint import round-up.docx                                source/<slug>.yaml, its pictures in source/media/<slug>/
  flashpoint import mail.txt --language en-GB -o source/border.yaml
  flashpoint import --title \"After the summit\" a.docx b.docx     one piece, a statement each
  flashpoint import late.docx --into source/border.yaml --contributor \"Amina Khan\"

Exit codes: 0 written; 1 a file cannot be imported; 2 wrong usage, or a file stands where the piece would be written.")]
pub(in crate::cli) struct Import {
    /// The files: one is a whole piece, several are the statements of one
    #[arg(value_name = "FILE", required = true)]
    pub(in crate::cli) files: Vec<PathBuf>,

    /// The folder for the piece [default: source/], or a piece that the files are put into as a statement
    #[arg(long, value_name = "DIR|PIECE")]
    pub(in crate::cli) into: Option<PathBuf>,

    /// The file to write, `-` for standard output
    #[arg(short, long, value_name = "FILE", conflicts_with = "into")]
    pub(in crate::cli) output: Option<PathBuf>,

    /// The folder for pictures, below that of the piece [default: media/<slug>/ there]
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) media: Option<PathBuf>,

    /// The language of the piece, for example en-GB [default: what the project says, else what the words look like]
    #[arg(long, value_name = "TAG")]
    pub(in crate::cli) language: Option<String>,

    /// The title of the piece
    #[arg(long, value_name = "TITLE")]
    pub(in crate::cli) title: Option<String>,

    /// The name of the series
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) series: Option<String>,

    /// The day of publication, as YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) date: Option<String>,

    /// Who speaks, where the files are one statement
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) contributor: Option<String>,

    /// What becomes of tracked changes in Word documents
    #[arg(long, value_name = "WHAT", value_enum, default_value = "accept")]
    pub(in crate::cli) changes: ChangesChoice,

    #[command(flatten)]
    pub(in crate::cli) project: ProjectChoice,

    #[command(flatten)]
    pub(in crate::cli) messages: Messages,
}

/// `flashpoint update`.
///
/// Only words that changed are changed in the source: comments, wrapping, marks and queries stay as they are. Word comments become queries.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  flashpoint update source/border.yaml edited.docx --dry-run     show what would change
  flashpoint update source/border.yaml edited.docx
  flashpoint update source/border.yaml edited.docx --base older.yaml

The edition says which source it was made of; `flashpoint export` keeps that text in DIR/.flashpoint/sources/. Where the source changed meanwhile, both
are merged; what was changed on both sides is told, and nothing is written then.

Exit codes: 0 done, or nothing to do; 1 changed on both sides; 2 another piece, or a file that cannot be read; nothing written.")]
pub(in crate::cli) struct Update {
    /// The source
    #[arg(value_name = "SOURCE")]
    pub(in crate::cli) source: PathBuf,

    /// Its edition in Word, edited
    #[arg(value_name = "EDITED.docx")]
    pub(in crate::cli) docx: PathBuf,

    /// Show what would change, and write nothing
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,

    /// What becomes of tracked changes
    #[arg(long, value_name = "WHAT", value_enum, default_value = "accept")]
    pub(in crate::cli) changes: ChangesChoice,

    /// The source that the edition was made of, where it is not kept
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) base: Option<PathBuf>,

    /// The output folder that the edition comes from [default: what the project says, that of the DOCX, dist/]
    #[arg(short, long, value_name = "DIR")]
    pub(in crate::cli) dist: Option<PathBuf>,

    /// Go on with a DOCX that does not say what it was made of
    #[arg(short, long)]
    pub(in crate::cli) yes: bool,

    #[command(flatten)]
    pub(in crate::cli) project: ProjectChoice,

    #[command(flatten)]
    pub(in crate::cli) messages: Messages,
}

/// What becomes of tracked changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(in crate::cli) enum ChangesChoice {
    /// The text as it is with all of them
    #[default]
    Accept,
    /// The text as it was before them
    Reject,
}
