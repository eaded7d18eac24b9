//! The place of a value in its file, and of single characters of it, where it is written with escapes, folded lines and indents.

use super::ByteSpan;

/// How a value is written in YAML (YAML 1.2.2, chapters 7 and 8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ValueStyle {
    /// A list or a mapping.
    #[default]
    Collection,
    /// A scalar without quotation marks.
    Plain,
    /// A scalar in single quotation marks.
    SingleQuoted,
    /// A scalar in double quotation marks, in which backslashes escape.
    DoubleQuoted,
    /// A block scalar after `|`, whose line ends are kept.
    Literal,
    /// A block scalar after `>`, whose lines are folded.
    Folded,
}

impl ValueStyle {
    /// Whether quotation marks stand around the value.
    #[must_use]
    pub fn is_quoted(self) -> bool {
        matches!(self, Self::SingleQuoted | Self::DoubleQuoted)
    }
}

/// Where a value stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// Its bytes in the text, quotation marks included.
    pub span: ByteSpan,
    /// How it is written there.
    pub style: ValueStyle,
}

impl Place {
    /// The bytes in a file's text of parts of the value that stands here, in bytes of the value; the parts are in order.
    #[must_use]
    pub fn parts(&self, text: &str, value: &str, parts: &[ByteSpan]) -> Vec<ByteSpan> {
        within(text, self, value, parts)
    }
}

/// The bytes of a file's text at which each part of a value stands that was read from a place; all of the place where the
/// parts cannot be told. The parts are in order and do not overlap.
fn within(text: &str, place: &Place, value: &str, parts: &[ByteSpan]) -> Vec<ByteSpan> {
    let span = &place.span;
    let raw = text.get(span.clone()).unwrap_or_default();
    let targets: Vec<usize> = parts
        .iter()
        .flat_map(|part| [part.start, part.end])
        .collect();
    match find(raw, place.style, value, &targets) {
        Some(found) => found
            .chunks_exact(2)
            .map(|part| span.start + part[0]..span.start + part[1].max(part[0]))
            .collect(),
        None => vec![span.clone(); parts.len()],
    }
}

/// The places in `raw` of bytes of `value`, which are in order: both texts are walked side by side, once.
fn find(raw: &str, style: ValueStyle, value: &str, targets: &[usize]) -> Option<Vec<usize>> {
    // A paragraph that is a part of a quoted text does not begin with the quotation mark.
    let mut at = usize::from(style.is_quoted() && raw.starts_with(['"', '\'']));
    if !value.starts_with(char::is_whitespace) {
        at = after_spaces(raw, style, at);
    }
    let mut found = Vec::with_capacity(targets.len());
    let mut chars = value.char_indices().peekable();
    let mut done = false;
    while let (false, Some((index, c))) = (done, chars.next()) {
        if style == ValueStyle::DoubleQuoted {
            at = after_continuations(raw, at);
        }
        done = reach(&mut found, targets, index, at);
        let rest = &raw[at..];
        let Some(next) = rest.chars().next() else {
            return done.then_some(found);
        };
        if c.is_whitespace() && (next.is_whitespace() || is_escaped_space(style, rest)) {
            // White space may be folded: a run here answers to a run there.
            while let Some((index, _)) = chars.next_if(|(_, c)| c.is_whitespace()) {
                done = reach(&mut found, targets, index, at);
            }
            at = after_spaces(raw, style, at);
        } else if style == ValueStyle::DoubleQuoted && next == '\\' {
            at += escape(rest);
        } else if style == ValueStyle::SingleQuoted && rest.starts_with("''") {
            at += 2;
        } else if c == next {
            at += c.len_utf8();
        } else {
            return done.then_some(found);
        }
    }
    reach(&mut found, targets, usize::MAX, at);
    Some(found)
}

/// Notes the place of the targets that a byte of the value reaches; whether all are reached.
fn reach(found: &mut Vec<usize>, targets: &[usize], index: usize, at: usize) -> bool {
    while targets
        .get(found.len())
        .is_some_and(|target| *target <= index)
    {
        found.push(at);
    }
    found.len() == targets.len()
}

/// The escapes of white space (YAML 1.2.2, 5.7) that are written with one letter.
const ESCAPED_SPACES: &[&str] = &[
    "\\n", "\\r", "\\t", "\\ ", "\\N", "\\_", "\\L", "\\P", "\\v", "\\f",
];

fn is_escaped_space(style: ValueStyle, text: &str) -> bool {
    style == ValueStyle::DoubleQuoted
        && ESCAPED_SPACES.iter().any(|escape| text.starts_with(escape))
}

/// The place after a run of white space, escaped or not.
fn after_spaces(raw: &str, style: ValueStyle, mut at: usize) -> usize {
    loop {
        let rest = &raw[at..];
        let trimmed = rest.trim_start();
        if trimmed.len() < rest.len() {
            at = raw.len() - trimmed.len();
        } else if is_escaped_space(style, rest) {
            at += 2;
        } else {
            return at;
        }
    }
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
        let (style, start) = match yaml.as_bytes()[0] {
            b'"' => (ValueStyle::DoubleQuoted, 0),
            b'\'' => (ValueStyle::SingleQuoted, 0),
            b'|' => (ValueStyle::Literal, yaml.find("\n  ").unwrap_or(0) + 3),
            b'>' => (ValueStyle::Folded, yaml.find("\n  ").unwrap_or(0) + 3),
            _ => (ValueStyle::Plain, 0),
        };
        let span = start..yaml.trim_end().len();
        let part = at..at + needle.len();
        let found = within(
            yaml,
            &Place { span, style },
            &value,
            std::slice::from_ref(&part),
        );
        yaml[found[0].clone()].to_owned()
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
        assert_eq!(found(r#""one\n\ntwo three""#, "two"), "two");
        assert_eq!(found("\"one \\\n\n  two\"", "two"), "two");
    }
}
