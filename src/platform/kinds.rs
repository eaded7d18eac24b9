//! What is said to and by the system, on every one in the same words.

use std::fs::File;

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

/// What a file of a folder is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileUse {
    /// To be read.
    Read,
    /// To be read and added to, made where it is missing.
    Append,
    /// To be written, and new.
    Create,
    /// To be read, and waited for until it is on the medium.
    Sync,
}

/// With whom a folder is shared while it is locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sharing {
    /// With those who share it as well.
    Shared,
    /// With nobody.
    Alone,
}

/// The file that stands for the lock of a folder where the system cannot lock the folder itself.
pub(crate) const LOCK: &str = ".flashpoint-lock";

/// How the locking of a folder ended.
#[derive(Debug)]
pub(crate) enum Locking {
    /// It is locked for as long as this file is open; none where the file system knows no locks.
    Locked(Option<File>),
    /// Another run has it.
    Taken,
}

/// What tells two states of a file apart, as far as that can be had without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FileState {
    /// When its bytes were last changed, in seconds since 1970.
    pub(crate) seconds: i64,
    /// The rest of that time, in nanoseconds.
    pub(crate) nanoseconds: i64,
    /// What another file in its place has otherwise.
    pub(crate) identity: u64,
}
