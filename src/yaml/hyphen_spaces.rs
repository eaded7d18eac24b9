//! Hyphens with a space of another kind behind them, a no-break or a wide one, which begin no item: YAML reads a text there.
//!
//! Where no text has room that is a fault like those of YAML's own, and reading goes on behind it.

use serde_json::Value;

use super::schema::{Schema, allows};
use super::tree::{Fault, Node, NodeKind};
use crate::diagnostic::{Code, Diagnostic, ValueStyle};

/// What the fault is called among those of the parser.
const INFO: &str = "a space of another kind";

/// Whether a character looks like a space, and is none of YAML's.
pub(super) fn is_other_space(c: char) -> bool {
    let is_space = c.is_whitespace() && !c.is_ascii();
    is_space && !matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}')
        || matches!(c, '\u{200b}' | '\u{2060}')
}

/// Whether a text begins with such a hyphen.
fn is_one(text: &str) -> bool {
    let behind = text.strip_prefix('-');
    behind.is_some_and(|behind| behind.starts_with(is_other_space))
}

/// The first of these hyphens that begins a line in the place of an item.
pub(super) fn first(root: &Node<'_>, text: &str, schema: Schema<'_>) -> Option<Box<Fault>> {
    // Few files hold such a hyphen at all.
    let mut hyphens = text.match_indices('-');
    hyphens.find(|(at, _)| is_one(&text[*at..]))?;
    let at = find(root, text, schema, schema.0)?;
    let message = "the space behind this hyphen is none of YAML's";
    Some(Box::new(Fault {
        diagnostic: Diagnostic::error(Code::Yaml, message)
            .at(Some(at..at + 1))
            .hint("put an ordinary space there; it may look the same"),
        info: INFO.to_owned(),
        at,
    }))
}

fn find(node: &Node<'_>, text: &str, schemas: Schema<'_>, schema: &Value) -> Option<usize> {
    let choices = schemas.alternatives(schema);
    match &node.kind {
        NodeKind::Scalar(scalar) => {
            let has_room = choices.iter().any(|choice| allows(choice, "string"));
            let is_text = has_room || scalar.style != ValueStyle::Plain;
            (!is_text && begins_line(node.span.start, text)).then_some(node.span.start)
        }
        NodeKind::Sequence(items) => {
            let list = choices.iter().find(|choice| allows(choice, "array"))?;
            let mut items = items.iter();
            items.find_map(|item| find(item, text, schemas, &list["items"]))
        }
        NodeKind::Mapping(entries) => entries.iter().find_map(|entry| {
            let at = entry.key_span.start;
            if begins_line(at, text) {
                return Some(at);
            }
            let mut known = choices.iter();
            let schema = known.find_map(|choice| choice["properties"].get(entry.key.as_ref()))?;
            find(&entry.value, text, schemas, schema)
        }),
        NodeKind::Alias => None,
    }
}

/// Whether such a hyphen stands at a byte, and nothing before it on its line.
fn begins_line(at: usize, text: &str) -> bool {
    let Some((before, behind)) = text.split_at_checked(at) else {
        return false;
    };
    let before = before.trim_end_matches([' ', '\t']);
    is_one(behind) && (before.is_empty() || before.ends_with(['\n', '\r']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hyphens_with_another_space_begin_a_line() {
        assert!(begins_line(4, "a:\n -\u{a0}b"));
        assert!(begins_line(0, "-\u{3000}b"));
        assert!(!begins_line(3, "a: -\u{a0}b"));
        assert!(!begins_line(0, "- \u{a0}b"));
        assert!(!begins_line(0, "-\u{2028}b"));
    }
}
