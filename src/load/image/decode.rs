//! Decoding an image once, within limits that are read from its header first.

use std::io::Cursor;

use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::codecs::png::{PngDecoder, PngEncoder};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, Limits};

use super::colour::{Conversion, Hue};
use super::format::FileFormat;
use super::metadata::Metadata;
use super::{Fault, budget, format, jpeg, png, svg, webp};
use crate::diagnostic::{Code, guard};
use crate::piece::{Image, ImageFormat};

/// The longest side, in pixels.
const MAX_SIDE: u32 = 10_000;
/// The most pixels: 40 million need 160 MB when decoded.
const MAX_PIXELS: u64 = 40_000_000;
/// The most memory that decoding may take, in bytes.
const MAX_ALLOC: u64 = 512 << 20;
/// The quality of a JPEG that had to be turned, converted or scaled, 1 to 100.
const QUALITY: u8 = 92;

/// The image of a file's bytes, upright and in sRGB, with nothing in it that tells of the camera, its owner, or where and when
/// the picture was taken; whom it is owed to stays.
pub(super) fn image(bytes: &[u8]) -> Result<Image, Fault> {
    // The decoders are other people's: one that panics over a damaged file has said that it is damaged.
    let made = guard("decoding an image", || made(bytes));
    made.unwrap_or_else(|_| {
        let message = "the image cannot be decoded: the file is damaged";
        Err(Fault::new(Code::DamagedImage, message).hint("copy or export the file again"))
    })
}

fn made(bytes: &[u8]) -> Result<Image, Fault> {
    let (metadata, mut image) = match format::format(bytes)? {
        FileFormat::Png => png_image(bytes)?,
        FileFormat::Jpeg => jpeg_image(bytes)?,
        FileFormat::Webp => webp::image(bytes)?,
        FileFormat::Svg => return svg::image(bytes),
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

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_ALLOC);
    limits
}

/// Waits for room to decode an image of so many pixels: four channels of 16 bits, the largest that are read.
pub(super) fn room(width: u32, height: u32) -> budget::Room {
    budget::room_for(u64::from(width) * u64::from(height) * 8)
}

pub(super) fn truncated() -> Fault {
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

pub(super) fn within_limits(width: u32, height: u32) -> Result<(), Fault> {
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

pub(super) fn fault(error: &ImageError) -> Fault {
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

/// What is to be done to the pixels.
pub(super) struct Changes {
    pub(super) conversion: Option<Conversion>,
    pub(super) orientation: Orientation,
}

impl Changes {
    /// Decodes the pixels to the last, and changes them.
    fn pixels(
        &self,
        decoder: Result<impl ImageDecoder, ImageError>,
    ) -> Result<DynamicImage, Fault> {
        let decoder = decoder.map_err(|error| fault(&error))?;
        let mut pixels = DynamicImage::from_decoder(decoder).map_err(|error| fault(&error))?;
        if let Some(conversion) = &self.conversion {
            conversion.apply(&mut pixels);
        }
        pixels.apply_orientation(self.orientation);
        Ok(pixels)
    }
}

/// How pixels are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Coding {
    Png,
    Jpeg,
}

impl Coding {
    fn format(self) -> ImageFormat {
        match self {
            Self::Png => ImageFormat::Png,
            Self::Jpeg => ImageFormat::Jpeg,
        }
    }
}

/// Decodes the image to its last pixel, and encodes it anew if its pixels change.
fn decoded(
    decoder: Result<impl ImageDecoder, ImageError>,
    bytes: &[u8],
    coding: Coding,
    changes: &Changes,
) -> Result<Image, Fault> {
    let pixels = changes.pixels(decoder)?;
    let same = changes.conversion.is_none() && changes.orientation == Orientation::NoTransforms;
    let bytes = match same {
        true => bytes.to_vec(),
        false => encode(&pixels, coding).map_err(|error| fault(&error))?,
    };
    let (width, height) = (pixels.width(), pixels.height());
    Ok(Image::new(bytes, coding.format(), width, height))
}

/// Decodes an image of so many pixels, and encodes it as said.
pub(super) fn anew(
    decoder: impl ImageDecoder,
    (width, height): (u32, u32),
    coding: Coding,
    changes: &Changes,
) -> Result<Image, Fault> {
    let _room = room(width, height);
    let pixels = changes.pixels(Ok(decoder))?;
    let bytes = encode(&pixels, coding).map_err(|error| fault(&error))?;
    let (width, height) = (pixels.width(), pixels.height());
    Ok(Image::new(bytes, coding.format(), width, height))
}

/// The pixels as bytes; the same pixels give the same bytes.
pub(super) fn encode(pixels: &DynamicImage, coding: Coding) -> Result<Vec<u8>, ImageError> {
    let mut bytes = Vec::new();
    match coding {
        Coding::Png => pixels.write_with_encoder(PngEncoder::new(&mut bytes))?,
        Coding::Jpeg => {
            pixels.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, QUALITY))?;
        }
    }
    Ok(bytes)
}
