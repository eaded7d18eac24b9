//! Findings as the page shows them: with the line of the source, and where an editor is to open it.

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::diagnostic::{Code, Diagnostic, Severity, SourceText, render};

/// A line longer than this, in bytes, is not shown.
const LONGEST_LINE: usize = 4 << 10;

/// A finding.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Problem {
    severity: Severity,
    code: Code,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
    /// The file as people read its name.
    file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<SourceLine>,
    #[serde(skip)]
    place: Place,
}

/// A line of a source in three parts, of which the middle one is marked.
#[derive(Debug, Clone, Serialize)]
struct SourceLine {
    number: usize,
    before: String,
    marked: String,
    after: String,
}

/// A place in a file, line and column from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) path: PathBuf,
    pub(super) line: usize,
    pub(super) column: usize,
}

impl Place {
    /// The place of a byte.
    pub(super) fn of(source: &SourceText, byte: usize) -> Self {
        let (line, column) = source.line_column(byte);
        Self {
            path: source.path.clone(),
            line,
            column,
        }
    }
}

impl Problem {
    /// A finding in a source.
    pub(super) fn new(source: &SourceText, found: &Diagnostic) -> Self {
        let line = found.span.as_ref().map(|span| render::line(source, span));
        let shown = line.filter(|line| line.text.len() <= LONGEST_LINE);
        let start = found.span.as_ref().map_or(0, |span| span.start);
        Self {
            severity: found.severity,
            code: found.code,
            message: found.message.clone(),
            hint: found.hint.clone(),
            file: named(&source.path),
            line: shown.map(|line| SourceLine {
                number: line.number,
                before: line.text[..line.span.start].to_owned(),
                marked: line.text[line.span.clone()].to_owned(),
                after: line.text[line.span.end..].to_owned(),
            }),
            place: Place::of(source, start),
        }
    }

    /// Where it is.
    pub(super) fn place(&self) -> &Place {
        &self.place
    }
}

/// A path as people read it.
pub(super) fn named(path: &Path) -> String {
    path.display().to_string()
}
