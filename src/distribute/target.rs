//! What stands at the target before a run changes anything.

use std::collections::BTreeSet;

use super::manifest::is_part;
use super::manifest::{FILE_NAME, Manifest};
use super::manifest_parts::ReadError;
use super::{DeploySettings, DistributeError};
use crate::store::{Store, Version};

/// What stands at the target.
pub(super) struct TargetState {
    /// The version of the manifest; none where there is none.
    pub(super) version: Option<Version>,
    /// The paths of its parts, and of such as an earlier run left that ended early.
    pub(super) parts: BTreeSet<String>,
    /// What of the manifest is believed.
    pub(super) manifest: Manifest,
    /// Files that the manifest names and that did not stand there as it says: ours, whatever has become of them.
    lost: BTreeSet<String>,
}

impl TargetState {
    /// Reads what stands at a store.
    ///
    /// # Errors
    /// [`DistributeError::Foreign`] when the manifest there is none of ours, or when files are to be pruned where others stand;
    /// [`DistributeError::Store`] when the store cannot say.
    pub(super) fn read(
        store: &dyn Store,
        settings: &DeploySettings<'_>,
    ) -> Result<Self, DistributeError> {
        let foreign = |reason: String| DistributeError::Foreign { reason };
        let standing = Manifest::read(store).map_err(|error| match error {
            ReadError::Store(error) => DistributeError::Store(error),
            ReadError::Manifest(error) => foreign(error.to_string()),
        })?;
        let Some(standing) = standing else {
            if settings.prune && !store.is_empty()? {
                return Err(foreign(format!("files stand there, but no {FILE_NAME}")));
            }
            return Ok(Self {
                version: None,
                parts: BTreeSet::new(),
                manifest: Manifest::default(),
                lost: BTreeSet::new(),
            });
        };
        let mut target = Self {
            version: Some(standing.version),
            parts: standing.parts,
            manifest: standing.manifest,
            lost: BTreeSet::new(),
        };
        if settings.recheck {
            target.believe_what_stands(store)?;
        }
        Ok(target)
    }

    fn believe_what_stands(&mut self, store: &dyn Store) -> Result<(), DistributeError> {
        let there = store.list()?;
        let parts = there.keys().filter(|path| is_part(path));
        self.parts.extend(parts.cloned());
        let known = self.manifest.files.iter().chain(&self.manifest.stale);
        let lost = known.filter(|(path, file)| there.get(*path) != Some(&file.size));
        self.lost = lost.map(|(path, _)| path.clone()).collect();
        self.manifest
            .keep(|path, file| there.get(path) == Some(&file.size));
        Ok(())
    }

    /// Whether a run of ours put the file at a path, or was about to.
    pub(super) fn owns(&self, path: &str) -> bool {
        self.manifest.files.contains_key(path)
            || self.manifest.stale.contains_key(path)
            || self.lost.contains(path)
    }
}
