//! A source as text, with the place of every value and how each is written.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use super::{ByteSpan, Diagnostic, FieldPath, Finding, Place, limit};

/// A source file as text, with the place of every value.
#[derive(Debug, Clone, Default)]
pub struct SourceText {
    /// The file's path as it was given.
    pub path: PathBuf,
    /// Its text, without a byte order mark.
    pub text: Arc<str>,
    /// Where each value stands.
    pub places: BTreeMap<FieldPath, Place>,
    /// What was told of and could not be read; nothing more is said of what was put in its place.
    pub unread: BTreeSet<FieldPath>,
}

impl SourceText {
    /// The place of a value, or of the nearest thing that holds it.
    #[must_use]
    pub fn place(&self, path: &FieldPath) -> Option<ByteSpan> {
        let mut at = Some(path.clone());
        while let Some(path) = at {
            if let Some(place) = self.places.get(&path) {
                return Some(place.span.clone());
            }
            at = path.parent();
        }
        None
    }

    /// Whether a value, or something that holds it, could not be read.
    #[must_use]
    pub fn is_unread(&self, path: &FieldPath) -> bool {
        let mut at = (!self.unread.is_empty()).then(|| path.clone());
        while let Some(path) = at {
            if self.unread.contains(&path) {
                return true;
            }
            at = path.parent();
        }
        false
    }

    /// The place of a part of a text, in bytes of the text as it was read: of all of it where the part cannot be told.
    #[must_use]
    pub fn place_within(&self, path: &FieldPath, value: &str, part: &ByteSpan) -> Option<ByteSpan> {
        match self.places.get(path) {
            Some(place) => place
                .parts(&self.text, value, std::slice::from_ref(part))
                .pop(),
            None => self.place(path),
        }
    }

    /// The diagnostic of a finding, at the place of its field.
    #[must_use]
    pub fn locate(&self, finding: Finding) -> Diagnostic {
        let span = finding
            .diagnostic
            .span
            .clone()
            .or_else(|| self.place(&finding.path));
        finding.diagnostic.at(span)
    }

    /// The diagnostics of what a phase found, as many as anybody reads.
    pub(crate) fn locate_all(&self, findings: Vec<Finding>) -> Vec<Diagnostic> {
        let located = findings.into_iter().map(|finding| self.locate(finding));
        let mut located: Vec<Diagnostic> = located.collect();
        limit(&mut located);
        located
    }

    /// Line and column of a byte, both from 1; columns count characters.
    #[must_use]
    pub fn line_column(&self, byte: usize) -> (usize, usize) {
        let byte = (0..=byte.min(self.text.len()))
            .rev()
            .find(|at| self.text.is_char_boundary(*at))
            .unwrap_or(0);
        let before = &self.text[..byte];
        let line = before.matches('\n').count() + 1;
        let column = before
            .rsplit('\n')
            .next()
            .map_or(0, |line| line.chars().count())
            + 1;
        (line, column)
    }
}
