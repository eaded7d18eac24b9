//! Tables by language: what is held together with the word before or after it.
//!
//! A language is one file of the folder `languages`, named after what it serves (several are joined by `+`). `build.rs` lists the
//! folder, so a new language is a new file and nothing else. A line of a file is a key and what it holds, parted by spaces; a
//! pair's two words by `+`. A file is read when it is first asked for.

use std::sync::OnceLock;

// `static FILES: [File; n]`, in the order of the files' names.
include!(concat!(env!("OUT_DIR"), "/ties.rs"));

/// The file of a language.
struct File {
    /// The primary subtags of the languages that it serves.
    serves: &'static [&'static str],
    text: &'static str,
    table: OnceLock<Table>,
}

impl File {
    const fn new(serves: &'static [&'static str], text: &'static str) -> Self {
        Self {
            serves,
            text,
            table: OnceLock::new(),
        }
    }
}

/// What a language holds together.
#[derive(Debug)]
pub(super) struct Table {
    /// Before any word: titles of persons and the like.
    pub(super) titles: Vec<&'static str>,
    /// Before a figure.
    pub(super) references: Vec<&'static str>,
    /// Abbreviations of two words, and how the second begins.
    pub(super) pairs: Vec<(&'static str, &'static str)>,
    /// After a figure.
    pub(super) units: Vec<&'static str>,
    /// The names of months as dates have them, before or after a figure.
    pub(super) months: Vec<&'static str>,
    /// Words of one letter that may not end a line.
    pub(super) letters: Vec<char>,
    /// Marks that stand off the word before them and may not begin a line.
    pub(super) behind: Vec<char>,
    /// Marks that stand off the word after them and may not end a line.
    pub(super) ahead: Vec<char>,
    /// Whether a dash between spaces may not begin a line.
    pub(super) dashes: Dashes,
    /// Whether spaces part the thousands of a number.
    pub(super) thousands: Thousands,
}

/// Of a language without a file.
static NONE: Table = Table::empty();

impl Table {
    const fn empty() -> Self {
        Self {
            titles: Vec::new(),
            references: Vec::new(),
            pairs: Vec::new(),
            units: Vec::new(),
            months: Vec::new(),
            letters: Vec::new(),
            behind: Vec::new(),
            ahead: Vec::new(),
            dashes: Dashes::Anywhere,
            thousands: Thousands::Marked,
        }
    }

    /// Reads a file; the line that says nothing known, where there is one.
    fn read(text: &'static str) -> Result<Self, &'static str> {
        let mut table = Self::empty();
        for line in text.lines() {
            let (key, held) = line.split_once(": ").ok_or(line)?;
            let words = held.split(' ');
            let letters = words.clone().flat_map(str::chars);
            match (key, held) {
                ("titles", _) => table.titles.extend(words),
                ("references", _) => table.references.extend(words),
                ("units", _) => table.units.extend(words),
                ("months", _) => table.months.extend(words),
                ("pairs", _) => {
                    for pair in words {
                        table.pairs.push(pair.split_once('+').ok_or(line)?);
                    }
                }
                ("letters", _) => table.letters.extend(letters),
                ("behind", _) => table.behind.extend(letters),
                ("ahead", _) => table.ahead.extend(letters),
                ("dashes", "not-first") => table.dashes = Dashes::NotFirst,
                ("thousands", "spaced") => table.thousands = Thousands::Spaced,
                _ => return Err(line),
            }
        }
        Ok(table)
    }
}

/// Where a dash between spaces may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dashes {
    /// Anywhere.
    Anywhere,
    /// Not where a line begins.
    NotFirst,
}

/// What parts the thousands of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Thousands {
    /// A space.
    Spaced,
    /// Anything else.
    Marked,
}

/// Units of every language, after a figure.
pub(super) const UNITS: &[&str] = &[
    "%", "‰", "°", "°C", "°F", "K", "€", "£", "$", "¥", "m", "km", "cm", "mm", "µm", "nm", "m²",
    "m³", "km²", "ha", "l", "L", "ml", "g", "kg", "mg", "µg", "t", "s", "ms", "min", "h", "Hz",
    "kHz", "MHz", "GHz", "W", "kW", "MW", "GW", "Wh", "kWh", "MWh", "GWh", "TWh", "V", "kV", "A",
    "J", "kJ", "MJ", "N", "Pa", "hPa", "kPa", "bar", "dB", "mol", "B", "kB", "KB", "MB", "GB",
    "TB", "ft", "mi", "mph", "km/h", "m/s", "lb", "lbs", "oz", "px", "pt", "EUR", "USD", "GBP",
    "PKR", "INR", "AFN", "CHF",
];

/// Signs of every language, before a figure.
pub(super) const SIGNS: &[&str] = &[
    "§", "§§", "¶", "№", "€", "£", "$", "¥", "US$", "EUR", "USD", "GBP", "PKR", "INR", "AFN",
    "CHF", "Rs.", "Rs", "±", "≈", "~", "−",
];

/// Whether a word stands before a figure, in any language.
pub(in crate::compose) fn is_sign(word: &str) -> bool {
    SIGNS.contains(&word)
}

/// Whether a word is a unit behind a figure.
pub(in crate::compose) fn is_unit(word: &str, language: &str) -> bool {
    UNITS.contains(&word) || table(language).units.contains(&word)
}

/// The table of a language, empty for one without.
pub(super) fn table(language: &str) -> &'static Table {
    let primary = language.split('-').next().unwrap_or(language);
    let file = FILES.iter().find(|file| file.serves.contains(&primary));
    file.map_or(&NONE, |file| {
        let read = || Table::read(file.text).expect("a test reads the file of every language");
        file.table.get_or_init(read)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_of_every_language_says_only_what_is_known() {
        let mut seen = std::collections::BTreeSet::new();
        for file in &FILES {
            assert!(Table::read(file.text).is_ok_and(|table| !table.units.is_empty()));
            for serves in file.serves {
                assert!(seen.insert(*serves), "{serves} has two files");
            }
        }
        assert!(seen.len() >= 20);
        for wrong in [
            "units: km\nmonth: May",
            "pairs: z.",
            "dashes: first",
            "units",
        ] {
            assert_eq!(Table::read(wrong).err(), wrong.lines().last());
        }
    }
}
