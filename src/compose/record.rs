//! What catalogues and file properties say of a piece.

use uuid::Uuid;

use super::Moment;
use crate::check::CheckedPiece;
use crate::check::checked::{self, Accessibility};
use crate::piece::{Address, Date, Direction, Doi, Isbn, LanguageTag, Orcid, Role, Ror, Slug};

/// The namespace of our UUIDs: the version 5 UUID of the name `flashpoint` in the DNS namespace.
const NAMESPACE: Uuid = Uuid::from_u128(0xf09d_8904_dc17_52e2_949d_f9d8_6c42_f284);

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
    pub contributors: Vec<Person>,
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
    /// The ISBN.
    pub isbn: Option<Isbn>,
    /// The DOI.
    pub doi: Option<Doi>,
    /// The publisher.
    pub publisher: Option<String>,
    /// The statement of rights.
    pub rights: Option<String>,
    /// The licence's address.
    pub license: Option<Address>,
    /// The summary.
    pub summary: Option<String>,
    /// Keywords.
    pub keywords: Vec<String>,
    /// Subject headings.
    pub subjects: Vec<String>,
    /// How to cite the piece.
    pub citation: Option<String>,
    /// The publisher's accessibility claim.
    pub accessibility: Option<Accessibility>,
    /// The SHA-256 of the source file in lower-case hexadecimal.
    pub source_hash: String,
}

/// Somebody who had a part in the piece, as catalogues name them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The name.
    pub name: String,
    /// The name as it is sorted.
    pub sort_name: Option<String>,
    /// What they did.
    pub role: Role,
    /// The affiliation.
    pub affiliation: Option<String>,
    /// The ORCID.
    pub orcid: Option<Orcid>,
    /// The ROR identifier of the affiliation.
    pub ror: Option<Ror>,
    /// Their page.
    pub url: Option<Address>,
}

impl Record {
    /// What is said of a piece; `epoch` is `SOURCE_DATE_EPOCH`, where set.
    pub(super) fn of(piece: &CheckedPiece, epoch: Option<u64>) -> Self {
        let front = &piece.front;
        let title = front.title.plain();
        let subtitle = front.subtitle.as_ref().map(checked::Text::plain);
        let changed = Moment::start_of(front.updated.unwrap_or(front.date));
        let name = format!("{}\n{}", front.series, front.slug);
        Self {
            full_title: subtitle
                .as_ref()
                .map_or_else(|| title.clone(), |subtitle| format!("{title}: {subtitle}")),
            title,
            subtitle,
            series: front.series.clone(),
            number: front.number,
            contributors: piece.contributors.iter().map(Person::of).collect(),
            date: front.date,
            modified: epoch.map_or(changed, Moment::from_unix),
            direction: front.language.direction(),
            language: front.language.clone(),
            uuid: Uuid::new_v5(&NAMESPACE, name.as_bytes()),
            slug: front.slug.clone(),
            identifier: front.identifier.clone(),
            isbn: front.isbn.clone(),
            doi: front.doi.clone(),
            publisher: front.publisher.clone(),
            rights: front.rights.clone(),
            license: front
                .license
                .as_ref()
                .map(|license| license.address.clone()),
            summary: front.summary.clone(),
            keywords: front.keywords.clone(),
            subjects: front.subjects.clone(),
            citation: front.citation.clone(),
            accessibility: front.accessibility.clone(),
            source_hash: piece.source_hash.clone(),
        }
    }
}

impl Person {
    fn of(contributor: &checked::Contributor) -> Self {
        Self {
            name: contributor.name.clone(),
            sort_name: contributor.sort_name.clone(),
            role: contributor.role,
            affiliation: contributor.affiliation.clone(),
            orcid: contributor.orcid.clone(),
            ror: contributor.ror.clone(),
            url: contributor.url.clone(),
        }
    }
}
