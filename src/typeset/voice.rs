//! Voices: everything that decides the shapes of glyphs, apart from their size and colour.

use std::ops::BitOr;

use crate::compose::Shift;
use crate::theme::{Family, Slant, Weight};

/// OpenType features beyond the default ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(super) struct Features(pub(super) u8);

impl Features {
    /// Old-style figures.
    pub(super) const OLD_STYLE: Self = Self(1);
    /// Lining figures.
    pub(super) const LINING: Self = Self(2);
    /// Figures of one width.
    pub(super) const TABULAR: Self = Self(4);
    /// Small capitals for lower-case letters.
    pub(super) const SMALL_CAPITALS: Self = Self(8);
    /// Superscript glyphs.
    pub(super) const SUPERSCRIPT: Self = Self(16);
    /// Subscript glyphs.
    pub(super) const SUBSCRIPT: Self = Self(32);

    /// The tags, in the order of the bits.
    const TAGS: [&'static [u8; 4]; 6] = [b"onum", b"lnum", b"tnum", b"smcp", b"sups", b"subs"];

    pub(super) fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    pub(super) fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
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

/// Names a language met while setting a piece: an index into the shaper's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct LanguageId(pub(super) u16);

/// What a word is shaped with; words of one voice are shaped once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Voice {
    /// The family.
    pub(super) family: Family,
    /// How heavy.
    pub(super) weight: Weight,
    /// How sloped.
    pub(super) slant: Slant,
    /// Features.
    pub(super) features: Features,
    /// Letterspacing in thousandths of an em, added after every glyph.
    pub(super) tracking: i16,
    /// The language.
    pub(super) language: LanguageId,
}

impl Voice {
    /// The same, raised or lowered.
    pub(super) fn shifted(self, shift: Shift) -> Self {
        let add = match shift {
            Shift::None => return self,
            Shift::Superscript => Features::SUPERSCRIPT,
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

    /// The same with lining figures instead of old-style ones.
    pub(super) fn lining(self) -> Self {
        Self {
            features: self.features.without(Features::OLD_STYLE) | Features::LINING,
            ..self
        }
    }
}
