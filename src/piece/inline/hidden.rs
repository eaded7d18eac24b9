//! What is kept from pulldown-cmark: the atoms, and all that means something to it and nothing here.

use std::ops::Range;

use super::atoms::Atom;
use super::east_asian::{is_east_asian_letter, is_east_asian_mark};
use super::escapes::{is_escape, run};

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
    // Where no link ends none begins, and each bracket would be kept as if one did.
    let has_links = source[part.clone()].contains("](");
    while at < part.end {
        if let Some(atom) = atoms.next_if(|atom| atom.range.start == at) {
            masked.extend(atom.range.clone().map(|_| ','));
            at = atom.range.end;
            continue;
        }
        let next = atoms.peek().map_or(part.end, |atom| atom.range.start);
        let plain = source[at..next]
            .bytes()
            .take_while(|b| {
                let bracket = matches!(b, b'[' | b']') && !has_links;
                !(is_hidden(*b) || bracket || matches!(b, b'\\' | b'[' | b'^' | b'~'))
            })
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
            b'[' if has_links => masked.push('['),
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
    beside_ideographs(masked)
}

/// Lets asterisks beside Chinese, Japanese and Korean letters open and close whatever stands on their other side. CommonMark
/// asks for a space between a letter and an asterisk that a bracket, a quotation mark or a sign stands behind, and these languages have none;
/// its amendment for them is told here in characters that have the same effect on the plain rules, and take as many bytes.
fn beside_ideographs(masked: String) -> String {
    if masked.is_ascii() || !masked.contains('*') {
        return masked;
    }
    let mut bytes = masked.as_bytes().to_vec();
    let mut at = 0;
    while let Some(found) = masked[at..].find('*') {
        let start = at + found;
        let end = start + run(masked.as_bytes(), start);
        at = end;
        let before = masked[..start].chars().next_back();
        let after = masked[end..].chars().next();
        let (Some(before), Some(after)) = (before, after) else {
            break;
        };
        let mut stands_for = |letter: char, range: Range<usize>, beside: usize, byte: u8| {
            // A letter between two asterisks may have to be seen differently from each.
            if !bytes[range.start].is_ascii() {
                let own = if is_east_asian_letter(letter) {
                    b'x'
                } else {
                    b','
                };
                bytes[range.clone()].fill(own);
            }
            bytes[beside] = byte;
        };
        let is_mark = |c: char| !c.is_alphanumeric() && !c.is_whitespace();
        let first = start - before.len_utf8()..start;
        let last = end..end + after.len_utf8();
        if is_east_asian_letter(before) && is_mark(after) {
            stands_for(before, first, start - 1, b',');
        } else if is_east_asian_letter(after) && is_mark(before) {
            stands_for(after, last, end, b',');
        } else if is_east_asian_mark(after) && before.is_alphanumeric() {
            stands_for(after, last, end, b'x');
        } else if is_east_asian_mark(before) && after.is_alphanumeric() {
            stands_for(before, first, start - 1, b'x');
        }
    }
    // All that was put in is ASCII, in place of whole characters.
    String::from_utf8(bytes).unwrap_or(masked)
}

/// Whether a byte could mean something to pulldown-cmark that it does not mean here.
fn is_hidden(byte: u8) -> bool {
    matches!(
        byte,
        b'\n' | b'\r' | b'<' | b'>' | b'&' | b'`' | b'_' | b'"' | b'\'' | b'('
    )
}
