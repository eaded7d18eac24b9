//! Where sources or editions are, as the user named it.

use std::path::{Path, PathBuf};

use super::super::error::BatchError;
use crate::store::{Store, StoreAddress, StoreError};

/// A folder or a bucket, with the name that messages give it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Where it is.
    pub address: StoreAddress,
    /// As it is shown, without a slash at its end.
    pub shown: String,
}

/// Why a run with a store did not begin, or did not go on.
#[derive(Debug, thiserror::Error)]
pub enum RemoteError {
    /// What any run is refused for.
    #[error(transparent)]
    Batch(#[from] BatchError),
    /// The store did not do as asked.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// This machine has no room for what is fetched.
    #[error("cannot keep fetched files on this machine: {0}")]
    Local(#[from] std::io::Error),
}

impl Place {
    /// A place by its address; a folder is shown as it was written.
    #[must_use]
    pub fn new(address: StoreAddress, written: &str) -> Self {
        let shown = match &address {
            StoreAddress::Folder(folder) => match written.contains("://") {
                true => folder.display().to_string(),
                false => written.to_owned(),
            },
            StoreAddress::S3 { .. } => written.to_owned(),
        };
        let shown = match shown.trim_end_matches('/') {
            "" => shown,
            trimmed => trimmed.to_owned(),
        };
        Self { address, shown }
    }

    /// Whether it is a bucket.
    #[must_use]
    pub fn is_bucket(&self) -> bool {
        matches!(self.address, StoreAddress::S3 { .. })
    }

    /// The folder, where it is one.
    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        match &self.address {
            StoreAddress::Folder(folder) => Some(folder),
            StoreAddress::S3 { .. } => None,
        }
    }

    /// The path of something in it, as it is shown.
    #[must_use]
    pub fn show(&self, below: &str) -> PathBuf {
        PathBuf::from(format!("{}/{below}", self.shown))
    }

    pub(super) fn open(&self) -> Result<Box<dyn Store>, StoreError> {
        self.address.open()
    }
}
