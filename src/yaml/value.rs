//! A tree as the value that `serde_yaml` fills types from.
//!
//! Of a file whose shape is wrong in places, the value is what can be made of it, so that the rest is checked in the same run.

use serde_yaml::{Mapping, Value};

use super::schema::Schema;
use super::tree::{Entry, Node, NodeKind};
use crate::diagnostic::{ByteSpan, Diagnostic};

/// The value of a tree: without the keys that problems stand at, unless they are needed.
pub(super) fn of(root: &Node<'_>, schema: Schema<'_>, problems: &[Diagnostic]) -> Value {
    let mut wrong: Vec<&ByteSpan> = problems.iter().filter_map(|p| p.span.as_ref()).collect();
    wrong.sort_by_key(|span| (span.start, span.end));
    let needed = if wrong.is_empty() {
        Vec::new()
    } else {
        schema.required()
    };
    Builder { wrong, needed }.value(root)
}

struct Builder<'a> {
    /// Where problems stand, in order.
    wrong: Vec<&'a ByteSpan>,
    /// The keys that may not be left out.
    needed: Vec<&'a str>,
}

impl Builder<'_> {
    fn value(&self, node: &Node<'_>) -> Value {
        match &node.kind {
            NodeKind::Alias => Value::Null,
            // A number or truth value where text is due has been told of, and is taken for the text that was meant.
            NodeKind::Scalar(scalar) if !scalar.text.is_empty() && self.is_wrong(&node.span) => {
                Value::String(scalar.text.clone().into_owned())
            }
            NodeKind::Scalar(scalar) => scalar.value(),
            NodeKind::Sequence(items) => items.iter().map(|item| self.value(item)).collect(),
            NodeKind::Mapping(entries) => {
                let mut mapping = Mapping::with_capacity(entries.len());
                for entry in entries.iter().filter(|entry| self.is_kept(entry)) {
                    let key = Value::String(entry.key.clone().into_owned());
                    if !mapping.contains_key(&key) {
                        mapping.insert(key, self.value(&entry.value));
                    }
                }
                Value::Mapping(mapping)
            }
        }
    }

    /// Whether a key is needed, or no problem stands at it or its value.
    fn is_kept(&self, entry: &Entry<'_>) -> bool {
        self.wrong.is_empty()
            || self.needed.contains(&entry.key.as_ref())
            || !(self.is_wrong(&entry.key_span) || self.is_wrong(&entry.value.span))
    }

    fn is_wrong(&self, span: &ByteSpan) -> bool {
        self.wrong
            .binary_search_by_key(&(span.start, span.end), |span| (span.start, span.end))
            .is_ok()
    }
}
