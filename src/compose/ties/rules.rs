//! The rules by which a space is tied, given the words around it.

use super::tables::{Dashes, SIGNS, Table, Thousands, UNITS};

/// Whether a line must not end at the space between what stands before and the next word.
pub(super) fn tied(before: &str, next: &str, table: &Table) -> bool {
    let word = last_word(before);
    let (Some(last), Some(first)) = (word.chars().next_back(), next.chars().next()) else {
        return false;
    };
    let figure = first.is_numeric();
    marks(word, last, first, next, table)
        || (last == '.' && is_initial(word) && next.starts_with(char::is_uppercase))
        || (last.is_numeric() && after_figure(word, next, table))
        || table.titles.contains(&word)
        || (figure && before_figure(word, next, table))
        || table
            .pairs
            .iter()
            .any(|(first, second)| *first == word && next.starts_with(second))
        // An ordinal of a day: `4. November`, `4th November`.
        || (table.months.contains(&bare(next)) && is_day(word))
}

/// The word that a text ends with, without the marks that open it.
fn last_word(before: &str) -> &str {
    let start = before.rfind([' ', '\u{A0}', '—', '-']).map_or(0, |at| {
        at + before[at..].chars().next().map_or(1, char::len_utf8)
    });
    let opening = ['(', '[', '“', '‘', '„', '"', '\'', '«'];
    let word = &before[start..];
    match word.trim_start_matches(opening) {
        "" => word,
        word => word,
    }
}

/// Punctuation that stands off its word, dashes, and words of one letter.
fn marks(word: &str, last: char, first: char, next: &str, table: &Table) -> bool {
    let mut letters = word.chars();
    let letter = letters.next().filter(|_| letters.next().is_none());
    table.ahead.contains(&last)
        || table.behind.contains(&first)
        || letter.is_some_and(|letter| table.letters.contains(&letter))
        || (table.dashes == Dashes::NotFirst && matches!(next, "–" | "—"))
}

/// A figure holds its unit, its month, the next three figures of a great number, and the sign of what is done with it.
fn after_figure(word: &str, next: &str, table: &Table) -> bool {
    let unit = bare(next);
    let thousands = table.thousands == Thousands::Spaced
        && word.len() <= 3
        && unit.len() >= 3
        && unit.bytes().take(3).all(|b| b.is_ascii_digit())
        && !unit.as_bytes().get(3).is_some_and(u8::is_ascii_digit);
    thousands
        || matches!(next, "×" | "÷" | "·" | "±")
        || (!unit.is_empty() && (UNITS.contains(&unit) || table.units.contains(&unit)))
        || table.units.contains(&next)
}

/// What a figure stands behind: a sign, a reference, a month.
fn before_figure(word: &str, next: &str, table: &Table) -> bool {
    matches!(word, "×" | "÷" | "·")
        || table.references.contains(&word)
        || SIGNS.contains(&word)
        || (table.months.contains(&word) && word != "de" && is_day(bare(next)))
}

/// A day of a month, with an ending of ordinals or without.
fn is_day(word: &str) -> bool {
    let digits = word.trim_end_matches(|c: char| c.is_alphabetic() || matches!(c, '.' | 'º'));
    matches!(digits.len(), 1 | 2)
        && digits.bytes().all(|b| b.is_ascii_digit())
        && word.len() <= digits.len() + 3
}

/// A word without the punctuation behind it.
fn bare(word: &str) -> &str {
    word.trim_end_matches(|c: char| {
        matches!(
            c,
            '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '”' | '’' | '"' | '»'
        )
    })
}

/// One capital and a full stop, or several such: `J.`, `J.R.R.`
fn is_initial(word: &str) -> bool {
    let mut chars = word.chars();
    let mut any = false;
    while let Some(c) = chars.next() {
        if !c.is_uppercase() || chars.next() != Some('.') {
            return false;
        }
        any = true;
    }
    any
}
