//! Text strings (ISO 32000-2, 7.9.2.2).

use hayro_syntax::object;

/// The characters of the codes 0x80 to 0x9E of PDFDocEncoding (annex D.3).
const UPPER: [char; 31] = [
    '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚', '™',
    'ﬁ', 'ﬂ', 'Ł', 'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž',
];

/// A text string: UTF-16 or UTF-8 by its first bytes, else PDFDocEncoding. Marks of language inside (U+001B) are left out.
pub(super) fn text(string: &object::String<'_>) -> String {
    of_bytes(string.as_bytes())
}

/// The same of its bytes.
pub(super) fn of_bytes(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => utf16(rest),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().map(|byte| single(*byte)).collect(),
    }
}

/// Whether marks of language stand in a text string, of which nobody sees anything.
pub(super) fn has_language(string: &object::String<'_>) -> bool {
    let units = string.as_bytes().strip_prefix(&[0xFE, 0xFF]);
    units.is_some_and(|units| units.chunks_exact(2).any(|unit| unit == [0, 0x1B]))
}

/// UTF-16, its high bytes first.
pub(super) fn utf16(bytes: &[u8]) -> String {
    let units = bytes
        .chunks_exact(2)
        .map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
    let mut escaped = false;
    let characters =
        char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER));
    characters
        .filter(|c| {
            let mark = *c == '\u{1B}';
            escaped ^= mark;
            !mark && !escaped
        })
        .collect()
}

/// The character of one byte.
pub(super) fn single(byte: u8) -> char {
    match byte {
        0x80..=0x9E => UPPER[usize::from(byte - 0x80)],
        0xA0 => '€',
        byte => char::from(byte),
    }
}
