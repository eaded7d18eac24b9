//! Pagination: which strip stands on which page and how far down. Nothing is moved yet; see [`super::pages`].

use super::collect::Flow;
use super::flow::{Element, Float, Strip};

/// Where the text of a page begins: what it owes to the pages before it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct State {
    /// The next element.
    pub(super) next: usize,
    /// Floats that are due: the element, and the rows of it that are set already.
    pub(super) due: Vec<(usize, usize)>,
    /// Notes to be finished: the note, and the lines of it that are set already.
    pub(super) notes: Vec<(usize, usize)>,
}

/// A strip of the flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
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
    pub(super) parts: Vec<(Part, f32)>,
    /// Notes with the range of their lines.
    pub(super) notes: Vec<(usize, usize, usize)>,
    /// The height of the notes with the rule above them.
    pub(super) foot: f32,
    /// How many lines it counts.
    pub(super) lines: u32,
}

/// The space above the footnotes, rule included, in lines of the grid.
pub(super) const SEPARATION: f32 = 0.8;
/// A page this full may end before a line whose note does not fit.
const FULL: f32 = 0.7;
/// Heights that differ by less are equal.
const EPSILON: f32 = 0.01;

/// The page frame's measures that matter here.
#[derive(Debug, Clone, Copy)]
pub(super) struct Depth {
    pub(super) depth: f32,
    pub(super) grid: f32,
}

/// Plans every page from a state on; gives the state at each page's start as well.
pub(super) fn plan(flow: &Flow, depth: Depth, from: State) -> Vec<(State, Plan)> {
    let mut pages = Vec::new();
    let mut state = from;
    loop {
        let (plan, next) = Page::new(flow, depth, &state).fill();
        let done = next.next >= flow.elements.len() && next.due.is_empty() && next.notes.is_empty();
        let stuck = next == state;
        pages.push((std::mem::replace(&mut state, next), plan));
        if done || stuck {
            return pages;
        }
    }
}

/// A page being filled.
struct Page<'a> {
    flow: &'a Flow,
    depth: Depth,
    plan: Plan,
    y: f32,
    state: State,
    /// The last place where the page may end.
    best: Option<Best>,
    /// A float was set just above.
    below_float: bool,
    /// A float that stood here is set elsewhere, so the space around it goes too.
    without_float: bool,
}

struct Best {
    parts: usize,
    notes: Vec<(usize, usize, usize)>,
    state: State,
    lines: u32,
    foot: f32,
    y: f32,
}

impl<'a> Page<'a> {
    fn new(flow: &'a Flow, depth: Depth, state: &State) -> Self {
        Self {
            flow,
            depth,
            plan: Plan::default(),
            y: 0.0,
            state: state.clone(),
            best: None,
            below_float: false,
            without_float: false,
        }
    }

    fn fill(mut self) -> (Plan, State) {
        self.carried_notes();
        self.due_floats();
        while let Some(element) = self.flow.elements.get(self.state.next) {
            let goes_on = match element {
                Element::Strip(strip) => self.strip(strip),
                Element::Float(float) => self.float(float),
            };
            if !goes_on {
                break;
            }
        }
        (self.plan, self.state)
    }

    fn empty(&self) -> bool {
        self.plan.parts.is_empty()
    }

    /// The height left above the notes.
    fn room(&self) -> f32 {
        self.depth.depth - self.plan.foot + EPSILON
    }

    fn note(&self, index: usize) -> &'a [Strip] {
        self.flow.notes.get(index).map_or(&[], Vec::as_slice)
    }

    /// Sets a strip; false where the page ends before it.
    fn strip(&mut self, strip: &Strip) -> bool {
        if strip.clears && !self.state.due.is_empty() && !self.empty() {
            return false;
        }
        if strip.may_begin && !self.empty() {
            self.best = Some(Best {
                parts: self.plan.parts.len(),
                notes: self.plan.notes.clone(),
                state: self.state.clone(),
                lines: self.plan.lines,
                foot: self.plan.foot,
                y: self.y,
            });
        }
        let top = self.top_of(strip);
        let notes: f32 = strip
            .notes
            .iter()
            .map(|note| self.note_height(note.0 as usize, 0))
            .sum();
        let rule = if strip.notes.is_empty() || !self.plan.notes.is_empty() {
            0.0
        } else {
            SEPARATION * self.depth.grid
        };
        let fits = top + strip.height + notes + rule <= self.room();
        if fits || self.may_split_notes(strip, top, notes, rule) {
            self.set(strip, top, rule);
            return true;
        }
        if let Some(best) = self.best.take() {
            self.plan.parts.truncate(best.parts);
            self.plan.notes = best.notes;
            self.plan.lines = best.lines;
            self.plan.foot = best.foot;
            self.state = best.state;
            return false;
        }
        if self.empty() {
            // Taller than a page: nothing better can be done.
            self.set(strip, top, rule);
            return true;
        }
        false
    }

    fn top_of(&self, strip: &Strip) -> f32 {
        let mut gap = if self.empty() { 0.0 } else { strip.gap };
        if self.without_float && strip.on_grid {
            gap = 0.0;
        }
        if self.below_float {
            gap = gap.max(0.75 * self.depth.grid);
        }
        let top = self.y + gap;
        if strip.on_grid {
            (top / self.depth.grid - EPSILON).ceil().max(0.0) * self.depth.grid
        } else {
            top
        }
    }

    /// Notes that do not fit are split where the page would end much too high without its line, or where they are long.
    fn may_split_notes(&self, strip: &Strip, top: f32, notes: f32, rule: f32) -> bool {
        if strip.notes.is_empty() {
            return false;
        }
        let good_end = self
            .best
            .as_ref()
            .is_some_and(|best| best.y + best.foot >= FULL * self.depth.depth);
        if good_end && notes < 0.5 * self.depth.depth {
            return false;
        }
        let following = self.flow.elements[self.state.next + 1..].iter();
        let unit: f32 = following
            .map_while(|element| match element {
                Element::Strip(strip) if !strip.may_begin => Some(strip.gap + strip.height),
                _ => None,
            })
            .sum();
        let first = strip
            .notes
            .first()
            .and_then(|note| self.note(note.0 as usize).first());
        let least = first.map_or(0.0, |line| 2.0 * line.height);
        top + strip.height + unit + rule + least <= self.room()
    }

    fn set(&mut self, strip: &Strip, top: f32, rule: f32) {
        self.plan.parts.push((Part::Strip(self.state.next), top));
        self.plan.lines += u32::from(strip.lines);
        self.y = top + strip.height;
        self.state.next += 1;
        self.below_float = false;
        self.without_float = false;
        if strip.notes.is_empty() {
            return;
        }
        let following = self.flow.elements[self.state.next..].iter();
        let unit: f32 = following
            .map_while(|element| match element {
                Element::Strip(strip) if !strip.may_begin => Some(strip.gap + strip.height),
                _ => None,
            })
            .sum();
        self.plan.foot += rule;
        let total: f32 = strip
            .notes
            .iter()
            .map(|note| self.note_height(note.0 as usize, 0))
            .sum();
        // Whole notes may take all that is left; a split one leaves room for the lines that must follow.
        let limit = if self.y + total <= self.room() {
            self.room() - self.y
        } else {
            (self.room() - self.y - unit).max(0.0)
        };
        let notes: Vec<(usize, usize)> = strip
            .notes
            .iter()
            .map(|note| (note.0 as usize, 0))
            .collect();
        self.set_notes(notes, limit);
    }

    /// Sets notes from these lines on into a height; what is left waits for the next page.
    fn set_notes(&mut self, notes: Vec<(usize, usize)>, limit: f32) {
        let mut left = limit;
        let mut full = !self.state.notes.is_empty();
        for (note, from) in notes {
            let lines = self.note(note);
            let mut to = from;
            while !full && to < lines.len() && lines[to].height <= left + EPSILON {
                left -= lines[to].height;
                self.plan.foot += lines[to].height;
                to += 1;
            }
            if to > from {
                self.plan.notes.push((note, from, to));
            }
            if to < lines.len() {
                full = true;
                self.state.notes.push((note, to));
            }
        }
    }

    fn note_height(&self, note: usize, from: usize) -> f32 {
        self.note(note)
            .iter()
            .skip(from)
            .map(|line| line.height)
            .sum()
    }

    fn carried_notes(&mut self) {
        let carried = std::mem::take(&mut self.state.notes);
        if carried.is_empty() {
            return;
        }
        let text_left = self.state.next < self.flow.elements.len() || !self.state.due.is_empty();
        let reserve = if text_left {
            4.0 * self.depth.grid
        } else {
            0.0
        };
        self.plan.foot = SEPARATION * self.depth.grid;
        let limit = self.depth.depth - self.plan.foot - reserve;
        self.set_notes(carried, limit);
    }

    fn due_floats(&mut self) {
        let due = std::mem::take(&mut self.state.due);
        let mut due = due.into_iter();
        while let Some((index, rows)) = due.next() {
            let Some(Element::Float(float)) = self.flow.elements.get(index) else {
                continue;
            };
            let fits = self.y + self.float_height(float, rows) <= self.room();
            if !fits && !self.empty() {
                self.state.due.push((index, rows));
                self.state.due.extend(due);
                return;
            }
            if let Some(rows) = self.set_float(float, index, rows) {
                self.state.due.push((index, rows));
                self.state.due.extend(due);
                return;
            }
        }
    }

    fn float_height(&self, float: &Float, rows: usize) -> f32 {
        let rest: f32 = float
            .body
            .iter()
            .skip(rows)
            .map(|strip| strip.gap + strip.height)
            .sum();
        if rows == 0 {
            float.height()
        } else {
            rest + head_height(float)
        }
    }

    /// A float where it comes: set, begun, or put off to the next page.
    fn float(&mut self, float: &Float) -> bool {
        let index = self.state.next;
        let notes = float
            .lead
            .iter()
            .chain(&float.head)
            .chain(&float.body)
            .flat_map(|strip| &strip.notes);
        let notes: f32 = notes
            .map(|note| self.note_height(note.0 as usize, 0))
            .sum::<f32>();
        let foot = if notes > 0.0 {
            notes + SEPARATION * self.depth.grid
        } else {
            0.0
        };
        let height = self.float_height(float, 0);
        let fits = self.y + height + foot <= self.room();
        self.state.next += 1;
        if self.state.due.is_empty() && fits {
            self.set_float(float, index, 0);
            return true;
        }
        if self.state.due.is_empty() && height > self.depth.depth {
            let lead: f32 = float
                .lead
                .iter()
                .map(|strip| strip.gap + strip.height)
                .sum();
            let rows: f32 = float.body.iter().take(2).map(|strip| strip.height).sum();
            if self.empty()
                || self.y + lead + head_height(float) + rows + self.depth.grid <= self.room()
            {
                if let Some(rows) = self.set_float(float, index, 0) {
                    self.state.due.push((index, rows));
                }
                return self.state.due.is_empty();
            }
        }
        let waiting: f32 = self
            .state
            .due
            .iter()
            .map(|(index, rows)| match &self.flow.elements[*index] {
                Element::Float(float) => self.float_height(float, *rows),
                Element::Strip(_) => 0.0,
            })
            .sum();
        if !self.state.due.is_empty() && waiting + height > self.depth.depth {
            // It would come later than the next page: the text waits instead.
            self.state.next -= 1;
            return false;
        }
        self.state.due.push((index, 0));
        self.without_float = !self.below_float;
        true
    }

    /// Sets a float from a row on; gives the first row that is left over.
    fn set_float(&mut self, float: &Float, index: usize, rows: usize) -> Option<usize> {
        let began = self.plan.parts.len();
        if rows == 0 {
            for (at, strip) in float.lead.iter().enumerate() {
                self.set_part(Part::Lead(index, at), strip);
            }
            for (at, strip) in float.head.iter().enumerate() {
                self.set_part(Part::Head(index, at), strip);
            }
        } else if !float.repeated.is_empty() {
            self.plan.parts.push((Part::Repeated(index), self.y));
            self.y += head_height(float);
        }
        for (at, strip) in float.body.iter().enumerate().skip(rows) {
            let gap = if self.plan.parts.is_empty() {
                0.0
            } else {
                strip.gap
            };
            let room = self.y + gap + strip.height <= self.room();
            if !room && at > rows && self.plan.parts.len() > began {
                self.below_float = true;
                return Some(at);
            }
            self.set_part(Part::Body(index, at), strip);
        }
        self.below_float = true;
        None
    }

    fn set_part(&mut self, part: Part, strip: &Strip) {
        let gap = if self.empty() {
            0.0
        } else if self.below_float {
            strip.gap.max(0.75 * self.depth.grid)
        } else {
            strip.gap
        };
        self.below_float = false;
        let top = self.y + gap;
        self.plan.parts.push((part, top));
        self.plan.lines += u32::from(strip.lines);
        self.y = top + strip.height;
        if strip.notes.is_empty() {
            return;
        }
        if self.plan.notes.is_empty() {
            self.plan.foot += SEPARATION * self.depth.grid;
        }
        let notes = strip
            .notes
            .iter()
            .map(|note| (note.0 as usize, 0))
            .collect();
        let limit = (self.room() - self.y).max(0.0);
        self.set_notes(notes, limit);
    }
}

fn head_height(float: &Float) -> f32 {
    float
        .head
        .iter()
        .map(|strip| strip.gap + strip.height)
        .sum()
}
