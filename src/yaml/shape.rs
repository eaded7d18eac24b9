//! The shape of a file: its tree held against the schema of its kind, every problem at once.
//!
//! Patterns are left to who reads the values, and can say what is wrong with a date or a colour.

use serde_json::Value;

use super::FileKind;
use super::hints::{self, Scope, Within};
use super::keyed::KeyedList;
use super::recover::is_scalar;
use super::scalar::{Plain, Scalar};
use super::schema::{Schema, allows, required};
use super::tree::{Entry, Node, NodeKind};
use crate::diagnostic::{ByteSpan, Code, Diagnostic, MAX_PROBLEMS};

/// Judges a tree, which was read of this text.
pub(super) fn judge(
    root: &Node<'_>,
    text: &str,
    kind: &FileKind<'_>,
    problems: &mut Vec<Diagnostic>,
) {
    let schema = Schema(kind.schema);
    let file = kind.name;
    let place = Slot {
        key: "",
        item: false,
        optional: false,
        span: root.span.start..root.span.start,
    };
    Judge {
        schema,
        file,
        text,
        problems,
    }
    .value(root, kind.schema, &place);
}

/// Where a value stands, for messages.
struct Slot<'a> {
    /// Its key, or the key of the list that it is an item of.
    key: &'a str,
    /// Whether it is an item.
    item: bool,
    /// Whether its key may be left out.
    optional: bool,
    /// The key's place, where the value itself has none.
    span: ByteSpan,
}

struct Judge<'a> {
    schema: Schema<'a>,
    /// What the file is called.
    file: &'a str,
    text: &'a str,
    problems: &'a mut Vec<Diagnostic>,
}

impl<'a> Judge<'a> {
    /// What to call a value.
    fn name(&self, place: &Slot<'_>) -> String {
        match (place.key, place.item) {
            ("", _) => format!("the {}", self.file),
            (key, true) => format!("an item of `{key}`"),
            (key, false) => format!("`{key}`"),
        }
    }

    fn value(&mut self, node: &Node<'_>, schema: &'a Value, place: &Slot<'_>) {
        if self.problems.len() > MAX_PROBLEMS {
            return;
        }
        if matches!(&node.kind, NodeKind::Scalar(scalar) if scalar.is_mended) {
            return;
        }
        let choices = self.schema.alternatives(schema);
        let of = |kind: &str| -> Vec<&'a Value> {
            let fits = |choice: &&Value| allows(choice, kind);
            choices.iter().copied().filter(fits).collect()
        };
        match &node.kind {
            NodeKind::Alias => {}
            NodeKind::Scalar(scalar) => self.scalar(node, scalar, &choices, place),
            NodeKind::Sequence(items) => match of("array").first() {
                Some(choice) => self.sequence(node, items, choice, place),
                None => self.mismatch(node, "a list", &choices, place),
            },
            NodeKind::Mapping(entries) => match of("object").as_slice() {
                [] if of("array").iter().any(|list| self.holds(list, "object")) => {
                    let lists = of("array");
                    let mut lists = lists.iter();
                    let keyed = lists.find_map(|list| KeyedList::of(self.schema, list, entries));
                    match keyed {
                        Some(keyed) => self.keyed(node, entries, &keyed, place),
                        None => self.mismatch(node, "a mapping", &choices, place),
                    }
                }
                [] => self.mapping_for_text(node, entries, &choices, place),
                [one] => self.mapping(node, entries, one, Vec::new()),
                several => self.block(node, entries, several),
            },
        }
    }

    fn sequence(
        &mut self,
        node: &Node<'_>,
        items: &[Node<'_>],
        schema: &'a Value,
        place: &Slot<'_>,
    ) {
        if items.len() < schema["minItems"].as_u64().unwrap_or(0) as usize {
            let problem =
                Diagnostic::error(Code::EmptyList, format!("{} is empty", self.name(place)))
                    .at(Some(node.span.clone()));
            self.problems.push(if place.optional {
                problem.hint("leave the key out, or give it at least one item")
            } else {
                problem.hint("it needs at least one item")
            });
        }
        let is_scalars = !items.is_empty() && items.iter().all(is_scalar);
        if is_scalars && self.holds(schema, "array") && !self.holds(schema, "string") {
            let message = format!(
                "{} is a list of rows, and here stands one row",
                self.name(place)
            );
            let written = self.written(node);
            let hint = hints::rows(place.key, written);
            let message = match written.starts_with("- ") && items.len() > 1 {
                true => format!(
                    "{} is a list of rows, and here stand texts",
                    self.name(place)
                ),
                false => message,
            };
            let problem = Diagnostic::error(Code::WrongType, message).at(Some(node.span.clone()));
            return self.problems.push(problem.hint(hint));
        }
        for item in items {
            let inner = Slot {
                key: place.key,
                item: true,
                optional: false,
                span: item.span.clone(),
            };
            self.value(item, &schema["items"], &inner);
        }
    }

    /// Whether the items of a list may be of a kind.
    fn holds(&self, list: &'a Value, kind: &str) -> bool {
        let items = self.schema.alternatives(&list["items"]);
        items.iter().any(|item| allows(item, kind))
    }

    /// A value as it stands in the file.
    fn written(&self, node: &Node<'_>) -> &'a str {
        self.text.get(node.span.clone()).unwrap_or_default()
    }

    /// A list whose items were written as keys, with what belongs to them below.
    fn keyed(
        &mut self,
        node: &Node<'_>,
        entries: &[Entry<'_>],
        keyed: &KeyedList<'a>,
        place: &Slot<'_>,
    ) {
        let message = format!("{} is a list, and here stands a mapping", self.name(place));
        let at = entries
            .first()
            .map_or(node.span.clone(), |entry| entry.key_span.clone());
        let problem = Diagnostic::error(Code::WrongType, message).at(Some(at));
        self.problems.push(problem.hint(keyed.hint(entries)));
        for entry in entries {
            match (&entry.value.kind, keyed.list) {
                (NodeKind::Mapping(inner), _) => {
                    self.mapping(&entry.value, inner, keyed.item, vec![keyed.name]);
                }
                (NodeKind::Sequence(_), Some(list)) => {
                    let inner = Slot {
                        key: list,
                        item: false,
                        optional: false,
                        span: entry.key_span.clone(),
                    };
                    self.value(&entry.value, &keyed.item["properties"][list], &inner);
                }
                _ => {}
            }
        }
    }

    /// A mapping of several keys. A required key that is only misspelt, or `meant` by what stands elsewhere, is not missing as
    /// well.
    fn mapping(
        &mut self,
        node: &Node<'_>,
        entries: &[Entry<'_>],
        schema: &'a Value,
        mut meant: Vec<&'a str>,
    ) {
        let known = schema["properties"].as_object();
        let required: Vec<&str> = required(schema).collect();
        for entry in entries {
            if self.problems.len() > MAX_PROBLEMS {
                return;
            }
            let (key, schema) = match schema["properties"].get(entry.key.as_ref()) {
                Some(schema) => (entry.key.as_ref(), schema),
                None if schema["additionalProperties"].is_object() => {
                    (entry.key.as_ref(), &schema["additionalProperties"])
                }
                None => {
                    let keys = known.into_iter().flat_map(|known| known.keys());
                    let keys = keys.map(String::as_str);
                    let near = self.unknown(entry, keys, Scope::Mapping);
                    meant.extend(near);
                    match near.and_then(|near| Some((near, schema["properties"].get(near)?))) {
                        Some(found) => found,
                        None => continue,
                    }
                }
            };
            let place = Slot {
                key,
                item: false,
                optional: !required.contains(&key),
                span: entry.key_span.clone(),
            };
            self.value(&entry.value, schema, &place);
        }
        for key in required {
            if !meant.contains(&key) && !entries.iter().any(|entry| entry.key == key) {
                self.missing(key, &schema["properties"][key], node, entries);
            }
        }
    }

    fn missing(&mut self, key: &str, schema: &Value, node: &Node<'_>, entries: &[Entry<'_>]) {
        let at = entries
            .first()
            .map_or(node.span.start..node.span.start, |entry| {
                entry.key_span.clone()
            });
        let what = schema["description"].as_str().unwrap_or_default();
        let what = what.trim_end_matches('.');
        self.problems.push(
            Diagnostic::error(Code::MissingKey, format!("the key `{key}` is missing"))
                .at(Some(at))
                .hint(format!("add `{key}: …` to this mapping: {}", lower(what))),
        );
    }

    /// A mapping with a single key that names what it is.
    fn block(&mut self, node: &Node<'_>, entries: &[Entry<'_>], choices: &[&'a Value]) {
        let schema_of = |key: &str| {
            let mut choices = choices.iter().copied();
            choices.find_map(|choice| choice["properties"].get(key))
        };
        let names: Vec<&str> = choices
            .iter()
            .filter_map(|choice| choice["properties"].as_object())
            .flat_map(|keys| keys.keys().map(String::as_str))
            .collect();
        let Some(first) = entries.first() else {
            let problem = Diagnostic::error(Code::EmptyBlock, "this block is empty");
            let hint = format!("write a text, or one of {}", list(names));
            self.problems
                .push(problem.at(Some(node.span.clone())).hint(hint));
            return;
        };
        match schema_of(&first.key) {
            Some(schema) => {
                let place = Slot {
                    key: &first.key,
                    item: false,
                    optional: false,
                    span: first.key_span.clone(),
                };
                self.value(&first.value, schema, &place);
            }
            None if self.is_block(&first.key) => self.misplaced(first, names),
            None => {
                let scope = Scope::Block {
                    is_text: is_scalar(&first.value),
                };
                let near = hints::meant(&first.key, names.iter().copied(), scope)
                    .or_else(|| hints::synonym(&first.key, &names, scope));
                let is_text = is_scalar(&first.value) && self.may_be_text(choices);
                let paragraph = hints::paragraph(&first.key, self.written(&first.value));
                if let Some(hint) = paragraph.filter(|_| is_text && near.is_none()) {
                    let message = format!("there is no key `{}` here", first.key);
                    let problem = Diagnostic::error(Code::UnknownKey, message);
                    let problem = problem.at(Some(first.key_span.clone()));
                    return self.problems.push(problem.hint(hint));
                }
                match near {
                    None if entries.len() == 1
                        && is_scalar(&first.value)
                        && self.may_be_text(choices) =>
                    {
                        return self.colon_in_text(node, first);
                    }
                    _ => self.unknown(first, names.iter().copied(), scope),
                };
                if let Some((near, schema)) = near.and_then(|near| Some((near, schema_of(near)?))) {
                    let place = Slot {
                        key: near,
                        item: false,
                        optional: false,
                        span: first.key_span.clone(),
                    };
                    self.value(&first.value, schema, &place);
                }
            }
        }
        for extra in entries.iter().skip(1).take(MAX_PROBLEMS) {
            let hint = if schema_of(&extra.key).is_some() {
                format!("begin `{}` on a line with `- ` of its own", extra.key)
            } else {
                format!("indent it further if it belongs to `{}`", first.key)
            };
            let message = format!(
                "a block has one key, and beside `{}` stands `{}`",
                first.key, extra.key
            );
            self.problems.push(
                Diagnostic::error(Code::SecondKey, message)
                    .at(Some(extra.key_span.clone()))
                    .hint(hint),
            );
        }
    }

    /// Whether a text may stand where one of these blocks may.
    fn may_be_text(&self, blocks: &[&'a Value]) -> bool {
        // Paragraphs are texts; a choice of mappings alone has none.
        blocks
            .iter()
            .any(|block| !block["properties"]["quote"].is_null())
    }

    /// A text whose colon makes a key of its beginning.
    fn colon_in_text(&mut self, node: &Node<'_>, first: &Entry<'_>) {
        let shown: String = first.key.chars().take(40).collect();
        let message = format!("`{shown}` is read as a key, because a colon follows it");
        self.problems.push(
            Diagnostic::error(Code::UnknownKey, message)
                .at(Some(first.key_span.clone()))
                .hint(hints::quote_whole(self.written(node))),
        );
    }

    /// Whether a key names a block of sections.
    fn is_block(&self, key: &str) -> bool {
        let blocks = self.schema.definition("Block");
        blocks
            .iter()
            .any(|block| !block["properties"][key].is_null())
    }

    /// Reports a block that has no place in the item of a list.
    fn misplaced(&mut self, entry: &Entry<'_>, names: Vec<&str>) {
        let message = format!("a `{}` stands in an item of a list", entry.key);
        self.problems.push(
            Diagnostic::error(Code::BlockInItem, message)
                .at(Some(entry.key_span.clone()))
                .hint(format!("an item holds paragraphs, {}", list(names))),
        );
    }

    /// Reports an unknown key, and gives the known one that was probably meant.
    fn unknown<'k>(
        &mut self,
        entry: &Entry<'_>,
        known: impl Iterator<Item = &'k str>,
        scope: Scope,
    ) -> Option<&'k str> {
        let known: Vec<&str> = known.collect();
        let key = entry.key.as_ref();
        let shown: String = key.chars().take(40).collect();
        let near = hints::meant(key, known.iter().copied(), scope);
        let called = near.or_else(|| hints::synonym(key, &known, scope));
        let problem = if key.contains(char::is_whitespace) && called.is_none() {
            Diagnostic::error(
                Code::UnknownKey,
                format!("`{shown}` is read as a key, because a colon follows it"),
            )
            .hint("if this is text, quote it whole")
        } else {
            let hint = match (near, called) {
                (Some(near), _) => format!("did you mean `{near}`?"),
                (None, Some(name)) => format!("it is called `{name}` here"),
                (None, None) => format!("the keys here are {}", list(known)),
            };
            Diagnostic::error(Code::UnknownKey, format!("there is no key `{shown}` here"))
                .hint(hint)
        };
        self.problems.push(problem.at(Some(entry.key_span.clone())));
        called
    }

    fn scalar(
        &mut self,
        node: &Node<'_>,
        scalar: &Scalar<'_>,
        choices: &[&'a Value],
        place: &Slot<'_>,
    ) {
        let find = |kind: &str| choices.iter().find(|choice| allows(choice, kind));
        let (text, plain) = (&*scalar.text, scalar.plain);
        let json = match plain {
            Plain::Null => "null",
            Plain::Boolean => "boolean",
            Plain::Integer => "integer",
            Plain::Float => "number",
            Plain::Text => "string",
        };
        let Some(schema) = find(json) else {
            return match plain {
                Plain::Null => self.nothing(node, choices, place),
                Plain::Text => self.mismatch(node, "text", choices, place),
                _ if find("string").is_some() => self.not_text(node, text, plain, place),
                Plain::Boolean => self.mismatch(node, "a truth value", choices, place),
                _ => self.mismatch(node, "a number", choices, place),
            };
        };
        match plain {
            Plain::Text if text.len() < schema["minLength"].as_u64().unwrap_or(0) as usize => {
                let problem =
                    Diagnostic::error(Code::EmptyText, format!("{} is empty", self.name(place)))
                        .at(Some(node.span.clone()));
                self.problems.push(if place.optional {
                    problem.hint("leave the key out, or write the text")
                } else {
                    problem.hint("write the text")
                });
            }
            Plain::Integer if schema["format"] == "uint32" && text.parse::<u32>().is_err() => {
                let message = format!(
                    "{} is a whole number from 0 to {}",
                    self.name(place),
                    u32::MAX
                );
                self.problems.push(
                    Diagnostic::error(Code::WrongType, message)
                        .at(Some(node.span.clone()))
                        .hint("write it in decimal digits"),
                );
            }
            _ => {}
        }
    }

    /// Nothing, or `~`, where something is due.
    fn nothing(&mut self, node: &Node<'_>, choices: &[&'a Value], place: &Slot<'_>) {
        let span = if node.span.is_empty() {
            place.span.clone()
        } else {
            node.span.clone()
        };
        let due = due(choices);
        let list = choices.iter().find(|choice| allows(choice, "array"));
        let hint = match (place.optional, node.span.is_empty()) {
            (false, true) if list.is_some() => {
                let list = list.map(|list| hints::list(self.schema, list, place.key, ""));
                format!("it needs at least one item; {}", list.unwrap_or_default())
            }
            (true, _) => format!("leave the key out, or give it {due}"),
            (false, true) => format!("write {due}"),
            (false, false) => format!("write {due}; if these characters are the text, quote them"),
        };
        self.problems.push(
            Diagnostic::error(Code::NoValue, format!("{} has no value", self.name(place)))
                .at(Some(span))
                .hint(hint),
        );
    }

    /// A number or truth value where text is due.
    fn not_text(&mut self, node: &Node<'_>, text: &str, plain: Plain, place: &Slot<'_>) {
        let kind = match plain {
            Plain::Boolean => "a truth value",
            _ => "a number",
        };
        self.problems.push(
            Diagnostic::error(
                Code::NotText,
                format!(
                    "{} is text, and YAML reads {text} as {kind}",
                    self.name(place)
                ),
            )
            .at(Some(node.span.clone()))
            .hint(format!("quote it: \"{text}\"")),
        );
    }

    fn mismatch(&mut self, node: &Node<'_>, is: &str, choices: &[&'a Value], place: &Slot<'_>) {
        let due = due(choices);
        let problem = Diagnostic::error(
            Code::WrongType,
            format!("{} is {due}, and here stands {is}", self.name(place)),
        );
        let of = |kind: &str| choices.iter().find(|choice| allows(choice, kind));
        let hint = match due.as_str() {
            "a list" => match of("array") {
                Some(list) => hints::list(self.schema, list, place.key, self.written(node)),
                None => "write a list".to_owned(),
            },
            "a mapping" if is_scalar(node) => match of("object") {
                Some(object) => {
                    let within = match place.item {
                        true => Within::Item,
                        false => Within::Key(place.key),
                    };
                    hints::mapping(self.schema, object, within, self.written(node))
                }
                None => "write a mapping".to_owned(),
            },
            "a mapping" if !place.item && !place.key.is_empty() => {
                hints::mapping_for_list(place.key, self.first_of(node))
            }
            _ if of("string").is_some() && self.written(node).starts_with(['[', '{']) => {
                hints::quote_whole(self.written(node))
            }
            "a whole number" => "write digits, without quotation marks".to_owned(),
            "nothing" => "leave the value out".to_owned(),
            _ => format!("write {due} here"),
        };
        self.problems
            .push(problem.at(Some(node.span.clone())).hint(hint));
    }

    /// The key and the value of a list's first item; `1` where it has no key.
    fn first_of<'n>(&self, node: &'n Node<'_>) -> Option<(&'n str, &'a str)> {
        let NodeKind::Sequence(items) = &node.kind else {
            return None;
        };
        let first = items.first()?;
        match &first.kind {
            NodeKind::Mapping(entries) => {
                let entry = entries.first()?;
                Some((entry.key.as_ref(), self.written(&entry.value)))
            }
            _ => Some(("1", self.written(first))),
        }
    }

    /// A mapping where only other things may stand: mostly a text with a colon in it.
    fn mapping_for_text(
        &mut self,
        node: &Node<'_>,
        entries: &[Entry<'_>],
        choices: &[&'a Value],
        place: &Slot<'_>,
    ) {
        let text = choices.iter().any(|choice| allows(choice, "string"));
        match entries.first() {
            Some(first) if text && entries.len() == 1 => {
                let due = due(choices);
                let message = format!(
                    "{} is {due}, and the colon after `{}` makes a mapping of it",
                    self.name(place),
                    first.key
                );
                self.problems.push(
                    Diagnostic::error(Code::WrongType, message)
                        .at(Some(node.span.clone()))
                        .hint(hints::quote_whole(self.written(node))),
                );
            }
            _ => self.mismatch(node, "a mapping", choices, place),
        }
    }
}

/// What the schemas ask for, in words.
fn due(choices: &[&Value]) -> String {
    const WORDS: &[(&str, &str)] = &[
        ("string", "text"),
        ("integer", "a whole number"),
        ("array", "a list"),
        ("object", "a mapping"),
    ];
    // Where a text may stand, a number is one too.
    let text = choices.iter().any(|choice| allows(choice, "string"));
    let mut words = WORDS
        .iter()
        .filter(|(kind, _)| !(text && *kind == "integer"))
        .filter(|(kind, _)| choices.iter().any(|choice| allows(choice, kind)))
        .map(|(_, word)| *word)
        .collect::<Vec<_>>();
    match words.pop() {
        None => "nothing".to_owned(),
        Some(last) if words.is_empty() => last.to_owned(),
        Some(last) => format!("{} or {last}", words.join(", ")),
    }
}

fn list(mut names: Vec<&str>) -> String {
    names.sort_unstable();
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}

fn lower(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(chars).collect()
    })
}
