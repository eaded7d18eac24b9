//! The room without what reads drawings: this program was built without its feature `svg`.

mod shapes;

pub use shapes::{Mark, Shape, Step, bytes};

use crate::diagnostic::Code;
use crate::piece::Image;

/// Lets the bytes of an image into a drawing.
pub type PixelGate<'a> = dyn Fn(&[u8]) -> Result<Image, String> + Send + Sync + 'a;

/// The largest drawing, in bytes of its file.
pub(crate) const MAX_BYTES: usize = 16 << 20;

/// A drawing; there is none.
#[derive(Debug, Clone)]
pub enum Drawing {}

/// A drawing as pixels.
#[derive(Debug)]
pub struct Raster {
    /// The bytes of a PNG.
    pub bytes: Vec<u8>,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
}

/// Why a drawing cannot be shown.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DrawingError {
    /// The program was built without.
    #[error("this program was built without SVG drawings")]
    Absent,
}

impl DrawingError {
    /// The way out.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        "export it as PNG"
    }

    /// What it is about.
    #[must_use]
    pub fn code(&self) -> Code {
        Code::SvgImage
    }
}

impl Drawing {
    /// Reads no drawing.
    ///
    /// # Errors
    /// Always.
    pub fn read(_: &[u8], _: &PixelGate<'_>) -> Result<Self, DrawingError> {
        Err(DrawingError::Absent)
    }

    /// Reads no drawing.
    ///
    /// # Errors
    /// Always.
    pub fn again(_: &[u8]) -> Result<Self, DrawingError> {
        Err(DrawingError::Absent)
    }

    /// Its marks.
    #[must_use]
    pub fn shapes(&self) -> Option<Vec<Shape>> {
        match *self {}
    }

    /// Width and height in pixels.
    #[must_use]
    pub fn natural(&self) -> (u32, u32) {
        match *self {}
    }

    /// The drawing written anew.
    ///
    /// # Errors
    /// Never.
    pub fn anew(&self) -> Result<String, DrawingError> {
        match *self {}
    }

    /// The drawing as a PNG.
    ///
    /// # Errors
    /// Never.
    pub fn png(&self, _: u32, _: u32) -> Result<Raster, png::EncodingError> {
        match *self {}
    }
}
