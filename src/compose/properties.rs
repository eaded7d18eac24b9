//! The record of a piece: values read, markup removed, identifiers made.

use uuid::Uuid;

use crate::diagnostic::FieldPath;
use crate::piece::{Accessibility, Date, LanguageTag, Marked, Piece, Slug};

use super::spans::address;
use super::{ComposeError, Contributor, Moment, Record, Source};

/// The namespace of our UUIDs: the version 5 UUID of the name `flashpoint` in the DNS namespace.
const NAMESPACE: Uuid = Uuid::from_u128(0xf09d_8904_dc17_52e2_949d_f9d8_6c42_f284);

pub(super) fn record(source: &Source<'_>) -> Result<Record, ComposeError> {
    let piece = source.piece;
    let root = FieldPath::root();
    let title = piece.title.plain();
    let subtitle = piece.subtitle.as_ref().map(Marked::plain);
    let slug = match &piece.slug {
        Some(slug) => {
            Slug::parse(slug).map_err(|error| ComposeError::at(root.key("slug"), error))?
        }
        None => Slug::derive(&title)
            .ok_or_else(|| ComposeError::at(root.key("title"), "the title gives no slug"))?,
    };
    let language = LanguageTag::parse(&piece.language)
        .map_err(|error| ComposeError::at(root.key("language"), error))?;
    let date = day(&piece.date, root.key("date"))?;
    let updated = piece
        .updated
        .as_ref()
        .map(|updated| day(updated, root.key("updated")))
        .transpose()?;
    let modified = source
        .epoch
        .map_or(Moment::start_of(updated.unwrap_or(date)), Moment::from_unix);
    Ok(Record {
        full_title: subtitle
            .as_ref()
            .map_or_else(|| title.clone(), |subtitle| format!("{title}: {subtitle}")),
        title,
        subtitle,
        series: piece.series.clone(),
        number: piece.number,
        contributors: contributors(piece)?,
        date,
        modified,
        direction: language.direction(),
        language,
        uuid: Uuid::new_v5(&NAMESPACE, format!("{}\n{slug}", piece.series).as_bytes()),
        slug,
        identifier: piece.identifier.clone(),
        isbn: piece
            .isbn
            .as_ref()
            .map(|isbn| isbn.chars().filter(char::is_ascii_digit).collect()),
        doi: piece.doi.clone(),
        publisher: piece.publisher.clone(),
        rights: piece.rights.clone(),
        license: piece
            .license
            .as_ref()
            .map(|to| address(to, &root.key("license")))
            .transpose()?,
        summary: piece.summary.clone(),
        keywords: piece.keywords.clone(),
        subjects: piece.subjects.clone(),
        citation: piece.citation.clone(),
        accessibility: piece.accessibility.as_ref().map(
            |Accessibility {
                 conforms_to,
                 certified_by,
             }| { (conforms_to.clone(), certified_by.clone()) },
        ),
        source_hash: source.hash.to_owned(),
    })
}

fn day(text: &str, field: FieldPath) -> Result<Date, ComposeError> {
    Date::parse(text).map_err(|error| ComposeError::at(field, error))
}

fn contributors(piece: &Piece) -> Result<Vec<Contributor>, ComposeError> {
    let root = FieldPath::root().key("contributors");
    let contributors = piece
        .contributors
        .iter()
        .enumerate()
        .map(|(index, contributor)| {
            Ok(Contributor {
                name: contributor.name.clone(),
                sort_name: contributor.sort_name.clone(),
                role: contributor.role.clone(),
                affiliation: contributor.affiliation.clone(),
                orcid: contributor
                    .orcid
                    .as_deref()
                    .map(|orcid| registered("https://orcid.org/", orcid)),
                ror: contributor
                    .ror
                    .as_deref()
                    .map(|ror| registered("https://ror.org/", ror)),
                url: contributor
                    .url
                    .as_ref()
                    .map(|to| address(to, &root.index(index).key("url")))
                    .transpose()?,
            })
        });
    contributors.collect()
}

/// The address of an identifier that may be given with or without its registry.
fn registered(registry: &str, identifier: &str) -> String {
    format!(
        "{registry}{}",
        identifier.strip_prefix(registry).unwrap_or(identifier)
    )
}
