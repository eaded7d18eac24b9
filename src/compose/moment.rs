//! Moments: what containers and catalogues say of the time of a change.

use std::fmt;

use crate::piece::Date;

/// A moment in UTC, to the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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
