//! Words in: documents of others (DOCX, Markdown, plain text) to the source of a piece.
//!
//! A reader makes a [`Document`] of a file and judges nothing. From its styles, and where it has none from the shapes of its lines, follows
//! what is title, name, affiliation, heading; each guess is told and marked in the source. Every word of the input stands in the
//! source or in the report: they are counted, by other code than that which read them.

mod about;
mod body;
mod carets;
mod contacts;
mod count;
mod desk;
mod document;
mod docx;
mod draft;
mod elsewhere;
mod end_matter;
mod figures;
mod front;
mod front_matter;
mod into;
mod languages;
mod layout;
mod lead_ins;
mod lines;
mod links;
mod lists;
mod mail;
mod mailbox;
mod markdown;
mod marks;
mod names_with_notes;
mod organise;
mod parting;
mod people;
mod queries;
mod raised;
mod run_ins;
mod shapes;
mod signed;
mod signs;
mod source;
mod speakers;
mod statements;
mod tables;
mod text;
mod together;
mod turns;
mod typed;
mod typed_looks;
mod typed_marks;
mod update;
mod vocabulary;

pub use count::Count;
pub use document::{Remark, RemarkKind};
pub(crate) use into::add;
pub(crate) use update::{Claim, Request, Updated, claim, likeness, update};

use crate::piece::LanguageTag;
use crate::read::ReadError;

/// What is wished for.
#[derive(Debug, Clone, Default)]
pub struct Wishes {
    /// The title.
    pub title: Option<String>,
    /// The series.
    pub series: Option<String>,
    /// The day of publication, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// The language of the piece.
    pub language: Option<LanguageTag>,
    /// What the project gives and need not be written.
    pub inherits: Inherited,
    /// What becomes of tracked changes.
    pub changes: Changes,
    /// The folder of pictures as the source names it, with a slash at its end.
    pub media: String,
    /// The path of the schema from the source, for editor programs.
    pub schema: Option<String>,
    /// Who speaks, where the documents are one statement.
    pub contributor: Option<String>,
    /// Names of notes that are taken.
    pub notes: std::collections::BTreeSet<String>,
}

/// What a project gives.
#[derive(Debug, Clone, Copy, Default)]
pub struct Inherited {
    /// The series.
    pub series: bool,
    /// The language.
    pub language: bool,
}

/// What becomes of tracked changes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Changes {
    /// The text as it is with all of them.
    #[default]
    Accept,
    /// The text as it was before them.
    Reject,
}

/// A file to import.
#[derive(Debug, Clone)]
pub struct Input {
    /// Its name, for people and for guesses.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What became of an import.
#[derive(Debug, Clone, Default)]
pub struct Imported {
    /// The text of the source.
    pub source: String,
    /// The slug of the piece, for names of files; none where neither title nor file gives one.
    pub slug: Option<crate::piece::Slug>,
    /// The pictures, by their paths from the source's folder.
    pub media: Vec<(String, Vec<u8>)>,
    /// What was guessed and what is left out.
    pub remarks: Vec<Remark>,
    /// The words in and out.
    pub count: Count,
}

/// Why a file cannot be imported.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{name}: {reason}")]
pub struct ImportError {
    /// The file.
    pub name: String,
    /// Why.
    pub reason: String,
}

/// Imports files: one as a piece, several as the statements of one.
///
/// # Errors
/// [`ImportError`] for the first file that cannot be read.
pub fn import(inputs: &[Input], wishes: &Wishes) -> Result<Imported, ImportError> {
    Ok(organise::piece(documents(inputs, wishes)?, wishes))
}

fn documents(inputs: &[Input], wishes: &Wishes) -> Result<Vec<document::Document>, ImportError> {
    inputs.iter().map(|input| document(input, wishes)).collect()
}

/// Reads a file of any kind that can be imported.
fn document(input: &Input, wishes: &Wishes) -> Result<document::Document, ImportError> {
    let fail = |reason: String| ImportError {
        name: input.name.clone(),
        reason,
    };
    let bytes = &input.bytes;
    if bytes.is_empty() {
        return Err(fail("the file is empty".to_owned()));
    }
    if bytes.starts_with(b"PK") {
        return docx::read(bytes, &input.name, wishes.changes)
            .map_err(|error| fail(error.to_string()));
    }
    if let Some(what) = docx::compound(bytes) {
        return Err(fail(what.to_owned()));
    }
    match crate::read::kind(bytes) {
        Ok(crate::read::FileKind::Pdf) => {
            return Err(fail(
                "it is a PDF; import the document that it was made of, or its text".to_owned(),
            ));
        }
        Ok(crate::read::FileKind::Html) => {
            return Err(fail(
                "it is a page in HTML; open it in a word processor and save it as .docx".to_owned(),
            ));
        }
        Err(ReadError::Foreign { looks }) if !looks.contains("nothing that is known") => {
            return Err(fail(looks.to_owned()));
        }
        _ => {}
    }
    if bytes.iter().filter(|byte| **byte == 0).count() * 20 > bytes.len() && !is_utf_16(bytes) {
        return Err(fail("it is no text, and no .docx".to_owned()));
    }
    let (text, remark) = text::decoded(bytes, &input.name);
    let lower = input.name.to_lowercase();
    let is_markdown = [".md", ".markdown", ".mkd", ".mdown"]
        .iter()
        .any(|end| lower.ends_with(end));
    let mut document = match is_markdown {
        true => markdown::read(&text, &input.name),
        false => text::read(&text, &input.name),
    };
    document.remarks.extend(remark);
    Ok(document)
}

fn is_utf_16(bytes: &[u8]) -> bool {
    let (text, _) = text::decoded(bytes, "");
    !text.contains(['\0', '\u{fffd}'])
}

/// The keys of the simple fields of a piece that documents can name.
fn field(key: &str) -> Option<&'static str> {
    source::FIELDS.iter().find(|known| **known == key).copied()
}
