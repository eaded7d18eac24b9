//! Numbers of a site, as its language writes them (Unicode CLDR).

use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_decimal::options::DecimalFormatterOptions;

use crate::piece::LanguageTag;

/// A number of tenths as a language writes it; a whole one without its decimal.
#[must_use]
pub fn tenths(value: u64, language: &LanguageTag) -> String {
    let mut decimal = Decimal::from(value);
    decimal.multiply_pow10(-1);
    decimal.absolute.trim_end_if_integer();
    let options = DecimalFormatterOptions::default();
    match DecimalFormatter::try_new(language.to_locale().into(), options) {
        Ok(formatter) => formatter.format(&decimal).to_string(),
        Err(_) => decimal.to_string(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_the_language_has_them() {
        for (language, value, expected) in [
            ("en", 12_345, "1,234.5"),
            ("de", 12_345, "1.234,5"),
            ("en", 120, "12"),
            ("ar-EG", 23, "٢٫٣"),
            ("fr", 15, "1,5"),
        ] {
            let tag = LanguageTag::parse(language).unwrap();
            assert_eq!(tenths(value, &tag), expected, "{language}");
        }
    }
}
