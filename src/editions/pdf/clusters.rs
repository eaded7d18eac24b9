//! Clusters: which glyphs of a run are shown as one.

use std::ops::Range;

use super::composites::{Component, Composite, MOST};
use super::fonts::Coded;
use super::parts::parts;
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
