//! Text strings of the document: titles, descriptions, dates (ISO 32000-1, 7.9.2 and 7.9.4). No text of the pages.

use lopdf::{Object, StringFormat};

use crate::compose::Moment;

/// The longest string that PDF/A-2 allows, in bytes (ISO 19005-2, 6.1.13).
const LONGEST: usize = 32_767;

/// The characters of PDFDocEncoding from 0x80 to 0x9E (ISO 32000-1, D.2); those at 0xA1 to 0xFF are Latin-1's.
const HIGH: [char; 31] = [
    '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚', '™',
    'ﬁ', 'ﬂ', 'Ł', 'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž',
];

/// A text string: PDFDocEncoding where that has every character, else UTF-16BE; cut, with an ellipsis, where it would
/// be longer than the archive format allows.
pub(super) fn text(text: &str) -> Object {
    let (bytes, format) = encode(text);
    if bytes.len() <= LONGEST {
        return Object::String(bytes, format);
    }
    // Two bytes for the mark, two for the ellipsis.
    let mut units = 2;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units * 2 > LONGEST - 1
    });
    let kept = &text[..end.map_or(text.len(), |(at, _)| at)];
    let (bytes, format) = encode(&format!("{kept}…"));
    Object::String(bytes, format)
}

/// Whether [`text`] keeps the whole of a text.
pub(super) fn fits(text: &str) -> bool {
    encode(text).0.len() <= LONGEST
}

fn encode(text: &str) -> (Vec<u8>, StringFormat) {
    let marked = text.starts_with("þÿ") || text.starts_with("ï»¿");
    let single: Option<Vec<u8>> = text.chars().map(pdf_doc_encoded).collect();
    match single.filter(|_| !marked) {
        Some(bytes) => (bytes, StringFormat::Literal),
        None => (utf16(text), StringFormat::Hexadecimal),
    }
}

/// UTF-16BE with its byte order mark (ISO 32000-1, 7.9.2.2).
pub(super) fn utf16(text: &str) -> Vec<u8> {
    let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
    units.flat_map(u16::to_be_bytes).collect()
}

/// The code of a character in PDFDocEncoding. Brackets and backslashes are left to UTF-16, so that a literal string
/// never holds a byte that needs an escape.
fn pdf_doc_encoded(c: char) -> Option<u8> {
    match c {
        '(' | ')' | '\\' => None,
        ' '..='~' => Some(c as u8),
        '\u{A1}'..='\u{AC}' | '\u{AE}'..='\u{FF}' => Some(c as u8),
        '€' => Some(0xA0),
        _ => HIGH
            .iter()
            .position(|high| *high == c)
            .map(|at| 0x80 + at as u8),
    }
}

/// A byte string of ASCII that stands for itself: an identifier or a name of a destination.
pub(super) fn ascii(text: &str) -> Object {
    Object::String(text.as_bytes().to_vec(), StringFormat::Literal)
}

/// A date in UTC, `D:YYYYMMDDHHmmSSZ` (ISO 32000-1, 7.9.4).
pub(super) fn date(moment: Moment) -> Object {
    let (date, (hour, minute, second)) = (moment.date, moment.time());
    ascii(&format!(
        "D:{:04}{:02}{:02}{hour:02}{minute:02}{second:02}Z",
        date.year(),
        date.month(),
        date.day()
    ))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn plain_text_takes_one_byte_a_character() {
        assert_eq!(
            text("Łódź — “a”"),
            Object::String(utf16("Łódź — “a”"), StringFormat::Hexadecimal)
        );
        assert_eq!(
            text("né — “a”"),
            Object::String(b"n\xE9 \x84 \x8Da\x8E".to_vec(), StringFormat::Literal)
        );
    }

    #[test]
    fn brackets_and_false_marks_are_kept_out_of_literals() {
        for hostile in [
            "a) /Launch (b",
            "\\",
            "þÿab",
            "ï»¿",
            "line\nend",
            "\u{1}",
            "🦀",
        ] {
            let Object::String(bytes, StringFormat::Hexadecimal) = text(hostile) else {
                panic!("{hostile:?} is not in hexadecimal");
            };
            let units: Vec<u16> = bytes
                .chunks(2)
                .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
                .collect();
            assert_eq!(String::from_utf16(&units[1..]).unwrap(), hostile);
        }
    }

    #[test]
    fn a_text_too_long_for_the_archive_is_cut_at_a_character() {
        let long = "(🦀".repeat(20_000);
        let Object::String(bytes, _) = text(&long) else {
            panic!("not a string")
        };
        assert!(bytes.len() <= LONGEST && bytes.len() > LONGEST - 8 && bytes.len() % 2 == 0);
        assert!(bytes.ends_with(&[0x20, 0x26]));
        assert!(!fits(&long) && fits("short"));
    }
}
