//! Compositions for the unit tests of every phase after this one.

use std::collections::BTreeMap;

use super::{Composition, Source, compose};
use crate::piece::Piece;

/// The composition of a piece in YAML, which has no images.
pub(crate) fn composed(yaml: &str) -> Composition {
    composed_at(yaml, None)
}

/// The same at a moment told from outside.
pub(crate) fn composed_at(yaml: &str, epoch: Option<u64>) -> Composition {
    let piece: Piece = serde_yaml::from_str(yaml).expect("a piece");
    let source = Source {
        piece: &piece,
        images: &BTreeMap::new(),
        hash: "00",
        epoch,
    };
    compose(&source).expect("a composition")
}
