//! What the record in a store knows of a piece.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::super::line::line;
use super::super::part_line::PartVersion;
use crate::digest::Sha256;
use crate::piece::Life;

/// A source, what was made of it, and the tags that tell whether it is still so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StoredPiece {
    /// The source's path below the root.
    pub(crate) key: String,
    /// The tag of the source.
    pub(crate) tag: String,
    /// The images that it names, by their paths from its folder, with their tags.
    pub(crate) images: BTreeMap<String, String>,
    /// What made its editions; of the options without the formats.
    pub(crate) version: PartVersion,
    /// The slug.
    pub(crate) slug: String,
    /// Whether and where the piece is published.
    #[serde(default)]
    pub(crate) life: Life,
    /// The editions; none says that nothing is left of them.
    pub(crate) editions: Vec<StoredEdition>,
    /// The line of the report, for a run in which nothing is due.
    pub(crate) line: String,
}

/// An edition in a store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StoredEdition {
    /// The name of its format, or `cover`.
    pub(crate) format: String,
    /// The name of its file.
    pub(crate) name: String,
    /// Its size.
    pub(crate) bytes: u64,
    /// The SHA-256 of its bytes.
    pub(crate) sha256: Sha256,
    /// Its tag, as the store gave it.
    pub(crate) tag: String,
}

/// An edition that is about to be put where none was before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StoredClaim {
    /// The name of its file.
    pub(crate) name: String,
    /// The SHA-256 of its bytes.
    pub(crate) sha256: Sha256,
}

impl StoredClaim {
    /// As a line of the record.
    #[must_use]
    pub(super) fn to_line(&self) -> Vec<u8> {
        line(&serde_json::json!({ "claim": self }))
    }
}

impl StoredPiece {
    /// As a line of the record.
    #[must_use]
    pub(super) fn to_line(&self) -> Vec<u8> {
        line(&serde_json::json!({ "stored": self }))
    }

    /// The edition of a format.
    #[must_use]
    pub(crate) fn edition(&self, format: &str) -> Option<&StoredEdition> {
        self.editions
            .iter()
            .find(|edition| edition.format == format)
    }

    /// The line of a report in which it is told that nothing was due.
    #[must_use]
    pub(super) fn unchanged_line(&self) -> String {
        // In a line of JSON a quotation mark inside a text is escaped, so that neither is found in one.
        let line = self
            .line
            .replacen("\"status\":\"made\"", "\"status\":\"unchanged\"", 1);
        let line = line.replace("\"written\":true", "\"written\":false");
        match line.rfind(",\"seconds\":{") {
            Some(at) => format!("{},\"seconds\":{{}}}}", &line[..at]),
            None => line,
        }
    }
}

/// Entries by the paths of their sources; later ones count.
#[derive(Debug, Default)]
pub(super) struct StoredRecord {
    pub(super) pieces: BTreeMap<String, StoredPiece>,
}

impl StoredRecord {
    pub(super) fn insert(&mut self, piece: StoredPiece) {
        if piece.editions.is_empty() {
            self.pieces.remove(&piece.key);
        } else {
            self.pieces.insert(piece.key.clone(), piece);
        }
    }
}
