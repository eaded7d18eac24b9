//! `flashpoint export`: makes editions of pieces.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::args::{self, ALL};
use super::console::Console;
use super::export_store::{self, Places};
use super::figures::{count, grouped, size, time};
use super::project::Chosen;
use super::{Exit, Refusal, options, refuse, signals};
use crate::batch::{
    self, BatchError, BatchObserver, BatchSettings, BatchSummary, PieceOutcome, RealDisk,
    Selection, ShardList,
};
use crate::diagnostic::Severity;
use crate::editions::{FORMATS, Format, Options};
use crate::pipeline::{Output, Proving};

pub(super) fn run(arguments: &args::Export) -> Exit {
    let console = Console::new(arguments.messages).with_progress();
    match Places::of(arguments) {
        Ok(None) => {}
        Ok(Some(places)) => return export_store::run(arguments, &places, &console),
        Err(refusal) => return refuse_run(&console, &refusal, arguments),
    }
    let chosen = Chosen::new(&arguments.project, &arguments.paths, &console);
    let export = chosen.and_then(|chosen| {
        let dist = arguments.dist.clone();
        let dist = dist.or_else(|| chosen.beside(|project| project.file.dist.as_ref()));
        ExportPlan::new(arguments, &arguments.paths, chosen, dist, &console)
    });
    let export = match export {
        Ok(export) => export,
        Err(refusal) => return refuse_run(&console, &refusal, arguments),
    };
    let result = batch::run(&export.settings(arguments, &arguments.paths), &console);
    console.end_progress();
    match result {
        Ok(summary) => {
            report(&console, &summary);
            export.exit(&summary, arguments.messages.deny_warnings)
        }
        Err(error @ BatchError::Report { .. }) => refuse(&console, &Refusal::because(error)),
        Err(error) => {
            let refusal = Refusal::Reason {
                message: error.to_string(),
                hint: hint(&error, &arguments.paths),
            };
            refuse_run(&console, &refusal, arguments)
        }
    }
}

/// Tells why the run is not begun, in the report too.
pub(super) fn refuse_run(console: &Console, refusal: &Refusal, arguments: &args::Export) -> Exit {
    if let Some(path) = &arguments.report {
        let (source, errors) = refusal.told();
        if let Err(error) = batch::report_refusal(path, &source, &errors) {
            console.error(error);
        }
    }
    refuse(console, refusal)
}

/// What was typed, understood.
pub(super) struct ExportPlan {
    chosen: Chosen,
    selection: Selection,
    dist: PathBuf,
    outputs: Vec<Output>,
    options: Options,
    epoch: Option<u64>,
    stop: Arc<AtomicBool>,
}

impl ExportPlan {
    /// Understands what was typed, for sources at these paths.
    pub(super) fn new(
        arguments: &args::Export,
        paths: &[PathBuf],
        chosen: Chosen,
        dist: Option<PathBuf>,
        console: &Console,
    ) -> Result<Self, Refusal> {
        let appearance = &arguments.appearance;
        let options =
            options::writer_options(appearance, paths, &chosen, console, arguments.messages)?;
        let of_project = chosen
            .project
            .as_ref()
            .map(|project| project.file.formats.clone());
        let asked = Some(arguments.formats.clone()).filter(|formats| !formats.is_empty());
        let formats = asked.or(of_project).filter(|formats| !formats.is_empty());
        let formats = formats.unwrap_or_else(|| vec![ALL.to_owned()]);
        Ok(Self {
            chosen,
            selection: selection(arguments)?,
            dist: dist.unwrap_or_else(|| PathBuf::from("dist/")),
            outputs: outputs(&formats, arguments.cover_files),
            options,
            epoch: options::epoch()?,
            stop: signals::stop_flag()
                .map_err(|e| Refusal::because(format!("cannot listen to signals: {e}")))?,
        })
    }

    pub(super) fn settings<'a>(
        &'a self,
        arguments: &'a args::Export,
        paths: &'a [PathBuf],
    ) -> BatchSettings<'a> {
        BatchSettings {
            paths,
            selection: &self.selection,
            outputs: &self.outputs,
            dist: &self.dist,
            options: &self.options,
            projects: &self.chosen.projects,
            epoch: self.epoch,
            jobs: options::jobs(arguments.jobs),
            force: arguments.force,
            recheck: arguments.recheck,
            clean: arguments.clean,
            deny_warnings: arguments.messages.deny_warnings,
            proving: match arguments.verify {
                true => Proving::Each,
                false => Proving::Unasked,
            },
            report: arguments.report.as_deref(),
            disk: &RealDisk,
            stop: &self.stop,
        }
    }

    pub(super) fn exit(&self, summary: &BatchSummary, deny_warnings: bool) -> Exit {
        let is_denied = deny_warnings && summary.warnings > 0;
        if self.stop.load(Ordering::Relaxed) && summary.left > 0 {
            Exit::Interrupted
        } else if summary.failed > 0 || summary.faults > 0 || is_denied {
            Exit::Failed
        } else {
            Exit::Done
        }
    }
}

/// The shard that is asked for.
fn selection(arguments: &args::Export) -> Result<Selection, Refusal> {
    let selection = match (&arguments.shard, &arguments.shard_list) {
        (Some(shard), _) => Selection::Shard(*shard),
        (None, Some(list)) => Selection::Listed(ShardList::read(list).map_err(Refusal::because)?),
        (None, None) => return Ok(Selection::All),
    };
    match arguments.appearance.faces.system_fonts {
        true => Err(Refusal::Reason {
            message: "--system-fonts and shards do not go together: each machine has other faces"
                .to_owned(),
            hint: Some("name the faces that are lacking with `--font FILE`"),
        }),
        false => Ok(selection),
    }
}

/// The outputs asked for, each once, in the order of the format table.
fn outputs(formats: &[String], cover_files: bool) -> Vec<Output> {
    let is_asked = |row: &&Format| {
        let names_it = |format: &String| format == row.name || (format == ALL && row.standard);
        formats.iter().any(names_it)
    };
    let editions = FORMATS.iter().filter(is_asked);
    let cover = cover_files.then_some(Output::Cover);
    editions.map(Output::Edition).chain(cover).collect()
}

impl BatchObserver for Console {
    fn planned(&self, done: usize, total: usize) {
        self.step("reading", done, total);
    }

    fn due(&self, total: usize) {
        self.due(total);
    }

    fn begun(&self, path: &Path) {
        self.begun(path);
    }

    fn ended(&self, path: &Path) {
        self.ended(path);
    }

    fn note(&self, severity: Severity, note: &str) {
        self.note(severity, note);
    }

    fn outcome(&self, outcome: &PieceOutcome) {
        for diagnostic in &outcome.diagnostics {
            self.diagnostic(&outcome.source, diagnostic);
        }
    }
}

pub(super) fn report(console: &Console, summary: &BatchSummary) {
    console.summary(&summary_line(summary));
    if summary.left > 0 {
        console.note(
            Severity::Warning,
            format!(
                "interrupted: {} of {} left; run the same command again to go on",
                grouped(summary.left),
                count(summary.pieces, "piece")
            ),
        );
    }
}

/// `1 piece, 3 files, 118 KB in 0.04 s`, and what is not as one would wish.
pub(super) fn summary_line(summary: &BatchSummary) -> String {
    let mut line = count(summary.pieces, "piece");
    let others = [
        (summary.unchanged, "unchanged"),
        (summary.failed, "failed"),
        (summary.left, "left"),
    ];
    let others: Vec<_> = others
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, word)| format!("{} {word}", grouped(*number)))
        .collect();
    if !others.is_empty() {
        line += &format!(" ({})", others.join(", "));
    }
    line += &format!(
        ", {}, {}",
        count(summary.files, "file"),
        size(summary.bytes)
    );
    if summary.removed > 0 {
        line += &format!(", {} removed", grouped(summary.removed));
    }
    if summary.warnings > 0 {
        line += &format!(", {}", count(summary.warnings, "warning"));
    }
    if summary.errors > 0 {
        line += &format!(", {}", count(summary.errors, "error"));
    }
    line + &format!(" in {}", time(summary.time))
}

fn hint(error: &BatchError, paths: &[PathBuf]) -> Option<&'static str> {
    match error {
        BatchError::NoSuchPath { path, .. } if path == Path::new("source/") && paths.len() == 1 => {
            Some("without a PATH the folder `source/` is exported; name your files or folders")
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn the_summary_line_tells_what_a_reader_asks() {
        let mut summary = BatchSummary {
            pieces: 1,
            built: 1,
            files: 3,
            bytes: 118_000,
            time: Duration::from_millis(42),
            ..BatchSummary::default()
        };
        assert_eq!(summary_line(&summary), "1 piece, 3 files, 118 KB in 0.04 s");
        summary.pieces = 10_000;
        summary.unchanged = 9_997;
        summary.failed = 2;
        summary.errors = 2;
        assert_eq!(
            summary_line(&summary),
            "10,000 pieces (9,997 unchanged, 2 failed), 3 files, 118 KB, 2 errors in 0.04 s"
        );
    }

    #[test]
    fn formats_are_made_once_and_in_the_order_of_the_table() {
        let formats = ["epub", "pdf", "epub"].map(str::to_owned);
        let names: Vec<_> = outputs(&formats, true).iter().map(|o| o.name()).collect();
        assert_eq!(names, ["pdf", "epub", "cover"]);
        let names = |formats: &[String]| {
            outputs(formats, false)
                .iter()
                .map(|o| o.name())
                .collect::<Vec<_>>()
        };
        assert_eq!(names(&[ALL.to_owned()]), ["pdf", "docx", "epub"]);
        assert_eq!(
            names(&["html", ALL].map(str::to_owned)),
            ["pdf", "docx", "epub", "html"]
        );
    }
}
