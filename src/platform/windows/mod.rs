//! Windows.

mod errors;
mod folder;
mod ground;
#[cfg(feature = "cli")]
pub(crate) mod signals;

use std::fs::{File, Metadata};
use std::io::{self, ErrorKind};
use std::os::windows::fs::{FileExt, MetadataExt};
use std::path::Path;

use super::kinds::FileState;
use errors::named;
pub(super) use errors::patience;
pub(crate) use folder::Folder;
pub(crate) use ground::Ground;

/// Programs that open an address in the user's browser, with what is said before it.
#[cfg(feature = "preview")]
pub(crate) const BROWSER_OPENERS: &[(&str, &[&str])] =
    &[("rundll32.exe", &["url.dll,FileProtocolHandler"])];

/// What the name of a program may end with that is called by the rest of it: editors come as scripts.
#[cfg(feature = "preview")]
pub(crate) const PROGRAM_ENDINGS: &[&str] = &["", ".cmd", ".bat"];

/// The seconds from 1601, when the time of Windows begins, to 1970.
const EPOCH: i64 = 11_644_473_600;
/// Its ticks in a second.
const TICKS: u64 = 10_000_000;

pub(super) fn state(metadata: &Metadata) -> FileState {
    let written = metadata.last_write_time();
    FileState {
        seconds: i64::try_from(written / TICKS).unwrap_or_default() - EPOCH,
        nanoseconds: i64::try_from(written % TICKS).unwrap_or_default() * 100,
        // A file's index cannot be asked for without unsafe code.
        identity: metadata.creation_time(),
    }
}

pub(super) fn open(path: &Path) -> io::Result<File> {
    File::open(path).map_err(named)
}

pub(super) fn read_at(file: &File, mut bytes: &mut [u8], mut at: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        match file.seek_read(bytes, at) {
            Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
            Ok(read) => {
                bytes = &mut bytes[read..];
                at += read as u64;
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

pub(super) fn write_at(file: &File, mut bytes: &[u8], mut at: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        match file.seek_write(bytes, at) {
            Ok(0) => return Err(ErrorKind::WriteZero.into()),
            Ok(written) => {
                bytes = &bytes[written..];
                at += written as u64;
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

#[cfg(feature = "cli")]
pub(super) fn machine() -> Option<String> {
    // The environment is read in `cli` alone, and no file says it.
    None
}
