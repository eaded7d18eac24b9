//! Building what a site is of: every piece of it, before anything is put.

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::build_piece::{PieceBuilder, SitePiece, SourceOutcome};
use super::manifest::Manifest;
use super::prover::Prover;
use super::publication::Publication;
use super::site_view::{Series, SiteView};
use super::spool::Spool;
use super::{DeployObserver, DeploySettings, DeployStage, DeploySummary, DistributeError};
use crate::batch::{self, BatchError, BatchRecord, Proofs};
use crate::diagnostic::{Code, Diagnostic, FieldPath, Severity};
use crate::digest::Sha256;
use crate::load::load;
use crate::pipeline::{Proving, Slugs};

/// The pieces of a site.
pub(super) struct SiteBuild {
    /// What became of the sources, in their order; the pieces taken out.
    outcomes: Vec<SourceOutcome>,
    /// The pieces, the newest first.
    pub(super) pieces: Vec<SitePiece>,
    /// What pages show of the site.
    pub(super) view: SiteView,
    /// The hash of what every page shows of the site.
    pub(super) frame: String,
}

/// What a site is built from.
pub(super) struct SiteBuilder<'a> {
    /// What the run was asked for.
    pub(super) settings: &'a DeploySettings<'a>,
    /// The sources, in the order of their paths.
    pub(super) sources: &'a [PathBuf],
    /// What stands at the target.
    pub(super) before: &'a Manifest,
    /// Where bytes wait to be put.
    pub(super) spool: &'a Spool,
    /// Who hears of it.
    pub(super) observer: &'a dyn DeployObserver,
}

impl SiteBuilder<'_> {
    /// Builds every piece of the site.
    ///
    /// # Errors
    /// [`DistributeError::Sources`] when two pieces would have the same page.
    pub(super) fn build(&self) -> Result<SiteBuild, DistributeError> {
        let record = BatchRecord::of_folder(self.settings.dist);
        let proofs = Proofs::of_folder(self.settings.dist);
        let prover = (self.settings.proving == Proving::Each).then(|| Prover::new(&proofs));
        let site = self.build_from(&record, prover.as_ref());
        if let Some(prover) = prover.filter(|_| !self.settings.dry_run) {
            // They spare time and nothing else: where they cannot be written they are made again.
            let _ = batch::remember_proofs(self.settings.dist, &prover.into_new());
        }
        site
    }

    fn build_from(
        &self,
        record: &BatchRecord,
        prover: Option<&Prover<'_>>,
    ) -> Result<SiteBuild, DistributeError> {
        let site = self.build_with(record, prover, Reuse::Unchanged)?;
        // A page shows the site's name and language; where these follow from the pieces, a new piece may change every page.
        if site.frame != self.before.frame && site.pieces.iter().any(|piece| piece.fresh.is_none())
        {
            return self.build_with(record, prover, Reuse::Nothing);
        }
        Ok(site)
    }

    fn build_with(
        &self,
        record: &BatchRecord,
        prover: Option<&Prover<'_>>,
        reuse: Reuse,
    ) -> Result<SiteBuild, DistributeError> {
        let builder = PieceBuilder {
            settings: self.settings,
            record,
            prover,
            before: self.before,
            reuse,
            spool: self.spool,
            common: self.common(),
        };
        let done = AtomicUsize::new(0);
        let build = |path: &PathBuf| {
            let outcome = builder.build(path);
            let done = done.fetch_add(1, Ordering::Relaxed) + 1;
            let total = self.sources.len();
            self.observer.progress(DeployStage::Build, done, total);
            outcome
        };
        let mut outcomes: Vec<SourceOutcome> = self.sources.par_iter().map(build).collect();
        refuse_duplicate_slugs(&outcomes)?;
        let pieces = outcomes
            .iter_mut()
            .map(|outcome| outcome.piece.take())
            .collect::<Vec<_>>();
        let series: Vec<Option<String>> = pieces
            .iter()
            .map(|piece| Some(piece.as_ref()?.publication.record.series.clone()))
            .collect();
        let mut pieces: Vec<SitePiece> = pieces.into_iter().flatten().collect();
        pieces.sort_by(|a, b| newest_first(&a.publication, &b.publication));
        let publications: Vec<&Publication> =
            pieces.iter().map(|piece| &*piece.publication).collect();
        let view = SiteView::of(self.settings.site, &publications);
        let frame = view.frame();
        for (outcome, spelling) in outcomes.iter_mut().zip(&series) {
            let series = spelling.as_ref().and_then(|name| view.series_of(name));
            if let (Some(spelling), Some(series)) = (spelling, series) {
                outcome.diagnose_series(spelling, series);
            }
        }
        Ok(SiteBuild {
            outcomes,
            pieces,
            view,
            frame,
        })
    }

    /// The hash of what all pieces are built from: program, site, theme.
    fn common(&self) -> Sha256 {
        Sha256::of_fields([
            env!("FLASHPOINT_BUILD"),
            &format!("{:?}", self.settings.site),
            &format!("{:?}", self.settings.theme),
            &format!("{:?}", self.settings.epoch),
        ])
    }
}

/// Which pieces are taken as they stand at the target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reuse {
    /// Those that have not changed.
    Unchanged,
    /// None: all are built again.
    Nothing,
}

impl SourceOutcome {
    /// Warns of a series that is spelled otherwise, at its line. A text that was let go is read again for that.
    fn diagnose_series(&mut self, spelling: &str, series: &Series) {
        let Some(problem) = other_spelling(spelling, series) else {
            return;
        };
        if self.source.text.is_empty() {
            self.source = load(&self.source.path).source;
        }
        let place = self.source.place(&FieldPath::root().key("series"));
        self.diagnostics.push(problem.at(place));
    }
}

/// A series is one however it is spelled; whoever wrote it otherwise may have meant another, or slipped.
fn other_spelling(spelling: &str, series: &Series) -> Option<Diagnostic> {
    let message = format!(
        "the series is spelled `{spelling}` here, and `{}` in the other pieces",
        series.name
    );
    let problem = Diagnostic::warning(Code::SeriesSpelling, message);
    let hint = "it is one series on the site; spell it the same everywhere";
    (spelling != series.name).then(|| problem.hint(hint))
}

fn newest_first(a: &Publication, b: &Publication) -> std::cmp::Ordering {
    let (a, b) = (&a.record, &b.record);
    b.date.cmp(&a.date).then_with(|| a.slug.cmp(&b.slug))
}

fn refuse_duplicate_slugs(outcomes: &[SourceOutcome]) -> Result<(), DistributeError> {
    let slugs = outcomes.iter().filter_map(|outcome| {
        let slug = &outcome.piece.as_ref()?.publication.record.slug;
        Some((slug, outcome.source.path.as_path()))
    });
    let pieces = Slugs::duplicates(slugs);
    match pieces.is_empty() {
        true => Ok(()),
        false => Err(BatchError::DuplicateSlugs { pieces }.into()),
    }
}

impl SiteBuild {
    /// Reports what is wrong, in the order of the sources.
    pub(super) fn report(&self, observer: &dyn DeployObserver, summary: &mut DeploySummary) {
        for outcome in &self.outcomes {
            for diagnostic in &outcome.diagnostics {
                observer.diagnostic(&outcome.source, diagnostic);
                match diagnostic.severity {
                    Severity::Error => summary.errors += 1,
                    Severity::Warning => summary.warnings += 1,
                    Severity::Note => {}
                }
            }
        }
        summary.pieces = self.pieces.len();
        summary.failed = self.outcomes.len() - self.pieces.len();
    }
}
