//! Lines, rules and furniture that stand elsewhere than their theme has them, each moved alone and by little; and drawings that show
//! something else.

use lopdf::content::{Content, Operation};
use lopdf::{Document, Object};

use super::{Edit, missed, operations, places_exchanged};
use crate::change::{all_found, edition, exported_piece, only};
use crate::program::Place;

const PIECE: &str = r#"
series: Flash Point
title: Proofs and Copies
date: 2025-11-04
language: en-GB
citation: Cite it so.
contributors:
  - name: Mansoor Ahmad Khan
    affiliation: A former ambassador
    statement:
      - heading: Trade
      - There must be a strategy behind all options being exercised in the relations with key countries, and a note[^one] on it.
      - list: [apples, plums]
      - quote: {text: To be or not, by: Somebody}
      - table: {header: [[Year, Goods, Sum]], rows: [[first, ships, 7], [second, wool, 12], [third, corn, 104]], caption: Ships by year}
      - The last word of it *al*together.
notes: {one: The note itself.}
"#;

/// Moves the lines under the first or the last tag of a kind.
fn moved(file: &mut Document, tag: &str, is_last: bool, by: [f32; 2]) -> bool {
    operations(file, 0, |all| {
        let is_tag = |op: &Operation| {
            let name = op.operands.first().and_then(|name| name.as_name().ok());
            op.operator == "BDC" && name.is_some_and(|name| name == tag.as_bytes())
        };
        let places: Vec<usize> = (0..all.len()).filter(|at| is_tag(&all[*at])).collect();
        let from = if is_last {
            places.last()
        } else {
            places.first()
        };
        let from = *from.unwrap();
        let until = from
            + all[from..]
                .iter()
                .position(|op| op.operator == "EMC")
                .unwrap();
        for op in all[from..until].iter_mut().filter(|op| op.operator == "Tm") {
            for (place, by) in op.operands[4..].iter_mut().zip(by) {
                *place = Object::Real(place.as_float().unwrap() + by);
            }
        }
        true
    })
}

/// Changes a rule, counted from the first: its left edge, its lower one, its width and its height.
fn ruled(file: &mut Document, which: usize, by: [f32; 4]) -> bool {
    operations(file, 0, |all| {
        let mut rules = all.iter_mut().filter(|op| op.operator == "re");
        let rule = rules.nth(which).unwrap();
        for (place, by) in rule.operands.iter_mut().zip(by) {
            *place = Object::Real(place.as_float().unwrap() + by);
        }
        true
    })
}

/// A picture with words below it.
const PICTURE: &str = r#"
series: Flash Point
title: Proofs and Copies
date: 2025-11-04
language: en-GB
contributors:
  - name: Mansoor Ahmad Khan
    statement:
      - figure: {image: disc.png, alt: A disc above a bar, caption: The figure, credit: Ann Rowe}
      - The last word of it all.
"#;

#[test]
fn the_credit_of_a_picture_stands_below_its_caption() {
    let place = only(exported_piece(PICTURE), &["pdf"]);
    let name = edition("pdf");
    let whole = place.read(&name);
    place.run("verify source --strict").expect(0);
    let exchanged: &[(&str, Edit, &str)] = &[(
        "caption and credit exchanged",
        |file| {
            let is_picture = |op: &Operation| {
                let name = op.operands.first().and_then(|name| name.as_name().ok());
                name.is_some_and(|name| name == b"Figure")
            };
            places_exchanged(file, 0, is_picture, 5)
        },
        "it stands above the caption before it",
    )];
    let missed = missed(&place, &name, &whole, exchanged);
    all_found("pdf, words below pictures", 1, &missed);
}

#[rustfmt::skip]
pub(crate) const CHANGES: &[(&str, Edit, &str)] = &[
    ("a series higher", |file| moved(file, "P", false, [0.0, 3.0]), "too far below what is above it, or too near"),
    ("a title lower", |file| moved(file, "H1", false, [0.0, -3.0]), "too far below what is above it, or too near"),
    ("a title beside its column", |file| moved(file, "H1", false, [4.0, 0.0]), "beside the column of its kind"),
    ("a name higher", |file| moved(file, "H2", false, [0.0, 3.0]), "too far below what is above it, or too near"),
    ("a heading lower", |file| moved(file, "H3", false, [0.0, -2.0]), "too far below what is above it, or too near"),
    ("a heading beside its column", |file| moved(file, "H3", false, [-3.0, 0.0]), "beside the column of its kind"),
    ("a paragraph of one line higher", |file| moved(file, "P", true, [0.0, 2.0]), "page 1: "),
    ("a stressed word beside its place", |file| moved(file, "Em", false, [3.0, 0.0]), "stand nearer to each other or farther than others of it"),
    ("a stressed word over the stop behind it", |file| moved(file, "Em", false, [2.0, 0.0]), "words stand beside their place on the line"),
    ("a label lower", |file| moved(file, "Lbl", false, [0.0, -2.0]), "its label stands on another line"),
    ("a cell higher", |file| moved(file, "TD", false, [0.0, 2.0]), "does not stand on the line of its row"),
    ("a cell beside its column", |file| moved(file, "TD", false, [5.0, 0.0]), "cells of a column do not stand under each other"),
    ("a number beside its column", |file| moved(file, "TD", true, [2.0, 0.0]), "numbers of a column do not stand under each other"),
    ("a cell behind the next", |file| moved(file, "TD", false, [250.0, 0.0]), "stands before the one that is read before it"),
    ("a head of a column lower", |file| moved(file, "TH", true, [0.0, -2.0]), "does not stand on the line of its row"),
    ("a rule under the title that is shorter", |file| ruled(file, 0, [0.0, 0.0, -100.0, 0.0]), "page 1: "),
    ("a rule under the title that stands lower", |file| ruled(file, 0, [0.0, -3.0, 0.0, 0.0]), "page 1: "),
    ("a rule of a table that stands farther right", |file| ruled(file, 1, [9.0, 0.0, 0.0, 0.0]), "elsewhere than its theme has it"),
    ("a rule of a table that stands higher", |file| ruled(file, 2, [0.0, 3.0, 0.0, 0.0]), "elsewhere than at its rows"),
    ("a foot higher", |file| moved(file, "Artifact", true, [0.0, 6.0]), "its head or foot stands elsewhere"),
];

#[test]
fn lines_stand_where_their_theme_has_them() {
    let place = only(exported_piece(PIECE), &["pdf"]);
    let name = edition("pdf");
    let whole = place.read(&name);
    place.run("verify source --strict").expect(0);
    let missed = missed(&place, &name, &whole, CHANGES);
    all_found("pdf, where lines stand", CHANGES.len(), &missed);
}

/// A drawing with an area, a line, a gradient and a layer.
const DRAWING: &str = "<svg xmlns='http://www.w3.org/2000/svg' width='120' height='60'>\
    <linearGradient id='g'><stop offset='0' stop-color='red'/><stop offset='1' stop-color='blue'/></linearGradient>\
    <rect width='40' height='30' fill='#336699'/><path d='M5 5 L60 40 L90 10' fill='none' stroke='black' stroke-width='3'/>\
    <g opacity='.5'><circle cx='90' cy='40' r='15' fill='url(#g)'/></g></svg>";

/// Changes the operations of the form that holds the first operation of a kind.
fn drawn(file: &mut Document, operator: &str, change: impl Fn(&mut Operation)) -> bool {
    let ids: Vec<_> = file.objects.keys().copied().collect();
    ids.into_iter().any(|id| {
        let Ok(Object::Stream(stream)) = file.get_object_mut(id) else {
            return false;
        };
        let kind = stream.dict.get(b"Subtype").and_then(Object::as_name);
        if !kind.is_ok_and(|kind| kind == b"Form") {
            return false;
        }
        let _ = stream.decompress();
        let mut content = Content::decode(&stream.content).unwrap();
        let mut all = content.operations.iter_mut();
        let Some(own) = all.find(|own| own.operator == operator) else {
            return false;
        };
        change(own);
        stream.set_plain_content(content.encode().unwrap());
        true
    })
}

/// Changes a number of an operation.
fn number(operation: &mut Operation, at: usize, by: f32) {
    let was = operation.operands[at].as_float().unwrap();
    operation.operands[at] = Object::Real(was + by);
}

#[rustfmt::skip]
const DRAWN: &[(&str, Edit, &str)] = &[
    ("another colour", |file| drawn(file, "rg", |own| number(own, 0, 0.3)), "shows something else"),
    ("another place", |file| drawn(file, "l", |own| number(own, 0, 1.0)), "shows something else"),
    ("another curve", |file| drawn(file, "c", |own| number(own, 1, 2.0)), "shows something else"),
    ("a broader line", |file| drawn(file, "w", |own| number(own, 0, 2.0)), "shows something else"),
    ("an area that is not filled", |file| drawn(file, "f", |own| own.operator = "n".to_owned()), "shows something else"),
    ("a gradient elsewhere", |file| drawn(file, "cm", |own| number(own, 4, 3.0)), "shows something else"),
    ("nothing of a gradient", |file| drawn(file, "sh", |own| { own.operator = "n".to_owned(); own.operands.clear(); }), "shows something else"),
];

#[test]
#[cfg(feature = "svg")]
fn drawings_show_what_their_source_shows() {
    let place = Place::new();
    let piece = PIECE.replace(
        "      - The last word",
        "      - figure: {image: drawing.svg, alt: A drawing}\n      - The last word",
    );
    place.write("source/piece.yaml", piece);
    place.write("source/drawing.svg", DRAWING);
    place.run("export source -q -f pdf").expect(0);
    let name = edition("pdf");
    let whole = place.read(&name);
    place.run("verify source --strict").expect(0);
    let missed = missed(&place, &name, &whole, DRAWN);
    all_found("pdf, drawings", DRAWN.len(), &missed);
}
