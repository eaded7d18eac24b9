//! Where the text stands on the paper.

use crate::theme::{PageSize, Theme};

/// The page's frame, in points from its top left corner.
#[derive(Debug, Clone, Copy)]
pub(super) struct Geometry {
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

/// The least margin at the sides.
const SIDE: f32 = 36.0;

impl Geometry {
    pub(super) fn new(theme: &Theme, size: PageSize) -> Self {
        let (width, height) = size.dimensions();
        let (width, height) = (width.0, height.0);
        let grid = theme.measures.leading.0;
        let measure = theme.measures.measure.0.min(width - 2.0 * SIDE);
        // The text stands a little above the middle: margins of about 9 and 11 hundredths of the height.
        let top = (height * 0.094).round();
        let lines = ((height * 0.892 - top) / grid).floor().max(4.0);
        let depth = lines * grid;
        Self {
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
