//! What is kept from pulldown-cmark: the marks that are read here, and all that means something to it and nothing here.

use std::ops::Range;

/// The characters that a backslash makes literal.
pub(super) const ESCAPABLE: &[u8] = b"*^~[]\\";

/// Put around the text that pulldown-cmark sees: the comma opens a paragraph, whatever the text begins with, and the spaces
/// are to the first and the last character what the ends of the text are.
pub(super) const BEFORE: &str = ", ";
const AFTER: &str = " ,";

/// A mark that is read here and hidden from pulldown-cmark.
pub(super) struct Atom {
    pub(super) range: Range<usize>,
    pub(super) kind: AtomKind,
}

#[derive(Clone, Copy)]
pub(super) enum AtomKind {
    Note,
    Superscript,
    Subscript,
}

/// Finds notes, super- and subscript. Every search ends at the next character of its own kind, so all of them together
/// pass over the text a fixed number of times.
pub(super) fn atoms(source: &str, part: &Range<usize>) -> Vec<Atom> {
    let bytes = &source.as_bytes()[..part.end];
    let mut atoms = Vec::new();
    let mut at = part.start;
    while at < bytes.len() {
        let found = match bytes[at] {
            b'\\' if is_escape(bytes, at) => {
                at += 2;
                continue;
            }
            b'[' => note_end(source, bytes, at).map(|end| (end, AtomKind::Note)),
            b'^' => script_end(source, bytes, at).map(|end| (end, AtomKind::Superscript)),
            b'~' => script_end(source, bytes, at).map(|end| (end, AtomKind::Subscript)),
            _ => None,
        };
        at = match found {
            Some((end, kind)) => {
                let range = at..end;
                atoms.push(Atom { range, kind });
                end
            }
            // A run that opens nothing is text as a whole.
            None if matches!(bytes[at], b'^' | b'~') => at + run(bytes, at),
            None => at + 1,
        };
    }
    atoms
}

/// The end of the note that begins at a `[`.
fn note_end(source: &str, bytes: &[u8], at: usize) -> Option<usize> {
    if bytes.get(at + 1) != Some(&b'^') {
        return None;
    }
    let name = &source[at + 2..bytes.len()];
    let length = name.find(|c: char| c.is_whitespace() || matches!(c, '[' | ']' | '^' | '\\'))?;
    (length > 0 && name[length..].starts_with(']')).then_some(at + 2 + length + 1)
}

/// The end of the super- or subscript that begins at a `^` or `~`.
fn script_end(source: &str, bytes: &[u8], at: usize) -> Option<usize> {
    let delimiter = bytes[at];
    if run(bytes, at) > 1 {
        return None;
    }
    let (mut brackets, mut parentheses) = (0_usize, 0_usize);
    let mut chars = source[at + 1..bytes.len()].char_indices();
    while let Some((offset, c)) = chars.next() {
        let here = at + 1 + offset;
        match c {
            '\\' if is_escape(bytes, here) => {
                chars.next();
            }
            '[' => brackets += 1,
            '(' => parentheses += 1,
            ']' => brackets = brackets.checked_sub(1)?,
            ')' => parentheses = parentheses.checked_sub(1)?,
            // A no-break space may stand inside: it is asked for on purpose.
            c if c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}') => return None,
            // `[^` opens a note, also in superscript.
            '^' if delimiter == b'^' && bytes[here - 1] == b'[' => {
                let end = note_end(source, bytes, here - 1)?;
                while chars.as_str().len() > bytes.len() - end {
                    chars.next();
                }
                brackets = brackets.checked_sub(1)?;
            }
            c if c == char::from(delimiter) => {
                let closed = brackets == 0 && parentheses == 0 && run(bytes, here) == 1;
                return closed.then_some(here + 1);
            }
            _ => {}
        }
    }
    None
}

fn is_escape(bytes: &[u8], at: usize) -> bool {
    bytes
        .get(at + 1)
        .is_some_and(|next| ESCAPABLE.contains(next))
}

/// How often the character at a place stands there in a row.
fn run(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().take_while(|b| **b == bytes[at]).count()
}

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
        let plain = source[at..part.end]
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

pub(super) fn unescape(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        let escaped = (c == '\\' && is_escape(bytes, at)).then(|| chars.next());
        plain.push(escaped.flatten().map_or(c, |(_, c)| c));
    }
    plain
}
