//! What lacks in a PDF, or stands in an order that readers do not draw: keys of pages, fonts and pictures, text objects, information,
//! labels; and words that were moved behind others of another tag.

use lopdf::content::Operation;
use lopdf::{Dictionary, Document, Object, dictionary};

use super::{
    Edit, around, catalogue, descendant, fonts, is, missed, operations, stream, text, written,
};
use crate::change::{all_found, edition, exported_as, first};

/// Changes the first font.
fn font(file: &mut Document, change: impl Fn(&mut Dictionary)) -> bool {
    let font = fonts(file)[0];
    change(file.get_dictionary_mut(font).unwrap());
    true
}

/// Changes the first picture that is shown.
fn picture(file: &mut Document, change: impl Fn(&mut Dictionary)) -> bool {
    let mut all = file.objects.values_mut();
    all.any(|object| match object {
        Object::Stream(own)
            if own.dict.get(b"ColorSpace").and_then(Object::as_name).ok()
                != Some(b"DeviceGray")
                && own.dict.has(b"BitsPerComponent") =>
        {
            change(&mut own.dict);
            true
        }
        _ => false,
    })
}

/// Changes the first page.
fn page(file: &mut Document, change: impl Fn(&mut Dictionary)) -> bool {
    let page = *file.get_pages().values().next().unwrap();
    change(file.get_dictionary_mut(page).unwrap());
    true
}

/// Changes the document information.
fn information(file: &mut Document, change: impl Fn(&mut Dictionary)) -> bool {
    let id = file.trailer.get(b"Info").and_then(Object::as_reference);
    change(file.get_dictionary_mut(id.unwrap()).unwrap());
    true
}

/// Whether an operation begins content that is called so.
fn begins(name: &'static str) -> impl Fn(&Operation) -> bool {
    move |own| {
        let tag = own.operands.first().and_then(|tag| tag.as_name().ok());
        own.operator == "BDC" && tag == Some(name.as_bytes())
    }
}

/// Moves the words behind the first content of this name: a number of their place, 4 across the page, 5 up.
fn moved_behind(file: &mut Document, name: &'static str, number: usize, by: f32) -> bool {
    operations(file, 0, |all| {
        let at = all.iter().position(begins(name)).unwrap();
        let next = at + 1 + all[at + 1..].iter().position(begins("P")).unwrap();
        let mut rest = all[next..].iter_mut();
        let place = rest.find(|own| own.operator == "Tm").unwrap();
        let number = &mut place.operands[number];
        *number = Object::Real(number.as_float().unwrap() + by);
        true
    })
}

/// Writes operations before the first words of the first content of this name on any page, and behind them.
fn within(file: &mut Document, name: &'static str, before: &str, after: &str) -> bool {
    let mut pages = 0..file.get_pages().len();
    pages.any(|page| {
        operations(file, page, |all| {
            let Some(at) = all.iter().position(begins(name)) else {
                return false;
            };
            let show = |own: &Operation| matches!(own.operator.as_str(), "TJ" | "Tj");
            let at = at + all[at..].iter().position(show).unwrap();
            all.splice(at + 1..at + 1, written(after));
            all.splice(at..at, written(before));
            true
        })
    })
}

/// Slants the first words that are there for the eye alone and stand in the text.
fn slanted(file: &mut Document) -> bool {
    let mut pages = 0..file.get_pages().len();
    pages.any(|page| {
        operations(file, page, |all| {
            let is_pull = |own: &Operation| {
                begins("Artifact")(own) && format!("{:?}", own.operands).contains("Layout")
            };
            for at in (0..all.len())
                .filter(|at| is_pull(&all[*at]))
                .collect::<Vec<_>>()
            {
                let end = at
                    + all[at..]
                        .iter()
                        .position(|own| own.operator == "EMC")
                        .unwrap();
                let place = (at..end).find(|at| all[*at].operator == "Tm");
                if let Some(place) = place {
                    all[place].operands[2] = Object::Real(0.25);
                    return true;
                }
            }
            false
        })
    })
}

#[rustfmt::skip]
pub(crate) const CHANGES: &[(&str, Edit, &str)] = &[
    ("a picture that is not said to be one", |file| picture(file, |e| { e.remove(b"Subtype"); }), "a picture says no `Subtype`"),
    ("a font of no kind", |file| font(file, |e| { e.remove(b"Subtype"); }), "a font says no `Subtype`"),
    ("a font without the meaning of its codes", |file| font(file, |e| { e.remove(b"Encoding"); }), "a font says no `Encoding`"),
    ("codes of another meaning", |file| font(file, |e| e.set("Encoding", "UniJIS-UTF16-H")), "a font says `UniJIS-UTF16-H` for its `Encoding`"),
    ("a font of another kind below", |file| { let font = fonts(file)[0]; descendant(file, font).set("Subtype", "TrueType"); true }, "a font says `TrueType` for its `Subtype`"),
    ("a page of no size", |file| page(file, |e| { e.remove(b"MediaBox"); }), "the page says no `MediaBox`"),
    ("words outside of text objects", |file| operations(file, 0, |all| { all.retain(|own| !matches!(own.operator.as_str(), "BT" | "ET")); true }), "words stand outside of text objects"),
    ("a text object that does not begin", |file| operations(file, 0, |all| { let at = all.iter().position(|own| own.operator == "BT").unwrap(); all.remove(at); true }), "words stand outside of text objects"),
    ("a state that is saved among words", |file| around(file, "q", "Q"), "something else than words is drawn in a text object"),
    ("a state that is not restored", |file| operations(file, 0, |all| { all.splice(0..0, written("q")); true }), "a state is saved that is not restored"),
    ("content across a text object", |file| operations(file, 0, |all| {
        let at = all.windows(2).position(|two| two[0].operator == "BDC" && two[1].operator == "BT").unwrap();
        all.swap(at, at + 1);
        true
    }), "marked content begins in a text object"),
    ("information without the program", |file| information(file, |e| { e.remove(b"Producer"); }), "it says no `Producer`"),
    ("information of no date", |file| information(file, |e| e.set("CreationDate", text(""))), "it says no `CreationDate`"),
    ("information of another program", |file| information(file, |e| e.set("Producer", text("Forged 1.0"))), "it was written by “Forged 1.0”"),
    ("pages without labels", |file| catalogue(file, |e| e.set("PageLabels", dictionary! { "Nums" => Vec::<Object>::new() })), "the first page has none"),
    ("words of no page", |file| first(file, is("Em"), |e| { e.remove(b"Pg"); }), "it is not said on which page"),
    ("words that are said to be raised far", |file| first(file, |e| e.get(b"A").and_then(Object::as_dict).is_ok_and(|own| own.has(b"BaselineShift")), |e| e.get_mut(b"A").and_then(Object::as_dict_mut).unwrap().set("BaselineShift", -41.5)), "farther than any are"),
    ("a sign in the metadata that nobody sees", |file| stream(file, "<xmp:CreatorTool>Flash", "<xmp:CreatorTool>Flash\u{200B}"), "has signs that nobody sees: U+200B"),
    ("no claim of PDF/UA", |file| stream(file, "<pdfuaid:part>1</pdfuaid:part>", ""), "it does not claim PDF/UA"),
    ("words behind a lowered one", |file| moved_behind(file, "Span", 4, 15.0), "beside their place on the line"),
    ("words above a lowered one", |file| moved_behind(file, "Span", 5, 3.0), "words stand above or below their line"),
    ("a name in red", |file| within(file, "Link", "1 0 0 rg", "0.102 0.102 0.102 rg"), "another colour than its theme gives it"),
    ("a cell in red", |file| within(file, "TD", "0.8 0 0 rg", "0.102 0.102 0.102 rg"), "another colour than its theme gives it"),
    ("a label that is raised", |file| within(file, "Lbl", "2 Ts", "0 Ts"), "the label of an item is raised or lowered"),
    ("a pull quote that leans", slanted, "it is slanted or turned"),
];

#[test]
fn what_lacks_and_what_is_out_of_order_is_told() {
    let place = exported_as(&["pdf"]);
    let name = edition("pdf");
    let whole = place.read(&name);
    let missed = missed(&place, &name, &whole, CHANGES);
    all_found("pdf, what is needed", CHANGES.len(), &missed);
}
