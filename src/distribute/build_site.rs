//! Building what a site is of: every piece of it, before anything is put.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::build_piece::{PieceBuilder, Reuse, SitePiece, SourceOutcome};
use super::judge::{Claim, Judgement, Obstacle, Readiness, Verdict, judge};
use super::manifest::{Manifest, PieceEntry, Retired};
use super::prover::Prover;
use super::publication::Publication;
use super::site_view::{Series, SiteView};
use super::spool::Spool;
use super::{DeployObserver, DeploySettings, DeployStage, DeploySummary, DistributeError};
use crate::batch::{self, BatchRecord, FoundSources, Proofs, RecordedSource, SourcePaths, Sources};
use crate::diagnostic::{Code, Diagnostic, FieldPath, Severity};
use crate::digest::Sha256;
use crate::load::load;
use crate::piece::{Instant, Slug};
use crate::pipeline::Proving;

/// The pieces of a site.
pub(super) struct SiteBuild {
    /// What became of the sources, in their order; the pieces taken out.
    outcomes: Vec<SourceOutcome>,
    /// The pieces, the newest first.
    pub(super) pieces: Vec<SitePiece>,
    /// Pieces that were withdrawn.
    pub(super) withdrawn: Vec<SitePiece>,
    /// Pieces that were taken off.
    pub(super) retired: BTreeMap<String, Retired>,
    /// The slugs of pieces whose source is gone and that stay nevertheless.
    gone: Vec<String>,
    /// How many pieces stay as they were published last, though their source says otherwise.
    kept: usize,
    /// The embargoes to come, each with the slug of its piece.
    waiting: Vec<(Instant, Slug)>,
    /// How many drafts wait.
    drafts: usize,
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
        let faces = &self.settings.theme.fonts;
        let prover = (self.settings.proving == Proving::Each).then(|| Prover::new(&proofs, faces));
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

impl SourceOutcome {
    /// Tells why a piece is not put, or is in spite of its date.
    fn tell(
        &mut self,
        judgement: &Judgement,
        rival: impl Fn(usize) -> PathBuf,
        settings: &DeploySettings<'_>,
    ) {
        let slug = self
            .claim
            .piece
            .as_ref()
            .map(|piece| piece.slug.to_string());
        let slug = slug.unwrap_or_default();
        let published = judgement.known.is_some();
        let stays = if published {
            "; what was published last stays"
        } else {
            ""
        };
        let said = match &judgement.obstacle {
            None => {
                let piece = self
                    .piece
                    .as_ref()
                    .filter(|_| judgement.verdict == Verdict::Put);
                let date = piece.map(|piece| piece.publication.record.date);
                let future = date.filter(|date| date.days() * 86_400 > settings.now);
                let life = self.claim.piece.as_ref().map(|piece| &piece.life);
                if let Some(date) =
                    future.filter(|_| life.is_some_and(|life| life.embargo.is_none()))
                {
                    let message = format!("the piece is published now, and its date is {date}");
                    let problem = Diagnostic::warning(Code::FutureDate, message)
                        .hint("add `embargo:` with the instant, or set the date right");
                    self.diagnose("date", problem);
                }
                return;
            }
            Some(Obstacle::Broken) => (
                "series",
                Diagnostic::error(
                    Code::LastGood,
                    "the source cannot be read; what was published last stays",
                ),
            ),
            Some(Obstacle::Rival { slug, other }) => {
                let message = format!(
                    "{} claims the address `{slug}` too, so neither is put{stays}",
                    rival(*other).display()
                );
                (
                    "slug",
                    Diagnostic::error(Code::DuplicateSlug, message)
                        .hint("give one of the two another `slug:`, or take it out of the run"),
                )
            }
            Some(Obstacle::Taken {
                slug,
                renamed_from: Some(series),
            }) => {
                let message = format!(
                    "the piece at `{slug}` was published in the series `{series}`, and would be another one now{stays}"
                );
                (
                    "series",
                    Diagnostic::error(Code::SlugTaken, message).hint(format!(
                        "add `aliases: [\"{series}/{slug}\"]`, so that it stays one piece"
                    )),
                )
            }
            Some(Obstacle::Taken {
                slug,
                renamed_from: None,
            }) => {
                let message =
                    format!("the address `{slug}` belongs to another piece, or did{stays}");
                (
                    "slug",
                    Diagnostic::error(Code::SlugTaken, message).hint(
                        "choose another `slug:`; an address is never given to a second piece",
                    ),
                )
            }
            Some(Obstacle::Retitled { from }) => {
                let message = format!(
                    "the title gives the slug `{slug}` now, and the piece stands at `{from}`: its address would change{stays}"
                );
                ("title", Diagnostic::error(Code::Retitled, message).hint(format!("add `slug: {from}` to keep the address, or `slug: {slug}` and `aliases: [{from}]` to move the piece")))
            }
            Some(Obstacle::Unexported) => (
                "title",
                Diagnostic::error(
                    Code::NotExported,
                    "there are no editions of the piece, and it is not put",
                )
                .hint("run `flashpoint export` first"),
            ),
            Some(Obstacle::Held(readiness)) => {
                let why = match readiness {
                    Readiness::Draft => "the piece is a draft again".to_owned(),
                    Readiness::Embargoed(hour) => {
                        format!("the piece is under an embargo until {hour}")
                    }
                    Readiness::Unexported | Readiness::Ready => {
                        "there are no editions of what the source says now".to_owned()
                    }
                };
                let hint = match readiness {
                    Readiness::Unexported => "run `flashpoint export` first",
                    _ => "to take it off, set `status: withdrawn` with date and reason",
                };
                let field = match readiness {
                    Readiness::Draft => "status",
                    Readiness::Embargoed(_) => "embargo",
                    _ => "title",
                };
                (
                    field,
                    Diagnostic::error(Code::LastGood, format!("{why}{stays}")).hint(hint),
                )
            }
        };
        let (field, problem) = said;
        self.diagnose(field, problem);
    }

    /// Adds a diagnostic of a field, at its line. A text that was let go is read again for that.
    fn diagnose(&mut self, field: &str, problem: Diagnostic) {
        if self.source.text.is_empty() {
            self.source = load(&self.source.path).source;
        }
        let place = self.source.place(&FieldPath::root().key(field));
        self.diagnostics.push(problem.at(place));
    }

    /// Warns of a series that is spelled otherwise, at its line.
    fn diagnose_series(&mut self, spelling: &str, series: &Series) {
        if let Some(problem) = other_spelling(spelling, series) {
            self.diagnose("series", problem);
        }
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

    /// Reports what is wrong, in the order of the sources, then what is gone and what is to come.
    pub(super) fn report(
        &self,
        settings: &DeploySettings<'_>,
        observer: &dyn DeployObserver,
        summary: &mut DeploySummary,
    ) {
        let mut failed = 0;
        for outcome in &self.outcomes {
            let is_error = |diagnostic: &Diagnostic| diagnostic.severity == Severity::Error;
            failed += usize::from(outcome.diagnostics.iter().any(is_error));
            for diagnostic in &outcome.diagnostics {
                observer.diagnostic(&outcome.source, diagnostic);
                match (diagnostic.severity, diagnostic.code) {
                    (Severity::Error, _) => summary.errors += 1,
                    // Never denied: tomorrow it may not be there.
                    (Severity::Warning, Code::FutureDate) => {}
                    (Severity::Warning, _) => summary.warnings += 1,
                    (Severity::Note, _) => {}
                }
            }
        }
        for slug in &self.gone {
            summary.errors += 1;
            let note = format!(
                "the source of `{slug}` is gone, and its page stays; --prune takes it off and leaves a notice"
            );
            observer.note(Severity::Error, &note);
        }
        summary.pieces = self.pieces.len();
        summary.failed = failed;
        summary.kept = self.kept;
        summary.gone = self.gone.len();
        summary.waiting = self.waiting.len() + self.drafts;
        let waiting = self.waiting.iter();
        let first = waiting
            .clone()
            .min_by_key(|(hour, slug)| (hour.unix(), slug));
        if let Some((hour, slug)) = first {
            let minutes = ((hour.unix() - settings.now).max(0) + 59) / 60;
            let after = waiting.filter(|(other, _)| other != hour).count();
            let more = if after > 0 {
                format!("; {after} later")
            } else {
                String::new()
            };
            observer.upcoming(&format!(
                "next: `{slug}` at {hour}, in {}{more}",
                length(minutes)
            ));
        }
    }
}

/// So many minutes as people say it.
fn length(minutes: i64) -> String {
    match minutes {
        0..60 => format!("{minutes} min"),
        60..1440 => format!("{} h {} min", minutes / 60, minutes % 60),
        _ => format!("{} d {} h", minutes / 1440, minutes / 60 % 24),
    }
}
