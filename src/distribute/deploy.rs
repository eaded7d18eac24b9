//! Deployment: stage, promote, prune, in the order that keeps the old site whole for as long as it can be.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::deploy_plan::DeployPlan;
use super::headers::CachePolicy;
use super::manifest::{FILE_NAME, FileEntry, Manifest};
use super::occupancy::Occupancy;
use super::planned_file::PlannedFile;
use super::promotion::{each, steps};
use super::{DeployObserver, DeploySettings, DeployStage, DistributeError, PutError};
use crate::store::{Guard, Headers, Store, StoreError, Version};

/// So many bytes of a manifest's parts are held until they are put.
const AT_ONCE: usize = 4 << 20;

/// A site on its way to a store.
pub(super) struct Deployment<'a> {
    pub(super) settings: &'a DeploySettings<'a>,
    pub(super) store: &'a dyn Store,
    pub(super) plan: &'a DeployPlan<'a>,
    /// What stands at the target.
    pub(super) before: Manifest,
    /// What will stand there.
    pub(super) after: Manifest,
    /// The version of the manifest that stands there: what every put of a new one asks for.
    pub(super) version: Option<Version>,
    /// The paths of the manifest's parts that stand there.
    pub(super) parts: BTreeSet<String>,
    /// Whether files that the site names no more are removed.
    pub(super) may_prune: bool,
    pub(super) observer: &'a dyn DeployObserver,
    /// The names of all that is staged.
    pub(super) staged: BTreeSet<String>,
}

impl<'a> Deployment<'a> {
    /// Tells what would be done.
    pub(super) fn rehearse(&self) {
        for file in &self.plan.put {
            self.observer.put(&file.path, file.entry.size);
        }
        if self.may_prune {
            self.report_removed();
        }
    }

    fn report_removed(&self) {
        let stale = self.plan.stale.keys();
        stale.for_each(|path| self.observer.removed(path));
    }

    fn prunes(&self) -> bool {
        self.may_prune && !self.plan.stale.is_empty()
    }

    /// Whether there is anything to do at the store.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot say what is staged.
    pub(super) fn is_due(&self) -> Result<bool, StoreError> {
        let differs = !self.plan.put.is_empty() || self.after != self.before || self.prunes();
        // Copies that a run staged and did not come to remove are no business of readers.
        Ok(differs || !self.store.staged()?.is_empty())
    }

    /// Begins to write, if what stands at the target is still what it was compared with.
    ///
    /// # Errors
    /// [`DistributeError::Store`], [`DistributeError::Stage`], [`DistributeError::Unguarded`] and [`DistributeError::Changed`].
    pub(super) fn begin(&self) -> Result<Occupancy<'a>, DistributeError> {
        self.store.begin()?;
        let occupancy = Occupancy::enter(self.store, self.settings, self.observer);
        let occupancy = occupancy.map_err(|error| match error {
            DistributeError::Store(error) => DistributeError::Stage {
                error: PutError::Store(error),
                done: 0,
                total: self.plan.put.len(),
            },
            error => error,
        })?;
        // A manifest that can no longer be read is another one too.
        let there = self.store.version(FILE_NAME)?;
        match there == self.version {
            true => Ok(occupancy),
            false => Err(DistributeError::Changed),
        }
    }

    /// Whether the manifest is still the one that this run put or found.
    fn test(&self) -> Result<(), PutError> {
        match self.store.version(FILE_NAME)? == self.version {
            true => Ok(()),
            false => Err(PutError::Overtaken),
        }
    }

    /// Sends what is new or changed to where it is staged; what a run before staged is not sent again. The site at the target
    /// is not touched.
    ///
    /// # Errors
    /// [`DistributeError::Stage`] with the first failure; nothing is begun after it.
    pub(super) fn stage(&mut self) -> Result<(), DistributeError> {
        let total = self.plan.put.len();
        let done = AtomicUsize::new(0);
        let stage = || {
            let staged = self.store.staged()?;
            let send = |file: &PlannedFile| {
                let name = file.staged_name();
                if staged.get(&name) != Some(&file.entry.size) {
                    let bytes = file.bytes().map_err(|error| PutError::File {
                        path: file.path.clone(),
                        reason: error.to_string(),
                    })?;
                    self.store.stage(&name, bytes, &file.headers())?;
                }
                let done = done.fetch_add(1, Ordering::Relaxed) + 1;
                self.observer.progress(DeployStage::Stage, done, total);
                self.observer.put(&file.path, file.entry.size);
                Ok(())
            };
            each(
                &self.plan.put,
                self.store.concurrency(),
                self.settings.stop,
                &send,
            )?;
            self.store.sync()?;
            let sent = self.plan.put.iter().map(|file| file.staged_name());
            Ok(staged.into_keys().chain(sent).collect())
        };
        let staged = stage();
        self.staged = staged.map_err(|error| DistributeError::Stage {
            error,
            done: done.into_inner(),
            total,
        })?;
        Ok(())
    }

    /// Puts everything staged in its place, one step after the other, and the new manifest after it.
    ///
    /// # Errors
    /// [`DistributeError::Promote`] with the first failure; no file of a later step is put after it.
    pub(super) fn promote(&mut self) -> Result<(), DistributeError> {
        let total = self.plan.put.len();
        let done = AtomicUsize::new(0);
        let promoted = self.try_promote(&done);
        promoted.map_err(|error| DistributeError::Promote {
            error,
            done: done.into_inner(),
            total,
        })
    }

    fn try_promote(&mut self, done: &AtomicUsize) -> Result<(), PutError> {
        let plan = self.plan;
        let steps = steps(plan, &self.before, self.store)?;
        let is_new = self.after != self.before;
        let before = std::mem::take(&mut self.before);
        if !plan.put.is_empty() {
            let pending = plan.put.iter();
            let pending = pending.map(|file| (file.path.as_str(), &file.entry));
            self.put_manifest(&before, &pending.collect())?;
        }
        drop(before);
        let place = |file: &PlannedFile| {
            self.store.promote(&file.staged_name(), &file.path)?;
            let done = done.fetch_add(1, Ordering::Relaxed) + 1;
            let total = plan.put.len();
            self.observer.progress(DeployStage::Promote, done, total);
            Ok(())
        };
        let width = self.store.concurrency();
        for step in steps.chunk_by(|(a, _), (b, _)| a == b) {
            let files: Vec<&PlannedFile> = step.iter().map(|(_, file)| *file).collect();
            for wave in files.chunks(self.wave()) {
                self.test()?;
                each(wave, width, self.settings.stop, &place)?;
            }
        }
        if is_new {
            let after = std::mem::take(&mut self.after);
            self.put_manifest(&after, &BTreeMap::new())?;
            self.after = after;
        }
        Ok(())
    }

    /// So many files are promoted between two tests whether another run has taken over.
    fn wave(&self) -> usize {
        match self.store.guard() {
            // Nobody else can hold the lock.
            Guard::Lock => usize::MAX,
            Guard::Conditions => self.store.concurrency(),
        }
    }

    /// Removes files that the site names no more, pages first, so that no page names a file that is gone; then what is still
    /// staged.
    ///
    /// # Errors
    /// [`DistributeError::Promote`]; what was not reached stays known as stale.
    pub(super) fn prune(&mut self) -> Result<(), DistributeError> {
        let total = self.plan.put.len();
        let pruned = self.try_prune();
        pruned.map_err(|error| DistributeError::Promote {
            error,
            done: total,
            total,
        })
    }

    fn try_prune(&mut self) -> Result<(), PutError> {
        if self.prunes() {
            let is_page = |path: &&str| path.ends_with(".html") || path.ends_with(".xml");
            let stale = self.plan.stale.keys().map(String::as_str);
            let (pages, others): (Vec<&str>, Vec<&str>) = stale.partition(is_page);
            self.store.remove(&pages)?;
            self.store.remove(&others)?;
            self.report_removed();
            let mut after = std::mem::take(&mut self.after);
            after.stale.clear();
            self.put_manifest(&after, &BTreeMap::new())?;
            self.after = after;
        }
        Ok(self.store.discard(&self.staged)?)
    }

    /// Puts a manifest in the place of the one that this run put or found: its new parts, then its root, and takes away the
    /// parts that the new root does not name.
    fn put_manifest(
        &mut self,
        manifest: &Manifest,
        pending: &BTreeMap<&str, &FileEntry>,
    ) -> Result<(), PutError> {
        let headers = |cache: CachePolicy| Headers {
            media_type: "application/json",
            disposition: None,
            cache: cache.value(),
        };
        let (store, standing) = (self.store, &self.parts);
        let (mut some, mut size, mut put) = (Vec::new(), 0, Ok(()));
        let documents = manifest.documents(pending, &mut |path, bytes| {
            if put.is_err() || standing.contains(&path) {
                return;
            }
            size += bytes.len();
            some.push((path, bytes));
            if size >= AT_ONCE {
                size = 0;
                put = store.put_all(std::mem::take(&mut some), &headers(CachePolicy::Forever));
            }
        });
        put?;
        store.put_all(some, &headers(CachePolicy::Forever))?;
        let named = documents.parts;
        let root = headers(CachePolicy::Never);
        if self.settings.alone {
            self.store.put(FILE_NAME, documents.root, &root)?;
            self.version = self.store.version(FILE_NAME)?;
        } else {
            let expected = self.version.as_ref();
            let put = self
                .store
                .put_if(FILE_NAME, documents.root, &root, expected)?;
            self.version = Some(put.ok_or(PutError::Overtaken)?);
        }
        let spare: Vec<&str> = self.parts.difference(&named).map(String::as_str).collect();
        self.store.remove(&spare)?;
        self.parts = named;
        Ok(())
    }
}
