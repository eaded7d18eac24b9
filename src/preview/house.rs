//! What the pieces of a preview share: their project and the theme.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::problems::Problem;
use crate::diagnostic::{Diagnostic, SourceText};
use crate::editions::Options;
use crate::project::{self, Projects};

/// What the pieces of a preview share.
#[derive(Debug)]
pub struct House {
    /// The projects of the pieces.
    pub projects: Projects,
    /// Theme and paper.
    pub options: Options,
    /// The files that these were read from.
    pub files: Vec<PathBuf>,
}

/// What is wrong with what pieces share.
#[derive(Debug)]
pub struct Trouble {
    /// The file that it stands in.
    pub source: SourceText,
    /// What is wrong there.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads it, the first time and each time that a file of it changes.
pub type ReadHouse = Box<dyn Fn() -> Result<House, Trouble> + Send>;

/// What pieces share at a moment: the last that was right, and what is wrong with what stands there now.
pub(super) struct Shared {
    pub(super) house: Arc<House>,
    pub(super) troubles: Vec<Problem>,
    /// How many times it was read.
    pub(super) generation: u64,
}

impl Shared {
    pub(super) fn new(house: House) -> Self {
        Self {
            house: Arc::new(house),
            troubles: Vec::new(),
            generation: 0,
        }
    }

    /// Reads it anew; what was right before is kept where nothing right stands there now.
    pub(super) fn read(&mut self, read: &ReadHouse) {
        self.generation += 1;
        self.troubles.clear();
        match read() {
            Ok(house) => self.house = Arc::new(house),
            Err(Trouble {
                source,
                diagnostics,
            }) => {
                let problems = diagnostics.iter();
                self.troubles
                    .extend(problems.map(|found| Problem::new(&source, found)));
            }
        }
    }
}

/// Extensions of files that a theme brings along.
const OF_THEMES: [&str; 7] = ["css", "otf", "otc", "ttc", "ttf", "woff", "woff2"];

/// Whether a file that changed may change what pieces share.
pub(super) fn concerns(house: &House, path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default();
    let is_project = project::NAMES.iter().any(|known| name == OsStr::new(known));
    let extension = path.extension().unwrap_or_default();
    let is_part = OF_THEMES
        .iter()
        .any(|known| extension.eq_ignore_ascii_case(known));
    is_project || is_part || house.files.iter().any(|file| file == path)
}
