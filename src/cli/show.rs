//! How diagnostics look: text for people, JSON for programs.

use serde_json::json;

use crate::piece::diagnostic::{Diagnostic, Severity, SourceText};

/// A diagnostic as text, line ends included.
pub(super) fn text(source: &SourceText, diagnostic: &Diagnostic) -> String {
    let word = word(diagnostic.severity);
    let mut out = format!("{word}[{}]: {}\n", diagnostic.code, diagnostic.message);
    let path = source.path.display();
    match &diagnostic.span {
        Some(span) => {
            let (line, column) = source.line_column(span.start);
            out += &format!(" --> {path}:{line}:{column}\n");
        }
        None => out += &format!(" --> {path}\n"),
    }
    if let Some(hint) = &diagnostic.hint {
        out += &format!(" hint: {hint}\n");
    }
    out
}

/// A diagnostic as one line of JSON.
pub(super) fn json(source: &SourceText, diagnostic: &Diagnostic) -> String {
    let place = diagnostic
        .span
        .as_ref()
        .map(|s| source.line_column(s.start));
    let object = json!({
        "severity": diagnostic.severity,
        "code": diagnostic.code,
        "message": diagnostic.message,
        "file": source.path.display().to_string(),
        "line": place.map(|(line, _)| line),
        "column": place.map(|(_, column)| column),
        "hint": diagnostic.hint,
    });
    format!("{object}\n")
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}
