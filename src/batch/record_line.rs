//! The lines of journals and of parts, as they are read.

use serde::Deserialize;

use super::entry::RecordedPiece;
use super::line;
use super::part_line::{PartEnd, PartHead, PartSource};
use super::remote::{StoredClaim, StoredPiece};

/// A line of a journal or of a part, as it was read.
#[derive(Debug)]
pub(super) enum RecordLine {
    Piece(Box<RecordedPiece>),
    Head(PartHead),
    Source(PartSource),
    End(PartEnd),
    Stored(Box<StoredPiece>),
    Claim(StoredClaim),
}

/// The lines of parts have one key each.
#[derive(Deserialize)]
struct Keyed {
    head: Option<PartHead>,
    source: Option<PartSource>,
    end: Option<PartEnd>,
    stored: Option<Box<StoredPiece>>,
    claim: Option<StoredClaim>,
}

impl RecordLine {
    /// Reads a line; none where it is torn or of another version.
    pub(super) fn parse(line: &[u8]) -> Option<Self> {
        let json = line::json(line)?;
        // An entry as it is written begins with its slug; the order of keys in JSON says nothing (RFC 8259, 4).
        let piece = || serde_json::from_slice(json).ok().map(Self::Piece);
        if json.starts_with(b"{\"slug\"") {
            return piece();
        }
        let Ok(keyed) = serde_json::from_slice::<Keyed>(json) else {
            return piece();
        };
        let head = keyed.head.map(Self::Head);
        head.or_else(|| keyed.source.map(Self::Source))
            .or_else(|| keyed.end.map(Self::End))
            .or_else(|| keyed.stored.map(Self::Stored))
            .or_else(|| keyed.claim.map(Self::Claim))
    }
}
