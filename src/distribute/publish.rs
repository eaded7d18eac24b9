//! Putting a site on a store: only what changed, in an order in which no page ever names a file that is not there.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::files::{Phase, Planned};
use super::headers::Keep;
use super::manifest::{FILE_NAME, FileEntry, Manifest};
use crate::store::{Headers, Store, StoreError};

/// What is to be done at a store.
pub(super) struct Plan<'a> {
    /// Files to put.
    pub(super) put: Vec<&'a Planned>,
    /// Files that stand there and that the site names no more.
    pub(super) stale: BTreeMap<String, FileEntry>,
    /// How many files stand there as they should.
    pub(super) same: usize,
}

impl<'a> Plan<'a> {
    /// Compares the files that were made, and the site that they are of, with what stands at the target.
    pub(super) fn of(files: &'a [Planned], before: &Manifest, after: &Manifest) -> Self {
        let differs = |file: &&Planned| before.files.get(&file.path) != Some(&file.entry);
        let put: Vec<&Planned> = files.iter().filter(differs).collect();
        let known = before.files.iter().chain(&before.stale);
        let stale = known.filter(|(path, _)| !after.files.contains_key(*path));
        Self {
            same: after.files.len() - put.len(),
            stale: stale
                .map(|(path, file)| (path.clone(), file.clone()))
                .collect(),
            put,
        }
    }
}

/// Why a site was not put whole.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PutError {
    /// The store did not do as asked.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file could not be read again.
    #[error("cannot read {path} again: {reason}")]
    File {
        /// The file's path in the site.
        path: String,
        /// Why.
        reason: String,
    },
    /// The person at the keyboard ended it.
    #[error("interrupted")]
    Interrupted,
}

/// Sends what is new or changed to where it waits, and gives the names of all that waits then; what waits there already is
/// not sent again.
///
/// `told` hears of each file that waits. The site at the target is not touched.
///
/// # Errors
/// The first [`PutError`]; nothing is begun after it.
pub(super) fn hold(
    plan: &Plan<'_>,
    store: &dyn Store,
    stop: &AtomicBool,
    told: &(dyn Fn(&Planned) + Sync),
) -> Result<BTreeSet<String>, PutError> {
    let waiting = store.waiting()?;
    let send = |file: &Planned| {
        let name = file.waiting_name();
        if waiting.get(&name) != Some(&file.entry.size) {
            let bytes = file.bytes().map_err(|error| PutError::File {
                path: file.path.clone(),
                reason: error.to_string(),
            })?;
            store.hold(&name, bytes, &file.headers())?;
        }
        told(file);
        Ok(())
    };
    each(&plan.put, store.width(), stop, &send)?;
    store.settle()?;
    let sent = plan.put.iter().map(|file| file.waiting_name());
    Ok(waiting.into_keys().chain(sent).collect())
}

/// When a file takes its place. Pages name each other in circles, so those that nobody can come to yet go before those that
/// stand there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    /// What pages name: editions, images, style sheets.
    Edition,
    /// Pages and catalogues that no file at the target names yet.
    New,
    /// Pages of pieces that stand there.
    Page,
    /// Catalogues that stand there, and the front page, which readers ask for without a link.
    Catalogue,
}

/// The path of the front page.
const FRONT: &str = "index.html";

impl Step {
    fn of(file: &Planned, stands: impl Fn(&str) -> bool) -> Self {
        match file.phase {
            Phase::Edition => Self::Edition,
            _ if !stands(&file.path) && file.path != FRONT => Self::New,
            Phase::Page => Self::Page,
            Phase::Catalogue => Self::Catalogue,
        }
    }
}

/// The files to put, each with its step, in the order of the steps.
///
/// # Errors
/// [`PutError::Store`].
pub(super) fn steps<'a>(
    plan: &Plan<'a>,
    before: &Manifest,
    store: &dyn Store,
) -> Result<Vec<(Step, &'a Planned)>, PutError> {
    // A run that ended while it put files left it open which of them stand there.
    let is_open = plan
        .put
        .iter()
        .any(|file| before.stale.contains_key(&file.path));
    let found = is_open.then(|| store.standing()).transpose()?;
    let stands = |path: &str| match &found {
        Some(found) => found.contains_key(path),
        None => before.files.contains_key(path),
    };
    let put = plan.put.iter();
    let mut steps: Vec<_> = put.map(|file| (Step::of(file, stands), *file)).collect();
    steps.sort_by_key(|(step, _)| *step);
    Ok(steps)
}

/// Puts everything that waits in its place, one step after the other; `told` hears of each file.
///
/// # Errors
/// The first [`PutError`]; no file of a later step is put after it.
pub(super) fn release(
    steps: &[(Step, &Planned)],
    store: &dyn Store,
    stop: &AtomicBool,
    told: &(dyn Fn(&Planned) + Sync),
) -> Result<(), PutError> {
    let place = |file: &Planned| {
        store.release(&file.waiting_name(), &file.path)?;
        told(file);
        Ok(())
    };
    for step in steps.chunk_by(|(a, _), (b, _)| a == b) {
        let files: Vec<&Planned> = step.iter().map(|(_, file)| *file).collect();
        each(&files, store.width(), stop, &place)?;
    }
    Ok(())
}

/// Does something with every file, several at once, until the first failure.
fn each(
    files: &[&Planned],
    width: usize,
    stop: &AtomicBool,
    work: &(dyn Fn(&Planned) -> Result<(), PutError> + Sync),
) -> Result<(), PutError> {
    let next = AtomicUsize::new(0);
    let failed: Mutex<Option<PutError>> = Mutex::new(None);
    let fail = |error| {
        let mut failed = failed.lock().unwrap_or_else(PoisonError::into_inner);
        failed.get_or_insert(error);
        next.store(files.len(), Ordering::Relaxed);
    };
    let work = || {
        while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            if stop.load(Ordering::Relaxed) {
                return fail(PutError::Interrupted);
            }
            if let Err(error) = work(file) {
                return fail(error);
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..width.min(files.len()) {
            scope.spawn(work);
        }
    });
    let failed = failed.into_inner().unwrap_or_else(PoisonError::into_inner);
    failed.map_or(Ok(()), Err)
}

/// Puts the manifest.
pub(super) fn put_manifest(manifest: &Manifest, store: &dyn Store) -> Result<(), PutError> {
    let headers = Headers {
        media_type: "application/json",
        disposition: None,
        cache: Keep::Never.value(),
    };
    Ok(store.put(FILE_NAME, manifest.to_json(), &headers)?)
}

/// Removes files, pages first, so that no page names a file that is gone.
///
/// # Errors
/// [`PutError::Store`]; what was not reached stays known as stale.
pub(super) fn prune(
    stale: &BTreeMap<String, FileEntry>,
    store: &dyn Store,
) -> Result<(), PutError> {
    let is_page = |path: &&str| path.ends_with(".html") || path.ends_with(".xml");
    let (pages, others): (Vec<&str>, Vec<&str>) =
        stale.keys().map(String::as_str).partition(is_page);
    store.remove(&pages)?;
    Ok(store.remove(&others)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_can_come_to_is_placed_before_what_stands() {
        let step = |path: &str, phase| {
            let file = Planned::of_bytes(
                path.to_owned(),
                "text/html",
                Vec::new(),
                Keep::Minutes,
                phase,
            );
            Step::of(&file, |path| path.starts_with("old"))
        };
        assert_eq!(step("cover.png", Phase::Edition), Step::Edition);
        assert_eq!(step("new-series.html", Phase::Catalogue), Step::New);
        assert_eq!(step("new-piece.html", Phase::Page), Step::New);
        // It may name a new series, so it comes after that.
        assert_eq!(step("old-piece.html", Phase::Page), Step::Page);
        assert_eq!(step("old-series.html", Phase::Catalogue), Step::Catalogue);
        assert_eq!(step("index.html", Phase::Catalogue), Step::Catalogue);
    }
}
