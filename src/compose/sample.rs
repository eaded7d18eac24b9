//! Compositions for the unit tests of every phase after this one.

use super::{Composition, compose};
use crate::check::check;
use crate::load::Loaded;

/// The composition of a piece in YAML, which has no images.
pub(crate) fn composed(yaml: &str) -> Composition {
    composed_at(yaml, None)
}

/// The same at a moment told from outside.
pub(crate) fn composed_at(yaml: &str, epoch: Option<u64>) -> Composition {
    let loaded = Loaded {
        piece: Some(serde_yaml::from_str(yaml).expect("a piece")),
        hash: "00".to_owned(),
        ..Loaded::default()
    };
    let checked = check(&loaded);
    let piece = checked
        .piece
        .unwrap_or_else(|| panic!("{:#?}", checked.diagnostics));
    compose(&piece, epoch)
}
