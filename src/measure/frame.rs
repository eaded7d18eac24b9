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
    /// The upper edge of the text, from the paper's.
    pub top: Pt,
    /// The width of the text.
    pub measure: Pt,
    /// The height of the text: whole lines of running text.
    pub depth: Pt,
}

impl Frame {
    /// The frame of a theme on a size of paper.
    #[must_use]
    pub fn new(theme: &Theme, size: PageSize) -> Self {
        let (width, height) = size.dimensions();
        let grid = theme.measures.leading.0;
        let measure = theme.measures.measure.0.min(width.0 - 2.0 * SIDE.0);
        // The text stands a little above the middle: margins of about 9 and 11 hundredths of the height.
        let top = (height.0 * 0.094).round();
        let lines = ((height.0 * 0.892 - top) / grid).floor().max(4.0);
        Self {
            width,
            height,
            top: Pt(top),
            measure: Pt(measure),
            depth: Pt(lines * grid),
        }
    }
}
