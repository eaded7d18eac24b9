//! The ruler: how wide a text of a table is, by the advances of its faces. Kerning and ligatures are left out, and allowed for.

use std::collections::BTreeMap;

use icu_segmenter::options::LineBreakOptions;
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed};

use crate::compose::Text;
use crate::fonts::{Face, FaceId, Hand};
use crate::theme::{Row, Theme};

/// What shaping may add to the advances, as a factor and in points.
const ALLOWANCE: (f32, f32) = (1.01, 0.05);

/// Measures texts in a theme's faces.
pub(super) struct Ruler<'a> {
    theme: &'a Theme,
    segmenter: LineSegmenterBorrowed<'static>,
    advances: BTreeMap<(FaceId, char), f32>,
}

/// The least and the greatest width that a text can use, in points.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Extent {
    /// Of its longest unbreakable part.
    pub(super) least: f32,
    /// On one line.
    pub(super) most: f32,
}

impl<'a> Ruler<'a> {
    pub(super) fn new(theme: &'a Theme) -> Self {
        Self {
            theme,
            segmenter: LineSegmenter::new_auto(LineBreakOptions::default()),
            advances: BTreeMap::new(),
        }
    }

    /// How wide a text is that is set as a row of the sheet says.
    pub(super) fn extent(&mut self, text: &Text, row: &Row) -> Extent {
        let words: String = text.spans.iter().map(|span| span.text.as_str()).collect();
        let mut ends: Vec<usize> = self.segmenter.segment_str(&words).collect();
        let tied = |end: usize| text.ties.binary_search(&(end as u32 - 1)).is_ok();
        ends.retain(|end| *end > 0 && (*end == words.len() || !tied(*end)));
        let mut ends = ends.into_iter().peekable();
        let (mut at, mut most, mut spaces) = (0, 0.0, 0.0);
        let (mut part, mut least) = (0.0_f32, 0.0_f32);
        for span in &text.spans {
            let weight = row.weight.of_words(span.strong);
            let slant = row.slant.of_words(span.emphasis);
            let family = row.face.family(&self.theme.faces);
            let face = self.theme.fonts.of(family, weight, slant);
            for c in span.text.chars() {
                if ends.next_if_eq(&at).is_some() {
                    least = least.max(part);
                    part = 0.0;
                    most += spaces;
                    spaces = 0.0;
                }
                let advance = self.advance(face, c);
                // Spaces at the end of a part take no room there.
                if c == ' ' {
                    spaces += advance;
                } else {
                    part += spaces + advance;
                    most += spaces + advance;
                    spaces = 0.0;
                }
                at += c.len_utf8();
            }
        }
        let points = |em: f32| em * row.size.0 * ALLOWANCE.0 + ALLOWANCE.1;
        Extent {
            least: points(least.max(part)),
            most: points(most),
        }
    }

    /// The advance of a character in em, in the first face that has it.
    fn advance(&mut self, face: FaceId, c: char) -> f32 {
        let fonts = &self.theme.fonts;
        *self.advances.entry((face, c)).or_insert_with(|| {
            if c.is_control() || matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}') {
                return 0.0;
            }
            let has = |face: &Face| face.has(c);
            let found = match &fonts[face] {
                wanted if has(wanted) => Some(face),
                _ => fonts.fallback(face, Hand::default(), has),
            };
            let advance = found.and_then(|id| fonts[id].glyph(c).map(|g| fonts[id].advance(g)));
            advance.unwrap_or(1.0)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_script::Script;

    use crate::compose::Kind;
    use crate::compose::sample::composed;
    use crate::theme::{Sheet, Theme};

    fn extents(texts: &[&str]) -> Vec<Extent> {
        let paragraphs = texts.join("', '");
        let composition = composed(&format!(
            "{{series: S, title: T, date: 2025-11-04, language: en, contributors: [{{name: N, statement: ['{paragraphs}']}}]}}"
        ));
        let theme = Theme::classic();
        let sheet = Sheet::of(&theme);
        let mut ruler = Ruler::new(&theme);
        let texts = composition.texts.iter();
        let texts = texts.filter(|text| text.origin.as_str().contains("statement"));
        texts
            .map(|text| ruler.extent(text, sheet.row(Kind::Cell, Script::Latin)))
            .collect()
    }

    #[test]
    fn a_text_can_be_as_narrow_as_its_longest_part() {
        let [long, short, both, tied, chinese] =
            extents(&["Casualties", "of", "of Casualties", "12 km", "北京北京"])[..]
        else {
            panic!("five texts")
        };
        assert_eq!(long.least, long.most);
        assert_eq!(both.least, long.least);
        assert!(both.most > long.most + short.most);
        assert_eq!(tied.least, tied.most);
        assert!(chinese.least < chinese.most / 3.0);
    }

    #[test]
    fn emphasis_and_strength_have_widths_of_their_own() {
        let [plain, strong] = extents(&["Casualties", "**Casualties**"])[..] else {
            panic!("two texts")
        };
        assert!(strong.most > plain.most);
    }
}
