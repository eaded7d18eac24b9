//! What a face may be used for: the editions that may carry it.

/// An edition, or what stands beside one, that would carry a face.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// The paper edition, which holds every face that it shows (ISO 19005-2, 6.2.11.4).
    Pdf,
    /// The word processor's edition.
    Docx,
    /// The book.
    Epub,
    /// Pages for a browser: one file, or a site.
    Web,
    /// Covers and share images, which are pictures and hold outlines only.
    Cover,
}

impl Use {
    /// Every use by the name that theme files give it.
    pub const ALL: [(&'static str, Self); 5] = [
        ("pdf", Self::Pdf),
        ("docx", Self::Docx),
        ("epub", Self::Epub),
        ("web", Self::Web),
        ("cover", Self::Cover),
    ];

    /// The use of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let found = Self::ALL.iter().find(|(known, _)| *known == name);
        found.map(|(_, of)| *of)
    }
}

/// A set of uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Uses(u8);

impl Uses {
    /// No use at all.
    pub const NONE: Self = Self(0);
    /// Every use.
    pub const ALL: Self = Self(0b1_1111);

    /// These and one more.
    #[must_use]
    pub fn with(self, of: Use) -> Self {
        Self(self.0 | 1 << of as u8)
    }

    /// Those that are among these and the others.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether a use is among them.
    #[must_use]
    pub fn allow(self, of: Use) -> bool {
        self.0 & 1 << of as u8 != 0
    }
}

impl FromIterator<Use> for Uses {
    fn from_iter<I: IntoIterator<Item = Use>>(uses: I) -> Self {
        uses.into_iter().fold(Self::NONE, Self::with)
    }
}
