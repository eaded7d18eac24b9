//! What became of the shards that were joined.

use super::outcome::BatchSummary;
use super::shard::Shard;

/// What is wrong with a shard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShardFault {
    /// No attempt of it was begun.
    Missing,
    /// No attempt of it came to its end.
    EndedEarly,
    /// It left something undone.
    Failed,
    /// It worked with another version, of what the word says, than most.
    Outdated(&'static str),
}

/// What was joined.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MergeSummary {
    /// How many shards there are; none where no part of any stood there.
    pub shards: Option<u32>,
    /// The shards that have to be run again.
    pub faults: Vec<(Shard, ShardFault)>,
    /// Slugs that several pieces have.
    pub duplicates: usize,
    /// How many things span pieces that should not.
    pub(super) spanning: usize,
    /// What became of all pieces.
    pub summary: BatchSummary,
}
