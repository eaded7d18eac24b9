//! What systems do each in a way of its own: folders that are held open, files that are not waited for, locks on folders, who
//! owns a file and what tells two states of it apart, and how a program is asked to end. It decides nothing.
//!
//! Each thing stands here under one name, once for the systems of the Unix family and once for Windows; nobody else asks which
//! system this is.

#[cfg(unix)]
mod unix;
#[cfg(unix)]
use unix as system;
#[cfg(windows)]
mod windows;
#[cfg(windows)]
use windows as system;

mod kinds;

use std::fs::{File, Metadata};
use std::io;
use std::path::Path;
use std::time::Duration;

pub(crate) use kinds::{EntryKind, FileState, FileUse, LOCK, Locking, Sharing};
#[cfg(feature = "cli")]
pub(crate) use system::signals;
#[cfg(feature = "preview")]
pub(crate) use system::{BROWSER_OPENERS, PROGRAM_ENDINGS};
pub(crate) use system::{Folder, Ground};

/// The state of a file.
pub(crate) fn state(metadata: &Metadata) -> FileState {
    system::state(metadata)
}

/// Opens a file for reading; a pipe is not waited for.
///
/// # Errors
/// What the system gave.
pub(crate) fn open(path: &Path) -> io::Result<File> {
    system::open(path)
}

/// How long it is worth asking again after an error that passes by itself: too many open files, a file that another
/// program holds for a moment. None for all others.
pub(crate) fn patience(error: &io::Error) -> Option<Duration> {
    system::patience(error)
}

/// Reads bytes at a place of a file that several threads share.
///
/// # Errors
/// What the system gave.
pub(crate) fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    system::read_at(file, bytes, at)
}

/// Writes bytes at a place of a file that several threads share.
///
/// # Errors
/// What the system gave.
pub(crate) fn write_at(file: &File, bytes: &[u8], at: u64) -> io::Result<()> {
    system::write_at(file, bytes, at)
}

/// The name of this machine, where it says so.
#[cfg(feature = "cli")]
pub(crate) fn machine() -> Option<String> {
    system::machine()
}
