//! Itemising: which face sets each character of a word, with fallbacks, and in which script it is shaped.

use std::ops::Range;

use unicode_script::{Script, UnicodeScript};

use crate::fonts::{Face, FaceId, FaceSet, Han};

use super::language::LanguageData;

/// A stretch of a word set in one face and script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FaceStretch {
    /// Its bytes in the word.
    pub(super) range: Range<usize>,
    /// Its face; none for a character that no face has.
    pub(super) face: Option<FaceId>,
    /// Its script.
    pub(super) script: Script,
    /// The forms that its ideographs take, where its language does not say them.
    pub(super) forms: Option<Han>,
}

/// Who is asked for faces, and for what kind of text.
pub(super) struct Asking<'a> {
    /// All faces.
    pub(super) faces: &'a FaceSet,
    /// The face to be asked first.
    pub(super) primary: FaceId,
    /// What is known of the text's language.
    pub(super) language: &'a LanguageData,
}

/// The most marks on a letter that are asked for together with it; more are no writing.
const MARKS: usize = 16;

/// Cuts a word into stretches of one face and script, in logical order. `forced` are bytes, ascending, of characters known to
/// have no glyph.
pub(super) fn itemise(asking: &Asking<'_>, word: &str, forced: &[usize]) -> Vec<FaceStretch> {
    let mut items: Vec<FaceStretch> = Vec::with_capacity(1);
    let mut rest = word;
    while let Some(base) = rest.chars().next() {
        let at = word.len() - rest.len();
        let after = &rest[base.len_utf8()..];
        let marks = after.len() - after.trim_start_matches(joins).len();
        let (cluster, others) = rest.split_at(base.len_utf8() + marks);
        rest = others;
        let first = forced.partition_point(|byte| *byte < at);
        let sound = (forced.get(first)).is_none_or(|byte| *byte >= at + cluster.len());
        let whole = if sound {
            asking.whole(base, &cluster[base.len_utf8()..], items.last())
        } else {
            None
        };
        match whole {
            Some(face) => asking.push(&mut items, at..at + cluster.len(), base, Some(face)),
            None => asking.part(&mut items, at, cluster, forced),
        }
    }
    asking.form(word, &mut items);
    items
}

impl Asking<'_> {
    /// The face that sets a letter with all its marks.
    fn whole(&self, base: char, marks: &str, last: Option<&FaceStretch>) -> Option<FaceId> {
        if marks.is_empty() {
            let before = Self::before(base, last);
            let mut found = self.language.found.borrow_mut();
            let key = (self.primary, before, base);
            return *found
                .entry(key)
                .or_insert_with(|| self.find(base, before, |face| face.sets(base)));
        }
        let marks = || marks.chars().filter(|c| !ignorable(*c)).take(MARKS);
        let sets = |face: &Face| face.sets(base) && marks().all(|mark| face.sets(mark));
        self.find(base, Self::before(base, last), sets)
    }

    /// The face that set the letter before one, where that is of its script.
    fn before(c: char, last: Option<&FaceStretch>) -> Option<FaceId> {
        let last = last.filter(|item| item.script == c.script());
        last.and_then(|item| item.face)
    }

    /// Sets a letter and its marks each for itself, since no face has them all, or a face that does cannot draw them together.
    fn part(&self, items: &mut Vec<FaceStretch>, at: usize, cluster: &str, forced: &[usize]) {
        for (offset, c) in cluster.char_indices() {
            let start = at + offset;
            let last = items.last();
            let face = if forced.binary_search(&start).is_ok() {
                None
            } else if joins(c) {
                // It goes where its base went; a face without it drops it from sight, and no glyph is missed.
                match last {
                    Some(item) if item.face.is_none() || ignorable(c) => item.face,
                    Some(item) => item
                        .face
                        .filter(|face| self.faces[*face].sets(c))
                        .or_else(|| self.find(c, None, |face| face.sets(c))),
                    None => {
                        let found = self.find(c, None, |face| face.sets(c));
                        Some(found.unwrap_or(self.primary))
                    }
                }
            } else {
                self.find(c, Self::before(c, last), |face| face.sets(c))
            };
            self.push(items, start..start + c.len_utf8(), c, face);
        }
    }

    fn push(
        &self,
        items: &mut Vec<FaceStretch>,
        range: Range<usize>,
        base: char,
        face: Option<FaceId>,
    ) {
        let script = self.script(base, items.last());
        match items.last_mut() {
            Some(item) if item.face == face && item.script == script && face.is_some() => {
                item.range.end = range.end;
            }
            _ => items.push(FaceStretch {
                range,
                face,
                script,
                forms: None,
            }),
        }
    }

    fn script(&self, c: char, last: Option<&FaceStretch>) -> Script {
        match c.script() {
            Script::Common | Script::Inherited | Script::Unknown => {
                last.map_or(self.language.script, |item| item.script)
            }
            script => script,
        }
    }

    /// The first face that sets what begins with a character: the one wanted, the one that set the letter before, for letters
    /// the fallbacks and then other families, for signs other families first.
    fn find(
        &self,
        c: char,
        before: Option<FaceId>,
        sets: impl Fn(&Face) -> bool,
    ) -> Option<FaceId> {
        let faces = self.faces;
        let fallback = || faces.fallback(self.primary, self.language.hand, &sets);
        if self.language.wide_stops && is_wide_stop(c) {
            let wide = |face: &Face| sets(face) && face.has('\u{3002}');
            let found = faces.fallback(self.primary, self.language.hand, wide);
            return found.or(Some(self.primary));
        }
        let wanted = &faces[self.primary];
        if sets(wanted) || ignorable(c) {
            return Some(self.primary);
        }
        if let Some(face) = before.filter(|face| sets(&faces[*face])) {
            return Some(face);
        }
        let in_families = || faces.ids().filter(|id| faces[*id].family.is_some());
        let companion = || {
            in_families().find(|id| {
                let face = &faces[*id];
                face.weight == wanted.weight && face.slant == wanted.slant && sets(face)
            })
        };
        let found = if c.is_alphanumeric() || joins(c) {
            fallback().or_else(companion)
        } else {
            companion().or_else(fallback)
        };
        found.or_else(|| in_families().find(|id| sets(&faces[*id])))
    }

    /// Says which forms ideographs take: those of the language, else those of the kana, Hangul or Bopomofo beside them, else
    /// those of the theme.
    fn form(&self, word: &str, items: &mut [FaceStretch]) {
        if self.language.has_ideographs || items.iter().all(|item| item.script != Script::Han) {
            return;
        }
        let beside = word.chars().find_map(|c| match c.script() {
            Script::Hiragana | Script::Katakana => Some(Han::Japanese),
            Script::Hangul => Some(Han::Korean),
            Script::Bopomofo => Some(Han::Traditional),
            _ => None,
        });
        for item in items {
            item.forms = Some(beside.unwrap_or(self.faces.han));
        }
    }
}

/// Stops that Latin shares with Chinese and Japanese, which give each the square of an ideograph.
fn is_wide_stop(c: char) -> bool {
    matches!(c, '‘' | '’' | '“' | '”' | '…' | '—' | '·')
}

/// Whether the character is drawn with the one before it, or not at all.
fn joins(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c) || ignorable(c)
}

/// Characters that are no loss when no glyph shows them (Default_Ignorable_Code_Point, those met in text). The fillers of Hangul are
/// none: shapers show a letter that a face lacks for them.
pub(super) fn ignorable(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{17B4}'..='\u{17B5}' | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}
