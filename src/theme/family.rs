//! Families of faces and how their faces differ.

/// The families of faces that are compiled in; what each is called and made of stands in [`crate::fonts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// Source Serif 4.
    SourceSerif,
    /// Source Sans 3.
    SourceSans,
}

impl Family {
    /// The families by the names that theme files use.
    pub const ALL: [(&'static str, Self); 2] = [
        ("source-serif", Self::SourceSerif),
        ("source-sans", Self::SourceSans),
    ];

    /// The family of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let family = Self::ALL.iter().find(|(known, _)| *known == name);
        family.map(|(_, family)| *family)
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

    /// The weight as style sheets write it (CSS Fonts 4, 2.2).
    #[must_use]
    pub fn css(self) -> u16 {
        match self {
            Self::Regular => 400,
            Self::Semibold => 600,
        }
    }
}

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
