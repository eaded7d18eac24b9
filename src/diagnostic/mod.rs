//! Diagnostics: what a phase has to say about a source, with its place and a way out.
//!
//! Phases collect them; nothing stops at the first. How they look is [`render`]'s matter.

mod code;
pub mod render;

pub use code::Code;

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use serde::Serialize;

/// How grave a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Editions are made; an editor should look.
    Warning,
    /// No edition of the piece is made.
    Error,
}

/// The path of a value in a source, such as `contributors[0].name`; empty for the whole file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct FieldPath(String);

impl FieldPath {
    /// The whole file.
    #[must_use]
    pub fn root() -> Self {
        Self::default()
    }

    /// The value under a key of this mapping.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        if self.0.is_empty() {
            Self(key.to_owned())
        } else {
            Self(format!("{}.{key}", self.0))
        }
    }

    /// The item at an index of this sequence, from 0.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        Self(format!("{}[{index}]", self.0))
    }

    /// The path as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path of what holds this value, if anything does.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        if self.0.is_empty() {
            return None;
        }
        let cut = self.0.rfind(['.', '[']).unwrap_or(0);
        Some(Self(self.0[..cut].to_owned()))
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
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
    /// The way out.
    pub hint: Option<String>,
}

/// The known name that somebody may have meant, for configuration: names of fields and themes.
pub(crate) fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let scored = known.map(|known| (strsim::jaro_winkler(known, name), known));
    let (score, best) = scored.max_by(|a, b| a.0.total_cmp(&b.0))?;
    (score > 0.8).then_some(best)
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
}

/// What a later phase found, placed by the field it concerns; [`SourceText::locate`] turns it into a [`Diagnostic`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The field.
    pub path: FieldPath,
    /// What was found; its span is filled in from the field's place.
    pub diagnostic: Diagnostic,
}

/// A source file as text, with the place of every value.
#[derive(Debug, Clone, Default)]
pub struct SourceText {
    /// The file's path as it was given.
    pub path: PathBuf,
    /// Its text, without a byte order mark.
    pub text: Arc<str>,
    /// Where each value stands.
    pub places: BTreeMap<FieldPath, ByteSpan>,
}

impl SourceText {
    /// The place of a value, or of the nearest thing that holds it.
    #[must_use]
    pub fn place(&self, path: &FieldPath) -> Option<ByteSpan> {
        let mut at = Some(path.clone());
        while let Some(path) = at {
            if let Some(span) = self.places.get(&path) {
                return Some(span.clone());
            }
            at = path.parent();
        }
        None
    }

    /// The diagnostic of a finding, at the place of its field.
    #[must_use]
    pub fn locate(&self, finding: Finding) -> Diagnostic {
        let span = finding
            .diagnostic
            .span
            .clone()
            .or_else(|| self.place(&finding.path));
        finding.diagnostic.at(span)
    }

    /// Line and column of a byte, both from 1; columns count characters.
    #[must_use]
    pub fn line_column(&self, byte: usize) -> (usize, usize) {
        let byte = (0..=byte.min(self.text.len()))
            .rev()
            .find(|at| self.text.is_char_boundary(*at))
            .unwrap_or(0);
        let before = &self.text[..byte];
        let line = before.matches('\n').count() + 1;
        let column = before
            .rsplit('\n')
            .next()
            .map_or(0, |line| line.chars().count())
            + 1;
        (line, column)
    }
}
