//! Opportunities: where UAX 14 lets a line end, less the places where a careful setter would not.

use icu_segmenter::options::LineBreakOptions;
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed};

use crate::compose::{Shift, Span};

use super::abbreviations;

/// Finds the opportunities of one text after the other.
pub(super) struct Opportunities {
    segmenter: LineSegmenterBorrowed<'static>,
    found: Vec<u32>,
}

impl Opportunities {
    pub(super) fn new() -> Self {
        Self {
            segmenter: LineSegmenter::new_auto(LineBreakOptions::default()),
            found: Vec::new(),
        }
    }

    /// Finds the opportunities of a text; the language names the table of abbreviations.
    pub(super) fn find(&mut self, text: &str, spans: &[Span], language: &str) {
        self.found.clear();
        let table = abbreviations::table(language);
        let positions = self.segmenter.segment_str(text);
        for at in positions.filter(|at| *at > 0 && *at < text.len()) {
            if !forbidden(text, at, table) {
                self.found.push(at as u32);
            }
        }
        // What is raised or lowered belongs to the word before it.
        let mut raised = Vec::new();
        let mut start = 0;
        for span in spans {
            let shifted = span.shift != Shift::None;
            let before = text.get(..start).unwrap_or_default();
            if shifted && !before.ends_with(' ') {
                raised.push(start as u32);
            }
            start += span.text.len();
        }
        if !raised.is_empty() {
            self.found.retain(|at| raised.binary_search(at).is_err());
        }
    }

    /// Whether a line may end before this byte.
    pub(super) fn at(&self, byte: usize) -> bool {
        self.found.binary_search(&(byte as u32)).is_ok()
    }

    /// The opportunities inside a range, its ends left out.
    pub(super) fn inside(&self, start: usize, end: usize) -> &[u32] {
        let from = self.found.partition_point(|at| *at as usize <= start);
        let to = self.found.partition_point(|at| (*at as usize) < end);
        &self.found[from..to.max(from)]
    }

    /// The end of a word that may not be longer than `longest` bytes by much: an opportunity where there is one, else the
    /// place before a letter or digit, else, in a flood of marks, four times the length.
    pub(super) fn limit(&self, start: usize, end: usize, longest: usize, text: &str) -> usize {
        if end - start <= longest {
            return end;
        }
        let near = self.inside(start, start + longest);
        if let Some(at) = near.last() {
            return *at as usize;
        }
        let from = text.floor_char_boundary(start + longest);
        let most = text.floor_char_boundary(end.min(start + 4 * longest));
        let mut rest = text.get(from..most).unwrap_or_default().char_indices();
        let letter = rest.find(|(_, c)| {
            c.is_alphanumeric() && !unicode_normalization::char::is_combining_mark(*c)
        });
        letter.map_or(most, |(at, _)| from + at)
    }
}

/// Whether a line must not end here although UAX 14 allows it.
fn forbidden(text: &str, at: usize, table: &abbreviations::Table) -> bool {
    let before = &text[..at];
    let Some(last) = before.trim_end_matches(' ').as_bytes().last().copied() else {
        return false;
    };
    if !before.ends_with(' ') {
        return false;
    }
    // Only these can end an abbreviation, a number, a sign of currency or a section sign.
    if !(last == b'.'
        || last == b'$'
        || last.is_ascii_digit()
        || last.is_ascii_uppercase()
        || last >= 0x80)
    {
        return false;
    }
    let before = before.trim_end_matches(' ');
    let start = before.rfind([' ', '\u{A0}', '—', '-']).map_or(0, |at| {
        at + before[at..].chars().next().map_or(1, char::len_utf8)
    });
    let word = before[start..].trim_start_matches(['(', '[', '“', '‘', '"', '\'', '«']);
    let after = &text[at..];
    let next = &after[..after.find([' ', '\u{A0}']).unwrap_or(after.len())];
    let figure = next.chars().next().is_some_and(char::is_numeric);
    if last == b'.' && is_initial(word) && next.starts_with(char::is_uppercase) {
        return true;
    }
    if last.is_ascii_digit() {
        let unit = next.trim_end_matches(|c: char| {
            matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')' | '”' | '’' | '"')
        });
        return !unit.is_empty()
            && (abbreviations::UNITS.contains(&unit)
                || table.units.contains(&unit)
                || table.units.contains(&next));
    }
    table.titles.contains(&word)
        || (figure && (table.references.contains(&word) || abbreviations::SIGNS.contains(&word)))
        || table
            .pairs
            .iter()
            .any(|(first, second)| *first == word && next.starts_with(second))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, language: &str) -> String {
        let mut opportunities = Opportunities::new();
        opportunities.find(text, &[], language);
        let mut out = text.to_owned();
        for at in opportunities.found.iter().rev() {
            out.insert(*at as usize, '|');
        }
        out
    }

    #[test]
    fn initials_units_and_abbreviations_hold_together() {
        assert_eq!(
            shown("by J. K. Rowling in 5 km or 12 %, then", "en-GB"),
            "by |J. K. Rowling |in |5 km |or |12 %, |then"
        );
        assert_eq!(
            shown("the Asst. Professor, Dr. Khan, No. 5", "en"),
            "the |Asst. Professor, |Dr. Khan, |No. 5"
        );
        assert_eq!(
            shown("He said no. No. Then 5 men", "en"),
            "He |said |no. |No. |Then |5 |men"
        );
        assert_eq!(
            shown("so z. B. hier, d. h. dort, 3 Mio. Euro", "de"),
            "so |z. B. |hier, |d. h. |dort, |3 Mio. |Euro"
        );
    }

    #[test]
    fn a_word_is_cut_between_characters_however_many_bytes_they_have() {
        for text in [
            "—".repeat(54),
            "й".repeat(400),
            "क्षि".repeat(90),
            format!("a{}", "\u{301}".repeat(900)),
            "😀".repeat(300),
        ] {
            for from in (0..text.len()).filter(|at| text.is_char_boundary(*at)) {
                let mut opportunities = Opportunities::new();
                opportunities.find(&text, &[], "en");
                opportunities.found.clear();
                let end = opportunities.limit(from, text.len(), 160, &text);
                assert!(text.is_char_boundary(end) && end > from, "{from} {end}");
                assert!(end - from <= 640, "{from} {end}");
                if from > 20 {
                    break;
                }
            }
        }
    }

    #[test]
    fn hyphens_and_dashes_end_lines() {
        assert_eq!(
            shown("anti-Pakistan legitimacy — a", "en"),
            "anti-|Pakistan |legitimacy |— |a"
        );
    }
}
