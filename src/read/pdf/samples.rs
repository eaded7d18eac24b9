//! The samples of pictures (ISO 32000-1, 8.9.5).

use hayro_syntax::object::{Array, Name, Number, Object, Stream};

use super::super::picture::{Picture, Print};

/// A picture is at most so large, in samples.
const MOST: usize = 1 << 28;

/// The picture of an image.
pub(super) fn picture(stream: &Stream<'_>) -> Picture {
    let filter = match stream.dict().get::<Array<'_>>("Filter") {
        Some(all) if all.iter::<Object<'_>>().count() > 1 => None,
        Some(all) => all.iter::<Name<'_>>().next(),
        None => stream.dict().get::<Name<'_>>("Filter"),
    };
    if filter.is_some_and(|filter| matches!(filter.as_str(), "DCTDecode" | "DCT")) {
        return Picture::File(stream.raw_data().into_owned());
    }
    print(stream).map_or(Picture::Unread, Picture::Print)
}

/// The colours that samples stand for.
enum Colours {
    Grey,
    Rgb,
    Table(Vec<[u8; 3]>),
}

fn print(stream: &Stream<'_>) -> Option<Print> {
    let (width, height) = size(stream)?;
    let bits = number(stream, "BitsPerComponent").unwrap_or(8);
    let colours = colours(stream)?;
    let data = stream.decoded().ok()?;
    let parts = match colours {
        Colours::Rgb => 3,
        Colours::Grey | Colours::Table(_) => 1,
    };
    let row = (width * parts * bits).div_ceil(8);
    if !matches!(bits, 1 | 2 | 4 | 8) || data.len() < row.checked_mul(height)? {
        return None;
    }
    let sample = |x: usize, y: usize, part: usize| {
        let at = (x * parts + part) * bits;
        let byte = data[y * row + at / 8];
        byte >> (8 - bits - at % 8) & (0xFF_u8 >> (8 - bits))
    };
    let whole = 0xFF_u8 >> (8 - bits);
    let full = |own: u8| (u16::from(own) * 255 / u16::from(whole.max(1))) as u8;
    let mask = stream.dict().get::<Stream<'_>>("SMask");
    let mask = mask.and_then(|mask| {
        let own = size(&mask)?;
        let data = mask.decoded().ok()?.into_owned();
        let is_read = number(&mask, "BitsPerComponent") == Some(8) && data.len() >= own.0 * own.1;
        is_read.then_some((own, data))
    });
    Print::of_samples((width, height), |x, y| {
        let [red, green, blue] = match &colours {
            Colours::Rgb => [0, 1, 2].map(|part| full(sample(x, y, part))),
            Colours::Grey => [full(sample(x, y, 0)); 3],
            Colours::Table(table) => {
                let own = table.get(usize::from(sample(x, y, 0)));
                own.copied().unwrap_or_default()
            }
        };
        let seen = mask.as_ref().map_or(255, |((wide, high), data)| {
            data[(y * high / height) * wide + x * wide / width]
        });
        [red, green, blue, seen]
    })
}

fn number(stream: &Stream<'_>, key: &str) -> Option<usize> {
    usize::try_from(stream.dict().get::<Number>(key)?.as_i64()).ok()
}

fn size(stream: &Stream<'_>) -> Option<(usize, usize)> {
    let (width, height) = (number(stream, "Width")?, number(stream, "Height")?);
    let is_sound = width > 0 && height > 0 && width.checked_mul(height)? <= MOST;
    is_sound.then_some((width, height))
}

fn colours(stream: &Stream<'_>) -> Option<Colours> {
    let named = |name: &str| match name {
        "DeviceGray" | "CalGray" | "G" => Some(Colours::Grey),
        "DeviceRGB" | "CalRGB" | "RGB" => Some(Colours::Rgb),
        _ => None,
    };
    if let Some(name) = stream.dict().get::<Name<'_>>("ColorSpace") {
        return named(name.as_str());
    }
    let array = stream.dict().get::<Array<'_>>("ColorSpace")?;
    let mut items = array.iter::<Object<'_>>();
    let Object::Name(family) = items.next()? else {
        return None;
    };
    match family.as_str() {
        "ICCBased" => match items.next()? {
            Object::Stream(profile) => match number(&profile, "N")? {
                1 => Some(Colours::Grey),
                3 => Some(Colours::Rgb),
                _ => None,
            },
            _ => None,
        },
        "Indexed" => {
            let base = match items.next()? {
                Object::Name(name) => named(name.as_str())?,
                _ => Colours::Rgb,
            };
            let _ = items.next()?;
            let bytes = match items.next()? {
                Object::String(bytes) => bytes.as_bytes().to_vec(),
                Object::Stream(stream) => stream.decoded().ok()?.into_owned(),
                _ => return None,
            };
            let table = match base {
                Colours::Grey => bytes.iter().map(|own| [*own; 3]).collect(),
                _ => bytes
                    .chunks_exact(3)
                    .map(|own| [own[0], own[1], own[2]])
                    .collect(),
            };
            Some(Colours::Table(table))
        }
        name => named(name),
    }
}
