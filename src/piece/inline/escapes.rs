//! What a backslash makes literal, and how often a mark stands in a row.

/// The characters that a backslash makes literal.
pub(super) const ESCAPABLE: &[u8] = b"*^~[]\\";

/// Whether the backslash at a place makes the next character literal.
pub(super) fn is_escape(bytes: &[u8], at: usize) -> bool {
    bytes
        .get(at + 1)
        .is_some_and(|next| ESCAPABLE.contains(next))
}

/// How often the character at a place stands there in a row.
pub(super) fn run(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().take_while(|b| **b == bytes[at]).count()
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
