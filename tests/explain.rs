//! `flashpoint explain`: every code has an example, and the examples are true: the first gives the code, those after it do not.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use flashpoint::diagnostic::Code;
use serde_json::Value;

/// What an example leaves out of a piece.
const BASE: &[(&str, &str)] = &[
    ("series", "series: Flash Point\n"),
    ("title", "title: Istanbul on Standby\n"),
    ("date", "date: 2025-11-04\n"),
    ("language", "language: en-GB\n"),
];
const CONTRIBUTORS: &str = "contributors:\n  - name: Robin Ashe\n    statement:\n";

/// Codes whose cause is not one of words in a file: another file, a disk, a target, a fault of the program.
const BEYOND_ONE_FILE: &[&str] = &[
    "changed",
    "cmyk-image",
    "configuration",
    "damaged-image",
    "denied",
    "duplicate-slug",
    "edition",
    "edition-altered",
    "edition-missing",
    "edition-outdated",
    "edition-unproved",
    "future-date",
    "last-good",
    "not-exported",
    "retitled",
    "slug-taken",
    "empty-file",
    "face-use",
    "file-too-large",
    "foreign-file",
    "image-format",
    "image-resolution",
    "image-scaled",
    "image-too-large",
    "internal",
    "missing-file",
    "no-interface-words",
    "not-utf-8",
    "other-person",
    "pages",
    "project",
    "series-spelling",
    "site",
    "spare-face",
    "svg-image",
    "too-many-problems",
    "too-many-values",
    "truncated-image",
    "unknown-theme",
    "unreadable-file",
    "unreadable-image",
    "write",
    "wrong-file",
];

/// An example of a help text: what it is, and its text.
struct Example {
    kind: String,
    text: String,
}

fn examples(help: &str) -> Vec<Example> {
    let fenced = help.split("\n```").skip(1).step_by(2);
    fenced
        .filter_map(|fenced| {
            let (info, text) = fenced.split_once('\n')?;
            let kind = info.strip_prefix("yaml ")?.to_owned();
            let text = format!("{text}\n");
            Some(Example { kind, text })
        })
        .collect()
}

/// The whole file that an example of a piece is part of.
fn piece(example: &Example) -> String {
    if example.kind == "piece" {
        return example.text.clone();
    }
    let (fields, blocks) = match example.kind.as_str() {
        "fields" => (example.text.as_str(), "- The border was closed.\n"),
        _ => ("", example.text.as_str()),
    };
    let has = |key: &str| {
        fields
            .lines()
            .any(|line| line.starts_with(&format!("{key}:")))
    };
    let mut piece: String = BASE
        .iter()
        .filter(|(key, _)| !has(key))
        .map(|(_, line)| *line)
        .collect();
    piece.push_str(fields);
    if !has("contributors") {
        piece.push_str(CONTRIBUTORS);
        for line in blocks.lines() {
            piece.push_str(&format!("      {line}\n"));
        }
    }
    piece
}

fn flashpoint(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_flashpoint"))
        .current_dir(folder)
        .args(arguments)
        .env("NO_COLOR", "1")
        .output()
        .unwrap()
}

/// The codes that the program tells of an example.
fn reported(example: &Example) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    let whole = |kind: &str| Example {
        kind: kind.to_owned(),
        text: "- Words.\n".to_owned(),
    };
    let json = ["--message-format", "json"];
    let arguments: &[&str] = match example.kind.as_str() {
        "theme" => {
            write("theme.yaml", &example.text);
            write("piece.yaml", &piece(&whole("blocks")));
            &["check", "piece.yaml", "--theme", "theme.yaml"]
        }
        "site" => {
            write("site.yaml", &example.text);
            write("piece.yaml", &piece(&whole("blocks")));
            &[
                "distribute",
                "piece.yaml",
                "--to",
                "out",
                "--dry-run",
                "--site",
                "site.yaml",
            ]
        }
        _ => {
            write("piece.yaml", &piece(example));
            &["check", "piece.yaml"]
        }
    };
    let output = flashpoint(folder.path(), &[arguments, &json].concat());
    let lines = String::from_utf8(output.stdout).unwrap();
    let code = |line: &str| {
        let told: Value = serde_json::from_str(line).unwrap();
        told["code"].as_str().map(str::to_owned)
    };
    lines.lines().filter_map(code).collect()
}

#[test]
fn every_example_is_true() {
    let mut wrong = Vec::new();
    for code in Code::ALL {
        let examples = examples(code.help());
        let beyond = BEYOND_ONE_FILE.contains(&code.name());
        assert_eq!(
            examples.is_empty(),
            beyond && code.name() != "empty-file",
            "{code}"
        );
        for (number, example) in examples.iter().enumerate() {
            let told = reported(example);
            let due = number == 0 && !beyond;
            if told.iter().any(|told| told == code.name()) != due {
                wrong.push(format!(
                    "{code}, example {number}: {told:?}\n{}",
                    piece(example)
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_code_is_explained_with_its_example() {
    let output = flashpoint(Path::new("."), &["explain", "unknown-key"]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(said.contains("\n    subtitel: Will it hold?\n"), "{said}");
    assert!(!said.contains("```"), "{said}");
}

#[test]
fn without_a_code_all_are_listed_and_an_unknown_one_is_wrong_usage() {
    let output = flashpoint(Path::new("."), &["explain"]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(said.lines().count(), Code::ALL.len());
    let output = flashpoint(Path::new("."), &["explain", "unknwon-key"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(said.contains("did you mean `unknown-key`?"), "{said}");
}
