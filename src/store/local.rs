//! A folder of this machine.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rustix::fs::{FlockOperation, flock};
use rustix::io::Errno;

use super::{Headers, Store, StoreError, WAITING};

/// A folder. Files wait inside it and are renamed, so that no reader ever sees half a file.
pub(crate) struct Folder {
    root: PathBuf,
    /// The root, locked while this run writes to it; the system lets go of the lock however the run ends.
    lock: Mutex<Option<File>>,
}

impl Folder {
    pub(crate) fn new(root: PathBuf) -> Self {
        Self {
            root,
            lock: Mutex::default(),
        }
    }

    fn waiting_room(&self) -> PathBuf {
        self.root.join(WAITING)
    }

    fn error(&self, doing: &str, path: &str, error: &io::Error) -> StoreError {
        let place = self.root.join(path);
        StoreError::failed(format!("cannot {doing} {}", place.display()), error)
    }
}

impl Store for Folder {
    fn read(&self, path: &str) -> Result<Option<Box<dyn Read>>, StoreError> {
        match File::open(self.root.join(path)) {
            Ok(file) => Ok(Some(Box::new(file))),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(self.error("read", path, &error)),
        }
    }

    fn begin(&self) -> Result<(), StoreError> {
        let failed = |error: io::Error| self.error("write to", "", &error);
        fs::create_dir_all(self.waiting_room()).map_err(failed)?;
        let root = File::open(&self.root).map_err(failed)?;
        match flock(&root, FlockOperation::NonBlockingLockExclusive) {
            // A file system that knows no locks has to do without.
            Ok(()) | Err(Errno::NOTSUP | Errno::NOSYS | Errno::NOLCK) => {}
            Err(Errno::WOULDBLOCK) => {
                return Err(StoreError::failed(
                    format!("cannot write to {}", self.root.display()),
                    "another run is putting a site there; wait for it to end",
                ));
            }
            Err(error) => return Err(failed(error.into())),
        }
        *self.lock.lock().unwrap_or_else(PoisonError::into_inner) = Some(root);
        Ok(())
    }

    fn waiting(&self) -> Result<BTreeMap<String, u64>, StoreError> {
        files(&self.waiting_room()).map_err(|error| self.error("list", WAITING, &error))
    }

    fn hold(&self, name: &str, bytes: Vec<u8>, _: &Headers<'_>) -> Result<(), StoreError> {
        let place = self.waiting_room().join(name);
        let part = place.with_extension("part");
        fs::write(&part, bytes)
            .and_then(|()| fs::rename(&part, &place))
            .map_err(|error| self.error("write", WAITING, &error))
    }

    fn settle(&self) -> Result<(), StoreError> {
        File::open(&self.root)
            .and_then(|root| sync(&root))
            .map_err(|error| self.error("write to", "", &error))
    }

    fn release(&self, name: &str, path: &str) -> Result<(), StoreError> {
        let place = self.root.join(path);
        let folder = place.parent().unwrap_or(&self.root);
        fs::create_dir_all(folder)
            .and_then(|()| fs::rename(self.waiting_room().join(name), &place))
            .map_err(|error| self.error("write", path, &error))
    }

    fn forget(&self, _: &BTreeSet<String>) -> Result<(), StoreError> {
        match fs::remove_dir_all(self.waiting_room()) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(self.error("remove", WAITING, &error))
            }
            _ => Ok(()),
        }
    }

    fn put(&self, path: &str, bytes: Vec<u8>, headers: &Headers<'_>) -> Result<(), StoreError> {
        self.hold(path, bytes, headers)?;
        self.settle()?;
        self.release(path, path)
    }

    fn remove(&self, paths: &[&str]) -> Result<(), StoreError> {
        for path in paths {
            let place = self.root.join(path);
            match fs::remove_file(&place) {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    return Err(self.error("remove", path, &error));
                }
                _ => remove_empty(&self.root, &place),
            }
        }
        Ok(())
    }

    fn standing(&self) -> Result<BTreeMap<String, u64>, StoreError> {
        files(&self.root).map_err(|error| self.error("list", "", &error))
    }

    fn is_empty(&self) -> Result<bool, StoreError> {
        match fs::read_dir(&self.root) {
            // The waiting room of a run that ended early is ours.
            Ok(entries) => {
                let mut others =
                    entries.filter(|entry| !entry.as_ref().is_ok_and(|e| e.file_name() == WAITING));
                Ok(others.next().is_none())
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(true),
            Err(error) => Err(self.error("list", "", &error)),
        }
    }

    fn width(&self) -> usize {
        2
    }
}

/// Removes the folders that a file leaves empty; one with anything else in it stays.
fn remove_empty(root: &Path, place: &Path) {
    let above = place.ancestors().skip(1);
    for folder in above.take_while(|folder| *folder != root) {
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
}

/// Every file below a folder with its size, but not below a folder of it whose name begins with a full stop.
fn files(root: &Path) -> io::Result<BTreeMap<String, u64>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![String::new()];
    while let Some(folder) = folders.pop() {
        let entries = match fs::read_dir(root.join(&folder)) {
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            entries => entries?,
        };
        for entry in entries {
            let entry = entry?;
            // No path of ours has other than plain characters.
            let Ok(name) = entry.file_name().into_string() else {
                continue;
            };
            let path = format!("{folder}{name}");
            let metadata = entry.metadata()?;
            if metadata.is_dir() && !name.starts_with('.') {
                folders.push(path + "/");
            } else if metadata.is_file() {
                found.insert(path, metadata.len());
            }
        }
    }
    Ok(found)
}

/// Waits until everything written to a folder's file system is on the medium: one wait for a whole site.
#[cfg(target_os = "linux")]
fn sync(folder: &File) -> io::Result<()> {
    rustix::fs::syncfs(folder).map_err(io::Error::from)
}

/// Waits until everything written is on the medium: one wait for a whole site.
#[cfg(not(target_os = "linux"))]
fn sync(_: &File) -> io::Result<()> {
    rustix::fs::sync();
    Ok(())
}
