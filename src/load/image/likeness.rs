//! Whether two pictures show the same: editions carry smaller copies, and other programs save them again.

use super::{pixels_of, rasterised};
use crate::piece::Image;

/// Two pictures are compared in no more pixels than this to a side.
const SIDE: u32 = 512;
/// So many pixels to a side are one field, whose means are compared: what a copy of fewer pixels or a worse JPEG has otherwise is
/// lost in it, and a letter that is another is not.
const FIELD: u32 = 8;
/// So far apart are the means of a field, of 255, where something else is seen.
pub const APART: u32 = 12;

/// How far apart two pictures are where they differ most, of 255; none for those of different shapes, and for what cannot be read.
#[must_use]
pub fn apart(a: &Image, b: &Image) -> Option<u32> {
    let ratio = |image: &Image| f64::from(image.width) / f64::from(image.height.max(1));
    if (ratio(a) / ratio(b) - 1.0).abs() > 0.03 {
        return None;
    }
    // A drawing is compared as it is drawn in so many pixels: fewer of them show its lines otherwise.
    let drawn = |image: &Image, like: &Image| rasterised(image, like.width, like.height).ok();
    let (a, b) = (&drawn(a, b)?, &drawn(b, a)?);
    let width = a.width.min(b.width).min(SIDE);
    let height = ((f64::from(width) / ratio(a)).round() as u32).clamp(1, 4 * SIDE);
    let (a, b) = (fields(a, width, height)?, fields(b, width, height)?);
    a.iter().zip(&b).map(|(a, b)| a.abs_diff(*b)).max()
}

/// The means of the fields of a picture on white, colour by colour.
fn fields(image: &Image, width: u32, height: u32) -> Option<Vec<u32>> {
    let pixels = pixels_of(image, width, height).ok()?;
    let (across, down) = (width.div_ceil(FIELD), height.div_ceil(FIELD));
    let mut sums = vec![[0_u32; 4]; (across * down) as usize];
    for (x, y, pixel) in pixels.enumerate_pixels() {
        let [red, green, blue, opacity] = pixel.0.map(u32::from);
        let on_white = |colour: u32| (colour * opacity + 255 * (255 - opacity)) / 255;
        let sum = &mut sums[(y / FIELD * across + x / FIELD) as usize];
        for (sum, part) in sum
            .iter_mut()
            .zip([on_white(red), on_white(green), on_white(blue), 1])
        {
            *sum += part;
        }
    }
    let means = sums
        .iter()
        .flat_map(|[r, g, b, n]| [r, g, b].map(|sum| sum / (*n).max(1)));
    Some(means.collect())
}
