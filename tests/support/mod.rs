//! What several black-box tests need: readers of finished editions that did not write them, and the program to run.
#![allow(
    dead_code,
    unreachable_pub,
    reason = "each test uses its part of this module"
)]

pub mod docx_reader;
pub mod epub_reader;
pub mod pdf_reader;

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A block of text as a reader of an edition meets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// 1 to 6 for a heading, nothing for other text.
    pub level: Option<u8>,
    /// The words, white space folded.
    pub text: String,
}

impl Line {
    /// A line with its white space folded; none where there are no words.
    pub fn new(level: Option<u8>, text: &str) -> Option<Self> {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then_some(Self { level, text })
    }
}

/// The parts of a zip package by name.
pub fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip package");
    let mut parts = BTreeMap::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).expect("an entry");
        let mut content = Vec::new();
        file.read_to_end(&mut content).expect("a whole entry");
        parts.insert(file.name().to_owned(), content);
    }
    parts
}

/// A part of a package as text.
pub fn part<'a>(parts: &'a BTreeMap<String, Vec<u8>>, name: &str) -> &'a str {
    let bytes = parts
        .get(name)
        .unwrap_or_else(|| panic!("no part {name} among {:?}", parts.keys()));
    std::str::from_utf8(bytes).expect("UTF-8")
}

/// The project's folder.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The valid fixtures and the real piece.
pub fn valid_sources() -> Vec<PathBuf> {
    let fixtures = std::fs::read_dir(root().join("tests/fixtures/valid")).expect("the fixtures");
    let paths = fixtures.map(|entry| entry.expect("an entry").path());
    let mut sources: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|e| e == "yaml"))
        .collect();
    sources.push(root().join("source/flash-point.yaml"));
    sources.sort();
    sources
}

/// Runs the program in a folder, away from the environment's settings.
pub fn flashpoint(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_flashpoint"));
    command
        .current_dir(folder)
        .args(arguments)
        .env_remove("SOURCE_DATE_EPOCH")
        .env("NO_COLOR", "1");
    command.output().expect("the program runs")
}

/// The character that a reference in XML stands for.
pub fn resolve(reference: &quick_xml::events::BytesRef<'_>) -> char {
    if let Some(character) = reference.resolve_char_ref().expect("a character") {
        return character;
    }
    match reference.decode().expect("UTF-8").as_ref() {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        other => panic!("an entity that XML does not have: {other}"),
    }
}

/// The value of an attribute, by its name with prefix; empty where there is none.
pub fn attribute(element: &quick_xml::events::BytesStart<'_>, name: &str) -> String {
    let attribute = element
        .attributes()
        .flatten()
        .find(|attribute| attribute.key.as_ref() == name.as_bytes());
    let value =
        attribute.map(|attribute| String::from_utf8(attribute.value.into_owned()).expect("UTF-8"));
    value
        .map(|value| {
            quick_xml::escape::unescape(&value)
                .expect("well-formed")
                .into_owned()
        })
        .unwrap_or_default()
}
