//! Stores: folders and buckets. They read, list, put whole, and rename or copy; what the files are is no matter of theirs.
//!
//! A local folder needs nothing; `s3://` speaks to any service with the S3 interface.

mod folder;
mod gate;
#[cfg(feature = "s3")]
mod http;
mod open_folder;
#[cfg(feature = "s3")]
mod s3;
#[cfg(feature = "s3")]
mod s3_faults;
#[cfg(feature = "s3")]
mod signature;

pub(crate) use crate::platform::EntryKind;
pub(crate) use gate::{open_plain, patiently, read_plain};
pub use open_folder::OpenFolder;
pub(crate) use open_folder::replace;

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::Read;
use std::ops::ControlFlow;
use std::path::PathBuf;

use url::Url;

use crate::digest::hex;

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

/// A store. Paths are relative to its root and safe.
///
/// New files are first staged under names of their own, where no reader sees them; only when all are there are they promoted to
/// their places. So a run that ends while files are sent leaves what stood there as it was, byte for byte.
pub(crate) trait Store: Sync {
    /// Opens a file; none when it is not there. A large one is better read than held.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot say.
    fn read(&self, path: &str) -> Result<Option<Box<dyn Read>>, StoreError>;

    /// Reads a file with its version; none when it is not there.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot say.
    fn read_version(&self, path: &str) -> Result<Option<Versioned>, StoreError>;

    /// Reads a file whole, as far as a limit in bytes, with its tag where the store gives one; none when it is not there.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot say.
    fn fetch(&self, path: &str, limit: u64) -> Result<Option<Fetched>, StoreError>;

    /// Calls a function with each file that stands there, page by page, those of hidden folders left out or not.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot say.
    fn each(&self, take: &mut dyn FnMut(ListedFile) -> ControlFlow<()>) -> Result<(), StoreError>;

    /// The files below a folder, by what follows it, with their sizes.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot say.
    fn list_folder(&self, folder: &str) -> Result<BTreeMap<String, u64>, StoreError>;

    /// Makes ready for writing beside other runs that begin in the same way.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot be written to, or a run is writing to it that wants it for itself.
    fn begin_shared(&self) -> Result<(), StoreError>;

    /// Makes ready for writing.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot be written to, or another run is writing to it.
    fn begin(&self) -> Result<(), StoreError>;

    /// The staged files, by name, with their sizes: what a run left that ended early.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot say.
    fn staged(&self) -> Result<BTreeMap<String, u64>, StoreError>;

    /// Stages a file, whole or not at all.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be sent, retries included.
    fn stage(&self, name: &str, bytes: Vec<u8>, headers: &Headers<'_>) -> Result<(), StoreError>;

    /// Makes sure that what is staged outlasts a loss of power.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot.
    fn sync(&self) -> Result<(), StoreError>;

    /// Promotes a staged file to its place, whole or not at all.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be put there.
    fn promote(&self, name: &str, path: &str) -> Result<(), StoreError>;

    /// Removes staged files, and whatever was made for staging.
    ///
    /// # Errors
    /// [`StoreError`] when they could not be removed.
    fn discard(&self, names: &BTreeSet<String>) -> Result<(), StoreError>;

    /// Puts a small file in its place at once, whole or not at all.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be put, retries included.
    fn put(&self, path: &str, bytes: Vec<u8>, headers: &Headers<'_>) -> Result<(), StoreError>;

    /// Puts a file in its place at once, whole or not at all, and gives its new version.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be put, retries included.
    fn put_version(
        &self,
        path: &str,
        bytes: Vec<u8>,
        headers: &Headers<'_>,
    ) -> Result<Version, StoreError>;

    /// Puts small files in their places, each whole or not at all, with one wait for the medium.
    ///
    /// # Errors
    /// [`StoreError`] with the first that could not be put.
    fn put_all(
        &self,
        files: Vec<(String, Vec<u8>)>,
        headers: &Headers<'_>,
    ) -> Result<(), StoreError> {
        let mut files = files.into_iter();
        files.try_for_each(|(path, bytes)| self.put(&path, bytes, headers))
    }

    /// The version of what stands at a path; none where nothing does.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot say.
    fn version(&self, path: &str) -> Result<Option<Version>, StoreError>;

    /// Puts a small file in its place if a version stands there, or nothing where none is expected; gives the new version, or
    /// none where something else stands there.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be put, retries included.
    fn put_if(
        &self,
        path: &str,
        bytes: Vec<u8>,
        headers: &Headers<'_>,
        expected: Option<&Version>,
    ) -> Result<Option<Version>, StoreError>;

    /// When a file was written, in seconds since 1970 by the store's own clock; none where it does not stand there.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot say.
    fn written_at(&self, path: &str) -> Result<Option<u64>, StoreError>;

    /// What keeps two runs from writing at once.
    fn guard(&self) -> Guard;

    /// Removes files; one that is not there is no error.
    ///
    /// # Errors
    /// [`StoreError`] when one could not be removed.
    fn remove(&self, paths: &[&str]) -> Result<(), StoreError>;

    /// The files that stand there, with their sizes; staged ones are not among them.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot say.
    fn list(&self) -> Result<BTreeMap<String, u64>, StoreError>;

    /// What stands at these paths, where anything does.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot say.
    fn standing_at(&self, paths: &[&str]) -> Result<BTreeMap<String, Standing>, StoreError>;

    /// Whether anything at all stands there.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot say.
    fn is_empty(&self) -> Result<bool, StoreError>;

    /// What somebody should know of how the store is reached.
    fn caution(&self) -> Option<&'static str> {
        None
    }

    /// How many files may be sent at once.
    fn concurrency(&self) -> usize;
}

/// What names the bytes that stand at a path, for as long as they do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Version(String);

impl Version {
    /// The version that a store gave this tag.
    pub(crate) fn of_tag(tag: &str) -> Self {
        Self(tag.to_owned())
    }

    /// As a store spells it.
    pub(crate) fn text(&self) -> &str {
        &self.0
    }
}

/// The bytes of a file, and its tag where the store gives one.
pub(crate) type Fetched = (Vec<u8>, Option<String>);

/// A file as a listing gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ListedFile {
    /// Its path.
    pub(crate) path: String,
    /// Its size in bytes.
    pub(crate) size: u64,
    /// Its tag, where a listing gives one.
    pub(crate) tag: Option<String>,
}

/// A file that is open, with its version.
pub(crate) type Versioned = (Box<dyn Read>, Version);

/// What keeps two runs from writing to a store at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Guard {
    /// A lock that the system lets go of with the run: [`Store::begin`] takes it.
    Lock,
    /// Nothing but conditional puts: several machines may write.
    Conditions,
}

/// What stands at a path of a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// A file of this many bytes.
    File(u64),
    /// Something that is no file, or that leaves no room for a folder of the path.
    Other,
}

/// A name that nobody can know before it is used: the system gives each process keys of its own by chance.
pub(crate) fn unpredictable() -> String {
    let mut name = RandomState::new().build_hasher();
    name.write_u64(0);
    let first = name.finish();
    name.write_u64(first);
    hex(&[first.to_be_bytes(), name.finish().to_be_bytes()].concat())
}

/// The folder of staged files. No path begins with a full stop, and no output folder's record has this name.
const STAGING: &str = ".flashpoint-new";
/// What the names of all begin with that a run needs and a site does not.
#[cfg(feature = "s3")]
const OURS: &str = ".flashpoint-";

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

/// A folder or a bucket, as named on the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreAddress {
    /// A folder.
    Folder(PathBuf),
    /// A bucket and a path in it.
    S3 {
        /// The bucket.
        bucket: String,
        /// The path, without slashes at its ends; empty for the whole bucket.
        prefix: String,
    },
}

/// Why an address cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreAddressError {
    /// A scheme that no store has.
    #[error(
        "`{scheme}://` is no place that this program can write to; it knows folders, file:// and s3://"
    )]
    Scheme {
        /// The scheme.
        scheme: String,
    },
    /// An address that names no place.
    #[error("`{address}` is no folder or bucket: {reason}")]
    Address {
        /// The address.
        address: String,
        /// Why.
        reason: String,
    },
}

impl StoreAddress {
    /// Reads an address: a path, `file://` or `s3://bucket/path`.
    ///
    /// # Errors
    /// [`StoreAddressError`] for what is neither.
    pub fn parse(text: &str) -> Result<Self, StoreAddressError> {
        let wrong = |reason: &str| StoreAddressError::Address {
            address: text.to_owned(),
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
            return Err(StoreAddressError::Scheme {
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
            Self::Folder(root) => Ok(Box::new(folder::FolderStore::new(root.clone()))),
            #[cfg(feature = "s3")]
            Self::S3 { bucket, prefix } => Ok(Box::new(s3::BucketStore::open(bucket, prefix)?)),
            #[cfg(not(feature = "s3"))]
            Self::S3 { bucket, .. } => Err(StoreError::setup(
                format!("cannot reach s3://{bucket}"),
                "this program was built without buckets; build it with `--features s3`",
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_folders_files_and_buckets_and_nothing_else() {
        let folder = |path: &str| Ok(StoreAddress::Folder(PathBuf::from(path)));
        assert_eq!(StoreAddress::parse("./public"), folder("./public"));
        assert_eq!(StoreAddress::parse("file:///tmp/a%20b"), folder("/tmp/a b"));
        let bucket = |prefix: &str| {
            Ok(StoreAddress::S3 {
                bucket: "essays".to_owned(),
                prefix: prefix.to_owned(),
            })
        };
        assert_eq!(StoreAddress::parse("s3://essays"), bucket(""));
        assert_eq!(StoreAddress::parse("s3://essays/a/b%20c/"), bucket("a/b c"));
        for wrong in [
            "",
            "ftp://host/x",
            "s3://",
            "s3:///x",
            "file://host/x",
            "s3://b/x?y",
            "gopher://",
        ] {
            assert!(StoreAddress::parse(wrong).is_err(), "{wrong}");
        }
    }
}
