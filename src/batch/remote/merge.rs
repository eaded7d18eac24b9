//! Joining shards whose editions are in a store.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::Instant;

use super::super::error::BatchError;
use super::super::merge::{MergeSettings, Shards};
use super::super::merge_summary::MergeSummary;
use super::super::merged_report::MergedReport;
use super::super::outcome::PieceOutcome;
use super::super::part::Part;
use super::super::part_line::{PartHead, PartSource};
use super::super::rivals;
use super::super::settings::BatchObserver;
use super::super::shard::HashRange;
use super::super::suspects::Slugs;
use super::ledger::{Contents, Ledger};
use super::place::{Place, RemoteError};
use super::put::Target;
use super::settle;
use crate::piece::Slug;
use crate::pipeline;
use crate::store::StoreAddress;

/// Joins what the shards recorded in a store, and their reports.
///
/// # Errors
/// [`RemoteError`] when it was not begun, or the store did not do as asked; run again, it goes on.
pub fn merge_store(
    place: &Place,
    settings: &MergeSettings<'_>,
    observer: &dyn BatchObserver,
) -> Result<MergeSummary, RemoteError> {
    let start = Instant::now();
    let reports = MergedReport::read(settings.reports)?;
    let store = place.open()?;
    if let Some(folder) = place.folder()
        && let Err(error) = std::fs::metadata(folder)
    {
        return Err(BatchError::NoSuchPath {
            path: folder.to_owned(),
            reason: error.to_string(),
        }
        .into());
    }
    store.begin_shared()?;
    let ledger = Ledger::new(&*store);
    let mut contents = ledger.contents()?;
    let parts = ledger.parts(&contents)?;
    let shards = Shards::of(&parts);
    let mut merged = MergeSummary::of(shards.as_ref(), observer);
    let counting = shards.as_ref().map(Shards::counting).unwrap_or_default();
    let (sources, suspected) = suspected(&ledger, &contents, &counting)?;
    let rivals = rivals_of(settings, &suspected);
    merged.duplicates = rivals.len();
    let slugs: BTreeSet<&str> = rivals.keys().map(String::as_str).collect();
    let target = Target {
        store: &*store,
        ledger: &ledger,
        contents: &contents,
        force: false,
        known: OnceLock::new(),
    };
    let gone = settle::remove(&target, &contents, &slugs)?;
    if !gone.is_empty() {
        let version = parts.iter().find_map(|part| part.head.as_ref());
        let version = version.map(|head| head.version.clone()).unwrap_or_default();
        let head = PartHead {
            shard: None,
            range: HashRange::ALL,
            plan: None,
            version,
        };
        ledger.begin(&contents, &head)?.append(gone)?;
        contents = ledger.contents()?;
    }
    if merged.faults.is_empty() && !contents.parts.is_empty() {
        let whole = parts.iter().filter_map(|part| part.end.as_ref());
        let whole = whole.map(|end| end.pieces).max().unwrap_or_default();
        let known = match sources.max(whole) {
            0 => contents.most_joined(),
            known => known,
        };
        ledger.join(&contents, known)?;
    }
    Ok(merged.end(
        settings,
        shards.as_ref(),
        rivals,
        &reports,
        (start, observer),
    )?)
}

/// How many sources the attempts that count had, and those that may share a slug.
fn suspected(
    ledger: &Ledger<'_>,
    contents: &Contents,
    counting: &[&Part],
) -> Result<(usize, Vec<PartSource>), RemoteError> {
    let (mut slugs, mut suspected) = (Slugs::default(), Vec::new());
    ledger.each_source(contents, counting, |source| slugs.add(&source))?;
    let count = slugs.count();
    let suspects = slugs.suspects();
    if !suspects.is_empty() {
        ledger.each_source(contents, counting, |source| {
            if suspects.contain(&source) {
                suspected.push(source);
            }
        })?;
    }
    Ok((count, suspected))
}

/// The sources that share a slug, by the slug.
fn rivals_of(
    settings: &MergeSettings<'_>,
    sources: &[PartSource],
) -> BTreeMap<String, Vec<PieceOutcome>> {
    let mut by_slug: BTreeMap<&str, BTreeSet<(PathBuf, &PartSource)>> = BTreeMap::new();
    for source in sources {
        if let Some(slug) = &source.slug {
            let path = PathBuf::from(&source.path);
            by_slug.entry(slug).or_default().insert((path, source));
        }
    }
    by_slug.retain(|_, claimants| claimants.len() > 1);
    let mut rivals = BTreeMap::new();
    for (slug, claimants) in by_slug {
        let Ok(slug) = Slug::parse(slug) else {
            continue;
        };
        let open = |(path, source): (PathBuf, &PartSource)| {
            let opened = open(settings, source, &slug)?;
            Some((path, opened))
        };
        let present: Vec<_> = claimants.into_iter().filter_map(open).collect();
        let [(first, _), (second, _), ..] = present.as_slice() else {
            continue;
        };
        let (first, second) = (first.clone(), second.clone());
        let outcome = |(path, opened): (PathBuf, Option<pipeline::Opened>)| {
            let rival = if path == first { &second } else { &first };
            rivals::outcome_of(&path, Some(&slug), opened, rival)
        };
        let both = present.into_iter().map(outcome).collect();
        rivals.insert(slug.as_str().to_owned(), both);
    }
    rivals
}

/// A source as it stands now; without its text where it cannot be reached, and none where it is gone or has another slug by now.
fn open(
    settings: &MergeSettings<'_>,
    source: &PartSource,
    slug: &Slug,
) -> Option<Option<pipeline::Opened>> {
    let (folder, name) = source.path.rsplit_once('/').unwrap_or((".", &source.path));
    let Ok(address) = StoreAddress::parse(folder) else {
        return Some(None);
    };
    let standing = address.open().and_then(|store| store.fetch(name, 16 << 20));
    let bytes = match standing {
        Ok(Some((bytes, _))) => bytes,
        Ok(None) => return None,
        Err(_) => return Some(None),
    };
    let Ok(text) = String::from_utf8(bytes) else {
        return Some(None);
    };
    let opened = pipeline::open_text(std::path::Path::new(&source.path), &text, settings.projects);
    match opened {
        Some((Some(now), _)) if now != *slug => None,
        Some((_, opened)) => Some(Some(opened)),
        None => Some(None),
    }
}
