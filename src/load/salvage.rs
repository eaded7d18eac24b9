//! What can be made of a source whose shape is wrong in places, so that the rest of it is checked in the same run.

use serde_yaml::{Mapping, Value};

use super::scalar::Plain;
use super::tree::{Entry, Kind, Node};
use crate::diagnostic::{ByteSpan, Diagnostic};
use crate::piece::Piece;

/// The piece without the keys that problems stand at; none when one that it needs is wrong or missing.
pub(super) fn piece(root: &Node<'_>, problems: &[Diagnostic]) -> Option<Piece> {
    let mut wrong: Vec<&ByteSpan> = problems.iter().filter_map(|p| p.span.as_ref()).collect();
    wrong.sort_by_key(|span| (span.start, span.end));
    serde_yaml::from_value(value(root, "", &wrong)).ok()
}

fn value(node: &Node<'_>, key: &str, wrong: &[&ByteSpan]) -> Value {
    match &node.kind {
        Kind::Alias => Value::Null,
        Kind::Scalar {
            plain: Plain::Null, ..
        } => Value::Null,
        // The one field that is a number; every other scalar is a text, quoted or not.
        Kind::Scalar { text, .. } if key == "number" => text
            .parse::<u32>()
            .map_or(Value::Null, |number| Value::Number(number.into())),
        Kind::Scalar { text, .. } => Value::String(text.clone().into_owned()),
        Kind::Sequence(items) => items.iter().map(|item| value(item, key, wrong)).collect(),
        Kind::Mapping(entries) => {
            let mut mapping = Mapping::new();
            for entry in entries.iter().filter(|entry| is_right(entry, wrong)) {
                let key = Value::String(entry.key.clone().into_owned());
                if !mapping.contains_key(&key) {
                    mapping.insert(key, value(&entry.value, &entry.key, wrong));
                }
            }
            Value::Mapping(mapping)
        }
    }
}

/// Whether no problem stands at the key of an optional field or at its value.
fn is_right(entry: &Entry<'_>, wrong: &[&ByteSpan]) -> bool {
    const NEEDED: &[&str] = &[
        "series",
        "title",
        "date",
        "language",
        "contributors",
        "name",
        "statement",
        "image",
        "alt",
    ];
    let stands_at = |span: &ByteSpan| {
        wrong
            .binary_search_by_key(&(span.start, span.end), |span| (span.start, span.end))
            .is_ok()
    };
    NEEDED.contains(&entry.key.as_ref())
        || !(stands_at(&entry.key_span) || stands_at(&entry.value.span))
}
