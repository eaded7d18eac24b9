//! The sources of a run: listed with their tags, and fetched window by window.
//!
//! What comes out of a bucket is held to what a folder allows: a key is taken if it could be the path of a plain file below a
//! folder, and no file is fetched beyond the size at which loading would refuse it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use super::super::error::BatchError;
use super::super::find::{find_selected, is_source};
use super::super::lock::lock;
use super::super::other_kind::{SourceKind, kind_of};
use super::super::selection::Selection;
use super::bucket_tree::{BucketTree, IMAGE, SOURCE};
use super::in_parallel;
use super::keys::{above, image_key, is_hidden, unfit};
use super::place::{Place, RemoteError};
use crate::load;
use crate::project::Projects;
use crate::store::{Store, StoreError};

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
                let mut paths = [found.sources, found.emptied].concat();
                paths.sort();
                for path in paths {
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

    /// Makes files of this machine of those sources that are pieces. One that holds nothing is, where a piece stood: a disk was
    /// full, or it was cut off while it was saved.
    pub(super) fn fetch(
        &self,
        items: &[SourceItem],
        projects: &Projects,
        stood: &(impl Fn(&str) -> bool + Sync),
    ) -> FetchedWindow {
        match self {
            Self::Folder { root } => {
                let path = |item: &SourceItem| root.join(&item.below);
                let is_piece = |item: &&SourceItem| is_piece(&path(item), &item.below, stood);
                let items: Vec<SourceItem> = items.iter().filter(is_piece).cloned().collect();
                FetchedWindow {
                    files: items.iter().map(path).collect(),
                    items,
                    ..FetchedWindow::default()
                }
            }
            Self::Bucket(bucket) => bucket.fetch(items, projects, stood),
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

    fn fetch(
        &self,
        items: &[SourceItem],
        projects: &Projects,
        stood: &(impl Fn(&str) -> bool + Sync),
    ) -> FetchedWindow {
        let fetched = in_parallel(items, |item| self.fetch_one(item, projects, stood));
        let mut window = FetchedWindow::default();
        for (item, fetched) in items.iter().zip(fetched) {
            match fetched {
                Ok(Some((tag, images))) => {
                    let path = self.tree.root().join(&item.below);
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
        stood: &impl Fn(&str) -> bool,
    ) -> Result<Option<(String, Vec<String>)>, String> {
        let said = |error: StoreError| error.to_string();
        let Some((bytes, tag)) = self.store.fetch(&item.below, SOURCE).map_err(said)? else {
            return Err("it is gone since it was listed".to_owned());
        };
        self.tree
            .write(&item.below, &bytes)
            .map_err(|error| error.to_string())?;
        let path = self.tree.root().join(&item.below);
        if !is_piece(&path, &item.below, stood) {
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
                let _ = fs::remove_file(self.tree.root().join(key));
            }
        }
    }
}

fn is_piece(path: &Path, below: &str, stood: &impl Fn(&str) -> bool) -> bool {
    match kind_of(path) {
        SourceKind::Piece => true,
        SourceKind::Empty => stood(below),
        SourceKind::Other => false,
    }
}
