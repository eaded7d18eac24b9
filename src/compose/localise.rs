//! Dates and lists as a language writes them (Unicode CLDR, through `icu`).

use std::fmt;

use icu_calendar::Gregorian;
use icu_datetime::FixedCalendarDateTimeFormatter;
use icu_datetime::fieldsets::YMD;
use icu_list::options::ListFormatterOptions;
use icu_list::{ListFormatter, parts};
use icu_locale::Locale;
use writeable::{Part, PartsWrite, Writeable};

use crate::piece::{Date, LanguageTag};

/// A day as a language writes it, else in digits.
#[must_use]
pub fn date_line(day: Date, language: &LanguageTag) -> String {
    date(day, language).unwrap_or_else(|| day.to_string())
}

/// A day in the long form of a language, always of the Gregorian calendar: `4 November 2025`. Nothing for a language of
/// which no dates are known, which would be given the form of no language, `2025 M11 4`.
pub(crate) fn date(date: Date, language: &LanguageTag) -> Option<String> {
    let written = long_date(date, language.to_locale())?;
    (Some(&written) != long_date(date, Locale::UNKNOWN).as_ref()).then_some(written)
}

fn long_date(date: Date, locale: Locale) -> Option<String> {
    let formatter =
        FixedCalendarDateTimeFormatter::<Gregorian, _>::try_new(locale.into(), YMD::long()).ok()?;
    let day = date.to_icu().to_calendar(Gregorian);
    Some(formatter.format(&day).to_string())
}

/// A part of a joined list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ListPart {
    /// The next element.
    Element,
    /// What stands between elements, or around them.
    Between(String),
}

/// Joins elements as a language joins a list with "and": `A, B and C`.
pub(super) fn list(elements: &[&str], language: &LanguageTag) -> Vec<ListPart> {
    let formatter =
        ListFormatter::try_new_and(language.to_locale().into(), ListFormatterOptions::default());
    let Ok(formatter) = formatter else {
        let parts = elements
            .iter()
            .flat_map(|_| [ListPart::Between(", ".to_owned()), ListPart::Element]);
        return parts.skip(1).collect();
    };
    let mut joined = Joined::default();
    let written = formatter
        .format(elements.iter())
        .write_to_parts(&mut joined);
    written.expect("writing to memory does not fail");
    joined.parts
}

/// Joins elements as a language begins a list that goes on: `A, B, C`.
pub(super) fn begun_list(elements: &[&str], language: &LanguageTag) -> String {
    // What stands between the first of many.
    let more = [elements, &["", ""]].concat();
    let mut next = elements.iter();
    let mut begun = String::new();
    for part in list(&more, language) {
        match (part, next.as_slice()) {
            (ListPart::Element, [last]) => {
                begun += last;
                break;
            }
            (ListPart::Element, []) => break,
            (ListPart::Element, _) => begun += next.next().copied().unwrap_or_default(),
            (ListPart::Between(between), _) => begun += &between,
        }
    }
    begun
}

/// Takes a formatted list apart into its elements and what stands between them.
#[derive(Default)]
struct Joined {
    parts: Vec<ListPart>,
    in_element: bool,
}

impl fmt::Write for Joined {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if self.in_element || text.is_empty() {
            return Ok(());
        }
        match self.parts.last_mut() {
            Some(ListPart::Between(between)) => between.push_str(text),
            _ => self.parts.push(ListPart::Between(text.to_owned())),
        }
        Ok(())
    }
}

impl PartsWrite for Joined {
    type SubPartsWrite = Self;

    fn with_part(
        &mut self,
        part: Part,
        mut f: impl FnMut(&mut Self) -> fmt::Result,
    ) -> fmt::Result {
        let element = part == parts::ELEMENT;
        if element {
            self.parts.push(ListPart::Element);
        }
        let outside = self.in_element;
        self.in_element |= element;
        let result = f(self);
        self.in_element = outside;
        result
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(text: &str) -> LanguageTag {
        LanguageTag::parse(text).expect("a tag")
    }

    fn joined(elements: &[&str], language: &str) -> String {
        let mut next = elements.iter();
        let parts = list(elements, &tag(language))
            .into_iter()
            .map(|part| match part {
                ListPart::Element => (*next.next().expect("an element")).to_owned(),
                ListPart::Between(between) => between,
            });
        parts.collect()
    }

    #[test]
    fn a_list_is_joined_by_the_rule_of_its_language() {
        assert_eq!(joined(&["A", "B", "C"], "en-GB"), "A, B and C");
        assert_eq!(joined(&["A", "B", "C"], "en-US"), "A, B, and C");
        assert_eq!(joined(&["A"], "en-GB"), "A");
        assert_eq!(joined(&["Juan", "Isabel"], "es"), "Juan e Isabel");
        assert_eq!(joined(&["A", "B"], "de"), "A und B");
        assert_eq!(joined(&["王", "李", "张"], "zh"), "王、李和张");
    }

    #[test]
    fn a_list_that_goes_on_is_parted_as_its_language_parts_lists() {
        let begun = |language: &str| begun_list(&["A", "B", "C"], &tag(language));
        for language in ["en-GB", "en-US", "de", "fr", "tr"] {
            assert_eq!(begun(language), "A, B, C", "{language}");
        }
        assert_eq!(begun("ur"), "A، B، C");
        assert_eq!(begun("ja"), "A、B、C");
        assert_eq!(begun_list(&["A"], &tag("ur")), "A");
        assert_eq!(begun_list(&[], &tag("ur")), "");
    }

    #[test]
    fn a_date_is_written_in_its_language_and_the_gregorian_calendar() {
        let day = Date::parse("2025-11-04").expect("a date");
        let date = |language| date(day, &tag(language));
        assert_eq!(date("en-GB").as_deref(), Some("4 November 2025"));
        assert_eq!(date("en-US").as_deref(), Some("November 4, 2025"));
        assert_eq!(date("de").as_deref(), Some("4. November 2025"));
        assert_eq!(date("ja").as_deref(), Some("2025年11月4日"));
        assert!(date("th").is_some_and(|date| date.contains("2025")));
        assert!(date("fa").is_some_and(|date| date.contains("۲۰۲۵")));
        assert_eq!(date("tlh"), None);
    }
}
