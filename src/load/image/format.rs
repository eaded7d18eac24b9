//! Formats of images, told by content and never by name.

use std::io::Read;

use flate2::read::GzDecoder;

use super::Fault;
use crate::diagnostic::Code;

/// The formats that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FileFormat {
    Pixels(PixelFormat),
    Svg,
    /// A drawing as .svgz.
    PackedSvg,
}

/// The formats of pixels that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PixelFormat {
    Png,
    Jpeg,
    Webp,
}

/// How a file begins that `gzip` packed (RFC 1952, 2.3.1).
const GZIP: &[u8] = b"\x1f\x8b";
/// How much of a file is looked at to tell a drawing.
const HEAD: u64 = 64 << 10;

/// The bytes of a packed file, as far as a limit; fewer where it is damaged.
pub(super) fn unpacked(bytes: &[u8], most: u64) -> Vec<u8> {
    let mut plain = Vec::new();
    // What came before the damage is still told by its beginning, and refused when it is read.
    let _ = GzDecoder::new(bytes).take(most).read_to_end(&mut plain);
    plain
}

/// The format of a file's bytes.
pub(super) fn format(bytes: &[u8]) -> Result<FileFormat, Fault> {
    if bytes.starts_with(GZIP) && is_svg(&unpacked(bytes, HEAD)) {
        return Ok(FileFormat::PackedSvg);
    }
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Ok(FileFormat::Pixels(PixelFormat::Png));
    }
    if bytes.starts_with(b"\xff\xd8\xff") {
        return Ok(FileFormat::Pixels(PixelFormat::Jpeg));
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Ok(FileFormat::Pixels(PixelFormat::Webp));
    }
    if bytes.is_empty() {
        return Err(Fault::damaged(Code::ImageFormat, "the file is empty"));
    }
    let fault = match name(bytes) {
        Some(name) => Fault::new(Code::ImageFormat, format!("this is {name}")),
        None if is_svg(bytes) => return Ok(FileFormat::Svg),
        None => Fault::new(Code::ImageFormat, "this is not an image of a known format"),
    };
    Err(fault.hint("an image is PNG, JPEG, WebP or SVG; convert it"))
}

/// The name of a format that is not read.
fn name(bytes: &[u8]) -> Option<&'static str> {
    const SIGNATURES: &[(usize, &[u8], &str)] = &[
        (0, b"GIF8", "a GIF image"),
        (0, b"BM", "a BMP image"),
        (0, b"II*\0", "a TIFF image"),
        (0, b"MM\0*", "a TIFF image"),
        (4, b"ftypavif", "an AVIF image"),
        (4, b"ftypheic", "a HEIC image"),
        (4, b"ftypmif1", "a HEIF image"),
        (0, b"\xff\x0a", "a JPEG XL image"),
        (4, b"JXL ", "a JPEG XL image"),
        (4, b"jP  ", "a JPEG 2000 image"),
        (0, b"\0\0\x01\0", "an icon"),
        (0, b"%PDF", "a PDF document"),
        (0, b"%!PS", "a PostScript document"),
        (0, b"8BPS", "a Photoshop document"),
        (0, GZIP, "a compressed file, and no SVG drawing in it"),
    ];
    let signed = SIGNATURES.iter().find(|(at, signature, _)| {
        bytes
            .get(*at..)
            .is_some_and(|rest| rest.starts_with(signature))
    });
    signed.map(|(_, _, name)| *name)
}

/// Whether the first element is that of a drawing, told from the beginning of the file.
fn is_svg(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(HEAD as usize)];
    let open = [&b"<svg"[..], b"<svg:svg"];
    let found = |open: &&[u8]| {
        let mut places = head.windows(open.len() + 1);
        places.any(|place| {
            let (name, after) = place.split_at(open.len());
            name == *open && matches!(after, [b' ' | b'\t' | b'\r' | b'\n' | b'>' | b'/'])
        })
    };
    // What stands before it is no element of another kind, such as a page of HTML with a drawing in it.
    let first = head
        .windows(2)
        .find(|pair| pair[0] == b'<' && pair[1].is_ascii_alphabetic());
    open.iter().any(found) && first.is_some_and(|first| first == b"<s")
}
