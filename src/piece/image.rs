//! Images as bytes that are known to be whole.

use std::sync::Arc;

/// The formats of images as editions take them. What else a source may name is one of these by the time it is loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImageFormat {
    /// PNG (ISO/IEC 15948).
    Png,
    /// JPEG (ISO/IEC 10918-1), grey or YCbCr.
    Jpeg,
    /// SVG (W3C SVG 1.1), written anew: paths alone, no text, nothing that stands elsewhere.
    Svg,
}

impl ImageFormat {
    /// The media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Svg => "image/svg+xml",
        }
    }

    /// The usual extension of a file.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Svg => "svg",
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
    /// Width and height in pixels of the file that the author gave, by which the picture is measured: the same as those
    /// above until it is scaled down.
    pub natural: (u32, u32),
}

impl Image {
    /// An image as its author gave it.
    #[must_use]
    pub fn new(bytes: impl Into<Arc<[u8]>>, format: ImageFormat, width: u32, height: u32) -> Self {
        Self {
            bytes: bytes.into(),
            format,
            width,
            height,
            natural: (width, height),
        }
    }
}
