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

/// Finds the forbidden characters that a string holds through escapes; `raw` is the string as it stands in the file.
pub(super) fn escaped(value: &str, raw: &str, span: &ByteSpan) -> Vec<Diagnostic> {
    if !raw.contains('\\') || !value.bytes().any(is_suspect) {
        return Vec::new();
    }
    let mut from = 0;
    let mut found = Vec::new();
    for c in value.chars() {
        let Some(fault) = fault(c) else { continue };
        if found.len() > MAX_PROBLEMS {
            break;
        }
        // The place of the escape, where it is written as usual; else the whole string.
        let spellings = [
            format!("\\u{:04x}", u32::from(c)),
            format!("\\u{:04X}", u32::from(c)),
            format!("\\x{:02x}", u32::from(c)),
            format!("\\x{:02X}", u32::from(c)),
            format!("\\U{:08x}", u32::from(c)),
            format!("\\U{:08X}", u32::from(c)),
        ];
        let place = spellings
            .iter()
            .filter_map(|escape| Some((raw[from..].find(escape.as_str())? + from, escape.len())))
            .min();
        let at = match place {
            Some((at, length)) => {
                from = at + length;
                span.start + at..span.start + at + length
            }
            None => span.clone(),
        };
        found.push(diagnostic(c, fault, at));
    }
    found
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
        let source = r#""a\u0001b\x07c\0""#;
        let spans: Vec<_> = escaped("a\u{1}b\u{7}c\0", source, &(10..27))
            .into_iter()
            .filter_map(|d| d.span)
            .collect();
        assert_eq!(spans, [12..18, 19..23, 10..27]);
    }
}
