//! The parts as text that a person can review; `UPDATE_EXPECT=1` blesses them anew.

use std::fs;
use std::path::Path;

use expect_test::expect_file;

use crate::package::Package;
use crate::sample;

#[test]
fn every_part_of_the_piece_with_every_block_is_as_reviewed() {
    compare("every-block", sample::EVERY_BLOCK, &[]);
}

#[test]
fn the_parts_of_the_right_to_left_piece_are_as_reviewed() {
    let parts = [
        "word/document.xml",
        "word/footnotes.xml",
        "word/settings.xml",
    ];
    compare("urdu", sample::URDU, &parts);
}

/// Compares the parts named, or all of them; a golden that no part belongs to fails.
fn compare(name: &str, yaml: &str, only: &[&str]) {
    let package = Package::read(&sample::written(yaml));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/goldens/docx")
        .join(name);
    let chosen = package
        .parts
        .iter()
        .filter(|(part, _)| only.is_empty() || only.contains(&part.as_str()));
    let mut expected = Vec::new();
    for (part, root) in chosen {
        let file = part.replace('/', "-").replace(['[', ']'], "") + ".txt";
        expect_file![folder.join(&file)].assert_eq(&root.pretty());
        expected.push(file);
    }
    let mut found: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    found.sort();
    expected.sort();
    assert_eq!(found, expected, "goldens and parts");
}
