//! The days that a piece names, however they are written.

use super::written::{self, Order};
use super::{Report, root};
use crate::diagnostic::{Code, Diagnostic, Edit, FieldPath};
use crate::piece::{Date, DateError, Piece};

/// The day of publication and that of the last change.
pub(super) fn dates(piece: &Piece, report: &mut Report<'_>) -> (Option<Date>, Option<Date>) {
    // One date that shows its order tells that of the other.
    let written = [Some(&piece.date), piece.updated.as_ref()]
        .into_iter()
        .flatten();
    let order = written.filter_map(|text| written::days(text).order).next();
    let published = date(&piece.date, order, &root().key("date"), report);
    let updated = piece.updated.as_ref();
    let updated = updated.and_then(|text| date(text, order, &root().key("updated"), report));
    if let (Some(published), Some(updated)) = (published, updated)
        && updated < published
    {
        let message = format!("the last change, {updated}, is before the publication, {published}");
        let problem = Diagnostic::error(Code::UpdatedBeforeDate, message)
            .hint("leave `updated` out until the piece is changed");
        report.say(&root().key("updated"), problem);
    }
    (published, updated)
}

/// A day; how it should be written is told where that can be known.
pub(super) fn date(
    text: &str,
    order: Option<Order>,
    path: &FieldPath,
    report: &mut Report<'_>,
) -> Option<Date> {
    let error = match Date::parse(text) {
        Ok(date) => return Some(date),
        Err(error) => error,
    };
    let readings = written::days(text).days;
    let meant = match (readings.as_slice(), order) {
        ([one], _) => Some(*one),
        ([day_first, month_first], Some(order)) => Some(match order {
            Order::DayFirst => *day_first,
            Order::MonthFirst => *month_first,
        }),
        _ => None,
    };
    let problem = Diagnostic::error(Code::Date, error.to_string());
    let problem = match (meant, readings.as_slice(), &error) {
        (Some(date), ..) => {
            let hint = format!(
                "write {date}, or what else was meant; words to be printed belong into `date_text`"
            );
            match (report.source.places.get(path), &error) {
                (Some(place), DateError::Form { .. }) => {
                    problem.fix(Edit::new(place.span.clone(), date.to_string()))
                }
                _ => problem,
            }
            .hint(hint)
        }
        (None, [one, other], _) => problem.hint(format!(
            "write {one} for {}, or {other} for {}",
            written::in_words(*one),
            written::in_words(*other)
        )),
        (None, _, DateError::Form { .. }) => {
            problem.hint("write it as 2025-11-04; the words to be printed belong into `date_text`")
        }
        (None, _, DateError::NoSuchDay { .. }) => {
            problem.hint("is it another day, or month and day the wrong way round?")
        }
    };
    report.say(path, problem);
    None
}
