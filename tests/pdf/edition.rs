//! Pieces made into PDF through the library.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use flashpoint::check::check;
use flashpoint::compose::{Composition, compose};
use flashpoint::diagnostic::{Code, FieldPath};
use flashpoint::editions::{Options, pdf};
use flashpoint::load::{Loaded, load};
use flashpoint::piece::{Image, Piece};
use flashpoint::theme::{PageSize, Theme};
use flashpoint::typeset::layout;

/// A piece as composed, and its PDF edition.
pub(crate) struct Edition {
    pub(crate) composition: Composition,
    pub(crate) bytes: Vec<u8>,
    /// Whether some characters are shown as boxes.
    pub(crate) boxed: bool,
}

/// Makes the edition of a composition; `None` where the piece cannot be set, being right-to-left.
pub(crate) fn written(composition: &Composition) -> Option<Vec<u8>> {
    laid_out(composition).map(|(bytes, _)| bytes)
}

/// The same, and whether some characters are shown as boxes.
fn laid_out(composition: &Composition) -> Option<(Vec<u8>, bool)> {
    let (theme, page_size) = (Theme::classic(), PageSize::A4);
    let layout = layout(composition, &theme, page_size).ok()?;
    let mut findings = layout.findings.iter();
    let boxed = findings.any(|finding| finding.diagnostic.code == Code::MissingCharacter);
    let options = Options { theme, page_size };
    Some((pdf::write(composition, &layout, &options).unwrap(), boxed))
}

fn composed(loaded: &Loaded) -> Composition {
    let checked = check(loaded);
    let piece = checked.piece;
    let refused = || panic!("{:?}: {:?}", loaded.diagnostics, checked.diagnostics);
    compose(&piece.unwrap_or_else(refused), None)
}

/// The edition of a piece given as YAML, without images.
pub(crate) fn from_yaml(yaml: &str) -> Edition {
    from_piece(serde_yaml::from_str(yaml).unwrap(), BTreeMap::new())
}

/// The edition of a piece with these images.
pub(crate) fn from_piece(piece: Piece, images: BTreeMap<FieldPath, Image>) -> Edition {
    let composition = composed(&Loaded {
        piece: Some(piece),
        images,
        hash: "00".to_owned(),
        ..Loaded::default()
    });
    let (bytes, boxed) = laid_out(&composition).unwrap();
    Edition {
        composition,
        bytes,
        boxed,
    }
}

/// The edition of a source file; `None` where the piece cannot be set.
pub(crate) fn from_file(path: &Path) -> Option<Edition> {
    let composition = composed(&load(path));
    let (bytes, boxed) = laid_out(&composition)?;
    Some(Edition {
        composition,
        bytes,
        boxed,
    })
}

/// The root of the project.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The real piece and every valid fixture, in order.
pub(crate) fn sources() -> Vec<PathBuf> {
    let mut paths = vec![root().join("source/flash-point.yaml")];
    let fixtures = fs::read_dir(root().join("tests/fixtures/valid")).unwrap();
    let fixtures = fixtures.map(|entry| entry.unwrap().path());
    paths.extend(fixtures.filter(|path| path.extension().is_some_and(|e| e == "yaml")));
    paths[1..].sort();
    paths
}
