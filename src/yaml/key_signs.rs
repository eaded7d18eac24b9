//! Keys behind which another sign stands than YAML's colon, as people part names from values elsewhere: `Title - X`, `Title – X`,
//! `title = X`.
//!
//! Among keys that are written right such a line is a fault of YAML's own. Where no key of a mapping is, YAML reads one text; where the
//! schema has no room for a text it is a fault too, and reading goes on behind it.

use std::ops::Range;

use serde_json::Value;

use super::other_languages;
use super::recover::is_scalar;
use super::schema::{Schema, allows};
use super::tree::{Fault, Node, NodeKind};
use crate::diagnostic::{Code, Diagnostic, ValueStyle};

/// What the fault is called among those of the parser.
const INFO: &str = "a sign for a colon";

/// Signs that people write behind keys, the longer ones first.
const SIGNS: &[&str] = &[
    ":-", ":=", "::", "=>", "->", "--", "=", "-", "–", "—", "→", "\t",
];

/// A key with another sign behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Signed {
    /// The key.
    pub(super) key: Range<usize>,
    /// The sign.
    pub(super) sign: Range<usize>,
}

/// The word with which a line's content begins, and such a sign behind it; `is_key` says whether it is a key.
pub(super) fn signed(content: &str, is_key: impl Fn(&str) -> bool) -> Option<Signed> {
    let of_key = |c: char| c.is_alphanumeric() || c == '_' || c == ' ' || is_joined(c);
    let word = content.find(|c| !of_key(c)).unwrap_or(content.len());
    let word = content[..word].trim_end();
    if word.is_empty() || !is_key(word) {
        return None;
    }
    let behind = content[word.len()..].trim_start_matches(' ');
    let at = content.len() - behind.len();
    let sign = SIGNS.iter().find(|sign| behind.starts_with(**sign))?;
    let value = &behind[sign.len()..];
    // A dash joins words where no space stands around it, and a second sign is none of a key.
    let is_apart = at > word.len() && (value.is_empty() || value.starts_with([' ', '\t']));
    let parts = match *sign {
        "-" | "–" | "—" | "--" | "→" | "->" => is_apart,
        _ => !value.starts_with(['=', ':', '-']),
    };
    parts.then(|| Signed {
        key: 0..word.len(),
        sign: at..at + sign.len(),
    })
}

/// Whether a character joins the letters of a word in scripts that need it.
fn is_joined(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}') || ('\u{900}'..='\u{dff}').contains(&c)
}

/// The first text in the place of a mapping, or of a list of some, that begins with a key and such a sign.
pub(super) fn first(root: &Node<'_>, text: &str, schema: Schema<'_>) -> Option<Box<Fault>> {
    // Few files hold such a text at all, and none of them is walked beside its schema.
    if !is_scalar(root) && !is_in(root, text) {
        return None;
    }
    let keys = schema.keys();
    let is_key = |word: &str| other_languages::is_key(word, &keys);
    let node = find(root, text, schema, schema.0, &is_key)?;
    let at = node.span.start;
    Some(Box::new(Fault {
        diagnostic: Diagnostic::error(Code::Yaml, "this is read as a text").at(Some(at..at + 1)),
        info: INFO.to_owned(),
        at,
    }))
}

/// Whether some text begins with a few words and such a sign.
fn is_in(node: &Node<'_>, text: &str) -> bool {
    const LONGEST: usize = 30;
    match &node.kind {
        NodeKind::Scalar(scalar) => {
            let raw = text.get(node.span.clone()).unwrap_or_default();
            scalar.style == ValueStyle::Plain && signed(raw, |word| word.len() <= LONGEST).is_some()
        }
        NodeKind::Sequence(items) => items.iter().any(|item| is_in(item, text)),
        NodeKind::Mapping(entries) => entries.iter().any(|entry| is_in(&entry.value, text)),
        NodeKind::Alias => false,
    }
}

fn find<'n, 'a>(
    node: &'n Node<'a>,
    text: &str,
    schemas: Schema<'_>,
    schema: &Value,
    is_key: &dyn Fn(&str) -> bool,
) -> Option<&'n Node<'a>> {
    let choices = schemas.alternatives(schema);
    match &node.kind {
        NodeKind::Scalar(_) => {
            let has_room = choices.iter().any(|choice| allows(choice, "string"));
            let raw = text.get(node.span.clone()).filter(|_| !has_room)?;
            let mut lines = raw.lines().map(str::trim_start);
            let is_one = lines.any(|line| signed(line, is_key).is_some());
            is_one.then_some(node)
        }
        NodeKind::Sequence(items) => {
            let list = choices.iter().find(|choice| allows(choice, "array"))?;
            let mut items = items.iter();
            items.find_map(|item| find(item, text, schemas, &list["items"], is_key))
        }
        NodeKind::Mapping(entries) => entries.iter().find_map(|entry| {
            let mut known = choices.iter();
            let schema = known.find_map(|choice| choice["properties"].get(entry.key.as_ref()))?;
            find(&entry.value, text, schemas, schema, is_key)
        }),
        NodeKind::Alias => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_told_from_a_word_with_a_dash() {
        let is_key = |word: &str| ["title", "name", "sort name"].contains(&&*word.to_lowercase());
        let of = |line: &str| {
            let found = signed(line, is_key)?;
            let (key, sign) = (line[found.key].to_owned(), line[found.sign].to_owned());
            Some((key, sign))
        };
        let expect = |key: &str, sign: &str| Some((key.to_owned(), sign.to_owned()));
        assert_eq!(of("Title - X"), expect("Title", "-"));
        assert_eq!(of("Title – X – Y"), expect("Title", "–"));
        assert_eq!(of("title=X"), expect("title", "="));
        assert_eq!(of("title:- X"), expect("title", ":-"));
        assert_eq!(of("Sort name —"), expect("Sort name", "—"));
        assert_eq!(of("title\tX"), expect("title", "\t"));
        for line in [
            "title-page X",
            "The title – X",
            "title: X",
            "title",
            "title == X",
            "",
        ] {
            assert_eq!(of(line), None, "{line}");
        }
    }
}
