//! Delivery: what is left to do once a site is made, in the order that keeps the old one whole for as long as it can be.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::files::Planned;
use super::manifest::{FILE_NAME, FileEntry, Manifest};
use super::publish::{self, Plan, PutError};
use super::{DistributeError, Observer, Settings, Stage};
use crate::batch::hash;
use crate::store::Store;

/// A site to be put.
pub(super) struct Delivery<'a> {
    pub(super) settings: &'a Settings<'a>,
    pub(super) store: &'a dyn Store,
    pub(super) plan: &'a Plan<'a>,
    /// What stands at the target.
    pub(super) before: Manifest,
    /// Whether files that the site names no more are removed.
    pub(super) may_prune: bool,
    pub(super) observer: &'a dyn Observer,
}

impl Delivery<'_> {
    /// Tells what would be done.
    pub(super) fn tell(&self) {
        for file in &self.plan.put {
            self.observer.put(&file.path, file.entry.size);
        }
        if self.may_prune {
            self.tell_removed();
        }
    }

    fn tell_removed(&self) {
        let stale = self.plan.stale.keys();
        stale.for_each(|path| self.observer.removed(path));
    }

    /// Puts the site, if what stands at the target is still what it was compared with.
    pub(super) fn carry_out(
        self,
        mut after: Manifest,
        standing: Option<&str>,
    ) -> Result<(), DistributeError> {
        after.stale.clone_from(&self.plan.stale);
        let prunes = self.may_prune && !self.plan.stale.is_empty();
        let is_due = !self.plan.put.is_empty() || after != self.before || prunes;
        // Copies that a run put and did not come to remove are no business of readers.
        if !is_due && self.store.waiting()?.is_empty() {
            return Ok(());
        }
        self.store.begin()?;
        let there = self.store.read(FILE_NAME)?.map(hash::reader).transpose();
        // A manifest that can no longer be read is another one too.
        if !there.is_ok_and(|there| there.as_deref() == standing) {
            return Err(DistributeError::Changed);
        }
        let total = self.plan.put.len();
        let done = AtomicUsize::new(0);
        let told = |file: &Planned| {
            let done = done.fetch_add(1, Ordering::Relaxed) + 1;
            self.observer.progress(Stage::Sending, done, total);
            self.observer.put(&file.path, file.entry.size);
        };
        let sent = publish::hold(self.plan, self.store, self.settings.stop, &told);
        let waiting = sent.map_err(|error| DistributeError::Sending {
            error,
            done: done.load(Ordering::Relaxed),
            total,
        })?;
        done.store(0, Ordering::Relaxed);
        let placed = self.place(after, &waiting, &done);
        placed.map_err(|error| DistributeError::Placing {
            error,
            done: done.load(Ordering::Relaxed),
            total,
        })
    }

    fn place(
        mut self,
        mut after: Manifest,
        waiting: &BTreeSet<String>,
        done: &AtomicUsize,
    ) -> Result<(), PutError> {
        let plan = self.plan;
        let steps = publish::steps(plan, &self.before, self.store)?;
        let is_new = after != self.before;
        let mut meanwhile = std::mem::take(&mut self.before);
        if !plan.put.is_empty() {
            // What is about to be put may stand there or not, and is ours if it does.
            let due: BTreeMap<&str, &FileEntry> = plan
                .put
                .iter()
                .map(|file| (file.path.as_str(), &file.entry))
                .collect();
            meanwhile.keep(|path, _| !due.contains_key(path));
            let due = due.into_iter();
            meanwhile
                .stale
                .extend(due.map(|(path, entry)| (path.to_owned(), entry.clone())));
            publish::put_manifest(&meanwhile, self.store)?;
        }
        drop(meanwhile);
        let told = |_: &Planned| {
            let done = done.fetch_add(1, Ordering::Relaxed) + 1;
            self.observer.progress(Stage::Placing, done, plan.put.len());
        };
        publish::release(&steps, self.store, self.settings.stop, &told)?;
        if is_new {
            publish::put_manifest(&after, self.store)?;
        }
        if self.may_prune && !plan.stale.is_empty() {
            publish::prune(&plan.stale, self.store)?;
            self.tell_removed();
            after.stale.clear();
            publish::put_manifest(&after, self.store)?;
        }
        Ok(self.store.forget(waiting)?)
    }
}
