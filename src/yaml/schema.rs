//! The schema of a kind of file: of JSON Schema what `schemars` writes for our types, and no more.

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

    /// The keys that some mapping of several keys needs: one of a single key is a block, which the key names.
    pub(super) fn required(self) -> Vec<&'a str> {
        let mut found = Vec::new();
        let mut left = vec![self.0];
        while let Some(schema) = left.pop() {
            match schema {
                Value::Object(fields) => {
                    let properties = fields.get("properties").and_then(Value::as_object);
                    let several = properties.is_some_and(|keys| keys.len() > 1);
                    let keys = fields.get("required").and_then(Value::as_array);
                    let keys = keys.filter(|_| several);
                    found.extend(keys.into_iter().flatten().filter_map(Value::as_str));
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
