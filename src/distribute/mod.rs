//! Distribution: a reader site made of pieces and their finished editions, put on a store.
//!
//! The site is static: a page for each piece with its whole text, front pages, feeds and a catalogue for reading apps. Only
//! what changed is put, and the manifest at the target says what stands there. Nothing is printed here.

mod assembly;
mod citation;
mod delivery;
mod faces;
mod feeds;
mod files;
mod headers;
mod make;
mod making;
mod manifest;
mod pack;
mod pages;
mod publication;
mod publish;
mod relators;
mod site;
mod structured;
mod view;

pub use crate::store::{StoreError, Target, TargetError};
pub use pages::PageError;
pub use publish::PutError;
pub use site::{Site, SiteFile, read as read_site, site_schema};

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use crate::batch::hash::Hashed;
use crate::batch::{self, RunError};
use crate::diagnostic::{Diagnostic, Severity, SourceText};
use crate::fonts::web::WebFaceError;
use crate::store::Store;
use crate::theme::Theme;
use assembly::Assembly;
use delivery::Delivery;
use manifest::{FILE_NAME, Manifest};
use pack::Pack;
use publish::Plan;

/// What a run is told.
pub struct Settings<'a> {
    /// Source files and folders.
    pub paths: &'a [PathBuf],
    /// The folder with the editions.
    pub dist: &'a Path,
    /// Where the site is put.
    pub target: &'a Target,
    /// The site.
    pub site: &'a Site,
    /// The theme of its pages, covers and share images.
    pub theme: Theme,
    /// `SOURCE_DATE_EPOCH`, where set.
    pub epoch: Option<u64>,
    /// Look at what stands at the target, rather than trust its manifest.
    pub recheck: bool,
    /// Tell what would be done, and do nothing.
    pub dry_run: bool,
    /// Remove files that the site names no more.
    pub prune: bool,
    /// Set from outside to end the run early.
    pub stop: &'a AtomicBool,
}

/// What a run is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Pieces are made.
    Making,
    /// Files are sent to where they wait.
    Sending,
    /// Files are put in their places.
    Placing,
}

/// Listens to a run. [`Observer::put`] and [`Observer::progress`] are called from several threads.
pub trait Observer: Sync {
    /// So much of a stage is done.
    fn progress(&self, stage: Stage, done: usize, total: usize);
    /// Something about the run as a whole.
    fn note(&self, severity: Severity, note: &str);
    /// Something about a source or its editions, in the order of the sources.
    fn diagnostic(&self, source: &SourceText, diagnostic: &Diagnostic);
    /// A file is sent, or would be.
    fn put(&self, path: &str, size: u64);
    /// A file is removed, or would be.
    fn removed(&self, path: &str);
}

/// How a run ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Pieces on the site.
    pub pieces: usize,
    /// Sources that are not on the site.
    pub failed: usize,
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

/// Why a site was not put.
#[derive(Debug, thiserror::Error)]
pub enum DistributeError {
    /// The sources cannot be found, or two would have the same page.
    #[error(transparent)]
    Sources(#[from] RunError),
    /// The store cannot be reached or read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Something stands at the target that this program did not put there.
    #[error("the target is no site of ours: {reason}")]
    Foreign {
        /// What stands there.
        reason: String,
    },
    /// Nothing was ever exported to the folder.
    #[error("there are no editions in {}; run `flashpoint export` first", folder.display())]
    NoEditions {
        /// The folder.
        folder: PathBuf,
    },
    /// Files cannot be made ready beside the editions.
    #[error("cannot make the site ready beside the editions: {0}")]
    Pack(#[source] std::io::Error),
    /// No source gave a page.
    #[error("no piece can be put on the site; nothing was changed")]
    NoPiece,
    /// A face cannot be made ready.
    #[error(transparent)]
    Face(#[from] WebFaceError),
    /// A template is at fault.
    #[error(transparent)]
    Page(#[from] PageError),
    /// Another run changed the site meanwhile.
    #[error("the site at the target changed while this run was at work; nothing was put")]
    Changed,
    /// Sending stopped half-way.
    #[error(
        "{error}; {done} of {total} files were sent, and the site that stood there is as it was"
    )]
    Sending {
        /// What happened.
        error: PutError,
        /// Files sent.
        done: usize,
        /// Files to send.
        total: usize,
    },
    /// Putting files in their places stopped half-way.
    #[error(
        "{error}; {done} of {total} files are in their places, and no page that a reader can come to names a missing file"
    )]
    Placing {
        /// What happened.
        error: PutError,
        /// Files in their places.
        done: usize,
        /// Files to put.
        total: usize,
    },
}

/// Makes a site and puts it on its store.
///
/// # Errors
/// [`DistributeError`]; the site that stood at the target before still stands.
pub fn distribute(
    settings: &Settings<'_>,
    observer: &dyn Observer,
) -> Result<Summary, DistributeError> {
    let store = settings.target.open()?;
    let (standing, before) = standing(store.as_ref(), settings)?;
    let found = batch::find(settings.paths)?;
    let mut summary = Summary {
        errors: found.unreadable.len(),
        ..Summary::default()
    };
    for reason in &found.unreadable {
        observer.note(Severity::Error, &format!("cannot read {reason}"));
    }
    let pack = pack(settings.dist)?;
    let site = making::make_site(settings, &found.sources, &before, &pack, observer)?;
    site.tell(observer, &mut summary);
    if site.made.is_empty() {
        return Err(DistributeError::NoPiece);
    }
    if settings.site.base_url.is_none() {
        summary.warnings += 1;
        observer.note(Severity::Warning, "without `base_url` in the site's file there is no feed, no sitemap and no share image in pages: they need absolute addresses");
    }
    let Assembly { files, after } = assembly::assemble(site, settings, &before, &pack)?;
    let plan = Plan::of(&files, &before, &after);
    summary.same = plan.same;
    summary.stale = plan.stale.len();
    summary.put = plan.put.len();
    summary.bytes = plan.put.iter().map(|file| file.entry.size).sum();
    let may_prune = settings.prune && summary.failed == 0;
    if settings.prune && !may_prune && !plan.stale.is_empty() {
        summary.warnings += 1;
        observer.note(Severity::Warning, "nothing is pruned, since the files of a source with errors may be among what the site names no more");
    }
    summary.removed = if may_prune { plan.stale.len() } else { 0 };
    let delivery = Delivery {
        settings,
        store: store.as_ref(),
        plan: &plan,
        before,
        may_prune,
        observer,
    };
    if settings.dry_run {
        delivery.tell();
    } else {
        delivery.carry_out(after, standing.as_deref())?;
    }
    Ok(summary)
}

/// The hash of the manifest at the target, and what of it counts; nothing where nothing stands.
fn standing(
    store: &dyn Store,
    settings: &Settings<'_>,
) -> Result<(Option<String>, Manifest), DistributeError> {
    let foreign = |reason: String| DistributeError::Foreign { reason };
    let Some(file) = store.read(FILE_NAME)? else {
        if settings.prune && !store.is_empty()? {
            return Err(foreign(format!("files stand there, but no {FILE_NAME}")));
        }
        if store.read("index.html")?.is_some() {
            let reason = format!("an index.html stands there, but no {FILE_NAME}");
            return Err(foreign(reason));
        }
        return Ok((None, Manifest::default()));
    };
    let mut file = Hashed::new(file);
    let mut manifest = Manifest::parse(&mut file).map_err(|error| foreign(error.to_string()))?;
    if settings.recheck {
        let there = store.standing()?;
        manifest.keep(|path, file| there.get(path) == Some(&file.size));
    }
    Ok((Some(file.finish()), manifest))
}

/// A pack for what waits, beside the record of the editions.
fn pack(dist: &Path) -> Result<Pack, DistributeError> {
    let folder = dist.join(".flashpoint");
    if !folder.is_dir() {
        return Err(DistributeError::NoEditions {
            folder: dist.to_owned(),
        });
    }
    Pack::new(&folder).map_err(DistributeError::Pack)
}

#[cfg(test)]
mod tests;
