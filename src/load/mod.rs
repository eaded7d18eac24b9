//! Loading: a YAML file and its images to a [`crate::piece::Piece`], with the place of every value.

mod characters;
mod image;
mod read;
mod salvage;
mod scalar;
mod schema;
mod shape;
mod syntax;
mod tree;

pub use schema::schema;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Code, Diagnostic, FieldPath, Severity, SourceText};
use crate::piece::{Image, Piece};

/// How many problems of a file are told: looking for more of them would take time that nobody has asked for.
pub(crate) const MAX_PROBLEMS: usize = 200;

/// A source file as loaded.
#[derive(Debug, Clone, Default)]
pub struct Loaded {
    /// The text and the places of its values; the text is empty when it could not be read.
    pub source: SourceText,
    /// The piece. Where a diagnostic is an error, it is what could be made of the source so that the rest of it can be
    /// checked, or nothing; no edition is made of it.
    pub piece: Option<Piece>,
    /// The images by the fields that name them, for example `cover.image`; those that could not be read are missing.
    pub images: BTreeMap<FieldPath, Image>,
    /// The SHA-256 of the file's bytes in lower-case hexadecimal.
    pub hash: String,
    /// The image files that were read, each once, in the order of their paths: what [`crate::batch`] compares on the next run.
    pub files: Vec<ImageFile>,
    /// What is wrong with shape, characters and images.
    pub diagnostics: Vec<Diagnostic>,
}

/// An image file that a piece names, as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImageFile {
    /// Its path as the source names it, relative to the source's folder.
    pub path: String,
    /// The SHA-256 of its bytes in lower-case hexadecimal.
    pub hash: String,
}

/// Reads a source file and its images. What is wrong is in [`Loaded::diagnostics`], all of it at once.
#[must_use]
pub fn load(path: &Path) -> Loaded {
    let read = read::read(path);
    let mut loaded = Loaded {
        source: SourceText {
            path: path.into(),
            text: read.text.into(),
            ..SourceText::default()
        },
        hash: read.hash,
        ..Loaded::default()
    };
    match read.problem {
        Some(problem) => loaded.diagnostics.push(problem),
        None => loaded.piece = piece(&mut loaded.source, &mut loaded.diagnostics),
    }
    if let Some(piece) = loaded.piece.take() {
        image::read_all(&piece, &mut loaded);
        loaded.piece = Some(piece);
    }
    sort(&mut loaded.diagnostics);
    loaded
}

/// Puts diagnostics in the order of the source, and keeps as many as anybody reads.
pub(crate) fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by_key(|one| one.span.as_ref().map_or(0, |span| span.start));
    if diagnostics.len() > MAX_PROBLEMS {
        let rest = diagnostics.split_off(MAX_PROBLEMS);
        let gravest = rest.iter().map(|one| one.severity).max();
        let message = format!("there is more to say than these {MAX_PROBLEMS} problems");
        diagnostics.push(Diagnostic {
            severity: gravest.unwrap_or(Severity::Warning),
            ..Diagnostic::error(Code::TooManyProblems, message)
                .at(rest.first().and_then(|one| one.span.clone()))
                .hint("the rest is told when these are gone")
        });
    }
}

/// The piece of a text, or what can be made of it where its characters or its shape are wrong.
fn piece(source: &mut SourceText, problems: &mut Vec<Diagnostic>) -> Option<Piece> {
    let text = Arc::clone(&source.text);
    let (harmless, forbidden) = characters::raw(&text);
    problems.extend(forbidden);
    let root = tree::read(&harmless, problems)?;
    source.places = tree::places(&root);
    shape::judge(&root, schema(), problems);
    if problems.is_empty() {
        build(source, problems)
    } else {
        salvage::piece(&root, problems)
    }
}

/// Builds the piece with `serde_yaml`. The shape is known to be right, so an error here is one that the shape does not show.
fn build(source: &SourceText, problems: &mut Vec<Diagnostic>) -> Option<Piece> {
    match serde_yaml::from_str(&source.text) {
        Ok(piece) => Some(piece),
        Err(error) => {
            let at = error.location().map(|location| {
                let at = location.index().min(source.text.len());
                at..at
            });
            problems.push(Diagnostic::error(Code::Yaml, error.to_string()).at(at));
            None
        }
    }
}
