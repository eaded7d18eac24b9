//! What a run is told, what it tells while it goes, and what it tells at the end.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use super::disk::Disk;
use crate::diagnostic::{Diagnostic, Severity, SourceText};
use crate::editions::Options;
use crate::piece::Slug;
use crate::pipeline::Output;

/// What a run is told.
#[derive(Clone, Copy)]
pub struct Settings<'a> {
    /// Source files and folders.
    pub paths: &'a [PathBuf],
    /// What to make of each piece.
    pub outputs: &'a [Output],
    /// The output folder.
    pub dist: &'a Path,
    /// What every writer is told.
    pub options: &'a Options,
    /// `SOURCE_DATE_EPOCH`, where set.
    pub epoch: Option<u64>,
    /// How many pieces are worked on at once; all cores where not set.
    pub jobs: Option<NonZeroUsize>,
    /// Make everything, whatever the record says.
    pub force: bool,
    /// Compare the bytes of editions, not their stamps.
    pub recheck: bool,
    /// A warning fails its piece.
    pub deny_warnings: bool,
    /// Where to write the report.
    pub report: Option<&'a Path>,
    /// The disk.
    pub disk: &'a dyn Disk,
    /// Set from outside to end the run early.
    pub stop: &'a AtomicBool,
}

/// Listens to a run. Calls come from several threads; [`Observer::outcome`] is called in the order of the paths.
pub trait Observer: Sync {
    /// So many sources of so many have been read and compared with the record.
    fn planned(&self, _done: usize, _total: usize) {}
    /// The plan stands: so many pieces are due.
    fn due(&self, _total: usize) {}
    /// Work on a piece begins.
    fn begun(&self, _path: &Path) {}
    /// Work on a piece has ended; its files may not be in place yet.
    fn ended(&self, _path: &Path) {}
    /// Something about the run as a whole that does not concern one piece.
    fn note(&self, _severity: Severity, _note: &str) {}
    /// What became of a piece.
    fn outcome(&self, _outcome: &Outcome) {}
}

/// What became of a piece.
#[derive(Debug)]
pub struct Outcome {
    /// The source file.
    pub path: PathBuf,
    /// The slug, where the source gives one.
    pub slug: Option<Slug>,
    /// How it ended.
    pub status: Status,
    /// The source's text, for showing diagnostics.
    pub source: SourceText,
    /// Everything there is to say.
    pub diagnostics: Vec<Diagnostic>,
    /// The files that stand in the output folder for it.
    pub files: Vec<File>,
    /// How long each stage took.
    pub times: Vec<(&'static str, Duration)>,
}

impl Outcome {
    /// How many diagnostics are of a severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        let same = self.diagnostics.iter().filter(|d| d.severity == severity);
        same.count()
    }
}

/// How a piece ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// All that was asked for stands in the output folder, some of it new.
    Made,
    /// All that was asked for stood there already.
    Unchanged,
    /// Something asked for could not be made; what stood there before still does.
    Failed,
}

/// A file in the output folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// The name of its format, or `cover`.
    pub format: &'static str,
    /// Its path.
    pub path: PathBuf,
    /// Its size in bytes.
    pub size: u64,
    /// The SHA-256 of its bytes.
    pub hash: String,
    /// Whether this run wrote it.
    pub fresh: bool,
}

/// How a run ended.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Pieces found.
    pub pieces: usize,
    /// Pieces made.
    pub made: usize,
    /// Pieces that needed nothing.
    pub unchanged: usize,
    /// Pieces that failed.
    pub failed: usize,
    /// Pieces not reached, because the run was ended early.
    pub left: usize,
    /// Files written.
    pub files: usize,
    /// Their bytes.
    pub bytes: u64,
    /// Warnings.
    pub warnings: usize,
    /// Errors.
    pub errors: usize,
    /// Faults of the run itself, such as a folder that could not be read.
    pub faults: usize,
    /// How long it took.
    pub time: Duration,
}

/// Why a run did not begin; nothing was written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RunError {
    /// A path that cannot be opened.
    #[error("cannot open {}: {reason}", path.display())]
    NoSuchPath {
        /// The path.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// No source file under any of the paths.
    #[error("no piece found in {}: a piece is a .yaml or .yml file", list(paths))]
    NoSource {
        /// The paths.
        paths: Vec<PathBuf>,
    },
    /// Pieces whose editions would replace each other.
    #[error("{}", collisions(pieces))]
    SameSlug {
        /// Each slug with the first two files that have it.
        pieces: Vec<(Slug, PathBuf, PathBuf)>,
    },
    /// The output folder cannot be made or written to.
    #[error("cannot write to the folder {}: {reason}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// The report cannot be written.
    #[error("cannot write the report {}: {reason}", path.display())]
    Report {
        /// The report.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// The threads cannot be started.
    #[error("cannot start {jobs} jobs: {reason}")]
    Jobs {
        /// How many.
        jobs: usize,
        /// What the system said.
        reason: String,
    },
}

fn list(paths: &[PathBuf]) -> String {
    let names: Vec<_> = paths.iter().map(|p| p.display().to_string()).collect();
    names.join(", ")
}

fn collisions(pieces: &[(Slug, PathBuf, PathBuf)]) -> String {
    let lines = pieces.iter().map(|(slug, first, second)| {
        format!(
            "two pieces have the slug `{slug}`: {} and {}",
            first.display(),
            second.display()
        )
    });
    lines.collect::<Vec<_>>().join("\n")
}
