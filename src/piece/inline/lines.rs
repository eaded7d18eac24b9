//! Line ends, which are one space in every text.

use std::borrow::Cow;
use std::ops::Range;

use super::Inline;

/// The text with its line ends made spaces as they are in marked text.
#[must_use]
pub fn one_line(text: &str) -> Cow<'_, str> {
    let core = &text[without_outer_line_ends(text)];
    if core.contains(is_line_end) {
        Cow::Owned(join(core))
    } else {
        Cow::Borrowed(core)
    }
}

/// What ends a line: LF, CR, NEL and the two separators of Unicode.
pub(super) fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn is_space(c: char) -> bool {
    is_line_end(c) || matches!(c, ' ' | '\t')
}

/// The text without the line ends, and the white space around them, at its beginning and end.
pub(super) fn without_outer_line_ends(text: &str) -> Range<usize> {
    let body = text.trim_start_matches(is_space);
    let lead = text.len() - body.len();
    let start = if text[..lead].contains(is_line_end) {
        lead
    } else {
        0
    };
    let end = text.trim_end_matches(is_space).len().max(start);
    let end = if text[end..].contains(is_line_end) {
        end
    } else {
        text.len()
    };
    start..end
}

fn join(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(is_line_end) {
        joined.push_str(rest[..at].trim_end_matches([' ', '\t']));
        joined.push(' ');
        rest = rest[at..].trim_start_matches(is_space);
    }
    joined.push_str(rest);
    joined
}

pub(super) fn join_lines(inlines: &mut [Inline]) {
    for inline in inlines {
        match inline {
            Inline::Text(text) if text.contains(is_line_end) => *text = join(text),
            Inline::Text(_) | Inline::Note(_) => {}
            Inline::Emphasis(content)
            | Inline::Strong(content)
            | Inline::Superscript(content)
            | Inline::Subscript(content)
            | Inline::Link { content, .. }
            | Inline::Foreign { content, .. } => join_lines(content),
        }
    }
}
