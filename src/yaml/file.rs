//! Reading a file's bytes as text: size, encoding, byte order mark.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::FileKind;
use crate::diagnostic::{Code, Diagnostic};
use crate::digest::Sha256;
use crate::store::patiently;

/// A file's text and hash.
pub(crate) struct ReadText {
    /// The text without a byte order mark; what could not be read as UTF-8 is replaced.
    pub(crate) text: String,
    /// The SHA-256 of the file's bytes.
    pub(crate) hash: String,
    /// What is wrong with it.
    pub(crate) problem: Option<Diagnostic>,
}

/// Reads a file.
pub(crate) fn read(path: &Path, kind: &FileKind<'_>) -> ReadText {
    match bytes(path, kind.max_bytes) {
        Ok(bytes) if bytes.len() as u64 > kind.max_bytes => failed(
            Diagnostic::error(
                Code::FileTooLarge,
                format!("the file is larger than {}", size(kind.max_bytes)),
            )
            .hint(format!("a {} is text; is this another file?", kind.name)),
        ),
        Ok(bytes) => match other_kind(&bytes) {
            Some((what, hint)) => ReadText {
                hash: Sha256::of(&bytes).to_string(),
                ..failed(
                    Diagnostic::error(
                        Code::WrongFile,
                        format!("this is {what}, and no {} in YAML", kind.name),
                    )
                    .hint(hint),
                )
            },
            None => decode(&bytes),
        },
        Err(error) => failed(unreadable(&error)),
    }
}

fn failed(problem: Diagnostic) -> ReadText {
    ReadText {
        text: String::new(),
        hash: String::new(),
        problem: Some(problem),
    }
}

/// How a document of a word processor becomes a source.
const DOCX: &str = "`flashpoint import FILE` makes a source of it";
/// How one of another word processor does.
const TEXT: &str = "save it as .docx; `flashpoint import FILE` makes a source of that";
/// Where an image belongs.
const IMAGE: &str = "an image belongs into a piece: `figure:` with its `image` and `alt`";

/// Files that are not in YAML, by their first bytes: what they are, and the way out.
const KINDS: &[(&[u8], &str, &str)] = &[
    (b"%PDF-", "a PDF", "name the .yaml file that it was made of"),
    (b"\x89PNG\r\n", "an image (PNG)", IMAGE),
    (b"\xff\xd8\xff", "an image (JPEG)", IMAGE),
    (b"GIF8", "an image (GIF)", IMAGE),
    (b"II*\0", "an image (TIFF)", IMAGE),
    (b"MM\0*", "an image (TIFF)", IMAGE),
    (b"{\\rtf", "a document in RTF", TEXT),
    (
        b"\xd0\xcf\x11\xe0",
        "a document of an old Word (.doc)",
        TEXT,
    ),
    (b"\x1f\x8b", "a compressed file (gzip)", "unpack it first"),
];

/// What a file is whose bytes are those of another kind than text.
fn other_kind(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    let has = |needle: &[u8]| {
        let head = &bytes[..bytes.len().min(4096)];
        head.windows(needle.len()).any(|window| window == needle)
    };
    if bytes.starts_with(b"PK\x03\x04") {
        return Some(if has(b"word/") || has(b"[Content_Types].xml") {
            ("a document of Word (.docx)", DOCX)
        } else if has(b"application/epub+zip") {
            ("an EPUB", "name the .yaml file that it was made of")
        } else if has(b"application/vnd.oasis.opendocument") {
            ("a document of LibreOffice (.odt)", TEXT)
        } else {
            ("a packed folder (zip)", "unpack it first")
        });
    }
    if bytes.starts_with(b"RIFF") && has(b"WEBP") {
        return Some(("an image (WebP)", IMAGE));
    }
    let trimmed = bytes.trim_ascii_start();
    let is_html = trimmed.len() >= 9 && trimmed[..9].eq_ignore_ascii_case(b"<!doctype");
    if is_html || trimmed.starts_with(b"<html") {
        return Some(("a page in HTML", TEXT));
    }
    let mut kinds = KINDS.iter();
    let found = kinds.find(|(beginning, ..)| bytes.starts_with(beginning));
    found.map(|(_, what, hint)| (*what, *hint))
}

/// A limit in words.
fn size(bytes: u64) -> String {
    if bytes >= 1 << 20 {
        format!("{} MiB", bytes >> 20)
    } else {
        format!("{} KiB", bytes >> 10)
    }
}

/// The file's bytes, one past the limit at most.
fn bytes(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let file = patiently(|| File::open(path))?;
    let metadata = file.metadata()?;
    if metadata.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let mut bytes = Vec::with_capacity(metadata.len().min(most) as usize + 1);
    file.take(most + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn unreadable(error: &io::Error) -> Diagnostic {
    let (code, reason) = match error.kind() {
        io::ErrorKind::NotFound => (Code::MissingFile, "there is no such file".to_owned()),
        io::ErrorKind::PermissionDenied => {
            (Code::UnreadableFile, "the file may not be read".to_owned())
        }
        io::ErrorKind::IsADirectory => (
            Code::UnreadableFile,
            "this is a folder and not a file".to_owned(),
        ),
        _ => (
            Code::UnreadableFile,
            format!("the file cannot be read: {error}"),
        ),
    };
    Diagnostic::error(code, reason)
}

/// The text of a file's bytes.
fn decode(bytes: &[u8]) -> ReadText {
    let hash = Sha256::of(bytes).to_string();
    let content = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let (text, problem) = match std::str::from_utf8(content) {
        Ok(text) => (text.to_owned(), None),
        Err(error) => not_utf8(content, error.valid_up_to()),
    };
    ReadText {
        text,
        hash,
        problem,
    }
}

/// The valid beginning, so that the line can be shown, and what is wrong after it.
fn not_utf8(content: &[u8], valid: usize) -> (String, Option<Diagnostic>) {
    let text = String::from_utf8_lossy(content).into_owned();
    let byte = content.get(valid).copied().unwrap_or_default();
    let utf16 = content.starts_with(&[0xff, 0xfe]) || content.starts_with(&[0xfe, 0xff]);
    let hint = if utf16 {
        "the file looks like UTF-16; save it as UTF-8"
    } else {
        "save the file as UTF-8; it may have been saved as Windows-1252 or Latin-1"
    };
    let message = format!("byte {valid} is {byte:#04x}, which is not UTF-8");
    let end = valid + char::REPLACEMENT_CHARACTER.len_utf8();
    let problem = Diagnostic::error(Code::NotUtf8, message)
        .at(Some(valid..end))
        .hint(hint);
    (text, Some(problem))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_text() {
        let text = decode("\u{feff}series: A".as_bytes());
        assert_eq!((text.text.as_str(), text.problem), ("series: A", None));
    }

    #[test]
    fn other_encodings_are_named_with_their_place() {
        let text = decode(b"title: caf\xe9");
        assert_eq!(
            text.problem.map(|p| (p.code.name(), p.span)),
            Some(("not-utf-8", Some(10..13)))
        );
        let hint = decode(b"\xff\xfet\0").problem.and_then(|p| p.hint);
        assert!(hint.is_some_and(|hint| hint.contains("UTF-16")));
    }

    #[test]
    fn files_of_other_kinds_are_told_by_their_first_bytes() {
        let of = |bytes: &[u8]| other_kind(bytes).map(|(what, _)| what);
        assert_eq!(of(b"%PDF-1.7"), Some("a PDF"));
        assert_eq!(
            of(b"PK\x03\x04....word/document.xml"),
            Some("a document of Word (.docx)")
        );
        assert_eq!(of(b"PK\x03\x04...."), Some("a packed folder (zip)"));
        assert_eq!(of(b"\n<!DOCTYPE html>"), Some("a page in HTML"));
        assert_eq!(of(b"series: A"), None);
        assert_eq!(of(b""), None);
    }

    #[test]
    fn the_hash_is_that_of_the_bytes() {
        assert_eq!(
            decode(b"").hash,
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
    }
}
