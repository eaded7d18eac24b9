//! Writing editions so that no reader ever sees half a file, and a failure leaves the edition before it in place.
//!
//! A finished edition is first written aside ([`stage`]). Several pieces are then put in place together ([`commit`]):
//! every file is synced, then renamed, then the folder is synced. A name in the folder therefore always means a whole
//! file, the old or the new one, through kill and power loss alike; and one wait for the medium serves many files.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use super::disk::Disk;
use super::hash;
use super::record::Stamp;

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
pub(super) struct Staged {
    file: File,
    aside: Option<PathBuf>,
    target: PathBuf,
    /// The SHA-256 of its bytes.
    pub(super) hash: String,
}

impl Drop for Staged {
    fn drop(&mut self) {
        if let Some(aside) = &self.aside {
            // What cannot be removed now goes with the run's folder.
            let _ = std::fs::remove_file(aside);
        }
    }
}

/// Writes an edition aside.
///
/// # Errors
/// [`WriteError`]; nothing is left aside then.
pub(super) fn stage(
    disk: &dyn Disk,
    unfinished: &Path,
    target: PathBuf,
    bytes: &[u8],
) -> Result<Staged, WriteError> {
    let name = target.file_name().unwrap_or_default();
    let aside = unfinished.join(name);
    match disk.write_new(&aside, bytes) {
        Ok(file) => Ok(Staged {
            file,
            aside: Some(aside),
            target,
            hash: hash::bytes(bytes),
        }),
        Err(source) => {
            let _ = std::fs::remove_file(&aside);
            Err(WriteError {
                action: "write",
                path: target,
                source,
            })
        }
    }
}

/// An edition in its place.
#[derive(Debug)]
pub(super) struct Placed {
    /// Its path.
    pub(super) path: PathBuf,
    /// The SHA-256 of its bytes.
    pub(super) hash: String,
    /// The file as the system shows it.
    pub(super) stamp: Stamp,
}

/// Puts staged editions in their places; each succeeds or fails for itself.
pub(super) fn commit(
    disk: &dyn Disk,
    root: &Path,
    staged: Vec<Staged>,
) -> Vec<Result<Placed, WriteError>> {
    let synced: Vec<_> = staged
        .into_iter()
        .map(|staged| match disk.sync(&staged.file) {
            Ok(()) => Ok(staged),
            Err(error) => Err(failed("write", &staged.target, error)),
        })
        .collect();
    let mut placed: Vec<_> = synced
        .into_iter()
        .map(|staged| place(disk, staged?))
        .collect();
    if let Err(error) = disk.sync_folder(root) {
        // The files are whole, but whether their names outlast a power loss is unknown: not recorded, made again.
        for edition in &mut placed {
            if let Ok(done) = edition {
                *edition = Err(failed(
                    "make sure of",
                    &done.path,
                    io::Error::new(error.kind(), error.to_string()),
                ));
            }
        }
    }
    placed
}

fn place(disk: &dyn Disk, mut staged: Staged) -> Result<Placed, WriteError> {
    let Some(aside) = staged.aside.take() else {
        unreachable!("an edition is put in its place once");
    };
    let outcome = disk
        .rename(&aside, &staged.target)
        .and_then(|()| staged.file.metadata());
    match outcome {
        Ok(metadata) => Ok(Placed {
            path: std::mem::take(&mut staged.target),
            hash: std::mem::take(&mut staged.hash),
            stamp: Stamp::of(&metadata),
        }),
        Err(error) => {
            let _ = std::fs::remove_file(&aside);
            Err(failed("put in place", &staged.target, error))
        }
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
    use super::*;
    use std::fs;

    #[test]
    fn an_edition_replaces_the_one_before_and_leaves_nothing_aside() {
        let root = tempfile::tempdir().unwrap();
        let aside = root.path().join("run");
        fs::create_dir(&aside).unwrap();
        let target = root.path().join("a.pdf");
        fs::write(&target, "old").unwrap();
        let staged = stage(&RealDisk, &aside, target.clone(), b"new").unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"old");
        let placed = commit(&RealDisk, root.path(), vec![staged])
            .remove(0)
            .unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"new");
        assert_eq!(placed.stamp, Stamp::of(&fs::metadata(&target).unwrap()));
        assert_eq!(placed.hash, hash::bytes(b"new"));
        assert_eq!(fs::read_dir(&aside).unwrap().count(), 0);
    }

    #[test]
    fn an_edition_dropped_before_its_place_leaves_nothing() {
        let root = tempfile::tempdir().unwrap();
        let target = root.path().join("elsewhere/a.pdf");
        let staged = stage(&RealDisk, root.path(), target, b"new").unwrap();
        drop(staged);
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 0);
    }
}
