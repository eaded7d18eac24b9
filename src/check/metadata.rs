//! Rules over the fields of the piece itself.

use super::identifiers::{address_fault, doi_fault, isbn_fault};
use super::{Report, root, text};
use crate::diagnostic::{Code, Diagnostic, FieldPath};
use crate::piece::{Date, DateError, LanguageTag, Piece, Slug, SlugError};

pub(super) fn check(piece: &Piece, report: &mut Report<'_>) {
    texts(piece, report);
    dates(piece, report);
    if let Err(error) = LanguageTag::parse(&piece.language) {
        let problem = Diagnostic::error(Code::Language, error.to_string())
            .hint("write a BCP 47 tag: en-GB, fr, ur, zh-Hans");
        report.say(&root().key("language"), problem);
    }
    slug(piece, report);
    identifiers(piece, report);
    hyphenation(&piece.hyphenation, report);
}

fn texts(piece: &Piece, report: &mut Report<'_>) {
    text::plain(&piece.series, &root().key("series"), report);
    text::marked(&piece.title, &root().key("title"), report);
    if let Some(subtitle) = &piece.subtitle {
        text::marked(subtitle, &root().key("subtitle"), report);
    }
    let plain = [
        ("short_title", &piece.short_title),
        ("date_text", &piece.date_text),
        ("identifier", &piece.identifier),
        ("publisher", &piece.publisher),
        ("rights", &piece.rights),
        ("summary", &piece.summary),
        ("citation", &piece.citation),
        ("disclaimer", &piece.disclaimer),
    ];
    for (key, value) in plain {
        if let Some(value) = value {
            text::plain(value, &root().key(key), report);
        }
    }
    for (key, values) in [("keywords", &piece.keywords), ("subjects", &piece.subjects)] {
        for (index, value) in values.iter().enumerate() {
            text::plain(value, &root().key(key).index(index), report);
        }
    }
    if let Some(cover) = &piece.cover {
        text::plain(&cover.alt, &root().key("cover").key("alt"), report);
    }
    if let Some(claim) = &piece.accessibility {
        let at = root().key("accessibility");
        text::plain(&claim.conforms_to, &at.key("conforms_to"), report);
        text::plain(&claim.certified_by, &at.key("certified_by"), report);
    }
}

fn dates(piece: &Piece, report: &mut Report<'_>) {
    let published = date(&piece.date, &root().key("date"), report);
    let updated = piece.updated.as_ref();
    let updated = updated.and_then(|text| date(text, &root().key("updated"), report));
    if let (Some(published), Some(updated)) = (published, updated)
        && updated < published
    {
        let message = format!("the last change, {updated}, is before the publication, {published}");
        let problem = Diagnostic::error(Code::UpdatedBeforeDate, message)
            .hint("leave `updated` out until the piece is changed");
        report.say(&root().key("updated"), problem);
    }
}

fn date(text: &str, path: &FieldPath, report: &mut Report<'_>) -> Option<Date> {
    let error = match Date::parse(text) {
        Ok(date) => return Some(date),
        Err(error) => error,
    };
    let hint = match error {
        DateError::Form { .. } => {
            "write it as 2025-11-04; the words to be printed belong into `date_text`"
        }
        DateError::NoSuchDay { .. } => "is it another day, or month and day the wrong way round?",
    };
    report.say(
        path,
        Diagnostic::error(Code::Date, error.to_string()).hint(hint),
    );
    None
}

fn slug(piece: &Piece, report: &mut Report<'_>) {
    let Err(error) = piece.slug() else { return };
    let problem = Diagnostic::error(Code::Slug, error.to_string());
    let (key, hint) = match (&piece.slug, &error) {
        (_, SlugError::NoneFromTitle) | (None, _) => (
            "title",
            "add `slug: …` of a to z, 0 to 9 and single hyphens".to_owned(),
        ),
        (Some(_), SlugError::Reserved { .. }) => ("slug", "add a word to it".to_owned()),
        (Some(written), _) => match Slug::derive(written) {
            Some(derived) => ("slug", format!("for example `{derived}`")),
            None => (
                "slug",
                "use a to z, 0 to 9 and single hyphens between them".to_owned(),
            ),
        },
    };
    report.say(&root().key(key), problem.hint(hint));
}

fn identifiers(piece: &Piece, report: &mut Report<'_>) {
    if let Some((isbn, fault)) = piece.isbn.as_ref().and_then(|i| Some((i, isbn_fault(i)?))) {
        let problem = Diagnostic::error(Code::Isbn, format!("`{isbn}` is not an ISBN")).hint(fault);
        report.say(&root().key("isbn"), problem);
    }
    if let Some((doi, fault)) = piece.doi.as_ref().and_then(|d| Some((d, doi_fault(d)?))) {
        let problem = Diagnostic::error(Code::Doi, format!("`{doi}` is not a DOI")).hint(fault);
        report.say(&root().key("doi"), problem);
    }
    if let Some(license) = &piece.license {
        address(license, &root().key("license"), report);
    }
}

/// A field that holds an address of the web.
pub(super) fn address(text: &str, path: &FieldPath, report: &mut Report<'_>) {
    if let Some(fault) = address_fault(text, false) {
        let message = format!("`{text}` is not an address that can be linked to");
        report.say(path, Diagnostic::error(Code::Address, message).hint(fault));
    }
}

fn hyphenation(words: &[String], report: &mut Report<'_>) {
    for (index, word) in words.iter().enumerate() {
        let parts: Vec<&str> = word.split('-').collect();
        let fits = parts.len() > 1
            && parts.iter().all(|part| {
                !part.is_empty()
                    && part
                        .chars()
                        .all(|c| c.is_alphabetic() || matches!(c, '’' | '\''))
            });
        if !fits {
            let message = format!("`{word}` is not a word with its breaks");
            let problem = Diagnostic::error(Code::Hyphenation, message)
                .hint("write one word with a hyphen at each permitted break: Khy-ber");
            report.say(&root().key("hyphenation").index(index), problem);
        }
    }
}
