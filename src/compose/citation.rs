//! The citation of a piece: its own words, else what the pattern of its project makes of it.

use crate::check::checked::{CheckedPiece, Inline, Text};
use crate::piece::CITATION_FIELDS;

use super::digits::Digits;
use super::localise::{self, ListPart};
use super::people::{Part, Person};

/// The citation that every edition prints and every record names.
pub(super) fn citation(piece: &CheckedPiece, people: &[Person]) -> Option<Text> {
    if let Some(own) = &piece.front.citation {
        return Some(own.clone());
    }
    let pattern = piece.front.citation_pattern.as_ref()?;
    let mut inlines = filled(&pattern.inlines, &|field| value(field, piece, people));
    tidy(&mut inlines);
    Some(Text {
        inlines,
        origin: pattern.origin.clone(),
    })
}

/// What stands for a field; nothing where the piece does not say it.
fn value(field: &str, piece: &CheckedPiece, people: &[Person]) -> Vec<Inline> {
    let front = &piece.front;
    let digits = Digits::of(front.language.as_str());
    let words = |words: String| vec![Inline::Text(words)];
    match field {
        "authors" => words(authors(piece, people)),
        "title" => {
            let mut title = front.title.inlines.clone();
            if let Some(subtitle) = &front.subtitle {
                title.push(Inline::Text(": ".to_owned()));
                title.extend(subtitle.inlines.iter().cloned());
            }
            title
        }
        "year" => words(digits.number(front.date.year().into())),
        "series" => words(front.series.clone()),
        "number" => {
            let number = front.number.map(|number| digits.number(number as usize));
            number.map_or_else(Vec::new, words)
        }
        "address" => {
            let doi = front.doi.as_ref().map(|doi| {
                let address = doi.address();
                (address.as_str().to_owned(), address)
            });
            let url = front.url.as_ref();
            let url = url.map(|url| (url.written.clone(), url.address.clone()));
            let link = |(shown, to): (String, _)| Inline::Link {
                to,
                content: words(shown),
            };
            doi.or(url).map(link).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// The names of those who made the piece, joined as its language joins a list.
fn authors(piece: &CheckedPiece, people: &[Person]) -> String {
    let authors = people.iter().filter(|person| person.part == Part::Creator);
    let names: Vec<&str> = authors.map(|person| person.name.as_str()).collect();
    let mut left = names.iter();
    let parts = localise::list(&names, &piece.front.language);
    let parts = parts.into_iter().map(|part| match part {
        ListPart::Element => left.next().copied().unwrap_or_default().to_owned(),
        ListPart::Between(between) => between,
    });
    parts.collect()
}

/// The pattern with its fields filled in, inside emphasis and links too.
fn filled(pattern: &[Inline], value: &dyn Fn(&str) -> Vec<Inline>) -> Vec<Inline> {
    let mut out = Vec::new();
    for inline in pattern {
        let inside = |content: &[Inline]| filled(content, value);
        match inline {
            Inline::Text(text) => fill(text, value, &mut out),
            Inline::Emphasis(content) => out.push(Inline::Emphasis(inside(content))),
            Inline::Strong(content) => out.push(Inline::Strong(inside(content))),
            Inline::Superscript(content) => out.push(Inline::Superscript(inside(content))),
            Inline::Subscript(content) => out.push(Inline::Subscript(inside(content))),
            Inline::Link { to, content } => out.push(Inline::Link {
                to: to.clone(),
                content: inside(content),
            }),
            Inline::Foreign { language, content } => out.push(Inline::Foreign {
                language: language.clone(),
                content: inside(content),
            }),
            Inline::Note(note) => out.push(Inline::Note(*note)),
        }
    }
    out
}

fn fill(text: &str, value: &dyn Fn(&str) -> Vec<Inline>, out: &mut Vec<Inline>) {
    let mut rest = text;
    while let Some((at, field)) = next_field(rest) {
        let filled = value(field);
        let before = &rest[..at];
        // Without a value the space before it goes as well.
        let before = match filled.is_empty() {
            true => before.trim_end(),
            false => before,
        };
        put(before, out);
        out.extend(filled);
        rest = &rest[at + field.len() + 2..];
    }
    put(rest, out);
}

fn put(text: &str, out: &mut Vec<Inline>) {
    if !text.is_empty() {
        out.push(Inline::Text(text.to_owned()));
    }
}

/// The first field of a text, and where its brace stands.
fn next_field(text: &str) -> Option<(usize, &'static str)> {
    let found = CITATION_FIELDS.iter().filter_map(|field| {
        let at = text.find(&format!("{{{field}}}"))?;
        Some((at, *field))
    });
    found.min()
}

/// Drops elements in which nothing is left.
fn tidy(inlines: &mut Vec<Inline>) {
    inlines.retain_mut(|inline| match inline {
        Inline::Text(_) | Inline::Note(_) => true,
        Inline::Emphasis(content)
        | Inline::Strong(content)
        | Inline::Superscript(content)
        | Inline::Subscript(content)
        | Inline::Link { content, .. }
        | Inline::Foreign { content, .. } => {
            tidy(content);
            !content.is_empty()
        }
    });
}
