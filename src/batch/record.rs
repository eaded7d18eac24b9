//! The record of runs: which editions stand in an output folder, and what they were built from.
//!
//! It is a journal of lines, each a checksum and an entry in JSON; the last entry of a slug counts. A line that is torn,
//! altered or of another version is passed over: its piece is built again, and nothing else happens. Appending costs what
//! is new alone, and a run that dies keeps what it had recorded.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::Path;

use rayon::prelude::*;

use super::entry::RecordedPiece;
use super::record_line::RecordLine;
use super::state::{part_names, state};
use crate::digest::Sha256;
use crate::store::OpenFolder;

/// The name of the journal; its number changes with the form of the entries.
pub(super) const FILE_NAME: &str = "record-1.jsonl";

/// The entries of a journal.
#[derive(Debug, Default)]
pub struct BatchRecord {
    entries: BTreeMap<String, Box<RecordedPiece>>,
    by_source: BTreeMap<Sha256, String>,
    /// Pieces of other shards, by the hashes of their slugs: a million of them are 8 MB.
    elsewhere: BTreeSet<u64>,
    /// Lines that are passed over or count no more.
    waste: usize,
}

/// Whether an entry is among those that a run needs.
pub(super) type Keep<'a> = &'a (dyn Fn(&RecordedPiece) -> bool + Sync);

/// So much of a journal is looked at at once, in bytes.
const BLOCK: u64 = 4 << 20;

impl BatchRecord {
    /// Adds what stands in a file of a folder; one that is missing or unreadable adds nothing.
    pub(super) fn add_file(&mut self, state: &OpenFolder, name: &str) {
        self.add_file_where(state, name, &|_| true);
    }

    /// Adds those entries of a file that are to be kept; of the others it is known that they are there.
    pub(super) fn add_file_where(&mut self, state: &OpenFolder, name: &str, keep: Keep<'_>) {
        let Ok(file) = state.read(name) else { return };
        // Not all lines are held beside the entries.
        let mut block = Vec::new();
        while let Ok(1..) = (&file).take(BLOCK).read_to_end(&mut block) {
            let end = block.iter().rposition(|byte| *byte == b'\n');
            let end = end.map_or(0, |at| at + 1);
            self.add_where(&block[..end], keep);
            block.drain(..end);
        }
        self.add_where(&block, keep);
    }

    /// Reads the record of an output folder; empty where it has none.
    #[must_use]
    pub fn of_folder(dist: &Path) -> Self {
        Self::of_folder_where(dist, &|_| true)
    }

    /// Reads those entries of the record of an output folder that are to be kept.
    #[must_use]
    pub(super) fn of_folder_where(dist: &Path, keep: Keep<'_>) -> Self {
        let mut record = Self::default();
        if let Ok(state) = state(dist) {
            record.add_file_where(&state, FILE_NAME, keep);
            for part in part_names(&state).unwrap_or_default() {
                record.add_file_where(&state, &part, keep);
            }
        }
        record
    }

    /// Reads the lines of a journal.
    #[must_use]
    pub fn parse(journal: &[u8]) -> Self {
        let mut record = Self::default();
        record.add(journal);
        record
    }

    /// Adds the lines of another journal, or of a part, that count after those before them.
    pub(super) fn add(&mut self, journal: &[u8]) {
        self.add_where(journal, &|_| true);
    }

    fn add_where(&mut self, journal: &[u8], keep: Keep<'_>) {
        let lines = journal.par_split(|byte| *byte == b'\n');
        let lines: Vec<_> = lines
            .filter(|line| !line.is_empty())
            .map(RecordLine::parse)
            .collect();
        for line in lines {
            match line {
                Some(RecordLine::Piece(entry)) if keep(&entry) => self.insert(entry),
                Some(RecordLine::Piece(entry)) => self.pass(&entry),
                Some(_) => {}
                None => self.waste += 1,
            }
        }
    }

    /// Takes an entry in place of the one of its slug; one without editions says that nothing is left of its piece.
    pub(super) fn insert(&mut self, entry: Box<RecordedPiece>) {
        self.elsewhere.remove(&slug_hash(&entry.slug));
        if entry.leaves_nothing() {
            self.waste += 1 + usize::from(self.entries.remove(&entry.slug).is_some());
            return;
        }
        self.by_source.insert(entry.source, entry.slug.clone());
        if self.entries.insert(entry.slug.clone(), entry).is_some() {
            self.waste += 1;
        }
    }

    /// Knows of an entry that is not kept.
    fn pass(&mut self, entry: &RecordedPiece) {
        self.entries.remove(&entry.slug);
        let hash = slug_hash(&entry.slug);
        match entry.leaves_nothing() {
            true => self.elsewhere.remove(&hash),
            false => self.elsewhere.insert(hash),
        };
    }

    /// Whether a piece of another shard has this slug.
    #[must_use]
    pub(super) fn is_elsewhere(&self, slug: &str) -> bool {
        self.elsewhere.contains(&slug_hash(slug))
    }

    /// The entry of a slug.
    #[must_use]
    pub fn of_slug(&self, slug: &str) -> Option<&RecordedPiece> {
        self.entries.get(slug).map(Box::as_ref)
    }

    /// The entries, in the order of their slugs.
    pub(super) fn entries(&self) -> impl Iterator<Item = &RecordedPiece> {
        self.entries.values().map(Box::as_ref)
    }

    /// The entry whose piece was built from a source file with this SHA-256.
    #[must_use]
    pub fn of_source(&self, hash: Sha256) -> Option<&RecordedPiece> {
        let entry = self.entries.get(self.by_source.get(&hash)?)?;
        (entry.source == hash).then_some(entry)
    }

    /// Whether writing the journal anew would make it much shorter.
    #[must_use]
    pub fn is_wasteful(&self) -> bool {
        self.waste > self.entries.len() / 2 + 16
    }

    /// The journal with nothing but the entries that count.
    #[must_use]
    pub fn to_journal(&self) -> Vec<u8> {
        self.entries
            .values()
            .flat_map(|entry| entry.to_line())
            .collect()
    }
}

fn slug_hash(slug: &str) -> u64 {
    let digest = Sha256::of(slug.as_bytes());
    let (first, _) = digest.as_bytes().split_at(8);
    u64::from_be_bytes(first.try_into().expect("eight bytes were split off"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::super::entry::{FileStamp, RecordedEdition, RecordedWarning};
    use super::super::line::checksum;
    use super::*;
    use crate::diagnostic::{Code, Diagnostic};
    use crate::load::ImageFile;
    use crate::piece::Life;
    use crate::project::Inherits;

    fn entry(slug: &str, source: &str) -> RecordedPiece {
        let warning = Diagnostic::warning(Code::Query, "an open question").at(Some(3..9));
        let edition = RecordedEdition {
            format: "pdf".to_owned(),
            essence: None,
            inputs: Sha256::of(b"i"),
            hash: Sha256::of(b"h"),
            stamp: FileStamp {
                size: 1,
                seconds: -2,
                nanoseconds: 3,
                inode: u64::MAX,
            },
        };
        RecordedPiece {
            slug: slug.to_owned(),
            program: "p".to_owned(),
            source: Sha256::of(source.as_bytes()),
            images: vec![ImageFile {
                path: "a.png".to_owned(),
                hash: Sha256::of(b"x"),
            }],
            warnings: vec![RecordedWarning::from(&warning)],
            page_warnings: Vec::new(),
            life: Life::default(),
            essence: None,
            editions: vec![edition],
            inherits: Inherits::default(),
            given: None,
            path: Some("../source/a.yaml".to_owned()),
            claims: Vec::new(),
        }
    }

    #[test]
    fn an_entry_without_editions_says_that_nothing_is_left() {
        let left = RecordedPiece {
            editions: Vec::new(),
            ..entry("a", "1")
        };
        let journal = [
            entry("a", "1").to_line(),
            left.to_line(),
            entry("b", "2").to_line(),
        ];
        let record = BatchRecord::parse(&journal.concat());
        assert_eq!(record.of_slug("a"), None);
        assert_eq!(record.of_source(Sha256::of(b"1")), None);
        assert_eq!(record.entries().count(), 1);
    }

    #[test]
    fn a_line_of_a_version_before_is_read() {
        let line = String::from_utf8(entry("a", "1").to_line()).unwrap();
        let json = line[17..]
            .trim_end()
            .replace("\"path\":\"../source/a.yaml\",", "");
        let line = format!("{} {json}\n", checksum(json.as_bytes()));
        let record = BatchRecord::parse(line.as_bytes());
        assert_eq!(record.of_slug("a").unwrap().path, None);
    }

    #[test]
    fn the_last_entry_of_a_slug_counts() {
        let journal = [entry("a", "1").to_line(), entry("a", "2").to_line()].concat();
        let record = BatchRecord::parse(&journal);
        assert_eq!(record.of_slug("a"), Some(&entry("a", "2")));
        assert_eq!(record.of_source(Sha256::of(b"2")), Some(&entry("a", "2")));
        assert_eq!(record.of_source(Sha256::of(b"1")), None);
        assert_eq!(record.to_journal(), entry("a", "2").to_line());
    }

    #[test]
    fn a_warning_comes_back_whole() {
        let entry = entry("a", "1");
        let again = BatchRecord::parse(&entry.to_line());
        let warning = again.of_slug("a").unwrap().warnings[0].to_diagnostic();
        let expected = Diagnostic::warning(Code::Query, "an open question").at(Some(3..9));
        assert_eq!(warning, expected);
    }

    #[test]
    fn a_journal_cut_or_altered_anywhere_loses_only_the_lines_touched() {
        let (first, second) = (entry("a", "1").to_line(), entry("b", "2").to_line());
        let journal = [first.clone(), second].concat();
        for cut in 0..journal.len() {
            let record = BatchRecord::parse(&journal[..cut]);
            assert_eq!(
                record.of_slug("a").is_some(),
                cut >= first.len() - 1,
                "{cut}"
            );
            assert!(record.of_slug("b").is_none() || cut == journal.len() - 1);
        }
        for at in 0..first.len() {
            let mut altered = journal.clone();
            altered[at] ^= 0x20;
            let record = BatchRecord::parse(&altered);
            assert_eq!(record.of_slug("a"), None, "{at}");
            assert_eq!(record.of_slug("b").is_some(), at != first.len() - 1, "{at}");
        }
        assert!(BatchRecord::parse(&[0xff; 1000]).entries.is_empty());
    }
}
