//! Itemising: which face sets each character of a word, with fallbacks, and in which script it is shaped.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_script::{Script, UnicodeScript};

use crate::fonts::{Face, FaceId, FaceSet};

/// A stretch of a word set in one face and script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FaceStretch {
    /// Its bytes in the word.
    pub(super) range: Range<usize>,
    /// Its face; none for a character that no face has.
    pub(super) face: Option<FaceId>,
    /// Its script.
    pub(super) script: Script,
}

/// Cuts a word into stretches of one face and script, in logical order. The face to be asked first is `primary`; characters
/// of no script are of the `likely` one. `forced` are bytes, ascending, of characters known to have no glyph.
pub(super) fn itemise(
    faces: &FaceSet,
    word: &str,
    primary: FaceId,
    likely: Script,
    forced: &[usize],
) -> Vec<FaceStretch> {
    let mut items: Vec<FaceStretch> = Vec::with_capacity(1);
    for (at, c) in word.char_indices() {
        let end = at + c.len_utf8();
        let last = items.last_mut();
        let script = match c.script() {
            Script::Common | Script::Inherited | Script::Unknown => {
                last.as_ref().map_or(likely, |item| item.script)
            }
            script => script,
        };
        let face = if forced.binary_search(&at).is_ok() {
            None
        } else if joins(c) {
            // It goes where its base went; a face without it drops it from sight, and no glyph is missed.
            match &last {
                Some(item) if item.face.is_none() || ignorable(c) => item.face,
                Some(item) => item
                    .face
                    .filter(|face| has(&faces[*face], c))
                    .or_else(|| find(faces, c, primary)),
                None => Some(find(faces, c, primary).unwrap_or(primary)),
            }
        } else {
            find(faces, c, primary)
        };
        match last {
            Some(item) if item.face == face && item.script == script && face.is_some() => {
                item.range.end = end;
            }
            _ => items.push(FaceStretch {
                range: at..end,
                face,
                script,
            }),
        }
    }
    items
}

/// Whether the character is drawn with the one before it, or not at all.
fn joins(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c) || ignorable(c)
}

/// Characters that are no loss when no glyph shows them (Default_Ignorable_Code_Point, those met in text).
pub(super) fn ignorable(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}' | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}' | '\u{FFA0}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Whether the face sets the character, whole or from its parts.
fn has(face: &Face, c: char) -> bool {
    face.glyph(c).is_some()
        // The shaper makes every other space of the plain one.
        || matches!(c, '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}')
        || (!c.is_ascii() && {
            let mut parts = std::iter::once(c).nfd().peekable();
            parts.peek() != Some(&c) && parts.all(|part| face.glyph(part).is_some())
        })
}

/// The first face that sets the character: the one wanted, its companions of the same cut, then the fallbacks.
fn find(faces: &FaceSet, c: char, primary: FaceId) -> Option<FaceId> {
    let wanted = &faces[primary];
    if has(wanted, c) || ignorable(c) {
        return Some(primary);
    }
    let in_families = || faces.ids().filter(|id| faces[*id].family.is_some());
    let companions = in_families().filter(|id| {
        let face = &faces[*id];
        face.weight == wanted.weight && face.slant == wanted.slant
    });
    let fallbacks = faces.fallbacks().iter().copied();
    companions
        .chain(fallbacks)
        .chain(in_families())
        .find(|id| has(&faces[*id], c))
}
