//! Deployment: stage, promote, prune, in the order that keeps the old site whole for as long as it can be.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::deploy_plan::DeployPlan;
use super::headers::CachePolicy;
use super::manifest::{FILE_NAME, FileEntry, Manifest};
use super::planned_file::PlannedFile;
use super::promotion::{each, steps};
use super::{DeployObserver, DeploySettings, DeployStage, DistributeError, PutError};
use crate::digest::Sha256;
use crate::store::{Headers, Store, StoreError};

/// A site on its way to a store.
pub(super) struct Deployment<'a> {
    pub(super) settings: &'a DeploySettings<'a>,
    pub(super) store: &'a dyn Store,
    pub(super) plan: &'a DeployPlan<'a>,
    /// What stands at the target.
    pub(super) before: Manifest,
    /// What will stand there.
    pub(super) after: Manifest,
    /// Whether files that the site names no more are removed.
    pub(super) may_prune: bool,
    pub(super) observer: &'a dyn DeployObserver,
    /// The names of all that is staged.
    pub(super) staged: BTreeSet<String>,
}

impl Deployment<'_> {
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

    /// Begins to write, if what stands at the target is still what it was compared with: the manifest of this digest.
    ///
    /// # Errors
    /// [`DistributeError::Store`] and [`DistributeError::Changed`].
    pub(super) fn begin(&self, manifest: Option<Sha256>) -> Result<(), DistributeError> {
        self.store.begin()?;
        let there = self.store.read(FILE_NAME)?;
        let there = there.map(Sha256::of_reader).transpose();
        // A manifest that can no longer be read is another one too.
        match there.is_ok_and(|there| there == manifest) {
            true => Ok(()),
            false => Err(DistributeError::Changed),
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
            self.put_manifest(&meanwhile(before, plan))?;
        }
        let place = |file: &PlannedFile| {
            self.store.promote(&file.staged_name(), &file.path)?;
            let done = done.fetch_add(1, Ordering::Relaxed) + 1;
            let total = plan.put.len();
            self.observer.progress(DeployStage::Promote, done, total);
            Ok(())
        };
        for step in steps.chunk_by(|(a, _), (b, _)| a == b) {
            let files: Vec<&PlannedFile> = step.iter().map(|(_, file)| *file).collect();
            let width = self.store.concurrency();
            each(&files, width, self.settings.stop, &place)?;
        }
        if is_new {
            self.put_manifest(&self.after)?;
        }
        Ok(())
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
            self.after.stale.clear();
            self.put_manifest(&self.after)?;
        }
        Ok(self.store.discard(&self.staged)?)
    }

    fn put_manifest(&self, manifest: &Manifest) -> Result<(), StoreError> {
        let headers = Headers {
            media_type: "application/json",
            disposition: None,
            cache: CachePolicy::Never.value(),
        };
        self.store.put(FILE_NAME, manifest.to_json(), &headers)
    }
}

/// The manifest while files are promoted: what is about to be put may stand there or not, and is ours if it does.
fn meanwhile(mut before: Manifest, plan: &DeployPlan<'_>) -> Manifest {
    let due: BTreeMap<&str, &FileEntry> = plan
        .put
        .iter()
        .map(|file| (file.path.as_str(), &file.entry))
        .collect();
    before.keep(|path, _| !due.contains_key(path));
    let due = due.into_iter();
    before
        .stale
        .extend(due.map(|(path, entry)| (path.to_owned(), entry.clone())));
    before
}
