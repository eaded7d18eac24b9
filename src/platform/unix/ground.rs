//! Where a folder stands: on which file system, and whose files above it count.

use std::fs::{self, Metadata};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// A folder's file system and the user who runs the program.
#[derive(Debug)]
pub(crate) struct Ground {
    device: u64,
    user: u32,
}

impl Ground {
    /// That of a folder.
    ///
    /// # Errors
    /// What the system gave.
    pub(crate) fn of(folder: &Path) -> io::Result<Self> {
        let metadata = fs::metadata(folder)?;
        // Where the system does not say who runs the program, whoever owns the folder.
        let user = fs::metadata("/proc/self").map_or(metadata.uid(), |process| process.uid());
        Ok(Self {
            device: metadata.dev(),
            user,
        })
    }

    /// Whether a folder above is on the same file system.
    pub(crate) fn reaches(&self, above: &Path) -> bool {
        fs::metadata(above).is_ok_and(|metadata| metadata.dev() == self.device)
    }

    /// Whether a file is the user's own.
    pub(crate) fn owns(&self, _: &Path, metadata: &Metadata) -> bool {
        metadata.uid() == self.user
    }
}
