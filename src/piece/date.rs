//! Calendar dates of publication.

use std::fmt;

use icu_calendar::{Date as IcuDate, Iso};
use serde::{Deserialize, Serialize};

/// A day of the proleptic Gregorian calendar that exists, years 1 to 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

/// Why a text is no date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// Not four, two and two digits with hyphens between.
    #[error("`{text}` is not a date of the form YYYY-MM-DD")]
    Form {
        /// What was written.
        text: String,
    },
    /// The right form, but no such day.
    #[error("there is no day {text}")]
    NoSuchDay {
        /// What was written.
        text: String,
    },
}

impl Date {
    /// Reads `YYYY-MM-DD` (ISO 8601-1, 5.2.2.1, extended format).
    ///
    /// # Errors
    /// [`DateError`] when the form is another or the day does not exist.
    pub fn parse(text: &str) -> Result<Self, DateError> {
        let form = || DateError::Form {
            text: text.to_owned(),
        };
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return Err(form());
        }
        let number = |range: std::ops::Range<usize>| -> Result<u16, DateError> {
            let digits = text.get(range).ok_or_else(form)?;
            if !digits.bytes().all(|b| b.is_ascii_digit()) {
                return Err(form());
            }
            digits.parse().map_err(|_| form())
        };
        let (year, month, day) = (number(0..4)?, number(5..7)? as u8, number(8..10)? as u8);
        if year == 0 || IcuDate::try_new_iso(i32::from(year), month, day).is_err() {
            return Err(DateError::NoSuchDay {
                text: text.to_owned(),
            });
        }
        Ok(Self { year, month, day })
    }

    /// The day that eight digits name, `YYYYMMDD` (ISO 8601-1, 5.2.2.1, basic format); none where they name no day.
    pub(crate) fn of_digits(text: &str) -> Option<Self> {
        let is_one = text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit());
        let (year, day) = text.split_at_checked(4).filter(|_| is_one)?;
        let (month, day) = day.split_at_checked(2)?;
        Self::parse(&format!("{year}-{month}-{day}")).ok()
    }

    /// The day on which a moment falls in UTC; `seconds` since 1970-01-01T00:00:00Z, held to year 9999.
    #[must_use]
    pub fn from_unix(seconds: u64) -> Self {
        // Howard Hinnant's civil_from_days, in integers.
        let days = (seconds / 86_400).min(2_932_896);
        let z = days + 719_468;
        let era = z / 146_097;
        let of_era = z % 146_097;
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * of_year + 2) / 153;
        let day = (of_year - (153 * shifted + 2) / 5 + 1) as u8;
        let month = if shifted < 10 {
            shifted + 3
        } else {
            shifted - 9
        } as u8;
        let year = (year_of_era + era * 400 + u64::from(month <= 2)) as u16;
        Self { year, month, day }
    }

    /// The days since 1970-01-01; negative before that.
    #[must_use]
    pub fn days(self) -> i64 {
        // Howard Hinnant's days_from_civil, in integers.
        let (month, day) = (i64::from(self.month), i64::from(self.day));
        let year = i64::from(self.year) - i64::from(month <= 2);
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let shifted = if month > 2 { month - 3 } else { month + 9 };
        let of_year = (153 * shifted + 2) / 5 + day - 1;
        let of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + of_year;
        era * 146_097 + of_era - 719_468
    }

    /// The year, 1 to 9999.
    #[must_use]
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12.
    #[must_use]
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, 1 to 31.
    #[must_use]
    pub fn day(self) -> u8 {
        self.day
    }

    /// The same day for the `icu` formatters.
    ///
    /// # Panics
    /// Never: only existing days are constructed.
    #[must_use]
    pub fn to_icu(self) -> IcuDate<Iso> {
        IcuDate::try_new_iso(i32::from(self.year), self.month, self.day)
            .expect("a Date is a day that exists")
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl TryFrom<String> for Date {
    type Error = DateError;

    fn try_from(text: String) -> Result<Self, DateError> {
        Self::parse(&text)
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_leap_day_exists_only_in_leap_years() {
        assert!(Date::parse("2024-02-29").is_ok());
        assert!(matches!(
            Date::parse("2025-02-29"),
            Err(DateError::NoSuchDay { .. })
        ));
        assert!(matches!(
            Date::parse("1900-02-29"),
            Err(DateError::NoSuchDay { .. })
        ));
    }

    #[test]
    fn another_form_is_refused() {
        for text in [
            "2025-1-04",
            "4 Nov 2025",
            "2025/11/04",
            "+025-11-04",
            "2025-11-4é",
            "",
        ] {
            assert!(
                matches!(Date::parse(text), Err(DateError::Form { .. })),
                "{text}"
            );
        }
    }

    #[test]
    fn a_moment_falls_on_its_day() {
        assert_eq!(Date::from_unix(0).to_string(), "1970-01-01");
        assert_eq!(Date::from_unix(951_782_400).to_string(), "2000-02-29");
        assert_eq!(Date::from_unix(1_762_300_799).to_string(), "2025-11-04");
        assert_eq!(Date::from_unix(u64::MAX).to_string(), "9999-12-31");
        for days in [0, 11_016, 20_396, 60_000] {
            assert_eq!(Date::from_unix(days * 86_400).days(), days as i64);
        }
    }
}
