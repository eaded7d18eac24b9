//! Building what a site is of: every piece of it, before anything is put.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::build_piece::{PieceBuilder, Reuse, SitePiece, SourceOutcome};
use super::judge::{Claim, Judgement, Readiness, Verdict, judge};
use super::manifest::{Manifest, PieceEntry, Retired};
use super::prover::Prover;
use super::publication::Publication;
use super::site_view::SiteView;
use super::spool::Spool;
use super::{DeployObserver, DeploySettings, DeployStage, DistributeError};
use crate::batch::{self, BatchRecord, FoundSources, Proofs, RecordedSource, SourcePaths, Sources};
use crate::diagnostic::{Code, Diagnostic};
use crate::digest::Sha256;
use crate::piece::{Instant, Slug};
use crate::pipeline::Proving;

/// The pieces of a site.
pub(super) struct SiteBuild {
    /// What became of the sources, in their order; the pieces taken out.
    pub(super) outcomes: Vec<SourceOutcome>,
    /// The pieces, the newest first.
    pub(super) pieces: Vec<SitePiece>,
    /// Pieces that were withdrawn.
    pub(super) withdrawn: Vec<SitePiece>,
    /// Pieces that were taken off.
    pub(super) retired: BTreeMap<String, Retired>,
    /// The slugs of pieces whose source is gone and that stay nevertheless.
    pub(super) gone: Vec<String>,
    /// How many pieces stay as they were published last, though their source says otherwise.
    pub(super) kept: usize,
    /// The embargoes to come, each with the slug of its piece.
    pub(super) waiting: Vec<(Instant, Slug)>,
    /// How many drafts wait.
    pub(super) drafts: usize,
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
    pub(super) sources: &'a FoundSources,
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
    /// [`DistributeError`].
    pub(super) fn build(&self) -> Result<SiteBuild, DistributeError> {
        let record = BatchRecord::of_folder(self.settings.dist);
        let proofs = Proofs::of_folder(self.settings.dist);
        let theme = &self.settings.theme;
        let prover = (self.settings.proving == Proving::Each).then(|| Prover::new(&proofs, theme));
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
        if site.frame != self.before.frame && !self.before.pieces.is_empty() && reuses(&site) {
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
        let paths = SourcePaths::of(self.settings.dist);
        let builder = PieceBuilder {
            settings: self.settings,
            record,
            paths: &paths,
            prover,
            before: self.before,
            reuse,
            spool: self.spool,
            common: self.common(),
        };
        let sources = &self.sources.sources;
        let done = AtomicUsize::new(0);
        let build = |path: &PathBuf| {
            let outcome = builder.build(path);
            let done = done.fetch_add(1, Ordering::Relaxed) + 1;
            self.observer
                .progress(DeployStage::Build, done, sources.len());
            outcome
        };
        let mut outcomes: Vec<SourceOutcome> = sources.par_iter().map(build).collect();
        let claims: Vec<Claim> = outcomes
            .iter()
            .map(|outcome| outcome.claim.clone())
            .collect();
        let judgements = judge(self.before, &claims);
        let mut site = Sorted::default();
        for (index, judgement) in judgements.iter().enumerate() {
            let rival = |other: usize| sources[other].clone();
            outcomes[index].tell(judgement, rival, self.settings);
            site.sort(&mut outcomes[index], judgement, self.before);
        }
        self.rest(&mut site, &claims, &judgements, &paths);
        let Sorted {
            mut pieces,
            withdrawn,
            mut retired,
            gone,
            kept,
            waiting,
            drafts,
            ..
        } = site;
        let present: BTreeSet<&str> = pieces.iter().flat_map(SitePiece::slugs).collect();
        retired.retain(|slug, _| !present.contains(slug.as_str()));
        let withdrawn_slugs = withdrawn.iter().flat_map(SitePiece::slugs);
        let present: BTreeSet<&str> = present.into_iter().chain(withdrawn_slugs).collect();
        let unread = self.before.unread.iter();
        let unread = unread.filter(|slug| !present.contains(slug.as_str()));
        let slugs: Vec<String> = unread.cloned().collect();
        // Its source may be gone from a folder that was named.
        let may_be_gone = self.settings.prune && !self.sources.folders.is_empty();
        if !slugs.is_empty() && !may_be_gone {
            return Err(DistributeError::Unread { slugs });
        }
        pieces.sort_by(|a, b| newest_first(&a.publication, &b.publication));
        self.missing_translations(&pieces, &claims, &mut outcomes);
        let publications: Vec<&Publication> =
            pieces.iter().map(|piece| &*piece.publication).collect();
        let view = SiteView::of(self.settings.site, &publications);
        let frame = view.frame();
        for (outcome, claim) in outcomes.iter_mut().zip(&claims) {
            let Some(piece) = &claim.piece else { continue };
            if let Some(series) = view.series_of(&piece.life.series) {
                outcome.diagnose_series(&piece.life.series, series);
            }
        }
        Ok(SiteBuild {
            outcomes,
            pieces,
            withdrawn,
            retired,
            gone,
            kept,
            waiting,
            drafts,
            view,
            frame,
        })
    }

    /// Sorts the pieces at the target that no source of this run is: those that are gone, and all others, which stay.
    fn rest(
        &self,
        site: &mut Sorted,
        claims: &[Claim],
        judgements: &[Judgement],
        paths: &SourcePaths,
    ) {
        let held = judgements
            .iter()
            .filter_map(|judgement| judgement.known.as_deref());
        let held: BTreeSet<&str> = held.collect();
        let entries = self.before.pieces.iter();
        let others = entries.filter(|(slug, _)| !site.taken.contains(*slug));
        let others: Vec<(&String, &PieceEntry)> = others.collect();
        let recorded = self.before.pieces.iter().filter_map(|(slug, entry)| {
            Some(RecordedSource {
                slug,
                hash: Sha256::parse(&entry.publication.0.record.source_hash),
                place: paths.place(entry.source.as_ref()?)?,
            })
        });
        let recorded: Vec<_> = recorded.collect();
        let found = self.sources.sources.iter().zip(claims);
        let sources = Sources {
            folders: &self.sources.folders,
            found: found
                .map(|(path, claim)| {
                    let slug = claim.piece.as_ref().map(|piece| piece.slug.as_str());
                    (path.as_path(), slug)
                })
                .collect(),
            projects: self.settings.projects,
        };
        let gone = match others.is_empty() {
            true => BTreeSet::new(),
            false => sources.gone_of(&recorded),
        };
        for (slug, entry) in others {
            let is_gone = gone.contains(slug.as_str()) && !held.contains(slug.as_str());
            if is_gone && self.settings.prune {
                let record = &entry.publication.0.record;
                site.retired.insert(
                    slug.clone(),
                    Retired {
                        uuid: record.uuid.to_string(),
                        language: record.language.clone(),
                        former: entry.former.clone(),
                    },
                );
                continue;
            }
            if is_gone && entry.withdrawn.is_none() {
                site.gone.push(slug.clone());
            }
            let piece = SitePiece::standing(entry);
            match entry.withdrawn {
                Some(_) => site.withdrawn.push(piece),
                None => site.pieces.push(piece),
            }
        }
        for (slug, retired) in &self.before.retired {
            site.retired.insert(slug.clone(), retired.clone());
        }
    }

    /// Warns of translations of pieces that nobody knows.
    fn missing_translations(
        &self,
        pieces: &[SitePiece],
        claims: &[Claim],
        outcomes: &mut [SourceOutcome],
    ) {
        let published = pieces.iter().flat_map(|piece| {
            let former = piece.former.iter();
            former.chain([&piece.publication.record.slug])
        });
        let claimed = claims.iter().filter_map(|claim| claim.piece.as_ref());
        let claimed = claimed.flat_map(|piece| {
            let aliases = piece.life.aliases.iter().map(|alias| &alias.slug);
            aliases.chain([&piece.slug])
        });
        let known: BTreeSet<&Slug> = published.chain(claimed).collect();
        for (outcome, claim) in outcomes.iter_mut().zip(claims) {
            let of = claim
                .piece
                .as_ref()
                .and_then(|piece| piece.life.translation_of.as_ref());
            let Some(of) = of.filter(|of| !known.contains(of)) else {
                continue;
            };
            let message = format!(
                "the piece says that it is a translation of `{of}`, and there is no such piece"
            );
            let problem = Diagnostic::warning(Code::Translation, message)
                .hint("write the slug of the piece that was translated");
            outcome.diagnose("translation_of", problem);
        }
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

/// The pieces of a site while they are sorted.
#[derive(Default)]
struct Sorted {
    pieces: Vec<SitePiece>,
    withdrawn: Vec<SitePiece>,
    retired: BTreeMap<String, Retired>,
    /// Pieces at the target in whose place others stand now.
    taken: BTreeSet<String>,
    gone: Vec<String>,
    kept: usize,
    waiting: Vec<(Instant, Slug)>,
    drafts: usize,
}

impl Sorted {
    /// Sorts the piece of a source.
    fn sort(&mut self, outcome: &mut SourceOutcome, judgement: &Judgement, before: &Manifest) {
        if let Some(piece) = &outcome.claim.piece {
            match piece.readiness {
                Readiness::Embargoed(hour) => self.waiting.push((hour, piece.slug.clone())),
                Readiness::Draft => self.drafts += 1,
                Readiness::Ready | Readiness::Unexported => {}
            }
        }
        match (&judgement.verdict, outcome.piece.take()) {
            (Verdict::Put, Some(mut piece)) => {
                piece.source.clone_from(&outcome.claim.source);
                piece.former.clone_from(&judgement.former);
                self.taken.extend(judgement.known.clone());
                self.pieces.push(piece);
            }
            (Verdict::Withdraw(withdrawal), _) => {
                let known = judgement.known.as_ref();
                let Some(entry) = known.and_then(|slug| before.pieces.get(slug)) else {
                    return;
                };
                let mut publication = Publication::clone(&entry.publication.0);
                publication.downloads.clear();
                let said = [&withdrawal.date.to_string(), &withdrawal.reason];
                self.withdrawn.push(SitePiece {
                    publication: Arc::new(publication),
                    inputs: Sha256::of_fields(said.map(String::as_str)),
                    source: outcome.claim.source.clone(),
                    withdrawn: Some(withdrawal.clone()),
                    translation_of: None,
                    ..SitePiece::standing(entry)
                });
                self.taken.extend(judgement.known.clone());
            }
            _ => self.kept += usize::from(judgement.known.is_some()),
        }
    }
}

/// Whether any piece of a source was taken as it stands at the target.
fn reuses(site: &SiteBuild) -> bool {
    site.pieces.iter().any(|piece| piece.fresh.is_none())
}

fn newest_first(a: &Publication, b: &Publication) -> std::cmp::Ordering {
    let (a, b) = (&a.record, &b.record);
    b.date.cmp(&a.date).then_with(|| a.slug.cmp(&b.slug))
}

impl SiteBuild {
    /// Whether nothing at all would stand there.
    pub(super) fn is_empty(&self) -> bool {
        self.pieces.is_empty() && self.withdrawn.is_empty() && self.retired.is_empty()
    }
}
