//! A text as lines with columns: what begins in which column, as far as single lines tell it.

use std::ops::Range;

use crate::diagnostic::{ByteSpan, Edit};
use crate::yaml::hyphen_spaces::is_other_space;
use crate::yaml::wide_colons;

/// A line.
#[derive(Debug)]
struct Line {
    /// Its bytes without the line end.
    span: ByteSpan,
    /// How many bytes of white space it begins with.
    white: usize,
    /// The column that its content is meant to begin in, from 0.
    column: usize,
    /// Whether that is not the one it begins in.
    is_moved: bool,
    /// Whether it is left out.
    is_dropped: bool,
}

/// The lines of a text.
#[derive(Debug)]
pub(super) struct Lines<'a> {
    text: &'a str,
    lines: Vec<Line>,
}

/// What a line begins with, in bytes of its content.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Beginning {
    /// Where its hyphens of items stand.
    pub(super) hyphens: Vec<usize>,
    /// Its key.
    pub(super) key: Option<Range<usize>>,
    /// Where its value begins: behind hyphens, key and colon.
    pub(super) value: usize,
}

/// The columns that are open above a line: where an item or a key may begin.
#[derive(Debug, Default)]
pub(super) struct OpenColumns {
    pub(super) hyphens: Vec<usize>,
    pub(super) keys: Vec<usize>,
}

impl<'a> Lines<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let mut lines = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let end = start + line.trim_end_matches(['\n', '\r']).len();
            let content = &text[start..end];
            let white = content.len() - content.trim_start_matches(is_white).len();
            lines.push(Line {
                span: start..end,
                white,
                column: content[..white].chars().count(),
                is_moved: false,
                is_dropped: false,
            });
            start += line.len();
        }
        Self { text, lines }
    }

    pub(super) fn len(&self) -> usize {
        self.lines.len()
    }

    /// The line that holds a byte.
    pub(super) fn at(&self, byte: usize) -> usize {
        let after = self.lines.partition_point(|line| line.span.start <= byte);
        after.saturating_sub(1)
    }

    /// The last line with something on it up to this one.
    pub(super) fn with_content(&self, number: usize) -> Option<usize> {
        let mut numbers = (0..=number.min(self.len().checked_sub(1)?)).rev();
        numbers.find(|number| !self.is_blank(*number))
    }

    /// The last line with something on it before this one.
    pub(super) fn above(&self, number: usize) -> Option<usize> {
        self.with_content(number.checked_sub(1)?)
    }

    /// This line and the last one with something on it before it: a fault is often met behind the line that it stands in.
    pub(super) fn with_above(&self, number: usize) -> impl Iterator<Item = usize> + use<> {
        [Some(number), self.above(number)].into_iter().flatten()
    }

    /// The next line with something on it behind this one.
    pub(super) fn next(&self, number: usize) -> Option<usize> {
        (number + 1..self.len()).find(|number| !self.is_blank(*number))
    }

    /// Whether nothing stands on a line, or a comment.
    pub(super) fn is_blank(&self, number: usize) -> bool {
        let content = self.content(number);
        self.lines[number].is_dropped || content.is_empty() || content.starts_with('#')
    }

    /// What stands on a line, without its indent.
    pub(super) fn content(&self, number: usize) -> &'a str {
        let line = &self.lines[number];
        self.text[line.span.start + line.white..line.span.end].trim_end()
    }

    /// The white space that a line begins with.
    pub(super) fn white(&self, number: usize) -> &'a str {
        let line = &self.lines[number];
        &self.text[line.span.start..line.span.start + line.white]
    }

    /// Where the content of a line begins, in bytes of the text.
    pub(super) fn start(&self, number: usize) -> usize {
        self.lines[number].span.start + self.lines[number].white
    }

    /// The column that a line's content begins in.
    pub(super) fn column(&self, number: usize) -> usize {
        self.lines[number].column
    }

    /// Moves a line to a column, and with it the lines below that stand further in; an item beside which it comes to stand is
    /// no part of it.
    pub(super) fn shift(&mut self, number: usize, column: usize) {
        let old = self.column(number);
        self.set_column(number, column);
        let holds_items = self.content(number).ends_with(':');
        let is_item = |content: &str| content.starts_with("- ") || content == "-";
        let has_siblings = is_item(self.content(number)) && !holds_items;
        let inside = self.content(number).strip_prefix("- ");
        let inside = inside.map(|rest| 2 + rest.len() - rest.trim_start().len());
        let mut is_first = true;
        for below in number + 1..self.len() {
            if self.is_blank(below) {
                continue;
            }
            let stands = self.column(below);
            let is_sibling = has_siblings && stands == column && is_item(self.content(below));
            if stands <= old || is_sibling {
                break;
            }
            // What stands already where it belongs to the item was not meant to move with it.
            if is_first
                && inside.is_some_and(|inside| stands == column + inside && stands != old + inside)
            {
                break;
            }
            is_first = false;
            self.set_column(below, stands + column - old.min(stands + column));
        }
    }

    /// Sets the column of one line.
    pub(super) fn set_column(&mut self, number: usize, column: usize) {
        let line = &mut self.lines[number];
        line.column = column;
        line.is_moved = true;
    }

    /// Leaves out a line, and those below that stand further in.
    pub(super) fn drop_with_block(&mut self, number: usize) {
        let column = self.column(number);
        self.lines[number].is_dropped = true;
        for below in number + 1..self.len() {
            if self.is_blank(below) {
                continue;
            }
            if self.column(below) <= column {
                break;
            }
            self.lines[below].is_dropped = true;
        }
    }

    /// The changes that put lines where they were moved, and leave out what was dropped.
    pub(super) fn edits(&self) -> impl Iterator<Item = Edit> {
        self.lines.iter().filter_map(|line| {
            let start = line.span.start;
            if line.is_dropped {
                Some(Edit::new(line.span.clone(), ""))
            } else if line.is_moved {
                Some(Edit::new(
                    start..start + line.white,
                    " ".repeat(line.column),
                ))
            } else {
                None
            }
        })
    }

    /// What a line begins with; a colon at one of `text` is none of a key.
    pub(super) fn beginning(&self, number: usize, is_text: impl Fn(usize) -> bool) -> Beginning {
        let content = self.content(number);
        let start = self.start(number);
        beginning(content, |at| is_text(start + at))
    }

    /// The columns in which an item or a key may begin on a line.
    pub(super) fn open_above(&self, number: usize, is_text: impl Fn(usize) -> bool) -> OpenColumns {
        let mut open = OpenColumns::default();
        let mut least = usize::MAX;
        for above in (0..number).rev().filter(|above| !self.is_blank(*above)) {
            let line = self.beginning(above, &is_text);
            let column = self.column(above);
            if column >= least || (line.hyphens.is_empty() && line.key.is_none()) {
                continue;
            }
            let of = |byte: &usize| column + self.content(above)[..*byte].chars().count();
            let hyphens = line.hyphens.iter().map(of);
            open.hyphens
                .extend(hyphens.filter(|column| *column < least));
            let key = line.key.as_ref().map(|key| of(&key.start));
            open.keys.extend(key.filter(|column| *column < least));
            least = column;
            if least == 0 {
                break;
            }
        }
        open
    }
}

/// What ends a key: YAML's colon, and the signs that are mended to one.
const SIGNS: [char; 8] = [':', wide_colons::COLON, '=', '-', '–', '—', '→', '\t'];

/// White space of any kind, and characters without a width.
pub(super) fn is_white(c: char) -> bool {
    c.is_whitespace() || is_other_space(c)
}

fn beginning(content: &str, is_text: impl Fn(usize) -> bool) -> Beginning {
    let mut found = Beginning::default();
    let mut at = 0;
    while let Some(rest) = content[at..].strip_prefix('-') {
        // A space of another kind that was mended.
        let is_mended = rest.starts_with(is_white) && is_text(at + 1);
        if is_text(at) || !(rest.is_empty() || rest.starts_with([' ', '\t']) || is_mended) {
            break;
        }
        found.hyphens.push(at);
        let value = match is_mended {
            true => rest.trim_start_matches(is_white),
            false => rest.trim_start_matches([' ', '\t']),
        };
        at = content.len() - value.len();
    }
    let key_end = key_end(&content[at..], |inside| is_text(at + inside));
    if let Some(end) = key_end {
        found.key = Some(at..at + content[at..at + end].trim_end().len());
        let colon = content[at + end..].chars().next();
        let behind = &content[at + end + colon.map_or(0, char::len_utf8)..];
        // What else belongs to a sign that was mended.
        let behind = match is_text(at + end) {
            true => behind.trim_start_matches(['-', '=', '>', ':']),
            false => behind,
        };
        at = content.len() - behind.trim_start_matches([' ', '\t']).len();
    }
    found.value = at;
    found
}

/// The length of the key that a text begins with: up to a colon with a space or nothing behind it, or to a sign that was mended to one.
fn key_end(text: &str, is_text: impl Fn(usize) -> bool) -> Option<usize> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''));
    let from = match quote.filter(|_| !is_text(0)) {
        Some(quote) => text[1..].find(quote)? + 2,
        None => 0,
    };
    let colons = text[from..].match_indices(SIGNS);
    let colons = colons.map(|(at, colon)| (from + at, colon));
    let ends = colons.filter(|(at, colon)| {
        let behind = &text[at + colon.len()..];
        match *colon {
            ":" if is_text(*at) => behind.starts_with(['-', '=', ':']),
            ":" => behind.is_empty() || behind.starts_with([' ', '\t']),
            // One that was mended.
            _ => *at > 0 && is_text(*at),
        }
    });
    let mut ends = ends.map(|(at, _)| at);
    ends.next()
        .filter(|end| quote.is_none() || *end == from || is_text(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_tells_its_hyphens_its_key_and_its_value() {
        let of = |content: &str| {
            let found = beginning(content, |_| false);
            let key = found.key.map(|key| content[key].to_owned());
            (
                found.hyphens.len(),
                key.unwrap_or_default(),
                content[found.value..].to_owned(),
            )
        };
        let expect = |hyphens, key: &str, value: &str| (hyphens, key.to_owned(), value.to_owned());
        assert_eq!(of("- name: A: b"), expect(1, "name", "A: b"));
        assert_eq!(of("- - text"), expect(2, "", "text"));
        assert_eq!(of("-text"), expect(0, "", "-text"));
        assert_eq!(of("\"a: b\": c"), expect(0, "\"a: b\"", "c"));
        assert_eq!(of("\"a\" b: c"), expect(0, "", "\"a\" b: c"));
        assert_eq!(of("key:"), expect(0, "key", ""));
        assert_eq!(of("http://x"), expect(0, "", "http://x"));
    }

    #[test]
    fn an_item_is_moved_with_its_text_and_not_with_those_beside_it() {
        let mut lines = Lines::of(" - a\n   more\n  - b\n");
        lines.shift(0, 2);
        assert_eq!([0, 1, 2].map(|line| lines.column(line)), [2, 4, 2]);
    }

    #[test]
    fn open_columns_are_those_of_the_lines_that_hold_the_place() {
        let text = "a:\n  - b: c\n    d:\n      - e\n   - f\n";
        let lines = Lines::of(text);
        let open = lines.open_above(4, |_| false);
        assert_eq!((open.hyphens, open.keys), (vec![6, 2], vec![4, 0]));
    }
}
