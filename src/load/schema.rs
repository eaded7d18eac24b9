//! The JSON Schema of the source format: the one statement of its shape, made from the types of [`crate::piece`].
//!
//! Editors read it from the file that a piece's first line names; [`crate::yaml`] judges a source by it.

use std::sync::LazyLock;

use serde_json::Value;

use crate::piece::Piece;

/// The schema (JSON Schema, draft 2020-12).
pub fn schema() -> &'static Value {
    static SCHEMA: LazyLock<Value> = LazyLock::new(|| {
        let mut schema = schemars::schema_for!(Piece).to_value();
        if let Some(fields) = schema.as_object_mut() {
            fields.insert(
                "title".to_owned(),
                "A piece of Flashpoint, version 1".into(),
            );
        }
        schema
    });
    &SCHEMA
}
