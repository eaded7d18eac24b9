//! SVG drawings as pictures: never the file, but what is drawn in it, written anew.

use super::format::{self, FileFormat, unpacked};
use super::{Fault, raster};
use crate::drawing::{Drawing, DrawingError, MAX_BYTES};
use crate::piece::{Image, ImageFormat};

/// Reads a drawing.
pub(super) fn image(bytes: &[u8]) -> Result<Image, Fault> {
    let drawing = Drawing::read(bytes, &pixels).map_err(refused)?;
    let (width, height) = drawing.natural();
    let bytes = drawing.anew().map_err(refused)?.into_bytes();
    Ok(Image::new(bytes, ImageFormat::Svg, width, height))
}

/// Reads a packed drawing: no more of it is unpacked than a drawing may have.
pub(super) fn packed(bytes: &[u8]) -> Result<Image, Fault> {
    image(&unpacked(bytes, MAX_BYTES as u64 + 1))
}

/// What a drawing shows of pixels is read as a file of its own would be, and never another drawing.
fn pixels(bytes: &[u8]) -> Result<Image, String> {
    let image = match format::format(bytes) {
        Ok(FileFormat::Pixels(format)) => raster::image(bytes, format),
        Ok(FileFormat::Svg | FileFormat::PackedSvg) => return Err("it is a drawing".to_owned()),
        Err(fault) => Err(fault),
    };
    image.map_err(|fault| fault.message)
}

fn refused(error: DrawingError) -> Fault {
    Fault::new(error.code(), error.to_string()).hint(error.hint())
}
