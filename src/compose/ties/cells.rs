//! Ties in the cells of tables: no number, date or code is broken there, be it at a dash, a hyphen, a slash or a space.

use super::tables::Table;
use crate::compose::quantity;
use crate::piece::LanguageTag;

/// Longer texts are no dates.
const LONGEST_DATE: usize = 48;

/// Where the words of a cell are held together: the last byte before each such place.
pub(super) fn held(words: &str, language: &LanguageTag, table: &Table) -> Vec<usize> {
    if !words.contains(char::is_numeric) {
        return Vec::new();
    }
    if quantity::is_figure(words, language) || is_date(words, table) {
        return places(words, 0).collect();
    }
    let mut held = Vec::new();
    let mut from = 0;
    for token in words.split(' ') {
        if token.contains(char::is_numeric) && !is_address(token) {
            held.extend(places(token, from));
        }
        from += token.len() + 1;
    }
    held
}

/// Where a line might end inside, the end itself left out.
fn places(words: &str, from: usize) -> impl Iterator<Item = usize> {
    let last = words.len();
    let ends = words.char_indices().filter(|(_, c)| parts(*c));
    let ends = ends.map(move |(at, c)| (at + c.len_utf8(), at));
    ends.filter(move |(end, at)| *end < last && *at > 0)
        .map(move |(end, _)| from + end - 1)
}

/// Whether a line may end behind a character (UAX 14).
fn parts(c: char) -> bool {
    match c {
        '\u{A0}' | '\u{202F}' | '\u{2007}' => false,
        '-' | '\u{2010}' | '\u{2012}'..='\u{2015}' | '/' | '|' | '…' | '!' | '?' => true,
        c => c.is_whitespace(),
    }
}

/// Whether a text is a date and nothing else: a month's name, a year or a day, and at most small words beside them.
fn is_date(words: &str, table: &Table) -> bool {
    if words.len() > LONGEST_DATE {
        return false;
    }
    let (mut months, mut figures) = (0, 0);
    for word in words.split([' ', '\u{A0}', '–', '-', '/']) {
        let bare = word.trim_end_matches(['.', ',']);
        let digits = bare.chars().filter(|c| c.is_numeric()).count();
        let letters = bare.chars().filter(|c| c.is_alphabetic()).count();
        match word {
            "" => {}
            _ if table.months.contains(&bare) || table.months.contains(&word) => months += 1,
            _ if (1..=4).contains(&digits) && letters <= 2 => figures += 1,
            _ if letters <= 2 => {}
            _ => return false,
        }
    }
    months > 0 && figures > 0
}

/// Addresses are as long as they are.
fn is_address(token: &str) -> bool {
    token.contains("://") || token.contains('@') || token.starts_with("www.")
}
