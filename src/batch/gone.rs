//! Pieces whose source is gone: something of them stands somewhere, and no file holds them any more.
//!
//! A piece is gone when its recorded path lies under a folder that was named in this run and read without an error, and no file
//! there holds it: not ignored, not under another name, not in a form that cannot be read.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::entry::RecordedPiece;
use super::find::all_files;
use super::output_folder::OutputFolder;
use super::plan::{Job, SourcePaths};
use super::record::BatchRecord;
use crate::digest::Sha256;
use crate::editions::FORMATS;
use crate::load;
use crate::piece::Slug;
use crate::pipeline::{self, Output};
use crate::project::Projects;

/// What is known of the sources of a run.
pub(crate) struct Sources<'a> {
    /// The folders that were named and read without an error.
    pub(crate) folders: &'a [PathBuf],
    /// The sources that were found in them, each with its slug, where it gives one.
    pub(crate) found: Vec<(&'a Path, Option<&'a str>)>,
    /// The projects of the pieces.
    pub(crate) projects: &'a Projects,
}

/// A piece that was, as it is recorded.
#[derive(Debug, Clone)]
pub(crate) struct RecordedSource<'r> {
    /// Its slug.
    pub(crate) slug: &'r str,
    /// The SHA-256 of its source.
    pub(crate) hash: Option<Sha256>,
    /// Where that stood.
    pub(crate) place: PathBuf,
}

impl Sources<'_> {
    /// The pieces of a record of runs whose source is gone.
    pub(super) fn gone<'r>(
        jobs: &[Job],
        folders: &[PathBuf],
        paths: &SourcePaths,
        projects: &Projects,
        record: &'r BatchRecord,
    ) -> Vec<&'r RecordedPiece> {
        let jobs = jobs.iter();
        let sources = Sources {
            folders,
            found: jobs
                .map(|job| {
                    let slug = job.slug.as_ref().map(|slug| slug.as_str());
                    (job.path.as_path(), slug)
                })
                .collect(),
            projects,
        };
        let recorded = record.entries().filter_map(|entry| {
            Some(RecordedSource {
                slug: &entry.slug,
                hash: Some(entry.source),
                place: paths.place(entry.path.as_ref()?)?,
            })
        });
        let recorded: Vec<_> = recorded.collect();
        let gone = sources.gone_of(&recorded);
        let entries = record.entries();
        let entries = entries.filter(|entry| !entry.editions.is_empty());
        entries
            .filter(|entry| gone.contains(entry.slug.as_str()))
            .collect()
    }

    /// The slugs of the recorded pieces whose source is gone.
    pub(crate) fn gone_of<'r>(&self, recorded: &[RecordedSource<'r>]) -> BTreeSet<&'r str> {
        let canonical = |path: &Path| path.canonicalize().ok();
        let folders = self.folders.iter().filter_map(|path| canonical(path));
        let folders: Vec<PathBuf> = folders.collect();
        let held: BTreeSet<&str> = self.found.iter().filter_map(|(_, slug)| *slug).collect();
        let mut gone: Vec<&RecordedSource<'r>> = recorded
            .iter()
            .filter(|piece| !held.contains(piece.slug))
            .filter(|piece| folders.iter().any(|folder| piece.place.starts_with(folder)))
            .collect();
        if gone.is_empty() {
            return BTreeSet::new();
        }
        // A source without a slug may be any piece that was there: its own, or a renamed one.
        let nameless = self.found.iter().filter(|(_, slug)| slug.is_none());
        let nameless: Vec<PathBuf> = nameless.filter_map(|(path, _)| canonical(path)).collect();
        let places: BTreeSet<&PathBuf> = recorded.iter().map(|piece| &piece.place).collect();
        gone.retain(|piece| {
            let may_be = |path: &PathBuf| *path == piece.place || !places.contains(path);
            !nameless.iter().any(may_be)
        });
        let seen: BTreeSet<PathBuf> = self
            .found
            .iter()
            .filter_map(|(path, _)| canonical(path))
            .collect();
        for folder in &folders {
            for file in all_files(folder)
                .iter()
                .filter(|file| !seen.contains(*file))
            {
                gone.retain(|piece| !holds(file, piece, self.projects));
            }
        }
        gone.into_iter().map(|piece| piece.slug).collect()
    }
}

/// Whether a file holds a recorded piece, or cannot be read so that it may.
fn holds(file: &Path, piece: &RecordedSource<'_>, projects: &Projects) -> bool {
    if piece.hash.is_some() && load::source_digest(file) == piece.hash {
        return true;
    }
    match pipeline::open(file, projects) {
        Some((Some(slug), _)) => slug.as_str() == piece.slug,
        Some((None, opened)) => opened.loaded.piece.is_none() && opened.loaded.hash.is_empty(),
        None => true,
    }
}

/// The names of the files that the record knows of a piece, each with its edition's place in the entry.
pub(super) fn file_names(entry: &RecordedPiece) -> Vec<(usize, String)> {
    let Ok(slug) = Slug::parse(&entry.slug) else {
        return Vec::new();
    };
    let editions = entry.editions.iter().enumerate();
    editions
        .filter_map(|(at, edition)| Some((at, output(&edition.format)?.file_name(&slug))))
        .collect()
}

/// Removes the files of a slug that have one of these hashes in their format.
pub(super) fn remove_files(
    folder: &OutputFolder,
    slug: &str,
    editions: &BTreeSet<(String, Sha256)>,
) {
    let Ok(slug) = Slug::parse(slug) else { return };
    for (format, hash) in editions {
        let Some(output) = output(format) else {
            continue;
        };
        let name = output.file_name(&slug);
        let standing = folder.root().read(&name).and_then(Sha256::of_reader);
        if standing.is_ok_and(|standing| standing == *hash) {
            // What cannot be removed is not recorded any more, and stays as a file of somebody else would.
            let _ = folder.root().remove(&name);
        }
    }
}

fn output(name: &str) -> Option<Output> {
    let editions = FORMATS.iter().map(Output::Edition);
    let reviews = FORMATS.iter().map(Output::Review);
    let mut outputs = editions.chain(reviews).chain([Output::Cover]);
    outputs.find(|output| output.name() == name)
}

/// Removes the files of a piece that are as the record knows them; gives their names, and the entry of what is left.
pub(super) fn remove(folder: &OutputFolder, entry: &RecordedPiece) -> (Vec<String>, RecordedPiece) {
    let mut left = entry.clone();
    let mut removed = Vec::new();
    for (at, name) in file_names(entry) {
        let edition = &entry.editions[at];
        let is_missing = matches!(folder.root().kind(&name), Ok(None));
        let is_ours =
            folder.root().read(&name).and_then(Sha256::of_reader).ok() == Some(edition.hash);
        if is_missing || (is_ours && folder.root().remove(&name).is_ok()) {
            left.editions.retain(|other| other.format != edition.format);
            removed.extend((!is_missing).then_some(name));
        }
    }
    (removed, left)
}
