//! Checking: rules over a loaded piece, of which the checked piece comes out, all its values parsed.
//!
//! Shape, characters and images are [`crate::load`]'s matter; here is what they do not decide. Every rule has its code,
//! and says where and what to do.

mod addresses;
mod blocks;
mod characters;
mod characters_of_html;
pub mod checked;
mod columns;
mod contributors;
mod dates;
mod front;
mod life;
mod limits;
mod markdown;
mod marks;
mod markup;
mod names;
mod numbers;
mod pasted;
mod text;
mod written;

pub(crate) use names::PARTICLES;
pub(crate) use written::days;

pub use checked::CheckedPiece;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::{UnicodeNormalization, is_nfc};

use self::checked::NoteIndex;
use crate::diagnostic::{
    self, ByteSpan, Diagnostic, FieldPath, MAX_PROBLEMS, Severity, SourceText, nearest,
};
use crate::load::Loaded;
use crate::piece::{Image, LanguageTag, Piece};

/// For how many undefined notes of a piece a near name is looked for: a search reads the names of all notes.
const MAX_SEARCHES: usize = 20;

/// What became of a loaded piece.
#[derive(Debug, Clone, Default)]
pub struct Checked {
    /// The piece; none where an error was found, here or in loading.
    pub piece: Option<CheckedPiece>,
    /// What was found here, in the order of the source.
    pub diagnostics: Vec<Diagnostic>,
}

/// Judges a loaded piece, everything that its shape alone does not decide, and parses its values.
#[must_use]
pub fn check(loaded: &Loaded) -> Checked {
    let Some(piece) = &loaded.piece else {
        return Checked::default();
    };
    let mut report = Report::new(loaded, piece);
    let front = front::check(piece, &mut report);
    let introduction = root().key("introduction");
    let introduction = blocks::check(&piece.introduction, &introduction, &mut report);
    let contributors = contributors::check(&piece.contributors, &mut report);
    let notes = text::notes(piece, &mut report);
    let checked = front.filter(|_| !report.refused).map(|front| CheckedPiece {
        front,
        introduction,
        contributors,
        notes,
        source_hash: loaded.hash.clone(),
    });
    Checked {
        piece: checked,
        diagnostics: report.finish(&loaded.diagnostics),
    }
}

fn root() -> FieldPath {
    FieldPath::root()
}

/// A diagnostic's place, for comparison.
fn span(diagnostic: &Diagnostic) -> Option<(usize, usize)> {
    let span = diagnostic.span.as_ref()?;
    Some((span.start, span.end))
}

/// Where a citation comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CitationFrom {
    /// The piece says it.
    Piece,
    /// The project gives a pattern of it.
    Project,
}

/// A name in the normal form NFC (UAX 15).
fn composed(name: &str) -> Cow<'_, str> {
    match is_nfc(name) {
        true => name.into(),
        false => name.nfc().collect::<String>().into(),
    }
}

/// Collects what the rules find.
struct Report<'a> {
    source: &'a SourceText,
    citation: CitationFrom,
    images: &'a BTreeMap<FieldPath, Image>,
    /// The notes that there are, by name in the normal form NFC: programs differ in how they write a letter with its mark.
    notes: BTreeMap<Cow<'a, str>, NoteIndex>,
    /// Those that some text refers to.
    referred: BTreeSet<NoteIndex>,
    /// The piece's language; none where that is wrong.
    piece_language: Option<LanguageTag>,
    /// The language of what is read, where a key gave it one.
    language: Option<LanguageTag>,
    /// How many times the note that was meant was looked for.
    searches: usize,
    /// How much the piece holds so far.
    counts: limits::Counts,
    found: Vec<Diagnostic>,
    /// Whether no edition can be made: an error was found, told or not.
    refused: bool,
}

impl<'a> Report<'a> {
    fn new(loaded: &'a Loaded, piece: &'a Piece) -> Self {
        let names = piece.notes.keys().map(|name| composed(name));
        let indices = (0..).map(NoteIndex);
        let is_error = |found: &Diagnostic| found.severity == Severity::Error;
        Self {
            source: &loaded.source,
            citation: match loaded.inherits.keys.iter().any(|key| key == "citation") {
                true => CitationFrom::Project,
                false => CitationFrom::Piece,
            },
            images: &loaded.images,
            notes: names.zip(indices).collect(),
            referred: BTreeSet::new(),
            piece_language: LanguageTag::parse(&piece.language).ok(),
            language: None,
            searches: 0,
            counts: limits::Counts::new(loaded.source.text.len()),
            found: Vec::new(),
            refused: loaded.diagnostics.iter().any(is_error),
        }
    }

    /// The language that a key gives to what it stands with; none where that is the language around it.
    fn own_language(&mut self, written: Option<&String>, at: &FieldPath) -> Option<LanguageTag> {
        let language = front::language(written?, &at.key("language"), self)?;
        let around = self.language.as_ref().or(self.piece_language.as_ref());
        (Some(&language) != around).then_some(language)
    }

    /// Reads what stands in a language of its own, where one is given.
    fn within<T>(
        &mut self,
        language: Option<&LanguageTag>,
        read: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let Some(language) = language else {
            return read(self);
        };
        let around = self.language.replace(language.clone());
        let read = read(self);
        self.language = around;
        read
    }

    /// The image of a field; loading has said why there is none.
    fn image(&mut self, field: &FieldPath) -> Option<Image> {
        let image = self.images.get(field).cloned();
        self.refused |= image.is_none();
        image
    }

    /// The note of this name.
    fn note(&self, name: &str) -> Option<NoteIndex> {
        self.notes.get(&*composed(name)).copied()
    }

    /// The note that was probably meant; of many wrong names only the first are looked up.
    fn nearest_note(&mut self, name: &str) -> Option<&str> {
        self.searches += 1;
        (self.searches <= MAX_SEARCHES)
            .then(|| nearest(name, self.notes.keys().map(|known| &**known)))
            .flatten()
    }

    /// Says something of a field.
    fn say(&mut self, path: &FieldPath, diagnostic: Diagnostic) {
        if self.keeps(path, &diagnostic) {
            let at = self.source.place(path);
            self.found.push(diagnostic.at(at));
        }
    }

    /// Says something of a part of a field's value, in bytes of the value.
    fn say_within(
        &mut self,
        path: &FieldPath,
        value: &str,
        part: &ByteSpan,
        diagnostic: Diagnostic,
    ) {
        if self.keeps(path, &diagnostic) {
            let at = self.source.place_within(path, value, part);
            self.found.push(diagnostic.at(at));
        }
    }

    /// Whether to keep a diagnostic: so many that nobody would read more are kept, and the first error in any case.
    fn keeps(&mut self, path: &FieldPath, diagnostic: &Diagnostic) -> bool {
        if self.source.is_unread(path) {
            return false;
        }
        let is_error = diagnostic.severity == Severity::Error;
        let first_error = is_error && !self.refused;
        self.refused |= is_error;
        !self.is_full() || first_error
    }

    /// Whether so much was found that more would not be read.
    fn is_full(&self) -> bool {
        self.found.len() > MAX_PROBLEMS
    }

    /// What was found, but for what loading has said of the same places; no warning stands for an error.
    fn finish(mut self, said: &[Diagnostic]) -> Vec<Diagnostic> {
        let is_error = |found: &Diagnostic| found.severity == Severity::Error;
        let errors = said.iter().filter(|said| is_error(said));
        let errors: BTreeSet<_> = errors.filter_map(span).collect();
        let said: BTreeSet<_> = said.iter().filter_map(span).collect();
        self.found.retain(|found| {
            let heard = if is_error(found) { &errors } else { &said };
            span(found).is_none_or(|span| !heard.contains(&span))
        });
        diagnostic::sort(&mut self.found);
        self.found
    }
}

#[cfg(test)]
mod tests;
