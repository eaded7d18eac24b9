//! Hyphenation patterns as TeX has them (Liang, 1983) made an automaton that is searched where it lies: nothing is read when a
//! program starts.
//!
//! A node is the number of its levels, each in a byte (the letters before its place in the high half, the level in the low),
//! the number of its ways, and the ways: a letter and the place of the next node in three bytes. Equal nodes are written once.
//! The place of the first node stands in the last three bytes.

use std::collections::BTreeMap;

/// A node while the patterns are gathered.
#[derive(Default)]
struct Node {
    ways: BTreeMap<u8, Node>,
    levels: Vec<u8>,
}

/// What forbids a break, and what asks for one, whatever the patterns say: of the list of exceptions.
const NEVER: u8 = 8;
const ALWAYS: u8 = 9;

/// The automaton of a file of patterns and exceptions.
pub(crate) fn automaton(tex: &str) -> Vec<u8> {
    let mut root = Node::default();
    for pattern in group(tex, "\\patterns{") {
        let mut letters = Vec::new();
        let mut levels = vec![0];
        for byte in pattern.bytes() {
            match byte {
                b'0'..=b'9' => *levels.last_mut().expect("never empty") = byte - b'0',
                _ => {
                    letters.push(byte);
                    levels.push(0);
                }
            }
        }
        add(&mut root, &letters, &levels);
    }
    for word in group(tex, "\\hyphenation{") {
        let mut letters = vec![b'.'];
        let mut levels = vec![0, 0];
        for part in word.split('-') {
            *levels.last_mut().expect("never empty") = ALWAYS;
            letters.extend(part.bytes());
            levels.extend(part.bytes().map(|_| NEVER));
        }
        letters.push(b'.');
        levels.push(0);
        add(&mut root, &letters, &levels);
    }
    let mut written = Vec::new();
    let first = write(&root, &mut written, &mut BTreeMap::new());
    written.extend(&first.to_le_bytes()[..3]);
    written
}

/// The words between an opening and the next closing brace, comments left out.
fn group<'a>(tex: &'a str, opening: &str) -> impl Iterator<Item = &'a str> {
    let start = tex.find(opening).map_or(tex.len(), |at| at + opening.len());
    let rest = &tex[start..];
    let group = &rest[..rest.find('}').unwrap_or(rest.len())];
    let lines = group
        .lines()
        .map(|line| line.split('%').next().unwrap_or(""));
    lines.flat_map(str::split_whitespace)
}

fn add(root: &mut Node, letters: &[u8], levels: &[u8]) {
    let mut node = root;
    for letter in letters {
        node = node.ways.entry(*letter).or_default();
    }
    let places = levels.iter().enumerate().filter(|(_, level)| **level > 0);
    node.levels = places
        .map(|(place, level)| {
            assert!(place < 16 && *level < 16, "a pattern is short");
            (place as u8) << 4 | level
        })
        .collect();
}

/// Writes a node behind those that it leads to; gives its place.
fn write(node: &Node, into: &mut Vec<u8>, known: &mut BTreeMap<Vec<u8>, u32>) -> u32 {
    let mut bytes = vec![node.levels.len() as u8];
    bytes.extend(&node.levels);
    bytes.push(node.ways.len() as u8);
    for (letter, next) in &node.ways {
        let place = write(next, into, known);
        bytes.push(*letter);
        bytes.extend(&place.to_le_bytes()[..3]);
    }
    if let Some(place) = known.get(&bytes) {
        return *place;
    }
    let place = into.len() as u32;
    into.extend(&bytes);
    known.insert(bytes, place);
    place
}
