//! Values put into a file's tree where the file leaves them out, before its shape is judged.

use std::borrow::Cow;

use serde_json::Value;

use super::scalar::{Plain, Scalar};
use super::tree::{Entry, Node, NodeKind};
use crate::diagnostic::{ByteSpan, ValueStyle};

/// A mapping of a tree.
pub(crate) struct Mapping<'m, 'a> {
    entries: &'m mut Vec<Entry<'a>>,
    start: usize,
}

impl<'m, 'a> Mapping<'m, 'a> {
    /// The mapping that a value is.
    pub(super) fn of(node: &'m mut Node<'a>) -> Option<Self> {
        let start = node.span.start;
        match &mut node.kind {
            NodeKind::Mapping(entries) => Some(Self { entries, start }),
            _ => None,
        }
    }

    fn find(&self, key: &str) -> Option<&Node<'a>> {
        let mut entries = self.entries.iter();
        entries
            .find(|entry| entry.key == key)
            .map(|entry| &entry.value)
    }

    /// Whether the file has a key.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.find(key).is_some()
    }

    /// The text under a key, and its place.
    pub(crate) fn text(&self, key: &str) -> Option<(&str, ByteSpan)> {
        let node = self.find(key)?;
        match &node.kind {
            NodeKind::Scalar(scalar) => Some((&scalar.text, node.span.clone())),
            _ => None,
        }
    }

    /// Puts a value under a key that the file leaves out.
    pub(crate) fn put(&mut self, key: &str, value: &Value) {
        let span = self.start..self.start;
        self.entries.push(Entry {
            key: Cow::Owned(key.to_owned()),
            key_span: span.clone(),
            value: node(value, &span),
        });
    }

    /// The mappings in the list under a key.
    pub(crate) fn items(&mut self, key: &str) -> Vec<Mapping<'_, 'a>> {
        let mut entries = self.entries.iter_mut();
        let list = entries.find(|entry| entry.key == key);
        match list.map(|entry| &mut entry.value.kind) {
            Some(NodeKind::Sequence(items)) => items.iter_mut().filter_map(Mapping::of).collect(),
            _ => Vec::new(),
        }
    }
}

fn node<'a>(value: &Value, span: &ByteSpan) -> Node<'a> {
    let kind = match value {
        Value::Object(fields) => {
            let entries = fields.iter().map(|(key, value)| Entry {
                key: Cow::Owned(key.clone()),
                key_span: span.clone(),
                value: node(value, span),
            });
            NodeKind::Mapping(entries.collect())
        }
        Value::Array(items) => {
            NodeKind::Sequence(items.iter().map(|item| node(item, span)).collect())
        }
        Value::String(text) => scalar(text.clone(), Plain::Text),
        Value::Null => scalar(String::new(), Plain::Null),
        Value::Bool(truth) => scalar(truth.to_string(), Plain::Boolean),
        Value::Number(number) => scalar(number.to_string(), Plain::Integer),
    };
    Node {
        span: span.clone(),
        kind,
    }
}

fn scalar<'a>(text: String, plain: Plain) -> NodeKind<'a> {
    NodeKind::Scalar(Scalar {
        text: Cow::Owned(text),
        plain,
        style: ValueStyle::DoubleQuoted,
        is_mended: false,
    })
}
