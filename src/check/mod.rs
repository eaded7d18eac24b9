//! Checking: rules over a loaded piece, and how diagnostics look.
//!
//! Shape, characters and images are [`crate::load`]'s matter; here is what they do not decide. Every rule has its code,
//! and says where and what to do.

mod blocks;
mod contributors;
mod identifiers;
mod metadata;
mod place;
mod relators;
pub mod render;
mod text;

use std::collections::BTreeSet;

use crate::load::Loaded;
use crate::piece::Piece;
use crate::piece::diagnostic::{ByteSpan, Diagnostic, FieldPath, SourceText};

/// Judges a loaded piece: everything that its shape alone does not decide, in the order of the source.
#[must_use]
pub fn check(loaded: &Loaded) -> Vec<Diagnostic> {
    let Some(piece) = &loaded.piece else {
        return Vec::new();
    };
    let mut report = Report::new(&loaded.source, piece);
    metadata::check(piece, &mut report);
    blocks::check(
        &piece.introduction,
        &root().key("introduction"),
        &mut report,
    );
    contributors::check(&piece.contributors, &mut report);
    text::notes(piece, &mut report);
    report.finish()
}

fn root() -> FieldPath {
    FieldPath::root()
}

/// Collects what the rules find.
struct Report<'a> {
    source: &'a SourceText,
    /// The names of the notes that there are.
    notes: BTreeSet<&'a str>,
    /// The names of those that some text refers to.
    referred: BTreeSet<String>,
    found: Vec<Diagnostic>,
}

impl<'a> Report<'a> {
    fn new(source: &'a SourceText, piece: &'a Piece) -> Self {
        Self {
            source,
            notes: piece.notes.keys().map(String::as_str).collect(),
            referred: BTreeSet::new(),
            found: Vec::new(),
        }
    }

    /// Says something of a field.
    fn say(&mut self, path: &FieldPath, diagnostic: Diagnostic) {
        let at = self.source.place(path);
        self.found.push(diagnostic.at(at));
    }

    /// Says something of a part of a field's value, in bytes of the value.
    fn say_within(
        &mut self,
        path: &FieldPath,
        value: &str,
        part: &ByteSpan,
        diagnostic: Diagnostic,
    ) {
        let at = self.source.place(path).map(|span| {
            let raw = self.source.text.get(span.clone()).unwrap_or_default();
            place::within(raw, &span, value, part)
        });
        self.found.push(diagnostic.at(at));
    }

    fn finish(mut self) -> Vec<Diagnostic> {
        let start = |found: &Diagnostic| found.span.as_ref().map_or(0, |span| span.start);
        self.found.sort_by_key(start);
        self.found
    }
}
