//! The report: JSON Lines, one a piece in the order of the paths, the last line the summary.
//!
//! It is written as the run goes, so that it can be followed; a report without a summary is of a run that was cut off.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::time::Duration;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::settings::{self, Outcome, RunError, Status, Summary};
use crate::diagnostic::{Diagnostic, Severity, SourceText};

/// A report under way.
#[derive(Debug)]
pub(super) struct Report {
    file: BufWriter<File>,
}

impl Report {
    /// Opens a report; what stood in the file goes once the run begins.
    ///
    /// # Errors
    /// [`RunError::Report`].
    pub(super) fn open(path: &Path) -> Result<Self, RunError> {
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(path)
            .map_err(|error| RunError::Report {
                path: path.to_owned(),
                reason: error.to_string(),
            })?;
        Ok(Self {
            file: BufWriter::new(file),
        })
    }

    /// Empties the file; a pipe or a terminal is left as it is.
    pub(super) fn begin(&mut self) -> io::Result<()> {
        let file = self.file.get_ref();
        match file.metadata()?.is_file() {
            true => file.set_len(0),
            false => Ok(()),
        }
    }

    /// Writes a piece's line.
    pub(super) fn piece(&mut self, outcome: &Outcome) -> io::Result<()> {
        self.line(&PieceLine::of(outcome))
    }

    /// Writes the last line.
    pub(super) fn end(&mut self, summary: &Summary) -> io::Result<()> {
        self.line(&SummaryLine::of(summary))?;
        self.file.flush()
    }

    fn line(&mut self, line: &impl Serialize) -> io::Result<()> {
        serde_json::to_writer(&mut self.file, line)?;
        self.file.write_all(b"\n")
    }
}

#[derive(Serialize)]
struct PieceLine<'a> {
    path: String,
    slug: Option<&'a str>,
    status: &'static str,
    files: Vec<FileLine<'a>>,
    errors: Vec<Told<'a>>,
    warnings: Vec<Told<'a>>,
    #[serde(serialize_with = "seconds")]
    seconds: &'a [(&'static str, Duration)],
}

#[derive(Serialize)]
struct FileLine<'a> {
    format: &'a str,
    path: String,
    bytes: u64,
    sha256: &'a str,
    written: bool,
}

#[derive(Serialize)]
struct Told<'a> {
    code: &'a str,
    message: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    hint: Option<&'a str>,
}

impl<'a> PieceLine<'a> {
    fn of(outcome: &'a Outcome) -> Self {
        let told = |severity| {
            let same = outcome.diagnostics.iter();
            same.filter(|d| d.severity == severity)
                .map(|d| Told::of(d, &outcome.source))
                .collect()
        };
        Self {
            path: outcome.path.display().to_string(),
            slug: outcome.slug.as_ref().map(|slug| slug.as_str()),
            status: match outcome.status {
                Status::Made => "made",
                Status::Unchanged => "unchanged",
                Status::Failed => "failed",
            },
            files: outcome.files.iter().map(FileLine::of).collect(),
            errors: told(Severity::Error),
            warnings: told(Severity::Warning),
            seconds: &outcome.times,
        }
    }
}

impl<'a> FileLine<'a> {
    fn of(file: &'a settings::File) -> Self {
        Self {
            format: file.format,
            path: file.path.display().to_string(),
            bytes: file.size,
            sha256: &file.hash,
            written: file.fresh,
        }
    }
}

impl<'a> Told<'a> {
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
    made: usize,
    unchanged: usize,
    failed: usize,
    left: usize,
    files: usize,
    bytes: u64,
    errors: usize,
    warnings: usize,
    faults: usize,
    seconds: f64,
}

impl SummaryLine {
    fn of(summary: &Summary) -> Self {
        Self {
            summary: SummaryFields {
                pieces: summary.pieces,
                made: summary.made,
                unchanged: summary.unchanged,
                failed: summary.failed,
                left: summary.left,
                files: summary.files,
                bytes: summary.bytes,
                errors: summary.errors,
                warnings: summary.warnings,
                faults: summary.faults,
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
