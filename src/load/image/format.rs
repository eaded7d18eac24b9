//! Formats of images, told by content and never by name.

use super::Fault;
use crate::diagnostic::Code;
use crate::piece::ImageFormat;

/// The format of a file's bytes.
pub(super) fn format(bytes: &[u8]) -> Result<ImageFormat, Fault> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Ok(ImageFormat::Png);
    }
    if bytes.starts_with(b"\xff\xd8\xff") {
        return Ok(ImageFormat::Jpeg);
    }
    if bytes.is_empty() {
        return Err(Fault::new(Code::ImageFormat, "the file is empty"));
    }
    let fault = match name(bytes) {
        Some(name) => Fault::new(Code::ImageFormat, format!("this is {name}")),
        None => Fault::new(Code::ImageFormat, "this is not an image of a known format"),
    };
    Err(fault.hint("an image is PNG or JPEG; convert it"))
}

/// The name of a format that is not read.
fn name(bytes: &[u8]) -> Option<&'static str> {
    const SIGNATURES: &[(usize, &[u8], &str)] = &[
        (0, b"GIF8", "a GIF image"),
        (8, b"WEBP", "a WebP image"),
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
    ];
    let signed = SIGNATURES.iter().find(|(at, signature, _)| {
        bytes
            .get(*at..)
            .is_some_and(|rest| rest.starts_with(signature))
    });
    let svg = || {
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]);
        head.contains("<svg").then_some("an SVG drawing")
    };
    signed.map(|(_, _, name)| *name).or_else(svg)
}
