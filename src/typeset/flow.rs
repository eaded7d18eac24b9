//! The flow: strips of the page's height in reading order, before they are shared out among pages.

use crate::compose::{Kind, NoteId, TextId};
use crate::measure::{Orientation, Side};
use crate::theme::Pt;

use super::layout::{Artifact, PageStart, Placed};
use super::line_frame::Align;
use super::linebreak::Fill;
use super::plan::StripId;

/// A strip across the page: a line of text, a row of a table, a figure. Its parts stand at places counted from its top.
#[derive(Debug, Default)]
pub(super) struct Strip {
    /// The space above, left out at a page's top.
    pub(super) gap: Pt,
    pub(super) height: Pt,
    /// Whether its top stands on the grid.
    pub(super) on_grid: bool,
    /// Whether a page may begin with it.
    pub(super) may_begin: bool,
    /// Whether it belongs to a heading, which keeps its distance to what it heads: the slack to the grid goes above it.
    pub(super) heads: bool,
    /// Whether the floats before it must be set before it: it is a heading, or begins the colophon.
    pub(super) clears: bool,
    /// How many lines it counts for on a last page.
    pub(super) lines: u16,
    /// Where in the text it begins.
    pub(super) start: Option<PageStart>,
    /// The notes that it refers to first.
    pub(super) notes: Vec<NoteId>,
    pub(super) content: Vec<Placed>,
    pub(super) artifacts: Vec<Artifact>,
}

/// An element of the flow.
#[derive(Debug)]
pub(super) enum Element {
    /// Set where it comes.
    Strip(Strip),
    /// Kept together if it can be: here, or at the top of the next page while the text goes on.
    Float(Float),
}

/// A figure or a table.
#[derive(Debug, Default)]
pub(super) struct Float {
    /// The caption of a table.
    pub(super) lead: Vec<Strip>,
    /// The head of a table, and the same as artifacts for further pages.
    pub(super) head: Vec<Strip>,
    pub(super) repeated: Vec<Artifact>,
    /// The rows of a table, or the figure.
    pub(super) body: Vec<Strip>,
    /// The height of a figure's picture, which may be made smaller where that gives it room on a page.
    pub(super) picture: Option<FloatingPicture>,
    /// How the pages lie that it stands on.
    pub(super) page: Orientation,
}

/// The picture of a figure: how high it is, and where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct FloatingPicture {
    pub(super) height: Pt,
    pub(super) side: Side,
}

/// A paragraph that may be set again with a line more or fewer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Adjustable {
    /// Its first element.
    pub(super) first: usize,
    /// How many lines it has.
    pub(super) lines: usize,
    pub(super) text: TextId,
    pub(super) setting: Setting,
}

/// How the lines of a text stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting {
    pub(super) kind: Kind,
    pub(super) x: Pt,
    pub(super) measure: Pt,
    pub(super) indent: Pt,
    /// Where its lines stand; where its kind's do, unless it is said here.
    pub(super) align: Option<Align>,
    /// Another filling than the kind's.
    pub(super) fill: Option<Fill>,
    pub(super) looseness: i32,
    /// Its size of type and leading, as a part of its kind's.
    pub(super) scale: f32,
}

impl Float {
    /// Its strips in their order: caption, head and rows of a table, or the figure.
    pub(super) fn strips(&self) -> impl Iterator<Item = &Strip> {
        self.lead.iter().chain(&self.head).chain(&self.body)
    }

    /// The height of its head.
    pub(super) fn head_height(&self) -> Pt {
        self.head.iter().map(|strip| strip.gap + strip.height).sum()
    }
}

/// Where the baseline of a line stands in its strip, as a fraction of the leading.
pub(super) const BASELINE: f32 = 0.74;

/// Everything to be shared out among pages.
#[derive(Debug, Default)]
pub(super) struct Flow {
    pub(super) elements: Vec<Element>,
    /// The paragraphs of running text, in order.
    pub(super) adjustable: Vec<Adjustable>,
    /// How many of the last elements are the colophon.
    pub(super) colophon: usize,
    /// The last line of each entry of the contents, and the heading that it names.
    pub(super) contents: Vec<(usize, TextId)>,
    /// The lines of each footnote.
    pub(super) notes: Vec<Vec<Strip>>,
}

impl Flow {
    /// The strip of a page's part; a head that is repeated is no strip of its own.
    pub(super) fn strip(&self, part: StripId) -> Option<&Strip> {
        let float = |element: usize| match self.elements.get(element) {
            Some(Element::Float(float)) => Some(float),
            _ => None,
        };
        match part {
            StripId::Strip(element) => match self.elements.get(element) {
                Some(Element::Strip(strip)) => Some(strip),
                _ => None,
            },
            StripId::Lead(element, index) => float(element)?.lead.get(index),
            StripId::Head(element, index) => float(element)?.head.get(index),
            StripId::Body(element, index) => float(element)?.body.get(index),
            StripId::Repeated(_) => None,
        }
    }
}
