//! Which project a source belongs to: the file that was named, or the nearest one above the source.
//!
//! The search ends at the root of a repository, at the home folder and at the border of a file system, and a file that another
//! user owns is not used: what somebody else put into a folder above, such as `/tmp`, decides nothing.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::{FoundProject, NAMES, Project, ProjectError, file};
use crate::platform::Ground;

/// Where projects are looked for.
#[derive(Debug)]
pub struct Projects {
    choice: Choice,
    /// What was found for each folder.
    found: Mutex<BTreeMap<PathBuf, FoundProject>>,
    /// What was passed over.
    passed: Mutex<BTreeMap<PathBuf, PassedOver>>,
}

/// Why something with the name of a project was passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PassedOver {
    /// It is another user's.
    Foreign,
    /// It is a link.
    Link,
    /// It is a folder, a pipe or a device.
    NoFile,
}

#[derive(Debug)]
enum Choice {
    /// Pieces stand alone.
    None,
    /// All pieces belong to this one.
    Named(Arc<Project>),
    /// Each piece belongs to the nearest one above it; not past the home folder.
    Above { home: Option<PathBuf> },
}

impl Projects {
    /// No project: pieces stand alone.
    #[must_use]
    pub fn none() -> Self {
        Self::of(Choice::None)
    }

    /// The project of a file, for all pieces.
    ///
    /// # Errors
    /// [`ProjectError`] with what is wrong in the file.
    pub fn named(path: &Path) -> Result<Self, ProjectError> {
        Ok(Self::of(Choice::Named(Arc::new(file::read(path)?))))
    }

    /// The nearest project above each piece, not past the home folder.
    #[must_use]
    pub fn above(home: Option<PathBuf>) -> Self {
        let home = home.and_then(|home| home.canonicalize().ok());
        Self::of(Choice::Above { home })
    }

    /// What was passed over so far.
    #[must_use]
    pub fn passed_over(&self) -> BTreeMap<PathBuf, PassedOver> {
        let passed = self.passed.lock().unwrap_or_else(PoisonError::into_inner);
        passed.clone()
    }

    fn of(choice: Choice) -> Self {
        Self {
            choice,
            found: Mutex::default(),
            passed: Mutex::default(),
        }
    }

    /// The project of a source, or of the sources in a folder.
    ///
    /// # Errors
    /// The project's file, where it cannot be used.
    pub fn of_source(&self, source: &Path) -> FoundProject {
        let home = match &self.choice {
            Choice::None => return Ok(None),
            Choice::Named(project) => return Ok(Some(Arc::clone(project))),
            Choice::Above { home } => home.as_deref(),
        };
        let folder = match source.is_dir() {
            true => source,
            false => source.parent().unwrap_or(Path::new("")),
        };
        let folder = match folder.as_os_str().is_empty() {
            true => Path::new("."),
            false => folder,
        };
        let mut known = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = known.get(folder) {
            return found.clone();
        }
        let read = |path: PathBuf| file::read(&path).map(Arc::new).map_err(Arc::new);
        let (path, passed) = find(folder, home);
        let mut all = self.passed.lock().unwrap_or_else(PoisonError::into_inner);
        all.extend(passed);
        drop(all);
        // Folders of one project share it.
        let same = |found: &&FoundProject| matches!((found, &path), (Ok(Some(project)), Some(path)) if project.path == *path);
        let shared = known.values().find(same).cloned();
        let found = shared.unwrap_or_else(|| path.map(read).transpose());
        known.insert(folder.to_owned(), found.clone());
        found
    }
}

/// The nearest file of a project in a folder or above it, and what was passed over on the way.
fn find(folder: &Path, home: Option<&Path>) -> (Option<PathBuf>, Vec<(PathBuf, PassedOver)>) {
    let mut passed = Vec::new();
    let found = search(folder, home, &mut passed);
    (found, passed)
}

fn search(
    folder: &Path,
    home: Option<&Path>,
    passed: &mut Vec<(PathBuf, PassedOver)>,
) -> Option<PathBuf> {
    let folder = folder.canonicalize().ok()?;
    let ground = Ground::of(&folder).ok()?;
    for above in folder.ancestors() {
        if !ground.reaches(above) {
            return None;
        }
        for name in NAMES {
            let file = above.join(name);
            let Ok(found) = fs::symlink_metadata(&file) else {
                continue;
            };
            let why = match found.file_type() {
                kind if kind.is_symlink() => PassedOver::Link,
                kind if !kind.is_file() => PassedOver::NoFile,
                _ if ground.owns(&file, &found) => return Some(file),
                _ => PassedOver::Foreign,
            };
            passed.push((file, why));
        }
        if above.join(".git").exists() || Some(above) == home {
            return None;
        }
    }
    None
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_file_counts_within_repository_and_home() {
        let root = tempfile::tempdir().unwrap();
        let root = root.path().canonicalize().unwrap();
        fs::create_dir_all(root.join("home/archive/source/2025")).unwrap();
        let project = root.join("flashpoint.yaml");
        fs::write(&project, "").unwrap();
        let deep = root.join("home/archive/source/2025");
        assert_eq!(find(&deep, None).0, Some(project.clone()));
        assert_eq!(find(&deep, Some(&root.join("home"))).0, None);
        fs::create_dir(root.join("home/archive/.git")).unwrap();
        assert_eq!(find(&deep, None).0, None);
        let nearer = root.join("home/archive/flashpoint.yml");
        fs::write(&nearer, "").unwrap();
        assert_eq!(find(&deep, None).0, Some(nearer));
    }

    #[test]
    fn what_is_no_file_of_ours_is_no_project_and_told() {
        let root = tempfile::tempdir().unwrap();
        let root = root.path().canonicalize().unwrap();
        fs::create_dir(root.join("in")).unwrap();
        fs::write(root.join("elsewhere.yaml"), "").unwrap();
        std::os::unix::fs::symlink(root.join("elsewhere.yaml"), root.join("in/flashpoint.yaml"))
            .unwrap();
        fs::create_dir(root.join("in/flashpoint.yml")).unwrap();
        let passed = vec![
            (root.join("in/flashpoint.yaml"), PassedOver::Link),
            (root.join("in/flashpoint.yml"), PassedOver::NoFile),
        ];
        assert_eq!(find(&root.join("in"), Some(&root)), (None, passed));
    }

    #[test]
    fn a_project_is_read_once_and_one_that_is_wrong_is_told() {
        let root = tempfile::tempdir().unwrap();
        let projects = Projects::above(Some(root.path().to_owned()));
        fs::create_dir(root.path().join("a")).unwrap();
        fs::write(
            root.path().join("flashpoint.yaml"),
            "defaults: {language: English}\n",
        )
        .unwrap();
        let error = projects
            .of_source(&root.path().join("a/x.yaml"))
            .unwrap_err();
        assert_eq!(error.diagnostics[0].code.name(), "language");
        assert!(Projects::none().of_source(root.path()).unwrap().is_none());
    }

    #[test]
    fn a_file_of_another_user_is_passed_over_and_told() {
        let root = tempfile::tempdir().unwrap();
        let root = root.path().canonicalize().unwrap();
        fs::create_dir(root.join("in")).unwrap();
        let file = root.join("in/flashpoint.yaml");
        fs::write(&file, "").unwrap();
        // Only root may give files away.
        if std::os::unix::fs::chown(&file, Some(12345), None).is_err() {
            return;
        }
        assert_eq!(
            find(&root.join("in"), Some(&root)),
            (None, vec![(file.clone(), PassedOver::Foreign)])
        );
        let projects = Projects::above(Some(root.clone()));
        assert!(
            projects
                .of_source(&root.join("in/a.yaml"))
                .unwrap()
                .is_none()
        );
        let passed = BTreeMap::from([(file, PassedOver::Foreign)]);
        assert_eq!(projects.passed_over(), passed);
    }
}
