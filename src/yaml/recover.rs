//! What can be made of a tree whose shape is wrong in places, so that the rest is checked in the same run.
//!
//! What was meant is put in the place of what stands there, where that is clear: the key that was misspelt, a list around its only
//! item, a text for the mapping that a colon made of it. What cannot be read is filled in, and its path remembered: nothing is
//! said of what nobody wrote. Whatever is changed here has been told of as an error, so no edition is made of it.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde_json::Value;

use super::hints::{self, Scope};
use super::keyed::KeyedList;
use super::scalar::{Plain, Scalar};
use super::schema::{Schema, allows, required};
use super::tree::{Entry, Node, NodeKind};
use crate::diagnostic::{FieldPath, ValueStyle};
use crate::piece::one_line;

/// Makes a tree one that its types can be filled from; gives the paths of what was filled in.
pub(super) fn recover(
    root: &mut Node<'_>,
    source: &str,
    schema: Schema<'_>,
) -> BTreeSet<FieldPath> {
    let mut recovery = Recovery {
        source,
        schema,
        unread: BTreeSet::new(),
    };
    recovery.value(root, schema.0, &FieldPath::root());
    recovery.unread
}

struct Recovery<'s> {
    source: &'s str,
    schema: Schema<'s>,
    unread: BTreeSet<FieldPath>,
}

impl<'s> Recovery<'s> {
    fn value(&mut self, node: &mut Node<'_>, schema: &'s Value, path: &FieldPath) {
        let choices = self.schema.alternatives(schema);
        let of = |kind: &str| choices.iter().copied().find(|choice| allows(choice, kind));
        let objects: Vec<&'s Value> = (choices.iter().copied())
            .filter(|choice| allows(choice, "object"))
            .collect();
        if let (NodeKind::Mapping(entries), true) = (&mut node.kind, objects.is_empty())
            && let Some(list) = of("array")
            && let Some(keyed) = KeyedList::of(self.schema, list, entries)
        {
            node.kind = NodeKind::Sequence(keyed.items(std::mem::take(entries)));
            return self.value(node, schema, path);
        }
        match &mut node.kind {
            NodeKind::Scalar(scalar) if fits(scalar, &choices) => {}
            NodeKind::Scalar(scalar) if scalar.text.is_empty() => self.fill(node, &choices, path),
            NodeKind::Scalar(_) => match of("array") {
                Some(list) => self.wrap(node, list, path),
                None => self.fill(node, &choices, path),
            },
            NodeKind::Sequence(items) => match of("array") {
                Some(list) if self.is_lone_row(items, list) => self.wrap(node, list, path),
                Some(list) => {
                    for (index, item) in items.iter_mut().enumerate() {
                        self.value(item, &list["items"], &path.index(index));
                    }
                }
                None => match objects.as_slice() {
                    [one] if is_mapping_in_parts(items) => self.join(node, one, path),
                    _ => self.fill(node, &choices, path),
                },
            },
            NodeKind::Mapping(entries) => match (objects.as_slice(), of("array")) {
                ([], Some(list)) if !allows(list, "string") => self.wrap(node, list, path),
                ([], _) if of("string").is_some() => self.text(node),
                ([], _) => self.fill(node, &choices, path),
                ([one], _) => {
                    let start = node.span.start;
                    self.mapping(entries, start, one, path);
                }
                (several, _) => {
                    if !self.block(entries, several, path) {
                        match of("string") {
                            Some(_) if is_text(entries) => self.text(node),
                            _ => self.fill(node, &choices, path),
                        }
                    }
                }
            },
            NodeKind::Alias => self.fill(node, &choices, path),
        }
    }

    /// Whether a list of rows was written as a row alone.
    fn is_lone_row(&self, items: &[Node<'_>], list: &'s Value) -> bool {
        let rows = self.schema.alternatives(&list["items"]);
        !items.is_empty()
            && !rows.is_empty()
            && rows.iter().all(|row| allows(row, "array"))
            && (items.iter()).all(|item| matches!(item.kind, NodeKind::Scalar(_)))
    }

    /// A mapping of the keys that stand in the items of a list.
    fn join(&mut self, node: &mut Node<'_>, schema: &'s Value, path: &FieldPath) {
        let start = node.span.start;
        let NodeKind::Sequence(items) = std::mem::replace(&mut node.kind, NodeKind::Alias) else {
            return;
        };
        let entries = items.into_iter().flat_map(|item| match item.kind {
            NodeKind::Mapping(entries) => entries,
            _ => Vec::new(),
        });
        let mut entries = entries.collect();
        self.mapping(&mut entries, start, schema, path);
        node.kind = NodeKind::Mapping(entries);
    }

    /// A list of the value alone.
    fn wrap(&mut self, node: &mut Node<'_>, list: &'s Value, path: &FieldPath) {
        let inner = Node {
            span: node.span.clone(),
            kind: std::mem::replace(&mut node.kind, NodeKind::Alias),
        };
        let mut items = vec![inner];
        self.value(&mut items[0], &list["items"], &path.index(0));
        node.kind = NodeKind::Sequence(items);
    }

    /// The text that stands in the file where a mapping was read.
    fn text(&self, node: &mut Node<'_>) {
        let written = self.source.get(node.span.clone()).unwrap_or_default();
        node.kind = text(one_line(written).into_owned());
    }

    fn mapping(
        &mut self,
        entries: &mut Vec<Entry<'_>>,
        start: usize,
        schema: &'s Value,
        path: &FieldPath,
    ) {
        let none = serde_json::Map::new();
        let known = schema["properties"].as_object().unwrap_or(&none);
        let mut seen: BTreeSet<String> = BTreeSet::new();
        let written: BTreeSet<String> = entries.iter().map(|e| e.key.to_string()).collect();
        let any = schema
            .get("additionalProperties")
            .filter(|any| any.is_object());
        // Another spelling of a key counts before another word for it, and neither beside the key itself.
        let mut taken = written;
        for spelling in [Spelling::Near, Spelling::Synonym] {
            for entry in entries.iter_mut().filter(|_| any.is_none()) {
                if known.contains_key(entry.key.as_ref()) {
                    continue;
                }
                let names: Vec<&str> = known.keys().map(String::as_str).collect();
                let meant = match spelling {
                    Spelling::Near => {
                        hints::meant(&entry.key, names.iter().copied(), Scope::Mapping)
                    }
                    Spelling::Synonym => hints::synonym(&entry.key, &names, Scope::Mapping),
                };
                if let Some(meant) = meant.filter(|meant| !taken.contains(*meant)) {
                    taken.insert(meant.to_owned());
                    entry.key = Cow::Owned(meant.to_owned());
                }
            }
        }
        entries.retain(|entry| {
            let is_known = known.contains_key(entry.key.as_ref()) || any.is_some();
            is_known && seen.insert(entry.key.to_string())
        });
        for entry in entries.iter_mut() {
            if let Some(schema) = schema["properties"].get(entry.key.as_ref()).or(any) {
                self.value(&mut entry.value, schema, &path.key(&entry.key));
            }
        }
        for key in required(schema).filter(|key| !seen.contains(*key)) {
            let mut value = Node {
                span: start..start,
                kind: NodeKind::Alias,
            };
            self.value(&mut value, &schema["properties"][key], &path.key(key));
            entries.push(Entry {
                key: Cow::Owned(key.to_owned()),
                key_span: start..start,
                value,
            });
        }
    }

    /// A mapping of one key that names what it is; whether it is one.
    fn block(
        &mut self,
        entries: &mut Vec<Entry<'_>>,
        choices: &[&'s Value],
        path: &FieldPath,
    ) -> bool {
        let names = choices
            .iter()
            .filter_map(|choice| choice["properties"].as_object());
        let names: Vec<&str> = names
            .flat_map(|keys| keys.keys().map(String::as_str))
            .collect();
        let Some(first) = entries.first_mut() else {
            return false;
        };
        if !names.contains(&first.key.as_ref()) {
            let scope = Scope::Block {
                is_text: is_scalar(&first.value),
            };
            let meant = hints::meant(&first.key, names.iter().copied(), scope)
                .or_else(|| hints::synonym(&first.key, &names, scope));
            let Some(meant) = meant else {
                return false;
            };
            first.key = Cow::Owned(meant.to_owned());
        }
        let key = first.key.to_string();
        let mut schemas = choices.iter();
        if let Some(schema) = schemas.find_map(|choice| choice["properties"].get(&key)) {
            self.value(&mut first.value, schema, &path.key(&key));
        }
        entries.truncate(1);
        true
    }

    /// Puts something in the place of what cannot be read.
    fn fill(&mut self, node: &mut Node<'_>, choices: &[&'s Value], path: &FieldPath) {
        self.unread.insert(path.clone());
        let allowed = |kind: &str| choices.iter().copied().find(|choice| allows(choice, kind));
        if allowed("null").is_some() {
            node.kind = NodeKind::Scalar(Scalar {
                text: Cow::Borrowed(""),
                plain: Plain::Null,
                style: ValueStyle::Plain,
                is_mended: true,
            });
        } else if allowed("string").is_some() {
            node.kind = text(String::new());
        } else if allowed("array").is_some() {
            node.kind = NodeKind::Sequence(Vec::new());
        } else if let Some(object) = allowed("object") {
            let mut entries = Vec::new();
            self.mapping(&mut entries, node.span.start, object, path);
            node.kind = NodeKind::Mapping(entries);
        }
    }
}

/// In which way a key that is not known leads to one that is.
#[derive(Clone, Copy)]
enum Spelling {
    /// It is spelled nearly so.
    Near,
    /// It is another word for it.
    Synonym,
}

fn text<'a>(text: String) -> NodeKind<'a> {
    NodeKind::Scalar(Scalar {
        text: Cow::Owned(text),
        plain: Plain::Text,
        style: ValueStyle::Plain,
        is_mended: true,
    })
}

pub(super) fn is_scalar(node: &Node<'_>) -> bool {
    matches!(node.kind, NodeKind::Scalar(_))
}

/// Whether the items of a list are the parts of one mapping.
fn is_mapping_in_parts(items: &[Node<'_>]) -> bool {
    // A key that comes again begins another of the kind.
    let mut keys = BTreeSet::new();
    let mut is_part = |item: &Node<'_>| match &item.kind {
        NodeKind::Mapping(entries) => entries
            .iter()
            .all(|entry| keys.insert(entry.key.to_string())),
        _ => false,
    };
    !items.is_empty() && items.iter().all(&mut is_part)
}

/// Whether a mapping is a text with a colon in it.
fn is_text(entries: &[Entry<'_>]) -> bool {
    entries.len() == 1 && entries.iter().all(|entry| is_scalar(&entry.value))
}

/// Whether a scalar can be read as one of these.
fn fits(scalar: &Scalar<'_>, choices: &[&Value]) -> bool {
    let allowed = |kind: &str| choices.iter().any(|choice| allows(choice, kind));
    match scalar.plain {
        Plain::Null if scalar.text.is_empty() => allowed("null"),
        Plain::Null => allowed("null") || allowed("string"),
        Plain::Boolean => allowed("boolean") || allowed("string"),
        Plain::Integer => {
            let small = choices.iter().any(|choice| {
                allows(choice, "integer")
                    && (choice["format"] != "uint32" || scalar.text.parse::<u32>().is_ok())
            });
            small || allowed("number") || allowed("string")
        }
        Plain::Float => allowed("number") || allowed("string"),
        Plain::Text => allowed("string"),
    }
}
