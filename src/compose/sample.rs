//! Compositions for the unit tests of every phase after this one.

use super::{Composition, House, compose, compose_for};
use crate::check::{CheckedPiece, check};
use crate::load::Loaded;

/// The composition of a piece in YAML, which has no images.
pub(crate) fn composed(yaml: &str) -> Composition {
    composed_at(yaml, None)
}

/// The same at a moment told from outside.
pub(crate) fn composed_at(yaml: &str, epoch: Option<u64>) -> Composition {
    compose(&checked(yaml), epoch)
}

/// The same with what a house puts to it.
pub(crate) fn composed_by(yaml: &str, house: &House<'_>) -> Composition {
    compose_for(&checked(yaml), None, house)
}

fn checked(yaml: &str) -> CheckedPiece {
    let loaded = Loaded {
        piece: Some(serde_yaml::from_str(yaml).expect("a piece")),
        hash: "00".to_owned(),
        ..Loaded::default()
    };
    let checked = check(&loaded);
    checked
        .piece
        .unwrap_or_else(|| panic!("{:#?}", checked.diagnostics))
}
