//! The title block: series, title, and who answers for the piece.

use crate::check::checked::Front;
use crate::diagnostic::FieldPath;
use crate::piece::Role;

use super::arena::Arena;
use super::localise::{self, ListPart};
use super::span::push;
use super::wording::Wording;
use super::{Anchor, Foreign, Kind, Person, Record, Span, Target, TextId, TitleBlock};

/// `anchors` are those of the contributors' statements.
pub(super) fn title_block(
    arena: &mut Arena<'_>,
    front: &Front,
    record: &Record,
    wording: &Wording,
    anchors: &[Anchor],
) -> TitleBlock {
    let root = FieldPath::root();
    let series = Span::plain(&*front.series);
    let series = match front.number {
        None => vec![series],
        Some(number) => {
            let number = arena.digits.number(number as usize);
            let values = [
                ("{series}", vec![series]),
                ("{number}", vec![Span::plain(number)]),
            ];
            wording.fill(&wording.words.number, values)
        }
    };
    TitleBlock {
        logo: None,
        publisher: None,
        series: arena.text(Kind::Series, series, &root.key("series")),
        title: arena.heading(&front.title, 1, "title"),
        subtitle: front
            .subtitle
            .as_ref()
            .map(|text| arena.marked(Kind::Subtitle, text)),
        byline: byline(arena, record, anchors),
        credits: credits(arena, record, wording, anchors),
        date: arena.text(Kind::Date, date(front, record, wording), &root.key("date")),
    }
}

/// The date with its label.
fn date(front: &Front, record: &Record, wording: &Wording) -> Vec<Span> {
    let text = match &front.date_text {
        Some(text) => Span::plain(&**text),
        None => match (
            localise::date(record.date, &record.language),
            &wording.language,
        ) {
            (Some(text), _) => Span::plain(text),
            // A language of which neither words nor dates are known has both in English.
            (None, Some(english)) => {
                let text = localise::date(record.date, &english.tag);
                wording.span(&text.unwrap_or_else(|| record.date.to_string()))
            }
            (None, None) => Span::plain(record.date.to_string()),
        },
    };
    let mut line = Vec::new();
    wording.label(&wording.words.date, &mut line);
    push(&mut line, text);
    line
}

/// The authors' names in order, joined as the language joins a list.
fn byline(arena: &mut Arena<'_>, record: &Record, anchors: &[Anchor]) -> Option<TextId> {
    let spans = names(record, Role::AUTHOR, anchors);
    (!spans.is_empty())
        .then(|| arena.text(Kind::Byline, spans, &FieldPath::root().key("contributors")))
}

/// A line for each other role, in the order in which the roles first come.
fn credits(
    arena: &mut Arena<'_>,
    record: &Record,
    wording: &Wording,
    anchors: &[Anchor],
) -> Vec<TextId> {
    let mut roles: Vec<Role> = Vec::new();
    for contributor in &record.people {
        if contributor.role != Role::AUTHOR && !roles.contains(&contributor.role) {
            roles.push(contributor.role);
        }
    }
    let lines = roles.into_iter().map(|role| {
        let count = record
            .people
            .iter()
            .filter(|contributor| contributor.role == role)
            .count();
        let words = wording.words;
        let values = [
            ("{role}", vec![wording.span(words.role(role.code(), count))]),
            ("{names}", names(record, role, anchors)),
        ];
        let spans = wording.fill(&words.label, values);
        arena.text(Kind::Credit, spans, &FieldPath::root().key("contributors"))
    });
    lines.collect()
}

/// The names of those with a role, each leading to its statement.
fn names(record: &Record, role: Role, anchors: &[Anchor]) -> Vec<Span> {
    let chosen: Vec<(&Person, &Anchor)> = record
        .people
        .iter()
        .zip(anchors)
        .filter(|(contributor, _)| contributor.role == role)
        .collect();
    let elements: Vec<&str> = chosen.iter().map(|(person, _)| &*person.name).collect();
    let mut next = chosen.into_iter();
    let parts = localise::list(&elements, &record.language)
        .into_iter()
        .filter_map(|part| match part {
            ListPart::Between(between) => Some(Span::plain(between)),
            ListPart::Element => next.next().map(|(person, anchor)| Span {
                target: Some(Target::Anchor(anchor.clone())),
                language: person.name_language.as_ref().map(Foreign::of),
                ..Span::plain(&*person.name)
            }),
        });
    parts.collect()
}
