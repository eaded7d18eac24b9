//! Making what a site is of: every piece of it, before anything is put.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::make::{Made, Maker, Outcome};
use super::manifest::Manifest;
use super::pack::Pack;
use super::publication::Publication;
use super::view::SiteView;
use super::{DistributeError, Observer, Settings, Stage, Summary};
use crate::batch::{Record, RunError, hash as digest};
use crate::diagnostic::Severity;
use crate::piece::Slug;

/// The pieces of a site.
pub(super) struct Making {
    /// What became of the sources, in their order; the pieces taken out.
    outcomes: Vec<Outcome>,
    /// The pieces, the newest first.
    pub(super) made: Vec<Made>,
    /// What pages show of the site.
    pub(super) view: SiteView,
    /// The hash of what every page shows of the site.
    pub(super) frame: String,
}

/// Makes every piece of a site.
pub(super) fn make_site(
    settings: &Settings<'_>,
    sources: &[PathBuf],
    before: &Manifest,
    pack: &Pack,
    observer: &dyn Observer,
) -> Result<Making, DistributeError> {
    let record = Record::of_folder(settings.dist);
    let common = digest::fields([
        env!("FLASHPOINT_BUILD"),
        &format!("{:?}", settings.site),
        &format!("{:?}", settings.theme),
        &format!("{:?}", settings.epoch),
    ]);
    let make = |reuse| {
        let maker = Maker {
            settings,
            record: &record,
            before,
            reuse,
            pack,
            common: &common,
        };
        let done = AtomicUsize::new(0);
        let make = |path: &PathBuf| {
            let outcome = maker.make(path);
            let done = done.fetch_add(1, Ordering::Relaxed) + 1;
            observer.progress(Stage::Making, done, sources.len());
            outcome
        };
        let mut outcomes: Vec<Outcome> = sources.par_iter().map(make).collect();
        let mut made: Vec<(PathBuf, Made)> = outcomes
            .iter_mut()
            .filter_map(|outcome| Some((outcome.source.path.clone(), outcome.made.take()?)))
            .collect();
        refuse_same_slugs(&made)?;
        made.sort_by(|(_, a), (_, b)| newest_first(&a.publication, &b.publication));
        let made: Vec<Made> = made.into_iter().map(|(_, made)| made).collect();
        let refs: Vec<&Publication> = made.iter().map(|made| &*made.publication).collect();
        let view = SiteView::of(settings.site, &refs);
        let frame = view.frame();
        Ok::<_, DistributeError>(Making {
            outcomes,
            made,
            view,
            frame,
        })
    };
    let site = make(true)?;
    // A page shows the site's name and language; where these follow from the pieces, a new piece may change every page.
    if site.frame != before.frame && site.made.iter().any(|made| made.fresh.is_none()) {
        return make(false);
    }
    Ok(site)
}

fn newest_first(a: &Publication, b: &Publication) -> std::cmp::Ordering {
    let (a, b) = (&a.record, &b.record);
    b.date.cmp(&a.date).then_with(|| a.slug.cmp(&b.slug))
}

fn refuse_same_slugs(made: &[(PathBuf, Made)]) -> Result<(), DistributeError> {
    let mut by_slug: BTreeMap<&Slug, &Path> = BTreeMap::new();
    for (path, piece) in made {
        let slug = &piece.publication.record.slug;
        if let Some(first) = by_slug.insert(slug, path) {
            let pieces = vec![(slug.clone(), first.to_owned(), path.clone())];
            return Err(RunError::SameSlug { pieces }.into());
        }
    }
    Ok(())
}

impl Making {
    /// Tells of what is wrong, in the order of the sources.
    pub(super) fn tell(&self, observer: &dyn Observer, summary: &mut Summary) {
        for outcome in &self.outcomes {
            for diagnostic in &outcome.diagnostics {
                observer.diagnostic(&outcome.source, diagnostic);
                match diagnostic.severity {
                    Severity::Error => summary.errors += 1,
                    Severity::Warning => summary.warnings += 1,
                }
            }
        }
        summary.pieces = self.made.len();
        summary.failed = self.outcomes.len() - self.made.len();
    }
}
