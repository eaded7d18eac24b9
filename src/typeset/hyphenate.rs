//! Hyphenation: where a word of a language may be cut, by Liang's patterns and the piece's own list.

use std::collections::BTreeMap;

use hypher::Lang;

use super::patterns::{Automaton, BRITISH};
use crate::piece::LanguageTag;

/// Words shorter than this are never cut.
const SHORTEST: usize = 5;

/// The piece's own list: words in lower case with the bytes of their breaks.
#[derive(Debug, Clone, Default)]
pub(super) struct Exceptions(BTreeMap<String, Vec<usize>>);

impl Exceptions {
    /// Reads words cut into their parts.
    pub(super) fn new(words: &[Vec<String>]) -> Self {
        let entries = words.iter().map(|parts| {
            let mut breaks = Vec::new();
            let mut word = String::new();
            for part in parts {
                if !word.is_empty() {
                    breaks.push(word.len());
                }
                word.push_str(&part.to_lowercase());
            }
            (word, breaks)
        });
        Self(entries.collect())
    }
}

/// The patterns of a language.
#[derive(Debug, Clone, Copy)]
pub(super) enum Patterns {
    /// Those of the library.
    Known(Lang),
    /// British ones, which the library lacks.
    British,
}

/// Where English is cut as in the United States: the regions whose English is not under `en-001` in CLDR's tree of languages.
const AMERICAN: &[&str] = &["AS", "GU", "MH", "MP", "PH", "PR", "UM", "US", "VI"];

impl Patterns {
    /// The patterns of a language. English without a region is American, as CLDR has it.
    pub(super) fn of(tag: &LanguageTag) -> Option<Self> {
        let primary = tag.primary();
        if primary == "en"
            && let Some(region) = tag.to_locale().id.region
            && !AMERICAN.contains(&region.as_str())
        {
            return Some(Self::British);
        }
        let code: [u8; 2] = primary.as_bytes().try_into().ok()?;
        Lang::from_iso(code).map(Self::Known)
    }

    /// The bytes before which a word of letters may be cut.
    fn points(self, word: &str) -> Vec<usize> {
        match self {
            Self::Known(language) => {
                let (left, right) = language.bounds();
                let syllables =
                    hypher::hyphenate_bounded(word, language, left.max(2), right.max(2));
                let ends = syllables.scan(0, |at, syllable| {
                    *at += syllable.len();
                    Some(*at)
                });
                ends.filter(|at| *at < word.len()).collect()
            }
            Self::British => Automaton::points(BRITISH, word, BRITISH_ENDS),
        }
    }
}

/// How many letters stay, and go, at least: `hyphenmins` of the British patterns.
const BRITISH_ENDS: (usize, usize) = (2, 3);

/// The bytes before which the word may be cut with a hyphen.
///
/// Only plain words are cut: letters, with punctuation at the ends and hyphens or apostrophes inside. Words all in
/// capitals, words with figures, and addresses stay whole.
pub(super) fn points(
    word: &str,
    patterns: Option<Patterns>,
    exceptions: &Exceptions,
) -> Vec<usize> {
    if word.contains(|c: char| c.is_numeric() || matches!(c, '/' | '\\' | '@' | '_')) {
        return Vec::new();
    }
    let letters = |c: char| c.is_alphabetic() || is_mark(c);
    let Some(first) = word.find(letters) else {
        return Vec::new();
    };
    let last = word.char_indices().rev().find(|(_, c)| letters(*c));
    let end = last.map_or(word.len(), |(at, c)| at + c.len_utf8());
    let core = &word[first..end];
    let mut points = Vec::new();
    let mut at = first;
    for part in core.split_inclusive(|c: char| !letters(c)) {
        let letters_end = part.trim_end_matches(|c: char| !letters(c)).len();
        let joint = &part[letters_end..];
        if !joint.chars().all(|c| {
            matches!(
                c,
                '-' | '\u{2010}' | '\u{2011}' | '–' | '—' | '\'' | '’' | '…'
            )
        }) {
            return Vec::new();
        }
        cut(&part[..letters_end], at, patterns, exceptions, &mut points);
        at += part.len();
    }
    points
}

fn cut(
    part: &str,
    at: usize,
    patterns: Option<Patterns>,
    exceptions: &Exceptions,
    points: &mut Vec<usize>,
) {
    let lower = part.to_lowercase();
    if lower.len() == part.len()
        && let Some(breaks) = exceptions.0.get(&lower)
    {
        points.extend(breaks.iter().map(|point| at + point));
        return;
    }
    let Some(patterns) = patterns else {
        return;
    };
    let capitals = part.chars().filter(|c| c.is_uppercase()).take(2).count();
    if capitals > 1 || part.chars().filter(|c| !is_mark(*c)).count() < SHORTEST {
        return;
    }
    let whole = |point: &usize| !parts_cluster(part, *point) && leaves_letters(part, *point);
    let found = patterns.points(part).into_iter().filter(whole);
    points.extend(found.map(|point| at + point));
}

/// Whether a place is inside a letter that is written with several: Tamil has two that Unicode's clusters do not know.
pub(super) fn parts_cluster(word: &str, at: usize) -> bool {
    let (before, after) = word.split_at_checked(at).unwrap_or((word, ""));
    let parted = |first: &str, second: &str| before.ends_with(first) && after.starts_with(second);
    parted("\u{B95}\u{BCD}", "\u{BB7}")
        || parted("\u{BB8}\u{BCD}", "\u{BB0}\u{BC0}")
        || parted("\u{BB6}\u{BCD}", "\u{BB0}\u{BC0}")
}

/// Whether two letters stay and two go at least, a letter with its vowel signs being one: patterns count characters, and one letter of
/// an Indian script alone on a paragraph's last line is a fault.
fn leaves_letters(word: &str, at: usize) -> bool {
    let (before, after) = word.split_at_checked(at).unwrap_or((word, ""));
    let letters = |part: &str| part.chars().filter(|c| !is_mark(*c)).count();
    letters(before) >= 2 && letters(after) >= 2
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(word: &str, language: &str, list: &[&str]) -> String {
        let words: Vec<Vec<String>> = list
            .iter()
            .map(|w| w.split('-').map(str::to_owned).collect())
            .collect();
        let language = LanguageTag::parse(language).expect("a tag");
        let mut out = word.to_owned();
        for point in points(word, Patterns::of(&language), &Exceptions::new(&words))
            .into_iter()
            .rev()
        {
            out.insert(point, '|');
        }
        out
    }

    #[test]
    fn words_are_cut_by_their_language() {
        assert_eq!(shown("relations,", "en", &[]), "re|la|tions,");
        assert_eq!(
            shown("“Staatsangehörigkeit”", "de", &[]),
            "“Staats|an|ge|hö|rig|keit”"
        );
        assert_eq!(shown("relations", "xx", &[]), "relations");
    }

    #[test]
    fn a_letter_that_is_written_with_several_stays_whole() {
        let cut = shown("பக்ஷேபணைகளின்", "ta", &[]);
        assert!(cut.contains('|') && cut.contains("க்ஷே"), "{cut}");
        assert!(parts_cluster("க்ஷே", 6) && !parts_cluster("க்கே", 6));
    }

    #[test]
    fn no_letter_of_an_indian_script_goes_alone() {
        for (word, language) in [("குறைந்தது", "ta"), ("క్షీణించింది", "te")]
        {
            let cut = shown(word, language, &[]);
            let (_, last) = cut.rsplit_once('|').expect("a cut");
            assert!(last.chars().filter(|c| !is_mark(*c)).count() > 1, "{cut}");
        }
    }

    #[test]
    fn english_is_cut_by_its_region() {
        for (language, cut) in [
            ("en", "knowl|edge"),
            ("en-US", "knowl|edge"),
            ("en-PH", "knowl|edge"),
            ("en-GB", "know|ledge"),
            ("en-PK", "know|ledge"),
            ("en-001", "know|ledge"),
        ] {
            assert_eq!(shown("knowledge", language, &[]), cut, "{language}");
        }
    }

    #[test]
    fn the_pieces_own_list_comes_first() {
        assert_eq!(shown("Khyber’s", "en", &["khyb-er"]), "Khyb|er’s");
        assert_eq!(shown("Relations", "en", &["rela-tions"]), "Rela|tions");
    }

    #[test]
    fn capitals_figures_and_addresses_stay_whole() {
        for word in [
            "TTP",
            "ISKPNATO",
            "https://example.org/relations",
            "relations2",
            "a_relations_b",
        ] {
            assert_eq!(shown(word, "en", &[]), word);
        }
    }
}
