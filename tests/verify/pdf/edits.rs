//! Changes of the objects of a PDF: its structure, its metadata, its fonts, its links.

use lopdf::{Dictionary, Document, Object};

use super::{
    Edit, catalogue, descendant, fonts, has, is, longest, missed, operations, stream, text,
};
use crate::change::{all_found, edition, exported_as, first};

/// Takes the longest line that a page shows off it.
fn undrawn(document: &mut Document) -> bool {
    operations(document, 0, |all| {
        let at = longest(all);
        all.remove(at);
        true
    })
}

/// Exchanges the glyphs of codes 1 and 2, 3 and 4 and so on of every font: what is drawn is not what is said.
fn exchange_glyphs(file: &mut Document) -> bool {
    fonts(file).into_iter().fold(false, |changed, font| {
        let map = descendant(file, font).get(b"CIDToGIDMap");
        let Ok(map) = map.and_then(Object::as_reference) else {
            return changed;
        };
        let stream = file
            .get_object_mut(map)
            .and_then(Object::as_stream_mut)
            .unwrap();
        stream.decompress().unwrap();
        for four in stream.content.chunks_exact_mut(4) {
            four.rotate_left(2);
        }
        true
    })
}

/// Exchanges the first two elements below the first element of this role.
fn exchange_elements(file: &mut Document, role: &'static str) -> bool {
    first(
        file,
        |element| {
            is(role)(element)
                && element
                    .get(b"K")
                    .and_then(Object::as_array)
                    .is_ok_and(|kids| kids.len() > 2)
        },
        |element| {
            if let Ok(kids) = element.get_mut(b"K").and_then(Object::as_array_mut) {
                kids.swap(0, 1);
            }
        },
    )
}

/// Whether an annotation is that of the mark of the first note.
fn is_mark_of_note(annotation: &Dictionary) -> bool {
    let said = annotation.get(b"Contents").and_then(Object::as_str);
    annotation.has(b"Dest") && said.is_ok_and(|said| said.starts_with(b"1: "))
}

#[rustfmt::skip]
pub(crate) const EDITS: &[(&str, Edit, &str)] = &[
        (
            "a level",
            |file| first(file, is("H3"), |e| e.set("S", "H2")),
            "heading of level 2",
        ),
        (
            "no heading",
            |file| first(file, is("H3"), |e| e.set("S", "P")),
            "a paragraph is a heading",
        ),
        (
            "an alternative text",
            |file| {
                first(
                    file,
                    |e| e.has(b"Alt") && is("Figure")(e),
                    |e| e.set("Alt", text("A bar")),
                )
            },
            "nothing",
        ),
        (
            "text that lies",
            |file| {
                first(file, is("P"), |e| {
                    e.set("ActualText", text("Something else"))
                })
            },
            "Something else",
        ),
        (
            "a header cell",
            |file| first(file, is("TH"), |e| e.set("S", "TD")),
            "cell",
        ),
        (
            "a language",
            |file| {
                first(
                    file,
                    |e| is("Span")(e) && e.has(b"Lang"),
                    |e| e.set("Lang", text("es")),
                )
            },
            "language",
        ),
        (
            "a link",
            |file| {
                first(
                    file,
                    |e| {
                        e.get(b"A")
                            .and_then(Object::as_dict)
                            .is_ok_and(|action| action.has(b"URI"))
                    },
                    |e| {
                        if let Ok(action) = e.get_mut(b"A").and_then(Object::as_dict_mut) {
                            action.set("URI", text("https://example.org/z"));
                        }
                    },
                )
            },
            "link",
        ),
        ("glyphs that are not drawn", undrawn, "it says"),

    ("glyphs exchanged", exchange_glyphs, "what is seen is not what is said"),
    ("widths", |file| {
        let font = fonts(file)[0];
        descendant(file, font).set("W", Object::Array(vec![1.into(), Object::Array(vec![5.into(), 6.into(), 7.into()])]));
        true
    }, "width"),
    ("no program in a font", |file| first(file, has(b"FontFile2"), |e| { e.remove(b"FontFile2"); }), "font"),
    ("a letter in ToUnicode", |file| stream(file, "<0050", "<0051").max(stream(file, "<0053>", "<0054>")), "says"),
    ("emphasis lost", |file| first(file, is("Em"), |e| e.set("S", "Span")), "emphasis"),
    ("strength lost", |file| first(file, is("Strong"), |e| e.set("S", "Span")), "emphasis"),
    ("a list flattened", |file| first(file, is("L"), |e| e.set("S", "Div")), "lists"),
    ("a head that heads its row", |file| first(file, |e| is("TH")(e) && e.has(b"A"), |e| {
        e.set("A", lopdf::dictionary! { "O" => "Table", "Scope" => "Row" });
    }), "heads its row"),
    ("a cell made a head", |file| first(file, is("TD"), |e| e.set("S", "TH")), "cell"),
    ("a note made a paragraph", |file| first(file, is("Note"), |e| e.set("S", "P")), "says"),
    ("paragraphs exchanged", |file| exchange_elements(file, "Sect"), "says"),
    ("rows exchanged", |file| exchange_elements(file, "TBody").max(exchange_elements(file, "Table")), "says"),
    ("an alternative text lost", |file| first(file, |e| e.has(b"Alt") && is("Figure")(e), |e| { e.remove(b"Alt"); }), "nothing"),
    ("another parent", |file| {
        let root = file.catalog().unwrap().get(b"StructTreeRoot").unwrap().as_reference().unwrap();
        first(file, is("H3"), move |e| e.set("P", root))
    }, "another parent"),
    ("no tree of parents", |file| {
        let root = file.catalog().unwrap().get(b"StructTreeRoot").unwrap().as_reference().unwrap();
        file.get_dictionary_mut(root).unwrap().remove(b"ParentTree").is_some()
    }, "tree of parents"),
    ("a bookmark", |file| first(file, |e| e.has(b"Title") && e.has(b"Dest"), |e| e.set("Title", text("Proofs"))), "no heading"),
    ("a link to nowhere", |file| first(file, |e| e.has(b"Dest") && e.has(b"Rect"), |e| e.set("Dest", text("nowhere"))), "link"),
    ("a bookmark that is turned round", |file| first(file, |e| e.has(b"Title") && e.has(b"Dest"), |e| {
        let title = String::from_utf8_lossy(e.get(b"Title").unwrap().as_str().unwrap()).into_owned();
        let units = ["\u{FEFF}\u{202E}", &title].concat();
        let bytes: Vec<u8> = units.encode_utf16().flat_map(u16::to_be_bytes).collect();
        e.set("Title", Object::string_literal(bytes));
    }), "signs that nobody sees"),
    ("a mark of a note described otherwise", |file| first(file, is_mark_of_note, |e| e.set("Contents", text("1: Another note."))), "its note says something else"),
    ("a link without words", |file| first(file, |e| e.has(b"Dest") && e.has(b"Rect"), |e| { e.remove(b"Contents"); }), "where it leads"),
    ("a link outside the structure", |file| first(file, |e| e.has(b"Dest") && e.has(b"Rect"), |e| { e.remove(b"StructParent"); }), "no part of the structure"),
    ("a note over the page", |file| first(file, |e| e.has(b"Dest") && e.has(b"Rect"), |e| {
        e.set("Subtype", "Square");
        e.set("AP", Dictionary::new());
        e.set("Rect", Object::Array(vec![0.into(), 0.into(), 2000.into(), 2000.into()]));
    }), "covers it"),
    ("a name for older readers", |file| first(file, has(b"Author"), |e| e.set("Author", text("Amina Kahn"))), "its author"),
    ("a title for older readers", |file| first(file, |e| e.has(b"Title") && e.has(b"Producer"), |e| e.set("Title", text("Proofs"))), "its title"),
    ("the language of the file", |file| catalogue(file, |e| e.set("Lang", text("fr"))), "language"),
    ("no language", |file| catalogue(file, |e| { e.remove(b"Lang"); }), "language"),
    ("not tagged", |file| catalogue(file, |e| { e.remove(b"MarkInfo"); }), "not marked as tagged"),
    ("no structure at all", |file| catalogue(file, |e| { e.remove(b"StructTreeRoot"); }), "no tags"),
    ("colours of no device", |file| catalogue(file, |e| { e.remove(b"OutputIntents"); }), "colours"),
    ("the title in the metadata", |file| stream(file, "Proofs and Copies", "Proofs or Copies"), "title"),
    ("a name in the metadata", |file| stream(file, "<rdf:li>Amina Khan", "<rdf:li>Amina Kahn"), "creators"),
    ("a note at the margin", |file| first(file, |e| e.has(b"Dest") && e.has(b"Rect"), |e| e.set("Subtype", "Text")), "annotation (Text)"),
    ("a link hidden", |file| first(file, |e| e.has(b"Dest") && e.has(b"Rect"), |e| e.set("F", 2)), "a link is hidden"),
    ("a page turned", |file| first(file, |e| e.has_type(b"Page"), |e| e.set("Rotate", 180)), "it is turned"),
    ("another text for those who listen", |file| first(file, is("P"), |e| e.set("Alt", text("Never"))), "Never"),
    ("a cell over two columns", |file| first(file, is("TD"), |e| e.set("A", lopdf::dictionary! { "O" => "Table", "ColSpan" => 2 })), "spans"),
    ("a head that says not what it heads", |file| first(file, is("TH"), |e| { e.remove(b"A"); }), "does not say which"),
    ("a role called another", |file| first(file, has(b"RoleMap"), |e| e.set("RoleMap", lopdf::dictionary! { "H3" => "P" })), "H3 is said to be P"),
    ("something done at the opening", |file| catalogue(file, |e| e.set("OpenAction", lopdf::dictionary! { "S" => "JavaScript" })), "when it is opened"),
    ("the day in the metadata", |file| stream(file, "<rdf:li>2025-11-04", "<rdf:li>2024-11-04"), "`date`"),
    ("an identifier in the metadata", |file| stream(file, "<dc:identifier>urn:uuid:", "<dc:identifier>urn:uuid:0"), "`identifier`"),
    ("the language in the metadata", |file| stream(file, "<rdf:li>en-GB", "<rdf:li>en-US"), "`language`"),
    ("the source that it is made of", |file| stream(file, "<dc:source>nih:sha-256;", "<dc:source>nih:sha-256;0"), "`source`"),
    ("a file that comes with it", |file| catalogue(file, |e| e.set("AF", Object::Array(Vec::new()))), "it says `AF`"),
    ("another base for its addresses", |file| catalogue(file, |e| e.set("URI", lopdf::dictionary! { "Base" => text("https://example.net/") })), "it says `URI`"),
    ("layers", |file| catalogue(file, |e| e.set("OCProperties", Dictionary::new())), "it says `OCProperties`"),
    ("no bookmarks at the opening", |file| catalogue(file, |e| e.set("PageMode", "UseNone")), "does not open with its bookmarks"),
    ("nothing but the page", |file| catalogue(file, |e| e.get_mut(b"ViewerPreferences").and_then(Object::as_dict_mut).unwrap().set("HideToolbar", true)), "it says `HideToolbar`"),
    ("a page that goes on by itself", |file| first(file, |e| e.has_type(b"Page"), |e| e.set("Dur", 3)), "it says `Dur`"),
    ("a link with a border", |file| first(file, |e| e.has(b"Border"), |e| e.set("Border", vec![0.into(), 0.into(), 9.into()])), "a link has a border"),
    ("a link that shows something", |file| first(file, |e| e.has(b"Border"), |e| e.set("AP", Dictionary::new())), "it says `AP`"),
    ("a link to another file", |file| first(file, |e| e.get(b"A").and_then(Object::as_dict).is_ok_and(|action| action.has(b"URI")), |e| {
        e.get_mut(b"A").and_then(Object::as_dict_mut).unwrap().set("S", "Launch");
    }), "does something else"),
    ("a link described otherwise", |file| first(file, |e| e.has(b"Border"), |e| e.set("Contents", text("Click here"))), "is described as “Click here”"),
    ("an address described otherwise", |file| first(file, |e| e.get(b"A").and_then(Object::as_dict).is_ok_and(|action| action.has(b"URI")), |e| e.set("Contents", text("link: https://example.net/"))), "is described as"),
    ("an element with a title", |file| first(file, is("Sect"), |e| e.set("T", text("Another"))), "an element says `T`"),
    ("words struck out by their tag", |file| first(file, is("P"), |e| e.set("A", lopdf::dictionary! { "O" => "Layout", "TextDecorationType" => "LineThrough" })), "says `TextDecorationType`"),
    ("a picture in a line", |file| first(file, |e| is("Figure")(e) && e.has(b"A"), |e| e.get_mut(b"A").and_then(Object::as_dict_mut).unwrap().set("Placement", "Inline")), "stands in a line"),
    ("another identifier of a note", |file| first(file, is("Note"), |e| e.set("ID", text("other"))), "has the identifier `other`"),
    ("a bookmark in white", |file| first(file, |e| e.has(b"Title") && e.has(b"Parent"), |e| e.set("C", vec![1.into(), 1.into(), 1.into()])), "it says `C`"),
    ("another standard", |file| stream(file, "<pdfaid:part>2", "<pdfaid:part>3"), "standards that no edition keeps"),
    ("a statement that no source makes", |file| stream(file, "<dc:format>", "<dc:coverage>Mars</dc:coverage><dc:format>"), "`coverage`"),
    ("the day for older readers", |file| first(file, |e| e.has(b"Producer") && e.has(b"CreationDate"), |e| e.set("CreationDate", text("D:20010203000000Z"))), "made on 2001-02-03"),
    ("a heading that holds nothing", |file| {
        let root = file.objects.iter().find(|(_, object)| object.as_dict().is_ok_and(is("Sect"))).map(|(id, _)| *id).unwrap();
        let empty = file.add_object(lopdf::dictionary! { "Type" => "StructElem", "S" => "H2", "P" => root });
        file.get_dictionary_mut(root).unwrap().get_mut(b"K").and_then(Object::as_array_mut).unwrap().push(empty.into());
        true
    }, "an element H2 holds nothing"),
    ("tags that are suspect", |file| catalogue(file, |e| e.set("MarkInfo", lopdf::dictionary! { "Marked" => true, "Suspects" => true })), "it says `Suspects`"),
    ("classes of attributes", |file| first(file, has(b"ParentTree"), |e| e.set("ClassMap", Dictionary::new())), "it says `ClassMap`"),
    ("colours of another device", |file| {
        let intents = file.catalog().unwrap().get(b"OutputIntents").and_then(Object::as_array).unwrap().clone();
        let mut intent = intents[0].as_dict().cloned().unwrap_or_else(|_| file.get_dictionary(intents[0].as_reference().unwrap()).unwrap().clone());
        intent.set("OutputConditionIdentifier", text("CGATS TR 001"));
        catalogue(file, |e| e.set("OutputIntents", vec![intent.clone().into()]))
    }, "colours are those of “CGATS"),
    ("a link that is not printed", |file| first(file, |e| e.has(b"Border"), |e| e.set("F", 0)), "not shown and printed"),
    ("states of graphics", |file| first(file, |e| e.has(b"Font") && e.has(b"XObject"), |e| e.set("ExtGState", Dictionary::new())), "it says `ExtGState`"),
    ("another text of a link", |file| first(file, is("Link"), |e| e.set("Alt", text("Click here"))), "a link says `Alt`"),
    ("pages that run back", |file| catalogue(file, |e| e.get_mut(b"ViewerPreferences").and_then(Object::as_dict_mut).unwrap().set("Direction", "R2L")), "run otherwise than its text"),
    ("lines that run back", |file| first(file, is("P"), |e| e.set("A", lopdf::dictionary! { "O" => "Layout", "WritingMode" => "RlTb" })), "runs RlTb"),
    ("no identifiers", |file| first(file, has(b"IDTree"), |e| { e.remove(b"IDTree"); }), "by their identifiers"),
    ("the hash", |file| stream(file, "<rdf:li>nih:sha-256;", "<rdf:li>nih:sha-256;0"), "hash of the text"),
];

#[test]
fn every_change_of_a_pdf_is_found_and_named() {
    let place = exported_as(&["pdf"]);
    let name = edition("pdf");
    let whole = place.read(&name);
    let missed = missed(&place, &name, &whole, EDITS);
    all_found("pdf", EDITS.len(), &missed);
}
