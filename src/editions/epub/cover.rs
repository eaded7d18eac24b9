//! The cover: the piece's own, else one drawn from it.

use std::borrow::Cow;

use super::{EditionError, refused};
use crate::compose::Composition;
use crate::cover;
use crate::piece::ImageFormat;
use crate::theme::Theme;

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
            ImageFormat::Svg => "images/cover.svg",
        }
    }
}

/// The piece's cover.
pub(super) fn cover<'a>(
    composition: &'a Composition,
    theme: &Theme,
) -> Result<Cover<'a>, EditionError> {
    let cover = whole(composition, theme)?;
    if !theme.epub.jpeg_cover || cover.format == ImageFormat::Jpeg {
        return Ok(cover);
    }
    Ok(Cover {
        bytes: Cow::Owned(cover::jpeg(&cover.bytes).map_err(refused)?),
        format: ImageFormat::Jpeg,
        ..cover
    })
}

/// The cover in the format that it has by itself.
fn whole<'a>(composition: &'a Composition, theme: &Theme) -> Result<Cover<'a>, EditionError> {
    Ok(match &composition.cover {
        Some((id, alt)) => Cover {
            bytes: Cow::Borrowed(&*composition[*id].bytes),
            format: composition[*id].format,
            alt: alt.clone(),
        },
        None => Cover {
            bytes: Cow::Owned(cover::draw(composition, theme, cover::Size::Full).map_err(refused)?),
            format: ImageFormat::Png,
            alt: cover::alt_text(composition, theme),
        },
    })
}
