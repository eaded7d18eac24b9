//! Mirroring: pages are set as if lines started on the left; those of a right-to-left piece are turned over when they are
//! whole. So all furniture, indents, labels, columns, bars and rules of such a piece stand where its readers look for them,
//! and nothing else in this room asks which side is which.

use super::layout::{Page, Placed};

/// Turns a page over; the words of its lines stay in their order.
pub(super) fn mirror(page: &mut Page) {
    let width = page.width;
    let artifacts = page.artifacts.iter_mut();
    let artifacts = artifacts.map(|artifact| &mut artifact.placed);
    for placed in page.content.iter_mut().chain(artifacts) {
        match placed {
            Placed::Line(line) => line.x = width - line.x - line.extent(),
            Placed::Rule { x, width: own, .. } | Placed::Image { x, width: own, .. } => {
                *x = width - *x - *own;
            }
        }
    }
}
