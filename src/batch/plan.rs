//! Planning: what each source is called, what of it is due, and whether two would write the same file.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::hash;
use super::record::{Entry, Record, Stamp};
use super::settings::{Observer, RunError, Settings};
use crate::load::ImageFile;
use crate::piece::Slug;
use crate::pipeline::Opened;
use crate::pipeline::{self, Output};

/// The fingerprint of this program: everything that it was built from.
pub(super) const PROGRAM: &str = env!("FLASHPOINT_BUILD");

/// Sources that planning had to load are kept for making up to so many bytes, so that a small run loads each but once.
const KEPT: usize = 16 << 20;

/// A piece and what is due of it.
#[derive(Debug)]
pub(super) struct Job {
    /// The source file.
    pub(super) path: PathBuf,
    /// The slug; none where the source is too wrong to give one, which making it will tell.
    pub(super) slug: Option<Slug>,
    /// What to make; nothing for a piece that is unchanged.
    pub(super) due: Vec<Output>,
    /// The source as loaded, where it was kept.
    pub(super) opened: Mutex<Option<Opened>>,
}

/// Plans the sources, in the order given.
///
/// # Errors
/// [`RunError::SameSlug`] when two pieces would write the same files.
pub(super) fn plan(
    settings: &Settings<'_>,
    sources: Vec<PathBuf>,
    record: &Record,
    observer: &dyn Observer,
) -> Result<Vec<Job>, RunError> {
    let total = sources.len();
    let inputs = Inputs::new(settings);
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
    refuse_same_slugs(&jobs)?;
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
    settings: &Settings<'_>,
    path: PathBuf,
    record: &Record,
    inputs: &Inputs,
    kept: &AtomicUsize,
) -> Job {
    // What can be read but once, such as a pipe, is read by loading it, and kept.
    let is_plain = path.metadata().is_ok_and(|metadata| metadata.is_file());
    if !settings.force
        && is_plain
        && let Some((slug, entry)) = known(&path, record)
    {
        let inputs = inputs.of_recorded(&path, entry);
        let is_due = |output: &Output| !stands(settings, &slug, entry, &inputs, *output);
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
fn known<'a>(path: &Path, record: &'a Record) -> Option<(Slug, &'a Entry)> {
    let entry = record.of_source(&hash::file(path).ok()?)?;
    let slug = Slug::parse(&entry.slug).ok()?;
    (entry.program == PROGRAM).then_some((slug, entry))
}

/// Whether an edition with these inputs stands in the output folder as it was recorded.
fn stands(
    settings: &Settings<'_>,
    slug: &Slug,
    entry: &Entry,
    inputs: &str,
    output: Output,
) -> bool {
    let path = settings.dist.join(output.file_name(slug));
    let Some(edition) = entry.edition(output.name()) else {
        return false;
    };
    let is_same = |path: &Path| {
        std::fs::symlink_metadata(path).is_ok_and(|m| Stamp::of(&m) == edition.stamp)
            && (!settings.recheck || hash::file(path).is_ok_and(|hash| hash == edition.hash))
    };
    edition.inputs == inputs && is_same(&path)
}

/// Everything besides the source that the bytes of an edition follow from.
#[derive(Debug)]
pub(super) struct Inputs(String);

impl Inputs {
    /// What this run's settings put in.
    #[must_use]
    pub(super) fn new(settings: &Settings<'_>) -> Self {
        let theme = format!("{:?}", settings.options.theme);
        let page = format!("{:?}", settings.options.page_size);
        let epoch = format!("{:?}", settings.epoch);
        Self(hash::fields([PROGRAM, &theme, &page, &epoch]))
    }

    /// The inputs of a piece whose source and images have these hashes.
    #[must_use]
    pub(super) fn of(&self, source: &str, images: &[ImageFile]) -> String {
        let images = images.iter().flat_map(|i| [i.path.as_str(), &i.hash]);
        hash::fields([self.0.as_str(), source].into_iter().chain(images))
    }

    /// The inputs of a recorded piece with its images as they are now.
    fn of_recorded(&self, path: &Path, entry: &Entry) -> String {
        let folder = path.parent().unwrap_or(Path::new(""));
        let now = |image: &ImageFile| ImageFile {
            path: image.path.clone(),
            hash: hash::file(&folder.join(&image.path)).unwrap_or_default(),
        };
        let images: Vec<_> = entry.images.iter().map(now).collect();
        self.of(&entry.source, &images)
    }
}

fn refuse_same_slugs(jobs: &[Job]) -> Result<(), RunError> {
    let mut by_slug: BTreeMap<&Slug, Vec<&Path>> = BTreeMap::new();
    for job in jobs {
        if let Some(slug) = &job.slug {
            by_slug.entry(slug).or_default().push(&job.path);
        }
    }
    let pieces: Vec<_> = by_slug
        .into_iter()
        .filter_map(|(slug, paths)| match paths[..] {
            [first, second, ..] => Some((slug.clone(), first.to_owned(), second.to_owned())),
            _ => None,
        })
        .collect();
    match pieces.is_empty() {
        true => Ok(()),
        false => Err(RunError::SameSlug { pieces }),
    }
}
