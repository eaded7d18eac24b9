//! Paragraphs of a text: which of its line ends part two of them, which depends on how the text is written in YAML.
//!
//! YAML itself folds lines in plain, quoted and `>` texts, and leaves a line end in the value only where a line was blank;
//! in `|` every line end stays, and a blank line leaves two. An escaped `\n` is a line end like one in `|`.

use std::ops::Range;

use super::scalar::Scalar;
use crate::diagnostic::ValueStyle;

/// A line end of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LineEnd {
    /// Of a line: two without a word between them part paragraphs.
    Line,
    /// Of a paragraph.
    Paragraph,
}

/// The bytes of a text's paragraphs; none of a text that is nothing but white space. `raw` is the text as the file has it.
pub(super) fn of(scalar: &Scalar<'_>, raw: &str) -> Vec<Range<usize>> {
    let text = &*scalar.text;
    let ends = line_ends(scalar, raw);
    let mut ends = ends.iter();
    let mut found = Vec::new();
    let mut paragraph: Option<Range<usize>> = None;
    let (mut lines, mut parted) = (0, false);
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '\n' => {
                lines += 1;
                parted |= ends.next() == Some(&LineEnd::Paragraph) || lines > 1;
            }
            // Other line ends stand in a value where they are escaped.
            '\r' if chars.peek().is_some_and(|(_, next)| *next == '\n') => {}
            '\r' | '\u{85}' | '\u{2028}' => {
                lines += 1;
                parted |= lines > 1;
            }
            '\u{2029}' => parted = true,
            _ => {}
        }
        if is_space(c) {
            continue;
        }
        let end = at + c.len_utf8();
        match &mut paragraph {
            Some(paragraph) if !parted => paragraph.end = end,
            _ => found.extend(paragraph.replace(at..end)),
        }
        (lines, parted) = (0, false);
    }
    found.extend(paragraph);
    found
}

/// White space that is nothing at the ends of a text: no-break spaces are not among it.
fn is_space(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// What each line end of the value is, in order.
fn line_ends(scalar: &Scalar<'_>, raw: &str) -> Vec<LineEnd> {
    let count = scalar.text.matches('\n').count();
    match scalar.style {
        ValueStyle::Literal => vec![LineEnd::Line; count],
        ValueStyle::DoubleQuoted if raw.contains('\\') => {
            let ends = in_double_quotes(raw);
            if ends.len() == count {
                ends
            } else {
                vec![LineEnd::Paragraph; count]
            }
        }
        _ => vec![LineEnd::Paragraph; count],
    }
}

/// The line ends that a text in double quotation marks leaves in its value (YAML 1.2.2, 7.3.1): one for each escape, and one
/// for each line end in a row but the first, which is a space, or nothing where a backslash stands before it.
fn in_double_quotes(raw: &str) -> Vec<LineEnd> {
    const ESCAPES: &[&str] = &[
        "\\n",
        "\\x0a",
        "\\x0A",
        "\\u000a",
        "\\u000A",
        "\\U0000000a",
        "\\U0000000A",
    ];
    let mut ends = Vec::new();
    let mut rest = raw;
    while let Some(first) = rest.chars().next() {
        if let Some(escape) = ESCAPES.iter().find(|escape| rest.starts_with(**escape)) {
            ends.push(LineEnd::Line);
            rest = &rest[escape.len()..];
            continue;
        }
        let backslash = usize::from(first == '\\');
        let run = &rest[backslash..];
        if run.starts_with(['\n', '\r']) {
            let after = run.trim_start_matches([' ', '\t', '\n', '\r']);
            let blank = &run[..run.len() - after.len()];
            let breaks = blank.replace("\r\n", "\n").matches(['\n', '\r']).count();
            ends.extend(std::iter::repeat_n(LineEnd::Paragraph, breaks - 1));
            rest = after;
        } else {
            // Whatever is escaped is one character at least.
            let skipped = rest.chars().take(1 + backslash).map(char::len_utf8).sum();
            rest = &rest[skipped..];
        }
    }
    ends
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::super::scalar::Plain;
    use super::*;

    /// The paragraphs of a scalar as written in YAML.
    fn paragraphs(yaml: &str) -> Vec<String> {
        let text: String = serde_yaml::from_str(yaml).unwrap();
        let style = match yaml.as_bytes()[0] {
            b'"' => ValueStyle::DoubleQuoted,
            b'\'' => ValueStyle::SingleQuoted,
            b'|' => ValueStyle::Literal,
            b'>' => ValueStyle::Folded,
            _ => ValueStyle::Plain,
        };
        let scalar = Scalar {
            text: text.as_str().into(),
            plain: Plain::Text,
            style,
            is_mended: false,
        };
        let parts = of(&scalar, yaml.trim_end()).into_iter();
        parts.map(|part| text[part].to_owned()).collect()
    }

    #[test]
    fn a_blank_line_parts_paragraphs_in_every_style() {
        for yaml in [
            "one\n two\n\n three",
            "'one\n two\n\n three'",
            "\"one\n two\n\n three\"",
            "\"one\n two\\n\\nthree\"",
            "\"one\n two\\\n\n three\"",
            "\"one two\\u2029three\"",
            "\"one two\\r\\rthree\"",
            "\"one two\\r\\n\\r\\nthree\"",
            ">\n one\n two\n\n three\n",
            ">+\n one\n two\n \n\n three\n\n\n",
            "|\n one two\n\n three\n",
            "|\n one two\n   \n\n three\n",
        ] {
            let found: Vec<_> = paragraphs(yaml)
                .iter()
                .map(|p| p.replace('\n', " "))
                .collect();
            assert_eq!(found, ["one two", "three"], "{yaml}");
        }
    }

    #[test]
    fn other_line_ends_part_nothing() {
        for yaml in [
            "|\n one\n two\n",
            "|\n one\n   two\n\n\n",
            "\"one\\ntwo\"",
            "\"\\n one\\u000atwo \\n\\n\"",
            "\"one \\\n  two\"",
            "'one\n two'",
            "one\n two",
            "\"one\\u2028two\"",
            "\"one\\r\\ntwo\"",
        ] {
            assert_eq!(paragraphs(yaml).len(), 1, "{yaml}");
        }
        assert_eq!(paragraphs("\" \\t\\n \"").len(), 0);
        assert_eq!(paragraphs("' one '"), ["one"]);
    }
}
