//! The lines that a part has beside those of a journal, and the names of parts.

use serde::{Deserialize, Serialize};

use super::line::line;
use super::shard::{HashRange, Shard};
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

impl PartEnd {
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
