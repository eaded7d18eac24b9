//! Acronyms: words of capitals, which a theme may have in small ones. The words stay what they are; only their look changes.

use std::ops::Range;

/// The fewest letters of a word of capitals that is no initials or abbreviation of a state: `UN` stays, `UNDP` does not.
const FEWEST: usize = 3;

/// The acronyms of a text, in order, as bytes: letters without a small one among them. What follows them in the same word (`NGOs`,
/// `TTP-led`, `NATO’s`) is no part of them, and figures between their letters are.
pub(crate) fn acronyms(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = text.get(at..)?;
            let start = at + rest.find(char::is_uppercase)?;
            let before = text[..start].chars().next_back();
            let word = text[start..]
                .find(|c: char| !(c.is_uppercase() || c.is_numeric()))
                .map_or(text.len(), |end| start + end);
            at = word.max(start + 1);
            while !text.is_char_boundary(at) {
                at += 1;
            }
            let letters = text[start..word].chars().filter(|c| c.is_uppercase());
            let apart = before.is_none_or(|c| !c.is_alphanumeric());
            let mut behind = text[word..].chars();
            let ends = match behind.next() {
                Some('s') => behind.next().is_none_or(|c| !c.is_alphanumeric()),
                Some(c) => !c.is_alphanumeric(),
                None => true,
            };
            if letters.count() >= FEWEST && apart && ends {
                return Some(start..word);
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_three_capitals_and_more_are_acronyms() {
        for (text, expected) in [
            (
                "The TTP and the UN, NATO’s and NGOs",
                &["TTP", "NATO", "NGO"][..],
            ),
            ("(OIC) COVID-19, G20, BRICS", &["OIC", "COVID", "BRICS"]),
            ("McDONALD PhD DPhil USAid", &[]),
            ("ЕАЭС и СССР", &["ЕАЭС", "СССР"]),
            ("Henry VIII, 9M133", &["VIII"]),
            ("ÉÈÊ É", &["ÉÈÊ"]),
        ] {
            let found: Vec<&str> = acronyms(text).map(|range| &text[range]).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
