//! The cover, where the pages begin with it: the piece's own, else the one that is drawn for it.

use super::failed;
use crate::compose::{BlockId, Composition};
use crate::cover;
use crate::editions::EditionError;
use crate::load::rasterised;
use crate::piece::{Image, ImageFormat};
use crate::theme::Theme;
use crate::typeset::{Layout, Placed};

/// A cover as a page shows it.
pub(super) struct Cover {
    pub(super) image: Image,
    /// What it says.
    pub(super) alt: String,
}

/// The cover of a piece whose pages begin with it.
pub(super) fn cover(
    composition: &Composition,
    layout: &Layout,
    theme: &Theme,
) -> Result<Option<Cover>, EditionError> {
    let first = layout.pages.first().map(|page| page.content.as_slice());
    let Some(
        [
            Placed::Image {
                block: BlockId::COVER,
                width,
                height,
                ..
            },
        ],
    ) = first
    else {
        return Ok(None);
    };
    Ok(Some(match &composition.cover {
        Some((id, alt)) => {
            let image = &composition[*id];
            Cover {
                image: rasterised(image, image.width, image.height).map_err(failed)?,
                alt: alt.clone(),
            }
        }
        None => {
            let drawn = cover::page(composition, theme, (*width, *height));
            let (bytes, (width, height)) = drawn.map_err(failed)?;
            Cover {
                image: Image::new(bytes, ImageFormat::Png, width, height),
                alt: cover::alt_text(composition, theme),
            }
        }
    }))
}
