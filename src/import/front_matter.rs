//! Front matter of Markdown: fields of a piece that it names, and what it names else.

use super::document::{Document, Remark};

/// Fields of the piece that the front matter names; what it names else is told.
pub(super) fn front_matter(document: &mut Document, text: &str) {
    let place = format!("{}, front matter", document.name);
    let read: Result<serde_yaml::Mapping, _> = serde_yaml::from_str(text);
    let Ok(mapping) = read else {
        document
            .remarks
            .push(Remark::lost(place, "it cannot be read", text));
        return;
    };
    let said = |value: &serde_yaml::Value| match value {
        serde_yaml::Value::String(text) => Some(text.clone()),
        serde_yaml::Value::Number(number) => Some(number.to_string()),
        serde_yaml::Value::Bool(value) => Some(value.to_string()),
        _ => None,
    };
    for (key, value) in &mapping {
        let key = said(key).unwrap_or_default();
        let folded = key.to_lowercase().replace('-', "_");
        let known = match folded.as_str() {
            "lang" | "language" => {
                document.properties.language = said(value);
                document.remarks.push(Remark::lost(
                    &*place,
                    format!("`{key}` is the language"),
                    format!("{key} {}", said(value).unwrap_or_default()),
                ));
                continue;
            }
            "author" | "authors" => {
                let several = value
                    .as_sequence()
                    .map(|list| list.iter().filter_map(said).collect());
                let names: Vec<String> = several
                    .or_else(|| said(value).map(|name| vec![name]))
                    .unwrap_or_default();
                let words = format!("{key} {}", names.join(" "));
                document.remarks.push(Remark::lost(
                    &*place,
                    format!("`{key}` names who speaks"),
                    words,
                ));
                document.properties.creators = names;
                continue;
            }
            "abstract" | "description" => Some("summary"),
            other => super::field(other),
        };
        match (known, said(value)) {
            (Some(known), Some(value)) => {
                document.remarks.push(Remark::lost(
                    &*place,
                    format!("`{key}` is a field of the piece"),
                    key,
                ));
                document.properties.fields.push((known.to_owned(), value));
            }
            _ => {
                let words = serde_yaml::to_string(value).unwrap_or_default();
                let message = format!("`{key}` is no field of a piece");
                document.remarks.push(Remark::lost(
                    &*place,
                    message,
                    format!("{key} {}", words.trim()),
                ));
            }
        }
    }
}
