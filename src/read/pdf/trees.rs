//! Trees of names and numbers (ISO 32000-1, 7.9.6 and 7.9.7).

use std::collections::{HashMap, HashSet};

use hayro_syntax::object::{Array, Dict, MaybeRef, Object, ObjectIdentifier};

use super::strings;

/// The nodes of a tree, each once, whatever else points at it.
fn nodes<'a>(root: &Dict<'a>) -> Vec<Dict<'a>> {
    let mut waiting = vec![root.clone()];
    let mut seen = HashSet::new();
    let mut nodes = Vec::new();
    while let Some(node) = waiting.pop() {
        if node.obj_id().is_some_and(|id| !seen.insert(id)) {
            continue;
        }
        let kids = node.get::<Array<'a>>("Kids");
        waiting.extend(kids.iter().flat_map(|kids| kids.iter::<Dict<'a>>()));
        nodes.push(node);
    }
    nodes
}

/// The entries of a number tree.
pub(super) fn numbers<'a>(root: &Dict<'a>) -> HashMap<i64, Object<'a>> {
    let mut entries = HashMap::new();
    for node in nodes(root) {
        let pairs = node.get::<Array<'a>>("Nums");
        let mut pairs = pairs.iter().flat_map(|pairs| pairs.iter::<Object<'a>>());
        while let (Some(Object::Number(key)), Some(value)) = (pairs.next(), pairs.next()) {
            entries.insert(key.as_i64(), value);
        }
    }
    entries
}

/// The entries of a number tree that are references.
pub(super) fn references(root: &Dict<'_>) -> HashMap<i64, ObjectIdentifier> {
    let mut entries = HashMap::new();
    for node in nodes(root) {
        let pairs = node.get::<Array<'_>>("Nums");
        let mut pairs = pairs.iter().flat_map(|pairs| pairs.raw_iter());
        while let (Some(key), Some(value)) = (pairs.next(), pairs.next()) {
            if let (MaybeRef::NotRef(Object::Number(key)), Some(value)) = (key, value.as_obj_ref())
            {
                entries.insert(key.as_i64(), ObjectIdentifier::from(value));
            }
        }
    }
    entries
}

/// The entries of a name tree.
pub(super) fn named<'a>(root: &Dict<'a>) -> Vec<(String, Object<'a>)> {
    let mut found = Vec::new();
    for node in nodes(root) {
        let pairs = node.get::<Array<'a>>("Names");
        let mut pairs = pairs.iter().flat_map(|pairs| pairs.iter::<Object<'a>>());
        while let (Some(name), Some(value)) = (pairs.next(), pairs.next()) {
            if let Object::String(name) = name {
                found.push((strings::text(&name), value));
            }
        }
    }
    found
}
