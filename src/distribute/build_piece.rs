//! Building what a site holds of one piece: its editions as they stand in the output folder, cover, share image, images,
//! citation files, and the text of its page.

use std::path::Path;
use std::sync::Arc;

use super::DeploySettings;
use super::build_site::Reuse;
use super::citation;
use super::feeds::absolute;
use super::headers::CachePolicy;
use super::manifest::{Manifest, PieceEntry};
use super::piece_files::{FileCollector, image_source};
use super::planned_file::PlannedFile;
use super::prover::Prover;
use super::publication::Publication;
use super::shippable::{EditionFolder, ShippableEdition};
use super::spool::{Spool, Spooled};
use crate::batch::{BatchRecord, ProofBasis, RecordedPiece};
use crate::compose::Composition;
use crate::diagnostic::{Code, Diagnostic, Severity, SourceText, guard};
use crate::digest::Sha256;
use crate::editions::{Options, html};
use crate::load::{self, ImageFile};
use crate::piece::Slug;
use crate::pipeline;

/// A piece, ready for its page.
pub(super) struct SitePiece {
    /// What catalogues say of it.
    pub(super) publication: Arc<Publication>,
    /// The hash of everything that its files were made from.
    pub(super) inputs: Sha256,
    /// What was built of it; none when its files at the target are still right.
    pub(super) fresh: Option<PieceFiles>,
}

/// What was built of a piece.
pub(super) struct PieceFiles {
    /// Its files but the page.
    pub(super) files: Vec<PlannedFile>,
    /// The text of its page.
    pub(super) text: SpooledText,
}

/// The text of a page while it waits for the page.
pub(super) struct SpooledText {
    /// The title block, as markup.
    pub(super) title_block: Spooled,
    /// The sections and the notes, as markup.
    pub(super) sections: Spooled,
}

/// What became of a source.
#[derive(Default)]
pub(super) struct SourceOutcome {
    /// The source; its text only where there are diagnostics to show, since a site has many.
    pub(super) source: SourceText,
    /// What is wrong with source and editions.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// The piece; none when it cannot be put on the site.
    pub(super) piece: Option<SitePiece>,
}

/// Builds pieces.
pub(super) struct PieceBuilder<'a> {
    /// What the run was asked for.
    pub(super) settings: &'a DeploySettings<'a>,
    /// What is known of the output folder.
    pub(super) record: &'a BatchRecord,
    /// What stands at the target.
    pub(super) before: &'a Manifest,
    /// Who holds editions against their sources; none where that is not asked for.
    pub(super) prover: Option<&'a Prover<'a>>,
    /// Which pieces are taken as they stand at the target.
    pub(super) reuse: Reuse,
    /// Where bytes wait to be put.
    pub(super) spool: &'a Spool,
    /// The hash of what all pieces are made from: program, site, theme.
    pub(super) common: Sha256,
}

impl PieceBuilder<'_> {
    /// Builds the piece of a source. Nothing panics.
    pub(super) fn build(&self, path: &Path) -> SourceOutcome {
        let unbuilt = || {
            let mut outcome = SourceOutcome::default();
            outcome.source.path = path.to_owned();
            outcome
        };
        let built = guard("building the site's files", || {
            let mut outcome = unbuilt();
            match self.standing(path) {
                Some((piece, problems)) => {
                    outcome.piece = Some(piece);
                    outcome.diagnostics = problems;
                }
                None => self.compose(path, &mut outcome),
            }
            outcome
        });
        built.unwrap_or_else(|fault| {
            let mut outcome = unbuilt();
            outcome.diagnostics.push(fault);
            outcome
        })
    }

    /// The piece as it stands at the target, if it was made from the same things, and what is wrong with its editions.
    fn standing(&self, path: &Path) -> Option<(SitePiece, Vec<Diagnostic>)> {
        if self.reuse == Reuse::Nothing || self.before.pieces.is_empty() {
            return None;
        }
        let entry = self.record.of_source(load::source_digest(path)?)?;
        let known: &PieceEntry = self.before.pieces.get(&entry.slug)?;
        let slug = Slug::parse(&entry.slug).ok()?;
        if !images_are(path, entry) {
            return None;
        }
        let project = self.settings.projects.of_source(path).ok()?;
        let given = entry.inherits.given(project.as_deref());
        if entry.given != Some(given) {
            return None;
        }
        let mut problems = Vec::new();
        let editions = self.editions().shippable(&slug, Some(entry), &mut problems);
        let basis = ProofBasis::of_entry(entry);
        if self
            .prover
            .is_some_and(|prover| !prover.knows_all(basis, &editions))
        {
            return None;
        }
        let inputs = self.inputs(entry.source, given, &entry.images, &editions);
        let piece = SitePiece {
            publication: Arc::clone(&known.publication.0),
            inputs,
            fresh: None,
        };
        (piece.inputs == known.inputs).then_some((piece, problems))
    }

    fn editions(&self) -> EditionFolder<'_> {
        EditionFolder {
            dist: self.settings.dist,
            recheck: self.settings.recheck,
        }
    }

    /// The hash of everything that a piece's files are built from.
    fn inputs(
        &self,
        source: Sha256,
        given: Sha256,
        images: &[ImageFile],
        editions: &[ShippableEdition],
    ) -> Sha256 {
        let mut fields = vec![
            self.common.to_string(),
            source.to_string(),
            given.to_string(),
        ];
        for image in images {
            fields.extend([image.path.clone(), image.hash.to_string()]);
        }
        fields.push("editions".to_owned());
        for edition in editions {
            fields.extend([edition.format.name.to_owned(), edition.sha256.to_string()]);
        }
        Sha256::of_fields(fields.iter().map(String::as_str))
    }

    fn compose(&self, path: &Path, outcome: &mut SourceOutcome) {
        let (build, composition) = pipeline::compose(
            path,
            None,
            self.settings.projects,
            self.settings.epoch,
            false,
        );
        // What is merely noticed in a source was told when its editions were made.
        let errors = build
            .diagnostics()
            .filter(|diagnostic| diagnostic.severity == Severity::Error);
        outcome.diagnostics.extend(errors.cloned());
        if !outcome.diagnostics.is_empty() {
            outcome.source = build.source;
        }
        let Some((composition, source)) = composition.zip(build.source_hash) else {
            return;
        };
        let slug = composition.record.slug.clone();
        let entry = self
            .record
            .of_source(source)
            .filter(|entry| entry.slug == slug.as_str() && entry.images == build.images)
            .filter(|entry| entry.given == build.given);
        let editions = self
            .editions()
            .shippable(&slug, entry, &mut outcome.diagnostics);
        let editions = match (self.prover, entry.map(ProofBasis::of_entry)) {
            (Some(prover), Some(basis)) => {
                prover.proved(basis, &composition, editions, &mut outcome.diagnostics)
            }
            _ => editions,
        };
        let inputs = self.inputs(
            source,
            build.given.unwrap_or_default(),
            &build.images,
            &editions,
        );
        match self.files(&composition, editions, inputs) {
            Ok(piece) => outcome.piece = Some(piece),
            Err(reason) => outcome
                .diagnostics
                .push(Diagnostic::error(Code::Site, reason)),
        }
    }

    /// Builds the files of a piece, which wait in the spool.
    fn files(
        &self,
        composition: &Composition,
        editions: Vec<ShippableEdition>,
        inputs: Sha256,
    ) -> Result<SitePiece, String> {
        // A page of the site has no paper: its shares are those of the usual one.
        let options = Options {
            theme: self.settings.theme.clone(),
            page_size: self.settings.theme.page.size,
        };
        let fitted = pipeline::fit(composition, &options).composition;
        let composition = &*fitted;
        let slug = composition.record.slug.as_str();
        let mut files = FileCollector::new(self.settings, self.spool, slug);
        let [cover, thumbnail] = files.covers(composition)?;
        let share = files.share(composition)?;
        files.images(composition)?;
        let downloads = editions
            .into_iter()
            .map(|edition| files.edition(composition, edition))
            .collect();
        let publication = Publication::of(composition, downloads, cover, thumbnail, share);
        let base = self.settings.site.base_url.as_ref();
        let address = base.map(|base| absolute(base, &publication.page));
        for form in citation::FORMS {
            let name = form.file_name(slug);
            let text = (form.write)(&publication, address.as_deref());
            let disposition = Some(format!("attachment; filename=\"{name}\""));
            let bytes = text.into_bytes();
            files.add(
                &name,
                form.media_type,
                bytes,
                CachePolicy::Minutes,
                disposition,
            )?;
        }
        let text = html::text(composition, &options, image_source);
        let spool = |markup: &str| {
            let spooled = self.spool.add(markup.as_bytes());
            spooled.map_err(|error| error.to_string())
        };
        let text = SpooledText {
            title_block: spool(&text.title_block)?,
            sections: spool(&text.sections)?,
        };
        Ok(SitePiece {
            publication: Arc::new(publication),
            inputs,
            fresh: Some(PieceFiles {
                files: files.finish(),
                text,
            }),
        })
    }
}

/// Whether the images of a recorded source are still the same.
fn images_are(source: &Path, entry: &RecordedPiece) -> bool {
    let mut images = entry.images.iter();
    let is_same = |image: &ImageFile| load::image_digest(source, &image.path) == Some(image.hash);
    images.all(is_same)
}
