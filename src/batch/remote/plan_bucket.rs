//! The shards of a bucket, planned.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use super::super::error::BatchError;
use super::super::find::is_source;
use super::super::shard_list::{PlannedShard, PlannedSource, write_lists};
use super::keys::{is_hidden, unfit};
use super::place::{Place, RemoteError};

/// Plans the shards of a bucket: writes a list for each into a folder, which is made.
///
/// # Errors
/// [`RemoteError`]; then no list, or not every list, is written.
pub fn plan_bucket(
    place: &Place,
    shards: u32,
    lists: &Path,
) -> Result<Vec<PlannedShard>, RemoteError> {
    let mut sources = Vec::new();
    place.open()?.each(&mut |object| {
        let key = object.path.as_str();
        if is_source(Path::new(key)) && !is_hidden(key) && unfit(key).is_none() {
            sources.push(PlannedSource {
                below: PathBuf::from(key),
                size: object.size,
            });
        }
        ControlFlow::Continue(())
    })?;
    if sources.is_empty() {
        let paths = vec![PathBuf::from(&place.shown)];
        return Err(BatchError::NoSource { paths }.into());
    }
    Ok(write_lists(sources, shards, lists)?)
}
