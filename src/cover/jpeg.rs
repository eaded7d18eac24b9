//! Covers as JPEG, for readers and shops that show no PNG.

use image::codecs::jpeg::JpegEncoder;

use super::CoverError;

/// The quality, 1 to 100: the edges of letters stay clean.
const QUALITY: u8 = 90;

/// A cover of any format as JPEG, on white where it is transparent. The same pixels give the same bytes.
///
/// # Errors
/// [`CoverError::Image`] when a library beneath refuses.
pub fn jpeg(cover: &[u8]) -> Result<Vec<u8>, CoverError> {
    let pixels = image::load_from_memory(cover)?.into_rgba8();
    let opaque = image::RgbImage::from_fn(pixels.width(), pixels.height(), |x, y| {
        let [red, green, blue, alpha] = pixels.get_pixel(x, y).0.map(u32::from);
        let over = |part: u32| ((part * alpha + 255 * (255 - alpha)) / 255) as u8;
        image::Rgb([over(red), over(green), over(blue)])
    });
    let mut bytes = Vec::new();
    opaque.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, QUALITY))?;
    Ok(bytes)
}
