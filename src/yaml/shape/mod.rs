//! The shape of a file: its tree held against the schema of its kind, every problem at once.
//!
//! Patterns are left to who reads the values, and can say what is wrong with a date or a colour.

mod mappings;
mod tables;
mod values;

use serde_json::Value;

use super::FileKind;
use super::hints;
use super::keyed::KeyedList;
use super::recover::is_scalar;
use super::schema::{Schema, allows};
use super::tree::{Entry, Node, NodeKind};
use crate::diagnostic::{ByteSpan, Code, Diagnostic, MAX_PROBLEMS};

/// Judges a tree, which was read of this text.
pub(super) fn judge(
    root: &Node<'_>,
    text: &str,
    kind: &FileKind<'_>,
    problems: &mut Vec<Diagnostic>,
) {
    let schema = Schema(kind.schema);
    let file = kind.name;
    let place = Slot {
        key: "",
        item: false,
        optional: false,
        span: root.span.start..root.span.start,
    };
    Judge {
        schema,
        file,
        text,
        problems,
    }
    .value(root, kind.schema, &place);
}

/// Where a value stands, for messages.
struct Slot<'a> {
    /// Its key, or the key of the list that it is an item of.
    key: &'a str,
    /// Whether it is an item.
    item: bool,
    /// Whether its key may be left out.
    optional: bool,
    /// The key's place, where the value itself has none.
    span: ByteSpan,
}

struct Judge<'a> {
    schema: Schema<'a>,
    /// What the file is called.
    file: &'a str,
    text: &'a str,
    problems: &'a mut Vec<Diagnostic>,
}

impl<'a> Judge<'a> {
    /// What to call a value.
    fn name(&self, place: &Slot<'_>) -> String {
        match (place.key, place.item) {
            ("", _) => format!("the {}", self.file),
            (key, true) => format!("an item of `{key}`"),
            (key, false) => format!("`{key}`"),
        }
    }

    fn value(&mut self, node: &Node<'_>, schema: &'a Value, place: &Slot<'_>) {
        if self.problems.len() > MAX_PROBLEMS {
            return;
        }
        if matches!(&node.kind, NodeKind::Scalar(scalar) if scalar.is_mended) {
            return;
        }
        let choices = self.schema.alternatives(schema);
        let of = |kind: &str| -> Vec<&'a Value> {
            let fits = |choice: &&Value| allows(choice, kind);
            choices.iter().copied().filter(fits).collect()
        };
        match &node.kind {
            NodeKind::Alias => {}
            NodeKind::Scalar(scalar) => self.scalar(node, scalar, &choices, place),
            NodeKind::Sequence(items) => match of("array").first() {
                Some(choice) => self.sequence(node, items, choice, place),
                None => self.mismatch(node, "a list", &choices, place),
            },
            NodeKind::Mapping(entries) => match of("object").as_slice() {
                [] if of("array").iter().any(|list| self.holds(list, "object")) => {
                    let lists = of("array");
                    let mut lists = lists.iter();
                    let keyed = lists.find_map(|list| KeyedList::of(self.schema, list, entries));
                    match keyed {
                        Some(keyed) => self.keyed(node, entries, &keyed, place),
                        None => self.mismatch(node, "a mapping", &choices, place),
                    }
                }
                [] => self.mapping_for_text(node, entries, &choices, place),
                [one] if self.is_table_of_keys(node, entries, one, place) => {}
                [one] => self.mapping(node, entries, one, Vec::new()),
                several => self.block(node, entries, several),
            },
        }
    }

    fn sequence(
        &mut self,
        node: &Node<'_>,
        items: &[Node<'_>],
        schema: &'a Value,
        place: &Slot<'_>,
    ) {
        if items.len() < schema["minItems"].as_u64().unwrap_or(0) as usize {
            let problem =
                Diagnostic::error(Code::EmptyList, format!("{} is empty", self.name(place)))
                    .at(Some(node.span.clone()));
            self.problems.push(if place.optional {
                problem.hint("leave the key out, or give it at least one item")
            } else {
                problem.hint("it needs at least one item")
            });
        }
        let is_scalars = !items.is_empty() && items.iter().all(is_scalar);
        if is_scalars && self.holds(schema, "array") && !self.holds(schema, "string") {
            let message = format!(
                "{} is a list of rows, and here stands one row",
                self.name(place)
            );
            let written = self.written(node);
            let hint = hints::rows(place.key, written);
            let message = match written.starts_with("- ") && items.len() > 1 {
                true => format!(
                    "{} is a list of rows, and here stand texts",
                    self.name(place)
                ),
                false => message,
            };
            let problem = Diagnostic::error(Code::WrongType, message).at(Some(node.span.clone()));
            return self.problems.push(problem.hint(hint));
        }
        for item in items {
            let inner = Slot {
                key: place.key,
                item: true,
                optional: false,
                span: item.span.clone(),
            };
            self.value(item, &schema["items"], &inner);
        }
    }

    /// Whether the items of a list may be of a kind.
    fn holds(&self, list: &'a Value, kind: &str) -> bool {
        let items = self.schema.alternatives(&list["items"]);
        items.iter().any(|item| allows(item, kind))
    }

    /// A value as it stands in the file.
    fn written(&self, node: &Node<'_>) -> &'a str {
        self.text.get(node.span.clone()).unwrap_or_default()
    }

    /// A list whose items were written as keys, with what belongs to them below.
    fn keyed(
        &mut self,
        node: &Node<'_>,
        entries: &[Entry<'_>],
        keyed: &KeyedList<'a>,
        place: &Slot<'_>,
    ) {
        let message = format!("{} is a list, and here stands a mapping", self.name(place));
        let at = entries
            .first()
            .map_or(node.span.clone(), |entry| entry.key_span.clone());
        let problem = Diagnostic::error(Code::WrongType, message).at(Some(at));
        self.problems.push(problem.hint(keyed.hint(entries)));
        for entry in entries {
            match (&entry.value.kind, keyed.list) {
                (NodeKind::Mapping(inner), _) => {
                    self.mapping(&entry.value, inner, keyed.item, vec![keyed.name]);
                }
                (NodeKind::Sequence(_), Some(list)) => {
                    let inner = Slot {
                        key: list,
                        item: false,
                        optional: false,
                        span: entry.key_span.clone(),
                    };
                    self.value(&entry.value, &keyed.item["properties"][list], &inner);
                }
                _ => {}
            }
        }
    }
}
