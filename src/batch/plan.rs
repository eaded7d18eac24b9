//! Planning: what each source is called, what of it is due, and which would write the same file.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::entry::{FileStamp, PROGRAM, RecordedEdition, RecordedPiece};
use super::outcome::OutputFile;
use super::proofs::{ProofBasis, Proofs};
use super::record::BatchRecord;
use super::settings::{BatchObserver, BatchSettings};
use super::shard::{HashRange, PathHash};
use crate::digest::Sha256;
use crate::load::{self, ImageFile};
use crate::piece::Slug;
use crate::pipeline::{self, Opened, Output, Proving};
use crate::store::open_plain;

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
    /// Another source with this slug: neither is built.
    pub(super) rival: Option<PathBuf>,
    /// The entry of the record as it is to be, where files or the source were moved or copied and are the same.
    pub(super) refreshed: Option<RecordedPiece>,
}

/// Plans the sources, in the order given. Those that would write the same files are not due.
pub(super) fn plan(
    settings: &BatchSettings<'_>,
    sources: Vec<PathBuf>,
    record: &BatchRecord,
    observer: &dyn BatchObserver,
) -> Vec<Job> {
    let total = sources.len();
    let inputs = BuildInputs::new(settings);
    let places = SourcePaths::of(settings.dist);
    let proofs = match settings.proving {
        Proving::Unasked => None,
        Proving::Each => Some(Proofs::of_folder(settings.dist)),
    };
    let (done, kept) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let plan_one = |path: PathBuf| {
        let job = if settings.stop.load(Ordering::Relaxed) {
            job(path, None, Vec::new(), None)
        } else {
            let planner = Planner {
                settings,
                record,
                inputs: &inputs,
                places: &places,
                proofs: proofs.as_ref(),
                kept: &kept,
            };
            planner.source(path)
        };
        observer.planned(done.fetch_add(1, Ordering::Relaxed) + 1, total);
        job
    };
    let mut jobs: Vec<Job> = sources.into_par_iter().map(plan_one).collect();
    part_rivals(&mut jobs);
    jobs
}

/// Tells sources of one slug of each other.
fn part_rivals(jobs: &mut [Job]) {
    let mut of_slug: BTreeMap<&Slug, Vec<usize>> = BTreeMap::new();
    for (number, job) in jobs.iter().enumerate() {
        if let Some(slug) = &job.slug {
            of_slug.entry(slug).or_default().push(number);
        }
    }
    let rivals: Vec<(usize, PathBuf)> = of_slug
        .into_values()
        .filter(|numbers| numbers.len() > 1)
        .flat_map(|numbers| {
            let (first, second) = (numbers[0], numbers[1]);
            let other = move |number: usize| if number == first { second } else { first };
            numbers
                .into_iter()
                .map(move |number| (number, other(number)))
        })
        .map(|(number, other)| (number, jobs[other].path.clone()))
        .collect();
    for (number, rival) in rivals {
        jobs[number].rival = Some(rival);
        jobs[number].due.clear();
        jobs[number].refreshed = None;
    }
}

fn job(path: PathBuf, slug: Option<Slug>, due: Vec<Output>, opened: Option<Opened>) -> Job {
    Job {
        path,
        slug,
        due,
        opened: Mutex::new(opened),
        rival: None,
        refreshed: None,
    }
}

/// The paths of sources as the record keeps them: from the output folder, so that both can be moved together.
#[derive(Debug)]
pub(crate) struct SourcePaths(Option<PathBuf>);

impl SourcePaths {
    /// Paths from an output folder; none where there is no such folder yet.
    pub(crate) fn of(dist: &Path) -> Self {
        Self(dist.canonicalize().ok())
    }

    /// The path of a source.
    pub(crate) fn recorded(&self, source: &Path) -> Option<String> {
        let (dist, source) = (self.0.as_ref()?, source.canonicalize().ok()?);
        let shared = dist.components().zip(source.components());
        let shared = shared.take_while(|(ours, theirs)| ours == theirs).count();
        let up = dist.components().skip(shared).map(|_| "..");
        let down = source.components().skip(shared);
        let down = down
            .map(|part| part.as_os_str().to_str())
            .collect::<Option<Vec<_>>>()?;
        Some(up.chain(down).collect::<Vec<_>>().join("/"))
    }

    /// Where a recorded source is.
    pub(crate) fn place(&self, recorded: &str) -> Option<PathBuf> {
        let mut at = self.0.clone()?;
        for part in recorded.split('/') {
            match part {
                ".." => drop(at.pop()),
                part => at.push(part),
            }
        }
        Some(at)
    }
}

/// Which recorded pieces a shard has to know: those whose sources are its own.
pub(super) struct ShardScope {
    places: SourcePaths,
    roots: Vec<PathBuf>,
    range: HashRange,
}

impl ShardScope {
    /// The scope of a run.
    pub(super) fn of(settings: &BatchSettings<'_>) -> Self {
        let roots = settings.paths.iter();
        Self {
            places: SourcePaths::of(settings.dist),
            roots: roots.filter_map(|path| path.canonicalize().ok()).collect(),
            range: settings.selection.range(),
        }
    }

    /// Whether the source of an entry is one of the shard's.
    pub(super) fn holds(&self, entry: &RecordedPiece) -> bool {
        let place = entry.path.as_ref().and_then(|path| self.places.place(path));
        let Some(place) = place else { return true };
        self.roots.iter().any(|root| {
            let below = match place.strip_prefix(root) {
                Ok(below) if below.as_os_str().is_empty() => place.file_name().map(Path::new),
                below => below.ok(),
            };
            below.is_some_and(|below| self.range.holds(PathHash::of(below)))
        })
    }
}

struct Planner<'a> {
    settings: &'a BatchSettings<'a>,
    record: &'a BatchRecord,
    inputs: &'a BuildInputs,
    places: &'a SourcePaths,
    /// The proofs that were made, where proofs are asked for.
    proofs: Option<&'a Proofs>,
    /// How many bytes of loaded sources are kept.
    kept: &'a AtomicUsize,
}

impl Planner<'_> {
    fn source(&self, path: PathBuf) -> Job {
        // What can be read but once, such as a pipe, is read by loading it, and kept.
        let is_plain = path.metadata().is_ok_and(|metadata| metadata.is_file());
        let recorded = match self.settings.force || !is_plain {
            true => None,
            false => self.recorded(&path),
        };
        match recorded {
            Some(recorded) if recorded.due.is_empty() => recorded,
            // What is to be built is loaded, and then tells its slug itself: a record that was altered tells another for ever.
            recorded => {
                let loaded = self.loaded(path, is_plain);
                match recorded.filter(|recorded| recorded.slug == loaded.slug) {
                    Some(recorded) => Job {
                        opened: loaded.opened,
                        ..recorded
                    },
                    None => loaded,
                }
            }
        }
    }

    /// What the record knows of a source; none where it knows nothing of it.
    fn recorded(&self, path: &Path) -> Option<Job> {
        let settings = self.settings;
        let (slug, entry) = known(path, self.record)?;
        let project = settings.projects.of_source(path).ok()?;
        let given = entry.inherits.given(project.as_deref());
        let inputs = self.inputs.of_recorded(path, entry, given);
        let mut refreshed = entry.clone();
        refreshed.path = self.places.recorded(path);
        let is_due = |output: &Output| {
            let standing = stands(settings, &slug, entry, inputs, *output);
            let standing = standing.filter(|_| self.is_proved(entry, *output));
            let editions = refreshed.editions.iter_mut();
            let mut editions = editions.filter(|edition| edition.format == output.name());
            if let (Some(stamp), Some(edition)) = (standing, editions.next()) {
                edition.stamp = stamp;
            }
            standing.is_none()
        };
        let outputs = Output::of_life(settings.outputs, &entry.life);
        let due = outputs.into_iter().filter(is_due).collect();
        let mut job = job(path.to_owned(), Some(slug), due, None);
        job.refreshed = (refreshed != *entry).then_some(refreshed);
        Some(job)
    }

    /// A source of which everything is due.
    fn loaded(&self, path: PathBuf, is_plain: bool) -> Job {
        let settings = self.settings;
        let Some((slug, opened)) = pipeline::open(&path, settings.projects) else {
            return job(path, None, settings.outputs.to_vec(), None);
        };
        let loaded = &opened.loaded;
        let images = loaded.images.values().map(|image| image.bytes.len());
        // The model takes about as much again as the text it was read from.
        let size = loaded.source.text.len() * 3 + images.sum::<usize>();
        let keep = self.kept.fetch_add(size, Ordering::Relaxed) + size <= KEPT || !is_plain;
        let opened = keep.then_some(opened);
        job(path, slug, settings.outputs.to_vec(), opened)
    }

    /// Whether an edition as it was recorded was proved, or need not be.
    fn is_proved(&self, entry: &RecordedPiece, output: Output) -> bool {
        let Some(proofs) = self.proofs else {
            return true;
        };
        let proof = |edition: &RecordedEdition| ProofBasis::of_entry(entry).proof_of(edition.hash);
        output == Output::Cover
            || entry
                .edition(output.name())
                .is_some_and(|edition| proofs.has(proof(edition)))
    }
}

/// What the record knows of a source with these bytes; only this very program is believed about the slug.
fn known<'a>(path: &Path, record: &'a BatchRecord) -> Option<(Slug, &'a RecordedPiece)> {
    let entry = record.of_source(load::source_digest(path)?)?;
    let slug = Slug::parse(&entry.slug).ok()?;
    (entry.program == PROGRAM).then_some((slug, entry))
}

/// The stamp of an edition with these inputs, where it stands in the output folder as it was recorded. Its content decides:
/// the stamp only spares reading it. A folder that was restored or copied has other stamps, and the same editions.
fn stands(
    settings: &BatchSettings<'_>,
    slug: &Slug,
    entry: &RecordedPiece,
    inputs: Sha256,
    output: Output,
) -> Option<FileStamp> {
    let edition = entry.edition(output.name());
    let edition = edition.filter(|edition| edition.inputs == inputs)?;
    let path = settings.dist.join(output.file_name(slug));
    let metadata = std::fs::symlink_metadata(&path).ok()?;
    let stamp = FileStamp::of(&metadata);
    if !metadata.is_file() || stamp.size != edition.stamp.size {
        return None;
    }
    let is_trusted = stamp == edition.stamp && !settings.recheck;
    let is_same = || open_plain(&path).and_then(Sha256::of_reader).ok() == Some(edition.hash);
    (is_trusted || is_same()).then_some(stamp)
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

    /// The inputs of a piece whose source and images have these hashes, and what its project gives.
    #[must_use]
    pub(super) fn of(&self, source: Sha256, images: &[ImageFile], given: Sha256) -> Sha256 {
        let images = images
            .iter()
            .map(|image| (image.path.as_str(), Some(image.hash)));
        self.of_images(source, given, images)
    }

    /// The inputs of a recorded piece with its images as they are now.
    fn of_recorded(&self, path: &Path, entry: &RecordedPiece, given: Sha256) -> Sha256 {
        let now = |image: &ImageFile| load::image_digest(path, &image.path);
        let images = entry.images.iter();
        let images = images.map(|image| (image.path.as_str(), now(image)));
        self.of_images(entry.source, given, images)
    }

    /// The inputs of a piece with these images; a missing one has no digest.
    fn of_images<'a>(
        &self,
        source: Sha256,
        given: Sha256,
        images: impl Iterator<Item = (&'a str, Option<Sha256>)>,
    ) -> Sha256 {
        let text = |digest: Option<Sha256>| digest.map_or_else(String::new, |d| d.to_string());
        let mut fields = vec![self.0.to_string(), source.to_string(), given.to_string()];
        fields.extend(images.flat_map(|(path, digest)| [path.to_owned(), text(digest)]));
        Sha256::of_fields(fields.iter().map(String::as_str))
    }
}

/// The files of a piece that were asked for and were not due.
pub(super) fn standing(
    settings: &BatchSettings<'_>,
    record: &BatchRecord,
    slug: &str,
    due: &[Output],
) -> Vec<OutputFile> {
    let Some((entry, slug)) = record
        .of_slug(slug)
        .zip(crate::piece::Slug::parse(slug).ok())
    else {
        return Vec::new();
    };
    let outputs = Output::of_life(settings.outputs, &entry.life);
    let asked = outputs.iter().filter(|output| !due.contains(output));
    let file = |output: &Output| {
        let edition = entry.edition(output.name())?;
        Some(OutputFile {
            format: output.name(),
            path: settings.dist.join(output.file_name(&slug)),
            size: edition.stamp.size,
            hash: edition.hash,
            fresh: false,
        })
    };
    asked.filter_map(file).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn paths_of_sources_are_kept_from_the_output_folder() {
        let root = tempfile::tempdir().unwrap();
        let root = root.path().canonicalize().unwrap();
        std::fs::create_dir_all(root.join("out/dist")).unwrap();
        std::fs::create_dir_all(root.join("source/a")).unwrap();
        let source = root.join("source/a/b.yaml");
        std::fs::write(&source, "x").unwrap();
        let places = SourcePaths::of(&root.join("out/dist"));
        let recorded = places.recorded(&source).unwrap();
        assert_eq!(recorded, "../../source/a/b.yaml");
        assert_eq!(places.place(&recorded), Some(source));
        assert_eq!(SourcePaths::of(&root.join("none")).recorded(&root), None);
    }
}
