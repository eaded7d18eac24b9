//! Reads a theme file: flat YAML to the values of its fields with their places.

use std::collections::BTreeMap;

use saphyr_parser::{Event, Parser, Span};

use crate::diagnostic::{ByteSpan, Code, Diagnostic};

/// A value of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Value {
    pub(super) text: String,
    pub(super) span: ByteSpan,
    pub(super) key: ByteSpan,
}

/// The values by their paths, such as `measures.text`.
pub(super) type Values = BTreeMap<String, Value>;

/// A theme file is small; a bigger file is something else.
const LARGEST: usize = 64 * 1024;

/// Reads the values; problems of form are added to the list.
pub(super) fn values(text: &str, problems: &mut Vec<Diagnostic>) -> Values {
    let mut reader = Reader {
        text,
        values: Values::new(),
        problems,
        section: None,
        key: None,
        depth: 0,
    };
    if text.len() > LARGEST {
        let problem = Diagnostic::error(Code::ThemeTooLarge, "a theme file has at most 64 KiB");
        reader.problems.push(problem.at(Some(0..0)));
        return reader.values;
    }
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        match event {
            Ok((event, span)) => {
                if !reader.event(&event, span) {
                    break;
                }
            }
            Err(error) => {
                let at = byte(text, error.marker().index());
                reader
                    .problems
                    .push(Diagnostic::error(Code::Yaml, error.info().to_owned()).at(Some(at..at)));
                break;
            }
        }
    }
    reader.values
}

struct Reader<'a> {
    text: &'a str,
    values: Values,
    problems: &'a mut Vec<Diagnostic>,
    /// The section being read.
    section: Option<String>,
    key: Option<(String, ByteSpan)>,
    depth: u8,
}

impl Reader<'_> {
    /// Takes an event in; false where reading cannot go on.
    fn event(&mut self, event: &Event<'_>, span: Span) -> bool {
        let at = byte(self.text, span.start.index())..byte(self.text, span.end.index());
        match event {
            Event::MappingStart(..) => {
                if self.depth == 2 || (self.depth == 1 && self.key.is_none()) {
                    return self.refuse(at);
                }
                if let Some((key, _)) = self.key.take() {
                    self.section = Some(key);
                }
                self.depth += 1;
            }
            Event::MappingEnd => {
                self.depth = self.depth.saturating_sub(1);
                self.section = None;
            }
            Event::Scalar(text, ..) if self.depth > 0 => match self.key.take() {
                None => self.key = Some((text.to_string(), at)),
                Some((key, key_span)) => {
                    let path = match &self.section {
                        Some(section) => format!("{section}.{key}"),
                        None => key,
                    };
                    let value = Value {
                        text: text.to_string(),
                        span: at,
                        key: key_span.clone(),
                    };
                    if self.values.insert(path.clone(), value).is_some() {
                        let problem = Diagnostic::error(
                            Code::DuplicateKey,
                            format!("`{path}` is given twice"),
                        );
                        self.problems.push(problem.at(Some(key_span)));
                    }
                }
            },
            Event::Scalar(text, ..) if text.is_empty() => {}
            Event::Scalar(..) | Event::SequenceStart(..) | Event::Alias(_) => {
                return self.refuse(at);
            }
            Event::DocumentStart(true) if !self.values.is_empty() => return self.refuse(at),
            _ => {}
        }
        true
    }

    fn refuse(&mut self, at: ByteSpan) -> bool {
        let problem = Diagnostic::error(
            Code::ThemeShape,
            "a theme has sections of single values and nothing else",
        );
        let hint = "for example:\nmeasures:\n  text: 11pt";
        self.problems.push(problem.at(Some(at)).hint(hint));
        false
    }
}

/// The byte of a character's index, which is what the parser counts.
fn byte(text: &str, index: usize) -> usize {
    text.char_indices()
        .nth(index)
        .map_or(text.len(), |(at, _)| at)
}
