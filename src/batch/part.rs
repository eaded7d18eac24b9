//! Parts of the record: what one attempt of a shard did, in a file of its own.
//!
//! A part has the lines of a journal and three more: the first says which shard it is and which version of program, theme and
//! options worked on it, one names each source with its slug, and the last says how it ended. A part without a last line is that
//! of an attempt that died; what it had recorded counts. Parts are told apart by a number that grows with each attempt: the
//! clocks of several machines never agree.

use serde::{Deserialize, Serialize};

use super::outcome::BatchSummary;
use super::plan::{Job, PROGRAM, SourcePaths};
use super::record::{RecordLine, line};
use super::settings::BatchSettings;
use super::shard::{HashRange, Shard};
use super::shard_list::ShardList;
use crate::digest::Sha256;

/// What the names of parts begin with.
const PREFIX: &str = "part-";

/// The number of an attempt: higher than that of every attempt that had begun before it.
pub type Attempt = u64;

/// The first line of a part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartHead {
    /// The shard; none for a run that took all sources while parts of others stood there.
    pub shard: Option<Shard>,
    /// The hashes of its sources.
    pub range: HashRange,
    /// The plan that its list is of, where it went by a list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<Sha256>,
    /// What worked on it.
    pub version: PartVersion,
}

/// What decides the bytes of editions besides the pieces: two attempts of one version make the same of the same piece.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PartVersion {
    /// The fingerprint of the program.
    pub program: String,
    /// The hash of the theme, its faces included.
    pub theme: Sha256,
    /// The hash of paper, formats, project and the time that editions tell.
    pub options: Sha256,
}

/// A source of a part.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PartSource {
    /// Its path as the run named it.
    pub path: String,
    /// Its path from the output folder; none where it cannot be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Its slug, where it gives one.
    pub slug: Option<String>,
}

/// How a part ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PartState {
    /// Every piece was worked on.
    Whole,
    /// Something was left undone.
    Failed,
}

/// The last line of a part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartEnd {
    /// How it ended.
    pub state: PartState,
    /// Pieces found.
    pub pieces: usize,
    /// Pieces built.
    pub built: usize,
    /// Pieces that needed nothing.
    pub unchanged: usize,
    /// Pieces that failed.
    pub failed: usize,
    /// Warnings.
    pub warnings: usize,
    /// Errors.
    pub errors: usize,
    /// Files written.
    pub files: usize,
    /// Their bytes.
    pub bytes: u64,
}

impl PartHead {
    /// The head of a run's part.
    #[must_use]
    pub(super) fn of(settings: &BatchSettings<'_>) -> Self {
        let plan = match settings.selection {
            super::Selection::Listed(ShardList { plan, .. }) => Some(*plan),
            _ => None,
        };
        Self {
            shard: settings.selection.shard(),
            range: settings.selection.range(),
            plan,
            version: PartVersion::of(settings),
        }
    }

    /// As a line of the part.
    #[must_use]
    pub(super) fn to_line(&self) -> Vec<u8> {
        line(&serde_json::json!({ "head": self }))
    }
}

impl PartSource {
    /// As a line of the part.
    #[must_use]
    pub(super) fn to_line(&self) -> Vec<u8> {
        line(&serde_json::json!({ "source": self }))
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

    /// What differs from another version, in words.
    #[must_use]
    pub fn difference(&self, other: &Self) -> Option<&'static str> {
        if self.program != other.program {
            Some("program")
        } else if self.theme != other.theme {
            Some("theme")
        } else if self.options != other.options {
            Some("options or project")
        } else {
            None
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

    /// As a line of the part.
    #[must_use]
    pub fn to_line(&self) -> Vec<u8> {
        line(&serde_json::json!({ "end": self }))
    }
}

/// The name of the part of an attempt; `own` tells two attempts apart that began together.
#[must_use]
pub(super) fn name(attempt: Attempt, own: &str) -> String {
    format!("{PREFIX}{attempt:010}-{own}.jsonl")
}

/// The attempt that a part of this name is of.
#[must_use]
pub(super) fn attempt(name: &str) -> Option<Attempt> {
    let (number, _) = name
        .strip_prefix(PREFIX)?
        .strip_suffix(".jsonl")?
        .split_once('-')?;
    number.parse().ok()
}

/// A part as it was read, its entries left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its attempt.
    pub attempt: Attempt,
    /// The first line, where it is whole.
    pub head: Option<PartHead>,
    /// The sources.
    pub sources: Vec<PartSource>,
    /// The last line, where the attempt came so far.
    pub end: Option<PartEnd>,
}

impl Part {
    /// Reads the lines of a part; torn ones are passed over.
    #[must_use]
    pub fn parse(attempt: Attempt, lines: &[u8]) -> Self {
        let mut part = Self {
            attempt,
            head: None,
            sources: Vec::new(),
            end: None,
        };
        for line in lines.split(|byte| *byte == b'\n') {
            match RecordLine::parse(line) {
                Some(RecordLine::Head(head)) => part.head = Some(head),
                Some(RecordLine::Source(source)) => part.sources.push(source),
                Some(RecordLine::End(end)) => part.end = Some(end),
                Some(RecordLine::Piece(_) | RecordLine::Stored(_) | RecordLine::Claim(_))
                | None => {}
            }
        }
        part
    }

    /// Whether it came to an end with every piece worked on.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.end
            .as_ref()
            .is_some_and(|end| end.state == PartState::Whole)
    }
}
