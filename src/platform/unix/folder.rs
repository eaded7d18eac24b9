//! Folders that are held open by their descriptors: names are looked up in them (`openat`), never along a path.

use std::ffi::{OsStr, OsString};
use std::fs::{File, TryLockError};
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStringExt;
use std::path::Path;

use rustix::fs::{AtFlags, Dir, FileType, Mode, OFlags};
use rustix::io::Errno;

use crate::platform::kinds::{EntryKind, FileUse, Locking, Sharing};

/// A folder that is held open.
#[derive(Debug)]
pub(crate) struct Folder(OwnedFd);

/// The permissions that new files and folders get, less what the user's mask takes away.
const FILE_MODE: Mode = Mode::from_raw_mode(0o666);
const FOLDER_MODE: Mode = Mode::from_raw_mode(0o777);

const FOLDER: OFlags = OFlags::RDONLY
    .union(OFlags::DIRECTORY)
    .union(OFlags::CLOEXEC);

impl Folder {
    /// Opens a folder by its path, the links in which are followed.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        Ok(Self(rustix::fs::open(path, FOLDER, Mode::empty())?))
    }

    /// Opens a folder in it; a link is an error.
    pub(crate) fn subfolder(&self, name: &Path) -> io::Result<Self> {
        let flags = FOLDER | OFlags::NOFOLLOW;
        let folder = rustix::fs::openat(&self.0, name, flags, Mode::empty())?;
        Ok(Self(folder))
    }

    /// Makes a folder in it, which must be new.
    pub(crate) fn make(&self, name: &Path) -> io::Result<()> {
        Ok(rustix::fs::mkdirat(&self.0, name, FOLDER_MODE)?)
    }

    /// Opens a file in it; a link is an error, and a pipe is not waited for.
    pub(crate) fn file(&self, name: &Path, how: FileUse) -> io::Result<File> {
        let flags = match how {
            FileUse::Read | FileUse::Sync => OFlags::RDONLY,
            FileUse::Append => OFlags::RDWR | OFlags::APPEND | OFlags::CREATE,
            FileUse::Create => OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL,
        };
        // Without NONBLOCK a pipe in a file's place would be waited on.
        let flags = flags | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        Ok(rustix::fs::openat(&self.0, name, flags, FILE_MODE)?.into())
    }

    /// Puts a file in the place of one in another folder, at once and whole.
    pub(crate) fn rename(&self, name: &Path, to: &Self, new_name: &Path) -> io::Result<()> {
        Ok(rustix::fs::renameat(&self.0, name, &to.0, new_name)?)
    }

    /// Removes a file, or a link itself.
    pub(crate) fn remove(&self, name: &Path) -> io::Result<()> {
        Ok(rustix::fs::unlinkat(&self.0, name, AtFlags::empty())?)
    }

    /// Removes an empty folder.
    pub(crate) fn remove_empty(&self, name: &Path) -> io::Result<()> {
        Ok(rustix::fs::unlinkat(&self.0, name, AtFlags::REMOVEDIR)?)
    }

    /// What stands at a name; none where nothing does. A link is not followed.
    pub(crate) fn kind(&self, name: &Path) -> io::Result<Option<EntryKind>> {
        let stat = match rustix::fs::statat(&self.0, name, AtFlags::SYMLINK_NOFOLLOW) {
            Err(Errno::NOENT) => return Ok(None),
            stat => stat?,
        };
        Ok(Some(match FileType::from_raw_mode(stat.st_mode) {
            FileType::RegularFile => EntryKind::File(u64::try_from(stat.st_size).unwrap_or(0)),
            FileType::Directory => EntryKind::Folder,
            _ => EntryKind::Other,
        }))
    }

    /// Whether a link stands at a name.
    pub(crate) fn is_link(&self, name: &Path) -> bool {
        rustix::fs::readlinkat(&self.0, name, Vec::new()).is_ok()
    }

    /// The names in it, in no order.
    pub(crate) fn names(&self) -> io::Result<Vec<OsString>> {
        let mut names = Vec::new();
        for entry in Dir::read_from(&self.0)? {
            let name = OsString::from_vec(entry?.file_name().to_bytes().to_vec());
            if name != OsStr::new(".") && name != OsStr::new("..") {
                names.push(name);
            }
        }
        Ok(names)
    }

    /// Waits until its names are on the medium.
    pub(crate) fn sync(&self) -> io::Result<()> {
        Ok(rustix::fs::fsync(&self.0)?)
    }

    /// Waits until everything written to its file system is on the medium.
    pub(crate) fn sync_all(&self) -> io::Result<()> {
        #[cfg(target_os = "linux")]
        rustix::fs::syncfs(&self.0)?;
        #[cfg(not(target_os = "linux"))]
        rustix::fs::sync();
        Ok(())
    }

    /// Locks it, and does not wait for others.
    pub(crate) fn lock(&self, sharing: Sharing) -> io::Result<Locking> {
        let file = File::from(self.0.try_clone()?);
        let locked = match sharing {
            Sharing::Shared => file.try_lock_shared(),
            Sharing::Alone => file.try_lock(),
        };
        let knows_none = |error: &io::Error| {
            let errno = [Errno::NOTSUP, Errno::NOSYS, Errno::NOLCK].map(Errno::raw_os_error);
            error
                .raw_os_error()
                .is_some_and(|code| errno.contains(&code))
        };
        match locked {
            Ok(()) => Ok(Locking::Locked(Some(file))),
            Err(TryLockError::WouldBlock) => Ok(Locking::Taken),
            Err(TryLockError::Error(error)) if knows_none(&error) => Ok(Locking::Locked(None)),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }
}
