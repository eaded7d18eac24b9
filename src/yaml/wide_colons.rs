//! Keys with the colon of Chinese and Japanese keyboards behind them, `title：`, which ends no key: YAML reads a text there.
//!
//! Nobody means a text that begins with the name of a key and a colon; so it is a fault like those of YAML's own, and reading
//! goes on behind it.

use super::other_languages;
use super::schema::Schema;
use super::tree::{Fault, Node, NodeKind};
use crate::diagnostic::{Code, Diagnostic, ValueStyle};

/// What the fault is called among those of the parser.
pub(super) const INFO: &str = "a wide colon";

/// The colon.
pub(super) const COLON: char = '：';

/// The first key that ends so.
pub(super) fn first(root: &Node<'_>, text: &str, schema: Schema<'_>) -> Option<Box<Fault>> {
    // Few files hold such a colon at all.
    if !text.contains(COLON) {
        return None;
    }
    let keys = schema.keys();
    let at = find(root, text, &|key| other_languages::is_key(key, &keys))?;
    Some(Box::new(Fault {
        diagnostic: Diagnostic::error(Code::Yaml, "this is read as a text").at(Some(at..at + 1)),
        info: INFO.to_owned(),
        at,
    }))
}

/// Where a line of a plain text begins with a key and such a colon.
fn find(node: &Node<'_>, text: &str, is_key: &dyn Fn(&str) -> bool) -> Option<usize> {
    match &node.kind {
        NodeKind::Scalar(scalar) if scalar.style == ValueStyle::Plain => {
            let raw = text.get(node.span.clone())?;
            let mut start = node.span.start;
            raw.split_inclusive('\n').find_map(|line| {
                let at = start;
                start += line.len();
                key(line).filter(|found| is_key(&line[found.clone()]))?;
                Some(at + line.len() - line.trim_start().len())
            })
        }
        NodeKind::Sequence(items) => items.iter().find_map(|item| find(item, text, is_key)),
        NodeKind::Mapping(entries) => {
            let mut values = entries.iter().map(|entry| &entry.value);
            values.find_map(|value| find(value, text, is_key))
        }
        NodeKind::Scalar(_) | NodeKind::Alias => None,
    }
}

/// The key with which a line begins, behind the sign of an item, up to such a colon.
pub(super) fn key(line: &str) -> Option<std::ops::Range<usize>> {
    let end = line.find(COLON)?;
    let signs = |c: char| c.is_whitespace() || "-－–—•·".contains(c);
    let start = line.len() - line.trim_start_matches(signs).len();
    let before = line.get(start..end)?;
    let key = start..end - (before.len() - before.trim_end().len());
    (!key.is_empty() && !before.contains(':')).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_stands_behind_the_sign_of_an_item() {
        let of = |line: &str| key(line).map(|key| line[key].to_owned());
        assert_eq!(of("title：边境"), Some("title".to_owned()));
        assert_eq!(of("　－ name ：李伟"), Some("name".to_owned()));
        assert_eq!(of("a: b：c"), None);
        assert_eq!(of("：c"), None);
    }
}
