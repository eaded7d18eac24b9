#![allow(clippy::unwrap_used, reason = "tests")]

use std::path::Path;
use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::{Value, json};

use super::*;

static SCHEMA: LazyLock<Value> = LazyLock::new(|| {
    json!({
        "type": "object",
        "properties": {
            "title": { "type": "string", "minLength": 1 },
            "rows": { "type": "array", "items": { "type": "string" } },
            "of": { "type": "object", "additionalProperties": { "type": "integer" } },
        },
        "required": ["title"],
    })
});

fn kind() -> FileKind<'static> {
    FileKind {
        name: "note",
        max_bytes: 1 << 10,
        schema: &SCHEMA,
        empty: Empty::Refused("a note needs a title"),
    }
}

/// What is read of a text, and what is told: code, the text at its place, hint.
fn problems_of<T: DeserializeOwned>(text: &str) -> (Option<T>, Vec<(String, String, String)>) {
    let mut source = SourceText {
        text: text.into(),
        ..SourceText::default()
    };
    let mut problems = Vec::new();
    let read = read(&mut source, &kind(), &mut problems);
    let told = problems.into_iter().map(|problem| {
        let at = text[problem.span.unwrap()].to_owned();
        (
            problem.code.name().to_owned(),
            at,
            problem.hint.unwrap_or_default(),
        )
    });
    (read, told.collect())
}

#[test]
fn every_problem_has_its_place_and_the_rest_is_read() {
    let text = "titel: \"x\"\ntitle: 12\nrows: [a, a]\n\"of\": {é: b}\nrows: []\n";
    let (read, told) = problems_of::<serde_yaml::Value>(text);
    let codes: Vec<_> = told
        .iter()
        .map(|(code, at, _)| (code.as_str(), at.as_str()))
        .collect();
    assert_eq!(
        codes,
        [
            ("duplicate-key", "rows"),
            ("unknown-key", "titel"),
            ("not-text", "12"),
            ("wrong-type", "b")
        ]
    );
    assert_eq!(told[1].2, "did you mean `title`?");
    let read = read.unwrap();
    assert_eq!(read["title"], "12");
    assert!(read.get("titel").is_none());
}

/// A type that asks for more than its schema says.
#[derive(Debug, Deserialize)]
struct Narrow {
    #[serde(rename = "rows")]
    _rows: Vec<std::num::NonZeroU8>,
}

#[test]
fn what_only_the_type_refuses_has_its_place_too() {
    let (read, told) = problems_of::<Narrow>("title: x\nrows:\n- one\n");
    assert!(read.is_none());
    assert_eq!(told[0].0, "wrong-type");
    assert_eq!(told[0].1, "one");
}

#[test]
fn an_empty_file_is_told_where_something_is_due() {
    assert_eq!(
        problems_of::<serde_yaml::Value>("# nothing\n").1[0].0,
        "empty-file"
    );
}

#[test]
fn a_space_of_another_kind_behind_a_hyphen_is_told_and_mended() {
    for space in ['\u{a0}', '\u{3000}', '\u{2009}'] {
        for first in [" ".to_owned(), space.to_string()] {
            let text = format!("title: x\nrows:\n  -{first}one\n  -{space}four\n");
            let (read, told) = problems_of::<serde_yaml::Value>(&text);
            let rows = read.unwrap()["rows"].clone();
            assert_eq!(
                rows,
                serde_yaml::from_str::<serde_yaml::Value>("[one, four]").unwrap()
            );
            assert!(
                told.iter()
                    .all(|(code, at, _)| code == "yaml" && *at == space.to_string())
            );
            assert_eq!(told.len(), 1 + usize::from(first != " "), "{told:?}");
        }
    }
}

#[test]
fn a_comment_between_the_lines_of_a_text_is_told_as_the_cause() {
    for text in [
        "title: x\nrows:\n  - one\n    # c\n    two\n  - three\n",
        "title: one\n  # c\n  two\nrows: []\n",
        "title: x\nrows:\n  - one\n# c\n# d\n    two\n    more\n",
    ] {
        let (_, told) = problems_of::<serde_yaml::Value>(text);
        assert_eq!(told.len(), 1, "{text}: {told:?}");
        assert_eq!(told[0].1, "#", "{text}");
        assert!(told[0].2.starts_with("put it above the text"), "{told:?}");
    }
}

#[test]
fn a_quotation_mark_that_a_later_text_closes_is_told_where_it_opens() {
    let (read, told) = problems_of::<serde_yaml::Value>("title: x\nrows:\n  - 'one\n  - it's\n");
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].1, "'");
    assert!(
        told[0].2.contains("line 4") && told[0].2.contains("`''`"),
        "{told:?}"
    );
    assert_eq!(read.unwrap()["rows"][1], "it's");
}

/// The value made of the tree is the one that `serde_yaml` reads of the same text by itself.
#[test]
fn the_tree_gives_the_value_that_serde_yaml_reads() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/valid");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "yaml") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let none = Origins::default();
        let root = tree::read(&text, &text, &none, &kind(), &mut Vec::new());
        let ours = value::of(&root.unwrap().unwrap(), Schema(&SCHEMA));
        let theirs: serde_yaml::Value = serde_yaml::from_str(&text).unwrap();
        assert_eq!(strings(ours), strings(theirs), "{}", path.display());
        seen += 1;
    }
    assert!(seen >= 20);
}

/// Keys are texts here whatever they hold: the names of notes may be numbers.
fn strings(value: serde_yaml::Value) -> serde_json::Value {
    serde_json::to_value(value).unwrap()
}
