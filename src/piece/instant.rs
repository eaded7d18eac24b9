//! Instants: a day and a time of day with the offset from UTC that they are meant in.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Date;

/// An instant as somebody wrote it (RFC 3339, 5.6; seconds may be left out).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Instant {
    date: Date,
    /// Seconds since the start of the day.
    second: u32,
    /// Minutes by which the time is ahead of UTC.
    offset: i16,
}

/// Why a text is no instant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InstantError {
    /// Another form.
    #[error("`{text}` is no instant of the form 2025-11-04T09:00+05:00")]
    Form {
        /// What was written.
        text: String,
    },
    /// A time without its offset, which is another instant in each place.
    #[error("`{text}` does not say its offset from UTC")]
    NoOffset {
        /// What was written.
        text: String,
    },
}

/// No place is farther from UTC than that, in minutes.
const FARTHEST: i16 = 18 * 60;

impl Instant {
    /// Reads an instant.
    ///
    /// # Errors
    /// [`InstantError`].
    pub fn parse(text: &str) -> Result<Self, InstantError> {
        let form = || InstantError::Form {
            text: text.to_owned(),
        };
        let date = text.get(..10).and_then(|date| Date::parse(date).ok());
        let date = date.ok_or_else(form)?;
        let rest = &text[10..];
        let rest = rest.strip_prefix(['T', 't', ' ']).ok_or_else(form)?;
        let end = rest.find(['Z', 'z', '+', '-', ' ']).unwrap_or(rest.len());
        let (time, offset) = rest.split_at(end);
        let two = |text: &str| {
            let digits = text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
            digits.then(|| text.parse::<u32>().ok()).flatten()
        };
        let mut parts = time.split(':');
        let mut next = |most: u32| {
            let value = parts.next().and_then(two)?;
            (value <= most).then_some(value)
        };
        let (hour, minute) = (next(23).ok_or_else(form)?, next(59).ok_or_else(form)?);
        let second = match time.len() {
            5 => 0,
            _ => next(59).ok_or_else(form)?,
        };
        if parts.next().is_some() {
            return Err(form());
        }
        let offset = match offset.trim_start() {
            "" => {
                return Err(InstantError::NoOffset {
                    text: text.to_owned(),
                });
            }
            "Z" | "z" => 0,
            written => {
                let (hours, minutes) = written[1..].split_once(':').ok_or_else(form)?;
                let (hours, minutes) =
                    (two(hours).ok_or_else(form)?, two(minutes).ok_or_else(form)?);
                let ahead = i16::try_from(hours * 60 + minutes).map_err(|_| form())?;
                if minutes > 59 || ahead > FARTHEST {
                    return Err(form());
                }
                if written.starts_with('-') {
                    -ahead
                } else {
                    ahead
                }
            }
        };
        Ok(Self {
            date,
            second: hour * 3600 + minute * 60 + second,
            offset,
        })
    }

    /// Seconds since 1970-01-01T00:00:00Z; negative before that.
    #[must_use]
    pub fn unix(self) -> i64 {
        self.date.days() * 86_400 + i64::from(self.second) - i64::from(self.offset) * 60
    }

    /// The day in the place that it was written for.
    #[must_use]
    pub fn date(self) -> Date {
        self.date
    }

    /// The time of day there with its distance from UTC: `09:00 UTC+05:00`.
    #[must_use]
    pub fn time_of_day(self) -> String {
        let (hour, minute) = (self.second / 3600, self.second / 60 % 60);
        match self.offset {
            0 => format!("{hour:02}:{minute:02} UTC"),
            _ => format!("{hour:02}:{minute:02} UTC{}", self.written_offset()),
        }
    }

    fn written_offset(self) -> String {
        let sign = if self.offset < 0 { '-' } else { '+' };
        let ahead = self.offset.unsigned_abs();
        format!("{sign}{:02}:{:02}", ahead / 60, ahead % 60)
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hour, minute, second) = (self.second / 3600, self.second / 60 % 60, self.second % 60);
        let offset = match self.offset {
            0 => "Z".to_owned(),
            _ => self.written_offset(),
        };
        write!(f, "{}T{hour:02}:{minute:02}:{second:02}{offset}", self.date)
    }
}

impl TryFrom<String> for Instant {
    type Error = InstantError;

    fn try_from(text: String) -> Result<Self, InstantError> {
        Self::parse(&text)
    }
}

impl From<Instant> for String {
    fn from(instant: Instant) -> Self {
        instant.to_string()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_the_same_in_every_zone() {
        for (text, unix) in [
            ("1970-01-01T00:00Z", 0),
            ("1970-01-01T05:00+05:00", 0),
            ("1969-12-31 19:00:00-05:00", 0),
            ("2025-11-04T09:00:01+05:45", 1_762_226_101),
            ("2024-02-29t23:59:59z", 1_709_251_199),
        ] {
            assert_eq!(Instant::parse(text).unwrap().unix(), unix, "{text}");
        }
    }

    #[test]
    fn an_instant_is_read_as_it_is_written() {
        for text in [
            "2025-11-04T09:00:00+05:00",
            "2025-11-04T00:00:07Z",
            "2025-11-04T23:59:59-09:30",
        ] {
            assert_eq!(Instant::parse(text).unwrap().to_string(), text);
        }
        let instant = Instant::parse("2025-11-04T09:00+05:00").unwrap();
        assert_eq!(instant.time_of_day(), "09:00 UTC+05:00");
    }

    #[test]
    fn a_time_without_its_offset_and_another_form_are_refused() {
        assert!(matches!(
            Instant::parse("2025-11-04T09:00"),
            Err(InstantError::NoOffset { .. })
        ));
        for text in [
            "",
            "2025-11-04",
            "2025-02-30T09:00Z",
            "2025-11-04T24:00Z",
            "2025-11-04T09:60Z",
            "2025-11-04T9:00Z",
            "2025-11-04T09:00+5",
            "2025-11-04T09:00+19:00",
            "2025-11-04T09:00+05:00x",
            "2025-11-04T09:00:00:00Z",
            "٢٠٢٥-11-04T09:00Z",
        ] {
            assert!(
                matches!(Instant::parse(text), Err(InstantError::Form { .. })),
                "{text}"
            );
        }
    }
}
