//! The frame: where the text stands on the paper, which is what the greatest share is a share of.

use crate::theme::{PageSize, Pt, Theme};

/// The least margin at the sides.
const SIDE: Pt = Pt(36.0);

/// The text's frame on a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    /// The paper's width.
    pub width: Pt,
    /// The paper's height.
    pub height: Pt,
    /// From the paper's edge to where lines start.
    pub start: Pt,
    /// The upper edge of the text, from the paper's.
    pub top: Pt,
    /// The width of the text.
    pub measure: Pt,
    /// The height of the text: whole lines of running text.
    pub depth: Pt,
    /// The distance of those lines.
    pub grid: Pt,
}

impl Frame {
    /// The frame of a theme on a size of paper.
    #[must_use]
    pub fn new(theme: &Theme, size: PageSize) -> Self {
        let (width, height) = size.dimensions();
        let grid = theme.measures.leading.0;
        let margins = theme.page.margins;
        let measure = match (margins.start, margins.end) {
            (Some(start), Some(end)) => width - start - end,
            _ => theme.measures.measure,
        };
        let measure = measure.0.min(width.0 - 2.0 * SIDE.0).max(1.0);
        // The text stands in the middle where nothing else is said, and a little above it: margins of about 9 and 11
        // hundredths of the height.
        let middle = (width - Pt(measure)) * 0.5;
        let end = margins.end.map(|end| width - Pt(measure) - end);
        let start = margins.start.or(end).unwrap_or(middle);
        let top = margins.top.map_or((height.0 * 0.094).round(), |top| top.0);
        let below = margins.bottom.map_or(height.0 * 0.108, |bottom| bottom.0);
        let lines = ((height.0 - below - top) / grid).floor().max(4.0);
        Self {
            start,
            width,
            height,
            top: Pt(top),
            measure: Pt(measure),
            depth: Pt(lines * grid),
            grid: Pt(grid),
        }
    }

    /// The frame of a page that is turned on its side for a wide table: the margins above and below stay, those at the sides are
    /// no wider than the one above.
    #[must_use]
    pub fn turned(self) -> Self {
        let below = self.height - self.top - self.depth;
        let end = self.width - self.start - self.measure;
        let side = self.top.0.min(self.start.0).min(end.0).max(SIDE.0);
        let (width, height) = (self.height, self.width);
        let lines = ((height - self.top - below) / self.grid).floor().max(4.0);
        Self {
            width,
            height,
            start: Pt(side),
            measure: Pt((width.0 - 2.0 * side).max(1.0)),
            depth: self.grid * lines,
            ..self
        }
    }
}
