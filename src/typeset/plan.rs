//! What stands on a page, and what it owes to those before it.

use crate::compose::NoteId;
use crate::measure::Orientation;
use crate::theme::Pt;

/// Notes that follow each other and wait for their place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Waiting {
    /// The first of them.
    pub(super) note: usize,
    /// How many of its lines are set already.
    pub(super) line: usize,
    /// The note behind the last of them.
    pub(super) until: usize,
}

impl Waiting {
    /// A note of which nothing is set yet.
    pub(super) fn whole(note: &NoteId) -> Self {
        let note = note.0 as usize;
        Self {
            note,
            line: 0,
            until: note + 1,
        }
    }
}

/// Where the text of a page begins: what it owes to the pages before it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct State {
    /// The next element.
    pub(super) next: usize,
    /// Floats that are due: the element, and the strips of it that are set already.
    pub(super) due: Vec<(usize, usize)>,
    /// Notes to be finished.
    pub(super) notes: Vec<Waiting>,
}

/// A strip of the flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StripId {
    Strip(usize),
    Lead(usize, usize),
    Head(usize, usize),
    Body(usize, usize),
    /// The head of a table again.
    Repeated(usize),
}

/// What stands on a page; heights count from the top of its text.
#[derive(Debug, Clone, Default)]
pub(super) struct Plan {
    pub(super) parts: Vec<(StripId, Pt)>,
    /// Notes with the range of their lines.
    pub(super) notes: Vec<(usize, usize, usize)>,
    /// The height of the notes with the rule above them.
    pub(super) foot: Pt,
    /// How many lines it counts.
    pub(super) lines: u32,
    /// How it lies.
    pub(super) page: Orientation,
    /// Figures whose pictures are made smaller, and by how much of their height.
    pub(super) shrunk: Vec<(usize, Pt)>,
}

impl Plan {
    /// How much less height a strip takes than it has.
    pub(super) fn less(&self, part: StripId) -> Pt {
        let StripId::Body(index, 0) = part else {
            return Pt(0.0);
        };
        let mut shrunk = self.shrunk.iter().rev();
        let less = shrunk.find(|(own, _)| *own == index);
        less.map_or(Pt(0.0), |(_, less)| *less)
    }
}

/// The space above the footnotes, rule included, in lines of the grid.
pub(super) const SEPARATION: f32 = 0.8;

/// Heights that differ by less are equal.
pub(super) const EPSILON: Pt = Pt(0.01);
