//! Digits: those in which the numbers are written that nobody wrote, list labels, notes and folios alike.

use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_decimal::options::{DecimalFormatterOptions, GroupingStrategy};
use icu_locale::Locale;
use icu_locale::extensions::unicode::key;

use crate::piece::LanguageTag;

/// The digits of a piece, from zero to nine: its language's usual ones (Unicode CLDR), or those that its tag asks for with `-u-nu-`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Digits([char; 10]);

/// The systems of ten digits that follow each other, by their zeros (Unicode CLDR, `numberingSystems.xml`). The library has data
/// for those alone that a language uses unasked.
const SYSTEMS: &[(&str, char)] = &[
    ("adlm", '\u{1E950}'),
    ("ahom", '\u{11730}'),
    ("arab", '\u{0660}'),
    ("arabext", '\u{06F0}'),
    ("bali", '\u{1B50}'),
    ("beng", '\u{09E6}'),
    ("bhks", '\u{11C50}'),
    ("brah", '\u{11066}'),
    ("cakm", '\u{11136}'),
    ("cham", '\u{AA50}'),
    ("deva", '\u{0966}'),
    ("diak", '\u{11950}'),
    ("fullwide", '\u{FF10}'),
    ("gara", '\u{10D40}'),
    ("gong", '\u{11DA0}'),
    ("gonm", '\u{11D50}'),
    ("gujr", '\u{0AE6}'),
    ("gukh", '\u{16130}'),
    ("guru", '\u{0A66}'),
    ("hmng", '\u{16B50}'),
    ("hmnp", '\u{1E140}'),
    ("java", '\u{A9D0}'),
    ("kali", '\u{A900}'),
    ("kawi", '\u{11F50}'),
    ("khmr", '\u{17E0}'),
    ("knda", '\u{0CE6}'),
    ("krai", '\u{16D70}'),
    ("lana", '\u{1A80}'),
    ("lanatham", '\u{1A90}'),
    ("laoo", '\u{0ED0}'),
    ("latn", '\u{0030}'),
    ("lepc", '\u{1C40}'),
    ("limb", '\u{1946}'),
    ("mathbold", '\u{1D7CE}'),
    ("mathdbl", '\u{1D7D8}'),
    ("mathmono", '\u{1D7F6}'),
    ("mathsanb", '\u{1D7EC}'),
    ("mathsans", '\u{1D7E2}'),
    ("mlym", '\u{0D66}'),
    ("modi", '\u{11650}'),
    ("mong", '\u{1810}'),
    ("mroo", '\u{16A60}'),
    ("mtei", '\u{ABF0}'),
    ("mymr", '\u{1040}'),
    ("mymrepka", '\u{116DA}'),
    ("mymrpao", '\u{116D0}'),
    ("mymrshan", '\u{1090}'),
    ("mymrtlng", '\u{A9F0}'),
    ("nagm", '\u{1E4F0}'),
    ("newa", '\u{11450}'),
    ("nkoo", '\u{07C0}'),
    ("olck", '\u{1C50}'),
    ("onao", '\u{1E5F1}'),
    ("orya", '\u{0B66}'),
    ("osma", '\u{104A0}'),
    ("outlined", '\u{1CCF0}'),
    ("rohg", '\u{10D30}'),
    ("saur", '\u{A8D0}'),
    ("segment", '\u{1FBF0}'),
    ("shrd", '\u{111D0}'),
    ("sind", '\u{112F0}'),
    ("sinh", '\u{0DE6}'),
    ("sora", '\u{110F0}'),
    ("sund", '\u{1BB0}'),
    ("sunu", '\u{11BF0}'),
    ("takr", '\u{116C0}'),
    ("talu", '\u{19D0}'),
    ("tamldec", '\u{0BE6}'),
    ("telu", '\u{0C66}'),
    ("thai", '\u{0E50}'),
    ("tibt", '\u{0F20}'),
    ("tirh", '\u{114D0}'),
    ("tnsa", '\u{16AC0}'),
    ("vaii", '\u{A620}'),
    ("wara", '\u{118E0}'),
    ("wcho", '\u{1E2F0}'),
];

impl Digits {
    /// The digits 0 to 9 of ASCII.
    pub const EUROPEAN: Self = Self(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);

    /// The digits of a language.
    #[must_use]
    pub fn of(language: &str) -> Self {
        let Ok(locale) = Locale::try_from_str(language) else {
            return Self::EUROPEAN;
        };
        Self::asked_for(&locale)
            .or_else(|| Self::known(locale))
            .unwrap_or(Self::EUROPEAN)
    }

    /// Those that a tag asks for, where they follow each other in Unicode.
    fn asked_for(locale: &Locale) -> Option<Self> {
        let asked = locale.extensions.unicode.keywords.get(&key!("nu"))?;
        let asked = asked.to_string();
        let (_, zero) = SYSTEMS.iter().find(|(name, _)| *name == asked)?;
        let mut digits = Self::EUROPEAN.0;
        for (value, digit) in (0..).zip(&mut digits) {
            *digit = char::from_u32(u32::from(*zero) + value)?;
        }
        Some(Self(digits))
    }

    fn known(locale: Locale) -> Option<Self> {
        let mut options = DecimalFormatterOptions::default();
        options.grouping_strategy = Some(GroupingStrategy::Never);
        let formatter = DecimalFormatter::try_new(locale.into(), options).ok()?;
        let mut digits = Self::EUROPEAN.0;
        for (value, digit) in (0_u32..).zip(&mut digits) {
            let written = formatter.format(&value.into()).to_string();
            // One character, whatever it counts as: Chinese digits are letters.
            let mut written = written.chars();
            *digit = written.next()?;
            if written.next().is_some() {
                return None;
            }
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

/// The decimal mark of a language (Unicode CLDR); a point where none is known.
pub(super) fn decimal_mark(language: &LanguageTag) -> char {
    let options = DecimalFormatterOptions::default();
    let formatter = DecimalFormatter::try_new(language.to_locale().into(), options);
    let written = formatter.ok().zip("1.5".parse().ok());
    let written =
        written.map(|(formatter, half): (_, Decimal)| formatter.format(&half).to_string());
    let mark = written.and_then(|written| written.chars().nth(1));
    mark.unwrap_or('.')
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
            ("zh-Hant-u-nu-hanidec", "一二〇九"),
            ("en-u-nu-fullwide", "１２０９"),
            ("en-u-nu-mathbold", "𝟏𝟐𝟎𝟗"),
            ("xx", "1209"),
        ] {
            assert_eq!(Digits::of(language).number(1_209), expected, "{language}");
        }
    }
}
