//! Codes of faces: which numbers they are, and how their texts stand in `ToUnicode`.

/// The code after this one. Codes whose bytes would need an escape in a literal string are passed over: the ends of
/// lines, brackets and the backslash.
pub(super) fn next_code(code: u16) -> Option<u16> {
    let plain = |byte: u8| !matches!(byte, b'\n' | b'\r' | b'(' | b')' | b'\\');
    (code.checked_add(1)?..=u16::MAX).find(|code| code.to_be_bytes().into_iter().all(plain))
}

/// The text of a code for `ToUnicode`, which may not hold U+0000, U+FEFF and U+FFFE (ISO 19005-2, 6.2.11.7.2) nor be
/// empty. Only glyphs under an `ActualText` have no text of their own.
pub(super) fn readable(text: &str) -> String {
    let sound = |c: char| match c {
        '\0' | '\u{FEFF}' | '\u{FFFE}' => '\u{FFFD}',
        c => c,
    };
    // A string in a CMap has at most 512 bytes (Adobe Technical Note 5014).
    let text: String = text.chars().take(120).map(sound).collect();
    if text.is_empty() {
        "\u{2060}".to_owned()
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_code_has_a_byte_that_needs_an_escape() {
        let mut code = 0;
        let mut count = 0;
        while let Some(next) = next_code(code) {
            assert!(next > code);
            assert!(next.to_be_bytes().iter().all(|b| !b"\r\n()\\".contains(b)));
            code = next;
            count += 1;
        }
        assert!(count > 62_000, "{count}");
    }
}
