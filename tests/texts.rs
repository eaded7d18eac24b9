//! Texts as YAML writes them: what parts paragraphs, what is one line, and how much is said of what cannot be printed.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::fs;
use std::process::{Command, Output};

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

fn check(text: &str, more: &[&str]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.yaml");
    fs::write(&path, text).unwrap();
    Command::new(env!("CARGO_BIN_EXE_flashpoint"))
        .arg("check")
        .arg(&path)
        .args(more)
        .env("NO_COLOR", "1")
        .output()
        .unwrap()
}

#[test]
fn a_script_without_a_face_is_one_error_whatever_its_length_and_other_editions_are_made() {
    let letters: Vec<char> = ('\u{13000}'..'\u{13400}')
        .chain('\u{1400}'..'\u{1600}')
        .collect();
    let paragraphs = letters
        .chunks(60)
        .map(|line| format!("      - {}\n", line.iter().collect::<String>()));
    let text = format!("{HEAD}{CONTRIBUTOR}{}", paragraphs.collect::<String>());
    let said = String::from_utf8(check(&text, &[]).stderr).unwrap();
    assert!(
        said.starts_with(
            "error[missing-character]: no face has 1024 letters of the Egyptian Hieroglyphs script"
        ),
        "{said}"
    );
    assert_eq!(said.matches("[missing-character]").count(), 1, "{said}");
    assert!(said.contains("`--font FILE`"), "{said}");
    assert!(said.lines().count() < 20, "{said}");
    let dist = tempfile::tempdir().unwrap();
    let source = dist.path().join("a.yaml");
    fs::write(&source, &text).unwrap();
    let export = |formats: &str| {
        Command::new(env!("CARGO_BIN_EXE_flashpoint"))
            .args(["export", "--force", "-f", formats, "-d"])
            .args([dist.path(), source.as_path()])
            .env("NO_COLOR", "1")
            .output()
            .unwrap()
    };
    let made = export("pdf,docx,epub");
    let said = String::from_utf8(made.stderr).unwrap();
    assert_eq!(made.status.code(), Some(1), "{said}");
    assert_eq!(
        said.matches("error[missing-character]").count(),
        1,
        "{said}"
    );
    assert_eq!(
        said.matches("warning[missing-character]").count(),
        1,
        "{said}"
    );
    let made = |extension: &str| dist.path().join(format!("a-title.{extension}")).exists();
    assert!(made("docx") && made("epub") && !made("pdf"));
    let without = export("docx,epub");
    assert_eq!(without.status.code(), Some(0));
}

#[test]
fn a_sign_without_a_face_is_a_box_and_one_warning() {
    let text = format!("{HEAD}{CONTRIBUTOR}      - Well \u{1F9FF} \u{1FAE0}\n      - \u{1F9FF}\n");
    let checked = check(&text, &[]);
    let said = String::from_utf8(checked.stderr).unwrap();
    assert_eq!(checked.status.code(), Some(0), "{said}");
    assert_eq!(
        said.matches("warning[missing-character]: no face has 2 signs")
            .count(),
        1,
        "{said}"
    );
}

#[test]
fn doubtful_characters_are_told_once_for_a_text() {
    let text = format!(
        "{HEAD}{CONTRIBUTOR}      - \"{}\"\n",
        "a\u{fffd} \u{202a}b\u{202c} ".repeat(50)
    );
    let said = String::from_utf8(check(&text, &[]).stderr).unwrap();
    assert_eq!(said.matches("warning[bidi-control]").count(), 1, "{said}");
    assert_eq!(
        said.matches("warning[replacement-character]").count(),
        1,
        "{said}"
    );
    assert!(said.contains("and 49 more"), "{said}");
}

#[test]
fn quiet_is_errors_alone_unless_warnings_are_denied() {
    let text = format!("{HEAD}{CONTRIBUTOR}      - A.\n      - query: Which?\n");
    for (more, code, warnings) in [
        (&["-q"][..], 0, 0),
        (&["-q", "--message-format", "json"], 0, 0),
        (&["-q", "--deny-warnings"], 1, 1),
        (&[], 0, 1),
    ] {
        let output = check(&text, more);
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8(said).unwrap();
        assert_eq!(output.status.code(), Some(code), "{said}");
        assert_eq!(
            said.matches("[query]").count() + said.matches("\"query\"").count(),
            warnings,
            "{said}"
        );
        assert!(more.is_empty() || code == 1 || said.is_empty(), "{said}");
    }
    let wrong = format!("{HEAD}colour: red\n{CONTRIBUTOR}      - A.\n");
    let said = String::from_utf8(check(&wrong, &["-q"]).stderr).unwrap();
    assert!(said.starts_with("error[unknown-key]"), "{said}");
}

/// A hundred thousand wrong names of notes beside a thousand right ones take no time worth the name.
#[test]
fn undefined_notes_are_told_at_once() {
    let name = "a".repeat(900);
    let blocks: String = (0..200)
        .map(|n| format!("      - \"[^{name}{n}] [^not{n}]\"\n"))
        .collect();
    let notes: String = (0..2000)
        .map(|n| format!("  {name}{n}x: A.\n  note{n}: A.\n"))
        .collect();
    let text = format!("{HEAD}{CONTRIBUTOR}{blocks}notes:\n{notes}");
    let start = std::time::Instant::now();
    let loaded = loaded(&text);
    let found = flashpoint::check::check(&loaded).diagnostics;
    assert!(found.len() > 100);
    let hints = found.iter().filter_map(|found| found.hint.as_deref());
    assert!(
        hints
            .clone()
            .any(|hint| hint.starts_with("did you mean `[^note"))
    );
    assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
}

/// A face with one letter, U+13000, drawn as a box.
const ONE_LETTER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/one-letter.ttf");

fn export_one_letter(more: &[&str]) -> (Option<i32>, String, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("a.yaml");
    fs::write(
        &source,
        format!("{HEAD}{CONTRIBUTOR}      - An \u{13000} eye.\n"),
    )
    .unwrap();
    let made = Command::new(env!("CARGO_BIN_EXE_flashpoint"))
        .args(["export", "-f", "pdf", "-d"])
        .args([folder.path(), source.as_path()])
        .arg("--report")
        .arg(folder.path().join("report"))
        .args(more)
        .env("NO_COLOR", "1")
        .env("XDG_DATA_HOME", folder.path())
        .output()
        .unwrap();
    let said = String::from_utf8(made.stderr).unwrap();
    (made.status.code(), said, folder)
}

#[test]
fn a_face_given_on_the_command_line_sets_what_others_lack_and_is_part_of_the_record() {
    let (code, said, folder) = export_one_letter(&["--font", ONE_LETTER]);
    assert_eq!(code, Some(0), "{said}");
    let report = fs::read_to_string(folder.path().join("report")).unwrap();
    assert!(
        report.contains("\"faces\":[\"OneLetter-Regular\"]"),
        "{report}"
    );
    let again = |more: &[&str]| {
        let made = Command::new(env!("CARGO_BIN_EXE_flashpoint"))
            .args(["export", "-f", "pdf", "-d"])
            .args([folder.path(), &folder.path().join("a.yaml")])
            .args(more)
            .output()
            .unwrap();
        String::from_utf8(made.stderr).unwrap()
    };
    assert!(again(&["--font", ONE_LETTER]).contains("unchanged"));
    assert!(again(&[]).contains("error[missing-character]"));
}

#[test]
fn faces_of_the_machine_are_used_when_asked_and_told() {
    let (code, said, _) = export_one_letter(&[]);
    assert_eq!(code, Some(1), "{said}");
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("fonts")).unwrap();
    fs::copy(ONE_LETTER, folder.path().join("fonts/a.ttf")).unwrap();
    let source = folder.path().join("a.yaml");
    fs::write(
        &source,
        format!("{HEAD}{CONTRIBUTOR}      - An \u{13000} eye.\n"),
    )
    .unwrap();
    let made = Command::new(env!("CARGO_BIN_EXE_flashpoint"))
        .args(["check", "--system-fonts"])
        .arg(&source)
        .env("XDG_DATA_HOME", folder.path())
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    let said = String::from_utf8(made.stderr).unwrap();
    assert_eq!(made.status.code(), Some(0), "{said}");
    assert!(said.contains("of this machine"), "{said}");
}

#[test]
fn a_face_that_is_none_is_refused_before_anything_is_made() {
    for face in [
        "no-such.ttf",
        concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"),
    ] {
        let (code, said, _) = export_one_letter(&["--font", face]);
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains(face), "{said}");
    }
}
