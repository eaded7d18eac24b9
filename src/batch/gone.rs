//! Pieces whose source is gone: their editions stand in the output folder, and no file holds them any more.
//!
//! A piece is gone when its recorded path lies under a folder that was named in this run and read without an error, and no file
//! there holds it: not ignored, not under another name, not in a form that cannot be read.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::find::all_files;
use super::output_folder::OutputFolder;
use super::plan::{Job, SourcePaths};
use super::record::{BatchRecord, RecordedPiece};
use crate::digest::Sha256;
use crate::editions::FORMATS;
use crate::load;
use crate::piece::Slug;
use crate::pipeline::{self, Output};
use crate::project::Projects;

/// What is known of the sources of a run.
pub(super) struct Sources<'a> {
    /// The folders that were named and read without an error.
    pub(super) folders: &'a [PathBuf],
    /// What was found in them.
    pub(super) jobs: &'a [Job],
    /// The paths of sources as they are recorded.
    pub(super) paths: &'a SourcePaths,
    /// The projects of the pieces.
    pub(super) projects: &'a Projects,
}

impl Sources<'_> {
    /// The pieces of a record whose source is gone.
    pub(super) fn gone<'r>(&self, record: &'r BatchRecord) -> Vec<&'r RecordedPiece> {
        let canonical = |path: &PathBuf| path.canonicalize().ok();
        let folders: Vec<PathBuf> = self.folders.iter().filter_map(canonical).collect();
        let held: BTreeSet<&str> = self
            .jobs
            .iter()
            .filter_map(|job| Some(job.slug.as_ref()?.as_str()))
            .collect();
        let mut gone: Vec<(&RecordedPiece, PathBuf)> = record
            .entries()
            .filter(|entry| !entry.editions.is_empty() && !held.contains(entry.slug.as_str()))
            .filter_map(|entry| Some((entry, self.paths.place(entry.path.as_ref()?)?)))
            .filter(|(_, place)| folders.iter().any(|folder| place.starts_with(folder)))
            .collect();
        if gone.is_empty() {
            return Vec::new();
        }
        // A source without a slug may be any piece that was there: its own, or a renamed one.
        let nameless = self.jobs.iter().filter(|job| job.slug.is_none());
        let nameless: Vec<PathBuf> = nameless.filter_map(|job| canonical(&job.path)).collect();
        let recorded: BTreeSet<PathBuf> = record
            .entries()
            .filter_map(|entry| self.paths.place(entry.path.as_ref()?))
            .collect();
        gone.retain(|(_, place)| {
            let may_be = |path: &PathBuf| path == place || !recorded.contains(path);
            !nameless.iter().any(may_be)
        });
        let seen: BTreeSet<PathBuf> = self
            .jobs
            .iter()
            .filter_map(|job| canonical(&job.path))
            .collect();
        for folder in &folders {
            for file in all_files(folder)
                .iter()
                .filter(|file| !seen.contains(*file))
            {
                gone.retain(|(entry, _)| !holds(file, entry, self.projects));
            }
        }
        gone.into_iter().map(|(entry, _)| entry).collect()
    }
}

/// Whether a file holds a recorded piece, or cannot be read so that it may.
fn holds(file: &Path, entry: &RecordedPiece, projects: &Projects) -> bool {
    if load::source_digest(file) == Some(entry.source) {
        return true;
    }
    match pipeline::open(file, projects) {
        Some((Some(slug), _)) => slug.as_str() == entry.slug,
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
    let mut outputs = FORMATS.iter().map(Output::Edition).chain([Output::Cover]);
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
