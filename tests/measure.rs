//! One piece has the same shares of the measure in every edition: widths are read back out of the finished files.
#![allow(clippy::unwrap_used, reason = "tests")]

#[path = "support/program.rs"]
mod program;

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use hayro_syntax::Pdf;
use hayro_syntax::content::UntypedIter;
use hayro_syntax::object::Object;
use program::Place;

/// The measure of the theme in points.
const MEASURE: f32 = 338.0;
/// A hundredth of a percent, and what rounding to a twentieth of a point adds.
const NEAR: f32 = 0.0004;

const PIECE: &str = r#"
series: S
title: T
date: 2025-11-04
language: en-GB
slug: shares
contributors:
  - name: N
    bio: A life.
    portrait: {image: portrait.png, alt: A face}
    statement:
      - figure: {image: small.png, alt: Small}
      - figure: {image: large.png, alt: Large, caption: A caption}
      - figure: {image: tall.png, alt: Tall}
      - table:
          header: [[Year, What happened at the border in that year, Crossings closed]]
          rows:
            - ["2024", "Talks went on in a third capital while the relations of both countries remained under strain, and nobody said when they would end", none]
            - ["2025", Little, all of them]
"#;

/// The widths of the pictures and of the columns, as parts of the measure.
#[derive(Debug, Clone, PartialEq, Default)]
struct Shares {
    pictures: Vec<f32>,
    columns: Vec<f32>,
}

fn editions() -> BTreeMap<String, Vec<u8>> {
    let place = Place::new();
    place.write("source/piece.yaml", PIECE);
    for (name, width, height) in [
        ("small", 240, 160),
        ("large", 1200, 800),
        ("tall", 300, 1500),
        ("portrait", 200, 250),
    ] {
        let path = place.at(format!("source/{name}.png"));
        image::RgbImage::new(width, height).save(path).unwrap();
    }
    place.run("export -f pdf,docx,epub,html").expect(0);
    place.files("dist")
}

fn of_pdf(bytes: &[u8]) -> Shares {
    let pdf = Pdf::new(bytes.to_vec()).unwrap();
    let mut shares = Shares::default();
    let mut starts = Vec::new();
    for page in pdf.pages().iter() {
        let mut operations = UntypedIter::new(page.page_stream().unwrap());
        let (mut width, mut head, mut outer) = (1.0, false, Vec::new());
        while let Some(operation) = operations.next() {
            let operands: Vec<&Object<'_>> = operation.operands().collect();
            let number = |index: usize| match operands.get(index) {
                Some(Object::Number(number)) => number.as_f64() as f32,
                other => panic!("no number: {other:?}"),
            };
            match operation.operator.as_ref() as &[u8] {
                b"q" => outer.push(width),
                b"Q" => width = outer.pop().unwrap(),
                b"cm" => width *= number(0),
                b"Do" => shares.pictures.push(width / MEASURE),
                b"BDC" => {
                    head = matches!(operands[0], Object::Name(tag) if tag.as_str() == "TH");
                }
                // The first word of each cell of the head.
                b"Tm" if std::mem::take(&mut head) => starts.push(number(4)),
                _ => {}
            }
        }
    }
    starts.push(starts[0] + MEASURE);
    starts.dedup();
    shares.columns = starts
        .windows(2)
        .map(|pair| (pair[1] - pair[0]) / MEASURE)
        .collect();
    shares
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    let mut part = archive.by_name(name).unwrap();
    part.read_to_string(&mut text).unwrap();
    text
}

/// The numbers that follow a text, as far as the character that ends them.
fn after(text: &str, start: &str, end: char) -> Vec<f32> {
    let found = text.split(start).skip(1);
    let numbers = found.map(|rest| rest.split(end).next().unwrap().parse().unwrap());
    numbers.collect()
}

fn of_docx(bytes: &[u8]) -> Shares {
    let document = part(bytes, "word/document.xml");
    let parts = |start, unit: f32| {
        let lengths = after(&document, start, '"').into_iter();
        lengths.map(|length| length / unit / MEASURE).collect()
    };
    Shares {
        pictures: parts("<wp:extent cx=\"", 12_700.0),
        columns: parts("<w:gridCol w:w=\"", 20.0),
    }
}

fn of_hypertext(text: &str) -> Shares {
    let mut shares = Shares::default();
    // A picture fills the figure that has a width of its own.
    let mut fills = false;
    for tag in text.split('<') {
        let widths = after(tag, "style=\"width: ", '%').into_iter();
        let widths = widths.map(|percent| percent / 100.0);
        match tag.split(' ').next().unwrap() {
            "figure" => {
                fills = widths.len() == 1;
                shares.pictures.extend(widths);
            }
            "img" if fills => fills = false,
            "img" => shares.pictures.extend(widths),
            "th" => shares.columns.extend(widths),
            _ => assert_eq!(widths.count(), 0, "{tag}"),
        }
    }
    shares
}

#[test]
fn shares_of_the_measure_are_equal_in_every_edition() {
    let editions = editions();
    let paper = of_pdf(&editions["shares.pdf"]);
    let book = &editions["shares.epub"];
    let inside =
        ["statement-1", "biographies"].map(|name| part(book, &format!("OEBPS/{name}.xhtml")));
    let page = String::from_utf8(editions["shares.html"].clone()).unwrap();
    assert_eq!(paper.pictures.len(), 4);
    assert_eq!(paper.columns.len(), 3);
    // 240 pixels at 120 to the inch; the measure; what is as high as a page has room for; a portrait's width.
    for (share, expected) in paper
        .pictures
        .iter()
        .zip([144.0 / MEASURE, 1.0, 0.242, 0.27])
    {
        assert!((share - expected).abs() < 0.01, "{share} {expected}");
    }
    for (name, shares) in [
        ("docx", of_docx(&editions["shares.docx"])),
        ("epub", of_hypertext(&inside.concat())),
        ("html", of_hypertext(&page)),
    ] {
        for (kind, own, expected) in [
            ("pictures", &shares.pictures, &paper.pictures),
            ("columns", &shares.columns, &paper.columns),
        ] {
            assert_eq!(own.len(), expected.len(), "{kind} of {name}");
            for (own, expected) in own.iter().zip(expected) {
                let near = (own - expected).abs() < NEAR;
                assert!(near, "{kind} of {name}: {own}, in the pdf {expected}");
            }
        }
    }
}
