//! Which standards the PDF edition keeps.

use std::fmt;

/// Standards that the PDF edition keeps together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum PdfStandard {
    /// PDF 1.7 that is PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2).
    #[default]
    Ua1,
    /// PDF 2.0 that is PDF/UA-2 (ISO 14289-2), PDF/A-4 (ISO 19005-4) and Well-Tagged PDF 1.0.
    Ua2,
}

impl PdfStandard {
    /// Every one.
    pub const ALL: [Self; 2] = [Self::Ua1, Self::Ua2];

    /// The name by which it is asked for.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ua1 => "ua-1",
            Self::Ua2 => "ua-2",
        }
    }

    /// The standard of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|standard| standard.name() == name)
    }
}

impl fmt::Display for PdfStandard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
