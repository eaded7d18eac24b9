//! YAML's events to a tree with exact places, refusing what our files have no use for.
//!
//! `serde_yaml` fills the types, but its own reader keeps the last of two equal keys, expands aliases, gives no places and
//! takes quadratic time over deep nesting. So `saphyr-parser` reads the text, once, and what passes here goes further.

use std::borrow::Cow;
use std::collections::BTreeMap;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use super::edits::Origins;
use super::offsets::Offsets;
use super::scalar::{self, Plain, Scalar};
use super::stand_ins;
use super::{Empty, FileKind, characters, syntax};
use crate::diagnostic::{ByteSpan, Code, Diagnostic, FieldPath, MAX_PROBLEMS, Place, ValueStyle};
use crate::piece::one_line;

/// How deep values may nest; the source format itself needs about twenty levels for lists in lists in lists.
const MAX_DEPTH: usize = 64;

/// How many values a file may hold, whatever it is: what a piece holds is counted by kinds when it is checked.
pub(super) const MAX_NODES: usize = 100_000;

/// How many anchors and aliases are told of: who uses them at all uses many.
const MAX_ANCHORS: usize = 5;

/// A value with its place.
#[derive(Debug)]
pub(super) struct Node<'a> {
    pub(super) span: ByteSpan,
    pub(super) kind: NodeKind<'a>,
}

/// What a value is.
#[derive(Debug)]
pub(super) enum NodeKind<'a> {
    /// A text, a number, a truth value, or nothing.
    Scalar(Scalar<'a>),
    /// A list.
    Sequence(Vec<Node<'a>>),
    /// A mapping in the order of the file.
    Mapping(Vec<Entry<'a>>),
    /// An alias, which has been refused: nothing more is said of it.
    Alias,
}

/// A key and its value.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    pub(super) key: Cow<'a, str>,
    pub(super) key_span: ByteSpan,
    pub(super) value: Node<'a>,
}

/// What ends the reading of a text.
#[derive(Debug)]
pub(super) struct Fault {
    /// What is told of it.
    pub(super) diagnostic: Diagnostic,
    /// What the parser said; nothing where the fault is one of ours.
    pub(super) info: String,
    /// Where it said so.
    pub(super) at: usize,
}

impl From<Diagnostic> for Box<Fault> {
    fn from(diagnostic: Diagnostic) -> Self {
        let at = diagnostic.span.as_ref().map_or(0, |span| span.start);
        Self::new(Fault {
            diagnostic,
            info: String::new(),
            at,
        })
    }
}

/// Reads a file's one document: `mended` is `text` with the changes that reading needed, and `origins` lead back. Without a
/// tree the file is empty; if it may not be, there is a problem that says so.
pub(super) fn read<'a>(
    text: &'a str,
    mended: &'a str,
    origins: &Origins,
    kind: &FileKind<'_>,
    problems: &mut Vec<Diagnostic>,
) -> Result<Option<Node<'a>>, Box<Fault>> {
    let offsets = Offsets::new(mended, origins);
    let mut builder = Builder {
        text,
        kind: *kind,
        offsets: &offsets,
        problems,
        stack: Vec::new(),
        root: None,
        nodes: 0,
        anchors: 0,
    };
    for event in Parser::new_from_str(mended) {
        match event {
            Ok((event, span)) => builder.event(event, span)?,
            Err(error) => {
                let at = offsets.byte(error.marker().index());
                return Err(Box::new(Fault::of_syntax(error.info(), at, text)));
            }
        }
    }
    let root = builder.root.filter(|root| !is_nothing(root));
    if let (None, Empty::Refused(hint)) = (&root, kind.empty) {
        let message = format!("the file holds no {}", kind.name);
        problems.push(
            Diagnostic::error(Code::EmptyFile, message)
                .at(Some(0..0))
                .hint(hint),
        );
    }
    Ok(root)
}

fn is_nothing(node: &Node<'_>) -> bool {
    matches!(&node.kind, NodeKind::Scalar(scalar) if scalar.plain == Plain::Null && scalar.text.is_empty())
}

/// The file holds more than it can.
pub(super) fn too_many(at: ByteSpan) -> Diagnostic {
    let message = format!("the file holds more than {MAX_NODES} values");
    Diagnostic::error(Code::TooManyValues, message)
        .at(Some(at))
        .hint("make several files of it, or link to what is data")
}

/// The place of every value below a node.
pub(super) fn places(root: &Node<'_>) -> BTreeMap<FieldPath, Place> {
    fn record(node: &Node<'_>, path: FieldPath, places: &mut BTreeMap<FieldPath, Place>) {
        let mut style = ValueStyle::Collection;
        match &node.kind {
            NodeKind::Alias => {}
            NodeKind::Scalar(scalar) => style = scalar.style,
            NodeKind::Sequence(items) => {
                for (index, item) in items.iter().enumerate() {
                    record(item, path.index(index), places);
                }
            }
            NodeKind::Mapping(entries) => {
                for entry in entries {
                    record(&entry.value, path.key(&entry.key), places);
                }
            }
        }
        let span = node.span.clone();
        places.insert(path, Place { span, style });
    }
    let mut places = BTreeMap::new();
    record(root, FieldPath::root(), &mut places);
    places
}

/// A collection whose end has not come yet.
enum Open<'a> {
    Sequence {
        start: usize,
        items: Vec<Node<'a>>,
    },
    Mapping {
        start: usize,
        entries: Vec<Entry<'a>>,
        key: Option<(Cow<'a, str>, ByteSpan)>,
        /// Keys and where they were first.
        seen: BTreeMap<Cow<'a, str>, usize>,
    },
}

struct Builder<'a, 'b> {
    text: &'a str,
    kind: FileKind<'b>,
    offsets: &'b Offsets<'b>,
    problems: &'b mut Vec<Diagnostic>,
    stack: Vec<Open<'a>>,
    root: Option<Node<'a>>,
    nodes: usize,
    anchors: usize,
}

impl<'a> Builder<'a, '_> {
    fn event(&mut self, event: Event<'a>, span: Span) -> Result<(), Diagnostic> {
        let span = self.offsets.byte(span.start.index())..self.offsets.byte(span.end.index());
        match event {
            Event::DocumentStart(_) if self.root.is_some() => {
                return Err(Diagnostic::error(
                    Code::SecondDocument,
                    "a second document begins here",
                )
                .at(Some(span))
                .hint("one file holds one piece; put the other into a file of its own"));
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.refuse_anchor(anchor, &span);
                let is_tagged = tag.is_some() && self.refuse_tag(&span);
                let mut node = self.scalar(text, style, span);
                if let (NodeKind::Scalar(scalar), true) = (&mut node.kind, is_tagged) {
                    scalar.is_mended = true;
                }
                self.place(node)?;
            }
            Event::Alias(_) => {
                self.refuse_anchor(1, &span);
                self.place(Node {
                    span,
                    kind: NodeKind::Alias,
                })?;
            }
            Event::SequenceStart(anchor, tag) => {
                self.refuse_anchor(anchor, &span);
                if tag.is_some() {
                    self.refuse_tag(&span);
                }
                self.open(
                    Open::Sequence {
                        start: span.start,
                        items: Vec::new(),
                    },
                    span,
                )?;
            }
            Event::MappingStart(anchor, tag) => {
                self.refuse_anchor(anchor, &span);
                if tag.is_some() {
                    self.refuse_tag(&span);
                }
                self.open(
                    Open::Mapping {
                        start: span.start,
                        entries: Vec::new(),
                        key: None,
                        seen: BTreeMap::new(),
                    },
                    span,
                )?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span.end)?,
            _ => {}
        }
        Ok(())
    }

    fn scalar(&mut self, text: Cow<'a, str>, style: ScalarStyle, span: ByteSpan) -> Node<'a> {
        let span = self.trimmed(span);
        let style = match style {
            ScalarStyle::Plain => ValueStyle::Plain,
            ScalarStyle::SingleQuoted => ValueStyle::SingleQuoted,
            ScalarStyle::DoubleQuoted => ValueStyle::DoubleQuoted,
            ScalarStyle::Literal => ValueStyle::Literal,
            ScalarStyle::Folded => ValueStyle::Folded,
        };
        // Quoted and block scalars are texts whatever they hold.
        let plain = match style {
            ValueStyle::Plain => scalar::kind(&text),
            _ => Plain::Text,
        };
        let restored = stand_ins::restored(&text);
        let is_mended = restored.is_some();
        let text = restored.map_or(text, Cow::Owned);
        if style == ValueStyle::DoubleQuoted && self.problems.len() <= MAX_PROBLEMS {
            let raw = &self.text[span.clone()];
            self.problems.extend(characters::escaped(raw, &span));
        }
        let kind = NodeKind::Scalar(Scalar {
            text,
            plain,
            style,
            is_mended,
        });
        Node { span, kind }
    }

    /// A span without the line ends that YAML counts to a block's end.
    fn trimmed(&self, span: ByteSpan) -> ByteSpan {
        let length = self.text[span.clone()].trim_end().len();
        span.start..span.start + length
    }

    fn open(&mut self, open: Open<'a>, span: ByteSpan) -> Result<(), Diagnostic> {
        if self.stack.len() >= MAX_DEPTH {
            return Err(Diagnostic::error(
                Code::TooDeep,
                format!("values are nested deeper than {MAX_DEPTH} levels"),
            )
            .at(Some(span))
            .hint(format!(
                "a {} needs no more than a few levels",
                self.kind.name
            )));
        }
        self.stack.push(open);
        Ok(())
    }

    fn close(&mut self, end: usize) -> Result<(), Diagnostic> {
        let node = match self.stack.pop() {
            Some(Open::Sequence { start, items }) => Node {
                span: start..self.trimmed(start..end).end,
                kind: NodeKind::Sequence(items),
            },
            Some(Open::Mapping { start, entries, .. }) => Node {
                span: start..self.trimmed(start..end).end,
                kind: NodeKind::Mapping(entries),
            },
            None => return Ok(()),
        };
        self.place(node)
    }

    /// Puts a finished value where it belongs.
    fn place(&mut self, node: Node<'a>) -> Result<(), Diagnostic> {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            return Err(too_many(node.span));
        }
        let begins_item = self.begins_item(&node);
        match self.stack.last_mut() {
            None => self.root = Some(node),
            Some(Open::Sequence { items, .. }) => items.push(node),
            Some(Open::Mapping {
                entries, key, seen, ..
            }) => match key.take() {
                Some((key, key_span)) => entries.push(Entry {
                    key,
                    key_span,
                    value: node,
                }),
                None => match node.kind {
                    NodeKind::Scalar(Scalar { text, .. }) => {
                        if begins_item {
                            return self.begin_item(text, node.span);
                        }
                        if let Some(first) = seen.get(&text) {
                            if self.problems.len() > MAX_PROBLEMS {
                                return Err(Diagnostic::error(
                                    Code::DuplicateKey,
                                    "keys stand here again and again",
                                )
                                .at(Some(node.span)));
                            }
                            let line = self.text[..*first].matches('\n').count() + 1;
                            self.problems.push(
                                Diagnostic::error(
                                    Code::DuplicateKey,
                                    format!("the key `{text}` stands here a second time"),
                                )
                                .at(Some(node.span.clone()))
                                .hint(format!("the first is on line {line}; keep one of them")),
                            );
                        } else {
                            seen.insert(text.clone(), node.span.start);
                        }
                        *key = Some((text, node.span));
                    }
                    _ => {
                        return Err(
                            Diagnostic::error(Code::Yaml, "a key is a list or a mapping")
                                .at(Some(node.span))
                                .hint("if it is text that begins with a bracket, quote it"),
                        );
                    }
                },
            },
        }
        Ok(())
    }

    /// Whether a key is the first of its mapping again, which is an item of a list: the next item begins here, and its hyphen
    /// was forgotten.
    fn begins_item(&self, node: &Node<'a>) -> bool {
        let [
            ..,
            Open::Sequence { .. },
            Open::Mapping {
                start,
                entries,
                key: None,
                ..
            },
        ] = self.stack.as_slice()
        else {
            return false;
        };
        let (NodeKind::Scalar(scalar), [first, _, ..]) = (&node.kind, entries.as_slice()) else {
            return false;
        };
        scalar.text == first.key && !self.text[*start..].starts_with('{')
    }

    /// Begins the item that a key is the first of.
    fn begin_item(&mut self, key: Cow<'a, str>, span: ByteSpan) -> Result<(), Diagnostic> {
        if self.problems.len() <= MAX_PROBLEMS {
            let line = self.text[span.start..].lines().next().unwrap_or_default();
            let line: String = line.chars().take(60).collect();
            let message = format!("the next item begins at this `{key}`, and has no hyphen");
            self.problems.push(
                Diagnostic::error(Code::MissingDash, message)
                    .at(Some(span.clone()))
                    .hint(format!(
                        "write `- {}`, with the hyphen below that of the item above",
                        line.trim_end()
                    )),
            );
        }
        self.close(span.start)?;
        let seen = BTreeMap::from([(key.clone(), span.start)]);
        self.stack.push(Open::Mapping {
            start: span.start,
            entries: Vec::new(),
            key: Some((key, span)),
            seen,
        });
        Ok(())
    }

    fn refuse_anchor(&mut self, anchor: usize, span: &ByteSpan) {
        self.anchors += usize::from(anchor > 0);
        if anchor > 0 && self.anchors <= MAX_ANCHORS {
            self.problems.push(
                Diagnostic::error(
                    Code::Anchor,
                    "anchors (`&`) and aliases (`*`) are not read here",
                )
                .at(Some(span.clone()))
                .hint("write the value out; if it is text that begins with `&` or `*`, quote it"),
            );
        }
    }

    /// Tells of a tag, where nothing was told of its text; nothing more is to be said of it then.
    fn refuse_tag(&mut self, span: &ByteSpan) -> bool {
        let is_inside = |told: &ByteSpan| span.start <= told.start && told.end <= span.end;
        let mut told = self.problems.iter().filter_map(|told| told.span.as_ref());
        if self.problems.len() <= MAX_PROBLEMS && !told.any(is_inside) {
            let raw = &self.text[self.trimmed(span.clone())];
            let hint = match raw.starts_with('!') && !raw.contains(": ") {
                true => format!(
                    "if it is text, quote it: {}",
                    syntax::quoted(&one_line(raw))
                ),
                false => "if it is text that begins with `!`, quote it".to_owned(),
            };
            self.problems.push(
                Diagnostic::error(Code::Tag, "tags (`!`) are not read here")
                    .at(Some(span.clone()))
                    .hint(hint),
            );
        }
        true
    }
}
