//! Pictures that somebody put in, moved, took out or replaced in Word, and the words under them.

use std::fs;

use super::desk::{Desk, around, followed, paragraph, piece};
use crate::support::root;

const PIECE: &str = piece!(
    r#"      - figure:   # kept
          image: images/rgb.png
          alt: A disc above a bar
          caption: The *palette*
          width: 50%
      - The second paragraph of the statement.
      - figure: {image: images/portrait.jpg, alt: A street in the rain}
      - The third paragraph of the statement.
"#
);

fn image(name: &str) -> Vec<u8> {
    fs::read(root().join("tests/fixtures/valid/images").join(name)).unwrap()
}

/// A picture that looks like no other.
fn other_image() -> Vec<u8> {
    let squares = image::RgbImage::from_fn(90, 60, |x, y| match (x / 15 + y / 15) % 2 {
        0 => image::Rgb([250, 240, 20]),
        _ => image::Rgb([10, 20, 120]),
    });
    let mut out = std::io::Cursor::new(Vec::new());
    squares.write_to(&mut out, image::ImageFormat::Png).unwrap();
    out.into_inner()
}

/// The paragraph of the picture that says this to those who do not see it.
fn picture(document: &str, alt: &str) -> std::ops::Range<usize> {
    around(document, &format!("descr=\"{alt}\""))
}

/// Edits the document alone.
fn edit(desk: &Desk, change: impl Fn(&str) -> String) {
    desk.edit(|part| match part.contains("descr=") {
        true => change(part),
        false => part.to_owned(),
    });
}

#[test]
fn a_picture_that_stands_elsewhere_takes_its_lines_with_it() {
    let desk = Desk::new(PIECE);
    edit(&desk, |document| {
        let mut document = document.to_owned();
        let start = picture(&document, "A disc above a bar").start;
        let end = around(&document, "palette").end;
        let whole = document[start..end].to_owned();
        document.replace_range(start..end, "");
        followed(&document, "The third paragraph", &whole)
    });
    let (source, told) = desk.update();
    let from = PIECE.find("      - figure:   # kept").unwrap();
    let to = PIECE.find("      - The second").unwrap();
    let block = &PIECE[from..to];
    assert_eq!(source, PIECE.replace(block, "") + block, "{told}");
}

#[test]
fn a_picture_that_is_gone_goes_with_its_caption() {
    let desk = Desk::new(PIECE);
    edit(&desk, |document| {
        let mut document = document.to_owned();
        let start = picture(&document, "A disc above a bar").start;
        let end = around(&document, "palette").end;
        document.replace_range(start..end, "");
        document
    });
    let (source, told) = desk.update();
    let from = PIECE.find("      - figure:   # kept").unwrap();
    let to = PIECE.find("      - The second").unwrap();
    assert_eq!(source, PIECE.replace(&PIECE[from..to], ""), "{told}");
}

#[test]
fn captions_and_alternative_texts_change_come_and_go() {
    let desk = Desk::new(PIECE);
    edit(&desk, |document| {
        let mut document = document.to_owned();
        let caption = around(&document, "palette");
        let own = document[caption.clone()].to_owned();
        document.replace_range(caption, "");
        let own = own.replace("palette", "rain").replace("The ", "Much ");
        let street = picture(&document, "A street in the rain").end;
        document.insert_str(street, &own);
        document.replace("A disc above a bar", "A disc over a bar: red")
    });
    let (source, told) = desk.update();
    let expected = PIECE
        .replace("          caption: The *palette*\n", "")
        .replace("alt: A disc above a bar", "alt: \"A disc over a bar: red\"")
        .replace(
            "alt: A street in the rain}",
            "alt: A street in the rain, caption: Much *rain*}",
        );
    assert_eq!(source, expected, "{told}");
    let desk = Desk::new(PIECE);
    edit(&desk, |document| document.replace("A disc above a bar", ""));
    let (source, told) = desk.update();
    assert_eq!(source, PIECE, "a picture without words stays");
    assert!(
        told.contains("the alternative text of a picture is gone"),
        "{told}"
    );
}

#[test]
fn another_picture_in_the_place_of_one_is_a_file_beside_it() {
    let desk = Desk::new(PIECE);
    let (own, other) = (image("rgb.png"), other_image());
    let swap = |_: &str, bytes: Vec<u8>| match bytes == own {
        true => other.clone(),
        false => bytes,
    };
    desk.edit_parts(swap, &[]);
    let (source, told) = desk.update();
    assert_eq!(
        source,
        PIECE.replace("images/rgb.png", "images/rgb-2.png"),
        "{told}"
    );
    let made = desk.folder.path().join("images/rgb-2.png");
    assert_eq!(fs::read(made).unwrap(), other);
    assert!(
        told.contains("see whether its alternative text is right"),
        "{told}"
    );
}

#[test]
fn the_same_picture_in_fewer_pixels_is_no_other_one() {
    let desk = Desk::new(PIECE);
    let smaller = |name: &str, bytes: Vec<u8>| match name.ends_with(".jpg")
        || name.ends_with(".jpeg")
    {
        true => {
            let pixels = image::load_from_memory(&bytes).unwrap();
            let (width, height) = (pixels.width() * 2 / 3, pixels.height() * 2 / 3);
            let small = pixels.resize_exact(width, height, image::imageops::FilterType::Triangle);
            let mut out = std::io::Cursor::new(Vec::new());
            small
                .to_rgb8()
                .write_to(&mut out, image::ImageFormat::Jpeg)
                .unwrap();
            assert_ne!(out.get_ref(), &bytes);
            out.into_inner()
        }
        false => bytes,
    };
    desk.edit_parts(smaller, &[]);
    let (source, told) = desk.update();
    assert_eq!(source, PIECE, "{told}");
    assert!(told.contains("nothing changed"), "{told}");
}

#[test]
fn new_pictures_are_files_and_figures_and_say_what_they_lack() {
    let desk = Desk::new(PIECE);
    let other = other_image();
    let add = |name: &str, bytes: Vec<u8>| {
        if !matches!(name, "word/document.xml" | "word/_rels/document.xml.rels") {
            return bytes;
        }
        let part = String::from_utf8(bytes).unwrap();
        if name.ends_with("rels") {
            let new = "<Relationship Id=\"rIdNew\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image\" Target=\"media/new.png\"/>";
            return part
                .replace("</Relationships>", &format!("{new}</Relationships>"))
                .into_bytes();
        }
        let own = &part[picture(&part, "A disc above a bar")];
        let id = own
            .split("r:embed=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap();
        let new = own.replace(&format!("r:embed=\"{id}\""), "r:embed=\"rIdNew\"");
        let named = new.replace("A disc above a bar", "Colours, side by side");
        let caption = paragraph("All of them").replace("BodyText", "Caption");
        let part = followed(&part, "The first paragraph", &(named + &caption));
        let nameless = new.replace("A disc above a bar", "");
        followed(&part, "The third paragraph", &nameless).into_bytes()
    };
    desk.edit_parts(add, &[("word/media/new.png", &other)]);
    let (source, told) = desk.update();
    let figure = "      - figure:\n          image: images/colours-side-by-side.png\n          alt: Colours, side by side\n          caption: All of them\n";
    let first = "      - The first paragraph of the statement.\n";
    let start = PIECE.replace(first, &format!("{first}{figure}"));
    assert!(source.starts_with(&start), "{source}\n{told}");
    assert!(
        source[start.len()..].starts_with("      - query: "),
        "{source}\n{told}"
    );
    let made = desk.folder.path().join("images/colours-side-by-side.png");
    assert_eq!(fs::read(made).unwrap(), other);
}

#[test]
fn a_picture_that_both_replaced_is_a_conflict() {
    let desk = Desk::new(PIECE);
    let (own, other) = (image("rgb.png"), other_image());
    let swap = |_: &str, bytes: Vec<u8>| match bytes == own {
        true => other.clone(),
        false => bytes,
    };
    desk.edit_parts(swap, &[]);
    let ours = PIECE.replace("images/rgb.png", "images/cover.png");
    fs::write(desk.folder.path().join("piece.yaml"), &ours).unwrap();
    let ran = desk.run(&["update", "piece.yaml", "edited.docx"]);
    let told = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert_eq!(
        (ran.status.code(), desk.source()),
        (Some(1), ours),
        "{told}"
    );
    assert!(
        told.contains("changed on both sides: the picture"),
        "{told}"
    );
    // Where the edition has the old one still, that of the source stays.
    desk.edit(|part| part.replace("The third paragraph", "The last paragraph"));
    let ours = PIECE.replace("images/rgb.png", "images/cover.png");
    let (source, told) = desk.update();
    assert_eq!(source, ours.replace("The third", "The last"), "{told}");
}

#[test]
fn one_file_for_two_pictures_that_look_alike_is_no_other_picture() {
    let piece = PIECE.replace("images/portrait.jpg", "images/palette.png");
    let desk = Desk::new(&piece);
    let (rgb, palette) = (image("rgb.png"), image("palette.png"));
    let once = |_: &str, bytes: Vec<u8>| match bytes == palette {
        true => rgb.clone(),
        false => bytes,
    };
    desk.edit_parts(once, &[]);
    let (source, told) = desk.update();
    assert_eq!(source, piece, "{told}");
    assert!(told.contains("nothing changed"), "{told}");
}
