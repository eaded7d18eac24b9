//! Changes of PDF files.

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object};

use crate::change::{edit, edition, exported, first, found};

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

#[test]
fn what_is_said_and_not_seen_is_found_and_named() {
    let place = exported();
    let name = edition("pdf");
    let whole = place.read(&name);
    for (what, before, behind, named) in [
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
    ] {
        place.write(&name, edit(&whole, drawn(before, behind)));
        found(&place, what, &name, named);
    }
    // Text that no tag says: its marks are taken away.
    let bytes = edit(&whole, |document| {
        first(document, is("P"), |element| {
            element.remove(b"K");
        })
    });
    place.write(&name, bytes);
    found(&place, "text that no tag says", &name, "no tag says it");
}

#[test]
fn every_change_of_a_pdf_is_found_and_named() {
    type Edit = fn(&mut Document) -> bool;
    let place = exported();
    let name = edition("pdf");
    let whole = place.read(&name);
    let edits: [(&str, Edit, &str); 8] = [
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
    ];
    for (what, change, named) in edits {
        place.write(&name, edit(&whole, change));
        found(&place, what, &name, named);
    }
}
