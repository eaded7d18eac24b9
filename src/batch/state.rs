//! The folder of the record in an output folder, its lock, and the sources that are kept there.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use super::part_line;
use crate::digest::Sha256;
use crate::store::OpenFolder;

/// The folder of the record.
pub(super) const STATE: &str = ".flashpoint";

/// The folder of sources that Word editions were made of, in that of the record.
pub(super) const SOURCES: &str = "sources";

/// The folder of files that stood in the places of editions and were not as a run left them, in that of the record.
pub(super) const KEPT: &str = "kept";

/// The output folder that keeps a file which stood in the place of an edition.
#[must_use]
pub(crate) fn folder_that_keeps(file: &Path) -> Option<&Path> {
    let state = file
        .parent()
        .filter(|kept| kept.ends_with(KEPT))?
        .parent()?;
    state.parent().filter(|_| state.ends_with(STATE))
}

/// Where an output folder keeps a source that a Word edition was made of.
#[must_use]
pub(crate) fn kept_source(dist: &Path, hash: Sha256) -> PathBuf {
    dist.join(STATE).join(SOURCES).join(hash.to_string())
}

/// The folder of the record in an output folder.
///
/// # Errors
/// What the system gave, for one that has none.
pub(super) fn state(dist: &Path) -> io::Result<OpenFolder> {
    OpenFolder::open(dist).and_then(|root| root.subfolder(STATE))
}

/// The names of the parts, in the order of their attempts.
pub(super) fn part_names(state: &OpenFolder) -> io::Result<Vec<String>> {
    let names = state.names()?.into_iter();
    let names = names.filter_map(|name| name.into_string().ok());
    let mut parts: Vec<String> = names
        .filter(|name| part_line::attempt(name).is_some())
        .collect();
    parts.sort();
    Ok(parts)
}

/// Waits for the lock that guards record and run folders; it is let go when the file is dropped.
pub(super) fn lock(state: &OpenFolder) -> io::Result<File> {
    let file = state.append("lock")?;
    file.lock()?;
    Ok(file)
}
