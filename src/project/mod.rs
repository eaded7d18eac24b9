//! `flashpoint.yaml`: what all pieces of a project share. Defaults and people are put into each piece where it leaves them out;
//! theme, paper, formats and folders are what a run uses unless its command line says otherwise.
//!
//! A project's file names no command and runs nothing; it can only say what could be written into each piece or typed.

mod file;
mod find;
mod given;

pub use file::{Affiliation, Defaults, Person, Post, ProjectFile, project_schema};
pub use find::{PassedOver, Projects};
pub(crate) use given::without_project;
pub use given::{Inherits, PersonUse};

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, SourceText};

/// The names that a project's file may have.
pub(crate) const NAMES: [&str; 2] = ["flashpoint.yaml", "flashpoint.yml"];

/// A project whose file was read without an error.
#[derive(Debug, Clone)]
pub struct Project {
    /// The file.
    pub path: PathBuf,
    /// What stands in it.
    pub file: ProjectFile,
    /// What was noticed in it.
    pub warnings: Vec<Diagnostic>,
    /// Its text.
    pub source: SourceText,
}

/// A project's file that cannot be used.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{} cannot be used", source_text.path.display())]
pub struct ProjectError {
    /// Its text.
    pub source_text: SourceText,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}

/// What a search gives: a project, none, or one that cannot be used.
pub type FoundProject = Result<Option<Arc<Project>>, Arc<ProjectError>>;

impl Project {
    /// The folder of the file, from which its paths lead.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new(""))
    }

    /// The most pixels to the inch of a picture, where the file says so.
    #[must_use]
    pub fn max_dpi(&self) -> Option<u16> {
        self.file.images.as_ref()?.max_dpi
    }
}
