//! Text that a PDF says and nobody sees.

use lopdf::Document;
use lopdf::content::Operation;

use super::{Edit, is, longest, missed, operations, written};
use crate::change::{all_found, edit, edition, exported_as, first, found};

/// Writes operators into the first page before its longest line, and behind all of it.
fn drawn(before: &'static str, behind: &'static str) -> impl Fn(&mut Document) -> bool {
    move |document| {
        operations(document, 0, |all| {
            let at = longest(all);
            all.splice(at..at, written(before));
            all.extend(written(behind));
            true
        })
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
        "a thick line over it",
        "",
        "q 2000 w 0 400 m 2000 400 l S Q",
        "covers it",
    ),
    (
        "text slanted",
        "1 0 0.5 1 100 500 Tm",
        "",
        "slanted or turned",
    ),
    (
        "text turned a little",
        "0.98 0.17 -0.17 0.98 100 500 Tm",
        "",
        "slanted or turned",
    ),
    (
        "a line that nothing holds",
        "",
        "EMC q 1 w 50 20 m 500 20 l S Q",
        "neither tags nor artifacts hold",
    ),
    ("pale text", "0.93 g", "", "hardly told"),
    (
        "text spaced far",
        "4 Tc",
        "0 Tc",
        "pulled apart or pressed together",
    ),
    (
        "text pressed together",
        "50 Tz",
        "100 Tz",
        "pulled apart or pressed together",
    ),
    ("text as lines", "1 Tr", "0 Tr", "drawn as lines"),
    ("text that cuts", "4 Tr", "0 Tr", "drawn as lines"),
    (
        "text in a pattern",
        "/Pattern cs /P0 scn",
        "",
        "has a pattern",
    ),
    (
        "text in a colour of its own",
        "/Cs9 cs 0.3 scn",
        "",
        "has a pattern",
    ),
    (
        "text cut to a shape",
        "ET q 0 0 m 600 0 l 300 900 l h W n BT 1 0 0 1 100 500 Tm",
        "ET Q BT",
        "cut to a shape",
    ),
    (
        "text on a pattern",
        "ET q /Pattern cs /P0 scn 0 0 2000 20 re f Q BT 1 0 0 1 100 8 Tm",
        "",
        "on a picture or a pattern",
    ),
    (
        "an image over it",
        "",
        "q 2000 0 0 2000 0 0 cm /Im0 Do Q",
        "covers it",
    ),
];

/// The place of the matrix of text that is in force at an operation.
fn matrix(operations: &[Operation], at: usize) -> usize {
    let before = operations[..at].iter();
    before
        .rev()
        .position(|op| op.operator == "Tm")
        .map(|back| at - 1 - back)
        .unwrap()
}

/// Draws something over the longest line, which begins at this place.
fn over(file: &mut Document, draw: impl Fn(f32, f32) -> String) -> bool {
    operations(file, 0, |all| {
        let at = matrix(all, longest(all));
        let [x, y] = [4, 5].map(|index| all[at].operands[index].as_float().unwrap());
        all.extend(written(&draw(x, y)));
        true
    })
}

/// Puts the line behind the longest one so much below its baseline.
fn onto(file: &mut Document, below: f32) -> bool {
    operations(file, 0, |all| {
        let longest = longest(all);
        let at = matrix(all, longest);
        let next = all[longest..].iter().position(|op| op.operator == "Tm");
        let Some(next) = next else { return false };
        let mut operands = all[at].operands.clone();
        operands[5] = (operands[5].as_float().unwrap() - below).into();
        all[longest + next].operands = operands;
        true
    })
}

#[rustfmt::skip]
pub(crate) const DRAWN: &[(&str, Edit, &str)] = &[
    ("struck out by a line", |file| over(file, |x, y| format!("q 0.5 w {x} {} m {} {} l S Q", y + 2.5, x + 300.0, y + 2.5)), "covers it"),
    ("struck out by an area", |file| over(file, |x, y| format!("q 1 0 0 rg {x} {} 300 0.6 re f Q", y + 2.0)), "covers it"),
    ("half of it covered", |file| over(file, |x, y| format!("q 1 g {} {} 300 10 re f Q", x + 60.0, y - 2.0)), "covers it"),
    ("a frame of thick lines", |file| over(file, |x, y| format!("q 12 w {x} {} 200 200 re S Q", y + 3.0)), "covers it"),
    ("a line on another", |file| onto(file, 0.0), "over other words"),
    ("lines exchanged", |file| operations(file, 0, |all| {
        let one = matrix(all, longest(all));
        let next = all[one + 1..].iter().position(|op| op.operator == "Tm");
        let Some(next) = next.map(|next| one + 1 + next) else { return false };
        let operands = all[one].operands.clone();
        all[one].operands = all[next].operands.clone();
        all[next].operands = operands;
        true
    }), "page 1:"),
    ("a line nearly on another", |file| onto(file, 3.0), "over other words"),
];

#[test]
fn what_is_drawn_over_words_is_found_and_named() {
    let place = exported_as(&["pdf"]);
    let name = edition("pdf");
    let whole = place.read(&name);
    let missed = missed(&place, &name, &whole, DRAWN);
    all_found("pdf, what is drawn over words", DRAWN.len(), &missed);
}

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
