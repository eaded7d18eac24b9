//! A run with a store: list, compare, then fetch, build and put, each a window ahead of the next.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
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
use super::in_parallel;
use super::ledger::{Contents, Ledger, PartWriter};
use super::place::{Place, RemoteError};
use super::put::{NewEdition, PutFault, Target};
use super::settle;
use super::sources::{BucketTree, FetchedWindow, SourceItem, Sources};
use super::stored::{StoredClaim, StoredEdition, StoredPiece, StoredRecord};
use super::window::{self, BuiltPiece, BuiltWindow, Names};
use crate::diagnostic::{Code, Severity};
use crate::editions::FORMATS;
use crate::pipeline::Output;
use crate::store::{Store, StoreError};

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

/// Which of the recorded editions stand in the store as they were put.
enum Standing {
    /// All that the record knows: the store has far more files than this run has editions.
    Trusted,
    /// These names.
    Seen(BTreeSet<String>),
}

impl Standing {
    fn of(
        store: &dyn Store,
        record: &StoredRecord,
        batch: &BatchSettings<'_>,
    ) -> Result<Self, StoreError> {
        let editions = || record.pieces.values().flat_map(|piece| &piece.editions);
        let tags: BTreeMap<&str, (&str, u64)> = editions()
            .map(|edition| (edition.name.as_str(), (edition.tag.as_str(), edition.bytes)))
            .collect();
        if batch.recheck {
            let editions: Vec<&StoredEdition> = editions().collect();
            let stands = in_parallel(&editions, |edition| {
                let version = store.version(&edition.name)?;
                Ok(version.is_some_and(|version| version.text() == edition.tag))
            });
            let mut seen = BTreeSet::new();
            for (edition, stands) in editions.into_iter().zip(stands) {
                if stands? {
                    seen.insert(edition.name.clone());
                }
            }
            return Ok(Self::Seen(seen));
        }
        let mut seen = BTreeSet::new();
        if tags.is_empty() {
            return Ok(Self::Seen(seen));
        }
        // A page of a listing names a thousand files: no more requests than one for each edition would be.
        let (mut listed, most) = (0usize, tags.len().saturating_mul(1000));
        store.each(&mut |object| {
            listed += 1;
            if let Some((tag, bytes)) = tags.get(object.path.as_str()) {
                let is_same = object.tag.as_deref().is_none_or(|now| now == *tag);
                if is_same && object.size == *bytes {
                    seen.insert(object.path);
                }
            }
            match listed > most {
                true => std::ops::ControlFlow::Break(()),
                false => std::ops::ControlFlow::Continue(()),
            }
        })?;
        Ok(match listed > most {
            true => Self::Trusted,
            false => Self::Seen(seen),
        })
    }

    fn holds(&self, name: &str) -> bool {
        match self {
            Self::Trusted => true,
            Self::Seen(seen) => seen.contains(name),
        }
    }
}

struct RemoteRun<'a> {
    settings: &'a RemoteSettings<'a>,
    observer: &'a dyn BatchObserver,
    sources: &'a Sources<'a>,
    record: &'a StoredRecord,
    version: &'a PartVersion,
    part: &'a PartWriter<'a>,
    target: Target<'a>,
    state: Mutex<RunState>,
}

struct RunState {
    /// The lines of the report, as pieces end.
    lines: BufWriter<File>,
    /// The sources by their slugs.
    claims: BTreeMap<String, BTreeSet<String>>,
    /// Slugs that several sources have.
    rivals: BTreeSet<String>,
    faults: usize,
    left: usize,
    faces: Vec<String>,
}

impl RemoteRun<'_> {
    fn fault(&self, message: &str) {
        lock(&self.state).faults += 1;
        self.observer.note(Severity::Error, message);
    }

    fn line(&self, line: &str) {
        let written = {
            let mut state = lock(&self.state);
            writeln!(state.lines, "{line}")
        };
        if let Err(error) = written {
            self.fault(&format!("a line of the report could not be kept: {error}"));
        }
    }

    /// Records that a source has a slug; whether no other has it.
    fn claim(&self, slug: &str, below: &str) -> bool {
        let mut state = lock(&self.state);
        let claimants = state.claims.entry(slug.to_owned()).or_default();
        claimants.insert(below.to_owned());
        let is_alone = claimants.len() == 1;
        if !is_alone {
            state.rivals.insert(slug.to_owned());
        }
        is_alone
    }

    fn source_line(&self, below: &str, slug: Option<&str>) -> Vec<u8> {
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
        thread::scope(|scope| {
            scope.spawn(move || {
                for items in due.chunks(WINDOW) {
                    if is_stopped() {
                        lock(&self.state).left += items.len();
                        continue;
                    }
                    let window = self.sources.fetch(items, batch.projects);
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

    /// Puts the editions of a window and records them.
    fn put(&self, window: &FetchedWindow, built: BuiltWindow) {
        let tags: BTreeMap<&str, &str> = window
            .items
            .iter()
            .map(|item| (item.below.as_str(), item.tag.as_str()))
            .collect();
        {
            let mut state = lock(&self.state);
            state.faults += built.faults;
            state.left += built.left;
            state.faces.extend(built.faces.iter().cloned());
        }
        let mut before = Vec::new();
        let mut editions: Vec<NewEdition> = Vec::new();
        let mut pieces = Vec::new();
        for mut piece in built.pieces {
            let slug = piece.slug.clone();
            before.extend(self.source_line(&piece.below, slug.as_deref()));
            let is_alone = slug.is_none_or(|slug| self.claim(&slug, &piece.below));
            if !is_alone {
                piece.files.clear();
            }
            let first = editions.len();
            let mut files = Vec::new();
            for file in std::mem::take(&mut piece.files) {
                let known = self.known(&piece, &file.name);
                if known.is_none() {
                    let claim = StoredClaim {
                        name: file.name.clone(),
                        sha256: file.sha256,
                    };
                    before.extend(claim.to_line());
                }
                files.push(StoredEdition {
                    format: file.format,
                    name: file.name.clone(),
                    bytes: file.bytes,
                    sha256: file.sha256,
                    tag: String::new(),
                });
                editions.push(NewEdition {
                    media_type: media_type(&files[files.len() - 1].format),
                    name: file.name,
                    path: file.path,
                    sha256: file.sha256,
                    is_known: known.is_some(),
                });
            }
            pieces.push((piece, first, files));
        }
        if let Err(error) = self.part.append(before) {
            self.fault(&format!(
                "what is about to be put could not be recorded: {error}"
            ));
        }
        let put = self.target.put(&editions);
        if !built.place.as_os_str().is_empty() {
            // What cannot be removed now goes with the whole tree.
            let _ = fs::remove_dir_all(&built.place);
        }
        let mut after = Vec::new();
        for (mut piece, first, mut files) in pieces {
            let results = &put[first..first + files.len()];
            let mut faults = Vec::new();
            for (file, result) in files.iter_mut().zip(results) {
                match result {
                    Ok(tag) => file.tag.clone_from(tag),
                    Err(fault) => faults.push((file.name.clone(), fault)),
                }
            }
            for (name, fault) in &faults {
                self.tell_fault(&mut piece, name, fault);
            }
            files.retain(|file| !file.tag.is_empty());
            self.line(&piece.line);
            if piece.is_made && !files.is_empty() {
                let tag = tags.get(piece.below.as_str()).copied().unwrap_or_default();
                match self.stored(piece, tag, files) {
                    Ok(stored) => after.extend(stored.to_line()),
                    Err(error) => self.fault(&error.to_string()),
                }
            }
        }
        if !after.is_empty()
            && let Err(error) = self.part.append(after)
        {
            self.fault(&format!(
                "the record of this run could not be written, so the next run makes these pieces again: {error}"
            ));
        }
    }

    /// The edition of this name that the record knows of a source.
    fn known(&self, piece: &BuiltPiece, name: &str) -> Option<&StoredEdition> {
        let recorded = self.record.pieces.get(&piece.below)?;
        recorded
            .editions
            .iter()
            .find(|edition| edition.name == name)
    }

    fn tell_fault(&self, piece: &mut BuiltPiece, name: &str, fault: &PutFault) {
        let path = self.settings.dist.show(name);
        let (code, message) = match fault {
            PutFault::Foreign => (
                Code::ForeignFile,
                format!(
                    "at {} stands a file that this program did not put there, and it stays",
                    path.display()
                ),
            ),
            PutFault::Failed(error) => (Code::Write, error.to_string()),
        };
        let source = self.settings.source.show(&piece.below);
        self.observer
            .note(Severity::Error, &format!("{}: {message}", source.display()));
        piece.line = settle::failed_line(&piece.line, code, &message, name);
        piece.is_made = false;
    }

    fn stored(
        &self,
        piece: BuiltPiece,
        tag: &str,
        mut editions: Vec<StoredEdition>,
    ) -> Result<StoredPiece, StoreError> {
        let mut images = BTreeMap::new();
        for image in piece.images {
            let tag = self.sources.image_tag(&piece.below, &image)?;
            images.insert(image, tag);
        }
        // Editions of formats that were not asked for are as they were, where the source is.
        let before = self.record.pieces.get(&piece.below);
        let before = before.filter(|before| before.tag == tag && before.version == *self.version);
        for edition in before.iter().flat_map(|before| &before.editions) {
            if editions.iter().all(|new| new.format != edition.format) {
                editions.push(edition.clone());
            }
        }
        editions.sort_by(|a, b| a.format.cmp(&b.format));
        Ok(StoredPiece {
            key: piece.below,
            tag: tag.to_owned(),
            images,
            version: self.version.clone(),
            slug: piece.slug.unwrap_or_default(),
            editions,
            line: piece.line,
        })
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
        let report = MergedReport::read(&[lines.to_owned()])?;
        let mut summary = report.summary(&outcomes);
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

fn media_type(format: &str) -> &'static str {
    let row = FORMATS.iter().find(|row| row.name == format);
    row.map_or("image/png", |row| row.media_type)
}
