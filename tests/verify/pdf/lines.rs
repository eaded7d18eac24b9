//! Lines of a PDF: how large their words are, where they stand, what is drawn between them, and what the file says of its making.

use lopdf::content::Operation;
use lopdf::{Document, Object};

use super::{Edit, around, longest, missed, operations, text, written};
use crate::change::{all_found, edition, exported_piece, first, only};

/// A piece whose paragraphs have lines enough to be told from each other.
const PIECE: &str = r#"
series: Flash Point
title: Proofs and Copies
date: 2025-11-04
language: en-GB
contributors:
  - name: Mansoor Ahmad Khan
    statement:
      - heading: Trade
      - There must be a strategy behind all options being exercised in the relations with key countries. In this case, dialogue and
        talks should be a preferred option, since the developments have already led to an escalation during the past several days;
        and the focus has to be on exploring all possibilities for having them on a wider agenda than was ever thought of before.
      - subheading: Ships
      - Few ships came.
"#;

/// The place of the operation that sets what is shown at another.
fn before(all: &[Operation], at: usize, operator: &str) -> usize {
    let mut places = (0..at).rev();
    places.find(|at| all[*at].operator == operator).unwrap()
}

/// Where the first or the last words under a tag are shown.
fn under(all: &[Operation], tag: &str, is_last: bool) -> usize {
    let is_tag = |op: &Operation| {
        let name = op.operands.first().and_then(|name| name.as_name().ok());
        op.operator == "BDC" && name.is_some_and(|name| name == tag.as_bytes())
    };
    let from = match is_last {
        true => all.iter().rposition(is_tag),
        false => all.iter().position(is_tag),
    };
    let from = from.unwrap();
    let shows = all[from..].iter().position(|op| op.operator == "TJ");
    from + shows.unwrap()
}

/// Shows the words at a place in another size.
fn sized(all: &mut Vec<Operation>, at: usize, by: f32) -> bool {
    let font = all[before(all, at, "Tf")].clone();
    let mut other = font.clone();
    let size = font.operands[1].as_float().unwrap();
    other.operands[1] = Object::Real(size * by);
    all.insert(at + 1, font);
    all.insert(at, other);
    true
}

/// Moves the longest line.
fn moved(file: &mut Document, across: f32, up: f32) -> bool {
    operations(file, 0, |all| {
        let at = before(all, longest(all), "Tm");
        let place = &mut all[at].operands;
        let [x, y] = [4, 5].map(|at| place[at].as_float().unwrap());
        place[4] = Object::Real(x + across);
        place[5] = Object::Real(y + up);
        true
    })
}

/// Draws the longest line narrower.
fn narrowed(file: &mut Document) -> bool {
    operations(file, 0, |all| {
        let at = before(all, longest(all), "Tm");
        all[at].operands[0] = Object::Real(0.93);
        true
    })
}

/// Changes what the document information says under a key.
fn information(file: &mut Document, key: &'static str, value: &'static str) -> bool {
    first(
        file,
        |own| own.has(b"Producer") && own.has(b"CreationDate"),
        |own| own.set(key, text(value)),
    )
}

/// Draws a rule under the longest line.
fn ruled(file: &mut Document, colour: &str, thick: f32) -> bool {
    operations(file, 0, |all| {
        let at = before(all, longest(all), "Tm");
        let [x, y] = [4, 5].map(|place| all[at].operands[place].as_float().unwrap());
        let y = y - 2.0;
        let rule = format!("/Artifact <</Type /Layout>> BDC {colour} {x} {y} 120 {thick} re f EMC");
        all.extend(written(&rule));
        true
    })
}

#[rustfmt::skip]
pub(crate) const CHANGES: &[(&str, Edit, &str)] = &[
    ("a heading that is smaller", |file| operations(file, 0, |all| { let at = under(all, "H3", false); sized(all, at, 0.85) }), "by its theme: “Trade”"),
    ("a heading that is larger than that above it", |file| operations(file, 0, |all| { let at = under(all, "H4", false); sized(all, at, 1.8) }), "by its theme: “Ships”"),
    ("a name that is smaller", |file| operations(file, 0, |all| { let at = under(all, "H2", false); sized(all, at, 0.9) }), "by its theme: “Mansoor Ahmad Khan”"),
    ("a paragraph that is larger", |file| operations(file, 0, |all| { let at = under(all, "P", true); sized(all, at, 1.3) }), "by its theme"),
    ("a line that stands lower", |file| moved(file, 0.0, -3.0), "not all as far from each other"),
    ("a line that stands higher", |file| moved(file, 0.0, 2.0), "not all as far from each other"),
    ("a line that stands beside the others", |file| moved(file, 60.0, 0.0), "begins and ends beside all others"),
    ("a line before the others", |file| moved(file, -30.0, 0.0), "begins and ends beside all others"),
    ("a line that is narrower", narrowed, "pulled apart or pressed together"),
    ("letters far from each other", |file| around(file, "1.2 Tc", "0 Tc"), "its letters stand too far from each other"),
    ("letters near each other", |file| around(file, "-0.9 Tc", "0 Tc"), "its letters stand too far from each other, or too near"),
    ("words that are underlined", |file| ruled(file, "0.102 0.102 0.102 rg", 0.6), "a rule is drawn"),
    ("a band in another colour", |file| ruled(file, "1 1 0 rg", 7.0), "a rule is drawn"),
    ("another day of change", |file| information(file, "ModDate", "D:20400101000000Z"), "changed on 2040-01-01"),
    ("another hour of making", |file| information(file, "CreationDate", "D:20251104030000Z"), "made on 2025-11-04, in the metadata at another time"),
    ("another hour by its place", |file| information(file, "CreationDate", "D:20251104000000+05'00'"), "in the metadata at another time"),
    ("another maker", |file| information(file, "Creator", "Another"), "it was made by “Another”"),
];

#[test]
fn lines_are_where_and_as_large_as_their_theme_has_them() {
    let place = only(exported_piece(PIECE), &["pdf"]);
    let name = edition("pdf");
    let whole = place.read(&name);
    let missed = missed(&place, &name, &whole, CHANGES);
    all_found("lines of PDFs", CHANGES.len(), &missed);
}

/// A house whose faces have CFF outlines.
const HOUSE: &str = "faces:\n  text: {regular: a/Cantarell-Regular.otf, italic: a/Cantarell-Regular.otf, bold: a/Cantarell-Bold.otf, bold-italic: a/Cantarell-Bold.otf, use: [pdf, cover, docx, epub, web]}\n";

#[test]
fn outlines_of_cff_faces_are_held_against_the_faces_of_the_theme() {
    let place = crate::program::Place::new();
    place.write(
        "source/piece.yaml",
        PIECE.replace("a strategy", "a **strong strategy of all**"),
    );
    let faces = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/faces");
    for face in ["Cantarell-Regular.otf", "Cantarell-Bold.otf"] {
        place.write(
            format!("a/{face}"),
            std::fs::read(format!("{faces}/{face}")).unwrap(),
        );
    }
    place.write("house.yaml", HOUSE);
    place
        .run("export source -q -f pdf --theme house.yaml")
        .expect(0);
    let verify = "verify source --strict --theme house.yaml";
    let ran = place.run(verify).expect(0);
    assert!(!ran.stderr.contains("not compared"), "{}", ran.stderr);
    let name = edition("pdf");
    let whole = place.read(&name);
    // The outlines of the heavy face where those of the light one should be.
    let changed = crate::change::edit(&whole, |file| {
        let programs: Vec<_> = file
            .objects
            .values()
            .filter_map(|object| {
                let descriptor = object.as_dict().ok()?;
                let name = descriptor.get(b"FontName").and_then(Object::as_name).ok()?;
                let program = descriptor
                    .get(b"FontFile3")
                    .and_then(Object::as_reference)
                    .ok()?;
                Some((String::from_utf8_lossy(name).into_owned(), program))
            })
            .collect();
        let of = |name: &str| {
            programs
                .iter()
                .find(|(own, _)| own.ends_with(name))
                .map(|(_, id)| *id)
        };
        let (Some(light), Some(heavy)) = (of("Cantarell-Regular"), of("Cantarell-Bold")) else {
            return false;
        };
        let heavy = file.objects[&heavy].clone();
        file.objects.insert(light, heavy);
        true
    });
    place.write(&name, changed);
    let ran = place.run(verify).expect(1);
    assert!(
        ran.stderr.contains("Cantarell-Regular") || ran.stderr.contains("is drawn"),
        "{}",
        ran.stderr
    );
}
