//! Images keep their samples: what a reader decodes is what the file had.

use std::collections::BTreeMap;

use flashpoint::diagnostic::FieldPath;
use flashpoint::piece::{Image, ImageFormat, Piece};
use hayro_syntax::Pdf;
use hayro_syntax::object::{Dict, Name, Number, Object, Stream};
use png::{BitDepth, ColorType};

use crate::conformance::broken_rules;
use crate::edition::from_piece;

const YAML: &str = r#"
series: S
title: T
date: 2025-11-04
language: en
contributors:
  - name: N
    statement:
      - figure: {image: a.png, alt: "A (pattern) \\ of colours", caption: A caption., credit: Somebody}
"#;

fn with_image(bytes: Vec<u8>, format: ImageFormat, width: u32, height: u32) -> Vec<u8> {
    let piece: Piece = serde_yaml::from_str(YAML).unwrap();
    let path = FieldPath::root()
        .key("contributors")
        .index(0)
        .key("statement")
        .index(0);
    let image = Image::new(bytes, format, width, height);
    let images = BTreeMap::from([(path.key("figure").key("image"), image)]);
    let edition = from_piece(piece, images);
    assert_eq!(broken_rules(&edition.bytes), [""; 0]);
    edition.bytes
}

fn png(colour: ColorType, depth: BitDepth, samples: &[u8]) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, 16, 8);
    encoder.set_color(colour);
    encoder.set_depth(depth);
    if colour == ColorType::Indexed {
        encoder.set_palette(
            (0..=255)
                .flat_map(|i: u8| [i, 255 - i, i / 2])
                .collect::<Vec<u8>>(),
        );
    }
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(samples).unwrap();
    writer.finish().unwrap();
    file
}

/// The decoded samples of the only image, and of its mask.
fn decoded(bytes: &[u8]) -> (String, i64, Vec<u8>, Option<Vec<u8>>) {
    let pdf = Pdf::new(bytes.to_vec()).unwrap();
    let resources: Dict<'_> = pdf.pages()[0].raw().get("Resources").unwrap();
    let objects: Dict<'_> = resources.get("XObject").unwrap();
    let name = objects.keys().next().unwrap();
    let image: Stream<'_> = objects.get(name.as_str()).unwrap();
    let space = match image.dict().get::<Object<'_>>("ColorSpace").unwrap() {
        Object::Name(name) => name.as_str().to_owned(),
        Object::Array(array) => array
            .iter::<Object<'_>>()
            .next()
            .and_then(Object::into_name)
            .unwrap()
            .as_str()
            .to_owned(),
        other => panic!("{other:?}"),
    };
    let depth = image
        .dict()
        .get::<Number>("BitsPerComponent")
        .unwrap()
        .as_i64();
    assert_eq!(
        image.dict().get::<Name<'_>>("Subtype").unwrap().as_str(),
        "Image"
    );
    let mask = image.dict().get::<Stream<'_>>("SMask");
    let mask = mask.map(|mask| mask.decoded().unwrap().into_owned());
    (space, depth, image.decoded().unwrap().into_owned(), mask)
}

fn samples(count: usize) -> Vec<u8> {
    (0..count).map(|i| (i * 37 % 251) as u8).collect()
}

#[test]
fn colours_greys_and_palettes_keep_their_samples() {
    for (colour, depth, space, bytes) in [
        (ColorType::Rgb, BitDepth::Eight, "DeviceRGB", 3 * 128),
        (ColorType::Rgb, BitDepth::Sixteen, "DeviceRGB", 6 * 128),
        (ColorType::Grayscale, BitDepth::Eight, "DeviceGray", 128),
        (ColorType::Grayscale, BitDepth::Two, "DeviceGray", 32),
        (ColorType::Grayscale, BitDepth::Sixteen, "DeviceGray", 256),
        (ColorType::Indexed, BitDepth::Eight, "Indexed", 128),
    ] {
        let samples = samples(bytes);
        let file = with_image(png(colour, depth, &samples), ImageFormat::Png, 16, 8);
        let expected = (space.to_owned(), depth as i64, samples, None);
        assert_eq!(decoded(&file), expected, "{colour:?} {depth:?}");
    }
}

#[test]
fn transparency_becomes_a_mask_of_its_own() {
    for (colour, depth, space, channels) in [
        (ColorType::Rgba, BitDepth::Eight, "DeviceRGB", 4),
        (ColorType::Rgba, BitDepth::Sixteen, "DeviceRGB", 4),
        (ColorType::GrayscaleAlpha, BitDepth::Eight, "DeviceGray", 2),
    ] {
        let wide = depth as usize / 8;
        let samples = samples(channels * wide * 128);
        let file = with_image(png(colour, depth, &samples), ImageFormat::Png, 16, 8);
        let (found, found_depth, colours, mask) = decoded(&file);
        assert_eq!((found.as_str(), found_depth), (space, depth as i64));
        let pixels = samples.chunks(channels * wide);
        let cut = (channels - 1) * wide;
        assert_eq!(
            colours,
            pixels
                .clone()
                .flat_map(|p| p[..cut].to_vec())
                .collect::<Vec<_>>()
        );
        assert_eq!(
            mask.unwrap(),
            pixels.flat_map(|p| p[cut..].to_vec()).collect::<Vec<_>>()
        );
    }
}

#[test]
fn an_image_that_hides_nothing_has_no_mask() {
    let samples: Vec<u8> = samples(512)
        .chunks(4)
        .flat_map(|p| [p[0], p[1], p[2], 255])
        .collect();
    let file = with_image(
        png(ColorType::Rgba, BitDepth::Eight, &samples),
        ImageFormat::Png,
        16,
        8,
    );
    assert_eq!(decoded(&file).3, None);
}

#[test]
fn a_jpeg_stays_as_it_is() {
    for colour in [image::ExtendedColorType::Rgb8, image::ExtendedColorType::L8] {
        let channels = if colour == image::ExtendedColorType::L8 {
            1
        } else {
            3
        };
        let mut file = Vec::new();
        let encoder = image::codecs::jpeg::JpegEncoder::new(&mut file);
        image::ImageEncoder::write_image(encoder, &samples(channels * 128), 16, 8, colour).unwrap();
        let written = with_image(file.clone(), ImageFormat::Jpeg, 16, 8);
        let holds = written.windows(file.len()).any(|window| window == file);
        assert!(holds, "{colour:?}");
        let space = if channels == 1 {
            "DeviceGray"
        } else {
            "DeviceRGB"
        };
        assert_eq!(decoded_space(&written), space);
    }
}

fn decoded_space(bytes: &[u8]) -> String {
    let pdf = Pdf::new(bytes.to_vec()).unwrap();
    let resources: Dict<'_> = pdf.pages()[0].raw().get("Resources").unwrap();
    let objects: Dict<'_> = resources.get("XObject").unwrap();
    let name = objects.keys().next().unwrap();
    let image: Stream<'_> = objects.get(name.as_str()).unwrap();
    image
        .dict()
        .get::<Name<'_>>("ColorSpace")
        .unwrap()
        .as_str()
        .to_owned()
}

#[test]
fn whom_an_image_is_owed_to_stays_with_it() {
    let packet = "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"/>";
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, 16, 8);
    encoder.set_color(ColorType::Grayscale);
    encoder
        .add_itxt_chunk("XML:com.adobe.xmp".to_owned(), packet.to_owned())
        .unwrap();
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&[0; 16 * 8]).unwrap();
    writer.finish().unwrap();
    let bytes = with_image(file, ImageFormat::Png, 16, 8);
    let pdf = Pdf::new(bytes).unwrap();
    let resources: Dict<'_> = pdf.pages()[0].raw().get("Resources").unwrap();
    let objects: Dict<'_> = resources.get("XObject").unwrap();
    let name = objects.keys().next().unwrap();
    let image: Stream<'_> = objects.get(name.as_str()).unwrap();
    let kept: Stream<'_> = image.dict().get("Metadata").unwrap();
    assert_eq!(kept.decoded().unwrap().as_ref(), packet.as_bytes());
    let kind = kept.dict().get::<Name<'_>>("Subtype").unwrap();
    assert_eq!(kind.as_str(), "XML");
}
