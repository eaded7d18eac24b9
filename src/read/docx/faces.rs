//! The faces that a document carries (ISO/IEC 29500-1, 17.8).

use super::super::ReadError;
use super::super::dom::below;
use super::super::drawing::{FaceFile, FaceProgram};
use super::super::package::{Package, resolve};
use super::parts::{dom, relationships};

/// The elements of the table of fonts that name files, and whether these are bold, and italic (17.8.3.3 to 17.8.3.6).
const ELEMENTS: &[(&str, bool, bool)] = &[
    ("embedRegular", false, false),
    ("embedBold", true, false),
    ("embedItalic", false, true),
    ("embedBoldItalic", true, true),
];
/// A document that carries more is none of an edition.
const MOST: usize = 100;
/// So many bytes at the beginning of a file are obfuscated (17.8.1).
const OBFUSCATED: usize = 32;

/// The faces in the order of the table.
pub(super) fn faces(package: &mut Package<'_>, main: &str) -> Result<Vec<FaceFile>, ReadError> {
    let relations = relationships(package, main)?;
    let table = relations.iter().find(|own| own.kind == "fontTable");
    let Some(name) = table.and_then(|own| resolve(main, &own.target)) else {
        return Ok(Vec::new());
    };
    let Some(table) = dom(package, &name)? else {
        return Ok(Vec::new());
    };
    let files = relationships(package, &name)?;
    let mut faces = Vec::new();
    for font in table.all("font") {
        let family = font.attribute("name").unwrap_or_default();
        let instead = below(&table, font, &["altName"]);
        let instead = instead.and_then(|node| node.attribute("val").map(str::to_owned));
        let said = |name: &str| below(&table, font, &[name]);
        let value = |name: &str| said(name).and_then(|node| node.attribute("val"));
        let covered = said("sig").map(|node| {
            let ranges = ["usb0", "usb1", "usb2", "usb3", "csb0", "csb1"];
            ranges
                .map(|name| node.attribute(name).unwrap_or_default())
                .concat()
        });
        let numbers = [value("panose1"), value("family")].map(|own| own.unwrap_or_default());
        let numbers = [
            numbers[0].to_owned(),
            numbers[1].to_owned(),
            covered.unwrap_or_default(),
        ];
        for id in &font.children {
            let node = table.node(*id);
            let of = ELEMENTS.iter().find(|(element, ..)| *element == node.name);
            let Some((_, is_bold, is_italic)) = of.filter(|_| faces.len() < MOST) else {
                continue;
            };
            let file = files
                .iter()
                .find(|own| Some(own.id.as_str()) == node.attribute("id"));
            let place = file.and_then(|own| resolve(&name, &own.target));
            let key = node.attribute("fontKey").unwrap_or_default();
            let program = match &place {
                Some(place) => package.face(place, key, |bytes| plain(bytes, key))?,
                None => FaceProgram::of(Vec::new()),
            };
            faces.push(FaceFile {
                place: place.unwrap_or_else(|| name.clone()),
                family: family.to_owned(),
                instead: instead.clone(),
                numbers: Some(numbers.clone()).filter(|_| !is_bold && !is_italic),
                is_bold: *is_bold,
                is_italic: *is_italic,
                program,
            });
        }
    }
    Ok(faces)
}

/// A file with its first bytes as they were, by its key: a GUID of which the last byte is for the first.
fn plain(mut bytes: Vec<u8>, key: &str) -> Vec<u8> {
    let digits: Vec<u32> = key.chars().filter_map(|c| c.to_digit(16)).collect();
    let pairs = digits.chunks_exact(2).rev();
    let key: Vec<u8> = pairs
        .filter_map(|pair| u8::try_from(pair[0] * 16 + pair[1]).ok())
        .collect();
    if key.len() == OBFUSCATED / 2 {
        let under = key.iter().cycle().take(OBFUSCATED);
        bytes
            .iter_mut()
            .zip(under)
            .for_each(|(byte, key)| *byte ^= key);
    }
    bytes
}
