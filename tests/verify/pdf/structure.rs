//! Elements around the words of a PDF: what stands in what, and what lists and notes are labelled with.

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::{Edit, is, missed, operations, text};
use crate::change::{all_found, edition, exported_as, first};

/// Gives the first element of a role another.
fn renamed(file: &mut Document, from: &'static str, to: &'static str) -> bool {
    first(file, is(from), |element| element.set("S", to))
}

/// Changes the attributes of the first list that says this of its labels.
fn numbering(file: &mut Document, from: &'static str, change: impl Fn(&mut Dictionary)) -> bool {
    let says = |element: &Dictionary| {
        let attributes = element.get(b"A").and_then(Object::as_dict);
        let own = attributes.and_then(|own| own.get(b"ListNumbering"));
        own.and_then(Object::as_name)
            .is_ok_and(|own| own == from.as_bytes())
    };
    first(file, says, change)
}

/// The elements of a role.
fn elements(file: &Document, role: &'static str) -> Vec<ObjectId> {
    let all = file.objects.iter();
    let all = all.filter(|(_, object)| object.as_dict().is_ok_and(is(role)));
    all.map(|(id, _)| *id).collect()
}

/// The kids of an element.
fn kids(file: &Document, element: ObjectId) -> Vec<Object> {
    match file.get_dictionary(element).unwrap().get(b"K") {
        Ok(Object::Array(kids)) => kids.clone(),
        Ok(kid) => vec![kid.clone()],
        Err(_) => Vec::new(),
    }
}

/// Puts the kids of one element behind those of another.
fn poured(file: &mut Document, from: ObjectId, to: ObjectId) -> bool {
    let moved = kids(file, from);
    let mut all = kids(file, to);
    for kid in moved.iter().filter_map(|kid| kid.as_reference().ok()) {
        file.get_dictionary_mut(kid).unwrap().set("P", to);
    }
    all.extend(moved);
    file.get_dictionary_mut(to).unwrap().set("K", all);
    file.get_dictionary_mut(from).unwrap().remove(b"K");
    true
}

/// Exchanges what the first two elements of a role show: their marks in the content.
fn exchanged(file: &mut Document, role: &'static str) -> bool {
    let all = elements(file, role);
    let (one, other) = (kids(file, all[0]), kids(file, all[1]));
    file.get_dictionary_mut(all[0]).unwrap().set("K", other);
    file.get_dictionary_mut(all[1]).unwrap().set("K", one);
    true
}

/// Sets the face of the first words of an element to that of the words before them.
fn in_the_face_before(file: &mut Document, tag: &'static str) -> bool {
    operations(file, 0, |all| {
        let begin = all.iter().position(|op| {
            op.operator == "BDC"
                && op.operands[0]
                    .as_name()
                    .is_ok_and(|name| name == tag.as_bytes())
        });
        let Some(begin) = begin else { return false };
        let own = all[begin..].iter().position(|op| op.operator == "Tf");
        let before = all[..begin].iter().rposition(|op| op.operator == "Tf");
        let (Some(own), Some(before)) = (own, before) else {
            return false;
        };
        all[begin + own].operands = all[before].operands.clone();
        true
    })
}

/// Raises the first words that a tag lowers.
fn raised(file: &mut Document) -> bool {
    operations(file, 0, |all| {
        let begin = all.iter().position(|op| {
            op.operator == "BDC" && op.operands[0].as_name().is_ok_and(|name| name == b"Span")
        });
        let Some(begin) = begin else { return false };
        let show = all[begin..].iter().position(|op| op.operator == "TJ");
        let Some(show) = show else { return false };
        let at = begin + show;
        all.splice(at + 1..at + 1, super::written("0 Ts"));
        all.splice(at..at, super::written("4 Ts"));
        true
    })
}

/// Makes the size of words another behind the nth time that it is set.
fn resized(file: &mut Document, at: usize, by: f32) -> bool {
    operations(file, 0, |all| {
        let sets = all.iter_mut().filter(|op| op.operator == "Tf");
        let Some(set) = sets.into_iter().nth(at) else {
            return false;
        };
        set.operands[1] = Object::Real(set.operands[1].as_float().unwrap() * by);
        true
    })
}

#[rustfmt::skip]
pub(crate) const CHANGES: &[(&str, Edit, &str)] = &[
    ("a quotation made a group", |file| renamed(file, "BlockQuote", "Div"), "stands in Document / Sect / Div / P"),
    ("a section made a group", |file| renamed(file, "Sect", "Div"), "stands in Document / Div"),
    ("the document made a part", |file| renamed(file, "Document", "Part"), "stands in Part /"),
    ("a caption made a paragraph", |file| renamed(file, "Caption", "P"), "by its source"),
    ("the head of a table made its body", |file| renamed(file, "THead", "TBody"), "stands in Document / Sect / Table / TBody / TR / TH"),
    ("the body of a table made its foot", |file| renamed(file, "TBody", "TFoot"), "TFoot"),
    ("the body of an item made a group", |file| renamed(file, "LBody", "Div"), "L / LI / Div"),
    ("an item made a group", |file| renamed(file, "LI", "Div"), "Div / LBody"),
    ("a label made a span", |file| renamed(file, "Lbl", "Span"), "in the source “1”"),
    ("a list of another kind", |file| numbering(file, "Decimal", |e| e.set("A", lopdf::dictionary! { "O" => "List", "ListNumbering" => "UpperRoman" })), "of the kind UpperRoman"),
    ("a list that says nothing of its labels", |file| numbering(file, "Disc", |e| { e.remove(b"A"); }), "of the kind None"),
    ("signs where others are", |file| numbering(file, "Circle", |e| e.set("A", lopdf::dictionary! { "O" => "List", "ListNumbering" => "Disc" })).max(numbering(file, "Disc", |e| e.set("A", lopdf::dictionary! { "O" => "List", "ListNumbering" => "Square" }))), "a list is of the kind"),
    ("labels exchanged", |file| {
        let labels = elements(file, "Lbl");
        let (one, other) = (kids(file, labels[0]), kids(file, *labels.last().unwrap()));
        file.get_dictionary_mut(labels[0]).unwrap().set("K", other);
        file.get_dictionary_mut(*labels.last().unwrap()).unwrap().set("K", one);
        true
    }, "by its source"),
    ("sections poured together", |file| {
        let all = elements(file, "Sect");
        poured(file, all[1], all[0])
    }, "stands in another Sect"),
    ("rows poured together", |file| {
        let all = elements(file, "TR");
        poured(file, all[2], all[1])
    }, "row"),
    ("items poured together", |file| {
        let all = elements(file, "LBody");
        poured(file, all[1], all[0])
    }, "stands in another LI"),
    ("a paragraph in a section of its own", |file| {
        let paragraph = elements(file, "P").pop().unwrap();
        let parent = file.get_dictionary(paragraph).unwrap().get(b"P").unwrap().as_reference().unwrap();
        let section = file.add_object(lopdf::dictionary! { "Type" => "StructElem", "S" => "Sect", "P" => parent, "K" => paragraph });
        file.get_dictionary_mut(paragraph).unwrap().set("P", section);
        let kids: Vec<Object> = kids(file, parent).into_iter().map(|kid| match kid.as_reference() {
            Ok(id) if id == paragraph => section.into(),
            _ => kid,
        }).collect();
        file.get_dictionary_mut(parent).unwrap().set("K", kids);
        true
    }, "Sect"),
    ("the mark of a note for another", |file| first(file, is("Note"), |e| e.set("ID", text("other"))).max(exchanged(file, "TD")), "says"),
    ("a paragraph that its content calls a heading", |file| operations(file, 0, |all| {
        let begin = all.iter_mut().find(|op| op.operator == "BDC" && op.operands[0].as_name().is_ok_and(|name| name == b"P"));
        begin.is_some_and(|begin| {
            begin.operands[0] = "H1".into();
            true
        })
    }), "what is content of P is called H1"),
    ("emphasis in the face of the text", |file| in_the_face_before(file, "Em"), "emphasised words are drawn in the face of the others"),
    ("strength in the face of the text", |file| in_the_face_before(file, "Strong"), "strong words are drawn in the face of the others"),
    ("words raised", |file| operations(file, 0, |all| {
        let at = super::longest(all);
        all.splice(at + 1..at + 1, super::written("0 Ts"));
        all.splice(at..at, super::written("4 Ts"));
        true
    }), "raised or lowered that no tag says it of"),
    ("a text of sixty points", |file| operations(file, 0, |all| {
        let at = super::longest(all);
        let set = all[..at].iter().rposition(|op| op.operator == "Tf").unwrap();
        all[set].operands[1] = Object::Real(60.0);
        true
    }), "it reaches out of the page"),
    ("a text of three points", |file| operations(file, 0, |all| {
        let at = super::longest(all);
        let set = all[..at].iter().rposition(|op| op.operator == "Tf").unwrap();
        all[set].operands[1] = Object::Real(3.0);
        true
    }), "words"),
    ("a title smaller than the text", |file| resized(file, 1, 0.2), "smaller"),
    ("lowered words raised", raised, "not raised or lowered as its tag says"),
];

#[test]
fn elements_around_words_are_those_of_the_source_and_words_look_as_they_say() {
    let place = exported_as(&["pdf"]);
    let name = edition("pdf");
    let whole = place.read(&name);
    let missed = missed(&place, &name, &whole, CHANGES);
    all_found("pdf, structure and look", CHANGES.len(), &missed);
}
