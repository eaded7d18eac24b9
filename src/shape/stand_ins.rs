//! Which face sets each part of a text, without shaping it: for editions that name faces and leave shaping to their readers.

use std::collections::HashMap;
use std::ops::Range;

use crate::fonts::{FaceId, FaceSet};
use crate::piece::LanguageTag;

use super::itemise::{Asking, itemise};
use super::language::{LanguageId, Languages};

/// Finds the faces of texts; languages that it has met it remembers.
pub(crate) struct StandIns<'f> {
    faces: &'f FaceSet,
    languages: Languages,
    /// The parts of words that were asked for; a book costs little more than its vocabulary.
    known: HashMap<(FaceId, LanguageId), HashMap<Box<str>, Vec<Part>>>,
}

/// A part of a word, and the face that sets it.
type Part = (Range<usize>, FaceId);

impl<'f> StandIns<'f> {
    /// One that knows no language yet.
    pub(crate) fn new(faces: &'f FaceSet) -> Self {
        Self {
            faces,
            languages: Languages::default(),
            known: HashMap::new(),
        }
    }

    /// Whether a language has stops of its own for those that Latin has too, so that each of its texts is worth a look.
    pub(crate) fn has_own_stops(&mut self, language: &LanguageTag) -> bool {
        let language = self.languages.id(language, self.faces);
        self.languages.get(language).wide_stops
    }

    /// The parts of a text that another face sets than the one asked first, each with that face. Characters that no face has
    /// are in none.
    pub(crate) fn of(&mut self, asked: FaceId, language: &LanguageTag, text: &str) -> Vec<Part> {
        let language = self.languages.id(language, self.faces);
        let known = self.known.entry((asked, language)).or_default();
        let asking = Asking {
            faces: self.faces,
            primary: asked,
            language: self.languages.get(language),
        };
        let mut found = Vec::new();
        let mut at = 0;
        for word in text.split_inclusive(char::is_whitespace) {
            if !word.is_ascii() {
                if !known.contains_key(word) {
                    let stretches = itemise(&asking, word, &[]).into_iter();
                    let parts = stretches.filter_map(|stretch| {
                        let face = stretch.face.filter(|face| *face != asked)?;
                        Some((stretch.range, face))
                    });
                    known.insert(word.into(), parts.collect());
                }
                let parts = known.get(word).into_iter().flatten();
                found.extend(parts.map(|(range, face)| (at + range.start..at + range.end, *face)));
            }
            at += word.len();
        }
        found
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::fonts::{Family, Slant, Weight};

    #[test]
    fn each_part_that_a_face_lacks_has_the_face_of_its_language() {
        let faces = FaceSet::embedded();
        let asked = faces.of(Family::SOURCE_SERIF, Weight::Semibold, Slant::Upright);
        let mut stand_ins = StandIns::new(faces);
        let mut shown = |language: &str, text: &'static str| -> Vec<(&str, &str)> {
            let language = LanguageTag::parse(language).unwrap();
            let found = stand_ins.of(asked, &language, text).into_iter();
            let shown = found.map(|(range, face)| (&text[range], faces[face].name.as_ref()));
            shown.collect()
        };
        assert_eq!(shown("en", "plain “words” é"), []);
        assert_eq!(
            shown("ur", "یہ: 12 (ا)"),
            [
                ("یہ", "NotoNastaliqUrdu-SemiBold"),
                ("ا", "NotoNastaliqUrdu-SemiBold")
            ]
        );
        assert_eq!(
            shown("ar", "see سلام"),
            [("سلام", "NotoNaskhArabic-SemiBold")]
        );
        #[cfg(feature = "cjk")]
        assert_eq!(
            shown("zh", "“习”a"),
            [("“习”", "NotoSansCJKFallback-Regular")]
        );
    }
}
