//! What is to be done at a store: which files are put and which are stale, and whether all that would be replaced is ours.

use std::collections::BTreeMap;

use super::manifest::{FileEntry, Manifest};
use super::planned_file::PlannedFile;
use super::{DistributeError, TargetState};
use crate::digest::Sha256;
use crate::store::{Standing, Store, StoreError};

/// What is to be done at a store.
pub(super) struct DeployPlan<'a> {
    /// Files to put.
    pub(super) put: Vec<&'a PlannedFile>,
    /// Files that stand there and that the site names no more.
    pub(super) stale: BTreeMap<String, FileEntry>,
    /// How many files stand there as they should.
    pub(super) same: usize,
}

impl<'a> DeployPlan<'a> {
    /// Compares the files that were made, and the site that they are of, with what stands at the target.
    pub(super) fn of(files: &'a [PlannedFile], before: &Manifest, after: &Manifest) -> Self {
        let differs = |file: &&PlannedFile| before.files.get(&file.path) != Some(&file.entry);
        let put: Vec<&PlannedFile> = files.iter().filter(differs).collect();
        let known = before.files.iter().chain(&before.stale);
        let stale = known.filter(|(path, _)| !after.files.contains_key(*path));
        Self {
            same: after.files.len() - put.len(),
            stale: stale
                .map(|(path, file)| (path.clone(), file.clone()))
                .collect(),
            put,
        }
    }

    /// Refuses to replace what stands at the target and is none of ours, unless it is byte for byte what would be put.
    ///
    /// # Errors
    /// [`DistributeError::Occupied`], or [`DistributeError::Store`] when the store cannot say.
    pub(super) fn refuse_foreign(
        &self,
        target: &TargetState,
        store: &dyn Store,
    ) -> Result<(), DistributeError> {
        let unowned: Vec<_> = self
            .put
            .iter()
            .filter(|file| !target.owns(&file.path))
            .collect();
        let paths: Vec<&str> = unowned.iter().map(|file| file.path.as_str()).collect();
        if paths.is_empty() {
            return Ok(());
        }
        let standing = store.standing_at(&paths)?;
        let mut foreign = Vec::new();
        for file in unowned {
            if let Some(found) = standing.get(&file.path)
                && !is_the_same(file, *found, store)?
            {
                foreign.push(file.path.clone());
            }
        }
        match foreign.is_empty() {
            true => Ok(()),
            false => Err(DistributeError::Occupied { paths: foreign }),
        }
    }
}

/// Whether what was found at a file's path has the file's bytes.
fn is_the_same(file: &PlannedFile, found: Standing, store: &dyn Store) -> Result<bool, StoreError> {
    if found != Standing::File(file.entry.size) {
        return Ok(false);
    }
    let bytes = store.read(&file.path)?;
    // What cannot be read to its end is not known to be ours.
    Ok(bytes.is_some_and(|bytes| Sha256::of_reader(bytes).ok() == Some(file.entry.sha256)))
}
