//! The disk: the few operations that change an output folder, behind a trait so that tests can make each of them fail.

use std::io::{self, Read, Seek, SeekFrom, Write};

use super::entry::FileStamp;
use crate::store::OpenFolder;

/// What a run does to its output folder.
pub trait Disk: Sync {
    /// Creates a file that must not exist yet and writes all its bytes.
    ///
    /// # Errors
    /// What the system gave; the file may then stand there in part.
    fn write_new(&self, folder: &OpenFolder, name: &str, bytes: &[u8]) -> io::Result<()>;

    /// Creates a file that must not exist yet with the bytes and the time of a plain file elsewhere.
    ///
    /// # Errors
    /// What the system gave; the file may then stand there in part.
    fn copy(
        &self,
        from: &OpenFolder,
        name: &str,
        to: &OpenFolder,
        new_name: &str,
    ) -> io::Result<()>;

    /// Waits until a file's bytes are on the medium, and gives the file as the system then shows it.
    ///
    /// # Errors
    /// What the system gave.
    fn sync(&self, folder: &OpenFolder, name: &str) -> io::Result<FileStamp>;

    /// Puts a file in the place of another, at once and whole.
    ///
    /// # Errors
    /// What the system gave.
    fn rename(
        &self,
        folder: &OpenFolder,
        name: &str,
        to: &OpenFolder,
        new_name: &str,
    ) -> io::Result<()>;

    /// Waits until a folder's names are on the medium.
    ///
    /// # Errors
    /// What the system gave.
    fn sync_folder(&self, folder: &OpenFolder) -> io::Result<()>;

    /// Appends whole lines to a file, made where it is missing; a line that a dead run left torn is ended first.
    ///
    /// # Errors
    /// What the system gave; a part of the lines may then stand there.
    fn append(&self, folder: &OpenFolder, name: &str, lines: &[u8]) -> io::Result<()>;
}

/// The disk of the machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct RealDisk;

impl Disk for RealDisk {
    fn write_new(&self, folder: &OpenFolder, name: &str, bytes: &[u8]) -> io::Result<()> {
        folder.create(name)?.write_all(bytes)
    }

    fn copy(
        &self,
        from: &OpenFolder,
        name: &str,
        to: &OpenFolder,
        new_name: &str,
    ) -> io::Result<()> {
        let mut standing = from.read(name)?;
        let mut copy = to.create(new_name)?;
        io::copy(&mut standing, &mut copy)?;
        // Not every file system keeps a time that it is told.
        let modified = standing.metadata().and_then(|data| data.modified());
        let _ = modified.and_then(|time| copy.set_modified(time));
        Ok(())
    }

    fn sync(&self, folder: &OpenFolder, name: &str) -> io::Result<FileStamp> {
        // Opened again, so that the files of a whole group need not be held open.
        Ok(FileStamp::of(&folder.synced(name)?.metadata()?))
    }

    fn rename(
        &self,
        folder: &OpenFolder,
        name: &str,
        to: &OpenFolder,
        new_name: &str,
    ) -> io::Result<()> {
        folder.rename(name, to, new_name)
    }

    fn sync_folder(&self, folder: &OpenFolder) -> io::Result<()> {
        folder.sync()
    }

    fn append(&self, folder: &OpenFolder, name: &str, lines: &[u8]) -> io::Result<()> {
        let mut file = folder.append(name)?;
        let mut last = [b'\n'];
        if file.metadata()?.len() > 0 {
            file.seek(SeekFrom::End(-1))?;
            file.read_exact(&mut last)?;
        }
        if last != *b"\n" {
            file.write_all(b"\n")?;
        }
        file.write_all(lines)
    }
}
