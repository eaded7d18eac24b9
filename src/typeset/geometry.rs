//! Where the text stands on the paper.

use crate::measure::Frame;
use crate::theme::{PageSize, Pt, Theme};

/// The page's frame; places count from its top left corner.
#[derive(Debug, Clone, Copy)]
pub(super) struct Geometry {
    /// What shares of the measure are shares of.
    pub(super) frame: Frame,
    pub(super) width: Pt,
    pub(super) height: Pt,
    /// The left edge of the text.
    pub(super) left: Pt,
    pub(super) measure: Pt,
    /// The upper edge of the text.
    pub(super) top: Pt,
    /// The height of the text: whole lines.
    pub(super) depth: Pt,
    /// The distance of the grid's lines.
    pub(super) grid: Pt,
    /// The baselines of the running head and the folio.
    pub(super) head: Pt,
    pub(super) folio: Pt,
}

impl Geometry {
    pub(super) fn new(theme: &Theme, size: PageSize) -> Self {
        let frame = Frame::new(theme, size);
        let Frame {
            width,
            height,
            start,
            top,
            measure,
            depth,
        } = frame;
        let below = height - top - depth;
        Self {
            frame,
            width,
            height,
            left: start,
            measure,
            top,
            depth,
            grid: theme.measures.leading,
            head: whole(top * 0.62),
            folio: whole(top + depth + below * 0.46),
        }
    }

    /// The same page with lines at another distance, as many as there is room for.
    pub(super) fn on_grid(self, grid: Pt) -> Self {
        let depth = grid * (self.depth / grid).floor();
        Self {
            grid,
            depth,
            ..self
        }
    }
}

/// The nearest whole point.
fn whole(length: Pt) -> Pt {
    Pt(length.0.round())
}
