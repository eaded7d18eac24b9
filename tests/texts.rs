//! Texts as YAML writes them: what parts paragraphs, and what is one line.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::fs;

use flashpoint::load::{Loaded, load};

const HEAD: &str = "series: Flash Point\ntitle: A Title\ndate: 2025-01-01\nlanguage: en-GB\n";
const CONTRIBUTOR: &str = "contributors:\n  - name: Robin Ashe\n    statement:\n";

fn loaded(text: &str) -> Loaded {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.yaml");
    fs::write(&path, text).unwrap();
    load(&path)
}

/// A statement of these lines, which YAML reads without a word.
fn statement(blocks: &str) -> Loaded {
    let lines: String = blocks
        .lines()
        .map(|line| format!("      {line}\n"))
        .collect();
    let loaded = loaded(&format!("{HEAD}{CONTRIBUTOR}{lines}"));
    assert_eq!(loaded.diagnostics, [], "{blocks}");
    loaded
}

#[test]
fn a_blank_line_makes_two_paragraphs_wherever_blocks_can_stand() {
    let plain = "- One two.\n- Three.";
    for blocks in [
        "- One\n  two.\n\n  Three.",
        "- |\n  One two.\n\n  Three.",
        "- |\n  One\n  two.\n   \n\n  Three.\n",
        "- >\n  One\n  two.\n\n  Three.",
        "- 'One\n  two.\n\n  Three.'",
        "- \"One\n  two.\n\n  Three.\"",
        "- \"One two.\\n\\nThree.\"",
    ] {
        assert_eq!(statement(blocks).piece, statement(plain).piece, "{blocks}");
    }
    for (blocks, plain) in [
        (
            "- list:\n    - |\n      One.\n\n      Two.\n    - Three.",
            "- list:\n    - - One.\n      - Two.\n    - Three.",
        ),
        (
            "- list:\n    - - |\n        One.\n\n        Two.\n      - Three.",
            "- list:\n    - - One.\n      - Two.\n      - Three.",
        ),
        (
            "- quote: |\n    One.\n\n    Two.",
            "- quote: {text: [One., Two.]}",
        ),
        (
            "- quote:\n    text: |\n      One.\n\n      Two.\n    by: N",
            "- quote: {text: [One., Two.], by: N}",
        ),
        (
            "- quote:\n    text:\n      - |\n        One.\n\n        Two.\n      - Three.",
            "- quote: {text: [One., Two., Three.]}",
        ),
    ] {
        assert_eq!(statement(blocks).piece, statement(plain).piece, "{blocks}");
    }
}

#[test]
fn other_line_ends_are_spaces() {
    let plain = "- One two.";
    for blocks in [
        "- |\n  One\n    two.\n\n",
        "- \"One\\ntwo.\"",
        "- >-\n  One\n  two.",
        "- \"One \\\n   two.\"",
    ] {
        assert_eq!(statement(blocks).piece, statement(plain).piece, "{blocks}");
    }
}

#[test]
fn paragraphs_of_one_text_have_places_of_their_own() {
    let loaded = loaded(&format!(
        "{HEAD}{CONTRIBUTOR}      - \"One.\n\n        Two [^none] \\\"three\\\".\"\n"
    ));
    let found = flashpoint::check::check(&loaded).diagnostics;
    let span = found[0].span.clone().unwrap();
    assert_eq!(&loaded.source.text[span], "[^none]");
}

#[test]
fn a_blank_line_is_told_where_one_paragraph_stands() {
    for (text, second) in [
        (
            format!("summary: |\n  One.\n\n  Two.\n{CONTRIBUTOR}      - A.\n"),
            "Two.",
        ),
        (
            format!("{CONTRIBUTOR}      - heading: One\n\n          two\n      - A.\n"),
            "two",
        ),
        (
            format!("{CONTRIBUTOR}      - quote: {{text: A., by: \"One\n\n          two\"}}\n"),
            "two",
        ),
        (
            format!("{CONTRIBUTOR}      - A[^n].\nnotes:\n  n: |\n    One.\n\n    Two.\n"),
            "Two.",
        ),
        (
            format!("keywords:\n  - >\n    One\n\n    two\n{CONTRIBUTOR}      - A.\n"),
            "two",
        ),
    ] {
        let loaded = loaded(&format!("{HEAD}{text}"));
        let told: Vec<_> = loaded
            .diagnostics
            .iter()
            .map(|d| (d.code.name(), &loaded.source.text[d.span.clone().unwrap()]))
            .collect();
        assert_eq!(told, [("blank-line", second)], "{text}");
        assert!(loaded.piece.is_some());
    }
}

#[test]
fn fields_are_one_line_without_white_space_around_them() {
    let folded = "series: >\n  Flash\n  Point\ntitle: |\n  A Title\ndate: 2025-01-01\nlanguage: en-GB\nrights: \" © 2025\n  The Institute \"\ncontributors:\n  - name: >\n      Robin Ashe\n    affiliation: >\n      Institute of Strategic\n      Studies\n    statement: [Words.]\n";
    let plain = "series: Flash Point\ntitle: A Title\ndate: 2025-01-01\nlanguage: en-GB\nrights: © 2025 The Institute\ncontributors:\n  - name: Robin Ashe\n    affiliation: Institute of Strategic Studies\n    statement: [Words.]\n";
    let (folded, plain) = (loaded(folded), loaded(plain));
    assert_eq!(folded.diagnostics, []);
    assert_eq!(folded.piece, plain.piece);
}
