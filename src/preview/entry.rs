//! A row of the list of pieces.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::problems::named;
use crate::compose::{Composition, House};
use crate::diagnostic::Severity;
use crate::digest::Sha256;
use crate::piece::Direction;
use crate::pipeline;
use crate::project::Projects;

/// Names a piece in addresses: a digest of the path where it was found, so that it outlives this run.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub(super) struct PieceId(String);

impl PieceId {
    pub(super) fn of(path: &Path) -> Self {
        Self(Sha256::of(path.as_os_str().as_encoded_bytes()).prefix(12))
    }

    /// Whether this is how it is written.
    pub(super) fn is(&self, written: &str) -> bool {
        self.0 == written
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// A piece of the list.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Entry {
    pub(super) id: PieceId,
    /// The clock's reading when it last changed.
    #[serde(skip)]
    pub(super) version: u64,
    /// The file as it was named.
    #[serde(skip)]
    pub(super) path: PathBuf,
    /// The file without links in its path.
    #[serde(skip)]
    pub(super) real: PathBuf,
    /// The digest of the source; none before it was read.
    #[serde(skip)]
    pub(super) hash: Option<Sha256>,
    file: String,
    errors: usize,
    warnings: usize,
    #[serde(flatten)]
    heading: Option<Heading>,
    /// All its words in small letters, for the search.
    #[serde(skip)]
    words: String,
}

/// What the list shows of a piece that could be read.
#[derive(Debug, Clone, Serialize)]
struct Heading {
    title: String,
    series: String,
    names: Vec<String>,
    date: String,
    printed_date: String,
    language: String,
    direction: Direction,
    /// Another one for another cover.
    cover: String,
}

impl Entry {
    /// A piece that was found and not yet read.
    pub(super) fn new(path: PathBuf, real: PathBuf) -> Self {
        Self {
            id: PieceId::of(&path),
            version: 0,
            file: named(&path),
            path,
            real,
            hash: None,
            errors: 0,
            warnings: 0,
            heading: None,
            words: String::new(),
        }
    }

    /// The same piece in another file.
    pub(super) fn moved(&mut self, path: PathBuf, real: PathBuf) {
        self.file = named(&path);
        self.path = path;
        self.real = real;
    }

    /// Reads the piece. What cannot be read anew stays as it was.
    pub(super) fn read(&mut self, projects: &Projects, generation: u64) {
        let (build, composition) =
            pipeline::compose(&self.path, None, projects, None, false, &House::default());
        let count = |severity| {
            let found = build.diagnostics();
            found.filter(|one| one.severity == severity).count()
        };
        self.errors = count(Severity::Error);
        self.warnings = count(Severity::Warning);
        self.hash = build.source_hash;
        if let Some(composition) = composition {
            let cover = Sha256::of_fields([
                build.source_hash.unwrap_or_default().to_string().as_str(),
                build.given.unwrap_or_default().to_string().as_str(),
                generation.to_string().as_str(),
            ]);
            self.words = words(&composition, &self.file);
            self.heading = Some(Heading::of(&composition, cover.prefix(12)));
        }
    }

    /// Whether all these words stand in it.
    pub(super) fn has(&self, words: &[String]) -> bool {
        words.iter().all(|word| self.words.contains(word.as_str()))
    }
}

impl Heading {
    fn of(composition: &Composition, cover: String) -> Self {
        let record = &composition.record;
        Self {
            title: record.full_title.clone(),
            series: record.series.clone(),
            names: record
                .people
                .iter()
                .map(|person| person.name.clone())
                .collect(),
            date: record.date.to_string(),
            printed_date: composition.date_line(),
            language: record.language.as_str().to_owned(),
            direction: record.direction,
            cover,
        }
    }
}

fn words(composition: &Composition, file: &str) -> String {
    let mut words = file.to_lowercase();
    for text in &composition.texts {
        words.push('\n');
        words += &text.plain().to_lowercase();
    }
    words
}
