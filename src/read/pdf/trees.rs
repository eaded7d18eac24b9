//! Trees of numbers (ISO 32000-1, 7.9.7).

use std::collections::HashMap;

use hayro_syntax::object::{Array, Dict, Object};

/// Trees are at most so deep.
pub(super) const DEEPEST: usize = 64;

/// The entries of a number tree.
pub(super) fn numbers<'a>(node: &Dict<'a>, entries: &mut HashMap<i64, Object<'a>>, depth: usize) {
    if depth > DEEPEST {
        return;
    }
    if let Some(pairs) = node.get::<Array<'a>>("Nums") {
        let mut pairs = pairs.iter::<Object<'a>>();
        while let (Some(Object::Number(key)), Some(value)) = (pairs.next(), pairs.next()) {
            entries.insert(key.as_i64(), value);
        }
    }
    let kids = node.get::<Array<'a>>("Kids");
    for kid in kids.iter().flat_map(|kids| kids.iter::<Dict<'a>>()) {
        numbers(&kid, entries, depth + 1);
    }
}
