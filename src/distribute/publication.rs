//! Publications: what catalogues, feeds and front pages say of a piece, and the files that belong to it.
//!
//! The manifest keeps them, so that a piece that has not changed is not composed again.

use serde::{Deserialize, Serialize};

use crate::compose::{self, Composition};
use crate::piece::Direction;

/// A piece as catalogues know it. Every path is relative to the site, of ASCII letters, digits, `-`, `.` and `/`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Publication {
    /// The slug.
    pub(super) slug: String,
    /// The UUID, without `urn:uuid:`.
    pub(super) uuid: String,
    /// The title.
    pub(super) title: String,
    /// The title and the subtitle.
    pub(super) full_title: String,
    /// The series, with the piece's number where it has one, as the piece prints it.
    pub(super) series_line: String,
    /// The series.
    pub(super) series: String,
    /// The number in the series.
    pub(super) number: Option<u32>,
    /// The lines that name who made the piece, as the piece prints them.
    pub(super) byline: Vec<String>,
    /// Every contributor, in order.
    pub(super) contributors: Vec<Person>,
    /// The day of publication, `YYYY-MM-DD`.
    pub(super) date: String,
    /// The date as the piece prints it, without its label.
    pub(super) date_line: String,
    /// The moment of the last change (RFC 3339).
    pub(super) modified: String,
    /// The language.
    pub(super) language: String,
    /// Whether its script runs from right to left.
    pub(super) right_to_left: bool,
    /// The publisher.
    pub(super) publisher: Option<String>,
    /// The statement of rights.
    pub(super) rights: Option<String>,
    /// The licence's address.
    pub(super) license: Option<String>,
    /// The summary.
    pub(super) summary: Option<String>,
    /// Keywords and subject headings.
    pub(super) keywords: Vec<String>,
    /// The DOI.
    pub(super) doi: Option<String>,
    /// The ISBN.
    pub(super) isbn: Option<String>,
    /// How the piece asks to be cited.
    pub(super) citation: Option<String>,
    /// The path of the page.
    pub(super) page: String,
    /// The editions that are shipped.
    pub(super) downloads: Vec<Download>,
    /// The cover.
    pub(super) cover: Picture,
    /// The cover, small: for lists.
    pub(super) thumbnail: Picture,
    /// The share image.
    pub(super) share: Picture,
}

/// A contributor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Person {
    /// The name.
    pub(super) name: String,
    /// The name as it is sorted.
    pub(super) sort_name: Option<String>,
    /// The MARC relator code.
    pub(super) role: String,
    /// The affiliation.
    pub(super) affiliation: Option<String>,
    /// The ORCID as an address.
    pub(super) orcid: Option<String>,
    /// The ROR identifier as an address.
    pub(super) ror: Option<String>,
    /// The contributor's page.
    pub(super) url: Option<String>,
}

/// An edition that is shipped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Download {
    /// The name of its format.
    pub(super) format: String,
    /// Its path.
    pub(super) path: String,
    /// Its media type.
    pub(super) media_type: String,
    /// Its size in bytes.
    pub(super) size: u64,
}

/// An image of a piece.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Picture {
    /// Its path.
    pub(super) path: String,
    /// Its media type.
    pub(super) media_type: String,
    /// What it says, for those who do not see it.
    pub(super) alt: String,
    /// Its width in pixels.
    pub(super) width: u32,
    /// Its height in pixels.
    pub(super) height: u32,
}

impl Publication {
    /// What a composition says, with the files that were made of it.
    pub(super) fn of(
        composition: &Composition,
        downloads: Vec<Download>,
        cover: Picture,
        thumbnail: Picture,
        share: Picture,
    ) -> Self {
        let record = &composition.record;
        let block = &composition.title_block;
        let lines = block.byline.iter().chain(&block.credits);
        Self {
            slug: record.slug.to_string(),
            uuid: record.uuid.to_string(),
            title: record.title.clone(),
            full_title: record.full_title.clone(),
            series_line: composition[block.series].plain(),
            series: record.series.clone(),
            number: record.number,
            byline: lines.map(|id| composition[*id].plain()).collect(),
            contributors: record.contributors.iter().map(Person::of).collect(),
            date: record.date.to_string(),
            date_line: composition.date_line(),
            modified: record.modified.to_string(),
            language: record.language.to_string(),
            right_to_left: record.direction == Direction::RightToLeft,
            publisher: record.publisher.clone(),
            rights: record.rights.clone(),
            license: record.license.as_ref().map(ToString::to_string),
            summary: record.summary.clone(),
            keywords: record
                .keywords
                .iter()
                .chain(&record.subjects)
                .cloned()
                .collect(),
            doi: record.doi.as_ref().map(ToString::to_string),
            isbn: record.isbn.as_ref().map(ToString::to_string),
            citation: record.citation.clone(),
            page: page_path(record.slug.as_str()),
            downloads,
            cover,
            thumbnail,
            share,
        }
    }

    /// The contributors who wrote the piece; all of them where none is named as author.
    pub(super) fn authors(&self) -> impl Iterator<Item = &Person> {
        let has_author = self.contributors.iter().any(Person::is_author);
        self.contributors
            .iter()
            .filter(move |person| person.is_author() || !has_author)
    }

    /// The contributors beside those who wrote the piece.
    pub(super) fn others(&self) -> impl Iterator<Item = &Person> {
        let has_author = self.contributors.iter().any(Person::is_author);
        self.contributors
            .iter()
            .filter(move |person| has_author && !person.is_author())
    }
}

impl Person {
    fn of(contributor: &compose::Person) -> Self {
        Self {
            name: contributor.name.clone(),
            sort_name: contributor.sort_name.clone(),
            role: contributor.role.to_string(),
            affiliation: contributor.affiliation.clone(),
            orcid: contributor
                .orcid
                .as_ref()
                .map(|id| id.address().to_string()),
            ror: contributor.ror.as_ref().map(|id| id.address().to_string()),
            url: contributor.url.as_ref().map(ToString::to_string),
        }
    }

    /// Whether the person wrote the piece.
    pub(super) fn is_author(&self) -> bool {
        self.role == "aut"
    }

    /// Family and given name, where the sorted name tells them apart.
    pub(super) fn parts(&self) -> Option<(&str, &str)> {
        let (family, given) = self.sort_name.as_deref()?.split_once(',')?;
        let (family, given) = (family.trim(), given.trim());
        (!family.is_empty() && !given.is_empty()).then_some((family, given))
    }
}

/// The path of a piece's page.
pub(super) fn page_path(slug: &str) -> String {
    format!("pieces/{slug}.html")
}

/// The path of a file that belongs to a piece.
pub(super) fn file_path(slug: &str, name: &str) -> String {
    format!("pieces/{slug}/{name}")
}
