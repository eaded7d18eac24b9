//! A folder of this machine.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs;
use std::io::{self, ErrorKind, Read, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::open_folder::OpenFolder;
use super::{
    Fetched, Guard, Headers, ListedFile, STAGING, Standing, Store, StoreError, Version, Versioned,
    unpredictable,
};
use crate::digest::Sha256;
use crate::platform::{EntryKind, LOCK, Locking, Sharing};

/// A folder. Files are staged inside it and renamed, so that no reader ever sees half a file.
pub(crate) struct FolderStore {
    root: PathBuf,
    /// The root, and its lock while this run writes to it; the system lets go of the lock however the run ends.
    locked: OnceLock<(OpenFolder, Option<fs::File>)>,
    /// The folder of staged files, made for the first of them.
    staging: Mutex<Option<Arc<OpenFolder>>>,
}

impl FolderStore {
    pub(super) fn new(root: PathBuf) -> Self {
        Self {
            root,
            locked: OnceLock::new(),
            staging: Mutex::default(),
        }
    }

    fn error(&self, doing: &str, path: &str, error: &io::Error) -> StoreError {
        let place = self.root.join(path);
        StoreError::failed(format!("cannot {doing} {}", place.display()), error)
    }

    /// The root; none where it is missing.
    fn root(&self) -> io::Result<Option<OpenFolder>> {
        present(OpenFolder::open(&self.root))
    }

    /// The root of a store that is being written to.
    fn writable(&self) -> io::Result<&OpenFolder> {
        let unlocked = || io::Error::other("the store was not locked first");
        self.locked.get().map(|(root, _)| root).ok_or_else(unlocked)
    }

    /// Opens the root, made where it is missing, and locks it in one of two ways.
    fn begin_with(&self, sharing: Sharing) -> Result<(), StoreError> {
        let failed = |error: io::Error| self.error("write to", "", &error);
        fs::create_dir_all(&self.root).map_err(failed)?;
        let root = OpenFolder::open(&self.root).map_err(failed)?;
        match root.handle().lock(sharing).map_err(failed)? {
            Locking::Locked(lock) => {
                self.locked.get_or_init(|| (root, lock));
                Ok(())
            }
            Locking::Taken => Err(StoreError::failed(
                format!("cannot write to {}", self.root.display()),
                "another run is putting a site there; wait for it to end",
            )),
        }
    }

    fn staging(&self) -> io::Result<Arc<OpenFolder>> {
        let mut staging = self.staging.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(folder) = &*staging {
            return Ok(Arc::clone(folder));
        }
        let folder = Arc::new(self.writable()?.create_subfolder(STAGING)?);
        *staging = Some(Arc::clone(&folder));
        Ok(folder)
    }

    /// Lets go of the folder of staged files: while it is held it cannot be removed on every system.
    fn let_go(&self) {
        let mut staging = self.staging.lock().unwrap_or_else(PoisonError::into_inner);
        *staging = None;
    }

    fn try_stage(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let staging = self.staging()?;
        let part = format!("{}.part", unpredictable());
        let written = staging
            .create(&part)
            .and_then(|mut file| file.write_all(bytes))
            .and_then(|()| staging.rename(&part, &staging, name));
        if written.is_err() {
            // What cannot be removed now goes with the folder.
            let _ = staging.remove(&part);
        }
        written
    }

    fn try_promote(&self, name: &str, path: &str) -> io::Result<()> {
        let (folders, leaf) = split(path);
        let mut folder = None;
        for part in folders {
            let above = folder.as_ref().map_or_else(|| self.writable(), Ok)?;
            let below = above.create_subfolder(part)?;
            folder = Some(below);
        }
        let folder = folder.as_ref().map_or_else(|| self.writable(), Ok)?;
        self.staging()?.rename(name, folder, leaf)
    }

    /// Removes a file, and the folders that it leaves empty; one with anything else in it stays.
    fn try_remove(&self, path: &str) -> io::Result<()> {
        let (folders, leaf) = split(path);
        let root = self.writable()?;
        let mut open: Vec<OpenFolder> = Vec::new();
        for part in &folders {
            let Some(below) = present(open.last().unwrap_or(root).subfolder(part))? else {
                return Ok(());
            };
            open.push(below);
        }
        open.last().unwrap_or(root).remove(leaf)?;
        while open.pop().is_some() {
            let name = folders[open.len()];
            if open.last().unwrap_or(root).remove_empty(name).is_err() {
                break;
            }
        }
        Ok(())
    }

    fn standing(&self, root: &OpenFolder, path: &str) -> io::Result<Option<Standing>> {
        let (folders, leaf) = split(path);
        let mut folder: Option<OpenFolder> = None;
        for part in folders {
            let above = folder.as_ref().unwrap_or(root);
            match above.kind(part)? {
                None => return Ok(None),
                Some(EntryKind::Folder) => folder = Some(above.subfolder(part)?),
                // No file can be put below that.
                Some(_) => return Ok(Some(Standing::Other)),
            }
        }
        let kind = folder.as_ref().unwrap_or(root).kind(leaf)?;
        Ok(kind.map(|kind| match kind {
            EntryKind::File(size) => Standing::File(size),
            EntryKind::Folder | EntryKind::Other => Standing::Other,
        }))
    }
}

impl Store for FolderStore {
    fn read(&self, path: &str) -> Result<Option<Box<dyn Read>>, StoreError> {
        let open = || -> io::Result<Option<Box<dyn Read>>> {
            let Some(mut folder) = self.root()? else {
                return Ok(None);
            };
            let (folders, leaf) = split(path);
            for part in folders {
                let Some(below) = present(folder.subfolder(part))? else {
                    return Ok(None);
                };
                folder = below;
            }
            Ok(present(folder.read(leaf))?.map(|file| Box::new(file) as Box<dyn Read>))
        };
        open().map_err(|error| self.error("read", path, &error))
    }

    fn read_version(&self, path: &str) -> Result<Option<Versioned>, StoreError> {
        let Some(mut file) = self.read(path)? else {
            return Ok(None);
        };
        let mut bytes = Vec::new();
        let read = file.read_to_end(&mut bytes);
        read.map_err(|error| self.error("read", path, &error))?;
        let version = Version(Sha256::of(&bytes).to_string());
        Ok(Some((Box::new(io::Cursor::new(bytes)), version)))
    }

    fn fetch(&self, path: &str, limit: u64) -> Result<Option<Fetched>, StoreError> {
        let Some(file) = self.read(path)? else {
            return Ok(None);
        };
        let mut bytes = Vec::new();
        let read = file.take(limit).read_to_end(&mut bytes);
        read.map_err(|error| self.error("read", path, &error))?;
        Ok(Some((bytes, None)))
    }

    fn each(&self, take: &mut dyn FnMut(ListedFile) -> ControlFlow<()>) -> Result<(), StoreError> {
        for (path, size) in self.list()? {
            let tag = None;
            if take(ListedFile { path, size, tag }).is_break() {
                break;
            }
        }
        Ok(())
    }

    fn list_folder(&self, folder: &str) -> Result<BTreeMap<String, u64>, StoreError> {
        let found = || -> io::Result<BTreeMap<String, u64>> {
            let Some(mut open) = self.root()? else {
                return Ok(BTreeMap::new());
            };
            for part in folder.split('/') {
                let Some(below) = present(open.subfolder(part))? else {
                    return Ok(BTreeMap::new());
                };
                open = below;
            }
            files(open)
        };
        found().map_err(|error| self.error("list", folder, &error))
    }

    fn begin_shared(&self) -> Result<(), StoreError> {
        self.begin_with(Sharing::Shared)
    }

    fn begin(&self) -> Result<(), StoreError> {
        self.begin_with(Sharing::Alone)
    }

    fn staged(&self) -> Result<BTreeMap<String, u64>, StoreError> {
        let found = || match self.root()? {
            Some(root) => match present(root.subfolder(STAGING))? {
                Some(staging) => files(staging),
                None => Ok(BTreeMap::new()),
            },
            None => Ok(BTreeMap::new()),
        };
        found().map_err(|error| self.error("list", STAGING, &error))
    }

    fn stage(&self, name: &str, bytes: Vec<u8>, _: &Headers<'_>) -> Result<(), StoreError> {
        self.try_stage(name, &bytes)
            .map_err(|error| self.error("write", STAGING, &error))
    }

    /// Where a system waits for files and not for drives, those that are staged are all that there is to wait for; and no lock or
    /// file of others is in the way among them.
    fn sync(&self) -> Result<(), StoreError> {
        self.staging()
            .and_then(|staging| staging.handle().sync_all())
            .map_err(|error| self.error("write to", "", &error))
    }

    fn promote(&self, name: &str, path: &str) -> Result<(), StoreError> {
        self.try_promote(name, path)
            .map_err(|error| self.error("write", path, &error))
    }

    fn discard(&self, _: &BTreeSet<String>) -> Result<(), StoreError> {
        self.let_go();
        self.writable()
            .and_then(|root| root.remove_with_files(STAGING))
            .map_err(|error| self.error("remove", STAGING, &error))
    }

    fn put(&self, path: &str, bytes: Vec<u8>, headers: &Headers<'_>) -> Result<(), StoreError> {
        let name = unpredictable();
        self.stage(&name, bytes, headers)?;
        self.sync()?;
        self.promote(&name, path)
    }

    fn put_all(
        &self,
        files: Vec<(String, Vec<u8>)>,
        headers: &Headers<'_>,
    ) -> Result<(), StoreError> {
        if files.is_empty() {
            return Ok(());
        }
        let mut staged = Vec::with_capacity(files.len());
        for (path, bytes) in files {
            let name = unpredictable();
            self.stage(&name, bytes, headers)?;
            staged.push((name, path));
        }
        self.sync()?;
        staged
            .iter()
            .try_for_each(|(name, path)| self.promote(name, path))
    }

    /// The digest of the bytes: the folder is locked while it matters.
    fn version(&self, path: &str) -> Result<Option<Version>, StoreError> {
        let Some(file) = self.read(path)? else {
            return Ok(None);
        };
        let digest = Sha256::of_reader(file);
        let digest = digest.map_err(|error| self.error("read", path, &error))?;
        Ok(Some(Version(digest.to_string())))
    }

    fn put_version(
        &self,
        path: &str,
        bytes: Vec<u8>,
        headers: &Headers<'_>,
    ) -> Result<Version, StoreError> {
        let version = Version(Sha256::of(&bytes).to_string());
        self.put(path, bytes, headers)?;
        Ok(version)
    }

    fn put_if(
        &self,
        path: &str,
        bytes: Vec<u8>,
        headers: &Headers<'_>,
        expected: Option<&Version>,
    ) -> Result<Option<Version>, StoreError> {
        if self.version(path)?.as_ref() != expected {
            return Ok(None);
        }
        let version = Version(Sha256::of(&bytes).to_string());
        self.put(path, bytes, headers)?;
        Ok(Some(version))
    }

    fn written_at(&self, path: &str) -> Result<Option<u64>, StoreError> {
        let modified = match fs::metadata(self.root.join(path)).and_then(|file| file.modified()) {
            Ok(modified) => modified,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(self.error("read", path, &error)),
        };
        let since = modified.duration_since(std::time::UNIX_EPOCH);
        Ok(Some(since.unwrap_or_default().as_secs()))
    }

    fn guard(&self) -> Guard {
        Guard::Lock
    }

    fn remove(&self, paths: &[&str]) -> Result<(), StoreError> {
        let remove = |path: &&str| {
            self.try_remove(path)
                .map_err(|error| self.error("remove", path, &error))
        };
        paths.iter().try_for_each(remove)
    }

    fn list(&self) -> Result<BTreeMap<String, u64>, StoreError> {
        let found = || match self.root()? {
            Some(root) => files(root),
            None => Ok(BTreeMap::new()),
        };
        found().map_err(|error| self.error("list", "", &error))
    }

    fn standing_at(&self, paths: &[&str]) -> Result<BTreeMap<String, Standing>, StoreError> {
        let failed = |error: io::Error| self.error("list", "", &error);
        let Some(root) = self.root().map_err(failed)? else {
            return Ok(BTreeMap::new());
        };
        let mut found = BTreeMap::new();
        for path in paths {
            if let Some(standing) = self.standing(&root, path).map_err(failed)? {
                found.insert((*path).to_owned(), standing);
            }
        }
        Ok(found)
    }

    fn is_empty(&self) -> Result<bool, StoreError> {
        let is_empty = || match self.root()? {
            // What a run staged that ended early is ours.
            Some(root) => Ok(root
                .names()?
                .iter()
                .all(|name| name == STAGING || name == LOCK)),
            None => Ok(true),
        };
        is_empty().map_err(|error| self.error("list", "", &error))
    }

    fn concurrency(&self) -> usize {
        2
    }
}

impl Drop for FolderStore {
    fn drop(&mut self) {
        self.let_go();
        if let Some((root, _)) = self.locked.get() {
            // A run that ends early leaves what it staged for the next one, but no folder without anything in it.
            let _ = root.remove_empty(STAGING);
        }
    }
}

/// What was opened; none where it is missing.
fn present<T>(opened: io::Result<T>) -> io::Result<Option<T>> {
    match opened {
        Ok(opened) => Ok(Some(opened)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// The folders of a path, and the name of its file.
fn split(path: &str) -> (Vec<&str>, &str) {
    let mut parts: Vec<&str> = path.split('/').collect();
    let leaf = parts.pop().unwrap_or_default();
    (parts, leaf)
}

/// Every file below a folder with its size, but not below a folder of it whose name begins with a full stop.
fn files(root: OpenFolder) -> io::Result<BTreeMap<String, u64>> {
    let mut found = BTreeMap::new();
    // Paths, not open folders: a site has more of them than a process may hold open.
    let mut below = vec![String::new()];
    while let Some(path) = below.pop() {
        let Some(folder) = descend(&root, &path)? else {
            continue;
        };
        let folder = folder.as_ref().unwrap_or(&root);
        // No path of ours has other than plain characters.
        let names = folder.names()?.into_iter();
        for name in names.filter_map(|name: OsString| name.into_string().ok()) {
            match folder.kind(&name)? {
                Some(EntryKind::Folder) if !name.starts_with('.') => {
                    below.push(format!("{path}{name}/"));
                }
                Some(EntryKind::File(size)) if name != LOCK => {
                    found.insert(format!("{path}{name}"), size);
                }
                _ => {}
            }
        }
    }
    Ok(found)
}

/// The folder at a path that ends with a slash, or the root itself; none where it is gone meanwhile.
fn descend(root: &OpenFolder, path: &str) -> io::Result<Option<Option<OpenFolder>>> {
    let mut folder = None;
    for part in path.split_terminator('/') {
        let above = folder.as_ref().unwrap_or(root);
        match present(above.subfolder(part))? {
            Some(below) => folder = Some(below),
            None => return Ok(None),
        }
    }
    Ok(Some(folder))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    const HEADERS: Headers<'static> = Headers {
        media_type: "text/plain",
        disposition: None,
        cache: "no-store",
    };

    #[test]
    fn what_was_staged_is_let_go_before_it_is_removed_and_staging_goes_on() {
        let place = tempfile::tempdir().unwrap();
        let store = FolderStore::new(place.path().to_owned());
        store.begin().unwrap();
        store.sync().unwrap();
        for text in ["first", "second"] {
            store.stage("a", text.into(), &HEADERS).unwrap();
            store.sync().unwrap();
            store.promote("a", "pages/a.txt").unwrap();
            store.stage("left", b"over".to_vec(), &HEADERS).unwrap();
            store.discard(&BTreeSet::new()).unwrap();
            assert!(!place.path().join(STAGING).exists());
            let found = fs::read_to_string(place.path().join("pages/a.txt")).unwrap();
            assert_eq!(found, text);
        }
        store.sync().unwrap();
        drop(store);
        assert!(!place.path().join(STAGING).exists());
    }
}
