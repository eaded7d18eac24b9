//! Changes that let a text be read, and the way back from the changed text to the places of the text as it is.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::diagnostic::{ByteSpan, Edit};

/// Changes of a text, none over another.
#[derive(Debug, Default)]
pub(super) struct Edits(BTreeMap<usize, (usize, String)>);

impl Edits {
    /// Puts a text in the place of some bytes, and undoes the changes that this one covers.
    pub(super) fn replace(&mut self, span: ByteSpan, text: impl Into<String>) {
        // As none is over another, they end in the order in which they begin: those that are covered stand side by side.
        while let Some((&start, &(end, _))) = self.0.range(..span.end).next_back() {
            if end <= span.start {
                break;
            }
            self.0.remove(&start);
        }
        self.0.insert(span.start, (span.end, text.into()));
    }

    /// Whether a change begins at this byte.
    pub(super) fn begins_at(&self, byte: usize) -> bool {
        self.0.contains_key(&byte)
    }

    /// All of them, in order.
    pub(super) fn all(&self) -> impl Iterator<Item = Edit> {
        let edits = self.0.iter();
        edits.map(|(start, (end, text))| Edit::new(*start..*end, text.clone()))
    }

    /// Several changes.
    pub(super) fn extend(&mut self, edits: impl IntoIterator<Item = Edit>) {
        for Edit { span, text } in edits {
            self.replace(span, text);
        }
    }

    /// The changed text, and the way back.
    pub(super) fn apply<'a>(&self, text: &'a str) -> (Cow<'a, str>, Origins) {
        if self.0.is_empty() {
            return (Cow::Borrowed(text), Origins(Vec::new()));
        }
        let mut changed = String::with_capacity(text.len() + 64);
        let mut pieces = vec![Piece::kept(0, 0)];
        let mut from = 0;
        for (start, (end, new)) in &self.0 {
            changed.push_str(&text[from..*start]);
            pieces.push(Piece {
                at: changed.len(),
                origin: *start,
                end: Some(*end),
            });
            changed.push_str(new);
            pieces.push(Piece::kept(changed.len(), *end));
            from = *end;
        }
        changed.push_str(&text[from..]);
        (Cow::Owned(changed), Origins(pieces))
    }
}

/// The places in a text of the bytes of the one that changes made of it.
#[derive(Debug, Default)]
pub(super) struct Origins(Vec<Piece>);

/// A piece of a changed text.
#[derive(Debug)]
struct Piece {
    /// Where it begins.
    at: usize,
    /// Where it comes from.
    origin: usize,
    /// Where what it replaces ends; none where it was kept.
    end: Option<usize>,
}

impl Piece {
    fn kept(at: usize, origin: usize) -> Self {
        Self {
            at,
            origin,
            end: None,
        }
    }
}

impl Origins {
    /// The byte that one of the changed text comes from.
    pub(super) fn of(&self, byte: usize) -> usize {
        let after = self.0.partition_point(|piece| piece.at <= byte);
        let Some(piece) = after.checked_sub(1).map(|index| &self.0[index]) else {
            return byte;
        };
        match piece.end {
            None => piece.origin + (byte - piece.at),
            Some(_) if byte == piece.at => piece.origin,
            Some(end) => end,
        }
    }
}

/// A text with changes made to it; of two that meet, the first is made.
pub(crate) fn edited(text: &str, edits: &[Edit]) -> String {
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut out = String::with_capacity(text.len() + 64);
    let mut from = 0;
    for Edit { span, text: new } in sorted {
        let (Some(kept), true) = (text.get(from..span.start), span.start >= from) else {
            continue;
        };
        out.push_str(kept);
        out.push_str(new);
        from = span.end;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_undoes_those_that_it_covers_and_no_others() {
        let mut edits = Edits::default();
        for span in [0..2, 2..4, 4..4, 5..7, 8..9] {
            edits.replace(span, "x");
        }
        let spans = |edits: &Edits| edits.all().map(|edit| edit.span).collect::<Vec<_>>();
        edits.replace(3..6, "y");
        assert_eq!(spans(&edits), [0..2, 3..6, 8..9]);
        edits.replace(2..2, "z");
        edits.replace(9..9, "z");
        assert_eq!(spans(&edits), [0..2, 2..2, 3..6, 8..9, 9..9]);
        edits.replace(4..4, "z");
        assert_eq!(spans(&edits), [0..2, 2..2, 4..4, 8..9, 9..9]);
    }

    #[test]
    fn places_of_a_changed_text_lead_back() {
        let mut edits = Edits::default();
        edits.replace(0..1, "    ");
        edits.replace(3..3, " ");
        edits.replace(5..6, "\u{fdd0}");
        let text = "\ta:b:c:d";
        let (changed, origins) = edits.apply(text);
        assert_eq!(changed, "    a: b:\u{fdd0}:d");
        for (letter, at) in [("a", 1), ("b", 3), (":d", 6), ("d", 7)] {
            let found = changed.find(letter).unwrap_or_default();
            assert_eq!(origins.of(found), at, "{letter}");
        }
        assert_eq!(origins.of(changed.len()), text.len());
        assert_eq!(Origins::default().of(7), 7);
    }

    #[test]
    fn of_changes_that_meet_the_first_is_made() {
        let edits = [
            Edit::new(2..4, "X"),
            Edit::new(0..1, ""),
            Edit::new(3..5, "Y"),
        ];
        assert_eq!(edited("abcdef", &edits), "bXef");
    }
}
