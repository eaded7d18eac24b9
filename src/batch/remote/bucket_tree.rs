//! The folder of this machine that keeps what is fetched from a bucket.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::super::find::is_source;
use super::keys::unfit;
use super::place::{Place, RemoteError};
use crate::store::Store;

/// The largest source and image that are fetched: one byte more than loading takes, so that it tells.
pub(super) const SOURCE: u64 = (16 << 20) + 1;
pub(super) const IMAGE: u64 = (32 << 20) + 1;

/// The most files that a project and its theme may name.
const MOST_NAMED: usize = 256;

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

    /// Writes what was fetched.
    ///
    /// # Errors
    /// [`io::Error`].
    pub(super) fn write(&self, below: &str, bytes: &[u8]) -> io::Result<()> {
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

#[cfg(test)]
mod tests {
    use super::*;

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
