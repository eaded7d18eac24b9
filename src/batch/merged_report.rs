//! One report of the reports of shards: each piece once, in the order of the paths.
//!
//! Neither lines nor where they stand is held: a report may be as long as the archive is. What is to be put in order is sorted in a
//! folder.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Component, Path, PathBuf};
use std::time::Duration;

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::error::BatchError;
use super::merge_summary::MergeSummary;
use super::outcome::{BatchSummary, PieceOutcome, PieceStatus};
use super::part_line::Attempt;
use super::report::{LINE, LineReport};
use super::shard::Shard;
use super::sorter::{self, Sorted, Sorter};
use crate::diagnostic::Severity;
use crate::digest::Sha256;
use crate::store::{OpenFolder, open_plain};

/// The name of the file that keeps where the lines that count stand, in the order of the paths.
const CHOSEN: &str = "report-lines";

/// So many reports are held open at once.
const OPEN: usize = 256;

/// The reports of shards.
#[derive(Debug)]
pub(super) struct MergedReport<'a> {
    /// What is too much for memory stands in it.
    folder: &'a OpenFolder,
    reports: Vec<ReadReport>,
    /// Lines of no piece, each once.
    others: BTreeSet<String>,
}

/// A report that was read.
#[derive(Debug)]
struct ReadReport {
    path: PathBuf,
    shard: Option<Shard>,
    attempt: Attempt,
    faults: usize,
    time: Duration,
    faces: Vec<String>,
}

/// The last line of lines that were kept while a run went on, which makes a report of them.
pub(super) fn last_line(faults: usize, faces: &[String], time: Duration) -> String {
    let seconds = time.as_secs_f64();
    json!({ "summary": { "faults": faults, "faces": faces, "seconds": seconds } }).to_string()
}

/// Where the line of a piece stands, and what it counts.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct LineAt {
    path: PathBuf,
    report: usize,
    offset: u64,
    length: u64,
    status: PieceStatus,
    errors: usize,
    warnings: usize,
    written: usize,
    bytes: u64,
    /// The hash of the files' hashes.
    files: Sha256,
}

impl LineAt {
    /// Orders lines by their paths, part by part as sources are ordered, then as they stand.
    fn key(&self) -> Vec<u8> {
        let mut key = Vec::new();
        for part in self.path.components() {
            // The order of the kinds of parts; a name holds no zero.
            key.push(match part {
                Component::Prefix(_) => 1,
                Component::RootDir => 2,
                Component::CurDir => 3,
                Component::ParentDir => 4,
                Component::Normal(_) => 5,
            });
            key.extend(part.as_os_str().as_encoded_bytes());
            key.push(0);
        }
        key.push(0);
        key.extend((self.report as u64).to_be_bytes());
        key.extend(self.offset.to_be_bytes());
        key
    }
}

#[derive(Deserialize)]
struct ReadLine {
    path: Option<PathBuf>,
    status: Option<String>,
    #[serde(default)]
    files: Vec<ReadFile>,
    #[serde(default)]
    errors: Vec<IgnoredAny>,
    #[serde(default)]
    warnings: Vec<IgnoredAny>,
    summary: Option<ReadSummary>,
}

#[derive(Deserialize)]
struct ReadFile {
    bytes: u64,
    sha256: Sha256,
    written: bool,
}

#[derive(Deserialize)]
struct ReadSummary {
    shard: Option<Shard>,
    #[serde(default)]
    attempt: Attempt,
    #[serde(default)]
    faults: usize,
    #[serde(default)]
    faces: Vec<String>,
    #[serde(default)]
    seconds: f64,
}

impl<'a> MergedReport<'a> {
    /// Reads reports. A folder keeps what is too much for memory, as long as it stands.
    ///
    /// # Errors
    /// [`BatchError::ReadReport`] for a file that is no whole report, [`BatchError::Folder`].
    pub(super) fn read(paths: &[PathBuf], folder: &'a OpenFolder) -> Result<Self, BatchError> {
        let mut merged = Self {
            folder,
            reports: Vec::new(),
            others: BTreeSet::new(),
        };
        let mut lines = Sorter::new(folder, "lines");
        for path in paths {
            merged
                .add(path, &mut lines)
                .map_err(|reason| BatchError::ReadReport {
                    path: path.clone(),
                    reason,
                })?;
        }
        let chosen = merged.choose(lines.sorted());
        chosen.map_err(|error| merged.failed(&error))?;
        Ok(merged)
    }

    fn failed(&self, error: &io::Error) -> BatchError {
        BatchError::Folder {
            path: self.folder.path().to_owned(),
            reason: error.to_string(),
        }
    }

    fn add(&mut self, path: &Path, lines: &mut Sorter<'_>) -> Result<(), String> {
        let said = |error: io::Error| error.to_string();
        let mut reader = BufReader::new(open_plain(path).map_err(said)?);
        let report = self.reports.len();
        let (mut offset, mut text) = (0, Vec::new());
        let mut summary: Option<ReadSummary> = None;
        loop {
            text.clear();
            let mut limited = reader.by_ref().take(LINE);
            let length = limited.read_until(b'\n', &mut text).map_err(said)? as u64;
            if length == 0 {
                break;
            }
            let line: ReadLine =
                serde_json::from_slice(&text).map_err(|_| "this is no report of an export")?;
            match (line.path, line.status, line.summary) {
                (Some(path), Some(status), _) => {
                    let status = PieceStatus::named(&status).ok_or("an unknown status")?;
                    let hashes: Vec<String> =
                        line.files.iter().map(|f| f.sha256.to_string()).collect();
                    let written = || line.files.iter().filter(|file| file.written);
                    let at = LineAt {
                        path,
                        report,
                        offset,
                        length,
                        status,
                        errors: line.errors.len(),
                        warnings: line.warnings.len(),
                        written: written().count(),
                        bytes: written().map(|file| file.bytes).sum(),
                        files: Sha256::of_fields(hashes.iter().map(String::as_str)),
                    };
                    let value = serde_json::to_vec(&at).map_err(|error| error.to_string())?;
                    lines.insert(at.key(), value).map_err(said)?;
                }
                (_, _, Some(found)) => summary = Some(found),
                _ => {
                    let line = String::from_utf8_lossy(&text);
                    self.others.insert(line.trim_end().to_owned());
                }
            }
            offset += length;
        }
        let summary = summary.ok_or("it has no last line: the run did not end")?;
        self.reports.push(ReadReport {
            path: path.to_owned(),
            shard: summary.shard,
            attempt: summary.attempt,
            faults: summary.faults,
            time: Duration::try_from_secs_f64(summary.seconds).unwrap_or_default(),
            faces: summary.faces,
        });
        Ok(())
    }

    /// Keeps of each piece the line that counts.
    fn choose(&self, lines: io::Result<Sorted>) -> io::Result<()> {
        let mut chosen = BufWriter::new(self.folder.create(CHOSEN)?);
        let mut of_piece: Vec<LineAt> = Vec::new();
        for line in lines? {
            let line: LineAt = serde_json::from_slice(&line?)?;
            if of_piece
                .first()
                .is_some_and(|first| first.path != line.path)
            {
                self.keep(&mut of_piece, &mut chosen)?;
            }
            of_piece.push(line);
        }
        self.keep(&mut of_piece, &mut chosen)?;
        chosen.flush()
    }

    /// Of the lines of a piece the latest attempt's counts; where that found the piece made already, the line of the attempt that
    /// made it.
    fn keep(&self, lines: &mut Vec<LineAt>, chosen: &mut impl Write) -> io::Result<()> {
        let attempt = |line: &LineAt| self.reports[line.report].attempt;
        lines.sort_by(|a, b| (attempt(a), &a.files).cmp(&(attempt(b), &b.files)));
        let Some(last) = lines.last() else {
            return Ok(());
        };
        let made = lines
            .iter()
            .rev()
            .find(|line| line.status == PieceStatus::Built && line.files == last.files);
        let line = match last.status {
            PieceStatus::Unchanged => made.unwrap_or(last),
            _ => last,
        };
        sorter::write(chosen, &serde_json::to_vec(line)?)?;
        lines.clear();
        Ok(())
    }

    /// Calls a function with the line of each piece, in the order of the paths.
    fn each_line(&self, mut each: impl FnMut(&LineAt) -> io::Result<()>) -> io::Result<()> {
        let mut chosen = BufReader::new(self.folder.read(CHOSEN)?);
        while let Some(line) = sorter::read(&mut chosen)? {
            each(&serde_json::from_slice(&line)?)?;
        }
        Ok(())
    }

    /// What became of all pieces; those of `rivals` failed.
    ///
    /// # Errors
    /// [`BatchError::Folder`].
    pub(super) fn summary(
        &self,
        rivals: &BTreeMap<PathBuf, PieceOutcome>,
    ) -> Result<BatchSummary, BatchError> {
        let mut summary = BatchSummary::default();
        let counted = self.each_line(|line| {
            summary.pieces += 1;
            if let Some(outcome) = rivals.get(&line.path) {
                summary.failed += 1;
                summary.errors += outcome.count(Severity::Error);
                summary.warnings += outcome.count(Severity::Warning);
                return Ok(());
            }
            *match line.status {
                PieceStatus::Built => &mut summary.built,
                PieceStatus::Unchanged => &mut summary.unchanged,
                PieceStatus::Failed => &mut summary.failed,
            } += 1;
            summary.errors += line.errors;
            summary.warnings += line.warnings;
            summary.files += line.written;
            summary.bytes += line.bytes;
            Ok(())
        });
        counted.map_err(|error| self.failed(&error))?;
        // A fault of an attempt that was repeated is none any more.
        let mut last: BTreeMap<Option<Shard>, &ReadReport> = BTreeMap::new();
        for report in &self.reports {
            let known = last.entry(report.shard).or_insert(report);
            if report.attempt > known.attempt {
                *known = report;
            }
        }
        summary.faults = last.values().map(|report| report.faults).sum();
        let faces: BTreeSet<&String> = self.reports.iter().flat_map(|r| &r.faces).collect();
        summary.faces = faces.into_iter().cloned().collect();
        Ok(summary)
    }

    /// Writes the joined report. Its seconds are those of all runs together.
    ///
    /// # Errors
    /// [`BatchError::Report`].
    pub(super) fn write(
        &self,
        path: &Path,
        rivals: &BTreeMap<PathBuf, PieceOutcome>,
        merged: &MergeSummary,
    ) -> Result<(), BatchError> {
        let mut report = LineReport::open(path)?;
        let written = self.write_lines(&mut report, rivals).and_then(|()| {
            let summary = BatchSummary {
                time: self.reports.iter().map(|report| report.time).sum(),
                ..merged.summary.clone()
            };
            report.end_merged(&summary, merged)
        });
        written.map_err(|error| BatchError::Report {
            path: path.to_owned(),
            reason: error.to_string(),
        })
    }

    fn write_lines(
        &self,
        report: &mut LineReport,
        rivals: &BTreeMap<PathBuf, PieceOutcome>,
    ) -> io::Result<()> {
        let mut open: BTreeMap<usize, File> = BTreeMap::new();
        self.each_line(|line| {
            if let Some(outcome) = rivals.get(&line.path) {
                return report.piece(outcome);
            }
            if open.len() >= OPEN && !open.contains_key(&line.report) {
                open.clear();
            }
            let file = match open.entry(line.report) {
                Entry::Occupied(file) => file.into_mut(),
                Entry::Vacant(none) => none.insert(open_plain(&self.reports[line.report].path)?),
            };
            let mut text = Vec::new();
            file.seek(SeekFrom::Start(line.offset))?;
            file.take(line.length).read_to_end(&mut text)?;
            report.text(&text)
        })?;
        for line in &self.others {
            report.text(format!("{line}\n").as_bytes())?;
        }
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn lines_are_ordered_as_paths_are() {
        let key = |path: &str| {
            let line = LineAt {
                path: path.into(),
                report: 1,
                offset: 300,
                length: 1,
                status: PieceStatus::Built,
                errors: 0,
                warnings: 0,
                written: 0,
                bytes: 0,
                files: Sha256::default(),
            };
            line.key()
        };
        let paths = [
            "/a/b.yaml",
            "/a-b.yaml",
            "/a/b/c.yaml",
            "a.yaml",
            "a/b.yaml",
            "a b.yaml",
            "a/é.yaml",
            "a/z.yaml",
            "../a.yaml",
            "./a.yaml",
            "a/b",
            "a",
            "ab",
            "s3://bucket/a/b.yaml",
            "s3://bucket/a-b.yaml",
        ];
        for a in paths {
            for b in paths {
                assert_eq!(
                    key(a).cmp(&key(b)),
                    Path::new(a).cmp(Path::new(b)),
                    "{a} {b}"
                );
            }
        }
    }

    #[test]
    fn of_each_piece_one_line_counts_however_many_attempts_and_reports_there_are() {
        let place = tempfile::tempdir().unwrap();
        let folder = OpenFolder::open(place.path()).unwrap();
        let hash = Sha256::of(b"x").to_string();
        let line = |piece: usize, status: &str| {
            let files = json!([{ "format": "docx", "path": "a", "bytes": 3, "sha256": hash, "written": status == "made" }]);
            json!({ "path": format!("source/{}/{piece}.yaml", piece % 7), "status": status, "files": files, "errors": [],
                "warnings": [] })
        };
        let mut reports = Vec::new();
        // More reports than are held open; the later attempt of each shard finds everything made.
        for (attempt, status) in [(2, "unchanged"), (1, "made")] {
            for shard in 1..=300_usize {
                let mut text = String::new();
                for piece in (0..900).filter(|piece| piece % 300 == shard - 1) {
                    text += &format!("{}\n", line(piece, status));
                }
                let summary =
                    json!({ "shard": format!("{shard}/300"), "attempt": attempt, "seconds": 1.0 });
                text += &format!("{}\n", json!({ "summary": summary }));
                let path = place.path().join(format!("{attempt}-{shard}.jsonl"));
                std::fs::write(&path, text).unwrap();
                reports.push(path);
            }
        }
        let merged = MergedReport::read(&reports, &folder).unwrap();
        let summary = merged.summary(&BTreeMap::new()).unwrap();
        assert_eq!(
            (summary.pieces, summary.built, summary.files),
            (900, 900, 900)
        );
        let path = place.path().join("all.jsonl");
        merged
            .write(&path, &BTreeMap::new(), &MergeSummary::default())
            .unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        let mut paths = Vec::new();
        for line in text.lines().take(900) {
            let line: ReadLine = serde_json::from_str(line).unwrap();
            assert_eq!(line.status.as_deref(), Some("made"));
            paths.push(line.path.unwrap());
        }
        assert!(paths.is_sorted() && text.lines().count() == 901);
    }
}
