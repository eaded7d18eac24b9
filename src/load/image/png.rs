//! The chunks of a PNG file (ISO/IEC 15948, 5.3): what must be known of it before it is decoded, and which of them an edition carries.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Read;

use flate2::Crc;
use flate2::read::ZlibDecoder;

use super::Fault;
use super::colour::{Hue, MAX_PROFILE, Space};
use super::metadata::{Block, MAX_BLOCK};

const SIGNATURE: usize = 8;

/// One chunk.
#[derive(Debug, Clone, Copy)]
struct Chunk<'a> {
    kind: [u8; 4],
    /// From the length to the checksum.
    whole: &'a [u8],
    data: &'a [u8],
}

/// The chunks of a file up to its end; the last may be cut short. What follows the end belongs to no picture.
struct Chunks<'a> {
    rest: &'a [u8],
}

impl<'a> Chunks<'a> {
    fn of(bytes: &'a [u8]) -> Self {
        Self {
            rest: bytes.get(SIGNATURE..).unwrap_or_default(),
        }
    }
}

impl<'a> Iterator for Chunks<'a> {
    type Item = Chunk<'a>;

    fn next(&mut self) -> Option<Chunk<'a>> {
        let (length, rest) = self.rest.split_first_chunk::<4>()?;
        let (kind, rest) = rest.split_first_chunk::<4>()?;
        let length = u32::from_be_bytes(*length) as usize;
        let data = &rest[..length.min(rest.len())];
        let end = length.saturating_add(12).min(self.rest.len());
        let (whole, rest) = self.rest.split_at(end);
        self.rest = if kind == b"IEND" { &[] } else { rest };
        Some(Chunk {
            kind: *kind,
            whole,
            data,
        })
    }
}

/// Whether it moves: it says of how many frames it is, and these are several (PNG third edition, 11.3.4.1).
pub(super) fn is_moving(bytes: &[u8]) -> bool {
    let before = Chunks::of(bytes).take_while(|chunk| &chunk.kind != b"IDAT");
    let control = before.filter(|chunk| &chunk.kind == b"acTL").last();
    let frames = control.and_then(|chunk| chunk.data.first_chunk::<4>().copied());
    frames.is_some_and(|frames| u32::from_be_bytes(frames) > 1)
}

/// The chunks beside the critical ones that say how the picture looks, once its colours are those of sRGB.
const OF_THE_PICTURE: &[&[u8; 4]] = &[b"tRNS", b"bKGD", b"hIST", b"pHYs", b"sBIT", b"sRGB"];

/// The file with what its picture needs and nothing else: no text, no time, no EXIF, no further frames, nothing after the
/// end. The compressed data are the same byte for byte.
pub(super) fn bare(bytes: &[u8]) -> Vec<u8> {
    let mut kept = bytes[..SIGNATURE.min(bytes.len())].to_vec();
    for chunk in Chunks::of(bytes) {
        // The first letter of a critical chunk is large (5.4); one that is unknown is for the decoder to refuse.
        if chunk.kind[0].is_ascii_uppercase() || OF_THE_PICTURE.contains(&&chunk.kind) {
            kept.extend(chunk.whole);
        }
    }
    kept
}

/// The blocks that cameras and programs left in a file.
pub(super) fn metadata(bytes: &[u8]) -> impl Iterator<Item = Block<'_>> {
    Chunks::of(bytes).filter_map(|chunk| match &chunk.kind {
        b"eXIf" => Some(Block::Exif(
            chunk.data.strip_prefix(b"Exif\0\0").unwrap_or(chunk.data),
        )),
        b"iTXt" => international(chunk.data),
        b"tEXt" => {
            let (keyword, text) = until_nul(chunk.data)?;
            Some(Block::Text(keyword, latin(text).into()))
        }
        b"zTXt" => {
            let (keyword, text) = until_nul(chunk.data)?;
            Some(Block::Text(
                keyword,
                latin(&inflated(text.get(1..)?, MAX_BLOCK)).into(),
            ))
        }
        _ => None,
    })
}

/// What a file says of its numbers: of several chunks the one that goes before (11.3.2.2 of the third edition).
pub(super) fn space(bytes: &[u8]) -> Result<Option<Space<'static>>, Fault> {
    let mut chunks = BTreeMap::new();
    // All of them stand before the picture.
    for chunk in Chunks::of(bytes).take_while(|chunk| &chunk.kind != b"IDAT") {
        chunks.entry(chunk.kind).or_insert(chunk.data);
    }
    if let Some(&[primaries, transfer, _, _]) = chunks.get(b"cICP").copied() {
        let space = Space::Coded {
            primaries,
            transfer,
        };
        // A film's is told with a profile beside it for those who do not read it.
        if !chunks.contains_key(b"iCCP") {
            return Ok(Some(space));
        }
    }
    if let Some((_name, profile)) = chunks.get(b"iCCP").and_then(|data| until_nul(data)) {
        let profile = inflated(profile.get(1..).unwrap_or_default(), MAX_PROFILE + 1);
        return match profile.len() > MAX_PROFILE {
            true => Err(Fault::large_profile()),
            false => Ok(Some(Space::Profile(profile.into()))),
        };
    }
    if chunks.contains_key(b"sRGB") {
        return Ok(None);
    }
    let numbers = |data: &[u8]| -> Vec<f32> {
        let numbers = data.chunks_exact(4);
        let numbers = numbers.map(|four| u32::from_be_bytes([four[0], four[1], four[2], four[3]]));
        numbers.map(|number| number as f32 / 100_000.0).collect()
    };
    let gamma = chunks.get(b"gAMA").map(|data| numbers(data));
    let Some(&[gamma]) = gamma.as_deref() else {
        return Ok(None);
    };
    let points = chunks.get(b"cHRM").map(|data| numbers(data));
    let points = points.filter(|points| points.len() == 8);
    Ok(Some(Space::Measured {
        exponent: 1.0 / gamma,
        points: points.map(|p| std::array::from_fn(|i| (p[2 * i], p[2 * i + 1]))),
    }))
}

/// Whether a file has colours, by its header (11.2.2).
pub(super) fn hue(bytes: &[u8]) -> Hue {
    const COLOUR: u8 = 0b010;
    match bytes.get(25) {
        Some(kind) if kind & COLOUR == 0 => Hue::Grey,
        _ => Hue::Colour,
    }
}

/// The file with another palette; none of a file whose pixels are not those of a palette.
pub(super) fn with_palette(bytes: &[u8], change: impl FnOnce(&mut [u8])) -> Option<Vec<u8>> {
    const INDEXED: u8 = 3;
    let palette = Chunks::of(bytes).find(|chunk| &chunk.kind == b"PLTE")?;
    if bytes.get(25) != Some(&INDEXED) {
        return None;
    }
    let mut colours = palette.data.to_vec();
    change(&mut colours);
    let kept = Chunks::of(bytes).map(|one| match &one.kind {
        b"PLTE" => chunk(b"PLTE", &[&colours]),
        _ => one.whole.to_vec(),
    });
    let mut all = bytes[..SIGNATURE].to_vec();
    kept.for_each(|chunk| all.extend(chunk));
    Some(all)
}

const XMP: &[u8] = b"XML:com.adobe.xmp";

/// A text in UTF-8 with its keyword (11.3.4.5).
fn international(data: &[u8]) -> Option<Block<'_>> {
    let (keyword, rest) = until_nul(data)?;
    let (&[compressed, _], rest) = rest.split_first_chunk::<2>()?;
    let (_language, rest) = until_nul(rest)?;
    let (_translated, text) = until_nul(rest)?;
    let text = match compressed {
        0 => Cow::Borrowed(text),
        _ => Cow::Owned(inflated(text, MAX_BLOCK)),
    };
    Some(match keyword == XMP {
        true => Block::Xmp(text),
        false => Block::Text(keyword, String::from_utf8_lossy(&text).into_owned().into()),
    })
}

fn until_nul(data: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = data.iter().position(|byte| *byte == 0)?;
    Some((&data[..end], &data[end + 1..]))
}

fn latin(text: &[u8]) -> String {
    text.iter()
        .take(MAX_BLOCK)
        .copied()
        .map(char::from)
        .collect()
}

/// What a text was before it was compressed, as far as it is read.
fn inflated(text: &[u8], most: usize) -> Vec<u8> {
    let mut all = Vec::new();
    // What is damaged is read as far as it goes.
    let _ = ZlibDecoder::new(text)
        .take(most as u64)
        .read_to_end(&mut all);
    all
}

/// The file with a block of EXIF and a packet of XMP, after its header.
pub(super) fn with_metadata(bytes: &[u8], exif: &[u8], xmp: &[u8]) -> Vec<u8> {
    let header = Chunks::of(bytes)
        .next()
        .map_or(0, |chunk| chunk.whole.len());
    let (head, rest) = bytes.split_at((SIGNATURE + header).min(bytes.len()));
    let mut all = head.to_vec();
    if !exif.is_empty() {
        all.extend(chunk(b"eXIf", &[exif]));
    }
    all.extend(chunk(b"iTXt", &[XMP, b"\0\0\0\0\0", xmp]));
    all.extend(rest);
    all
}

/// A chunk of this content.
fn chunk(kind: &[u8; 4], content: &[&[u8]]) -> Vec<u8> {
    let content = content.concat();
    let length = u32::try_from(content.len()).expect("no chunk of ours is as large as that");
    let mut sum = Crc::new();
    sum.update(kind);
    sum.update(&content);
    [
        &length.to_be_bytes()[..],
        kind,
        &content,
        &sum.sum().to_be_bytes(),
    ]
    .concat()
}
