//! Shards: an archive in parts that several machines work on, each by a run of its own.
//!
//! Which shard a source belongs to follows from the hash of its path below the root that was named, so from the listing alone: no
//! shard reads what is not its own. A shard is a contiguous range of hashes, so that what is recorded of it can be read by range.

use std::fmt;
use std::path::Path;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::digest::Sha256;

/// More shards than this are taken for a slip.
const MOST: u32 = 65_536;

/// The place of a source among all: the first 64 bits of the SHA-256 of its path below the root.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PathHash(u64);

impl PathHash {
    /// The highest hash.
    pub(super) const LAST: Self = Self(u64::MAX);

    /// The hash of a path below the root that was named.
    #[must_use]
    pub fn of(below_root: &Path) -> Self {
        let digest = Sha256::of(below_root.as_os_str().as_encoded_bytes());
        let (first, _) = digest.as_bytes().split_at(8);
        let first = first.try_into().expect("eight bytes were split off");
        Self(u64::from_be_bytes(first))
    }
}

/// A range of hashes, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct HashRange {
    first: PathHash,
    last: PathHash,
}

impl HashRange {
    /// Every hash.
    pub const ALL: Self = Self {
        first: PathHash(0),
        last: PathHash(u64::MAX),
    };

    /// The range from a hash on.
    #[must_use]
    pub(super) fn from(first: PathHash) -> Self {
        Self { first, ..Self::ALL }
    }

    /// The part of it that lies before a hash.
    #[must_use]
    pub(super) fn until(self, next: PathHash) -> Self {
        let last = PathHash(next.0.saturating_sub(1));
        Self { last, ..self }
    }

    /// All from its first hash to the last of another.
    #[must_use]
    pub(super) fn through(self, other: Self) -> Self {
        Self {
            last: other.last,
            ..self
        }
    }

    /// Reads what is shown.
    #[must_use]
    pub(super) fn parse(text: &str) -> Option<Self> {
        let end = |digits: &str| u64::from_str_radix(digits, 16).ok().map(PathHash);
        let (first, last) = text.split_once('-')?;
        Some(Self {
            first: end(first)?,
            last: end(last)?,
        })
    }

    /// Whether some hash lies in both.
    #[must_use]
    pub(super) fn meets(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    /// Whether the hash of a path lies in it.
    #[must_use]
    pub(super) fn holds_path(self, below_root: &str) -> bool {
        self.holds(PathHash::of(Path::new(below_root)))
    }

    /// Whether the hash of a path lies in it or before it.
    #[must_use]
    pub(super) fn reaches(self, below_root: &str) -> bool {
        PathHash::of(Path::new(below_root)) <= self.last
    }

    /// Whether a hash lies in it.
    #[must_use]
    pub fn holds(self, hash: PathHash) -> bool {
        (self.first..=self.last).contains(&hash)
    }
}

impl fmt::Display for HashRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}-{:016x}", self.first.0, self.last.0)
    }
}

impl Serialize for HashRange {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for HashRange {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| de::Error::custom("a range is two hashes"))
    }
}

/// One of several shards: `3/16` is the third of sixteen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Shard {
    number: u32,
    of: u32,
}

/// Why a text names no shard.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no shard: write I/N with I from 1 to N, for example 3/16, and N up to {MOST}")]
pub struct ShardError {
    /// What was written.
    text: String,
}

impl Shard {
    /// The shard of this number, counted from one, of so many; none where there is no such shard.
    #[must_use]
    pub fn new(number: u32, of: u32) -> Option<Self> {
        let exists = (1..=MOST).contains(&of) && (1..=of).contains(&number);
        exists.then_some(Self { number, of })
    }

    /// Its number, counted from one.
    #[must_use]
    pub fn number(self) -> u32 {
        self.number
    }

    /// How many there are.
    #[must_use]
    pub fn of(self) -> u32 {
        self.of
    }

    /// The hashes of its sources, where all shards have ranges of one length.
    #[must_use]
    pub fn range(self) -> HashRange {
        // The first hash that is not below number/of of all.
        let begin = |number: u32| (u128::from(number) << 64).div_ceil(u128::from(self.of));
        let at = |hash: u128| PathHash(u64::try_from(hash).unwrap_or(u64::MAX));
        HashRange {
            first: at(begin(self.number - 1)),
            last: at(begin(self.number) - 1),
        }
    }
}

impl FromStr for Shard {
    type Err = ShardError;

    fn from_str(text: &str) -> Result<Self, ShardError> {
        let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let parts = text.split_once('/');
        let parts = parts.filter(|(number, of)| is_number(number) && is_number(of));
        let shard =
            parts.and_then(|(number, of)| Self::new(number.parse().ok()?, of.parse().ok()?));
        shard.ok_or_else(|| ShardError {
            text: text.to_owned(),
        })
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

impl Serialize for Shard {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Shard {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn every_hash_lies_in_one_shard_whatever_their_number() {
        for of in [1, 2, 3, 7, 16, 255, MOST] {
            let ranges: Vec<HashRange> = (1..=of)
                .map(|number| Shard::new(number, of).unwrap().range())
                .collect();
            assert_eq!(ranges[0].first, PathHash(0));
            assert_eq!(ranges.last().unwrap().last, PathHash(u64::MAX));
            for pair in ranges.windows(2) {
                assert_eq!(pair[0].last.0 + 1, pair[1].first.0, "{of}");
            }
        }
    }

    #[test]
    fn what_names_no_shard_is_refused() {
        for wrong in [
            "",
            "3",
            "/",
            "0/3",
            "4/3",
            "1/0",
            "-1/3",
            "+1/3",
            "1/3/3",
            "a/b",
            " 1/3",
            "1/70000",
            "1/99999999999",
        ] {
            assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
        }
        let shard: Shard = "3/16".parse().unwrap();
        assert_eq!(
            (shard.number(), shard.of(), shard.to_string().as_str()),
            (3, 16, "3/16")
        );
    }

    #[test]
    fn the_hash_of_a_path_and_a_range_never_change() {
        // What is recorded in parts is found again by these.
        let hash = PathHash::of(Path::new("2025/border.yaml"));
        let digest = Sha256::of(b"2025/border.yaml").to_string();
        assert_eq!(format!("{:016x}", hash.0), digest[..16]);
        let range = Shard::new(2, 3).unwrap().range();
        assert_eq!(range.to_string(), "5555555555555556-aaaaaaaaaaaaaaaa");
        let json = serde_json::to_string(&range).unwrap();
        assert_eq!(serde_json::from_str::<HashRange>(&json).unwrap(), range);
        assert!(serde_json::from_str::<HashRange>("\"5\"").is_err());
    }
}
