//! Stores: where a site is put. A local folder needs nothing; `s3://` speaks to any service with the S3 interface.

mod local;
mod s3;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::PathBuf;

use url::Url;

/// What a store says of a file besides its bytes.
#[derive(Debug, Clone)]
pub(crate) struct Headers<'a> {
    /// Content-Type.
    pub(crate) media_type: &'a str,
    /// Content-Disposition.
    pub(crate) disposition: Option<&'a str>,
    /// Cache-Control.
    pub(crate) cache: &'a str,
}

/// A store. Paths are relative to the site and safe.
///
/// New files first wait under names of their own, where no reader sees them; only when all are there are they put in their
/// places. So a run that ends while files are sent leaves the site as it was, byte for byte.
pub(crate) trait Store: Sync {
    /// Opens a file; none when it is not there. The manifest of a large site is better read than held.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot say.
    fn read(&self, path: &str) -> Result<Option<Box<dyn Read>>, StoreError>;

    /// Makes ready for writing.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot be written to, or another run is writing to it.
    fn begin(&self) -> Result<(), StoreError>;

    /// The files that wait, by name, with their sizes: what a run left that ended early.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot say.
    fn waiting(&self) -> Result<BTreeMap<String, u64>, StoreError>;

    /// Lets a file wait, whole or not at all.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be sent, retries included.
    fn hold(&self, name: &str, bytes: Vec<u8>, headers: &Headers<'_>) -> Result<(), StoreError>;

    /// Makes sure that what waits outlasts a loss of power.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot.
    fn settle(&self) -> Result<(), StoreError>;

    /// Puts a file that waits in its place, whole or not at all.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be put there.
    fn release(&self, name: &str, path: &str) -> Result<(), StoreError>;

    /// Removes files that wait, and whatever was made for waiting.
    ///
    /// # Errors
    /// [`StoreError`] when they could not be removed.
    fn forget(&self, names: &BTreeSet<String>) -> Result<(), StoreError>;

    /// Puts a small file in its place at once, whole or not at all.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be put, retries included.
    fn put(&self, path: &str, bytes: Vec<u8>, headers: &Headers<'_>) -> Result<(), StoreError>;

    /// Removes files; one that is not there is no error.
    ///
    /// # Errors
    /// [`StoreError`] when one could not be removed.
    fn remove(&self, paths: &[&str]) -> Result<(), StoreError>;

    /// The files that stand there, with their sizes; those that wait are not among them.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot say.
    fn standing(&self) -> Result<BTreeMap<String, u64>, StoreError>;

    /// Whether anything at all stands there.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot say.
    fn is_empty(&self) -> Result<bool, StoreError>;

    /// How many files may be sent at once.
    fn width(&self) -> usize;
}

/// The folder in which files wait. No path of a site begins with a full stop, and no output folder's record has this name.
const WAITING: &str = ".flashpoint-new";

/// Why a store did not do as asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// Something has to be set or made first: credentials, a bucket.
    #[error("{what}: {reason}")]
    Setup {
        /// What was asked.
        what: String,
        /// Why it failed.
        reason: String,
    },
    /// The store was asked and failed.
    #[error("{what}: {reason}")]
    Failed {
        /// What was asked.
        what: String,
        /// Why it failed.
        reason: String,
    },
}

impl StoreError {
    fn setup(what: impl Into<String>, reason: impl ToString) -> Self {
        Self::Setup {
            what: what.into(),
            reason: reason.to_string(),
        }
    }

    fn failed(what: impl Into<String>, reason: impl ToString) -> Self {
        Self::Failed {
            what: what.into(),
            reason: reason.to_string(),
        }
    }
}

/// A place for a site, as named on the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A folder.
    Folder(PathBuf),
    /// A bucket and the path under which the site stands in it.
    S3 {
        /// The bucket.
        bucket: String,
        /// The path, without slashes at its ends; empty for the whole bucket.
        prefix: String,
    },
}

/// Why a target cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TargetError {
    /// A scheme that no store has.
    #[error(
        "`{scheme}://` is no place this program can put a site; it knows folders, file:// and s3://"
    )]
    Scheme {
        /// The scheme.
        scheme: String,
    },
    /// An address that names no place.
    #[error("`{target}` is no place for a site: {reason}")]
    Address {
        /// The address.
        target: String,
        /// Why.
        reason: String,
    },
}

impl Target {
    /// Reads a target: a path, `file://` or `s3://bucket/path`.
    ///
    /// # Errors
    /// [`TargetError`] for what is neither.
    pub fn parse(text: &str) -> Result<Self, TargetError> {
        let wrong = |reason: &str| TargetError::Address {
            target: text.to_owned(),
            reason: reason.to_owned(),
        };
        let Some((scheme, _)) = text.split_once("://") else {
            return if text.is_empty() {
                Err(wrong("it is empty"))
            } else {
                Ok(Self::Folder(PathBuf::from(text)))
            };
        };
        if !matches!(scheme, "file" | "s3") {
            return Err(TargetError::Scheme {
                scheme: scheme.to_owned(),
            });
        }
        let url = Url::parse(text).map_err(|error| wrong(&error.to_string()))?;
        if url.query().is_some() || url.fragment().is_some() || !url.username().is_empty() {
            return Err(wrong("it has more than a place and a path"));
        }
        match scheme {
            "file" => url
                .to_file_path()
                .map(Self::Folder)
                .map_err(|()| wrong("it has to be a path of this machine")),
            _ => {
                let bucket = url
                    .host_str()
                    .filter(|bucket| !bucket.is_empty())
                    .ok_or_else(|| wrong("it names no bucket"))?;
                let path = percent_encoding::percent_decode_str(url.path()).decode_utf8();
                let prefix = path
                    .map_err(|_| wrong("its path is not UTF-8"))?
                    .trim_matches('/')
                    .to_owned();
                Ok(Self::S3 {
                    bucket: bucket.to_owned(),
                    prefix,
                })
            }
        }
    }

    /// Opens the store.
    pub(crate) fn open(&self) -> Result<Box<dyn Store>, StoreError> {
        match self {
            Self::Folder(root) => Ok(Box::new(local::Folder::new(root.clone()))),
            Self::S3 { bucket, prefix } => Ok(Box::new(s3::Bucket::open(bucket, prefix)?)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_folders_files_and_buckets_and_nothing_else() {
        let folder = |path: &str| Ok(Target::Folder(PathBuf::from(path)));
        assert_eq!(Target::parse("./public"), folder("./public"));
        assert_eq!(Target::parse("file:///tmp/a%20b"), folder("/tmp/a b"));
        let bucket = |prefix: &str| {
            Ok(Target::S3 {
                bucket: "essays".to_owned(),
                prefix: prefix.to_owned(),
            })
        };
        assert_eq!(Target::parse("s3://essays"), bucket(""));
        assert_eq!(Target::parse("s3://essays/a/b%20c/"), bucket("a/b c"));
        for wrong in [
            "",
            "ftp://host/x",
            "s3://",
            "s3:///x",
            "file://host/x",
            "s3://b/x?y",
            "gopher://",
        ] {
            assert!(Target::parse(wrong).is_err(), "{wrong}");
        }
    }
}
