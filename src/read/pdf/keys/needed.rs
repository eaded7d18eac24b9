//! What the objects of a PDF must say for a reader to show them: without it some readers show another thing, others nothing.

use std::collections::HashSet;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Dict, Name, Object, Stream};

use super::super::super::soundness::Faults;

/// A key that a kind of objects has; names that must be its value, where only those will do.
type Needed = (&'static str, &'static [&'static str]);

/// ISO 32000-1, table 121: fonts of editions are composite, and their codes are the numbers of glyphs.
const FONT: &[Needed] = &[
    ("Subtype", &["Type0"]),
    ("BaseFont", &[]),
    ("Encoding", &["Identity-H"]),
    ("DescendantFonts", &[]),
    ("ToUnicode", &[]),
];
/// Table 117.
const DESCENDANT: &[Needed] = &[
    ("Subtype", &["CIDFontType0", "CIDFontType2"]),
    ("BaseFont", &[]),
    ("CIDSystemInfo", &[]),
    ("FontDescriptor", &[]),
];
/// Table 89.
const IMAGE: &[Needed] = &[
    ("Subtype", &["Image"]),
    ("Width", &[]),
    ("Height", &[]),
    ("BitsPerComponent", &[]),
    ("ColorSpace", &[]),
];
/// Table 95.
const FORM: &[Needed] = &[("Subtype", &["Form"]), ("BBox", &[])];
/// Table 30, but for what a page may have from those above it.
const PAGE: &[Needed] = &[("Parent", &[]), ("Contents", &[])];
/// Those (7.7.3.4).
const INHERITED: &[Needed] = &[("MediaBox", &[]), ("Resources", &[])];

/// Pages stand in each other at most so deep.
const DEEPEST: usize = 64;

/// Looks for what lacks in pages and pictures.
pub(super) fn judge(pdf: &Pdf, faults: &mut Faults) {
    let mut seen = HashSet::new();
    for (index, page) in pdf.pages().iter().enumerate() {
        let place = format!("page {}", index + 1);
        let raw = page.raw();
        hold(raw, PAGE, "the page", &place, faults);
        for (key, _) in INHERITED.iter().filter(|(key, _)| !has(raw, key)) {
            faults.add(&place, lacking("the page", key));
        }
        let resources = raw.get::<Dict<'_>>("Resources").unwrap_or_default();
        let shown = resources.get::<Dict<'_>>("XObject").unwrap_or_default();
        for object in shown
            .keys()
            .filter_map(|key| shown.get::<Stream<'_>>(key.as_ref()))
        {
            if !seen.insert(object.obj_id()) {
                continue;
            }
            // A form has bounds, which a picture has not.
            let (needed, what) = match object.dict().contains_key("BBox") {
                true => (FORM, "a drawing"),
                false => (IMAGE, "a picture"),
            };
            hold(object.dict(), needed, what, &place, faults);
        }
    }
}

/// Looks for what lacks in a font, and in what it is made of.
pub(super) fn font(font: &Dict<'_>, own: &Dict<'_>, faults: &mut Faults) {
    for (dict, needed) in [(font, FONT), (own, DESCENDANT)] {
        hold(dict, needed, "a font", "the fonts", faults);
    }
}

/// Whether a page has a key, or one above it.
fn has(page: &Dict<'_>, key: &str) -> bool {
    let mut node = Some(page.clone());
    for _ in 0..DEEPEST {
        match node {
            Some(own) if own.contains_key(key) => return true,
            Some(own) => node = own.get::<Dict<'_>>("Parent"),
            None => break,
        }
    }
    false
}

fn hold(dict: &Dict<'_>, needed: &[Needed], what: &str, place: &str, faults: &mut Faults) {
    for (key, names) in needed {
        let value = dict.get::<Object<'_>>(*key);
        let name = dict.get::<Name<'_>>(*key);
        match (value, name) {
            (None, _) => faults.add(place, lacking(what, key)),
            (_, Some(name)) if !names.is_empty() && !names.contains(&name.as_str()) => {
                let message = format!("{what} says `{}` for its `{key}`", name.as_str());
                faults.add(place, message);
            }
            _ => {}
        }
    }
}

fn lacking(what: &str, key: &str) -> String {
    format!("{what} says no `{key}`, without which readers show something else, or nothing")
}
