//! Reporting: outcomes go to the observer and the report in the order of the paths, and are counted.

use std::io;
use std::path::PathBuf;
use std::sync::Mutex;
use std::time::Instant;

use super::entry::{RecordedPiece, RecordedWarning};
use super::lock::lock;
use super::order::InOrder;
use super::outcome::{BatchSummary, PieceOutcome, PieceStatus};
use super::part_line::Attempt;
use super::plan::{Job, standing};
use super::record::BatchRecord;
use super::report::LineReport;
use super::settings::{BatchObserver, BatchSettings};
use super::state::{KEPT, STATE};
use crate::diagnostic::{Diagnostic, Severity, SourceText};
use crate::store::open_plain;

/// What became of a piece, as far as it must be kept until its turn.
pub(super) enum Turn {
    /// Nothing was due; the record knows the rest.
    Unchanged,
    /// Something was due.
    Built(Box<PieceOutcome>),
}

/// Reports pieces.
pub(super) struct Reporter<'a> {
    settings: &'a BatchSettings<'a>,
    jobs: &'a [Job],
    record: &'a BatchRecord,
    observer: &'a dyn BatchObserver,
    state: Mutex<ReporterState>,
}

#[derive(Default)]
struct ReporterState {
    order: InOrder<Turn>,
    report: Option<LineReport>,
    summary: BatchSummary,
}

impl<'a> Reporter<'a> {
    /// Begins the report.
    pub(super) fn new(
        settings: &'a BatchSettings<'a>,
        jobs: &'a [Job],
        record: &'a BatchRecord,
        attempt: Option<Attempt>,
        report: Option<LineReport>,
        observer: &'a dyn BatchObserver,
    ) -> Self {
        let reporter = Self {
            settings,
            jobs,
            record,
            observer,
            state: Mutex::default(),
        };
        let mut state = lock(&reporter.state);
        state.summary.pieces = jobs.len();
        let faces = settings.options.theme.fonts.brought();
        state.summary.faces = faces.map(str::to_owned).collect();
        let shard = settings.selection.shard().zip(attempt);
        state.summary.shard = shard;
        state.report = report;
        drop(state);
        reporter
    }

    /// Reports what walking the folders met.
    pub(super) fn walked(&self, links: &[PathBuf], unreadable: &[String]) {
        for link in links {
            let link = link.display();
            self.observer.note(
                Severity::Warning,
                &format!("{link} is a symbolic link and is not followed; name it on the command line to export it"),
            );
        }
        for reason in unreadable {
            self.fault(&format!("cannot read {reason}"));
        }
    }

    /// Reports a piece whose source is gone: the names of its files, and those of them that were removed.
    pub(super) fn gone(&self, entry: &RecordedPiece, names: &[String], removed: &[String]) {
        let mut state = lock(&self.state);
        state.summary.gone += 1;
        state.summary.removed += removed.len();
        self.write_report(&mut state, |report| report.gone(entry, names, removed));
        drop(state);
        let slug = &entry.slug;
        let list = |names: &[String]| names.join(", ");
        let kept: Vec<String> = names
            .iter()
            .filter(|name| !removed.contains(name))
            .cloned()
            .collect();
        let note = if !self.settings.clean {
            format!(
                "the source of `{slug}` is gone, and its editions stand in {}: {}; --clean removes them",
                self.settings.dist.display(),
                list(names)
            )
        } else if kept.is_empty() || entry.editions.is_empty() {
            return;
        } else {
            format!(
                "the source of `{slug}` is gone, and {} stays: it was altered after it was made",
                list(&kept)
            )
        };
        self.observer.note(Severity::Warning, &note);
    }

    /// Tells of files that are kept aside, which no run removes.
    pub(super) fn kept_aside(&self, files: usize, bytes: u64) {
        let files = match files {
            1 => "1 file".to_owned(),
            files => format!("{files} files"),
        };
        let folder = self.settings.dist.join(STATE).join(KEPT);
        let note = format!(
            "{} keeps {files} ({bytes} bytes) that stood in the places of editions; nothing removes them but a hand",
            folder.display()
        );
        self.observer.note(Severity::Note, &note);
    }

    /// Reports something that went wrong with the run itself.
    pub(super) fn fault(&self, message: &str) {
        lock(&self.state).summary.faults += 1;
        self.observer.note(Severity::Error, message);
    }

    /// Takes what became of a piece.
    pub(super) fn report(&self, number: usize, turn: Turn) {
        let mut state = lock(&self.state);
        let mut order = std::mem::take(&mut state.order);
        order.push(number, turn, |number, turn| {
            self.emit(&mut state, number, turn)
        });
        state.order = order;
    }

    /// Ends the report: pieces behind one that was never reached come now, and the summary last.
    pub(super) fn end(&self, start: Instant) -> BatchSummary {
        let mut state = lock(&self.state);
        let mut order = std::mem::take(&mut state.order);
        order.flush(|number, turn| self.emit(&mut state, number, turn));
        let done = state.summary.built + state.summary.unchanged + state.summary.failed;
        state.summary.left = state.summary.pieces - done;
        state.summary.time = start.elapsed();
        let summary = state.summary.clone();
        self.write_report(&mut state, |report| report.end(&summary));
        state.summary.clone()
    }

    fn emit(&self, state: &mut ReporterState, number: usize, turn: Turn) {
        let outcome = match turn {
            Turn::Built(outcome) => *outcome,
            Turn::Unchanged => self.unchanged(&self.jobs[number]),
        };
        count(&mut state.summary, &outcome);
        self.write_report(state, |report| report.piece(&outcome));
        self.observer.outcome(&outcome);
    }

    /// The outcome of a piece of which nothing was due: it still shows its warnings.
    fn unchanged(&self, job: &Job) -> PieceOutcome {
        let slug = job.slug.clone();
        let name = slug.as_ref().map_or("", |slug| slug.as_str());
        let diagnostics = self.recorded(name);
        let text = match diagnostics.is_empty() {
            true => String::new(),
            false => open_plain(&job.path)
                .and_then(io::read_to_string)
                .unwrap_or_default(),
        };
        let source = SourceText {
            path: job.path.clone(),
            text: text.strip_prefix('\u{feff}').unwrap_or(&text).into(),
            ..SourceText::default()
        };
        PieceOutcome {
            path: job.path.clone(),
            slug: slug.clone(),
            status: PieceStatus::Unchanged,
            source,
            diagnostics,
            files: standing(self.settings, self.record, name, &[]),
            times: Vec::new(),
        }
    }

    fn recorded(&self, slug: &str) -> Vec<Diagnostic> {
        let Some(entry) = self.record.of_slug(slug) else {
            return Vec::new();
        };
        let on_pages = match self
            .settings
            .outputs
            .iter()
            .any(|output| output.needs_pages())
        {
            true => entry.page_warnings.as_slice(),
            false => &[],
        };
        let noticed = entry.warnings.iter().chain(on_pages);
        noticed.map(RecordedWarning::to_diagnostic).collect()
    }

    /// Writes to the report; a report that fails once is given up, and the run goes on.
    fn write_report(
        &self,
        state: &mut ReporterState,
        write: impl FnOnce(&mut LineReport) -> std::io::Result<()>,
    ) {
        let Some(report) = &mut state.report else {
            return;
        };
        if let Err(error) = write(report) {
            state.report = None;
            state.summary.faults += 1;
            self.observer.note(
                Severity::Error,
                &format!("the report could not be written: {error}"),
            );
        }
    }
}

fn count(summary: &mut BatchSummary, outcome: &PieceOutcome) {
    match outcome.status {
        PieceStatus::Built => summary.built += 1,
        PieceStatus::Unchanged => summary.unchanged += 1,
        PieceStatus::Failed => summary.failed += 1,
    }
    summary.warnings += outcome.count(Severity::Warning);
    summary.errors += outcome.count(Severity::Error);
    for file in outcome.files.iter().filter(|file| file.fresh) {
        summary.files += 1;
        summary.bytes += file.size;
    }
}
