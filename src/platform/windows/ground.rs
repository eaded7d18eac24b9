//! Where a folder stands: on which drive, and whose files above it count.

use std::fs::Metadata;
use std::io;
use std::path::{Component, Path};

/// A folder's drive.
#[derive(Debug)]
pub(crate) struct Ground;

impl Ground {
    /// That of a folder.
    ///
    /// # Errors
    /// None: what is above a folder without links is on its drive.
    #[expect(clippy::unnecessary_wraps, reason = "other systems can fail at it")]
    pub(crate) fn of(_: &Path) -> io::Result<Self> {
        Ok(Self)
    }

    /// Whether a folder above is on the same file system.
    pub(crate) fn reaches(&self, _: &Path) -> bool {
        true
    }

    /// Whether a file is the user's own. Who owns one cannot be asked without unsafe code; but the one folder that stands above
    /// those of all users, and that everybody may put something into, is the root of a drive.
    pub(crate) fn owns(&self, file: &Path, _: &Metadata) -> bool {
        let names = file.components();
        names
            .filter(|part| matches!(part, Component::Normal(_)))
            .count()
            > 1
    }
}
