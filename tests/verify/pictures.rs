//! Pictures that are exchanged, and ones that are packed again.

use std::io::{Cursor, Read, Write};

use lopdf::Object;

use crate::change::{all_found, edit, edition, exported_as, found};

/// The package with other bytes in the parts that end so.
fn exchanged(bytes: &[u8], end: &str, content: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let name = file.name().to_owned();
        let mut own = Vec::new();
        file.read_to_end(&mut own).unwrap();
        if name.ends_with(end) {
            own = content.to_vec();
        }
        let options = zip::write::SimpleFileOptions::default();
        let options = match name.as_str() {
            "mimetype" => options.compression_method(zip::CompressionMethod::Stored),
            _ => options,
        };
        out.start_file(name, options).unwrap();
        out.write_all(&own).unwrap();
    }
    out.finish().unwrap().into_inner()
}

fn fixture(name: &str) -> Vec<u8> {
    let images = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/valid/images");
    std::fs::read(format!("{images}/{name}")).unwrap()
}

/// The samples of the first picture of a PDF, changed.
fn sampled(bytes: &[u8], change: fn(u8) -> u8) -> Vec<u8> {
    edit(bytes, |file| {
        let ids: Vec<_> = file.objects.keys().copied().collect();
        ids.into_iter().any(|id| {
            let Ok(Object::Stream(stream)) = file.get_object_mut(id) else {
                return false;
            };
            let kind = stream.dict.get(b"Subtype").and_then(Object::as_name);
            if kind.is_ok_and(|kind| kind == b"Image") {
                stream.decompress().unwrap();
                stream
                    .content
                    .iter_mut()
                    .for_each(|own| *own = change(*own));
                return true;
            }
            false
        })
    })
}

#[test]
fn another_picture_is_found_in_every_format() {
    let another = fixture("grey.png");
    let mut missed = Vec::new();
    for (format, end) in [("docx", "media/image1.png"), ("epub", "images/image-1.png")] {
        let place = exported_as(&[format]);
        let name = edition(format);
        let whole = place.read(&name);
        for (what, bytes, named) in [
            ("another picture", another.as_slice(), "another picture"),
            ("no picture", b"\x89PNG".as_slice(), "cannot be read"),
        ] {
            place.write(&name, exchanged(&whole, end, bytes));
            missed.extend(found(&place, what, &name, named));
        }
    }
    let place = exported_as(&["pdf"]);
    let name = edition("pdf");
    let whole = place.read(&name);
    place.write(&name, sampled(&whole, |own| 255 - own));
    missed.extend(found(
        &place,
        "a picture turned dark",
        &name,
        "another picture",
    ));
    place.write(&name, sampled(&whole, |own| own));
    let ran = place.run("verify source").expect(0);
    assert!(ran.stderr.contains("pdf equal"), "{}", ran.stderr);
    all_found("pictures", 5, &missed);
}

/// Saved again by another program, a picture has other bytes and is the same.
#[test]
fn a_picture_that_is_packed_again_is_the_same() {
    let place = exported_as(&["docx"]);
    let name = edition("docx");
    let picture = image::load_from_memory(&fixture("rgb.png")).unwrap();
    let smaller = picture.resize_exact(120, 80, image::imageops::FilterType::Triangle);
    let mut bytes = Cursor::new(Vec::new());
    smaller
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    let whole = place.read(&name);
    place.write(
        &name,
        exchanged(&whole, "media/image1.png", bytes.get_ref()),
    );
    let ran = place.run("verify source --strict").expect(0);
    assert!(ran.stderr.contains("docx equal"), "{}", ran.stderr);
}
