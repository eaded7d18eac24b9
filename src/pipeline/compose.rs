//! From a source to its composition: load, check, compose.

use std::path::Path;

use super::{Build, Opened};
use crate::check::{CheckedPiece, check};
use crate::compose::{self, Composition, House};
use crate::diagnostic::Diagnostic;
use crate::digest::Sha256;
use crate::load::{self, Loaded, load_in};
use crate::project::Projects;

/// Composes a piece: none where what was found forbids going on. Nothing panics.
#[must_use]
pub(crate) fn compose(
    path: &Path,
    opened: Option<Opened>,
    projects: &Projects,
    epoch: Option<u64>,
    deny_warnings: bool,
    house: &House<'_>,
) -> (Build, Option<Composition>) {
    let mut build = Build::default();
    build.source.path = path.to_owned();
    let loaded = match opened {
        Some(Opened { loaded, time }) => {
            build.times.push(("load", time));
            Some(loaded)
        }
        None => build.stage("load", "loading", || Box::new(load_in(path, projects))),
    };
    let composition = loaded.and_then(|loaded| build.compose(*loaded, epoch, deny_warnings, house));
    (build, composition)
}

impl Build {
    /// The hash of what the editions of a piece follow from, as far as it is in its source, its images and its project.
    fn essence_of(&self, piece: Option<&CheckedPiece>) -> Option<Sha256> {
        let front = &piece?.front;
        let given = self.given.unwrap_or_default().to_string();
        let uuid = front.life.uuid(&front.slug).to_string();
        let text = load::printed(&self.source);
        let mut fields = vec![text, given, uuid, front.slug.to_string()];
        for image in &self.images {
            fields.extend([image.path.clone(), image.hash.to_string()]);
        }
        Some(Sha256::of_fields(fields.iter().map(String::as_str)))
    }

    /// Checks and composes what was loaded.
    fn compose(
        &mut self,
        loaded: Loaded,
        epoch: Option<u64>,
        deny_warnings: bool,
        house: &House<'_>,
    ) -> Option<Composition> {
        let checked = self.stage("check", "checking", || check(&loaded));
        let checked = checked.unwrap_or_default();
        // What was read is in what was checked; a long piece is not held twice.
        let read = loaded.piece;
        self.slug = read.and_then(|piece| piece.slug().ok());
        self.source = loaded.source;
        self.images = loaded.files;
        self.inherits = loaded.inherits;
        self.own = loaded.own;
        self.given = Some(loaded.given);
        self.source_hash = Sha256::parse(&loaded.hash);
        self.essence = self.essence_of(checked.piece.as_ref());
        if let Some(piece) = &checked.piece {
            self.life = piece.front.life.clone();
            self.date = Some(piece.front.date);
        }
        self.findings = loaded.diagnostics;
        self.findings.extend(checked.diagnostics);
        // Whoever found it: an editor goes through a file from its top.
        let place = |found: &Diagnostic| found.span.as_ref().map(|span| span.start);
        self.findings.sort_by_key(place);
        let piece = checked.piece.filter(|_| !self.is_refused(deny_warnings))?;
        let compose = || compose::compose_for(&piece, epoch, house);
        let mut composition = self.stage("compose", "composing", compose)?;
        composition.max_dpi = loaded.max_dpi.unwrap_or(composition.max_dpi);
        let findings = std::mem::take(&mut composition.findings);
        self.findings.extend(self.source.locate_all(findings));
        (!self.is_refused(deny_warnings)).then_some(composition)
    }
}
