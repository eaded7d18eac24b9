//! Images as bytes that are known to be whole.

use std::sync::Arc;

/// The formats of images that a source may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImageFormat {
    /// PNG (ISO/IEC 15948).
    Png,
    /// JPEG (ISO/IEC 10918-1), grey or YCbCr.
    Jpeg,
}

impl ImageFormat {
    /// The media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
        }
    }

    /// The usual extension of a file.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
        }
    }
}

/// An image that was read and decoded once, upright: an orientation told by EXIF has been carried out on the pixels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// The file's bytes.
    pub bytes: Arc<[u8]>,
    /// Their format.
    pub format: ImageFormat,
    /// Width in pixels, 1 to 10,000.
    pub width: u32,
    /// Height in pixels, 1 to 10,000.
    pub height: u32,
}
