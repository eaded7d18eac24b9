//! The schema of a kind of file: of JSON Schema what `schemars` writes for our types, and no more.

use std::collections::BTreeSet;

use serde_json::Value;

/// A whole schema, to which its `$ref`s refer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Schema<'a>(pub(super) &'a Value);

impl<'a> Schema<'a> {
    /// The plain schemas that a schema offers the choice of.
    pub(super) fn alternatives(self, schema: &'a Value) -> Vec<&'a Value> {
        if let Some(name) = schema["$ref"].as_str() {
            let name = name.trim_start_matches("#/$defs/");
            return self.definition(name);
        }
        match schema["anyOf"].as_array().or(schema["oneOf"].as_array()) {
            Some(choices) => choices
                .iter()
                .flat_map(|choice| self.alternatives(choice))
                .collect(),
            None => vec![schema],
        }
    }

    /// The plain schemas of a type by its name.
    pub(super) fn definition(self, name: &str) -> Vec<&'a Value> {
        self.alternatives(&self.0["$defs"][name])
    }

    /// The keys that some mapping may have.
    pub(super) fn keys(self) -> BTreeSet<&'a str> {
        self.mappings().into_iter().flatten().collect()
    }

    /// The keys of each mapping.
    pub(super) fn mappings(self) -> Vec<Vec<&'a str>> {
        let mut found = Vec::new();
        let mut left = vec![self.0];
        while let Some(schema) = left.pop() {
            match schema {
                Value::Object(fields) => {
                    if let Some(keys) = fields.get("properties").and_then(Value::as_object) {
                        found.push(keys.keys().map(String::as_str).collect());
                    }
                    left.extend(fields.values());
                }
                Value::Array(items) => left.extend(items),
                _ => {}
            }
        }
        found
    }
}

/// Whether a plain schema allows values of a JSON type.
pub(super) fn allows(schema: &Value, kind: &str) -> bool {
    match &schema["type"] {
        Value::String(only) => only == kind,
        Value::Array(kinds) => kinds.iter().any(|one| one == kind),
        _ => false,
    }
}

/// The keys that a plain schema of a mapping asks for, in the order of its properties where it says none.
pub(super) fn required(schema: &Value) -> impl Iterator<Item = &str> {
    let keys = schema["required"].as_array().into_iter().flatten();
    keys.filter_map(Value::as_str)
}
