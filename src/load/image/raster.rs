//! Images made of pixels: decoded once, within limits that are read from the header first.

use std::io::Cursor;

use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;

use super::colour::{Conversion, Hue};
use super::format::PixelFormat;
use super::metadata::Metadata;
use super::pixels::{Changes, Coding, decoded, limits, room, truncated, within_limits};
use super::{Fault, jpeg, png, webp};
use crate::diagnostic::Code;
use crate::piece::{Image, ImageFormat};

/// Reads an image of a format, as PNG or JPEG.
pub(super) fn image(bytes: &[u8], format: PixelFormat) -> Result<Image, Fault> {
    let (metadata, mut image) = match format {
        PixelFormat::Png => png_image(bytes)?,
        PixelFormat::Jpeg => jpeg_image(bytes)?,
        PixelFormat::Webp => webp::image(bytes)?,
    };
    if !metadata.credit.is_empty() {
        let (exif, xmp) = (metadata.credit.to_exif(), metadata.credit.to_xmp());
        let with = match image.format {
            ImageFormat::Jpeg => jpeg::with_metadata,
            _ => png::with_metadata,
        };
        image.bytes = with(&image.bytes, &exif, &xmp).into();
    }
    Ok(image)
}

fn png_image(bytes: &[u8]) -> Result<(Metadata, Image), Fault> {
    let (width, height) = png_header(bytes)?;
    if png::is_moving(bytes) {
        return Err(Fault::moving());
    }
    within_limits(width, height)?;
    let metadata = Metadata::of(png::metadata(bytes));
    let space = png::space(bytes)?;
    let mut conversion = space.and_then(|space| Conversion::of(&space, png::hue(bytes)));
    let mut bare = png::bare(bytes);
    // Of a palette only the colours are converted: the pixels stay as they are.
    let converted = conversion
        .as_ref()
        .and_then(|to_srgb| png::with_palette(&bare, |colours| to_srgb.palette(colours)));
    if let Some(converted) = converted {
        (bare, conversion) = (converted, None);
    }
    let _room = room(width, height);
    let decoder = PngDecoder::with_limits(Cursor::new(&bare), limits());
    let changes = Changes {
        conversion,
        orientation: metadata.orientation,
    };
    let image = decoded(decoder, &bare, Coding::Png, &changes)?;
    Ok((metadata, image))
}

fn jpeg_image(bytes: &[u8]) -> Result<(Metadata, Image), Fault> {
    let (width, height, hue) = jpeg_header(bytes)?;
    let metadata = Metadata::of(jpeg::metadata(bytes));
    let space = jpeg::space(bytes)?;
    let changes = Changes {
        conversion: space.and_then(|space| Conversion::of(&space, hue)),
        orientation: metadata.orientation,
    };
    let bare = jpeg::bare(bytes);
    let _room = room(width, height);
    let decoder = JpegDecoder::new(Cursor::new(&bare));
    let image = decoded(decoder, &bare, Coding::Jpeg, &changes)?;
    Ok((metadata, image))
}

/// Width and height from the header chunk (ISO/IEC 15948, 11.2.2).
fn png_header(bytes: &[u8]) -> Result<(u32, u32), Fault> {
    let number = |at: usize| {
        let four = bytes.get(at..at + 4).and_then(|four| four.try_into().ok());
        four.map(u32::from_be_bytes).ok_or_else(truncated)
    };
    if bytes.get(12..16).is_some_and(|kind| kind != b"IHDR") {
        return Err(Fault::damaged(
            Code::DamagedImage,
            "the PNG file has no header",
        ));
    }
    Ok((number(16)?, number(20)?))
}

/// Width and height from the frame header, and whether there are colours.
fn jpeg_header(bytes: &[u8]) -> Result<(u32, u32, Hue), Fault> {
    let header = jpeg::header(bytes);
    let Some((width, height, components)) = header.frame else {
        return Err(truncated());
    };
    within_limits(width, height)?;
    let hue = match components {
        1 => Hue::Grey,
        3 => Hue::Colour,
        4 => {
            return Err(Fault::new(
                Code::CmykImage,
                "the JPEG file has CMYK colours, made for presses",
            )
            .hint("convert it to RGB"));
        }
        other => {
            let message = format!("the JPEG file has {other} colour components");
            return Err(Fault::new(Code::DamagedImage, message).hint("convert it to RGB"));
        }
    };
    if header.whole {
        Ok((width, height, hue))
    } else {
        Err(truncated())
    }
}
