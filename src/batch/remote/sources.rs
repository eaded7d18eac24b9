//! The sources of a run: listed with their tags, and fetched window by window.
//!
//! What comes out of a bucket is held to what a folder allows: a key is taken if it could be the path of a plain file below a
//! folder, and no file is fetched beyond the size at which loading would refuse it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::ops::ControlFlow;
use std::path::{Component, Path, PathBuf};
use std::sync::Mutex;

use super::super::error::BatchError;
use super::super::find::{find_selected, is_source};
use super::super::lock::lock;
use super::super::other_kind;
use super::super::selection::Selection;
use super::super::shard_list::{PlannedShard, PlannedSource, write_lists};
use super::in_parallel;
use super::place::{Place, RemoteError};
use crate::load;
use crate::project::Projects;
use crate::store::{Store, StoreError};

/// The largest source and image that are fetched: one byte more than loading takes, so that it tells.
const SOURCE: u64 = (16 << 20) + 1;
const IMAGE: u64 = (32 << 20) + 1;
/// The longest path and the longest name in it that file systems take.
const LONGEST_PATH: usize = 3_000;
const LONGEST_NAME: usize = 255;
/// The most files that a project and its theme may name.
const MOST_NAMED: usize = 256;

/// A source as it was listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SourceItem {
    /// Its path below the root.
    pub(super) below: String,
    /// The tag of its content.
    pub(super) tag: String,
}

/// What listing gave.
#[derive(Debug, Default)]
pub(super) struct Listed {
    /// The sources of the selection, in the order of their paths.
    pub(super) items: Vec<SourceItem>,
    /// What cannot be a source, with the reason.
    pub(super) unreadable: Vec<String>,
}

/// Sources that are files of this machine now.
#[derive(Debug, Default)]
pub(super) struct FetchedWindow {
    /// Those that are pieces.
    pub(super) items: Vec<SourceItem>,
    /// Their files.
    pub(super) files: Vec<PathBuf>,
    /// Why one could not be fetched.
    pub(super) faults: Vec<String>,
    /// The images that were fetched for it, which stay until it is let go.
    images: Vec<String>,
}

/// The sources of a run.
pub(super) enum Sources<'a> {
    /// A folder of this machine.
    Folder { root: &'a Path },
    /// A bucket, and the folder that keeps what is fetched from it.
    Bucket(BucketSources<'a>),
}

/// The sources in a bucket.
pub(super) struct BucketSources<'a> {
    store: Box<dyn Store>,
    tree: &'a BucketTree,
    /// Images that are here or on their way: how many windows need them, and their tags.
    images: Mutex<BTreeMap<String, (usize, String)>>,
}

/// The private folder that keeps what is fetched from a bucket, and has from the start its project and theme.
#[derive(Debug)]
pub struct BucketTree {
    folder: tempfile::TempDir,
    root: PathBuf,
}

impl BucketTree {
    /// Makes the folder and fetches the project's file at the root of the sources, its theme and the files that these name.
    ///
    /// # Errors
    /// [`RemoteError`].
    pub fn new(source: &Place) -> Result<Self, RemoteError> {
        let tree = Self::empty()?;
        let store = source.open()?;
        let mut named = Vec::new();
        for name in crate::project::NAMES {
            if let Some(text) = tree.fetch(&*store, name, SOURCE)? {
                named.extend(files_named(&text));
            }
        }
        // Once more for what the theme names.
        for _ in 0..2 {
            let mut found = Vec::new();
            named.truncate(MOST_NAMED);
            for name in named.iter().filter(|name| !tree.root.join(name).exists()) {
                let bytes = tree.fetch(&*store, name, IMAGE)?;
                let is_yaml = is_source(Path::new(name));
                if let Some(text) = bytes.filter(|_| is_yaml) {
                    let folder = Path::new(name).parent().unwrap_or(Path::new(""));
                    let beside = files_named(&text).into_iter();
                    found.extend(
                        beside.map(|file| folder.join(file).to_string_lossy().into_owned()),
                    );
                }
            }
            named = found;
        }
        Ok(tree)
    }

    /// A folder for windows alone, where the sources are files of this machine.
    ///
    /// # Errors
    /// [`RemoteError::Local`].
    pub fn empty() -> Result<Self, RemoteError> {
        let folder = tempfile::Builder::new().prefix("flashpoint-").tempdir()?;
        let root = folder.path().canonicalize()?.join("source");
        fs::create_dir(&root)?;
        Ok(Self { folder, root })
    }

    /// The root of the sources in it.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where windows are built.
    pub(super) fn work(&self) -> &Path {
        self.folder.path()
    }

    fn fetch(
        &self,
        store: &dyn Store,
        key: &str,
        limit: u64,
    ) -> Result<Option<Vec<u8>>, RemoteError> {
        let Some((bytes, _)) = store.fetch(key, limit)? else {
            return Ok(None);
        };
        self.write(key, &bytes)?;
        Ok(Some(bytes))
    }

    fn write(&self, below: &str, bytes: &[u8]) -> io::Result<()> {
        let path = self.root.join(below);
        fs::create_dir_all(path.parent().unwrap_or(&self.root))?;
        fs::write(path, bytes)
    }
}

/// The files beside a project's or a theme's file that it names: texts with an extension that are paths below its folder.
fn files_named(text: &[u8]) -> Vec<String> {
    const LONGEST: usize = 64 << 10;
    let text = String::from_utf8_lossy(text.get(..LONGEST).unwrap_or(text));
    let words = text.split(|c: char| c.is_whitespace() || "\"',[]{}#".contains(c));
    let lines = text.lines().map(|line| {
        let (_, value) = line.split_once(':').unwrap_or(("", line));
        value
            .trim()
            .trim_start_matches("- ")
            .trim_matches(['"', '\''])
    });
    let names: BTreeSet<&str> = words.chain(lines).collect();
    let is_file = |name: &&str| {
        let extension = Path::new(name)
            .extension()
            .and_then(|extension| extension.to_str());
        let is_known = |extension: &str| {
            [
                "yaml", "yml", "ttf", "otf", "ttc", "otc", "css", "svg", "png", "jpg", "jpeg",
                "webp",
            ]
            .iter()
            .any(|known| extension.eq_ignore_ascii_case(known))
        };
        extension.is_some_and(is_known) && unfit(name).is_none()
    };
    names
        .into_iter()
        .filter(is_file)
        .map(str::to_owned)
        .collect()
}

/// Why a key cannot be the path of a file below a folder.
fn unfit(key: &str) -> Option<&'static str> {
    let is_name = |part: Component<'_>| matches!(part, Component::Normal(_));
    let path = Path::new(key);
    if key.is_empty()
        || !path.components().all(is_name)
        || path.components().count() != key.split('/').count()
    {
        Some("it is no path below the root")
    } else if key.chars().any(char::is_control) || key.contains('\\') {
        Some("it has a character that no name of a file should have")
    } else if key.len() > LONGEST_PATH || key.split('/').any(|name| name.len() > LONGEST_NAME) {
        Some("it is longer than file systems take")
    } else {
        None
    }
}

/// Whether a part of a path is hidden, as walking a folder understands it.
fn is_hidden(key: &str) -> bool {
    key.split('/').any(|name| name.starts_with('.'))
}

impl<'a> Sources<'a> {
    /// Opens the sources at a place; `tree` keeps what is fetched from a bucket.
    pub(super) fn open(place: &'a Place, tree: &'a BucketTree) -> Result<Self, StoreError> {
        Ok(match place.folder() {
            Some(root) => Self::Folder { root },
            None => Self::Bucket(BucketSources {
                store: place.open()?,
                tree,
                images: Mutex::default(),
            }),
        })
    }

    /// Lists the sources of a selection.
    pub(super) fn list(&self, selection: &Selection) -> Result<Listed, RemoteError> {
        match self {
            Self::Folder { root } => {
                let found = find_selected(&[root.to_path_buf()], selection)?;
                let item = |path: PathBuf| {
                    let below = path
                        .strip_prefix(root)
                        .unwrap_or(&path)
                        .to_str()?
                        .to_owned();
                    let tag =
                        load::source_digest(&path).map_or_else(String::new, |d| d.to_string());
                    Some(SourceItem { below, tag })
                };
                let mut listed = Listed {
                    unreadable: found.unreadable,
                    ..Listed::default()
                };
                for path in found.sources {
                    match item(path.clone()) {
                        Some(item) => listed.items.push(item),
                        None => listed
                            .unreadable
                            .push(format!("{}: its name is no Unicode", path.display())),
                    }
                }
                Ok(listed)
            }
            Self::Bucket(bucket) => bucket.list(selection),
        }
    }

    /// Makes files of this machine of sources.
    pub(super) fn fetch(&self, items: &[SourceItem], projects: &Projects) -> FetchedWindow {
        match self {
            Self::Folder { root } => FetchedWindow {
                items: items.to_vec(),
                files: items.iter().map(|item| root.join(&item.below)).collect(),
                ..FetchedWindow::default()
            },
            Self::Bucket(bucket) => bucket.fetch(items, projects),
        }
    }

    /// Lets go of the files of a window.
    pub(super) fn let_go(&self, window: &FetchedWindow) {
        if let Self::Bucket(bucket) = self {
            bucket.let_go(window);
        }
    }

    /// The tag of an image that a source names; empty where there is none.
    pub(super) fn image_tag(&self, source: &str, image: &str) -> Result<String, StoreError> {
        match self {
            Self::Folder { root } => {
                let digest = load::image_digest(&root.join(source), image);
                Ok(digest.map_or_else(String::new, |digest| digest.to_string()))
            }
            Self::Bucket(bucket) => {
                let Some(key) = image_key(source, image) else {
                    return Ok(String::new());
                };
                if let Some((_, tag)) = lock(&bucket.images).get(&key) {
                    return Ok(tag.clone());
                }
                let version = bucket.store.version(&key)?;
                Ok(version.map_or_else(String::new, |version| version.text().to_owned()))
            }
        }
    }

    /// Where messages of a run name a source's file, and what stands there on this machine.
    pub(super) fn root(&self) -> &Path {
        match self {
            Self::Folder { root } => root,
            Self::Bucket(bucket) => bucket.tree.root(),
        }
    }
}

/// The key of an image that a source names.
fn image_key(source: &str, image: &str) -> Option<String> {
    let folder = Path::new(source).parent().unwrap_or(Path::new(""));
    let parts = Path::new(image).components();
    let parts = parts.filter(|part| !matches!(part, Component::CurDir));
    let key = folder.join(parts.collect::<PathBuf>());
    let key = key.to_str()?.to_owned();
    unfit(&key).is_none().then_some(key)
}

/// The keys above a key that could be sources.
fn above(key: &str) -> impl Iterator<Item = String> + '_ {
    let ends = key.match_indices('/').map(|(end, _)| &key[..end]);
    ends.filter(|key| is_source(Path::new(key)))
        .map(str::to_owned)
}

impl BucketSources<'_> {
    fn list(&self, selection: &Selection) -> Result<Listed, RemoteError> {
        let range = selection.range();
        let wanted: Option<BTreeSet<&str>> = match selection {
            Selection::Listed(list) => Some(list.paths.iter().filter_map(|p| p.to_str()).collect()),
            _ => None,
        };
        let mut listed = Listed::default();
        let mut is_empty = true;
        self.store.each(&mut |object| {
            let key = object.path.as_str();
            if !is_source(Path::new(key)) || is_hidden(key) {
                return ControlFlow::Continue(());
            }
            is_empty = false;
            if !range.holds_path(key) || wanted.as_ref().is_some_and(|wanted| !wanted.contains(key))
            {
                return ControlFlow::Continue(());
            }
            match unfit(key) {
                Some(reason) => listed
                    .unreadable
                    .push(format!("{}: {reason}", key.escape_debug())),
                None => listed.items.push(SourceItem {
                    below: key.to_owned(),
                    tag: object.tag.unwrap_or_default(),
                }),
            }
            ControlFlow::Continue(())
        })?;
        listed
            .items
            .sort_by(|a, b| Path::new(&a.below).cmp(Path::new(&b.below)));
        self.take_out_buried(&mut listed)?;
        if let Some(wanted) = wanted {
            let found: BTreeSet<&str> = listed
                .items
                .iter()
                .map(|item| item.below.as_str())
                .collect();
            let lost = wanted
                .difference(&found)
                .map(|key| format!("{key}: it is gone since the plan"));
            listed.unreadable.extend(lost);
        } else if is_empty {
            return Err(BatchError::NoSource { paths: Vec::new() }.into());
        }
        Ok(listed)
    }

    /// Takes out sources whose keys lie below that of another source: in a folder no file does, and which of the two were read
    /// would hang on time. The other may be another shard's, so it is looked for among all keys; names of that form are rare.
    fn take_out_buried(&self, listed: &mut Listed) -> Result<(), RemoteError> {
        let over: BTreeSet<String> = listed
            .items
            .iter()
            .flat_map(|item| above(&item.below))
            .collect();
        if over.is_empty() {
            return Ok(());
        }
        let mut sources = BTreeSet::new();
        self.store.each(&mut |object| {
            if over.contains(&object.path) {
                sources.insert(object.path);
            }
            ControlFlow::Continue(())
        })?;
        let Listed { items, unreadable } = listed;
        items.retain(|item| {
            let other = above(&item.below).find(|key| sources.contains(key));
            unreadable.extend(
                other
                    .iter()
                    .map(|other| format!("{}: it lies below {other}, which is a file", item.below)),
            );
            other.is_none()
        });
        Ok(())
    }

    fn fetch(&self, items: &[SourceItem], projects: &Projects) -> FetchedWindow {
        let fetched = in_parallel(items, |item| self.fetch_one(item, projects));
        let mut window = FetchedWindow::default();
        for (item, fetched) in items.iter().zip(fetched) {
            match fetched {
                Ok(Some((tag, images))) => {
                    let path = self.tree.root.join(&item.below);
                    window.images.extend(images);
                    window.files.push(path);
                    window.items.push(SourceItem {
                        below: item.below.clone(),
                        tag,
                    });
                }
                Ok(None) => {}
                Err(reason) => window.faults.push(format!("{}: {reason}", item.below)),
            }
        }
        window
    }

    /// Fetches a source with its images; none where it is no piece, or gone since it was listed.
    fn fetch_one(
        &self,
        item: &SourceItem,
        projects: &Projects,
    ) -> Result<Option<(String, Vec<String>)>, String> {
        let said = |error: StoreError| error.to_string();
        let Some((bytes, tag)) = self.store.fetch(&item.below, SOURCE).map_err(said)? else {
            return Err("it is gone since it was listed".to_owned());
        };
        self.tree
            .write(&item.below, &bytes)
            .map_err(|error| error.to_string())?;
        let path = self.tree.root.join(&item.below);
        if other_kind::is_other(&path) {
            return Ok(None);
        }
        let mut images = Vec::new();
        for image in load::images_named(&path, projects) {
            let Some(key) = image_key(&item.below, &image) else {
                continue;
            };
            if let Some((windows, _)) = lock(&self.images).get_mut(&key) {
                *windows += 1;
                images.push(key);
                continue;
            }
            if let Some((bytes, tag)) = self.store.fetch(&key, IMAGE).map_err(said)? {
                self.tree
                    .write(&key, &bytes)
                    .map_err(|error| error.to_string())?;
                let mut known = lock(&self.images);
                let (windows, _) = known
                    .entry(key.clone())
                    .or_insert((0, tag.unwrap_or_default()));
                *windows += 1;
                images.push(key);
            }
        }
        Ok(Some((tag.unwrap_or_default(), images)))
    }

    fn let_go(&self, window: &FetchedWindow) {
        // What cannot be removed now goes with the whole tree.
        for file in &window.files {
            let _ = fs::remove_file(file);
        }
        let mut known = lock(&self.images);
        for key in &window.images {
            let Some((windows, _)) = known.get_mut(key) else {
                continue;
            };
            *windows -= 1;
            if *windows == 0 {
                known.remove(key);
                let _ = fs::remove_file(self.tree.root.join(key));
            }
        }
    }
}

/// Plans the shards of a bucket: writes a list for each into a folder, which is made.
///
/// # Errors
/// [`RemoteError`]; then no list, or not every list, is written.
pub fn plan_bucket(
    place: &Place,
    shards: u32,
    lists: &Path,
) -> Result<Vec<PlannedShard>, RemoteError> {
    let mut sources = Vec::new();
    place.open()?.each(&mut |object| {
        let key = object.path.as_str();
        if is_source(Path::new(key)) && !is_hidden(key) && unfit(key).is_none() {
            sources.push(PlannedSource {
                below: PathBuf::from(key),
                size: object.size,
            });
        }
        ControlFlow::Continue(())
    })?;
    if sources.is_empty() {
        let paths = vec![PathBuf::from(&place.shown)];
        return Err(BatchError::NoSource { paths }.into());
    }
    Ok(write_lists(sources, shards, lists)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_could_be_no_file_below_a_folder_is_not_taken() {
        for fit in ["a.yaml", "2025/a b.yaml", "a..yaml", "ü/é.yaml"] {
            assert_eq!(unfit(fit), None, "{fit}");
        }
        let long = "x".repeat(256);
        for wrong in [
            "",
            "/a.yaml",
            "../a.yaml",
            "a/../../b.yaml",
            "a//b.yaml",
            "./a.yaml",
            "a/./b.yaml",
            "a/",
            "a\u{1}.yaml",
            "a\nb.yaml",
            "a\\b.yaml",
            &long,
        ] {
            assert!(unfit(wrong).is_some(), "{wrong}");
        }
        assert!(is_hidden("a/.b/c.yaml") && !is_hidden("a/b.c"));
    }

    #[test]
    fn only_folders_named_like_sources_could_be_sources() {
        let above = |key| above(key).collect::<Vec<_>>();
        assert!(above("essays/2025/a.yaml").is_empty());
        assert_eq!(
            above("x/a.yaml/b/c.yml/d.yaml"),
            ["x/a.yaml", "x/a.yaml/b/c.yml"]
        );
    }

    #[test]
    fn images_are_found_from_the_folder_of_their_source_and_nowhere_else() {
        let key = |source: &str, image: &str| image_key(source, image);
        assert_eq!(key("a.yaml", "map.png").as_deref(), Some("map.png"));
        assert_eq!(
            key("x/a.yaml", "./in/map.png").as_deref(),
            Some("x/in/map.png")
        );
        for outside in ["../map.png", "/etc/passwd", "in/../../../map.png"] {
            assert_eq!(key("x/a.yaml", outside), None, "{outside}");
        }
    }

    #[test]
    fn a_projects_file_and_a_theme_name_their_files() {
        let text = b"theme: \"my house.yaml\"\nlogo: {image: marks/logo.svg}\nsite: https://example.org/x.png\n\
            faces:\n  - ../fonts/out.ttf\n  - fonts/House-Regular.ttf\n";
        let named = files_named(text);
        for name in ["my house.yaml", "marks/logo.svg", "fonts/House-Regular.ttf"] {
            assert!(named.iter().any(|known| known == name), "{name}: {named:?}");
        }
        assert!(!named.iter().any(|name| name.contains("..")));
    }
}
