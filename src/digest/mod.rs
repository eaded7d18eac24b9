//! Digests: the SHA-256 (FIPS 180-4) of bytes, readers and fields, and how it is written.
//!
//! SHA-256 is the one hash of this program: `SHA256SUMS`, reports, editions and buckets ask for it by name, and nothing that
//! is hashed here is large enough for a faster one to be felt.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, Read};

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::Digest as _;

/// A SHA-256; in text 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sha256([u8; 32]);

impl Sha256 {
    /// The digest of bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(sha2::Sha256::digest(bytes).into())
    }

    /// The digest of everything that a reader gives; a file of any size costs a fixed buffer.
    ///
    /// # Errors
    /// What reading gave.
    pub fn of_reader(reader: impl Read) -> io::Result<Self> {
        let mut hashed = Hashed::new(reader);
        io::copy(&mut hashed, &mut io::sink())?;
        Ok(hashed.finish())
    }

    /// The digest of several fields; each is preceded by its length, so that no two lists give the same bytes.
    #[must_use]
    pub fn of_fields<'a>(fields: impl IntoIterator<Item = &'a str>) -> Self {
        let mut running = Running::default();
        for field in fields {
            running.update(&(field.len() as u64).to_be_bytes());
            running.update(field.as_bytes());
        }
        running.finish()
    }

    /// Reads the text of one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits: &[u8; 64] = text.as_bytes().try_into().ok()?;
        let value = |digit: u8| match digit {
            b'0'..=b'9' => Some(digit - b'0'),
            b'a'..=b'f' => Some(digit - b'a' + 10),
            _ => None,
        };
        let mut sum = [0; 32];
        for (byte, pair) in sum.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = value(pair[0])? << 4 | value(pair[1])?;
        }
        Some(Self(sum))
    }

    /// Its 32 bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Its first digits, for names in which accidents count and forgery does not.
    #[must_use]
    pub fn prefix(&self, digits: usize) -> String {
        let mut text = hex(&self.0);
        text.truncate(digits);
        text
    }
}

impl fmt::Display for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl fmt::Debug for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Sha256 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Sha256 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom("a hash has 64 hexadecimal digits"))
    }
}

/// The digest of bytes that come piece by piece.
#[derive(Default)]
pub(crate) struct Running(sha2::Sha256);

impl Running {
    /// Takes the next bytes.
    pub(crate) fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The digest of all that came.
    pub(crate) fn finish(self) -> Sha256 {
        Sha256(self.0.finalize().into())
    }
}

/// A reader that hashes what goes through it.
pub(crate) struct Hashed<R> {
    inner: R,
    running: Running,
}

impl<R: Read> Hashed<R> {
    /// A reader over another.
    pub(crate) fn new(inner: R) -> Self {
        Self {
            inner,
            running: Running::default(),
        }
    }

    /// The digest of what went through.
    pub(crate) fn finish(self) -> Sha256 {
        self.running.finish()
    }
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.running.update(&buffer[..read]);
        Ok(read)
    }
}

/// Bytes in lower-case hexadecimal.
#[must_use]
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble)]);
    let digits = bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]);
    digits.collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    /// FIPS 180-4, the example of one block.
    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    #[test]
    fn the_digest_is_the_known_one_and_comes_back_from_its_text() {
        let digest = Sha256::of(b"abc");
        assert_eq!(digest.to_string(), ABC);
        assert_eq!(Sha256::parse(ABC), Some(digest));
        assert_eq!(Sha256::of_reader(&b"abc"[..]).unwrap(), digest);
        assert_eq!(digest.prefix(8), "ba7816bf");
        for wrong in ["", &ABC[1..], &ABC.to_uppercase(), &ABC.replace('b', "g")] {
            assert_eq!(Sha256::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn fields_do_not_run_together() {
        let of = |fields: &[&str]| Sha256::of_fields(fields.iter().copied());
        assert_ne!(of(&["ab", "c"]), of(&["a", "bc"]));
        assert_ne!(of(&["a", ""]), of(&["a"]));
    }
}
