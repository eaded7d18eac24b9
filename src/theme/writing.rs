//! What writings need of the rows: lines far enough apart for their signs, and no italics, small capitals or spaced letters
//! where they have none.

use unicode_script::Script;

use super::{Alignment, Case, Em, Figures, Hyphens, Pt, Row, Slant, Theme};
use crate::fonts::Hand;
use crate::piece::LanguageTag;

/// How a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Writing {
    /// The script.
    pub script: Script,
    /// The hand, of which Arabic script alone has two.
    pub hand: Hand,
}

impl From<Script> for Writing {
    fn from(script: Script) -> Self {
        Self {
            script,
            hand: Hand::default(),
        }
    }
}

impl Writing {
    /// The least distance of baselines for each em of size, in titles; nothing where any does.
    #[must_use]
    pub fn display_leading(self) -> f32 {
        place(self).map_or(0.0, |place| NEEDS[place].display)
    }
}

impl Theme {
    /// How a language is written under the theme.
    #[must_use]
    pub fn writing(&self, language: &LanguageTag) -> Writing {
        Writing {
            script: script_of(language),
            hand: self.fonts.hand(language),
        }
    }
}

/// What a writing needs.
pub(super) struct Needs {
    writing: Writing,
    /// The least distance of baselines for each em of size: in running text and what is smaller.
    running: f32,
    /// The same in titles and headings, whose lines are few.
    display: f32,
}

const fn needs(script: Script, running: f32, display: f32) -> Needs {
    let hand = Hand::Naskh;
    Needs {
        writing: Writing { script, hand },
        running,
        display,
    }
}

/// The writings that need other rows than Latin, Greek and Cyrillic, by the heights of their embedded faces.
pub(super) const NEEDS: [Needs; 23] = [
    Needs {
        writing: Writing {
            script: Script::Arabic,
            hand: Hand::Nastaliq,
        },
        running: 2.15,
        display: 2.0,
    },
    needs(Script::Arabic, 1.65, 1.5),
    needs(Script::Hebrew, 1.45, 1.25),
    needs(Script::Devanagari, 1.55, 1.4),
    needs(Script::Bengali, 1.55, 1.4),
    needs(Script::Gujarati, 1.55, 1.4),
    needs(Script::Gurmukhi, 1.55, 1.4),
    needs(Script::Tamil, 1.55, 1.35),
    needs(Script::Telugu, 1.65, 1.5),
    needs(Script::Kannada, 1.65, 1.5),
    needs(Script::Malayalam, 1.55, 1.4),
    needs(Script::Sinhala, 1.6, 1.4),
    needs(Script::Thai, 1.6, 1.45),
    needs(Script::Lao, 1.6, 1.45),
    needs(Script::Khmer, 1.8, 1.65),
    needs(Script::Myanmar, 1.85, 1.7),
    needs(Script::Tibetan, 1.8, 1.65),
    needs(Script::Ethiopic, 1.5, 1.3),
    needs(Script::Georgian, 1.4, 1.2),
    needs(Script::Han, 1.7, 1.35),
    needs(Script::Hiragana, 1.7, 1.35),
    needs(Script::Hangul, 1.65, 1.35),
    needs(Script::Syriac, 1.65, 1.5),
];

/// The place of a writing in [`NEEDS`].
pub(super) fn place(writing: Writing) -> Option<usize> {
    if writing.script == Script::Latin {
        return None;
    }
    NEEDS.iter().position(|needs| needs.writing == writing)
}

impl Needs {
    /// A row as this writing needs it, under a theme with running text of a size.
    pub(super) fn fitted(&self, row: &Row, body: Pt) -> Row {
        let large = row.size.0 > body.0 * 1.1;
        let least = if large { self.display } else { self.running };
        Row {
            leading: Pt(row.leading.0.max(row.size.0 * least)),
            slant: Slant::Upright,
            case: Case::AsWritten,
            tracking: Em(0.0),
            hyphens: self.hyphens(row.hyphens),
            figures: self.figures(row.figures),
            indent: self.indent(row),
            alignment: self.alignment(row.alignment),
            ..*row
        }
    }

    /// Paragraphs stand in by two characters in Chinese, and by one in Japanese and Korean, where the sheet lets them stand in.
    fn indent(&self, row: &Row) -> Pt {
        let characters = match self.writing.script {
            Script::Han => 2.0,
            Script::Hiragana | Script::Hangul => 1.0,
            _ => return row.indent,
        };
        match row.indent > Pt(0.0) {
            true => row.size * characters,
            false => row.indent,
        }
    }

    /// Scripts without spaces between words have too few places in a line that can give: their lines are ragged.
    fn alignment(&self, own: Alignment) -> Alignment {
        use Script::{Khmer, Lao, Myanmar, Thai, Tibetan};
        match (self.writing.script, own) {
            (Khmer | Lao | Myanmar | Thai | Tibetan, Alignment::Justified) => Alignment::Start,
            _ => own,
        }
    }

    /// Beside letters of one height figures have that too.
    fn figures(&self, own: Figures) -> Figures {
        match self.writing.script {
            Script::Georgian => own,
            _ => Figures::Lining,
        }
    }

    /// Words of Georgian and Indic scripts are cut where a language has patterns; the others have no hyphen.
    fn hyphens(&self, own: Hyphens) -> Hyphens {
        use Script::{
            Bengali, Devanagari, Georgian, Gujarati, Gurmukhi, Kannada, Malayalam, Tamil, Telugu,
        };
        match self.writing.script {
            Bengali | Devanagari | Georgian | Gujarati | Gurmukhi | Kannada | Malayalam | Tamil
            | Telugu => own,
            _ => Hyphens::Whole,
        }
    }
}

/// The script that a language is written in.
#[must_use]
pub fn script_of(language: &LanguageTag) -> Script {
    match language.script().as_str() {
        "Hans" | "Hant" | "Hani" => Script::Han,
        // By its kana it is told from Chinese.
        "Jpan" | "Hrkt" => Script::Hiragana,
        "Kore" => Script::Hangul,
        "Aran" => Script::Arabic,
        name => Script::from_short_name(name).unwrap_or(Script::Latin),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::compose::Kind;
    use crate::theme::Sheet;

    #[test]
    fn urdu_has_the_leading_of_nastaliq_and_arabic_that_of_naskh() {
        let theme = Theme::classic();
        let sheet = Sheet::of(&theme);
        let ratio = |language: &str, kind: Kind| {
            let language = LanguageTag::parse(language).unwrap();
            let row = sheet.row(kind, theme.writing(&language));
            row.leading / row.size
        };
        for kind in Kind::ALL {
            assert!(ratio("ur", kind) >= 2.0, "{kind:?}");
            assert!(ratio("pa-Arab", kind) >= 2.0, "{kind:?}");
            assert!((1.5..2.0).contains(&ratio("fa", kind)), "{kind:?}");
        }
        assert!(ratio("ur", Kind::Paragraph) <= 2.3);
        assert_eq!(
            ratio("en", Kind::Paragraph),
            sheet[Kind::Paragraph].leading / sheet[Kind::Paragraph].size
        );
    }

    #[test]
    fn a_theme_that_chooses_naskh_for_urdu_has_its_leading() {
        let mut theme = Theme::classic();
        std::sync::Arc::make_mut(&mut theme.fonts).urdu = Hand::Naskh;
        let urdu = LanguageTag::parse("ur").unwrap();
        let row = Sheet::of(&theme);
        let row = row.row(Kind::Paragraph, theme.writing(&urdu));
        assert!(row.leading / row.size < 1.7);
    }

    #[test]
    fn writings_without_italics_and_capitals_are_asked_for_none() {
        let sheet = Sheet::of(&Theme::classic());
        for kind in Kind::ALL {
            let row = sheet.row(kind, Script::Arabic);
            assert_eq!((row.slant, row.case), (Slant::Upright, Case::AsWritten));
            assert_eq!((row.tracking, row.hyphens), (Em(0.0), Hyphens::Whole));
        }
    }

    #[test]
    fn writings_without_words_apart_are_ragged_and_ideographs_stand_in_by_whole_squares() {
        let theme = Theme::classic();
        let sheet = Sheet::of(&theme);
        let row = |language: &str| {
            let language = LanguageTag::parse(language).unwrap();
            *sheet.row(Kind::Paragraph, theme.writing(&language))
        };
        for language in ["th", "lo", "km", "my"] {
            assert_eq!(row(language).alignment, Alignment::Start, "{language}");
        }
        for (language, characters) in [("zh-Hans", 2.0), ("zh-TW", 2.0), ("ja", 1.0), ("ko", 1.0)] {
            let row = row(language);
            assert_eq!(row.alignment, Alignment::Justified, "{language}");
            assert_eq!(row.indent, row.size * characters, "{language}");
            assert_eq!(row.figures, Figures::Lining, "{language}");
        }
    }
}
