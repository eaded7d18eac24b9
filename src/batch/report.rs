//! The report: JSON Lines, one a piece in the order of the paths, the last line the summary.
//!
//! It is written beside its place as the run goes, and put there when it is whole; a pipe gets each line as it comes.

use std::ffi::OsString;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::Path;
use std::time::Duration;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use serde_json::{Value, json};

use super::entry::RecordedPiece;
use super::error::BatchError;
use super::merge_summary::{MergeSummary, ShardFault};
use super::outcome::{BatchSummary, OutputFile, PieceOutcome};
use super::part_line::Attempt;
use super::shard::Shard;
use crate::diagnostic::{Diagnostic, Severity, SourceText};
use crate::digest::Sha256;
use crate::store::{OpenFolder, open_plain, unpredictable};

/// A report under way.
#[derive(Debug)]
pub struct LineReport {
    lines: BufWriter<File>,
    /// Where it goes when it is whole; none for a pipe or a terminal, which gets the lines as they come.
    place: Option<ReportFile>,
}

/// The place of a report, and the unfinished file beside it.
#[derive(Debug)]
struct ReportFile {
    folder: OpenFolder,
    unfinished: String,
    name: OsString,
    is_whole: bool,
}

impl LineReport {
    /// Opens a report. A file that stands in its place stays until the report is whole, and is refused unless it is empty or
    /// a report too.
    ///
    /// # Errors
    /// [`BatchError::Report`].
    pub fn open(path: &Path) -> Result<Self, BatchError> {
        Self::try_open(path).map_err(|error| BatchError::Report {
            path: path.to_owned(),
            reason: error.to_string(),
        })
    }

    fn try_open(path: &Path) -> io::Result<Self> {
        // A link is the user's own: the report goes where it leads.
        let path = &path.canonicalize().unwrap_or_else(|_| path.to_owned());
        match path.metadata() {
            Ok(metadata) if metadata.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
            Ok(metadata) if !metadata.is_file() => {
                let stream = OpenOptions::new().write(true).open(path)?;
                return Ok(Self {
                    lines: BufWriter::new(stream),
                    place: None,
                });
            }
            Ok(_) if !is_report(open_plain(path)?)? => {
                return Err(io::Error::other(
                    "a file stands there that is no report; name another, or remove it",
                ));
            }
            _ => {}
        }
        let name = path.file_name().ok_or(io::ErrorKind::InvalidFilename)?;
        let folder = OpenFolder::open(path.parent().unwrap_or(Path::new("")))?;
        let unfinished = format!(".flashpoint-report-{}", unpredictable());
        let file = folder.create(&unfinished)?;
        Ok(Self {
            lines: BufWriter::new(file),
            place: Some(ReportFile {
                folder,
                unfinished,
                name: name.to_owned(),
                is_whole: false,
            }),
        })
    }

    /// Writes a piece's line.
    pub(super) fn piece(&mut self, outcome: &PieceOutcome) -> io::Result<()> {
        self.line(&PieceLine::of(outcome))
    }

    /// Writes the line of a piece whose source is gone.
    pub(super) fn gone(
        &mut self,
        entry: &RecordedPiece,
        names: &[String],
        removed: &[String],
    ) -> io::Result<()> {
        self.line(&json!({ "gone": {
            "slug": entry.slug, "source": entry.path, "files": names, "removed": removed,
        } }))
    }

    /// Writes lines that were read from another report.
    pub(super) fn text(&mut self, lines: &[u8]) -> io::Result<()> {
        self.lines.write_all(lines)
    }

    /// Writes the last line of joined reports, and puts the report in its place.
    pub(super) fn end_merged(
        &mut self,
        summary: &BatchSummary,
        merged: &MergeSummary,
    ) -> io::Result<()> {
        let mut line = SummaryLine::of(summary);
        line.summary.shards = merged.shards.map(|of| ShardsFields::of(of, &merged.faults));
        self.line(&line)?;
        self.put()
    }

    /// Writes the last line, and puts the report in its place.
    pub(super) fn end(&mut self, summary: &BatchSummary) -> io::Result<()> {
        self.line(&SummaryLine::of(summary))?;
        self.put()
    }

    /// Puts the report in its place.
    ///
    /// # Errors
    /// What the system said.
    pub fn close(mut self) -> io::Result<()> {
        self.put()
    }

    fn put(&mut self) -> io::Result<()> {
        self.lines.flush()?;
        match &mut self.place {
            Some(place) => place.take(),
            None => Ok(()),
        }
    }

    /// Writes a line.
    ///
    /// # Errors
    /// What the system said.
    pub fn line(&mut self, line: &impl Serialize) -> io::Result<()> {
        serde_json::to_writer(&mut self.lines, line)?;
        self.lines.write_all(b"\n")
    }
}

impl ReportFile {
    fn take(&mut self) -> io::Result<()> {
        self.folder
            .rename(&self.unfinished, &self.folder, &self.name)?;
        self.is_whole = true;
        Ok(())
    }
}

impl Drop for ReportFile {
    fn drop(&mut self) {
        if !self.is_whole {
            // What cannot be removed is a hidden file beside the report, and harms nobody.
            let _ = self.folder.remove(&self.unfinished);
        }
    }
}

/// Writes the report of a run that was refused: a line with the errors, and the summary.
///
/// # Errors
/// [`BatchError::Report`] when it cannot be written.
pub fn report_refusal(
    path: &Path,
    source: &SourceText,
    errors: &[Diagnostic],
) -> Result<(), BatchError> {
    let mut report = LineReport::open(path)?;
    let file = source.path.to_str().filter(|file| !file.is_empty());
    let told: Vec<_> = errors
        .iter()
        .map(|error| ReportedDiagnostic::of(error, source))
        .collect();
    let summary = BatchSummary {
        errors: errors.len(),
        ..BatchSummary::default()
    };
    let line = json!({ "refused": { "file": file, "errors": told } });
    let written = report.line(&line).and_then(|()| report.end(&summary));
    written.map_err(|error| BatchError::Report {
        path: path.to_owned(),
        reason: error.to_string(),
    })
}

/// The longest line of a report that is looked at.
pub(super) const LINE: u64 = 16 << 20;

/// Whether a file is empty or begins as a report does.
fn is_report(file: File) -> io::Result<bool> {
    let mut line = Vec::new();
    BufReader::new(file.take(LINE)).read_until(b'\n', &mut line)?;
    if line.is_empty() {
        return Ok(true);
    }
    let line: Value = serde_json::from_slice(&line).unwrap_or_default();
    let has = |keys: &[&str]| keys.iter().all(|key| line.get(key).is_some());
    let is_of_a_run = has(&["path", "status", "files", "errors", "warnings"]);
    Ok(has(&["summary"]) || is_of_a_run || has(&["refused"]) || has(&["verdict"]))
}

#[derive(Serialize)]
struct PieceLine<'a> {
    path: String,
    slug: Option<&'a str>,
    status: &'static str,
    files: Vec<FileLine<'a>>,
    errors: Vec<ReportedDiagnostic<'a>>,
    warnings: Vec<ReportedDiagnostic<'a>>,
    notes: Vec<ReportedDiagnostic<'a>>,
    #[serde(serialize_with = "seconds")]
    seconds: &'a [(&'static str, Duration)],
}

#[derive(Serialize)]
struct FileLine<'a> {
    format: &'a str,
    path: String,
    bytes: u64,
    sha256: Sha256,
    written: bool,
}

#[derive(Serialize)]
struct ReportedDiagnostic<'a> {
    code: &'a str,
    message: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    hint: Option<&'a str>,
}

impl<'a> PieceLine<'a> {
    fn of(outcome: &'a PieceOutcome) -> Self {
        let of = |severity| {
            let same = outcome.diagnostics.iter();
            same.filter(|d| d.severity == severity)
                .map(|d| ReportedDiagnostic::of(d, &outcome.source))
                .collect()
        };
        Self {
            path: outcome.path.display().to_string(),
            slug: outcome.slug.as_ref().map(|slug| slug.as_str()),
            status: outcome.status.name(),
            files: outcome.files.iter().map(FileLine::of).collect(),
            errors: of(Severity::Error),
            warnings: of(Severity::Warning),
            notes: of(Severity::Note),
            seconds: &outcome.times,
        }
    }
}

impl<'a> FileLine<'a> {
    fn of(file: &'a OutputFile) -> Self {
        Self {
            format: file.format,
            path: file.path.display().to_string(),
            bytes: file.size,
            sha256: file.hash,
            written: file.fresh,
        }
    }
}

impl<'a> ReportedDiagnostic<'a> {
    fn of(diagnostic: &'a Diagnostic, source: &SourceText) -> Self {
        let place = diagnostic.span.as_ref();
        let place = place.map(|span| source.line_column(span.start));
        Self {
            code: diagnostic.code.name(),
            message: &diagnostic.message,
            line: place.map(|(line, _)| line),
            column: place.map(|(_, column)| column),
            hint: diagnostic.hint.as_deref(),
        }
    }
}

#[derive(Serialize)]
struct SummaryLine {
    summary: SummaryFields,
}

#[derive(Serialize)]
struct SummaryFields {
    pieces: usize,
    #[serde(rename = "made")]
    built: usize,
    unchanged: usize,
    failed: usize,
    left: usize,
    files: usize,
    bytes: u64,
    errors: usize,
    warnings: usize,
    faults: usize,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    faces: Vec<String>,
    gone: usize,
    removed: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    shard: Option<Shard>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attempt: Option<Attempt>,
    #[serde(skip_serializing_if = "Option::is_none")]
    shards: Option<ShardsFields>,
    seconds: f64,
}

/// The shards whose reports were joined; each list names those by their numbers that have to be run again.
#[derive(Serialize)]
struct ShardsFields {
    of: u32,
    missing: Vec<u32>,
    ended_early: Vec<u32>,
    failed: Vec<u32>,
    outdated: Vec<u32>,
}

impl ShardsFields {
    fn of(of: u32, faults: &[(Shard, ShardFault)]) -> Self {
        let with = |wanted: fn(ShardFault) -> bool| {
            let same = faults.iter().filter(|(_, fault)| wanted(*fault));
            same.map(|(shard, _)| shard.number()).collect()
        };
        Self {
            of,
            missing: with(|fault| fault == ShardFault::Missing),
            ended_early: with(|fault| fault == ShardFault::EndedEarly),
            failed: with(|fault| fault == ShardFault::Failed),
            outdated: with(|fault| matches!(fault, ShardFault::Outdated(_))),
        }
    }
}

impl SummaryLine {
    fn of(summary: &BatchSummary) -> Self {
        Self {
            summary: SummaryFields {
                pieces: summary.pieces,
                built: summary.built,
                unchanged: summary.unchanged,
                failed: summary.failed,
                left: summary.left,
                files: summary.files,
                bytes: summary.bytes,
                errors: summary.errors,
                warnings: summary.warnings,
                faults: summary.faults,
                faces: summary.faces.clone(),
                gone: summary.gone,
                removed: summary.removed,
                shard: summary.shard.map(|(shard, _)| shard),
                attempt: summary.shard.map(|(_, attempt)| attempt),
                shards: None,
                seconds: rounded(summary.time),
            },
        }
    }
}

/// To the microsecond.
fn rounded(time: Duration) -> f64 {
    time.as_micros() as f64 / 1e6
}

/// A mapping from stage to seconds, in the order of the stages.
fn seconds<S: Serializer>(
    times: &&[(&'static str, Duration)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(times.len()))?;
    for (stage, time) in *times {
        map.serialize_entry(stage, &rounded(*time))?;
    }
    map.end()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_report_takes_its_place_when_it_is_whole_and_only_that_of_a_report() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.jsonl");
        let names = || fs::read_dir(folder.path()).unwrap().count();
        for _ in 0..2 {
            let mut report = LineReport::open(&path).unwrap();
            assert_eq!(names(), 1 + usize::from(path.exists()));
            report.end(&BatchSummary::default()).unwrap();
            assert_eq!(names(), 1);
        }
        let whole = fs::read(&path).unwrap();
        drop(LineReport::open(&path).unwrap());
        assert_eq!((names(), fs::read(&path).unwrap()), (1, whole));
        for foreign in ["series: A\n", "{\"a\": 1}\n", "[", "\n"] {
            fs::write(&path, foreign).unwrap();
            assert!(LineReport::open(&path).is_err(), "{foreign}");
            assert_eq!(fs::read_to_string(&path).unwrap(), foreign);
        }
        fs::write(&path, "").unwrap();
        assert!(LineReport::open(&path).is_ok());
    }
}
