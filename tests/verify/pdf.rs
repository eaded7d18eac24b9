//! Changes of PDF files.

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object};

use crate::change::{all_found, edit, edition, exported_as, first, found};

/// Whether a dictionary is a structure element of this role.
fn is(role: &'static str) -> impl Fn(&Dictionary) -> bool {
    move |dictionary| {
        let own = dictionary.get(b"S").and_then(Object::as_name);
        dictionary.has_type(b"StructElem") && own.is_ok_and(|own| own == role.as_bytes())
    }
}

pub(crate) fn text(words: &str) -> Object {
    Object::string_literal(words)
}

/// Takes the first line that a page shows off it.
fn undrawn(document: &mut Document) -> bool {
    let page = *document.get_pages().values().next().unwrap();
    let content = document.get_page_content(page);
    let mut content = Content::decode(&content).unwrap();
    let shows = content.operations.iter();
    let shows = shows.enumerate().filter(|(_, op)| op.operator == "TJ");
    let longest = shows.max_by_key(|(_, op)| format!("{:?}", op.operands).len());
    content.operations.remove(longest.unwrap().0);
    let id = document.get_page_contents(page)[0];
    let stream = document.get_object_mut(id).unwrap();
    let stream = stream.as_stream_mut().unwrap();
    stream.dict.remove(b"Filter");
    stream.set_plain_content(content.encode().unwrap());
    true
}

/// Writes operators into the first page before its longest line, and behind all of it.
fn drawn(before: &'static str, behind: &'static str) -> impl Fn(&mut Document) -> bool {
    move |document| {
        let page = *document.get_pages().values().next().unwrap();
        let content = document.get_page_content(page);
        let mut content = Content::decode(&content).unwrap();
        let shows = content.operations.iter();
        let shows = shows.enumerate().filter(|(_, op)| op.operator == "TJ");
        let longest = shows.max_by_key(|(_, op)| format!("{:?}", op.operands).len());
        let at = longest.unwrap().0;
        let written = |text: &str| Content::decode(text.as_bytes()).unwrap().operations;
        content.operations.splice(at..at, written(before));
        content.operations.extend(written(behind));
        let id = document.get_page_contents(page)[0];
        let stream = document.get_object_mut(id).unwrap();
        let stream = stream.as_stream_mut().unwrap();
        stream.dict.remove(b"Filter");
        stream.set_plain_content(content.encode().unwrap());
        true
    }
}

/// What is changed, the operators before the longest line of the first page and behind all of it, and what the message says.
pub(crate) const UNSEEN: &[(&str, &str, &str, &str)] = &[
    (
        "white text",
        "1 1 1 rg",
        "",
        "the colour of what lies under it",
    ),
    (
        "nearly white text",
        "0.99 g",
        "",
        "the colour of what lies under it",
    ),
    ("invisible text", "3 Tr", "", "drawn invisibly"),
    (
        "text off the page",
        "1 0 0 1 2000 2000 Tm",
        "",
        "outside the page",
    ),
    (
        "covered text",
        "",
        "q 1 g 0 0 2000 2000 re f Q",
        "covers it",
    ),
    (
        "text behind a sheer pattern",
        "",
        "q 0.5 g 0 0 m 2000 0 l 2000 2000 l 0 2000 l h B Q",
        "covers it",
    ),
    ("tiny text", "0.02 0 0 0.02 100 500 Tm", "", "too small"),
    ("text mirrored", "-1 0 0 1 300 500 Tm", "", "turned around"),
    (
        "text raised off the page",
        "2000 Ts",
        "0 Ts",
        "outside the page",
    ),
    ("text pulled apart", "900 Tc", "0 Tc", "pulled apart"),
    (
        "text of white lines",
        "1 Tr 1 1 1 RG",
        "0 Tr",
        "the colour of what lies under it",
    ),
    ("text of no width", "1 Tz", "", "too small"),
    (
        "text in the colour of paper ink",
        "0 0 0 0 k",
        "",
        "the colour of what lies under it",
    ),
    (
        "an image over it",
        "",
        "q 2000 0 0 2000 0 0 cm /Im0 Do Q",
        "covers it",
    ),
];

#[test]
fn what_is_said_and_not_seen_is_found_and_named() {
    let place = exported_as(&["pdf"]);
    let name = edition("pdf");
    let whole = place.read(&name);
    let mut missed = Vec::new();
    for (what, before, behind, named) in UNSEEN {
        place.write(&name, edit(&whole, drawn(before, behind)));
        missed.extend(found(&place, what, &name, named));
    }
    // Text that no tag says: its marks are taken away.
    let bytes = edit(&whole, |document| {
        first(document, is("P"), |element| {
            element.remove(b"K");
        })
    });
    place.write(&name, bytes);
    missed.extend(found(
        &place,
        "text that no tag says",
        &name,
        "no tag says it",
    ));
    all_found("pdf, what is seen", UNSEEN.len() + 1, &missed);
}

type Edit = fn(&mut Document) -> bool;

/// Whether a dictionary has this key.
fn has(key: &'static [u8]) -> impl Fn(&Dictionary) -> bool {
    move |dictionary| dictionary.has(key)
}

/// Changes the catalogue.
fn catalogue(file: &mut Document, change: impl Fn(&mut Dictionary)) -> bool {
    change(file.catalog_mut().unwrap());
    true
}

/// Changes the text of the first stream that holds `from`.
fn stream(file: &mut Document, from: &str, to: &str) -> bool {
    let ids: Vec<_> = file.objects.keys().copied().collect();
    ids.into_iter().any(|id| {
        let Ok(Object::Stream(stream)) = file.get_object_mut(id) else {
            return false;
        };
        let _ = stream.decompress();
        let content = &mut stream.content;
        let at = content
            .windows(from.len())
            .position(|window| window == from.as_bytes());
        let Some(at) = at else {
            return false;
        };
        content.splice(at..at + from.len(), to.bytes());
        true
    })
}

/// Changes the font whose name ends so: the font itself, that which it is made of, or its descriptor.
fn fonts(file: &Document) -> Vec<lopdf::ObjectId> {
    let all = file.objects.iter();
    let fonts = all.filter(|(_, object)| {
        object.as_dict().is_ok_and(|font| {
            font.get(b"Subtype")
                .and_then(Object::as_name)
                .is_ok_and(|kind| kind == b"Type0")
        })
    });
    fonts.map(|(id, _)| *id).collect()
}

/// The descendant of a font.
fn descendant(file: &mut Document, font: lopdf::ObjectId) -> &mut Dictionary {
    let all = file
        .get_dictionary(font)
        .unwrap()
        .get(b"DescendantFonts")
        .unwrap();
    match all.as_array().unwrap()[0].as_reference() {
        Ok(id) => file.get_dictionary_mut(id).unwrap(),
        Err(_) => {
            let font = file.get_dictionary_mut(font).unwrap();
            let all = font
                .get_mut(b"DescendantFonts")
                .and_then(Object::as_array_mut);
            all.unwrap()[0].as_dict_mut().unwrap()
        }
    }
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
    ("the hash", |file| stream(file, "nih:sha-256;", "nih:sha-256;0"), "hash"),
];

#[test]
fn every_change_of_a_pdf_is_found_and_named() {
    let place = exported_as(&["pdf"]);
    let name = edition("pdf");
    let whole = place.read(&name);
    let mut missed = Vec::new();
    for (what, change, named) in EDITS {
        place.write(&name, edit(&whole, change));
        missed.extend(found(&place, what, &name, named));
    }
    println!(
        "pdf: {0} of {0} changes found",
        EDITS.len() + UNSEEN.len() + 1
    );
}

#[test]
fn two_hundred_kinds_of_change_are_tried() {
    let all = [
        EDITS.len(),
        UNSEEN.len() + 1,
        crate::packages::CHANGES.len(),
        crate::hypertext::CHANGES.len(),
    ];
    assert!(all.iter().sum::<usize>() >= 200, "{all:?}");
}
