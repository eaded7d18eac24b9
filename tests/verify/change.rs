//! A piece with everything in it, its editions, and ways to change them.

use std::io::{Cursor, Read, Write};

use lopdf::{Dictionary, Document, Object};
use zip::write::SimpleFileOptions;

use crate::program::Place;

pub(crate) const PIECE: &str = r#"
series: Flash Point
title: Proofs and Copies
subtitle: A piece with everything in it
date: 2025-11-04
language: en-GB
citation: Cite it so.
contributors:
  - name: Mansoor Ahmad Khan
    affiliation: A former ambassador
    statement:
      - First paragraph with *stress*, **weight**, H~2~O and a [link](https://example.org/a).
      - heading: Trade
      - A second paragraph with a note[^one] and [mot](lang:fr) in it.
      - list: [apples, [pears, {numbered: [green, red]}], plums]
      - table: {header: [[Year, Ships]], rows: [["1913", "12"], ["1914", "8"]], caption: Ships by year}
      - figure: {image: disc.png, alt: A disc above a bar, caption: The figure}
      - quote: {text: To be or not, by: Somebody}
      - pull: A second paragraph with a note
  - name: Amina Khan
    statement: [The last word.]
notes: {one: The note itself.}
"#;

pub(crate) const NAME: &str = "proofs-and-copies";
pub(crate) const FORMATS: [&str; 4] = ["pdf", "docx", "epub", "html"];

/// A folder with the piece's editions.
pub(crate) fn exported() -> Place {
    exported_piece(PIECE)
}

/// The same with another piece of that name.
pub(crate) fn exported_piece(piece: &str) -> Place {
    let place = Place::new();
    place.write("source/piece.yaml", piece);
    let images = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/valid/images");
    let image = std::fs::read(format!("{images}/rgb.png")).unwrap();
    place.write("source/disc.png", image);
    place.run("export source -q -f all,html").expect(0);
    place
}

pub(crate) fn edition(extension: &str) -> String {
    format!("dist/{NAME}.{extension}")
}

/// The same with the editions of these formats alone.
pub(crate) fn exported_as(formats: &[&str]) -> Place {
    only(exported(), formats)
}

pub(crate) fn only(place: Place, formats: &[&str]) -> Place {
    for format in FORMATS.iter().filter(|format| !formats.contains(format)) {
        std::fs::remove_file(place.at(edition(format))).unwrap();
    }
    place
}

/// Replaces a part of a package; tells whether anything changed.
pub(crate) fn repack(bytes: &[u8], part: &str, change: impl Fn(&str) -> String) -> (Vec<u8>, bool) {
    repack_bytes(bytes, part, |old| {
        change(str::from_utf8(old).unwrap()).into_bytes()
    })
}

/// The same for a part that is no text.
pub(crate) fn repack_bytes(
    bytes: &[u8],
    part: &str,
    change: impl Fn(&[u8]) -> Vec<u8>,
) -> (Vec<u8>, bool) {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut changed = false;
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let name = file.name().to_owned();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        if name.ends_with(part) {
            let new = change(&content);
            changed |= content != new;
            content = new;
        }
        let options = SimpleFileOptions::default();
        let options = match name.as_str() {
            "mimetype" => options.compression_method(zip::CompressionMethod::Stored),
            _ => options,
        };
        out.start_file(name, options).unwrap();
        out.write_all(&content).unwrap();
    }
    (out.finish().unwrap().into_inner(), changed)
}

/// Verifies and expects that the file is named with what is wrong; says so where it is not.
pub(crate) fn found(place: &Place, what: &str, file: &str, named: &str) -> Option<String> {
    let ran = place.run("verify source --strict");
    let mut told = ran.stderr.lines();
    let is_named = told.any(|line| line.contains(file) && line.contains(named));
    (ran.code != Some(1) || !is_named)
        .then(|| format!("{what} in {file}, {:?}: {}", ran.code, ran.stderr))
}

/// Tells how many changes were found of those made, and expects all.
#[track_caller]
pub(crate) fn all_found(of: &str, made: usize, missed: &[String]) {
    println!("{of}: {} of {made} changes found", made - missed.len());
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

/// A change: its name, the format, the part, what is sought, what stands there then, and what the message says.
pub(crate) type Change = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

/// Makes each change of an edition of [`PIECE`] by itself and expects that it is found.
#[track_caller]
pub(crate) fn every_change_is_found(format: &str, changes: &[Change]) {
    every_change_of(PIECE, format, changes);
}

/// Makes each change of an edition by itself and expects that it is found.
#[track_caller]
pub(crate) fn every_change_of(piece: &str, format: &str, changes: &[Change]) {
    // The page list of an EPUB is held against the pages of the PDF.
    let place = only(exported_piece(piece), &[format, "pdf"]);
    let name = edition(format);
    let whole = place.read(&name);
    let changes = changes.iter().filter(|change| change.1 == format);
    let made = changes.clone().count();
    let mut missed = Vec::new();
    for (what, _, part, from, to, named) in changes {
        let change = |text: &str| {
            // Elements stay well-formed where their names change.
            let end = from.strip_prefix("<th ").map(|_| ("</th>", "</td>"));
            let text = text.replace(from, to);
            match end {
                Some((from, to)) if format == "epub" => text.replace(from, to),
                _ => text,
            }
        };
        let (bytes, changed) = match format {
            "html" => {
                let old = String::from_utf8(whole.clone()).unwrap();
                let new = change(&old);
                let changed = new != old;
                (new.into_bytes(), changed)
            }
            _ => repack(&whole, part, change),
        };
        assert!(changed, "{what}: `{from}` stands nowhere in {part}");
        place.write(&name, bytes);
        missed.extend(found(&place, what, &name, named));
    }
    all_found(format, made, &missed);
}

/// Changes a PDF by another library than the one that reads it.
pub(crate) fn edit(bytes: &[u8], change: impl Fn(&mut Document) -> bool) -> Vec<u8> {
    let mut document = Document::load_mem(bytes).unwrap();
    assert!(change(&mut document), "nothing was changed");
    let mut out = Vec::new();
    document.save_to(&mut out).unwrap();
    out
}

/// Changes the first dictionary that is meant.
pub(crate) fn first(
    document: &mut Document,
    meant: impl Fn(&Dictionary) -> bool,
    change: impl Fn(&mut Dictionary),
) -> bool {
    let ids: Vec<_> = document.objects.keys().copied().collect();
    ids.into_iter().any(|id| match document.get_object_mut(id) {
        Ok(Object::Dictionary(dictionary)) if meant(dictionary) => {
            change(dictionary);
            true
        }
        _ => false,
    })
}
