//! Planning: what each source is called, what of it is due, and whether two would write the same file.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::error::BatchError;
use super::record::{BatchRecord, FileStamp, RecordedPiece};
use super::settings::{BatchObserver, BatchSettings};
use crate::digest::Sha256;
use crate::load::{self, ImageFile};
use crate::piece::Slug;
use crate::pipeline::{self, Opened, Output, Slugs};
use crate::store::open_plain;

/// The fingerprint of this program: everything that it was built from.
pub(super) const PROGRAM: &str = env!("FLASHPOINT_BUILD");

/// Sources that planning had to load are kept for building up to so many bytes, so that a small run loads each but once.
const KEPT: usize = 16 << 20;

/// A piece and what is due of it.
#[derive(Debug)]
pub(super) struct Job {
    /// The source file.
    pub(super) path: PathBuf,
    /// The slug; none where the source is too wrong to give one, which building it will tell.
    pub(super) slug: Option<Slug>,
    /// What to build; nothing for a piece that is unchanged.
    pub(super) due: Vec<Output>,
    /// The source as loaded, where it was kept.
    pub(super) opened: Mutex<Option<Opened>>,
}

/// Plans the sources, in the order given.
///
/// # Errors
/// [`BatchError::DuplicateSlugs`] when two pieces would write the same files.
pub(super) fn plan(
    settings: &BatchSettings<'_>,
    sources: Vec<PathBuf>,
    record: &BatchRecord,
    observer: &dyn BatchObserver,
) -> Result<Vec<Job>, BatchError> {
    let total = sources.len();
    let inputs = BuildInputs::new(settings);
    let (done, kept) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let plan_one = |path: PathBuf| {
        let job = if settings.stop.load(Ordering::Relaxed) {
            job(path, None, Vec::new(), None)
        } else {
            plan_source(settings, path, record, &inputs, &kept)
        };
        observer.planned(done.fetch_add(1, Ordering::Relaxed) + 1, total);
        job
    };
    let jobs: Vec<Job> = sources.into_par_iter().map(plan_one).collect();
    refuse_duplicate_slugs(&jobs)?;
    Ok(jobs)
}

fn job(path: PathBuf, slug: Option<Slug>, due: Vec<Output>, opened: Option<Opened>) -> Job {
    Job {
        path,
        slug,
        due,
        opened: Mutex::new(opened),
    }
}

fn plan_source(
    settings: &BatchSettings<'_>,
    path: PathBuf,
    record: &BatchRecord,
    inputs: &BuildInputs,
    kept: &AtomicUsize,
) -> Job {
    // What can be read but once, such as a pipe, is read by loading it, and kept.
    let is_plain = path.metadata().is_ok_and(|metadata| metadata.is_file());
    if !settings.force
        && is_plain
        && let Some((slug, entry)) = known(&path, record)
    {
        let inputs = inputs.of_recorded(&path, entry);
        let is_due = |output: &Output| !stands(settings, &slug, entry, inputs, *output);
        let due = settings.outputs.iter().copied().filter(is_due).collect();
        return job(path, Some(slug), due, None);
    }
    let Some((slug, opened)) = pipeline::open(&path) else {
        return job(path, None, settings.outputs.to_vec(), None);
    };
    let loaded = &opened.loaded;
    let images = loaded.images.values().map(|image| image.bytes.len());
    // The model takes about as much again as the text it was read from.
    let size = loaded.source.text.len() * 3 + images.sum::<usize>();
    let keep = kept.fetch_add(size, Ordering::Relaxed) + size <= KEPT || !is_plain;
    let opened = keep.then_some(opened);
    job(path, slug, settings.outputs.to_vec(), opened)
}

/// What the record knows of a source with these bytes; only this very program is believed about the slug.
fn known<'a>(path: &Path, record: &'a BatchRecord) -> Option<(Slug, &'a RecordedPiece)> {
    let entry = record.of_source(load::source_digest(path)?)?;
    let slug = Slug::parse(&entry.slug).ok()?;
    (entry.program == PROGRAM).then_some((slug, entry))
}

/// Whether an edition with these inputs stands in the output folder as it was recorded.
fn stands(
    settings: &BatchSettings<'_>,
    slug: &Slug,
    entry: &RecordedPiece,
    inputs: Sha256,
    output: Output,
) -> bool {
    let path = settings.dist.join(output.file_name(slug));
    let Some(edition) = entry.edition(output.name()) else {
        return false;
    };
    let is_same = |path: &Path| {
        std::fs::symlink_metadata(path).is_ok_and(|m| FileStamp::of(&m) == edition.stamp)
            && (!settings.recheck
                || open_plain(path).and_then(Sha256::of_reader).ok() == Some(edition.hash))
    };
    edition.inputs == inputs && is_same(&path)
}

/// Everything besides the source that the bytes of an edition follow from.
#[derive(Debug)]
pub(super) struct BuildInputs(Sha256);

impl BuildInputs {
    /// What this run's settings put in.
    #[must_use]
    pub(super) fn new(settings: &BatchSettings<'_>) -> Self {
        let theme = format!("{:?}", settings.options.theme);
        let page = format!("{:?}", settings.options.page_size);
        let epoch = format!("{:?}", settings.epoch);
        Self(Sha256::of_fields([PROGRAM, &theme, &page, &epoch]))
    }

    /// The inputs of a piece whose source and images have these hashes.
    #[must_use]
    pub(super) fn of(&self, source: Sha256, images: &[ImageFile]) -> Sha256 {
        let images = images
            .iter()
            .map(|image| (image.path.as_str(), Some(image.hash)));
        self.of_images(source, images)
    }

    /// The inputs of a recorded piece with its images as they are now.
    fn of_recorded(&self, path: &Path, entry: &RecordedPiece) -> Sha256 {
        let now = |image: &ImageFile| load::image_digest(path, &image.path);
        let images = entry.images.iter();
        let images = images.map(|image| (image.path.as_str(), now(image)));
        self.of_images(entry.source, images)
    }

    /// The inputs of a piece with these images; a missing one has no digest.
    fn of_images<'a>(
        &self,
        source: Sha256,
        images: impl Iterator<Item = (&'a str, Option<Sha256>)>,
    ) -> Sha256 {
        let text = |digest: Option<Sha256>| digest.map_or_else(String::new, |d| d.to_string());
        let mut fields = vec![self.0.to_string(), source.to_string()];
        fields.extend(images.flat_map(|(path, digest)| [path.to_owned(), text(digest)]));
        Sha256::of_fields(fields.iter().map(String::as_str))
    }
}

fn refuse_duplicate_slugs(jobs: &[Job]) -> Result<(), BatchError> {
    let named = jobs
        .iter()
        .filter_map(|job| Some((job.slug.as_ref()?, job.path.as_path())));
    let pieces = Slugs::duplicates(named);
    match pieces.is_empty() {
        true => Ok(()),
        false => Err(BatchError::DuplicateSlugs { pieces }),
    }
}
