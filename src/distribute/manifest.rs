//! The manifest: every file of a site with its hash, and every piece with what it was made from.
//!
//! It stands at the target and is all that is believed about it: a file is put again unless the manifest says that it stands
//! there with the same bytes. While files are being put, the manifest that stands there no longer names them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::publication::Publication;

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
    pub(super) pieces: BTreeMap<String, PieceEntry>,
}

/// A file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct FileEntry {
    /// Its media type.
    pub(super) media_type: String,
    /// Its size in bytes.
    pub(super) size: u64,
    /// The SHA-256 of its bytes in lower-case hexadecimal.
    pub(super) sha256: String,
}

/// A piece.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct PieceEntry {
    /// The hash of everything that its files were made from.
    pub(super) inputs: String,
    /// The paths of its files.
    pub(super) files: Vec<String>,
    /// What catalogues say of it.
    pub(super) publication: Publication,
}

/// Why a manifest cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the {FILE_NAME} there is none of ours: {reason}")]
pub(super) struct Foreign {
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

    /// Reads a manifest.
    ///
    /// # Errors
    /// [`Foreign`] when it is not of our form, or names a path that leaves the site.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, Foreign> {
        let manifest: Self = serde_json::from_slice(bytes).map_err(|error| Foreign {
            reason: error.to_string(),
        })?;
        if manifest.generator != GENERATOR {
            return Err(Foreign {
                reason: format!(
                    "it was written by `{}`",
                    manifest.generator.escape_default()
                ),
            });
        }
        let paths = manifest.files.keys().chain(manifest.stale.keys());
        let paths = paths.chain(manifest.pieces.values().flat_map(|piece| &piece.files));
        for path in paths {
            if !is_safe(path) {
                return Err(Foreign {
                    reason: format!("it names the path `{}`", path.escape_default()),
                });
            }
        }
        Ok(manifest)
    }

    /// The manifest as a file.
    pub(super) fn to_json(&self) -> Vec<u8> {
        let mut json = serde_json::to_vec(self).expect("a manifest has only text keys");
        json.push(b'\n');
        json
    }

    /// `SHA256SUMS` over the files of the site, as `sha256sum -c` reads it.
    pub(super) fn sums<'a>(files: impl IntoIterator<Item = (&'a String, &'a FileEntry)>) -> String {
        files
            .into_iter()
            .map(|(path, file)| format!("{}  {path}\n", file.sha256))
            .collect()
    }

    /// Keeps the files that a test holds for, and the pieces that have all of theirs.
    pub(super) fn keep(&mut self, holds: impl Fn(&str, &FileEntry) -> bool) {
        self.files.retain(|path, file| holds(path, file));
        self.stale.retain(|path, file| holds(path, file));
        let files = &self.files;
        self.pieces
            .retain(|_, piece| piece.files.iter().all(|path| files.contains_key(path)));
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
    use super::*;

    #[test]
    fn a_manifest_that_leaves_the_site_is_none_of_ours() {
        let mut manifest = Manifest::default();
        let entry = FileEntry {
            media_type: "text/html".to_owned(),
            size: 1,
            sha256: "00".to_owned(),
        };
        manifest
            .files
            .insert("pieces/a.html".to_owned(), entry.clone());
        assert_eq!(Manifest::parse(&manifest.to_json()).unwrap(), manifest);
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
            assert!(Manifest::parse(&hostile.to_json()).is_err(), "{path}");
        }
        assert!(Manifest::parse(b"{\"name\": \"an app\"}").is_err());
    }
}
