//! Promotion: the order in which files take their places, so that no page ever names a file that is not there.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::PutError;
use super::deploy_plan::DeployPlan;
use super::manifest::Manifest;
use super::planned_file::{FileKind, PlannedFile};
use crate::store::Store;

/// When a file is promoted. PageWriter name each other in circles, so those that nobody can come to yet go before those that
/// stand there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum PromotionStep {
    /// What pages name: editions, images, style sheets.
    Asset,
    /// PageWriter and catalogues that no file at the target names yet.
    New,
    /// PageWriter of pieces that stand there.
    Page,
    /// Catalogues that stand there, and the front page, which readers ask for without a link.
    Catalogue,
}

/// The path of the front page.
const FRONT: &str = "index.html";

impl PromotionStep {
    fn of(file: &PlannedFile, stands: impl Fn(&str) -> bool) -> Self {
        match file.kind {
            FileKind::Asset => Self::Asset,
            _ if !stands(&file.path) && file.path != FRONT => Self::New,
            FileKind::Page => Self::Page,
            FileKind::Catalogue => Self::Catalogue,
        }
    }
}

/// The files to put, each with its step, in the order of the steps.
///
/// # Errors
/// [`PutError::Store`].
pub(super) fn steps<'a>(
    plan: &DeployPlan<'a>,
    before: &Manifest,
    store: &dyn Store,
) -> Result<Vec<(PromotionStep, &'a PlannedFile)>, PutError> {
    // A run that ended while it put files left it open which of them stand there.
    let is_open = plan
        .put
        .iter()
        .any(|file| before.stale.contains_key(&file.path));
    let found = is_open.then(|| store.list()).transpose()?;
    let stands = |path: &str| match &found {
        Some(found) => found.contains_key(path),
        None => before.files.contains_key(path),
    };
    let put = plan.put.iter();
    let mut steps: Vec<_> = put
        .map(|file| (PromotionStep::of(file, stands), *file))
        .collect();
    steps.sort_by_key(|(step, _)| *step);
    Ok(steps)
}

/// Does something with every file, several at once, until the first failure.
pub(super) fn each(
    files: &[&PlannedFile],
    width: usize,
    stop: &AtomicBool,
    work: &(dyn Fn(&PlannedFile) -> Result<(), PutError> + Sync),
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

#[cfg(test)]
mod tests {
    use super::super::headers::CachePolicy;
    use super::*;

    #[test]
    fn what_nobody_can_come_to_is_promoted_before_what_stands() {
        let step = |path: &str, kind| {
            let file = PlannedFile::of_bytes(
                path.to_owned(),
                "text/html",
                Vec::new(),
                CachePolicy::Minutes,
                kind,
            );
            PromotionStep::of(&file, |path| path.starts_with("old"))
        };
        assert_eq!(step("cover.png", FileKind::Asset), PromotionStep::Asset);
        assert_eq!(
            step("new-series.html", FileKind::Catalogue),
            PromotionStep::New
        );
        assert_eq!(step("new-piece.html", FileKind::Page), PromotionStep::New);
        // It may name a new series, so it comes after that.
        assert_eq!(step("old-piece.html", FileKind::Page), PromotionStep::Page);
        assert_eq!(
            step("old-series.html", FileKind::Catalogue),
            PromotionStep::Catalogue
        );
        assert_eq!(
            step("index.html", FileKind::Catalogue),
            PromotionStep::Catalogue
        );
    }
}
