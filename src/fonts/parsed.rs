//! The embedded faces, parsed once a process and only when first asked for.

use std::sync::OnceLock;

use harfrust::Font;
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

use super::{FACES, FaceId};

/// More slots than there are faces; a test holds it.
const SLOTS: usize = 32;

static FONTS: [OnceLock<Font>; SLOTS] = [const { OnceLock::new() }; SLOTS];

impl FaceId {
    /// The parsed face, for shaping, metrics and characters.
    ///
    /// # Panics
    /// Never: a test parses every embedded face.
    #[must_use]
    pub fn font(self) -> &'static Font {
        FONTS[usize::from(self.0)].get_or_init(|| {
            let data: &'static [u8] = FACES[usize::from(self.0)].data;
            Font::new(data, 0).expect("the embedded faces are whole")
        })
    }

    /// The glyph of a character, if the face has one.
    #[must_use]
    pub fn glyph(self, character: char) -> Option<u16> {
        let glyph = self.font().charmap().map_unicode(character)?;
        u16::try_from(glyph.to_u32()).ok().filter(|id| *id != 0)
    }

    /// The advance of a glyph in em, kerning left out.
    #[must_use]
    pub fn advance(self, glyph: u16) -> f32 {
        let font = FontRef::new(self.face().data);
        let metrics = font.map(|font| font.glyph_metrics(Size::unscaled(), LocationRef::default()));
        let advance = metrics.ok().and_then(|m| m.advance_width(glyph.into()));
        advance.unwrap_or_default() / f32::from(self.units_per_em())
    }

    /// Design units to the em, for example 1000.
    #[must_use]
    pub fn units_per_em(self) -> u16 {
        self.font().units_per_em()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_missing_box_is_the_white_square() {
        let (face, glyph) = super::super::MISSING_BOX;
        assert_eq!(face.glyph('\u{25A1}'), Some(glyph));
    }

    #[test]
    fn every_face_parses_and_has_a_space_and_a_hyphen() {
        assert!(FACES.len() <= SLOTS);
        for index in 0..FACES.len() {
            let face = FaceId(index as u8);
            assert!(face.units_per_em() >= 1000, "{}", face.face().name);
            assert!(face.glyph(' ').is_some(), "{}", face.face().name);
            assert!(face.face().family.is_none() || face.glyph('-').is_some());
        }
    }
}
