//! Folders that are held open. Windows has no public way to look a name up in an open folder, but it keeps every folder that is
//! open without `FILE_SHARE_DELETE` from being renamed, moved or removed, and all those above it: while one is held, its path
//! leads to it and to nothing else. So a path of a held folder and one name is as safe as a name in the folder, and links
//! (symbolic ones and junctions) are told by opening what stands at the name and not what it leads to.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::os::windows::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use super::errors::{ERROR_SHARING_VIOLATION, named};
use crate::platform::kinds::{EntryKind, FileUse, LOCK, Locking, Sharing};

/// Flags of CreateFileW (fileapi.h).
const FILE_SHARE_READ: u32 = 1;
const FILE_SHARE_WRITE: u32 = 2;
const FILE_SHARE_DELETE: u32 = 4;
const FILE_FLAG_OPEN_REPARSE_POINT: u32 = 0x0020_0000;
const FILE_FLAG_BACKUP_SEMANTICS: u32 = 0x0200_0000;
/// What has more to it than bytes: a link, or a file that a service keeps elsewhere.
const FILE_ATTRIBUTE_REPARSE_POINT: u32 = 0x0400;

/// A folder that is held open.
#[derive(Debug)]
pub(crate) struct Folder {
    /// Without links, and such that no part of it is changed on the way to the system.
    path: PathBuf,
    /// Keeps the path what it is.
    _held: File,
}

/// Opens a folder such that nobody moves it.
fn hold(path: &Path, more: u32) -> io::Result<File> {
    let mut options = OpenOptions::new();
    let options = options
        .read(true)
        .share_mode(FILE_SHARE_READ | FILE_SHARE_WRITE)
        .custom_flags(FILE_FLAG_BACKUP_SEMANTICS | more);
    let folder = options.open(path).map_err(named)?;
    match folder.metadata()? {
        found if found.is_dir() && !found.is_symlink() => Ok(folder),
        _ => Err(ErrorKind::NotADirectory.into()),
    }
}

impl Folder {
    /// Opens a folder by its path, the links in which are followed.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        let path = path.canonicalize()?;
        let held = hold(&path, 0)?;
        Ok(Self { path, _held: held })
    }

    /// Opens a folder in it; a link is an error.
    pub(crate) fn subfolder(&self, name: &Path) -> io::Result<Self> {
        let path = self.at(name);
        let held = hold(&path, FILE_FLAG_OPEN_REPARSE_POINT)?;
        Ok(Self { path, _held: held })
    }

    fn at(&self, name: &Path) -> PathBuf {
        self.path.join(name)
    }

    /// Makes a folder in it, which must be new.
    pub(crate) fn make(&self, name: &Path) -> io::Result<()> {
        fs::create_dir(self.at(name))
    }

    /// Opens a file in it; a link is an error.
    pub(crate) fn file(&self, name: &Path, how: FileUse) -> io::Result<File> {
        let path = self.at(name);
        let mut options = OpenOptions::new();
        let options = match how {
            FileUse::Read => options.read(true),
            FileUse::Append => options.read(true).append(true).create(true),
            FileUse::Create => options.write(true).create_new(true),
            // Only who may write to a file may wait for it (FlushFileBuffers, fileapi.h).
            FileUse::Sync => options.read(true).write(true),
        };
        let options = options
            .share_mode(FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE)
            .custom_flags(FILE_FLAG_OPEN_REPARSE_POINT);
        let file = options.open(&path).map_err(named)?;
        let found = file.metadata()?;
        if found.is_symlink() {
            return Err(ErrorKind::InvalidInput.into());
        }
        // A file of a folder that is kept elsewhere (OneDrive) has its bytes when it is opened as itself.
        match found.file_attributes() & FILE_ATTRIBUTE_REPARSE_POINT != 0 {
            true => options.custom_flags(0).open(&path).map_err(named),
            false => Ok(file),
        }
    }

    /// Puts a file in the place of one in another folder, at once and whole.
    pub(crate) fn rename(&self, name: &Path, to: &Self, new_name: &Path) -> io::Result<()> {
        fs::rename(self.at(name), to.at(new_name)).map_err(named)
    }

    /// Removes a file, or a link itself.
    pub(crate) fn remove(&self, name: &Path) -> io::Result<()> {
        fs::remove_file(self.at(name)).map_err(named)
    }

    /// Removes an empty folder.
    pub(crate) fn remove_empty(&self, name: &Path) -> io::Result<()> {
        fs::remove_dir(self.at(name)).map_err(named)
    }

    /// What stands at a name; none where nothing does. A link is not followed.
    pub(crate) fn kind(&self, name: &Path) -> io::Result<Option<EntryKind>> {
        let found = match fs::symlink_metadata(self.at(name)) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            found => found?,
        };
        Ok(Some(if found.is_symlink() {
            EntryKind::Other
        } else if found.is_dir() {
            EntryKind::Folder
        } else if found.is_file() {
            EntryKind::File(found.len())
        } else {
            EntryKind::Other
        }))
    }

    /// Whether a link stands at a name.
    pub(crate) fn is_link(&self, name: &Path) -> bool {
        fs::symlink_metadata(self.at(name)).is_ok_and(|found| found.is_symlink())
    }

    /// The names in it, in no order.
    pub(crate) fn names(&self) -> io::Result<Vec<OsString>> {
        let names = fs::read_dir(&self.path)?.map(|entry| Ok(entry?.file_name()));
        names.collect()
    }

    /// The names of a folder are kept by the journal of the file system, and nothing else can be asked for.
    #[expect(
        clippy::unused_self,
        clippy::unnecessary_wraps,
        reason = "other systems can fail at it"
    )]
    pub(crate) fn sync(&self) -> io::Result<()> {
        Ok(())
    }

    /// Waits until the files in it and below it are on the medium, each for itself: a whole file system only an
    /// administrator may wait for.
    pub(crate) fn sync_all(&self) -> io::Result<()> {
        let mut below = vec![self.path.clone()];
        while let Some(folder) = below.pop() {
            for entry in fs::read_dir(folder)? {
                let entry = entry?;
                let kind = entry.file_type()?;
                if kind.is_dir() {
                    below.push(entry.path());
                } else if kind.is_file() {
                    OpenOptions::new()
                        .write(true)
                        .open(entry.path())?
                        .sync_all()?;
                }
            }
        }
        Ok(())
    }

    /// Locks it, and does not wait for others.
    pub(crate) fn lock(&self, sharing: Sharing) -> io::Result<Locking> {
        let shared = match sharing {
            Sharing::Shared => FILE_SHARE_READ | FILE_SHARE_WRITE,
            Sharing::Alone => 0,
        };
        let mut options = OpenOptions::new();
        let options = options.write(true).create(true).truncate(false);
        match options.share_mode(shared).open(self.at(Path::new(LOCK))) {
            Ok(file) => Ok(Locking::Locked(Some(file))),
            Err(error) if error.raw_os_error() == Some(ERROR_SHARING_VIOLATION) => {
                Ok(Locking::Taken)
            }
            Err(error) => Err(error),
        }
    }
}
