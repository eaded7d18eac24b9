//! What no edition does: operations and properties of content, keys and roles of elements, fonts, boxes, and the bytes around it all.

use lopdf::content::Operation;
use lopdf::{Dictionary, Document, Object, dictionary};

use super::{
    Edit, around, catalogue, descendant, fonts, has, is, longest, missed, operations, text, written,
};
use crate::change::{all_found, edition, exported_as, first, found};

/// Writes operations behind all of the first page.
fn behind(file: &mut Document, what: &'static str) -> bool {
    operations(file, 0, |all| {
        all.extend(written(what));
        true
    })
}

/// Writes operations before all of the first page.
fn before(file: &mut Document, what: &'static str) -> bool {
    operations(file, 0, |all| {
        all.splice(..0, written(what));
        true
    })
}

/// Parts the longest string of the longest line code by code, and moves the pen by this behind each.
fn parted(file: &mut Document, by: i64) -> bool {
    operations(file, 0, |all: &mut Vec<Operation>| {
        let at = longest(all);
        let parts = all[at].operands[0].as_array_mut().unwrap();
        let length = |part: &Object| part.as_str().map_or(0, <[u8]>::len);
        let lengths = parts.iter().map(length).enumerate();
        let (longest, _) = lengths.max_by_key(|(_, length)| *length).unwrap();
        let codes = parts[longest].as_str().unwrap().to_vec();
        let codes = codes
            .chunks(2)
            .flat_map(|code| [Object::string_literal(code.to_vec()), by.into()]);
        parts.splice(longest..=longest, codes);
        true
    })
}

/// Puts an element without any content into the first of a role.
fn holds(file: &mut Document, of: &'static str, element: Dictionary) -> bool {
    let all = file.objects.iter();
    let mut all = all.filter(|(_, object)| object.as_dict().is_ok_and(is(of)));
    let Some(parent) = all.next().map(|(id, _)| *id) else {
        return false;
    };
    let mut element = element;
    element.set("Type", "StructElem");
    element.set("P", parent);
    let element = file.add_object(element);
    let parent = file.get_dictionary_mut(parent).unwrap();
    let mut kids = match parent.get(b"K") {
        Ok(Object::Array(kids)) => kids.clone(),
        Ok(kid) => vec![kid.clone()],
        Err(_) => Vec::new(),
    };
    kids.push(element.into());
    parent.set("K", kids);
    true
}

#[rustfmt::skip]
pub(crate) const CHANGES: &[(&str, Edit, &str)] = &[
    ("a frame in the margin", |file| behind(file, "/Artifact <</Type /Layout>> BDC 20 20 60 800 re S EMC"), "an operation that no edition has (StrokePath)"),
    ("letters of lines", |file| behind(file, "/Artifact <</Type /Layout>> BDC 20 20 m 30 30 l 30 20 l f EMC"), "an operation that no edition has"),
    ("letters into each other", |file| parted(file, 300), "pushed into each other"),
    ("a ground under words", |file| before(file, "/Artifact <</Type /Background>> BDC 1 0.9 0.9 rg 0 0 600 850 re f 0 0 0 rg EMC"), "words stand on a ground"),
    ("an area in the margin", |file| behind(file, "/Artifact <</Type /Layout>> BDC 20 20 60 60 re f EMC"), "an area is drawn"),
    ("a picture in the margin", |file| behind(file, "/Artifact <</Type /Layout>> BDC q 60 0 0 40 20 20 cm /Im0 Do Q EMC"), "a picture is shown that no tag holds"),
    ("a language of content", |file| around(file, "/Span <</Lang (fr)>> BDC", "EMC"), "content says `Lang`"),
    ("content in content", |file| around(file, "/Span <</MCID 0>> BDC", "EMC"), "stands in other content"),
    ("content for no reason", |file| behind(file, "/Artifact <</Type /Page>> BDC 20 20 60 1 re f EMC"), "for no reason that editions have"),
    ("letters far from each other", |file| parted(file, -450), "letters of a word are pulled apart"),
    ("a group of rows in another language", |file| first(file, is("TBody"), |e| e.set("Lang", text("fr"))), "an element TBody says `Lang`"),
    ("a row with another text", |file| first(file, is("TR"), |e| e.set("ActualText", text("9"))), "says `ActualText`"),
    ("a row with a description", |file| first(file, is("TR"), |e| e.set("Alt", text("9"))), "9"),
    ("a section in another language", |file| first(file, is("Sect"), |e| e.set("Lang", text("fr"))), "an element Sect says `Lang`"),
    ("a label of its own", |file| first(file, is("Lbl"), |e| e.set("ActualText", text("9"))), "says `ActualText`"),
    ("an identifier of a paragraph", |file| first(file, is("P"), |e| e.set("ID", text("here"))), "an element P says `ID`"),
    ("a paragraph that is put in its place", |file| first(file, is("P"), |e| e.set("A", dictionary! { "O" => "Layout", "Placement" => "Block" })), "an element P says `Placement`"),
    ("a paragraph of nothing", |file| holds(file, "Sect", dictionary! { "S" => "P" }), "an element P holds nothing"),
    ("a form in the text", |file| holds(file, "Sect", dictionary! { "S" => "Form" }), "is called Form"),
    ("a picture of nothing", |file| holds(file, "Sect", dictionary! { "S" => "Figure", "Alt" => text("A bar") }), "a figure shows no picture"),
    ("a cell more", |file| holds(file, "TR", dictionary! { "S" => "TD" }), "different numbers of cells"),
    ("an element twice", |file| first(file, is("Sect"), |e| {
        let kids = e.get_mut(b"K").and_then(Object::as_array_mut).unwrap();
        kids.push(kids[0].clone());
    }), "stands in the structure twice"),
    ("a name for a role", |file| first(file, has(b"RoleMap"), |e| e.get_mut(b"RoleMap").and_then(Object::as_dict_mut).unwrap().set("Extra", "P")), "Extra is said to be P"),
    ("a font called another", |file| {
        let font = fonts(file)[0];
        file.get_dictionary_mut(font).unwrap().set("BaseFont", "ABCDEF+Other");
        true
    }, "is called"),
    ("letters that run down", |file| {
        let font = fonts(file)[0];
        descendant(file, font).set("DW2", vec![0.into(), 100.into()]);
        true
    }, "it says `DW2`"),
    ("programs of fonts exchanged", |file| {
        let all = fonts(file);
        let descriptors = [0, 1].map(|at| descendant(file, all[at]).get(b"FontDescriptor").and_then(Object::as_reference).unwrap());
        let own = descriptors.map(|id| file.get_dictionary(id).unwrap().get(b"FontFile2").unwrap().clone());
        file.get_dictionary_mut(descriptors[0]).unwrap().set("FontFile2", own[1].clone());
        file.get_dictionary_mut(descriptors[1]).unwrap().set("FontFile2", own[0].clone());
        true
    }, "font"),
    ("a page cut", |file| first(file, |e| e.has_type(b"Page"), |e| e.set("CropBox", vec![60.into(), 30.into(), 535.into(), 811.into()])), "it is not shown whole"),
    ("a page moved", |file| first(file, |e| e.has_type(b"Page"), |e| e.set("MediaBox", vec![(-9).into(), (-9).into(), 586.into(), 833.into()])), "of another size or place"),
    ("pages turned above them", |file| first(file, |e| e.has_type(b"Pages"), |e| e.set("Rotate", 180)), "it says `Rotate`"),
    ("names of pages", |file| catalogue(file, |e| e.get_mut(b"Names").and_then(Object::as_dict_mut).unwrap().set("Templates", Dictionary::new())), "it says `Templates`"),
    ("a link to two places", |file| first(file, |e| e.has(b"Rect") && e.has(b"A"), |e| e.set("Dest", text("trade"))), "leads to two places"),
    ("a link twice on its page", |file| first(file, has(b"Annots"), |e| {
        let all = e.get_mut(b"Annots").and_then(Object::as_array_mut).unwrap();
        all.push(all[0].clone());
    }), "a link stands on it twice"),
    ("a bookmark in another size", |file| first(file, |e| e.has(b"Title") && e.has(b"Dest"), |e| e.get_mut(b"Dest").and_then(Object::as_array_mut).unwrap()[4] = 8.into()), "in another size"),
    ("another key of the information", |file| first(file, |e| e.has(b"Title") && e.has(b"Producer"), |e| e.set("Company", text("Another"))), "it says `Company`"),
    ("changed before it was made", |file| first(file, |e| e.has(b"Title") && e.has(b"Producer"), |e| e.set("ModDate", text("D:19900101000000Z"))), "changed before it was made"),
    ("words in red", |file| around(file, "1 0 0 rg", "0.102 0.102 0.102 rg"), "two colours"),
];

/// Changes of the bytes of a file.
type OfBytes = (&'static str, fn(Vec<u8>) -> Vec<u8>, &'static str);

#[test]
fn what_no_edition_does_is_found_and_named() {
    let place = exported_as(&["pdf"]);
    let name = edition("pdf");
    let whole = place.read(&name);
    let mut missed = missed(&place, &name, &whole, CHANGES);
    let of_bytes: [OfBytes; 2] = [
        (
            "something before the head",
            |own| [b"words ".to_vec(), own].concat(),
            "before its head",
        ),
        (
            "something behind the end",
            |own| [own, b"words".to_vec()].concat(),
            "behind its end",
        ),
    ];
    for (what, change, named) in of_bytes {
        place.write(&name, change(whole.clone()));
        missed.extend(found(&place, what, &name, named));
    }
    all_found(
        "pdf, what no edition does",
        CHANGES.len() + of_bytes.len(),
        &missed,
    );
}
