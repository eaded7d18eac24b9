//! What cameras and programs leave in an image, read for two things alone: how the picture is to be turned, and whom it is
//! owed to. Nothing else goes on: no place, device, owner, date, note of a maker, thumbnail.

use std::borrow::Cow;

use image::metadata::Orientation;

use super::credit::Credit;

/// The most of a text that is read, in bytes: a compressed one may be of any size.
pub(super) const MAX_BLOCK: usize = 256 << 10;
/// The most blocks that are read.
const MAX_BLOCKS: usize = 16;

/// One block of metadata, in either format of image.
#[derive(Debug)]
pub(super) enum Block<'a> {
    /// EXIF: a TIFF header and its directories (CIPA DC-008).
    Exif(&'a [u8]),
    /// A packet of XMP (ISO 16684-1).
    Xmp(Cow<'a, [u8]>),
    /// Image resources of Photoshop, one of which holds IPTC's fields.
    Photoshop(&'a [u8]),
    /// A text of a PNG, under its keyword.
    Text(&'a [u8], Cow<'a, str>),
}

/// What of the metadata goes on.
#[derive(Debug)]
pub(super) struct Metadata {
    pub(super) orientation: Orientation,
    pub(super) credit: Credit,
}

impl Metadata {
    /// Reads the blocks.
    pub(super) fn of<'a>(blocks: impl Iterator<Item = Block<'a>>) -> Self {
        let mut orientation = None;
        let mut credit = Credit::default();
        for block in blocks.take(MAX_BLOCKS) {
            match block {
                Block::Exif(exif) => {
                    let turned = Orientation::from_exif_chunk(exif);
                    orientation = orientation.or(turned);
                    credit.exif(exif);
                }
                Block::Xmp(packet) => credit.xmp(&packet[..packet.len().min(MAX_BLOCK)]),
                Block::Photoshop(resources) => credit.photoshop(resources),
                Block::Text(keyword, text) => credit.text(keyword, &text),
            }
        }
        Self {
            orientation: orientation.unwrap_or(Orientation::NoTransforms),
            credit,
        }
    }
}
