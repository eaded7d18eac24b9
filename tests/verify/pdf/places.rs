//! Where links, names and bookmarks lead, and on which words links lie.

use lopdf::content::Operation;
use lopdf::{Dictionary, Document, Object, ObjectId, StringFormat};

use super::{Edit, has, is, missed, places_exchanged, text};
use crate::change::{all_found, first};
use crate::program::Place;

/// A piece of several pages with headings, notes, links and contents.
fn piece() -> String {
    let words = "Words that fill some lines of a page, since one page is not enough. ";
    let paragraph = |times: usize| format!("      - {}\n", words.repeat(times));
    format!(
        "series: Flash Point\ntitle: Links and Places\ndate: 2025-11-04\nlanguage: en-GB\n\
         contributors:\n  - name: Amina Khan\n    statement:\n\
         {0}      - heading: Trade\n      - Words with a [link of some words](https://example.org/a) and a note[^one].\n{1}\
         {2}      - subheading: Ships\n      - A second note[^two], and [another link that is so long that it goes on to \
         the line below this one, and perhaps farther](https://example.org/b).\n{1}{1}\
         {3}      - The first note again[^one].\n  - name: Robin Ashe\n    statement: [The last word.]\n\
         notes: {{one: The first note., two: The second note.}}\n",
        paragraph(8),
        paragraph(50),
        "      - heading: Peace\n",
        "      - heading: War\n",
    )
}

/// The objects that are meant, in their order.
fn all(file: &Document, meant: impl Fn(&Dictionary) -> bool) -> Vec<ObjectId> {
    let all = file.objects.iter();
    let all = all.filter(|(_, object)| object.as_dict().is_ok_and(&meant));
    all.map(|(id, _)| *id).collect()
}

fn is_bookmark(dictionary: &Dictionary) -> bool {
    dictionary.has(b"Title") && dictionary.has(b"Parent")
}

fn is_link(dictionary: &Dictionary) -> bool {
    dictionary.has(b"Rect") && dictionary.has(b"StructParent")
}

fn is_outer(dictionary: &Dictionary) -> bool {
    is_link(dictionary) && dictionary.has(b"A")
}

fn is_inner(dictionary: &Dictionary) -> bool {
    is_link(dictionary) && dictionary.has(b"Dest")
}

/// Exchanges what two objects say under a key.
fn exchange(file: &mut Document, [one, other]: [ObjectId; 2], key: &[u8]) -> bool {
    let own = |id| file.get_dictionary(id).unwrap().get(key).unwrap().clone();
    let (of_one, of_other) = (own(one), own(other));
    file.get_dictionary_mut(one).unwrap().set(key, of_other);
    file.get_dictionary_mut(other).unwrap().set(key, of_one);
    true
}

/// Moves rectangles and quadrilaterals.
fn moved(dictionary: &mut Dictionary, by: [f32; 2]) {
    for key in [&b"Rect"[..], b"QuadPoints"] {
        if let Ok(Object::Array(numbers)) = dictionary.get_mut(key) {
            for (index, number) in numbers.iter_mut().enumerate() {
                *number = Object::Real(number.as_float().unwrap() + by[index % 2]);
            }
        }
    }
}

/// Where a destination leads: its page and its height are changed.
fn led(destination: &mut Object, change: impl Fn(&mut Vec<Object>)) {
    if let Ok(array) = destination.as_array_mut() {
        change(array);
    }
}

/// Changes the destinations that have names; tells whether there are any.
fn names(file: &mut Document, change: impl Fn(&str, &mut Object)) -> bool {
    let mut changed = false;
    let catalogue = file.catalog_mut().unwrap();
    let tree = catalogue.get_mut(b"Names").and_then(Object::as_dict_mut);
    let tree = tree
        .unwrap()
        .get_mut(b"Dests")
        .and_then(Object::as_dict_mut);
    let pairs = tree
        .unwrap()
        .get_mut(b"Names")
        .and_then(Object::as_array_mut);
    for pair in pairs.unwrap().chunks_exact_mut(2) {
        let name = String::from_utf8_lossy(pair[0].as_str().unwrap()).into_owned();
        let before = pair[1].clone();
        change(&name, &mut pair[1]);
        changed |= before != pair[1];
    }
    changed
}

/// Another height for names that begin so.
fn higher(file: &mut Document, of: &'static str) -> bool {
    names(file, |name, destination| {
        if name.starts_with(of) {
            led(destination, |array| array[3] = 20.into());
        }
    })
}

/// Leads bookmarks with this title elsewhere.
fn bookmark(file: &mut Document, title: &'static str, change: impl Fn(&mut Dictionary)) -> bool {
    first(
        file,
        |e| {
            is_bookmark(e)
                && e.get(b"Title")
                    .and_then(Object::as_str)
                    .is_ok_and(|own| own == title.as_bytes())
        },
        change,
    )
}

/// Changes what is said of the link to this name.
fn described(file: &mut Document, to: &'static str, said: Object) -> bool {
    let is_it = |e: &Dictionary| {
        let own = e.get(b"Dest").and_then(Object::as_str);
        is_inner(e) && own.is_ok_and(|own| own == to.as_bytes())
    };
    first(file, is_it, |e| e.set("Contents", said.clone()))
}

/// Words in UTF-16.
fn wide(words: &str) -> Object {
    let units = std::iter::once(0xFEFF).chain(words.encode_utf16());
    let bytes = units.flat_map(u16::to_be_bytes).collect();
    Object::String(bytes, StringFormat::Hexadecimal)
}

/// Exchanges the places of the two parts of the head of the second page.
fn halves_exchanged(file: &mut Document) -> bool {
    let is_head = |op: &Operation| format!("{:?}", op.operands).contains("Header");
    places_exchanged(file, 1, is_head, 4)
}

#[rustfmt::skip]
pub(crate) const CHANGES: &[(&str, Edit, &str)] = &[
    ("bookmarks exchanged", |file| {
        let all = all(file, is_bookmark);
        exchange(file, [all[2], all[3]], b"Title")
    }, "stands where the heading"),
    ("a bookmark to another page", |file| {
        let page = *file.get_pages().values().next().unwrap();
        bookmark(file, "War", |e| led(e.get_mut(b"Dest").unwrap(), |array| array[0] = page.into()))
    }, "leads to page 1, its heading stands on page"),
    ("a bookmark to another height", |file| bookmark(file, "Trade", |e| led(e.get_mut(b"Dest").unwrap(), |array| array[3] = 20.into())), "leads to another height"),
    ("a bookmark that leads nowhere", |file| bookmark(file, "Trade", |e| { e.remove(b"Dest"); }), "“Trade” leads nowhere"),
    ("no bookmarks", |file| file.catalog_mut().unwrap().remove(b"Outlines").is_some(), "has no bookmark"),
    ("other spaces in a bookmark", |file| bookmark(file, "Links and Places", |e| e.set("Title", text("Links  and Places"))), "has other spaces than the source"),
    ("a bookmark in another language", |file| bookmark(file, "Trade", |e| e.set("Title", wide("\u{1B}fr\u{1B}Trade"))), "names a language of its own"),
    ("another name of a way back", |file| described(file, "ref_1", text("1: Onward")), "a way back from note 1 is described as"),
    ("a hidden hyphen in what is said of a mark", |file| described(file, "note_1", wide("1: The fi\u{AD}rst note.")), "its note says something else"),
    ("halves of a head exchanged", halves_exchanged, "parts of its head or foot changed places"),
    ("a bookmark less", |file| {
        let gone = all(file, is_bookmark);
        let gone = gone.into_iter().find(|id| file.get_dictionary(*id).unwrap().get(b"Title").and_then(Object::as_str).unwrap() == b"Peace").unwrap();
        let next = file.get_dictionary(gone).unwrap().get(b"Next").unwrap().clone();
        first(file, |e| is_bookmark(e) && e.get(b"Next").and_then(Object::as_reference).is_ok_and(|id| id == gone), |e| e.set("Next", next.clone()))
    }, "stands where the heading “Peace” is next"),
    ("a bookmark under another", |file| {
        let above = all(file, |e| is_bookmark(e) && !e.has(b"First"))[0];
        first(file, |e| is_bookmark(e) && e.has(b"Prev"), |e| e.set("Parent", above))
    }, "names another above or before it"),
    ("a note's name elsewhere", |file| higher(file, "note_"), "the name `note_"),
    ("a reference's name elsewhere", |file| higher(file, "ref_"), "the name `ref_"),
    ("a heading's name elsewhere", |file| higher(file, "trade"), "the name `trade"),
    ("names exchanged", |file| {
        let page = *file.get_pages().values().next().unwrap();
        names(file, |name, destination| if name.starts_with("note_2") { led(destination, |array| array[0] = page.into()) })
    }, "leads to page 1 and not here"),
    ("a name gone", |file| {
        let catalogue = file.catalog_mut().unwrap();
        let tree = catalogue.get_mut(b"Names").and_then(Object::as_dict_mut).unwrap();
        let pairs = tree.get_mut(b"Dests").and_then(Object::as_dict_mut).unwrap().get_mut(b"Names").and_then(Object::as_array_mut).unwrap();
        let at = pairs.iter().position(|own| own.as_str().is_ok_and(|name| name.starts_with(b"trade"))).unwrap();
        pairs.drain(at..at + 2);
        true
    }, "is not there"),
    ("marks lead to each other's notes", |file| {
        let one = all(file, |e| is_inner(e) && e.get(b"Dest").and_then(Object::as_str).is_ok_and(|name| name == b"note_1"));
        let other = all(file, |e| is_inner(e) && e.get(b"Dest").and_then(Object::as_str).is_ok_and(|name| name == b"note_2"));
        exchange(file, [one[0], other[0]], b"Dest")
    }, "and not to its note"),
    ("a way back to another reference", |file| first(file, |e| is_inner(e) && e.get(b"Dest").and_then(Object::as_str).is_ok_and(|name| name == b"ref_2"), |e| e.set("Dest", text("ref_1"))), "leads back to"),
    ("an entry of the contents to another heading", |file| {
        let all = all(file, |e| is_inner(e) && e.get(b"Dest").and_then(Object::as_str).is_ok_and(|name| !name.starts_with(b"note") && !name.starts_with(b"ref")));
        exchange(file, [all[2], all[3]], b"Dest")
    }, "leads elsewhere than to its heading"),
    ("a link moved aside", |file| first(file, is_outer, |e| moved(e, [60.0, 0.0])), "the link of “link of some words”"),
    ("a link moved to another line", |file| first(file, is_outer, |e| moved(e, [0.0, 30.0])), "the link of “link of some words”"),
    ("a link over more words", |file| first(file, is_outer, |e| {
        e.remove(b"QuadPoints");
        let mut rect = e.get(b"Rect").and_then(Object::as_array).unwrap().clone();
        rect[0] = Object::Real(rect[0].as_float().unwrap() - 40.0);
        e.set("Rect", rect);
    }), "reaches farther than its words"),
    ("a link over the page", |file| first(file, is_outer, |e| {
        e.remove(b"QuadPoints");
        e.set("Rect", vec![0.into(), 0.into(), 800.into(), 900.into()]);
    }), "reaches farther than its words"),
    ("a link over lines as a whole", |file| first(file, |e| is_outer(e) && e.has(b"QuadPoints"), |e| { e.remove(b"QuadPoints"); }), "reaches farther than its words"),
    ("a part of a link without its area", |file| first(file, |e| is_outer(e) && e.has(b"QuadPoints"), |e| {
        let mut points = e.get(b"QuadPoints").and_then(Object::as_array).unwrap().clone();
        points.truncate(8);
        e.set("QuadPoints", points);
    }), "does not lie on all of its words"),
    ("links exchanged", |file| {
        let all = all(file, is_outer);
        exchange(file, [all[0], all[1]], b"Rect")
    }, "the link of"),
    ("a link more", |file| {
        let own = all(file, is_outer)[0];
        let mut more = file.get_dictionary(own).unwrap().clone();
        moved(&mut more, [0.0, 60.0]);
        let more = file.add_object(more);
        first(file, |e| e.has(b"Annots"), move |e| e.get_mut(b"Annots").and_then(Object::as_array_mut).unwrap().push(more.into()))
    }, "a link belongs to no words"),
    ("a link that stands on no page", |file| first(file, has(b"Annots"), |e| e.get_mut(b"Annots").and_then(Object::as_array_mut).unwrap().clear()), "stands on no page"),
    ("a link of another element", |file| first(file, is_outer, |e| e.set("StructParent", 0)), "leads from the link of"),
    ("an element of another link", |file| {
        let other = all(file, is_outer)[1];
        first(file, is("Link"), move |e| {
            let kids = e.get_mut(b"K").and_then(Object::as_array_mut).unwrap();
            for kid in kids {
                if let Ok(kid) = kid.as_dict_mut() && kid.has(b"Obj") {
                    kid.set("Obj", other);
                }
            }
        })
    }, "belongs to other words too"),
];

#[test]
fn links_names_and_bookmarks_lead_to_where_things_stand() {
    let place = Place::new();
    place.write("source/places.yaml", piece());
    place.write("house.yaml", "name: house\nfront: {contents: on}\n");
    place
        .run("export source -q -f pdf --theme house.yaml")
        .expect(0);
    let name = "dist/links-and-places.pdf";
    let whole = place.read(name);
    place
        .run("verify source --strict --theme house.yaml")
        .expect(0);
    let missed = missed(&place, name, &whole, CHANGES);
    all_found("pdf, places", CHANGES.len(), &missed);
}
