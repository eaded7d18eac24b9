//! Where lines stand: their edges, their measure, and how they fill it.

use crate::theme::Pt;

use super::linebreak::Fill;

/// Where lines stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct LineFrame {
    /// Its edge at the piece's start, from that of the paper.
    pub(super) x: Pt,
    /// The measure.
    pub(super) measure: Pt,
    /// The indent of the first line, where it starts.
    pub(super) indent: Pt,
    pub(super) fill: Fill,
    pub(super) align: Align,
    /// The edge from which its lines start.
    pub(super) from: Edge,
}

/// An edge of the text's column, as the piece runs: pages of right-to-left pieces are mirrored when all of them are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edge {
    /// Where the piece's lines start.
    Start,
    /// Where they end: for a text of the other direction.
    End,
}

/// How a line that is not justified stands in its measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    /// Where lines start.
    Start,
    Centre,
    /// Where lines end.
    End,
}
