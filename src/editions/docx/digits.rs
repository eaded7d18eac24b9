//! Digits: how a word processor is asked to count in those of a piece. It counts lists, notes and pages itself.

use crate::compose::Digits;

/// A format of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Format {
    /// Its name for lists and notes (ISO/IEC 29500-1, 17.18.59).
    pub(super) list: &'static str,
    /// The switch that asks a field for it (17.16.4.3.1).
    switch: Option<&'static str>,
    /// The digits that it shows.
    digits: Digits,
}

/// What stands in for digits that the standard has no format for.
pub(super) const DECIMAL: Format = Format {
    list: "decimal",
    switch: None,
    digits: Digits::EUROPEAN,
};

/// The formats of other digits by their zeros.
const FORMATS: &[(char, &str, &str)] = &[
    ('\u{0966}', "hindiNumbers", "HINDIARABIC"),
    ('\u{0E50}', "thaiNumbers", "THAIARABIC"),
];

/// The nearest format.
pub(super) fn of(digits: Digits) -> Format {
    let known = FORMATS.iter().find(|(zero, ..)| *zero == digits.zero());
    known.map_or(DECIMAL, |(_, list, switch)| Format {
        list,
        switch: Some(switch),
        digits,
    })
}

impl Format {
    /// The instruction of a field.
    pub(super) fn field(self, name: &str) -> String {
        match self.switch {
            Some(switch) => format!("{name} \\* {switch}"),
            None => name.to_owned(),
        }
    }

    /// A number as the word processor will show it.
    pub(super) fn number(self, value: usize) -> String {
        self.digits.number(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_without_a_format_of_their_own_are_counted_in_european_ones() {
        for (language, list, field, one) in [
            ("en", "decimal", "PAGE", "1"),
            ("bn", "decimal", "PAGE", "1"),
            ("hi-u-nu-deva", "hindiNumbers", "PAGE \\* HINDIARABIC", "१"),
            ("th-u-nu-thai", "thaiNumbers", "PAGE \\* THAIARABIC", "๑"),
        ] {
            let format = of(Digits::of(language));
            let found = (format.list, format.field("PAGE"), format.number(1));
            assert_eq!(
                found,
                (list, field.to_owned(), one.to_owned()),
                "{language}"
            );
        }
    }
}
