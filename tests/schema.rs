//! Holds the JSON Schema to the fixtures: it accepts every valid one, and refuses each invalid one whose fault is one of shape.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::fs;
use std::path::{Path, PathBuf};

use flashpoint::load::{load, schema, schema_for_editors};
use serde_json::Value;

/// Faults that no schema can state; `flashpoint check` alone finds them.
const BEYOND_SHAPE: &[&str] = &[
    "addresses",
    "blank-texts",
    "duplicate-key",
    "escaped-control",
    "isbn",
    "language",
    "no-such-day",
    "notes",
    "orcid-checksum",
    "role-unknown",
    "slug-dots",
    "slug-long",
    "slug-nul",
    "slug-reserved",
    "slug-slash",
    "span-language",
    "table-rows",
    "tag",
    "title-without-slug",
    "updated-before-date",
    "warned-and-wrong",
];

/// Files that are not one document of YAML, so that there is nothing to hold against a schema.
const NOT_YAML: &[&str] = &[
    "alias-bomb",
    "apostrophe",
    "colon-in-title",
    "emphasis-first",
    "indentation",
    "link-first",
    "not-utf8",
    "raw-control",
    "tab",
    "two-documents",
    "unclosed-quote",
];

fn fixtures(kind: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut files: Vec<_> = fs::read_dir(folder.join(kind))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "yaml")
        })
        .collect();
    files.sort();
    files
}

fn name(path: &Path) -> &str {
    path.file_stem().unwrap().to_str().unwrap()
}

/// The file as the JSON value that a schema judges, unless it is none.
fn value(path: &Path) -> Option<Value> {
    serde_yaml::from_slice(&fs::read(path).unwrap()).ok()
}

#[test]
fn every_valid_fixture_has_the_shape_of_the_schema() {
    let validator = jsonschema::validator_for(schema()).unwrap();
    let files = fixtures("valid");
    assert!(files.len() >= 20);
    for path in files {
        let value = value(&path).unwrap();
        let errors: Vec<_> = validator
            .iter_errors(&value)
            .map(|e| e.to_string())
            .collect();
        assert!(errors.is_empty(), "{}: {errors:?}", name(&path));
    }
}

#[test]
fn every_valid_fixture_loads_without_a_word() {
    for path in fixtures("valid") {
        let loaded = load(&path);
        assert_eq!(loaded.diagnostics, [], "{}", name(&path));
        assert!(loaded.piece.is_some(), "{}", name(&path));
    }
}

#[test]
fn the_schema_refuses_each_fault_of_shape_and_no_other() {
    let validator = jsonschema::validator_for(schema()).unwrap();
    for path in fixtures("invalid") {
        let name = name(&path);
        let beyond = BEYOND_SHAPE.contains(&name) || name.starts_with("image-");
        match value(&path) {
            None => assert!(NOT_YAML.contains(&name), "{name} is not YAML"),
            Some(value) => {
                assert_eq!(validator.is_valid(&value), beyond, "{name}");
            }
        }
    }
}

#[test]
fn a_file_is_refused_here_wherever_the_schema_refuses_it() {
    let validator = jsonschema::validator_for(schema()).unwrap();
    for path in fixtures("invalid") {
        let loaded = load(&path);
        let mut problems = loaded.diagnostics.clone();
        problems.extend(flashpoint::check::check(&loaded).diagnostics);
        let errors = problems
            .iter()
            .any(|problem| problem.severity == flashpoint::diagnostic::Severity::Error);
        let refused = value(&path).is_none_or(|value| !validator.is_valid(&value));
        assert!(errors || !refused, "{} passes", name(&path));
    }
}

/// The first line of a piece names this file for editors. `UPDATE_EXPECT=1` writes it anew.
#[test]
fn the_committed_schema_is_the_one_that_the_types_give() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schema.json");
    let text = format!(
        "{}\n",
        serde_json::to_string_pretty(&schema_for_editors()).unwrap()
    );
    expect_test::expect_file![path].assert_eq(&text);
}
