//! Which project a run belongs to, and what it says where the command line says nothing.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Refusal;
use super::args::ProjectChoice;
use super::console::Console;
use crate::diagnostic::Severity;
use crate::project::{PassedOver, Project, ProjectError, Projects};

/// The word for no project.
const NONE: &str = "none";

/// The projects of a run's pieces, and the one that decides what is the run's own.
pub(super) struct Chosen {
    pub(super) projects: Projects,
    pub(super) project: Option<Arc<Project>>,
}

impl Chosen {
    /// The project that was asked for, or the one above the first path. It is named, and its warnings are told.
    pub(super) fn new(
        choice: &ProjectChoice,
        paths: &[PathBuf],
        console: &Console,
    ) -> Result<Self, Refusal> {
        Self::below(choice, paths, std::env::home_dir(), console)
    }

    /// The same for a folder, above which no project is looked for.
    pub(super) fn within(
        choice: &ProjectChoice,
        root: &Path,
        console: &Console,
    ) -> Result<Self, Refusal> {
        Self::below(choice, &[root.to_owned()], Some(root.to_owned()), console)
    }

    fn below(
        choice: &ProjectChoice,
        paths: &[PathBuf],
        home: Option<PathBuf>,
        console: &Console,
    ) -> Result<Self, Refusal> {
        let projects = below(choice, home)?;
        let first = paths.first().map_or(Path::new(""), PathBuf::as_path);
        let project = projects.of_source(first).map_err(|error| refusal(&error))?;
        for (file, why) in projects.passed_over() {
            let file = shown(&file);
            let file = file.display();
            let said = match why {
                PassedOver::Foreign => {
                    format!(
                        "{file} belongs to another user and is not used; --project {file} uses it"
                    )
                }
                PassedOver::Link => {
                    format!("{file} is a link and is not used; --project {file} uses it")
                }
                PassedOver::NoFile => format!("{file} is no plain file and is not used"),
            };
            console.note(Severity::Warning, said);
        }
        if let Some(project) = &project {
            for warning in &project.warnings {
                console.diagnostic(&project.source, warning);
            }
            console.summary(&format!("project: {}", shown(&project.path).display()));
        }
        Ok(Self { projects, project })
    }

    /// A file or folder that the project names, from its own folder.
    pub(super) fn beside(&self, name: impl Fn(&Project) -> Option<&String>) -> Option<PathBuf> {
        let project = self.project.as_ref()?;
        let name = name(project)?;
        Some(shown(&project.folder().join(name)))
    }

    /// The theme that the project names: a file beside it, or a shipped one.
    pub(super) fn theme(&self) -> Option<String> {
        let project = self.project.as_ref()?;
        let name = project.file.theme.clone()?;
        let beside = project.folder().join(&name);
        Some(match beside.is_file() {
            true => shown(&beside).to_string_lossy().into_owned(),
            false => name,
        })
    }
}

/// The projects that were asked for: one, none, or the nearest above each piece.
pub(super) fn projects(choice: &ProjectChoice) -> Result<Projects, Refusal> {
    below(choice, std::env::home_dir())
}

/// The same, looked for up to a folder.
fn below(choice: &ProjectChoice, home: Option<PathBuf>) -> Result<Projects, Refusal> {
    match choice.project.as_deref() {
        Some(file) if file == Path::new(NONE) => Ok(Projects::none()),
        Some(file) => Projects::named(file).map_err(|error| refusal(&error)),
        None => Ok(Projects::above(home)),
    }
}

fn refusal(error: &ProjectError) -> Refusal {
    Refusal::File {
        source: Box::new(error.source_text.clone()),
        diagnostics: error.diagnostics.clone(),
    }
}

/// A path from the current folder, where it is below it.
fn shown(path: &Path) -> PathBuf {
    let current = std::env::current_dir().and_then(|folder| folder.canonicalize());
    let below = current
        .ok()
        .and_then(|folder| Some(path.strip_prefix(folder).ok()?.to_owned()));
    below.unwrap_or_else(|| path.to_owned())
}
