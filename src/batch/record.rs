//! The record of runs: which editions stand in an output folder, and what they were built from.
//!
//! It is a journal of lines, each a checksum and an entry in JSON; the last entry of a slug counts. A line that is torn,
//! altered or of another version is passed over: its piece is built again, and nothing else happens. Appending costs what
//! is new alone, and a run that dies keeps what it had recorded.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::Metadata;
use std::io::Read;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::output_folder::read_record;
use super::part::{PartEnd, PartHead, PartSource};
use super::remote::{StoredClaim, StoredPiece};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::digest::Sha256;
use crate::load::ImageFile;
use crate::piece::Life;
use crate::project::Inherits;
use crate::store::OpenFolder;

/// The name of the journal; its number changes with the form of the entries.
pub(super) const FILE_NAME: &str = "record-1.jsonl";

/// What the record knows of a piece.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordedPiece {
    /// The slug.
    pub slug: String,
    /// The fingerprint of the program that built it.
    pub program: String,
    /// The SHA-256 of the source file.
    pub source: Sha256,
    /// The source's path from the output folder; none where it cannot be told.
    #[serde(default)]
    pub path: Option<String>,
    /// What the piece leaves to its project.
    #[serde(default)]
    pub inherits: Inherits,
    /// The hash of what the project gave.
    #[serde(default)]
    pub given: Option<Sha256>,
    /// The image files that the source names.
    pub images: Vec<ImageFile>,
    /// Whether and where the piece is published.
    #[serde(default)]
    pub life: Life,
    /// The hash of all in the source that editions print; none where a program before did not tell.
    #[serde(default)]
    pub essence: Option<Sha256>,
    /// What was noticed in the source.
    #[serde(rename = "noticed")]
    pub warnings: Vec<RecordedWarning>,
    /// What was noticed while setting pages.
    #[serde(rename = "noticed_on_pages")]
    pub page_warnings: Vec<RecordedWarning>,
    /// The editions, one a format at most; an entry without any says that nothing is left of the piece.
    pub editions: Vec<RecordedEdition>,
    /// Files that were about to be put in place, and may be there if the run died then.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<RecordedClaim>,
}

/// A file that was about to be put in place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordedClaim {
    /// The name of its format, or `cover`.
    pub format: String,
    /// The SHA-256 of its bytes.
    pub hash: Sha256,
}

/// What the record knows of one edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordedEdition {
    /// Its name in the format table, or `cover`.
    pub format: String,
    /// The hash of all in the source that it prints; none where a program before did not tell.
    #[serde(default)]
    pub essence: Option<Sha256>,
    /// The hash of everything its bytes follow from: source, images, theme, options and program.
    pub inputs: Sha256,
    /// The SHA-256 of its bytes.
    pub hash: Sha256,
    /// The file as the system showed it after the write.
    pub stamp: FileStamp,
}

/// A file as the system shows it without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileStamp {
    /// Its size in bytes.
    pub size: u64,
    /// Its time of change, in seconds.
    pub seconds: i64,
    /// The rest of that time, in nanoseconds.
    pub nanoseconds: i64,
    /// Its inode.
    pub inode: u64,
}

impl FileStamp {
    /// The stamp of a file.
    #[must_use]
    pub fn of(metadata: &Metadata) -> Self {
        Self {
            size: metadata.len(),
            seconds: metadata.mtime(),
            nanoseconds: metadata.mtime_nsec(),
            inode: metadata.ino(),
        }
    }
}

/// A warning as the record keeps it, so that a piece that is skipped still shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordedWarning {
    /// A program before wrote down warnings alone.
    #[serde(default = "warning")]
    severity: Severity,
    code: Code,
    message: String,
    span: Option<(usize, usize)>,
    hint: Option<String>,
}

fn warning() -> Severity {
    Severity::Warning
}

impl From<&Diagnostic> for RecordedWarning {
    fn from(diagnostic: &Diagnostic) -> Self {
        Self {
            severity: diagnostic.severity,
            code: diagnostic.code,
            message: diagnostic.message.clone(),
            span: diagnostic.span.clone().map(|span| (span.start, span.end)),
            hint: diagnostic.hint.clone(),
        }
    }
}

impl RecordedWarning {
    /// The warning again.
    #[must_use]
    pub fn to_diagnostic(&self) -> Diagnostic {
        Diagnostic {
            span: self.span.map(|(start, end)| start..end),
            hint: self.hint.clone(),
            severity: self.severity,
            ..Diagnostic::warning(self.code, self.message.clone())
        }
    }
}

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
        read_record(dist, keep)
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
        if entry.editions.is_empty() && entry.claims.is_empty() {
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
        match entry.editions.is_empty() && entry.claims.is_empty() {
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

impl RecordedPiece {
    /// Whether a file of these bytes was, or was about to be, put in the place of an edition.
    #[must_use]
    pub fn is_claimed(&self, format: &str, hash: Sha256) -> bool {
        let mut claims = self.claims.iter();
        claims.any(|claim| claim.format == format && claim.hash == hash)
    }

    /// The edition of a format.
    #[must_use]
    pub fn edition(&self, format: &str) -> Option<&RecordedEdition> {
        let mut editions = self.editions.iter();
        editions.find(|edition| edition.format == format)
    }

    /// The entry as a line of the journal, line end included.
    #[must_use]
    pub fn to_line(&self) -> Vec<u8> {
        line(self)
    }
}

/// A line of a journal: a checksum and a value in JSON.
pub(super) fn line(value: &impl Serialize) -> Vec<u8> {
    let json = serde_json::to_string(value).expect("what is recorded has only text keys");
    format!("{} {json}\n", checksum(json.as_bytes())).into_bytes()
}

/// A line of a journal or of a part, as it was read.
#[derive(Debug)]
pub(super) enum RecordLine {
    Piece(Box<RecordedPiece>),
    Head(PartHead),
    Source(PartSource),
    End(PartEnd),
    Stored(Box<StoredPiece>),
    Claim(StoredClaim),
}

/// The lines of parts have one key each.
#[derive(Deserialize)]
struct Keyed {
    head: Option<PartHead>,
    source: Option<PartSource>,
    end: Option<PartEnd>,
    stored: Option<Box<StoredPiece>>,
    claim: Option<StoredClaim>,
}

impl RecordLine {
    /// Reads a line; none where it is torn or of another version.
    pub(super) fn parse(line: &[u8]) -> Option<Self> {
        let (sum, json) = (line.get(..16)?, line.get(17..)?);
        if line[16] != b' ' || sum != checksum(json).as_bytes() {
            return None;
        }
        // An entry as it is written begins with its slug; the order of keys in JSON says nothing (RFC 8259, 4).
        let piece = || serde_json::from_slice(json).ok().map(Self::Piece);
        if json.starts_with(b"{\"slug\"") {
            return piece();
        }
        let Ok(keyed) = serde_json::from_slice::<Keyed>(json) else {
            return piece();
        };
        let head = keyed.head.map(Self::Head);
        head.or_else(|| keyed.source.map(Self::Source))
            .or_else(|| keyed.end.map(Self::End))
            .or_else(|| keyed.stored.map(Self::Stored))
            .or_else(|| keyed.claim.map(Self::Claim))
    }
}

/// Sixteen digits are enough against accidents; the record is no defence against forgery.
fn checksum(json: &[u8]) -> String {
    Sha256::of(json).prefix(16)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

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
