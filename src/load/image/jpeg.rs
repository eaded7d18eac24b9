//! The segments of a JPEG file (ISO/IEC 10918-1, B.1): what must be known of it before it is decoded, and which of them an edition carries.

use std::collections::BTreeMap;

use super::Fault;
use super::colour::{MAX_PROFILE, Space};
use super::metadata::Block;

/// One segment.
#[derive(Debug, Clone, Copy)]
struct Segment<'a> {
    marker: u8,
    /// From the marker on; of a scan with the compressed data that follow it.
    whole: &'a [u8],
    /// What stands after the length.
    content: &'a [u8],
}

/// The segments of a file up to its end marker, in order. What follows that marker belongs to no picture.
struct Segments<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Where the segment before ended, once a scan was met: from there on nothing between markers is rubbish.
    end: Option<usize>,
    ended: bool,
}

impl<'a> Segments<'a> {
    fn of(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            at: 2,
            end: None,
            ended: false,
        }
    }
}

const SOS: u8 = 0xda;
const EOI: u8 = 0xd9;
const APP0: u8 = 0xe0;
const APP1: u8 = 0xe1;
const APP2: u8 = 0xe2;
const APP13: u8 = 0xed;
const APP14: u8 = 0xee;

impl<'a> Iterator for Segments<'a> {
    type Item = Segment<'a>;

    fn next(&mut self) -> Option<Segment<'a>> {
        if self.ended {
            return None;
        }
        loop {
            let marker = next_marker(self.bytes, &mut self.at)?;
            let from = self.end.unwrap_or(self.at - 2);
            match marker {
                EOI => {
                    self.ended = true;
                    return Some(Segment {
                        marker,
                        whole: &self.bytes[from..self.at],
                        content: &[],
                    });
                }
                // Markers that stand alone.
                0x01 | 0xd0..=0xd8 => continue,
                _ => {}
            }
            let length = self.bytes.get(self.at..self.at + 2)?;
            let length = usize::from(u16::from_be_bytes([length[0], length[1]])).max(2);
            let after = (self.at + length).min(self.bytes.len());
            let content = &self.bytes[self.at + 2..after];
            self.at = after;
            if marker == SOS {
                self.at = after_scan(self.bytes, after);
            }
            if marker == SOS || self.end.is_some() {
                self.end = Some(self.at);
            }
            return Some(Segment {
                marker,
                whole: &self.bytes[from..self.at],
                content,
            });
        }
    }
}

/// What a file must tell before it is decoded.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Header {
    /// Width and height in pixels, and the number of components, from the frame header.
    pub(super) frame: Option<(u32, u32, u8)>,
    /// Whether the file goes on to its end marker; a decoder shows grey where it does not.
    pub(super) whole: bool,
}

/// Reads what must be known of a file.
pub(super) fn header(bytes: &[u8]) -> Header {
    let mut found = Header::default();
    for segment in Segments::of(bytes) {
        let frame =
            matches!(segment.marker, 0xc0..=0xcf) && !matches!(segment.marker, 0xc4 | 0xc8 | 0xcc);
        if let (true, Some(&[_, h1, h0, w1, w0, components])) = (frame, segment.content.get(..6)) {
            let height = u32::from(u16::from_be_bytes([h1, h0]));
            let width = u32::from(u16::from_be_bytes([w1, w0]));
            found.frame.get_or_insert((width, height, components));
        }
        found.whole = segment.marker == EOI;
    }
    found
}

/// The blocks that cameras and programs left in a file.
pub(super) fn metadata(bytes: &[u8]) -> impl Iterator<Item = Block<'_>> {
    Segments::of(bytes).filter_map(
        |Segment {
             marker, content, ..
         }| match marker {
            APP1 => content
                .strip_prefix(EXIF)
                .map(Block::Exif)
                .or_else(|| content.strip_prefix(XMP).map(|xmp| Block::Xmp(xmp.into()))),
            APP13 => content.strip_prefix(PHOTOSHOP).map(Block::Photoshop),
            _ => None,
        },
    )
}

/// The profile of the numbers, put together from its parts (ISO 15076-1, B.4).
pub(super) fn space(bytes: &[u8]) -> Result<Option<Space<'static>>, Fault> {
    let mut parts = BTreeMap::new();
    for segment in Segments::of(bytes).filter(|segment| segment.marker == APP2) {
        if let Some([number, _count, part @ ..]) = segment.content.strip_prefix(PROFILE) {
            parts.entry(*number).or_insert(part);
        }
    }
    let profile = parts.into_values().collect::<Vec<_>>().concat();
    match profile.len() {
        0 => Ok(None),
        length if length > MAX_PROFILE => Err(Fault::large_profile()),
        _ => Ok(Some(Space::Profile(profile.into()))),
    }
}

const EXIF: &[u8] = b"Exif\0\0";
const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
const PHOTOSHOP: &[u8] = b"Photoshop 3.0\0";
const JFIF: &[u8] = b"JFIF\0";
const ADOBE: &[u8] = b"Adobe";
const PROFILE: &[u8] = b"ICC_PROFILE\0";

/// The file with what its picture needs and nothing else: no application's segment but those that say how colours are
/// stored, no profile, no comment, no thumbnail, nothing after the end. The compressed data are the same byte for byte.
pub(super) fn bare(bytes: &[u8]) -> Vec<u8> {
    let mut kept = bytes[..2].to_vec();
    for Segment {
        marker,
        whole,
        content,
    } in Segments::of(bytes)
    {
        match marker {
            // JFIF, whose last two bytes are the size of the thumbnail.
            APP0 if content.starts_with(JFIF) && content.len() >= 14 => {
                kept.extend(segment(APP0, &[&content[..12], &[0, 0]]));
            }
            APP14 if content.starts_with(ADOBE) && content.len() >= 12 => {
                kept.extend(segment(APP14, &[&content[..12]]));
            }
            // The tables, the frame, the scans.
            0xc0..=0xdf => kept.extend(whole),
            _ => {}
        }
    }
    kept
}

/// The file with a block of EXIF and a packet of XMP, in the places that are theirs.
pub(super) fn with_metadata(bytes: &[u8], exif: &[u8], xmp: &[u8]) -> Vec<u8> {
    let first = Segments::of(bytes).next();
    let jfif = first.filter(|first| first.marker == APP0);
    let (head, rest) = bytes.split_at(2 + jfif.map_or(0, |jfif| jfif.whole.len()));
    let mut all = head.to_vec();
    if !exif.is_empty() {
        all.extend(segment(APP1, &[EXIF, exif]));
    }
    all.extend(segment(APP1, &[XMP, xmp]));
    all.extend(rest);
    all
}

/// A segment of this content; none of a content that no segment holds.
fn segment(marker: u8, content: &[&[u8]]) -> Vec<u8> {
    let content = content.concat();
    let Ok(length) = u16::try_from(content.len() + 2) else {
        return Vec::new();
    };
    [&[0xff, marker], &length.to_be_bytes()[..], &content].concat()
}

/// The marker at or after a place, and the place after it; fill bytes are passed over.
fn next_marker(bytes: &[u8], at: &mut usize) -> Option<u8> {
    loop {
        if *bytes.get(*at)? != 0xff {
            // Rubbish between segments: decoders pass over it, so does this.
            *at += 1;
            continue;
        }
        let marker = *bytes.get(*at + 1)?;
        *at += 1;
        if marker != 0xff && marker != 0 {
            *at += 1;
            return Some(marker);
        }
    }
}

/// The place of the first marker after entropy-coded data: not a stuffed byte, not a restart.
fn after_scan(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(&byte) = bytes.get(at) {
        if byte == 0xff && !matches!(bytes.get(at + 1), Some(0 | 0xd0..=0xd7)) {
            return at;
        }
        at += 1;
    }
    at
}
