//! Pieces of one slug: their editions would replace each other, so none of them is made.

use std::path::Path;

use super::lock::lock;
use super::outcome::{PieceOutcome, PieceStatus};
use super::plan::Job;
use crate::diagnostic::{Code, Diagnostic, FieldPath, SourceText};
use crate::piece::Slug;
use crate::pipeline::{self, Opened};
use crate::project::Projects;

/// What is told of a source whose slug another has too.
pub(crate) fn diagnostic(source: &SourceText, slug: &str, rival: &Path) -> Diagnostic {
    let written = FieldPath::root().key("slug");
    let field = match source.places.contains_key(&written) {
        true => written,
        false => FieldPath::root().key("title"),
    };
    let message = format!(
        "{} has the slug `{slug}` too, so neither is made",
        rival.display()
    );
    Diagnostic::error(Code::DuplicateSlug, message)
        .at(source.place(&field))
        .hint("give one of the two another `slug:`, or take it out of the run")
}

/// What becomes of such a source.
pub(super) fn outcome(job: &Job, rival: &Path, projects: &Projects) -> PieceOutcome {
    let opened = lock(&job.opened).take();
    let opened = opened.or_else(|| pipeline::open(&job.path, projects).map(|(_, opened)| opened));
    outcome_of(&job.path, job.slug.as_ref(), opened, rival)
}

/// What becomes of a source with this slug, as far as it could be opened.
pub(super) fn outcome_of(
    path: &Path,
    slug: Option<&Slug>,
    opened: Option<Opened>,
    rival: &Path,
) -> PieceOutcome {
    let mut source = SourceText::default();
    let mut diagnostics = Vec::new();
    if let Some(opened) = opened {
        source = opened.loaded.source;
        diagnostics = opened.loaded.diagnostics;
    }
    source.path = path.to_owned();
    let name = slug.map_or("", |slug| slug.as_str());
    diagnostics.push(diagnostic(&source, name, rival));
    PieceOutcome {
        path: path.to_owned(),
        slug: slug.cloned(),
        status: PieceStatus::Failed,
        source,
        diagnostics,
        files: Vec::new(),
        times: Vec::new(),
    }
}
