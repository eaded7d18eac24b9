//! Pictures that are others, and pictures that were saved again.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, imageops};

use crate::change::{
    Change, all_found, edition, every_change_is_found, exported_as, found, repack_bytes,
};

/// Replaces the picture of a package.
fn repainted(bytes: &[u8], part: &str, change: impl Fn(DynamicImage) -> DynamicImage) -> Vec<u8> {
    let (bytes, changed) = repack_bytes(bytes, part, |old| {
        let mut new = Cursor::new(Vec::new());
        let picture = change(image::load_from_memory(old).unwrap());
        picture.write_to(&mut new, ImageFormat::Png).unwrap();
        new.into_inner()
    });
    assert!(changed, "{part} was not changed");
    bytes
}

const PARTS: [(&str, &str); 2] = [("docx", "media/image1.png"), ("epub", "images/image-1.png")];

/// Holds that each change of the first picture of a package is found, made as `make` makes one.
fn each_is_found<C: Copy>(changes: &[(&str, C, &str)], make: impl Fn(&[u8], &str, C) -> Vec<u8>) {
    for (format, part) in PARTS {
        let place = exported_as(&[format]);
        let name = edition(format);
        let whole = place.read(&name);
        let mut missed = Vec::new();
        for (what, change, named) in changes {
            place.write(&name, make(&whole, part, *change));
            missed.extend(found(&place, what, &name, named));
        }
        all_found(format, changes.len(), &missed);
    }
}

/// What a change is called, how it is made, and what is said of it.
type Repainting = (&'static str, fn(DynamicImage) -> DynamicImage, &'static str);

#[test]
fn a_picture_that_is_another_is_found() {
    let changes: [Repainting; 6] = [
        ("upside down", |own| own.flipv(), "something else"),
        (
            "in other colours",
            |mut own| {
                own.invert();
                own
            },
            "something else",
        ),
        ("in grey", |own| own.grayscale(), "something else"),
        ("on its side", |own| own.rotate90(), "another shape"),
        (
            "cut in half",
            |own| own.crop_imm(0, 0, own.width() / 2, own.height()),
            "another shape",
        ),
        (
            "blank",
            |own| {
                let mut blank = own.to_rgb8();
                blank.fill(200);
                blank.into()
            },
            "something else",
        ),
    ];
    each_is_found(&changes, |whole, part, change| {
        repainted(whole, part, change)
    });
}

/// What a change of a file is called, how it is made, and what is said of it.
type Rewriting = (&'static str, fn(&[u8]) -> Vec<u8>, &'static str);

/// A gamma of 1, which browsers obey and others do not (ISO/IEC 15948, 11.3.3.2).
const GAMMA: &[u8] = b"\0\0\0\x04gAMA\0\x01\x86\xA0\x31\xE8\x96\x5F";

#[test]
fn what_the_file_of_a_picture_says_besides_is_found() {
    let changes: [Rewriting; 2] = [
        (
            "a gamma",
            |old| {
                // Behind the signature and the header.
                let (head, rest) = old.split_at(33);
                [head, GAMMA, rest].concat()
            },
            "more than those of editions",
        ),
        (
            "bytes behind its end",
            |old| [old, b"more"].concat(),
            "more than those of editions",
        ),
    ];
    each_is_found(&changes, |whole, part, change| {
        let (bytes, changed) = repack_bytes(whole, part, change);
        assert!(changed, "{part} was not changed");
        bytes
    });
}

#[test]
fn a_picture_that_was_saved_again_is_the_same() {
    for (format, part) in PARTS {
        let place = exported_as(&[format]);
        let name = edition(format);
        let whole = place.read(&name);
        let smaller = |own: DynamicImage| {
            let (width, height) = (own.width() * 3 / 4, own.height() * 3 / 4);
            own.resize_exact(width, height, imageops::FilterType::Triangle)
        };
        let worse = |own: DynamicImage| {
            let mut jpeg = Cursor::new(Vec::new());
            let plain = DynamicImage::from(own.to_rgb8());
            plain.write_to(&mut jpeg, ImageFormat::Jpeg).unwrap();
            image::load_from_memory(jpeg.get_ref()).unwrap()
        };
        for bytes in [
            repainted(&whole, part, smaller),
            repainted(&whole, part, worse),
        ] {
            place.write(&name, bytes);
            place.run("verify source --strict").expect(0);
        }
    }
}

#[rustfmt::skip]
const CHANGES: &[Change] = &[
    ("a picture stretched", "docx", "word/document.xml", "cy=\"1219099\"", "cy=\"619099\"", "stretched"),
    ("a picture's file of no picture", "docx", "document.xml.rels", "media/image1.png", "styles.xml", "cannot be read"),
    ("a picture stretched", "epub", "statement-1.xhtml", "height=\"160\"", "height=\"40\"", "stretched"),
    ("another picture", "epub", "statement-1.xhtml", "src=\"images/image-1.png\"", "src=\"images/cover.png\"", "another shape"),
    ("another picture", "html", "", "<img src=\"data:image/png;base64,", "<img src=\"data:image/png;base64,AAAA", "cannot be read"),
    ("a picture stretched", "html", "", "width=\"240\"", "width=\"2400\"", "stretched"),
];

#[test]
fn every_change_of_a_place_of_pictures_is_found_and_named() {
    for format in ["docx", "epub", "html"] {
        every_change_is_found(format, CHANGES);
    }
}
