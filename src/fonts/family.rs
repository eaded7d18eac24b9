//! Families of faces and how their faces differ.

use std::borrow::Cow;
use std::sync::Arc;

use super::{Use, Uses};

/// A family of faces of a [`super::FaceSet`]; what it is called and made of, its record there says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Family(pub(super) u8);

impl Family {
    /// Source Serif 4, which is embedded.
    pub const SOURCE_SERIF: Self = Self(0);
    /// Source Sans 3, which is embedded.
    pub const SOURCE_SANS: Self = Self(1);

    /// The embedded families by the names that theme files use.
    pub const EMBEDDED: [(&'static str, Self); 2] = [
        ("source-serif", Self::SOURCE_SERIF),
        ("source-sans", Self::SOURCE_SANS),
    ];

    /// The embedded family of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let family = Self::EMBEDDED.iter().find(|(known, _)| *known == name);
        family.map(|(_, family)| *family)
    }
}

/// What editions say of a family.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FamilyRecord {
    /// The name under which it is installed.
    pub installed: Cow<'static, str>,
    /// The name of its subsets in reflowable editions: "Source" is a reserved name under the OFL (clause 3).
    pub subset: Cow<'static, str>,
    /// How the names of its files begin.
    pub file: Cow<'static, str>,
    /// Serif or not.
    pub generic: Generic,
    /// The face that every machine has and that is nearest.
    pub instead: &'static str,
    /// Faces that machines may have, best first, as a style sheet lists them.
    pub stack: Cow<'static, str>,
    /// What may carry its faces.
    pub uses: Uses,
    /// The text of their licence, where it goes along with their files.
    pub licence: Option<Arc<[u8]>>,
}

impl FamilyRecord {
    /// The file of the licence beside the faces' files: its path in a publication or site, and its text.
    #[must_use]
    pub fn licence_file(&self) -> Option<(String, Arc<[u8]>)> {
        let text = self.licence.as_ref()?;
        Some((format!("fonts/{}-licence.txt", self.file), Arc::clone(text)))
    }

    /// The name under which an edition that carries its faces has them, else the name under which a reader may have them.
    #[must_use]
    pub fn name_in(&self, of: Use) -> &str {
        if self.uses.allow(of) {
            &self.subset
        } else {
            &self.installed
        }
    }
}

/// What kind of family it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Generic {
    /// With serifs.
    Serif,
    /// Without.
    Sans,
}

impl Generic {
    /// As style sheets name it (CSS Fonts 4, 2.1.3).
    #[must_use]
    pub fn css(self) -> &'static str {
        match self {
            Self::Serif => "serif",
            Self::Sans => "sans-serif",
        }
    }
}

/// How heavy a face is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Weight {
    /// For running text.
    #[default]
    Regular,
    /// For headings, and for what is strong.
    Semibold,
}

impl Weight {
    /// The weight of words that stand in a text of this weight, strong ones or others.
    #[must_use]
    pub fn of_words(self, strong: bool) -> Self {
        if strong { Self::Semibold } else { self }
    }

    /// The one that tells words from those of this weight.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Regular => Self::Semibold,
            Self::Semibold => Self::Regular,
        }
    }

    /// The weight as style sheets write it (CSS Fonts 4, 2.2).
    #[must_use]
    pub fn css(self) -> u16 {
        match self {
            Self::Regular => 400,
            Self::Semibold => 600,
        }
    }
}

/// The styles of a family, in the order in which its faces stand.
pub const STYLES: [(Weight, Slant); 4] = [
    (Weight::Regular, Slant::Upright),
    (Weight::Regular, Slant::Italic),
    (Weight::Semibold, Slant::Upright),
    (Weight::Semibold, Slant::Italic),
];

/// How a face slopes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Slant {
    /// For running text.
    #[default]
    Upright,
    /// For what is emphasised.
    Italic,
}

impl Slant {
    /// The slant of words that stand in a text of this slant, emphasised ones or others: emphasis inside italics is upright.
    #[must_use]
    pub fn of_words(self, emphasised: bool) -> Self {
        match (self, emphasised) {
            (Self::Upright, true) | (Self::Italic, false) => Self::Italic,
            (Self::Upright, false) | (Self::Italic, true) => Self::Upright,
        }
    }

    /// The slant as style sheets write it (CSS Fonts 4, 2.4).
    #[must_use]
    pub fn css(self) -> &'static str {
        match self {
            Self::Upright => "normal",
            Self::Italic => "italic",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emphasis_inside_italics_is_upright_and_strong_words_stay_strong() {
        assert_eq!(Slant::Italic.of_words(true), Slant::Upright);
        assert_eq!(Slant::Upright.of_words(true), Slant::Italic);
        assert_eq!(Weight::Semibold.of_words(false), Weight::Semibold);
        assert_eq!(Weight::Regular.of_words(true), Weight::Semibold);
    }
}
