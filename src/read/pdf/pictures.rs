//! Pictures as pages show them: the file of each, and where it stands (ISO 32000-1, 8.9). What they show is held against the source
//! by those who know it.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::Write;
use std::sync::Arc;

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};
use hayro_syntax::object::{Array, Dict, Name, Number, Object, ObjectIdentifier, Stream};

use super::budget::Budget;
use super::sight::PictureSight;
use crate::drawing::Shape;

/// The keys of an image of our editions; the last are of programs that save a file again.
const IMAGE: &[&str] = &[
    "Type",
    "Subtype",
    "Width",
    "Height",
    "BitsPerComponent",
    "ColorSpace",
    "Filter",
    "DecodeParms",
    "SMask",
    "Metadata",
    "Length",
    "Name",
];

/// A picture on a page.
#[derive(Debug)]
pub(super) struct ShownPicture {
    /// Its file; none of a drawing, which is made of lines.
    pub(super) file: Option<Arc<[u8]>>,
    /// The marks of a drawing; none where it is no drawing of ours.
    pub(super) drawn: Option<Option<Arc<Vec<Shape>>>>,
    /// The width and height of a drawing as it was drawn.
    pub(super) natural: Option<(f64, f64)>,
    /// How it stands on the page.
    pub(super) sight: PictureSight,
}

impl ShownPicture {
    /// Whether a drawing is shown in another shape than it was drawn in. Threads are shown wider than they are.
    pub(super) fn is_stretched(&self) -> bool {
        const SLACK: f64 = 0.05;
        const THREAD: f64 = 12.0;
        let (wide, high) = self.sight.size();
        self.natural.is_some_and(|(across, up)| {
            let natural = across / up.max(f64::MIN_POSITIVE);
            let is_thread = natural.max(1.0 / natural) > THREAD;
            let shown = wide / high.max(f64::MIN_POSITIVE);
            !is_thread && (shown / natural - 1.0).abs() > SLACK
        })
    }
}

/// The files of pictures that were read, each once, and what they say that none of our editions does.
#[derive(Debug, Default)]
pub(super) struct Files {
    known: HashMap<ObjectIdentifier, Arc<[u8]>>,
    pub(super) strange: Vec<String>,
}

impl Files {
    /// The file of an image; empty where it cannot be read.
    pub(super) fn file(&mut self, stream: &Stream<'_>, budget: &Budget) -> Arc<[u8]> {
        let id = stream.obj_id();
        if let Some(known) = self.known.get(&id) {
            return Arc::clone(known);
        }
        let mask = stream.dict().get::<Stream<'_>>("SMask");
        for dict in [Some(stream.dict()), mask.as_ref().map(Stream::dict)] {
            let keys = dict.iter().flat_map(|dict| dict.keys());
            let other = keys.filter(|key| !IMAGE.contains(&key.as_str()));
            let other = other
                .map(|key| format!("a picture says `{}`, which no edition does", key.as_str()));
            self.strange.extend(other);
        }
        let file: Arc<[u8]> = file(stream, mask.as_ref(), budget)
            .unwrap_or_default()
            .into();
        self.known.insert(id, Arc::clone(&file));
        file
    }
}

/// The names of a stream's filters, in their order (ISO 32000-1, table 5).
fn filters(dict: &Dict<'_>) -> Vec<String> {
    let one = dict.get::<Name<'_>>("Filter");
    let some = dict.get::<Array<'_>>("Filter");
    let some = some.iter().flat_map(|some| some.iter::<Name<'_>>());
    let all = one.into_iter().chain(some);
    all.map(|name| name.as_str().to_owned()).collect()
}

/// What the samples of an image are.
#[derive(Debug, Clone, PartialEq)]
struct Samples {
    width: u32,
    height: u32,
    depth: u8,
    /// The kind of colour as PNG counts (ISO/IEC 15948, 11.2.1), and the palette where there is one.
    colour: u8,
    palette: Vec<u8>,
}

impl Samples {
    fn of(dict: &Dict<'_>, budget: &Budget) -> Option<Self> {
        let number = |key: &str| u32::try_from(dict.get::<Number>(key)?.as_i64()).ok();
        let (colour, palette) = match dict.get::<Object<'_>>("ColorSpace")? {
            Object::Name(name) if name.as_str() == "DeviceGray" => (0, Vec::new()),
            Object::Name(name) if name.as_str() == "DeviceRGB" => (2, Vec::new()),
            Object::Array(array) => (3, palette(&array, budget)?),
            _ => return None,
        };
        Some(Self {
            width: number("Width")?,
            height: number("Height")?,
            depth: u8::try_from(number("BitsPerComponent")?).ok()?,
            colour,
            palette,
        })
    }

    fn channels(&self) -> usize {
        match self.colour {
            2 => 3,
            4 => 2,
            6 => 4,
            _ => 1,
        }
    }

    /// The bytes of a row.
    fn row(&self) -> Option<usize> {
        let bits = usize::from(self.depth).checked_mul(self.channels())?;
        let bits = bits.checked_mul(usize::try_from(self.width).ok()?)?;
        Some(bits.div_ceil(8)).filter(|row| *row > 0)
    }

    /// The bytes of all rows, where they are all there.
    fn rows<'a>(&self, samples: &'a [u8]) -> Option<&'a [u8]> {
        let all = self
            .row()?
            .checked_mul(usize::try_from(self.height).ok()?)?;
        samples.get(..all)
    }

    /// A PNG of rows that are packed as in a PNG (ISO/IEC 15948, 5.3).
    fn png(&self, packed: &[u8]) -> Vec<u8> {
        let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
        let mut head = [self.width, self.height].map(u32::to_be_bytes).concat();
        head.extend_from_slice(&[self.depth, self.colour, 0, 0, 0]);
        chunk(&mut file, *b"IHDR", &head);
        if !self.palette.is_empty() {
            chunk(&mut file, *b"PLTE", &self.palette);
        }
        chunk(&mut file, *b"IDAT", packed);
        chunk(&mut file, *b"IEND", &[]);
        file
    }

    /// A PNG of rows that are not packed.
    fn png_of_rows(&self, samples: &[u8]) -> Option<Vec<u8>> {
        let mut packer = ZlibEncoder::new(Vec::new(), Compression::fast());
        for row in self.rows(samples)?.chunks_exact(self.row()?) {
            packer.write_all(&[0]).ok()?;
            packer.write_all(row).ok()?;
        }
        Some(self.png(&packer.finish().ok()?))
    }
}

/// A chunk of a PNG: its length, kind, data and checksum (ISO/IEC 15948, 5.3).
fn chunk(file: &mut Vec<u8>, kind: [u8; 4], data: &[u8]) {
    let length = u32::try_from(data.len()).unwrap_or(u32::MAX);
    file.extend_from_slice(&length.to_be_bytes());
    let mut sum = Crc::new();
    for part in [&kind[..], data] {
        sum.update(part);
        file.extend_from_slice(part);
    }
    file.extend_from_slice(&sum.sum().to_be_bytes());
}

/// The colours of an indexed space over red, green and blue (ISO 32000-1, 8.6.6.3).
fn palette(space: &Array<'_>, budget: &Budget) -> Option<Vec<u8>> {
    let mut parts = space.iter::<Object<'_>>();
    let is_indexed = parts.next()?.into_name()?.as_str() == "Indexed";
    let is_plain = parts.next()?.into_name()?.as_str() == "DeviceRGB";
    let colours = match parts.nth(1)? {
        Object::String(colours) => colours.as_bytes().to_vec(),
        Object::Stream(stream) => budget.decoded(&stream)?.into_owned(),
        _ => return None,
    };
    let colours = colours.get(..colours.len() / 3 * 3)?.to_vec();
    (is_indexed && is_plain && (3..=768).contains(&colours.len())).then_some(colours)
}

/// Whether the rows of an image are packed as in a PNG: then they need not be unpacked to be looked at.
fn is_packed_as_png(dict: &Dict<'_>, samples: &Samples) -> bool {
    let Some(parameters) = dict.get::<Dict<'_>>("DecodeParms") else {
        return false;
    };
    let number =
        |key: &str, usual: i64| parameters.get::<Number>(key).map_or(usual, |n| n.as_i64());
    filters(dict) == ["FlateDecode"]
        && number("Predictor", 1) >= 10
        && number("Colors", 1) == samples.channels() as i64
        && number("BitsPerComponent", 8) == i64::from(samples.depth)
        && number("Columns", 1) == i64::from(samples.width)
}

/// The file of an image: a JPEG as it stands, else a PNG; none where it is of a kind that no edition has.
fn file(image: &Stream<'_>, mask: Option<&Stream<'_>>, budget: &Budget) -> Option<Vec<u8>> {
    let dict = image.dict();
    let is_jpeg = filters(dict) == ["DCTDecode"];
    if is_jpeg {
        // How much of a JPEG shows is said by nothing in our editions.
        let space = dict.get::<Name<'_>>("ColorSpace");
        let is_known = space.is_some_and(|own| matches!(own.as_str(), "DeviceGray" | "DeviceRGB"));
        let raw = image.raw_data();
        return (is_known && mask.is_none() && budget.pay(raw.len())).then(|| raw.into_owned());
    }
    let samples = Samples::of(dict, budget)?;
    let Some(mask) = mask else {
        if is_packed_as_png(dict, &samples) {
            let raw = image.raw_data();
            return budget.pay(raw.len()).then(|| samples.png(&raw));
        }
        return samples.png_of_rows(&budget.decoded(image)?);
    };
    let opacity = Samples::of(mask.dict(), budget)?;
    let whole = Samples {
        colour: match samples.colour {
            0 => 4,
            2 => 6,
            _ => return None,
        },
        ..samples.clone()
    };
    let is_alike = (opacity.width, opacity.height, opacity.depth, opacity.colour)
        == (samples.width, samples.height, samples.depth, 0);
    let wide = usize::from(samples.depth / 8);
    if !is_alike || wide == 0 || usize::from(samples.depth) != wide * 8 {
        return None;
    }
    let (colours, shown): (Cow<'_, [u8]>, Cow<'_, [u8]>) =
        (budget.decoded(image)?, budget.decoded(mask)?);
    let pixels = samples
        .rows(&colours)?
        .chunks_exact(wide * samples.channels());
    let shown = opacity.rows(&shown)?.chunks_exact(wide);
    let mut both = Vec::with_capacity(colours.len() / 3 * 4 + 4);
    for (pixel, shown) in pixels.zip(shown) {
        both.extend_from_slice(pixel);
        both.extend_from_slice(shown);
    }
    whole.png_of_rows(&both)
}
