//! The manifest as files: a root at one address, and for a large site parts named by their content, so that one changed piece
//! of many sends kilobytes.
//!
//! What belongs to a piece stands together, in the part that the hash of its slug names by its first bytes; what all pieces
//! share is parted by the hashes of its paths. A small site is whole in the root. Parts are put before the root that names
//! them and removed after it is replaced, so a root never names a part that is missing.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use serde::{Deserialize, Serialize};

use super::manifest::{
    Audience, DIGITS, FILE_NAME, FOLDER, FileEntry, GENERATORS, KnownPieces, Manifest,
    ManifestError, PieceEntry, Retired, part_path,
};
use crate::digest::Sha256;
use crate::store::{Store, StoreError, Version};

/// No hash of a site that could be put goes deeper.
const DEEPEST: usize = 4;
/// More parts than that are none of ours.
const MOST_PARTS: usize = 1 << 20;
/// So often a root is read that another run replaces meanwhile.
const ATTEMPTS: usize = 3;

/// What is parted alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    /// Pieces with their files.
    Pieces,
    /// Files that belong to no piece.
    Shared,
}

impl Group {
    fn letter(self) -> char {
        match self {
            Self::Pieces => 'p',
            Self::Shared => 's',
        }
    }

    /// So many of a group stand in the root, and in one part.
    fn limits(self) -> [usize; 2] {
        match self {
            Self::Pieces => [64, 256],
            Self::Shared => [256, 1024],
        }
    }
}

/// What stays together: a piece with its files, or a file that belongs to none.
#[derive(Default)]
struct Bundle<'a> {
    files: Vec<(&'a str, &'a FileEntry)>,
    stale: Vec<(&'a str, &'a FileEntry)>,
    piece: Option<(&'a str, &'a PieceEntry)>,
    retired: Option<(&'a str, &'a Retired)>,
}

type Bundles<'a> = BTreeMap<(Group, [u8; 32]), Bundle<'a>>;

/// A part as it is written.
#[derive(Default, Serialize)]
struct PartWritten<'a> {
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    parts: BTreeMap<String, String>,
    files: BTreeMap<&'a str, &'a FileEntry>,
    stale: BTreeMap<&'a str, &'a FileEntry>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    retired: BTreeMap<&'a str, &'a Retired>,
    pieces: BTreeMap<&'a str, &'a PieceEntry>,
}

/// The root as it is written.
#[derive(Serialize)]
struct RootWritten<'a> {
    generator: &'static str,
    frame: &'a str,
    audience: Audience,
    /// Files that are about to be put; many of them stand in a part.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pending: &'a BTreeMap<&'a str, &'a FileEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pending_part: Option<String>,
    #[serde(flatten)]
    part: PartWritten<'a>,
}

/// A part as it is read.
#[derive(Default, Deserialize)]
struct PartRead {
    #[serde(default)]
    parts: BTreeMap<String, String>,
    #[serde(default)]
    files: BTreeMap<String, FileEntry>,
    #[serde(default)]
    stale: BTreeMap<String, FileEntry>,
    #[serde(default)]
    retired: BTreeMap<String, Retired>,
    #[serde(default)]
    pieces: KnownPieces,
}

/// The root as it is read. Each field stands for itself: to flatten them would take the memory of a large one twice.
#[derive(Deserialize)]
struct RootRead {
    generator: String,
    #[serde(default)]
    frame: String,
    #[serde(default)]
    pending: BTreeMap<String, FileEntry>,
    #[serde(default)]
    pending_part: Option<String>,
    #[serde(default)]
    parts: BTreeMap<String, String>,
    #[serde(default)]
    files: BTreeMap<String, FileEntry>,
    #[serde(default)]
    stale: BTreeMap<String, FileEntry>,
    #[serde(default)]
    audience: Audience,
    #[serde(default)]
    retired: BTreeMap<String, Retired>,
    #[serde(default)]
    pieces: KnownPieces,
}

/// A manifest as the files that it is put as.
pub(super) struct Documents {
    /// The root.
    pub(super) root: Vec<u8>,
    /// The paths of the parts.
    pub(super) parts: BTreeSet<String>,
}

/// Takes a part, its path and its bytes, when it is written: those of a large site are too much to be held at once.
pub(super) type PartSink<'a> = dyn FnMut(String, Vec<u8>) + 'a;

/// The parts as they are written.
struct Parts<'s, 'p> {
    paths: BTreeSet<String>,
    sink: &'s mut PartSink<'p>,
}

impl Parts<'_, '_> {
    /// Hands a part on; gives its name.
    fn add(&mut self, part: &PartWritten<'_>) -> String {
        let json = to_json(part);
        let name = Sha256::of(&json).prefix(DIGITS);
        let path = format!("{FOLDER}{name}.json");
        self.paths.insert(path.clone());
        (self.sink)(path, json);
        name
    }
}

/// A manifest as it stands at a store.
pub(super) struct StandingManifest {
    pub(super) manifest: Manifest,
    /// The version of its root.
    pub(super) version: Version,
    /// The paths of its parts.
    pub(super) parts: BTreeSet<String>,
}

/// Why a manifest at a store cannot be used.
pub(super) enum ReadError {
    Store(StoreError),
    Manifest(ManifestError),
}

impl From<StoreError> for ReadError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<ManifestError> for ReadError {
    fn from(error: ManifestError) -> Self {
        Self::Manifest(error)
    }
}

const INVARIANT: &str = "a manifest has only text keys, and memory takes what is written";

impl Manifest {
    /// The manifest as files; with pending ones it stands there while these are put, and they may be there or not.
    pub(super) fn documents(
        &self,
        pending: &BTreeMap<&str, &FileEntry>,
        sink: &mut PartSink<'_>,
    ) -> Documents {
        let bundles = self.bundles();
        let mut parts = Parts {
            paths: BTreeSet::new(),
            sink,
        };
        let mut root = PartWritten::default();
        for group in [Group::Pieces, Group::Shared] {
            let of_group: Vec<_> = bundles
                .iter()
                .filter(|((other, _), _)| *other == group)
                .map(|((_, key), bundle)| (key, bundle))
                .collect();
            root.take(&of_group, group, 0, &mut parts);
        }
        let none = BTreeMap::new();
        let is_long = pending.len() > Group::Shared.limits()[0];
        let pending_part = is_long.then(|| {
            let part = PartWritten {
                stale: pending.clone(),
                ..PartWritten::default()
            };
            parts.add(&part)
        });
        let root = RootWritten {
            generator: GENERATORS[0],
            frame: &self.frame,
            audience: self.audience,
            pending: if is_long { &none } else { pending },
            pending_part,
            part: root,
        };
        Documents {
            root: to_json(&root),
            parts: parts.paths,
        }
    }

    fn bundles(&self) -> Bundles<'_> {
        let mut bundles = Bundles::new();
        let key = |path: &str| match slug_of(path) {
            Some(slug) => (Group::Pieces, *Sha256::of(slug.as_bytes()).as_bytes()),
            None => (Group::Shared, *Sha256::of(path.as_bytes()).as_bytes()),
        };
        for (path, file) in &self.files {
            let bundle = bundles.entry(key(path)).or_default();
            bundle.files.push((path, file));
        }
        for (path, file) in &self.stale {
            let bundle = bundles.entry(key(path)).or_default();
            bundle.stale.push((path, file));
        }
        for (slug, piece) in &self.pieces {
            let key = (Group::Pieces, *Sha256::of(slug.as_bytes()).as_bytes());
            bundles.entry(key).or_default().piece = Some((slug, piece));
        }
        for (slug, retired) in &self.retired {
            let key = (Group::Pieces, *Sha256::of(slug.as_bytes()).as_bytes());
            bundles.entry(key).or_default().retired = Some((slug, retired));
        }
        bundles
    }

    /// Reads the manifest of a store with its parts; none where there is no such file.
    pub(super) fn read(store: &dyn Store) -> Result<Option<StandingManifest>, ReadError> {
        for attempt in 1.. {
            let Some((root, version)) = store.read_version(FILE_NAME)? else {
                return Ok(None);
            };
            match Self::read_parts(store, root) {
                Ok((manifest, parts)) => {
                    return Ok(Some(StandingManifest {
                        manifest,
                        version,
                        parts,
                    }));
                }
                // Another run may have put a new root and removed the parts of this one.
                Err(ReadError::Manifest(_))
                    if attempt < ATTEMPTS && store.version(FILE_NAME)? != Some(version) => {}
                Err(error) => return Err(error),
            }
        }
        unreachable!("the last attempt returns")
    }

    fn read_parts(
        store: &dyn Store,
        root: impl Read,
    ) -> Result<(Self, BTreeSet<String>), ReadError> {
        let root: RootRead = from_json(root)?;
        if !GENERATORS.contains(&root.generator.as_str()) {
            let name = root.generator.escape_default();
            return Err(ManifestError::new(format!("it was written by `{name}`")).into());
        }
        let mut manifest = Self::new(root.frame);
        manifest.files = root.files;
        manifest.stale = root.stale;
        manifest.pieces = root.pieces.entries;
        manifest.unread = root.pieces.unread;
        manifest.audience = root.audience;
        manifest.retired = root.retired;
        let mut seen = BTreeSet::new();
        let mut due: Vec<String> = root.parts.into_values().collect();
        for depth in 0.. {
            if due.is_empty() {
                break;
            }
            if depth > DEEPEST || seen.len() + due.len() > MOST_PARTS {
                return Err(ManifestError::new("its parts have no end".to_owned()).into());
            }
            let paths = due.iter().map(|name| part_path(name));
            let paths: Vec<String> = paths.collect::<Result<_, _>>()?;
            due.clear();
            for part in read_all(store, &paths)? {
                due.extend(part.parts.into_values());
                manifest.files.extend(part.files);
                manifest.stale.extend(part.stale);
                manifest.pieces.extend(part.pieces.entries);
                manifest.unread.extend(part.pieces.unread);
                manifest.retired.extend(part.retired);
            }
            seen.extend(paths);
        }
        let mut pending = root.pending;
        if let Some(part) = root.pending_part {
            let path = part_path(&part)?;
            pending.extend(read_part(store, &path)?.stale);
            seen.insert(path);
        }
        if !pending.is_empty() {
            manifest.keep(|path, _| !pending.contains_key(path));
            manifest.stale.extend(pending);
        }
        manifest.check()?;
        Ok((manifest, seen))
    }

    /// The sums over the files of the site, as `sha256sum -c` reads them: one file, or for many files one that holds the sums
    /// of its parts.
    pub(super) fn sums(&self) -> Vec<(String, Vec<u8>)> {
        const NAME: &str = "SHA256SUMS";
        /// So many lines stand in one file.
        const LINES: usize = 4096;
        let line = |sums: &mut Vec<u8>, sha256: Sha256, path: &str| {
            writeln!(sums, "{sha256}  {path}").expect("memory takes what is written");
        };
        let mut whole = Vec::new();
        if self.files.len() <= LINES {
            for (path, file) in &self.files {
                line(&mut whole, file.sha256, path);
            }
            return vec![(NAME.to_owned(), whole)];
        }
        let mut parts: BTreeMap<u8, Vec<u8>> = BTreeMap::new();
        for (path, file) in &self.files {
            let key = Sha256::of(slug_of(path).unwrap_or(path).as_bytes());
            let part = parts.entry(key.as_bytes()[0]).or_default();
            line(part, file.sha256, path);
        }
        let mut files = Vec::with_capacity(parts.len() + 1);
        for (key, part) in parts {
            let path = format!("sums/{key:02x}.txt");
            line(&mut whole, Sha256::of(&part), &path);
            files.push((path, part));
        }
        files.push((NAME.to_owned(), whole));
        files
    }
}

impl<'a> PartWritten<'a> {
    /// Takes bundles, or parts of them where they are too many.
    fn take(
        &mut self,
        bundles: &[(&[u8; 32], &Bundle<'a>)],
        group: Group,
        depth: usize,
        parts: &mut Parts<'_, '_>,
    ) {
        let limits = group.limits();
        if bundles.len() <= limits[depth.min(1)] || depth == DEEPEST {
            for (_, bundle) in bundles {
                self.files.extend(bundle.files.iter().copied());
                self.stale.extend(bundle.stale.iter().copied());
                self.pieces.extend(bundle.piece);
                self.retired.extend(bundle.retired);
            }
            return;
        }
        for below in bundles.chunk_by(|(a, _), (b, _)| a[depth] == b[depth]) {
            let mut part = Self::default();
            part.take(below, group, depth + 1, parts);
            let key = format!("{}{:02x}", group.letter(), below[0].0[depth]);
            self.parts.insert(key, parts.add(&part));
        }
    }
}

/// The slug of the piece that a path belongs to.
pub(super) fn slug_of(path: &str) -> Option<&str> {
    let below = path.strip_prefix("pieces/")?;
    match below.split_once('/') {
        Some((slug, _)) => Some(slug),
        None => below.strip_suffix(".html"),
    }
}

/// Reads parts, several at once.
fn read_all(store: &dyn Store, paths: &[String]) -> Result<Vec<PartRead>, ReadError> {
    let next = AtomicUsize::new(0);
    let found: Mutex<Vec<Result<PartRead, ReadError>>> = Mutex::default();
    let work = || {
        while let Some(path) = paths.get(next.fetch_add(1, Ordering::Relaxed)) {
            let part = read_part(store, path);
            if part.is_err() {
                next.store(paths.len(), Ordering::Relaxed);
            }
            let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
            found.push(part);
        }
    };
    thread::scope(|scope| {
        for _ in 0..store.concurrency().min(paths.len()) {
            scope.spawn(work);
        }
    });
    let found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    found.into_iter().collect()
}

fn read_part(store: &dyn Store, path: &str) -> Result<PartRead, ReadError> {
    let Some(mut file) = store.read(path)? else {
        return Err(ManifestError::new(format!("its part {path} is missing")).into());
    };
    let mut json = Vec::new();
    let read = file.read_to_end(&mut json);
    read.map_err(|error| ManifestError::new(error.to_string()))?;
    if !path.contains(&Sha256::of(&json).prefix(DIGITS)) {
        return Err(ManifestError::new(format!("its part {path} was altered")).into());
    }
    Ok(from_json(&json[..])?)
}

fn from_json<T: for<'a> Deserialize<'a>>(file: impl Read) -> Result<T, ManifestError> {
    let file = io::BufReader::with_capacity(64 * 1024, file);
    serde_json::from_reader(file).map_err(|error| ManifestError::new(error.to_string()))
}

fn to_json(document: &impl Serialize) -> Vec<u8> {
    let mut json = serde_json::to_vec(document).expect(INVARIANT);
    json.push(b'\n');
    json
}
