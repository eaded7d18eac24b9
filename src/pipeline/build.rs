//! What became of a piece on its way: what was found, what failed, and the editions that were written.

use std::time::Duration;

use super::{Output, PieceStatistics, timed};
use crate::diagnostic::{Diagnostic, Severity, SourceText, guard};
use crate::digest::Sha256;
use crate::load::ImageFile;
use crate::piece::{Date, Life, Slug};
use crate::project::Inherits;

/// What became of a piece.
#[derive(Debug, Default)]
pub struct Build {
    /// The source's text, for showing diagnostics.
    pub source: SourceText,
    /// The SHA-256 of the source file as it was read; none where it could not be.
    pub source_hash: Option<Sha256>,
    /// The images as they were read.
    pub images: Vec<ImageFile>,
    /// What the piece leaves to its project.
    pub inherits: Inherits,
    /// The hash of what the project gave.
    pub given: Option<Sha256>,
    /// The hash of all in the source that editions print: what prints nothing, such as an embargo, is left out of it.
    pub essence: Option<Sha256>,
    /// The day of publication that the piece says.
    pub date: Option<Date>,
    /// Whether and where the piece is published.
    pub life: Life,
    /// The keys of which the piece says something else than its project.
    pub own: Vec<String>,
    /// The slug, where the source gives one.
    pub slug: Option<Slug>,
    /// What was found in the source and while composing.
    pub findings: Vec<Diagnostic>,
    /// What was found while setting pages.
    pub page_findings: Vec<Diagnostic>,
    /// What went wrong with single editions.
    pub failures: Vec<Diagnostic>,
    /// The bytes of the editions that succeeded.
    pub editions: Vec<(Output, Vec<u8>)>,
    /// How long the piece is, where its pages were asked for.
    pub statistics: Option<PieceStatistics>,
    /// How long each stage took.
    pub times: Vec<(&'static str, Duration)>,
}

impl Build {
    /// Whether the piece, or one of its editions, failed.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics().any(|d| d.severity == Severity::Error)
    }

    /// Everything there is to say, in the order of the stages.
    pub fn diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        let found = self.findings.iter().chain(&self.page_findings);
        found.chain(&self.failures)
    }

    /// Runs a stage, takes its time and turns a fault of this program into a failure of the piece.
    pub(super) fn stage<T>(
        &mut self,
        name: &'static str,
        doing: &str,
        work: impl FnOnce() -> T,
    ) -> Option<T> {
        let (result, time) = timed(|| guard(doing, work));
        self.times.push((name, time));
        result.map_err(|fault| self.failures.push(fault)).ok()
    }

    /// Whether what was found so far forbids going on.
    pub(super) fn is_refused(&self, deny_warnings: bool) -> bool {
        let least = match deny_warnings {
            true => Severity::Warning,
            false => Severity::Error,
        };
        self.diagnostics().any(|found| found.severity >= least)
    }
}
