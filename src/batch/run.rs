//! Running: every piece that is due is built on one of the cores, and promoted with others in a group.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::entry::{PROGRAM, RecordedClaim, RecordedEdition, RecordedPiece, RecordedWarning};
use super::error::BatchError;
use super::find::{FoundSources, find_selected};
use super::gone::{self, Sources};
use super::kept;
use super::lock::lock;
use super::outcome::{BatchSummary, OutputFile, PieceOutcome, PieceStatus};
use super::output_folder::{OutputFolder, Work};
use super::part;
use super::part_line::{PartEnd, PartHead};
use super::plan::{BuildInputs, Job, ShardScope, SourcePaths, plan, standing};
use super::promote::{self, PromotedEdition, StagedEdition, WriteError};
use super::proofs::{Proof, ProofBasis};
use super::record::BatchRecord;
use super::report::LineReport;
use super::reporter::{Reporter, Turn};
use super::rivals;
use super::settings::{BatchObserver, BatchSettings};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::digest::Sha256;
use crate::piece::Slug;
use crate::pipeline::{self, Build, BuildRequest, Output, Proving};
use crate::project::Inherits;
use crate::store::EntryKind;

/// So many pieces are put in place together at most.
const GROUP: usize = 32;
/// A group waits no longer than this for more pieces.
const WAIT: Duration = Duration::from_secs(1);

/// Builds what is due of every piece under the paths.
///
/// # Errors
/// [`BatchError`] when the run did not begin; no edition was written then.
pub fn run(
    settings: &BatchSettings<'_>,
    observer: &dyn BatchObserver,
) -> Result<BatchSummary, BatchError> {
    let start = Instant::now();
    let found = find_selected(settings.paths, settings.selection)?;
    let pool = pipeline::pool(settings.jobs)?;
    // All of it, so that nothing starts as many threads as the environment asks for.
    pool.install(|| run_found(settings, found, observer, start))
}

/// Plan, build, promote, record, report.
fn run_found(
    settings: &BatchSettings<'_>,
    found: FoundSources,
    observer: &dyn BatchObserver,
    start: Instant,
) -> Result<BatchSummary, BatchError> {
    let record = match settings.selection.shard() {
        None => BatchRecord::of_folder(settings.dist),
        Some(_) => {
            let scope = ShardScope::of(settings);
            BatchRecord::of_folder_where(settings.dist, &|entry| scope.holds(entry))
        }
    };
    let jobs = plan(settings, found.sources, &record, observer);
    let report = settings.report.map(LineReport::open);
    let report = report.transpose()?;
    let head = || PartHead::of(settings);
    let work = match settings.selection.shard() {
        Some(_) => Work::Shard(head()),
        None => Work::All(&head),
    };
    let folder = OutputFolder::open(settings.dist, &work)?;
    let paths = SourcePaths::of(settings.dist);

    let attempt = folder.attempt();
    let reporter = Reporter::new(settings, &jobs, &record, attempt, report, observer);
    reporter.walked(&found.links, &found.unreadable);
    if !settings.stop.load(Ordering::Relaxed) {
        observer.due(jobs.iter().filter(|job| !job.due.is_empty()).count());
        let run = BatchRun {
            settings,
            jobs: &jobs,
            record: &record,
            inputs: BuildInputs::new(settings),
            folder: &folder,
            paths: &paths,
            next: AtomicUsize::new(0),
            group: Mutex::new(Group::default()),
            reporter: &reporter,
        };
        run.name_sources();
        run.refresh();
        rayon::broadcast(|_| run.work(observer));
        run.promote(lock(&run.group).take());
        // A shard does not know what the others hold.
        if !settings.stop.load(Ordering::Relaxed) && settings.selection.shard().is_none() {
            run.gone(&found.folders);
            if settings.clean
                && let Err(error) = kept::prune(&folder)
            {
                reporter.fault(&format!(
                    "sources that nobody needs could not be removed: {error}"
                ));
            }
        }
        if let Err(error) = folder.tidy(settings.disk) {
            reporter.fault(&format!("the record could not be tidied: {error}"));
        }
    }
    let mut summary = reporter.end(start);
    if settings.selection.shard().is_some() {
        let end = PartEnd::of(&summary).to_line();
        if let Err(error) = folder.append_lines(settings.disk, &end) {
            summary.faults += 1;
            let message = format!("the end of this shard could not be recorded: {error}");
            observer.note(Severity::Error, &message);
        }
    }
    Ok(summary)
}

/// Pieces that are built and staged, waiting to be promoted together.
#[derive(Default)]
struct Group<'a> {
    pieces: Vec<Pending<'a>>,
    since: Option<Instant>,
}

impl<'a> Group<'a> {
    /// Adds a piece; gives the group back once it is large or old enough.
    fn push(&mut self, piece: Pending<'a>) -> Option<Vec<Pending<'a>>> {
        self.pieces.push(piece);
        let since = *self.since.get_or_insert_with(Instant::now);
        let is_ready = self.pieces.len() >= GROUP || since.elapsed() >= WAIT;
        is_ready.then(|| self.take())
    }

    fn take(&mut self) -> Vec<Pending<'a>> {
        self.since = None;
        std::mem::take(&mut self.pieces)
    }
}

/// A piece whose files are written aside.
struct Pending<'a> {
    number: usize,
    build: Build,
    staged: Vec<(Output, StagedEdition<'a>)>,
}

struct BatchRun<'a> {
    settings: &'a BatchSettings<'a>,
    jobs: &'a [Job],
    record: &'a BatchRecord,
    inputs: BuildInputs,
    folder: &'a OutputFolder,
    paths: &'a SourcePaths,
    /// The first piece that nobody has taken: taken one by one, in order, so that few wait to be told of.
    next: AtomicUsize,
    group: Mutex<Group<'a>>,
    reporter: &'a Reporter<'a>,
}

impl<'a> BatchRun<'a> {
    /// What every thread does until nothing is left or the run is stopped.
    fn work(&self, observer: &dyn BatchObserver) {
        while !self.settings.stop.load(Ordering::Relaxed) {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(job) = self.jobs.get(number) else {
                return;
            };
            if let Some(rival) = &job.rival {
                let outcome = rivals::outcome(job, rival, self.settings.projects);
                self.reporter.report(number, Turn::Built(Box::new(outcome)));
                continue;
            }
            if job.due.is_empty() {
                self.reporter.report(number, Turn::Unchanged);
                continue;
            }
            observer.begun(&job.path);
            let pending = self.build(number, job);
            observer.ended(&job.path);
            let ready = lock(&self.group).push(pending);
            if let Some(group) = ready {
                self.promote(group);
            }
        }
        // What is ready is put in place now: a slow piece on another thread may be all that the run waits for.
        self.promote(lock(&self.group).take());
    }

    /// Records which slugs this shard's sources have, for the joining of shards.
    fn name_sources(&self) {
        if self.settings.selection.shard().is_none() {
            return;
        }
        let lines = part::source_lines(self.jobs, self.paths);
        if let Err(error) = self.folder.append_lines(self.settings.disk, &lines) {
            self.reporter.fault(&format!(
                "the sources of this shard could not be recorded: {error}"
            ));
        }
    }

    /// Records anew what was copied or moved, so that the next run need not read it.
    fn refresh(&self) {
        let refreshed = self.jobs.iter().filter_map(|job| job.refreshed.clone());
        self.append(&refreshed.collect::<Vec<_>>());
    }

    /// Tells of pieces whose source is gone, and removes their editions where that was asked for.
    fn gone(&self, folders: &[PathBuf]) {
        let projects = self.settings.projects;
        let gone = Sources::gone(self.jobs, folders, self.paths, projects, self.record);
        let mut left = Vec::new();
        for entry in gone {
            let names: Vec<String> = gone::file_names(entry)
                .into_iter()
                .map(|(_, name)| name)
                .collect();
            let (removed, entry) = match self.settings.clean {
                true => gone::remove(self.folder, entry),
                false => (Vec::new(), entry.clone()),
            };
            self.reporter.gone(&entry, &names, &removed);
            if self.settings.clean {
                left.push(entry);
            }
        }
        self.append(&left);
    }

    fn append(&self, entries: &[RecordedPiece]) {
        if entries.is_empty() {
            return;
        }
        if let Err(error) = self.folder.append(self.settings.disk, entries) {
            self.reporter.fault(&format!(
                "the record of this run could not be written, so the next run makes these pieces again: {error}"
            ));
        }
    }

    /// Whether a file may be put at a name: no plain file stands there, or one that this program put there. A link is replaced,
    /// and what it leads to stays.
    fn is_ours(&self, slug: &Slug, output: Output, name: &str, bytes: &[u8]) -> bool {
        if self.settings.force
            || !matches!(self.folder.root().kind(name), Ok(Some(EntryKind::File(_))))
        {
            return true;
        }
        let entry = self.record.of_slug(slug.as_str());
        if entry.is_some_and(|entry| entry.edition(output.name()).is_some())
            || self.record.is_elsewhere(slug.as_str())
        {
            return true;
        }
        // The record may be lost, or the run have died that put it there: then its bytes tell.
        let standing = self.folder.root().read(name).and_then(Sha256::of_reader);
        standing.is_ok_and(|hash| {
            hash == Sha256::of(bytes)
                || entry.is_some_and(|entry| entry.is_claimed(output.name(), hash))
        })
    }

    /// Records what is about to be put in places that the record does not know.
    fn claim(&self, group: &[Pending<'_>]) {
        let claim = |piece: &Pending<'_>| {
            let slug = piece.build.slug.as_ref()?.as_str();
            let before = self.record.of_slug(slug);
            let is_new =
                |output: &Output| before.is_none_or(|entry| entry.edition(output.name()).is_none());
            let staged = piece.staged.iter().filter(|(output, _)| is_new(output));
            let claims: Vec<RecordedClaim> = staged
                .map(|(output, edition)| RecordedClaim {
                    format: output.name().to_owned(),
                    hash: edition.hash(),
                })
                .collect();
            let source = piece.build.source_hash?;
            let new = || RecordedPiece {
                slug: slug.to_owned(),
                program: PROGRAM.to_owned(),
                source,
                path: None,
                inherits: Inherits::default(),
                given: None,
                images: Vec::new(),
                life: piece.build.life.clone(),
                essence: piece.build.essence,
                warnings: Vec::new(),
                page_warnings: Vec::new(),
                editions: Vec::new(),
                claims: Vec::new(),
            };
            let mut entry = before.map_or_else(new, RecordedPiece::clone);
            entry.claims = claims;
            (!entry.claims.is_empty()).then_some(entry)
        };
        let claims: Vec<RecordedPiece> = group.iter().filter_map(claim).collect();
        self.append(&claims);
    }

    fn build(&self, number: usize, job: &Job) -> Pending<'a> {
        let request = BuildRequest {
            outputs: &job.due,
            pages: false,
            options: self.settings.options,
            projects: self.settings.projects,
            epoch: self.settings.epoch,
            deny_warnings: self.settings.deny_warnings,
            proving: self.settings.proving,
        };
        let opened = lock(&job.opened).take();
        let mut build = pipeline::build(&job.path, opened, request);
        let staged = self.stage(job, &mut build);
        Pending {
            number,
            build,
            staged,
        }
    }

    /// Writes a piece's editions aside and lets go of their bytes.
    fn stage(&self, job: &Job, build: &mut Build) -> Vec<(Output, StagedEdition<'a>)> {
        let editions = std::mem::take(&mut build.editions);
        if build.slug != job.slug {
            build.failures.push(changed_meanwhile());
            return Vec::new();
        }
        let Some(slug) = &job.slug else {
            return Vec::new();
        };
        let start = Instant::now();
        let mut staged = Vec::new();
        for (output, bytes) in editions {
            let name = output.file_name(slug);
            if !self.is_ours(slug, output, &name, &bytes) {
                let path = self.settings.dist.join(&name);
                build.failures.push(foreign(&path));
                continue;
            }
            match promote::stage(self.settings.disk, self.folder, name, &bytes) {
                Ok(edition) => staged.push((output, edition)),
                Err(error) => build.failures.push(not_written(&error)),
            }
        }
        build.times.push(("write", start.elapsed()));
        staged
    }

    /// Promotes a group, records it, and reports it.
    fn promote(&self, mut group: Vec<Pending<'_>>) {
        if group.is_empty() {
            return;
        }
        let start = Instant::now();
        self.claim(&group);
        let mut owners = Vec::new();
        let mut staged = Vec::new();
        for (at, piece) in group.iter_mut().enumerate() {
            for (output, edition) in piece.staged.drain(..) {
                owners.push((at, output));
                staged.push(edition);
            }
        }
        let results = promote::promote(self.settings.disk, self.folder, staged);
        let mut placed: Vec<Vec<(Output, PromotedEdition)>> =
            group.iter().map(|_| Vec::new()).collect();
        for ((at, output), result) in owners.into_iter().zip(results) {
            match result {
                Ok(edition) => placed[at].push((output, edition)),
                Err(error) => group[at].build.failures.push(not_written(&error)),
            }
        }
        self.record_group(&group, &placed);
        let share = start.elapsed() / u32::try_from(group.len()).unwrap_or(u32::MAX);
        for (mut piece, placed) in group.into_iter().zip(placed) {
            piece.build.times.push(("place", share));
            let outcome = self.outcome(piece.number, piece.build, placed);
            self.reporter
                .report(piece.number, Turn::Built(Box::new(outcome)));
        }
    }

    /// Adds the editions in place to the record; only now, since they are on the medium.
    fn record_group(&self, group: &[Pending<'_>], placed: &[Vec<(Output, PromotedEdition)>]) {
        let pieces = group.iter().zip(placed);
        for (piece, placed) in pieces.clone() {
            let is_docx = placed.iter().any(|(output, _)| output.name() == "docx");
            if let Some(hash) = piece.build.source_hash.filter(|_| is_docx) {
                self.folder.keep_source(hash, &piece.build.source.text);
            }
        }
        let entries: Vec<RecordedPiece> = pieces
            .filter(|(_, placed)| !placed.is_empty())
            .filter_map(|(piece, placed)| {
                self.entry(&self.jobs[piece.number].path, &piece.build, placed)
            })
            .collect();
        self.append(&entries);
        if self.settings.proving == Proving::Each {
            self.remember_proofs(group, placed);
        }
    }

    /// Remembers the proofs of editions in place.
    fn remember_proofs(&self, group: &[Pending<'_>], placed: &[Vec<(Output, PromotedEdition)>]) {
        let pieces = group.iter().zip(placed);
        let proofs = pieces.filter_map(|(piece, placed)| {
            let basis = ProofBasis::of_build(&piece.build)?;
            let editions = placed.iter();
            let editions = editions.filter(|(output, _)| *output != Output::Cover);
            Some(editions.map(move |(_, edition)| basis.proof_of(edition.hash)))
        });
        let proofs: Vec<Proof> = proofs.flatten().collect();
        if let Err(error) = self.folder.append_proofs(self.settings.disk, &proofs) {
            self.reporter.fault(&format!(
                "the proofs of this run could not be written, so the next run makes them again: {error}"
            ));
        }
    }

    fn entry(
        &self,
        path: &Path,
        build: &Build,
        placed: &[(Output, PromotedEdition)],
    ) -> Option<RecordedPiece> {
        let slug = build.slug.as_ref()?.as_str();
        let before = self.record.of_slug(slug);
        let source = build.source_hash?;
        let given = build.given.unwrap_or_default();
        let inputs = self.inputs.of(source, &build.images, given);
        let mut editions = before.map_or_else(Vec::new, |entry| entry.editions.clone());
        editions.retain(|edition| placed.iter().all(|(o, _)| o.name() != edition.format));
        for (output, placed) in placed {
            editions.push(RecordedEdition {
                format: output.name().to_owned(),
                essence: build.essence,
                inputs,
                hash: placed.hash,
                stamp: placed.stamp,
            });
        }
        // Only what is built from pages looks at them: a run without such a file knows no better than the one before.
        let page_warnings = match before {
            Some(entry)
                if entry.source == source && !placed.iter().any(|(o, _)| o.needs_pages()) =>
            {
                entry.page_warnings.clone()
            }
            _ => build
                .page_findings
                .iter()
                .map(RecordedWarning::from)
                .collect(),
        };
        Some(RecordedPiece {
            slug: slug.to_owned(),
            program: PROGRAM.to_owned(),
            source,
            life: build.life.clone(),
            essence: build.essence,
            path: self.paths.recorded(path),
            inherits: build.inherits.clone(),
            given: Some(given),
            claims: Vec::new(),
            images: build.images.clone(),
            warnings: build.findings.iter().map(RecordedWarning::from).collect(),
            page_warnings,
            editions,
        })
    }

    fn outcome(
        &self,
        number: usize,
        build: Build,
        placed: Vec<(Output, PromotedEdition)>,
    ) -> PieceOutcome {
        let job = &self.jobs[number];
        let mut diagnostics: Vec<Diagnostic> = build.diagnostics().cloned().collect();
        let warned = |found: &Diagnostic| found.severity >= Severity::Warning;
        let is_denied = self.settings.deny_warnings && diagnostics.iter().any(warned);
        if is_denied && !build.has_errors() {
            diagnostics.push(denied());
        }
        let has_errors = diagnostics.iter().any(|d| d.severity == Severity::Error);
        let fresh = |(output, placed): (Output, PromotedEdition)| OutputFile {
            format: output.name(),
            path: placed.path,
            size: placed.stamp.size,
            hash: placed.hash,
            fresh: true,
        };
        let mut files: Vec<OutputFile> = placed.into_iter().map(fresh).collect();
        if let Some(slug) = &job.slug {
            files.extend(standing(
                self.settings,
                self.record,
                slug.as_str(),
                &job.due,
            ));
        }
        files.sort_by_key(|file| {
            self.settings
                .outputs
                .iter()
                .position(|o| o.name() == file.format)
        });
        PieceOutcome {
            path: job.path.clone(),
            slug: build.slug,
            status: if has_errors {
                PieceStatus::Failed
            } else {
                PieceStatus::Built
            },
            source: build.source,
            diagnostics,
            files,
            times: build.times,
        }
    }
}

fn changed_meanwhile() -> Diagnostic {
    Diagnostic::error(Code::Changed, "the file changed while the run was going on")
        .hint("run the command again")
}

fn foreign(path: &Path) -> Diagnostic {
    let message = format!(
        "at {} stands a file that this program did not put there, and it stays",
        path.display()
    );
    Diagnostic::error(Code::ForeignFile, message).hint("move it away, or let `--force` replace it")
}

fn denied() -> Diagnostic {
    Diagnostic::error(
        Code::Denied,
        "no edition is made, since warnings are denied",
    )
}

fn not_written(error: &WriteError) -> Diagnostic {
    let diagnostic = Diagnostic::error(Code::Write, error.to_string());
    match error.source.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            diagnostic
                .hint("make room and run the command again; what stood there before is as it was")
        }
        _ => diagnostic,
    }
}
