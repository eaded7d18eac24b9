//! Letters of symbol faces in Word documents: Greek, mathematics, arrows.

use flashpoint::import::Imported;

use super::word::{TEXT, p, r, statement};

fn in_face(face: &str, text: &str) -> String {
    format!(
        "<w:r><w:rPr><w:rFonts w:ascii=\"{face}\" w:hAnsi=\"{face}\" w:hint=\"default\"/></w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>"
    )
}

fn sym(face: &str, code: &str) -> String {
    format!("<w:r><w:sym w:font=\"{face}\" w:char=\"{code}\"/></w:r>")
}

fn lost(imported: &Imported) -> Vec<&str> {
    let remarks = imported.remarks.iter();
    let lost = remarks.filter(|remark| {
        remark.message.contains("symbol face")
            || remark.message.contains("the face")
            || remark.message.contains("found no place")
    });
    lost.map(|remark| remark.message.as_str()).collect()
}

#[test]
fn letters_of_the_face_symbol_are_greek_and_mathematical() {
    let body = p(&(r("The radius is 2")
        + &in_face("Symbol", "p")
        + &r("r where x")
        + &sym("Symbol", "F0A3")
        + &r("y, and ")
        + &sym("Symbol", "F061")
        + &in_face("Symbol", "\u{f062}\u{f0a5} a b")
        + &r(" hold: ")
        + &in_face("Wingdings", "\u{fc}")
        + &sym("Wingdings", "F0E0")
        + &r(" done. ")
        + &r(TEXT)));
    let (source, imported) = statement(&[("document", &body)]);
    let flat = source.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        flat.contains("The radius is 2πr where x≤y, and αβ∞ α β hold: ✔→ done."),
        "{source}"
    );
    assert_eq!(lost(&imported), Vec::<&str>::new());
    assert_eq!(imported.count.found, imported.count.written);
}

#[test]
fn signs_of_symbol_faces_without_an_equal_stay_and_are_told() {
    let body = p(&(r(TEXT) + &r(" ") + &in_face("Wingdings", "!") + &sym("Webdings", "F021")));
    let (source, imported) = statement(&[("document", &body)]);
    assert!(
        source.contains("!\u{f021}") || source.contains("!\\uF021"),
        "{source}"
    );
    assert_eq!(lost(&imported).len(), 2, "{:?}", imported.remarks);
}

#[test]
fn a_bullet_of_a_symbol_face_labels_an_item() {
    let item = |text: &str| p(&(in_face("Symbol", "\u{f0b7}") + &r(" ") + &r(text)));
    let body = p(&r(TEXT)) + &item("Open the border") + &item("Agree on monitors");
    let (source, _) = statement(&[("document", &body)]);
    assert!(source.contains("- list:\n"), "{source}");
}
