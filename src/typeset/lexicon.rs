//! The words of a piece: shaped, with the places where they may be cut at a line's end.

use crate::fonts::FaceSet;
use crate::piece::{Direction, LanguageTag};
use crate::shape::{
    LanguageId, SafeBreak, ShapedWords, Voice, VoiceId, WordId, hang_end, hang_start,
};
use crate::theme::Em;

use super::hyphenate::{self, Exceptions, Patterns};

/// A place where a word may be cut.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cut {
    /// The byte that begins the next line.
    pub(super) at: u32,
    /// The width of what stays, a hyphen that is put in included.
    pub(super) head: Em,
    /// The width of what goes.
    pub(super) tail: Em,
    /// How far the end of what stays may hang, and the start of what goes.
    pub(super) hang_end: Em,
    pub(super) hang_start: Em,
}

/// What stands at the end of a line that ends inside a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joint {
    /// A hyphen is put in.
    Hyphen,
    /// Nothing is.
    Bare,
}

/// Words with their cuts.
pub(super) struct Lexicon<'f> {
    pub(super) words: ShapedWords<'f>,
    exceptions: Exceptions,
    /// By [`LanguageId`].
    patterns: Vec<Option<Patterns>>,
    /// By [`WordId`]; none where they were not asked for.
    cuts: Vec<Option<Box<[Cut]>>>,
    places: Vec<SafeBreak>,
}

impl<'f> Lexicon<'f> {
    pub(super) fn new(faces: &'f FaceSet, exceptions: Exceptions) -> Self {
        Self {
            words: ShapedWords::new(faces),
            exceptions,
            patterns: Vec::new(),
            cuts: Vec::new(),
            places: Vec::new(),
        }
    }

    /// The id of a language.
    pub(super) fn language(&mut self, tag: &LanguageTag) -> LanguageId {
        let id = self.words.shaper.language(tag);
        if id.index() >= self.patterns.len() {
            self.patterns.resize(id.index() + 1, None);
            self.patterns[id.index()] = Patterns::of(tag);
        }
        id
    }

    /// A word, and where it may be cut with a hyphen.
    pub(super) fn word(&mut self, voice: VoiceId, text: &str) -> WordId {
        let id = self.words.word(voice, text);
        if id.index() >= self.cuts.len() {
            self.cuts.resize(id.index() + 1, None);
        }
        if self.cuts[id.index()].is_none() {
            let cuts = self.hyphenated(voice, id, text);
            self.cuts[id.index()] = Some(cuts);
        }
        id
    }

    /// Where a word may be cut with a hyphen, ascending.
    pub(super) fn cuts(&self, id: WordId) -> &[Cut] {
        self.cuts
            .get(id.index())
            .and_then(Option::as_deref)
            .unwrap_or_default()
    }

    /// A part of a word with what stands at its end.
    pub(super) fn part(&mut self, voice: VoiceId, text: &str, joint: Joint) -> WordId {
        match joint {
            Joint::Hyphen => self.words.word(voice, &[text, "-"].concat()),
            Joint::Bare => self.words.word(voice, text),
        }
    }

    /// The cuts of a word at these bytes of it, each with its joint; none for what is no place inside it.
    pub(super) fn cut(
        &mut self,
        voice: VoiceId,
        text: &str,
        at: impl IntoIterator<Item = (usize, Joint)>,
    ) -> Vec<Option<Cut>> {
        let mut places = std::mem::take(&mut self.places);
        self.words.places(voice, text, &mut places);
        let whole = self.words.word(voice, text);
        let whole = self.words.get(whole).width;
        let cuts = at
            .into_iter()
            .map(|(at, joint)| self.one_cut(voice, text, at, joint, whole, &places))
            .collect();
        self.places = places;
        cuts
    }

    fn hyphenated(&mut self, voice: VoiceId, id: WordId, text: &str) -> Box<[Cut]> {
        let Voice {
            language,
            direction,
            ..
        } = self.words.voice_of(voice);
        // No script that runs from right to left has a hyphen to put in.
        if direction == Direction::RightToLeft {
            return Box::default();
        }
        let patterns = self.patterns.get(language.index()).copied().flatten();
        let points = hyphenate::points(text, patterns, &self.exceptions);
        if points.is_empty() || self.words.get(id).glyphs.is_empty() {
            return Box::default();
        }
        let points = points.into_iter().map(|point| (point, Joint::Hyphen));
        let cuts = self.cut(voice, text, points);
        cuts.into_iter().flatten().collect()
    }

    /// Only what stands between the nearest places where the glyphs stay as they are is shaped anew: a ligature, a kerned
    /// pair, the letter that takes the hyphen.
    fn one_cut(
        &mut self,
        voice: VoiceId,
        text: &str,
        at: usize,
        joint: Joint,
        whole: Em,
        places: &[SafeBreak],
    ) -> Option<Cut> {
        let (before, after) = (text.get(..at)?, text.get(at..)?);
        let (last, first) = (before.chars().next_back()?, after.chars().next()?);
        let reach = match joint {
            Joint::Hyphen => at - last.len_utf8(),
            Joint::Bare => at,
        };
        let kept = places.partition_point(|place| place.byte as usize <= reach);
        let kept = kept.checked_sub(1).map(|index| places[index]);
        let (from, kept) = kept.map_or((0, Em(0.0)), |place| (place.byte as usize, place.before));
        let ending = text.get(from..at)?;
        let (head, end) = if ending.is_empty() {
            (Em(0.0), None)
        } else {
            let id = self.part(voice, ending, joint);
            let shaped = self.words.get(id);
            (shaped.width, Some(shaped.hang_end))
        };
        let going = places.partition_point(|place| (place.byte as usize) < at);
        let (to, gone) = places.get(going).map_or((text.len(), whole), |place| {
            (place.byte as usize, place.before)
        });
        let beginning = text.get(at..to)?;
        let tail = if beginning.is_empty() {
            Em(0.0)
        } else {
            let id = self.words.word(voice, beginning);
            self.words.get(id).width
        };
        let hang_end = match end {
            Some(end) => end,
            None if hang_end(last) > 0.0 => {
                let id = self.words.word(voice, last.encode_utf8(&mut [0; 4]));
                self.words.get(id).hang_end
            }
            None => Em(0.0),
        };
        let hang_start = if hang_start(first) > 0.0 {
            // Its advance may be kerned with what follows, as far as the next such place.
            let beyond = places.partition_point(|place| place.byte as usize <= at);
            let beyond = places.get(beyond);
            let beyond = beyond.map_or(text.len(), |place| place.byte as usize);
            let id = self.words.word(voice, text.get(at..beyond)?);
            self.words.get(id).hang_start
        } else {
            Em(0.0)
        };
        Some(Cut {
            at: at as u32,
            head: kept + head,
            tail: whole - gone + tail,
            hang_end,
            hang_start,
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::shape::{Features, Tracking};
    use crate::theme::{Family, Slant, Weight};

    fn lexicon() -> (Lexicon<'static>, VoiceId) {
        let mut lexicon = Lexicon::new(FaceSet::embedded(), Exceptions::default());
        let language = lexicon.language(&LanguageTag::parse("en-GB").unwrap());
        let voice = lexicon.words.voice(Voice {
            family: Family::SOURCE_SERIF,
            weight: Weight::Regular,
            slant: Slant::Upright,
            features: Features::OLD_STYLE,
            tracking: Tracking::default(),
            language,
            direction: Direction::LeftToRight,
        });
        (lexicon, voice)
    }

    #[test]
    fn a_cut_measures_what_its_sides_measure_when_shaped() {
        let (mut lexicon, voice) = lexicon();
        let mut cuts = 0;
        for text in include_str!("../../source/flash-point.yaml")
            .split_whitespace()
            .chain(["official", "Waffeleisen", "typographer"])
        {
            let id = lexicon.word(voice, text);
            let hyphens: Vec<Cut> = lexicon.cuts(id).to_vec();
            let bare = text.char_indices().skip(1).map(|(at, _)| (at, Joint::Bare));
            let bare: Vec<Cut> = lexicon
                .cut(voice, text, bare)
                .into_iter()
                .flatten()
                .collect();
            let joints = [(hyphens, Joint::Hyphen), (bare, Joint::Bare)];
            for (cut, joint) in joints
                .iter()
                .flat_map(|(cuts, joint)| cuts.iter().map(move |cut| (cut, *joint)))
            {
                let at = cut.at as usize;
                let head = lexicon.part(voice, &text[..at], joint);
                let tail = lexicon.words.word(voice, &text[at..]);
                let (head, tail) = (lexicon.words.get(head), lexicon.words.get(tail));
                for (shaped, measured) in [
                    (head.width, cut.head),
                    (tail.width, cut.tail),
                    (head.hang_end, cut.hang_end),
                    (tail.hang_start, cut.hang_start),
                ] {
                    let off = (shaped.0 - measured.0).abs();
                    assert!(off < 1e-4, "{text} {at} {joint:?}: {shaped:?} {measured:?}");
                }
                cuts += 1;
            }
        }
        assert!(cuts > 500);
    }
}
