//! Joining shards whose editions are in a store.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufReader, BufWriter, Write};
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
use super::super::sorter;
use super::super::spans::Spans;
use super::super::suspects::Slugs;
use super::bucket_tree::BucketTree;
use super::ledger::{Contents, Ledger};
use super::place::{Place, RemoteError};
use super::put::Target;
use super::settle;
use crate::diagnostic::Severity;
use crate::piece::Slug;
use crate::pipeline;
use crate::store::{OpenFolder, StoreAddress};

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
    let tree = BucketTree::empty()?;
    let work = OpenFolder::open(tree.work())?;
    let reports = MergedReport::read(settings.reports, &work)?;
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
        deny_warnings: false,
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
        for note in join(&ledger, &contents, known, &work)? {
            observer.note(Severity::Warning, &note);
            merged.spanning += 1;
        }
    }
    Ok(merged.end(
        settings,
        shards.as_ref(),
        rivals,
        &reports,
        (start, observer),
    )?)
}

/// Joins the parts; gives what spans their pieces, in words.
fn join(
    ledger: &Ledger<'_>,
    contents: &Contents,
    pieces: usize,
    work: &OpenFolder,
) -> Result<Vec<String>, RemoteError> {
    const SLUGS: &str = "slugs";
    let mut spans = Spans::default();
    let mut slugs = BufWriter::new(work.create(SLUGS)?);
    ledger.join(contents, pieces, |piece| {
        spans.take(&piece.slug, &piece.life);
        sorter::write(&mut slugs, piece.slug.as_bytes())
    })?;
    slugs.flush()?;
    let mut slugs = BufReader::new(work.read(SLUGS)?);
    while let Some(slug) = sorter::read(&mut slugs)? {
        spans.hold(&String::from_utf8_lossy(&slug));
    }
    Ok(spans.into_notes())
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

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::collections::BTreeMap;
    use std::path::Path;
    use std::sync::Mutex;

    use super::super::stored::{StoredEdition, StoredPiece};
    use super::*;
    use crate::batch::{BatchSummary, PartEnd, RealDisk, Shard};
    use crate::digest::Sha256;
    use crate::piece::{Alias, Life};
    use crate::project::Projects;

    /// Keeps what is told.
    #[derive(Default)]
    struct Listener(Mutex<Vec<String>>);

    impl BatchObserver for Listener {
        fn note(&self, _: Severity, note: &str) {
            self.0.lock().unwrap().push(note.to_owned());
        }
    }

    fn piece(slug: &str, series: &str, aliases: &[&str], of: Option<&str>) -> StoredPiece {
        let alias = |slug: &&str| Alias {
            series: series.to_owned(),
            slug: Slug::parse(slug).unwrap(),
        };
        StoredPiece {
            key: format!("{}/{slug}.yaml", slug.len()),
            tag: "t".to_owned(),
            images: BTreeMap::new(),
            version: crate::batch::PartVersion::default(),
            slug: slug.to_owned(),
            life: Life {
                series: series.to_owned(),
                aliases: aliases.iter().map(alias).collect(),
                translation_of: of.map(|slug| Slug::parse(slug).unwrap()),
                ..Life::default()
            },
            editions: vec![StoredEdition {
                format: "docx".to_owned(),
                name: format!("{slug}.docx"),
                bytes: 1,
                sha256: Sha256::of(slug.as_bytes()),
                tag: "e".to_owned(),
            }],
            line: String::new(),
        }
    }

    fn pieces() -> Vec<StoredPiece> {
        let plain = (0..40).map(|n| piece(&format!("piece-{n}"), "The Row", &[], None));
        let mut pieces: Vec<StoredPiece> = plain.collect();
        pieces.extend([
            piece("one", "the  row", &["uno"], None),
            piece("two", "The Row", &["uno"], Some("deux")),
            piece("three", "The Row", &["piece-7"], Some("nobody")),
            piece("four", "The Row", &["deux"], None),
        ]);
        pieces
    }

    /// Records the pieces as shards do, in this order of shards.
    fn record(place: &Place, pieces: &[StoredPiece], of: u32, order: impl Iterator<Item = u32>) {
        let store = place.open().unwrap();
        store.begin_shared().unwrap();
        let ledger = Ledger::new(&*store);
        for number in order {
            let shard = Shard::new(number, of).unwrap();
            let head = PartHead {
                shard: Some(shard),
                range: shard.range(),
                plan: None,
                version: crate::batch::PartVersion::default(),
            };
            let part = ledger.begin(&ledger.contents().unwrap(), &head).unwrap();
            let mine = pieces
                .iter()
                .filter(|piece| shard.range().holds_path(&piece.key));
            let mut count = 0;
            for piece in mine {
                let source = PartSource {
                    path: piece.key.clone(),
                    place: Some(piece.key.clone()),
                    slug: Some(piece.slug.clone()),
                };
                part.append([source.to_line(), piece.to_line()].concat())
                    .unwrap();
                count += 1;
            }
            let end = PartEnd::of(&BatchSummary {
                pieces: count,
                built: count,
                ..BatchSummary::default()
            });
            part.append(end.to_line()).unwrap();
        }
    }

    fn merged(place: &Place, folder: &Path) -> (Vec<String>, usize, Vec<u8>) {
        let listener = Listener::default();
        let settings = MergeSettings {
            dist: folder,
            reports: &[],
            report: None,
            projects: &Projects::none(),
            disk: &RealDisk,
        };
        let merged = merge_store(place, &settings, &listener).unwrap();
        let mut record = Vec::new();
        let store = place.open().unwrap();
        for name in store.list_folder(".flashpoint/store-1").unwrap().keys() {
            assert!(name.starts_with("joined-"), "{name}");
            let path = format!(".flashpoint/store-1/{name}");
            record.extend(store.fetch(&path, 1 << 20).unwrap().unwrap().0);
        }
        let notes = listener.0.into_inner().unwrap();
        (notes, merged.summary.warnings, record)
    }

    #[test]
    fn what_spans_pieces_is_told_of_any_shards_in_any_order_and_one_record_is_left() {
        let mut first = None;
        for of in [1, 3, 7, 16] {
            let root = tempfile::tempdir().unwrap();
            let address = StoreAddress::Folder(root.path().to_owned());
            let place = Place::new(address, "editions");
            // Shuffled, and each third again.
            let order = (0..of).map(|turn| turn * 5 % of + 1);
            let again = (1..=of).rev().step_by(3);
            record(&place, &pieces(), of, order.chain(again));
            let (notes, warnings, joined) = merged(&place, root.path());
            let parts = [
                "`piece-7` is the address of a piece, and an earlier one of `three`",
                "`uno` is an earlier address of both `one` and `two`",
                "`three` says that it is a translation of `nobody`",
                "spelled `the  row` in `one`, and `The Row` in most",
            ];
            assert_eq!((notes.len(), warnings), (4, 4), "{notes:#?}");
            for (note, part) in notes.iter().zip(parts) {
                assert!(note.contains(part), "{note}");
            }
            let first = first.get_or_insert((notes.clone(), joined.clone()));
            assert!(*first == (notes, joined), "{of} shards");
        }
    }
}
