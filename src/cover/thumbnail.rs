//! A piece's own cover image, made small for lists.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;

use super::{CoverError, Size};
use crate::load::rasterised;
use crate::piece::{Image, ImageFormat};

/// The quality of a JPEG, 1 to 100.
const QUALITY: u8 = 82;

/// Makes an image small enough for a list, in its own format; none when it is small already.
///
/// # Errors
/// [`CoverError::Image`] when a library beneath refuses.
pub fn thumbnail(image: &Image) -> Result<Option<Image>, CoverError> {
    let (width, height) = Size::Thumbnail.pixels();
    if image.width <= width && image.height <= height {
        return Ok(None);
    }
    let image = rasterised(image, width, height).map_err(CoverError::Drawing)?;
    let pixels = image::load_from_memory(&image.bytes)?;
    let small = pixels.resize(width, height, FilterType::Triangle);
    let (width, height) = (small.width(), small.height());
    let mut bytes = Vec::new();
    match image.format {
        ImageFormat::Jpeg => small
            .into_rgb8()
            .write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, QUALITY))?,
        _ => small.write_to(&mut Cursor::new(&mut bytes), image::ImageFormat::Png)?,
    }
    Ok(Some(Image::new(bytes, image.format, width, height)))
}
