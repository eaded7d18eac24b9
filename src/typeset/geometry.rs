//! Where the text stands on the paper.

use crate::measure::Frame;
use crate::theme::{PageSize, Theme};

/// The page's frame, in points from its top left corner.
#[derive(Debug, Clone, Copy)]
pub(super) struct Geometry {
    /// What shares of the measure are shares of.
    pub(super) frame: Frame,
    pub(super) width: f32,
    pub(super) height: f32,
    /// The left edge of the text.
    pub(super) left: f32,
    pub(super) measure: f32,
    /// The upper edge of the text.
    pub(super) top: f32,
    /// The height of the text: whole lines.
    pub(super) depth: f32,
    /// The distance of the grid's lines.
    pub(super) grid: f32,
    /// The baselines of the running head and the folio.
    pub(super) head: f32,
    pub(super) folio: f32,
}

impl Geometry {
    pub(super) fn new(theme: &Theme, size: PageSize) -> Self {
        let frame = Frame::new(theme, size);
        let grid = theme.measures.leading.0;
        let (width, height) = (frame.width.0, frame.height.0);
        let (top, measure, depth) = (frame.top.0, frame.measure.0, frame.depth.0);
        Self {
            frame,
            width,
            height,
            left: (width - measure) / 2.0,
            measure,
            top,
            depth,
            grid,
            head: (top * 0.62).round(),
            folio: (top + depth + (height - top - depth) * 0.46).round(),
        }
    }
}
