//! What stands before the first statement: series, title, subtitle, date, names; and what does not stand there and must.

use std::collections::BTreeMap;

use super::body::short;
use super::document::{Block, Paragraph, Remark, Role, Weight};
use super::draft::Value;
use super::elsewhere::{Known, date_of_subtitle, hinted, running_head};
use super::people::Start;
use super::shapes;
use crate::compose::{Words, canonical_line, localised_date};
use crate::piece::Date;

/// The front of a piece, and the blocks that are none of it.
#[derive(Debug, Default)]
pub(crate) struct Front {
    pub(crate) fields: BTreeMap<&'static str, Value>,
    pub(crate) rest: Vec<Block>,
}

/// Reads the blocks before the first statement. `text` gives the marked text of a paragraph.
pub(crate) fn read(
    head: &[Block],
    known: &Known<'_>,
    text: &mut dyn FnMut(&Paragraph) -> String,
    remarks: &mut Vec<Remark>,
) -> Front {
    let mut front = Front::default();
    // Lines that may be series, title or subtitle, with whether a style says which.
    let mut lines: Vec<&Paragraph> = Vec::new();
    let mut rest: Vec<Block> = Vec::new();
    let mut is_over = false;
    // Where dates stand.
    let mut days: Vec<String> = Vec::new();
    for block in head {
        let paragraph = match block {
            Block::Paragraph(paragraph) if !paragraph.plain().trim().is_empty() => paragraph,
            other => {
                is_over = true;
                rest.push(other.clone());
                continue;
            }
        };
        let plain = paragraph.plain();
        let date =
            shapes::date(&plain, known.language).filter(|_| !front.fields.contains_key("date"));
        match paragraph.role {
            Role::Title if !front.fields.contains_key("title") => {
                front.fields.insert("title", Value::sure(text(paragraph)));
            }
            Role::Subtitle if !front.fields.contains_key("subtitle") => {
                front
                    .fields
                    .insert("subtitle", Value::sure(text(paragraph)));
            }
            Role::Date if known.document.properties.is_ours => {
                own_date(paragraph, known, &mut front.fields, remarks);
            }
            Role::Series if known.document.properties.is_ours => {
                remarks.push(Remark::lost(
                    &paragraph.place,
                    "the line of the series is made by editions",
                    plain.trim(),
                ));
            }
            Role::Series if !front.fields.contains_key("series") => {
                front.fields.insert("series", Value::sure(plain.trim()));
            }
            Role::Byline => byline(paragraph, known.starts, remarks, &mut rest),
            _ if date.is_some() && (!is_over || paragraph.role == Role::Date) => {
                if let Some(date) = date {
                    days.push(paragraph.place.clone());
                    self::date(&date, paragraph, known, &mut front.fields, remarks);
                }
            }
            Role::Date => {
                remarks.push(Remark::lost(
                    &paragraph.place,
                    "a date that cannot be read",
                    plain.trim(),
                ));
            }
            Role::Text | Role::Heading(_) | Role::Affiliation
                if !is_over
                    && paragraph.item.is_none()
                    && paragraph.pictures.is_empty()
                    && shapes::is_line(&plain) =>
            {
                match is_byline(&plain, known.starts) {
                    true => byline(paragraph, known.starts, remarks, &mut rest),
                    false => lines.push(paragraph),
                }
            }
            _ => {
                is_over = true;
                rest.push(block.clone());
            }
        }
    }
    // Below a salutation, and what mails say first, a bold line before the statements is the title.
    if lines.is_empty() && !front.fields.contains_key("title") {
        let is_title = |block: &Block| {
            matches!(block, Block::Paragraph(p) if p.weight == Weight::Heavy && p.role == Role::Text
                && p.item.is_none() && p.pictures.is_empty() && shapes::is_line(&p.plain()))
        };
        if let Some(at) = rest.iter().rposition(is_title)
            && let Block::Paragraph(paragraph) = rest.remove(at)
        {
            let message = format!("“{}” is taken for the title", short(&paragraph.plain()));
            remarks.push(Remark::guess(&paragraph.place, message));
            let value = Value::guess(text(&paragraph), "a bold line, taken for the title");
            front.fields.insert("title", value);
        }
    }
    // What stands on one line with the date is the series.
    let beside = lines.iter().position(|line| {
        let is_short = line.plain().split_whitespace().count() <= 4;
        is_short && line.role == Role::Text && days.contains(&line.place)
    });
    if let Some(at) = beside.filter(|_| !front.fields.contains_key("series")) {
        let line = lines.remove(at);
        let message = format!("“{}” is taken for the series", short(&line.plain()));
        remarks.push(Remark::guess(&line.place, message));
        let check = "a line at the top, taken for the series";
        front
            .fields
            .insert("series", Value::guess(line.plain().trim(), check));
    }
    let left = assign(&lines, known, &mut front.fields, text, remarks);
    front.rest = left
        .into_iter()
        .map(|paragraph| Block::Paragraph(paragraph.clone()))
        .chain(rest)
        .collect();
    complete(known, &mut front.fields, remarks);
    front
}

/// Whether a line only names those whose statements follow.
fn is_byline(plain: &str, starts: &[Start]) -> bool {
    let line = canonical_line(plain);
    let all = starts
        .iter()
        .all(|start| line.contains(&canonical_line(&start.name)));
    starts.len() > 1 && all
}

/// Names under a title: where all of them have statements they say nothing new.
fn byline(
    paragraph: &Paragraph,
    starts: &[Start],
    remarks: &mut Vec<Remark>,
    rest: &mut Vec<Block>,
) {
    let plain = paragraph.plain();
    let line = canonical_line(&plain);
    let named = starts
        .iter()
        .filter(|start| line.contains(&canonical_line(&start.name)))
        .count();
    match named {
        0 => rest.push(Block::Paragraph(Paragraph {
            role: Role::Text,
            ..paragraph.clone()
        })),
        _ => remarks.push(Remark::lost(
            &paragraph.place,
            "the line of names is left out: editions make it themselves",
            plain.trim(),
        )),
    }
}

fn date(
    date: &shapes::DateLine,
    paragraph: &Paragraph,
    known: &Known<'_>,
    fields: &mut BTreeMap<&'static str, Value>,
    remarks: &mut Vec<Remark>,
) {
    let Some(day) = date.days.first() else { return };
    let value = match date.days.as_slice() {
        [_, other, ..] => {
            let message = format!("“{}” is read as {day}; it may be {other}", date.written);
            remarks.push(Remark::guess(&paragraph.place, &message));
            Value::guess(day.to_string(), message)
        }
        _ => Value::sure(day.to_string()),
    };
    fields.insert("date", value);
    // A date that editions write the same way need not be written out.
    let own = known
        .language
        .and_then(|language| localised_date(*day, language));
    let is_own = own.is_some_and(|own| canonical_line(&own) == canonical_line(&date.written));
    let words = match is_own || date.written == day.to_string() {
        true => paragraph.plain(),
        false => {
            fields.insert("date_text", Value::sure(&*date.written));
            date.label.clone()
        }
    };
    if !words.trim().is_empty() {
        let message = "the label of the date, or the date itself, is left out: editions write it";
        remarks.push(Remark::lost(&paragraph.place, message, words.trim()));
    }
}

/// The date line of an edition of ours, whose properties say the day.
fn own_date(
    paragraph: &Paragraph,
    known: &Known<'_>,
    fields: &mut BTreeMap<&'static str, Value>,
    remarks: &mut Vec<Remark>,
) {
    let language = known.language;
    let words = language.and_then(Words::of).unwrap_or(Words::english());
    let plain = canonical_line(&paragraph.plain());
    let shown = plain
        .strip_prefix(&*canonical_line(&words.date))
        .unwrap_or(&plain)
        .trim();
    let day = known
        .document
        .properties
        .fields
        .iter()
        .find(|(key, _)| key == "date");
    let day = day.and_then(|(_, day)| Date::parse(day).ok());
    let own = day
        .zip(language)
        .and_then(|(day, language)| localised_date(day, language));
    let is_own = own.is_some_and(|own| canonical_line(&own) == shown)
        || day.is_some_and(|day| day.to_string() == shown);
    if !is_own {
        fields.insert("date_text", Value::sure(shown));
    }
    remarks.push(Remark::lost(
        &paragraph.place,
        "the line of the date is made by editions",
        plain,
    ));
}

/// Gives lines their meaning; those that have none are given back.
fn assign<'p>(
    lines: &[&'p Paragraph],
    known: &Known<'_>,
    fields: &mut BTreeMap<&'static str, Value>,
    text: &mut dyn FnMut(&Paragraph) -> String,
    remarks: &mut Vec<Remark>,
) -> Vec<&'p Paragraph> {
    let series = known.wishes.series.as_deref();
    let is_series = |line: &Paragraph| {
        series.is_some_and(|series| {
            canonical_line(series).to_lowercase() == canonical_line(&line.plain()).to_lowercase()
        })
    };
    let mut lines: Vec<&Paragraph> = lines.to_vec();
    let mut guess = |key: &'static str,
                     line: &Paragraph,
                     marked: String,
                     fields: &mut BTreeMap<&'static str, Value>| {
        let message = format!("“{}” is taken for the {key}", short(&line.plain()));
        remarks.push(Remark::guess(&line.place, message));
        let check = format!("a line at the top, taken for the {key}");
        fields.insert(key, Value::guess(marked, check));
    };
    if lines.first().is_some_and(|line| is_series(line)) && !fields.contains_key("series") {
        let line = lines.remove(0);
        fields.insert("series", Value::sure(line.plain().trim()));
    }
    let words = |line: &Paragraph| shapes::words(&line.plain());
    let is_heading = |line: &Paragraph| matches!(line.role, Role::Heading(_));
    if !fields.contains_key("title") && !lines.is_empty() {
        let wished = known.wishes.title.as_deref().map(canonical_line);
        let heading = lines.iter().position(|line| is_heading(line));
        let same = lines
            .iter()
            .position(|line| Some(canonical_line(&line.plain())) == wished);
        let at = same.or(heading.filter(|at| *at < 2)).unwrap_or_else(|| {
            let begins_with_series = lines.len() > 1
                && !fields.contains_key("series")
                && words(lines[0]) <= 4
                && (words(lines[1]) > words(lines[0]) || lines.len() > 2)
                && !lines[0].plain().contains(['?', ':', '!', '？', '：', '！']);
            usize::from(begins_with_series)
        });
        let title = lines.remove(at);
        let marked = text(title);
        match is_heading(title) || same.is_some() {
            true => drop(fields.insert("title", Value::sure(marked))),
            false => guess("title", title, marked, fields),
        }
        if at > 0 && !fields.contains_key("series") {
            let line = lines.remove(at - 1);
            guess("series", line, line.plain().trim().to_owned(), fields);
        }
    } else if !lines.is_empty()
        && !fields.contains_key("series")
        && known.document.blocks.first() == Some(&Block::Paragraph(lines[0].clone()))
        && fields.contains_key("title")
    {
        // A line above the title.
        let line = lines.remove(0);
        guess("series", line, line.plain().trim().to_owned(), fields);
    }
    if !fields.contains_key("subtitle")
        && lines
            .first()
            .is_some_and(|line| !is_heading(line) && words(line) <= 16)
    {
        let line = lines.remove(0);
        let marked = text(line);
        guess("subtitle", line, marked, fields);
    }
    lines
}

/// Puts in what was asked for, and remarks where something is missing.
fn complete(
    known: &Known<'_>,
    fields: &mut BTreeMap<&'static str, Value>,
    remarks: &mut Vec<Remark>,
) {
    let wishes = known.wishes;
    for (key, value) in &known.document.properties.fields {
        if let Some(key) = super::field(key) {
            fields.entry(key).or_insert_with(|| Value::sure(&**value));
        }
    }
    for (key, wish) in [
        ("series", &wishes.series),
        ("title", &wishes.title),
        ("date", &wishes.date),
    ] {
        let Some(wish) = wish else { continue };
        let before = fields
            .insert(key, Value::sure(&**wish))
            .and_then(|value| value.text);
        let words = before.filter(|before| canonical_line(before) != canonical_line(wish));
        if let Some(words) = words {
            let message =
                format!("the {key} is the one that was asked for, not the one in the file");
            remarks.push(Remark::lost(&known.document.name, message, words));
        }
    }
    hinted(known, fields, remarks);
    if !fields.contains_key("title")
        && let Some(head) = &known.document.running_head
    {
        running_head(head, known, fields, remarks);
    }
    if !fields.contains_key("title") {
        let own = known.document.properties.title.clone();
        let stem = || {
            let name = known.document.name.rsplit('/').next().unwrap_or_default();
            name.rsplit_once('.')
                .map_or(name, |(stem, _)| stem)
                .replace(['_'], " ")
        };
        let (title, from) = match own {
            Some(own) => (own, "the properties of the file"),
            None => (stem(), "the name of the file"),
        };
        let message = format!("the title is that of {from}");
        remarks.push(Remark::guess(&known.document.name, &message));
        fields.insert("title", Value::guess(title, message));
    }
    if wishes.inherits.series
        && (!fields.contains_key("series")
            || fields.get("series").and_then(|v| v.text.clone()) == wishes.series)
    {
        // The project gives it.
        let own = fields.remove("series").and_then(|value| value.text);
        if let Some(words) = own {
            remarks.push(Remark::lost(
                &known.document.name,
                "the series is left to the project",
                words,
            ));
        }
    } else if !fields.contains_key("series") {
        remarks.push(Remark::guess(&known.document.name, "no series was found"));
        fields.insert(
            "series",
            Value::missing("no series was found; a piece needs one"),
        );
    }
    date_of_subtitle(known, fields, remarks);
    if !fields.contains_key("date") {
        remarks.push(Remark::guess(&known.document.name, "no date was found"));
        fields.insert(
            "date",
            Value::missing("no date was found; a piece needs one, as YYYY-MM-DD"),
        );
    }
}
