//! Values of the source that are others now.

use super::super::document;
use super::super::into::{line_end, line_start};
use super::unit::Unit;
use super::words::{Wanted, rewritten};
use super::{Desk, scalar, short};
use crate::compose::canonical_line;
use crate::diagnostic::{Edit, FieldPath};
use crate::piece::{Marked, one_line};
use crate::read::{Look, Span};
use crate::yaml::writer::{Context, inline};

/// Fields that are plain texts: no mark is read in them.
const PLAIN: &[&str] = &[
    "name",
    "affiliation",
    "credit",
    "alt",
    "series",
    "date_text",
    "publisher",
    "summary",
];

impl Desk<'_> {
    pub(super) fn change_text(&mut self, old: &Unit, new: &Unit) {
        // The line of names is made of the names.
        if matches!(old.origin.as_str(), "" | "contributors") {
            return;
        }
        if matches!(old.origin.as_str(), "date" | "date_text") {
            if !self.date(new) {
                self.tell(
                    &new.place,
                    format!(
                        "the date line says “{}”; put the day into `date` by hand",
                        short(&new.line)
                    ),
                );
            }
            return;
        }
        let Some(value) = self.values.get(&old.origin).cloned() else {
            return self.change_given(old, new);
        };
        let key = old.origin.as_str().rsplit('.').next().unwrap_or_default();
        let is_plain = PLAIN.contains(&key);
        let said = match is_plain {
            true => canonical_line(&value),
            false => canonical_line(&Marked::new(value.as_str()).plain()),
        };
        // What editions add around a value is no part of it.
        let Some(at) = old.line.find(&said).filter(|_| !said.is_empty()) else {
            return self.tell(
                &new.place,
                format!(
                    "“{}” is made of several fields; change it by hand to “{}”",
                    short(&old.line),
                    short(&new.line)
                ),
            );
        };
        let (lead, tail) = (&old.line[..at], &old.line[at + said.len()..]);
        let rest = new
            .line
            .strip_prefix(lead)
            .and_then(|rest| rest.strip_suffix(tail));
        let Some(rest) = rest.filter(|rest| !rest.is_empty()) else {
            return self.tell(
                &new.place,
                format!(
                    "what editions add around “{}” was changed, and stays as it is",
                    short(&said)
                ),
            );
        };
        let wished = if is_plain {
            let found = super::words::changes(&value, rest);
            super::words::changed(&value, &found)
        } else {
            let mut spans = self.named(&new.spans);
            if !lead.is_empty() {
                super::super::lists::cut(&mut spans, lead_length(&new.spans, lead));
            }
            if !tail.is_empty() {
                let plain = document::plain(&spans);
                let keep = plain
                    .trim_end()
                    .len()
                    .saturating_sub(tail.trim_start().len());
                spans = vec![Span {
                    text: plain.get(..keep).unwrap_or(&plain).trim_end().to_owned(),
                    look: Look::default(),
                }];
            }
            let has_looks = old.has_looks && lead.is_empty() && tail.is_empty();
            rewritten(
                &value,
                &Wanted {
                    spans: &trimmed(spans),
                    has_looks,
                },
            )
        };
        let Some(place) = self.loaded.source.places.get(&old.origin).cloned() else {
            return self.change_given(old, new);
        };
        if let Some(edit) = scalar::edit(&self.loaded.source.text, &place, &value, &wished) {
            self.push(edit);
        }
    }

    /// The text of a cell with the words that changed.
    pub(super) fn rewritten_cell(&self, old: &Unit, new: &Unit) -> String {
        let value = self.values.get(&old.origin).map_or("", String::as_str);
        let spans = trimmed(self.named(&new.spans));
        rewritten(
            value,
            &Wanted {
                spans: &spans,
                has_looks: old.has_looks,
            },
        )
    }

    /// The date line: where it says a day that can be read, the day is the piece's.
    fn date(&mut self, new: &Unit) -> bool {
        let Some(date) = super::super::shapes::date(&new.line, self.language.as_ref()) else {
            return false;
        };
        let [day] = date.days.as_slice() else {
            return false;
        };
        let root = FieldPath::root();
        for (key, said) in [
            ("date", day.to_string()),
            ("date_text", date.written.clone()),
        ] {
            let path = root.key(key);
            let (Some(value), Some(place)) =
                (self.values.get(&path), self.loaded.source.places.get(&path))
            else {
                continue;
            };
            if let Some(edit) = scalar::edit(&self.loaded.source.text, place, value, &said) {
                self.edits.push(edit);
            }
        }
        true
    }

    /// A value that the project gives: it is written into this piece, and the line for the project is offered.
    fn change_given(&mut self, old: &Unit, new: &Unit) {
        let path = old.origin.as_str();
        let key = path.rsplit('.').next().unwrap_or_default().to_owned();
        let person = old
            .origin
            .parent()
            .map(|contributor| contributor.key("person"));
        let person = person.and_then(|person| {
            Some((
                self.values.get(&person)?.clone(),
                self.loaded.source.places.get(&person)?.span.clone(),
            ))
        });
        let (Some((id, span)), "name" | "affiliation") = (person, key.as_str()) else {
            return self.tell(
                &new.place,
                format!(
                    "“{}” comes from the project and is not changed here: “{}”",
                    short(&old.line),
                    short(&new.line)
                ),
            );
        };
        let text = &self.loaded.source.text;
        let line = line_start(text, span.start);
        let column = text[line..span.start].rfind("person").unwrap_or(4);
        let end = line_end(text, span.end);
        let value = inline(&new.line, Context::Block);
        let line = format!("\n{}{key}: {value}", " ".repeat(column));
        self.tell(&new.place, format!("the {key} of `{id}` is another in this piece alone; for all pieces write into the project's file: people: {id}: {key}: {value}"));
        self.push(Edit::new(end..end, line));
    }
}

/// How many bytes of spans a lead takes, whose white space may be of another kind.
fn lead_length(spans: &[Span], lead: &str) -> usize {
    let plain = document::plain(spans);
    let letters = lead.chars().filter(|c| !c.is_whitespace()).count();
    let mut seen = 0;
    for (at, c) in plain.char_indices() {
        if seen == letters && !c.is_whitespace() {
            return at;
        }
        seen += usize::from(!c.is_whitespace());
    }
    plain.len()
}

/// Spans without white space at both ends, which is none of a text.
pub(super) fn trimmed(mut spans: Vec<Span>) -> Vec<Span> {
    for span in &mut spans {
        if span.text.contains(['\n', '\r']) {
            span.text = one_line(&span.text).into_owned();
        }
        // Ties are no-break spaces in Word alone.
        span.text = span.text.replace('\u{a0}', " ");
    }
    if let Some(first) = spans.first_mut() {
        first.text = first.text.trim_start().to_owned();
    }
    if let Some(last) = spans.iter_mut().rev().find(|span| !document::is_note(span)) {
        last.text = last.text.trim_end().to_owned();
    }
    spans.retain(|span| !span.text.is_empty());
    spans
}
