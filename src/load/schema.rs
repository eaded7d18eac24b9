//! The JSON Schema of the source format: the one statement of its shape, made from the types of [`crate::piece`].
//!
//! Editors read it from the file that a piece's first line names; [`crate::yaml`] judges a source by it.

use std::sync::LazyLock;

use serde_json::Value;

use crate::piece::Piece;

/// The keys of a piece, and of a contributor, that a project may give in its place.
const GIVEN: [(&str, &[&str]); 2] = [
    ("/required", &["series", "language"]),
    ("/$defs/Contributor/required", &["name"]),
];

/// The schema as editors use it while a piece is written: what a project may give is not asked for, since an editor does not
/// see the project. `flashpoint check` does, and asks for what neither gives.
#[must_use]
pub fn schema_for_editors() -> Value {
    let mut schema = schema().clone();
    for (place, given) in GIVEN {
        if let Some(required) = schema.pointer_mut(place).and_then(Value::as_array_mut) {
            required.retain(|key| key.as_str().is_none_or(|key| !given.contains(&key)));
        }
    }
    if let Some(fields) = schema.as_object_mut() {
        let told = "A piece. What its project gives (series, language and others of `defaults`, and what is known of a `person`) may be left out here; `flashpoint check` tells what neither says.";
        fields.insert("description".to_owned(), told.into());
    }
    schema
}

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
