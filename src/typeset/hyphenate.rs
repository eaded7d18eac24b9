//! Hyphenation: where a word of a language may be cut, by Liang's patterns and the piece's own list.

use std::collections::BTreeMap;

use hypher::Lang;

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

/// The patterns of a language, by its primary subtag.
pub(super) fn patterns(primary: &str) -> Option<Lang> {
    let code: [u8; 2] = primary.as_bytes().try_into().ok()?;
    Lang::from_iso(code)
}

/// The bytes before which the word may be cut with a hyphen.
///
/// Only plain words are cut: letters, with punctuation at the ends and hyphens or apostrophes inside. Words all in
/// capitals, words with figures, and addresses stay whole.
pub(super) fn points(word: &str, language: Option<Lang>, exceptions: &Exceptions) -> Vec<usize> {
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
        cut(&part[..letters_end], at, language, exceptions, &mut points);
        at += part.len();
    }
    points
}

fn cut(
    part: &str,
    at: usize,
    language: Option<Lang>,
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
    let Some(language) = language else {
        return;
    };
    let capitals = part.chars().filter(|c| c.is_uppercase()).take(2).count();
    if capitals > 1 || part.chars().filter(|c| !is_mark(*c)).count() < SHORTEST {
        return;
    }
    let (left, right) = language.bounds();
    let mut point = at;
    for syllable in hypher::hyphenate_bounded(part, language, left.max(2), right.max(2)) {
        if point > at {
            points.push(point);
        }
        point += syllable.len();
    }
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
        let mut out = word.to_owned();
        for point in points(word, patterns(language), &Exceptions::new(&words))
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
