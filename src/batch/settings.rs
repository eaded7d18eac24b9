//! What a run is asked for, and who hears of it while it goes.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use super::disk::Disk;
use super::outcome::PieceOutcome;
use super::selection::Selection;
use crate::diagnostic::Severity;
use crate::editions::Options;
use crate::pipeline::{Output, Proving};
use crate::project::Projects;

/// What a run is asked for.
#[derive(Clone, Copy)]
pub struct BatchSettings<'a> {
    /// Source files and folders.
    pub paths: &'a [PathBuf],
    /// Which of the sources to take.
    pub selection: &'a Selection,
    /// What to build of each piece.
    pub outputs: &'a [Output],
    /// The output folder.
    pub dist: &'a Path,
    /// What every writer is told.
    pub options: &'a Options,
    /// The projects of the pieces.
    pub projects: &'a Projects,
    /// `SOURCE_DATE_EPOCH`, where set.
    pub epoch: Option<u64>,
    /// How many pieces are worked on at once, at most four a core; one a core where not set.
    pub jobs: Option<NonZeroUsize>,
    /// Build everything, whatever the record says.
    pub force: bool,
    /// Compare the bytes of editions, whatever their stamps.
    pub recheck: bool,
    /// Remove the editions of pieces whose source is gone.
    pub clean: bool,
    /// A warning fails its piece.
    pub deny_warnings: bool,
    /// Whether editions are proved before they take their places; one that stands there unproved is made again.
    pub proving: Proving,
    /// Where to write the report.
    pub report: Option<&'a Path>,
    /// The disk.
    pub disk: &'a dyn Disk,
    /// Set from outside to end the run early.
    pub stop: &'a AtomicBool,
}

/// Listens to a run. Calls come from several threads; [`BatchObserver::outcome`] is called in the order of the paths.
pub trait BatchObserver: Sync {
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
    fn outcome(&self, _outcome: &PieceOutcome) {}
}
