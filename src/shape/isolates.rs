//! Which stretches of a text the text around them does not touch: spans in another language, names that lead to statements, marks
//! of notes. Links are part of the sentence that they stand in.

use crate::compose::{Span, Target};
use crate::piece::Direction;

use super::bidi::Isolate;

/// The isolates of a text of spans, read in a direction. They follow each other or stand in each other, the outer first.
pub(crate) fn isolates(spans: &[Span], base: Direction) -> Vec<Isolate> {
    // A text that is all in one language of its own direction stands in nothing.
    let words = || spans.iter().filter(|span| !span.is_mark());
    let first = words().next().and_then(|span| span.language.as_ref());
    let whole = first.is_some_and(|language| language.direction == base)
        && words().all(|span| span.language.as_ref() == first);
    let mut found = Vec::new();
    let (mut at, mut rest) = (0, spans);
    while let Some(span) = rest.first() {
        let alike = match (&span.language, whole) {
            (Some(language), false) => {
                let others = rest
                    .iter()
                    .take_while(|other| other.language.as_ref() == Some(language));
                let count = others.count();
                found.push(Isolate {
                    start: at,
                    end: at + length(&rest[..count]),
                    direction: Some(language.direction),
                });
                count
            }
            _ => 1,
        };
        let (group, after) = rest.split_at(alike);
        stand_alone(group, at, &mut found);
        at += length(group);
        rest = after;
    }
    found
}

/// The names and marks among spans that begin at a byte.
fn stand_alone(spans: &[Span], start: usize, found: &mut Vec<Isolate>) {
    let mut at = start;
    for span in spans {
        let end = at + span.text.len();
        if span.is_mark() || matches!(span.target, Some(Target::Anchor(_))) {
            found.push(Isolate {
                start: at,
                end,
                direction: None,
            });
        }
        at = end;
    }
}

fn length(spans: &[Span]) -> usize {
    spans.iter().map(|span| span.text.len()).sum()
}
