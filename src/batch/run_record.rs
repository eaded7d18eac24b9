//! What a run records: what is about to be put, then what is in place, and its proofs.

use std::path::Path;

use super::entry::{PROGRAM, RecordedClaim, RecordedEdition, RecordedPiece, RecordedWarning};
use super::group::Pending;
use super::promote::PromotedEdition;
use super::proofs::{Proof, ProofBasis};
use super::run::BatchRun;
use crate::pipeline::{Build, Output, Proving};
use crate::project::Inherits;

impl BatchRun<'_> {
    /// Adds entries to the record.
    pub(super) fn append(&self, entries: &[RecordedPiece]) {
        if entries.is_empty() {
            return;
        }
        if let Err(error) = self.folder.append(self.settings.disk, entries) {
            self.reporter.fault(&format!(
                "the record of this run could not be written, so the next run makes these pieces again: {error}"
            ));
        }
    }

    /// Records what is about to be put where the record does not know it, so that a run beside this one knows it for ours too.
    pub(super) fn claim(&self, group: &[Pending<'_>]) {
        let claim = |piece: &Pending<'_>| {
            let slug = piece.build.slug.as_ref()?.as_str();
            let before = self.record.of_slug(slug);
            let is_known = |output: &Output, hash| {
                let known = before.and_then(|entry| entry.edition(output.name()));
                known.is_some_and(|edition| edition.hash == hash)
            };
            let staged = piece.staged.iter();
            let staged = staged.filter(|(output, edition)| !is_known(output, edition.hash()));
            let claims: Vec<RecordedClaim> = staged
                .map(|(output, edition)| RecordedClaim {
                    format: output.name().to_owned(),
                    hash: edition.hash(),
                })
                .collect();
            let source = piece.build.source_hash?;
            let new = || RecordedPiece {
                slug: slug.to_owned(),
                program: PROGRAM.to_owned(),
                source,
                path: None,
                inherits: Inherits::default(),
                given: None,
                images: Vec::new(),
                life: piece.build.life.clone(),
                essence: piece.build.essence,
                warnings: Vec::new(),
                page_warnings: Vec::new(),
                editions: Vec::new(),
                claims: Vec::new(),
            };
            let mut entry = before.map_or_else(new, RecordedPiece::clone);
            entry.claims = claims;
            (!entry.claims.is_empty()).then_some(entry)
        };
        let claims: Vec<RecordedPiece> = group.iter().filter_map(claim).collect();
        self.append(&claims);
    }

    /// Adds the editions in place to the record; only now, since they are on the medium.
    pub(super) fn record_group(
        &self,
        group: &[Pending<'_>],
        placed: &[Vec<(Output, PromotedEdition)>],
    ) {
        let pieces = group.iter().zip(placed);
        for (piece, placed) in pieces.clone() {
            let is_docx = placed.iter().any(|(output, _)| output.is_docx());
            if let Some(hash) = piece.build.source_hash.filter(|_| is_docx) {
                self.folder.keep_source(hash, &piece.build.source.text);
            }
        }
        let entries: Vec<RecordedPiece> = pieces
            .filter(|(_, placed)| !placed.is_empty())
            .filter_map(|(piece, placed)| {
                self.entry(&self.jobs[piece.number].path, &piece.build, placed)
            })
            .collect();
        self.append(&entries);
        if self.settings.proving == Proving::Each {
            self.remember_proofs(group, placed);
        }
    }

    /// Remembers the proofs of editions in place.
    fn remember_proofs(&self, group: &[Pending<'_>], placed: &[Vec<(Output, PromotedEdition)>]) {
        let pieces = group.iter().zip(placed);
        let proofs = pieces.filter_map(|(piece, placed)| {
            let basis = ProofBasis::of_build(&piece.build)?;
            let editions = placed.iter();
            let editions = editions.filter(|(output, _)| *output != Output::Cover);
            Some(editions.map(move |(_, edition)| basis.proof_of(edition.hash)))
        });
        let proofs: Vec<Proof> = proofs.flatten().collect();
        if let Err(error) = self.folder.append_proofs(self.settings.disk, &proofs) {
            self.reporter.fault(&format!(
                "the proofs of this run could not be written, so the next run makes them again: {error}"
            ));
        }
    }

    fn entry(
        &self,
        path: &Path,
        build: &Build,
        placed: &[(Output, PromotedEdition)],
    ) -> Option<RecordedPiece> {
        let slug = build.slug.as_ref()?.as_str();
        let before = self.record.of_slug(slug);
        let source = build.source_hash?;
        let given = build.given.unwrap_or_default();
        let inputs = self.inputs.of(source, &build.images, given);
        let mut editions = before.map_or_else(Vec::new, |entry| entry.editions.clone());
        editions.retain(|edition| placed.iter().all(|(o, _)| o.name() != edition.format));
        for (output, placed) in placed {
            editions.push(RecordedEdition {
                format: output.name().to_owned(),
                essence: build.essence,
                inputs,
                hash: placed.hash,
                stamp: placed.stamp,
            });
        }
        // Only what is built from pages looks at them: a run without such a file knows no better than the one before.
        let page_warnings = match before {
            Some(entry)
                if entry.source == source && !placed.iter().any(|(o, _)| o.needs_pages()) =>
            {
                entry.page_warnings.clone()
            }
            _ => build
                .page_findings
                .iter()
                .map(RecordedWarning::from)
                .collect(),
        };
        Some(RecordedPiece {
            slug: slug.to_owned(),
            program: PROGRAM.to_owned(),
            source,
            life: build.life.clone(),
            essence: build.essence,
            path: self.paths.recorded(path),
            inherits: build.inherits.clone(),
            given: Some(given),
            claims: Vec::new(),
            images: build.images.clone(),
            warnings: build.findings.iter().map(RecordedWarning::from).collect(),
            page_warnings,
            editions,
        })
    }
}
