//! A run with a store: list, compare, then fetch, build and put, each a window ahead of the next.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::mpsc::sync_channel;
use std::sync::{Mutex, OnceLock};
use std::thread;
use std::time::Instant;

use super::super::lock::lock;
use super::super::merge_summary::MergeSummary;
use super::super::merged_report::{self, MergedReport};
use super::super::outcome::{BatchSummary, PieceOutcome};
use super::super::part_line::{PartEnd, PartHead, PartSource, PartVersion};
use super::super::report::LineReport;
use super::super::settings::{BatchObserver, BatchSettings};
use super::bucket_tree::BucketTree;
use super::in_parallel;
use super::ledger::{Contents, Ledger, PartWriter};
use super::place::{Place, RemoteError};
use super::put::Target;
use super::settle;
use super::sources::{FetchedWindow, SourceItem, Sources};
use super::standing::Standing;
use super::stored::{StoredPiece, StoredRecord};
use super::window::{self, BuiltWindow, Names};
use crate::diagnostic::Severity;
use crate::pipeline::Output;
use crate::store::{OpenFolder, StoreError};

/// So many pieces are fetched, built and put together.
const WINDOW: usize = 64;

/// What a run with a store is asked for.
#[derive(Clone, Copy)]
pub struct RemoteSettings<'a> {
    /// The one place of the sources.
    pub source: &'a Place,
    /// Where the editions go.
    pub dist: &'a Place,
    /// Keeps what is fetched.
    pub tree: &'a BucketTree,
    /// All else, as for a run with folders; its paths and its output folder are not looked at.
    pub batch: &'a BatchSettings<'a>,
}

/// Builds what is due of every source of the selection.
///
/// # Errors
/// [`RemoteError`] when the run did not begin; no edition was put then.
pub fn run_remote(
    settings: &RemoteSettings<'_>,
    observer: &dyn BatchObserver,
) -> Result<BatchSummary, RemoteError> {
    let start = Instant::now();
    let batch = settings.batch;
    let report = batch.report.map(LineReport::open).transpose()?;
    // It is opened again for the whole once that is known; a place that cannot be written to is told now.
    drop(report);
    let store = settings.dist.open()?;
    if let Some(caution) = store.caution() {
        observer.note(Severity::Warning, caution);
    }
    let sources = Sources::open(settings.source, settings.tree)?;
    let listed = sources.list(batch.selection)?;
    store.begin_shared()?;
    let ledger = Ledger::new(&*store);
    let contents = ledger.contents()?;
    let record = ledger.record(&contents, batch.selection.range())?;
    let mut head = PartHead::of(batch);
    let part = ledger.begin(&contents, &head)?;
    // Each format is compared for itself.
    head.version = PartVersion::of(&BatchSettings {
        outputs: &[],
        ..*batch
    });

    let standing = Standing::of(&*store, &record, batch)?;
    let lines = settings.tree.work().join("lines.jsonl");
    let run = RemoteRun {
        settings,
        observer,
        sources: &sources,
        record: &record,
        version: &head.version,
        part: &part,
        target: Target {
            store: &*store,
            ledger: &ledger,
            contents: &contents,
            force: batch.force,
            deny_warnings: batch.deny_warnings,
            known: OnceLock::new(),
        },
        state: Mutex::new(RunState {
            lines: BufWriter::new(File::create(&lines)?),
            claims: BTreeMap::new(),
            rivals: BTreeSet::new(),
            faults: 0,
            left: 0,
            faces: Vec::new(),
        }),
    };
    for reason in &listed.unreadable {
        run.fault(&format!("cannot read {}/{reason}", settings.source.shown));
    }
    let due = run.tell_unchanged(&listed.items, &standing)?;
    observer.due(due.len());
    run.windows(&due);
    let gone = match listed.unreadable.is_empty() {
        true => run.tell_gone(&listed.items),
        false => 0,
    };
    run.end(&lines, &contents, gone, start)
}

/// A run under way.
pub(super) struct RemoteRun<'a> {
    pub(super) settings: &'a RemoteSettings<'a>,
    pub(super) observer: &'a dyn BatchObserver,
    pub(super) sources: &'a Sources<'a>,
    pub(super) record: &'a StoredRecord,
    pub(super) version: &'a PartVersion,
    pub(super) part: &'a PartWriter<'a>,
    pub(super) target: Target<'a>,
    pub(super) state: Mutex<RunState>,
}

/// What a run knows more of with each window.
pub(super) struct RunState {
    /// The lines of the report, as pieces end.
    pub(super) lines: BufWriter<File>,
    /// The sources by their slugs.
    pub(super) claims: BTreeMap<String, BTreeSet<String>>,
    /// Slugs that several sources have.
    pub(super) rivals: BTreeSet<String>,
    pub(super) faults: usize,
    pub(super) left: usize,
    pub(super) faces: Vec<String>,
}

impl RemoteRun<'_> {
    /// Tells of a fault that is no piece's.
    pub(super) fn fault(&self, message: &str) {
        lock(&self.state).faults += 1;
        self.observer.note(Severity::Error, message);
    }

    /// Keeps a line of the report.
    pub(super) fn line(&self, line: &str) {
        let written = {
            let mut state = lock(&self.state);
            writeln!(state.lines, "{line}")
        };
        if let Err(error) = written {
            self.fault(&format!("a line of the report could not be kept: {error}"));
        }
    }

    /// Records that a source has a slug; whether no other has it.
    pub(super) fn claim(&self, slug: &str, below: &str) -> bool {
        let mut state = lock(&self.state);
        let claimants = state.claims.entry(slug.to_owned()).or_default();
        claimants.insert(below.to_owned());
        let is_alone = claimants.len() == 1;
        if !is_alone {
            state.rivals.insert(slug.to_owned());
        }
        is_alone
    }

    /// The line of the record that names a source.
    pub(super) fn source_line(&self, below: &str, slug: Option<&str>) -> Vec<u8> {
        let source = PartSource {
            path: self.settings.source.show(below).display().to_string(),
            place: Some(below.to_owned()),
            slug: slug.map(str::to_owned),
        };
        source.to_line()
    }

    /// Tells of the sources of which nothing is due; gives the others.
    fn tell_unchanged(
        &self,
        items: &[SourceItem],
        standing: &Standing,
    ) -> Result<Vec<SourceItem>, StoreError> {
        let unchanged = in_parallel(items, |item| self.unchanged(item, standing));
        let (mut due, mut lines) = (Vec::new(), Vec::new());
        for (item, unchanged) in items.iter().zip(unchanged) {
            let Some(piece) = unchanged? else {
                due.push(item.clone());
                continue;
            };
            self.claim(&piece.slug, &piece.key);
            lines.extend(self.source_line(&piece.key, Some(&piece.slug)));
            let line = piece.unchanged_line();
            for (severity, told) in settle::told(&line) {
                self.observer.note(severity, &told);
            }
            self.line(&line);
        }
        if !lines.is_empty() {
            self.part.append(lines)?;
        }
        Ok(due)
    }

    /// What the record knows of a source of which nothing is due.
    fn unchanged(
        &self,
        item: &SourceItem,
        standing: &Standing,
    ) -> Result<Option<&StoredPiece>, StoreError> {
        let batch = self.settings.batch;
        let Some(piece) = self.record.pieces.get(&item.below) else {
            return Ok(None);
        };
        let stands = |output: &Output| {
            let edition = piece.edition(output.name());
            edition.is_some_and(|edition| standing.holds(&edition.name))
        };
        let is_same = !batch.force
            && !item.tag.is_empty()
            && piece.tag == item.tag
            && piece.version == *self.version
            && batch.outputs.iter().all(stands);
        if !is_same {
            return Ok(None);
        }
        for (image, tag) in &piece.images {
            if self.sources.image_tag(&piece.key, image)? != *tag {
                return Ok(None);
            }
        }
        Ok(Some(piece))
    }

    /// Tells of pieces whose source is gone, as far as a run of all sources knows; gives their number.
    fn tell_gone(&self, items: &[SourceItem]) -> usize {
        let batch = self.settings.batch;
        if batch.selection.shard().is_some() || batch.stop.load(Ordering::Relaxed) {
            return 0;
        }
        let held: BTreeSet<&str> = items.iter().map(|item| item.below.as_str()).collect();
        let moved = |piece: &StoredPiece| lock(&self.state).claims.contains_key(&piece.slug);
        let pieces = self.record.pieces.values();
        let gone = pieces.filter(|piece| !held.contains(piece.key.as_str()) && !moved(piece));
        let gone: Vec<&StoredPiece> = gone.collect();
        for piece in &gone {
            let names = piece.editions.iter().map(|edition| edition.name.as_str());
            let names: Vec<&str> = names.collect();
            let note = format!(
                "the source of `{}` is gone, and its editions stand in {}: {}",
                piece.slug,
                self.settings.dist.shown,
                names.join(", ")
            );
            self.observer.note(Severity::Warning, &note);
        }
        gone.len()
    }

    /// Fetches, builds and puts: while a window is built, the next is fetched and the one before is put.
    fn windows(&self, due: &[SourceItem]) {
        let batch = self.settings.batch;
        let is_stopped = || batch.stop.load(Ordering::Relaxed);
        let (fetched, to_build) = sync_channel::<FetchedWindow>(1);
        let (built, to_put) = sync_channel::<(FetchedWindow, BuiltWindow)>(1);
        let stood = |below: &str| self.record.pieces.contains_key(below);
        thread::scope(|scope| {
            scope.spawn(move || {
                for items in due.chunks(WINDOW) {
                    if is_stopped() {
                        lock(&self.state).left += items.len();
                        continue;
                    }
                    let window = self.sources.fetch(items, batch.projects, &stood);
                    // Nobody takes it once building has ended.
                    if fetched.send(window).is_err() {
                        return;
                    }
                }
            });
            scope.spawn(move || {
                for (window, built) in to_put {
                    self.put(&window, built);
                    self.sources.let_go(&window);
                }
            });
            for (number, mut window) in to_build.into_iter().enumerate() {
                for fault in std::mem::take(&mut window.faults) {
                    let source = &self.settings.source.shown;
                    self.fault(&format!("cannot read {source}/{fault}"));
                }
                if is_stopped() {
                    lock(&self.state).left += window.items.len();
                    continue;
                }
                let place = self.settings.tree.work().join(format!("window-{number}"));
                let names = self.names_with(&place.join("dist"));
                let root = self.sources.root();
                match window::build(&window.files, root, &place, batch, &names, self.observer) {
                    Ok(done) => {
                        if built.send((window, done)).is_err() {
                            break;
                        }
                    }
                    Err(error) => {
                        lock(&self.state).left += window.items.len();
                        self.fault(&error.to_string());
                    }
                }
            }
            drop(built);
        });
    }

    fn names_with(&self, dist: &Path) -> Names {
        let root = self.sources.root();
        Names::new(&[(dist, self.settings.dist), (root, self.settings.source)])
    }

    /// Settles what only the whole run shows, and ends report and part.
    fn end(
        self,
        lines: &Path,
        contents: &Contents,
        gone: usize,
        start: Instant,
    ) -> Result<BatchSummary, RemoteError> {
        let settings = self.settings;
        let mut state = self
            .state
            .into_inner()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let shard = settings
            .batch
            .selection
            .shard()
            .map(|shard| (shard, self.part.attempt));
        state.faces.sort();
        state.faces.dedup();
        let last = merged_report::last_line(state.faults, &state.faces, start.elapsed());
        writeln!(state.lines, "{last}")?;
        state.lines.flush()?;

        let sources = |slug: &String| state.claims.get(slug).into_iter().flatten();
        let rivals: BTreeMap<String, BTreeSet<String>> = state
            .rivals
            .iter()
            .map(|slug| (slug.clone(), sources(slug).cloned().collect()))
            .collect();
        let outcomes = settle::rivals(
            settings.source,
            self.sources,
            settings.batch.projects,
            rivals,
        );
        let slugs: BTreeSet<&str> = outcomes.keys().map(String::as_str).collect();
        // What this run recorded stands in its part.
        let now = match slugs.is_empty() {
            true => None,
            false => Some(self.target.ledger.contents()?),
        };
        let removed = settle::remove(&self.target, now.as_ref().unwrap_or(contents), &slugs)?;
        if !removed.is_empty() {
            self.part.append(removed)?;
        }
        let outcomes: BTreeMap<PathBuf, PieceOutcome> = outcomes
            .into_values()
            .flatten()
            .map(|outcome| (outcome.path.clone(), outcome))
            .collect();
        for outcome in outcomes.values() {
            self.observer.outcome(outcome);
        }
        let work = OpenFolder::open(settings.tree.work())?;
        let report = MergedReport::read(&[lines.to_owned()], &work)?;
        let mut summary = report.summary(&outcomes)?;
        summary.gone = gone;
        summary.left = state.left;
        summary.pieces += state.left;
        summary.shard = shard;
        summary.time = start.elapsed();
        if let Some(path) = settings.batch.report {
            let merged = MergeSummary {
                summary: summary.clone(),
                ..MergeSummary::default()
            };
            report.write(path, &outcomes, &merged)?;
        }
        if let Err(error) = self.part.append(PartEnd::of(&summary).to_line()) {
            summary.faults += 1;
            let message = format!("the end of this run could not be recorded: {error}");
            self.observer.note(Severity::Error, &message);
        }
        Ok(summary)
    }
}
