//! Pictures: each figure shows that of its source.

use super::difference::{Difference, Kind, quoted};
use super::expected::Expected;
use crate::compose::Role;
use crate::piece::ImageFormat;
use crate::read::{Block, Contents, Picture, Print};

/// Holds the pictures of a file against those of its source; gives how many were held.
pub(super) fn hold(
    contents: &Contents,
    expected: &Expected,
    text: &[Block],
    differences: &mut Vec<Difference>,
) -> usize {
    let is_picture = |block: &&Block| block.role == Role::Alternative;
    let found: Vec<&Block> = text.iter().filter(is_picture).collect();
    if found.len() != expected.pictures.len() {
        return 0;
    }
    let mut count = 0;
    for (image, block) in expected.pictures.iter().zip(found) {
        // A drawing is shown as one, or as pixels that follow from its size.
        if image.format == ImageFormat::Svg {
            continue;
        }
        let what = match &block.marks.picture {
            Some(Picture::File(bytes)) if **bytes == *image.bytes => {
                count += 1;
                continue;
            }
            Some(Picture::File(bytes)) => is_other(Print::of_file(bytes).as_ref(), &image.bytes),
            Some(Picture::Print(print)) => is_other(Some(print), &image.bytes),
            Some(Picture::Unread) => continue,
            // Others may show pictures in ways that are not read.
            None if contents.metadata.text_hash.is_none() => continue,
            None => Some("it shows no picture, or not as it is"),
        };
        count += 1;
        if let Some(what) = what {
            differences.push(Difference {
                kind: Kind::Picture,
                place: block.place.clone(),
                message: format!("{what}: {}", quoted(&block.line())),
            });
        }
    }
    count
}

fn is_other(print: Option<&Print>, image: &[u8]) -> Option<&'static str> {
    match (print, Print::of_file(image)) {
        (None, _) => Some("its picture cannot be read"),
        (Some(own), Some(meant)) if !own.is_like(&meant) => {
            Some("it shows another picture than the source")
        }
        _ => None,
    }
}
