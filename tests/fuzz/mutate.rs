//! Changes to bytes that know nothing of what they mean.

use super::random::Random;

/// What is put in: what texts, YAML and JSON have a meaning for, and numbers at the ends of ranges.
const TOKENS: &[&str] = &[
    ": ",
    "- ",
    "\n",
    "\n  ",
    "\t",
    "\"",
    "'",
    "[",
    "]",
    "{",
    "}",
    "&a ",
    "*a",
    "!!str ",
    "|\n",
    ">\n",
    " #",
    "~",
    "\\",
    "\0",
    "\u{feff}",
    "\u{202e}",
    "\r\n",
    "---\n",
    "...\n",
    "? ",
    "%",
    "[^x]",
    "](",
    "**",
    "^",
    "\u{200b}",
    "\u{301}",
    "null",
    "true",
    "-1",
    "0",
    "1e999",
    "NaN",
    "4294967296",
    "18446744073709551616",
    "0x7fffffff",
    ",",
    ":",
    "é",
    "字",
];

/// Changes an input in a few places; another one may lend a part.
pub(crate) fn mutate(random: &mut Random, bytes: &mut Vec<u8>, other: &[u8]) {
    for _ in 0..random.few() {
        let at = random.below(bytes.len() + 1);
        let length = random.few().min(bytes.len() - at);
        match random.below(8) {
            0 => {
                bytes.drain(at..at + length);
            }
            1 => insert(bytes, at, random.pick(TOKENS).as_bytes()),
            2 => {
                let part = bytes[at..at + length].to_vec();
                for _ in 0..random.few() {
                    insert(bytes, at, &part);
                }
            }
            3 => {
                let from = random.below(other.len() + 1);
                let to = other.len().min(from + 1 + random.below(64));
                insert(bytes, at, &other[from..to]);
            }
            4 => bytes.truncate(at),
            5 => {
                let to = random.below(bytes.len() + 1);
                let part: Vec<u8> = bytes.drain(at..at + length).collect();
                insert(bytes, to, &part);
            }
            _ => {
                let value = match random.below(3) {
                    0 => 0,
                    1 => 0xff,
                    _ => random.next() as u8,
                };
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = value;
                }
            }
        }
    }
}

fn insert(bytes: &mut Vec<u8>, at: usize, part: &[u8]) {
    let at = at.min(bytes.len());
    bytes.splice(at..at, part.iter().copied());
}
