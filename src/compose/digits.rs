//! Digits: those in which the numbers are written that nobody wrote, list labels, notes and folios alike.

use icu_decimal::DecimalFormatter;
use icu_decimal::options::{DecimalFormatterOptions, GroupingStrategy};
use icu_locale::Locale;

/// The digits of a piece, from zero to nine: its language's usual ones (Unicode CLDR), or those that its tag asks for with `-u-nu-`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Digits([char; 10]);

impl Digits {
    /// The digits 0 to 9 of ASCII.
    pub const EUROPEAN: Self = Self(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);

    /// The digits of a language.
    #[must_use]
    pub fn of(language: &str) -> Self {
        Self::known(language).unwrap_or(Self::EUROPEAN)
    }

    fn known(language: &str) -> Option<Self> {
        let locale = Locale::try_from_str(language).ok()?;
        let mut options = DecimalFormatterOptions::default();
        options.grouping_strategy = Some(GroupingStrategy::Never);
        let formatter = DecimalFormatter::try_new(locale.into(), options).ok()?;
        let mut digits = Self::EUROPEAN.0;
        for (value, digit) in (0_u32..).zip(&mut digits) {
            let written = formatter.format(&value.into()).to_string();
            *digit = written.chars().find(|c| c.is_numeric())?;
        }
        Some(Self(digits))
    }

    /// The digit zero, by which tables of numbering systems are read.
    #[must_use]
    pub fn zero(self) -> char {
        self.0[0]
    }

    /// A whole number, without grouping.
    #[must_use]
    pub fn number(self, value: usize) -> String {
        let written = value.to_string();
        let digits = written.bytes().map(|b| self.0[usize::from(b - b'0')]);
        digits.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_those_of_the_language_unless_the_tag_asks_for_others() {
        for (language, expected) in [
            ("en-GB", "1209"),
            ("fa", "۱۲۰۹"),
            ("bn", "১২০৯"),
            ("bn-u-nu-latn", "1209"),
            ("hi", "1209"),
            ("hi-u-nu-deva", "१२०९"),
            ("th-u-nu-thai", "๑๒๐๙"),
            ("en-u-nu-arab", "١٢٠٩"),
            ("sat", "᱑᱒᱐᱙"),
            ("xx", "1209"),
        ] {
            assert_eq!(Digits::of(language).number(1_209), expected, "{language}");
        }
    }
}
