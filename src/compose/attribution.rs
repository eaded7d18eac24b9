//! The title block: series, title, and who answers for the piece.

use crate::diagnostic::FieldPath;
use crate::piece::Piece;

use super::arena::Arena;
use super::localise::{self, ListPart};
use super::{Anchor, ComposeError, Record, Span, Target, TextId, TitleBlock, Words};

/// The relator code of those whom the byline names.
const AUTHOR: &str = "aut";

/// `anchors` are those of the contributors' statements.
pub(super) fn title_block(
    arena: &mut Arena<'_>,
    piece: &Piece,
    record: &Record,
    words: &Words,
    anchors: &[Anchor],
) -> Result<TitleBlock, ComposeError> {
    let root = FieldPath::root();
    Ok(TitleBlock {
        series: {
            let line = piece.number.map(|number| {
                let number = localise::number(number, record.language.as_str());
                fill(
                    &words.number,
                    &[("{series}", &piece.series), ("{number}", &number)],
                )
            });
            arena.plain(
                line.unwrap_or_else(|| piece.series.clone()),
                &root.key("series"),
            )
        },
        title: arena.heading(&piece.title, 1, "title", &root.key("title"))?,
        subtitle: piece
            .subtitle
            .as_ref()
            .map(|s| arena.marked(s, &root.key("subtitle")))
            .transpose()?,
        byline: byline(arena, record, anchors),
        credits: credits(arena, record, words, anchors),
        date: {
            let text = piece.date_text.clone();
            let text = text.unwrap_or_else(|| localise::date(record.date, &record.language));
            arena.plain(format!("{}{text}", words.date), &root.key("date"))
        },
    })
}

/// Replaces each key once, in one pass, so that a value is never taken for a pattern.
fn fill(pattern: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some((at, key, value)) = values
        .iter()
        .filter_map(|(key, value)| rest.find(key).map(|at| (at, key, value)))
        .min()
    {
        out.push_str(&rest[..at]);
        out.push_str(value);
        rest = &rest[at + key.len()..];
    }
    out + rest
}

/// The authors' names in order, joined as the language joins a list.
fn byline(arena: &mut Arena<'_>, record: &Record, anchors: &[Anchor]) -> Option<TextId> {
    let spans = names(record, AUTHOR, anchors);
    (!spans.is_empty()).then(|| arena.text(spans, &FieldPath::root().key("contributors")))
}

/// A line for each other role, in the order in which the roles first come.
fn credits(
    arena: &mut Arena<'_>,
    record: &Record,
    words: &Words,
    anchors: &[Anchor],
) -> Vec<TextId> {
    let mut roles: Vec<&str> = Vec::new();
    for contributor in &record.contributors {
        if contributor.role != AUTHOR && !roles.contains(&contributor.role.as_str()) {
            roles.push(&contributor.role);
        }
    }
    let lines = roles.into_iter().map(|role| {
        let count = record
            .contributors
            .iter()
            .filter(|contributor| contributor.role == role)
            .count();
        let (before, after) = words.role_line(role, count);
        let mut spans = vec![Span::plain(before)];
        spans.extend(names(record, role, anchors));
        if !after.is_empty() {
            spans.push(Span::plain(after));
        }
        arena.text(spans, &FieldPath::root().key("contributors"))
    });
    lines.collect()
}

/// The names of those with a role, each leading to its statement.
fn names(record: &Record, role: &str, anchors: &[Anchor]) -> Vec<Span> {
    let chosen: Vec<(&str, &Anchor)> = record
        .contributors
        .iter()
        .zip(anchors)
        .filter(|(contributor, _)| contributor.role == role)
        .map(|(contributor, anchor)| (contributor.name.as_str(), anchor))
        .collect();
    let elements: Vec<&str> = chosen.iter().map(|(name, _)| *name).collect();
    let mut next = chosen.into_iter();
    let parts = localise::list(&elements, &record.language)
        .into_iter()
        .filter_map(|part| match part {
            ListPart::Between(between) => Some(Span::plain(between)),
            ListPart::Element => next.next().map(|(name, anchor)| Span {
                target: Some(Target::Anchor(anchor.clone())),
                ..Span::plain(name)
            }),
        });
    parts.collect()
}
