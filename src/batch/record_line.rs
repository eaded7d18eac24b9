//! The lines of journals and of parts, as they are read.

use serde::Deserialize;

use super::entry::RecordedPiece;
use super::line;
use super::part_line::{PartEnd, PartHead, PartSource};
use super::remote::{StoredClaim, StoredPiece};

/// Which lines are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// All.
    All,
    /// Those that parts have beside those of a journal: most lines are entries, and reading one costs the most.
    OfParts,
}

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

/// How an entry begins as it is written.
const ENTRY: &[u8] = b"{\"slug\"";

impl RecordLine {
    /// Reads a line if it is wanted; none where it is torn or of another version.
    pub(super) fn parse_wanted(line: &[u8], wanted: Wanted) -> Option<Self> {
        let is_entry = || line.get(17..).is_some_and(|json| json.starts_with(ENTRY));
        match wanted == Wanted::OfParts && is_entry() {
            true => None,
            false => Self::parse(line),
        }
    }

    /// Reads a line; none where it is torn or of another version.
    pub(super) fn parse(line: &[u8]) -> Option<Self> {
        let json = line::json(line)?;
        // An entry as it is written begins with its slug; the order of keys in JSON says nothing (RFC 8259, 4).
        let piece = || serde_json::from_slice(json).ok().map(Self::Piece);
        if json.starts_with(ENTRY) {
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
