//! Images as objects that pages can show: JPEG as it stands, PNG without loss, drawings as vectors (ISO 32000-1, 8.9). Where they are shown is for
//! `content`.

use std::collections::BTreeMap;
use std::io::Cursor;

use png::{BitDepth, ColorType, Transformations};
use printpdf::{DictItem, ExternalStream, ExternalXObject, XObject, XObjectId};

use super::cover::Cover;
use super::{failed, name};
use crate::compose::{BlockId, Composition, ImageId};
#[cfg(feature = "svg")]
use crate::drawing::Drawing;
use crate::editions::EditionError;
use crate::load::rasterised;
use crate::piece::{Image, ImageFormat};

/// The name of an image among the resources of the pages.
pub(super) fn resource(image: ImageId) -> String {
    format!("Im{}", image.0)
}

/// The image of a cover that is a page; no image of a piece has this id.
const COVER: ImageId = ImageId(u32::MAX);

/// Which image each figure shows, and the page of the cover.
pub(super) fn by_block(
    composition: &Composition,
    cover: Option<&Cover>,
) -> BTreeMap<BlockId, ImageId> {
    let figures = composition.walk().figures();
    figures
        .map(|(block, figure)| (block, figure.image))
        .chain(cover.map(|_| (BlockId::COVER, COVER)))
        .collect()
}

/// Hands the images that figures show to printpdf.
pub(super) fn register(
    composition: &Composition,
    cover: Option<&Cover>,
    images: &BTreeMap<BlockId, ImageId>,
    objects: &mut BTreeMap<XObjectId, XObject>,
) -> Result<(), EditionError> {
    for id in images.values() {
        let name = XObjectId(resource(*id));
        if objects.contains_key(&name) {
            continue;
        }
        let image = match cover {
            Some(cover) if *id == COVER => &cover.image,
            _ => &composition[*id],
        };
        let stream = match image.format {
            ImageFormat::Jpeg => jpeg(image)?,
            ImageFormat::Png => png(image)?,
            ImageFormat::Svg => drawing(image)?,
        };
        let object = ExternalXObject {
            stream,
            width: None,
            height: None,
            dpi: None,
        };
        objects.insert(name, XObject::External(object));
    }
    Ok(())
}

/// A drawing as vectors where PDF has them, else as pixels.
fn drawing(image: &Image) -> Result<ExternalStream, EditionError> {
    #[cfg(feature = "svg")]
    {
        let drawing = Drawing::again(&image.bytes).map_err(failed)?;
        if let Some(form) = super::drawing::form(&drawing, &inside) {
            return Ok(form);
        }
    }
    png(&rasterised(image, image.width, image.height).map_err(failed)?)
}

/// An image of pixels that a drawing shows; none where it cannot be read.
#[cfg(feature = "svg")]
fn inside(bytes: &[u8], format: ImageFormat) -> Option<ExternalStream> {
    let decoder = image::ImageReader::new(Cursor::new(bytes)).with_guessed_format();
    let (width, height) = decoder.ok()?.into_dimensions().ok()?;
    let image = Image::new(bytes.to_vec(), format, width, height);
    match format {
        ImageFormat::Jpeg => jpeg(&image),
        _ => png(&image),
    }
    .ok()
}

/// What an image's samples are.
struct Samples {
    width: u32,
    height: u32,
    depth: u8,
    space: DictItem,
    /// Per pixel.
    components: i64,
}

impl Samples {
    fn stream(self, filter: &str, content: Vec<u8>) -> ExternalStream {
        let mut dict = BTreeMap::from([
            ("Type".to_owned(), name("XObject")),
            ("Subtype".to_owned(), name("Image")),
            ("Width".to_owned(), DictItem::Int(self.width.into())),
            ("Height".to_owned(), DictItem::Int(self.height.into())),
            (
                "BitsPerComponent".to_owned(),
                DictItem::Int(self.depth.into()),
            ),
            ("ColorSpace".to_owned(), self.space),
            ("Filter".to_owned(), name(filter)),
        ]);
        if filter == "FlateDecode" {
            // The rows are filtered as PNG has them (ISO 32000-1, 7.4.4.4).
            let parameters = [
                ("Predictor", 15),
                ("Colors", self.components),
                ("BitsPerComponent", self.depth.into()),
                ("Columns", self.width.into()),
            ];
            let parameters = parameters.into_iter();
            let map = parameters.map(|(key, value)| (key.to_owned(), DictItem::Int(value)));
            let parameters = DictItem::Dict { map: map.collect() };
            dict.insert("DecodeParms".to_owned(), parameters);
        }
        ExternalStream {
            dict,
            content,
            compress: false,
        }
    }
}

fn jpeg(image: &Image) -> Result<ExternalStream, EditionError> {
    let space = match components(&image.bytes) {
        Some(1) => "DeviceGray",
        Some(3) => "DeviceRGB",
        _ => return Err(failed("a JPEG is neither grey nor in colour")),
    };
    let (width, height) = (image.width, image.height);
    let samples = Samples {
        width,
        height,
        depth: 8,
        space: name(space),
        components: 0,
    };
    Ok(samples.stream("DCTDecode", image.bytes.to_vec()))
}

/// How many components a JPEG has, from the header of its frame (ISO/IEC 10918-1, B.2.2).
fn components(bytes: &[u8]) -> Option<u8> {
    let mut at = 2;
    loop {
        while *bytes.get(at)? != 0xFF || matches!(bytes.get(at + 1)?, 0xFF) {
            at += 1;
        }
        let marker = *bytes.get(at + 1)?;
        match marker {
            0xC4 | 0xC8 | 0xCC => {}
            0xC0..=0xCF => return bytes.get(at + 9).copied(),
            0x01 | 0xD0..=0xD8 => {
                at += 2;
                continue;
            }
            _ => {}
        }
        let length = u16::from_be_bytes([*bytes.get(at + 2)?, *bytes.get(at + 3)?]);
        at += 2 + usize::from(length);
    }
}

/// An image with whom it is owed to, where its file says so.
fn png(image: &Image) -> Result<ExternalStream, EditionError> {
    let mut stream = samples(image)?;
    if let Some(content) = packet(&image.bytes) {
        let kind = [("Type", "Metadata"), ("Subtype", "XML")];
        let kind = kind.map(|(key, value)| (key.to_owned(), name(value)));
        let packet = ExternalStream {
            dict: BTreeMap::from(kind),
            content,
            compress: false,
        };
        let packet = DictItem::Stream { stream: packet };
        stream.dict.insert("Metadata".to_owned(), packet);
    }
    Ok(stream)
}

fn samples(image: &Image) -> Result<ExternalStream, EditionError> {
    let mut decoder = png::Decoder::new(Cursor::new(&*image.bytes));
    let header = decoder.read_header_info().map_err(failed)?;
    let interlaced = header.interlaced;
    decoder.set_transformations(Transformations::IDENTITY);
    let mut reader = decoder.read_info().map_err(failed)?;
    let info = reader.info();
    let (colour, depth) = (info.color_type, info.bit_depth);
    let alpha = matches!(colour, ColorType::Rgba | ColorType::GrayscaleAlpha);
    if alpha || info.trns.is_some() {
        return transparent(image);
    }
    let (space, components) = match (colour, info.palette.as_deref()) {
        (ColorType::Indexed, Some(palette)) => (indexed(palette), 1),
        (ColorType::Grayscale, _) => (name("DeviceGray"), 1),
        _ => (name("DeviceRGB"), 3),
    };
    let (width, height) = (info.width, info.height);
    let data = if interlaced {
        let mut pixels = vec![
            0;
            reader
                .output_buffer_size()
                .ok_or_else(|| failed("too large"))?
        ];
        reader.next_frame(&mut pixels).map_err(failed)?;
        encoded(width, height, colour, depth, &pixels, info_palette(image)?)?
    } else {
        compressed(&image.bytes)
    };
    let samples = Samples {
        width,
        height,
        depth: depth as u8,
        space,
        components,
    };
    Ok(samples.stream("FlateDecode", data))
}

/// The palette that an image's pixels point into.
fn info_palette(image: &Image) -> Result<Option<Vec<u8>>, EditionError> {
    let reader = png::Decoder::new(Cursor::new(&*image.bytes))
        .read_info()
        .map_err(failed)?;
    Ok(reader.info().palette.as_deref().map(<[u8]>::to_vec))
}

fn indexed(palette: &[u8]) -> DictItem {
    let highest = (palette.len() / 3).clamp(1, 256) as i64 - 1;
    DictItem::Array(vec![
        name("Indexed"),
        name("DeviceRGB"),
        DictItem::Int(highest),
        DictItem::Bytes(palette.to_vec()),
    ])
}

/// An image with transparency: its colours, and how much of each pixel shows as a mask.
fn transparent(image: &Image) -> Result<ExternalStream, EditionError> {
    let mut decoder = png::Decoder::new(Cursor::new(&*image.bytes));
    decoder.set_transformations(Transformations::EXPAND | Transformations::ALPHA);
    let mut reader = decoder.read_info().map_err(failed)?;
    let mut pixels = vec![
        0;
        reader
            .output_buffer_size()
            .ok_or_else(|| failed("too large"))?
    ];
    let frame = reader.next_frame(&mut pixels).map_err(failed)?;
    let wide = usize::from(frame.bit_depth == BitDepth::Sixteen) + 1;
    let (colours, space, kept) = match frame.color_type {
        ColorType::GrayscaleAlpha => (1, "DeviceGray", ColorType::Grayscale),
        _ => (3, "DeviceRGB", ColorType::Rgb),
    };
    let whole = pixels.chunks_exact((colours + 1) * wide);
    let (mut opaque, mut shown) = (Vec::new(), Vec::new());
    for pixel in whole {
        let (colour, alpha) = pixel.split_at(colours * wide);
        opaque.extend_from_slice(colour);
        shown.extend_from_slice(alpha);
    }
    let (width, height, depth) = (frame.width, frame.height, frame.bit_depth);
    let samples = |space, components| Samples {
        width,
        height,
        depth: depth as u8,
        space,
        components,
    };
    let data = encoded(width, height, kept, depth, &opaque, None)?;
    let mut stream = samples(name(space), colours as i64).stream("FlateDecode", data);
    if shown.iter().any(|alpha| *alpha != 0xFF) {
        let data = encoded(width, height, ColorType::Grayscale, depth, &shown, None)?;
        let mask = samples(name("DeviceGray"), 1).stream("FlateDecode", data);
        stream
            .dict
            .insert("SMask".to_owned(), DictItem::Stream { stream: mask });
    }
    Ok(stream)
}

/// Samples filtered and compressed as in a PNG.
fn encoded(
    width: u32,
    height: u32,
    colour: ColorType,
    depth: BitDepth,
    samples: &[u8],
    palette: Option<Vec<u8>>,
) -> Result<Vec<u8>, EditionError> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(colour);
    encoder.set_depth(depth);
    if let Some(palette) = palette {
        encoder.set_palette(palette);
    }
    let mut writer = encoder.write_header().map_err(failed)?;
    writer.write_image_data(samples).map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(compressed(&file))
}

/// The compressed rows of a PNG: the contents of its IDAT chunks (ISO/IEC 15948, 11.2.4).
fn compressed(file: &[u8]) -> Vec<u8> {
    let rows = chunks(file).filter(|(kind, _)| *kind == b"IDAT");
    rows.flat_map(|(_, data)| data).copied().collect()
}

/// The packet of XMP that loading left in a PNG: whom the image is owed to, and no more (ISO 16684-1; ISO/IEC 15948, 11.3.4.5).
fn packet(file: &[u8]) -> Option<Vec<u8>> {
    // Not compressed, in no language.
    const HEAD: &[u8] = b"XML:com.adobe.xmp\0\0\0\0\0";
    let texts = chunks(file).filter(|(kind, _)| *kind == b"iTXt");
    let mut packets = texts.filter_map(|(_, data)| data.strip_prefix(HEAD));
    packets.next().map(<[u8]>::to_vec)
}

/// The chunks of a PNG: type and data.
fn chunks(file: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let mut rest = file.get(8..).unwrap_or_default();
    std::iter::from_fn(move || {
        let (head, tail) = rest.split_at_checked(8)?;
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        let (data, tail) = tail.split_at_checked(length)?;
        // Past the checksum.
        rest = tail.get(4..).unwrap_or_default();
        Some((&head[4..], data))
    })
}
