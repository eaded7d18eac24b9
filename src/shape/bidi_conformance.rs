//! Unicode's own tests of the bidirectional algorithm, through our order of lines.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::io::Read;

use super::bidi::{Levels, level_of, visual_order};
use crate::piece::Direction;

/// A test file: the whole one from the folder that `BIDI_TESTS` names, else ours, cut. It is asked for when the test is compiled: no room but `cli` knows the environment.
fn file(name: &str, cut: &[u8]) -> String {
    let mut text = String::new();
    match option_env!("BIDI_TESTS") {
        Some(folder) => {
            let path = std::path::Path::new(folder).join(name);
            text = std::fs::read_to_string(path).unwrap();
        }
        None => {
            let mut reader = flate2::read::GzDecoder::new(cut);
            reader.read_to_string(&mut text).unwrap();
        }
    }
    text
}

/// The level of each character of a line, and the order in which they are shown.
fn set(characters: &[char], base: Direction) -> (Vec<u8>, Vec<usize>) {
    let text: String = characters.iter().collect();
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let Some(levels) = Levels::of(&text, base, &[]) else {
        let order = 0..characters.len();
        return (
            vec![level_of(base).number(); characters.len()],
            order.collect(),
        );
    };
    let mut line = Vec::new();
    let mut parts = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let (own, end) = levels.at(at);
        line.push(own);
        let from = starts.partition_point(|start| *start < at);
        let to = starts.partition_point(|start| *start < end);
        parts.push(from..to);
        at = end;
    }
    let order = visual_order(levels.base(), &mut line);
    let mut of_characters = Vec::new();
    for (own, part) in line.iter().zip(&parts) {
        of_characters.extend(part.clone().map(|_| own.level.number()));
    }
    let mut shown = Vec::new();
    for index in order {
        let part = parts[index].clone();
        if line[index].level.is_rtl() {
            shown.extend(part.rev());
        } else {
            shown.extend(part);
        }
    }
    (of_characters, shown)
}

/// Holds a line to what is expected of it; a level that the algorithm does not give is `x`.
fn hold(characters: &[char], base: Direction, levels: &[&str], order: &[usize], line: &str) {
    let (found, shown) = set(characters, base);
    for (own, expected) in found.iter().zip(levels) {
        assert!(
            *expected == "x" || own.to_string() == *expected,
            "{line}: {found:?}"
        );
    }
    let given = |index: &usize| levels[*index] != "x";
    let shown: Vec<usize> = shown.into_iter().filter(given).collect();
    assert_eq!(shown, order, "{line}");
}

fn numbers(text: &str) -> Vec<usize> {
    text.split_whitespace()
        .map(|number| number.parse().unwrap())
        .collect()
}

#[test]
fn lines_of_characters_are_ordered_as_unicode_asks() {
    let cut = include_bytes!("../../tests/fixtures/unicode/BidiCharacterTest.txt.gz");
    let text = file("BidiCharacterTest.txt", cut);
    let mut held = 0;
    for line in text
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
    {
        let fields: Vec<&str> = line.split(';').collect();
        let code = |code: &str| char::from_u32(u32::from_str_radix(code, 16).unwrap());
        let characters: Vec<char> = fields[0].split(' ').filter_map(code).collect();
        // A paragraph's end is a space in our texts.
        if characters.contains(&'\u{2029}') {
            continue;
        }
        let base = match fields[2] {
            "0" => Direction::LeftToRight,
            _ => Direction::RightToLeft,
        };
        let levels: Vec<&str> = fields[3].split(' ').collect();
        hold(&characters, base, &levels, &numbers(fields[4]), line);
        held += 1;
    }
    assert!(held > 5_000, "{held}");
}

/// A character of each class.
fn of_class(class: &str) -> char {
    match class {
        "L" => 'a',
        "R" => 'א',
        "AL" => 'ب',
        "EN" => '1',
        "ES" => '+',
        "ET" => '$',
        "AN" => '١',
        "CS" => ',',
        "B" => '\u{2029}',
        "S" => '\t',
        "WS" => ' ',
        "ON" => '!',
        "NSM" => '\u{300}',
        "BN" => '\u{AD}',
        "LRE" => '\u{202A}',
        "RLE" => '\u{202B}',
        "PDF" => '\u{202C}',
        "LRO" => '\u{202D}',
        "RLO" => '\u{202E}',
        "LRI" => '\u{2066}',
        "RLI" => '\u{2067}',
        "FSI" => '\u{2068}',
        "PDI" => '\u{2069}',
        other => panic!("no class {other}"),
    }
}

#[test]
fn lines_of_classes_are_ordered_as_unicode_asks() {
    let cut = include_bytes!("../../tests/fixtures/unicode/BidiTest.txt.gz");
    let text = file("BidiTest.txt", cut);
    let (mut levels, mut order) = (Vec::new(), Vec::new());
    let mut held = 0;
    for line in text
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
    {
        if let Some(expected) = line.strip_prefix("@Levels:") {
            levels = expected.split_whitespace().collect();
            continue;
        }
        if let Some(expected) = line.strip_prefix("@Reorder:") {
            order = numbers(expected);
            continue;
        }
        let (classes, bases) = line.split_once("; ").unwrap();
        let classes: Vec<&str> = classes.split(' ').collect();
        // A paragraph's end is a space in our texts.
        if classes.contains(&"B") {
            continue;
        }
        let characters: Vec<char> = classes.iter().map(|class| of_class(class)).collect();
        let bases = u8::from_str_radix(bases, 16).unwrap();
        let whole: String = characters.iter().collect();
        let own = Direction::of_letters(&whole).unwrap_or(Direction::LeftToRight);
        let (ltr, rtl) = (Direction::LeftToRight, Direction::RightToLeft);
        for (bit, base) in [(1, own), (2, ltr), (4, rtl)] {
            if bases & bit != 0 {
                hold(&characters, base, &levels, &order, line);
                held += 1;
            }
        }
    }
    assert!(held > 20_000, "{held}");
}
