//! Covers: a picture of the piece's title block, drawn with the embedded faces, as an indexed PNG; with a house's logo on it, as
//! one of all colours.
//!
//! A cover repeats words of the composition and adds none. A piece's own cover image is only made smaller here.

mod canvas;
mod design;
mod jpeg;
mod lines;
mod logo;
mod ornament;
mod raster;
mod setter;
mod thumbnail;
mod wording;

use crate::compose::Composition;
use crate::theme::{Pt, Theme};
pub use jpeg::jpeg;
pub use thumbnail::thumbnail;
use wording::{Phrase, Wording};

/// The media type of what is drawn here.
pub const MEDIA_TYPE: &str = "image/png";

/// How large a cover is drawn: the same picture each time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// For books and printers: 1600 by 2560 pixels.
    Full,
    /// For a screen: 800 by 1280 pixels.
    Screen,
    /// For lists: 320 by 512 pixels.
    Thumbnail,
}

impl Size {
    /// The width and height in pixels.
    #[must_use]
    pub fn pixels(self) -> (u32, u32) {
        let (width, height) = design::SIZE;
        (width / self.reduction(), height / self.reduction())
    }

    /// So many pixels of the design become one.
    fn reduction(self) -> u32 {
        match self {
            Self::Full => 1,
            Self::Screen => 2,
            Self::Thumbnail => 5,
        }
    }
}

/// The width and height of a share image in pixels.
pub const SHARE_SIZE: (u32, u32) = (1200, 630);

/// Why a cover could not be drawn.
#[derive(Debug, thiserror::Error)]
pub enum CoverError {
    /// The PNG library refused.
    #[error("the cover could not be written as PNG: {0}")]
    Png(#[from] png::EncodingError),
    /// The piece's own cover could not be made smaller.
    #[error("the cover image could not be made smaller: {0}")]
    Image(#[from] image::ImageError),
    /// A drawing cannot be shown as pixels.
    #[error("{0}")]
    Drawing(String),
}

/// Draws the cover: a PNG, with at most 16 colours where no logo of the theme stands on it.
///
/// Series, title, subtitle, names and date are set as large as they fit; nothing is ever cut.
///
/// # Errors
/// [`CoverError`] when a library beneath refuses.
pub fn draw(composition: &Composition, theme: &Theme, size: Size) -> Result<Vec<u8>, CoverError> {
    design::upright(&Wording::of(composition), theme, size.reduction())
}

/// Draws the cover in the shape of a page: 1600 pixels wide; the picture with its width and height.
///
/// # Errors
/// [`CoverError`] when a library beneath refuses.
pub fn page(
    composition: &Composition,
    theme: &Theme,
    (width, height): (Pt, Pt),
) -> Result<(Vec<u8>, (u32, u32)), CoverError> {
    let (across, most) = design::SIZE;
    let down = (across as f32 * (height / width)).round() as u32;
    let size = (across, down.clamp(across, most));
    let picture = design::page(&Wording::of(composition), theme, size.1)?;
    Ok((picture, size))
}

/// Draws the image that stands for the piece where its address is shared: a PNG of 1200 by 630 pixels.
///
/// # Errors
/// [`CoverError`] when a library beneath refuses.
pub fn share(composition: &Composition, theme: &Theme) -> Result<Vec<u8>, CoverError> {
    design::broad(&Wording::of(composition), theme)
}

/// What the cover says, for those who do not see it: the logo and its words in their order, each line a sentence.
#[must_use]
pub fn alt_text(composition: &Composition, theme: &Theme) -> String {
    let wording = Wording::of(composition);
    let logo = theme.cover_logo.as_ref().map(|logo| logo.alt.clone());
    let series = composition[composition.title_block.series].plain();
    let title = composition.record.full_title.clone();
    let rest = wording.byline.iter().chain([&wording.date]);
    let mut lines = logo
        .into_iter()
        .chain([series, title])
        .chain(rest.map(Phrase::words));
    let mut words = lines.next().unwrap_or_default();
    for line in lines {
        words.push_str(if words.ends_with(char::is_alphanumeric) {
            ". "
        } else {
            " "
        });
        words.push_str(&line);
    }
    composition.cover_description(words.trim())
}

#[cfg(test)]
mod tests;
