//! Which editions of the record stand in the store as they were put.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use super::super::settings::BatchSettings;
use super::in_parallel;
use super::stored::{StoredEdition, StoredRecord};
use crate::store::{Store, StoreError};

/// Which of the recorded editions stand in the store as they were put.
pub(super) enum Standing {
    /// All that the record knows: the store has far more files than this run has editions.
    Trusted,
    /// These names.
    Seen(BTreeSet<String>),
}

impl Standing {
    /// Looks at the store for what the record knows.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(super) fn of(
        store: &dyn Store,
        record: &StoredRecord,
        batch: &BatchSettings<'_>,
    ) -> Result<Self, StoreError> {
        let editions = || record.pieces.values().flat_map(|piece| &piece.editions);
        let tags: BTreeMap<&str, (&str, u64)> = editions()
            .map(|edition| (edition.name.as_str(), (edition.tag.as_str(), edition.bytes)))
            .collect();
        if batch.recheck {
            let editions: Vec<&StoredEdition> = editions().collect();
            let stands = in_parallel(&editions, |edition| {
                let version = store.version(&edition.name)?;
                Ok(version.is_some_and(|version| version.text() == edition.tag))
            });
            let mut seen = BTreeSet::new();
            for (edition, stands) in editions.into_iter().zip(stands) {
                if stands? {
                    seen.insert(edition.name.clone());
                }
            }
            return Ok(Self::Seen(seen));
        }
        let mut seen = BTreeSet::new();
        if tags.is_empty() {
            return Ok(Self::Seen(seen));
        }
        // A page of a listing names a thousand files: no more requests than one for each edition would be.
        let (mut listed, most) = (0usize, tags.len().saturating_mul(1000));
        store.each(&mut |object| {
            listed += 1;
            if let Some((tag, bytes)) = tags.get(object.path.as_str()) {
                let is_same = object.tag.as_deref().is_none_or(|now| now == *tag);
                if is_same && object.size == *bytes {
                    seen.insert(object.path);
                }
            }
            match listed > most {
                true => ControlFlow::Break(()),
                false => ControlFlow::Continue(()),
            }
        })?;
        Ok(match listed > most {
            true => Self::Trusted,
            false => Self::Seen(seen),
        })
    }

    /// Whether the edition of this name stands there.
    pub(super) fn holds(&self, name: &str) -> bool {
        match self {
            Self::Trusted => true,
            Self::Seen(seen) => seen.contains(name),
        }
    }
}
