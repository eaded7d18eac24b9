//! A house's own theme, from its files to every edition.
#![allow(clippy::unwrap_used, reason = "tests")]

mod faces;
mod front;
mod guide;
mod looks;
#[path = "../support/program.rs"]
mod program;

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};
use program::Place;

/// The family of each kind of font file, as a theme file says it.
pub(crate) const CFF: &str = "{regular: faces/EBGaramond-Regular.otf, italic: faces/EBGaramond-Italic.otf, \
     bold: faces/EBGaramond-Bold.otf, bold-italic: faces/EBGaramond-Italic.otf, licence: faces/OFL.md}";
pub(crate) const TTC: &str = "{regular: {file: faces/Vollkorn.ttc, index: 0}, italic: {file: faces/Vollkorn.ttc, index: 1}, \
     bold: {file: faces/Vollkorn.ttc, index: 2}, bold-italic: {file: faces/Vollkorn.ttc, index: 3}, licence: faces/OFL.md}";
pub(crate) const TTF: &str = "{regular: fonts/SourceSans3-Regular.ttf, italic: fonts/SourceSans3-It.ttf, \
     semibold: fonts/SourceSans3-Semibold.ttf, semibold-italic: fonts/SourceSans3-SemiboldIt.ttf}";

/// A folder with the faces of the fixtures, the piece of every block, and a theme.
pub(crate) fn house(theme: &str) -> Place {
    let place = Place::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = [
        ("tests/fixtures/faces", "faces"),
        ("fonts", "fonts"),
        ("tests/fixtures/valid/images", "images"),
    ];
    for (from, to) in folders {
        for entry in fs::read_dir(root.join(from)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let name = path.file_name().unwrap().to_owned();
                place.write(Path::new(to).join(name), fs::read(&path).unwrap());
            }
        }
    }
    let piece = fs::read(root.join("tests/fixtures/valid/every-block.yaml")).unwrap();
    place.write("piece.yaml", piece);
    place.write("house.yaml", theme);
    place
}

/// The rules of PDF/UA-1 and PDF/A-2a that a file breaks.
pub(crate) fn broken_rules(bytes: &[u8]) -> Vec<String> {
    let profiles = [ValidationProfile::PdfUa1, ValidationProfile::PdfA2a];
    let reports = profiles.map(|profile| {
        let options = ValidationOptions::default().profile(profile);
        validate_pdf_bytes(bytes, &options).unwrap().failures
    });
    reports.iter().flatten().map(ToString::to_string).collect()
}

/// The names of the fonts in a PDF, without the tags of their subsets, with the keys of their programs.
pub(crate) fn fonts(bytes: &[u8]) -> Vec<(String, &'static str)> {
    let document = lopdf::Document::load_mem(bytes).unwrap();
    let objects = document.objects.values();
    let descriptors = objects.filter_map(|object| object.as_dict().ok());
    let fonts = descriptors.filter_map(|descriptor| {
        let name = descriptor.get(b"FontName").ok()?.as_name().ok()?;
        let name = String::from_utf8_lossy(name);
        let (_, name) = name.split_once('+')?;
        let keys = ["FontFile2", "FontFile3"].into_iter();
        let mut programs = keys.filter(|key| descriptor.has(key.as_bytes()));
        Some((name.to_owned(), programs.next()?))
    });
    let mut fonts: Vec<_> = fonts.collect();
    fonts.sort();
    fonts
}

/// The parts of a package by name.
pub(crate) fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = BTreeMap::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        parts.insert(file.name().to_owned(), content);
    }
    parts
}
