//! Values that objects of every edition have: what they say of fonts, colours, pages, bookmarks, names and links, and of the packet of
//! metadata; and the bytes between the objects.

use lopdf::{Dictionary, Document, Object, dictionary};

use super::{Edit, catalogue, descendant, fonts, has, is, missed, stream, text};
use crate::change::{all_found, edition, exported_as, first, found};

/// Changes the descriptor of the first font.
fn descriptor(file: &mut Document, change: impl Fn(&mut Dictionary)) -> bool {
    let font = fonts(file)[0];
    let id = descendant(file, font)
        .get(b"FontDescriptor")
        .and_then(Object::as_reference);
    change(file.get_dictionary_mut(id.unwrap()).unwrap());
    true
}

/// Changes what a key of the catalogue leads to.
fn part(file: &mut Document, key: &'static [u8], change: impl Fn(&mut Dictionary)) -> bool {
    let object = file.catalog().unwrap().get(key).unwrap().clone();
    match object {
        Object::Reference(id) => change(file.get_dictionary_mut(id).unwrap()),
        _ => change(
            file.catalog_mut()
                .unwrap()
                .get_mut(key)
                .and_then(Object::as_dict_mut)
                .unwrap(),
        ),
    }
    true
}

/// Changes the one output intent.
fn intent(file: &mut Document, change: impl Fn(&mut Dictionary)) -> bool {
    let all = file
        .catalog_mut()
        .unwrap()
        .get_mut(b"OutputIntents")
        .and_then(Object::as_array_mut);
    change(all.unwrap()[0].as_dict_mut().unwrap());
    true
}

/// Moves the first number of a list by this.
fn moved(list: &mut Object, at: usize, by: f32) {
    let list = list.as_array_mut().unwrap();
    let was = list[at].as_float().unwrap();
    list[at] = Object::Real(was + by);
}

/// Moves the first bookmark or name by this.
fn name(file: &mut Document, by: f32) -> bool {
    let names = file
        .catalog_mut()
        .unwrap()
        .get_mut(b"Names")
        .and_then(Object::as_dict_mut)
        .unwrap();
    let tree = names
        .get_mut(b"Dests")
        .and_then(Object::as_dict_mut)
        .unwrap();
    let all = tree
        .get_mut(b"Names")
        .and_then(Object::as_array_mut)
        .unwrap();
    moved(&mut all[1], 3, by);
    true
}

fn is_bookmark(dictionary: &Dictionary) -> bool {
    dictionary.has(b"Title") && dictionary.has(b"Parent")
}

#[rustfmt::skip]
pub(crate) const CHANGES: &[(&str, Edit, &str)] = &[
    ("a font that leans", |file| descriptor(file, |e| e.set("ItalicAngle", -12)), "is described otherwise"),
    ("a font of other stems", |file| descriptor(file, |e| e.set("StemV", 90)), "is described otherwise"),
    ("a font without a box", |file| descriptor(file, |e| { e.remove(b"FontBBox"); }), "is described otherwise"),
    ("a usual width", |file| { let font = fonts(file)[0]; descendant(file, font).set("DW", 500); true }, "is described otherwise"),
    ("a subset called another", |file| {
        let font = fonts(file)[0];
        let name = Object::Name(b"ABCDEF+SourceSerif4-Regular".to_vec());
        file.get_dictionary_mut(font).unwrap().set("BaseFont", name.clone());
        descendant(file, font).set("BaseFont", name.clone());
        descriptor(file, |e| e.set("FontName", name.clone()))
    }, "is not the one that the letters before its name were made of"),
    ("a list of another owner", |file| first(file, |e| is("L")(e) && e.has(b"A"), |e| e.get_mut(b"A").and_then(Object::as_dict_mut).unwrap().set("O", "Layout")), "of another kind of attributes"),
    ("a figure without its place", |file| first(file, is("Figure"), |e| { e.get_mut(b"A").and_then(Object::as_dict_mut).unwrap().remove(b"Placement"); }), "says no `Placement`"),
    ("a cell over one column", |file| first(file, is("TD"), |e| e.set("A", dictionary! { "O" => "Table", "ColSpan" => 1 })), "says `ColSpan`"),
    ("an element that is none", |file| first(file, is("P"), |e| { e.remove(b"Type"); }), "is not said to be one"),
    ("a label behind its item", |file| first(file, is("LI"), |e| e.get_mut(b"K").and_then(Object::as_array_mut).unwrap().reverse()), "does not stand before it"),
    ("roles without their meaning", |file| first(file, has(b"RoleMap"), |e| { e.remove(b"RoleMap"); }), "Em is not said to be Span"),
    ("another number for what comes", |file| first(file, has(b"ParentTreeNextKey"), |e| e.set("ParentTreeNextKey", 99)), "goes on with another number"),
    ("a namespace of its own", |file| first(file, has(b"ParentTree"), |e| e.set("Namespaces", vec![Object::Dictionary(dictionary! { "NS" => text("x") })])), "namespaces"),
    ("colours for print", |file| intent(file, |e| e.set("S", "GTS_PDFX")), "described otherwise"),
    ("colours of another register", |file| intent(file, |e| e.set("RegistryName", text("http://example.org"))), "described otherwise"),
    ("colours of a condition", |file| intent(file, |e| e.set("OutputCondition", text("x"))), "says `OutputCondition`"),
    ("another version", |file| catalogue(file, |e| e.set("Version", "1.4")), "of another version"),
    ("extensions", |file| catalogue(file, |e| e.set("Extensions", Dictionary::new())), "says `Extensions`"),
    ("no labels of pages", |file| catalogue(file, |e| { e.remove(b"PageLabels"); }), "says no `PageLabels`"),
    ("pages that run as they do", |file| part(file, b"ViewerPreferences", |e| e.set("Direction", "L2R")), "which way its pages run"),
    ("labels with an empty word", |file| catalogue(file, |e| e.set("PageLabels", dictionary! { "Nums" => vec![0.into(), Object::Dictionary(dictionary! { "S" => "D", "St" => 1, "P" => text("") })] })), "made otherwise"),
    ("bookmarks that count others", |file| first(file, |e| is_bookmark(e) && e.has(b"Count"), |e| e.set("Count", 7)), "counts or names others"),
    ("more open bookmarks", |file| part(file, b"Outlines", |e| e.set("Count", 99)), "are open than in editions"),
    ("a bookmark ten points off", |file| first(file, is_bookmark, |e| moved(e.get_mut(b"Dest").unwrap(), 3, -10.0)), "another height"),
    ("a name ten points off", |file| name(file, 10.0), "another height"),
    ("a name four points off", |file| name(file, -4.0), "another height"),
    ("a link three points off", |file| first(file, has(b"Rect"), |e| { moved(e.get_mut(b"Rect").unwrap(), 0, 3.0); moved(e.get_mut(b"Rect").unwrap(), 2, 3.0); }), "just on its words"),
    ("a link two points higher", |file| first(file, has(b"Rect"), |e| { moved(e.get_mut(b"Rect").unwrap(), 1, 2.0); moved(e.get_mut(b"Rect").unwrap(), 3, 2.0); }), "just on its words"),
    ("a link that is none", |file| first(file, has(b"Rect"), |e| { e.remove(b"Type"); }), "what is a Annot is not said to be one"),
    ("another namespace in the metadata", |file| stream(file, "http://purl.org/dc/elements/1.1/", "http://purl.org/dc/elements/1.0/"), "of none of their namespaces"),
    ("a title twice in the metadata", |file| stream(file, "<dc:format>", "<dc:title>Proofs and Copies</dc:title><dc:format>"), "they say `title` twice"),
    ("a note in the metadata", |file| stream(file, "<dc:format>", "<!-- forged --><dc:format>"), "between their statements"),
    ("a history in the metadata", |file| stream(file, "<dc:format>", "<xmpMM:History>forged</xmpMM:History><dc:format>"), "of none of their namespaces"),
    ("an object to which nothing leads", |file| { file.add_object(dictionary! { "Words" => text("forged") }); true }, "to which nothing leads"),
    ("a trailer that says more", |file| { file.trailer.set("Words", text("forged")); true }, "its trailer says `Words`"),
];

/// A change of the bytes of a file.
type OfBytes = (&'static str, fn(Vec<u8>) -> Vec<u8>, &'static str);

/// Makes the first stream that is long a little shorter.
fn shorter(mut file: Vec<u8>) -> Vec<u8> {
    let key = b"/Length ";
    let mut from = 0;
    loop {
        let at = file[from..]
            .windows(key.len())
            .position(|own| own == key)
            .unwrap()
            + from
            + key.len();
        let digits = file[at..]
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        if digits >= 3 {
            file[at] -= u8::from(file[at] > b'1');
            file[at + 1] = b'0';
            return file;
        }
        from = at;
    }
}

/// Puts an object between the others that its list does not name.
fn shadowed(file: Vec<u8>) -> Vec<u8> {
    let end = file
        .windows(9)
        .rposition(|own| own == b"startxref")
        .unwrap();
    let (before, behind) = file.split_at(end);
    [before, b"5 0 obj\n<</Words (forged)>>\nendobj\n", behind].concat()
}

#[test]
fn values_that_are_those_of_every_edition_are_held() {
    let place = exported_as(&["pdf"]);
    let name = edition("pdf");
    let whole = place.read(&name);
    let mut missed = missed(&place, &name, &whole, CHANGES);
    let of_bytes: [OfBytes; 3] = [
        (
            "a stream that says that it is shorter",
            shorter,
            "longer or shorter than it says",
        ),
        ("an object under the number of another", shadowed, "twice"),
        (
            "another version at the head",
            |own| [b"%PDF-1.2", &own[8..]].concat(),
            "names a version",
        ),
    ];
    for (what, change, named) in of_bytes {
        place.write(&name, change(whole.clone()));
        missed.extend(found(&place, what, &name, named));
    }
    all_found("pdf, values", CHANGES.len() + of_bytes.len(), &missed);
}

#[rustfmt::skip]
const OF_PDF_2: &[(&str, Edit, &str)] = &[
    ("a note of another kind", |file| first(file, is("FENote"), |e| e.set("A", dictionary! { "O" => "FENote", "NoteType" => "Endnote" })), "one of another kind"),
    ("a note of no kind", |file| first(file, is("FENote"), |e| { e.remove(b"A"); }), "says no `NoteType`"),
    ("an element of no namespace", |file| first(file, is("P"), |e| { e.remove(b"NS"); }), "of another namespace"),
    ("another namespace", |file| first(file, |e| e.has_type(b"Namespace"), |e| e.set("NS", text("http://iso.org/pdf/ssn"))), "namespace"),
    ("raised words that say not how", |file| first(file, |e| e.get(b"A").and_then(Object::as_dict).is_ok_and(|own| own.has(b"TextPosition")), |e| { e.get_mut(b"A").and_then(Object::as_dict_mut).unwrap().remove(b"TextPosition"); }), "raised or lowered in another way"),
    ("a name that leads to no element", |file| {
        let names = file.catalog_mut().unwrap().get_mut(b"Names").and_then(Object::as_dict_mut).unwrap();
        let tree = names.get_mut(b"Dests").and_then(Object::as_dict_mut).unwrap();
        let all = tree.get_mut(b"Names").and_then(Object::as_array_mut).unwrap();
        all[1].as_dict_mut().unwrap().remove(b"SD");
        true
    }, "leads elsewhere than names of editions do"),
];

#[test]
fn values_of_pdf_2_are_held() {
    let place = exported_as(&["pdf"]);
    place
        .run("export source -q -f pdf --pdf-standard ua-2")
        .expect(0);
    let name = edition("pdf");
    let whole = place.read(&name);
    let missed = missed(&place, &name, &whole, OF_PDF_2);
    all_found("pdf 2.0, values", OF_PDF_2.len(), &missed);
}
