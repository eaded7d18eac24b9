//! A statement into a piece that is there already: text is put in at one place, and nothing else of the file changes.

use std::path::Path;

use super::draft::Contributor;
use super::{ImportError, Imported, Input, Wishes, documents, organise, source};
use crate::compose::canonical_line;
use crate::diagnostic::{Code, Edit, FieldPath, SourceText};
use crate::load::{edited, load_text};
use crate::piece::{Block, Piece};
use crate::project::Projects;

/// A piece with a statement more.
#[derive(Debug)]
pub(crate) struct Addition {
    /// The text of the source.
    pub(crate) text: String,
    /// Whose statement it is.
    pub(crate) name: String,
    /// Pictures, remarks and counts; its source is empty.
    pub(crate) imported: Imported,
}

/// Puts the statement of documents into the text of a piece.
///
/// # Errors
/// [`ImportError`] where a document cannot be read, or the piece has no place for it.
pub(crate) fn add(
    path: &Path,
    text: &str,
    projects: &Projects,
    inputs: &[Input],
    wishes: &Wishes,
) -> Result<Addition, ImportError> {
    let fail = |reason: &str| ImportError {
        name: path.display().to_string(),
        reason: reason.to_owned(),
    };
    let loaded = load_text(path, text, projects);
    let mut found = loaded.diagnostics.iter();
    if let Some(second) = found.find(|found| found.code == Code::SecondDocument) {
        let at = second.span.as_ref().map_or(0, |span| span.start);
        let (line, column) = loaded.source.line_column(at);
        return Err(ImportError {
            name: format!("{}:{line}:{column}", path.display()),
            reason: "a second document begins here; put it into a file of its own".to_owned(),
        });
    }
    let piece = loaded
        .piece
        .as_ref()
        .ok_or_else(|| fail("it cannot be read as a piece; `flashpoint check` tells why"))?;
    let wishes = Wishes {
        notes: piece.notes.keys().cloned().collect(),
        ..wishes.clone()
    };
    let documents = documents(inputs, &wishes)?;
    let (contributor, notes, imported) = organise::statement(&documents, &wishes);
    let mut edits =
        vec![place(piece, &loaded.source, &contributor).map_err(|reason| fail(&reason))?];
    edits.extend(notes_edit(piece, &loaded.source, &notes));
    Ok(Addition {
        text: with_line_ends(text, &mut edits),
        name: contributor.name.text.unwrap_or_default(),
        imported,
    })
}

/// Where the contributor's text goes.
fn place(piece: &Piece, source: &SourceText, contributor: &Contributor) -> Result<Edit, String> {
    let root = FieldPath::root().key("contributors");
    let name = contributor.name.text.clone().unwrap_or_default();
    let same = piece
        .contributors
        .iter()
        .position(|one| canonical_line(&one.name) == canonical_line(&name));
    if let Some(index) = same {
        let to_come = piece.contributors[index]
            .statement
            .iter()
            .all(|block| matches!(block, Block::Query(_)));
        let span = source
            .places
            .get(&root.index(index).key("statement"))
            .map(|place| place.span.clone());
        let Some(span) = span.filter(|_| to_come) else {
            return Err(format!(
                "{name} has a statement there already; take it out first"
            ));
        };
        let line = line_start(&source.text, span.start);
        if !source.text[span.start..].starts_with('-') {
            let indent = source.text[line..].len()
                - source.text[line..].trim_start_matches([' ', '-']).len();
            let items = source::items(&contributor.statement, indent + 2);
            return Ok(Edit::new(span, format!("\n{}", items.trim_end())));
        }
        let items = source::items(&contributor.statement, span.start - line);
        return Ok(Edit::new(line..span.end, items.trim_end()));
    }
    let last = piece
        .contributors
        .len()
        .checked_sub(1)
        .ok_or("it has no contributors")?;
    let span = source
        .place(&root.index(last))
        .ok_or("its contributors cannot be found")?;
    let line = line_start(&source.text, span.start);
    let lead = &source.text[line..span.start];
    let Some(indent) = lead.find('-').filter(|at| lead[..*at].trim().is_empty()) else {
        return Err("its contributors stand in brackets; write them in lines".to_owned());
    };
    let end = line_end(&source.text, span.end);
    let text = source::one(contributor, indent);
    Ok(Edit::new(end..end, format!("\n{}", text.trim_end())))
}

/// The notes behind those that there are.
fn notes_edit(piece: &Piece, source: &SourceText, notes: &[(String, String)]) -> Option<Edit> {
    if notes.is_empty() {
        return None;
    }
    let root = FieldPath::root().key("notes");
    let lines = |indent: usize| source::notes(notes, indent).trim_end().to_owned();
    let place = source.places.get(&root).filter(|_| !piece.notes.is_empty());
    match place {
        Some(place) if !source.text[place.span.clone()].starts_with('{') => {
            let line = line_start(&source.text, place.span.start);
            let end = line_end(&source.text, place.span.end);
            Some(Edit::new(
                end..end,
                format!("\n{}", lines(place.span.start - line)),
            ))
        }
        _ => {
            let end = document_end(source);
            Some(Edit::new(end..end, format!("\nnotes:\n{}", lines(2))))
        }
    }
}

/// Where the piece ends: before the line that ends a document of YAML, if there is one.
fn document_end(source: &SourceText) -> usize {
    let root = source.places.get(&FieldPath::root());
    let values = root.map_or(0, |place| line_end(&source.text, place.span.end));
    let mark = source.text[values..].find("\n...");
    let end = mark.map_or(source.text.len(), |at| values + at);
    source.text[..end].trim_end().len()
}

/// The text with the edits, which are made in the line ends that it has.
fn with_line_ends(text: &str, edits: &mut [Edit]) -> String {
    if text.contains("\r\n") {
        for edit in edits.iter_mut() {
            edit.text = edit.text.replace('\n', "\r\n");
        }
    }
    edited(text, edits)
}

/// Where the line of a byte begins.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

/// Where the line of a byte ends, before its line end.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    end - usize::from(text[..end].ends_with('\r') && end < text.len())
}
