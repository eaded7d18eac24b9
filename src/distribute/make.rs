//! Making what a site holds of one piece: its editions as they stand in the output folder, cover, share image, images,
//! citation files, and the text of its page.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Settings;
use super::citation;
use super::feeds::absolute;
use super::files::{Content, Phase, Planned};
use super::headers::{Keep, attachment};
use super::manifest::{FileEntry, Manifest, MediaType, PieceEntry, Sha256};
use super::pack::{Pack, Packed};
use super::publication::{Download, Picture, Publication, file_path, page_path};
use crate::batch::{Entry, Record, Stamp, hash as digest};
use crate::compose::{Composition, ImageId};
use crate::cover::{self, CoverError, Size};
use crate::diagnostic::{Code, Diagnostic, Severity, SourceText};
use crate::editions::{FORMATS, Format, Options, html};
use crate::load::ImageFile;
use crate::piece::{Image, Slug};
use crate::pipeline;
use crate::theme::PageSize;

/// A piece, ready for its page.
pub(super) struct Made {
    /// What catalogues say of it.
    pub(super) publication: Arc<Publication>,
    /// The hash of everything that its files were made from.
    pub(super) inputs: String,
    /// What was made of it; none when its files at the target are still right.
    pub(super) fresh: Option<Fresh>,
}

/// What was made of a piece.
pub(super) struct Fresh {
    /// Its files but the page.
    pub(super) files: Vec<Planned>,
    /// The text of its page.
    pub(super) text: PackedText,
}

/// The text of a page while it waits for the page.
pub(super) struct PackedText {
    /// The title block, as markup.
    pub(super) title_block: Packed,
    /// The sections and the notes, as markup.
    pub(super) sections: Packed,
}

/// What became of a source.
#[derive(Default)]
pub(super) struct Outcome {
    /// The source; its text only where there are diagnostics to show, since a site has many.
    pub(super) source: SourceText,
    /// What is wrong with source and editions.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// The piece; none when it cannot be put on the site.
    pub(super) made: Option<Made>,
}

/// Makes pieces.
pub(super) struct Maker<'a> {
    /// What the run was told.
    pub(super) settings: &'a Settings<'a>,
    /// What is known of the output folder.
    pub(super) record: &'a Record,
    /// What stands at the target.
    pub(super) before: &'a Manifest,
    /// Whether pieces that have not changed are taken as they stand at the target.
    pub(super) reuse: bool,
    /// Where bytes wait to be put.
    pub(super) pack: &'a Pack,
    /// The hash of what all pieces are made from: program, site, theme.
    pub(super) common: &'a str,
}

impl Maker<'_> {
    /// Makes the piece of a source. Nothing panics.
    pub(super) fn make(&self, path: &Path) -> Outcome {
        let made = pipeline::guard("making the site's files", || self.make_unguarded(path));
        made.unwrap_or_else(|fault| {
            let mut outcome = Outcome::default();
            outcome.source.path = path.to_owned();
            outcome.diagnostics.push(fault);
            outcome
        })
    }

    fn make_unguarded(&self, path: &Path) -> Outcome {
        let mut outcome = Outcome::default();
        outcome.source.path = path.to_owned();
        match self.standing(path) {
            Some((made, problems)) => {
                outcome.made = Some(made);
                outcome.diagnostics = problems;
            }
            None => self.compose(path, &mut outcome),
        }
        outcome
    }

    /// The piece as it stands at the target, if it was made from the same things, and what is wrong with its editions.
    fn standing(&self, path: &Path) -> Option<(Made, Vec<Diagnostic>)> {
        if !self.reuse || self.before.pieces.is_empty() {
            return None;
        }
        let entry = self.record.of_source(&digest::file(path).ok()?)?;
        let known: &PieceEntry = self.before.pieces.get(&entry.slug)?;
        let slug = Slug::parse(&entry.slug).ok()?;
        if !images_are(path, entry) {
            return None;
        }
        let mut problems = Vec::new();
        let editions = self.editions(&slug, Some(entry), &mut problems);
        let inputs = self.inputs(&entry.source, &entry.images, &editions);
        let made = Made {
            publication: Arc::clone(&known.publication.0),
            inputs,
            fresh: None,
        };
        (made.inputs == known.inputs).then_some((made, problems))
    }

    /// The hash of everything that a piece's files are made from.
    fn inputs(&self, source: &str, images: &[ImageFile], editions: &[Edition]) -> String {
        let editions: Vec<[String; 2]> = editions
            .iter()
            .map(|edition| [edition.format.name.to_owned(), edition.sha256.to_string()])
            .collect();
        let images = images
            .iter()
            .flat_map(|image| [image.path.as_str(), image.hash.as_str()]);
        let fields = [self.common, source].into_iter().chain(images);
        let editions = editions.iter().flatten().map(String::as_str);
        digest::fields(fields.chain(["editions"]).chain(editions))
    }

    fn compose(&self, path: &Path, outcome: &mut Outcome) {
        let (made, composition) = pipeline::compose(path, None, self.settings.epoch, false);
        // What is merely noticed in a source was told when its editions were made.
        let errors = made
            .diagnostics()
            .filter(|diagnostic| diagnostic.severity == Severity::Error);
        outcome.diagnostics.extend(errors.cloned());
        if !outcome.diagnostics.is_empty() {
            outcome.source = made.source;
        }
        let Some(composition) = composition else {
            return;
        };
        let slug = composition.record.slug.clone();
        let entry = self
            .record
            .of_source(&made.hash)
            .filter(|entry| entry.slug == slug.as_str() && entry.images == made.images);
        let editions = self.editions(&slug, entry, &mut outcome.diagnostics);
        let inputs = self.inputs(&made.hash, &made.images, &editions);
        match self.files(&composition, editions, inputs) {
            Ok(made) => outcome.made = Some(made),
            Err(reason) => outcome
                .diagnostics
                .push(Diagnostic::error(Code::Site, reason)),
        }
    }

    /// The editions that may be shipped; the others are told.
    fn editions(
        &self,
        slug: &Slug,
        entry: Option<&Entry>,
        problems: &mut Vec<Diagnostic>,
    ) -> Vec<Edition> {
        let mut editions = Vec::new();
        for format in FORMATS {
            match self.edition(slug, format, entry) {
                Ok(edition) => editions.extend(edition),
                Err(problem) => problems.push(problem.hint("run `flashpoint export` first")),
            }
        }
        editions
    }

    fn edition(
        &self,
        slug: &Slug,
        format: &'static Format,
        entry: Option<&Entry>,
    ) -> Result<Option<Edition>, Diagnostic> {
        let path = self
            .settings
            .dist
            .join(format!("{slug}.{}", format.extension));
        let name = path.display();
        let recorded = entry.and_then(|entry| entry.edition(format.name));
        let metadata = fs::symlink_metadata(&path)
            .ok()
            .filter(fs::Metadata::is_file);
        let (Some(recorded), Some(metadata)) = (recorded, &metadata) else {
            return match (metadata, format.standard) {
                (Some(_), _) => Err(Diagnostic::error(
                    Code::EditionOutdated,
                    format!(
                        "{name} was made from another version of this source and is not shipped"
                    ),
                )),
                (None, true) => Err(Diagnostic::warning(
                    Code::EditionMissing,
                    format!("{name} is missing and is not shipped"),
                )),
                (None, false) => Ok(None),
            };
        };
        let sha256 = Sha256::parse(&recorded.hash);
        let whole = (!self.settings.recheck && Stamp::of(metadata) == recorded.stamp)
            || digest::file(&path).is_ok_and(|hash| hash == recorded.hash);
        let (Some(sha256), true) = (sha256, whole) else {
            let problem = format!("{name} was altered after it was made and is not shipped");
            return Err(Diagnostic::error(Code::EditionAltered, problem));
        };
        Ok(Some(Edition {
            format,
            sha256,
            size: metadata.len(),
            file: path,
        }))
    }

    /// Makes the files of a piece, which wait in the pack.
    fn files(
        &self,
        composition: &Composition,
        editions: Vec<Edition>,
        inputs: String,
    ) -> Result<Made, String> {
        let slug = composition.record.slug.as_str();
        let mut staged = Staged {
            maker: self,
            slug,
            files: Vec::new(),
        };
        let [cover, thumbnail] = staged.covers(composition)?;
        let share = staged.share(composition)?;
        staged.images(composition)?;
        let downloads = editions
            .into_iter()
            .map(|edition| staged.edition(composition, edition))
            .collect();
        let publication = Publication::of(composition, downloads, cover, thumbnail, share);
        let base = self.settings.site.base_url.as_ref();
        let address = base.map(|base| absolute(base, &publication.page));
        for form in citation::FORMS {
            let name = form.file_name(slug);
            let text = (form.write)(&publication, address.as_deref());
            let disposition = Some(format!("attachment; filename=\"{name}\""));
            let bytes = text.into_bytes();
            staged.add(&name, form.media_type, bytes, Keep::Minutes, disposition)?;
        }
        // A page of the site has no paper: its shares are those of the usual one.
        let options = Options {
            theme: self.settings.theme.clone(),
            page_size: PageSize::default(),
        };
        let text = html::text(composition, &options, image_address);
        let pack = |markup: &str| {
            let packed = self.pack.add(markup.as_bytes());
            packed.map_err(|error| error.to_string())
        };
        let text = PackedText {
            title_block: pack(&text.title_block)?,
            sections: pack(&text.sections)?,
        };
        Ok(Made {
            publication: Arc::new(publication),
            inputs,
            fresh: Some(Fresh {
                files: staged.files,
                text,
            }),
        })
    }
}

/// Whether the images of a recorded source are still the same.
fn images_are(source: &Path, entry: &Entry) -> bool {
    let folder = source.parent().unwrap_or(Path::new(""));
    entry
        .images
        .iter()
        .all(|image| digest::file(&folder.join(&image.path)).is_ok_and(|hash| hash == image.hash))
}

/// An edition that may be shipped.
struct Edition {
    format: &'static Format,
    sha256: Sha256,
    size: u64,
    file: PathBuf,
}

/// The files of a piece as they are made.
struct Staged<'a> {
    maker: &'a Maker<'a>,
    slug: &'a str,
    files: Vec<Planned>,
}

impl Staged<'_> {
    fn add(
        &mut self,
        name: &str,
        media_type: &'static str,
        bytes: Vec<u8>,
        keep: Keep,
        disposition: Option<String>,
    ) -> Result<String, String> {
        let path = file_path(self.slug, name);
        let mut file = Planned::of_bytes(path.clone(), media_type, bytes, keep, Phase::Edition);
        file.disposition = disposition;
        file.wait_in(self.maker.pack)
            .map_err(|error| error.to_string())?;
        self.files.push(file);
        Ok(path)
    }

    /// The cover as it stands on pages and in reading apps, and a small one for lists.
    fn covers(&mut self, composition: &Composition) -> Result<[Picture; 2], String> {
        let said = |error: CoverError| error.to_string();
        let Some((id, alt)) = &composition.cover else {
            let mut drawn = |name: &str, size: Size| {
                let bytes =
                    cover::draw(composition, &self.maker.settings.theme, size).map_err(said)?;
                self.drawn(name, composition, bytes, size.pixels())
            };
            return Ok([
                drawn("cover.png", Size::Screen)?,
                drawn("thumbnail.png", Size::Thumbnail)?,
            ]);
        };
        let image = &composition[*id];
        let own = self.own("cover", image, alt)?;
        let small = match cover::thumbnail(image).map_err(said)? {
            Some(small) => self.own("thumbnail", &small, alt)?,
            None => own.clone(),
        };
        Ok([own, small])
    }

    fn own(&mut self, name: &str, image: &Image, alt: &str) -> Result<Picture, String> {
        let media_type = image.format.media_type();
        let name = format!("{name}.{}", image.format.extension());
        let path = self.add(&name, media_type, image.bytes.to_vec(), Keep::Hour, None)?;
        Ok(Picture {
            path,
            media_type: media_type.to_owned(),
            alt: alt.to_owned(),
            width: image.width,
            height: image.height,
        })
    }

    fn share(&mut self, composition: &Composition) -> Result<Picture, String> {
        let bytes = cover::share(composition, &self.maker.settings.theme)
            .map_err(|error| error.to_string())?;
        self.drawn("share.png", composition, bytes, cover::SHARE_SIZE)
    }

    fn drawn(
        &mut self,
        name: &str,
        composition: &Composition,
        bytes: Vec<u8>,
        (width, height): (u32, u32),
    ) -> Result<Picture, String> {
        let path = self.add(name, cover::MEDIA_TYPE, bytes, Keep::Hour, None)?;
        let media_type = cover::MEDIA_TYPE.to_owned();
        Ok(Picture {
            path,
            media_type,
            alt: cover::alt_text(composition),
            width,
            height,
        })
    }

    fn images(&mut self, composition: &Composition) -> Result<(), String> {
        for (index, image) in (0..).zip(&composition.images) {
            let name = image_name(composition, ImageId(index));
            self.add(
                &name,
                image.format.media_type(),
                image.bytes.to_vec(),
                Keep::Hour,
                None,
            )?;
        }
        Ok(())
    }

    fn edition(&mut self, composition: &Composition, edition: Edition) -> Download {
        let Edition {
            format,
            sha256,
            size,
            file,
        } = edition;
        let path = file_path(self.slug, &format!("{}.{}", self.slug, format.extension));
        let title = &composition.record.full_title;
        let planned = Planned {
            path: path.clone(),
            entry: FileEntry {
                media_type: MediaType(format.media_type),
                size,
                sha256,
            },
            content: Content::File(file),
            keep: Keep::Hour,
            disposition: Some(attachment(self.slug, title, format.extension)),
            phase: Phase::Edition,
        };
        self.files.push(planned);
        Download {
            format: format.name.to_owned(),
            path,
            media_type: format.media_type.to_owned(),
            size,
        }
    }
}

/// The address of an image as the piece's page says it.
fn image_address(composition: &Composition, id: ImageId) -> String {
    let slug = composition.record.slug.as_str();
    let page = page_path(slug);
    let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
    let path = file_path(slug, &image_name(composition, id));
    path.strip_prefix(folder)
        .unwrap_or(&path)
        .trim_start_matches('/')
        .to_owned()
}

fn image_name(composition: &Composition, id: ImageId) -> String {
    format!("image-{}.{}", id.0 + 1, composition[id].format.extension())
}
