//! Lists and mappings behind a sign of YAML's for texts of several lines: `statement: >`, and items below it.
//!
//! YAML reads one text there. Where the schema has no room for a text, the sign is what is wrong, and what stands below it is
//! what was meant; so it is a fault like those of YAML's own, and reading goes on behind it.

use serde_json::Value;

use super::schema::{Schema, allows};
use super::tree::{Fault, Node, NodeKind};
use crate::diagnostic::{Code, Diagnostic, ValueStyle};

/// What the fault is called among those of the parser.
pub(super) const INFO: &str = "a list as a text";

/// The first text that should be what it spells.
pub(super) fn first(root: &Node<'_>, schema: Schema<'_>) -> Option<Box<Fault>> {
    // Few files hold such a text at all, and none of them is walked beside its schema.
    is_in(root).then(|| find(root, schema, schema.0)).flatten()
}

fn is_in(node: &Node<'_>) -> bool {
    match &node.kind {
        NodeKind::Scalar(_) => is_spelled(node),
        NodeKind::Sequence(items) => items.iter().any(is_in),
        NodeKind::Mapping(entries) => entries.iter().any(|entry| is_in(&entry.value)),
        NodeKind::Alias => false,
    }
}

/// Whether a value is a text of several lines that begins as a list, or as a mapping.
fn is_spelled(node: &Node<'_>) -> bool {
    let NodeKind::Scalar(scalar) = &node.kind else {
        return false;
    };
    let first = scalar.text.trim_start().lines().next().unwrap_or_default();
    let key = first.split_once(':').map(|(key, _)| key);
    matches!(scalar.style, ValueStyle::Literal | ValueStyle::Folded)
        && (first.starts_with("- ") || key.is_some_and(is_key))
}

fn is_key(text: &str) -> bool {
    let is_of_one = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    !text.is_empty() && text.chars().all(is_of_one)
}

fn find<'s>(node: &Node<'_>, schemas: Schema<'s>, schema: &'s Value) -> Option<Box<Fault>> {
    let choices = schemas.alternatives(schema);
    match &node.kind {
        NodeKind::Scalar(_) => {
            let is_due = |kind: &str| choices.iter().any(|choice| allows(choice, kind));
            let is_one = is_spelled(node) && !is_due("string");
            (is_one && (is_due("array") || is_due("object"))).then(|| fault(node))
        }
        NodeKind::Sequence(items) => {
            let list = choices.iter().find(|choice| allows(choice, "array"))?;
            let mut found = items.iter().map(|item| find(item, schemas, &list["items"]));
            found.find_map(|found| found)
        }
        NodeKind::Mapping(entries) => entries.iter().find_map(|entry| {
            let known = |choice: &&'s Value| choice["properties"].get(entry.key.as_ref());
            let schema = choices.iter().find_map(known)?;
            find(&entry.value, schemas, schema)
        }),
        NodeKind::Alias => None,
    }
}

fn fault(node: &Node<'_>) -> Box<Fault> {
    Box::new(Fault {
        diagnostic: Diagnostic::error(Code::Yaml, "this is read as one text")
            .at(Some(node.span.clone())),
        info: INFO.to_owned(),
        at: node.span.start,
    })
}
