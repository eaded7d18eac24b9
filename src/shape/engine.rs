//! The engine: a stretch of text in one voice and direction to glyphs.

use std::collections::HashMap;

use harfrust::{Buffer, Direction as Run, Font, ShapeOptions, ShapePlan, ShaperFont, Tag};
use unicode_script::Script;

use crate::fonts::{FaceId, FaceSet, MISSING_BOX, Outlines};
use crate::piece::{Direction, LanguageTag};
use crate::theme::Em;

use super::glyph::{Glyph, GlyphKind};
use super::hang::{hang_end, hang_start};
use super::ideographs;
use super::itemise::{Asking, FaceStretch, ignorable, itemise};
use super::language::{LanguageId, Languages, letters_stand_apart};
use super::voice::{Features, Tracking, Voice};
use super::word::{FaceRun, SafeBreak, Spacing, Spread, Word};

/// Raised or lowered glyphs of a face without such glyphs are the ordinary ones at this size.
pub(crate) const SHIFTED_SIZE: f32 = 0.62;

/// The space between words of a voice.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Space {
    /// Its glyph.
    pub(crate) glyph: u16,
    /// The face that has it.
    pub(crate) face: FaceId,
    /// The design units to its em.
    pub(crate) units_per_em: u16,
    /// Its width.
    pub(crate) width: Em,
}

/// Between the words of Ethiopic texts that have no spaces; a line may end behind it (UAX 14, class BA).
const WORDSPACE: char = '\u{1361}';

/// What a plan of shaping is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct PlanKey {
    face: FaceId,
    features: Features,
    script: Script,
    language: LanguageId,
    direction: Direction,
}

/// Shapes text.
pub(crate) struct Shaper<'f> {
    faces: &'f FaceSet,
    languages: Languages,
    plans: HashMap<PlanKey, ShapePlan>,
    fonts: Vec<Option<ShaperFont<'f, 'static>>>,
    buffer: Buffer,
    places: Vec<SafeBreak>,
}

impl<'f> Shaper<'f> {
    /// A shaper that knows no language yet.
    pub(crate) fn new(faces: &'f FaceSet) -> Self {
        Self {
            faces,
            languages: Languages::default(),
            plans: HashMap::new(),
            fonts: faces.ids().map(|_| None).collect(),
            buffer: Buffer::new(),
            places: Vec::new(),
        }
    }

    /// The faces it sets text in.
    pub(crate) fn faces(&self) -> &'f FaceSet {
        self.faces
    }

    /// The id of a language.
    pub(crate) fn language(&mut self, tag: &LanguageTag) -> LanguageId {
        self.languages.id(tag, self.faces)
    }

    /// What lines of the language give and take beside their spaces.
    pub(crate) fn spread(&self, language: LanguageId) -> Spread {
        match self.languages.get(language).script {
            script if ideographs::stands_in_squares(script) => Spread::Squares,
            Script::Ethiopic => Spread::Signs,
            script if letters_stand_apart(script) => Spread::Letters,
            _ => Spread::Spaces,
        }
    }

    /// The space of a voice.
    pub(crate) fn space(&mut self, voice: Voice) -> Space {
        let id = voice.face(self.faces);
        let face = &self.faces[id];
        let glyph = face.glyph(' ').unwrap_or(MISSING_BOX.1);
        let em = face.units_per_em();
        let advance = self.font(id).glyph_h_advance(u32::from(glyph).into());
        let units = advance as f32 + voice.tracking.units(em) as f32;
        Space {
            glyph,
            face: id,
            units_per_em: em,
            width: Em(units / f32::from(em)),
        }
    }

    /// The places where the text shaped last may be parted, ascending; its start is one.
    pub(crate) fn places(&self) -> &[SafeBreak] {
        &self.places
    }

    /// Shapes a text in a voice.
    pub(crate) fn shape(&mut self, voice: Voice, text: &str) -> Word {
        let shaped = self.shape_items(voice, text);
        if !voice.features.shift() {
            return shaped;
        }
        let places = std::mem::take(&mut self.places);
        let plain = self.shape_items(voice.unshifted(), text);
        let mut pairs = shaped.glyphs.iter().zip(&plain.glyphs);
        if shaped.glyphs.len() == plain.glyphs.len() && pairs.all(|(a, b)| a.id != b.id) {
            self.places = places;
            return shaped;
        }
        for place in &mut self.places {
            place.before = place.before * SHIFTED_SIZE;
        }
        Word {
            reduced: true,
            width: plain.width * SHIFTED_SIZE,
            ..plain
        }
    }

    /// Finds what a word does at its ends: hanging punctuation, and kerning with a space.
    pub(crate) fn measure_ends(&mut self, voice: Voice, text: &str, word: &mut Word) {
        let width = |glyph: Option<&Glyph>, part: Option<&FaceRun>| match (glyph, part) {
            (Some(glyph), Some(part)) if !word.reduced => {
                Em(f32::from(glyph.advance) / f32::from(part.units_per_em))
            }
            _ => Em(0.0),
        };
        let left = width(word.glyphs.first(), word.parts.first());
        let right = width(word.glyphs.last(), word.parts.last());
        let (first, last) = match voice.direction {
            Direction::LeftToRight => (left, right),
            Direction::RightToLeft => (right, left),
        };
        let (start, end) = (text.chars().next(), text.chars().next_back());
        word.hang_start = first * start.map_or(0.0, hang_start);
        word.hang_end = last * end.map_or(0.0, hang_end);
        if end.is_some_and(char::is_uppercase) && !word.reduced && word.missing.is_empty() {
            let with = self.shape_items(voice, &[text, " "].concat());
            let kern = with.width - word.width - self.space(voice).width;
            // Rounding apart, only a kern that the face knows.
            if kern.0.abs() > 0.0005 && kern.0.abs() < 0.2 {
                word.before_space = kern;
            }
        }
    }

    fn font(&mut self, face: FaceId) -> &ShaperFont<'f, 'static> {
        let faces = self.faces;
        self.fonts[usize::from(face.0)].get_or_insert_with(|| ShaperFont::new(faces[face].font()))
    }

    fn shape_items(&mut self, voice: Voice, text: &str) -> Word {
        let backward = voice.direction == Direction::RightToLeft;
        let mut forced: Vec<usize> = Vec::new();
        loop {
            let asking = Asking {
                faces: self.faces,
                primary: voice.face(self.faces),
                language: self.languages.get(voice.language),
            };
            let mut items = itemise(&asking, text, &forced);
            if backward {
                items.reverse();
            }
            let mut word = Word::default();
            self.places.clear();
            let mut undrawn = Vec::new();
            for item in &items {
                match item.face {
                    Some(face) => self.shape_item(voice, face, item, text, &mut word, &mut undrawn),
                    None => self.box_item(item, voice.direction, &mut word),
                }
            }
            // A face may have every character of a cluster and still no glyph for the whole of it.
            undrawn.retain(|at| forced.binary_search(at).is_err());
            if undrawn.is_empty() {
                if backward {
                    self.turn_places(&mut word);
                } else {
                    let can_widen = |face| self.faces[face].outlines == Outlines::TrueType;
                    ideographs::space(&mut word, text, &mut self.places, can_widen);
                }
                word.glyphs.shrink_to_fit();
                return word;
            }
            forced.append(&mut undrawn);
            forced.sort_unstable();
            forced.dedup();
        }
    }

    /// Places were noted by their right edges, from the left: makes them count from the right, where such text starts.
    fn turn_places(&mut self, word: &mut Word) {
        self.places.reverse();
        for place in &mut self.places {
            place.before = word.width - place.before;
        }
        word.missing.reverse();
    }

    fn box_item(&mut self, item: &FaceStretch, direction: Direction, word: &mut Word) {
        let (face, id) = MISSING_BOX;
        let em = self.faces[face].units_per_em();
        let advance = self.font(face).glyph_h_advance(u32::from(id).into());
        word.missing.push(item.range.start as u32);
        word.glyphs.push(Glyph {
            id,
            advance: clamp(advance),
            bytes: length(item.range.len()),
            kind: GlyphKind::Missing,
        });
        let before = word.width;
        word.width += Em(advance as f32 / f32::from(em));
        self.places.push(SafeBreak {
            byte: item.range.start as u32,
            before: match direction {
                Direction::LeftToRight => before,
                Direction::RightToLeft => word.width,
            },
        });
        push_part(word, face, em, Spacing::Apart);
    }

    fn shape_item(
        &mut self,
        voice: Voice,
        face: FaceId,
        item: &FaceStretch,
        text: &str,
        word: &mut Word,
        undrawn: &mut Vec<usize>,
    ) {
        let start = item.range.start;
        let part = text.get(item.range.clone()).unwrap_or_default();
        let backward = voice.direction == Direction::RightToLeft;
        let mut buffer = std::mem::take(&mut self.buffer);
        buffer.clear();
        buffer.push_str(part);
        buffer.set_direction(run(voice.direction));
        buffer.set_script(harfrust_script(item.script));
        let forms = item.forms;
        let forms = forms.and_then(|forms| self.languages.of_forms(forms, self.faces));
        let language = forms.unwrap_or(voice.language);
        let key = PlanKey {
            face,
            features: voice.features,
            script: item.script,
            language,
            direction: voice.direction,
        };
        let languages = &self.languages;
        let font = self.faces[face].font();
        let plan = self
            .plans
            .entry(key)
            .or_insert_with(|| plan(key, font, languages));
        let em = font.units_per_em();
        let font = self.fonts[usize::from(face.0)].get_or_insert_with(|| ShaperFont::new(font));
        let shaped = harfrust::shape(font, &mut buffer, ShapeOptions::new().plan(Some(plan)));
        debug_assert!(shaped.is_ok(), "the plan fits the buffer");

        let infos = buffer.glyph_infos();
        let apart = letters_stand_apart(item.script);
        let tracking = if apart {
            voice.tracking
        } else {
            Tracking::default()
        };
        let tracking = tracking.units(em);
        // Plain numbers here, in design units: this is the loop that every glyph goes through.
        let upem = f32::from(em);
        let width_before = word.width.0;
        let first_glyph = word.glyphs.len();
        let mut total = 0i32;
        let mut next = 0;
        while let Some(info) = infos.get(next) {
            let first = next;
            let cluster = info.cluster;
            while infos.get(next).is_some_and(|info| info.cluster == cluster) {
                next += 1;
            }
            let beside = if backward {
                first.checked_sub(1).and_then(|index| infos.get(index))
            } else {
                infos.get(next)
            };
            let end = beside.map_or(part.len(), |info| info.cluster as usize);
            let characters = part.get(cluster as usize..end).unwrap_or_default();
            let invisible = characters.chars().all(ignorable);
            let before = total;
            for (index, info) in infos.iter().enumerate().take(next).skip(first) {
                if info.glyph_id == 0 && !invisible {
                    let places = characters.char_indices();
                    undrawn.extend(places.map(|(at, _)| start + cluster as usize + at));
                }
                let position = &buffer.glyph_positions()[index];
                let tracked = if position.x_advance > 0 && !invisible {
                    tracking
                } else {
                    0
                };
                let advance = position.x_advance + tracked;
                total += advance;
                if position.x_offset != 0 || position.y_offset != 0 {
                    let at = word.glyphs.len() as u32;
                    let (x, y) = (clamp(position.x_offset), clamp(position.y_offset));
                    word.offsets.push((at, x, y));
                }
                word.glyphs.push(Glyph {
                    id: info.glyph_id as u16,
                    advance: clamp(advance),
                    bytes: if index == first {
                        length(characters.len())
                    } else {
                        0
                    },
                    kind: GlyphKind::Text,
                });
            }
            if !info.unsafe_to_break() {
                let edge = if backward { total } else { before };
                self.places.push(SafeBreak {
                    byte: start as u32 + cluster,
                    before: Em(width_before + edge as f32 / upem),
                });
            }
        }
        word.width += Em(total as f32 / upem);
        self.buffer = buffer;
        let spacing = match item.script {
            // Figures have the script of what stands before them.
            script if ideographs::stands_in_squares(script) && ideographs::has_squares(part) => {
                Spacing::Squares
            }
            Script::Ethiopic if part.contains(WORDSPACE) => {
                parted_by_signs(word, first_glyph, part, (face, em));
                return;
            }
            _ if apart => Spacing::Apart,
            _ => Spacing::Joined,
        };
        push_part(word, face, em, spacing);
    }
}

fn plan(key: PlanKey, font: &Font, languages: &Languages) -> ShapePlan {
    ShapePlan::new(
        font,
        run(key.direction),
        harfrust_script(key.script),
        languages.get(key.language).shaping.as_ref(),
        &key.features.list(),
    )
}

/// Makes parts of a stretch of Ethiopic text: each sign between words with the letter before it, and the letters between those.
fn parted_by_signs(word: &mut Word, first: usize, text: &str, (face, em): (FaceId, u16)) {
    let mut at = 0;
    for index in first..word.glyphs.len() {
        let start = at;
        at += usize::from(word.glyphs[index].bytes);
        if !text
            .get(start..at)
            .is_some_and(|own| own.starts_with(WORDSPACE))
        {
            continue;
        }
        let letter = index.saturating_sub(1).max(first);
        push_part_until(word, letter, (face, em), Spacing::Joined);
        push_part_until(word, index + 1, (face, em), Spacing::Signs);
    }
    push_part(word, face, em, Spacing::Joined);
}

fn push_part(word: &mut Word, face: FaceId, units_per_em: u16, spacing: Spacing) {
    push_part_until(word, word.glyphs.len(), (face, units_per_em), spacing);
}

/// Makes a part of the glyphs up to one, if any of them are in none yet.
fn push_part_until(
    word: &mut Word,
    end: usize,
    (face, units_per_em): (FaceId, u16),
    spacing: Spacing,
) {
    let end = end as u32;
    if word.parts.last().map_or(0, |part| part.end) >= end {
        return;
    }
    match word.parts.last_mut() {
        Some(part) if part.face == face && part.spacing == spacing => part.end = end,
        _ => word.parts.push(FaceRun {
            face,
            units_per_em,
            end,
            spacing,
        }),
    }
}

fn run(direction: Direction) -> Run {
    match direction {
        Direction::LeftToRight => Run::LeftToRight,
        Direction::RightToLeft => Run::RightToLeft,
    }
}

fn clamp(units: i32) -> i16 {
    units.clamp(i32::from(i16::MIN), i32::from(i16::MAX)) as i16
}

/// A cluster's length. Words on pages are far shorter; on a cover only a flood of marks is longer.
fn length(bytes: usize) -> u16 {
    u16::try_from(bytes).unwrap_or(u16::MAX)
}

fn harfrust_script(script: Script) -> Option<harfrust::Script> {
    let tag = script.as_iso15924_tag().to_be_bytes();
    harfrust::Script::from_iso15924_tag(Tag::new(&tag))
}
