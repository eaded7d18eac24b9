//! Words that are shaped once.
//!
//! Words do not touch each other's glyphs except over the space between them, whose width is adjusted too; so a line made
//! of shaped words equals the line shaped whole, and a book costs little more than its vocabulary.

use std::collections::HashMap;

use crate::fonts::FaceSet;

use super::engine::{Shaper, Space};
use super::voice::Voice;
use super::word::{SafeBreak, Word};

/// Names a voice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct VoiceId(u32);

/// Names a shaped word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct WordId(u32);

impl WordId {
    /// Its place among all words.
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

struct VoiceWords {
    voice: Voice,
    space: Space,
    words: HashMap<Box<str>, WordId>,
}

/// Shapes words and remembers them.
pub(crate) struct ShapedWords<'f> {
    /// The engine, which knows the languages.
    pub(crate) shaper: Shaper<'f>,
    voices: Vec<VoiceWords>,
    ids: HashMap<Voice, VoiceId>,
    words: Vec<Word>,
    /// The word whose places the engine has still.
    last: Option<WordId>,
}

impl<'f> ShapedWords<'f> {
    /// No words yet.
    pub(crate) fn new(faces: &'f FaceSet) -> Self {
        Self {
            shaper: Shaper::new(faces),
            voices: Vec::new(),
            ids: HashMap::new(),
            words: Vec::new(),
            last: None,
        }
    }

    /// The id of a voice.
    pub(crate) fn voice(&mut self, voice: Voice) -> VoiceId {
        if let Some(id) = self.ids.get(&voice) {
            return *id;
        }
        let id = VoiceId(self.voices.len() as u32);
        self.voices.push(VoiceWords {
            voice,
            space: self.shaper.space(voice),
            words: HashMap::new(),
        });
        self.ids.insert(voice, id);
        id
    }

    /// The voice of an id.
    pub(crate) fn voice_of(&self, id: VoiceId) -> Voice {
        self.voices[id.0 as usize].voice
    }

    /// The space of a voice.
    pub(crate) fn space(&self, id: VoiceId) -> Space {
        self.voices[id.0 as usize].space
    }

    /// A shaped word.
    pub(crate) fn get(&self, id: WordId) -> &Word {
        &self.words[id.index()]
    }

    /// Shapes a text without spaces that stretch, or finds it shaped already.
    pub(crate) fn word(&mut self, voice: VoiceId, text: &str) -> WordId {
        let known = &self.voices[voice.0 as usize];
        if let Some(id) = known.words.get(text) {
            return *id;
        }
        let shaping = known.voice;
        let mut word = self.shaper.shape(shaping, text);
        self.shaper.measure_ends(shaping, text, &mut word);
        let id = WordId(self.words.len() as u32);
        self.words.push(word);
        let known = &mut self.voices[voice.0 as usize].words;
        known.insert(text.into(), id);
        self.last = Some(id);
        id
    }

    /// The places where a word may be parted. They are not remembered: a word shaped before the last is shaped again.
    pub(crate) fn places(&mut self, voice: VoiceId, text: &str, into: &mut Vec<SafeBreak>) {
        let id = self.word(voice, text);
        if self.last != Some(id) {
            self.shaper.shape(self.voice_of(voice), text);
            self.last = Some(id);
        }
        into.clear();
        into.extend_from_slice(self.shaper.places());
    }
}
