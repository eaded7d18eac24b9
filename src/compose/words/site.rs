//! The words of a reader site that no edition has.

use serde::{Deserialize, Serialize};

/// The words of a reader site in one language.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct SiteWords {
    /// The heading over the editions of a piece.
    pub downloads: String,
    /// The label of the citation's files.
    pub cite: String,
    /// The heading over every piece.
    pub all: String,
    /// The heading over the series.
    pub series: String,
    /// The link to newer pieces.
    pub newer: String,
    /// The link to older pieces.
    pub older: String,
    /// The link that leads past the head of a page.
    pub skip: String,
    /// The name of the feed of new pieces.
    pub feed: String,
    /// The name of the catalogue for reading apps.
    pub catalogue: String,
    /// The link to whoever answers questions.
    pub contact: String,
}
