//! The rules over what decides whether and where a piece is published.

use std::collections::BTreeSet;

use super::checked::Text;
use super::dates::date;
use super::{Report, root, text};
use crate::diagnostic::{Code, Diagnostic};
use crate::piece::{
    Alias, Date, Instant, InstantError, Life, Piece, Slug, SlugOrigin, Status, Withdrawal,
};

/// What was corrected after publication.
#[derive(Debug, Clone, PartialEq)]
pub struct Correction {
    /// The day.
    pub date: Date,
    /// What was wrong and what is right.
    pub text: Text,
}

/// The life of a piece whose slug is this one.
pub(super) fn check(piece: &Piece, slug: Option<&Slug>, report: &mut Report<'_>) -> Life {
    Life {
        status: status(piece, report),
        embargo: embargo(piece, report),
        aliases: slug.map_or_else(Vec::new, |slug| aliases(piece, slug, report)),
        translation_of: translation_of(piece, slug, report),
        slug: match piece.slug {
            Some(_) => SlugOrigin::Written,
            None => SlugOrigin::Title,
        },
        series: piece.series.clone(),
    }
}

fn status(piece: &Piece, report: &mut Report<'_>) -> Status {
    let withdrawal = piece.withdrawn.as_ref().and_then(|withdrawn| {
        let at = root().key("withdrawn");
        text::plain(&withdrawn.reason, &at.key("reason"), report);
        let date = date(&withdrawn.date, None, &at.key("date"), report)?;
        let reason = withdrawn.reason.clone();
        Some(Withdrawal { date, reason })
    });
    let is_withdrawn = piece.status.as_deref() == Some("withdrawn");
    match (is_withdrawn, &piece.withdrawn) {
        (true, None) => {
            let problem = Diagnostic::error(Code::Status, "a withdrawn piece says when and why")
                .hint("add `withdrawn: {date: 2025-11-04, reason: ...}`");
            report.say(&root().key("status"), problem);
        }
        (false, Some(_)) => {
            let message = "the piece says why it was withdrawn, and is not";
            let problem = Diagnostic::error(Code::Status, message)
                .hint("add `status: withdrawn`, or take `withdrawn` out");
            report.say(&root().key("withdrawn"), problem);
        }
        _ => {}
    }
    match piece.status.as_deref() {
        Some("draft") => Status::Draft,
        Some("withdrawn") => withdrawal.map_or(Status::Ready, Status::Withdrawn),
        _ => Status::Ready,
    }
}

fn embargo(piece: &Piece, report: &mut Report<'_>) -> Option<Instant> {
    let written = piece.embargo.as_ref()?;
    match Instant::parse(written) {
        Ok(instant) => Some(instant),
        Err(error) => {
            let hint = match error {
                InstantError::NoOffset { .. } => {
                    "add it: Z for UTC, +05:00 for Karachi; an hour alone is another instant in each place"
                }
                InstantError::Form { .. } => "write day, time and offset: 2025-11-04T09:00+05:00",
            };
            let problem = Diagnostic::error(Code::Embargo, error.to_string()).hint(hint);
            report.say(&root().key("embargo"), problem);
            None
        }
    }
}

/// The earlier addresses. One without a series has that of the next, the last one the piece's own.
fn aliases(piece: &Piece, slug: &Slug, report: &mut Report<'_>) -> Vec<Alias> {
    let mut found: Vec<Alias> = Vec::new();
    let mut known: BTreeSet<(String, Slug)> = BTreeSet::new();
    let mut series = piece.series.clone();
    for (index, written) in piece.aliases.iter().enumerate().rev() {
        let at = root().key("aliases").index(index);
        let name = match written.rsplit_once('/') {
            Some((own, name)) => {
                series = own.trim().to_owned();
                name.trim()
            }
            None => written.trim(),
        };
        let mut refuse = |message: String, hint: &str| {
            report.say(&at, Diagnostic::error(Code::Alias, message).hint(hint));
        };
        let alias = match Slug::parse(name) {
            Ok(slug) if !series.is_empty() => Alias {
                series: series.clone(),
                slug,
            },
            Ok(_) => {
                refuse(
                    format!("`{written}` names no series before its slash"),
                    "write the slug alone, or the series as it was written",
                );
                continue;
            }
            Err(error) => {
                refuse(
                    format!("`{written}` is no earlier address: {error}"),
                    "write the slug that the piece had, such as `old-slug`, or `Old Series/old-slug`",
                );
                continue;
            }
        };
        let is_own = alias.slug == *slug && alias.series == piece.series;
        if is_own || !known.insert((alias.series.clone(), alias.slug.clone())) {
            let what = if is_own {
                "is the address of the piece itself"
            } else {
                "stands here twice"
            };
            refuse(
                format!("`{written}` {what}"),
                "name earlier addresses alone, each once",
            );
        } else {
            found.push(alias);
        }
    }
    found.reverse();
    found
}

fn translation_of(piece: &Piece, slug: Option<&Slug>, report: &mut Report<'_>) -> Option<Slug> {
    let written = piece.translation_of.as_ref()?;
    let problem = match Slug::parse(written) {
        Ok(other) if Some(&other) != slug => return Some(other),
        Ok(_) => "a piece is no translation of itself".to_owned(),
        Err(error) => format!("`{written}` is no slug of a piece: {error}"),
    };
    let problem = Diagnostic::error(Code::Translation, problem)
        .hint("write the slug of the piece that was translated");
    report.say(&root().key("translation_of"), problem);
    None
}

/// What was corrected, each on the day of publication or later.
pub(super) fn corrections(
    piece: &Piece,
    published: Option<Date>,
    report: &mut Report<'_>,
) -> Vec<Correction> {
    let mut found = Vec::new();
    for (index, correction) in piece.corrections.iter().enumerate() {
        let at = root().key("corrections").index(index);
        let text = text::marked(&correction.text, &at.key("text"), report);
        let Some(day) = date(&correction.date, None, &at.key("date"), report) else {
            continue;
        };
        if published.is_some_and(|published| day < published) {
            let message = format!("the correction of {day} is before the publication");
            let problem = Diagnostic::error(Code::UpdatedBeforeDate, message)
                .hint("what is put right before publication is no correction");
            report.say(&at.key("date"), problem);
        }
        found.push(Correction { date: day, text });
    }
    found
}
