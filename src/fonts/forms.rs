//! The forms in which languages write a script that they share.

/// The hand in which a language writes Arabic script.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Hand {
    /// The upright hand of Arabic, Persian, Pashto, Sindhi, Uyghur and Kurdish.
    #[default]
    Naskh,
    /// The sloping hand of Urdu, Punjabi and Kashmiri.
    Nastaliq,
}

impl Hand {
    /// The hands by the names that theme files use.
    pub const ALL: [(&'static str, Self); 2] =
        [("naskh", Self::Naskh), ("nastaliq", Self::Nastaliq)];
}

/// The forms that ideographs take where neither their language nor kana or Hangul beside them says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Han {
    /// Those of mainland China.
    #[default]
    Simplified,
    /// Those of Taiwan.
    Traditional,
    /// Those of Japan.
    Japanese,
    /// Those of Korea.
    Korean,
}

impl Han {
    /// The forms by the names that theme files use.
    pub const ALL: [(&'static str, Self); 4] = [
        ("simplified", Self::Simplified),
        ("traditional", Self::Traditional),
        ("japanese", Self::Japanese),
        ("korean", Self::Korean),
    ];

    /// A language that takes these forms.
    #[must_use]
    pub fn language(self) -> &'static str {
        match self {
            Self::Simplified => "zh-Hans",
            Self::Traditional => "zh-Hant",
            Self::Japanese => "ja",
            Self::Korean => "ko",
        }
    }
}
