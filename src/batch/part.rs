//! Parts of the record: what one attempt of a shard did, in a file of its own.
//!
//! A part has the lines of a journal and three more: the first says which shard it is and which version of program, theme and
//! options worked on it, one names each source with its slug, and the last says how it ended. A part without a last line is that
//! of an attempt that died; what it had recorded counts. Parts are told apart by a number that grows with each attempt: the
//! clocks of several machines never agree.

use super::entry::PROGRAM;
use super::outcome::BatchSummary;
use super::part_line::{Attempt, PartEnd, PartHead, PartSource, PartState, PartVersion};
use super::plan::{Job, SourcePaths};
use super::record_line::RecordLine;
use super::selection::Selection;
use super::settings::BatchSettings;
use super::shard_list::ShardList;
use crate::digest::Sha256;

impl PartHead {
    /// The head of a run's part.
    #[must_use]
    pub(super) fn of(settings: &BatchSettings<'_>) -> Self {
        let plan = match settings.selection {
            Selection::Listed(ShardList { plan, .. }) => Some(*plan),
            _ => None,
        };
        Self {
            shard: settings.selection.shard(),
            range: settings.selection.range(),
            plan,
            version: PartVersion::of(settings),
        }
    }
}

impl PartVersion {
    /// The version of a run.
    #[must_use]
    pub(super) fn of(settings: &BatchSettings<'_>) -> Self {
        let page = format!("{:?}", settings.options.page_size);
        let epoch = format!("{:?}", settings.epoch);
        let first = settings.paths.first().map(|path| path.as_path());
        let project = first.and_then(|path| settings.projects.of_source(path).ok().flatten());
        let project = project.map_or_else(String::new, |project| project.source.text.to_string());
        let names = settings.outputs.iter().map(|output| output.name());
        let fields = [page.as_str(), &epoch, &project].into_iter().chain(names);
        Self {
            program: PROGRAM.to_owned(),
            theme: Sha256::of(format!("{:?}", settings.options.theme).as_bytes()),
            options: Sha256::of_fields(fields),
        }
    }
}

/// The lines that name the sources of a part.
#[must_use]
pub(super) fn source_lines(jobs: &[Job], places: &SourcePaths) -> Vec<u8> {
    let lines = jobs.iter().flat_map(|job| {
        let source = PartSource {
            path: job.path.display().to_string(),
            place: places.recorded(&job.path),
            slug: job.slug.as_ref().map(|slug| slug.as_str().to_owned()),
        };
        source.to_line()
    });
    lines.collect()
}

impl PartEnd {
    /// How a run ended.
    #[must_use]
    pub fn of(summary: &BatchSummary) -> Self {
        let is_whole = summary.left == 0 && summary.faults == 0;
        Self {
            state: match is_whole {
                true => PartState::Whole,
                false => PartState::Failed,
            },
            pieces: summary.pieces,
            built: summary.built,
            unchanged: summary.unchanged,
            failed: summary.failed,
            warnings: summary.warnings,
            errors: summary.errors,
            files: summary.files,
            bytes: summary.bytes,
        }
    }
}

/// A part as it was read, its entries and sources left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// Its attempt.
    pub attempt: Attempt,
    /// The first line, where it is whole.
    pub head: Option<PartHead>,
    /// The last line, where the attempt came so far.
    pub end: Option<PartEnd>,
}

impl Part {
    /// A part of which no line was read yet.
    #[must_use]
    pub(super) fn new(name: String, attempt: Attempt) -> Self {
        Self {
            name,
            attempt,
            head: None,
            end: None,
        }
    }

    /// Takes a line of it.
    pub(super) fn take(&mut self, line: RecordLine) {
        match line {
            RecordLine::Head(head) => self.head = Some(head),
            RecordLine::End(end) => self.end = Some(end),
            RecordLine::Source(_)
            | RecordLine::Piece(_)
            | RecordLine::Stored(_)
            | RecordLine::Claim(_) => {}
        }
    }

    /// Whether it came to an end with every piece worked on.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.end
            .as_ref()
            .is_some_and(|end| end.state == PartState::Whole)
    }
}
