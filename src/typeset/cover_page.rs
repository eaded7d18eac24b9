//! The cover as a page before the first: the picture as large as the paper has it, on the ground of covers.

use crate::compose::{BlockId, Composition};
use crate::theme::{Pt, Theme};

use super::geometry::Geometry;
use super::layout::{Artifact, ArtifactKind, Page, Placed};

/// The width and height of a drawn cover, as they are to each other.
const DRAWN: (f32, f32) = (5.0, 8.0);

/// The page of the cover. It has no running head, and is not counted.
pub(super) fn page(composition: &Composition, theme: &Theme, geometry: Geometry) -> Page {
    let (wide, high) = match &composition.cover {
        Some((id, _)) => {
            let image = &composition[*id];
            (image.width.max(1) as f32, image.height.max(1) as f32)
        }
        None => DRAWN,
    };
    let (paper, depth) = (geometry.width, geometry.height);
    let scale = (paper.0 / wide).min(depth.0 / high);
    let (width, height) = (Pt(wide * scale), Pt(high * scale));
    let ground = Placed::Rule {
        x: Pt(0.0),
        y: Pt(0.0),
        width: paper,
        height: depth,
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
