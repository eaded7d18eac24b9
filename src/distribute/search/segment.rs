//! A segment: entries that are searched together, as a table of terms in shards, and records of what results show.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::document::{Document, Place};
use crate::distribute::media_type::{JSON, TEXT};

/// A shard ends behind so many bytes.
const SHARD: usize = 8 << 10;
/// So many records stand in one file.
const RECORDS: usize = 25;

/// A segment as the index names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Segment {
    /// Its name: `p` for pieces and `n` for names, and the bits that its entries have in common.
    pub(super) id: String,
    /// The hash of what it is made of.
    pub(super) key: String,
    /// How many entries it has.
    count: usize,
    /// The years of its entries, which stand newest first, each with how many of them there are.
    years: Vec<(u16, usize)>,
    /// How many terms the title of each entry has, or its name: a digit of 64 each.
    lengths: String,
    /// The first term of each shard.
    shards: Vec<String>,
    /// How many records stand in one file.
    per_file: usize,
}

impl Segment {
    /// The paths of its files.
    pub(super) fn paths(&self) -> impl Iterator<Item = String> {
        let shards = (0..self.shards.len()).map(|shard| shard_path(&self.id, shard));
        let records = (0..self.count.div_ceil(RECORDS)).map(|file| records_path(&self.id, file));
        shards.chain(records).collect::<Vec<_>>().into_iter()
    }
}

fn shard_path(id: &str, shard: usize) -> String {
    format!("search/{id}-{shard}.txt")
}

fn records_path(id: &str, file: usize) -> String {
    format!("search/{id}-{file}.json")
}

/// A file: path, media type, bytes.
type File = (String, &'static str, Vec<u8>);

/// Where a term stands: entries by places.
type Postings = [Vec<usize>; Place::ALL.len()];

/// Builds a segment, entry by entry.
pub(super) struct Builder {
    id: String,
    key: String,
    years: Vec<(u16, usize)>,
    lengths: String,
    records: Vec<Json>,
    terms: BTreeMap<String, Postings>,
}

impl Builder {
    /// A segment without entries.
    pub(super) fn new(id: String, key: String) -> Self {
        Self {
            id,
            key,
            years: Vec::new(),
            lengths: String::new(),
            records: Vec::new(),
            terms: BTreeMap::new(),
        }
    }

    /// Adds an entry.
    pub(super) fn add(&mut self, document: Document) {
        let number = self.records.len();
        for (term, place) in document.terms() {
            if !self.terms.contains_key(term) {
                self.terms.insert(term.to_owned(), Postings::default());
            }
            let Some(postings) = self.terms.get_mut(term) else {
                continue;
            };
            postings[place as usize].push(number);
        }
        match self.years.last_mut() {
            Some((year, count)) if *year == document.year => *count += 1,
            _ => self.years.push((document.year, 1)),
        }
        // Longer titles than that are asked for by nobody.
        let length = document.length.min(DIGITS.len() - 1);
        self.lengths.push(char::from(DIGITS[length]));
        self.records.push(document.record);
    }

    /// The segment, and its files.
    pub(super) fn finish(self) -> (Segment, Vec<File>) {
        let mut terms: Vec<(String, Postings)> = self.terms.into_iter().collect();
        // As scripts compare texts: by units of UTF-16.
        terms.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
        let mut files: Vec<File> = Vec::new();
        let mut firsts: Vec<String> = Vec::new();
        for (term, postings) in terms {
            let is_full = files
                .last()
                .is_none_or(|(_, _, bytes)| bytes.len() >= SHARD);
            if is_full {
                let path = shard_path(&self.id, firsts.len());
                files.push((path, TEXT, format!("{}\n", self.key).into_bytes()));
                firsts.push(term.clone());
            }
            let lists: Vec<String> = postings.iter().map(|list| deltas(list)).collect();
            let lists = lists.join("|");
            let line = format!("{term} {}\n", lists.trim_end_matches('|'));
            if let Some((_, _, bytes)) = files.last_mut() {
                bytes.extend(line.bytes());
            }
        }
        for (file, records) in self.records.chunks(RECORDS).enumerate() {
            let bytes = serde_json::to_vec(&(&self.key, records)).expect("records are JSON");
            files.push((records_path(&self.id, file), JSON, bytes));
        }
        let segment = Segment {
            id: self.id,
            key: self.key,
            count: self.records.len(),
            years: self.years,
            lengths: self.lengths,
            shards: firsts,
            per_file: RECORDS,
        };
        (segment, files)
    }
}

/// The digits of numbers.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Rising numbers as the steps between them, a digit of 64 each; the last digit says that 63 are to be added to what follows.
fn deltas(numbers: &[usize]) -> String {
    let mut out = String::new();
    let mut next = 0;
    for number in numbers {
        let mut step = number - next;
        while step >= 63 {
            out.push('_');
            step -= 63;
        }
        out.push(char::from(DIGITS[step]));
        next = number + 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::deltas;

    #[test]
    fn numbers_are_written_as_steps() {
        assert_eq!(deltas(&[0, 1, 2, 5]), "AAAC");
        assert_eq!(deltas(&[62, 63, 126, 253]), "-A-__A");
        assert_eq!(deltas(&[63]), "_A");
        assert_eq!(deltas(&[]), "");
    }
}
