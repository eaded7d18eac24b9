//! The values of a theme's file with their places.

use std::collections::BTreeMap;

use crate::diagnostic::ByteSpan;

/// A value of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Value {
    pub(super) text: String,
    pub(super) span: ByteSpan,
}

/// The values by their paths, such as `measures.text`.
pub(super) type Values = BTreeMap<String, Value>;
