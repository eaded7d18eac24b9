//! Running: every piece that is due is made on one of the cores, and put in place with others in a group.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rayon::{ThreadPool, ThreadPoolBuilder};

use super::find::find;
use super::folder::Folder;
use super::plan::{Inputs, Job, PROGRAM, plan};
use super::record::{Edition, Entry, FILE_NAME, Noticed, Record};
use super::settings::{File, Observer, Outcome, RunError, Settings, Status, Summary};
use super::tell::{Slot, Teller};
use super::write::{self, Placed, Staged, WriteError};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::pipeline::{Made, Output, Request, make};

/// So many pieces are put in place together at most.
const GROUP: usize = 32;
/// A group waits no longer than this for more pieces.
const WAIT: Duration = Duration::from_secs(1);
/// Deep nesting in hostile pieces must not exhaust a thread's stack.
const STACK: usize = 8 << 20;

/// Makes what is due of every piece under the paths.
///
/// # Errors
/// [`RunError`] when the run did not begin; no edition was written then.
pub fn run(settings: &Settings<'_>, observer: &dyn Observer) -> Result<Summary, RunError> {
    let start = Instant::now();
    let found = find(settings.paths)?;
    let pool = start_pool(settings)?;
    let journal = settings.dist.join(".flashpoint").join(FILE_NAME);
    let record = pool.install(|| Record::read(&journal));
    let jobs = pool.install(|| plan(settings, found.sources, &record, observer))?;
    let report = settings.report.map(super::report::Report::open);
    let report = report.transpose()?;
    let folder = Folder::open(settings.dist)?;

    let teller = Teller::new(settings, &jobs, &record, report, observer);
    teller.walked(&found.links, &found.unreadable);
    if !settings.stop.load(Ordering::Relaxed) {
        observer.due(jobs.iter().filter(|job| !job.due.is_empty()).count());
        let run = Run {
            settings,
            jobs: &jobs,
            record: &record,
            inputs: Inputs::new(settings),
            folder: &folder,
            next: AtomicUsize::new(0),
            group: Mutex::new(Group::default()),
            teller: &teller,
        };
        pool.broadcast(|_| run.work(observer));
        run.commit(lock(&run.group).take());
        if let Err(error) = folder.tidy(settings.disk) {
            teller.fault(&format!("the record could not be tidied: {error}"));
        }
    }
    Ok(teller.end(start))
}

fn start_pool(settings: &Settings<'_>) -> Result<ThreadPool, RunError> {
    let jobs = settings.jobs.map_or(0, std::num::NonZeroUsize::get);
    let pool = ThreadPoolBuilder::new().num_threads(jobs).stack_size(STACK);
    pool.build().map_err(|error| RunError::Jobs {
        jobs,
        reason: error.to_string(),
    })
}

/// Pieces that are made and written aside, waiting to be put in place together.
#[derive(Default)]
struct Group {
    pieces: Vec<Pending>,
    since: Option<Instant>,
}

impl Group {
    /// Adds a piece; gives the group back once it is large or old enough.
    fn push(&mut self, piece: Pending) -> Option<Vec<Pending>> {
        self.pieces.push(piece);
        let since = *self.since.get_or_insert_with(Instant::now);
        let is_ready = self.pieces.len() >= GROUP || since.elapsed() >= WAIT;
        is_ready.then(|| self.take())
    }

    fn take(&mut self) -> Vec<Pending> {
        self.since = None;
        std::mem::take(&mut self.pieces)
    }
}

/// A piece whose files are written aside.
struct Pending {
    number: usize,
    made: Made,
    staged: Vec<(Output, Staged)>,
}

struct Run<'a> {
    settings: &'a Settings<'a>,
    jobs: &'a [Job],
    record: &'a Record,
    inputs: Inputs,
    folder: &'a Folder,
    /// The first piece that nobody has taken: taken one by one, in order, so that few wait to be told of.
    next: AtomicUsize,
    group: Mutex<Group>,
    teller: &'a Teller<'a>,
}

impl Run<'_> {
    /// What every thread does until nothing is left or the run is stopped.
    fn work(&self, observer: &dyn Observer) {
        while !self.settings.stop.load(Ordering::Relaxed) {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(job) = self.jobs.get(number) else {
                return;
            };
            if job.due.is_empty() {
                self.teller.tell(number, Slot::Unchanged);
                continue;
            }
            observer.begun(&job.path);
            let pending = self.make(number, job);
            observer.ended(&job.path);
            let ready = lock(&self.group).push(pending);
            if let Some(group) = ready {
                self.commit(group);
            }
        }
    }

    fn make(&self, number: usize, job: &Job) -> Pending {
        let request = Request {
            outputs: &job.due,
            pages: false,
            options: self.settings.options,
            epoch: self.settings.epoch,
            deny_warnings: self.settings.deny_warnings,
        };
        let opened = lock(&job.opened).take();
        let mut made = make(&job.path, opened, request);
        let staged = self.stage(job, &mut made);
        Pending {
            number,
            made,
            staged,
        }
    }

    /// Writes a piece's editions aside and lets go of their bytes.
    fn stage(&self, job: &Job, made: &mut Made) -> Vec<(Output, Staged)> {
        let editions = std::mem::take(&mut made.editions);
        if made.slug != job.slug {
            made.failures.push(changed_meanwhile());
            return Vec::new();
        }
        let Some(slug) = &job.slug else {
            return Vec::new();
        };
        let start = Instant::now();
        let mut staged = Vec::new();
        for (output, bytes) in editions {
            let target = self.folder.root().join(output.file_name(slug));
            let unfinished = self.folder.unfinished();
            match write::stage(self.settings.disk, unfinished, target, &bytes) {
                Ok(edition) => staged.push((output, edition)),
                Err(error) => made.failures.push(not_written(&error)),
            }
        }
        made.times.push(("write", start.elapsed()));
        staged
    }

    /// Puts a group in place, records it, and tells of it.
    fn commit(&self, mut group: Vec<Pending>) {
        if group.is_empty() {
            return;
        }
        let start = Instant::now();
        let mut owners = Vec::new();
        let mut staged = Vec::new();
        for (at, piece) in group.iter_mut().enumerate() {
            for (output, edition) in piece.staged.drain(..) {
                owners.push((at, output));
                staged.push(edition);
            }
        }
        let results = write::commit(self.settings.disk, self.folder.root(), staged);
        let mut placed: Vec<Vec<(Output, Placed)>> = group.iter().map(|_| Vec::new()).collect();
        for ((at, output), result) in owners.into_iter().zip(results) {
            match result {
                Ok(edition) => placed[at].push((output, edition)),
                Err(error) => group[at].made.failures.push(not_written(&error)),
            }
        }
        self.remember(&group, &placed);
        let share = start.elapsed() / u32::try_from(group.len()).unwrap_or(u32::MAX);
        for (mut piece, placed) in group.into_iter().zip(placed) {
            piece.made.times.push(("place", share));
            let outcome = self.outcome(piece.number, piece.made, placed);
            self.teller
                .tell(piece.number, Slot::Told(Box::new(outcome)));
        }
    }

    /// Adds the editions in place to the record; only now, since they are on the medium.
    fn remember(&self, group: &[Pending], placed: &[Vec<(Output, Placed)>]) {
        let pieces = group.iter().zip(placed);
        let entries: Vec<Entry> = pieces
            .filter(|(_, placed)| !placed.is_empty())
            .filter_map(|(piece, placed)| self.entry(&piece.made, placed))
            .collect();
        if entries.is_empty() {
            return;
        }
        if let Err(error) = self.folder.append(self.settings.disk, &entries) {
            self.teller.fault(&format!(
                "the record of this run could not be written, so the next run makes these pieces again: {error}"
            ));
        }
    }

    fn entry(&self, made: &Made, placed: &[(Output, Placed)]) -> Option<Entry> {
        let slug = made.slug.as_ref()?.as_str();
        let before = self.record.of_slug(slug);
        let inputs = self.inputs.of(&made.hash, &made.images);
        let mut editions = before.map_or_else(Vec::new, |entry| entry.editions.clone());
        editions.retain(|edition| placed.iter().all(|(o, _)| o.name() != edition.format));
        for (output, placed) in placed {
            editions.push(Edition {
                format: output.name().to_owned(),
                inputs: inputs.clone(),
                hash: placed.hash.clone(),
                stamp: placed.stamp,
            });
        }
        // Only what is made from pages looks at them: a run without such a file knows no better than the one before.
        let noticed_on_pages = match before {
            Some(entry)
                if entry.source == made.hash && !placed.iter().any(|(o, _)| o.looks_at_pages()) =>
            {
                entry.noticed_on_pages.clone()
            }
            _ => made.noticed_on_pages.iter().map(Noticed::from).collect(),
        };
        Some(Entry {
            slug: slug.to_owned(),
            program: PROGRAM.to_owned(),
            source: made.hash.clone(),
            images: made.images.clone(),
            noticed: made.noticed.iter().map(Noticed::from).collect(),
            noticed_on_pages,
            editions,
        })
    }

    fn outcome(&self, number: usize, made: Made, placed: Vec<(Output, Placed)>) -> Outcome {
        let job = &self.jobs[number];
        let mut diagnostics: Vec<Diagnostic> = made.diagnostics().cloned().collect();
        if self.settings.deny_warnings && !made.has_errors() && !diagnostics.is_empty() {
            diagnostics.push(denied());
        }
        let has_errors = diagnostics.iter().any(|d| d.severity == Severity::Error);
        let fresh = |(output, placed): (Output, Placed)| File {
            format: output.name(),
            path: placed.path,
            size: placed.stamp.size,
            hash: placed.hash,
            fresh: true,
        };
        let mut files: Vec<File> = placed.into_iter().map(fresh).collect();
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
        Outcome {
            path: job.path.clone(),
            slug: made.slug,
            status: if has_errors {
                Status::Failed
            } else {
                Status::Made
            },
            source: made.source,
            diagnostics,
            files,
            times: made.times,
        }
    }
}

/// The files of a piece that were asked for and were not due.
pub(super) fn standing(
    settings: &Settings<'_>,
    record: &Record,
    slug: &str,
    due: &[Output],
) -> Vec<File> {
    let Some((entry, slug)) = record
        .of_slug(slug)
        .zip(crate::piece::Slug::parse(slug).ok())
    else {
        return Vec::new();
    };
    let asked = settings
        .outputs
        .iter()
        .filter(|output| !due.contains(output));
    let file = |output: &Output| {
        let edition = entry.edition(output.name())?;
        Some(File {
            format: output.name(),
            path: settings.dist.join(output.file_name(&slug)),
            size: edition.stamp.size,
            hash: edition.hash.clone(),
            fresh: false,
        })
    };
    asked.filter_map(file).collect()
}

fn changed_meanwhile() -> Diagnostic {
    Diagnostic::error(Code::Changed, "the file changed while the run was going on")
        .hint("run the command again")
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

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
