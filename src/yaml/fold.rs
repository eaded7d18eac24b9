//! Line ends of texts: each is one space, but a blank line parts paragraphs wherever several can stand.
//!
//! Where they can stand, the schema says: in a list of blocks or paragraphs, where a text or a list may be written, and in a
//! quotation. Elsewhere a blank line is told and is a space too.

use std::borrow::Cow;
use std::ops::Range;

use serde_json::Value;

use super::paragraphs;
use super::scalar::{Plain, Scalar};
use super::schema::{Schema, allows};
use super::tree::{self, Entry, MAX_NODES, Node, NodeKind};
use crate::diagnostic::{ByteSpan, Code, Diagnostic, MAX_PROBLEMS, Place};
use crate::piece::one_line;

/// The key under which a quotation's paragraphs stand.
const WORDS: &str = "text";

/// Folds the texts of a tree.
pub(super) fn texts(
    root: &mut Node<'_>,
    source: &str,
    schema: Schema<'_>,
    problems: &mut Vec<Diagnostic>,
) {
    let mut folder = Folder {
        source,
        schema,
        problems,
        parted: 0,
    };
    folder.value(root, &Step::Root);
    if folder.parted > MAX_NODES {
        problems.push(tree::too_many(root.span.start..root.span.start));
    }
}

/// The way from the root to a value.
enum Step<'s> {
    Root,
    Key(&'s Step<'s>, &'s str),
    Item(&'s Step<'s>),
}

/// Where several paragraphs can go that one text holds.
enum Room {
    /// Beside each other in the list that the text is an item of.
    Siblings,
    /// In a list in place of the text.
    List,
    /// In the list of a quotation's words.
    Quotation,
}

struct Folder<'s> {
    source: &'s str,
    schema: Schema<'s>,
    problems: &'s mut Vec<Diagnostic>,
    /// How many paragraphs were made of texts.
    parted: usize,
}

impl<'s> Folder<'s> {
    /// Folds what is below a value; gives the paragraphs that shall stand beside each other in its place.
    fn value<'a>(&mut self, node: &mut Node<'a>, at: &Step<'_>) -> Option<Vec<Node<'a>>> {
        match &mut node.kind {
            NodeKind::Alias => None,
            NodeKind::Sequence(items) => {
                self.sequence(items, at);
                None
            }
            NodeKind::Mapping(entries) => {
                for Entry { key, value, .. } in entries {
                    // Only items have siblings.
                    self.value(value, &Step::Key(at, key));
                }
                None
            }
            NodeKind::Scalar(_) => self.scalar(node, at),
        }
    }

    fn sequence<'a>(&mut self, items: &mut Vec<Node<'a>>, at: &Step<'_>) {
        let at = Step::Item(at);
        let mut parted: Vec<(usize, Vec<Node<'a>>)> = Vec::new();
        for (index, item) in items.iter_mut().enumerate() {
            if let Some(paragraphs) = self.value(item, &at) {
                parted.push((index, paragraphs));
            }
        }
        if parted.is_empty() {
            return;
        }
        let mut parted = parted.into_iter().peekable();
        let whole = std::mem::take(items);
        for (index, item) in whole.into_iter().enumerate() {
            match parted.next_if(|(parted, _)| *parted == index) {
                Some((_, paragraphs)) => items.extend(paragraphs),
                None => items.push(item),
            }
        }
    }

    fn scalar<'a>(&mut self, node: &mut Node<'a>, at: &Step<'_>) -> Option<Vec<Node<'a>>> {
        let NodeKind::Scalar(scalar) = &mut node.kind else {
            return None;
        };
        if scalar.plain != Plain::Text || is_folded(&scalar.text) {
            return None;
        }
        let raw = self.source.get(node.span.clone()).unwrap_or_default();
        self.problems.extend(
            separator(raw, node.span.start).filter(|_| self.problems.len() <= MAX_PROBLEMS),
        );
        let parts = paragraphs::of(scalar, raw);
        if parts.len() > 1 {
            self.parted += parts.len();
        }
        if parts.len() > 1 && self.parted <= MAX_NODES {
            let room = self.room(at);
            let paragraphs = self.part(scalar, &node.span, &parts);
            match room {
                Some(Room::Siblings) => return Some(paragraphs),
                Some(Room::List) => {
                    node.kind = NodeKind::Sequence(paragraphs);
                    return None;
                }
                Some(Room::Quotation) => {
                    node.kind = quotation(&node.span, paragraphs);
                    return None;
                }
                None => self.warn(&paragraphs[1].span),
            }
        }
        let whole = match (parts.first(), parts.last()) {
            (Some(first), Some(last)) => first.start..last.end,
            _ => 0..0,
        };
        scalar.text = folded(&scalar.text, whole);
        None
    }

    /// The paragraphs as values of their own, each with its place.
    fn part<'a>(
        &self,
        scalar: &Scalar<'a>,
        span: &ByteSpan,
        parts: &[Range<usize>],
    ) -> Vec<Node<'a>> {
        let place = Place {
            span: span.clone(),
            style: scalar.style,
        };
        let spans = place.parts(self.source, &scalar.text, parts);
        let nodes = parts.iter().zip(spans).map(|(part, span)| Node {
            span,
            kind: NodeKind::Scalar(Scalar {
                text: folded(&scalar.text, part.clone()),
                plain: Plain::Text,
                style: scalar.style,
                is_mended: scalar.is_mended,
            }),
        });
        nodes.collect()
    }

    fn warn(&mut self, second: &ByteSpan) {
        if self.problems.len() > MAX_PROBLEMS {
            return;
        }
        let message = "a blank line stands before this, and there is room for one paragraph only";
        self.problems.push(
            Diagnostic::warning(Code::BlankLine, message)
                .at(Some(second.clone()))
                .hint("it is printed as a space; take the blank line out, or shorten the text"),
        );
    }

    /// Where the paragraphs of a text can go.
    fn room(&self, at: &Step<'_>) -> Option<Room> {
        let here = self.choices(at);
        let allowed = |choices: &[&Value], kind: &str| choices.iter().any(|one| allows(one, kind));
        if let Step::Item(list) = at {
            // Blocks are texts or mappings; paragraphs may be one or several.
            let blocks = allowed(&here, "string") && allowed(&here, "object");
            let lists = self.choices(list);
            if blocks || (allowed(&lists, "string") && lists.iter().any(|one| is_paragraphs(one))) {
                return Some(Room::Siblings);
            }
        }
        if !allowed(&here, "string") {
            return None;
        }
        if here.iter().any(|choice| is_paragraphs(choice)) {
            return Some(Room::List);
        }
        let words = here
            .iter()
            .filter_map(|choice| choice["properties"].get(WORDS));
        words
            .flat_map(|words| self.schema.alternatives(words))
            .any(|words| allows(words, "array"))
            .then_some(Room::Quotation)
    }

    /// The schemas that a value may have.
    fn choices(&self, at: &Step<'_>) -> Vec<&'s Value> {
        let below = |step: &Step<'_>, name: &dyn Fn(&'s Value) -> Option<&'s Value>| {
            let choices = self.choices(step).into_iter();
            choices
                .filter_map(name)
                .flat_map(|schema| self.schema.alternatives(schema))
                .collect()
        };
        match at {
            Step::Root => self.schema.alternatives(self.schema.0),
            Step::Item(list) => below(list, &|schema| schema.get("items")),
            Step::Key(mapping, key) => below(mapping, &|schema| {
                let known = schema.get("properties").and_then(|known| known.get(*key));
                known.or_else(|| schema.get("additionalProperties"))
            }),
        }
    }
}

/// Whether a list is one of paragraphs. A list of plain words, as that of key points, is none: two paragraphs are no two points.
fn is_paragraphs(list: &Value) -> bool {
    allows(list, "array") && list["items"]["type"] != "string"
}

/// A quotation of several paragraphs.
fn quotation<'a>(span: &ByteSpan, paragraphs: Vec<Node<'a>>) -> NodeKind<'a> {
    NodeKind::Mapping(vec![Entry {
        key: Cow::Borrowed(WORDS),
        key_span: span.start..span.start,
        value: Node {
            span: span.clone(),
            kind: NodeKind::Sequence(paragraphs),
        },
    }])
}

/// What is told of a text that stands at a byte and holds a separator of lines, which looks like a line end and is none of YAML's.
fn separator(raw: &str, start: usize) -> Option<Diagnostic> {
    const SEPARATOR: char = '\u{2028}';
    let mut found = raw.match_indices(SEPARATOR).peekable();
    let first = found.peek().map(|(at, _)| *at)?;
    let begins_item = |at: usize| {
        let behind = raw[at + SEPARATOR.len_utf8()..].trim_start_matches([' ', '\t']);
        behind.starts_with("- ")
    };
    let item = found.map(|(at, _)| at).find(|at| begins_item(*at));
    let message = match item {
        Some(_) => {
            "U+2028, a separator of lines, ends no line: the hyphen behind it begins no item"
        }
        None => "U+2028, a separator of lines, ends no line, and is printed as a space",
    };
    let at = start + item.unwrap_or(first);
    Some(
        Diagnostic::warning(Code::InvisibleCharacter, message)
            .at(Some(at..at + SEPARATOR.len_utf8()))
            .hint("put an ordinary line end in its place, or a space"),
    )
}

/// Whether nothing of a text would be changed.
fn is_folded(text: &str) -> bool {
    !text.contains(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'])
        && !text.starts_with([' ', '\t'])
        && !text.ends_with([' ', '\t'])
}

/// A part of a text in one line.
fn folded<'a>(text: &Cow<'a, str>, part: Range<usize>) -> Cow<'a, str> {
    match text {
        Cow::Borrowed(text) => one_line(&text[part]),
        Cow::Owned(text) => Cow::Owned(one_line(&text[part]).into_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_separator_of_lines_is_told_first_where_it_hides_an_item() {
        let of = |raw: &str| {
            let told = separator(raw, 10)?;
            Some((told.span?.start, told.message.contains("item")))
        };
        assert_eq!(of("one\u{2028}  - four"), Some((13, true)));
        assert_eq!(of("a\u{2028}b\u{2028}- c"), Some((15, true)));
        assert_eq!(of("a\u{2028}b - c"), Some((11, false)));
        assert_eq!(of("\"a\\u2028- b\""), None);
    }
}
