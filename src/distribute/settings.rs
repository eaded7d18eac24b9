//! What a run is asked for, who hears of it while it goes, and how it ended.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use super::manifest::Audience;
use super::site::Site;
use crate::diagnostic::{Diagnostic, Severity, SourceText};
use crate::pipeline::Proving;
use crate::project::Projects;
use crate::store::StoreAddress;
use crate::theme::Theme;

/// What a run is asked for.
pub struct DeploySettings<'a> {
    /// Source files and folders.
    pub paths: &'a [PathBuf],
    /// The folder with the editions.
    pub dist: &'a Path,
    /// Where the site is put.
    pub target: &'a StoreAddress,
    /// The site.
    pub site: &'a Site,
    /// The theme of its pages, covers and share images.
    pub theme: Theme,
    /// The projects of the pieces.
    pub projects: &'a Projects,
    /// `SOURCE_DATE_EPOCH`, where set.
    pub epoch: Option<u64>,
    /// How many pieces are worked on at once, at most four a core; one a core where not set.
    pub jobs: Option<NonZeroUsize>,
    /// Look at what stands at the target, rather than trust its manifest.
    pub recheck: bool,
    /// Tell what would be done, and do nothing.
    pub dry_run: bool,
    /// Whether an edition whose proof is not remembered is held against its source before it is shipped.
    pub proving: Proving,
    /// Remove files that the site names no more.
    pub prune: bool,
    /// No other run works on the target: do without conditional puts.
    pub alone: bool,
    /// Who puts the site, for others who come meanwhile.
    pub holder: &'a str,
    /// The instant that embargoes are held against, in seconds since 1970.
    pub now: i64,
    /// Whom the site is for.
    pub audience: Audience,
    /// Set from outside to end the run early.
    pub stop: &'a AtomicBool,
}

/// What a run is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeployStage {
    /// Pieces are made.
    Build,
    /// Files are sent to where they are staged.
    Stage,
    /// Files are put in their places.
    Promote,
}

/// Listens to a run. [`DeployObserver::put`] and [`DeployObserver::progress`] are called from several threads.
pub trait DeployObserver: Sync {
    /// So much of a stage is done.
    fn progress(&self, stage: DeployStage, done: usize, total: usize);
    /// Something about the run as a whole.
    fn note(&self, severity: Severity, note: &str);
    /// Something about a source or its editions, in the order of the sources.
    fn diagnostic(&self, source: &SourceText, diagnostic: &Diagnostic);
    /// What will be published next, and when.
    fn upcoming(&self, line: &str);
    /// A file is sent, or would be.
    fn put(&self, path: &str, size: u64);
    /// A file is removed, or would be.
    fn removed(&self, path: &str);
}

/// How a run ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DeploySummary {
    /// Pieces on the site.
    pub pieces: usize,
    /// Sources that could not be put as they are.
    pub failed: usize,
    /// Pieces that stay as they were published last.
    pub kept: usize,
    /// Pieces whose source is gone.
    pub gone: usize,
    /// Drafts, and pieces under an embargo, that were never published.
    pub waiting: usize,
    /// Files that were put, or would be.
    pub put: usize,
    /// Their bytes.
    pub bytes: u64,
    /// Files that stood there already.
    pub same: usize,
    /// Files that were removed, or would be.
    pub removed: usize,
    /// Files that stand there and that the site names no more.
    pub stale: usize,
    /// Warnings.
    pub warnings: usize,
    /// Errors.
    pub errors: usize,
}
