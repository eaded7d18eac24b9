//! What catalogues and file properties say of a piece.

use std::fmt;

use uuid::Uuid;

use crate::piece::{Date, Direction, LanguageTag, Slug};

/// The record of a piece, markup removed, dates read, identifiers made.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// The title.
    pub title: String,
    /// The subtitle.
    pub subtitle: Option<String>,
    /// The title and, after a colon, the subtitle: for formats with one field.
    pub full_title: String,
    /// The series.
    pub series: String,
    /// The number in the series.
    pub number: Option<u32>,
    /// Every contributor, in order.
    pub contributors: Vec<Contributor>,
    /// The day of publication.
    pub date: Date,
    /// The moment of the last change: `SOURCE_DATE_EPOCH`, else the start in UTC of the day of `updated`, else of `date`.
    pub modified: Moment,
    /// The language.
    pub language: LanguageTag,
    /// The direction of its script.
    pub direction: Direction,
    /// The name of the files.
    pub slug: Slug,
    /// A UUID of version 5 (RFC 9562, 5.5) made from series and slug; the same in every edition and on every run.
    pub uuid: Uuid,
    /// The publisher's own identifier.
    pub identifier: Option<String>,
    /// The ISBN-13 without hyphens.
    pub isbn: Option<String>,
    /// The DOI, starting with `10.`.
    pub doi: Option<String>,
    /// The publisher.
    pub publisher: Option<String>,
    /// The statement of rights.
    pub rights: Option<String>,
    /// The licence's address.
    pub license: Option<String>,
    /// The summary.
    pub summary: Option<String>,
    /// Keywords.
    pub keywords: Vec<String>,
    /// Subject headings.
    pub subjects: Vec<String>,
    /// How to cite the piece.
    pub citation: Option<String>,
    /// The publisher's accessibility claim: specification and certifier.
    pub accessibility: Option<(String, String)>,
    /// The SHA-256 of the source file in lower-case hexadecimal.
    pub source_hash: String,
}

/// One contributor as catalogues name them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contributor {
    /// The name.
    pub name: String,
    /// The name as it is sorted.
    pub sort_name: Option<String>,
    /// The MARC relator code.
    pub role: String,
    /// The affiliation.
    pub affiliation: Option<String>,
    /// The ORCID as an address, `https://orcid.org/...`.
    pub orcid: Option<String>,
    /// The ROR identifier as an address, `https://ror.org/...`.
    pub ror: Option<String>,
    /// The contributor's page.
    pub url: Option<String>,
}

/// A moment in UTC, to the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// The day.
    pub date: Date,
    /// Seconds since its start, 0 to 86,399.
    pub second: u32,
}

impl Moment {
    /// The start of a day.
    #[must_use]
    pub fn start_of(date: Date) -> Self {
        Self { date, second: 0 }
    }

    /// The moment so many seconds after 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn from_unix(seconds: u64) -> Self {
        Self {
            date: Date::from_unix(seconds),
            second: (seconds % 86_400) as u32,
        }
    }

    /// Hour, minute and second.
    #[must_use]
    pub fn time(self) -> (u32, u32, u32) {
        (self.second / 3_600, self.second / 60 % 60, self.second % 60)
    }
}

/// `YYYY-MM-DDThh:mm:ssZ` (RFC 3339, 5.6).
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hour, minute, second) = self.time();
        write!(f, "{}T{hour:02}:{minute:02}:{second:02}Z", self.date)
    }
}
