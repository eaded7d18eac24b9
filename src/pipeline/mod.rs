//! One piece, from its source file to the bytes of its editions: load, check, compose, fit its pictures, lay out, write.
//!
//! Whoever needs a piece goes this way: `export`, `check` and `distribute` differ only in how far they go and what they ask for.

mod build;
mod compose;
mod fix;
mod output;
mod pictures;
mod pool;
mod prove;
#[cfg(feature = "preview")]
mod set;
mod slugs;
mod statistics;
mod write;

pub use build::Build;
pub(crate) use compose::compose;
pub use fix::fix;
pub use output::Output;
pub(crate) use pictures::fit;
pub use pool::{PoolError, pool};
pub use prove::Proving;
pub(crate) use prove::prove;
#[cfg(feature = "preview")]
pub(crate) use set::{SetPiece, set};
pub use slugs::DuplicateSlug;
pub(crate) use slugs::Slugs;
pub use statistics::{PartStatistics, PieceStatistics, minutes};
pub(crate) use write::write;

use std::path::Path;
use std::time::{Duration, Instant};

use crate::diagnostic::{Code, guard};
use crate::editions::Options;
use crate::load::{Loaded, load_in, load_text};
use crate::piece::Slug;
use crate::project::Projects;

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub struct BuildRequest<'a> {
    /// The files to make of each piece.
    pub outputs: &'a [Output],
    /// Whether to set the pages even where no output needs them, for what is noticed on the way.
    pub pages: bool,
    /// What every writer is told.
    pub options: &'a Options,
    /// The projects of the pieces.
    pub projects: &'a Projects,
    /// `SOURCE_DATE_EPOCH`, where set.
    pub epoch: Option<u64>,
    /// Whether a warning fails the piece.
    pub deny_warnings: bool,
    /// Whether the editions are proved.
    pub proving: Proving,
}

/// A source as loaded, and how long that took.
#[derive(Debug)]
pub struct Opened {
    pub(crate) loaded: Box<Loaded>,
    time: Duration,
}

/// Loads a source and finds its slug, where it gives one: all that planning needs.
#[must_use]
pub(crate) fn open(path: &Path, projects: &Projects) -> Option<(Option<Slug>, Opened)> {
    let (loaded, time) = timed(|| guard("loading", || Box::new(load_in(path, projects))));
    let loaded = loaded.ok()?;
    let slug = guard("naming", || loaded.piece.as_ref()?.slug().ok());
    Some((slug.ok().flatten(), Opened { loaded, time }))
}

/// The same with the text of a source that stands elsewhere than on this machine; its images are not at hand.
#[must_use]
pub(crate) fn open_text(
    path: &Path,
    text: &str,
    projects: &Projects,
) -> Option<(Option<Slug>, Opened)> {
    let load = || Box::new(load_text(path, text, projects));
    let (loaded, time) = timed(|| guard("loading", load));
    let mut loaded = loaded.ok()?;
    loaded
        .diagnostics
        .retain(|found| found.code != Code::MissingImage);
    let slug = guard("naming", || loaded.piece.as_ref()?.slug().ok());
    Some((slug.ok().flatten(), Opened { loaded, time }))
}

/// Builds the editions of a piece. Nothing is written to a disk; nothing panics.
#[must_use]
pub fn build(path: &Path, opened: Option<Opened>, request: BuildRequest<'_>) -> Build {
    let (mut build, composition) = compose(
        path,
        opened,
        request.projects,
        request.epoch,
        request.deny_warnings,
        &request.options.theme.house(),
    );
    if let Some(composition) = composition {
        if request.pages {
            build.statistics = Some(PieceStatistics::of(&composition));
        }
        let outputs = Output::of_life(request.outputs, &composition.life);
        let outputs = outputs.as_slice();
        write::editions(
            &mut build,
            &composition,
            BuildRequest { outputs, ..request },
        );
        if request.proving == Proving::Each {
            build.prove(&composition, request.options);
        }
    }
    build
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed())
}
