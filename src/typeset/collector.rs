//! What collects the flow: the strips so far, and what the next one owes to them.

use super::flow::{Flow, Strip};
use super::geometry::Geometry;
use super::lines::SetLine;
use super::setter::Setter;
use crate::compose::TextId;
use crate::theme::Pt;

/// Builds the flow.
pub(super) struct Collector<'a> {
    pub(super) setter: Setter<'a>,
    pub(super) geometry: Geometry,
    pub(super) flow: Flow,
    /// Lines still to be kept with the heading above.
    pub(super) bound: usize,
    /// Whether the next paragraph follows another, and so has an indent.
    pub(super) follows: bool,
    /// Whether a heading was pushed last.
    pub(super) below_heading: bool,
    /// The space that the next block stands off at least.
    pub(super) owed: Pt,
}

/// Where blocks stand: the body's column, or a narrower one in a quotation or a list.
#[derive(Debug, Clone, Copy)]
pub(super) struct TextColumn {
    pub(super) x: Pt,
    pub(super) measure: Pt,
    /// Whether its lines stand on the grid.
    pub(super) on_grid: bool,
}

impl TextColumn {
    /// A column that stands in at both sides; `turned` where its lines start at the other side than the piece's.
    pub(super) fn within(self, start: Pt, end: Pt, turned: bool) -> Self {
        Self {
            x: self.x + if turned { end } else { start },
            measure: self.measure - (start + end),
            on_grid: false,
        }
    }
}

/// The strips of a paragraph's lines.
pub(super) fn strips(
    setter: &Setter<'_>,
    text: TextId,
    lines: Vec<SetLine>,
    leading: Pt,
) -> Vec<Strip> {
    let count = lines.len();
    let lines = lines.into_iter().enumerate();
    lines
        .map(|(index, line)| Strip {
            may_begin: may_begin(index, count),
            ..setter.strip(Some(text), line, leading)
        })
        .collect()
}

/// No widow and no orphan: a page ends and begins with two lines of a paragraph at least.
pub(super) fn may_begin(index: usize, count: usize) -> bool {
    index == 0 || (index >= 2 && index + 2 <= count)
}
