//! Diagnostics: what a phase has to say about a source, with its place and a way out.
//!
//! Phases collect them; nothing stops at the first. How they look is [`render`]'s matter.

mod code;
mod guard;
mod nearest;
mod path;
mod place;
pub mod render;
mod source;

pub use code::Code;
pub(crate) use guard::guard;
pub use guard::install_hook;
pub(crate) use nearest::nearest;
pub use path::FieldPath;
pub use place::{Place, ValueStyle};
pub use source::SourceText;

use serde::{Deserialize, Serialize};

/// How many problems of a file are told: looking for more of them would take time that nobody has asked for.
pub(crate) const MAX_PROBLEMS: usize = 200;

/// How grave a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Editions are made as they should be; an editor may like to know of it. Nothing fails for it.
    Note,
    /// Editions are made; an editor should look.
    Warning,
    /// No edition of the piece is made.
    Error,
}

/// A range of bytes in a source text.
pub type ByteSpan = std::ops::Range<usize>;

/// One thing to say about a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How grave it is.
    pub severity: Severity,
    /// What it is about.
    pub code: Code,
    /// What is wrong, in lower case without a full stop.
    pub message: String,
    /// Where: bytes of the source text, or nowhere in particular.
    pub span: Option<ByteSpan>,
    /// The way out; several lines where it shows what to write.
    pub hint: Option<String>,
    /// What to write in place of what stands there, where that is certain and changes no word.
    pub fix: Vec<Edit>,
}

/// A change of a source's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The bytes that go.
    pub span: ByteSpan,
    /// What comes in their place.
    pub text: String,
}

impl Edit {
    /// Other text in the place of some bytes.
    #[must_use]
    pub fn new(span: ByteSpan, text: impl Into<String>) -> Self {
        Self {
            span,
            text: text.into(),
        }
    }
}

impl Diagnostic {
    /// An error without a place yet.
    #[must_use]
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            code,
            message: message.into(),
            span: None,
            hint: None,
            fix: Vec::new(),
        }
    }

    /// A warning without a place yet.
    #[must_use]
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(code, message)
        }
    }

    /// A note without a place yet.
    #[must_use]
    pub fn note(code: Code, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Note,
            ..Self::error(code, message)
        }
    }

    /// The same, at these bytes.
    #[must_use]
    pub fn at(self, span: Option<ByteSpan>) -> Self {
        Self { span, ..self }
    }

    /// The same, with a way out.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self {
            hint: Some(hint.into()),
            ..self
        }
    }

    /// The same, with a change that sets it right and changes no word.
    #[must_use]
    pub fn fix(mut self, edit: Edit) -> Self {
        self.fix.push(edit);
        self
    }
}

/// What a later phase found, placed by the field it concerns; [`SourceText::locate`] turns it into a [`Diagnostic`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The field.
    pub path: FieldPath,
    /// What was found; its span is filled in from the field's place.
    pub diagnostic: Diagnostic,
}

/// Puts diagnostics in the order of the source, and keeps as many as anybody reads.
pub(crate) fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by_key(|one| one.span.as_ref().map_or(0, |span| span.start));
    limit(diagnostics);
}

/// Keeps as many diagnostics as anybody reads.
fn limit(diagnostics: &mut Vec<Diagnostic>) {
    if diagnostics.len() > MAX_PROBLEMS {
        let rest = diagnostics.split_off(MAX_PROBLEMS);
        let gravest = rest.iter().map(|one| one.severity).max();
        let message = format!("there is more to say than these {MAX_PROBLEMS} problems");
        diagnostics.push(Diagnostic {
            severity: gravest.unwrap_or(Severity::Warning),
            ..Diagnostic::error(Code::TooManyProblems, message)
                .at(rest.first().and_then(|one| one.span.clone()))
                .hint("the rest is told when these are gone")
        });
    }
}

/// Whether an error is among these.
pub(crate) fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics
        .iter()
        .any(|one| one.severity == Severity::Error)
}
