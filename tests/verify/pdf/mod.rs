//! Changes of PDF files.

mod edits;
mod exact;
mod lines;
mod needed;
mod pages;
mod pictures;
mod places;
mod quiet;
mod sight;
mod stands;
mod structure;
mod themed;
mod usual;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId};

use crate::change::{edit, found};
use crate::program::Place;

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

/// Changes the operations of a page, counted from 0; tells whether it did.
fn operations(
    document: &mut Document,
    page: usize,
    change: impl Fn(&mut Vec<Operation>) -> bool,
) -> bool {
    let page = *document.get_pages().values().nth(page).unwrap();
    let content = document.get_page_content(page);
    let mut content = Content::decode(&content).unwrap();
    let is_changed = change(&mut content.operations);
    let id = document.get_page_contents(page)[0];
    let stream = document.get_object_mut(id).unwrap();
    let stream = stream.as_stream_mut().unwrap();
    stream.dict.remove(b"Filter");
    stream.set_plain_content(content.encode().unwrap());
    is_changed
}

/// The place of the longest line among operations.
fn longest(operations: &[Operation]) -> usize {
    let shows = operations.iter().enumerate();
    let shows = shows.filter(|(_, op)| op.operator == "TJ");
    let longest = shows.max_by_key(|(_, op)| format!("{:?}", op.operands).len());
    longest.unwrap().0
}

/// Operations as they are written.
fn written(text: &str) -> Vec<Operation> {
    Content::decode(text.as_bytes()).unwrap().operations
}

/// Writes operations before the longest line and behind it.
fn around(file: &mut Document, before: &'static str, after: &'static str) -> bool {
    operations(file, 0, |all| {
        let at = longest(all);
        all.splice(at + 1..at + 1, written(after));
        all.splice(at..at, written(before));
        true
    })
}

/// Exchanges a number of the places of the first two lines behind an operation: 4 across the page, 5 up.
fn places_exchanged(
    file: &mut Document,
    page: usize,
    is_behind: impl Fn(&Operation) -> bool,
    number: usize,
) -> bool {
    operations(file, page, |all| {
        let from = all.iter().position(&is_behind).unwrap();
        let places = (from..all.len()).filter(|at| all[*at].operator == "Tm");
        let [one, other] = places.take(2).collect::<Vec<_>>()[..] else {
            return false;
        };
        let (first, rest) = all.split_at_mut(other);
        std::mem::swap(
            &mut first[one].operands[number],
            &mut rest[0].operands[number],
        );
        true
    })
}

type Edit = fn(&mut Document) -> bool;

/// The changes of an edition, each made alone, that are not found or not named so.
fn missed(place: &Place, name: &str, whole: &[u8], changes: &[(&str, Edit, &str)]) -> Vec<String> {
    let changes = changes.iter();
    let missed = changes.filter_map(|(what, change, named)| {
        place.write(name, edit(whole, change));
        found(place, what, name, named)
    });
    missed.collect()
}

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
fn fonts(file: &Document) -> Vec<ObjectId> {
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
fn descendant(file: &mut Document, font: ObjectId) -> &mut Dictionary {
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

#[test]
fn two_hundred_kinds_of_change_are_tried() {
    let all = [
        edits::EDITS.len(),
        exact::CHANGES.len(),
        lines::CHANGES.len(),
        needed::CHANGES.len(),
        sight::UNSEEN.len() + 1,
        sight::DRAWN.len(),
        pages::CHANGES.len(),
        pictures::CHANGES.len(),
        places::CHANGES.len(),
        stands::CHANGES.len(),
        structure::CHANGES.len(),
        usual::CHANGES.len(),
        crate::packages::CHANGES.len(),
        crate::hypertext::CHANGES.len(),
    ];
    assert!(all.iter().sum::<usize>() >= 200, "{all:?}");
}
