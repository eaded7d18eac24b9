//! The cover: the piece's own, else one drawn from it.

use std::borrow::Cow;

use super::{EditionError, Options};
use crate::compose::Composition;
use crate::piece::ImageFormat;

/// A cover as the publication carries it.
pub(super) struct Cover<'a> {
    /// Its file.
    pub(super) bytes: Cow<'a, [u8]>,
    /// Its format.
    pub(super) format: ImageFormat,
    /// What it says.
    pub(super) alt: String,
}

impl Cover<'_> {
    /// Its path in the publication.
    pub(super) fn path(&self) -> &'static str {
        match self.format {
            ImageFormat::Png => "images/cover.png",
            ImageFormat::Jpeg => "images/cover.jpg",
        }
    }
}

/// The piece's cover.
pub(super) fn cover<'a>(
    composition: &'a Composition,
    _options: &Options,
) -> Result<Option<Cover<'a>>, EditionError> {
    Ok(composition.cover.as_ref().map(|(id, alt)| {
        let image = &composition[*id];
        Cover {
            bytes: Cow::Borrowed(&*image.bytes),
            format: image.format,
            alt: alt.clone(),
        }
    }))
}
