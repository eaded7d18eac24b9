//! Finding sources: files and folders as named on the command line to a sorted list of files.
//!
//! Folders are walked as git walks them: hidden entries and what `.gitignore` or `.ignore` name is left out, and
//! symbolic links are not followed, so that neither a link out of the folder nor a loop of folders can lead astray. What
//! stands among pieces and is none, such as a site's file, a theme or what an editor left, is passed over.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use ignore::{DirEntry, WalkBuilder};

use super::BatchError;
use super::other_kind::{SourceKind, kind_of};
use super::plan::SourcePaths;
use super::selection::Selection;
use super::shard::PathHash;
use super::shard_list::ShardList;

/// What was found.
#[derive(Debug, Default)]
pub struct FoundSources {
    /// The source files, each once, in the order of their paths.
    pub sources: Vec<PathBuf>,
    /// The folders that were named and read without an error.
    pub folders: Vec<PathBuf>,
    /// Symbolic links that were met in folders and not followed.
    pub links: Vec<PathBuf>,
    /// What could not be read while walking.
    pub unreadable: Vec<String>,
    /// Files in folders that hold nothing: no pieces, unless one stood there.
    pub emptied: Vec<PathBuf>,
}

impl FoundSources {
    /// Takes files that hold nothing among the sources where pieces are recorded to have stood, beside editions in a folder: a disk
    /// was full, or a file was cut off while it was saved, and no piece is gone.
    pub(crate) fn know<'r>(&mut self, dist: &Path, recorded: impl Iterator<Item = &'r str>) {
        if self.emptied.is_empty() {
            return;
        }
        let paths = SourcePaths::of(dist);
        let places: BTreeSet<PathBuf> = recorded.filter_map(|path| paths.place(path)).collect();
        let stood = |path: &mut PathBuf| path.canonicalize().is_ok_and(|own| places.contains(&own));
        self.sources.extend(self.emptied.extract_if(.., stood));
        self.sources.sort();
    }
}

/// A source as listing gives it, before any is opened.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SourceEntry {
    /// Its path, the root included.
    pub(super) path: PathBuf,
    /// Its path below the root that was named; of a file that was named itself, its name.
    pub(super) below: PathBuf,
    origin: Origin,
}

/// Why a file is among the sources; what was named comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Origin {
    Named,
    Walked,
}

/// Finds the sources: a file named is taken as it is, a folder gives its `.yaml` and `.yml` files.
///
/// # Errors
/// [`BatchError::NoSuchPath`] for a path that does not exist, [`BatchError::NoSource`] when nothing is found.
pub fn find(paths: &[PathBuf]) -> Result<FoundSources, BatchError> {
    find_selected(paths, &Selection::All)
}

/// Finds the sources of a selection. Those of other shards are listed, where that is needed, and not opened.
///
/// # Errors
/// As [`find`]; a shard may be empty, as long as some source is found.
pub(super) fn find_selected(
    paths: &[PathBuf],
    selection: &Selection,
) -> Result<FoundSources, BatchError> {
    let (mut found, mut entries) = match selection {
        Selection::Listed(list) => named_in(paths, list)?,
        Selection::All | Selection::Shard(_) => list(paths)?,
    };
    let is_empty = entries.is_empty();
    if let Selection::Shard(shard) = selection {
        let range = shard.range();
        entries.retain(|entry| range.holds(PathHash::of(&entry.below)));
    }
    for entry in entries {
        let kind = match entry.origin {
            Origin::Named => SourceKind::Piece,
            Origin::Walked => kind_of(&entry.path),
        };
        match kind {
            SourceKind::Piece => found.sources.push(entry.path),
            SourceKind::Empty => found.emptied.push(entry.path),
            SourceKind::Other => {}
        }
    }
    let is_empty = match selection {
        Selection::All => found.sources.is_empty(),
        Selection::Shard(_) => is_empty,
        Selection::Listed(_) => false,
    };
    if is_empty && found.unreadable.is_empty() {
        return Err(BatchError::NoSource {
            paths: paths.to_vec(),
        });
    }
    Ok(found)
}

/// The sources of a folder, none of them opened, in the order of their paths.
pub(super) fn list_sources(root: &Path) -> Result<Vec<SourceEntry>, BatchError> {
    let paths = [root.to_owned()];
    let (found, entries) = list(&paths)?;
    match found.unreadable.first() {
        Some(reason) => Err(BatchError::NoSuchPath {
            path: root.to_owned(),
            reason: reason.clone(),
        }),
        None if entries.is_empty() => Err(BatchError::NoSource {
            paths: paths.to_vec(),
        }),
        None => Ok(entries),
    }
}

/// What stands under the paths, in order, each once.
fn list(paths: &[PathBuf]) -> Result<(FoundSources, Vec<SourceEntry>), BatchError> {
    let mut found = FoundSources::default();
    let mut entries = Vec::new();
    for path in paths {
        let metadata = std::fs::metadata(path).map_err(|error| no_such_path(path, &error))?;
        if metadata.is_dir() {
            let errors = found.unreadable.len();
            walk(path, &mut found, &mut entries);
            if found.unreadable.len() == errors {
                found.folders.push(path.clone());
            }
        } else {
            entries.push(SourceEntry {
                path: path.clone(),
                below: PathBuf::from(path.file_name().unwrap_or_default()),
                origin: Origin::Named,
            });
        }
    }
    entries.sort_by(|a, b| (&a.path, a.origin, &a.below).cmp(&(&b.path, b.origin, &b.below)));
    entries.dedup_by(|later, first| later.path == first.path);
    found.links.sort();
    found.links.dedup();
    if paths.len() > 1 {
        drop_aliases(&mut entries);
    }
    Ok((found, entries))
}

/// The sources that a list names, below the one root. Whatever is no plain file there any more is told.
fn named_in(
    paths: &[PathBuf],
    list: &ShardList,
) -> Result<(FoundSources, Vec<SourceEntry>), BatchError> {
    let mut found = FoundSources::default();
    let [root] = paths else {
        return Err(BatchError::ListOfRoots);
    };
    let inside = root
        .canonicalize()
        .map_err(|error| no_such_path(root, &error))?;
    let mut entries = Vec::new();
    for below in &list.paths {
        let path = root.join(below);
        match is_plain_below(&path, &inside) {
            Ok(true) => entries.push(SourceEntry {
                path,
                below: below.clone(),
                origin: Origin::Walked,
            }),
            Ok(false) => {
                let path = path.display();
                let reason = format!("{path}: it is no plain file of the folder named");
                found.unreadable.push(reason);
            }
            Err(error) => {
                let path = path.display();
                found.unreadable.push(format!("{path}: {error}"));
            }
        }
    }
    entries.sort();
    entries.dedup();
    Ok((found, entries))
}

/// Whether a path is that of a plain file, no link, that no link above it leads out of a folder.
fn is_plain_below(path: &Path, folder: &Path) -> std::io::Result<bool> {
    let is_plain = std::fs::symlink_metadata(path)?.is_file();
    Ok(is_plain && path.canonicalize()?.starts_with(folder))
}

fn no_such_path(path: &Path, error: &std::io::Error) -> BatchError {
    BatchError::NoSuchPath {
        path: path.to_owned(),
        reason: error.to_string(),
    }
}

fn walk(folder: &Path, found: &mut FoundSources, entries: &mut Vec<SourceEntry>) {
    let walker = WalkBuilder::new(folder)
        .follow_links(false)
        // A `.gitignore` counts whether or not the folder is under git's care; those of the folders
        // above count only inside a repository, where git would read them too.
        .require_git(false)
        .parents(is_in_repository(folder))
        // The user's own git configuration would make one source give two results on two machines.
        .git_global(false)
        .build();
    for entry in walker {
        match entry {
            Ok(entry) => sort_out(folder, entry, found, entries),
            Err(error) => found.unreadable.push(error.to_string()),
        }
    }
}

fn sort_out(
    folder: &Path,
    entry: DirEntry,
    found: &mut FoundSources,
    entries: &mut Vec<SourceEntry>,
) {
    let Some(kind) = entry.file_type() else {
        return;
    };
    if kind.is_file() && is_source(entry.path()) {
        let path = entry.into_path();
        entries.push(SourceEntry {
            below: path.strip_prefix(folder).unwrap_or(&path).to_owned(),
            path,
            origin: Origin::Walked,
        });
    } else if kind.is_symlink() && (is_source(entry.path()) || entry.path().is_dir()) {
        found.links.push(entry.into_path());
    }
}

/// Every YAML file under a folder, ignored and hidden ones too.
pub(super) fn all_files(folder: &Path) -> Vec<PathBuf> {
    let walker = WalkBuilder::new(folder)
        .follow_links(false)
        .standard_filters(false)
        .build();
    let files = walker.filter_map(Result::ok);
    let files = files.filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()));
    let paths = files.map(DirEntry::into_path);
    paths.filter(|path| is_source(path)).collect()
}

/// Whether a path has the name of a source.
#[must_use]
pub fn is_source(path: &Path) -> bool {
    path.extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("yaml") || e.eq_ignore_ascii_case("yml"))
}

fn is_in_repository(folder: &Path) -> bool {
    folder
        .canonicalize()
        .is_ok_and(|folder| folder.ancestors().any(|above| above.join(".git").exists()))
}

/// Keeps one name of each file, the first in order: `a.yaml ./a.yaml source source/a.yaml` may name it often.
fn drop_aliases(entries: &mut Vec<SourceEntry>) {
    let real = |path: &PathBuf| path.canonicalize().unwrap_or_else(|_| path.clone());
    let mut origins: BTreeMap<PathBuf, Origin> = BTreeMap::new();
    for entry in entries.iter() {
        let known = origins.entry(real(&entry.path)).or_insert(entry.origin);
        *known = (*known).min(entry.origin);
    }
    entries.retain_mut(|entry| match origins.remove(&real(&entry.path)) {
        Some(origin) => {
            entry.origin = origin;
            true
        }
        None => false,
    });
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::batch::Shard;
    use std::fs;

    fn names(found: &FoundSources, root: &Path) -> Vec<String> {
        let relative = found
            .sources
            .iter()
            .map(|p| p.strip_prefix(root).unwrap().display().to_string());
        relative.collect()
    }

    #[test]
    fn a_folder_is_walked_as_git_walks_it() {
        let root = tempfile::tempdir().unwrap();
        let at = |name: &str| root.path().join(name);
        fs::create_dir_all(at("b/.hidden")).unwrap();
        fs::create_dir_all(at("drafts")).unwrap();
        for name in [
            "z.yml",
            "a.YAML",
            "b/c.yaml",
            "b/.hidden/no.yaml",
            ".no.yaml",
            "drafts/no.yaml",
            "notes.txt",
        ] {
            fs::write(at(name), "x").unwrap();
        }
        fs::write(at(".gitignore"), "drafts/\n").unwrap();
        let found = find(&[root.path().to_owned()]).unwrap();
        assert_eq!(names(&found, root.path()), ["a.YAML", "b/c.yaml", "z.yml"]);
    }

    #[test]
    fn what_is_no_piece_is_passed_over_in_folders_and_read_where_it_is_named() {
        let root = tempfile::tempdir().unwrap();
        let at = |name: &str| root.path().join(name);
        for (name, text) in [
            ("a.yaml", "series: A\ntitle: B\n"),
            ("site.yaml", "title: The site\nlanguage: en\n"),
            ("other-site.yml", "base_url: https://example.org/\n"),
            (
                "house.yaml",
                "# ours\nname: house\ncolours:\n  accent: \"#102030\"\n",
            ),
            ("flashpoint.yaml", "defaults: {}\n"),
            ("~$a.yaml", "series: A\n"),
            ("a.yaml~", "series: A\n"),
            ("empty.yaml", ""),
            ("broken.yaml", "titel: B\n  : [\n"),
        ] {
            fs::write(at(name), text).unwrap();
        }
        let found = find(&[root.path().to_owned()]).unwrap();
        assert_eq!(names(&found, root.path()), ["a.yaml", "broken.yaml"]);
        assert_eq!(found.folders, [root.path()]);
        let found = find(&[at("empty.yaml")]).unwrap();
        assert_eq!(names(&found, root.path()), ["empty.yaml"]);
    }

    #[test]
    fn a_file_named_in_several_ways_is_found_once() {
        let root = tempfile::tempdir().unwrap();
        let file = root.path().join("a.yaml");
        fs::write(&file, "x").unwrap();
        let again = root.path().join("./a.yaml");
        let found = find(&[root.path().to_owned(), file, again]).unwrap();
        assert_eq!(names(&found, root.path()), ["a.yaml"]);
    }

    #[test]
    fn every_source_is_in_one_shard_whatever_their_number() {
        let root = tempfile::tempdir().unwrap();
        let pieces = 40;
        for number in 0..pieces {
            fs::write(root.path().join(format!("{number}.yaml")), "x").unwrap();
        }
        for of in [1, 3, 7, 64] {
            let mut seen = Vec::new();
            for number in 1..=of {
                let shard = Selection::Shard(Shard::new(number, of).unwrap());
                let found = find_selected(&[root.path().to_owned()], &shard).unwrap();
                seen.extend(found.sources);
            }
            assert_eq!(seen.len(), pieces);
            seen.sort();
            seen.dedup();
            assert_eq!(seen.len(), pieces);
        }
    }

    #[test]
    fn links_are_told_and_not_followed() {
        let root = tempfile::tempdir().unwrap();
        let outside = tempfile::tempdir().unwrap();
        let at = |name: &str| root.path().join(name);
        fs::write(at("a.yaml"), "x").unwrap();
        fs::write(outside.path().join("out.yaml"), "x").unwrap();
        std::os::unix::fs::symlink(root.path(), at("loop")).unwrap();
        std::os::unix::fs::symlink(outside.path().join("out.yaml"), at("out.yaml")).unwrap();
        let found = find(&[root.path().to_owned()]).unwrap();
        assert_eq!(names(&found, root.path()), ["a.yaml"]);
        assert_eq!(found.links, [at("loop"), at("out.yaml")]);
    }

    #[test]
    fn a_missing_path_and_an_empty_folder_are_refused() {
        let root = tempfile::tempdir().unwrap();
        let missing = root.path().join("missing");
        assert!(matches!(
            find(std::slice::from_ref(&missing)),
            Err(BatchError::NoSuchPath { path, .. }) if path == missing
        ));
        assert!(matches!(
            find(&[root.path().to_owned()]),
            Err(BatchError::NoSource { .. })
        ));
    }
}
