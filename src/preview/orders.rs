//! What there is to do: told by those who watch and those who read, carried out by those who work.

use std::path::PathBuf;

use super::entry::PieceId;

/// What there is to do.
#[derive(Debug)]
pub(super) enum Order {
    /// Something changed at this path.
    Changed(PathBuf),
    /// Anything may have changed.
    Rescan,
    /// Somebody reads this piece.
    Show(PieceId),
}
