//! The house's logo on a cover: above the series, in its own colours, laid over the picture when all else is drawn.

use image::{Rgb, RgbImage};

use super::CoverError;
use crate::compose::Logo;
use crate::load::pixels_of;

/// The most of a design's height that a logo takes.
const TALLEST: f32 = 0.12;

/// Where a logo stands, in pixels of the design.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    logo: &'a Logo,
    /// Its width.
    pub(super) width: f32,
    /// Its height.
    pub(super) height: f32,
}

impl<'a> Place<'a> {
    /// As much of a column as the logo fills of the measure, but no taller than suits a cover.
    pub(super) fn new(logo: &'a Logo, column: f32, page: f32) -> Self {
        let shape = logo.image.height.max(1) as f32 / logo.image.width.max(1) as f32;
        let width = column * f32::from(logo.width) / 100.0;
        let width = width.min(page * TALLEST / shape);
        Self {
            logo,
            width,
            height: width * shape,
        }
    }

    /// Lays it over a picture, of which a pixel is so many of the design.
    ///
    /// # Errors
    /// [`CoverError::Drawing`] where it cannot be shown.
    pub(super) fn lay(
        &self,
        picture: &mut RgbImage,
        (x, y): (f32, f32),
        reduction: u32,
    ) -> Result<(), CoverError> {
        let part = |length: f32| (length / reduction as f32).round() as u32;
        let (left, top) = (part(x), part(y));
        let logo = pixels_of(&self.logo.image, part(self.width), part(self.height));
        for (column, row, over) in logo.map_err(CoverError::Drawing)?.enumerate_pixels() {
            let (x, y) = (left + column, top + row);
            if x < picture.width() && y < picture.height() {
                let under = picture.get_pixel_mut(x, y);
                *under = blended(*under, over.0);
            }
        }
        Ok(())
    }
}

fn blended(Rgb(under): Rgb<u8>, [red, green, blue, alpha]: [u8; 4]) -> Rgb<u8> {
    let alpha = u32::from(alpha);
    let mix = |over: u8, under: u8| {
        let sum = u32::from(over) * alpha + u32::from(under) * (255 - alpha);
        ((sum + 127) / 255) as u8
    };
    Rgb([
        mix(red, under[0]),
        mix(green, under[1]),
        mix(blue, under[2]),
    ])
}
