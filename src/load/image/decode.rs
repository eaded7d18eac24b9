//! Decoding an image once, within limits that are read from its header first.

use std::io::Cursor;

use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::codecs::png::{PngDecoder, PngEncoder};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageEncoder, ImageError, Limits};

use super::{Fault, budget, format, jpeg, png};
use crate::diagnostic::{Code, guard};
use crate::piece::{Image, ImageFormat};

/// The longest side, in pixels.
const MAX_SIDE: u32 = 10_000;
/// The most pixels: 40 million need 160 MB when decoded.
const MAX_PIXELS: u64 = 40_000_000;
/// The most memory that decoding may take, in bytes.
const MAX_ALLOC: u64 = 512 << 20;
/// The quality of a JPEG that had to be turned, 1 to 100.
const QUALITY: u8 = 92;

/// The image of a file's bytes.
pub(super) fn image(bytes: Vec<u8>) -> Result<Image, Fault> {
    // The decoders are other people's: one that panics over a damaged file has said that it is damaged.
    let decoded = guard("decoding an image", || decoded(bytes));
    decoded.unwrap_or_else(|_| {
        let message = "the image cannot be decoded: the file is damaged";
        Err(Fault::new(Code::DamagedImage, message).hint("copy or export the file again"))
    })
}

fn decoded(bytes: Vec<u8>) -> Result<Image, Fault> {
    let format = format::format(&bytes)?;
    match format {
        ImageFormat::Png => {
            let (width, height) = png_header(&bytes)?;
            within_limits(width, height)?;
            png::within_limits(&bytes)?;
            let _room = budget::room_for(memory(width, height));
            let decoder = PngDecoder::with_limits(Cursor::new(&bytes), limits());
            upright(decoder, &bytes, format)
        }
        ImageFormat::Jpeg => {
            let (width, height) = jpeg_header(&bytes)?;
            let _room = budget::room_for(memory(width, height));
            upright(JpegDecoder::new(Cursor::new(&bytes)), &bytes, format)
        }
    }
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_ALLOC);
    limits
}

/// What decoding takes at most: four channels of 16 bits, the largest that are read.
fn memory(width: u32, height: u32) -> u64 {
    u64::from(width) * u64::from(height) * 8
}

fn truncated() -> Fault {
    Fault::new(Code::TruncatedImage, "the file ends before the image does")
        .hint("copy or export the file again")
}

/// Width and height from the header chunk (ISO/IEC 15948, 11.2.2).
fn png_header(bytes: &[u8]) -> Result<(u32, u32), Fault> {
    let number = |at: usize| {
        let four = bytes.get(at..at + 4).and_then(|four| four.try_into().ok());
        four.map(u32::from_be_bytes).ok_or_else(truncated)
    };
    if bytes.get(12..16).is_some_and(|kind| kind != b"IHDR") {
        return Err(Fault::new(Code::DamagedImage, "the PNG file has no header"));
    }
    Ok((number(16)?, number(20)?))
}

/// Width and height from the frame header.
fn jpeg_header(bytes: &[u8]) -> Result<(u32, u32), Fault> {
    let segments = jpeg::segments(bytes);
    let Some((width, height, components)) = segments.frame else {
        return Err(truncated());
    };
    within_limits(width, height)?;
    match components {
        1 | 3 => {}
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
    }
    if segments.whole {
        Ok((width, height))
    } else {
        Err(truncated())
    }
}

fn within_limits(width: u32, height: u32) -> Result<(), Fault> {
    if width == 0 || height == 0 {
        return Err(Fault::new(Code::DamagedImage, "the image has no pixels"));
    }
    let pixels = u64::from(width) * u64::from(height);
    if width > MAX_SIDE || height > MAX_SIDE || pixels > MAX_PIXELS {
        let message = format!(
            "the image is {width} × {height} pixels; a side may have {MAX_SIDE}, and all of it {} million",
            MAX_PIXELS / 1_000_000
        );
        return Err(Fault::new(Code::ImageTooLarge, message)
            .hint("scale it down; 300 pixels an inch are enough"));
    }
    Ok(())
}

fn fault(error: &ImageError) -> Fault {
    match error {
        ImageError::IoError(_) => truncated(),
        ImageError::Limits(_) => Fault::new(
            Code::ImageTooLarge,
            "the image needs too much memory to decode",
        ),
        ImageError::Unsupported(_) => Fault::new(
            Code::ImageFormat,
            "the image is of a kind that is not read, such as 12 bits or arithmetic coding",
        )
        .hint("convert it to an ordinary PNG or JPEG"),
        other => Fault::new(
            Code::DamagedImage,
            format!("the image cannot be decoded: {other}"),
        ),
    }
}

/// Decodes the image to its last pixel, and turns it if its EXIF data ask for that.
fn upright(
    decoder: Result<impl ImageDecoder, ImageError>,
    bytes: &[u8],
    format: ImageFormat,
) -> Result<Image, Fault> {
    let mut decoder = decoder.map_err(|error| fault(&error))?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let profile = decoder.icc_profile().unwrap_or_default();
    let mut pixels = DynamicImage::from_decoder(decoder).map_err(|error| fault(&error))?;
    let bytes = if orientation == Orientation::NoTransforms {
        bytes.into()
    } else {
        pixels.apply_orientation(orientation);
        encode(&pixels, profile, format)
            .map_err(|error| fault(&error))?
            .into()
    };
    Ok(Image {
        bytes,
        format,
        width: pixels.width(),
        height: pixels.height(),
    })
}

/// The pixels in the format they came in; the same pixels give the same bytes.
fn encode(
    pixels: &DynamicImage,
    profile: Option<Vec<u8>>,
    format: ImageFormat,
) -> Result<Vec<u8>, ImageError> {
    fn write(
        mut encoder: impl ImageEncoder,
        pixels: &DynamicImage,
        profile: Option<Vec<u8>>,
    ) -> Result<(), ImageError> {
        if let Some(profile) = profile {
            // An encoder that cannot keep the profile leaves it out.
            let _ = encoder.set_icc_profile(profile);
        }
        pixels.write_with_encoder(encoder)
    }
    let mut bytes = Vec::new();
    match format {
        ImageFormat::Png => write(PngEncoder::new(&mut bytes), pixels, profile)?,
        ImageFormat::Jpeg => write(
            JpegEncoder::new_with_quality(&mut bytes, QUALITY),
            pixels,
            profile,
        )?,
    }
    Ok(bytes)
}
