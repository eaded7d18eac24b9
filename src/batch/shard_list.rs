//! Lists of sources for shards, made before a run so that each shard has about as many bytes of sources.
//!
//! A list is JSON Lines: which shard it is, then one path below the root a line. The sources stand in the order of their hashes
//! and are cut into contiguous parts, so that a list is a range of hashes as any shard is.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::BatchError;
use super::shard::{HashRange, PathHash, Shard};
use crate::digest::Sha256;
use crate::store::read_plain;

/// The longest list that is read, in bytes: some millions of paths.
const LONGEST: u64 = 1 << 30;

/// The sources of a shard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShardList {
    /// Which shard.
    pub shard: Shard,
    /// The hashes of its sources.
    pub range: HashRange,
    /// What all lists of one plan share.
    pub plan: Sha256,
    /// The paths of the sources below the root.
    pub paths: Vec<PathBuf>,
}

/// The first line of a list.
#[derive(Debug, Serialize, Deserialize)]
struct ListHead {
    #[serde(rename = "flashpoint_shard")]
    shard: Shard,
    range: HashRange,
    plan: Sha256,
    pieces: usize,
    bytes: u64,
}

/// Why a list cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ShardListError {
    /// It cannot be read.
    #[error("cannot read the list {}: {reason}", path.display())]
    Read {
        /// The list.
        path: PathBuf,
        /// What the system said.
        reason: io::Error,
    },
    /// It is no list of `flashpoint plan`.
    #[error("{}:{line} is no line of a list that `flashpoint plan` wrote: {reason}", path.display())]
    Line {
        /// The list.
        path: PathBuf,
        /// The line, counted from one.
        line: usize,
        /// What is wrong with it.
        reason: String,
    },
}

impl ShardList {
    /// Reads a list. A path in it that leads out of the root is refused.
    ///
    /// # Errors
    /// [`ShardListError`].
    pub fn read(path: &Path) -> Result<Self, ShardListError> {
        let text = read_plain(path, LONGEST).and_then(|bytes| {
            String::from_utf8(bytes)
                .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
        });
        let text = text.map_err(|reason| ShardListError::Read {
            path: path.to_owned(),
            reason,
        })?;
        let wrong = |line: usize, reason: String| ShardListError::Line {
            path: path.to_owned(),
            line,
            reason,
        };
        let mut lines = text.lines().enumerate();
        let (_, first) = lines.next().unwrap_or_default();
        let head: ListHead =
            serde_json::from_str(first).map_err(|error| wrong(1, error.to_string()))?;
        let read_path = |(at, line): (usize, &str)| {
            let below: String =
                serde_json::from_str(line).map_err(|error| wrong(at + 1, error.to_string()))?;
            match is_below_root(Path::new(&below)) {
                true => Ok(PathBuf::from(below)),
                false => Err(wrong(at + 1, format!("`{below}` leads out of the root"))),
            }
        };
        let paths: Vec<PathBuf> = lines.map(read_path).collect::<Result<_, _>>()?;
        if paths.len() != head.pieces {
            let reason = format!("{} pieces are announced", head.pieces);
            return Err(wrong(paths.len() + 1, reason));
        }
        Ok(Self {
            shard: head.shard,
            range: head.range,
            plan: head.plan,
            paths,
        })
    }
}

/// Whether a path has nothing but names in it, so that it stays below whatever it is joined to.
fn is_below_root(path: &Path) -> bool {
    let mut parts = path.components().peekable();
    parts.peek().is_some() && parts.all(|part| matches!(part, Component::Normal(_)))
}

/// A list that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedShard {
    /// The list.
    pub path: PathBuf,
    /// Its pieces.
    pub pieces: usize,
    /// The bytes of their sources.
    pub bytes: u64,
}

/// A source that a plan hands out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PlannedSource {
    /// Its path below the root.
    pub below: PathBuf,
    /// The bytes of its source.
    pub size: u64,
}

/// Cuts sources into shards and writes their lists.
///
/// # Errors
/// [`BatchError`] when a list cannot be written, or a name cannot stand in one.
pub(super) fn write_lists(
    mut sources: Vec<PlannedSource>,
    shards: u32,
    lists: &Path,
) -> Result<Vec<PlannedShard>, BatchError> {
    sources.sort_by_cached_key(|source| (PathHash::of(&source.below), source.below.clone()));
    let cuts = cut(&sources, shards);
    let names = sources.iter().map(|source| source.below.to_string_lossy());
    let bounds = cuts.iter().map(|at| at.to_string());
    let fields: Vec<String> = bounds.chain(names.map(String::from)).collect();
    let plan = Sha256::of_fields(fields.iter().map(String::as_str));
    fs::create_dir_all(lists).map_err(|error| not_written(lists, &error))?;
    let begin = |at: usize| sources.get(at).map(|source| PathHash::of(&source.below));
    let mut written = Vec::new();
    for (number, ends) in (1..).zip(cuts.windows(2)) {
        let shard = Shard::new(number, shards).expect("there is a cut for each shard");
        let part = &sources[ends[0]..ends[1]];
        let range = match number {
            1 => HashRange::ALL,
            _ => HashRange::from(begin(ends[0]).unwrap_or(PathHash::LAST)),
        };
        let range = match number == shards {
            true => range,
            false => range.until(begin(ends[1]).unwrap_or(PathHash::LAST)),
        };
        let head = ListHead {
            shard,
            range,
            plan,
            pieces: part.len(),
            bytes: part.iter().map(|source| source.size).sum(),
        };
        let path = lists.join(format!("shard-{number:05}-of-{shards:05}.jsonl"));
        let text = list_text(&head, part)?;
        fs::write(&path, text).map_err(|error| not_written(&path, &error))?;
        written.push(PlannedShard {
            path,
            pieces: head.pieces,
            bytes: head.bytes,
        });
    }
    Ok(written)
}

/// Where the shards begin and end among sources: each time as many bytes are left for each of the shards to come.
fn cut(sources: &[PlannedSource], shards: u32) -> Vec<usize> {
    // A small piece costs more than its bytes: opening, laying out and putting three files.
    const EACH: u64 = 4096;
    let cost = |source: &PlannedSource| source.size + EACH;
    let mut left: u64 = sources.iter().map(cost).sum();
    let mut at = 0;
    let mut cuts = vec![0];
    for to_come in (1..=u64::from(shards)).rev() {
        let share = left / to_come;
        let mut taken = 0;
        while at < sources.len() && (to_come == 1 || taken + cost(&sources[at]) / 2 < share) {
            taken += cost(&sources[at]);
            at += 1;
        }
        left -= taken;
        cuts.push(at);
    }
    cuts
}

fn list_text(head: &ListHead, part: &[PlannedSource]) -> Result<String, BatchError> {
    let mut text = serde_json::to_string(head).expect("a list's head has only text keys");
    for source in part {
        let Some(name) = source.below.to_str() else {
            return Err(BatchError::UnlistedName {
                path: source.below.clone(),
            });
        };
        text.push('\n');
        text += &serde_json::to_string(name).expect("a text becomes JSON");
    }
    text.push('\n');
    Ok(text)
}

fn not_written(path: &Path, error: &io::Error) -> BatchError {
    BatchError::Folder {
        path: path.to_owned(),
        reason: error.to_string(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn sources(sizes: &[u64]) -> Vec<PlannedSource> {
        let source = |(number, size): (usize, &u64)| PlannedSource {
            below: PathBuf::from(format!("{number}.yaml")),
            size: *size,
        };
        sizes.iter().enumerate().map(source).collect()
    }

    #[test]
    fn lists_hold_every_source_once_and_are_balanced_by_size() {
        let folder = tempfile::tempdir().unwrap();
        let sizes: Vec<u64> = (0..500).map(|n| 1_000 + n % 7 * 9_000).collect();
        for shards in [1, 3, 7, 16] {
            let written = write_lists(sources(&sizes), shards, folder.path()).unwrap();
            assert_eq!(written.len(), shards as usize);
            let mut seen = Vec::new();
            for planned in &written {
                let list = ShardList::read(&planned.path).unwrap();
                let in_range = |path: &PathBuf| list.range.holds(PathHash::of(path));
                assert!(list.paths.iter().all(in_range));
                seen.extend(list.paths);
                let share = sizes.iter().sum::<u64>() / u64::from(shards);
                assert!(planned.bytes.abs_diff(share) < 2 * 60_000, "{planned:?}");
            }
            seen.sort();
            seen.dedup();
            assert_eq!(seen.len(), 500);
        }
    }

    #[test]
    fn there_may_be_more_shards_than_sources() {
        let folder = tempfile::tempdir().unwrap();
        let written = write_lists(sources(&[5, 5]), 7, folder.path()).unwrap();
        assert_eq!(written.iter().map(|list| list.pieces).sum::<usize>(), 2);
        for planned in written {
            assert!(ShardList::read(&planned.path).is_ok());
        }
    }

    #[test]
    fn a_list_that_leads_out_of_the_root_or_is_torn_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let written = write_lists(sources(&[5, 5]), 1, folder.path()).unwrap();
        let whole = fs::read_to_string(&written[0].path).unwrap();
        let name = |text: &str, by: &str| text.replacen("0.yaml", by, 1);
        let torn = whole.trim_end().rsplit_once('\n').unwrap().0.to_owned();
        for wrong in [
            name(&whole, "../0.yaml"),
            name(&whole, "/0.yaml"),
            name(&whole, "a/../../0.yaml"),
            name(&whole, ""),
            torn,
            String::new(),
            "series: A\n".to_owned(),
        ] {
            // An empty name is what is left of `"0.yaml"`.
            fs::write(&written[0].path, &wrong).unwrap();
            assert!(ShardList::read(&written[0].path).is_err(), "{wrong}");
        }
    }
}
