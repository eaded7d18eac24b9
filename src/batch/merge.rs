//! Joining shards: one record of what each recorded, one report of what each reported, and what only all of them together show.
//!
//! A slug that pieces of two shards have was seen by neither; here their editions are removed and both pieces fail, as in one run.
//! A shard that is missing, died, left something undone or worked with another version is told, and the parts stay, so that the
//! shard can be run again and joined then. Joining twice is joining once.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::disk::Disk;
use super::entry::RecordedPiece;
use super::error::BatchError;
use super::gone;
use super::merge_summary::{MergeSummary, ShardFault};
use super::merged_report::MergedReport;
use super::outcome::{BatchSummary, PieceOutcome};
use super::output_folder::{OutputFolder, Work};
use super::part::Part;
use super::part_line::{self, PartSource, PartVersion};
use super::plan::SourcePaths;
use super::record::{self, BatchRecord};
use super::record_line::{RecordLine, Wanted};
use super::rivals;
use super::settings::BatchObserver;
use super::shard::Shard;
use super::suspects::Slugs;
use crate::diagnostic::Severity;
use crate::digest::Sha256;
use crate::piece::Slug;
use crate::pipeline;
use crate::project::Projects;

/// What is to be joined.
#[derive(Clone, Copy)]
pub struct MergeSettings<'a> {
    /// The output folder of the shards.
    pub dist: &'a Path,
    /// Their reports.
    pub reports: &'a [PathBuf],
    /// Where to write the joined report.
    pub report: Option<&'a Path>,
    /// The projects of the pieces.
    pub projects: &'a Projects,
    /// The disk.
    pub disk: &'a dyn Disk,
}

/// Joins what the shards of an output folder recorded, and their reports.
///
/// # Errors
/// [`BatchError`] when it was not begun; nothing is changed then.
pub fn merge(
    settings: &MergeSettings<'_>,
    observer: &dyn BatchObserver,
) -> Result<MergeSummary, BatchError> {
    let start = Instant::now();
    let failed = |error: std::io::Error| BatchError::Folder {
        path: settings.dist.to_owned(),
        reason: error.to_string(),
    };
    if let Err(error) = std::fs::metadata(settings.dist) {
        return Err(BatchError::NoSuchPath {
            path: settings.dist.to_owned(),
            reason: error.to_string(),
        });
    }
    let folder = OutputFolder::open(settings.dist, &Work::Merge)?;
    let reports = MergedReport::read(settings.reports, folder.unfinished())?;
    let mut names = folder.part_names().map_err(failed)?;
    let parts: io::Result<Vec<Part>> = names.iter().map(|name| read_part(&folder, name)).collect();
    let parts = parts.map_err(failed)?;
    let shards = Shards::of(&parts);
    let mut merged = MergeSummary::of(shards.as_ref(), observer);

    let counting = shards.as_ref().map(Shards::counting).unwrap_or_default();
    let suspected = suspected(&folder, &counting).map_err(failed)?;
    let claims = Claims {
        places: SourcePaths::of(settings.dist),
        projects: settings.projects,
    }
    .rivals(&suspected);
    merged.duplicates = claims.len();
    let slugs: BTreeSet<&str> = claims.keys().map(String::as_str).collect();
    let left = remove_editions(&folder, &names, &slugs).map_err(failed)?;
    if !left.is_empty() {
        names.push(folder.add_part(settings.disk, &left).map_err(failed)?);
    }
    if merged.faults.is_empty() && !names.is_empty() {
        folder.fold(settings.disk, &names).map_err(failed)?;
        for note in folder.spans().map_err(failed)? {
            observer.note(Severity::Warning, &note);
            merged.spanning += 1;
        }
    }

    merged.end(
        settings,
        shards.as_ref(),
        claims,
        &reports,
        (start, observer),
    )
}

impl MergeSummary {
    /// What is known of the shards before anything is joined; the observer hears of their faults.
    pub(super) fn of(shards: Option<&Shards<'_>>, observer: &dyn BatchObserver) -> Self {
        let merged = Self {
            shards: shards.map(|shards| shards.of),
            faults: shards.map(Shards::faults).unwrap_or_default(),
            ..Self::default()
        };
        for (shard, fault) in &merged.faults {
            observer.note(Severity::Error, &fault_note(*shard, *fault));
        }
        merged
    }

    /// Tells of the pieces that share a slug, given by it, sums up and writes the joined report.
    ///
    /// # Errors
    /// [`BatchError`] when the report cannot be written.
    pub(super) fn end(
        mut self,
        settings: &MergeSettings<'_>,
        shards: Option<&Shards<'_>>,
        rivals: BTreeMap<String, Vec<PieceOutcome>>,
        reports: &MergedReport<'_>,
        (start, observer): (Instant, &dyn BatchObserver),
    ) -> Result<Self, BatchError> {
        let outcomes: BTreeMap<PathBuf, PieceOutcome> = rivals
            .into_values()
            .flatten()
            .map(|outcome| (outcome.path.clone(), outcome))
            .collect();
        for outcome in outcomes.values() {
            observer.outcome(outcome);
        }
        self.summary = match settings.reports.is_empty() {
            true => counted(shards, &outcomes),
            false => reports.summary(&outcomes)?,
        };
        self.summary.warnings += self.spanning;
        self.summary.time = start.elapsed();
        if let Some(path) = settings.report {
            reports.write(path, &outcomes, &self)?;
        }
        Ok(self)
    }
}

/// The shards of the latest run of shards.
pub(super) struct Shards<'a> {
    pub(super) of: u32,
    /// The attempt of each shard that counts.
    parts: BTreeMap<Shard, &'a Part>,
}

impl<'a> Shards<'a> {
    /// Of several runs of shards the one whose attempt began last counts; in it the last whole attempt of each shard, else the last.
    pub(super) fn of(parts: &'a [Part]) -> Option<Self> {
        let of_run = |part: &Part| {
            let head = part.head.as_ref()?;
            Some((head.shard?.of(), head.plan))
        };
        let sharded = parts.iter().filter(|part| of_run(part).is_some());
        let run = of_run(sharded.max_by_key(|part| part.attempt)?)?;
        let mut counting: BTreeMap<Shard, &Part> = BTreeMap::new();
        for part in parts.iter().filter(|part| of_run(part) == Some(run)) {
            let shard = part.head.as_ref().and_then(|head| head.shard)?;
            let known = counting.entry(shard).or_insert(part);
            if part.is_whole() || !known.is_whole() {
                *known = part;
            }
        }
        Some(Self {
            of: run.0,
            parts: counting,
        })
    }

    pub(super) fn faults(&self) -> Vec<(Shard, ShardFault)> {
        let usual = self.usual_version();
        let fault = |shard: Shard| {
            let Some(part) = self.parts.get(&shard) else {
                return Some(ShardFault::Missing);
            };
            match &part.end {
                None => return Some(ShardFault::EndedEarly),
                Some(_) if !part.is_whole() => return Some(ShardFault::Failed),
                Some(_) => {}
            }
            let version = &part.head.as_ref()?.version;
            let difference = usual.and_then(|usual| version.difference(usual));
            difference.map(ShardFault::Outdated)
        };
        let shards = (1..=self.of).filter_map(|number| Shard::new(number, self.of));
        shards
            .filter_map(|shard| Some((shard, fault(shard)?)))
            .collect()
    }

    /// The version that most shards worked with; of several the first in order.
    fn usual_version(&self) -> Option<&'a PartVersion> {
        let mut counts: BTreeMap<&PartVersion, usize> = BTreeMap::new();
        for head in self.parts.values().filter_map(|part| part.head.as_ref()) {
            *counts.entry(&head.version).or_default() += 1;
        }
        let most = counts.values().max()?;
        let mut usual = counts.iter().filter(|(_, count)| *count == most);
        usual.next().map(|(version, _)| *version)
    }

    /// The attempts that count.
    pub(super) fn counting(&self) -> Vec<&'a Part> {
        self.parts.values().copied().collect()
    }
}

fn fault_note(shard: Shard, fault: ShardFault) -> String {
    match fault {
        ShardFault::Missing => format!("shard {shard} is missing: no attempt of it was begun here"),
        ShardFault::EndedEarly => format!("shard {shard} ended early; run it again"),
        ShardFault::Failed => {
            format!("shard {shard} left something undone, as its own messages tell; run it again")
        }
        ShardFault::Outdated(what) => {
            format!(
                "shard {shard} worked with another version of the {what} than most; run it again"
            )
        }
    }
}

/// What a part says of its attempt.
fn read_part(folder: &OutputFolder, name: &str) -> io::Result<Part> {
    let attempt = part_line::attempt(name).unwrap_or_default();
    let mut part = Part::new(name.to_owned(), attempt);
    folder.each_line(name, Wanted::OfParts, |line| {
        part.take(line);
        Ok(())
    })?;
    Ok(part)
}

/// The sources that may share a slug, of the attempts that count.
fn suspected(folder: &OutputFolder, counting: &[&Part]) -> io::Result<Vec<PartSource>> {
    let each = |take: &mut dyn FnMut(PartSource)| {
        counting.iter().try_for_each(|part| {
            folder.each_line(&part.name, Wanted::OfParts, |line| {
                if let RecordLine::Source(source) = line {
                    take(source);
                }
                Ok(())
            })
        })
    };
    let (mut slugs, mut suspected) = (Slugs::default(), Vec::new());
    each(&mut |source| slugs.add(&source))?;
    let suspects = slugs.suspects();
    if !suspects.is_empty() {
        each(&mut |source| {
            if suspects.contain(&source) {
                suspected.push(source);
            }
        })?;
    }
    Ok(suspected)
}

/// Finds the slugs that several sources have.
struct Claims<'a> {
    places: SourcePaths,
    projects: &'a Projects,
}

impl Claims<'_> {
    /// What becomes of the sources that share a slug, by the slug.
    fn rivals(&self, sources: &[PartSource]) -> BTreeMap<String, Vec<PieceOutcome>> {
        let mut by_slug: BTreeMap<&str, BTreeSet<(PathBuf, &PartSource)>> = BTreeMap::new();
        for source in sources {
            if let Some(slug) = &source.slug {
                let claimants = by_slug.entry(slug).or_default();
                claimants.insert((PathBuf::from(&source.path), source));
            }
        }
        by_slug.retain(|_, claimants| claimants.len() > 1);
        let mut rivals = BTreeMap::new();
        for (slug, claimants) in by_slug {
            let Ok(slug) = Slug::parse(slug) else {
                continue;
            };
            let present: Vec<_> = claimants
                .into_iter()
                .filter_map(|(path, source)| Some((path, self.open(source, &slug)?)))
                .collect();
            let [(first, _), (second, _), ..] = present.as_slice() else {
                continue;
            };
            let (first, second) = (first.clone(), second.clone());
            let outcome = |(path, opened): (PathBuf, Option<pipeline::Opened>)| {
                let rival = if path == first { &second } else { &first };
                rivals::outcome_of(&path, Some(&slug), opened, rival)
            };
            let outcomes = present.into_iter().map(outcome).collect();
            rivals.insert(slug.as_str().to_owned(), outcomes);
        }
        rivals
    }

    /// A source as it stands now; without its text where this machine does not see it, and none where it is gone or has
    /// another slug by now.
    fn open(&self, source: &PartSource, slug: &Slug) -> Option<Option<pipeline::Opened>> {
        let shown = PathBuf::from(&source.path);
        let place = source
            .place
            .as_ref()
            .and_then(|place| self.places.place(place));
        let standing = [Some(shown), place].into_iter().flatten();
        let Some(path) = standing.clone().find(|path| path.is_file()) else {
            let folder = |path: &PathBuf| path.parent().is_some_and(Path::is_dir);
            return match standing.into_iter().any(|path| folder(&path)) {
                true => None,
                false => Some(None),
            };
        };
        match pipeline::open(&path, self.projects) {
            Some((now, _)) if now.as_ref() != Some(slug) => None,
            opened => Some(opened.map(|(_, opened)| opened)),
        }
    }
}

/// Removes the editions of pieces that share a slug, as far as a run of ours put them there; gives the entries that say so.
fn remove_editions(
    folder: &OutputFolder,
    parts: &[String],
    slugs: &BTreeSet<&str>,
) -> io::Result<Vec<RecordedPiece>> {
    if slugs.is_empty() {
        return Ok(Vec::new());
    }
    let mut known: BTreeMap<&str, BTreeSet<(String, Sha256)>> = BTreeMap::new();
    let mut record = BatchRecord::default();
    for name in std::iter::once(record::FILE_NAME).chain(parts.iter().map(String::as_str)) {
        folder.each_line(name, Wanted::All, |line| {
            if let RecordLine::Piece(entry) = line
                && let Some(slug) = slugs.get(entry.slug.as_str())
            {
                let editions = entry.editions.iter().map(|e| (e.format.clone(), e.hash));
                let claims = entry.claims.iter().map(|c| (c.format.clone(), c.hash));
                known
                    .entry(slug)
                    .or_default()
                    .extend(editions.chain(claims));
                record.insert(entry);
            }
            Ok(())
        })?;
    }
    for (slug, editions) in &known {
        gone::remove_files(folder, slug, editions);
    }
    let recorded = known.keys().filter_map(|slug| record.of_slug(slug));
    let left = recorded.map(|entry| RecordedPiece {
        editions: Vec::new(),
        claims: Vec::new(),
        ..entry.clone()
    });
    Ok(left.collect())
}

/// What became of all pieces, by what the shards say of themselves.
fn counted(shards: Option<&Shards<'_>>, rivals: &BTreeMap<PathBuf, PieceOutcome>) -> BatchSummary {
    let mut summary = BatchSummary::default();
    let parts = shards.iter().flat_map(|shards| shards.parts.values());
    for end in parts.filter_map(|part| part.end.as_ref()) {
        summary.pieces += end.pieces;
        summary.built += end.built;
        summary.unchanged += end.unchanged;
        summary.failed += end.failed;
        summary.warnings += end.warnings;
        summary.errors += end.errors;
        summary.files += end.files;
        summary.bytes += end.bytes;
    }
    // Those that met within one shard are counted there already.
    let done = summary.built + summary.unchanged;
    let failed = rivals.len().min(done);
    summary.failed += failed;
    let of_built = failed.min(summary.built);
    summary.built -= of_built;
    summary.unchanged -= failed - of_built;
    summary.errors += rivals.len();
    summary
}
