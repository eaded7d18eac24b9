//! Which face sets what a family lacks.

use std::collections::BTreeSet;

use unicode_normalization::char::decompose_canonical;

use crate::piece::LanguageTag;

use super::fallback::Suits;
use super::{Face, FaceId, FaceSet, Family, Generic, Hand};

impl Face {
    /// Whether it has a glyph of its own for a character. No packed face is unpacked for the answer.
    #[must_use]
    pub fn has(&self, c: char) -> bool {
        match self.fallback {
            Some(fallback) => fallback.cover.has(c),
            None => self.glyph(c).is_some(),
        }
    }

    /// Whether it sets a character, whole or from its parts.
    #[must_use]
    pub fn sets(&self, c: char) -> bool {
        self.has(c)
            // The shaper makes every other space of the plain one.
            || matches!(c, '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}')
            || (!c.is_ascii() && {
                // This is asked for every letter of a text that its family lacks, of all faces.
                let mut all = true;
                decompose_canonical(c, |part| all = all && part != c && self.has(part));
                all
            })
    }

    /// Its characters, first and last of each run, where it is an embedded fallback face of one script: few enough to go along
    /// whole.
    #[must_use]
    pub fn alphabet(&self) -> Option<&'static [(u32, u32)]> {
        let fallback = self.fallback.filter(|fallback| fallback.is_alphabet())?;
        Some(fallback.cover.runs())
    }

    /// Whether it is there for single words alone: no piece should be set in it.
    pub(super) fn is_spare(&self) -> bool {
        self.fallback
            .is_some_and(|fallback| fallback.suits == Suits::Spare)
    }

    /// The typeface that it belongs to: its name without the style.
    fn typeface(&self) -> &str {
        let name = self.name.as_ref();
        name.split_once('-').map_or(name, |(typeface, _)| typeface)
    }
}

/// Languages written in Nastaliq: Urdu, Kashmiri, Saraiki, Western Punjabi, Lahnda, Hindko and Khowar. Punjabi is where its
/// script is Arabic.
const NASTALIQ: [&str; 8] = ["ur", "ks", "skr", "pnb", "lah", "hnd", "hno", "khw"];

impl FaceSet {
    /// The hand in which a language is set where its script is Arabic.
    #[must_use]
    pub fn hand(&self, language: &LanguageTag) -> Hand {
        let primary = language.primary();
        let nastaliq =
            NASTALIQ.contains(&primary) || (primary == "pa" && language.script() == "Arab");
        if nastaliq { self.urdu } else { Hand::Naskh }
    }

    /// These fallback faces in the order in which they are asked for what a family lacks in a language: those
    /// that come before the family itself, since the stops that both have are theirs there, and those behind it.
    #[must_use]
    pub fn stand_ins(
        &self,
        family: Family,
        faces: &BTreeSet<FaceId>,
        language: Option<&LanguageTag>,
    ) -> (Vec<FaceId>, Vec<FaceId>) {
        let hand = language.map_or(Hand::default(), |language| self.hand(language));
        let generic = Some(self.family(family).generic);
        let mut asked: Vec<FaceId> = self.fallbacks().to_vec();
        asked.retain(|id| faces.contains(id));
        asked.sort_by_key(|id| rank(&self[*id], generic, hand));
        let wide = language.is_some_and(has_wide_stops);
        asked
            .into_iter()
            .partition(|id| wide && self[*id].has('\u{3002}'))
    }

    /// The fallback face for what a face lacks: the best typeface that has it, in the style nearest to the face's.
    ///
    /// Faces brought along are asked first; then those of the hand that the language is written in, those of the same kind as
    /// the face, and all others.
    #[must_use]
    pub fn fallback(
        &self,
        lacking: FaceId,
        hand: Hand,
        sets: impl Fn(&Face) -> bool,
    ) -> Option<FaceId> {
        let lacking_face = &self[lacking];
        let generic = lacking_face
            .family
            .map(|family| self.family(family).generic);
        let fit = self.fallbacks().iter().copied();
        let fit: Vec<FaceId> = fit.filter(|id| sets(&self[*id])).collect();
        let best = fit
            .iter()
            .min_by_key(|id| rank(&self[**id], generic, hand))?;
        let typeface = self[*best].typeface();
        let styles = fit.iter().copied();
        let mut styles = styles.filter(|id| self[*id].typeface() == typeface);
        let distance = |id: &FaceId| {
            let face = &self[*id];
            (
                face.weight != lacking_face.weight,
                face.slant != lacking_face.slant,
            )
        };
        let first = styles.next()?;
        Some(styles.fold(first, |nearest, id| {
            if distance(&id) < distance(&nearest) {
                id
            } else {
                nearest
            }
        }))
    }
}

/// Whether quotation marks, dashes and dots of a language are as wide as its ideographs.
#[must_use]
pub fn has_wide_stops(language: &LanguageTag) -> bool {
    let script = language.script();
    matches!(script.as_str(), "Hans" | "Hant" | "Hani" | "Jpan" | "Hrkt")
}

fn rank(face: &Face, generic: Option<Generic>, hand: Hand) -> u8 {
    let Some(fallback) = face.fallback else {
        return 0;
    };
    match fallback.suits {
        Suits::Written(own) if own == hand => 1,
        Suits::Beside(own) if Some(own) != generic => 3,
        Suits::All | Suits::Beside(_) => 2,
        Suits::Written(_) => 4,
        Suits::Spare => 5,
    }
}
