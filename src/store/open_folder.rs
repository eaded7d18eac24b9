//! Folders that are held open: what is done in one stays in it, whatever becomes of its path meanwhile.
//!
//! A name is looked up in the open folder, never along a path, and a symbolic link is not followed (`openat` with `O_NOFOLLOW`):
//! neither a link that somebody planted nor one that appears between two steps can lead a run to another place.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, Write};
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStringExt;
use std::path::{Path, PathBuf};

use rustix::fs::{AtFlags, Dir, FileType, Mode, OFlags};
use rustix::io::Errno;

use super::gate::{patiently, plain};

/// A folder that is held open.
#[derive(Debug)]
pub struct OpenFolder {
    folder: OwnedFd,
    path: PathBuf,
}

/// What a name in a folder stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EntryKind {
    /// A plain file of this many bytes.
    File(u64),
    /// A folder.
    Folder,
    /// A link, a pipe, a device.
    Other,
}

/// The permissions that new files and folders get, less what the user's mask takes away.
const FILE_MODE: Mode = Mode::from_raw_mode(0o666);
const FOLDER_MODE: Mode = Mode::from_raw_mode(0o777);

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
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        let folder = patiently(|| rustix::fs::open(named, flags, Mode::empty()))?;
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
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let folder = patiently(|| rustix::fs::openat(&self.folder, name, flags, Mode::empty()))
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
        match rustix::fs::mkdirat(&self.folder, name, FOLDER_MODE) {
            Ok(()) | Err(Errno::EXIST) => self.subfolder(name),
            Err(error) => Err(error.into()),
        }
    }

    /// Opens a folder in it that must be new.
    ///
    /// # Errors
    /// What the system gave.
    pub fn create_new_subfolder(&self, name: impl AsRef<Path>) -> io::Result<Self> {
        let name = name.as_ref();
        rustix::fs::mkdirat(&self.folder, name, FOLDER_MODE)?;
        self.subfolder(name)
    }

    /// Opens a plain file for reading.
    ///
    /// # Errors
    /// What the system gave; whatever is no plain file is told and not waited for.
    pub fn read(&self, name: impl AsRef<Path>) -> io::Result<File> {
        self.open_file(name, OFlags::RDONLY)
    }

    /// Opens a plain file for reading and appending, made where it is missing.
    ///
    /// # Errors
    /// What the system gave; whatever is no plain file is told and not waited for.
    pub fn append(&self, name: impl AsRef<Path>) -> io::Result<File> {
        self.open_file(name, OFlags::RDWR | OFlags::APPEND | OFlags::CREATE)
    }

    /// Creates a file that must be new.
    ///
    /// # Errors
    /// What the system gave.
    pub fn create(&self, name: impl AsRef<Path>) -> io::Result<File> {
        self.open_file(name, OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL)
    }

    fn open_file(&self, name: impl AsRef<Path>, flags: OFlags) -> io::Result<File> {
        let name = name.as_ref();
        // Without NONBLOCK a pipe in a file's place would be waited on.
        let flags = flags | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let file = patiently(|| rustix::fs::openat(&self.folder, name, flags, FILE_MODE));
        plain(file.map_err(|error| self.naming_links(name, error))?.into())
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
        let name = name.as_ref();
        let new_name = new_name.as_ref();
        Ok(rustix::fs::renameat(
            &self.folder,
            name,
            &to.folder,
            new_name,
        )?)
    }

    /// Removes a file, or a link itself; one that is missing is no error.
    ///
    /// # Errors
    /// What the system gave.
    pub fn remove(&self, name: impl AsRef<Path>) -> io::Result<()> {
        self.unlink(name, AtFlags::empty())
    }

    /// Removes an empty folder; one that is missing is no error.
    ///
    /// # Errors
    /// What the system gave.
    pub fn remove_empty(&self, name: impl AsRef<Path>) -> io::Result<()> {
        self.unlink(name, AtFlags::REMOVEDIR)
    }

    fn unlink(&self, name: impl AsRef<Path>, flags: AtFlags) -> io::Result<()> {
        let name = name.as_ref();
        match rustix::fs::unlinkat(&self.folder, name, flags) {
            Ok(()) | Err(Errno::NOENT) => Ok(()),
            Err(error) => Err(error.into()),
        }
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
            match rustix::fs::unlinkat(&folder.folder, &inner, AtFlags::empty()) {
                Ok(()) | Err(Errno::NOENT) => {}
                Err(error) => return Err(error.into()),
            }
        }
        self.remove_empty(name)
    }

    /// What stands at a name; none where nothing does. A link is not followed.
    ///
    /// # Errors
    /// What the system gave.
    pub(crate) fn kind(&self, name: impl AsRef<Path>) -> io::Result<Option<EntryKind>> {
        let name = name.as_ref();
        let stat = match rustix::fs::statat(&self.folder, name, AtFlags::SYMLINK_NOFOLLOW) {
            Err(Errno::NOENT) => return Ok(None),
            stat => stat?,
        };
        Ok(Some(match FileType::from_raw_mode(stat.st_mode) {
            FileType::RegularFile => EntryKind::File(u64::try_from(stat.st_size).unwrap_or(0)),
            FileType::Directory => EntryKind::Folder,
            _ => EntryKind::Other,
        }))
    }

    /// The names in it, in no order.
    ///
    /// # Errors
    /// What the system gave.
    pub(crate) fn names(&self) -> io::Result<Vec<OsString>> {
        let mut names = Vec::new();
        for entry in patiently(|| Dir::read_from(&self.folder))? {
            let name = OsString::from_vec(entry?.file_name().to_bytes().to_vec());
            if name != OsStr::new(".") && name != OsStr::new("..") {
                names.push(name);
            }
        }
        Ok(names)
    }

    /// Waits until its names are on the medium.
    ///
    /// # Errors
    /// What the system gave.
    pub fn sync(&self) -> io::Result<()> {
        Ok(rustix::fs::fsync(&self.folder)?)
    }

    /// The open folder, for locks and whole file systems.
    pub(super) fn handle(&self) -> &OwnedFd {
        &self.folder
    }

    /// The system says of a link that it is no folder, or that there are too many of them.
    fn naming_links(&self, name: impl AsRef<Path>, error: io::Error) -> io::Error {
        let name = name.as_ref();
        let is_link = rustix::fs::readlinkat(&self.folder, name, Vec::new()).is_ok();
        match is_link {
            true => io::Error::other("a symbolic link stands there, and links are not followed"),
            false => error,
        }
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
