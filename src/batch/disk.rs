//! The disk: the few operations that change an output folder, behind a trait so that tests can make each of them fail.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

/// What a run does to its output folder.
pub trait Disk: Sync {
    /// Creates a file that must not exist yet and writes all its bytes; the file stays open for [`Disk::sync`].
    ///
    /// # Errors
    /// What the system gave; the file may then stand there in part.
    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<File>;

    /// Waits until a file's bytes are on the medium.
    ///
    /// # Errors
    /// What the system gave.
    fn sync(&self, file: &File) -> io::Result<()>;

    /// Puts a file in the place of another, at once and whole.
    ///
    /// # Errors
    /// What the system gave.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Waits until a folder's names are on the medium.
    ///
    /// # Errors
    /// What the system gave.
    fn sync_folder(&self, path: &Path) -> io::Result<()>;

    /// Appends whole lines to a file, made where it is missing; a line that a dead run left torn is ended first.
    ///
    /// # Errors
    /// What the system gave; a part of the lines may then stand there.
    fn append(&self, path: &Path, lines: &[u8]) -> io::Result<()>;
}

/// The disk of the machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct RealDisk;

impl Disk for RealDisk {
    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<File> {
        let mut file = File::create_new(path)?;
        file.write_all(bytes)?;
        Ok(file)
    }

    fn sync(&self, file: &File) -> io::Result<()> {
        file.sync_all()
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        File::open(path)?.sync_all()
    }

    fn append(&self, path: &Path, lines: &[u8]) -> io::Result<()> {
        let mut file = OpenOptions::new()
            .create(true)
            .read(true)
            .append(true)
            .open(path)?;
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
