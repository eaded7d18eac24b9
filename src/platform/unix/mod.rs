//! The systems of the Unix family.

mod folder;
mod ground;
#[cfg(feature = "cli")]
pub(crate) mod signals;

use std::fs::{File, Metadata, OpenOptions};
use std::io;
use std::os::unix::fs::{FileExt, MetadataExt, OpenOptionsExt};
use std::path::Path;
use std::time::Duration;

use rustix::fs::OFlags;
use rustix::io::Errno;

use super::kinds::FileState;
pub(crate) use folder::Folder;
pub(crate) use ground::Ground;

/// Programs that open an address in the user's browser, with what is said before it, the likelier first.
#[cfg(feature = "preview")]
pub(crate) const BROWSER_OPENERS: &[(&str, &[&str])] =
    &[("xdg-open", &[]), ("open", &[]), ("wslview", &[])];

/// What the name of a program may end with that is called by the rest of it.
#[cfg(feature = "preview")]
pub(crate) const PROGRAM_ENDINGS: &[&str] = &[""];

/// How long a run waits for its own threads to close a file, and for other programs.
const PATIENCE_OF_OWN: Duration = Duration::from_secs(8);
const PATIENCE: Duration = Duration::from_secs(30);

pub(super) fn state(metadata: &Metadata) -> FileState {
    FileState {
        seconds: metadata.mtime(),
        nanoseconds: metadata.mtime_nsec(),
        identity: metadata.ino(),
    }
}

pub(super) fn open(path: &Path) -> io::Result<File> {
    // Without NONBLOCK a pipe would be waited on before it can be asked what it is.
    let flags = i32::try_from(OFlags::NONBLOCK.bits()).unwrap_or_default();
    OpenOptions::new().read(true).custom_flags(flags).open(path)
}

pub(super) fn patience(error: &io::Error) -> Option<Duration> {
    let is = |errno: Errno| error.raw_os_error() == Some(errno.raw_os_error());
    if is(Errno::MFILE) {
        return Some(PATIENCE_OF_OWN);
    }
    is(Errno::NFILE).then_some(PATIENCE)
}

pub(super) fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    file.read_exact_at(bytes, at)
}

pub(super) fn write_at(file: &File, bytes: &[u8], at: u64) -> io::Result<()> {
    file.write_all_at(bytes, at)
}

#[cfg(feature = "cli")]
pub(super) fn machine() -> Option<String> {
    let name = std::fs::read_to_string("/proc/sys/kernel/hostname").ok()?;
    Some(name.trim().to_owned()).filter(|name| !name.is_empty())
}
