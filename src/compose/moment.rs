//! Moments: what containers and catalogues say of the time of a change.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::piece::Date;

/// A moment in UTC, to the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Moment {
    /// The day.
    pub date: Date,
    /// Seconds since its start, 0 to 86,399.
    pub second: u32,
}

impl Moment {
    /// The start of a day.
    #[must_use]
    pub fn start_of(date: Date) -> Self {
        Self { date, second: 0 }
    }

    /// The moment so many seconds after 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn from_unix(seconds: u64) -> Self {
        Self {
            date: Date::from_unix(seconds),
            second: (seconds % 86_400) as u32,
        }
    }

    /// Reads what [`fmt::Display`] writes; anything else is none.
    fn parse(text: &str) -> Option<Self> {
        let (date, time) = text.strip_suffix('Z')?.split_once('T')?;
        let mut parts = time.split(':').map(|part| part.parse::<u32>().ok());
        let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next()??);
        let fits = hour < 24 && minute < 60 && second < 60 && parts.next().is_none();
        let date = Date::parse(date).ok()?;
        fits.then_some(Self {
            date,
            second: hour * 3_600 + minute * 60 + second,
        })
    }

    /// Hour, minute and second.
    #[must_use]
    pub fn time(self) -> (u32, u32, u32) {
        (self.second / 3_600, self.second / 60 % 60, self.second % 60)
    }
}

/// `YYYY-MM-DDThh:mm:ssZ` (RFC 3339, 5.6).
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hour, minute, second) = self.time();
        write!(f, "{}T{hour:02}:{minute:02}:{second:02}Z", self.date)
    }
}

/// A text that is no moment.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a moment of the form YYYY-MM-DDThh:mm:ssZ")]
pub struct MomentError {
    /// What was written.
    pub text: String,
}

impl TryFrom<String> for Moment {
    type Error = MomentError;

    fn try_from(text: String) -> Result<Self, MomentError> {
        Self::parse(&text).ok_or(MomentError { text })
    }
}

impl From<Moment> for String {
    fn from(moment: Moment) -> Self {
        moment.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_read_as_it_is_written() {
        let moment = Moment::from_unix(1_762_300_799);
        assert_eq!(Moment::try_from(moment.to_string()), Ok(moment));
        for text in [
            "",
            "2025-11-04",
            "2025-11-04T24:00:00Z",
            "2025-11-04T00:00:00",
            "2025-02-30T00:00:00Z",
        ] {
            assert!(Moment::try_from(text.to_owned()).is_err(), "{text}");
        }
    }
}
