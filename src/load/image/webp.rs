//! WebP (RFC 9649), which neither paper nor Word knows: read, and written as what every edition takes. A photograph, which was
//! compressed with a loss, becomes a JPEG; what has transparency or was compressed without a loss becomes a PNG.

use std::io::Cursor;

use image::ImageDecoder;
use image::codecs::webp::WebPDecoder;

use super::Fault;
use super::colour::{Conversion, Hue, MAX_PROFILE, Space};
use super::metadata::{Block, Metadata};
use super::pixels::{self, Changes, Coding};
use crate::piece::Image;

/// Where the first chunk begins.
const HEADER: usize = 12;

/// Reads an image.
pub(super) fn image(bytes: &[u8]) -> Result<(Metadata, Image), Fault> {
    let size = bytes.get(4..8).and_then(|size| size.try_into().ok());
    let size = size.map_or(usize::MAX, |size| u32::from_le_bytes(size) as usize);
    if bytes.len() < size.saturating_add(8) {
        return Err(pixels::truncated());
    }
    let mut decoder =
        WebPDecoder::new(Cursor::new(bytes)).map_err(|error| pixels::fault(&error))?;
    if decoder.has_animation() {
        return Err(Fault::moving());
    }
    let (width, height) = decoder.dimensions();
    pixels::within_limits(width, height)?;
    let read = |part: Result<Option<Vec<u8>>, image::ImageError>| part.ok().flatten();
    let (exif, xmp) = (read(decoder.exif_metadata()), read(decoder.xmp_metadata()));
    let exif = exif
        .as_deref()
        .map(|exif| exif.strip_prefix(b"Exif\0\0").unwrap_or(exif));
    let blocks = exif.map(Block::Exif).into_iter();
    let blocks = blocks.chain(xmp.map(|xmp| Block::Xmp(xmp.into())));
    let metadata = Metadata::of(blocks);
    let profile = read(decoder.icc_profile());
    if profile.as_ref().is_some_and(|one| one.len() > MAX_PROFILE) {
        return Err(Fault::large_profile());
    }
    let space = profile.map(|profile| Space::Profile(profile.into()));
    let coding = match has_loss(bytes) && !decoder.color_type().has_alpha() {
        true => Coding::Jpeg,
        false => Coding::Png,
    };
    let changes = Changes {
        conversion: space.and_then(|space| Conversion::of(&space, Hue::Colour)),
        orientation: metadata.orientation,
    };
    let image = pixels::anew(decoder, (width, height), coding, &changes)?;
    Ok((metadata, image))
}

/// Whether the picture was compressed with a loss: it has a chunk of that kind.
fn has_loss(bytes: &[u8]) -> bool {
    let mut rest = bytes.get(HEADER..).unwrap_or_default();
    while let Some((head, tail)) = rest.split_first_chunk::<8>() {
        let [kind @ .., a, b, c, d] = *head;
        if &kind == b"VP8 " {
            return true;
        }
        let length = u32::from_le_bytes([a, b, c, d]) as usize;
        rest = tail.get(length.next_multiple_of(2)..).unwrap_or_default();
    }
    false
}
