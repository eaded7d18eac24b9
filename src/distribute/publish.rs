//! Putting a site on a store: only what changed, in an order in which no page ever names a file that is not there.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::files::{Phase, Planned};
use super::headers::Keep;
use super::manifest::{FILE_NAME, FileEntry, Manifest};
use super::store::{Headers, Store, StoreError};

/// What is to be done at a store.
pub(super) struct Plan<'a> {
    /// Files to put, in the order of their phases.
    pub(super) put: Vec<&'a Planned>,
    /// Files that stand there and that the site names no more.
    pub(super) stale: BTreeMap<String, FileEntry>,
    /// How many files stand there as they should.
    pub(super) same: usize,
}

impl<'a> Plan<'a> {
    /// Compares a site with what stands at the target.
    pub(super) fn of(files: &'a [Planned], before: &Manifest) -> Self {
        let mut put: Vec<&Planned> = Vec::new();
        for file in files {
            if before.files.get(&file.path) != Some(&file.entry) {
                put.push(file);
            }
        }
        put.sort_by_key(|file| file.phase);
        let named: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
        let known = before.files.iter().chain(&before.stale);
        let stale = known.filter(|(path, _)| !named.contains(path.as_str()));
        Self {
            same: files.len() - put.len(),
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

/// Puts what is new or changed; `told` hears of each file that was put.
///
/// # Errors
/// The first [`PutError`]; nothing is begun after it, and no file of a later phase is put.
pub(super) fn put(
    plan: &Plan<'_>,
    store: &dyn Store,
    stop: &AtomicBool,
    told: &(dyn Fn(&Planned) + Sync),
) -> Result<(), PutError> {
    for phase in [Phase::Edition, Phase::Page, Phase::Catalogue] {
        let files: Vec<&Planned> = plan
            .put
            .iter()
            .copied()
            .filter(|file| file.phase == phase)
            .collect();
        put_all(&files, store, stop, told)?;
    }
    Ok(())
}

fn put_all(
    files: &[&Planned],
    store: &dyn Store,
    stop: &AtomicBool,
    told: &(dyn Fn(&Planned) + Sync),
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
            match put_one(file, store) {
                Ok(()) => told(file),
                Err(error) => return fail(error),
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..store.width().min(files.len()) {
            scope.spawn(work);
        }
    });
    let failed = failed.into_inner().unwrap_or_else(PoisonError::into_inner);
    failed.map_or(Ok(()), Err)
}

fn put_one(file: &Planned, store: &dyn Store) -> Result<(), PutError> {
    let bytes = file.bytes().map_err(|error| PutError::File {
        path: file.path.clone(),
        reason: error.to_string(),
    })?;
    Ok(store.put(&file.path, bytes, &file.headers())?)
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

/// Removes files; those that were not reached stay known as stale.
pub(super) fn prune(
    stale: &BTreeMap<String, FileEntry>,
    store: &dyn Store,
) -> Result<(), PutError> {
    for path in stale.keys() {
        store.remove(path)?;
    }
    Ok(())
}
