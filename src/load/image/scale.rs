//! Images with fewer pixels: the same on every machine, with the transparency and the credit that they had.

use image::imageops::FilterType;
use image::{DynamicImage, ImageBuffer, Rgba, RgbaImage};

use super::metadata::Metadata;
use super::pixels::{self, Coding};
use super::{jpeg, memo, png};
use crate::drawing::Drawing;
use crate::piece::{Image, ImageFormat};

/// How much larger than what is asked for a picture is made by averages alone, which is quick, before it is made finely.
const COARSE: u32 = 2;

/// An image with so many pixels or fewer, its format and its natural size kept; none where that would be no smaller in
/// bytes, where it has no more pixels than that, or where it has none at all.
#[must_use]
pub fn scaled(image: &Image, width: u32, height: u32) -> Option<Image> {
    let coding = match image.format {
        ImageFormat::Png => Coding::Png,
        ImageFormat::Jpeg => Coding::Jpeg,
        ImageFormat::Svg => return None,
    };
    if width == 0 || height == 0 || width >= image.width {
        return None;
    }
    memo::scaled(image, width, height, || fewer(image, width, height, coding))
}

fn fewer(image: &Image, width: u32, height: u32, coding: Coding) -> Option<Image> {
    let _room = pixels::room(image.width, image.height);
    let pixels = image::load_from_memory(&image.bytes).ok()?;
    let bytes = pixels::encode(&smaller(pixels, width, height), coding).ok()?;
    let small = with_credit(bytes, image);
    (small.len() < image.bytes.len()).then(|| Image {
        bytes: small.into(),
        width,
        height,
        ..*image
    })
}

/// A drawing as a PNG of so many pixels; any other image as it is.
///
/// # Errors
/// What the reader or the encoder says.
pub fn rasterised(image: &Image, width: u32, height: u32) -> Result<Image, String> {
    if image.format != ImageFormat::Svg {
        return Ok(image.clone());
    }
    let drawing = Drawing::again(&image.bytes).map_err(|error| error.to_string())?;
    let raster = drawing
        .png(width, height)
        .map_err(|error| error.to_string())?;
    Ok(Image {
        bytes: raster.bytes.into(),
        format: ImageFormat::Png,
        width: raster.width,
        height: raster.height,
        natural: image.natural,
    })
}

/// The pixels of an image, so many of them.
///
/// # Errors
/// What the reader says.
pub fn pixels_of(image: &Image, width: u32, height: u32) -> Result<RgbaImage, String> {
    let (width, height) = (width.max(1), height.max(1));
    let drawn = rasterised(image, width, height)?;
    let _room = pixels::room(drawn.width, drawn.height);
    let pixels = image::load_from_memory(&drawn.bytes).map_err(|error| error.to_string())?;
    Ok(match (pixels.width(), pixels.height()) == (width, height) {
        true => pixels.into_rgba8(),
        false => smaller(pixels, width, height).into_rgba8(),
    })
}

fn smaller(pixels: DynamicImage, width: u32, height: u32) -> DynamicImage {
    let transparent = pixels.color().has_alpha();
    let colour = pixels.color();
    // Colours that are not seen shall not shine through at the edges of what is.
    let pixels = match transparent {
        true => DynamicImage::ImageRgba16(weighed(pixels.into_rgba16())),
        false => pixels,
    };
    let coarse = (width * COARSE, height * COARSE);
    let pixels = match pixels.width() > coarse.0 && pixels.height() > coarse.1 {
        true => pixels.thumbnail_exact(coarse.0, coarse.1),
        false => pixels,
    };
    // Of the fine filters the one that is nothing but sums and products: the others ask the machine for a sine.
    let pixels = pixels.resize_exact(width, height, FilterType::CatmullRom);
    if !transparent {
        return pixels;
    }
    let pixels = DynamicImage::ImageRgba16(unweighed(pixels.into_rgba16()));
    match colour {
        image::ColorType::La8 => pixels.into_luma_alpha8().into(),
        image::ColorType::La16 => pixels.into_luma_alpha16().into(),
        image::ColorType::Rgba8 => pixels.into_rgba8().into(),
        _ => pixels,
    }
}

type Pixels = ImageBuffer<Rgba<u16>, Vec<u16>>;

/// Colours in the measure of their opacity.
fn weighed(mut pixels: Pixels) -> Pixels {
    for Rgba([red, green, blue, alpha]) in pixels.pixels_mut() {
        for part in [red, green, blue] {
            *part = (u32::from(*part) * u32::from(*alpha) / 0xFFFF) as u16;
        }
    }
    pixels
}

fn unweighed(mut pixels: Pixels) -> Pixels {
    for Rgba([red, green, blue, alpha]) in pixels.pixels_mut() {
        for part in [red, green, blue] {
            let whole = (u32::from(*part) * 0xFFFF).checked_div(u32::from(*alpha));
            *part = whole.unwrap_or_default().min(0xFFFF) as u16;
        }
    }
    pixels
}

/// The bytes with whom the image is owed to, where its own say so.
fn with_credit(bytes: Vec<u8>, image: &Image) -> Vec<u8> {
    let is_png = image.format == ImageFormat::Png;
    let credit = match is_png {
        true => Metadata::of(png::metadata(&image.bytes)).credit,
        false => Metadata::of(jpeg::metadata(&image.bytes)).credit,
    };
    if credit.is_empty() {
        return bytes;
    }
    let with = match is_png {
        true => png::with_metadata,
        false => jpeg::with_metadata,
    };
    with(&bytes, &credit.to_exif(), &credit.to_xmp())
}
