//! Clusters: which glyphs of a run are shown as one, and what that one is read as.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::composites::{Component, Composite, MOST};
use super::fonts::Coded;
use super::run::RunWriter;
use crate::piece::Direction;
use crate::shape::BESIDE_LATIN;
use crate::typeset::GlyphKind;

/// PDFium asks only of what is higher than 4.5 points whether it stands on the line; rounded down.
const HIGH: f32 = 4.0;
/// So far up and down from the baseline glyphs reach that stand off it, in design units.
const REACH: i16 = 20;

impl RunWriter<'_, '_, '_> {
    /// The codes by which a cluster is shown as one glyph, and what is read behind it in glyphs without a width.
    pub(super) fn made_one(&mut self, glyphs: Range<usize>, text: &str) -> Option<Vec<Coded>> {
        let mut whole = Some(self.composite(glyphs)?);
        let coded = parts(text, self.run.direction).map(|part| {
            let composite = whole.take().unwrap_or(Composite::CARRIER);
            self.face.cluster(composite, part)
        });
        coded.collect()
    }

    /// The glyphs of a cluster made one, where they are few. It moves the pen as far as all of them: a distance that a reader
    /// were told instead would part the word.
    fn composite(&self, glyphs: Range<usize>) -> Option<Composite> {
        if glyphs.len() > MOST {
            return None;
        }
        let mut seen = self.run.glyphs[glyphs.clone()].iter().map(|glyph| glyph.id);
        let seen = seen.find(|glyph| self.face.reach(*glyph).is_some());
        let seen = seen.filter(|_| self.is_off_line(glyphs.clone()));
        let mut at = 0;
        let components = glyphs.map(|index| {
            let glyph = self.run.glyphs[index];
            let (x, y) = self.offset(index);
            let component = Component {
                glyph: glyph.id,
                x: i16::try_from(at + i32::from(x)).ok()?,
                y,
                is_speck: false,
            };
            at += i32::from(glyph.advance);
            Some(component)
        });
        let mut components = components.collect::<Option<Vec<_>>>()?;
        let specks = seen.map(|glyph| {
            [-REACH, REACH].map(|y| Component {
                glyph,
                x: 0,
                y,
                is_speck: true,
            })
        });
        components.extend(specks.into_iter().flatten());
        // A letter may be drawn wholly under the one before it: the pen goes back as a distance then.
        let advance = u16::try_from(at.max(0)).ok()?;
        Some(Composite {
            components,
            advance,
        })
    }

    /// Whether high glyphs stand wholly above the baseline or wholly below it, as many do that go down a slope. PDFium parts a line
    /// where nothing of an operation is as high as what is shown before it; such glyphs are made to reach the baseline.
    pub(super) fn is_off_line(&self, glyphs: Range<usize>) -> bool {
        if !self.is_backward() {
            return false;
        }
        let reaches = glyphs.filter_map(|index| {
            let up = f32::from(self.offset(index).1);
            let reach = self.face.reach(self.run.glyphs[index].id)?;
            Some(reach.map(|own| own + up))
        });
        let whole = reaches.reduce(|[low, high], [bottom, top]| [low.min(bottom), high.max(top)]);
        whole.is_some_and(|[bottom, top]| {
            let unit = self.run.size.0 / f32::from(self.run.units_per_em);
            let reach = f32::from(REACH);
            (top - bottom) * unit > HIGH && (bottom > -reach || top < reach)
        })
    }

    /// Whether what follows a glyph stands much farther from it than it does by itself, as an ideograph from a Latin word, or much
    /// nearer, as some letters of Ethiopic are kerned. Readers part words at such a distance, so there is none: a glyph is made of it
    /// that is as much wider or narrower. A glyph without any room, as that of a soft hyphen, is not kerned.
    pub(super) fn is_widened(&self, index: usize) -> bool {
        let glyph = self.run.glyphs[index];
        let own = self.face.advance(glyph.id).unwrap_or_default();
        let more = (f32::from(glyph.advance) - own) / f32::from(self.run.units_per_em);
        // The letters beside it may be kerned.
        let far = BESIDE_LATIN - 0.1;
        let nearer =
            more < -far && glyph.advance > 0 && self.run.direction == Direction::LeftToRight;
        glyph.kind == GlyphKind::Text && (more > far || nearer)
    }
}

/// What a cluster is read as, part by part: its letters and its marks. From right to left each character is read by itself, since
/// poppler, PDFium and Firefox's viewer turn round what they read of one glyph.
pub(super) fn parts(text: &str, direction: Direction) -> impl Iterator<Item = &str> {
    let (first, behind) = match direction {
        Direction::LeftToRight => letters_and_marks(text),
        Direction::RightToLeft => text.split_at(text.chars().next().map_or(0, char::len_utf8)),
    };
    let mut rest = behind;
    let further = std::iter::from_fn(move || {
        let length = match direction {
            Direction::LeftToRight => rest.len(),
            Direction::RightToLeft => rest.chars().next()?.len_utf8(),
        };
        let (part, others) = rest.split_at(length);
        rest = others;
        (!part.is_empty()).then_some(part)
    });
    std::iter::once(first).chain(further)
}

/// The text of a cluster up to its first mark, and what follows. Firefox's viewer takes what has a mark in it for a mark alone,
/// without a width, so that a gap is left where the letter was; shown behind its letter, without a width, it is what it is taken for.
fn letters_and_marks(text: &str) -> (&str, &str) {
    let mut characters = text.char_indices().skip(1);
    match characters.find(|(_, c)| is_combining_mark(*c)) {
        Some((at, _)) => text.split_at(at),
        None => (text, ""),
    }
}

/// Shares a text out between glyphs, a character each and the rest to the last; one of fewer characters cannot be.
pub(super) fn share(text: &str, glyphs: usize) -> Option<Vec<&str>> {
    let mut starts = text.char_indices().map(|(at, _)| at);
    let starts: Vec<usize> = starts.by_ref().take(glyphs).collect();
    let ends = starts.iter().copied().skip(1).chain([text.len()]);
    let texts = starts
        .iter()
        .zip(ends)
        .map(|(start, end)| &text[*start..end]);
    (starts.len() == glyphs).then(|| texts.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn from_right_to_left_each_character_is_read_by_itself() {
        let of = |text, direction| parts(text, direction).collect::<Vec<_>>();
        assert_eq!(of("שָּׁ", Direction::RightToLeft).concat(), "שָּׁ");
        assert_eq!(of("لا", Direction::RightToLeft), ["ل", "ا"]);
        assert_eq!(of("", Direction::RightToLeft), [""]);
        assert_eq!(
            of("q\u{303}\u{301}", Direction::LeftToRight),
            ["q", "\u{303}\u{301}"]
        );
        assert_eq!(of("\u{303}", Direction::LeftToRight), ["\u{303}"]);
        assert_eq!(of("", Direction::LeftToRight), [""]);
    }

    #[test]
    fn marks_are_read_behind_the_letters_that_they_stand_on() {
        assert_eq!(letters_and_marks("q\u{303}"), ("q", "\u{303}"));
        assert_eq!(letters_and_marks("शां"), ("श", "ां"));
        assert_eq!(letters_and_marks("ffi"), ("ffi", ""));
        assert_eq!(letters_and_marks("\u{303}"), ("\u{303}", ""));
        assert_eq!(letters_and_marks(""), ("", ""));
    }

    #[test]
    fn a_text_is_shared_out_where_it_has_a_character_for_each_glyph() {
        assert_eq!(
            share("q\u{323}\u{301}", 2),
            Some(vec!["q", "\u{323}\u{301}"])
        );
        assert_eq!(share("é", 1), Some(vec!["é"]));
        assert_eq!(share("é", 2), None);
    }
}
