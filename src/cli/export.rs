//! `flashpoint export`: makes editions of pieces.

use std::path::{Path, PathBuf};

use super::args;
use super::console::Console;
use super::export_plan::{ExportPlan, refuse_run};
use super::export_store::{self, Places};
use super::export_summary::report;
use super::project::Chosen;
use super::{Exit, Refusal, refuse};
use crate::batch::{self, BatchError, BatchObserver, PieceOutcome};
use crate::diagnostic::Severity;

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

fn hint(error: &BatchError, paths: &[PathBuf]) -> Option<&'static str> {
    match error {
        BatchError::NoSuchPath { path, .. } if path == Path::new("source/") && paths.len() == 1 => {
            Some("without a PATH the folder `source/` is exported; name your files or folders")
        }
        _ => None,
    }
}
