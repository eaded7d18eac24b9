//! Reads a theme's file: YAML to the values of its fields with their places.

use std::sync::LazyLock;

use serde_json::{Value as Schema, json};
use serde_yaml::Value as Yaml;

use super::house_faces;
use super::logo;
use super::rows::{self, ROW_FIELDS};
use super::table::{FIELDS, OPTIONAL};
use super::value::{Value, Values};
use crate::compose::Kind;
use crate::diagnostic::{Diagnostic, FieldPath, SourceText};
use crate::yaml::{self, Empty, FileKind};

/// Themes' files, which are small.
pub(super) fn kind() -> FileKind<'static> {
    kind_of(schema())
}

fn kind_of(schema: &'static Schema) -> FileKind<'static> {
    FileKind {
        name: "theme",
        max_bytes: 64 << 10,
        schema,
        empty: Empty::Allowed,
    }
}

/// The JSON Schema of a theme's file, made of the table of fields: what keys there are. What each value may be is told by
/// its field.
#[must_use]
pub fn schema() -> &'static Schema {
    static SCHEMA: LazyLock<Schema> = LazyLock::new(|| {
        let mut root = mapping();
        for field in FIELDS.iter().chain(OPTIONAL) {
            add(&mut root, field.path, field.schema());
        }
        for kind in Kind::ALL {
            for field in ROW_FIELDS {
                let path = format!("texts.{}.{}", rows::name(kind), field.path);
                let mut schema = field.schema();
                if let Some(instead) = rows::instead(kind, field.path) {
                    // The key is known, so that its error can say what is meant.
                    schema["deprecated"] = true.into();
                    schema["description"] = instead.into();
                }
                add(&mut root, &path, schema);
            }
        }
        add(
            &mut root,
            "measures.measure",
            words("How wide the text is: a length, or so many characters of the text face."),
        );
        add(
            &mut root,
            "extra_css",
            words("A style sheet behind that of pages in a browser: a file beside the theme."),
        );
        add(
            &mut root,
            "extends",
            words("The shipped theme that holds where this one says nothing."),
        );
        root["properties"]["faces"] = house_faces::schema();
        for (path, about) in logo::KEYS {
            add(&mut root, path, words(about));
        }
        root["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
        root["title"] = "A theme of Flashpoint".into();
        root
    });
    &SCHEMA
}

fn mapping() -> Schema {
    json!({ "type": "object", "properties": {}, "additionalProperties": false })
}

/// Words or a number, with what they are for.
pub(super) fn words(about: &str) -> Schema {
    let kinds = json!(["string", "integer", "number", "boolean"]);
    json!({ "type": kinds, "minLength": 1, "description": about })
}

/// Adds a field under its path.
fn add(schema: &mut Schema, path: &str, field: Schema) {
    let Some(properties) = schema["properties"].as_object_mut() else {
        return;
    };
    match path.split_once('.') {
        None => {
            properties.insert(path.to_owned(), field);
        }
        Some((first, rest)) => add(properties.entry(first).or_insert_with(mapping), rest, field),
    }
}

/// Reads the values; problems of form are added to the list.
pub(super) fn values(source: &mut SourceText, problems: &mut Vec<Diagnostic>) -> Values {
    values_of(&kind(), source, problems)
}

/// Reads the values of a shipped theme, whatever its keys: a test holds them against the schema, so that no run needs to make it.
pub(super) fn shipped(source: &mut SourceText, problems: &mut Vec<Diagnostic>) -> Values {
    static ANYTHING: LazyLock<Schema> = LazyLock::new(|| {
        let anything = json!({ "$ref": "#/$defs/Anything" });
        let any = json!({
            "type": ["object", "array", "string", "integer", "number", "boolean"],
            "additionalProperties": anything,
            "items": anything,
        });
        json!({ "$ref": "#/$defs/Anything", "$defs": { "Anything": any } })
    });
    values_of(&kind_of(&ANYTHING), source, problems)
}

fn values_of(
    kind: &FileKind<'_>,
    source: &mut SourceText,
    problems: &mut Vec<Diagnostic>,
) -> Values {
    let read: Option<Yaml> = yaml::read(source, kind, problems);
    let mut values = Values::new();
    if let Some(read) = read {
        collect(&read, &FieldPath::root(), source, &mut values);
    }
    values
}

/// The scalars below a value.
fn collect(value: &Yaml, path: &FieldPath, source: &SourceText, values: &mut Values) {
    let text = match value {
        Yaml::Mapping(mapping) => {
            for (key, value) in mapping {
                if let Some(key) = key.as_str() {
                    collect(value, &path.key(key), source, values);
                }
            }
            return;
        }
        Yaml::String(text) => text.clone(),
        // As it is written: 11.0 is not 11.
        Yaml::Number(_) | Yaml::Bool(_) => {
            let span = source.place(path).unwrap_or_default();
            source.text[span].to_owned()
        }
        Yaml::Sequence(items) => {
            for (index, item) in items.iter().enumerate() {
                collect(item, &path.index(index), source, values);
            }
            return;
        }
        Yaml::Null | Yaml::Tagged(_) => return,
    };
    if let Some(span) = source.place(path) {
        values.insert(path.to_string(), Value { text, span });
    }
}
