//! What was typed for an export, understood.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::args::{self, ALL};
use super::console::Console;
use super::project::Chosen;
use super::{Exit, Refusal, options, refuse};
use crate::batch::{self, BatchSettings, BatchSummary, RealDisk, Selection, ShardList};
use crate::editions::{FORMATS, Format, Options};
use crate::pipeline::{Output, Proving};
use crate::platform::signals;

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

#[cfg(test)]
mod tests {
    use super::*;

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
