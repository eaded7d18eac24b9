//! Letters as they are seen: which of them are taken for one where what is drawn is held against what is said.

use icu_properties::CodePointMapData;
use icu_properties::props::{BidiMirroringGlyph, BidiPairedBracketType};
use unicode_bidi::{BidiClass, bidi_class};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::face::Index;
use crate::compose::canonical_line;
use crate::piece::is_ignorable;
use crate::read::Drawing;

/// What makes letters of Arabic longer. Alone it may be nothing: hands that do not lengthen letters so draw nothing for it.
const KASHIDA: char = '\u{640}';

/// Whether some of a drawing's text runs from right to left, where signs that have a direction are mirrored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Runs {
    Forth,
    Back,
}

impl Runs {
    pub(super) fn of(drawing: &Drawing) -> Self {
        use BidiClass::{AL, R, RLE, RLI, RLO};
        let is_back = |c: char| c >= '\u{590}' && matches!(bidi_class(c), AL | R | RLE | RLI | RLO);
        let mut texts = drawing.drawn.iter().map(|drawn| &drawn.text);
        match texts.any(|text| text.contains(is_back)) {
            true => Self::Back,
            false => Self::Forth,
        }
    }
}

/// The letters of texts as a face draws them.
#[derive(Clone, Copy)]
pub(super) struct Letters<'a> {
    pub(super) index: &'a Index,
    pub(super) runs: Runs,
}

impl Letters<'_> {
    /// The letters of a text that are seen, decomposed and in no order: shapers and writers order marks in their own ways.
    pub(super) fn of(self, text: &str) -> Vec<char> {
        let line = canonical_line(text);
        let seen = line.nfkd().filter(|c| !c.is_whitespace() && !is_unseen(*c));
        let letters = seen.map(|c| self.index.first_alike(self.folded(c)));
        let mut letters: Vec<char> = letters.collect();
        letters.sort_unstable();
        letters
    }

    /// The same where a dot above a letter is the one that it has by itself; none where no letter has one so. With more above it the
    /// letter has lost its own.
    pub(super) fn with_own_dots(self, text: &str) -> Option<Vec<char>> {
        let mut line = String::with_capacity(text.len());
        let mut has_own = false;
        let mut all = text.nfkd().peekable();
        while let Some(c) = all.next() {
            let is_last = all.peek().is_none_or(|next| !is_combining_mark(*next));
            let of = line.chars().next_back();
            let dotted = match of {
                Some('i' | 'ı') => Some('i'),
                Some('j' | 'ȷ') => Some('j'),
                Some('ɨ') => Some('ɨ'),
                _ => None,
            };
            match dotted.filter(|_| c == '\u{307}' && is_last) {
                Some(dotted) => {
                    line.pop();
                    line.push(dotted);
                    has_own = true;
                }
                None => line.push(c),
            }
        }
        has_own.then(|| self.of(&line))
    }

    /// Whether letters are none but those that the face draws nothing for.
    pub(super) fn are_hidden(self, letters: &[char]) -> bool {
        let kashida = self.index.first_alike(KASHIDA);
        letters.iter().all(|c| *c == kashida) && self.index.hides(KASHIDA)
    }

    /// Characters that look alike by definition: from right to left they are mirrored (UAX 9, L4). Paragraphs without a letter of such
    /// a script may run so too; of them that is known of brackets and quotation marks.
    fn folded(self, c: char) -> char {
        let own = CodePointMapData::<BidiMirroringGlyph>::new().get(c);
        let is_paired = own.paired_bracket_type != BidiPairedBracketType::None
            || matches!(c, '«' | '»' | '‹' | '›');
        let other = own.mirroring_glyph;
        let other = other.filter(|_| is_paired || self.runs == Runs::Back);
        other.map_or(c, |other| c.min(other))
    }
}

/// Characters that are not seen themselves: they shape others, or say nothing.
fn is_unseen(c: char) -> bool {
    c == '\u{FFFD}' || is_ignorable(c)
}
