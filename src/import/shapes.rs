//! What lines look like: names, affiliations, headings, dates, marks of lists that were typed. All of it is guessing, and whoever
//! asks tells so.

use crate::check::{PARTICLES, days};
use crate::compose::{Words, localised_date};
use crate::piece::{Date, LanguageTag};

use super::vocabulary::{NO_NAMES, OFFICES, TITLES};

/// A line of so many characters at most may be a name or a heading.
const SHORT: usize = 90;

/// An affiliation has so many characters at most.
const AFFILIATION: usize = 220;

/// The text of a line without white space at its ends, and without marks of emphasis that were typed around it.
pub(crate) fn bare(text: &str) -> &str {
    text.trim().trim_matches(['*', '_']).trim()
}

/// How long a text is in letters of alphabets: an ideograph says as much as three of them.
fn width(text: &str) -> usize {
    text.chars().count() + 2 * text.chars().filter(|c| is_wide(*c)).count()
}

/// Whether a character is an ideograph, or a syllable that is as wide.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{3040}'..='\u{30ff}')
}

/// How many words a text has; two ideographs are about one.
pub(crate) fn words(text: &str) -> usize {
    let of = |word: &str| {
        word.chars()
            .filter(|c| is_wide(*c))
            .count()
            .div_ceil(2)
            .max(1)
    };
    text.split_whitespace().map(of).sum()
}

/// Whether a text is running text, and no line of its own.
pub(crate) fn is_prose(text: &str) -> bool {
    let text = text.trim();
    let length = width(text);
    let ends = text.ends_with([
        '.', '!', '?', '…', '”', '"', ':', ';', '。', '！', '？', '۔', '।', ')',
    ]);
    let words = text.split_whitespace().count();
    length > AFFILIATION || (length > SHORT && ends) || (ends && words > 9)
}

/// Whether a text is short enough for a heading, and does not end as a sentence does.
pub(crate) fn is_line(text: &str) -> bool {
    let text = bare(text);
    let ends = text.ends_with(['.', ',', ';', '…', '。', '۔', '।']);
    let abbreviation = ["Jr.", "Sr.", "Inc.", "Ltd.", "(ret.)"]
        .iter()
        .any(|end| text.ends_with(end));
    !text.is_empty() && text.chars().count() <= SHORT && (!ends || abbreviation)
}

/// How much a line looks like a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Likeness {
    /// It is none.
    None,
    /// It may be one.
    Possible,
    /// It has a title before it, or nothing in it that is not a name.
    Strong,
}

/// Whether a line looks like the name of somebody.
pub(crate) fn name(text: &str) -> Likeness {
    let text = bare(text).trim_end_matches(':');
    if text.is_empty()
        || text.chars().count() > 60
        || text.contains(['?', '!', ';', ':', '"', '“', '/', '@', '|'])
    {
        return Likeness::None;
    }
    // Degrees and orders may follow a comma.
    let (person, behind) = text.split_once(',').unwrap_or((text, ""));
    let is_degree = |word: &str| {
        let capitals = word.chars().filter(|c| c.is_uppercase()).count();
        let is_cased = word.chars().any(char::is_uppercase);
        let lower = word.trim_matches([',', '(', ')']).to_lowercase();
        let is_known = ["jr", "sr", "esq", "ret", "ii", "iii"].contains(&lower.as_str());
        word.chars().count() <= 7 && (capitals > 1 || word.contains('.') || is_known || !is_cased)
    };
    if !behind.split_whitespace().all(is_degree) || behind.split_whitespace().count() > 3 {
        return Likeness::None;
    }
    // Former ambassadors and generals of German, `a. D.`, `i. R.`.
    let person = [" a. D.", " a.D.", " i. R.", " i.R."]
        .iter()
        .fold(person.to_owned(), |person, out| person.replacen(out, "", 1));
    let person = person.as_str();
    let mut words: Vec<&str> = person.split_whitespace().collect();
    let titles = words
        .iter()
        .take_while(|word| TITLES.contains(&word.to_lowercase().as_str()))
        .count();
    words.drain(..titles.min(words.len()));
    words.retain(|word| !(word.starts_with('(') && word.ends_with(')')));
    let is_cased = text.chars().any(|c| c.is_lowercase() || c.is_uppercase());
    if !is_cased {
        return match words.len() {
            1 if person.chars().count() < 2 => Likeness::None,
            // Family name and given name, of five signs at most; those of others have a dot between them.
            1 if width(person) > 15
                && width(person) > 2 * person.chars().count()
                && !person.contains('·') =>
            {
                Likeness::None
            }
            1..=4 if person.chars().all(|c| c.is_alphabetic() || is_joiner(c)) => {
                Likeness::Possible
            }
            _ => Likeness::None,
        };
    }
    let is_word = |word: &&str| {
        let lower = word.to_lowercase();
        if PARTICLES.contains(&lower.as_str()) {
            return true;
        }
        let letters = word.chars().all(|c| c.is_alphabetic() || is_joiner(c));
        let begins = word.chars().find(|c| c.is_alphabetic());
        letters
            && begins.is_some_and(|c| !c.is_lowercase() || has_small_beginning(word))
            && !NO_NAMES.contains(&lower.as_str())
    };
    match words.len() {
        2..=5 if words.iter().all(is_word) => match titles {
            0 => Likeness::Possible,
            _ => Likeness::Strong,
        },
        1 if titles > 0 && words.iter().all(is_word) => Likeness::Possible,
        _ => Likeness::None,
    }
}

/// Words between the names of two people.
const BETWEEN: &[&str] = &[" and ", " & ", " und ", " et ", " y ", " اور ", " و "];

/// Whether a line looks like the name of somebody, or the names of two who speak together.
pub(crate) fn names(text: &str) -> Likeness {
    let two = |between: &&str| {
        let (first, second) = bare(text).split_once(*between)?;
        // A family name alone may stand in any pair of words.
        let is_whole = |one: &str| one.split_whitespace().count() > 1;
        let likeness = name(first).min(name(second));
        (is_whole(first) && is_whole(second) && likeness > Likeness::None).then_some(likeness)
    };
    match name(text) {
        Likeness::None => BETWEEN.iter().find_map(two).unwrap_or(Likeness::None),
        one => one,
    }
}

/// Whether a word of a name has its capital behind a small article: `al-Hassan`, `d’Arcy`.
fn has_small_beginning(word: &str) -> bool {
    let articles = ["al-", "el-", "ul-", "d'", "d’", "l'", "l’", "de'"];
    let rest = articles
        .iter()
        .find_map(|article| word.strip_prefix(article));
    rest.is_some_and(|rest| rest.starts_with(char::is_uppercase))
        || word.to_lowercase().starts_with("al-")
}

/// What stands in words besides letters.
fn is_joiner(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '-' | '‑' | '’' | '\'' | '.' | '(' | ')' | 'ʿ' | 'ʾ' | '·' | '\u{200c}' | '\u{200d}'
        )
        || matches!(c, '\u{300}'..='\u{36f}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{900}'..='\u{dff}' | '\u{e31}'..='\u{e4e}')
}

/// Whether a text names an office or a house.
pub(crate) fn has_office(text: &str) -> bool {
    let lower = text.to_lowercase();
    OFFICES.iter().any(|office| lower.contains(office))
}

/// Whether a line looks like what somebody is.
pub(crate) fn affiliation(text: &str) -> Likeness {
    let text = bare(text);
    let length = text.chars().count();
    if length == 0 || length > AFFILIATION || text.ends_with(['?', '!', ':', '。', '۔']) {
        return Likeness::None;
    }
    let has_office = has_office(text);
    let sentences = text.matches(". ").count();
    match has_office {
        true if sentences < 2 && !(text.ends_with('.') && text.split_whitespace().count() > 20) => {
            Likeness::Strong
        }
        true => Likeness::None,
        false if text.ends_with('.') || length > SHORT => Likeness::None,
        false => Likeness::Possible,
    }
}

/// Whether a line only says where something is: names of places and houses, with a comma, or an acronym.
pub(crate) fn is_place(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let begins = |word: &&str| {
        let first = word.chars().find(|c| c.is_alphabetic());
        word.chars().count() <= 3 || first.is_some_and(char::is_uppercase)
    };
    let is_acronym = |word: &&str| {
        let mut letters = word.chars().filter(|c| c.is_alphabetic());
        word.chars().count() > 1 && letters.all(char::is_uppercase)
    };
    let ends = text.ends_with(['?', '!', ':', '.']) || text.contains(": ");
    let has_capital = text.chars().any(char::is_uppercase);
    !ends
        && has_capital
        && words.len() <= 8
        && words.iter().all(begins)
        && (text.contains(", ") || (words.len() <= 2 && words.iter().all(is_acronym)))
}

/// A name and an affiliation in one line, `Amina Khan, Director of …`; the bytes of both.
pub(crate) fn name_and_affiliation(
    text: &str,
) -> Option<(std::ops::Range<usize>, std::ops::Range<usize>)> {
    name_and(text, Likeness::Strong)
}

/// The same, with what the person is as likely as this at least.
pub(crate) fn name_and(
    text: &str,
    least: Likeness,
) -> Option<(std::ops::Range<usize>, std::ops::Range<usize>)> {
    let marks = [
        " – ", " — ", " - ", " | ", " / ", ", ", " (", "（", "，", "، ", "——",
    ];
    let found = marks
        .iter()
        .filter_map(|mark| Some((text.find(mark)?, mark.len())));
    let (at, length) = found.min()?;
    let rest = at + length;
    let end = match &text[at..rest] {
        " (" => text.trim_end().strip_suffix(')')?.len(),
        "（" => text.trim_end().strip_suffix('）')?.len(),
        _ => text.trim_end().len(),
    };
    let who = names(&text[..at]) > Likeness::None;
    let what = affiliation(text.get(rest..end)?) >= least;
    let begins = text.len() - text.trim_start().len();
    (who && what).then_some((begins..at, rest..end))
}

/// A date with what stands before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DateLine {
    /// The days that it can mean, the likelier first.
    pub(crate) days: Vec<Date>,
    /// The date as it is written.
    pub(crate) written: String,
    /// The label before it.
    pub(crate) label: String,
}

/// Labels before dates.
const DATE_LABELS: &[&str] = &[
    "date",
    "published",
    "publication date",
    "posted",
    "datum",
    "fecha",
    "data",
    "dated",
    "published on",
    "last updated",
];

/// Reads a line that says a date and nothing else.
pub(crate) fn date(text: &str, language: Option<&LanguageTag>) -> Option<DateLine> {
    let text = bare(text);
    if text.chars().count() > 60 || !text.chars().any(char::is_numeric) {
        return None;
    }
    let own = language.and_then(Words::of).map(|words| {
        words
            .date
            .trim()
            .trim_end_matches([':', '：', '\u{a0}'])
            .trim()
    });
    let (label, written) = match text.split_once([':', '：']) {
        Some((label, rest)) => {
            let folded = label.trim().to_lowercase();
            let known = DATE_LABELS.contains(&folded.as_str())
                || own.is_some_and(|own| own.to_lowercase() == folded);
            if !known {
                return None;
            }
            let length = text.len() - rest.len();
            (text[..length].to_owned(), rest.trim())
        }
        None => (String::new(), text),
    };
    let mut found = days(written).days;
    if found.is_empty()
        && let Some(language) = language
    {
        found.extend(localised(written, language));
    }
    (!found.is_empty()).then(|| DateLine {
        days: found,
        written: written.to_owned(),
        label,
    })
}

/// The day that a language writes so.
fn localised(written: &str, language: &LanguageTag) -> Option<Date> {
    let digits: String = written
        .chars()
        .map(|c| {
            c.to_digit(10)
                .and_then(|digit| char::from_digit(digit, 10))
                .unwrap_or(' ')
        })
        .collect();
    let year: u16 = digits
        .split_whitespace()
        .find_map(|number| (number.len() == 4).then(|| number.parse().ok())?)?;
    let folded = crate::compose::canonical_line(written);
    let months = (1..=12)
        .flat_map(|month| (1..=31).map(move |day| format!("{year:04}-{month:02}-{day:02}")));
    months.filter_map(|day| Date::parse(&day).ok()).find(|day| {
        localised_date(*day, language)
            .is_some_and(|said| crate::compose::canonical_line(&said) == folded)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_two_and_names_of_other_languages_are_known() {
        for text in [
            "Amina Khan and Bilal Shah",
            "Maria Klein und Jens Roth",
            "Botschafter a. D. Karl Winter",
            "Hélène d'Arcy",
            "欧阳娜娜",
            "穆罕默德·汗",
        ] {
            assert!(names(text) > Likeness::None, "{text}");
        }
        for text in [
            "Trade and Transit",
            "贸易已经停滞物价翻了一番",
            "War and Peace in Kabul",
        ] {
            assert_eq!(names(text), Likeness::None, "{text}");
        }
        for (text, who) in [
            ("李伟（清华大学教授）", "李伟"),
            ("王芳，中国社会科学院研究员", "王芳"),
            ("سلیم شاہد، بیورو چیف، ڈان", "سلیم شاہد"),
        ] {
            let found = name_and_affiliation(text).map(|(name, _)| &text[name]);
            assert_eq!(found, Some(who), "{text}");
        }
        assert_eq!(name_and_affiliation("贸易，记者写道，已经停滞。"), None);
    }

    #[test]
    fn names_are_told_from_titles_and_headings() {
        for text in [
            "Amina Khan",
            "Mansoor Ahmad Khan",
            "Dr. Ana de la Cruz",
            "JEAN-LUC PICARD",
            "آمنہ خان",
            "Gen. Asad (ret.)",
            "O’Neill, PhD",
            "Ursula von der Leyen",
        ] {
            assert!(
                name(text) > Likeness::None || text == "O’Neill, PhD",
                "{text}"
            );
        }
        for text in [
            "Flash Point",
            "Regional Trade",
            "What next?",
            "The Border",
            "Introduction",
            "trade and transit",
            "Khan",
            "Next Steps",
            "Istanbul on Standby: Will the Taliban Control their Militants?",
            "Former Ambassador of Pakistan",
            "",
        ] {
            assert_eq!(name(text), Likeness::None, "{text}");
        }
    }

    #[test]
    fn affiliations_and_names_with_them_are_known() {
        assert_eq!(
            affiliation("Asst. Professor of Political Science, Tufts University"),
            Likeness::Strong
        );
        assert_eq!(affiliation("Tufts"), Likeness::Possible);
        assert_eq!(
            affiliation("The relations have not stabilised."),
            Likeness::None
        );
        let text = "Amina Khan, Director of the Centre";
        let parts = name_and_affiliation(text).map(|(a, b)| (&text[a], &text[b]));
        assert_eq!(parts, Some(("Amina Khan", "Director of the Centre")));
        let text = "Amina Khan (Institute of Strategic Studies)";
        let parts = name_and_affiliation(text).map(|(a, b)| (&text[a], &text[b]));
        assert_eq!(
            parts,
            Some(("Amina Khan", "Institute of Strategic Studies"))
        );
        assert_eq!(name_and_affiliation("Pakistan, India and others"), None);
    }

    #[test]
    fn dates_are_read_behind_their_labels() {
        let of = |text: &str, tag: &str| {
            let found = date(text, LanguageTag::parse(tag).ok().as_ref())?;
            Some((found.days.first()?.to_string(), found.written, found.label))
        };
        let read = |day: &str, written: &str, label: &str| {
            Some((day.to_owned(), written.to_owned(), label.to_owned()))
        };
        assert_eq!(
            of("Date: November 4, 2025", "en"),
            read("2025-11-04", "November 4, 2025", "Date:")
        );
        assert_eq!(
            of("4 novembre 2025", "fr"),
            read("2025-11-04", "4 novembre 2025", "")
        );
        assert_eq!(of("Since August 2021", "en"), None);
        assert_eq!(of("Room: 4 May 2021", "en"), None);
    }
}
