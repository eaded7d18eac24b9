//! The ruler: how wide a text of a table is, by the advances of its faces. Kerning and ligatures are left out, and allowed for.

use std::collections::BTreeMap;

use icu_segmenter::options::LineBreakOptions;
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed};

use crate::compose::Text;
use crate::fonts::{Face, FaceId, Hand};
use crate::piece::{Direction, LanguageTag};
use crate::shape::{Features, LanguageId, Shaper, Tracking, Voice};
use crate::theme::{Case, Pt, Row, Theme, look_of};

/// What shaping may add to the advances, as a factor and in points.
const ALLOWANCE: (f32, f32) = (1.01, 0.05);

/// A word of letters alone that is longer than this, in multiples of its size, is broken where no column has room for it.
const LONGEST_WORD: f32 = 16.0;

/// Measures texts in a theme's faces.
pub(super) struct Ruler<'a> {
    theme: &'a Theme,
    shaper: Shaper<'a>,
    language: LanguageId,
    segmenter: LineSegmenterBorrowed<'static>,
    advances: BTreeMap<(FaceId, Letters, char), f32>,
}

/// Which letters stand for small ones, and for capitals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Letters {
    /// Themselves.
    Own,
    /// Small capitals for small ones.
    Small,
    /// Small capitals for both.
    AllSmall,
}

impl Letters {
    fn of(case: Case) -> Self {
        match case {
            Case::AsWritten => Self::Own,
            Case::SmallCapitals => Self::Small,
            Case::AllSmallCapitals => Self::AllSmall,
        }
    }

    fn features(self) -> Features {
        match self {
            Self::Own => Features::default(),
            Self::Small => Features::SMALL_CAPITALS,
            Self::AllSmall => Features::SMALL_CAPITALS | Features::SMALL_FROM_CAPITALS,
        }
    }
}

/// The least and the greatest width that a text can use, in points.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Extent {
    /// Of its longest unbreakable part.
    pub(super) least: f32,
    /// On one line.
    pub(super) most: f32,
}

/// A part of a text in which no line ends.
#[derive(Debug, Clone, Copy, Default)]
struct Unbroken {
    /// In em, up to the word that is being read.
    width: f32,
    /// Whether it holds figures: a number, a date, a code.
    figures: bool,
    /// Whether it looks like an address, which has places of its own where a line may end.
    address: bool,
    /// Of a word that is tied to others: its width in em, and whether it holds figures.
    word: (f32, bool),
    /// What the words before a long one could not do without, since that one is broken anyhow.
    before: f32,
}

impl Unbroken {
    fn add(&mut self, c: char, advance: f32) {
        if c.is_whitespace() {
            self.end_word();
            self.width += advance;
            return;
        }
        self.word.0 += advance;
        self.word.1 |= c.is_numeric();
        self.address |= matches!(c, '/' | '@') && self.width + self.word.0 > LONGEST_WORD / 4.0;
    }

    fn end_word(&mut self) {
        let (width, figures) = std::mem::take(&mut self.word);
        if !figures && width > LONGEST_WORD {
            self.before = self.before.max(self.tied()).max(LONGEST_WORD);
            (self.width, self.figures) = (0.0, false);
        } else {
            self.width += width;
            self.figures |= figures;
        }
    }

    /// The width that the words since the last long one cannot do without.
    fn tied(&self) -> f32 {
        match self.figures && !self.address {
            true => self.width,
            false => self.width.min(LONGEST_WORD),
        }
    }

    /// The width that it cannot do without.
    fn least(mut self) -> f32 {
        self.end_word();
        self.before.max(self.tied())
    }
}

impl<'a> Ruler<'a> {
    pub(super) fn new(theme: &'a Theme, language: &LanguageTag) -> Self {
        let mut shaper = Shaper::new(&theme.fonts);
        let language = shaper.language(language);
        Self {
            theme,
            shaper,
            language,
            segmenter: LineSegmenter::new_dictionary(LineBreakOptions::default()),
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
        let (mut part, mut least) = (Unbroken::default(), 0.0_f32);
        for span in &text.spans {
            let (weight, slant) = look_of(row.weight, row.slant, span);
            let family = row.face.family(&self.theme.faces);
            let face = self.theme.fonts.of(family, weight, slant);
            let letters = Letters::of(row.case);
            let voice = Voice {
                family,
                weight,
                slant,
                features: letters.features(),
                tracking: Tracking::default(),
                language: self.language,
                direction: Direction::LeftToRight,
            };
            for c in span.text.chars() {
                if ends.next_if_eq(&at).is_some() {
                    least = least.max(std::mem::take(&mut part).least());
                    most += spaces;
                    spaces = 0.0;
                }
                let mut advance = match letters {
                    Letters::Own => self.advance(face, c),
                    _ => self.small(face, letters, c, voice),
                };
                if advance > 0.0 {
                    advance += row.tracking.0;
                }
                // Spaces at the end of a part take no room there.
                if c == ' ' {
                    spaces += advance;
                } else {
                    if spaces > 0.0 {
                        part.add(' ', spaces);
                    }
                    part.add(c, advance);
                    most += spaces + advance;
                    spaces = 0.0;
                }
                at += c.len_utf8();
            }
        }
        let points = |em: f32| em * row.size.0 * ALLOWANCE.0 + ALLOWANCE.1;
        Extent {
            least: points(least.max(part.least())),
            most: points(most),
        }
    }

    /// How wide plain words are on one line that is set as a row of the sheet says.
    pub(super) fn width(&mut self, words: &str, row: &Row) -> Pt {
        let family = row.face.family(&self.theme.faces);
        let face = self.theme.fonts.of(family, row.weight, row.slant);
        let letters = Letters::of(row.case);
        let voice = Voice {
            family,
            weight: row.weight,
            slant: row.slant,
            features: letters.features(),
            tracking: Tracking::default(),
            language: self.language,
            direction: Direction::LeftToRight,
        };
        let advances = words.chars().map(|c| {
            let advance = match letters {
                Letters::Own => self.advance(face, c),
                _ => self.small(face, letters, c, voice),
            };
            match advance > 0.0 {
                true => advance + row.tracking.0,
                false => 0.0,
            }
        });
        row.size * advances.sum::<f32>()
    }

    /// The advance of a character in em, where small capitals stand for letters.
    fn small(&mut self, face: FaceId, letters: Letters, c: char, voice: Voice) -> f32 {
        if !c.is_alphabetic() || !self.theme.fonts[face].has(c) {
            return self.advance(face, c);
        }
        let shaper = &mut self.shaper;
        *self
            .advances
            .entry((face, letters, c))
            .or_insert_with(|| shaper.shape(voice, c.encode_utf8(&mut [0; 4])).width.0)
    }

    /// The advance of a character in em, in the first face that has it.
    fn advance(&mut self, face: FaceId, c: char) -> f32 {
        let fonts = &self.theme.fonts;
        *self
            .advances
            .entry((face, Letters::Own, c))
            .or_insert_with(|| {
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
        let mut ruler = Ruler::new(&theme, &composition.record.language);
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
    fn a_word_too_long_for_any_column_is_broken_though_a_number_is_tied_to_it() {
        let word = "bottomless".repeat(10);
        let (behind, before) = (format!("12\u{a0}{word}"), format!("{word}\u{a0}12\u{a0}km"));
        let [alone, number, behind, before] = extents(&[&word, "12 km", &behind, &before])[..]
        else {
            panic!("four texts")
        };
        assert!(number.least < alone.least);
        assert_eq!([behind.least, before.least], [alone.least; 2]);
    }

    #[test]
    fn small_capitals_and_what_stands_between_letters_have_their_widths() {
        let composition = composed(
            "{series: S, title: T, date: 2025-11-04, language: en, contributors: [{name: N, statement: [Casualties]}]}",
        );
        let theme = Theme::classic();
        let row = *Sheet::of(&theme).row(Kind::Paragraph, Script::Latin);
        let mut texts = composition.texts.iter();
        let text = texts
            .find(|text| text.plain() == "Casualties")
            .expect("a text");
        let mut ruler = Ruler::new(&theme, &composition.record.language);
        let plain = ruler.extent(text, &row).least;
        let small = Row {
            case: Case::SmallCapitals,
            ..row
        };
        let small = ruler.extent(text, &small).least;
        let apart = Row {
            tracking: crate::theme::Em(0.1),
            ..row
        };
        let apart = ruler.extent(text, &apart).least;
        assert!(small > plain * 1.05, "{small} {plain}");
        assert!((apart - plain - row.size.0).abs() < 0.3, "{apart} {plain}");
    }

    #[test]
    fn emphasis_and_strength_have_widths_of_their_own() {
        let [plain, strong] = extents(&["Casualties", "**Casualties**"])[..] else {
            panic!("two texts")
        };
        assert!(strong.most > plain.most);
    }
}
