//! Packages: the zip container of DOCX (ISO/IEC 29500-2, Annex C) and EPUB (EPUB OCF 3.3, 4.2), the same bytes on any machine.
//!
//! Entries stand in the order given, deflated unless told otherwise, with the time 1980-01-01T00:00 and no extra fields.

use std::borrow::Cow;
use std::io::{Cursor, Write};

use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipArchive, ZipWriter};

/// One file of a package.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    /// Its path inside the package, with `/` between the steps and none before the first.
    pub name: Cow<'a, str>,
    /// Its contents.
    pub bytes: Cow<'a, [u8]>,
    /// Whether to keep it as it is: for what is compressed already, and for the `mimetype` of an EPUB.
    pub stored: bool,
    /// Whether to spend little time on it.
    quickly: bool,
}

/// Faces of so many bytes, a whole one of Nastaliq among them, are a twentieth larger for half the time, which is longer than that
/// of all else in a short piece.
const LARGE_FACE: usize = 100_000;

impl<'a> Entry<'a> {
    /// A file to be deflated.
    pub fn deflated(name: impl Into<Cow<'a, str>>, bytes: impl Into<Cow<'a, [u8]>>) -> Self {
        Self {
            name: name.into(),
            bytes: bytes.into(),
            stored: false,
            quickly: false,
        }
    }

    /// A font file.
    pub fn face(name: impl Into<Cow<'a, str>>, bytes: impl Into<Cow<'a, [u8]>>) -> Self {
        let face = Self::deflated(name, bytes);
        Self {
            quickly: face.bytes.len() >= LARGE_FACE,
            ..face
        }
    }

    /// A file to be kept as it is.
    pub fn stored(name: impl Into<Cow<'a, str>>, bytes: impl Into<Cow<'a, [u8]>>) -> Self {
        Self {
            stored: true,
            ..Self::deflated(name, bytes)
        }
    }
}

/// Writes a package. Each entry is dropped as soon as it is written.
///
/// # Errors
/// The container's limits, such as two entries of one name.
pub fn write<'a>(entries: impl IntoIterator<Item = Entry<'a>>) -> ZipResult<Vec<u8>> {
    write_with(entries, [])
}

/// Writes a package; what other packages hold follows its own entries, deflated as it is there.
///
/// # Errors
/// As [`write`].
pub fn write_with<'a>(
    entries: impl IntoIterator<Item = Entry<'a>>,
    others: impl IntoIterator<Item = &'a [u8]>,
) -> ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for entry in entries {
        let method = if entry.stored {
            CompressionMethod::Stored
        } else {
            CompressionMethod::Deflated
        };
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .compression_level(entry.quickly.then_some(2))
            .last_modified_time(DateTime::default())
            // Else the machine's own system would be written.
            .system(System::Unix)
            .unix_permissions(0o644);
        zip.start_file(entry.name, options)?;
        zip.write_all(&entry.bytes)?;
    }
    for other in others {
        let mut other = ZipArchive::new(Cursor::new(other))?;
        for index in 0..other.len() {
            zip.raw_copy_file(other.by_index_raw(index)?)?;
        }
    }
    let mut bytes = zip.finish()?.into_inner();
    say_one_system(&mut bytes);
    Ok(bytes)
}

/// Says of every entry that Unix wrote it: of those that are copied the machine's own system is said (APPNOTE, 4.4.2).
fn say_one_system(bytes: &mut [u8]) {
    const END: &[u8] = b"PK\x05\x06";
    const ENTRY: &[u8] = b"PK\x01\x02";
    const UNIX: u8 = 3;
    let number = |bytes: &[u8], at: usize, length: usize| {
        let digits = bytes.get(at..at + length)?.iter().rev();
        Some(digits.fold(0, |number, digit| number << 8 | usize::from(*digit)))
    };
    // No comment follows the end of the directory, whose last but one field is where it begins (4.3.16).
    let end = bytes.len().saturating_sub(22);
    let directory = bytes.get(end..).filter(|end| end.starts_with(END));
    let mut entry = directory.and_then(|end| number(end, 16, 4));
    let is_entry =
        |bytes: &[u8], at: usize| bytes.get(at..).is_some_and(|rest| rest.starts_with(ENTRY));
    while let Some(at) = entry.filter(|at| *at + 46 <= end && is_entry(bytes, *at)) {
        bytes[at + 5] = UNIX;
        let lengths = [28, 30, 32].map(|field| number(bytes, at + field, 2).unwrap_or_default());
        entry = Some(at + 46 + lengths.iter().sum::<usize>()).filter(|next| *next < end);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::io::Read;

    use super::*;

    fn sample() -> Vec<u8> {
        write([
            Entry::stored("mimetype", &b"application/epub+zip"[..]),
            Entry::deflated("a/b.xml", "<a/>".repeat(100).into_bytes()),
        ])
        .unwrap()
    }

    #[test]
    fn entries_keep_their_order_contents_and_method() {
        let mut archive = ZipArchive::new(Cursor::new(sample())).unwrap();
        let names: Vec<_> = archive.file_names().map(str::to_owned).collect();
        assert_eq!(names, ["mimetype", "a/b.xml"]);
        let mut file = archive.by_index(1).unwrap();
        assert_eq!(file.compression(), CompressionMethod::Deflated);
        assert_eq!(file.last_modified(), Some(DateTime::default()));
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        assert_eq!(text, "<a/>".repeat(100));
    }

    #[test]
    fn a_stored_first_entry_starts_at_byte_38_as_ocf_asks() {
        let bytes = sample();
        assert_eq!(&bytes[..4], b"PK\x03\x04");
        assert_eq!(&bytes[28..30], [0, 0], "an extra field");
        assert_eq!(&bytes[30..58], b"mimetypeapplication/epub+zip");
    }

    #[test]
    fn every_entry_is_said_to_be_of_one_system_whatever_wrote_it() {
        let mut bytes = sample();
        let systems = |bytes: &[u8]| -> Vec<u8> {
            let entries = bytes.windows(4).enumerate();
            let entries = entries.filter(|(_, four)| four == b"PK\x01\x02");
            entries.map(|(at, _)| bytes[at + 5]).collect()
        };
        let unix = bytes.clone();
        let places: Vec<usize> = (0..bytes.len() - 4)
            .filter(|at| bytes[*at..].starts_with(b"PK\x01\x02"))
            .collect();
        for at in places {
            bytes[at + 5] = 0;
        }
        assert_eq!(systems(&bytes), [0, 0]);
        say_one_system(&mut bytes);
        assert_eq!(bytes, unix);
        for wrong in [&b""[..], b"PK\x05\x06", &unix[..unix.len() - 1]] {
            let mut same = wrong.to_vec();
            say_one_system(&mut same);
            assert_eq!(same, wrong);
        }
    }

    #[test]
    fn what_another_package_holds_is_taken_as_it_is() {
        let other = write([Entry::deflated("c.txt", "c".repeat(1000).into_bytes())]).unwrap();
        let bytes = write_with([Entry::stored("a", &b"x"[..])], [other.as_slice()]).unwrap();
        let whole = write([
            Entry::stored("a", &b"x"[..]),
            Entry::deflated("c.txt", "c".repeat(1000).into_bytes()),
        ]);
        assert_eq!(bytes, whole.unwrap());
    }

    #[test]
    fn two_entries_of_one_name_are_refused() {
        let entry = || Entry::deflated("a", &b"x"[..]);
        assert!(write([entry(), entry()]).is_err());
    }
}
