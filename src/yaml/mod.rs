//! The one reader of YAML: for pieces, themes and site files alike.
//!
//! A text is scanned once, to a tree in which every value has its place ([`tree`]). The tree is held against the schema of
//! its kind of file, which says what keys there are ([`shape`]); what is wrong is told all at once, each with its place and
//! a way out. The value that `serde_yaml` fills a type from is made of the same tree ([`value`]). What the values mean is
//! the matter of who asks.

mod characters;
mod edits;
pub(crate) mod file;
mod fill;
mod fold;
mod hints;
mod hyphen_spaces;
mod key_signs;
mod keyed;
mod offsets;
mod other_languages;
mod paragraphs;
mod recover;
mod salvage;
mod scalar;
mod schema;
mod shape;
mod signed_lists;
mod stand_ins;
mod syntax;
mod tree;
mod value;
mod wide_colons;
pub(crate) mod writer;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde_path_to_error::{Path, Segment};

use crate::diagnostic::{Code, Diagnostic, FieldPath, SourceText, has_errors};
pub(crate) use edits::edited;
pub(crate) use fill::Mapping;

use edits::Origins;
use schema::Schema;

/// A kind of file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FileKind<'a> {
    /// What it is called, for example `piece`.
    pub(crate) name: &'a str,
    /// How large a file may be, in bytes.
    pub(crate) max_bytes: u64,
    /// Its JSON Schema (draft 2020-12).
    pub(crate) schema: &'a serde_json::Value,
    /// Whether it may be empty.
    pub(crate) empty: Empty,
}

/// What an empty file is.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Empty {
    /// A mapping without keys.
    Allowed,
    /// An error, with this way out.
    Refused(&'static str),
}

/// Reads a source's text: sets the places of its values, and adds what is wrong to the problems. With errors there, the
/// value is what could be made of the rest, or nothing.
pub(crate) fn read<T: DeserializeOwned>(
    source: &mut SourceText,
    kind: &FileKind<'_>,
    problems: &mut Vec<Diagnostic>,
) -> Option<T> {
    read_filled(source, kind, problems, &mut |_, _| {})
}

/// What puts values into a file's mapping where it leaves them out.
pub(crate) type Fill<'f> = &'f mut dyn FnMut(&mut Mapping<'_, '_>, &mut Vec<Diagnostic>);

/// The same, with values put in before the shape is judged.
pub(crate) fn read_filled<T: DeserializeOwned>(
    source: &mut SourceText,
    kind: &FileKind<'_>,
    problems: &mut Vec<Diagnostic>,
    fill: Fill<'_>,
) -> Option<T> {
    let text = Arc::clone(&source.text);
    let (harmless, forbidden) = characters::raw(&text);
    problems.extend(forbidden);
    let room = Room::default();
    let root = tree(&harmless, kind, &room, problems);
    let Some(mut root) = root else {
        let empty = serde_yaml::Value::Mapping(serde_yaml::Mapping::new());
        return (!has_errors(problems))
            .then(|| serde_yaml::from_value(empty).ok())
            .flatten();
    };
    let schema = Schema(kind.schema);
    if let Some(mut mapping) = Mapping::of(&mut root) {
        fill(&mut mapping, problems);
    }
    fold::texts(&mut root, &text, schema, problems);
    shape::judge(&root, &text, kind, problems);
    let errors = has_errors(problems);
    if errors {
        source.unread = recover::recover(&mut root, &text, schema);
    }
    source.places = tree::places(&root);
    match serde_yaml::from_value(value::of(&root, schema)) {
        Ok(read) => Some(read),
        // What stands in the way has been told.
        Err(_) if errors => None,
        Err(error) => {
            let path = path_of_error::<T>(value::of(&root, schema));
            let problem = Diagnostic::error(Code::WrongType, error.to_string())
                .at(source.place(&path))
                .hint(format!(
                    "this has the form of a {}, and its values do not go together",
                    kind.name
                ));
            problems.push(problem);
            None
        }
    }
}

/// What a tree borrows from: the mended text, where reading needed one.
#[derive(Default)]
struct Room {
    mended: std::cell::OnceCell<String>,
}

/// Reads a tree; what YAML can read and nobody can have meant is a fault too.
fn read_through<'a>(
    text: &'a str,
    mended: &'a str,
    origins: &Origins,
    kind: &FileKind<'_>,
    problems: &mut Vec<Diagnostic>,
) -> Result<Option<tree::Node<'a>>, Box<tree::Fault>> {
    let root = tree::read(text, mended, origins, kind, problems)?;
    let schema = Schema(kind.schema);
    let fault = |root| {
        signed_lists::first(root, schema)
            .or_else(|| wide_colons::first(root, text, schema))
            .or_else(|| hyphen_spaces::first(root, text, schema))
            .or_else(|| key_signs::first(root, text, schema))
    };
    match root.as_ref().and_then(fault) {
        Some(fault) => Err(fault),
        None => Ok(root),
    }
}

/// The tree of a text, which goes on behind faults of YAML's own; none where nothing of it can be read.
fn tree<'a>(
    text: &'a str,
    kind: &FileKind<'_>,
    room: &'a Room,
    problems: &mut Vec<Diagnostic>,
) -> Option<tree::Node<'a>> {
    let mut told = Vec::new();
    let fault = match read_through(text, text, &Origins::default(), kind, &mut told) {
        Ok(root) => {
            problems.append(&mut told);
            return root;
        }
        Err(fault) => fault,
    };
    let salvaged = salvage::salvage(text, kind, fault);
    problems.extend(salvaged.problems);
    let (mended, origins) = salvaged.edits.apply(text);
    let mended = room.mended.get_or_init(|| mended.into_owned());
    let read = || tree::read(text, mended, &origins, kind, problems).ok();
    salvaged.is_whole.then(read).flatten().flatten()
}

/// The texts of a file by their paths, as a type would be filled with them; none of a file with faults.
pub(crate) fn texts(text: &str, kind: &FileKind<'_>) -> BTreeMap<FieldPath, String> {
    fn collect(node: &tree::Node<'_>, path: FieldPath, out: &mut BTreeMap<FieldPath, String>) {
        match &node.kind {
            tree::NodeKind::Scalar(scalar) => {
                drop(out.insert(path, scalar.text.clone().into_owned()))
            }
            tree::NodeKind::Sequence(items) => {
                let items = items.iter().enumerate();
                items.for_each(|(index, item)| collect(item, path.index(index), out));
            }
            tree::NodeKind::Mapping(entries) => {
                entries
                    .iter()
                    .for_each(|entry| collect(&entry.value, path.key(&entry.key), out));
            }
            tree::NodeKind::Alias => {}
        }
    }
    let mut out = BTreeMap::new();
    let mut problems = Vec::new();
    if let Ok(Some(mut root)) = tree::read(text, text, &Origins::default(), kind, &mut problems) {
        fold::texts(&mut root, text, Schema(kind.schema), &mut problems);
        collect(&root, FieldPath::root(), &mut out);
    }
    out
}

/// The letters and digits of a text's keys and values in order, soft hyphens left out.
pub(crate) fn letters(text: &str, kind: &FileKind<'_>) -> String {
    fn collect(node: &tree::Node<'_>, out: &mut String) {
        let mut add = |text: &str| {
            out.extend(text.chars().filter(|c| c.is_alphanumeric()));
            out.push('\n');
        };
        match &node.kind {
            tree::NodeKind::Scalar(scalar) => add(&scalar.text),
            tree::NodeKind::Sequence(items) => items.iter().for_each(|item| collect(item, out)),
            tree::NodeKind::Mapping(entries) => {
                for entry in entries {
                    out.extend(entry.key.chars().filter(|c| c.is_alphanumeric()));
                    collect(&entry.value, out);
                }
            }
            tree::NodeKind::Alias => {}
        }
    }
    let (harmless, _) = characters::raw(text);
    let room = Room::default();
    let root = tree(&harmless, kind, &room, &mut Vec::new());
    let mut out = String::new();
    if let Some(root) = root {
        collect(&root, &mut out);
    }
    out
}

/// The path of what a type cannot be filled from. The schema states all that the types ask for, so this is rarely needed.
fn path_of_error<T: DeserializeOwned>(value: serde_yaml::Value) -> FieldPath {
    match serde_path_to_error::deserialize::<_, T>(value) {
        Ok(_) => FieldPath::root(),
        Err(error) => field_path(error.path()),
    }
}

fn field_path(path: &Path) -> FieldPath {
    path.iter()
        .fold(FieldPath::root(), |at, segment| match segment {
            Segment::Seq { index } => at.index(*index),
            Segment::Map { key } | Segment::Enum { variant: key } => at.key(key),
            Segment::Unknown => at,
        })
}

#[cfg(test)]
mod tests;
