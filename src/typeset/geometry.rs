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
        Self::of(Frame::new(theme, size))
    }

    fn of(frame: Frame) -> Self {
        let Frame {
            width,
            height,
            start,
            top,
            measure,
            depth,
            grid,
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
            grid,
            head: whole(top * 0.62),
            folio: whole(top + depth + below * 0.46),
        }
    }

    /// The page on its side, for a table that is too wide.
    pub(super) fn turned(self) -> Self {
        Self::of(self.frame.turned()).on_grid(self.grid)
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
