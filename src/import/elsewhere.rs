//! What else says title, series and day, where no line at the top does: running heads, subtitles, the heads of mails.

use std::collections::BTreeMap;

use super::Wishes;
use super::body::short;
use super::document::{Document, Remark};
use super::draft::Value;
use super::mailbox::Hints;
use super::people::Start;
use super::shapes;
use crate::compose::canonical_line;
use crate::piece::{LanguageTag, Marked};

/// What is known when a front is read.
pub(crate) struct Known<'a> {
    pub(crate) document: &'a Document,
    pub(crate) wishes: &'a Wishes,
    pub(crate) language: Option<&'a LanguageTag>,
    pub(crate) starts: &'a [Start],
    pub(super) hints: &'a Hints,
}

/// A running head that says the title, and perhaps the series before it.
pub(super) fn running_head(
    head: &str,
    known: &Known<'_>,
    fields: &mut BTreeMap<&'static str, Value>,
    remarks: &mut Vec<Remark>,
) {
    let is_series = |text: &str| {
        let wished = known.wishes.series.as_deref();
        wished.is_some_and(|series| canonical_line(series).eq_ignore_ascii_case(text))
    };
    let parts = [" | ", " · ", " – ", " — "]
        .into_iter()
        .find_map(|mark| head.split_once(mark));
    let parts = parts.or_else(|| {
        let (first, rest) = head.split_once(": ")?;
        (is_series(first) || rest.contains(": ")).then_some((first, rest))
    });
    let (series, title) = match parts {
        Some((series, title)) if !fields.contains_key("series") => {
            (Some(series.trim()), title.trim())
        }
        _ => (None, head),
    };
    for (key, value) in [("series", series), ("title", Some(title))] {
        let Some(value) = value else { continue };
        remarks.push(Remark::guess(
            &known.document.name,
            format!(
                "“{}” of the running head is taken for the {key}",
                short(value)
            ),
        ));
        fields.insert(
            key,
            Value::guess(value, format!("from the running head, taken for the {key}")),
        );
    }
}

/// Where no line is a date, the day that the subtitle ends with; a subtitle that is nothing else is none.
pub(super) fn date_of_subtitle(
    known: &Known<'_>,
    fields: &mut BTreeMap<&'static str, Value>,
    remarks: &mut Vec<Remark>,
) {
    let said = fields.get("subtitle").and_then(|value| value.text.as_ref());
    let Some(said) = said.filter(|_| !fields.contains_key("date")) else {
        return;
    };
    let plain = Marked::new(said.as_str()).plain();
    let parts = [',', '|', '–', '—', '·', ';'];
    let behind = plain.match_indices(parts).map(|(at, sign)| at + sign.len());
    let found = [0].into_iter().chain(behind).find_map(|at| {
        let date = shapes::date(&plain[at..], known.language)?;
        Some((at, *date.days.first()?, date))
    });
    let Some((at, day, date)) = found else { return };
    let message = match at {
        0 => format!("“{}” is taken for the date", date.written),
        _ => format!("the date is the {day} that the subtitle ends with"),
    };
    remarks.push(Remark::guess(&known.document.name, &message));
    fields.insert("date", Value::guess(day.to_string(), message));
    if at == 0 && date.label.is_empty() {
        fields.remove("subtitle");
        fields.insert("date_text", Value::sure(plain.trim()));
    }
}

/// Puts in what the heads of mails say: their subject is the title, or under a title the series; the last of their days is the day.
pub(super) fn hinted(
    known: &Known<'_>,
    fields: &mut BTreeMap<&'static str, Value>,
    remarks: &mut Vec<Remark>,
) {
    let is_short = |text: &String| text.split_whitespace().count() <= 4;
    let subject = known.hints.subject.clone();
    let key = match (fields.contains_key("title"), fields.contains_key("series")) {
        (false, _) => Some("title"),
        (true, false) if subject.as_ref().is_some_and(is_short) => Some("series"),
        _ => None,
    };
    let day = known.hints.day.filter(|_| !fields.contains_key("date"));
    let found = key
        .zip(subject)
        .into_iter()
        .chain(day.map(|day| ("date", day.to_string())));
    for (key, value) in found {
        let message = format!(
            "“{}” of the heads of the mails is taken for the {key}",
            short(&value)
        );
        remarks.push(Remark::guess(&known.document.name, message));
        let check = format!("from the heads of the mails, taken for the {key}");
        fields.insert(key, Value::guess(value, check));
    }
}
