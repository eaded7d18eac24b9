//! Loading: a YAML file and its images to a [`crate::piece::Piece`], with the place of every value.

mod again;
mod image;
mod printed;
mod schema;

pub use again::{image_digest, source_digest};
#[cfg(feature = "preview")]
pub(crate) use image::keep_pictures;
pub use image::{APART, apart, pixels_of, rasterised, read_image, scaled};
pub(crate) use image::{Standing, standing};
pub(crate) use printed::printed;
pub use schema::{schema, schema_for_editors};
pub(crate) use yaml::edited;

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::diagnostic::{self, Code, Diagnostic, FieldPath, SourceText};
use crate::digest::Sha256;
use crate::piece::{Image, Piece};
use crate::project::{Inherits, Projects, without_project};
use crate::yaml::{self, Empty, FileKind};

/// The largest piece, in bytes of its source.
const MAX_BYTES: u64 = 16 << 20;

/// A source file as loaded.
#[derive(Debug, Clone, Default)]
pub struct Loaded {
    /// The text and the places of its values; the text is empty when it could not be read.
    pub source: SourceText,
    /// The piece. Where a diagnostic is an error, it is what could be made of the source so that the rest of it can be
    /// checked, or nothing; no edition is made of it.
    pub piece: Option<Piece>,
    /// The images by the fields that name them, for example `cover.image`; those that could not be read are missing.
    pub images: BTreeMap<FieldPath, Image>,
    /// The SHA-256 of the file's bytes in lower-case hexadecimal.
    pub hash: String,
    /// The image files that were read, each once, in the order of their paths: what [`crate::batch`] compares on the next run.
    pub files: Vec<ImageFile>,
    /// The most pixels to the inch of a picture in print, where the project says so.
    pub max_dpi: Option<u16>,
    /// What the piece leaves to its project.
    pub inherits: Inherits,
    /// The hash of what the project gave.
    pub given: Sha256,
    /// The keys of which the piece says something else than its project.
    pub own: Vec<String>,
    /// What is wrong with shape, characters and images.
    pub diagnostics: Vec<Diagnostic>,
}

/// An image file that a piece names, as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImageFile {
    /// Its path as the source names it, relative to the source's folder.
    pub path: String,
    /// The SHA-256 of its bytes.
    pub hash: Sha256,
}

/// Reads a source file and its images, as a piece that stands alone. What is wrong is in [`Loaded::diagnostics`], all of it at
/// once.
#[must_use]
pub fn load(path: &Path) -> Loaded {
    load_in(path, &Projects::none())
}

/// Reads a source file and its images, with what its project gives. What is wrong is in [`Loaded::diagnostics`], all of it at once.
#[must_use]
pub fn load_in(path: &Path, projects: &Projects) -> Loaded {
    let read = yaml::file::read(path, &kind());
    let mut loaded = Loaded {
        hash: read.hash,
        ..Loaded::default()
    };
    loaded.diagnostics.extend(read.problem);
    fill(loaded, path, read.text, projects, &Pending::new())
}

/// The image files that a source names, each once, as it names them; none where the source is too wrong to tell.
#[must_use]
pub(crate) fn images_named(path: &Path, projects: &Projects) -> Vec<String> {
    let loaded = load_in(path, projects);
    let piece = loaded.piece.as_ref();
    piece.map_or_else(Vec::new, image::names)
}

/// Reads a source's text, which stands or will stand at a path, and its images.
#[must_use]
pub(crate) fn load_text(path: &Path, text: &str, projects: &Projects) -> Loaded {
    load_text_with(path, text, projects, &Pending::new())
}

/// Files that are to be written, by their paths from the folder of a source.
pub(crate) type Pending = BTreeMap<String, Vec<u8>>;

/// The same, where some of its images are to be written together with it.
#[must_use]
pub(crate) fn load_text_with(
    path: &Path,
    text: &str,
    projects: &Projects,
    pending: &Pending,
) -> Loaded {
    let loaded = Loaded {
        hash: Sha256::of(text.as_bytes()).to_string(),
        ..Loaded::default()
    };
    fill(loaded, path, text.to_owned(), projects, pending)
}

/// The letters and digits of a source's values and keys in order, soft hyphens left out: what no fix may change.
#[must_use]
pub(crate) fn letters(text: &str) -> String {
    yaml::letters(text, &kind())
}

/// The texts of a source by their paths; none of a source with faults.
#[must_use]
pub(crate) fn texts(text: &str) -> BTreeMap<FieldPath, String> {
    yaml::texts(text, &kind())
}

fn kind() -> FileKind<'static> {
    FileKind {
        name: "piece",
        max_bytes: MAX_BYTES,
        schema: schema(),
        empty: Empty::Refused(
            "a piece needs at least series, title, date, language and contributors",
        ),
    }
}

/// Reads the text, where nothing was in the way of it, and the images that it names.
fn fill(
    mut loaded: Loaded,
    path: &Path,
    text: String,
    projects: &Projects,
    pending: &Pending,
) -> Loaded {
    loaded.source = SourceText {
        path: path.into(),
        text: text.into(),
        ..SourceText::default()
    };
    let project = projects.of_source(path).unwrap_or_else(|error| {
        loaded.diagnostics.push(
            Diagnostic::error(Code::Project, error.to_string()).hint(format!(
                "set right what is wrong in it: `flashpoint check --project {}`",
                error.source_text.path.display()
            )),
        );
        None
    });
    if loaded.diagnostics.is_empty() {
        let (inherits, own) = (&mut loaded.inherits, &mut loaded.own);
        let mut fill = |piece: &mut yaml::Mapping<'_, '_>, problems: &mut Vec<Diagnostic>| {
            *inherits = Inherits::of(piece);
            match &project {
                Some(project) => *own = project.fill(piece, inherits, problems),
                None => without_project(piece, problems),
            }
        };
        let (source, problems) = (&mut loaded.source, &mut loaded.diagnostics);
        loaded.piece = yaml::read_filled(source, &kind(), problems, &mut fill);
    }
    loaded.max_dpi = project.as_ref().and_then(|project| project.max_dpi());
    loaded.given = loaded.inherits.given(project.as_deref());
    if let Some(piece) = loaded.piece.take() {
        image::read_all(&piece, pending, &mut loaded);
        loaded.piece = Some(piece);
    }
    diagnostic::sort(&mut loaded.diagnostics);
    loaded
}
