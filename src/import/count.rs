//! Counting: every word of what came in stands in what is written, or is told.

use std::collections::BTreeMap;

use super::document::{Remark, RemarkKind};

/// How many words came in, and what became of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Words of the input.
    pub found: usize,
    /// Those that stand in the source.
    pub written: usize,
    /// Those that stand in the report alone.
    pub told: usize,
}

/// Holds the words of the input against those of the source and of the report. Words in neither are told in a remark of their
/// own, so that found words are always as many as those written and told.
pub(crate) fn count(found: &[String], written: &[String], remarks: &mut Vec<Remark>) -> Count {
    let mut left = tally(written.iter().map(String::as_str));
    let mut told = tally(remarks.iter().map(|remark| remark.words.as_str()));
    let mut count = Count::default();
    let mut missing: Vec<String> = Vec::new();
    for word in found.iter().flat_map(|text| words(text)) {
        count.found += 1;
        if take(&mut left, &word) {
            count.written += 1;
            continue;
        }
        count.told += 1;
        if !take(&mut told, &word) {
            missing.push(word);
        }
    }
    if !missing.is_empty() {
        remarks.push(Remark {
            kind: RemarkKind::Lost,
            place: String::new(),
            message: "words of the input that found no place in the source".to_owned(),
            words: missing.join(" "),
        });
    }
    count
}

/// The words of a text: its letters and digits, as far as nothing else parts them.
fn words(text: &str) -> Vec<String> {
    let line = crate::compose::canonical_line(text);
    let words = line.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

fn tally<'w>(texts: impl Iterator<Item = &'w str>) -> BTreeMap<String, usize> {
    let mut tally = BTreeMap::new();
    for word in texts.flat_map(words) {
        *tally.entry(word).or_insert(0) += 1;
    }
    tally
}

fn take(tally: &mut BTreeMap<String, usize>, word: &str) -> bool {
    match tally.get_mut(word) {
        Some(left) if *left > 0 => {
            *left -= 1;
            true
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_are_words_out() {
        let words =
            |text: &str| -> Vec<String> { text.split_whitespace().map(str::to_owned).collect() };
        let mut remarks = vec![Remark::lost("p. 1", "a running head", "Page one")];
        let count = count(
            &words("a b c a Page one lost"),
            &words("a b c a x"),
            &mut remarks,
        );
        assert_eq!(
            count,
            Count {
                found: 7,
                written: 4,
                told: 3
            }
        );
        assert_eq!(
            remarks.last().map(|remark| remark.words.as_str()),
            Some("lost")
        );
    }
}
