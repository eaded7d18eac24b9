//! Content hashes: SHA-256 of bytes and files, the one hash of records, reports and editions.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use sha2::{Digest, Sha256};

/// The SHA-256 of bytes in lower-case hexadecimal.
#[must_use]
pub(crate) fn bytes(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// The SHA-256 of a file in lower-case hexadecimal; a file of any size costs a fixed buffer.
///
/// # Errors
/// What reading the file gave.
pub(crate) fn file(path: &Path) -> io::Result<String> {
    reader(File::open(path)?)
}

/// The SHA-256 of everything that a reader gives.
///
/// # Errors
/// What reading gave.
pub(crate) fn reader(reader: impl Read) -> io::Result<String> {
    let mut hashed = Hashed::new(reader);
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match hashed.read(&mut buffer) {
            Ok(0) => return Ok(hashed.finish()),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// A reader that hashes what goes through it.
pub(crate) struct Hashed<R> {
    inner: R,
    state: Sha256,
}

impl<R: Read> Hashed<R> {
    /// A reader over another.
    pub(crate) fn new(inner: R) -> Self {
        Self {
            inner,
            state: Sha256::new(),
        }
    }

    /// The SHA-256 of what went through.
    pub(crate) fn finish(self) -> String {
        hex(&self.state.finalize())
    }
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.state.update(&buffer[..read]);
        Ok(read)
    }
}

/// The SHA-256 of several fields; each is preceded by its length, so that no two lists give the same bytes.
#[must_use]
pub(crate) fn fields<'a>(fields: impl IntoIterator<Item = &'a str>) -> String {
    let mut state = Sha256::new();
    for field in fields {
        state.update((field.len() as u64).to_be_bytes());
        state.update(field);
    }
    hex(&state.finalize())
}

fn hex(digest: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble)]);
    digest
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_known_one() {
        // FIPS 180-4, the example of one block.
        assert_eq!(
            bytes(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }

    #[test]
    fn fields_do_not_run_together() {
        assert_ne!(fields(["ab", "c"]), fields(["a", "bc"]));
        assert_ne!(fields(["a", ""]), fields(["a"]));
    }
}
