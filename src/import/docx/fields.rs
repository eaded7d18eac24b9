//! Fields: an instruction, and the result that it shows (ISO/IEC 29500-1, 17.16).

use crate::read::Link;

/// A field that is open.
#[derive(Debug, Default)]
pub(super) struct Field {
    /// Its instruction.
    pub(super) instruction: String,
    /// Whether its result is being read.
    pub(super) shows: bool,
}

impl Field {
    /// Where a field leads, if it is a link.
    pub(super) fn link(&self) -> Option<Link> {
        let rest = self.instruction.trim().strip_prefix("HYPERLINK")?.trim();
        if rest.starts_with("\\l") {
            return None;
        }
        let address = match rest.strip_prefix('"') {
            Some(rest) => rest.split('"').next()?,
            None => rest.split_whitespace().next()?,
        };
        (!address.is_empty()).then(|| Link::Outside(address.to_owned()))
    }

    /// The bookmark of the note whose number a field shows.
    pub(super) fn noted(&self) -> Option<&str> {
        let mut words = self.instruction.split_whitespace();
        (words.next() == Some("NOTEREF"))
            .then(|| words.next())
            .flatten()
    }
}
