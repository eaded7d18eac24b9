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
mod text;

use std::collections::BTreeSet;

use crate::diagnostic::{ByteSpan, Diagnostic, FieldPath, SourceText};
use crate::load::{self, Loaded, MAX_PROBLEMS};
use crate::piece::Piece;

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
    report.finish(&loaded.diagnostics)
}

fn root() -> FieldPath {
    FieldPath::root()
}

/// A diagnostic's place, for comparison.
fn span(diagnostic: &Diagnostic) -> Option<(usize, usize)> {
    let span = diagnostic.span.as_ref()?;
    Some((span.start, span.end))
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
        if self.is_full() {
            return;
        }
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
        if self.is_full() {
            return;
        }
        let at = self.source.place(path).map(|span| {
            let raw = self.source.text.get(span.clone()).unwrap_or_default();
            place::within(raw, &span, value, part)
        });
        self.found.push(diagnostic.at(at));
    }

    /// Whether so much was found that more would not be read.
    fn is_full(&self) -> bool {
        self.found.len() > MAX_PROBLEMS
    }

    /// What was found, but for what loading has said of the same places.
    fn finish(mut self, said: &[Diagnostic]) -> Vec<Diagnostic> {
        let said: BTreeSet<_> = said.iter().filter_map(span).collect();
        self.found
            .retain(|found| span(found).is_none_or(|span| !said.contains(&span)));
        load::sort(&mut self.found);
        self.found
    }
}
