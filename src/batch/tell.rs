//! Telling: outcomes go to the observer and the report in the order of the paths, and are counted.

use std::path::PathBuf;
use std::sync::Mutex;
use std::time::Instant;

use super::order::InOrder;
use super::plan::Job;
use super::record::{Noticed, Record};
use super::report::Report;
use super::run::{lock, standing};
use super::settings::{Observer, Outcome, Settings, Status, Summary};
use crate::diagnostic::{Diagnostic, Severity, SourceText};

/// What became of a piece, as far as it must be kept until its turn.
pub(super) enum Slot {
    /// Nothing was due; the record knows the rest.
    Unchanged,
    /// Something was due.
    Told(Box<Outcome>),
}

/// Tells of pieces.
pub(super) struct Teller<'a> {
    settings: &'a Settings<'a>,
    jobs: &'a [Job],
    record: &'a Record,
    observer: &'a dyn Observer,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    order: InOrder<Slot>,
    report: Option<Report>,
    summary: Summary,
}

impl<'a> Teller<'a> {
    /// Begins the telling, and the report with it.
    pub(super) fn new(
        settings: &'a Settings<'a>,
        jobs: &'a [Job],
        record: &'a Record,
        report: Option<Report>,
        observer: &'a dyn Observer,
    ) -> Self {
        let teller = Self {
            settings,
            jobs,
            record,
            observer,
            state: Mutex::default(),
        };
        let mut state = lock(&teller.state);
        state.summary.pieces = jobs.len();
        state.report = report;
        teller.write_report(&mut state, Report::begin);
        drop(state);
        teller
    }

    /// Tells what walking the folders met.
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

    /// Tells of something that went wrong with the run itself.
    pub(super) fn fault(&self, message: &str) {
        lock(&self.state).summary.faults += 1;
        self.observer.note(Severity::Error, message);
    }

    /// Takes what became of a piece.
    pub(super) fn tell(&self, number: usize, slot: Slot) {
        let mut state = lock(&self.state);
        let mut order = std::mem::take(&mut state.order);
        order.push(number, slot, |number, slot| {
            self.hand_on(&mut state, number, slot)
        });
        state.order = order;
    }

    /// Ends the telling: pieces behind one that was never reached come now, and the summary last.
    pub(super) fn end(&self, start: Instant) -> Summary {
        let mut state = lock(&self.state);
        let mut order = std::mem::take(&mut state.order);
        order.flush(|number, slot| self.hand_on(&mut state, number, slot));
        let told = state.summary.made + state.summary.unchanged + state.summary.failed;
        state.summary.left = state.summary.pieces - told;
        state.summary.time = start.elapsed();
        let summary = state.summary.clone();
        self.write_report(&mut state, |report| report.end(&summary));
        state.summary.clone()
    }

    fn hand_on(&self, state: &mut State, number: usize, slot: Slot) {
        let outcome = match slot {
            Slot::Told(outcome) => *outcome,
            Slot::Unchanged => self.unchanged(&self.jobs[number]),
        };
        count(&mut state.summary, &outcome);
        self.write_report(state, |report| report.piece(&outcome));
        self.observer.outcome(&outcome);
    }

    /// The outcome of a piece of which nothing was due: it still shows its warnings.
    fn unchanged(&self, job: &Job) -> Outcome {
        let slug = job.slug.clone();
        let name = slug.as_ref().map_or("", |slug| slug.as_str());
        let diagnostics = self.recorded(name);
        let text = match diagnostics.is_empty() {
            true => String::new(),
            false => std::fs::read_to_string(&job.path).unwrap_or_default(),
        };
        let source = SourceText {
            path: job.path.clone(),
            text: text.strip_prefix('\u{feff}').unwrap_or(&text).into(),
            ..SourceText::default()
        };
        Outcome {
            path: job.path.clone(),
            slug: slug.clone(),
            status: Status::Unchanged,
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
            .any(|output| output.looks_at_pages())
        {
            true => entry.noticed_on_pages.as_slice(),
            false => &[],
        };
        let noticed = entry.noticed.iter().chain(on_pages);
        noticed.map(Noticed::to_diagnostic).collect()
    }

    /// Writes to the report; a report that fails once is given up, and the run goes on.
    fn write_report(
        &self,
        state: &mut State,
        write: impl FnOnce(&mut Report) -> std::io::Result<()>,
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

fn count(summary: &mut Summary, outcome: &Outcome) {
    match outcome.status {
        Status::Made => summary.made += 1,
        Status::Unchanged => summary.unchanged += 1,
        Status::Failed => summary.failed += 1,
    }
    summary.warnings += outcome.count(Severity::Warning);
    summary.errors += outcome.count(Severity::Error);
    for file in outcome.files.iter().filter(|file| file.fresh) {
        summary.files += 1;
        summary.bytes += file.size;
    }
}
