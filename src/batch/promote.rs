//! Writing editions so that no reader ever sees half a file, and a failure leaves the edition before it in place.
//!
//! A finished edition is first staged ([`stage`]). Several pieces are then promoted together ([`promote`]):
//! every file is synced, what stands in its place is asked after, then it is renamed, then the folder is synced. A name in the folder therefore always means a whole
//! file, the old or the new one, through kill and power loss alike; and one wait for the medium serves many files.

use std::io;
use std::path::{Path, PathBuf};

use super::disk::Disk;
use super::entry::FileStamp;
use super::output_folder::OutputFolder;
use crate::digest::Sha256;

/// Why an edition is not in its place.
#[derive(Debug, thiserror::Error)]
#[error("cannot {action} {}: {source}", path.display())]
pub(super) struct WriteError {
    /// What was tried.
    pub(super) action: &'static str,
    /// The edition's path.
    pub(super) path: PathBuf,
    /// What the system gave.
    pub(super) source: io::Error,
}

/// An edition that is written but not yet in its place; it is removed if it never gets there.
#[derive(Debug)]
pub(super) struct StagedEdition<'a> {
    folder: &'a OutputFolder,
    /// Its name, while it is staged and in its place.
    name: String,
    is_staged: bool,
    hash: Sha256,
}

impl StagedEdition<'_> {
    /// The SHA-256 of its bytes.
    pub(super) fn hash(&self) -> Sha256 {
        self.hash
    }

    /// Its path in the output folder.
    fn path(&self) -> PathBuf {
        self.folder.root().path().join(&self.name)
    }
}

impl Drop for StagedEdition<'_> {
    fn drop(&mut self) {
        if self.is_staged {
            // What cannot be removed now goes with the run's folder.
            let _ = self.folder.unfinished().remove(&self.name);
        }
    }
}

/// Stages an edition: writes it aside.
///
/// # Errors
/// [`WriteError`]; nothing is left aside then.
pub(super) fn stage<'a>(
    disk: &dyn Disk,
    folder: &'a OutputFolder,
    name: String,
    bytes: &[u8],
) -> Result<StagedEdition<'a>, WriteError> {
    let staged = StagedEdition {
        folder,
        name,
        is_staged: true,
        hash: Sha256::of(bytes),
    };
    let written = disk.write_new(folder.unfinished(), &staged.name, bytes);
    match written {
        Ok(()) => Ok(staged),
        Err(error) => Err(failed("write", &staged.path(), error)),
    }
}

/// An edition in its place.
#[derive(Debug)]
pub(super) struct PromotedEdition {
    /// Its path.
    pub(super) path: PathBuf,
    /// The SHA-256 of its bytes.
    pub(super) hash: Sha256,
    /// The file as the system shows it.
    pub(super) stamp: FileStamp,
    /// Where that is kept which stood in its place and was not as a run left it.
    pub(super) kept: Option<PathBuf>,
}

/// Looks at the place of the edition of this number at the last moment, and keeps aside what must not be lost; gives its path.
pub(super) type Keeper<'k> = &'k dyn Fn(usize) -> io::Result<Option<PathBuf>>;

/// Promotes staged editions; each succeeds or fails for itself.
pub(super) fn promote<'a>(
    disk: &dyn Disk,
    folder: &OutputFolder,
    staged: Vec<StagedEdition<'a>>,
    keep: Keeper<'_>,
) -> Vec<Result<PromotedEdition, WriteError>> {
    let sync = |staged: StagedEdition<'a>| match disk.sync(folder.unfinished(), &staged.name) {
        Ok(stamp) => Ok((staged, stamp)),
        Err(error) => Err(failed("write", &staged.path(), error)),
    };
    // All are on the medium before the first takes its place.
    let synced: Vec<_> = staged.into_iter().map(sync).collect();
    let mut promoted: Vec<_> = synced
        .into_iter()
        .enumerate()
        .map(|(number, synced)| {
            let (staged, stamp) = synced?;
            let kept = keep(number).map_err(|error| failed("keep aside", &staged.path(), error))?;
            promote_one(disk, staged, stamp, kept)
        })
        .collect();
    if let Err(error) = disk.sync_folder(folder.root()) {
        // The files are whole, but whether their names outlast a power loss is unknown: not recorded, built again.
        for edition in &mut promoted {
            if let Ok(done) = edition {
                *edition = Err(failed(
                    "make sure of",
                    &done.path,
                    io::Error::new(error.kind(), error.to_string()),
                ));
            }
        }
    }
    promoted
}

fn promote_one(
    disk: &dyn Disk,
    mut staged: StagedEdition<'_>,
    stamp: FileStamp,
    kept: Option<PathBuf>,
) -> Result<PromotedEdition, WriteError> {
    let path = staged.path();
    let (from, to) = (staged.folder.unfinished(), staged.folder.root());
    match disk.rename(from, &staged.name, to, &staged.name) {
        Ok(()) => {
            staged.is_staged = false;
            Ok(PromotedEdition {
                path,
                hash: staged.hash,
                stamp,
                kept,
            })
        }
        Err(error) => Err(failed("put in place", &path, error)),
    }
}

fn failed(action: &'static str, path: &Path, source: io::Error) -> WriteError {
    WriteError {
        action,
        path: path.to_owned(),
        source,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::super::disk::RealDisk;
    use super::super::output_folder::Work;
    use super::*;
    use std::fs;

    #[test]
    fn an_edition_replaces_the_one_before_and_leaves_nothing_staged() {
        let root = tempfile::tempdir().unwrap();
        let target = root.path().join("a.pdf");
        fs::write(&target, "old").unwrap();
        let folder = OutputFolder::open(root.path(), &Work::Merge).unwrap();
        let staged = stage(&RealDisk, &folder, "a.pdf".to_owned(), b"new").unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"old");
        let promoted = promote(&RealDisk, &folder, vec![staged], &|_| Ok(None))
            .remove(0)
            .unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"new");
        let stamp = FileStamp::of(&fs::metadata(&target).unwrap());
        assert_eq!((promoted.stamp, promoted.path), (stamp, target));
        assert_eq!(promoted.hash, Sha256::of(b"new"));
        assert_eq!(folder.unfinished().names().unwrap(), ["alive"]);
    }

    #[test]
    fn an_edition_dropped_before_its_place_leaves_nothing() {
        let root = tempfile::tempdir().unwrap();
        let folder = OutputFolder::open(root.path(), &Work::Merge).unwrap();
        drop(stage(&RealDisk, &folder, "a.pdf".to_owned(), b"new").unwrap());
        assert_eq!(folder.unfinished().names().unwrap(), ["alive"]);
        assert!(!root.path().join("a.pdf").exists());
    }
}
