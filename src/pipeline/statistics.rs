//! How long a piece is: words a contributor, pages, minutes of reading.

use icu_segmenter::WordSegmenter;

use crate::compose::{Composition, Section, SectionRole};

/// So many words are read in a minute: the mean of adults reading English in silence (Brysbaert, 2019).
const WORDS_A_MINUTE: usize = 238;

/// How long a piece is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PieceStatistics {
    /// Introduction and statements, in order.
    pub parts: Vec<PartStatistics>,
    /// The words of these and of the notes.
    pub words: usize,
    /// The pages of the paper edition; none where they could not be set.
    pub pages: Option<usize>,
}

/// How long a part of a piece is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartStatistics {
    /// The contributor's name; none for the introduction.
    pub name: Option<String>,
    /// Its words, headings included and the name left out.
    pub words: usize,
}

impl PieceStatistics {
    /// Counts the words of a composition.
    #[must_use]
    pub(super) fn of(composition: &Composition) -> Self {
        let counter = WordCounter::new();
        let part = |section: &Section| {
            let name = section.heading.as_ref();
            let heading = name.map(|heading| heading.text);
            let texts = section.walk().texts();
            let texts =
                texts.filter(|text| Some(*text) != heading && Some(*text) != section.affiliation);
            PartStatistics {
                name: heading
                    .filter(|_| matches!(section.role, SectionRole::Statement(_)))
                    .map(|heading| composition[heading].plain()),
                words: texts
                    .map(|text| counter.count(&composition[text].plain()))
                    .sum(),
            }
        };
        let is_told = |section: &&Section| {
            matches!(
                section.role,
                SectionRole::Introduction | SectionRole::Statement(_)
            )
        };
        let parts: Vec<_> = composition
            .sections
            .iter()
            .filter(is_told)
            .map(part)
            .collect();
        let notes = composition.notes.iter();
        let notes = notes.map(|note| counter.count(&composition[note.text].plain()));
        Self {
            words: parts.iter().map(|part| part.words).sum::<usize>() + notes.sum::<usize>(),
            parts,
            pages: None,
        }
    }
}

/// How long so many words take to read, in whole minutes.
#[must_use]
pub fn minutes(words: usize) -> usize {
    words.div_ceil(WORDS_A_MINUTE).max(1)
}

struct WordCounter(icu_segmenter::WordSegmenterBorrowed<'static>);

impl WordCounter {
    /// Knows the words of Thai, Lao, Khmer and Burmese; an ideograph counts as one, as in word processors, which also
    /// spares the program a dictionary of two megabytes.
    fn new() -> Self {
        Self(WordSegmenter::new_lstm(Default::default()))
    }

    /// The words of a text: what stands between spaces, as word processors count; where a script has no spaces, what its
    /// segmenter finds.
    fn count(&self, text: &str) -> usize {
        let words = text.split_whitespace();
        let words = words.filter(|word| word.contains(char::is_alphanumeric));
        words.map(|word| self.within(word)).sum()
    }

    fn within(&self, word: &str) -> usize {
        let is_ideograph = |c: char| matches!(c, '\u{3040}'..='\u{9fff}');
        let is_unspaced = |c: char| matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}');
        let ideographs = word
            .chars()
            .filter(|c| is_ideograph(*c) && c.is_alphabetic());
        let others = word.split(is_ideograph).map(|part| {
            if !part.contains(is_unspaced) {
                return usize::from(part.contains(char::is_alphanumeric));
            }
            let ends: Vec<usize> = self.0.segment_str(part).collect();
            let words = ends.windows(2).map(|ends| &part[ends[0]..ends[1]]);
            words
                .filter(|word| word.contains(char::is_alphanumeric))
                .count()
        });
        ideographs.count() + others.sum::<usize>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_as_word_processors_count_them() {
        let counter = WordCounter::new();
        assert_eq!(
            counter.count("The border — closed since 12 October — is open."),
            8
        );
        assert_eq!(counter.count("well-known don't 2.5"), 3);
        assert_eq!(counter.count("سرحد بند ہے۔"), 3);
        assert_eq!(counter.count("ภาษาไทยง่าย"), 3);
        assert_eq!(counter.count("边界关闭。"), 4);
        assert_eq!(counter.count("  —  "), 0);
    }

    #[test]
    fn reading_takes_a_minute_at_least() {
        assert_eq!([minutes(0), minutes(238), minutes(239)], [1, 1, 2]);
    }
}
