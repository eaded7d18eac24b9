//! Codes of faces: which numbers they are, and how their texts stand in `ToUnicode`.

/// The first code whose bytes need not be ASCII.
const HIGH: u16 = 0x8000;

/// The code after this one. Codes whose bytes would need an escape in a literal string are passed over: the ends of
/// lines, brackets and the backslash; and before half of all, those with bytes that are not ASCII, which are written longer.
pub(super) fn next_code(code: u16) -> Option<u16> {
    let plain = |byte: u8| !matches!(byte, b'\n' | b'\r' | b'(' | b')' | b'\\') && byte.is_ascii();
    let code = code.checked_add(1)?;
    let ascii = |code: &u16| code.to_be_bytes().into_iter().all(plain);
    (code..HIGH).find(ascii).or(Some(code.max(HIGH)))
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
    fn no_code_has_a_byte_that_needs_an_escape_before_half_of_all_are_given() {
        let mut code = 0;
        let mut count = 0;
        while let Some(next) = next_code(code) {
            assert!(next > code);
            let bytes = next.to_be_bytes();
            let plain = bytes.is_ascii() && bytes.iter().all(|b| !b"\r\n()\\".contains(b));
            assert!(plain || next >= HIGH);
            code = next;
            count += 1;
        }
        assert!(count > 47_000, "{count}");
    }
}
