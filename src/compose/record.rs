//! What catalogues and file properties say of a piece.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Moment;
use super::citation::citation;
use super::people::{Part, Person, people};
use crate::check::CheckedPiece;
use crate::check::checked::{self, Accessibility};
use crate::digest::Sha256;
use crate::piece::{Address, Date, Direction, Doi, Isbn, LanguageTag, Slug, Summary};

/// What stands between several of a kind in a field that holds one text. A comma can stand in a name, a keyword or a subject.
pub const BETWEEN: &str = "; ";

/// What catalogues, feeds and the properties of files say of a piece: decided here, and spelled by every block of metadata.
///
/// A writer takes people from [`Record::creators`] and [`Record::contributors`] and asks nobody's role but to spell it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The title.
    pub title: String,
    /// The subtitle.
    pub subtitle: Option<String>,
    /// The title and, after a colon where the title ends with no mark, the subtitle: for formats with one field.
    pub full_title: String,
    /// The series.
    pub series: String,
    /// The number in the series.
    pub number: Option<u32>,
    /// Everybody who had a part in the piece, in the order of their statements.
    pub people: Vec<Person>,
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
    /// A UUID of version 5 (RFC 9562, 5.5) made from the first series and slug that the piece had; the same in every edition, on
    /// every run, and at every address.
    #[serde(with = "uuid_text")]
    pub uuid: Uuid,
    /// What was corrected after publication.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<Correction>,
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
    /// The SHA-256 of the canonical text ([`super::CanonicalText`]), by which anybody can tell that two editions say the same.
    pub text_hash: Sha256,
}

/// What was corrected after publication, as catalogues say it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// The day.
    pub date: Date,
    /// What was wrong and what is right.
    pub text: String,
}

/// The day of the last change: that of `updated` or of the last correction, whichever is later.
pub(super) fn last_change(front: &checked::Front) -> Option<Date> {
    let corrected = front.corrections.iter().map(|correction| correction.date);
    corrected.chain(front.updated).max()
}

impl Record {
    /// When it was made: the start of its day, and no later than its last change.
    #[must_use]
    pub fn made(&self) -> Moment {
        Moment::start_of(self.date).min(self.modified)
    }

    /// What is said of a piece; `epoch` is `SOURCE_DATE_EPOCH`, where set.
    pub(super) fn of(piece: &CheckedPiece, epoch: Option<u64>) -> Self {
        let front = &piece.front;
        let title = front.title.plain();
        let subtitle = front.subtitle.as_ref().map(checked::Text::plain);
        let people = people(&piece.contributors);
        let citation = citation(piece, &people);
        let changed = Moment::start_of(last_change(front).unwrap_or(front.date));
        let corrections = front.corrections.iter().map(|correction| Correction {
            date: correction.date,
            text: correction.text.plain(),
        });
        Self {
            full_title: subtitle
                .as_ref()
                .map_or_else(|| title.clone(), |subtitle| joined(&title, subtitle)),
            title,
            subtitle,
            series: front.series.clone(),
            number: front.number,
            people,
            date: front.date,
            modified: epoch.map_or(changed, Moment::from_unix),
            direction: front.language.direction(),
            language: front.language.clone(),
            uuid: front.life.uuid(&front.slug),
            corrections: corrections.collect(),
            slug: front.slug.clone(),
            identifier: front.identifier.clone(),
            isbn: front.isbn.clone(),
            doi: front.doi.clone(),
            publisher: front.publisher.clone(),
            rights: front.rights.as_ref().map(checked::Text::plain),
            license: front
                .license
                .as_ref()
                .map(|license| license.address.clone()),
            summary: front.summary.as_ref().map(Summary::paragraph),
            keywords: front.keywords.clone(),
            subjects: front.subjects.clone(),
            citation: citation.as_ref().map(checked::Text::plain),
            accessibility: front.accessibility.clone(),
            source_hash: piece.source_hash.clone(),
            // Taken when all of it is composed.
            text_hash: Sha256::of(&[]),
        }
    }

    /// Those who made the piece.
    pub fn creators(&self) -> impl Iterator<Item = &Person> {
        self.people
            .iter()
            .filter(|person| person.part == Part::Creator)
    }

    /// Those who contributed to what the creators made.
    pub fn contributors(&self) -> impl Iterator<Item = &Person> {
        self.people
            .iter()
            .filter(|person| person.part == Part::Contributor)
    }

    /// The names of the creators as one text, as XMP (ISO 16684-1) and Word join them.
    #[must_use]
    pub fn joined_creators(&self) -> String {
        let names: Vec<&str> = self.creators().map(|person| person.name.as_str()).collect();
        names.join(BETWEEN)
    }

    /// What the piece is about, for formats that do not tell subject headings from keywords: both, each once.
    #[must_use]
    pub fn topics(&self) -> Vec<&str> {
        let mut seen = BTreeSet::new();
        let topics = self.subjects.iter().chain(&self.keywords);
        topics
            .map(String::as_str)
            .filter(|topic| seen.insert(*topic))
            .collect()
    }

    /// Every identifier, the best known first, as it is written where identifiers of every kind stand: a DOI as its address,
    /// an ISBN and the UUID as their URNs.
    #[must_use]
    pub fn identifiers(&self) -> Vec<String> {
        let doi = self.doi.as_ref().map(|doi| doi.address().to_string());
        let isbn = self.isbn.as_ref().map(Isbn::uri);
        let given = doi.into_iter().chain(self.identifier.clone()).chain(isbn);
        given.chain([self.uuid.urn().to_string()]).collect()
    }

    /// The source file by its contents (RFC 6920, 7).
    #[must_use]
    pub fn source(&self) -> String {
        format!("nih:sha-256;{}", self.source_hash)
    }

    /// The canonical text by its contents (RFC 6920, 7).
    #[must_use]
    pub fn canonical_text(&self) -> String {
        format!("nih:sha-256;{}", self.text_hash)
    }
}

/// The title and the subtitle. A title that ends with a mark needs no colon.
fn joined(title: &str, subtitle: &str) -> String {
    let closing = ['”', '’', '"', '\'', '»', ')'];
    let end = title.trim_end_matches(closing);
    let between = match end.ends_with(['?', '!', '.', '…', ':', '؟', '。', '？', '！', '।'])
    {
        true => " ",
        false => ": ",
    };
    [title, between, subtitle].concat()
}

/// A UUID as text.
mod uuid_text {
    use serde::{Deserialize, Deserializer, Serializer, de};
    use uuid::Uuid;

    pub(super) fn serialize<S: Serializer>(uuid: &Uuid, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(uuid)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Uuid, D::Error> {
        let text = String::deserialize(from)?;
        Uuid::parse_str(&text).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn a_title_that_ends_with_a_mark_needs_no_colon() {
        for (title, full) in [
            ("Standby", "Standby: a view"),
            ("Who pays?", "Who pays? a view"),
            ("“Now!”", "“Now!” a view"),
            ("The end.", "The end. a view"),
        ] {
            assert_eq!(joined(title, "a view"), full);
        }
    }
}
