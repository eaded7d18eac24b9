//! Which stretches of a text are runs of their own: those of a direction, of complex script or of a face of their own.
//!
//! A run that says `w:rtl` or `w:cs` holds no Latin words, whose face and size it would take away (ISO/IEC 29500-1, 17.3.2.30 and
//! 17.3.2.7).

use std::ops::Range;

use unicode_bidi::{BidiClass, bidi_class};
use unicode_script::UnicodeScript;

use super::slots::Slot;
use crate::piece::{Direction, LanguageTag};

/// How Word is told that a run's text flows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flow {
    /// As Latin text and East Asian text do.
    Plain,
    /// From left to right, in a complex script.
    Complex,
    /// From right to left.
    RightToLeft,
}

impl Flow {
    /// That of texts in a language.
    pub(super) fn of(language: &LanguageTag) -> Self {
        match (language.direction(), Slot::of_language(language)) {
            (Direction::RightToLeft, _) => Self::RightToLeft,
            (Direction::LeftToRight, Slot::Complex) => Self::Complex,
            (Direction::LeftToRight, _) => Self::Plain,
        }
    }
}

/// A stretch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stretch<'t> {
    /// Its bytes.
    pub(super) range: Range<usize>,
    /// How it flows.
    pub(super) flow: Flow,
    /// Its face, where that is not the document's.
    pub(super) face: Option<(Slot, &'t str)>,
}

/// The stretches of a text, in order; `faces` are those that are not the document's. What belongs to no script, a space or a
/// figure, goes with letters of one flow on both sides, else with what is around the text.
pub(super) fn stretches<'t>(
    text: &str,
    around: Flow,
    faces: &[(Range<usize>, Slot, &'t str)],
) -> Vec<Stretch<'t>> {
    if around == Flow::Plain && faces.is_empty() && text.chars().all(|c| c < '\u{590}') {
        let (range, flow) = (0..text.len(), around);
        return vec![Stretch {
            range,
            flow,
            face: None,
        }];
    }
    let mut found: Vec<Stretch<'t>> = Vec::new();
    let mut push = |range: Range<usize>, flow, face| match found.last_mut() {
        _ if range.is_empty() => {}
        Some(last) if last.flow == flow && last.face == face => last.range.end = range.end,
        _ => found.push(Stretch { range, flow, face }),
    };
    let mut faces = faces.iter().peekable();
    let mut before = (around, None);
    let mut behind = 0;
    for (at, c) in text.char_indices() {
        while faces.next_if(|(range, ..)| range.end <= at).is_some() {}
        let face = faces.peek().filter(|(range, ..)| range.start <= at);
        let face = face.map(|(_, slot, name)| (*slot, *name));
        let flow = match bidi_class(c) {
            BidiClass::L if Slot::of(c.script()) == Slot::Complex => Flow::Complex,
            BidiClass::L => Flow::Plain,
            BidiClass::R | BidiClass::AL => Flow::RightToLeft,
            _ if face.is_some() => before.0,
            _ => continue,
        };
        let own = (flow, face);
        let between = match own == before {
            true => own,
            false => (around, None),
        };
        let end = at + c.len_utf8();
        push(behind..at, between.0, between.1);
        push(at..end, flow, face);
        (before, behind) = (own, end);
    }
    push(behind..text.len(), around, None);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, around: Flow) -> Vec<(&str, Flow)> {
        let stretches = stretches(text, around, &[]).into_iter();
        let shown = stretches.map(|stretch| (&text[stretch.range], stretch.flow));
        shown.collect()
    }

    #[test]
    fn words_of_each_flow_have_stretches_of_their_own() {
        use Flow::{Complex, Plain, RightToLeft};
        assert_eq!(
            shown("plain (words), 12", Plain),
            [("plain (words), 12", Plain)]
        );
        assert_eq!(
            shown("see سلام دنیا, 12", Plain),
            [("see ", Plain), ("سلام دنیا", RightToLeft), (", 12", Plain)]
        );
        assert_eq!(
            shown("آج State Bank (2024) بند", RightToLeft),
            [
                ("آج ", RightToLeft),
                ("State Bank", Plain),
                (" (2024) بند", RightToLeft)
            ]
        );
        assert_eq!(shown("12", RightToLeft), [("12", RightToLeft)]);
        assert_eq!(
            shown("हिन्दी में Bank 12", Complex),
            [("हिन्दी में ", Complex), ("Bank", Plain), (" 12", Complex)]
        );
        assert_eq!(shown("中文 b", Plain), [("中文 b", Plain)]);
    }

    #[test]
    fn a_word_in_a_face_of_its_own_is_a_stretch() {
        let text = "a ქართ b";
        let word = 2..14;
        let faces = [(word.clone(), Slot::Latin, "Georgian")];
        let found = stretches(text, Flow::Plain, &faces);
        assert_eq!(found.len(), 3);
        assert_eq!(found[1].range, word);
        assert_eq!(found[1].face, Some((Slot::Latin, "Georgian")));
    }
}
