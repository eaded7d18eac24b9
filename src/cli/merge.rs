//! `flashpoint merge`: joins what shards recorded and reported.

use std::path::PathBuf;

use super::args;
use super::console::Console;
use super::export_store;
use super::export_summary::summary_line;
use super::figures::{count, grouped};
use super::project::Chosen;
use super::{Exit, Refusal, refuse};
use crate::batch::{self, MergeSettings, MergeSummary, RealDisk};

pub(super) fn run(arguments: &args::Merge) -> Exit {
    let console = Console::new(arguments.messages);
    let chosen = match Chosen::new(&arguments.project, &[], &console) {
        Ok(chosen) => chosen,
        Err(refusal) => return refuse(&console, &refusal),
    };
    let dist = arguments.dist.clone();
    let dist = dist.or_else(|| chosen.beside(|project| project.file.dist.as_ref()));
    let settings = MergeSettings {
        dist: &dist.unwrap_or_else(|| PathBuf::from("dist/")),
        reports: &arguments.reports,
        report: arguments.report.as_deref(),
        projects: &chosen.projects,
        disk: &RealDisk,
    };
    match merge(&settings, &console) {
        Ok(Ok(merged)) => {
            console.summary(&line(&merged));
            exit(&merged, arguments.messages.deny_warnings)
        }
        Ok(Err(exit)) => exit,
        Err(refusal) => refuse(&console, &refusal),
    }
}

/// Joins what stands in a folder or in a store; a folder too is a store where its sources are in one.
fn merge(
    settings: &MergeSettings<'_>,
    console: &Console,
) -> Result<Result<MergeSummary, Exit>, Refusal> {
    let dist = settings.dist;
    if !export_store::is_address(dist) && !batch::is_store(dist) {
        let merged = batch::merge(settings, console);
        return merged.map(Ok).map_err(Refusal::because);
    }
    match batch::merge_store(&export_store::place(dist)?, settings, console) {
        Ok(merged) => Ok(Ok(merged)),
        Err(error) => export_store::ended(error, console).map(Err),
    }
}

/// `16 shards (1 to run again), 1,000 pieces, 3,000 files, 240 MB in 0.4 s`.
fn line(merged: &MergeSummary) -> String {
    let shards = match merged.shards {
        None => "no part of a shard".to_owned(),
        Some(of) => count(of as usize, "shard"),
    };
    let again = match merged.faults.len() {
        0 => String::new(),
        number => format!(" ({} to run again)", grouped(number)),
    };
    format!("{shards}{again}, {}", summary_line(&merged.summary))
}

fn exit(merged: &MergeSummary, deny_warnings: bool) -> Exit {
    let summary = &merged.summary;
    let is_denied = deny_warnings && summary.warnings > 0;
    let has_failed = summary.failed > 0 || summary.faults > 0 || merged.duplicates > 0;
    match has_failed || !merged.faults.is_empty() || is_denied {
        true => Exit::Failed,
        false => Exit::Done,
    }
}
