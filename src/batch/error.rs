//! Why a run did not begin.

use std::path::PathBuf;

use crate::pipeline::{DuplicateSlug, PoolError};

/// Why a run did not begin; nothing was written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BatchError {
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
    /// A name that no list of a shard can hold.
    #[error(
        "the name of {} is no Unicode, so it cannot stand in a list; `export --shard` takes it",
        path.display()
    )]
    UnlistedName {
        /// The path below the root.
        path: PathBuf,
    },
    /// A list of a shard names paths below one root.
    #[error("--shard-list names pieces below one folder, so one PATH goes with it")]
    ListOfRoots,
    /// Pieces whose editions would replace each other.
    #[error("{}", lines(pieces))]
    DuplicateSlugs {
        /// Each source whose slug an earlier one has.
        pieces: Vec<DuplicateSlug>,
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
    /// A report cannot be joined with others.
    #[error("cannot join the report {}: {reason}", path.display())]
    ReadReport {
        /// The report.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The threads cannot be started.
    #[error(transparent)]
    Jobs(#[from] PoolError),
}

fn list(paths: &[PathBuf]) -> String {
    let names: Vec<_> = paths.iter().map(|p| p.display().to_string()).collect();
    names.join(", ")
}

fn lines(pieces: &[DuplicateSlug]) -> String {
    let lines: Vec<_> = pieces.iter().map(ToString::to_string).collect();
    lines.join("\n")
}
