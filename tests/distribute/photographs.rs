//! Photographs give away no place, device, owner or day in anything that is made of them, and stay owed to whom they were.

use std::io::{Cursor, Read, Write};

use flate2::Crc;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder};

use crate::archive::Archive;

/// Stands in everything that must go.
const SECRET: &[u8] = b"SECRET";
/// Stands in everything that must stay.
const KEPT: &str = "KEPT-\u{a9}";

/// A block of EXIF: a camera, an artist, a copyright, a directory of its place, and a thumbnail behind it.
fn exif() -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: u32| {
        let parts = [
            &tag.to_be_bytes()[..],
            &kind.to_be_bytes(),
            &count.to_be_bytes(),
        ];
        [parts.concat(), value.to_be_bytes().to_vec()].concat()
    };
    let texts = [
        "SECRET-CAMERA\0".to_owned(),
        format!("{KEPT}-artist\0"),
        format!("{KEPT}-copyright\0"),
    ];
    let mut at = 8 + 2 + 4 * 12 + 4;
    let mut directory = vec![0, 4];
    for (tag, text) in [0x010f, 0x013b, 0x8298].into_iter().zip(&texts) {
        directory.extend(entry(tag, 2, text.len() as u32, at));
        at += text.len() as u32;
    }
    directory.extend(entry(0x8825, 4, 1, at));
    directory.extend([0; 4]);
    let place = [vec![0, 1], entry(0x001d, 2, 11, at + 18), vec![0; 4]].concat();
    [
        b"MM\0*\0\0\0\x08".to_vec(),
        directory,
        texts.concat().into_bytes(),
        place,
        b"SECRET-DAY\0\xff\xd8SECRET-THUMBNAIL\xff\xd9".to_vec(),
    ]
    .concat()
}

fn xmp() -> Vec<u8> {
    format!(
        r#"<x:xmpmeta xmlns:x="adobe:ns:meta/"><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><r:Description
        xmlns:aux="http://ns.adobe.com/exif/1.0/aux/" xmlns:p="http://ns.adobe.com/photoshop/1.0/"
        xmlns:e="http://ns.adobe.com/exif/1.0/" aux:SerialNumber="SECRET-1" aux:OwnerName="SECRET-2" e:GPSLatitude="SECRET-3"
        p:Credit="{KEPT}-credit"/></r:RDF></x:xmpmeta>"#
    )
    .into_bytes()
}

fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let length = (content.len() as u16 + 2).to_be_bytes();
    [&[0xff, marker], &length[..], content].concat()
}

fn jpeg() -> Vec<u8> {
    let mut plain = Vec::new();
    let encoder = JpegEncoder::new(&mut plain);
    encoder
        .write_image(&[90; 300], 10, 10, ExtendedColorType::Rgb8)
        .unwrap();
    let field = |dataset: u8, text: &str| {
        let length = (text.len() as u16).to_be_bytes();
        [&[0x1c, 2, dataset], &length[..], text.as_bytes()].concat()
    };
    let fields = [
        field(90, "SECRET-CITY"),
        field(115, &format!("{KEPT}-source")),
    ]
    .concat();
    let resources = [
        b"Photoshop 3.0\x008BIM\x04\x04\0\0",
        &(fields.len() as u32).to_be_bytes()[..],
        &fields,
    ]
    .concat();
    [
        plain[..2].to_vec(),
        segment(0xe1, &[b"Exif\0\0", &exif()[..]].concat()),
        segment(
            0xe1,
            &[b"http://ns.adobe.com/xap/1.0/\0", &xmp()[..]].concat(),
        ),
        segment(0xed, &resources),
        segment(0xe2, b"MPF\0SECRET-PREVIEW"),
        segment(0xe0, b"JFXX\0\x10SECRET-THUMBNAIL"),
        segment(0xfe, b"SECRET-COMMENT"),
        plain[2..].to_vec(),
        b"SECRET-FILM".to_vec(),
    ]
    .concat()
}

fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut sum = Crc::new();
    sum.update(kind);
    sum.update(data);
    let length = (data.len() as u32).to_be_bytes();
    [&length[..], kind, data, &sum.sum().to_be_bytes()].concat()
}

fn png() -> Vec<u8> {
    let mut plain = Vec::new();
    let encoder = PngEncoder::new(&mut plain);
    encoder
        .write_image(&[90; 300], 10, 10, ExtendedColorType::Rgb8)
        .unwrap();
    let mut hidden = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    hidden.write_all(b"SECRET-HIDDEN").unwrap();
    let (head, rest) = plain.split_at(8 + 25);
    [
        head.to_vec(),
        chunk(b"eXIf", &exif()),
        chunk(
            b"iTXt",
            &[b"XML:com.adobe.xmp\0\0\0\0\0", &xmp()[..]].concat(),
        ),
        chunk(b"tEXt", b"Comment\0SECRET-COMMENT"),
        chunk(b"tEXt", b"Source\0SECRET-DEVICE"),
        chunk(
            b"zTXt",
            &[b"Raw profile type exif\0\0", &hidden.finish().unwrap()[..]].concat(),
        ),
        chunk(b"iTXt", "Author\0\0\0\0\0KEPT-\u{a9}-source".as_bytes()),
        chunk(b"tIME", &[7, 233, 11, 4, 1, 2, 3]),
        rest.to_vec(),
        b"SECRET-FILM".to_vec(),
    ]
    .concat()
}

fn contains(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|window| window == words)
}

/// A file, and what is packed in it: the parts of a package, the images in a page.
fn with_what_is_inside(name: &str, bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut all = vec![(name.to_owned(), bytes.to_vec())];
    if bytes.starts_with(b"PK") {
        let mut package = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        for index in 0..package.len() {
            let mut part = package.by_index(index).unwrap();
            let mut content = Vec::new();
            part.read_to_end(&mut content).unwrap();
            all.push((format!("{name}: {}", part.name()), content));
        }
    }
    if name.ends_with(".html") {
        let page = String::from_utf8(bytes.to_vec()).unwrap();
        let images = page.split("data:image/").skip(1);
        let images = images.filter_map(|image| image.split_once(";base64,"));
        for (kind, data) in images {
            let end = data.find(|c: char| !c.is_ascii_alphanumeric() && !"+/".contains(c));
            all.push((format!("{name}: {kind}"), decoded(&data[..end.unwrap()])));
        }
    }
    all
}

fn decoded(base64: &str) -> Vec<u8> {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let value = |c: &u8| DIGITS.iter().position(|digit| digit == c).unwrap() as u32;
    let groups = base64.as_bytes().chunks(4).map(|group| {
        let number = group.iter().fold(0, |sum, c| sum << 6 | value(c));
        let bytes = (number << (6 * (4 - group.len()))).to_be_bytes();
        bytes[1..group.len()].to_vec()
    });
    groups.collect::<Vec<_>>().concat()
}

#[test]
fn pages_offer_smaller_copies_of_large_pictures_to_narrow_screens() {
    let archive = Archive::new(&["first"]);
    let noise = |x: u32, y: u32| (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(97)) as u8;
    let photo = image::GrayImage::from_fn(2400, 1200, |x, y| image::Luma([noise(x / 3, y / 3)]));
    let mut bytes = Vec::new();
    photo
        .write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, 90))
        .unwrap();
    archive.place.write("source/wide.jpg", &bytes);
    archive.place.write(
        "source/drawing.svg",
        "<svg xmlns='http://www.w3.org/2000/svg' width='3000' height='300'><rect width='9' height='9'/></svg>",
    );
    archive.place.write(
        "source/wide.yaml",
        "series: Flash Point\ntitle: Wide\ndate: 2025-11-04\nlanguage: en-GB\nslug: wide\n\
         contributors:\n  - name: Amina Khan\n    statement:\n      - figure: {image: wide.jpg, alt: Wide}\n      - figure: {image: drawing.svg, alt: Drawn}\n",
    );
    archive.place.run("export source -q --format all").expect(0);
    archive.distribute("").expect(0);
    let site = archive.site();
    let page = String::from_utf8_lossy(&site["pieces/wide.html"]).into_owned();
    let measure = page.split("srcset=\"").nth(1).unwrap();
    let set = measure.split('"').next().unwrap();
    assert!(
        set.starts_with("wide/image-1-480.jpg 480w, wide/image-1-960.jpg 960w, wide/image-1.jpg 1"),
        "{set}"
    );
    for name in ["image-1-480.jpg", "image-1-960.jpg", "image-1.jpg"] {
        let file = &site[&format!("pieces/wide/{name}")];
        let size = image::load_from_memory(file).unwrap();
        let stated = name.trim_start_matches("image-1-").trim_end_matches(".jpg");
        if let Ok(width) = stated.parse::<u32>() {
            assert_eq!((size.width(), size.height()), (width, width / 2));
        } else {
            assert!(size.width() < 2400 && page.contains(&format!("width=\"{}\"", size.width())));
        }
    }
    assert!(!page.contains("image-2-480") && site.contains_key("pieces/wide/image-2.svg"));
}

#[test]
fn no_output_gives_away_where_when_or_with_what_a_photograph_was_taken() {
    let archive = Archive::new(&["first"]);
    assert!(contains(&jpeg(), SECRET) && contains(&png(), SECRET));
    archive.place.write("source/photo.jpg", jpeg());
    archive.place.write("source/drawing.png", png());
    archive.place.write(
        "source/photos.yaml",
        "series: Flash Point\ntitle: Photographs\ndate: 2025-11-04\nlanguage: en-GB\nslug: photos\n\
         cover: {image: photo.jpg, alt: Cover}\n\
         contributors:\n  - name: Amina Khan\n    portrait: {image: photo.jpg, alt: Her}\n    bio: Words.\n    statement:\n      \
         - figure: {image: photo.jpg, alt: One}\n      - figure: {image: drawing.png, alt: Two}\n",
    );
    archive
        .place
        .run("export source -q --cover-files --format all,html")
        .expect(0);
    archive.distribute("").expect(0);
    let dist = archive.place.files("dist");
    let mut files = archive.site();
    files.extend(dist);
    let files: Vec<_> = files
        .iter()
        .flat_map(|(name, bytes)| with_what_is_inside(name, bytes))
        .collect();
    for (name, bytes) in &files {
        assert!(!contains(bytes, SECRET), "{name}");
        assert!(!contains(bytes, b"tIME"), "{name}");
    }
    for kept in ["artist", "copyright", "credit", "source"] {
        let words = format!("{KEPT}-{kept}");
        for part in [
            "photos.pdf",
            "docx: word/media/",
            "epub: ",
            "photos.html: jpeg",
            "photos.html: png",
            "pieces/photos/",
        ] {
            let mut holders = files.iter().filter(|(name, _)| name.contains(part));
            assert!(
                holders.any(|(_, bytes)| contains(bytes, words.as_bytes())),
                "{words} in {part}"
            );
        }
    }
}
