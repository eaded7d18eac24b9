//! Opportunities: where UAX 14 lets a line end, less the places where a careful setter would not.

use icu_segmenter::options::LineBreakOptions;
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed};

use crate::compose::{Shift, Text};

use super::addresses;

/// Finds the opportunities of one text after the other.
pub(super) struct Opportunities {
    segmenter: LineSegmenterBorrowed<'static>,
    found: Vec<u32>,
    /// Where addresses begin and end.
    addresses: Vec<(u32, u32)>,
}

impl Opportunities {
    pub(super) fn new() -> Self {
        Self {
            segmenter: LineSegmenter::new_dictionary(LineBreakOptions::default()),
            found: Vec::new(),
            addresses: Vec::new(),
        }
    }

    /// Finds the opportunities of a text, whose words follow its spans.
    pub(super) fn find(&mut self, words: &str, text: &Text) {
        self.found.clear();
        self.addresses.clear();
        let mut ties = text.ties.iter().peekable();
        let positions = self.segmenter.segment_str(words);
        for at in positions.filter(|at| *at > 0 && *at < words.len()) {
            while ties.next_if(|tie| (**tie as usize) + 1 < at).is_some() {}
            if ties.peek().is_none_or(|tie| **tie as usize + 1 != at) {
                self.found.push(at as u32);
            }
        }
        self.find_in_addresses(words);
        // What is raised or lowered belongs to the word before it.
        let mut raised = Vec::new();
        let mut start = 0;
        for span in &text.spans {
            let shifted = span.shift != Shift::None;
            let before = words.get(..start).unwrap_or_default();
            if shifted && !before.ends_with(' ') {
                raised.push(start as u32);
            }
            start += span.text.len();
        }
        if !raised.is_empty() {
            self.found.retain(|at| raised.binary_search(at).is_err());
        }
    }

    /// An address has places of its own where a line may end.
    fn find_in_addresses(&mut self, words: &str) {
        if !words.contains(['/', '@']) && !words.contains("www.") {
            return;
        }
        let mut inside = Vec::new();
        for (start, end) in addresses::of(words) {
            self.addresses.push((start as u32, end as u32));
            let address = words.get(start..end).unwrap_or_default();
            inside.extend(addresses::places(address).map(|place| (start + place) as u32));
        }
        if self.addresses.is_empty() {
            return;
        }
        let mut addresses = self.addresses.iter().peekable();
        self.found.retain(|at| {
            while addresses.next_if(|(_, end)| end <= at).is_some() {}
            addresses.peek().is_none_or(|(start, _)| at <= start)
        });
        self.found.append(&mut inside);
        self.found.sort_unstable();
    }

    /// Whether a byte stands in an address, whose words are not hyphenated.
    pub(super) fn in_address(&self, byte: usize) -> bool {
        let next = self
            .addresses
            .partition_point(|(_, end)| *end as usize <= byte);
        let next = self.addresses.get(next);
        next.is_some_and(|(start, _)| *start as usize <= byte)
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A text of one span.
    fn text(words: &str, ties: &[u32]) -> Text {
        let composition = crate::compose::sample::composed(
            "{series: S, title: T, date: 2025-11-04, language: en, contributors: [{name: N, statement: [a]}]}",
        );
        let mut text = composition[composition.title_block.title.text].clone();
        text.spans[0].text = words.to_owned();
        text.ties = ties.to_vec();
        text
    }

    fn shown(words: &str, ties: &[u32]) -> String {
        let mut opportunities = Opportunities::new();
        opportunities.find(words, &text(words, ties));
        let mut out = words.to_owned();
        for at in opportunities.found.iter().rev() {
            out.insert(*at as usize, '|');
        }
        out
    }

    #[test]
    fn no_line_ends_at_a_tie() {
        assert_eq!(
            shown("by J. K. Rowling in", &[5, 8]),
            "by |J. K. Rowling |in"
        );
        assert_eq!(shown("4 November", &[1]), "4 November");
    }

    #[test]
    fn addresses_end_lines_at_their_slashes_and_never_after_their_hyphens() {
        for (words, expected) in [
            (
                "see https://www.state-of-the-nation.example/annual-review/x?y=z, then",
                "see |https://www.state|-of|-the|-nation|.example/|annual|-review/|x|?y=z, |then",
            ),
            (
                "an anti-war and/or 24/7 w/o",
                "an |anti-|war |and/|or |24/7 |w/|o",
            ),
            (
                "press-office@long-name.example, a",
                "press|-office@|long|-name|.example, |a",
            ),
        ] {
            assert_eq!(shown(words, &[]), expected);
        }
        let long = format!("https://a.example/{}", "2025/abcdefgh/".repeat(40));
        assert!(shown(&long, &[]).contains("example/|2025/|abcdefgh/|2025"));
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
                opportunities.find(&text, &self::text(&text, &[]));
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
            shown("anti-Pakistan legitimacy — a", &[]),
            "anti-|Pakistan |legitimacy |— |a"
        );
    }
}
