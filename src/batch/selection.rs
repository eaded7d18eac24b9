//! Which of the sources a run takes.

use super::shard::{HashRange, Shard};
use super::shard_list::ShardList;

/// Which of the sources a run takes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Selection {
    /// All that are found.
    #[default]
    All,
    /// Those of a shard.
    Shard(Shard),
    /// Those that a list names.
    Listed(ShardList),
}

impl Selection {
    /// The shard, where it is one.
    #[must_use]
    pub fn shard(&self) -> Option<Shard> {
        match self {
            Self::All => None,
            Self::Shard(shard) => Some(*shard),
            Self::Listed(list) => Some(list.shard),
        }
    }

    /// The hashes of the sources that it takes.
    #[must_use]
    pub fn range(&self) -> HashRange {
        match self {
            Self::All => HashRange::ALL,
            Self::Shard(shard) => shard.range(),
            Self::Listed(list) => list.range,
        }
    }
}
