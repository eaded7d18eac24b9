//! One report of the reports of shards: each piece once, in the order of the paths.
//!
//! Lines are not held: a report may be as long as the archive is. Where they stand is, with what the summary counts.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::json;

use super::error::BatchError;
use super::merge_summary::MergeSummary;
use super::outcome::{BatchSummary, PieceOutcome, PieceStatus};
use super::part_line::Attempt;
use super::report::{LINE, LineReport};
use super::shard::Shard;
use crate::diagnostic::Severity;
use crate::digest::Sha256;
use crate::store::open_plain;

/// The reports of shards.
#[derive(Debug, Default)]
pub(super) struct MergedReport {
    reports: Vec<ReadReport>,
    /// The lines of each piece, the latest attempt last.
    pieces: BTreeMap<PathBuf, Vec<LineAt>>,
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
#[derive(Debug, Clone)]
struct LineAt {
    attempt: Attempt,
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

impl MergedReport {
    /// Reads reports.
    ///
    /// # Errors
    /// [`BatchError::ReadReport`] for a file that is no whole report.
    pub(super) fn read(paths: &[PathBuf]) -> Result<Self, BatchError> {
        let mut merged = Self::default();
        for path in paths {
            merged.add(path).map_err(|reason| BatchError::ReadReport {
                path: path.clone(),
                reason,
            })?;
        }
        for lines in merged.pieces.values_mut() {
            lines.sort_by(|a, b| (a.attempt, &a.files).cmp(&(b.attempt, &b.files)));
        }
        Ok(merged)
    }

    fn add(&mut self, path: &Path) -> Result<(), String> {
        let said = |error: std::io::Error| error.to_string();
        let mut reader = BufReader::new(open_plain(path).map_err(said)?);
        let report = self.reports.len();
        let (mut pieces, mut offset, mut text) = (Vec::new(), 0, Vec::new());
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
                        attempt: 0,
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
                    pieces.push((path, at));
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
        for (path, mut at) in pieces {
            at.attempt = summary.attempt;
            self.pieces.entry(path).or_default().push(at);
        }
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

    /// The line of each piece that counts: the latest attempt's; where that found the piece made already, the line of the attempt
    /// that made it.
    fn lines(&self) -> impl Iterator<Item = (&PathBuf, &LineAt)> {
        self.pieces.iter().filter_map(|(path, lines)| {
            let last = lines.last()?;
            let made = lines
                .iter()
                .rev()
                .find(|line| line.status == PieceStatus::Built && line.files == last.files);
            let line = match last.status {
                PieceStatus::Unchanged => made.unwrap_or(last),
                _ => last,
            };
            Some((path, line))
        })
    }

    /// What became of all pieces; those of `rivals` failed.
    pub(super) fn summary(&self, rivals: &BTreeMap<PathBuf, PieceOutcome>) -> BatchSummary {
        let mut summary = BatchSummary::default();
        for (path, line) in self.lines() {
            summary.pieces += 1;
            if let Some(outcome) = rivals.get(path) {
                summary.failed += 1;
                summary.errors += outcome.count(Severity::Error);
                summary.warnings += outcome.count(Severity::Warning);
                continue;
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
        }
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
        summary
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
    ) -> std::io::Result<()> {
        let mut open: Vec<Option<File>> = self.reports.iter().map(|_| None).collect();
        // Paths are ordered part by part, as sources are.
        for (path, line) in self.lines() {
            if let Some(outcome) = rivals.get(path) {
                report.piece(outcome)?;
                continue;
            }
            let file = match &mut open[line.report] {
                Some(file) => file,
                none => none.insert(open_plain(&self.reports[line.report].path)?),
            };
            let mut text = Vec::new();
            file.seek(SeekFrom::Start(line.offset))?;
            file.take(line.length).read_to_end(&mut text)?;
            report.text(&text)?;
        }
        for line in &self.others {
            report.text(format!("{line}\n").as_bytes())?;
        }
        Ok(())
    }
}
