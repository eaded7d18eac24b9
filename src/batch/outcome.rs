//! What became of each piece of a run, and of the run.

use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::part_line::Attempt;
use super::shard::Shard;
use crate::diagnostic::{Diagnostic, Severity, SourceText};
use crate::digest::Sha256;
use crate::piece::Slug;

/// What became of a piece.
#[derive(Debug)]
pub struct PieceOutcome {
    /// The source file.
    pub path: PathBuf,
    /// The slug, where the source gives one.
    pub slug: Option<Slug>,
    /// How it ended.
    pub status: PieceStatus,
    /// The source's text, for showing diagnostics.
    pub source: SourceText,
    /// Everything there is to say.
    pub diagnostics: Vec<Diagnostic>,
    /// The files that stand in the output folder for it.
    pub files: Vec<OutputFile>,
    /// How long each stage took.
    pub times: Vec<(&'static str, Duration)>,
}

impl PieceOutcome {
    /// How many diagnostics are of a severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        let same = self.diagnostics.iter().filter(|d| d.severity == severity);
        same.count()
    }
}

/// How a piece ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PieceStatus {
    /// All that was asked for stands in the output folder, some of it new.
    Built,
    /// All that was asked for stood there already.
    Unchanged,
    /// Something asked for could not be made; what stood there before still does.
    Failed,
}

impl PieceStatus {
    const ALL: [Self; 3] = [Self::Built, Self::Unchanged, Self::Failed];

    /// Its name in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Built => "made",
            Self::Unchanged => "unchanged",
            Self::Failed => "failed",
        }
    }

    /// The status of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }
}

/// A file in the output folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputFile {
    /// The name of its format, or `cover`.
    pub format: &'static str,
    /// Its path.
    pub path: PathBuf,
    /// Its size in bytes.
    pub size: u64,
    /// The SHA-256 of its bytes.
    pub hash: Sha256,
    /// Whether this run wrote it.
    pub fresh: bool,
}

/// How a run ended.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BatchSummary {
    /// Pieces found.
    pub pieces: usize,
    /// Pieces built.
    pub built: usize,
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
    /// The faces that were brought along, by their names.
    pub faces: Vec<String>,
    /// Pieces whose source is gone and whose editions stand in the output folder.
    pub gone: usize,
    /// Files of such pieces that were removed.
    pub removed: usize,
    /// The shard that it was, and the number of the attempt.
    pub shard: Option<(Shard, Attempt)>,
    /// How long it took.
    pub time: Duration,
}
