//! Signs that stand on pages for the eye alone: those of pull quotes, and the stars of breaks. Hyphens stand where lines end.

use std::collections::BTreeMap;

use super::{BesideText, is_exact, stray};
use crate::compose::{Composition, Reading, Visit};
use crate::read::{BesideKind, Paper};
use crate::verify::difference::{Difference, Kind, MOST};

/// A break is shown by so many stars.
const STARS: usize = 3;

/// How often each sign stands on pages for the eye alone.
pub(super) fn signs(composition: &Composition) -> BTreeMap<char, usize> {
    let mut signs = BTreeMap::new();
    let mut add = |sign: char, times: usize| *signs.entry(sign).or_default() += times;
    for visit in composition.walk() {
        match visit {
            Visit::Break => add('*', STARS),
            Visit::Text { text, .. } if composition[text].reading == Reading::Decoration => {
                let words = composition[text].words();
                let words = words.flat_map(|span| span.text.chars());
                words.filter(|c| is_sign(*c)).for_each(|sign| add(sign, 1));
            }
            _ => {}
        }
    }
    signs
}

impl BesideText {
    /// No sign stands there more often than the piece has it, and every break is shown.
    pub(super) fn ornaments(&self, paper: &Paper, found: &mut Vec<Difference>) {
        let all = paper.beside.iter();
        let all = all.filter(|beside| beside.kind == BesideKind::Decoration);
        let mut rest = self.signs.clone();
        for beside in all {
            // Clusters of other scripts may say their signs otherwise.
            if !is_exact(&beside.words) {
                return;
            }
            for sign in beside.words.chars().filter(|c| is_sign(*c)) {
                let left = rest.entry(sign).or_default();
                if *left == 0 {
                    if found.len() < MOST {
                        let what = format!("has a sign `{sign}` that the source has not there");
                        found.push(stray(beside, &what));
                    }
                    return;
                }
                *left -= 1;
            }
        }
        if rest.get(&'*').is_some_and(|left| *left > 0) && found.len() < MOST {
            found.push(Difference {
                kind: Kind::Pages,
                place: "the pages".to_owned(),
                message: "a break of the source is not shown".to_owned(),
            });
        }
    }
}

/// Whether a character is a sign that every face draws by itself; hyphens are none of these, nor are dots: words in ideographs are
/// stressed by one at each.
fn is_sign(c: char) -> bool {
    c != '-' && c.is_ascii_punctuation()
        || matches!(
            c,
            '¡' | '«' | '·' | '»' | '¿' | '\u{2013}'..='\u{2021}' | '\u{2024}'..='\u{2026}' | '‹' | '›'
        )
}
