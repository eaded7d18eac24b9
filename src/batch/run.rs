//! Running: every piece that is due is built on one of the cores, and promoted with others in a group.

use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use super::aside::{EverLeft, kept_aside};
use super::error::BatchError;
use super::find::{FoundSources, find_selected};
use super::gone::{self, Sources};
use super::group::{Group, Pending};
use super::kept;
use super::lock::lock;
use super::outcome::{BatchSummary, OutputFile, PieceOutcome, PieceStatus};
use super::output_folder::{OutputFolder, Work};
use super::part;
use super::part_line::{PartEnd, PartHead};
use super::plan::{BuildInputs, Job, ShardScope, SourcePaths, plan, standing};
use super::promote::{self, PromotedEdition, StagedEdition};
use super::record::BatchRecord;
use super::report::LineReport;
use super::reporter::{Reporter, Turn};
use super::rivals;
use super::run_faults::{
    altered, altered_and_denied, changed_meanwhile, denied, foreign, not_written,
};
use super::settings::{BatchObserver, BatchSettings};
use super::tidy::tidy;
use crate::diagnostic::{Diagnostic, Severity};
use crate::digest::Sha256;
use crate::piece::Slug;
use crate::pipeline::{self, Build, BuildRequest, Output};
use crate::store::EntryKind;
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
    mut found: FoundSources,
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
    let recorded = record.entries();
    let recorded = recorded.filter_map(|entry| entry.path.as_deref());
    found.know(settings.dist, recorded);
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
            left: Mutex::default(),
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
            if settings.clean {
                run.clean();
            }
        }
        if let Err(error) = tidy(&folder, settings.disk) {
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

/// A run under way.
pub(super) struct BatchRun<'a> {
    pub(super) settings: &'a BatchSettings<'a>,
    pub(super) jobs: &'a [Job],
    pub(super) record: &'a BatchRecord,
    pub(super) inputs: BuildInputs,
    pub(super) folder: &'a OutputFolder,
    pub(super) paths: &'a SourcePaths,
    /// All that runs ever left, read once something else stands in the place of an edition.
    pub(super) left: Mutex<EverLeft>,
    /// The first piece that nobody has taken: taken one by one, in order, so that few wait to be told of.
    pub(super) next: AtomicUsize,
    pub(super) group: Mutex<Group<'a>>,
    pub(super) reporter: &'a Reporter<'a>,
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

    /// Removes the sources that nobody needs, and tells of the files that nobody but their editor can judge.
    fn clean(&self) {
        if let Err(error) = kept::prune(self.folder) {
            self.reporter.fault(&format!(
                "sources that nobody needs could not be removed: {error}"
            ));
        }
        match kept_aside(self.folder) {
            Ok((0, _)) => {}
            Ok((files, bytes)) => self.reporter.kept_aside(files, bytes),
            Err(error) => self.reporter.fault(&format!(
                "the files that are kept aside could not be counted: {error}"
            )),
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
            if self.settings.deny_warnings
                && let Ok(Some(_)) = self.altered(slug, output, Sha256::of(&bytes))
            {
                let path = self.settings.dist.join(&name);
                build.failures.push(altered_and_denied(&path));
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
        let hashes: Vec<Sha256> = staged.iter().map(StagedEdition::hash).collect();
        let keep = |number: usize| {
            let (at, output) = owners[number];
            let Some(slug) = &group[at].build.slug else {
                return Ok(None);
            };
            let altered = self.altered(slug, output, hashes[number])?;
            let name = output.file_name(slug);
            altered.map(|file| self.keep_aside(&name, file)).transpose()
        };
        let results = promote::promote(self.settings.disk, self.folder, staged, &keep);
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
        for (output, edition) in &placed {
            if let Some(kept) = &edition.kept {
                diagnostics.push(altered(&edition.path, kept, output.is_docx(), &job.path));
            }
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
