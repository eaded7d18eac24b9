//! Bad input through the built program: each fault is told with its code, line and column, ends with the right exit code,
//! and takes no time worth the name, whatever the size.
#![allow(clippy::unwrap_used, reason = "tests")]

mod desk;
mod limits;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use serde_json::Value;

/// Code, line and column.
type Expected = (&'static str, u64, u64);
/// The same as found, of a whole file, and how the program ended.
type Found = (Vec<(String, u64, u64)>, Option<i32>);

/// The whole of what `check` says of each invalid fixture: code, line and column.
#[rustfmt::skip]
const FIXTURES: &[(&str, &[Expected])] = &[
    ("addresses", &[("address", 6, 10), ("address", 9, 10), ("address", 11, 12), ("address", 11, 41), ("empty-link", 11, 76), ("address", 11, 101), ("address", 12, 12), ("address", 12, 48), ("address", 12, 81)]),
    ("alias-bomb", &[("anchor", 1, 9), ("wrong-type", 1, 9), ("anchor", 2, 8), ("wrong-type", 2, 8), ("anchor", 2, 12), ("anchor", 2, 16), ("anchor", 2, 20), ("wrong-type", 3, 7), ("wrong-type", 4, 11)]),
    ("apostrophe", &[("yaml", 9, 13)]),
    ("blank-texts", &[("empty-text", 7, 11), ("empty-text", 9, 9)]),
    ("block-with-two-keys", &[("second-key", 11, 9), ("bare-heading", 12, 18), ("second-key", 13, 9)]),
    ("break-with-text", &[("wrong-type", 10, 16)]),
    ("colon-in-paragraph", &[("unknown-key", 9, 9)]),
    ("colon-in-title", &[("yaml", 2, 27)]),
    ("date-in-words", &[("date", 3, 7)]),
    ("doi-as-address", &[("doi", 6, 6)]),
    ("duplicate-key", &[("duplicate-key", 6, 1)]),
    ("emphasis-first", &[("yaml", 9, 9)]),
    ("empty", &[("empty-file", 1, 1)]),
    ("empty-list", &[("empty-list", 10, 15), ("empty-block", 11, 9)]),
    ("empty-name", &[("empty-text", 7, 11)]),
    ("empty-statement", &[("empty-list", 8, 16)]),
    ("escaped-control", &[("forbidden-character", 9, 11), ("forbidden-character", 9, 19), ("forbidden-character", 9, 25), ("forbidden-character", 9, 33)]),
    ("figure-without-alt", &[("missing-key", 10, 18), ("image-outside", 10, 25)]),
    ("heading-in-item", &[("block-in-item", 10, 15)]),
    ("image-absolute", &[("image-outside", 10, 25)]),
    ("image-address", &[("image-outside", 10, 25)]),
    ("image-backslash", &[("image-outside", 10, 25)]),
    ("image-bomb", &[("image-too-large", 10, 25)]),
    ("image-cmyk", &[("cmyk-image", 10, 25)]),
    ("image-empty", &[("image-format", 10, 25)]),
    ("image-folder", &[("unreadable-image", 10, 25)]),
    ("image-gif", &[("image-format", 10, 25)]),
    ("image-missing", &[("missing-image", 10, 25)]),
    ("image-outside", &[("image-outside", 10, 25)]),
    ("image-svg", &[("svg-image", 10, 25)]),
    ("image-svg-far", &[("image-too-large", 10, 25)]),
    ("image-text", &[("image-format", 10, 25)]),
    ("image-truncated-jpeg", &[("truncated-image", 10, 25)]),
    ("image-truncated-png", &[("truncated-image", 10, 25)]),
    ("image-webp", &[("image-format", 10, 25)]),
    ("indentation", &[("yaml", 8, 4)]),
    ("isbn", &[("isbn", 6, 7)]),
    ("language", &[("language", 4, 11)]),
    ("link-first", &[("yaml", 9, 17)]),
    ("list-for-piece", &[("wrong-type", 1, 1)]),
    ("many-problems", &[("unknown-key", 2, 1), ("wrong-type", 5, 9), ("unknown-key", 7, 5), ("not-text", 9, 18), ("missing-key", 10, 18), ("missing-image", 10, 25), ("empty-list", 11, 25), ("empty-list", 11, 36), ("missing-key", 12, 5), ("unknown-key", 13, 5)]),
    ("missing-keys", &[("missing-key", 1, 1), ("missing-key", 1, 1)]),
    ("no-contributors", &[("empty-list", 5, 15)]),
    ("no-such-day", &[("date", 3, 7)]),
    ("not-utf8", &[("not-utf-8", 1, 12)]),
    ("notes", &[("undefined-note", 9, 16), ("note-in-link", 9, 38), ("note-in-note", 11, 17), ("unused-note", 12, 10)]),
    ("null-for-text", &[("no-value", 2, 8), ("no-value", 7, 11), ("no-value", 9, 8)]),
    ("number-for-text", &[("not-text", 2, 8), ("not-text", 7, 11)]),
    ("orcid-checksum", &[("orcid", 8, 12)]),
    ("orcid-form", &[("orcid", 8, 12)]),
    ("raw-control", &[("forbidden-character", 9, 10), ("forbidden-character", 9, 21)]),
    ("role-in-words", &[("role", 8, 11)]),
    ("role-unknown", &[("role", 8, 11)]),
    ("slug-dots", &[("slug", 5, 7)]),
    ("slug-long", &[("slug", 5, 7)]),
    ("slug-nul", &[("forbidden-character", 5, 7)]),
    ("slug-reserved", &[("slug", 5, 7)]),
    ("slug-slash", &[("slug", 5, 7)]),
    ("span-language", &[("language", 9, 10), ("language", 9, 32)]),
    ("tab", &[("yaml", 8, 1)]),
    ("table-rows", &[("table-width", 12, 26), ("table-width", 12, 31)]),
    ("tag", &[("tag", 2, 8)]),
    ("title-without-slug", &[("slug", 2, 8)]),
    ("two-documents", &[("second-document", 10, 1)]),
    ("unclosed-quote", &[("yaml", 2, 8)]),
    ("unknown-block", &[("unknown-key", 9, 9), ("bare-heading", 9, 17)]),
    ("unknown-key", &[("unknown-key", 2, 1)]),
    ("updated-before-date", &[("updated-before-date", 6, 10)]),
    ("warned-and-wrong", &[("blank-line", 10, 6), ("empty-link", 10, 6)]),
    ("wrong-types", &[("wrong-type", 2, 8), ("wrong-type", 6, 9), ("wrong-type", 7, 11)]),
];

/// A piece with a hole for what is under test.
const HEAD: &str = "series: Flash Point\ntitle: A Title\ndate: 2025-01-01\nlanguage: en-GB\ncontributors:\n  - name: Robin Ashe\n    statement:\n";

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

fn check(path: &Path, more: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_flashpoint"))
        .arg("check")
        .arg(path)
        .args(more)
        .env("NO_COLOR", "1")
        .output()
        .unwrap()
}

/// The diagnostics of a file, and how the program ended.
fn found(path: &Path) -> (Vec<Value>, Option<i32>) {
    let output = check(path, &["--message-format", "json"]);
    let lines = String::from_utf8(output.stdout).unwrap();
    let found = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    (found, output.status.code())
}

/// What is found in a file of this content: codes with places, and how the program ended.
fn found_in(name: &str, content: impl AsRef<[u8]>) -> Found {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, content).unwrap();
    let (found, code) = found(&path);
    (found.iter().map(place).collect(), code)
}

fn place(diagnostic: &Value) -> (String, u64, u64) {
    let number = |key: &str| diagnostic[key].as_u64().unwrap_or(0);
    let code = diagnostic["code"].as_str().unwrap().to_owned();
    (code, number("line"), number("column"))
}

fn one(code: &str, line: u64, column: u64) -> Found {
    (vec![(code.to_owned(), line, column)], Some(1))
}

#[test]
fn each_invalid_fixture_is_refused_with_its_code_and_place() {
    let mut wrong = Vec::new();
    for (name, expected) in FIXTURES {
        let (found, code) = found(&fixtures().join(format!("invalid/{name}.yaml")));
        let places: Vec<_> = found.iter().map(place).collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|(code, line, column)| ((*code).to_owned(), *line, *column))
            .collect();
        if places != expected || code != Some(1) {
            wrong.push(format!("{name} ({code:?}): {places:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_invalid_fixture_stands_in_the_table() {
    let mut files: Vec<_> = fs::read_dir(fixtures().join("invalid"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "yaml"))
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    files.sort();
    let listed: Vec<_> = FIXTURES
        .iter()
        .map(|(name, _)| (*name).to_owned())
        .collect();
    assert_eq!(files, listed);
}

#[test]
fn errors_carry_a_way_out() {
    for (name, _) in FIXTURES {
        for diagnostic in found(&fixtures().join(format!("invalid/{name}.yaml"))).0 {
            let own_words = ["image-format", "unreadable-image"].map(Value::from);
            let hint = diagnostic["hint"]
                .as_str()
                .is_some_and(|hint| !hint.is_empty());
            assert!(
                hint || own_words.contains(&diagnostic["code"]),
                "{diagnostic}"
            );
        }
    }
}

#[test]
fn hints_say_what_to_do() {
    for (name, hint) in [
        (
            "colon-in-title",
            "quote it: title: \"Istanbul on Standby: Will It Hold?\"",
        ),
        ("unknown-key", "did you mean `title`?"),
        ("number-for-text", "quote it: \"1984\""),
        ("emphasis-first", "quote it: \"*Emphasis* first.\""),
        ("image-gif", "convert it"),
        ("cmyk", "convert it to RGB"),
        ("role-in-words", "did you mean `edt`?"),
    ] {
        let name = if name == "cmyk" { "image-cmyk" } else { name };
        let (found, _) = found(&fixtures().join(format!("invalid/{name}.yaml")));
        let said = found[0]["hint"].as_str().unwrap();
        assert!(said.contains(hint), "{name}: {said}");
    }
}

#[test]
fn a_missing_path_and_a_folder_without_a_piece_are_errors_of_usage() {
    let folder = tempfile::tempdir().unwrap();
    let missing = check(&folder.path().join("none.yaml"), &[]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&missing.stderr).contains("none.yaml"));
    let empty = check(folder.path(), &[]);
    assert_eq!(empty.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&empty.stderr).contains("no piece"));
}

#[test]
fn a_byte_order_mark_and_line_ends_of_windows_are_accepted() {
    let piece = format!("{HEAD}      - |\n        Text.\n");
    let marked = format!("\u{feff}{piece}");
    assert_eq!(found_in("a.yaml", marked), (vec![], Some(0)));
    let windows = piece.replace('\n', "\r\n");
    assert_eq!(found_in("a.yaml", windows), (vec![], Some(0)));
    let wrong = piece.replace('\n', "\r\n").replace("title", "titel");
    assert_eq!(found_in("a.yaml", wrong), one("unknown-key", 2, 1));
    assert_eq!(found_in("a.yaml", ""), one("empty-file", 1, 1));
    assert_eq!(found_in("a.yaml", "\u{feff}"), one("empty-file", 1, 1));
    assert_eq!(
        found_in("a.yaml", b"\xff\xfes\0e\0r\0i\0e\0s\0"),
        one("not-utf-8", 1, 1)
    );
}

#[test]
fn controls_of_direction_and_lost_characters_are_warnings() {
    let piece = format!("{HEAD}      - >-\n        One\n        two \u{202e}three\u{fffd}.\n");
    let (found, code) = found_in("a.yaml", piece);
    let expected = [("bidi-control", 10, 13), ("replacement-character", 10, 19)];
    let expected = expected.map(|(code, line, column)| (code.to_owned(), line, column));
    assert_eq!((&found[..2], code), (&expected[..], Some(0)));
}

#[test]
fn a_mark_of_right_to_left_text_is_told_of_where_no_such_letter_stands() {
    for mark in ['\u{200f}', '\u{61c}'] {
        let stray = format!("{HEAD}      - \"a{mark}b\"\n");
        let (found, code) = found_in("a.yaml", stray);
        assert_eq!(found, [("bidi-control".to_owned(), 8, 11)]);
        assert_eq!(code, Some(0));
        let needed = format!("{HEAD}      - \"{mark}11 اکتوبر\"\n");
        assert_eq!(found_in("a.yaml", needed), (Vec::new(), Some(0)));
    }
}

#[test]
fn places_inside_escaped_and_folded_texts_are_exact() {
    let piece = format!("{HEAD}      - \"A \\u00e9 \\\"b\\\" [^none] c\"\n");
    assert_eq!(found_in("a.yaml", piece), one("undefined-note", 8, 25));
    let piece =
        format!("{HEAD}      - >-\n        One\n        two\n\n        three [^none] four\n");
    assert_eq!(found_in("a.yaml", piece), one("undefined-note", 12, 15));
}

#[test]
fn a_subheading_under_no_heading_and_a_bare_heading_are_warned_of() {
    let piece = format!(
        "{HEAD}      - subheading: A\n      - Text.\n      - subheading: B\n      - Text.\n      - heading: C\n"
    );
    let (found, code) = found_in("a.yaml", piece);
    let codes: Vec<_> = found.iter().map(|(code, ..)| code.as_str()).collect();
    assert_eq!(
        (codes, code),
        (vec!["heading-order", "bare-heading"], Some(0))
    );
}

#[test]
fn what_looks_like_a_mark_and_stays_text_is_warned_of_once_a_text() {
    for (text, code, column) in [
        ("Half **a* mark, *another and a third*.", "unread-mark", 14),
        ("So 2*3*4 and a*b*c.", "unread-mark", 13),
        ("About ~5,000~6,000 people.", "unread-mark", 15),
        ("See[^first source] here.", "unread-note", 12),
        ("See[^ source] here.", "unread-note", 12),
        ("See[^source ] here.", "unread-note", 12),
        ("See[^source here.", "unread-note", 12),
        ("See[^] here.", "unread-note", 12),
        ("A [link] (https://example.org/) here.", "unread-link", 16),
        ("A \\[sign] and [a](two words).", "unread-link", 25),
        ("A \\[sign] and [a] (https://e.org).", "unread-link", 25),
        ("See [the text][name] here.", "unread-link", 13),
        ("See [[A page]] here.", "unread-link", 13),
        ("See (the text)[https://e.org/] here.", "unread-link", 22),
        ("So ~~struck~~ out.", "pasted-mark", 12),
        ("So ==lit== up.", "pasted-mark", 12),
        ("So __strong__ here.", "pasted-mark", 12),
        ("So <span lang=en>it</span> is.", "pasted-mark", 12),
        ("So it<br/>is.", "pasted-mark", 14),
    ] {
        let (found, exit) = found_in("a.yaml", format!("{HEAD}      - {text}\n"));
        assert_eq!(found, [(code.to_owned(), 8, column)], "{text}");
        assert_eq!(exit, Some(0));
    }
    for text in [
        "See https://example.edu/~smith/papers/~old/x.pdf.",
        "The 2*3 of example.edu/~smith/papers/~old/ and ~5.",
        "A \\[link](an address) and array[one][two], [1][2], C++ and D++, a == b == c.",
        "A \\[link] (https://example.org/) and \\[^no note] and \\*.",
    ] {
        let piece = format!("{HEAD}      - {text}\n");
        assert_eq!(found_in("a.yaml", piece), (vec![], Some(0)), "{text}");
    }
}

#[test]
fn what_begins_a_line_of_a_block_of_lines_is_warned_of() {
    for (sign, column) in [("- one", 9), ("* one", 9), ("## One", 9), ("> One", 9)] {
        let lines = format!("{HEAD}      - |\n        Words.\n        {sign}\n");
        let (found, exit) = found_in("a.yaml", lines);
        assert_eq!(found, [("pasted-mark".to_owned(), 10, column)], "{sign}");
        assert_eq!(exit, Some(0));
    }
    let lines = format!("{HEAD}      - |\n        Words\n        -5 and > 50 and #1.\n");
    assert_eq!(found_in("a.yaml", lines), (vec![], Some(0)));
    for text in ["'> Words'", "'| a | b |'", "'[a]: https://e.org/'"] {
        let (found, exit) = found_in("a.yaml", format!("{HEAD}      - {text}\n"));
        assert_eq!((found.len(), exit), (1, Some(0)), "{text}: {found:?}");
    }
}

#[test]
fn notes_may_have_numbers_for_names() {
    let piece = format!("{HEAD}      - See[^1].\nnotes:\n  1: A note.\n");
    assert_eq!(found_in("a.yaml", piece), (vec![], Some(0)));
}

#[test]
fn a_comment_that_may_be_text_is_warned_of() {
    let piece = format!("{HEAD}      - See item #5 of the list.\n      - Another. # a remark\n");
    let (found, code) = found_in("a.yaml", piece);
    assert_eq!(found, [("comment-after-text".to_owned(), 8, 18)]);
    assert_eq!(code, Some(0));
}

#[test]
fn faults_of_shape_and_of_meaning_are_told_together() {
    let piece = format!("{HEAD}      - See[^none].\n")
        .replace("2025-01-01", "2025-02-30")
        .replace("language:", "colour: red\nlanguage:")
        .replace("    statement:", "    rle: edt\n    statement:");
    let (found, code) = found_in("a.yaml", piece);
    let codes: Vec<_> = found.iter().map(|(code, ..)| code.as_str()).collect();
    let mut sorted = codes.clone();
    sorted.sort_unstable();
    assert_eq!(
        sorted,
        ["date", "undefined-note", "unknown-key", "unknown-key"]
    );
    assert_eq!(code, Some(1));
}

#[test]
fn warnings_fail_only_when_denied() {
    let piece = Path::new(env!("CARGO_MANIFEST_DIR")).join("source/flash-point.yaml");
    let (found, code) = found(&piece);
    let codes: Vec<_> = found
        .iter()
        .map(|found| found["code"].as_str().unwrap())
        .collect();
    assert_eq!((codes, code), (vec!["query", "query"], Some(0)));
    assert_eq!(check(&piece, &["--deny-warnings"]).status.code(), Some(1));
}

#[test]
fn text_messages_show_the_line() {
    let output = check(&fixtures().join("invalid/unknown-key.yaml"), &[]);
    let said = String::from_utf8(output.stderr).unwrap();
    for part in [
        "error[unknown-key]",
        "unknown-key.yaml:2:1",
        "titel: A Title",
        "^^^^^",
        "did you mean",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

#[test]
fn a_link_out_of_the_folder_is_followed_no_further() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("inner");
    fs::create_dir(&inner).unwrap();
    let image = fixtures().join("valid/images/rgb.png");
    fs::copy(&image, folder.path().join("outside.png")).unwrap();
    fs::copy(&image, inner.join("inside.png")).unwrap();
    std::os::unix::fs::symlink("../outside.png", inner.join("out.png")).unwrap();
    std::os::unix::fs::symlink("inside.png", inner.join("in.png")).unwrap();
    let path = inner.join("a.yaml");
    let figure = "      - figure: {image: NAME, alt: A disc}\n";
    fs::write(
        &path,
        format!("{HEAD}{}", figure.replace("NAME", "out.png")),
    )
    .unwrap();
    let (refused, code) = found(&path);
    assert_eq!(place(&refused[0]), ("image-outside".to_owned(), 8, 25));
    assert_eq!(code, Some(1));
    fs::write(&path, format!("{HEAD}{}", figure.replace("NAME", "in.png"))).unwrap();
    assert_eq!(found(&path).1, Some(0));
}

#[test]
fn a_file_past_the_limit_is_not_read_further() {
    let (found, code) = found_in("a.yaml", vec![b'#'; (16 << 20) + 1]);
    assert_eq!((found[0].0.as_str(), code), ("file-too-large", Some(1)));
}

/// Files that take libraries of this kind seconds to hours, and are refused here at once.
#[test]
fn hostile_files_are_refused_at_once() {
    let n = 200_000;
    let nested: String = (0..5_000)
        .map(|depth| format!("{}a:\n", " ".repeat(depth)))
        .collect();
    let text = |text: String| format!("{HEAD}      - \"{text}\"\n");
    for (name, content, expected) in [
        ("brackets", "[".repeat(n), Some("too-deep")),
        ("braces", "{".repeat(n), None),
        ("levels", nested, Some("too-deep")),
        ("hyphens", "- ".repeat(10_000), Some("too-deep")),
        (
            "flow levels",
            "[".repeat(10_000) + &"]".repeat(10_000),
            Some("too-deep"),
        ),
        ("questions", "? ".repeat(n), None),
        ("colons", ": ".repeat(n), None),
        ("anchors", "&a ".repeat(n), None),
        ("tags", "! ".repeat(n), None),
        ("quotes", "\"".repeat(n), None),
        (
            "keys",
            (0..n).map(|key| format!("k{key}: v\n")).collect(),
            None,
        ),
        ("values", "- a\n".repeat(1_000_000), None),
        ("open brackets in a text", text("[".repeat(n / 5)), Some("")),
        ("open links in a text", text("[a](".repeat(n / 5)), None),
        ("stars in a text", text("*a **b ".repeat(n / 5)), None),
        ("notes in a text", text("[^".repeat(n / 5)), Some("")),
    ] {
        let start = Instant::now();
        let (found, code) = found_in("a.yaml", content);
        let took = start.elapsed();
        assert!(took < Duration::from_secs(20), "{name}: {took:?}");
        match expected {
            Some("") => {}
            Some(expected) => {
                let codes: Vec<_> = found.iter().map(|(code, ..)| code.as_str()).collect();
                assert_eq!((codes, code), (vec![expected], Some(1)), "{name}");
            }
            None => assert!(matches!(code, Some(0 | 1)), "{name}: {code:?}"),
        }
    }
}
