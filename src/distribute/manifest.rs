//! The manifest: every file of a site with its hash, and every piece with what it was built from.
//!
//! It stands at the target and is all that is believed about it: a file is put again unless the manifest says that it stands
//! there with the same bytes. While files are being put, the manifest that stands there names them among the stale: they may
//! be there or not.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::media_type::MediaType;
use super::publication::{Publication, file_path, page_path};
use crate::digest::Sha256;
use crate::piece::{LanguageTag, Slug, Withdrawal};

/// The name of the manifest's file.
pub(super) const FILE_NAME: &str = "manifest.json";

/// What marks a manifest as ours: the form that is written, and the one before it, which is read and upgraded.
pub(super) const GENERATORS: [&str; 2] = ["flashpoint-site-2", "flashpoint-site-1"];

/// The folder of the parts.
pub(super) const FOLDER: &str = "manifest/";

/// So many digits of its hash name a part.
pub(super) const DIGITS: usize = 32;

/// A site's files and pieces.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    /// The hash of what every page shows of the site.
    pub(super) frame: String,
    /// Every file but the manifest itself, by its path.
    pub(super) files: BTreeMap<String, FileEntry>,
    /// Files of an earlier site that no page names any more; pruning removes them.
    pub(super) stale: BTreeMap<String, FileEntry>,
    /// Whether drafts and pieces under an embargo stand there: a target for those who work on them.
    pub(super) audience: Audience,
    /// Pieces that were taken off, by their slugs.
    pub(super) retired: BTreeMap<String, Retired>,
    /// The pieces by their slugs.
    pub(super) pieces: BTreeMap<String, PieceEntry>,
    /// The slugs of pieces that stand there, and of which nothing can be read. They are never written.
    pub(super) unread: BTreeSet<String>,
}

/// Whom a site is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Audience {
    /// Everybody.
    #[default]
    Readers,
    /// Those who work on it: drafts and pieces under an embargo are shown, marked.
    Staff,
}

/// The pieces that can be read, and the slugs of all others. What another edition of this program said of a piece is as good as
/// nothing: the piece is made anew, and its files stay ours.
#[derive(Default)]
pub(super) struct KnownPieces {
    pub(super) entries: BTreeMap<String, PieceEntry>,
    pub(super) unread: BTreeSet<String>,
}

impl<'de> Deserialize<'de> for KnownPieces {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Known {
            // Most are; the other is a word.
            Piece(Box<PieceEntry>),
            Other(IgnoredAny),
        }
        let mut pieces = Self::default();
        for (slug, entry) in BTreeMap::<String, Known>::deserialize(deserializer)? {
            match entry {
                Known::Piece(entry) => {
                    pieces.entries.insert(slug, *entry);
                }
                Known::Other(_) => {
                    pieces.unread.insert(slug);
                }
            }
        }
        Ok(pieces)
    }
}

/// A file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct FileEntry {
    /// Its media type.
    pub(super) media_type: MediaType,
    /// Its size in bytes.
    pub(super) size: u64,
    /// The SHA-256 of its bytes.
    pub(super) sha256: Sha256,
}

/// A piece.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct PieceEntry {
    /// The hash of everything that its files were built from.
    pub(super) inputs: Sha256,
    /// How many files it has, its page among them.
    pub(super) files: usize,
    /// The hash of what its page shows besides the piece: the site's frame, its neighbours, its translations.
    #[serde(default)]
    pub(super) around: Sha256,
    /// Its source's path from the output folder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) source: Option<String>,
    /// The slugs that it had before; their addresses lead to it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) former: Vec<Slug>,
    /// When and why it was withdrawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) withdrawn: Option<Withdrawal>,
    /// The piece that it is a translation of, where that is published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) translation_of: Option<Slug>,
    /// What catalogues say of it.
    pub(super) publication: Shared,
}

/// A piece that was taken off: its address stays, with a notice, and nobody else gets it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Retired {
    /// The UUID of the piece.
    pub(super) uuid: String,
    /// Its language, in which the notice is.
    pub(super) language: LanguageTag,
    /// The slugs that it had before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) former: Vec<Slug>,
}

/// A publication that manifests and the site in the making have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shared(pub(super) Arc<Publication>);

impl Serialize for Shared {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Shared {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Publication::deserialize(deserializer).map(|publication| Self(Arc::new(publication)))
    }
}

/// Why a manifest cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the {FILE_NAME} there is none of ours: {reason}")]
pub(super) struct ManifestError {
    reason: String,
}

impl ManifestError {
    /// For this reason.
    pub(super) fn new(reason: String) -> Self {
        Self { reason }
    }
}

impl Manifest {
    /// The manifest of an empty site that shows this on its pages.
    pub(super) fn new(frame: String) -> Self {
        Self {
            frame,
            ..Self::default()
        }
    }

    /// Looks at what was read; pieces with values that none of ours has count as unread.
    ///
    /// # Errors
    /// [`ManifestError`] when it names a path that leaves the site.
    pub(super) fn check(&mut self) -> Result<(), ManifestError> {
        for path in self.files.keys().chain(self.stale.keys()) {
            if !is_safe(path) {
                return Err(ManifestError::new(format!(
                    "it names the path `{}`",
                    path.escape_default()
                )));
            }
        }
        let unsound = self
            .pieces
            .extract_if(.., |slug, piece| !piece.publication.0.is_sound(slug));
        self.unread.extend(unsound.map(|(slug, _)| slug));
        let files = &self.files;
        self.unread
            .retain(|slug| Slug::parse(slug).is_ok() && files.contains_key(&page_path(slug)));
        self.retired.retain(|slug, _| Slug::parse(slug).is_ok());
        Ok(())
    }

    /// The files of a piece, its page among them.
    pub(super) fn files_of(&self, slug: &str) -> impl Iterator<Item = (&String, &FileEntry)> {
        let page = self.files.get_key_value(&page_path(slug));
        let folder = file_path(slug, "");
        let below = self.files.range(folder.clone()..);
        below
            .take_while(move |(path, _)| path.starts_with(&folder))
            .chain(page)
    }

    /// Keeps the files that a test holds for, and the pieces that have all of theirs.
    pub(super) fn keep(&mut self, holds: impl Fn(&str, &FileEntry) -> bool) {
        self.files.retain(|path, file| holds(path, file));
        self.stale.retain(|path, file| holds(path, file));
        let mut pieces = std::mem::take(&mut self.pieces);
        pieces.retain(|slug, piece| piece.files == self.files_of(slug).count());
        self.pieces = pieces;
    }
}

/// Whether a path is one that a site of ours can have: relative, below the site, of plain characters.
pub(super) fn is_safe(path: &str) -> bool {
    !path.is_empty()
        && path != FILE_NAME
        && !is_part(path)
        && path.split('/').all(|part| {
            !part.is_empty()
                && !part.starts_with('.')
                && part
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
        })
}

/// Whether a path is that of a part.
pub(super) fn is_part(path: &str) -> bool {
    let name = path.strip_prefix(FOLDER);
    let name = name.and_then(|name| name.strip_suffix(".json"));
    name.is_some_and(|name| part_path(name).is_ok())
}

pub(super) fn part_path(name: &str) -> Result<String, ManifestError> {
    let is_ours =
        name.len() == DIGITS && name.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    match is_ours {
        true => Ok(format!("{FOLDER}{name}.json")),
        false => Err(ManifestError::new(format!(
            "it names the part `{}`",
            name.escape_default()
        ))),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::super::manifest_parts::ReadError;
    use super::super::media_type::HTML;
    use super::*;
    use crate::store::StoreAddress;

    fn entry(bytes: &str) -> FileEntry {
        FileEntry {
            media_type: MediaType(HTML),
            size: bytes.len() as u64,
            sha256: Sha256::of(bytes.as_bytes()),
        }
    }

    /// Writes documents into a folder, but for the parts that stand there, and tells how many bytes were new.
    fn put(folder: &std::path::Path, manifest: &Manifest) -> usize {
        std::fs::create_dir_all(folder.join("manifest")).unwrap();
        let mut sent = 0;
        let documents = manifest.documents(&BTreeMap::new(), &mut |path, bytes| {
            if !folder.join(&path).exists() {
                sent += bytes.len();
                std::fs::write(folder.join(path), bytes).unwrap();
            }
        });
        assert!(
            documents
                .parts
                .iter()
                .all(|path| folder.join(path).exists())
        );
        std::fs::write(folder.join(FILE_NAME), &documents.root).unwrap();
        sent + documents.root.len()
    }

    fn read(folder: &std::path::Path) -> Result<Manifest, String> {
        let store = StoreAddress::Folder(folder.to_owned()).open().unwrap();
        match Manifest::read(store.as_ref()) {
            Ok(standing) => Ok(standing.unwrap().manifest),
            Err(ReadError::Manifest(error)) => Err(error.to_string()),
            Err(ReadError::Store(error)) => Err(error.to_string()),
        }
    }

    #[test]
    fn a_manifest_that_leaves_the_site_is_none_of_ours() {
        let folder = tempfile::tempdir().unwrap();
        let mut manifest = Manifest::default();
        let entry = entry("x");
        manifest
            .files
            .insert("pieces/a.html".to_owned(), entry.clone());
        put(folder.path(), &manifest);
        assert_eq!(read(folder.path()).unwrap(), manifest);
        let part = format!("manifest/{}.json", "0".repeat(32));
        for path in [
            "../a",
            "/etc/passwd",
            "a//b",
            ".git/config",
            "a/..",
            "a\\b",
            "manifest.json",
            &part,
            "",
        ] {
            let mut hostile = manifest.clone();
            hostile.stale.insert(path.to_owned(), entry.clone());
            put(folder.path(), &hostile);
            assert!(read(folder.path()).is_err(), "{path}");
        }
        for root in [
            "{\"name\": \"an app\"}",
            r#"{"generator": "flashpoint-site-2", "parts": {"p00": "../../x"}}"#,
            r#"{"generator": "flashpoint-site-2", "parts": {"p00": "00000000000000000000000000000000"}}"#,
            r#"{"generator": "flashpoint-site-3", "files": {}}"#,
        ] {
            std::fs::write(folder.path().join(FILE_NAME), root).unwrap();
            assert!(read(folder.path()).is_err(), "{root}");
        }
    }

    #[test]
    fn what_another_version_said_of_a_piece_is_read_as_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let old = r#"{"generator": "flashpoint-site-1", "files": {}, "pieces": {"a": {"publication": {"slug": "a", "doi": "no DOI"}}}}"#;
        std::fs::write(folder.path().join(FILE_NAME), old).unwrap();
        assert_eq!(read(folder.path()), Ok(Manifest::default()));
    }

    #[test]
    fn one_changed_piece_of_many_sends_kilobytes() {
        let folder = tempfile::tempdir().unwrap();
        let mut manifest = Manifest::new("frame".to_owned());
        for n in 0..20_000 {
            for name in ["a.pdf", "a.docx", "cover.png"] {
                let path = format!("pieces/piece-{n}/{name}");
                manifest.files.insert(path, entry("x"));
            }
            let page = format!("index-page-{n}.html");
            manifest.files.insert(page, entry("y"));
        }
        let whole = put(folder.path(), &manifest);
        assert!(whole > 10_000_000, "{whole}");
        assert_eq!(read(folder.path()).unwrap(), manifest);
        manifest
            .files
            .insert("pieces/piece-7/a.pdf".to_owned(), entry("changed"));
        manifest
            .files
            .insert("index-page-9.html".to_owned(), entry("changed"));
        let sent = put(folder.path(), &manifest);
        assert!(sent < 120_000, "{sent}");
        assert_eq!(read(folder.path()).unwrap(), manifest);

        let sums = manifest.sums();
        let (name, whole) = sums.last().unwrap();
        assert_eq!(name, "SHA256SUMS");
        assert_eq!(whole.split(|b| *b == b'\n').count(), sums.len());
        let lines: usize = sums[..sums.len() - 1]
            .iter()
            .map(|(_, part)| part.iter().filter(|b| **b == b'\n').count())
            .sum();
        assert_eq!(lines, manifest.files.len());
    }

    #[test]
    fn what_was_about_to_be_put_may_stand_there_or_not() {
        let folder = tempfile::tempdir().unwrap();
        let mut manifest = Manifest::default();
        manifest.files.insert("a.html".to_owned(), entry("old"));
        manifest.files.insert("b.html".to_owned(), entry("old"));
        let new = entry("new");
        std::fs::create_dir_all(folder.path().join("manifest")).unwrap();
        let pending = BTreeMap::from([("a.html", &new)]);
        let documents = manifest.documents(&pending, &mut |path, bytes| {
            std::fs::write(folder.path().join(path), bytes).unwrap();
        });
        std::fs::write(folder.path().join(FILE_NAME), &documents.root).unwrap();
        let found = read(folder.path()).unwrap();
        assert_eq!(found.files.keys().collect::<Vec<_>>(), ["b.html"]);
        assert_eq!(found.stale["a.html"], new);
    }
}
