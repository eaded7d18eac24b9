//! Values written in another way than they are read, and what they most likely mean: for hints, and for fixes where it is certain.

use crate::piece::{Date, LanguageTag};

/// What a text says that is meant as a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Readings {
    /// The days that it can mean, the likelier first.
    pub(crate) days: Vec<Date>,
    /// Which number is the day's, where the text shows it by itself.
    pub(crate) order: Option<Order>,
}

/// Which of two numbers before a year is the day's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// 4/11/2025 is in November.
    DayFirst,
    /// 11/4/2025 is in November.
    MonthFirst,
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Months in other languages, as they are written in full.
const OTHER_MONTHS: &[[&str; 12]] = &[
    [
        "جنوری",
        "فروری",
        "مارچ",
        "اپریل",
        "مئی",
        "جون",
        "جولائی",
        "اگست",
        "ستمبر",
        "اکتوبر",
        "نومبر",
        "دسمبر",
    ],
    [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    [
        "januar",
        "februar",
        "märz",
        "april",
        "mai",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "dezember",
    ],
    [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
];

/// The zeros of the digits in which days are written.
const ZEROS: &[char] = &['0', '٠', '۰', '०', '০'];

/// Words between the parts of a day that say nothing of it.
const BETWEEN: &[&str] = &["the", "of", "de", "le", "den"];

/// A text with its digits as those of ASCII.
fn with_plain_digits(text: &str) -> String {
    let plain = |c: char| {
        let digit = |zero: &char| {
            u32::from(c)
                .checked_sub(u32::from(*zero))
                .filter(|digit| *digit < 10)
        };
        let digit = ZEROS.iter().find_map(digit);
        digit
            .and_then(|digit| char::from_digit(digit, 10))
            .unwrap_or(c)
    };
    text.chars().map(plain).collect()
}

/// The days that a text can mean.
pub(crate) fn days(text: &str) -> Readings {
    let mut numbers: Vec<(u16, usize)> = Vec::new();
    let mut month = None;
    let mut other_words = false;
    let text = with_plain_digits(text);
    if let Some(day) = Date::of_digits(text.trim()) {
        return Readings {
            days: vec![day],
            order: None,
        };
    }
    let parts = text
        .split(|c: char| c.is_whitespace() || matches!(c, '/' | '.' | '-' | ',' | '–' | '،' | '؍'));
    for part in parts.filter(|part| !part.is_empty()) {
        let digits = part.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let ending = &part[digits.len()..];
        match digits.parse() {
            Ok(number) if matches!(ending, "" | "st" | "nd" | "rd" | "th") => {
                numbers.push((number, digits.len()));
            }
            _ => match month_of(part) {
                Some(found) if month.is_none() => month = Some(found),
                _ => {
                    other_words |=
                        !is_weekday(part) && !BETWEEN.contains(&part.to_lowercase().as_str())
                }
            },
        }
    }
    let mut readings = Readings {
        days: Vec::new(),
        order: None,
    };
    if other_words || is_before_christ(&text) {
        return readings;
    }
    let day = |year: u16, month: u16, day: u16| {
        Date::parse(&format!("{year:04}-{month:02}-{day:02}")).ok()
    };
    let full = |(number, digits): (u16, usize)| match digits {
        4 => Some(number),
        2 => Some(2000 + number),
        _ => None,
    };
    match (numbers.as_slice(), month) {
        ([first, second], Some(month)) => {
            let (number, year) = if first.1 == 4 {
                (second, first)
            } else {
                (first, second)
            };
            readings
                .days
                .extend(full(*year).and_then(|year| day(year, month, number.0)));
        }
        ([(year, 4), (month, _), (number, _)], None) => {
            readings.days.extend(day(*year, *month, *number));
            // Month and day the wrong way round.
            if readings.days.is_empty() {
                readings.days.extend(day(*year, *number, *month));
            }
        }
        ([(first, _), (second, _), year], None) => {
            if let Some(year) = full(*year) {
                let day_first = day(year, *second, *first);
                let month_first = day(year, *first, *second);
                readings.order = match (&day_first, &month_first) {
                    (Some(_), None) => Some(Order::DayFirst),
                    (None, Some(_)) => Some(Order::MonthFirst),
                    _ => None,
                };
                readings.days.extend(day_first);
                readings.days.extend(month_first);
                readings.days.dedup();
            }
        }
        _ => {}
    }
    readings
}

/// Whether a text begins with a minus before its year: a date before Christ, which is never the day of the same numbers after.
fn is_before_christ(text: &str) -> bool {
    let year = text.trim_start().strip_prefix(['-', '−', '–', '‐', '‑']);
    year.is_some_and(|year| year.starts_with(|c: char| c.is_ascii_digit()))
}

/// A month by its English name or the beginning of it, or by its name in a few other languages.
fn month_of(word: &str) -> Option<u16> {
    let word = word.to_lowercase();
    let others = || {
        let mut others = OTHER_MONTHS.iter();
        others.find_map(|months| months.iter().position(|month| *month == word))
    };
    let found = MONTHS
        .iter()
        .position(|month| word.len() >= 3 && (month.starts_with(&word) || word == "sept"))
        .or_else(others)?;
    let found = if word == "sept" { 8 } else { found };
    u16::try_from(found + 1).ok()
}

fn is_weekday(word: &str) -> bool {
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let word = word.to_lowercase();
    days.iter()
        .any(|day| word.starts_with(day) && (word.len() == 3 || word.ends_with("day")))
}

/// A day in words, as the two readings of one date are told apart.
pub(super) fn in_words(date: Date) -> String {
    let month = MONTHS[usize::from(date.month()) - 1];
    let (first, rest) = month.split_at(1);
    format!(
        "{} {}{rest} {}",
        date.day(),
        first.to_uppercase(),
        date.year()
    )
}

/// Names of languages in English and in themselves, with their tags.
const LANGUAGES: &[(&str, &str)] = &[
    ("arabic", "ar"),
    ("bengali", "bn"),
    ("chinese", "zh-Hans"),
    ("dari", "fa-AF"),
    ("dutch", "nl"),
    ("english", "en-GB"),
    ("american english", "en-US"),
    ("british english", "en-GB"),
    ("english (uk)", "en-GB"),
    ("english (us)", "en-US"),
    ("english uk", "en-GB"),
    ("english us", "en-US"),
    ("uk english", "en-GB"),
    ("us english", "en-US"),
    ("اردو", "ur"),
    ("العربية", "ar"),
    ("عربی", "ar"),
    ("فارسی", "fa"),
    ("پښتو", "ps"),
    ("سنڌي", "sd"),
    ("हिन्दी", "hi"),
    ("हिंदी", "hi"),
    ("বাংলা", "bn"),
    ("தமிழ்", "ta"),
    ("中文", "zh-Hans"),
    ("汉语", "zh-Hans"),
    ("简体中文", "zh-Hans"),
    ("繁體中文", "zh-Hant"),
    ("繁体中文", "zh-Hant"),
    ("日本語", "ja"),
    ("한국어", "ko"),
    ("deutsch", "de"),
    ("español", "es"),
    ("français", "fr"),
    ("italiano", "it"),
    ("nederlands", "nl"),
    ("polski", "pl"),
    ("português", "pt"),
    ("türkçe", "tr"),
    ("русский", "ru"),
    ("українська", "uk"),
    ("עברית", "he"),
    ("ไทย", "th"),
    ("farsi", "fa"),
    ("french", "fr"),
    ("german", "de"),
    ("hausa", "ha"),
    ("hebrew", "he"),
    ("hindi", "hi"),
    ("indonesian", "id"),
    ("italian", "it"),
    ("japanese", "ja"),
    ("korean", "ko"),
    ("malay", "ms"),
    ("pashto", "ps"),
    ("persian", "fa"),
    ("polish", "pl"),
    ("portuguese", "pt"),
    ("punjabi", "pa"),
    ("russian", "ru"),
    ("sindhi", "sd"),
    ("somali", "so"),
    ("spanish", "es"),
    ("swahili", "sw"),
    ("tamil", "ta"),
    ("thai", "th"),
    ("turkish", "tr"),
    ("ukrainian", "uk"),
    ("urdu", "ur"),
    ("uzbek", "uz"),
    ("vietnamese", "vi"),
];

/// The tag of a language that was named in words, or with an underscore.
pub(super) fn language(text: &str) -> Option<String> {
    let bare = text
        .trim()
        .trim_matches(['“', '”', '„', '‘', '’', '«', '»', '"', '\'']);
    let folded = bare.to_lowercase();
    let folded = match folded.split_once([',', ';', '/', '、', '،']) {
        // Of several, the first one.
        Some((first, _)) if !first.trim().is_empty() => first.trim().to_owned(),
        _ => folded,
    };
    let named = LANGUAGES.iter().find(|(name, _)| *name == folded);
    if let Some((_, tag)) = named {
        return Some((*tag).to_owned());
    }
    let joined = bare.replace(['_', ' '], "-");
    let is_other = joined != text;
    (is_other && LanguageTag::parse(&joined).is_ok()).then_some(joined)
}

/// The address of a licence that was written as its short name, `CC BY-SA 4.0`.
pub(super) fn licence(text: &str) -> Option<String> {
    let folded = text.to_lowercase().replace("creative commons", "cc");
    let folded = folded
        .replace("attribution", "by")
        .replace("sharealike", "sa");
    let folded = folded
        .replace("noncommercial", "nc")
        .replace("noderivatives", "nd");
    let words: Vec<&str> = folded
        .split(|c: char| !(c.is_alphanumeric() || c == '.'))
        .filter(|word| {
            !word.is_empty() && !matches!(*word, "international" | "license" | "licence")
        })
        .collect();
    let of_zero = "https://creativecommons.org/publicdomain/zero/1.0/";
    let (first, mut rest) = words.split_first()?;
    if *first == "cc0" || (*first == "cc" && rest.first() == Some(&"zero")) {
        return Some(of_zero.to_owned());
    }
    if *first == "public" && rest == ["domain"] {
        return Some("https://creativecommons.org/publicdomain/mark/1.0/".to_owned());
    }
    if *first != "cc" {
        return None;
    }
    let mut version = "4.0";
    if let Some((last, before)) = rest.split_last()
        && last.starts_with(|c: char| c.is_ascii_digit())
    {
        version = last;
        rest = before;
    }
    let kinds = ["by", "by-sa", "by-nc", "by-nd", "by-nc-sa", "by-nc-nd"];
    let kind = rest.join("-");
    let kind = kinds.iter().find(|known| **known == kind)?;
    let is_version = ["1.0", "2.0", "2.5", "3.0", "4.0"].contains(&version);
    is_version.then(|| format!("https://creativecommons.org/licenses/{kind}/{version}/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        days(text).days.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn days_are_read_as_people_write_them() {
        for text in [
            "4 November 2025",
            "November 4, 2025",
            "Nov 4th 2025",
            "Tuesday, 4 Nov. 2025",
            "2025/11/04",
            "2025-11-4",
            "2025 November 4",
            "2025.11.04",
            "4th of November 2025",
            "Tuesday the 4th of November, 2025",
            "November the 4th, 2025",
            "۴ نومبر ۲۰۲۵",
            "4 novembre 2025",
            "4. November 2025",
            "4 de noviembre de 2025",
            "20251104",
        ] {
            assert_eq!(read(text), ["2025-11-04"], "{text}");
        }
        assert_eq!(read("11/12/2025"), ["2025-12-11", "2025-11-12"]);
        assert_eq!(read("25/12/2025"), ["2025-12-25"]);
        assert_eq!(days("25/12/2025").order, Some(Order::DayFirst));
        assert_eq!(days("12/25/2025").order, Some(Order::MonthFirst));
        assert_eq!(read("11.11.25"), ["2025-11-11"]);
        assert_eq!(read("2025-13-04"), ["2025-04-13"]);
        for text in [
            "soon",
            "2025",
            "31/31/2025",
            "November 2025",
            "-0044-03-15",
            "−0044-3-15",
            "20251301",
            "",
        ] {
            assert!(read(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn languages_and_licences_are_known_by_their_names() {
        assert_eq!(language("English").as_deref(), Some("en-GB"));
        assert_eq!(language("en_GB").as_deref(), Some("en-GB"));
        assert_eq!(language("Klingon"), None);
        let at = |path: &str| Some(format!("https://creativecommons.org/{path}/"));
        assert_eq!(licence("CC BY 4.0"), at("licenses/by/4.0"));
        assert_eq!(licence("CC-BY-NC-SA 3.0"), at("licenses/by-nc-sa/3.0"));
        assert_eq!(
            licence("Creative Commons Attribution-ShareAlike"),
            at("licenses/by-sa/4.0")
        );
        assert_eq!(licence("CC0"), at("publicdomain/zero/1.0"));
        assert_eq!(licence("CC BY 9"), None);
        assert_eq!(licence("All rights reserved"), None);
    }
}
