//! A tree as the value that `serde_yaml` fills types from.

use serde_yaml::{Mapping, Value};

use super::scalar::{Plain, Scalar};
use super::schema::{Schema, allows};
use super::tree::{Node, NodeKind};

/// The value of a tree. Where the schema has a text, a number is the text that stands there.
pub(super) fn of(root: &Node<'_>, schema: Schema<'_>) -> Value {
    value(root, schema, schema.0)
}

fn value(node: &Node<'_>, whole: Schema<'_>, schema: &serde_json::Value) -> Value {
    match &node.kind {
        NodeKind::Alias => Value::Null,
        NodeKind::Scalar(scalar) if scalar.plain == Plain::Text => scalar.value(),
        NodeKind::Scalar(scalar) => plain(scalar, &whole.alternatives(schema)),
        NodeKind::Sequence(items) => {
            let choices = whole.alternatives(schema);
            let lists = choices.iter().filter_map(|choice| choice.get("items"));
            let of = lists.into_iter().next().unwrap_or(&serde_json::Value::Null);
            items.iter().map(|item| value(item, whole, of)).collect()
        }
        NodeKind::Mapping(entries) => {
            let choices = whole.alternatives(schema);
            let schema_of = |key: &str| {
                let known = choices
                    .iter()
                    .find_map(|choice| choice["properties"].get(key));
                let any = || {
                    choices
                        .iter()
                        .find_map(|choice| choice.get("additionalProperties"))
                };
                known.or_else(any)
            };
            let mut mapping = Mapping::with_capacity(entries.len());
            for entry in entries {
                let key = Value::String(entry.key.clone().into_owned());
                if !mapping.contains_key(&key) {
                    let of = schema_of(&entry.key).unwrap_or(&serde_json::Value::Null);
                    mapping.insert(key, value(&entry.value, whole, of));
                }
            }
            Value::Mapping(mapping)
        }
    }
}

/// A number, a truth value or nothing; where the schema knows no such thing, the text.
fn plain(scalar: &Scalar<'_>, choices: &[&serde_json::Value]) -> Value {
    let allowed = |kinds: &[&str]| {
        let of = |kind: &&str| choices.iter().any(|choice| allows(choice, kind));
        kinds.iter().any(of)
    };
    let is_own = match scalar.plain {
        Plain::Null => scalar.text.is_empty() || allowed(&["null"]),
        Plain::Boolean => allowed(&["boolean"]) && !allowed(&["string"]),
        _ => allowed(&["integer", "number"]) && !allowed(&["string"]),
    };
    match is_own || !allowed(&["string"]) {
        true => scalar.value(),
        false => Value::String(scalar.text.clone().into_owned()),
    }
}
