//! First drafts with the slips of people who write no YAML: every slip is told with what is right, in as few runs as can be.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use expect_test::expect_file;

fn cases() -> PathBuf {
    super::fixtures().join("desk")
}

/// What `check` says of a case, as people see it.
fn said(name: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_flashpoint"))
        .args(["check", name])
        .current_dir(cases())
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    // The last line tells the time that it took.
    let (told, summary) = said.trim_end().rsplit_once('\n').unwrap_or(("", &said));
    let summary = summary.rsplit_once(" in ").unwrap().0;
    format!("{told}\n{summary}\n")
}

#[test]
fn each_case_is_told_with_what_is_right() {
    let mut names: Vec<_> = fs::read_dir(cases())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert!(names.len() > 15);
    let goldens = super::fixtures().join("../goldens/desk");
    for name in &names {
        let golden = goldens.join(name.replace(".yaml", ".txt"));
        expect_file![golden].assert_eq(&said(name));
    }
    let kept = fs::read_dir(goldens).unwrap().count();
    assert_eq!(kept, names.len(), "a golden without its case");
}

/// The slips of the first draft, each by the line it stands on and the code it is told with.
const SLIPS: &[(u64, &str)] = &[
    (3, "yaml"),
    (4, "date"),
    (5, "language"),
    (8, "yaml"),
    (10, "pasted-note"),
    (11, "unknown-key"),
    (12, "pasted-mark"),
    (13, "pasted-mark"),
    (14, "unknown-key"),
    (14, "wrong-type"),
    (15, "yaml"),
    (15, "second-key"),
    (19, "wrong-type"),
    (20, "unknown-key"),
    (21, "yaml"),
    (23, "address"),
    (24, "unknown-key"),
    (25, "wrong-type"),
    (27, "yaml"),
    (29, "yaml"),
];

#[test]
fn the_slips_of_a_first_draft_are_told_in_one_run() {
    let (found, code) = super::found(&cases().join("first-draft.yaml"));
    let told: Vec<_> = found.iter().map(super::place).collect();
    for (line, slip) in SLIPS {
        let is_told = told.iter().any(|(code, at, _)| code == slip && at == line);
        assert!(is_told, "{slip} on line {line}: {told:?}");
    }
    assert_eq!(code, Some(1));
}

#[test]
fn what_is_certain_is_fixed_and_nothing_else_is_touched() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("piece.yaml");
    let draft = "# A draft\r\nseries: Flash Point\r\ntitle: Torkham: closed # for now\r\nsubtitle: Trade: halted\r\ndate: 4 November 2025\r\nupdated: 05/13/2026\r\nlanguage: en-GB\r\ncontributors:\r\n  - name: Amina Khan\r\n\u{a0}\u{a0}\u{a0} statement:\r\n      - The agree\u{ad}ment.   # a remark\r\n      - *Pakistan* must talk.\r\n      -Second.\r\n      - heading:Trade\r\n      - Text.\r\n";
    fs::write(&path, format!("\u{feff}{draft}")).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_flashpoint"))
        .arg("check")
        .arg(&path)
        .arg("--fix")
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    let fixed = fs::read_to_string(&path).unwrap();
    let expected = "\u{feff}# A draft\r\nseries: Flash Point\r\ntitle: Torkham: closed # for now\r\nsubtitle: \"Trade: halted\"\r\ndate: 2025-11-04\r\nupdated: 2026-05-13\r\nlanguage: en-GB\r\ncontributors:\r\n  - name: Amina Khan\r\n    statement:\r\n      - The agreement.   # a remark\r\n      - \"*Pakistan* must talk.\"\r\n      - Second.\r\n      - heading: Trade\r\n      - Text.\r\n";
    assert_eq!(fixed, expected);
    let shown = String::from_utf8(output.stdout).unwrap();
    for part in [
        "piece.yaml:4\n- subtitle: Trade: halted\n+ subtitle: \"Trade: halted\"\n",
        "- ··· statement:\n+     statement:\n",
        "-       -Second.\n+       - Second.\n",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    // What is not certain is told: a comment may have been meant as text.
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("1 error"), "{said}");
    let again = super::check(&path, &["--fix"]);
    assert!(again.stdout.is_empty());
    assert_eq!(fs::read_to_string(&path).unwrap(), expected);
}

/// What `check --fix` makes of a piece.
fn fixed(draft: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("piece.yaml");
    fs::write(&path, draft).unwrap();
    super::check(&path, &["--fix"]);
    fs::read_to_string(&path).unwrap()
}

#[test]
fn a_fix_joins_no_items_and_changes_no_year() {
    let one = format!("{}      - one\n", super::HEAD);
    assert_eq!(
        fixed(&format!("{one}\t- four\n")),
        format!("{one}      - four\n")
    );
    // Two lists are as near as each other.
    let nested = format!("{}      - list:\n          - one\n\t- four\n", super::HEAD);
    assert_eq!(fixed(&nested), nested);
    for space in ['\u{a0}', '\u{2009}', '\u{3000}'] {
        let draft = format!("{one}      -{space}four\n");
        assert_eq!(fixed(&draft), format!("{one}      - four\n"));
    }
    let before_christ = one.replace("2025-01-01", "-0044-03-15");
    assert_eq!(fixed(&before_christ), before_christ);
}

#[test]
fn ways_out_of_values_in_brackets_and_of_numbers_work_as_they_are_told() {
    let list = "      - list: [x, [x, [x, y]]]\n";
    let numbered = "      - numbered: [a, {list: [b]}]\n";
    for (blocks, wrong, right) in [
        (list, "[x, y]", "{list: [x, y]}"),
        (numbered, "{list: [b]}", "[{list: [b]}]"),
        ("      - one\n", "20250101", "2025-01-01"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("piece.yaml");
        let piece = format!("{}{blocks}", super::HEAD);
        let draft = match piece.contains(wrong) {
            true => piece,
            false => piece.replace(right, wrong),
        };
        fs::write(&path, &draft).unwrap();
        let (found, code) = super::found(&path);
        let hint = found[0]["hint"].as_str().unwrap();
        assert!(hint.contains(&format!("write `{right}`")), "{hint}");
        assert_eq!(code, Some(1));
        fs::write(&path, draft.replace(wrong, right)).unwrap();
        assert_eq!(super::found(&path), (Vec::new(), Some(0)), "{right}");
    }
}

#[test]
fn wide_colons_and_wide_spaces_are_fixed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("piece.yaml");
    let draft = "series：政策简报\ntitle：边境\nslug: border\ndate: 2025-11-04\nlanguage: zh-Hans\ncontributors：\n　- name：李伟\n　　statement：\n　　　- 第一段：边境关闭。\n";
    fs::write(&path, draft).unwrap();
    super::check(&path, &["--fix"]);
    let expected = "series: 政策简报\ntitle: 边境\nslug: border\ndate: 2025-11-04\nlanguage: zh-Hans\ncontributors:\n  - name: 李伟\n    statement:\n      - 第一段：边境关闭。\n";
    assert_eq!(fs::read_to_string(&path).unwrap(), expected);
    let again = super::check(&path, &[]);
    assert_eq!(
        again.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&again.stderr)
    );
}

#[test]
fn problems_are_told_to_workflows_of_github() {
    let output = super::check(
        &cases().join("colon-in-text.yaml"),
        &["--message-format", "github"],
    );
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.starts_with("::error file="), "{said}");
    assert!(
        said.contains(",line=8,endLine=8,col=9,endColumn=13,title=unknown-key::"),
        "{said}"
    );
}

#[test]
fn the_length_of_a_piece_is_told_by_contributor() {
    let piece = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("source/flash-point.yaml");
    let output = super::check(&piece, &["--stats", "--quiet"]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains(" pages, "), "{said}");
    assert!(said.contains("Mansoor Ahmad Khan"), "{said}");
    let output = super::check(&piece, &["--stats", "--message-format", "json"]);
    let lines = String::from_utf8(output.stdout).unwrap();
    let found = lines
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let statistics = found
        .map(|line| line["statistics"].clone())
        .find(|line| !line.is_null());
    let statistics = statistics.unwrap();
    let words = |part: &serde_json::Value| part["words"].as_u64().unwrap();
    let parts = statistics["parts"].as_array().unwrap();
    assert_eq!(parts.iter().map(words).sum::<u64>(), words(&statistics));
    assert!(words(&statistics) > 1000);
}

#[test]
fn a_file_of_another_kind_is_told_as_what_it_is() {
    for (name, bytes, what) in [
        (
            "a.yaml",
            &b"PK\x03\x04\x14\0word/document.xml"[..],
            "a document of Word",
        ),
        ("a.yaml", b"%PDF-1.7\n", "a PDF"),
        (
            "a.docx",
            b"PK\x03\x04\x14\0word/document.xml",
            "a document of Word",
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(name), bytes).unwrap();
        let output = super::check(&folder.path().join(name), &[]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(
            said.contains("error[wrong-file]") && said.contains(what),
            "{said}"
        );
    }
}
