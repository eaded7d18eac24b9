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
    /// What stands where a piece was withdrawn; `{date}` is the day.
    pub withdrawn: String,
    /// What stands where a piece is published no more.
    pub gone: String,
    /// What stands where a piece had its address before.
    pub moved: String,
    /// The link to a translation, in its own language.
    pub read_here: String,
    /// The heading over the contributors.
    pub contributors: String,
    /// The heading over the topics.
    pub topics: String,
    /// The heading over the years.
    pub years: String,
    /// The link to the piece before.
    pub previous: String,
    /// The link to the piece after.
    pub next: String,
    /// The button that copies.
    pub copy: String,
    /// What it says when it has.
    pub copied: String,
    /// The heading over the links for sharing.
    pub share: String,
    /// A list of names that was cut; `{names}` are those that are left.
    pub and_others: String,
    /// What stands where there is no page.
    pub not_found: String,
    /// The heading of the search.
    pub search: String,
    /// What stands where nothing was found.
    pub no_results: String,
    /// The link that sends a piece by mail.
    pub email: String,
    /// How many results a search has; `{count}` is their number.
    pub results: String,
    /// The button that shows further results.
    pub more: String,
}
