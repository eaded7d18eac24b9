//! Pieces to write: one with every block, one from right to left, one plain.

use std::collections::BTreeMap;
use std::io::Cursor;

use flashpoint::check::check;
use flashpoint::compose::{Composition, compose};
use flashpoint::diagnostic::FieldPath;
use flashpoint::editions::{Options, docx};
use flashpoint::load::Loaded;
use flashpoint::piece::{Image, ImageFormat, Piece};
use flashpoint::theme::{PageSize, Theme};

/// Every block, every mark, and markup characters wherever text may stand.
pub(crate) const EVERY_BLOCK: &str = include_str!("every-block.yaml");

/// A piece in Urdu with English in it.
pub(crate) const URDU: &str = include_str!("urdu.yaml");

/// Title, one name, one paragraph.
pub(crate) const PLAIN: &str = "
series: Flash Point
title: Plain
date: 2025-11-04
language: en
contributors:
  - name: Amina Khan
    statement: [Words alone.]
";

/// Composes a piece; the figures get images of the test's own.
pub(crate) fn composed(yaml: &str) -> Composition {
    let piece: Piece = serde_yaml::from_str(yaml).unwrap();
    let contributor = FieldPath::root().key("contributors").index(0);
    let figure = |index| {
        contributor
            .key("statement")
            .index(index)
            .key("figure")
            .key("image")
    };
    let images = BTreeMap::from([
        (
            contributor.key("portrait").key("image"),
            image(ImageFormat::Jpeg, 60, 80),
        ),
        (figure(12), image(ImageFormat::Png, 120, 70)),
        (figure(13), image(ImageFormat::Png, 120, 70)),
    ]);
    let loaded = Loaded {
        piece: Some(piece),
        images,
        hash: "0123456789abcdef".to_owned(),
        ..Loaded::default()
    };
    let checked = check(&loaded);
    let piece = checked.piece;
    compose(
        &piece.unwrap_or_else(|| panic!("{:?}", checked.diagnostics)),
        None,
    )
}

pub(crate) fn options() -> Options {
    Options {
        theme: Theme::classic(),
        page_size: PageSize::A4,
    }
}

pub(crate) fn written(yaml: &str) -> Vec<u8> {
    docx::write(&composed(yaml), None, &options()).unwrap()
}

fn image(format: ImageFormat, width: u32, height: u32) -> Image {
    let pixels = image::RgbImage::from_pixel(width, height, image::Rgb([120, 90, 60]));
    let mut bytes = Cursor::new(Vec::new());
    let encoding = match format {
        ImageFormat::Png => image::ImageFormat::Png,
        ImageFormat::Jpeg => image::ImageFormat::Jpeg,
        ImageFormat::Svg => unreachable!("pixels are no drawing"),
    };
    pixels.write_to(&mut bytes, encoding).unwrap();
    Image::new(bytes.into_inner(), format, width, height)
}
