//! The places of single characters of a value in the file, where the value is written with escapes, folded lines and indents.

use crate::diagnostic::ByteSpan;

/// The bytes of a file at which a part of a value stands. `raw` is the value as the file has it, at `span`.
pub(super) fn within(raw: &str, span: &ByteSpan, value: &str, part: &ByteSpan) -> ByteSpan {
    let start = place(raw, value, part.start);
    let end = place(raw, value, part.end);
    match (start, end) {
        (Some(start), Some(end)) if start <= end => span.start + start..span.start + end,
        _ => span.clone(),
    }
}

/// The place in `raw` of a byte of `value`: both are walked side by side.
fn place(raw: &str, value: &str, target: usize) -> Option<usize> {
    let quote = raw.chars().next().filter(|c| matches!(c, '"' | '\''));
    let mut at = usize::from(quote.is_some());
    let mut chars = value.char_indices().peekable();
    while let Some((index, c)) = chars.next() {
        if quote == Some('"') {
            at = after_continuations(raw, at);
        }
        if index >= target {
            return Some(at);
        }
        let rest = &raw[at..];
        let next = rest.chars().next()?;
        if quote == Some('"') && next == '\\' {
            at += escape(rest);
        } else if quote == Some('\'') && rest.starts_with("''") {
            at += 2;
        } else if c.is_whitespace() && next.is_whitespace() {
            // White space may be folded: a run here answers to a run there.
            while let Some((index, _)) = chars.next_if(|(_, c)| c.is_whitespace()) {
                if index == target {
                    return Some(at);
                }
            }
            at += rest.len() - rest.trim_start().len();
        } else if c == next {
            at += c.len_utf8();
        } else {
            return None;
        }
    }
    Some(at)
}

/// The place after escaped line ends, which stand for nothing.
fn after_continuations(raw: &str, mut at: usize) -> usize {
    while let Some(rest) = raw[at..].strip_prefix('\\') {
        if !rest.starts_with(['\n', '\r']) {
            break;
        }
        at = raw.len() - rest.trim_start().len();
    }
    at
}

/// The length of the escape that a text begins with (YAML 1.2.2, 5.7).
fn escape(text: &str) -> usize {
    let mut chars = text.chars().skip(1);
    let length = match chars.next() {
        Some('x') => 4,
        Some('u') => 6,
        Some('U') => 10,
        Some(c) => 1 + c.len_utf8(),
        None => 1,
    };
    length.min(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text in the file of the first `needle` in a value that is written as `yaml`.
    fn found(yaml: &str, needle: &str) -> String {
        let value: String = serde_yaml::from_str(yaml).unwrap_or_default();
        let at = value.find(needle).unwrap_or_default();
        let raw = match yaml.split_once('\n') {
            Some((head, body)) if head.starts_with(['|', '>']) => body.trim(),
            _ => yaml.trim(),
        };
        let span = within(raw, &(0..raw.len()), &value, &(at..at + needle.len()));
        raw[span].to_owned()
    }

    #[test]
    fn parts_are_found_in_every_style_of_scalar() {
        assert_eq!(found("one two three", "two"), "two");
        assert_eq!(found("'it''s two three'", "two"), "two");
        assert_eq!(found(r#""a\u0041 \"b\" two""#, "two"), "two");
        assert_eq!(found("\"one \\\n   two\"", "two"), "two");
        assert_eq!(found("one\n  and\n  two three", "two"), "two");
        assert_eq!(found(">-\n  one\n  and\n\n  two three\n", "two"), "two");
        assert_eq!(found("|\n  one\n    and\n  two three\n", "two"), "two");
        assert_eq!(found(r#""a\tsaid\u00e9 é""#, "é"), r"\u00e9");
        assert_eq!(found("one two", "one"), "one");
    }
}
