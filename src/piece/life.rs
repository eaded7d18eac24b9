//! The life of a piece: whether it is published, when, and under which addresses it was known. Nothing of it is printed.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use uuid::Uuid;

use super::{Date, Instant, Slug};

/// The namespace of our UUIDs: the version 5 UUID of the name `flashpoint` in the DNS namespace.
const NAMESPACE: Uuid = Uuid::from_u128(0xf09d_8904_dc17_52e2_949d_f9d8_6c42_f284);

/// What decides whether and where a piece is published.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Life {
    /// Whether it is published.
    #[serde(default)]
    pub status: Status,
    /// The instant before which it is not.
    #[serde(default)]
    pub embargo: Option<Instant>,
    /// Where it was before, the oldest first.
    #[serde(default)]
    pub aliases: Vec<Alias>,
    /// The piece that it is a translation of.
    #[serde(default)]
    pub translation_of: Option<Slug>,
    /// Where its slug comes from.
    #[serde(default)]
    pub slug: SlugOrigin,
    /// The series as the piece writes it.
    #[serde(default)]
    pub series: String,
}

/// Whether a piece is published.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Not yet.
    Draft,
    /// Yes, at its hour.
    #[default]
    Ready,
    /// No longer.
    Withdrawn(Withdrawal),
}

/// When and why a piece was withdrawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// The day.
    pub date: Date,
    /// The reason, as it stands in the piece's place.
    pub reason: String,
}

/// An earlier address of a piece.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alias {
    /// The series that it had then.
    pub series: String,
    /// Its slug then.
    pub slug: Slug,
}

/// Where a slug comes from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SlugOrigin {
    /// The title: another title gives another address.
    Title,
    /// The author wrote it.
    #[default]
    Written,
}

/// A series as it is compared: one whatever its letters' case and the spaces between its words.
#[must_use]
pub fn series_key(series: &str) -> String {
    let small = series.nfc().collect::<String>().to_lowercase();
    small.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Life {
    /// The name by which the piece is one through all its addresses: a UUID of version 5 (RFC 9562, 5.5) of the first series
    /// and slug that it had.
    #[must_use]
    pub fn uuid(&self, slug: &Slug) -> Uuid {
        let (series, slug) = match self.aliases.first() {
            Some(first) => (&first.series, &first.slug),
            None => (&self.series, slug),
        };
        Uuid::new_v5(&NAMESPACE, format!("{series}\n{slug}").as_bytes())
    }

    /// Whether a review edition is made: the piece is not published yet.
    #[must_use]
    pub fn is_reviewed(&self) -> bool {
        self.status == Status::Draft || self.embargo.is_some()
    }
}
