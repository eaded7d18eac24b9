//! Mappings: keys that are missing, unknown, misspelt or out of place, and blocks, which have one key.

use serde_json::Value;

use super::values::due;
use super::{Judge, Slot};
use crate::diagnostic::{Code, Diagnostic, MAX_PROBLEMS};
use crate::yaml::hints::{self, Scope};
use crate::yaml::recover::is_scalar;
use crate::yaml::schema::{allows, required};
use crate::yaml::tree::{Entry, Node};

impl<'a> Judge<'a> {
    /// A mapping of several keys. A required key that is only misspelt, or `meant` by what stands elsewhere, is not missing as
    /// well.
    pub(super) fn mapping(
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
                None if self.is_name_for_key(entry, entries, schema) => {
                    meant.extend(required.iter().copied());
                    continue;
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

    /// Tells of an item that begins with the name of somebody, and what belongs to it below; whether it is one.
    fn is_name_for_key(
        &mut self,
        entry: &Entry<'_>,
        entries: &[Entry<'_>],
        schema: &Value,
    ) -> bool {
        let list = required(schema).find(|key| *key != "name");
        let is_name = entry.key.contains(' ')
            && entries.len() == 1
            && !is_scalar(&entry.value)
            && required(schema).any(|key| key == "name");
        let Some(list) = list.filter(|_| is_name) else {
            return false;
        };
        let name: String = entry.key.chars().take(60).collect();
        let message = format!("`{name}` is read as a key, because a colon follows it");
        let hint = format!(
            "begin its name with `name`, and what belongs to it below:\n- name: {name}\n  {list}: …"
        );
        let problem = Diagnostic::error(Code::UnknownKey, message);
        self.problems
            .push(problem.at(Some(entry.key_span.clone())).hint(hint));
        true
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
    pub(super) fn block(&mut self, node: &Node<'_>, entries: &[Entry<'_>], choices: &[&'a Value]) {
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
        } else if hints::is_mail_head(key) {
            Diagnostic::error(
                Code::UnknownKey,
                format!("`{shown}` is of the head of a mail"),
            )
            .hint("take the line out; `flashpoint import` reads whole mails, saved as .txt")
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

    /// A mapping where only other things may stand: mostly a text with a colon in it.
    pub(super) fn mapping_for_text(
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
