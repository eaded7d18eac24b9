//! Texts as they are searched: without case, diacritics and what is one letter in several forms, and cut into terms.
//!
//! The script of the search page does the same with what somebody asks for, by the tables of this file, which stand in the index.

use std::borrow::Cow;

use serde_json::{Value as Json, json};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// No term is longer, in characters.
pub(super) const LONGEST: usize = 32;

/// Marks that are left out: diacritics of Latin, Greek and Cyrillic, points of Hebrew, vowels of Arabic. The vowels of Indic and
/// other scripts are letters to their readers, and stay.
const MARKS: &[(u32, u32)] = &[
    (0x0300, 0x036F),
    (0x0483, 0x0489),
    (0x0591, 0x05C7),
    (0x0610, 0x061A),
    (0x064B, 0x065F),
    (0x0670, 0x0670),
    (0x06D6, 0x06ED),
    (0x08D3, 0x08FF),
    (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF),
    (0x20D0, 0x20FF),
    (0xFE00, 0xFE0F),
    (0xFE20, 0xFE2F),
];

/// What joins, parts or turns letters and is none: soft hyphens, joiners, marks of direction, the Arabic stroke that lengthens.
const UNSEEN: &[(u32, u32)] = &[
    (0x00AD, 0x00AD),
    (0x061C, 0x061C),
    (0x0640, 0x0640),
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x2069),
    (0xFEFF, 0xFEFF),
];

/// Letters that are searched as others.
const LETTERS: &[(char, &str)] = &[
    ('ß', "ss"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('ø', "o"),
    ('đ', "d"),
    ('ð', "d"),
    ('ł', "l"),
    ('þ', "th"),
    ('ı', "i"),
    ('ħ', "h"),
    ('ς', "σ"),
    // Arabic, Persian, Urdu, Pashto and Sindhi: one letter in several forms.
    ('ى', "ی"),
    ('ي', "ی"),
    ('ې', "ی"),
    ('ے', "ی"),
    ('ك', "ک"),
    ('ڪ', "ک"),
    ('ة', "ه"),
    ('ہ', "ه"),
    ('ھ', "ه"),
    ('ە', "ه"),
    ('ٱ', "ا"),
    ('ء', ""),
];

/// The zeros of digits that stand for those of ASCII.
const ZEROS: &[u32] = &[
    0x0660, 0x06F0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0E50,
    0x0ED0, 0x0F20, 0x1040, 0x17E0,
];

/// Scripts that put no space between words: Thai, Lao, Tibetan, Burmese, Khmer, kana, ideographs.
const UNSPACED: &[(u32, u32)] = &[
    (0x0E00, 0x0EFF),
    (0x0F00, 0x0FFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x3005, 0x3007),
    (0x3040, 0x30FF),
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
];

fn is_in(ranges: &[(u32, u32)], c: char) -> bool {
    let c = u32::from(c);
    ranges
        .iter()
        .any(|(first, last)| (*first..=*last).contains(&c))
}

/// The tables, as the script reads them.
pub(super) fn tables() -> Json {
    let letters: serde_json::Map<String, Json> = LETTERS
        .iter()
        .map(|(letter, other)| (letter.to_string(), json!(other)))
        .collect();
    let skipped = [MARKS, UNSEEN].concat();
    json!({
        "longest": LONGEST,
        "skip": skipped,
        "letters": letters,
        "zeros": ZEROS,
        "unspaced": UNSPACED,
    })
}

/// A text as it is searched.
pub(super) fn folded(text: &str) -> Cow<'_, str> {
    let is_plain = |b: u8| b.is_ascii() && !b.is_ascii_uppercase();
    if text.bytes().all(is_plain) {
        return Cow::Borrowed(text);
    }
    if text.is_ascii() {
        return Cow::Owned(text.to_ascii_lowercase());
    }
    let mut out = String::with_capacity(text.len());
    for c in text.to_lowercase().nfkd() {
        if is_in(MARKS, c) || is_in(UNSEEN, c) {
            continue;
        }
        // A form that is taken apart may be a capital: ligatures, letters of mathematics.
        for c in c.to_lowercase() {
            match LETTERS.iter().find(|(letter, _)| *letter == c) {
                Some((_, other)) => out.push_str(other),
                None => out.push(digit(c).unwrap_or(c)),
            }
        }
    }
    out.nfc().collect::<String>().into()
}

fn digit(c: char) -> Option<char> {
    let value = ZEROS.iter().find_map(|zero| {
        let value = u32::from(c).checked_sub(*zero)?;
        (value < 10).then_some(value)
    });
    char::from_digit(value?, 10)
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

/// Gives each term of a text: its words, and of scripts without spaces every pair of characters that stand side by side.
pub(super) fn terms(text: &str, mut found: impl FnMut(&str)) {
    let folded = folded(text);
    for word in folded.split(|c| !is_of_word(c)) {
        let mut rest = word;
        while let Some(first) = rest.chars().next() {
            let is_unspaced = is_in(UNSPACED, first);
            let end = rest.find(|c| is_in(UNSPACED, c) != is_unspaced);
            let (run, after) = rest.split_at(end.unwrap_or(rest.len()));
            match is_unspaced {
                true => pairs(run, &mut found),
                false => {
                    let end = run
                        .char_indices()
                        .nth(LONGEST)
                        .map_or(run.len(), |(at, _)| at);
                    found(&run[..end]);
                }
            }
            rest = after;
        }
    }
}

/// Every pair of characters side by side; a lone one for itself.
fn pairs(run: &str, found: &mut impl FnMut(&str)) {
    let mut starts: Vec<usize> = run.char_indices().map(|(at, _)| at).collect();
    starts.push(run.len());
    if starts.len() == 2 {
        return found(run);
    }
    for pair in starts.windows(3) {
        found(&run[pair[0]..pair[2]]);
    }
}

/// How names are put in order: by what is searched of them, so that an umlaut stands beside its letter.
pub(super) fn order_key(name: &str) -> String {
    folded(name).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        terms(text, |term| found.push(term.to_owned()));
        found
    }

    #[test]
    fn case_marks_and_forms_of_letters_are_no_difference() {
        for (one, other) in [
            ("Élodie LEFÈVRE", "elodie lefevre"),
            ("Straße", "STRASSE"),
            ("İstanbul", "istanbul"),
            ("ﬁn de siècle", "FIN DE SIECLE"),
            ("Ὀδυσσεύς", "οδυσσευσ"),
            ("ёлка й", "елка и"),
            ("أفغانستان", "افغانستان"),
            ("كابل", "کابل"),
            ("مُحَمَّد", "محمد"),
            ("می\u{200c}روم", "میروم"),
            ("پاکستانـــ", "پاكستان"),
            ("٢٠٢٥ ۲۰۲۵", "2025 2025"),
            ("re\u{ad}lations", "relations"),
        ] {
            assert_eq!(all(one), all(other), "{one}");
        }
        // Vowels of Devanagari are letters.
        assert_ne!(all("कल"), all("कुल"));
        assert_eq!(all("हिन्दी"), ["हिन्दी"]);
        assert_eq!(all("한국어 문서"), ["한국어", "문서"]);
    }

    #[test]
    fn scripts_without_spaces_are_cut_into_pairs() {
        assert_eq!(all("阿富汗AI政策"), ["阿富", "富汗", "ai", "政策"]);
        assert_eq!(all("が"), all("か\u{3099}"));
        assert_eq!(all("ไทย"), ["ไท", "ทย"]);
    }

    #[test]
    fn words_end_at_signs_and_are_never_long() {
        assert_eq!(
            all("l’État, don't <b>_x_"),
            ["l", "etat", "don", "t", "b", "x"]
        );
        assert_eq!(all(&"a".repeat(100_000)), ["a".repeat(LONGEST)]);
        assert!(all(" — ").is_empty());
    }
}
