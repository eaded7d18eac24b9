//! Lists that were written as a mapping: the name of each item became a key, and what belongs to the item stands below it.
//!
//! ```yaml
//! contributors:
//!   Amina Khan:
//!     affiliation: Director
//! ```

use std::borrow::Cow;

use serde_json::Value;

use super::hints::beginning;
use super::scalar::{Plain, Scalar};
use super::schema::{Schema, allows, required};
use super::tree::{Entry, Node, NodeKind};
use crate::diagnostic::ValueStyle;

/// What the items of a list are whose names were written as keys.
#[derive(Debug, Clone, Copy)]
pub(super) struct KeyedList<'s> {
    /// The schema of an item.
    pub(super) item: &'s Value,
    /// The key that the name belongs to.
    pub(super) name: &'s str,
    /// The key of a list that an item cannot do without.
    pub(super) list: Option<&'s str>,
}

impl<'s> KeyedList<'s> {
    /// What a mapping is that stands where a list is due; none where its keys are those of one item.
    pub(super) fn of(schema: Schema<'s>, list: &'s Value, entries: &[Entry<'_>]) -> Option<Self> {
        let items = schema.alternatives(&list["items"]);
        let [item] = items.as_slice() else {
            return None;
        };
        let known = item["properties"].as_object()?;
        let is_name = |entry: &Entry<'_>| {
            let is_whole = matches!(entry.value.kind, NodeKind::Scalar(_));
            !is_whole && !known.contains_key(entry.key.as_ref())
        };
        if entries.is_empty() || !entries.iter().all(is_name) {
            return None;
        }
        let (name, _) = known.get_key_value("name")?;
        let is_list = |key: &&str| {
            let kinds = schema.alternatives(&item["properties"][*key]);
            kinds.iter().any(|schema| allows(schema, "array"))
        };
        Some(Self {
            item,
            name,
            list: required(item).find(is_list),
        })
    }

    /// How its first item is written.
    pub(super) fn hint(&self, entries: &[Entry<'_>]) -> String {
        let Some(first) = entries.first() else {
            return String::new();
        };
        let below = match &first.value.kind {
            NodeKind::Mapping(inner) => inner.first().map(|entry| entry.key.as_ref()),
            _ => self.list,
        };
        let below = below.map(|key| format!("\n  {key}: …")).unwrap_or_default();
        format!(
            "begin each with a hyphen, and its name with `{}`:\n- {}: {}{below}",
            self.name,
            self.name,
            beginning(&first.key)
        )
    }

    /// The items that were meant.
    pub(super) fn items<'a>(&self, entries: Vec<Entry<'a>>) -> Vec<Node<'a>> {
        let items = entries.into_iter().map(|entry| {
            let key_span = entry.key_span.clone();
            let name = Entry {
                key: Cow::Owned(self.name.to_owned()),
                key_span: key_span.clone(),
                value: Node {
                    span: key_span.clone(),
                    kind: NodeKind::Scalar(Scalar {
                        text: entry.key,
                        plain: Plain::Text,
                        style: ValueStyle::Plain,
                        is_mended: true,
                    }),
                },
            };
            let span = key_span.start..entry.value.span.end.max(key_span.end);
            let mut inner = vec![name];
            match (entry.value.kind, self.list) {
                (NodeKind::Mapping(entries), _) => inner.extend(entries),
                (kind, Some(list)) => inner.push(Entry {
                    key: Cow::Owned(list.to_owned()),
                    key_span,
                    value: Node {
                        span: entry.value.span,
                        kind,
                    },
                }),
                _ => {}
            }
            Node {
                span,
                kind: NodeKind::Mapping(inner),
            }
        });
        items.collect()
    }
}
