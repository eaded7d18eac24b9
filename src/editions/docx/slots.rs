//! Word's slots for faces: Latin text, East Asian text and complex scripts have one each (ISO/IEC 29500-1, 17.3.2.26), and a run
//! has a face in each of them. What a text needs besides the theme's families stands in these.

use std::ops::Range;

use unicode_script::{Script, UnicodeScript};

use super::faces::stand_in_name;
use crate::compose::{Composition, Kind, Span};
use crate::editions::faces::Wanted;
use crate::fonts::{FaceId, Slant, Weight};
use crate::piece::LanguageTag;
use crate::shape::StandIns;
use crate::theme::{Sheet, Theme, script_of};

/// A slot for a face.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    /// Latin text, and every script that Word treats like it.
    Latin,
    /// Ideographs, kana and Hangul.
    EastAsian,
    /// Scripts that run from right to left, and those whose letters are arranged.
    Complex,
}

impl Slot {
    /// The slot of a script.
    pub(super) fn of(script: Script) -> Self {
        use Script::{
            Arabic, Bengali, Bopomofo, Devanagari, Gujarati, Gurmukhi, Han, Hangul, Hebrew,
            Hiragana, Kannada, Katakana, Khmer, Lao, Malayalam, Mongolian, Myanmar, Nko, Oriya,
            Sinhala, Syriac, Tamil, Telugu, Thaana, Thai, Tibetan,
        };
        match script {
            Han | Hiragana | Katakana | Bopomofo | Hangul => Self::EastAsian,
            Arabic | Bengali | Devanagari | Gujarati | Gurmukhi | Hebrew | Kannada | Khmer
            | Lao | Malayalam | Mongolian | Myanmar | Nko | Oriya | Sinhala | Syriac | Tamil
            | Telugu | Thaana | Thai | Tibetan => Self::Complex,
            _ => Self::Latin,
        }
    }

    /// The slot of a language's script.
    pub(super) fn of_language(language: &LanguageTag) -> Self {
        Self::of(script_of(language))
    }
}

/// The faces that stand in the slots of a document, and what finds those of its runs.
pub(super) struct Slots<'a> {
    theme: &'a Theme,
    piece: &'a LanguageTag,
    stand_ins: StandIns<'a>,
    /// Whether any text needs a fallback face.
    any: bool,
    /// The name of the face for East Asian text; none where no text has any.
    pub(super) east_asian: Option<&'a str>,
    /// The name of the face for complex scripts.
    pub(super) complex: Option<&'a str>,
}

impl<'a> Slots<'a> {
    /// Those of a piece: in each slot the face of which it needs the most letters.
    pub(super) fn of(composition: &'a Composition, theme: &'a Theme, wanted: &Wanted<'_>) -> Self {
        let stand_ins = wanted.stand_ins();
        let most = |slot: Slot| {
            let letters = |id: &FaceId| {
                let characters = wanted.characters(*id);
                characters.filter(|c| Slot::of(c.script()) == slot).count()
            };
            let counted = stand_ins.iter().map(|id| (letters(id), *id));
            let most = counted.filter(|(count, _)| *count > 0);
            // Of faces with as many letters the first.
            let most = most.reduce(|most, next| if next.0 > most.0 { next } else { most });
            most.map(|(_, id)| stand_in_name(theme, id))
        };
        Self {
            theme,
            piece: &composition.record.language,
            stand_ins: StandIns::new(&theme.fonts),
            any: !stand_ins.is_empty(),
            east_asian: most(Slot::EastAsian),
            complex: most(Slot::Complex),
        }
    }

    /// The parts of a span in a text of a kind that need another face than those of the document's slots: its name, and the slot
    /// it belongs to.
    pub(super) fn faces(
        &mut self,
        span: &Span,
        kind: Kind,
        sheet: &Sheet,
    ) -> Vec<(Range<usize>, Slot, &'a str)> {
        if !self.any || span.text.is_ascii() {
            return Vec::new();
        }
        let family = sheet[kind].face.family(&self.theme.faces);
        let asked = (self.theme.fonts).of(family, Weight::Regular, Slant::Upright);
        let foreign = span.language.as_ref();
        let language = foreign.map_or(self.piece, |foreign| &foreign.tag);
        let found = self.stand_ins.of(asked, language, &span.text).into_iter();
        let found = found.filter_map(|(range, id)| {
            let script = span.text[range.clone()].chars().map(|c| c.script());
            let mut script =
                script.filter(|script| !matches!(script, Script::Common | Script::Inherited));
            let slot = match script.next() {
                Some(script) => Slot::of(script),
                // Stops of East Asian text stand in its face.
                None if Slot::of_language(language) == Slot::EastAsian => Slot::EastAsian,
                None => Slot::Latin,
            };
            let name = stand_in_name(self.theme, id);
            let known = match slot {
                Slot::Latin => None,
                Slot::EastAsian => self.east_asian,
                Slot::Complex => self.complex,
            };
            (known != Some(name)).then_some((range, slot, name))
        });
        found.collect()
    }
}
