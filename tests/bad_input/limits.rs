//! What no piece has so much of is refused with its place, and a piece that has just so much is not.

use crate::{HEAD, found_in};

#[test]
fn what_no_piece_has_is_refused_where_it_is_too_much() {
    let item = |text: String| format!("{HEAD}      - {text}\n");
    let notes = "notes: {n: words}\n";
    let person = |n| format!("  - {{name: A{n}, statement: [a]}}\n");
    let people: String = (0..2_000).map(person).collect();
    for (name, piece, line, column) in [
        ("marks", item(format!("\"{}\"", "*a* ".repeat(6_001))), 8, 9),
        (
            "half marks",
            item(format!("\"a{}\"", "^a".repeat(12_001))),
            8,
            9,
        ),
        (
            "backticks",
            item(format!("\"{}\"", "`a".repeat(12_001))),
            8,
            9,
        ),
        (
            "paragraphs",
            item("a".to_owned()) + &"      - a\n".repeat(8_000),
            8_007,
            9,
        ),
        (
            "lines",
            item("|".to_owned()) + &"        a\n\n".repeat(8_001),
            16_007,
            9,
        ),
        (
            "references",
            item(format!("\"{}\"", "a[^n] ".repeat(2_501))) + notes,
            8,
            15_011,
        ),
        (
            "cells",
            item(format!(
                "table: {{header: [[a, b]], rows: [{}]}}",
                "[1, 2], ".repeat(5_000)
            )),
            8,
            0,
        ),
        (
            "columns",
            item(format!(
                "table: {{header: [[{0}]], rows: [[{0}]]}}",
                "a, ".repeat(64)
            )),
            8,
            25,
        ),
        ("contributors", item("a".to_owned()) + &people, 2_008, 5),
        ("a text", item("a ".repeat(125_001)), 8, 9),
        (
            "a name",
            item("a".to_owned()).replace("series: ", &format!("series: {}", "a b ".repeat(5_001))),
            1,
            9,
        ),
        (
            "an alternative text",
            item(format!(
                "figure: {{image: a.png, alt: \"{}\"}}",
                "a ".repeat(8_001)
            )),
            8,
            37,
        ),
        (
            "letters that run to and fro",
            item(format!("\"{}\"", "a ہ ".repeat(15_001))),
            0,
            0,
        ),
        (
            "marks of a citation",
            format!("citation: \"{}\"\n{HEAD}      - a\n", "*a* ".repeat(6_001)),
            1,
            11,
        ),
    ] {
        let (found, exit) = found_in("a.yaml", piece);
        let found: Vec<_> = found
            .iter()
            .filter(|(code, ..)| code == "too-many-values")
            .collect();
        let [(_, at, from)] = found.as_slice() else {
            panic!("{name}: {found:?}");
        };
        if column > 0 {
            assert_eq!((*at, *from), (line, column), "{name}");
        }
        assert_eq!(exit, Some(1), "{name}");
    }
    let enough = item(format!("\"{}[1, [2]]\"", "*a* ".repeat(6_000)))
        + &"      - a\n".repeat(7_990)
        + &format!(
            "      - table: {{header: [[{0}]], rows: [[{0}]]}}\n",
            "a, ".repeat(63)
        );
    // A longer source may hold more.
    let book = item("a".to_owned()) + &format!("      - {}\n", "word ".repeat(25)).repeat(12_000);
    for piece in [enough, book] {
        let (found, _) = found_in("a.yaml", piece);
        assert!(
            found.iter().all(|(code, ..)| code != "too-many-values"),
            "{found:?}"
        );
    }
}
