//! The manifest: every file of a site with its hash, and every piece with what it was built from.
//!
//! It stands at the target and is all that is believed about it: a file is put again unless the manifest says that it stands
//! there with the same bytes. While files are being put, the manifest that stands there names them among the stale: they may
//! be there or not.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, BufReader, Read, Write};
use std::sync::Arc;

use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::planned_file::MEDIA_TYPES;
use super::publication::{Publication, file_path, page_path};
use crate::digest::Sha256;
use crate::editions::FORMATS;

/// The name of the manifest's file.
pub(super) const FILE_NAME: &str = "manifest.json";

/// What marks a manifest as ours; its number changes with the form.
const GENERATOR: &str = "flashpoint-site-1";

/// A site's files and pieces.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    generator: String,
    /// The hash of what every page shows of the site.
    #[serde(default)]
    pub(super) frame: String,
    /// Every file but the manifest itself, by its path.
    pub(super) files: BTreeMap<String, FileEntry>,
    /// Files of an earlier site that no page names any more; pruning removes them.
    #[serde(default)]
    pub(super) stale: BTreeMap<String, FileEntry>,
    /// The pieces by their slugs.
    #[serde(deserialize_with = "known_pieces")]
    pub(super) pieces: BTreeMap<String, PieceEntry>,
}

/// The pieces that can be read. What another edition of this program said of a piece is as good as nothing: the piece is made
/// anew, and its files stay ours.
fn known_pieces<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<String, PieceEntry>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Known {
        Piece(PieceEntry),
        Other(IgnoredAny),
    }
    let entries = BTreeMap::<String, Known>::deserialize(deserializer)?.into_iter();
    let known = entries.filter_map(|(slug, entry)| match entry {
        Known::Piece(entry) => Some((slug, entry)),
        Known::Other(_) => None,
    });
    Ok(known.collect())
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

/// One of the media types that our files have; any other is read as nothing, and a file with it is put again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) struct MediaType(pub(super) &'static str);

impl<'de> Deserialize<'de> for MediaType {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        let formats = FORMATS.iter().map(|format| format.media_type);
        let mut known = formats.chain(MEDIA_TYPES.iter().copied());
        Ok(Self(known.find(|known| *known == text).unwrap_or_default()))
    }
}

/// A piece.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct PieceEntry {
    /// The hash of everything that its files were built from.
    pub(super) inputs: Sha256,
    /// How many files it has, its page among them.
    pub(super) files: usize,
    /// What catalogues say of it.
    pub(super) publication: Shared,
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

impl Default for Manifest {
    fn default() -> Self {
        Self::new(String::new())
    }
}

impl Manifest {
    /// The manifest of an empty site that shows this on its pages.
    pub(super) fn new(frame: String) -> Self {
        Self {
            generator: GENERATOR.to_owned(),
            frame,
            files: BTreeMap::new(),
            stale: BTreeMap::new(),
            pieces: BTreeMap::new(),
        }
    }

    /// Reads a manifest; pieces with values that none of ours has are left out of it.
    ///
    /// # Errors
    /// [`ManifestError`] when it is not of our form, or names a path that leaves the site.
    pub(super) fn parse(file: impl Read) -> Result<Self, ManifestError> {
        let file = BufReader::with_capacity(64 * 1024, file);
        let mut manifest: Self = serde_json::from_reader(file).map_err(|error| ManifestError {
            reason: error.to_string(),
        })?;
        if manifest.generator != GENERATOR {
            return Err(ManifestError {
                reason: format!(
                    "it was written by `{}`",
                    manifest.generator.escape_default()
                ),
            });
        }
        for path in manifest.files.keys().chain(manifest.stale.keys()) {
            if !is_safe(path) {
                return Err(ManifestError {
                    reason: format!("it names the path `{}`", path.escape_default()),
                });
            }
        }
        let pieces = &mut manifest.pieces;
        pieces.retain(|slug, piece| piece.publication.0.is_sound(slug));
        Ok(manifest)
    }

    /// The manifest as a file.
    pub(super) fn to_json(&self) -> Vec<u8> {
        const INVARIANT: &str = "a manifest has only text keys, and memory takes what is written";
        // That of a large site has 40 MB: it is measured first, since a vector that grows needs twice that.
        let mut measure = Measure(0);
        serde_json::to_writer(&mut measure, self).expect(INVARIANT);
        let mut json = Vec::with_capacity(measure.0 + 1);
        serde_json::to_writer(&mut json, self).expect(INVARIANT);
        json.push(b'\n');
        json
    }

    /// `SHA256SUMS` over the files of the site, as `sha256sum -c` reads it.
    pub(super) fn sums(&self) -> Vec<u8> {
        let length = self.files.keys().map(|path| 64 + 2 + path.len() + 1);
        let mut sums = Vec::with_capacity(length.sum());
        for (path, file) in &self.files {
            writeln!(sums, "{}  {path}", file.sha256).expect("memory takes what is written");
        }
        sums
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

/// Counts what is written.
struct Measure(usize);

impl Write for Measure {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Whether a path is one that a site of ours can have: relative, below the site, of plain characters.
pub(super) fn is_safe(path: &str) -> bool {
    !path.is_empty()
        && path != FILE_NAME
        && path.split('/').all(|part| {
            !part.is_empty()
                && !part.starts_with('.')
                && part
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
        })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::super::planned_file::HTML;
    use super::*;

    #[test]
    fn a_manifest_that_leaves_the_site_is_none_of_ours() {
        let mut manifest = Manifest::default();
        let entry = FileEntry {
            media_type: MediaType(HTML),
            size: 1,
            sha256: Sha256::of(b"x"),
        };
        manifest
            .files
            .insert("pieces/a.html".to_owned(), entry.clone());
        assert_eq!(Manifest::parse(&manifest.to_json()[..]).unwrap(), manifest);
        for path in [
            "../a",
            "/etc/passwd",
            "a//b",
            ".git/config",
            "a/..",
            "a\\b",
            "manifest.json",
            "",
        ] {
            let mut hostile = manifest.clone();
            hostile.stale.insert(path.to_owned(), entry.clone());
            assert!(Manifest::parse(&hostile.to_json()[..]).is_err(), "{path}");
        }
        assert!(Manifest::parse(&b"{\"name\": \"an app\"}"[..]).is_err());
    }

    #[test]
    fn what_another_version_said_of_a_piece_is_read_as_nothing() {
        let json = Manifest::default().to_json();
        let json = String::from_utf8(json).unwrap();
        let other = r#""pieces":{"a":{"publication":{"slug":"a","doi":"no DOI"}}}"#;
        let json = json.replace("\"pieces\":{}", other);
        let manifest = Manifest::parse(json.as_bytes()).unwrap();
        assert!(json.contains("no DOI") && manifest.pieces.is_empty());
    }
}
