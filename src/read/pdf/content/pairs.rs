//! The room between the letters of words: two that stand side by side do so equally far apart wherever they meet in a face, as its table
//! of positions says of pairs (OpenType, GPOS, lookup type 2).

use std::collections::{BTreeSet, HashMap};

use super::super::font::{Code, Font};

/// Rooms of one pair differ by no more, in thousandths of the size: editions round.
const SLACK: f64 = 50.0;
/// So much differs the room of one line's letters by, where it is the same.
const ROUNDED: f64 = 4.0;
/// What most pairs of a line have between them is set by its kind of text, where there are so many different ones with it.
const FEW: usize = 3;

/// Two codes of a font.
type Pair = (u32, u32);

/// The pairs of a file.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    /// By the index of a font, what the pen goes back between two codes, in thousandths of the size besides what it does in their line.
    known: HashMap<(usize, Pair), f64>,
    /// Those of the line.
    line: Vec<(f64, Pair)>,
    /// The last code, where it is a letter.
    last: Option<u32>,
    /// How far the pen went back since.
    back: f64,
}

impl Pairs {
    /// The pen goes back.
    pub(super) fn back(&mut self, by: f64) {
        self.back += by;
    }

    /// Codes are shown.
    pub(super) fn show(&mut self, bytes: &[u8], font: &Font) {
        for Code { code, said, .. } in font.codes(bytes) {
            let is_plain = said.is_some_and(|said| !said.is_empty() && said.chars().all(is_plain));
            let own = is_plain.then_some(code);
            if let Some(pair) = self.last.zip(own) {
                self.line.push((self.back, pair));
            }
            (self.last, self.back) = (own, 0.0);
        }
    }

    /// The line ends; gives whether all of its letters stand as they did where they stood before.
    pub(super) fn end(&mut self, font: &Font) -> bool {
        self.last = None;
        self.line
            .sort_by(|(one, _), (other, _)| one.total_cmp(other));
        let usual = usual(&self.line);
        let mut is_even = true;
        for (back, pair) in self.line.drain(..) {
            let Some(usual) = usual else { continue };
            let own = back - usual;
            let known = *self.known.entry((font.index, pair)).or_insert(own);
            is_even &= (known - own).abs() <= SLACK;
        }
        is_even
    }
}

/// What most pairs have between them, of pairs by what they have; nothing where there is no saying.
fn usual(line: &[(f64, Pair)]) -> Option<f64> {
    let mut best: &[(f64, Pair)] = &[];
    let mut from = 0;
    for (to, (back, _)) in line.iter().enumerate() {
        while back - line[from].0 > ROUNDED {
            from += 1;
        }
        if to + 1 - from > best.len() {
            best = &line[from..=to];
        }
    }
    let different: BTreeSet<Pair> = best.iter().map(|(_, pair)| *pair).take(64).collect();
    let is_usual = best.len() * 2 > line.len() && different.len() >= FEW;
    is_usual.then(|| best[best.len() / 2].0)
}

/// Letters and signs of writings in which each stands for itself.
fn is_plain(c: char) -> bool {
    matches!(c, '!'..='~' | '\u{C0}'..='\u{24F}' | '\u{370}'..='\u{52F}' | '–' | '—' | '‘' | '’' | '“' | '”' | '…' | '−')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines of letters, each with what the pen goes back before it.
    fn ends(pairs: &mut Pairs, line: &[(f64, char)]) -> bool {
        for (back, letter) in line {
            let own = u32::from(*letter);
            if let Some(last) = pairs.last {
                pairs.line.push((*back, (last, own)));
            }
            pairs.last = Some(own);
        }
        pairs.end(&Font::default())
    }

    #[test]
    fn a_letter_that_stands_elsewhere_than_before_is_told() {
        let plain = |word: &str| -> Vec<(f64, char)> { word.chars().map(|c| (0.0, c)).collect() };
        let mut moved = plain("crossed");
        moved[4].0 = -100.0;
        let mut pairs = Pairs::default();
        assert!(ends(&mut pairs, &plain("crossed")));
        assert!(!ends(&mut pairs, &moved));
        // Whichever of them comes first.
        let mut pairs = Pairs::default();
        assert!(ends(&mut pairs, &moved));
        assert!(!ends(&mut pairs, &plain("crossed")));
    }

    #[test]
    fn letters_set_apart_as_a_line_and_pairs_that_fit_each_other_are_none() {
        let set = |word: &str, apart: f64| -> Vec<(f64, char)> {
            let letters = word.chars();
            let mut before = ' ';
            letters
                .map(|c| {
                    let fit = if matches!((before, c), ('A', 'V') | ('V', 'A')) {
                        110.0
                    } else {
                        0.0
                    };
                    before = c;
                    (fit - apart, c)
                })
                .collect()
        };
        let mut pairs = Pairs::default();
        for line in [
            set("AVENUES", 0.0),
            set("AVENUES", 100.0),
            set("AVAVAVA", 0.0),
            set("AVA", 0.0),
            set("AVENUES", 300.0),
        ] {
            assert!(ends(&mut pairs, &line), "{line:?}");
        }
    }
}
