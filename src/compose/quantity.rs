//! Quantities: what the cells of a table hold, as far as it decides how they stand: figures with all that stands beside them, signs
//! that say that there is none, or words.

use super::digits::decimal_mark;
use super::ties::tables::{is_sign, is_unit};
use crate::piece::LanguageTag;

/// Figures are no longer than this, in bytes.
const LONGEST: usize = 60;

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellValue {
    /// Nothing, or a sign that there is nothing: a dash, `n.a.`
    Nothing,
    /// A figure, with signs, units, brackets and marks.
    Figure {
        /// Where its whole part ends, in bytes of the cell's words: before its decimal mark, or what stands behind it.
        point: usize,
    },
    /// Anything else.
    Words,
}

/// What says that there is nothing.
const NOTHING: &[&str] = &[
    "-", "–", "—", "−", "‐", "‑", "‒", "―", ".", "..", "...", "…", "·", "*", "x", "X", "/", "n.a.",
    "n.a", "n/a", "N/A", "N.A.", "na", "NA", "nil", "n.d.", "n/d", "N/D", "nd", "n.s.", "n.c.",
    "k.A.", "k. A.", "s.d.", "s. d.", "s.o.", "s. o.", "b.d.", "bd.", "н/д", "н.д.",
];

/// Signs before a figure, with a space or without.
const BEFORE: &[char] = &[
    '+', '-', '−', '–', '±', '~', '∼', '≈', '<', '>', '≤', '≥', '=', '#', '№', '△', '▲', '▼', '↑',
    '↓',
];

/// Words before a figure.
const AROUND: &[&str] = &[
    "ca.", "ca", "c.", "circa", "approx.", "about", "etwa", "env.", "ok.",
];

/// Signs behind a figure that lead to a remark.
const REMARKS: &[char] = &[
    '*', '†', '‡', '§', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹', '⁰', '+', '−', '-', '°', '′',
    '″',
];

/// Reads the cells of a column, each as its words without the marks of notes. They are read together: whether `1,250` has a decimal
/// mark is for its neighbours to say, and for the language where they do not.
#[must_use]
pub fn read_column(cells: &[String], language: &LanguageTag) -> Vec<CellValue> {
    let numbers = |cell: &String| Scan::of(cell, language).map(|scan| scan.last);
    let read: Vec<Option<(usize, usize)>> = cells.iter().map(numbers).collect();
    let numbers = || {
        cells
            .iter()
            .zip(&read)
            .filter_map(|(cell, at)| cell.get(at.as_ref()?.0..at.as_ref()?.1))
    };
    let said = numbers().find_map(|number| match evidence(number) {
        Evidence::Decimal(mark) => Some(mark),
        Evidence::Thousands('.') => Some(','),
        Evidence::Thousands(_) | Evidence::None => None,
    });
    let grouped = |mark| numbers().any(|number| evidence(number) == Evidence::Thousands(mark));
    let has_mark = || numbers().any(|number| number.contains(MARKS));
    let mark = said.or_else(|| {
        if !has_mark() {
            return None;
        }
        let own = decimal_mark(language);
        (!grouped(own)).then_some(own)
    });
    let cells = cells.iter().zip(&read);
    cells
        .map(|(cell, number)| match number {
            Some((from, to)) => {
                let number = cell.get(*from..*to).unwrap_or_default();
                let point = mark.filter(|mark| number.matches(*mark).count() == 1);
                let point = point.and_then(|mark| number.find(mark));
                let point = from + point.unwrap_or(number.len());
                CellValue::Figure { point }
            }
            None if is_nothing(cell) => CellValue::Nothing,
            None => CellValue::Words,
        })
        .collect()
}

/// Whether a cell holds one figure and what belongs to it, or a sign that there is none.
pub(super) fn is_figure(cell: &str, language: &LanguageTag) -> bool {
    is_nothing(cell) || Scan::of(cell, language).is_some()
}

fn is_nothing(cell: &str) -> bool {
    let cell = cell.trim();
    cell.is_empty() || NOTHING.contains(&cell)
}

/// What may be a decimal mark.
const MARKS: [char; 3] = ['.', ',', '٫'];

#[derive(Debug, PartialEq, Eq)]
enum Evidence {
    Decimal(char),
    Thousands(char),
    None,
}

/// What a number says of its marks.
fn evidence(number: &str) -> Evidence {
    let marks: Vec<(usize, char)> = number
        .match_indices(MARKS)
        .filter_map(|(at, mark)| Some((at, mark.chars().next()?)))
        .collect();
    let Some((at, last)) = marks.last().copied() else {
        return Evidence::None;
    };
    if last == '٫' {
        return Evidence::Decimal(last);
    }
    let same = marks.iter().filter(|(_, mark)| *mark == last).count();
    if same > 1 {
        return Evidence::Thousands(last);
    }
    if marks.len() > 1 {
        return Evidence::Decimal(last);
    }
    let before = &number[..at];
    let behind = number[at..]
        .chars()
        .skip(1)
        .filter(|c| c.is_numeric())
        .count();
    let digits = before.chars().filter(|c| c.is_numeric()).count();
    let apart = before.contains(|c: char| !c.is_numeric());
    match behind != 3 || digits > 3 || apart || before.starts_with('0') {
        true => Evidence::Decimal(last),
        false => Evidence::None,
    }
}

/// A cell read from its start.
struct Scan {
    /// Where its last number stands.
    last: (usize, usize),
}

impl Scan {
    /// Reads a figure; none where the cell is more than that, or none.
    fn of(cell: &str, language: &LanguageTag) -> Option<Self> {
        if cell.len() > LONGEST || !cell.contains(char::is_numeric) {
            return None;
        }
        let mut cursor = Cursor { text: cell, at: 0 };
        cursor.opening();
        let mut last = cursor.number()?;
        // A range of two, or a part of a whole.
        let before = cursor.at;
        cursor.spaces();
        if cursor.take(|c| matches!(c, '-' | '–' | '−' | '‑' | '/' | '×' | '±' | ':')) {
            cursor.opening();
            match cursor.number() {
                Some(second) => last = second,
                None => cursor.at = before,
            }
            // `1.2 × 10⁶` stands at its first number.
            if cell[before..].trim_start().starts_with('×')
                || cell[before..].trim_start().starts_with('±')
            {
                last = (cell.find(char::is_numeric)?, before);
            }
        } else {
            cursor.at = before;
        }
        cursor.closing(language);
        cursor.rest().is_empty().then_some(Self { last })
    }
}

/// A place in a cell.
struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn take(&mut self, wanted: impl Fn(char) -> bool) -> bool {
        match self.rest().chars().next().filter(|c| wanted(*c)) {
            Some(c) => {
                self.at += c.len_utf8();
                true
            }
            None => false,
        }
    }

    fn spaces(&mut self) {
        while self.take(char::is_whitespace) {}
    }

    /// Brackets, signs and currencies before a number.
    fn opening(&mut self) {
        loop {
            self.spaces();
            if self.take(|c| BEFORE.contains(&c) || matches!(c, '(' | '[') || is_currency(c)) {
                continue;
            }
            let rest = self.rest();
            let word = rest
                .split(|c: char| c.is_whitespace() || c.is_numeric())
                .next();
            let word = word.unwrap_or_default();
            let mark = word.chars().next_back().is_some_and(is_currency);
            let letters = word.trim_end_matches(is_currency);
            let of_currency =
                mark && letters.len() <= 3 && letters.bytes().all(|b| b.is_ascii_uppercase());
            if !word.is_empty() && (of_currency || AROUND.contains(&word) || is_sign(word)) {
                self.at += word.len();
                continue;
            }
            return;
        }
    }

    /// Digits with the marks and spaces inside.
    fn number(&mut self) -> Option<(usize, usize)> {
        let from = self.at;
        // `.5` has no whole part.
        let bare = self.take(|c| MARKS.contains(&c));
        if !self.take(char::is_numeric) {
            self.at = from;
            return None;
        }
        loop {
            if self.take(char::is_numeric) {
                continue;
            }
            let before = self.at;
            let mark =
                self.take(|c| MARKS.contains(&c) || matches!(c, '\'' | '’' | '٬' | ':' | '·'));
            if mark && self.rest().starts_with(char::is_numeric) {
                continue;
            }
            self.at = before;
            // Spaces part thousands.
            let space = self.take(|c| matches!(c, ' ' | '\u{A0}' | '\u{2009}' | '\u{202F}'));
            let group = self.rest().chars().take_while(|c| c.is_numeric()).count();
            if space && group == 3 && !bare {
                continue;
            }
            self.at = before;
            return Some((from, self.at));
        }
    }

    /// Units, signs of remarks and brackets behind a number.
    fn closing(&mut self, language: &LanguageTag) {
        loop {
            let before = self.at;
            self.spaces();
            if self.take(|c| {
                REMARKS.contains(&c)
                    || matches!(c, ')' | ']' | '%' | '‰' | '?' | '!')
                    || is_currency(c)
            }) {
                continue;
            }
            let word = self
                .rest()
                .split(|c: char| c.is_whitespace() || matches!(c, ')' | ']' | '*' | '†' | '‡'));
            let word = word.into_iter().next().unwrap_or_default();
            let letters = word.chars().count();
            // A letter or a few: a unit that no table knows, or the mark of a remark.
            let short = letters <= 3 && word.chars().all(char::is_alphabetic);
            if !word.is_empty() && (short || is_unit(word, language.as_str())) {
                self.at += word.len();
                continue;
            }
            if self.rest().is_empty() {
                return;
            }
            self.at = before;
            return;
        }
    }
}

/// Signs of currencies (Unicode, general category Sc), those that pieces have.
fn is_currency(c: char) -> bool {
    matches!(
        c,
        '$' | '¢' | '£' | '¤' | '¥' | '؋' | '৳' | '฿' | '\u{20A0}'..='\u{20C0}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The figures of a column, each parted where its whole part ends; `-` for nothing, `!` for words.
    fn read(language: &str, cells: &[&str]) -> String {
        let language = LanguageTag::parse(language).expect("a tag");
        let cells: Vec<String> = cells.iter().map(|cell| (*cell).to_owned()).collect();
        let read = read_column(&cells, &language);
        let shown = cells.iter().zip(read).map(|(cell, value)| match value {
            CellValue::Nothing => "-".to_owned(),
            CellValue::Words => "!".to_owned(),
            CellValue::Figure { point } => [&cell[..point], "|", &cell[point..]].concat(),
        });
        shown.collect::<Vec<_>>().join(" ; ")
    }

    #[test]
    fn figures_are_known_with_all_that_stands_beside_them() {
        for (cells, expected) in [
            (&["12.5", "–", "1,003"][..], "12|.5 ; - ; 1,003|"),
            (&["~50", "100", "(20)"], "~50| ; 100| ; (20|)"),
            (
                &["$1,200", "US$ 85", "€9.99", "Rs 600"],
                "$1,200| ; US$ 85| ; €9|.99 ; Rs 600|",
            ),
            (&["5–6", "10–12", "3"], "5–6| ; 10–12| ; 3|"),
            (
                &["54%", "3.4 bn", "5 km", "12*"],
                "54|% ; 3|.4 bn ; 5| km ; 12|*",
            ),
            (&["n.a.", "", "7", "−3.2 %"], "- ; - ; 7| ; −3|.2 %"),
            (&["1.2 × 106", "12 000", ".5"], "1|.2 × 106 ; 12 000| ; |.5"),
            (
                &["4 November 2025", "2025-11-04", "B2B", "see 5"],
                "! ; ! ; ! ; !",
            ),
            (
                &["Q1", "1st", "03:30", "ca. 40"],
                "! ; 1|st ; 03:30| ; ca. 40|",
            ),
        ] {
            assert_eq!(read("en", cells), expected);
        }
    }

    #[test]
    fn a_mark_is_what_neighbours_and_the_language_make_of_it() {
        assert_eq!(read("en", &["1,250", "12"]), "1,250| ; 12|");
        assert_eq!(read("de", &["1,250", "12"]), "1|,250 ; 12|");
        assert_eq!(read("de", &["1.250", "12,5"]), "1.250| ; 12|,5");
        assert_eq!(read("en", &["1.250.000", "2.500"]), "1.250.000| ; 2.500|");
        assert_eq!(read("en", &["1.250", "2.5"]), "1|.250 ; 2|.5");
        assert_eq!(read("de", &["0.125", "2.500"]), "0|.125 ; 2|.500");
        assert_eq!(read("ar", &["١٢٫٥", "٣"]), "١٢|٫٥ ; ٣|");
    }
}
