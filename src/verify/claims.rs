//! What a PDF claims of itself besides what its source says: the standards that it keeps, its titles, and when it was described.

use super::difference::{Difference, Kind};
use crate::compose::{Record, canonical_line};
use crate::read::{Contents, FileKind, Metadata};

/// The standards that PDFs of ours keep: the parts of PDF/A and PDF/UA, and the level of PDF/A. A file with a letter that no face has
/// keeps no PDF/UA.
const STANDARDS: &[(&[&str], &[&str])] = &[
    (&["1", "2"], &["A"]),
    (&["2"], &["A"]),
    (&["2", "4"], &[]),
    (&["4"], &[]),
];

/// Holds the claims of a PDF of ours against its record and its letters.
pub(super) fn hold(contents: &Contents, record: &Record, differences: &mut Vec<Difference>) {
    let own = &contents.metadata;
    if contents.kind != FileKind::Pdf || own.text_hash.is_none() {
        return;
    }
    let mut say = |message: String| {
        differences.push(Difference {
            kind: Kind::Metadata,
            place: "the metadata".to_owned(),
            message,
        });
    };
    standards(own, record, &mut say);
    described(own, record, &mut say);
    // A letter that no face has is a box, which is the first glyph of every font (ISO 32000-1, 9.7.6.3).
    let mut glyphs = contents
        .drawing
        .drawn
        .iter()
        .flat_map(|drawn| &drawn.glyphs);
    let has_boxes = glyphs.any(|(_, glyph, _)| *glyph == 0);
    let parts = said(own, "part");
    if !has_boxes && parts.len() == 1 {
        say("it does not claim PDF/UA, and all its letters can be read".to_owned());
    }
}

/// The values of a statement, in order.
fn said<'m>(own: &'m Metadata, name: &str) -> Vec<&'m str> {
    let mut said: Vec<&str> = own.said(name).collect();
    said.sort_unstable();
    said
}

/// When the metadata were written: a program that saves a file again says that it did, and when.
fn described(own: &Metadata, record: &Record, say: &mut impl FnMut(String)) {
    let modified = record.modified.to_string();
    if own.is_saved_again() {
        return;
    }
    for date in own.said("MetadataDate").filter(|date| *date != modified) {
        say(format!(
            "`MetadataDate` is “{date}”, in the source “{modified}”"
        ));
    }
}

/// The standards that it names, and its titles.
fn standards(own: &Metadata, record: &Record, say: &mut impl FnMut(String)) {
    let (parts, levels) = (said(own, "part"), said(own, "conformance"));
    if !STANDARDS.contains(&(parts.as_slice(), levels.as_slice())) {
        let all = [parts, levels].concat().join(", ");
        say(format!("it names standards that no edition keeps: {all}"));
    }
    let titles = [&record.title, &record.full_title].map(|title| canonical_line(title));
    let others = said(own, "title").into_iter();
    for title in others.filter(|title| !titles.iter().any(|own| own == title)) {
        say(format!("another title is “{title}”"));
    }
}
