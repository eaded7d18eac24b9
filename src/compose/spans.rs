//! From inline markup to spans.

use url::Url;

use crate::diagnostic::FieldPath;
use crate::piece::{Inline, LanguageTag};

use super::arena::Arena;
use super::{ComposeError, Foreign, Shift, Span, Target};

/// The schemes that a link may have.
const SCHEMES: &[&str] = &["http", "https", "mailto"];

impl Span {
    /// A span of plain text.
    pub(super) fn plain(text: impl Into<String>) -> Self {
        Styling::default().span(text.into())
    }

    /// A span of interface words.
    pub(super) fn words(words: &str, language: Option<&Foreign>) -> Self {
        Self {
            language: language.cloned(),
            ..Self::plain(words)
        }
    }
}

/// What the marks around a text have decided for it.
#[derive(Debug, Clone, Default)]
pub(super) struct Styling {
    emphasis: bool,
    strong: bool,
    shift: Shift,
    language: Option<Foreign>,
    target: Option<Target>,
}

impl Styling {
    fn span(&self, text: String) -> Span {
        Span {
            text,
            emphasis: self.emphasis,
            strong: self.strong,
            shift: self.shift,
            language: self.language.clone(),
            target: self.target.clone(),
        }
    }
}

/// The spans of inline elements; neighbours of one look are one span.
pub(super) fn spans(
    arena: &mut Arena<'_>,
    inlines: &[Inline],
    styling: &Styling,
    origin: &FieldPath,
) -> Result<Vec<Span>, ComposeError> {
    let mut out = Vec::new();
    collect(arena, inlines, styling, origin, &mut out)?;
    Ok(out)
}

fn collect(
    arena: &mut Arena<'_>,
    inlines: &[Inline],
    styling: &Styling,
    origin: &FieldPath,
    out: &mut Vec<Span>,
) -> Result<(), ComposeError> {
    for inline in inlines {
        let (inner, content) = match inline {
            Inline::Text(text) => {
                push(out, styling.span(text.clone()));
                continue;
            }
            Inline::Note(name) => {
                out.push(arena.reference(name, origin)?);
                continue;
            }
            // Emphasis within emphasis is set upright, as a typesetter does.
            Inline::Emphasis(content) => (
                Styling {
                    emphasis: !styling.emphasis,
                    ..styling.clone()
                },
                content,
            ),
            Inline::Strong(content) => (
                Styling {
                    strong: true,
                    ..styling.clone()
                },
                content,
            ),
            Inline::Superscript(content) => (
                Styling {
                    shift: Shift::Superscript,
                    ..styling.clone()
                },
                content,
            ),
            Inline::Subscript(content) => (
                Styling {
                    shift: Shift::Subscript,
                    ..styling.clone()
                },
                content,
            ),
            Inline::Link { to, content } => (
                Styling {
                    target: Some(Target::Url(address(to, origin)?)),
                    ..styling.clone()
                },
                content,
            ),
            Inline::Foreign { language, content } => (
                Styling {
                    language: Some(foreign(language, origin)?),
                    ..styling.clone()
                },
                content,
            ),
        };
        collect(arena, content, &inner, origin, out)?;
    }
    Ok(())
}

/// Adds a span, to the one before it where both look alike.
pub(super) fn push(out: &mut Vec<Span>, span: Span) {
    match out.last_mut() {
        Some(last)
            if Span {
                text: String::new(),
                ..last.clone()
            } == Span {
                text: String::new(),
                ..span.clone()
            } =>
        {
            last.text.push_str(&span.text);
        }
        _ => out.push(span),
    }
}

/// The address of a link, percent-encoded (WHATWG URL).
pub(super) fn address(to: &str, origin: &FieldPath) -> Result<String, ComposeError> {
    match Url::parse(to) {
        Ok(url) if SCHEMES.contains(&url.scheme()) => Ok(url.into()),
        Ok(url) => Err(ComposeError::at(
            origin.clone(),
            format_args!("`{}` is no scheme for a link", url.scheme()),
        )),
        Err(error) => Err(ComposeError::at(
            origin.clone(),
            format_args!("`{to}` is not an address: {error}"),
        )),
    }
}

fn foreign(language: &str, origin: &FieldPath) -> Result<Foreign, ComposeError> {
    let tag =
        LanguageTag::parse(language).map_err(|error| ComposeError::at(origin.clone(), error))?;
    let direction = tag.direction();
    Ok(Foreign { tag, direction })
}
