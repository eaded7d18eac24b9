//! Shaping: words to glyphs, each word of a voice once.
//!
//! Words do not touch each other's glyphs except over the space between them, whose width is adjusted here too; so a
//! line made of shaped words equals the line shaped whole, and a book costs little more than its vocabulary.

use std::collections::HashMap;

use harfrust::{Buffer, Direction, Language, ShapeOptions, ShapePlan, ShaperFont, Tag};
use hypher::Lang;
use unicode_script::Script;

use crate::fonts::{FACES, FaceId, MISSING_BOX};
use crate::piece::LanguageTag;

use super::hang::{hang_left, hang_right};
use super::hyphenate::{self, Exceptions};
use super::itemise::{Item, ignorable, itemise};
use super::layout::{Glyph, GlyphKind};
use super::voice::{Features, LanguageId, Voice};
use super::word::{Cut, Part, Word};

/// Raised or lowered glyphs of a face without such glyphs are the ordinary ones at this size.
pub(super) const SHIFTED_SIZE: f32 = 0.62;

/// Names a voice of the shaper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct VoiceId(u16);

/// Names a shaped word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WordId(u32);

struct VoiceWords {
    voice: Voice,
    words: HashMap<Box<str>, WordId>,
    fragments: HashMap<Box<str>, WordId>,
    space: f32,
    space_glyph: u16,
}

struct LanguageData {
    tag: String,
    shaping: Option<Language>,
    patterns: Option<Lang>,
    script: Script,
}

struct Plan {
    face: FaceId,
    features: Features,
    script: Script,
    language: LanguageId,
    plan: ShapePlan,
}

/// Shapes words and remembers them.
pub(super) struct Shaper {
    voices: Vec<VoiceWords>,
    words: Vec<Word>,
    languages: Vec<LanguageData>,
    plans: Vec<Plan>,
    fonts: Vec<Option<ShaperFont<'static, 'static>>>,
    buffer: Buffer,
    exceptions: Exceptions,
    /// Of the word shaped last: the bytes where it may be cut without changing its glyphs, and the width before them in
    /// em.
    safe: Vec<(u32, f32)>,
}

impl Shaper {
    pub(super) fn new(exceptions: Exceptions) -> Self {
        Self {
            voices: Vec::new(),
            words: Vec::new(),
            languages: Vec::new(),
            plans: Vec::new(),
            fonts: FACES.iter().map(|_| None).collect(),
            buffer: Buffer::new(),
            exceptions,
            safe: Vec::new(),
        }
    }

    /// The id of a language.
    pub(super) fn language(&mut self, tag: &LanguageTag) -> LanguageId {
        let known = self.languages.iter().position(|l| l.tag == tag.as_str());
        let index = known.unwrap_or_else(|| {
            self.languages.push(LanguageData {
                tag: tag.as_str().to_owned(),
                shaping: Language::new(tag.as_str()),
                patterns: hyphenate::patterns(tag.primary()),
                script: Script::from_short_name(&tag.script()).unwrap_or(Script::Latin),
            });
            self.languages.len() - 1
        });
        LanguageId(index as u16)
    }

    /// The tag of a language.
    pub(super) fn tag(&self, language: LanguageId) -> &str {
        &self.languages[usize::from(language.0)].tag
    }

    /// Whether lines of the language may be scaled: its letters stand apart.
    pub(super) fn scales(&self, language: LanguageId) -> bool {
        use Script::{Armenian, Cyrillic, Georgian, Greek, Han, Hangul, Hiragana, Katakana, Latin};
        let script = self.languages[usize::from(language.0)].script;
        matches!(
            script,
            Armenian | Cyrillic | Georgian | Greek | Han | Hangul | Hiragana | Katakana | Latin
        )
    }

    /// The id of a voice.
    pub(super) fn voice(&mut self, voice: Voice) -> VoiceId {
        if let Some(index) = self.voices.iter().position(|known| known.voice == voice) {
            return VoiceId(index as u16);
        }
        let face = FaceId::of(voice.family, voice.weight, voice.slant);
        let space_glyph = face.glyph(' ').unwrap_or(MISSING_BOX.1);
        let advance = self
            .font(face)
            .glyph_h_advance(u32::from(space_glyph).into());
        self.voices.push(VoiceWords {
            voice,
            words: HashMap::new(),
            fragments: HashMap::new(),
            space: (advance as f32 + f32::from(voice.tracking)) / f32::from(face.units_per_em()),
            space_glyph,
        });
        VoiceId((self.voices.len() - 1) as u16)
    }

    /// The voice of an id.
    pub(super) fn voice_of(&self, id: VoiceId) -> Voice {
        self.voices[usize::from(id.0)].voice
    }

    /// Glyph, face and width in em of a voice's space.
    pub(super) fn space(&self, id: VoiceId) -> (u16, FaceId, f32) {
        let known = &self.voices[usize::from(id.0)];
        let voice = known.voice;
        let face = FaceId::of(voice.family, voice.weight, voice.slant);
        (known.space_glyph, face, known.space)
    }

    /// A shaped word.
    pub(super) fn get(&self, id: WordId) -> &Word {
        &self.words[id.0 as usize]
    }

    /// Shapes a word, or finds it shaped already.
    pub(super) fn word(&mut self, voice: VoiceId, text: &str) -> WordId {
        if let Some(id) = self.voices[usize::from(voice.0)].words.get(text) {
            return *id;
        }
        let word = self.shape_word(voice, text);
        let id = WordId(self.words.len() as u32);
        self.words.push(word);
        self.voices[usize::from(voice.0)]
            .words
            .insert(text.into(), id);
        id
    }

    /// Shapes a part of a word, hyphen included where it ends with one; parts are not cut again.
    pub(super) fn fragment(&mut self, voice: VoiceId, text: &str) -> WordId {
        if let Some(id) = self.voices[usize::from(voice.0)].fragments.get(text) {
            return *id;
        }
        let shaping = self.voice_of(voice);
        let mut word = self.shape(shaping, text);
        self.measure_ends(shaping, text, &mut word);
        let id = WordId(self.words.len() as u32);
        self.words.push(word);
        self.voices[usize::from(voice.0)]
            .fragments
            .insert(text.into(), id);
        id
    }

    fn font(&mut self, face: FaceId) -> &ShaperFont<'static, 'static> {
        self.fonts[usize::from(face.0)].get_or_insert_with(|| ShaperFont::new(face.font()))
    }

    fn shape_word(&mut self, id: VoiceId, text: &str) -> Word {
        let voice = self.voice_of(id);
        let mut word = self.shape(voice, text);
        self.measure_ends(voice, text, &mut word);
        let language = self.languages[usize::from(voice.language.0)].patterns;
        let points = hyphenate::points(text, language, &self.exceptions);
        if points.is_empty() {
            return word;
        }
        let safe = std::mem::take(&mut self.safe);
        let plain =
            !voice.features.has(Features::SUPERSCRIPT) && !voice.features.has(Features::SUBSCRIPT);
        for point in points {
            let cut = match self.safe_cut(id, text, point, word.width, &safe) {
                Some(cut) if plain => cut,
                _ => self.shaped_cut(voice, text, point),
            };
            word.cuts.push(cut);
        }
        self.safe = safe;
        word
    }

    /// A cut that leaves the glyphs as they are: all but the last one and the hyphen are measured already.
    fn safe_cut(
        &mut self,
        id: VoiceId,
        text: &str,
        point: usize,
        width: f32,
        safe: &[(u32, f32)],
    ) -> Option<Cut> {
        let before = |byte: usize| {
            let index = safe
                .binary_search_by_key(&(byte as u32), |(at, _)| *at)
                .ok()?;
            Some(safe[index].1)
        };
        let (last, _) = text[..point].char_indices().next_back()?;
        let ending = [&text[last..point], "-"].concat();
        let (head, all) = (before(last)?, before(point)?);
        let ending = self.fragment(id, &ending);
        let ending = self.get(ending);
        Some(Cut {
            at: point as u32,
            head: head + ending.width,
            tail: width - all,
            hang: ending.hang.1,
        })
    }

    /// A cut through a ligature or a kerned pair: both sides are shaped anew.
    fn shaped_cut(&mut self, voice: Voice, text: &str, point: usize) -> Cut {
        let mut head = self.shape(voice, &[&text[..point], "-"].concat());
        self.measure_ends(voice, "-", &mut head);
        let tail = self.shape(voice, &text[point..]);
        Cut {
            at: point as u32,
            head: head.width,
            tail: tail.width,
            hang: head.hang.1,
        }
    }

    /// Shapes a text without spaces.
    fn shape(&mut self, voice: Voice, text: &str) -> Word {
        let shifts = Features::SUPERSCRIPT | Features::SUBSCRIPT;
        if voice.features.0 & shifts.0 == 0 {
            return self.shape_items(voice, text);
        }
        let raised = self.shape_items(voice, text);
        let mut plain_voice = voice;
        plain_voice.features = voice.features.without(shifts);
        let plain = self.shape_items(plain_voice, text);
        let all_drawn = raised.glyphs.len() == plain.glyphs.len()
            && raised
                .glyphs
                .iter()
                .zip(&plain.glyphs)
                .all(|(a, b)| a.id != b.id);
        if all_drawn {
            return raised;
        }
        Word {
            reduced: true,
            width: plain.width * SHIFTED_SIZE,
            ..plain
        }
    }

    fn shape_items(&mut self, voice: Voice, text: &str) -> Word {
        let likely = self.languages[usize::from(voice.language.0)].script;
        let mut forced: Vec<usize> = Vec::new();
        loop {
            let items = itemise(text, voice, likely, &forced);
            let mut word = Word::default();
            self.safe.clear();
            let mut undrawn = Vec::new();
            for item in &items {
                match item.face {
                    Some(face) => self.shape_item(voice, face, item, text, &mut word, &mut undrawn),
                    None => self.box_item(item, &mut word),
                }
            }
            // A face may have every character of a cluster and still no glyph for the whole of it.
            undrawn.retain(|at| !forced.contains(at));
            if undrawn.is_empty() {
                word.glyphs.shrink_to_fit();
                return word;
            }
            forced.append(&mut undrawn);
        }
    }

    fn box_item(&mut self, item: &Item, word: &mut Word) {
        let (face, id) = MISSING_BOX;
        let advance = self.font(face).glyph_h_advance(u32::from(id).into());
        word.missing.push(item.start as u32);
        word.glyphs.push(Glyph {
            id,
            advance: clamp(advance),
            bytes: (item.end - item.start) as u16,
            kind: GlyphKind::Missing,
        });
        word.width += advance as f32 / f32::from(face.units_per_em());
        push_part(word, face);
    }

    fn shape_item(
        &mut self,
        voice: Voice,
        face: FaceId,
        item: &Item,
        text: &str,
        word: &mut Word,
        undrawn: &mut Vec<usize>,
    ) {
        let part = &text[item.start..item.end];
        let mut buffer = std::mem::take(&mut self.buffer);
        buffer.clear();
        buffer.push_str(part);
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_script(harfrust_script(item.script));
        let plan = self.plan(face, voice, item.script);
        let font =
            self.fonts[usize::from(face.0)].get_or_insert_with(|| ShaperFont::new(face.font()));
        let options = ShapeOptions::new().plan(Some(&self.plans[plan].plan));
        let shaped = harfrust::shape(font, &mut buffer, options);
        debug_assert!(shaped.is_ok(), "the plan fits the buffer");

        let infos = buffer.glyph_infos();
        let upem = f32::from(face.units_per_em());
        let base = word.glyphs.len();
        let mut total = 0i32;
        for (index, (info, position)) in infos.iter().zip(buffer.glyph_positions()).enumerate() {
            let first = index == 0 || infos[index - 1].cluster != info.cluster;
            let next = infos[index..]
                .iter()
                .find(|other| other.cluster != info.cluster);
            let end = next.map_or(part.len(), |other| other.cluster as usize);
            let cluster = &part[info.cluster as usize..end];
            let invisible = cluster.chars().all(ignorable);
            if first && !info.unsafe_to_break() {
                let before = word.width + total as f32 / upem;
                self.safe.push((item.start as u32 + info.cluster, before));
            }
            if info.glyph_id == 0 && !invisible {
                let chars = cluster
                    .char_indices()
                    .map(|(at, _)| item.start + info.cluster as usize + at);
                undrawn.extend(chars);
            }
            let tracked = if position.x_advance > 0 && !invisible {
                i32::from(voice.tracking)
            } else {
                0
            };
            let advance = position.x_advance + tracked;
            total += advance;
            if position.x_offset != 0 || position.y_offset != 0 {
                word.offsets.push((
                    (base + index) as u32,
                    clamp(position.x_offset),
                    clamp(position.y_offset),
                ));
            }
            word.glyphs.push(Glyph {
                id: info.glyph_id as u16,
                advance: clamp(advance),
                bytes: if first { cluster.len() as u16 } else { 0 },
                kind: GlyphKind::Text,
            });
        }
        word.width += total as f32 / upem;
        self.buffer = buffer;
        push_part(word, face);
    }

    /// The index of the plan for a face, a voice and a script.
    fn plan(&mut self, face: FaceId, voice: Voice, script: Script) -> usize {
        let Voice {
            features, language, ..
        } = voice;
        let known = self.plans.iter().position(|plan| {
            plan.face == face
                && plan.features == features
                && plan.script == script
                && plan.language == language
        });
        known.unwrap_or_else(|| {
            let shaping = self.languages[usize::from(language.0)].shaping.as_ref();
            let plan = ShapePlan::new(
                face.font(),
                Direction::LeftToRight,
                harfrust_script(script),
                shaping,
                &features.list(),
            );
            self.plans.push(Plan {
                face,
                features,
                script,
                language,
                plan,
            });
            self.plans.len() - 1
        })
    }

    /// Finds what a word does at its ends: hanging punctuation, and kerning with a space.
    fn measure_ends(&mut self, voice: Voice, text: &str, word: &mut Word) {
        let width = |glyph: Option<&Glyph>, face: Option<FaceId>| match (glyph, face) {
            (Some(glyph), Some(face)) => f32::from(glyph.advance) / f32::from(face.units_per_em()),
            _ => 0.0,
        };
        let size = if word.reduced { 0.0 } else { 1.0 };
        let first = width(
            word.glyphs.first(),
            word.parts.first().map(|part| part.face),
        ) * size;
        let last = width(word.glyphs.last(), word.parts.last().map(|part| part.face)) * size;
        let (left, right) = (text.chars().next(), text.chars().next_back());
        word.hang = (
            first * left.map_or(0.0, hang_left),
            last * right.map_or(0.0, hang_right),
        );
        if right.is_some_and(char::is_uppercase) && !word.reduced && word.missing.is_empty() {
            let with = self.shape_items(voice, &[text, " "].concat());
            let space = self.voice(voice);
            let (_, _, space) = self.space(space);
            let kern = with.width - word.width - space;
            // Rounding apart, only a kern that the face knows.
            if kern.abs() > 0.0005 && kern.abs() < 0.2 {
                word.before_space = kern;
            }
        }
    }
}

fn push_part(word: &mut Word, face: FaceId) {
    let end = word.glyphs.len() as u32;
    match word.parts.last_mut() {
        Some(part) if part.face == face => part.end = end,
        _ => word.parts.push(Part { face, end }),
    }
}

fn clamp(units: i32) -> i16 {
    units.clamp(i32::from(i16::MIN), i32::from(i16::MAX)) as i16
}

fn harfrust_script(script: Script) -> Option<harfrust::Script> {
    let tag = script.as_iso15924_tag().to_be_bytes();
    harfrust::Script::from_iso15924_tag(Tag::new(&tag))
}
