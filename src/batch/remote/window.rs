//! One window: built by an ordinary run from files of this machine into a folder of this machine.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::super::disk::{Disk, RealDisk};
use super::super::entry::{FileStamp, RecordedPiece};
use super::super::error::BatchError;
use super::super::outcome::PieceOutcome;
use super::super::record::BatchRecord;
use super::super::run::run;
use super::super::selection::Selection;
use super::super::settings::{BatchObserver, BatchSettings};
use super::place::Place;
use crate::diagnostic::Severity;
use crate::digest::Sha256;
use crate::piece::Life;
use crate::store::OpenFolder;

/// How names of this machine become those that the user knows, in texts and paths.
#[derive(Debug, Clone)]
pub(super) struct Names {
    pairs: Vec<(String, String)>,
}

impl Names {
    /// Files below `from` are shown as below `to`, for each of the pairs.
    pub(super) fn new(pairs: &[(&Path, &Place)]) -> Self {
        let pair = |(from, to): &(&Path, &Place)| {
            let (from, to) = (from.display().to_string(), to.shown.clone());
            (format!("{from}/"), format!("{to}/"))
        };
        Self {
            pairs: pairs
                .iter()
                .map(pair)
                .filter(|(from, to)| from != to)
                .collect(),
        }
    }

    /// A text with the names that the user knows.
    pub(super) fn text(&self, text: &str) -> String {
        let text = text.to_owned();
        let replace = |text: String, (from, to): &(String, String)| text.replace(from, to);
        self.pairs.iter().fold(text, replace)
    }

    pub(super) fn path(&self, path: &Path) -> PathBuf {
        PathBuf::from(self.text(&path.display().to_string()))
    }
}

/// Hands on what a window tells, with the names that the user knows.
pub(super) struct NamingObserver<'a> {
    pub(super) observer: &'a dyn BatchObserver,
    pub(super) names: &'a Names,
}

impl BatchObserver for NamingObserver<'_> {
    fn begun(&self, path: &Path) {
        self.observer.begun(path);
    }

    fn ended(&self, path: &Path) {
        self.observer.ended(path);
    }

    fn note(&self, severity: Severity, note: &str) {
        self.observer.note(severity, &self.names.text(note));
    }

    fn outcome(&self, outcome: &PieceOutcome) {
        let mut shown = PieceOutcome {
            path: self.names.path(&outcome.path),
            slug: outcome.slug.clone(),
            status: outcome.status,
            source: outcome.source.clone(),
            diagnostics: outcome.diagnostics.clone(),
            files: outcome.files.clone(),
            times: outcome.times.clone(),
        };
        shown.source.path = self.names.path(&outcome.source.path);
        for diagnostic in &mut shown.diagnostics {
            diagnostic.message = self.names.text(&diagnostic.message);
            diagnostic.hint = diagnostic.hint.as_deref().map(|hint| self.names.text(hint));
        }
        self.observer.outcome(&shown);
    }
}

/// The disk of files that live no longer than the run: nothing waits for the medium.
struct PassingDisk;

impl Disk for PassingDisk {
    fn write_new(&self, folder: &OpenFolder, name: &str, bytes: &[u8]) -> io::Result<()> {
        RealDisk.write_new(folder, name, bytes)
    }

    fn copy(
        &self,
        from: &OpenFolder,
        name: &str,
        to: &OpenFolder,
        new_name: &str,
    ) -> io::Result<()> {
        RealDisk.copy(from, name, to, new_name)
    }

    fn sync(&self, folder: &OpenFolder, name: &str) -> io::Result<FileStamp> {
        Ok(FileStamp::of(&folder.read(name)?.metadata()?))
    }

    fn rename(
        &self,
        folder: &OpenFolder,
        name: &str,
        to: &OpenFolder,
        new_name: &str,
    ) -> io::Result<()> {
        RealDisk.rename(folder, name, to, new_name)
    }

    fn sync_folder(&self, _: &OpenFolder) -> io::Result<()> {
        Ok(())
    }

    fn append(&self, folder: &OpenFolder, name: &str, lines: &[u8]) -> io::Result<()> {
        RealDisk.append(folder, name, lines)
    }
}

/// A window that was built.
#[derive(Debug, Default)]
pub(super) struct BuiltWindow {
    /// The folder that it was built into.
    pub(super) place: PathBuf,
    /// Its pieces, in the order of their paths.
    pub(super) pieces: Vec<BuiltPiece>,
    /// Faults of the run itself.
    pub(super) faults: usize,
    /// Pieces that were not reached.
    pub(super) left: usize,
    /// The faces that were brought along.
    pub(super) faces: Vec<String>,
}

/// A piece that was built, or failed.
#[derive(Debug)]
pub(super) struct BuiltPiece {
    /// The source's path below the root.
    pub(super) below: String,
    /// The slug, where the source gives one.
    pub(super) slug: Option<String>,
    /// Whether all that was asked for was made.
    pub(super) is_made: bool,
    /// The files that were made, some also of a piece of which another failed.
    pub(super) files: Vec<BuiltFile>,
    /// The image files that it names.
    pub(super) images: Vec<String>,
    /// Whether and where it is published.
    pub(super) life: Life,
    /// Its line of the report, with the names that the user knows.
    pub(super) line: String,
}

/// A file that was made.
#[derive(Debug)]
pub(super) struct BuiltFile {
    pub(super) format: String,
    pub(super) name: String,
    pub(super) path: PathBuf,
    pub(super) bytes: u64,
    pub(super) sha256: Sha256,
}

#[derive(Deserialize)]
struct Line {
    path: PathBuf,
    slug: Option<String>,
    status: String,
    files: Vec<LineFile>,
}

#[derive(Deserialize)]
struct LineFile {
    format: String,
    path: PathBuf,
    bytes: u64,
    sha256: Sha256,
}

/// Builds files into a folder that is made for it; whoever has put them removes it.
pub(super) fn build(
    files: &[PathBuf],
    root: &Path,
    place: &Path,
    base: &BatchSettings<'_>,
    names: &Names,
    observer: &dyn BatchObserver,
) -> Result<BuiltWindow, BatchError> {
    let local = |error: io::Error| BatchError::Folder {
        path: place.to_owned(),
        reason: error.to_string(),
    };
    if files.is_empty() {
        return Ok(BuiltWindow::default());
    }
    fs::create_dir_all(place).map_err(local)?;
    let (dist, report) = (place.join("dist"), place.join("report.jsonl"));
    let settings = BatchSettings {
        paths: files,
        selection: &Selection::All,
        dist: &dist,
        report: Some(&report),
        force: false,
        recheck: false,
        clean: false,
        disk: &PassingDisk,
        ..*base
    };
    let observer = NamingObserver { observer, names };
    let summary = run(&settings, &observer)?;
    let text = fs::read_to_string(&report).map_err(local)?;
    let record = BatchRecord::of_folder(&dist);
    let recorded: BTreeMap<&str, &RecordedPiece> = record
        .entries()
        .map(|entry| (entry.slug.as_str(), entry))
        .collect();
    let mut built = BuiltWindow {
        place: place.to_owned(),
        faults: summary.faults,
        left: summary.left,
        faces: summary.faces,
        ..BuiltWindow::default()
    };
    for line in text.lines() {
        let Ok(read) = serde_json::from_str::<Line>(line) else {
            continue;
        };
        let below = read.path.strip_prefix(root).unwrap_or(&read.path);
        let file = |file: LineFile| {
            let name = file.path.file_name()?.to_str()?.to_owned();
            Some(BuiltFile {
                format: file.format,
                name,
                path: file.path,
                bytes: file.bytes,
                sha256: file.sha256,
            })
        };
        let entry = recorded.get(read.slug.as_deref().unwrap_or_default());
        let images = entry.iter().flat_map(|entry| &entry.images);
        built.pieces.push(BuiltPiece {
            below: below.to_string_lossy().into_owned(),
            is_made: read.status != "failed",
            files: read.files.into_iter().filter_map(file).collect(),
            images: images.map(|image| image.path.clone()).collect(),
            life: entry.map(|entry| entry.life.clone()).unwrap_or_default(),
            slug: read.slug,
            line: names.text(line),
        });
    }
    Ok(built)
}
