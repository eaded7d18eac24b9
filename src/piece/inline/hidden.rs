//! What is kept from pulldown-cmark: the atoms, and all that means something to it and nothing here.

use std::ops::Range;

use super::atoms::Atom;
use super::escapes::is_escape;

/// Put around the text that pulldown-cmark sees: the comma opens a paragraph, whatever the text begins with, and the spaces
/// are to the first and the last character what the ends of the text are.
pub(super) const BEFORE: &str = ", ";
const AFTER: &str = " ,";

/// The text as pulldown-cmark may see it, byte for byte as long as the source.
pub(super) fn mask(source: &str, part: &Range<usize>, atoms: &[Atom]) -> String {
    let bytes = source.as_bytes();
    let mut masked = String::with_capacity(BEFORE.len() + part.len() + AFTER.len());
    masked.push_str(BEFORE);
    let mut atoms = atoms.iter().peekable();
    let mut at = part.start;
    while at < part.end {
        if let Some(atom) = atoms.next_if(|atom| atom.range.start == at) {
            masked.extend(atom.range.clone().map(|_| ','));
            at = atom.range.end;
            continue;
        }
        let next = atoms.peek().map_or(part.end, |atom| atom.range.start);
        let plain = source[at..next]
            .bytes()
            .take_while(|b| !is_hidden(*b) && !matches!(b, b'\\' | b'[' | b'^' | b'~'))
            .count();
        if plain > 0 {
            masked.push_str(&source[at..at + plain]);
            at += plain;
            continue;
        }
        match bytes[at] {
            b'\\' if at + 1 < part.end && is_escape(bytes, at) => {
                masked.push_str(&source[at..at + 2]);
                at += 1;
            }
            b'[' => masked.push('['),
            b'\n' | b'\r' => masked.push(' '),
            // After white space a parenthesis would open a link's title.
            b'(' if !matches!(
                at.checked_sub(1).map(|b| bytes[b]),
                Some(b' ' | b'\t' | b'\n')
            ) =>
            {
                masked.push('(');
            }
            _ => masked.push(','),
        }
        at += 1;
    }
    masked.push_str(AFTER);
    masked
}

/// Whether a byte could mean something to pulldown-cmark that it does not mean here.
fn is_hidden(byte: u8) -> bool {
    matches!(
        byte,
        b'\n' | b'\r' | b'<' | b'>' | b'&' | b'`' | b'_' | b'"' | b'\'' | b'('
    )
}
