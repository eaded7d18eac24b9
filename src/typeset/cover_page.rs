//! The cover as a page before the first. A drawn one is drawn for the paper; a picture of the piece's own is shown whole, as large as
//! the paper has it, on the ground of covers.

use crate::compose::{BlockId, Composition};
use crate::theme::{Pt, Theme};

use super::geometry::Geometry;
use super::layout::{Artifact, ArtifactKind, Page, Placed};

/// How high a drawn cover is at least and at most, as its width is 1: on broader and narrower paper the ground shows beside it.
const DRAWN: (f32, f32) = (1.25, 1.6);

/// How far the ground reaches over the paper's edges: where pages end within a pixel, nothing white is left.
const BLEED: Pt = Pt(3.0);

/// The page of the cover. It has no running head, and is not counted.
pub(super) fn page(composition: &Composition, theme: &Theme, geometry: Geometry) -> Page {
    let (paper, depth) = (geometry.width, geometry.height);
    let (wide, high) = match &composition.cover {
        Some((id, _)) => {
            let image = &composition[*id];
            (image.width.max(1) as f32, image.height.max(1) as f32)
        }
        None => (1.0, (depth / paper).clamp(DRAWN.0, DRAWN.1)),
    };
    let scale = (paper.0 / wide).min(depth.0 / high);
    let (width, height) = (Pt(wide * scale), Pt(high * scale));
    let ground = Placed::Rule {
        x: BLEED * -1.0,
        y: BLEED * -1.0,
        width: paper + BLEED * 2.0,
        height: depth + BLEED * 2.0,
        colour: theme.colours.cover_paper,
    };
    Page {
        width: paper,
        height: depth,
        label: composition.words.cover.clone(),
        content: vec![Placed::Image {
            block: BlockId::COVER,
            x: (paper - width) * 0.5,
            y: (depth - height) * 0.5,
            width,
            height,
        }],
        artifacts: vec![Artifact {
            kind: ArtifactKind::Ground,
            placed: ground,
        }],
        start: None,
    }
}
