//! Characters that no edition can carry: found raw in the file, and escaped in its strings.

use std::borrow::Cow;

use crate::diagnostic::{ByteSpan, Code, Diagnostic, MAX_PROBLEMS};

/// Why a character may not stand in a source, if it may not.
///
/// XML 1.0 (2.2) has no place for most controls, U+FFFE and U+FFFF; HTML forbids the remaining controls and all
/// noncharacters; PDF/A-2 (ISO 19005-2, 6.2.11.7.2) allows no U+FEFF in its mapping to text.
fn fault(c: char) -> Option<&'static str> {
    match c {
        '\t' | '\n' | '\r' => None,
        '\0'..='\u{1f}' | '\u{7f}' => Some("a control character"),
        '\u{80}'..='\u{9f}' => Some("a control character of the upper half"),
        '\u{feff}' => Some("a byte order mark inside the text"),
        '\u{fdd0}'..='\u{fdef}' => Some("a noncharacter"),
        c if u32::from(c) & 0xfffe == 0xfffe => Some("a noncharacter"),
        _ => None,
    }
}

/// Whether a byte may begin a character with a fault.
fn is_suspect(byte: u8) -> bool {
    matches!(byte, 0..=8 | 0xb | 0xc | 0xe..=0x1f | 0x7f | 0xc2 | 0xef | 0xf0..=0xf4)
}

fn diagnostic(c: char, fault: &str, span: ByteSpan) -> Diagnostic {
    let hint = match c {
        '\u{80}'..='\u{9f}' => {
            "the text was probably converted wrongly from Windows-1252; put the meant character here"
        }
        _ => "delete it",
    };
    let message = format!("U+{:04X}, {fault}, may not stand in a text", u32::from(c));
    Diagnostic::error(Code::ForbiddenCharacter, message)
        .at(Some(span))
        .hint(hint)
}

/// Finds the forbidden characters of a file, and gives its text with others of the same length in their places, so that
/// reading can go on to find what else is wrong.
pub(super) fn raw(text: &str) -> (Cow<'_, str>, Vec<Diagnostic>) {
    if !text.bytes().any(is_suspect) {
        return (Cow::Borrowed(text), Vec::new());
    }
    let mut found = Vec::new();
    let mut harmless = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let Some(fault) = fault(c) else {
            harmless.push(c);
            continue;
        };
        if found.len() <= MAX_PROBLEMS {
            found.push(diagnostic(c, fault, at..at + c.len_utf8()));
        }
        harmless.push(match c.len_utf8() {
            1 => ' ',
            2 => '\u{a0}',
            3 => '\u{2007}',
            _ => '\u{10000}',
        });
    }
    if found.is_empty() {
        return (Cow::Borrowed(text), found);
    }
    (Cow::Owned(harmless), found)
}

/// Finds the forbidden characters that a string in double quotation marks holds through escapes; `raw` is the string as it
/// stands in the file.
///
/// They are read where they are written and not in the value, in which some of them stand in for signs of YAML's own.
pub(super) fn escaped(raw: &str, span: &ByteSpan) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if !raw.starts_with('"') {
        return found;
    }
    let mut at = 0;
    while let Some(backslash) = raw[at..].find('\\').filter(|_| found.len() <= MAX_PROBLEMS) {
        let start = at + backslash;
        let (c, length) = escape(&raw[start + 1..]);
        at = start + 1 + length;
        if let Some((c, fault)) = c.and_then(|c| Some((c, fault(c)?))) {
            // An escape by a name stands for nothing that was pasted: the whole string is looked at.
            let place = match length {
                1 => span.clone(),
                _ => span.start + start..span.start + at,
            };
            found.push(diagnostic(c, fault, place));
        }
    }
    found
}

/// The character that an escape stands for, where it is one that may be forbidden, and the escape's length behind its backslash
/// (YAML 1.2.2, 5.7).
fn escape(text: &str) -> (Option<char>, usize) {
    let Some(first) = text.chars().next() else {
        return (None, 0);
    };
    let digits = match first {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        _ => 0,
    };
    if digits > 0 {
        let number = text.get(1..=digits).map(|hex| u32::from_str_radix(hex, 16));
        let c = number.and_then(Result::ok).and_then(char::from_u32);
        return (c, if c.is_some() { 1 + digits } else { 1 });
    }
    let c = match first {
        '0' => Some('\0'),
        'a' => Some('\u{7}'),
        'b' => Some('\u{8}'),
        'v' => Some('\u{b}'),
        'f' => Some('\u{c}'),
        'e' => Some('\u{1b}'),
        'N' => Some('\u{85}'),
        _ => None,
    };
    (c, first.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raw_characters_are_found_and_the_text_keeps_its_length() {
        let text = "a\u{1}b\u{85}c\u{feff}d\u{1fffe}e\tf";
        let (harmless, found) = raw(text);
        let spans: Vec<_> = found.into_iter().filter_map(|d| d.span).collect();
        assert_eq!(spans, [1..2, 3..5, 6..9, 10..14]);
        assert_eq!(harmless.len(), text.len());
        assert!(raw("Łódź \u{200f}سوال\u{10ffff}").1.len() == 1);
    }

    #[test]
    fn escaped_characters_are_found_where_they_are_written() {
        let source = r#""a\u0001b\x07c\0\\x01\N\uFDd3""#;
        let found = escaped(source, &(10..10 + source.len()));
        let spans: Vec<_> = found.into_iter().filter_map(|d| d.span).collect();
        let whole = 10..10 + source.len();
        assert_eq!(spans, [12..18, 19..23, whole.clone(), whole, 33..39]);
    }
}
