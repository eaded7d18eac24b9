//! The pixels of an image: decoded within limits, changed, encoded.

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, Limits};

use super::colour::Conversion;
use super::{Fault, budget};
use crate::diagnostic::Code;
use crate::piece::{Image, ImageFormat};

/// The longest side, in pixels.
const MAX_SIDE: u32 = 10_000;

/// The most pixels: 40 million need 160 MB when decoded.
const MAX_PIXELS: u64 = 40_000_000;

/// The most memory that decoding may take, in bytes.
const MAX_ALLOC: u64 = 512 << 20;

/// The quality of a JPEG that had to be turned, converted or scaled, 1 to 100.
const QUALITY: u8 = 92;

pub(super) fn limits() -> Limits {
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

pub(super) fn within_limits(width: u32, height: u32) -> Result<(), Fault> {
    if width == 0 || height == 0 {
        return Err(Fault::damaged(
            Code::DamagedImage,
            "the image has no pixels",
        ));
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

pub(super) fn truncated() -> Fault {
    Fault::damaged(Code::TruncatedImage, "the file ends before the image does")
}

pub(super) fn fault(error: &ImageError) -> Fault {
    match error {
        ImageError::IoError(_) => truncated(),
        ImageError::Limits(_) => Fault::new(
            Code::ImageTooLarge,
            "the image needs too much memory to decode",
        )
        .hint("scale it down; 300 pixels an inch are enough"),
        ImageError::Unsupported(_) => Fault::new(
            Code::ImageFormat,
            "the image is of a kind that is not read, such as 12 bits or arithmetic coding",
        )
        .hint("convert it to an ordinary PNG or JPEG"),
        other => Fault::damaged(
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
pub(super) fn decoded(
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
