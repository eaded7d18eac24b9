//! Pictures: whether an edition shows those of its source, by their bytes, and where these are others by what is seen in them.
//!
//! That is measured and not proven: copies of fewer pixels and of a worse quality are the same picture, and one that is mirrored,
//! turned, in other colours, or another altogether is not.

mod drawings;

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use super::difference::{Difference, Kind, quoted};
use super::shipped;
use crate::compose::{Composition, Figure};
use crate::load::{APART, apart, pixels_of, read_image};
use crate::measure::{Frame, picture};
use crate::piece::{Image, ImageFormat};
use crate::read::{Block, Contents, FileKind, Picture};
use crate::theme::{PageSize, Theme};

/// Shares of the measure are told to hundredths of a per cent, and lengths to a pixel of a screen.
const SAME_SHARE: f64 = 0.004;
/// So far may the shape of a picture be from that of its source, as a part of it.
const SLACK: f64 = 0.05;
/// Pictures longer or higher than that are threads, which are shown wider than they are.
const THREAD: f64 = 12.0;

/// The blocks of a source, its pictures, each with the block whose words stand for it, and of each the shares of the measure that it may
/// have.
type Should<'a> = (&'a [Block], &'a [(usize, Image)], &'a [Vec<f64>]);

/// Holds the pictures of a text against those of the source, each with the block that it stands in and the shares of the measure that it
/// may have; the blocks found are those of the source.
pub(super) fn hold(
    (blocks, pictures, shares): Should<'_>,
    found: &[Block],
    contents: &Contents,
    differences: &mut Vec<Difference>,
) {
    // In our own PDFs every picture is known, but for drawings, which are made of lines there.
    let is_paper = contents.kind == FileKind::Pdf && contents.metadata.text_hash.is_some();
    let is_flowing = contents.kind != FileKind::Pdf && contents.metadata.text_hash.is_some();
    for ((at, image), shares) in pictures.iter().zip(shares) {
        let Some(block) = found.get(*at) else {
            continue;
        };
        // Where blocks end elsewhere, nobody knows which picture is meant.
        let is_same = blocks
            .get(*at)
            .is_some_and(|own| own.role == block.role && own.line() == block.line());
        let reason = match &block.picture {
            _ if !is_same => continue,
            Some(picture) => reason(image, picture)
                .or_else(|| {
                    let is_other = is_paper && has_other_pixels(image, picture);
                    is_other.then_some("its picture shows something else than that of the source")
                })
                .or_else(|| {
                    let is_drawing = image.format == ImageFormat::Svg;
                    let vectors = picture.vectors.as_ref();
                    let is_other = vectors.is_some_and(|own| !is_drawing || **own != *image.bytes);
                    is_other.then_some("another drawing is shown in its place")
                })
                .or_else(|| {
                    let has_more = is_flowing && !is_bare(image, &picture.bytes);
                    has_more.then_some("the file of its picture says more than those of editions")
                })
                .or_else(|| {
                    let is_wrong = is_flowing && !is_as_wide(shares, picture);
                    is_wrong.then_some("its picture is shown in another size than in editions")
                }),
            None if is_paper && image.format != ImageFormat::Svg => {
                Some("its picture is not there")
            }
            None => continue,
        };
        if let Some(reason) = reason {
            differences.push(Difference {
                kind: Kind::Picture,
                place: block.place.clone(),
                message: format!("{reason}: {}", quoted(&block.line())),
            });
        }
    }
}

/// The shares of the measure that the pictures of figures may have.
pub(super) fn shares(
    figures: &[Figure],
    composition: &Composition,
    theme: Option<&Theme>,
) -> Vec<Vec<f64>> {
    if figures.is_empty() {
        return Vec::new();
    }
    let own = theme.map(|theme| Frame::new(theme, theme.page.size));
    let themes = || theme.into_iter().chain(shipped::themes());
    let sizes = PageSize::NAMED.iter().map(|(_, size)| *size);
    let named = sizes.flat_map(|size| themes().map(move |theme| Frame::new(theme, size)));
    let frames: Vec<Frame> = own.into_iter().chain(named).collect();
    let all = figures.iter().map(|figure| {
        let image = &composition[figure.image];
        let shares = frames
            .iter()
            .map(|frame| picture(figure, image, *frame).share.ratio());
        let mut shares: Vec<f64> = shares.map(f64::from).collect();
        shares.sort_by(f64::total_cmp);
        shares.dedup();
        shares
    });
    all.collect()
}

/// Whether a picture takes as much of the measure as it may.
fn is_as_wide(shares: &[f64], shown: &Picture) -> bool {
    let Some(share) = shown.share else {
        return true;
    };
    shares.is_empty() || shares.iter().any(|own| (own - share).abs() < SAME_SHARE)
}

/// What is other about a picture than that of an image.
pub(super) fn other(image: &Image, bytes: &Arc<[u8]>) -> Option<&'static str> {
    let picture = Picture {
        bytes: Arc::clone(bytes),
        vectors: None,
        shown: None,
        share: None,
        drawn: None,
    };
    reason(image, &picture)
}

/// Why a file is no drawing of this size; what it shows is not looked at.
pub(super) fn is_drawn(bytes: &[u8], (wide, high): (u32, u32)) -> Option<&'static str> {
    match read_size(bytes) {
        None => Some("it cannot be read"),
        Some(size) if size != (wide, high) => Some("it has another size than those of editions"),
        Some(_) if !is_whole(bytes) => Some("its bytes are not those that were written"),
        Some(_) => None,
    }
}

/// Whether a file has nothing but what its picture needs: an edition takes over the chunks of its image, or has a few of its own.
fn is_bare(image: &Image, file: &[u8]) -> bool {
    let is_raster = file.starts_with(b"\x89PNG") || file.starts_with(b"\xFF\xD8");
    if *file == *image.bytes || !is_raster {
        return true;
    }
    let known = |kind: &[u8; 4]| kind[0].is_ascii_uppercase() || matches!(kind, b"tRNS" | b"sRGB");
    let of_image = |kind: &[u8; 4]| chunks(&image.bytes).any(|(own, _)| own == kind);
    is_whole(file) && chunks(file).all(|(kind, _)| known(kind) || of_image(kind))
}

/// Whether the chunks of a PNG have the sums that they say (ISO/IEC 15948, 5.5), and the last ends it; a JPEG says none, and ends.
fn is_whole(file: &[u8]) -> bool {
    let Some(mut rest) = file.strip_prefix(b"\x89PNG\r\n\x1a\n") else {
        return file.ends_with(b"\xFF\xD9");
    };
    while let Some((length, tail)) = rest.split_first_chunk() {
        let length = u32::from_be_bytes(*length) as usize;
        let Some((summed, tail)) = tail.split_at_checked(length.saturating_add(4)) else {
            return false;
        };
        let Some((sum, tail)) = tail.split_first_chunk() else {
            return false;
        };
        if crc(summed) != u32::from_be_bytes(*sum) {
            return false;
        }
        if summed.starts_with(b"IEND") {
            return tail.is_empty();
        }
        rest = tail;
    }
    false
}

/// The cyclic redundancy check of PNG (ISO/IEC 15948, annex D).
fn crc(bytes: &[u8]) -> u32 {
    static TABLE: OnceLock<[u32; 256]> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let mut table = [0_u32; 256];
        for (own, number) in table.iter_mut().zip(0_u32..) {
            *own = (0..8).fold(number, |sum, _| match sum & 1 {
                1 => 0xEDB8_8320 ^ (sum >> 1),
                _ => sum >> 1,
            });
        }
        table
    });
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        let [low, ..] = (sum ^ u32::from(*byte)).to_le_bytes();
        table[usize::from(low)] ^ (sum >> 8)
    })
}

/// The width and the height of a PNG or JPEG file by its head (ISO/IEC 15948, 11.2.2; ISO/IEC 10918-1, B.2.2).
fn read_size(file: &[u8]) -> Option<(u32, u32)> {
    if let Some((_, head)) = chunks(file).find(|(kind, _)| *kind == b"IHDR") {
        let wide = u32::from_be_bytes(*head.first_chunk()?);
        let high = u32::from_be_bytes(*head.get(4..)?.first_chunk()?);
        return Some((wide, high));
    }
    let mut rest = file.strip_prefix(b"\xFF\xD8")?;
    loop {
        let (mark, length) = (rest.get(1)?, rest.get(2..4)?);
        let length = usize::from(u16::from_be_bytes([length[0], length[1]]));
        if matches!(mark, 0xC0..=0xC3) {
            let sides = rest.get(5..9)?;
            let side = |at: usize| u32::from(u16::from_be_bytes([sides[at], sides[at + 1]]));
            return Some((side(2), side(0)));
        }
        rest = rest.get(2 + length.max(2)..)?;
    }
}

/// What is other about a picture.
fn reason(image: &Image, picture: &Picture) -> Option<&'static str> {
    if picture.bytes.is_empty() && picture.drawn.is_none() {
        return Some("its picture is not there");
    }
    let (wide, high) = image.natural;
    let natural = f64::from(wide.max(1)) / f64::from(high.max(1));
    if let Some((wide, high)) = picture.shown {
        let shown = wide / high.max(f64::MIN_POSITIVE);
        let is_thread = natural.max(1.0 / natural) > THREAD;
        if (shown / natural - 1.0).abs() > SLACK && !is_thread {
            return Some("its picture is stretched");
        }
    }
    if let Some(drawn) = &picture.drawn {
        if image.format != ImageFormat::Svg {
            return Some("its picture is not there");
        }
        let is_same = drawn
            .as_ref()
            .is_some_and(|drawn| drawings::is_drawn(image, drawn));
        return (!is_same).then_some("its picture shows something else than that of the source");
    }
    if *picture.bytes == *image.bytes || has_same_samples(&picture.bytes, &image.bytes) {
        return None;
    }
    let Ok(other) = read_image(&picture.bytes) else {
        return Some("its picture cannot be read");
    };
    match apart(&as_many(image, &other), &other) {
        Some(by) if by <= APART => None,
        Some(_) => Some("its picture shows something else than that of the source"),
        None => Some("its picture has another shape than that of the source"),
    }
}

/// An image as if it had as many pixels as a smaller copy, where that is as high as its width asks for: of a flat one the height is
/// rounded to a few, which is another shape.
fn as_many<'a>(image: &'a Image, copy: &Image) -> Cow<'a, Image> {
    let asked = u64::from(image.height) * u64::from(copy.width);
    let own = u64::from(copy.height.max(1)) * u64::from(image.width);
    let is_rounded = 2 * own.abs_diff(asked) <= u64::from(image.width);
    let is_least = copy.height == 1 && asked < u64::from(image.width);
    match copy.width < image.width && (is_rounded || is_least) {
        true => Cow::Owned(Image {
            width: copy.width,
            height: copy.height,
            ..image.clone()
        }),
        false => Cow::Borrowed(image),
    }
}

/// Whether a picture that loses nothing has as many pixels as its source, and others.
fn has_other_pixels(image: &Image, picture: &Picture) -> bool {
    let is_exact = image.format == ImageFormat::Png && picture.drawn.is_none();
    if !is_exact || has_same_samples(&picture.bytes, &image.bytes) {
        return false;
    }
    let Ok(other) = read_image(&picture.bytes) else {
        return true;
    };
    let (wide, high) = (image.width, image.height);
    if other.format != ImageFormat::Png || (other.width, other.height) != (wide, high) {
        return false;
    }
    let own = pixels_of(image, wide, high);
    let other = pixels_of(&other, wide, high);
    own.is_ok_and(|own| other.is_ok_and(|other| own.as_raw() != other.as_raw()))
}

/// Whether two files are PNGs of the same samples, packed alike: what a PDF holds of one is nothing else.
fn has_same_samples(one: &[u8], other: &[u8]) -> bool {
    let samples = |file| {
        let chunks = chunks(file).filter(|(kind, _)| *kind == b"IDAT");
        chunks.flat_map(|(_, data)| data)
    };
    let all = |file, kinds: [&'static [u8; 4]; 3]| -> Vec<&[u8]> {
        let chunks = chunks(file).filter(|(kind, _)| kinds.contains(kind));
        chunks.map(|(_, data)| data).collect()
    };
    let heads = [b"IHDR", b"PLTE", b"tRNS"];
    let own = all(one, heads);
    !own.is_empty() && own == all(other, heads) && samples(one).eq(samples(other))
}

/// The chunks of a PNG with their kinds; nothing of another file (ISO/IEC 15948, 5.3).
fn chunks(file: &[u8]) -> impl Iterator<Item = (&[u8; 4], &[u8])> {
    let mut rest = file.strip_prefix(b"\x89PNG\r\n\x1a\n").unwrap_or_default();
    std::iter::from_fn(move || {
        let (length, tail) = rest.split_first_chunk()?;
        let (kind, tail) = tail.split_first_chunk()?;
        let (data, tail) = tail.split_at_checked(u32::from_be_bytes(*length) as usize)?;
        rest = tail.get(4..).unwrap_or_default();
        Some((kind, data))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_of_the_same_bytes_is_the_same_and_one_that_is_stretched_is_not() {
        let image = Image::new(*b"bytes", ImageFormat::Png, 40, 20);
        let shown = |shown| Picture {
            bytes: Arc::from(*b"bytes"),
            vectors: None,
            shown,
            share: None,
            drawn: None,
        };
        assert_eq!(reason(&image, &shown(Some((400.0, 200.0)))), None);
        assert_eq!(
            reason(&image, &shown(Some((400.0, 400.0)))),
            Some("its picture is stretched")
        );
        let other = Picture {
            bytes: Arc::from(*b"other"),
            vectors: None,
            shown: None,
            share: None,
            drawn: None,
        };
        assert_eq!(reason(&image, &other), Some("its picture cannot be read"));
    }
}
