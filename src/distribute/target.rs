//! What stands at the target before a run changes anything.

use std::collections::BTreeSet;

use super::manifest::{FILE_NAME, Manifest};
use super::{DeploySettings, DistributeError};
use crate::digest::{Hashed, Sha256};
use crate::store::Store;

/// What stands at the target.
pub(super) struct TargetState {
    /// The digest of the manifest; none where there is none.
    pub(super) digest: Option<Sha256>,
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
        let Some(file) = store.read(FILE_NAME)? else {
            if settings.prune && !store.is_empty()? {
                return Err(foreign(format!("files stand there, but no {FILE_NAME}")));
            }
            return Ok(Self {
                digest: None,
                manifest: Manifest::default(),
                lost: BTreeSet::new(),
            });
        };
        let mut file = Hashed::new(file);
        let manifest = Manifest::parse(&mut file).map_err(|error| foreign(error.to_string()))?;
        let mut target = Self {
            digest: Some(file.finish()),
            manifest,
            lost: BTreeSet::new(),
        };
        if settings.recheck {
            target.believe_what_stands(store)?;
        }
        Ok(target)
    }

    fn believe_what_stands(&mut self, store: &dyn Store) -> Result<(), DistributeError> {
        let there = store.list()?;
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
