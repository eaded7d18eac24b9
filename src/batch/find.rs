//! Finding sources: files and folders as named on the command line to a sorted list of files.
//!
//! Folders are walked as git walks them: hidden entries and what `.gitignore` or `.ignore` name is left out, and
//! symbolic links are not followed, so that neither a link out of the folder nor a loop of folders can lead astray. What
//! stands among pieces and is none, such as a site's file, a theme or what an editor left, is passed over.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use ignore::{DirEntry, WalkBuilder};

use super::{BatchError, other_kind};

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
}

/// Finds the sources: a file named is taken as it is, a folder gives its `.yaml` and `.yml` files.
///
/// # Errors
/// [`BatchError::NoSuchPath`] for a path that does not exist, [`BatchError::NoSource`] when nothing is found.
pub fn find(paths: &[PathBuf]) -> Result<FoundSources, BatchError> {
    let mut found = FoundSources::default();
    for path in paths {
        let metadata = std::fs::metadata(path).map_err(|error| BatchError::NoSuchPath {
            path: path.clone(),
            reason: error.to_string(),
        })?;
        if metadata.is_dir() {
            let errors = found.unreadable.len();
            walk(path, &mut found);
            if found.unreadable.len() == errors {
                found.folders.push(path.clone());
            }
        } else {
            found.sources.push(path.clone());
        }
    }
    found.sources.sort();
    found.sources.dedup();
    found.links.sort();
    found.links.dedup();
    if paths.len() > 1 {
        drop_aliases(&mut found.sources);
    }
    if found.sources.is_empty() && found.unreadable.is_empty() {
        return Err(BatchError::NoSource {
            paths: paths.to_vec(),
        });
    }
    Ok(found)
}

fn walk(folder: &Path, found: &mut FoundSources) {
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
            Ok(entry) => sort_out(entry, found),
            Err(error) => found.unreadable.push(error.to_string()),
        }
    }
}

fn sort_out(entry: DirEntry, found: &mut FoundSources) {
    let Some(kind) = entry.file_type() else {
        return;
    };
    if kind.is_file() && is_source(entry.path()) && !other_kind::is_other(entry.path()) {
        found.sources.push(entry.into_path());
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
fn drop_aliases(sources: &mut Vec<PathBuf>) {
    let mut seen = BTreeMap::new();
    sources.retain(|source| {
        let real = source.canonicalize().unwrap_or_else(|_| source.clone());
        seen.insert(real, ()).is_none()
    });
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
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
