//! The same, further down.

use super::layout::{Artifact, Line, Placed};
use crate::theme::Pt;

/// The same, this much further down.
pub(super) fn lowered(placed: Placed, by: Pt) -> Placed {
    match placed {
        Placed::Line(line) => Placed::Line(Line {
            baseline: line.baseline + by,
            ..line
        }),
        Placed::Rule {
            x,
            y,
            width,
            height,
            colour,
        } => Placed::Rule {
            x,
            y: y + by,
            width,
            height,
            colour,
        },
        Placed::Image {
            block,
            x,
            y,
            width,
            height,
        } => Placed::Image {
            block,
            x,
            y: y + by,
            width,
            height,
        },
    }
}

/// The same artifact, this much further down.
pub(super) fn lower(artifact: Artifact, by: Pt) -> Artifact {
    Artifact {
        placed: lowered(artifact.placed, by),
        ..artifact
    }
}
