//! Planning the shards of a folder.

use std::fs;
use std::path::Path;

use super::BatchError;
use super::find::{SourceEntry, list_sources};
use super::shard_list::{PlannedShard, PlannedSource, write_lists};

/// Plans the shards of a folder: writes a list for each into a folder, which is made.
///
/// # Errors
/// [`BatchError`]; then no list, or not every list, is written.
pub fn plan_shards(
    root: &Path,
    shards: u32,
    lists: &Path,
) -> Result<Vec<PlannedShard>, BatchError> {
    let found = list_sources(root)?;
    let source = |entry: SourceEntry| PlannedSource {
        size: fs::symlink_metadata(&entry.path).map_or(0, |metadata| metadata.len()),
        below: entry.below,
    };
    write_lists(found.into_iter().map(source).collect(), shards, lists)
}
