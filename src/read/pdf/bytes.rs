//! What stands in a file around its objects: where readers of PDF differ, two of them may see two texts (ISO 32000-1, 7.5; ISO 19005-2,
//! 6.1.2 and 6.1.3).

use hayro_syntax::Pdf;
use hayro_syntax::object::{Dict, ObjectIdentifier};

use super::super::soundness::Faults;

/// The keys of the document information; the last is put there by other programs.
const INFORMATION: &[&str] = &[
    "Title",
    "Author",
    "Subject",
    "Keywords",
    "Creator",
    "Producer",
    "CreationDate",
    "ModDate",
];

/// Judges the bytes of a file of ours, whoever saved it.
pub(super) fn judge(pdf: &Pdf, bytes: &[u8], faults: &mut Faults) {
    let place = "the file";
    if !bytes.starts_with(b"%PDF-") {
        faults.add(place, "something stands before its head");
    }
    let end = bytes.windows(5).rposition(|own| own == b"%%EOF");
    let behind = end.and_then(|end| bytes.get(end + 5..)).unwrap_or(bytes);
    if !behind
        .iter()
        .all(|byte| byte.is_ascii_whitespace() || *byte == 0)
    {
        faults.add(place, "something stands behind its end");
    }
    if keys(bytes, b"XRefStm").next().is_some() {
        faults.add(
            place,
            "it lists its objects twice: readers differ in which they take",
        );
    }
    // PDF 2.0 has none (ISO 32000-2, 14.3.3), and older readers look for it.
    if !bytes.starts_with(b"%PDF-2") && keys(bytes, b"Info").next().is_none() {
        faults.add("the document information", "it is not there");
    }
    for value in keys(bytes, b"Info") {
        let Some(information) = reference(value).and_then(|id| pdf.xref().get::<Dict<'_>>(id))
        else {
            continue;
        };
        let other = information
            .keys()
            .find(|key| !INFORMATION.contains(&key.as_str()));
        if let Some(key) = other {
            let message = format!("it says `{}`, which no edition does", key.as_str());
            faults.add("the document information", message);
        }
        if information.contains_key("Title") != information.contains_key("Author") {
            faults.add("the document information", "it has no title, or no author");
        }
        let dates = ["CreationDate", "ModDate", "Creator"];
        if dates.iter().any(|key| !information.contains_key(key))
            && information.contains_key("Title")
        {
            let what = "it does not say when and by what it was made";
            faults.add("the document information", what);
        }
    }
}

/// Where keys of a trailer end whose values are numbers, or references, which begin with one.
fn keys<'a>(bytes: &'a [u8], key: &'static [u8]) -> impl Iterator<Item = &'a [u8]> {
    let names = bytes.split(|byte| *byte == b'/').skip(1);
    names.filter_map(move |own| {
        let rest = own.strip_prefix(key)?;
        let value = rest.trim_ascii_start();
        (value.len() < rest.len() && value.first()?.is_ascii_digit()).then_some(value)
    })
}

/// The object that a reference names at the beginning of these bytes.
fn reference(bytes: &[u8]) -> Option<ObjectIdentifier> {
    let text = bytes.get(..24.min(bytes.len()))?;
    let mut words = text
        .split(u8::is_ascii_whitespace)
        .filter(|word| !word.is_empty());
    let mut number = || std::str::from_utf8(words.next()?).ok()?.parse::<i32>().ok();
    let (object, generation) = (u32::try_from(number()?).ok()?, number()?);
    Some(ObjectIdentifier::new(object, generation))
}
