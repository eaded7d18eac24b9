//! Building what a site holds of one piece: its editions as they stand in the output folder, cover, share image, images,
//! citation files, and the text of its page.

use std::path::Path;
use std::sync::Arc;

use super::citation;
use super::feeds::absolute;
use super::headers::CachePolicy;
use super::judge::{Claim, ClaimedPiece, Readiness};
use super::manifest::{Audience, Manifest, PieceEntry};
use super::piece_files::{FileCollector, image_source};
use super::planned_file::PlannedFile;
use super::prover::Prover;
use super::publication::Publication;
use super::shippable::{Copies, EditionFolder, Made, ShippableEdition};
use super::spool::{Spool, Spooled};
use super::{DeploySettings, stand_ins};
use crate::batch::{BatchRecord, ProofBasis, RecordedPiece, SourcePaths};
use crate::compose::Composition;
use crate::diagnostic::{Code, Diagnostic, Severity, SourceText, guard};
use crate::digest::Sha256;
use crate::editions::{Options, html};
use crate::load::{self, ImageFile};
use crate::piece::{Life, Slug, Status, Withdrawal};
use crate::pipeline;

/// A piece of the site.
pub(super) struct SitePiece {
    /// What catalogues say of it.
    pub(super) publication: Arc<Publication>,
    /// The hash of everything that its files were made from.
    pub(super) inputs: Sha256,
    /// What was built of it; none when its files at the target are still right, or stay as they are.
    pub(super) fresh: Option<PieceFiles>,
    /// Its source's path as the manifest keeps it.
    pub(super) source: Option<String>,
    /// The slugs that it had before.
    pub(super) former: Vec<Slug>,
    /// When and why it was withdrawn.
    pub(super) withdrawn: Option<Withdrawal>,
    /// The piece that it is a translation of.
    pub(super) translation_of: Option<Slug>,
}

impl SitePiece {
    /// A piece as it stands at the target.
    pub(super) fn standing(entry: &PieceEntry) -> Self {
        Self {
            publication: Arc::clone(&entry.publication.0),
            inputs: entry.inputs,
            fresh: None,
            source: entry.source.clone(),
            former: entry.former.clone(),
            withdrawn: entry.withdrawn.clone(),
            translation_of: entry.translation_of.clone(),
        }
    }

    /// Its slug and those that it had before.
    pub(super) fn slugs(&self) -> impl Iterator<Item = &str> {
        let slugs = self.former.iter().chain([&self.publication.record.slug]);
        slugs.map(Slug::as_str)
    }
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
pub(super) struct SourceOutcome {
    /// The source; its text only where there are diagnostics to show, since a site has many.
    pub(super) source: SourceText,
    /// What is wrong with source and editions.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// What it says of itself.
    pub(super) claim: Claim,
    /// The piece; none when it cannot be put on the site now.
    pub(super) piece: Option<SitePiece>,
}

/// Builds pieces.
pub(super) struct PieceBuilder<'a> {
    /// What the run was asked for.
    pub(super) settings: &'a DeploySettings<'a>,
    /// What is known of the output folder.
    pub(super) record: &'a BatchRecord,
    /// The paths of sources as the manifest keeps them.
    pub(super) paths: &'a SourcePaths,
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
        let unbuilt = || SourceOutcome {
            source: SourceText {
                path: path.to_owned(),
                ..SourceText::default()
            },
            diagnostics: Vec::new(),
            claim: Claim {
                source: self.paths.recorded(path),
                piece: None,
            },
            piece: None,
        };
        let built = guard("building the site's files", || {
            let mut outcome = unbuilt();
            if !self.is_known(path, &mut outcome) {
                self.compose(path, &mut outcome);
            }
            outcome
        });
        built.unwrap_or_else(|fault| {
            let mut outcome = unbuilt();
            outcome.diagnostics.push(fault);
            outcome
        })
    }

    /// Whether the record of the editions and the manifest know the piece of a source, so that it need not be composed.
    fn is_known(&self, path: &Path, outcome: &mut SourceOutcome) -> bool {
        let Some((entry, slug)) = self.recorded(path) else {
            return false;
        };
        let readiness = self.hour(&entry.life);
        let is_put = readiness == Readiness::Ready && !is_withdrawn(&entry.life);
        if is_put {
            let Some((piece, problems)) = self.standing(&slug, entry) else {
                return false;
            };
            outcome.piece = Some(piece);
            outcome.diagnostics = problems;
        }
        outcome.claim.piece = Some(ClaimedPiece {
            slug,
            life: entry.life.clone(),
            readiness,
        });
        true
    }

    /// What the record says of a source that is as it was when its editions were made.
    fn recorded(&self, path: &Path) -> Option<(&RecordedPiece, Slug)> {
        let entry = self.record.of_source(load::source_digest(path)?)?;
        let slug = Slug::parse(&entry.slug).ok()?;
        let project = self.settings.projects.of_source(path).ok()?;
        let given = entry.inherits.given(project.as_deref());
        // A program before told nothing of the piece's life.
        let is_whole = !entry.life.series.is_empty() || entry.inherits.keys.is_empty();
        let is_same =
            entry.given == Some(given) && images_are(path, entry) && entry.essence.is_some();
        (is_same && is_whole).then_some((entry, slug))
    }

    /// Whether the hour of a piece has come.
    fn hour(&self, life: &Life) -> Readiness {
        if self.settings.audience == Audience::Staff {
            return Readiness::Ready;
        }
        match (&life.status, life.embargo) {
            (Status::Draft, _) => Readiness::Draft,
            (_, Some(embargo)) if embargo.unix() > self.settings.now => {
                Readiness::Embargoed(embargo)
            }
            _ => Readiness::Ready,
        }
    }

    /// Which editions of a piece are shipped: where it is not published yet, those that say so.
    fn copies(&self, life: &Life) -> Copies {
        let is_early = life
            .embargo
            .is_some_and(|hour| hour.unix() > self.settings.now);
        match life.status == Status::Draft || is_early {
            true => Copies::Review,
            false => Copies::Clean,
        }
    }

    /// The piece as it stands at the target, if it was made from the same things, and what is wrong with its editions.
    fn standing(&self, slug: &Slug, entry: &RecordedPiece) -> Option<(SitePiece, Vec<Diagnostic>)> {
        if self.reuse == Reuse::Nothing {
            return None;
        }
        let known: &PieceEntry = self.before.pieces.get(slug.as_str())?;
        let is_it = known.publication.0.record.uuid == entry.life.uuid(slug);
        if !is_it || known.withdrawn.is_some() {
            return None;
        }
        let copies = self.copies(&entry.life);
        let made = Made {
            source: entry.source,
            essence: entry.essence,
        };
        let mut problems = Vec::new();
        let editions = self
            .editions(copies)
            .shippable(slug, Some(entry), made, &mut problems);
        let basis = ProofBasis::of_entry(entry);
        if self
            .prover
            .is_some_and(|prover| !prover.knows_all(basis, &editions))
        {
            return None;
        }
        let given = entry.given.unwrap_or_default();
        let inputs = self.inputs(made, given, &entry.images, copies, &editions);
        let piece = SitePiece {
            inputs,
            translation_of: entry.life.translation_of.clone(),
            ..SitePiece::standing(known)
        };
        (piece.inputs == known.inputs).then_some((piece, problems))
    }

    fn editions(&self, copies: Copies) -> EditionFolder<'_> {
        EditionFolder {
            dist: self.settings.dist,
            recheck: self.settings.recheck,
            formats: self.settings.site.formats.as_deref(),
            copies,
        }
    }

    /// The hash of everything that a piece's files are built from.
    fn inputs(
        &self,
        made: Made,
        given: Sha256,
        images: &[ImageFile],
        copies: Copies,
        editions: &[ShippableEdition],
    ) -> Sha256 {
        let mut fields = vec![
            self.common.to_string(),
            made.source.to_string(),
            given.to_string(),
        ];
        for image in images {
            fields.extend([image.path.clone(), image.hash.to_string()]);
        }
        fields.push(format!("{copies:?}"));
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
            &self.settings.theme.house(),
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
        let life = composition.life.clone();
        let readiness = self.hour(&life);
        let claim = outcome.claim.piece.insert(ClaimedPiece {
            slug: slug.clone(),
            life: life.clone(),
            readiness,
        });
        if readiness != Readiness::Ready || is_withdrawn(&life) {
            return;
        }
        let copies = self.copies(&life);
        let composition = match copies {
            Copies::Clean => composition,
            Copies::Review => composition.for_review(),
        };
        let made = Made {
            source,
            essence: build.essence,
        };
        let entry = self.record.of_slug(slug.as_str());
        let mut problems = Vec::new();
        let editions = self
            .editions(copies)
            .shippable(&slug, entry, made, &mut problems);
        let editions = match (self.prover, entry.map(ProofBasis::of_entry)) {
            (Some(prover), Some(basis)) => {
                prover.proved(basis, &composition, editions, &mut problems)
            }
            _ => editions,
        };
        let is_exported = self.is_exported(&composition, &editions, &problems);
        outcome.diagnostics.extend(problems);
        if !is_exported {
            claim.readiness = Readiness::Unexported;
            return;
        }
        let given = build.given.unwrap_or_default();
        let inputs = self.inputs(made, given, &build.images, copies, &editions);
        match self.files(&composition, editions, inputs) {
            Ok(piece) => outcome.piece = Some(piece),
            Err(reason) => {
                claim.readiness = Readiness::Unexported;
                outcome
                    .diagnostics
                    .push(Diagnostic::error(Code::Site, reason));
            }
        }
    }

    /// Whether enough editions of a piece stand in the output folder: of one that is published all that are offered there, of a
    /// new one any.
    fn is_exported(
        &self,
        composition: &Composition,
        editions: &[ShippableEdition],
        problems: &[Diagnostic],
    ) -> bool {
        let record = &composition.record;
        let known = self.before.pieces.get(record.slug.as_str());
        let known = known.map(|entry| &entry.publication.0);
        let known = known.filter(|known| known.record.uuid == record.uuid);
        let Some(known) = known else {
            return !editions.is_empty();
        };
        let is_asked = |format: &str| match &self.settings.site.formats {
            Some(formats) => formats.iter().any(|name| name == format),
            None => true,
        };
        let mut offered = known.downloads.iter();
        let is_error = |problem: &Diagnostic| problem.severity == Severity::Error;
        !editions.is_empty()
            && !problems.iter().any(is_error)
            && offered.all(|download| {
                let mut editions = editions.iter();
                !is_asked(&download.format)
                    || editions.any(|edition| edition.format.name == download.format)
            })
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
        let faces = stand_ins::of_piece(composition, &self.settings.theme);
        let faces = faces.map_err(|error| error.to_string())?;
        files.prepared(faces.files)?;
        let publication = Publication {
            face_sheet: faces.path,
            shared_faces: faces.shared,
            ..Publication::of(composition, downloads, cover, thumbnail, share)
        };
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
            source: None,
            former: Vec::new(),
            withdrawn: None,
            translation_of: composition.life.translation_of.clone(),
        })
    }
}

fn is_withdrawn(life: &Life) -> bool {
    matches!(life.status, Status::Withdrawn(_))
}

/// Whether the images of a recorded source are still the same.
fn images_are(source: &Path, entry: &RecordedPiece) -> bool {
    let mut images = entry.images.iter();
    let is_same = |image: &ImageFile| load::image_digest(source, &image.path) == Some(image.hash);
    images.all(is_same)
}

/// Which pieces are taken as they stand at the target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reuse {
    /// Those that have not changed.
    Unchanged,
    /// None: all are built again.
    Nothing,
}
