//! Voices: everything that decides the shapes of glyphs, apart from their size and colour.

use std::ops::BitOr;

use crate::compose::Shift;
use crate::fonts::{FaceId, FaceSet};
use crate::piece::Direction;
use crate::theme::{Em, Family, Slant, Weight};

use super::language::LanguageId;

/// OpenType features beyond the default ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) struct Features(u8);

impl Features {
    /// Old-style figures.
    pub(crate) const OLD_STYLE: Self = Self(1);
    /// Lining figures.
    pub(crate) const LINING: Self = Self(2);
    /// Figures of one width.
    pub(crate) const TABULAR: Self = Self(4);
    /// Small capitals for lower-case letters.
    pub(crate) const SMALL_CAPITALS: Self = Self(8);
    /// Superscript glyphs.
    pub(crate) const SUPERSCRIPT: Self = Self(16);
    /// Subscript glyphs.
    pub(crate) const SUBSCRIPT: Self = Self(32);
    /// Small capitals for capitals.
    pub(crate) const SMALL_FROM_CAPITALS: Self = Self(64);

    /// The tags, in the order of the bits.
    const TAGS: [&'static [u8; 4]; 7] = [
        b"onum", b"lnum", b"tnum", b"smcp", b"sups", b"subs", b"c2sc",
    ];

    /// Whether all of the others are among these.
    pub(crate) fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// These without the others.
    pub(crate) fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether glyphs are raised or lowered.
    pub(super) fn shift(self) -> bool {
        self.0 & (Self::SUPERSCRIPT.0 | Self::SUBSCRIPT.0) != 0
    }

    /// The features as the shaper takes them.
    pub(super) fn list(self) -> Vec<harfrust::Feature> {
        let set = (0..Self::TAGS.len()).filter(|bit| self.0 & (1 << bit) != 0);
        set.map(|bit| harfrust::Feature::new(harfrust::Tag::new(Self::TAGS[bit]), 1, ..))
            .collect()
    }
}

impl BitOr for Features {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Letterspacing in thousandths of an em, added after every glyph of scripts whose letters stand apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) struct Tracking(pub(crate) i16);

impl Tracking {
    /// The nearest to a length.
    pub(crate) fn of(space: Em) -> Self {
        Self((space.0 * 1000.0).round() as i16)
    }

    /// The same in design units of a face.
    pub(super) fn units(self, units_per_em: u16) -> i32 {
        i32::from(self.0) * i32::from(units_per_em) / 1000
    }
}

/// What a word is shaped with; words of one voice are shaped once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Voice {
    /// The family.
    pub(crate) family: Family,
    /// How heavy.
    pub(crate) weight: Weight,
    /// How sloped.
    pub(crate) slant: Slant,
    /// Features.
    pub(crate) features: Features,
    /// Letterspacing.
    pub(crate) tracking: Tracking,
    /// The language.
    pub(crate) language: LanguageId,
    /// The direction in which its words run.
    pub(crate) direction: Direction,
}

impl Voice {
    /// The face that is asked first.
    pub(super) fn face(self, faces: &FaceSet) -> FaceId {
        faces.of(self.family, self.weight, self.slant)
    }

    /// The same, raised or lowered.
    pub(crate) fn shifted(self, shift: Shift) -> Self {
        let add = match shift {
            Shift::None => return self,
            Shift::Superscript | Shift::Mark => Features::SUPERSCRIPT,
            Shift::Subscript => Features::SUBSCRIPT,
        };
        // Superior figures are drawn once, lining; small capitals have none.
        let plain = self
            .features
            .without(Features::OLD_STYLE | Features::SMALL_CAPITALS | Features::TABULAR);
        Self {
            features: plain | add,
            ..self
        }
    }

    /// The same on the baseline.
    pub(super) fn unshifted(self) -> Self {
        Self {
            features: self
                .features
                .without(Features::SUPERSCRIPT | Features::SUBSCRIPT),
            ..self
        }
    }

    /// The same with small capitals for capitals.
    pub(crate) fn of_small_capitals(self) -> Self {
        Self {
            features: self.features | Features::SMALL_FROM_CAPITALS,
            ..self
        }
    }

    /// The same with lining figures instead of old-style ones.
    pub(crate) fn lining(self) -> Self {
        if !self.features.has(Features::OLD_STYLE) {
            return self;
        }
        Self {
            features: self.features.without(Features::OLD_STYLE) | Features::LINING,
            ..self
        }
    }
}
