//! The record of runs in a store: parts, each of one attempt, and what joining them left.
//!
//! Nothing can be appended to an object, so a part is a row of objects, one for each window of pieces. The name of a part holds
//! its number and the range of its hashes, so that a shard reads the parts that concern it. Joined parts stand in objects by
//! range; a generation of these counts only when it is whole, so that a joining that is cut off leaves the one before.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

use super::super::part::Part;
use super::super::part_line::{Attempt, PartHead, PartSource};
use super::super::record_line::{RecordLine, Wanted};
use super::super::shard::{HashRange, Shard};
use super::in_parallel;
use super::place::RemoteError;
use super::stored::{StoredPiece, StoredRecord};
use crate::store::{Headers, Store, StoreError, unpredictable};

/// The folder of the record; its number changes with the form of the entries.
const FOLDER: &str = ".flashpoint/store-1";

/// So many entries are about what stands in one object of joined parts.
const ENTRIES: usize = 4096;

/// So many of these are joined at once.
const AT_ONCE: u32 = 16;

/// The largest object of a record that is read.
const LARGEST: u64 = 256 << 20;

/// Whether a folder has a record of this form: editions of sources in a bucket.
#[must_use]
pub fn is_store(dist: &Path) -> bool {
    dist.join(FOLDER).is_dir()
}

/// The record of runs in a store.
pub(super) struct Ledger<'a> {
    store: &'a dyn Store,
}

/// What stands in the folder of the record.
#[derive(Debug, Default)]
pub(super) struct Contents {
    /// The parts, in the order of their attempts.
    pub(super) parts: Vec<PartObjects>,
    /// The objects of the latest whole generation of joined parts.
    joined: Vec<(HashRange, String)>,
    /// The objects of other generations.
    stale: Vec<String>,
    generation: u64,
}

/// The objects of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PartObjects {
    name: String,
    pub(super) attempt: Attempt,
    range: HashRange,
    paths: Vec<String>,
}

impl Contents {
    fn of(paths: impl Iterator<Item = String>) -> Self {
        let mut contents = Self::default();
        let mut parts: BTreeMap<String, PartObjects> = BTreeMap::new();
        let mut joined: BTreeMap<(u64, u32), Vec<(Shard, String)>> = BTreeMap::new();
        for path in paths {
            if let Some((generation, shard)) = joined_name(&path) {
                let of_it = joined.entry((generation, shard.of())).or_default();
                of_it.push((shard, path));
            } else if let Some((name, attempt, range)) = part_name(&path) {
                let part = parts.entry(name.clone()).or_insert_with(|| PartObjects {
                    name,
                    attempt,
                    range,
                    paths: Vec::new(),
                });
                part.paths.push(path);
            }
        }
        let is_whole = |((_, of), objects): &(&(u64, u32), &Vec<(Shard, String)>)| {
            objects.len() == *of as usize
        };
        let latest = joined.iter().rfind(is_whole).map(|(key, _)| *key);
        for (key, objects) in joined {
            contents.generation = contents.generation.max(key.0);
            for (shard, path) in objects {
                match Some(key) == latest {
                    true => contents.joined.push((shard.range(), path)),
                    false => contents.stale.push(path),
                }
            }
        }
        contents.parts = parts.into_values().collect();
        for part in &mut contents.parts {
            part.paths.sort();
        }
        contents.parts.sort_by_key(|part| part.attempt);
        contents
    }

    /// At most so many pieces are joined.
    pub(super) fn most_joined(&self) -> usize {
        self.joined.len() * ENTRIES
    }

    /// A number above that of every attempt and every joining so far.
    fn next(&self) -> Attempt {
        let attempts = self.parts.iter().map(|part| part.attempt);
        attempts.max().unwrap_or_default().max(self.generation) + 1
    }
}

/// The generation and the range of an object of joined parts.
fn joined_name(path: &str) -> Option<(u64, Shard)> {
    let name = path.strip_prefix("joined-")?.strip_suffix(".jsonl")?;
    let (generation, rest) = name.split_once('-')?;
    let (number, of) = rest.split_once("-of-")?;
    let shard = Shard::new(number.parse().ok()?, of.parse().ok()?)?;
    Some((generation.parse().ok()?, shard))
}

/// The part that an object is of, its attempt and its range.
fn part_name(path: &str) -> Option<(String, Attempt, HashRange)> {
    let (name, _) = path.split_once('/')?;
    let mut words = name.strip_prefix("part-")?.splitn(4, '-');
    let attempt = words.next()?.parse().ok()?;
    let range = HashRange::parse(&format!("{}-{}", words.next()?, words.next()?))?;
    Some((name.to_owned(), attempt, range))
}

const HEADERS: Headers<'static> = Headers {
    media_type: "application/x-ndjson",
    disposition: None,
    cache: "no-store",
};

impl<'a> Ledger<'a> {
    pub(super) fn new(store: &'a dyn Store) -> Self {
        Self { store }
    }

    pub(super) fn contents(&self) -> Result<Contents, StoreError> {
        let found = self.store.list_folder(FOLDER)?;
        Ok(Contents::of(found.into_keys()))
    }

    /// The lines of several objects, in their order.
    fn read(&self, paths: &[&String]) -> Result<Vec<Vec<u8>>, StoreError> {
        let read = |path: &&String| {
            let path = format!("{FOLDER}/{path}");
            // What is joined and removed meanwhile was read in its joined form, or is made again.
            let found = self.store.fetch(&path, LARGEST)?;
            Ok(found.map_or_else(Vec::new, |(bytes, _)| bytes))
        };
        in_parallel(paths, read).into_iter().collect()
    }

    /// The entries of the sources whose hashes lie in a range.
    pub(super) fn record(
        &self,
        contents: &Contents,
        range: HashRange,
    ) -> Result<StoredRecord, StoreError> {
        let joined = contents.joined.iter();
        let joined = joined
            .filter(|(of, _)| of.meets(range))
            .map(|(_, path)| path);
        let parts = contents.parts.iter().filter(|part| part.range.meets(range));
        let paths: Vec<&String> = joined.chain(parts.flat_map(|part| &part.paths)).collect();
        let mut record = StoredRecord::default();
        // A few at a time, so that not all lines are held beside the entries.
        for paths in paths.chunks(64) {
            for lines in self.read(paths)? {
                for piece in stored(&lines).filter(|piece| range.holds_path(&piece.key)) {
                    record.insert(piece);
                }
            }
        }
        Ok(record)
    }

    /// Calls a function with every line that was ever recorded and not joined away.
    pub(super) fn each_line(
        &self,
        contents: &Contents,
        mut each: impl FnMut(RecordLine),
    ) -> Result<(), StoreError> {
        let joined = contents.joined.iter().map(|(_, path)| path);
        let parts = contents.parts.iter().flat_map(|part| &part.paths);
        let paths: Vec<&String> = joined.chain(parts).collect();
        for paths in paths.chunks(64) {
            for lines in self.read(paths)? {
                let lines = lines.split(|byte| *byte == b'\n');
                lines.filter_map(RecordLine::parse).for_each(&mut each);
            }
        }
        Ok(())
    }

    /// The parts with what they say of their attempts, entries left out.
    pub(super) fn parts(&self, contents: &Contents) -> Result<Vec<Part>, StoreError> {
        let read = |objects: &PartObjects| {
            let mut part = Part::new(objects.name.clone(), objects.attempt);
            self.each_line_of(objects, |line| part.take(line))?;
            Ok(part)
        };
        contents.parts.iter().map(read).collect()
    }

    /// Calls a function with every source of these parts.
    pub(super) fn each_source(
        &self,
        contents: &Contents,
        parts: &[&Part],
        mut each: impl FnMut(PartSource),
    ) -> Result<(), StoreError> {
        let names: BTreeSet<&str> = parts.iter().map(|part| part.name.as_str()).collect();
        let counting = contents.parts.iter();
        let mut counting = counting.filter(|part| names.contains(part.name.as_str()));
        counting.try_for_each(|part| {
            self.each_line_of(part, |line| {
                if let RecordLine::Source(source) = line {
                    each(source);
                }
            })
        })
    }

    /// Calls a function with the lines of a part that are no entries.
    fn each_line_of(
        &self,
        part: &PartObjects,
        mut each: impl FnMut(RecordLine),
    ) -> Result<(), StoreError> {
        let paths: Vec<&String> = part.paths.iter().collect();
        for paths in paths.chunks(64) {
            for lines in self.read(paths)? {
                let lines = lines.split(|byte| *byte == b'\n');
                let read = |line| RecordLine::parse_wanted(line, Wanted::OfParts);
                lines.filter_map(read).for_each(&mut each);
            }
        }
        Ok(())
    }

    /// Begins a part.
    pub(super) fn begin(
        &self,
        contents: &Contents,
        head: &PartHead,
    ) -> Result<PartWriter<'a>, StoreError> {
        let attempt = contents.next();
        let own = &unpredictable()[..16];
        let writer = PartWriter {
            store: self.store,
            attempt,
            folder: format!("{FOLDER}/part-{attempt:010}-{}-{own}", head.range),
            next: AtomicU32::new(0),
        };
        writer.append(head.to_line())?;
        Ok(writer)
    }

    /// Writes the joined form of everything, one range of hashes after the other, and removes what it was joined from. `pieces` says
    /// about how many there are; a function is called with each.
    pub(super) fn join(
        &self,
        contents: &Contents,
        pieces: usize,
        mut each: impl FnMut(&StoredPiece) -> io::Result<()>,
    ) -> Result<(), RemoteError> {
        let generation = contents.next();
        let of = joined_objects(pieces);
        // So many are in hand at once; the parts of a shard concern few ranges.
        for first in (1..=of).step_by(AT_ONCE as usize) {
            let last = of.min(first + AT_ONCE - 1);
            let shards = (first..=last).filter_map(|number| Shard::new(number, of));
            let shards: Vec<Shard> = shards.collect();
            let (Some(begin), Some(end)) = (shards.first(), shards.last()) else {
                continue;
            };
            let record = self.record(contents, begin.range().through(end.range()))?;
            let mut lines: Vec<Vec<u8>> = vec![Vec::new(); shards.len()];
            for piece in record.pieces.values() {
                each(piece)?;
                let at = shards.partition_point(|shard| !shard.range().reaches(&piece.key));
                if let Some(lines) = lines.get_mut(at) {
                    lines.extend(piece.to_line());
                }
            }
            let files = shards.iter().zip(lines).map(|(shard, lines)| {
                let number = shard.number();
                let name = format!("{FOLDER}/joined-{generation:010}-{number:05}-of-{of:05}.jsonl");
                (name, lines)
            });
            self.store.put_all(files.collect(), &HEADERS)?;
        }
        let parts = contents.parts.iter().flat_map(|part| &part.paths);
        let joined = contents.joined.iter().map(|(_, path)| path);
        let old = parts.chain(joined).chain(&contents.stale);
        let old: Vec<String> = old.map(|path| format!("{FOLDER}/{path}")).collect();
        let old: Vec<&str> = old.iter().map(String::as_str).collect();
        Ok(self.store.remove(&old)?)
    }
}

/// In so many objects pieces are joined.
fn joined_objects(pieces: usize) -> u32 {
    let objects = pieces.div_ceil(ENTRIES).max(1).next_power_of_two();
    u32::try_from(objects).unwrap_or(u32::MAX).min(4096)
}

fn stored(lines: &[u8]) -> impl Iterator<Item = StoredPiece> {
    let lines = lines.split(|byte| *byte == b'\n');
    lines.filter_map(|line| match RecordLine::parse(line)? {
        RecordLine::Stored(piece) => Some(*piece),
        _ => None,
    })
}

/// A part that is being written.
pub(super) struct PartWriter<'a> {
    store: &'a dyn Store,
    pub(super) attempt: Attempt,
    folder: String,
    next: AtomicU32,
}

impl PartWriter<'_> {
    /// Adds lines, whole or not at all.
    pub(super) fn append(&self, lines: Vec<u8>) -> Result<(), StoreError> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let path = format!("{}/{number:08}.jsonl", self.folder);
        self.store.put(&path, lines, &HEADERS)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn only_a_whole_generation_counts_and_numbers_grow() {
        let range = HashRange::ALL;
        let paths = [
            "joined-0000000002-00001-of-00002.jsonl".to_owned(),
            "joined-0000000002-00002-of-00002.jsonl".to_owned(),
            "joined-0000000009-00001-of-00002.jsonl".to_owned(),
            format!("part-0000000003-{range}-abc/00000001.jsonl"),
            format!("part-0000000003-{range}-abc/00000000.jsonl"),
            "somebody-elses".to_owned(),
        ];
        let contents = Contents::of(paths.clone().into_iter());
        assert_eq!(contents.joined.len(), 2);
        assert_eq!(contents.stale, [paths[2].clone()]);
        assert_eq!(contents.parts.len(), 1);
        assert_eq!(
            contents.parts[0].paths,
            [paths[4].clone(), paths[3].clone()]
        );
        assert_eq!(contents.next(), 10);
        assert_eq!(Contents::of([].into_iter()).next(), 1);
    }
}
