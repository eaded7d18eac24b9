//! Counters: how style sheets count in the digits of a piece.

use crate::compose::Digits;

/// How the items of a numbered list are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counter {
    /// As readers' programs count unasked.
    Usual,
    /// In a counter style of this name.
    Named(&'static str),
    /// In digits that no counter style has: each label is spelled out.
    Spelled,
}

/// The numeric counter styles by their zeros (CSS Counter Styles 3, 6.1).
const STYLES: &[(char, &str)] = &[
    ('\u{3007}', "cjk-decimal"),
    ('\u{0660}', "arabic-indic"),
    ('\u{06F0}', "persian"),
    ('\u{0966}', "devanagari"),
    ('\u{09E6}', "bengali"),
    ('\u{0A66}', "gurmukhi"),
    ('\u{0AE6}', "gujarati"),
    ('\u{0B66}', "oriya"),
    ('\u{0BE6}', "tamil"),
    ('\u{0C66}', "telugu"),
    ('\u{0CE6}', "kannada"),
    ('\u{0D66}', "malayalam"),
    ('\u{0E50}', "thai"),
    ('\u{0ED0}', "lao"),
    ('\u{0F20}', "tibetan"),
    ('\u{1040}', "myanmar"),
    ('\u{17E0}', "khmer"),
    ('\u{1810}', "mongolian"),
];

impl Counter {
    /// The counter that writes these digits.
    pub(super) fn of(digits: Digits) -> Self {
        if digits == Digits::EUROPEAN {
            return Self::Usual;
        }
        let style = STYLES.iter().find(|(zero, _)| *zero == digits.zero());
        style.map_or(Self::Spelled, |(_, name)| Self::Named(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_counted_by_name_where_there_is_one() {
        for (language, counter) in [
            ("en", Counter::Usual),
            ("bn", Counter::Named("bengali")),
            ("fa", Counter::Named("persian")),
            ("th-u-nu-thai", Counter::Named("thai")),
            ("sat", Counter::Spelled),
        ] {
            assert_eq!(Counter::of(Digits::of(language)), counter, "{language}");
        }
    }
}
