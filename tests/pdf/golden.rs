//! The structure tree as a text that a person can review.

use expect_test::expect_file;

use crate::edition::{from_file, root};
use crate::reader::{Element, Kid, read};

fn dump(element: &Element, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    let says: String = element.says.iter().map(|said| format!(" {said}")).collect();
    out.push_str(&format!("{indent}{}{says}\n", element.role));
    for kid in &element.kids {
        match kid {
            Kid::Element(kid) => dump(kid, depth + 1, out),
            Kid::Text(text) => out.push_str(&format!("{indent}  {}\n", short(text))),
            Kid::Annotation { leads, contents } => {
                out.push_str(&format!("{indent}  -> {leads} {}\n", short(contents)));
            }
        }
    }
}

/// A text, its middle left out when it is long.
fn short(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    if chars.len() <= 70 {
        return format!("{text:?}");
    }
    let (head, tail): (String, String) = (
        chars[..40].iter().collect(),
        chars[chars.len() - 20..].iter().collect(),
    );
    format!("{head:?} ({} characters) {tail:?}", chars.len())
}

fn golden(source: &str, name: &str) {
    let edition = from_file(&root().join(source)).unwrap();
    let mut dumped = String::new();
    dump(&read(&edition.bytes), 0, &mut dumped);
    expect_file![root().join("tests/goldens/pdf").join(name)].assert_eq(&dumped);
}

#[test]
fn the_real_piece_has_its_structure() {
    golden("source/flash-point.yaml", "flash-point.tree.txt");
}

#[test]
fn every_block_has_its_structure() {
    golden(
        "tests/fixtures/valid/every-block.yaml",
        "every-block.tree.txt",
    );
}

#[test]
fn notes_have_their_structure() {
    golden("tests/fixtures/valid/notes.yaml", "notes.tree.txt");
}

#[test]
fn languages_have_their_structure() {
    golden("tests/fixtures/valid/languages.yaml", "languages.tree.txt");
}
