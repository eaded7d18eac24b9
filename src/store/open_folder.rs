//! Folders that are held open: what is done in one stays in it, whatever becomes of its path meanwhile.
//!
//! A name is looked up in the folder that is held, and a symbolic link is not followed: neither a link that somebody planted nor
//! one that appears between two steps can lead a run to another place.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::gate::{patiently, plain};
use crate::platform::{EntryKind, FileUse, Folder};

/// A folder that is held open.
#[derive(Debug)]
pub struct OpenFolder {
    folder: Folder,
    path: PathBuf,
}

impl OpenFolder {
    /// Opens a folder by its path, the links in which are the user's own and are followed.
    ///
    /// # Errors
    /// What the system gave.
    pub fn open(path: &Path) -> io::Result<Self> {
        // An empty path names the current folder, as that of a file without a folder does.
        let named = match path.as_os_str().is_empty() {
            true => Path::new("."),
            false => path,
        };
        let folder = patiently(|| Folder::open(named))?;
        Ok(Self {
            folder,
            path: path.to_owned(),
        })
    }

    /// Its path as it was named, for messages.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Opens a folder in it.
    ///
    /// # Errors
    /// What the system gave; a symbolic link is told.
    pub fn subfolder(&self, name: impl AsRef<Path>) -> io::Result<Self> {
        let name = name.as_ref();
        let folder = patiently(|| self.folder.subfolder(name))
            .map_err(|error| self.naming_links(name, error))?;
        Ok(Self {
            folder,
            path: self.path.join(name),
        })
    }

    /// Opens a folder in it, made where it is missing.
    ///
    /// # Errors
    /// What the system gave; a symbolic link is told.
    pub fn create_subfolder(&self, name: impl AsRef<Path>) -> io::Result<Self> {
        let name = name.as_ref();
        match self.folder.make(name) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
            _ => self.subfolder(name),
        }
    }

    /// Opens a folder in it that must be new.
    ///
    /// # Errors
    /// What the system gave.
    pub fn create_new_subfolder(&self, name: impl AsRef<Path>) -> io::Result<Self> {
        let name = name.as_ref();
        self.folder.make(name)?;
        self.subfolder(name)
    }

    /// Opens a plain file for reading.
    ///
    /// # Errors
    /// What the system gave; whatever is no plain file is told and not waited for.
    pub fn read(&self, name: impl AsRef<Path>) -> io::Result<File> {
        self.open_file(name, FileUse::Read)
    }

    /// Waits until a plain file is on the medium, and gives it for reading.
    ///
    /// # Errors
    /// What the system gave; whatever is no plain file is told and not waited for.
    pub fn synced(&self, name: impl AsRef<Path>) -> io::Result<File> {
        let file = self.open_file(name, FileUse::Sync)?;
        file.sync_all()?;
        Ok(file)
    }

    /// Opens a plain file for reading and appending, made where it is missing.
    ///
    /// # Errors
    /// What the system gave; whatever is no plain file is told and not waited for.
    pub fn append(&self, name: impl AsRef<Path>) -> io::Result<File> {
        self.open_file(name, FileUse::Append)
    }

    /// Creates a file that must be new.
    ///
    /// # Errors
    /// What the system gave.
    pub fn create(&self, name: impl AsRef<Path>) -> io::Result<File> {
        self.open_file(name, FileUse::Create)
    }

    fn open_file(&self, name: impl AsRef<Path>, how: FileUse) -> io::Result<File> {
        let name = name.as_ref();
        let file = patiently(|| self.folder.file(name, how));
        plain(file.map_err(|error| self.naming_links(name, error))?)
    }

    /// Puts a file of this folder in the place of one in another, at once and whole.
    ///
    /// # Errors
    /// What the system gave.
    pub fn rename(
        &self,
        name: impl AsRef<Path>,
        to: &Self,
        new_name: impl AsRef<Path>,
    ) -> io::Result<()> {
        let (name, new_name) = (name.as_ref(), new_name.as_ref());
        patiently(|| self.folder.rename(name, &to.folder, new_name))
    }

    /// Removes a file, or a link itself; one that is missing is no error.
    ///
    /// # Errors
    /// What the system gave.
    pub fn remove(&self, name: impl AsRef<Path>) -> io::Result<()> {
        let name = name.as_ref();
        missing_or(patiently(|| self.folder.remove(name)))
    }

    /// Removes an empty folder; one that is missing is no error.
    ///
    /// # Errors
    /// What the system gave.
    pub fn remove_empty(&self, name: impl AsRef<Path>) -> io::Result<()> {
        let name = name.as_ref();
        missing_or(patiently(|| self.folder.remove_empty(name)))
    }

    /// Removes a folder with the files in it; a folder inside it, which this program puts none in, makes it stay.
    ///
    /// # Errors
    /// What the system gave.
    pub fn remove_with_files(&self, name: impl AsRef<Path>) -> io::Result<()> {
        let name = name.as_ref();
        let folder = match self.subfolder(name) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            folder => folder?,
        };
        for inner in folder.names()? {
            folder.remove(&inner)?;
        }
        // While it is held it cannot be removed on every system.
        drop(folder);
        self.remove_empty(name)
    }

    /// What stands at a name; none where nothing does. A link is not followed.
    ///
    /// # Errors
    /// What the system gave.
    pub(crate) fn kind(&self, name: impl AsRef<Path>) -> io::Result<Option<EntryKind>> {
        self.folder.kind(name.as_ref())
    }

    /// The names in it, in no order.
    ///
    /// # Errors
    /// What the system gave.
    pub(crate) fn names(&self) -> io::Result<Vec<OsString>> {
        patiently(|| self.folder.names())
    }

    /// Waits until its names are on the medium.
    ///
    /// # Errors
    /// What the system gave.
    pub fn sync(&self) -> io::Result<()> {
        self.folder.sync()
    }

    /// The folder as the system holds it, for locks and whole file systems.
    pub(super) fn handle(&self) -> &Folder {
        &self.folder
    }

    /// The system says of a link that it is no folder, or that there are too many of them.
    fn naming_links(&self, name: impl AsRef<Path>, error: io::Error) -> io::Error {
        match self.folder.is_link(name.as_ref()) {
            true => io::Error::other("a symbolic link stands there, and links are not followed"),
            false => error,
        }
    }
}

/// What was removed, or was not there.
fn missing_or(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}

/// Puts bytes in the place of a file, at once and whole: written beside, then renamed. A link leads to the file that is
/// written, and what stood there gives its permissions.
///
/// # Errors
/// What the system said; what stood there stands there still.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let name = path.file_name().ok_or(io::ErrorKind::InvalidFilename)?;
    let folder = OpenFolder::open(path.parent().unwrap_or(Path::new("")))?;
    let unfinished = format!(".flashpoint-{}", super::unpredictable());
    let written = folder
        .create(&unfinished)
        .and_then(|mut file| {
            file.write_all(bytes)?;
            if let Ok(before) = path.metadata() {
                file.set_permissions(before.permissions())?;
            }
            file.sync_all()
        })
        .and_then(|()| folder.rename(&unfinished, &folder, name));
    if written.is_err() {
        // What cannot be removed is a hidden file, and harms nobody.
        let _ = folder.remove(&unfinished);
    }
    written
}
