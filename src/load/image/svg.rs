//! SVG drawings as pictures: never the file, but what is drawn in it, written anew.

use super::Fault;
use crate::drawing::{Drawing, DrawingError};
use crate::piece::{Image, ImageFormat};

/// Reads a drawing.
pub(super) fn image(bytes: &[u8]) -> Result<Image, Fault> {
    let drawing = Drawing::read(bytes).map_err(refused)?;
    let (width, height) = drawing.natural();
    let bytes = drawing.anew().map_err(refused)?.into_bytes();
    Ok(Image::new(bytes, ImageFormat::Svg, width, height))
}

fn refused(error: DrawingError) -> Fault {
    Fault::new(error.code(), error.to_string()).hint(error.hint())
}
