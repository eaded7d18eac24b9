//! Values that are not of the kind that is due, and what to write instead.

use serde_json::Value;

use super::tables::is_table;
use super::{Judge, Slot};
use crate::diagnostic::{Code, Diagnostic};
use crate::piece::{Date, one_line};
use crate::yaml::hints::{self, Stands, Within};
use crate::yaml::recover::is_scalar;
use crate::yaml::scalar::{Plain, Scalar};
use crate::yaml::schema::{allows, required};
use crate::yaml::syntax::quoted;
use crate::yaml::tree::{Node, NodeKind};

/// So many lines of a list are shown.
const MOST: usize = 9;

impl<'a> Judge<'a> {
    pub(super) fn scalar(
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
                _ if find("string").is_some() => {
                    let way_out = find("string").and_then(|schema| in_form(schema, text));
                    self.not_text(node, text, plain, place, way_out);
                }
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
        let line = self.text.get(..span.start).unwrap_or_default();
        let line = line.rsplit('\n').next().unwrap_or_default();
        let hint = match (place.optional, node.span.is_empty()) {
            _ if place.item && markdown_heading(line).is_some() => {
                let words = markdown_heading(line).unwrap_or_default();
                let words = match words.contains(": ") {
                    true => quoted(words),
                    false => words.to_owned(),
                };
                format!("`#` begins a comment; for a heading write `- heading: {words}`")
            }
            _ if place.item && commented(line).is_some() => {
                let words = quoted(commented(line).unwrap_or_default());
                format!("`#` begins a comment; if it is text, quote it: {words}")
            }
            (false, true) if list.is_some() => {
                let list =
                    list.map(|list| hints::list(self.schema, list, place.key, "", Stands::Below));
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

    /// How a list is written among blocks; none where no block of that name has room.
    fn block_list(&self, node: &Node<'_>, choices: &[&'a Value]) -> Option<String> {
        let NodeKind::Sequence(items) = &node.kind else {
            return None;
        };
        let mut blocks = choices.iter();
        blocks.find(|choice| !choice["properties"]["list"].is_null())?;
        let mut lines = vec!["for a list write:".to_owned(), "- list:".to_owned()];
        self.list_lines(items, "    ", &mut lines);
        if lines.len() > MOST {
            lines.truncate(MOST);
            lines.push("    …".to_owned());
        }
        Some(lines.join("\n"))
    }

    /// How a list in brackets is written inside an item, and how an item with a block in it; none for what is neither.
    fn list_in_item(
        &self,
        node: &Node<'_>,
        choices: &[&'a Value],
        place: &Slot<'_>,
    ) -> Option<String> {
        const LONGEST: usize = 60;
        let written = one_line(self.written(node));
        let has_block = |choice: &&Value, name: &str| !choice["properties"][name].is_null();
        match &node.kind {
            NodeKind::Sequence(items) if written.starts_with('[') && place.item => {
                choices.iter().find(|choice| has_block(choice, "list"))?;
                let are_texts = items.iter().all(is_scalar);
                if are_texts && !matches!(place.key, "list" | "numbered") {
                    return None;
                }
                let list = match written.len() <= LONGEST {
                    true => &written,
                    false => "[…]",
                };
                let hint =
                    format!("a list inside an item has a key of its own: write `{{list: {list}}}`");
                Some(match are_texts {
                    true => format!("{hint}; if it is text, quote it: {}", quoted(&written)),
                    false => hint,
                })
            }
            NodeKind::Mapping(entries) if place.item => {
                let name = entries.first()?.key.as_ref();
                let lists = choices.iter().filter(|choice| allows(choice, "array"));
                let mut blocks = lists.flat_map(|list| self.schema.alternatives(&list["items"]));
                blocks.find(|block| has_block(block, name))?;
                Some(match (written.starts_with('{'), written.len() <= LONGEST) {
                    (true, true) => {
                        format!("an item with a block in it is a list: write `[{written}]`")
                    }
                    (true, false) => {
                        "an item with a block in it is a list: write `[{…}]`".to_owned()
                    }
                    (false, _) => {
                        format!("an item with a block in it is a list: begin it with `- - {name}:`")
                    }
                })
            }
            _ => None,
        }
    }

    /// The items of a list as they are written, each with the lists in it; no more than are shown.
    fn list_lines(&self, items: &[Node<'_>], indent: &str, lines: &mut Vec<String>) {
        let mut items = items.iter().peekable();
        while let Some(item) = items.next() {
            if lines.len() > MOST {
                return;
            }
            match &item.kind {
                NodeKind::Sequence(inner) => self.list_lines(inner, indent, lines),
                _ => {
                    let text =
                        hints::beginning(self.written(item).lines().next().unwrap_or_default());
                    let mut below = Vec::new();
                    while let Some(NodeKind::Sequence(inner)) = items.peek().map(|next| &next.kind)
                    {
                        below.extend(inner);
                        items.next();
                    }
                    if below.is_empty() {
                        lines.push(format!("{indent}- {text}"));
                        continue;
                    }
                    lines.push(format!("{indent}- - {text}"));
                    lines.push(format!("{indent}  - list:"));
                    let deeper = format!("{indent}      ");
                    for item in below {
                        self.list_lines(std::slice::from_ref(item), &deeper, lines);
                    }
                }
            }
        }
    }

    /// A number or truth value where text is due.
    fn not_text(
        &mut self,
        node: &Node<'_>,
        text: &str,
        plain: Plain,
        place: &Slot<'_>,
        way_out: Option<String>,
    ) {
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
            .hint(way_out.unwrap_or_else(|| format!("quote it: \"{text}\""))),
        );
    }

    pub(super) fn mismatch(
        &mut self,
        node: &Node<'_>,
        is: &str,
        choices: &[&'a Value],
        place: &Slot<'_>,
    ) {
        let due = due(choices);
        let problem = Diagnostic::error(
            Code::WrongType,
            format!("{} is {due}, and here stands {is}", self.name(place)),
        );
        let of = |kind: &str| choices.iter().find(|choice| allows(choice, kind));
        let in_item = self.list_in_item(node, choices, place);
        let hint = match due.as_str() {
            "a list" => match of("array") {
                Some(list) if place.item && self.is_row(list) && self.cells(node).is_some() => {
                    let row = self.cells(node).unwrap_or_default();
                    format!("write its cells in brackets, without keys: `- {row}`")
                }
                Some(list) => {
                    let before = self.text.get(..node.span.start).unwrap_or_default();
                    let stands = match is_scalar(node) && !place.item {
                        true => hints::stands(before),
                        false => Stands::Below,
                    };
                    hints::list(self.schema, list, place.key, self.written(node), stands)
                }
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
            "a mapping"
                if of("object").is_some_and(|object| is_table(object))
                    && self.rows(node).is_some() =>
            {
                let rows = self.rows(node).unwrap_or_default();
                let within = Within::Key(place.key);
                of("object").map_or_else(String::new, |object| {
                    hints::mapping_of_rows(self.schema, object, within, "", rows)
                })
            }
            "a mapping" if !place.item && !place.key.is_empty() => {
                match (self.first_of(node), of("object")) {
                    (First::Text(text), Some(object)) if required(object).next().is_some() => {
                        let within = Within::Key(place.key);
                        hints::mapping(self.schema, object, within, text)
                    }
                    // The keys of notes are their numbers.
                    (First::Text(text), _) => hints::mapping_for_list(place.key, Some(("1", text))),
                    (First::Key(key, value), _) => {
                        hints::mapping_for_list(place.key, Some((key, value)))
                    }
                    _ => hints::mapping_for_list(place.key, None),
                }
            }
            _ if in_item.is_some() => in_item.unwrap_or_default(),
            _ if of("string").is_some() && self.written(node).starts_with(['[', '{']) => {
                hints::quote_whole(self.written(node))
            }
            _ if place.item && self.block_list(node, choices).is_some() => {
                self.block_list(node, choices).unwrap_or_default()
            }
            "a whole number" => match digits(self.written(node)) {
                Some(digits) => format!("write `{digits}`, without quotation marks"),
                None => "write digits, without quotation marks".to_owned(),
            },
            "nothing" => "leave the value out".to_owned(),
            _ => format!("write {due} here"),
        };
        self.problems
            .push(problem.at(Some(node.span.clone())).hint(hint));
    }

    /// What a list begins with.
    fn first_of<'n>(&self, node: &'n Node<'_>) -> First<'n, 'a> {
        let NodeKind::Sequence(items) = &node.kind else {
            return First::Other;
        };
        match items.first().map(|first| (&first.kind, first)) {
            Some((NodeKind::Mapping(entries), _)) => match entries.first() {
                Some(entry) => First::Key(entry.key.as_ref(), self.written(&entry.value)),
                None => First::Other,
            },
            Some((NodeKind::Scalar(_), first)) => First::Text(self.written(first)),
            _ => First::Other,
        }
    }
}

/// What the first item of a list is.
enum First<'n, 'a> {
    /// A mapping that begins with this key and this value.
    Key(&'n str, &'a str),
    Text(&'a str),
    Other,
}

/// The digits of a text that holds one number.
fn digits(text: &str) -> Option<&str> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let length = text[start..].bytes().take_while(u8::is_ascii_digit).count();
    let rest = &text[start + length..];
    (!rest.contains(|c: char| c.is_ascii_digit())).then(|| &text[start..start + length])
}

/// How a number is written where a text has a form: quotation marks alone would make one error of another.
fn in_form(schema: &Value, text: &str) -> Option<String> {
    let pattern = schema["pattern"].as_str()?;
    if pattern.starts_with(r"^\d{4}-\d{2}-\d{2}$") {
        return Some(match Date::of_digits(text) {
            Some(day) => format!("write `{day}`"),
            None => "write it as 2025-11-04".to_owned(),
        });
    }
    if pattern.ends_with("%$") {
        let part = text.parse::<f64>().ok();
        let part = part.map(|part| if part < 1.0 { part * 100.0 } else { part });
        // Less than a column may have, and more than two of them leave each other, is no part.
        let part = part.filter(|part| (5.0..=98.0).contains(part));
        return Some(match part {
            Some(part) => format!("write `{}%`", part.round()),
            None => "write it in percent, as `60%`".to_owned(),
        });
    }
    let what = schema["description"].as_str()?.trim_end_matches('.');
    Some(format!("here stands something else: {what}"))
}

/// What the schemas ask for, in words.
pub(super) fn due(choices: &[&Value]) -> String {
    const WORDS: &[(&str, &str)] = &[
        ("string", "text"),
        ("integer", "a whole number"),
        ("boolean", "`true` or `false`"),
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

/// What an item would say if `#` did not begin a comment.
fn commented(line: &str) -> Option<&str> {
    let item = line.trim_start().strip_prefix("- ")?.trim_start();
    item.starts_with('#').then(|| item.trim_end())
}

/// The words of a heading of Markdown's that is an item, of which YAML makes a comment.
fn markdown_heading(line: &str) -> Option<&str> {
    let words = commented(line)?.trim_start_matches('#');
    let is_heading = words.starts_with(' ');
    is_heading
        .then(|| words.trim_matches([' ', '#']))
        .filter(|words| !words.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_shown_in_the_form_that_is_asked_for() {
        let of = |pattern: &str, text: &str| {
            let schema =
                serde_json::json!({ "pattern": pattern, "description": "The code, if any." });
            in_form(&schema, text)
        };
        let (day, part) = (r"^\d{4}-\d{2}-\d{2}$", "^([2-9]|100)%$");
        let expect = |text: &str| Some(text.to_owned());
        assert_eq!(of(day, "20250102"), expect("write `2025-01-02`"));
        assert_eq!(of(day, "20251302"), expect("write it as 2025-11-04"));
        assert_eq!(of(part, "60"), expect("write `60%`"));
        assert_eq!(of(part, "0.6"), expect("write `60%`"));
        assert_eq!(of(part, "600"), expect("write it in percent, as `60%`"));
        assert_eq!(
            of("^[a-z]{3}$", "12"),
            expect("here stands something else: The code, if any")
        );
        assert_eq!(
            in_form(&serde_json::json!({ "type": "string" }), "12"),
            None
        );
    }
}
