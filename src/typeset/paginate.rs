//! Pagination: which strip stands on which page and how far down. Nothing is moved yet; see [`super::pages`].

use crate::measure::Orientation;
use crate::theme::Pt;

use super::flow::{Element, Float, Flow, Strip};
use super::geometry::Geometry;
use super::plan::{EPSILON, Plan, SEPARATION, State, StripId, Waiting};

/// A page this full may end before what passes no float that waits.
pub(super) const WELL_FILLED: f32 = 0.67;
/// A page this full may end before a line whose note does not fit.
const FULL: f32 = 0.7;
/// The same for places counted in lines of the grid.
const EPSILON_LINES: f32 = 0.01;

/// The page frame's measures that matter here.
#[derive(Debug, Clone, Copy)]
pub(super) struct Depth {
    pub(super) depth: Pt,
    /// The same of a page on its side.
    pub(super) turned: Pt,
    pub(super) grid: Pt,
}

impl Depth {
    /// The measures of a page's frame.
    pub(super) fn of(geometry: Geometry) -> Self {
        Self {
            depth: geometry.depth,
            turned: geometry.turned().depth,
            grid: geometry.grid,
        }
    }
}

/// Plans every page from a state on; gives the state at each page's start as well.
pub(super) fn plan(flow: &Flow, depth: Depth, from: State) -> Vec<(State, Plan)> {
    let mut pages = Vec::new();
    let mut state = from;
    loop {
        let (plan, next) = page(flow, depth, &state);
        let done = next.next >= flow.elements.len() && next.due.is_empty() && next.notes.is_empty();
        // Every page sets a strip, or lines of a note: none is taller than a page.
        let stuck = next == state;
        debug_assert!(done || !stuck, "a page of {state:?} sets nothing");
        pages.push((std::mem::replace(&mut state, next), plan));
        if done || stuck {
            return pages;
        }
    }
}

/// Plans one page from a state on; gives the state at the start of the next one as well.
pub(super) fn page(flow: &Flow, depth: Depth, from: &State) -> (Plan, State) {
    OpenPage::new(flow, depth, from).fill()
}

/// How far down the text of a page reaches, its notes not counted.
pub(super) fn end(flow: &Flow, plan: &Plan) -> Pt {
    let ends = plan.parts.iter().map(|(part, top)| {
        let height = flow.strip(*part).map_or(Pt(0.0), |strip| strip.height);
        *top + height - plan.less(*part)
    });
    ends.fold(Pt(0.0), Pt::max)
}

/// A page being filled.
pub(super) struct OpenPage<'a> {
    pub(super) flow: &'a Flow,
    pub(super) depth: Depth,
    pub(super) plan: Plan,
    pub(super) y: Pt,
    pub(super) state: State,
    /// The last place where the page may end.
    pub(super) best: Option<Best>,
    /// A float was set just above.
    pub(super) below_float: bool,
    /// A float that stood here is set elsewhere, so the space around it goes too.
    pub(super) without_float: bool,
    /// The first part of the heading that was set just above.
    pub(super) heading: Option<usize>,
}

/// How far a page was filled at a place. What came later stands behind these lengths.
pub(super) struct Best {
    next: usize,
    parts: usize,
    notes: usize,
    due: Vec<(usize, usize)>,
    shrunk: usize,
    waiting: Vec<Waiting>,
    lines: u32,
    pub(super) foot: Pt,
    pub(super) y: Pt,
}

impl<'a> OpenPage<'a> {
    fn new(flow: &'a Flow, depth: Depth, state: &State) -> Self {
        Self {
            flow,
            depth,
            plan: Plan::default(),
            y: Pt(0.0),
            state: state.clone(),
            best: None,
            below_float: false,
            without_float: false,
            heading: None,
        }
    }

    fn fill(mut self) -> (Plan, State) {
        if let Some((index, _)) = self.state.due.first()
            && self
                .float_at(*index)
                .is_some_and(|float| float.page == Orientation::Turned)
        {
            self.turn();
        }
        self.carried_notes();
        let goes_on = self.due_floats();
        if !goes_on || self.plan.page == Orientation::Turned {
            // Nothing else stands on a page on its side.
            return (self.plan, self.state);
        }
        while let Some(element) = self.flow.elements.get(self.state.next) {
            let goes_on = match element {
                Element::Strip(strip) => self.strip(strip),
                Element::Float(float) => self.float(float),
            };
            if !goes_on {
                return (self.plan, self.state);
            }
        }
        self.clear_floats();
        (self.plan, self.state)
    }

    /// The float of an element.
    pub(super) fn float_at(&self, index: usize) -> Option<&'a Float> {
        match self.flow.elements.get(index) {
            Some(Element::Float(float)) => Some(float),
            _ => None,
        }
    }

    /// Turns the page on its side.
    pub(super) fn turn(&mut self) {
        self.plan.page = Orientation::Turned;
        self.depth.depth = self.depth.turned;
    }

    pub(super) fn empty(&self) -> bool {
        self.plan.parts.is_empty()
    }

    /// The height left above the notes.
    pub(super) fn room(&self) -> Pt {
        self.depth.depth - self.plan.foot + EPSILON
    }

    /// Sets a strip; false where the page ends before it.
    fn strip(&mut self, strip: &Strip) -> bool {
        let begun = !self.empty() || !self.plan.notes.is_empty();
        let waits = begun && (strip.clears || self.passes_notes(strip));
        let parts = self.plan.parts.len();
        if waits && !self.clear_floats() {
            // The next page begins with no line that stays with those above it.
            if !strip.may_begin
                && self.plan.parts.len() == parts
                && let Some(best) = self.best.take()
            {
                self.go_back(best);
            }
            return false;
        }
        // What a heading is kept with stands between them already.
        let may_begin = strip.may_begin || self.below_float;
        if may_begin && !self.empty() {
            self.best = Some(Best {
                next: self.state.next,
                parts: self.plan.parts.len(),
                notes: self.plan.notes.len(),
                due: self.state.due.clone(),
                shrunk: self.plan.shrunk.len(),
                waiting: self.state.notes.clone(),
                lines: self.plan.lines,
                foot: self.plan.foot,
                y: self.y,
            });
        }
        let top = self.top_of(strip);
        let notes: Pt = strip
            .notes
            .iter()
            .map(|note| self.note_height(note.0 as usize))
            .sum();
        let rule = if strip.notes.is_empty() || !self.plan.notes.is_empty() {
            Pt(0.0)
        } else {
            self.depth.grid * SEPARATION
        };
        let fits = top + strip.height + notes + rule <= self.room();
        if fits || self.may_split_notes(strip, top, notes, rule) {
            self.lower_heading(strip, top);
            self.set(strip, top, rule);
            return true;
        }
        if let Some(best) = self.best.take() {
            self.go_back(best);
            return false;
        }
        if self.empty() && self.plan.notes.is_empty() {
            // It stands at the top of the page already, and no strip is taller than a page.
            self.set(strip, top, rule);
            return true;
        }
        false
    }

    /// Ends the page where it could end last.
    pub(super) fn go_back(&mut self, best: Best) {
        self.plan.parts.truncate(best.parts);
        self.plan.notes.truncate(best.notes);
        self.plan.shrunk.truncate(best.shrunk);
        self.plan.lines = best.lines;
        self.plan.foot = best.foot;
        self.state.next = best.next;
        self.state.due = best.due;
        self.state.notes = best.waiting;
    }

    fn top_of(&self, strip: &Strip) -> Pt {
        let mut gap = if self.empty() { Pt(0.0) } else { strip.gap };
        if self.without_float && strip.on_grid {
            gap = Pt(0.0);
        }
        if self.below_float {
            gap = gap.max(self.depth.grid * 0.75);
        }
        let top = self.y + gap;
        if strip.on_grid {
            let line = (top / self.depth.grid - EPSILON_LINES).ceil();
            self.depth.grid * line.max(0.0)
        } else {
            top
        }
    }

    /// Puts the slack between a heading and the grid above the heading.
    fn lower_heading(&mut self, strip: &Strip, top: Pt) {
        if let Some(from) = self.heading.take_if(|_| strip.on_grid) {
            let slack = top - (self.y + strip.gap);
            for (_, y) in &mut self.plan.parts[from..] {
                *y += slack.max(Pt(0.0));
            }
        }
    }

    /// Whether notes would come before those of a float that is due: their numbers would be out of order. Before a page on its side
    /// that is better than a page a third of which is empty: nothing else can fill it.
    fn passes_notes(&self, strip: &Strip) -> bool {
        let full = self.y + self.plan.foot >= self.depth.depth * WELL_FILLED;
        !strip.notes.is_empty()
            && self
                .state
                .due
                .iter()
                .any(|(index, from)| match self.flow.elements.get(*index) {
                    Some(Element::Float(float)) => {
                        let mut left = float.strips().skip(*from);
                        let waits = full || float.page == Orientation::Upright;
                        waits && left.any(|strip| !strip.notes.is_empty())
                    }
                    _ => false,
                })
    }

    /// Notes that do not fit are split where the page would end much too high without its line, or where they are long.
    fn may_split_notes(&self, strip: &Strip, top: Pt, notes: Pt, rule: Pt) -> bool {
        if strip.notes.is_empty() {
            return false;
        }
        let good_end = self
            .best
            .as_ref()
            .is_some_and(|best| best.y + best.foot >= self.depth.depth * FULL);
        if good_end && notes < self.depth.depth * 0.5 {
            return false;
        }
        let unit = self.unit(self.state.next + 1);
        let first = strip
            .notes
            .first()
            .and_then(|note| self.note(note.0 as usize).first());
        let least = first.map_or(Pt(0.0), |line| line.height * 2.0);
        top + strip.height + unit + rule + least <= self.room()
    }

    fn set(&mut self, strip: &Strip, top: Pt, rule: Pt) {
        if strip.heads {
            self.heading.get_or_insert(self.plan.parts.len());
        } else {
            self.heading = None;
        }
        self.plan.parts.push((StripId::Strip(self.state.next), top));
        self.plan.lines += u32::from(strip.lines);
        self.y = top + strip.height;
        self.state.next += 1;
        self.below_float = false;
        self.without_float = false;
        if strip.notes.is_empty() {
            return;
        }
        let unit = self.unit(self.state.next);
        self.plan.foot += rule;
        let total: Pt = strip
            .notes
            .iter()
            .map(|note| self.note_height(note.0 as usize))
            .sum();
        // Whole notes may take all that is left; a split one leaves room for the lines that must follow.
        let limit = if self.y + total <= self.room() {
            self.room() - self.y
        } else {
            (self.room() - self.y - unit).max(Pt(0.0))
        };
        self.set_notes(strip.notes.iter().map(Waiting::whole), limit);
    }

    /// The height of what must follow on the same page, from an element on; a page's height is measured at most.
    fn unit(&self, from: usize) -> Pt {
        let following = self.flow.elements.get(from..).unwrap_or_default();
        let mut height = Pt(0.0);
        for element in following {
            match element {
                Element::Strip(strip) if !strip.may_begin && height <= self.depth.depth => {
                    height += strip.gap + strip.height;
                }
                _ => break,
            }
        }
        height
    }
}
