//! Floats of a page: figures and tables, set where they come, begun there, or put off to the next page.

use crate::measure::Orientation;
use crate::theme::Pt;

use super::flow::{Float, Strip};
use super::paginate::{OpenPage, WELL_FILLED};
use super::plan::{SEPARATION, StripId, Waiting};

/// A picture is made no smaller than this part of its height, so that it has room on its page.
const SMALLEST: f32 = 0.4;
/// A head taller than this part of a page is not repeated: the rows would have no room.
const HEAD: f32 = 0.2;

impl OpenPage<'_> {
    /// Sets what the pages before put off; false where the page ends with a table that is not at its end: no text stands among its
    /// rows.
    pub(super) fn due_floats(&mut self) -> bool {
        let due = std::mem::take(&mut self.state.due);
        let mut due = due.into_iter();
        while let Some((index, from)) = due.next() {
            let Some(float) = self.float_at(index) else {
                continue;
            };
            if float.page != self.plan.page {
                self.state.due.push((index, from));
                self.state.due.extend(due);
                return from == 0;
            }
            let fits = self.y + self.float_height(float, from) <= self.room();
            let begins = fits || (self.empty() && self.begins(float, from));
            let left = if begins {
                self.set_float(float, index, from)
            } else {
                Some(from)
            };
            if let Some(left) = left {
                self.state.due.push((index, left));
                self.state.due.extend(due);
                return left == 0;
            }
        }
        true
    }

    /// Whether a float can begin at the top of this page: notes of the pages before may leave no room for it.
    fn begins(&self, float: &Float, from: usize) -> bool {
        self.plan.notes.is_empty() || self.y + self.least(float, from) <= self.room()
    }

    /// The height of what is set of a float at once.
    fn least(&self, float: &Float, from: usize) -> Pt {
        let kept = self.kept(float, from).max(from + 1);
        let strips = float.strips().take(kept).skip(from);
        let repeated = if self.repeats(float, from) {
            float.head_height()
        } else {
            Pt(0.0)
        };
        repeated + strips.map(|strip| strip.gap + strip.height).sum::<Pt>()
    }

    /// How many strips stay together: caption, head and first row, unless a page cannot hold them.
    fn kept(&self, float: &Float, from: usize) -> usize {
        let kept = float.lead.len() + float.head.len() + 1;
        let strips = float.strips().take(kept);
        let height: Pt = strips.map(|strip| strip.gap + strip.height).sum();
        if from < kept && height <= self.depth.depth {
            kept
        } else {
            0
        }
    }

    /// Whether the head is set again before a strip.
    fn repeats(&self, float: &Float, from: usize) -> bool {
        from >= float.lead.len() + float.head.len()
            && from > 0
            && !float.repeated.is_empty()
            && float.head_height() <= self.depth.depth * HEAD
    }

    /// The height of a float from a strip on; two pages are measured at most.
    fn float_height(&self, float: &Float, from: usize) -> Pt {
        let mut height = if self.repeats(float, from) {
            float.head_height()
        } else {
            Pt(0.0)
        };
        for strip in float.strips().skip(from) {
            height += strip.gap + strip.height;
            if height > self.depth.depth * 2.0 {
                break;
            }
        }
        height
    }

    /// A float where it comes: set, begun, or put off to the next page while the text after it moves up; false where the page ends
    /// before it.
    pub(super) fn float(&mut self, float: &Float) -> bool {
        if !self.clear_floats() {
            return false;
        }
        let index = self.state.next;
        let height = self.float_height(float, 0);
        let taller = height > self.depth.depth;
        self.state.next += 1;
        if float.page == Orientation::Turned {
            return self.turned(float, index);
        }
        if self.y + height + self.feet(float) <= self.room() {
            return self.begin(float, index);
        }
        if taller {
            let least = self.y + self.least_part(float) + self.depth.grid;
            let begins = if self.empty() {
                self.begins(float, 0)
            } else {
                least <= self.room()
            };
            if begins {
                return self.begin(float, index);
            }
        }
        self.state.due.push((index, 0));
        self.without_float = !self.below_float;
        true
    }

    /// A float for a page on its side: this page, where nothing stands on it yet, else the next one while the text goes on.
    fn turned(&mut self, float: &Float, index: usize) -> bool {
        if self.empty() && self.plan.notes.is_empty() {
            self.turn();
            self.begin(float, index);
            return false;
        }
        self.state.due.push((index, 0));
        self.without_float = !self.below_float;
        true
    }

    /// Whether what comes next may stand here: it passes no float that was put off. Where the page would end with a third of it
    /// empty, such floats are set here after all: a picture somewhat smaller, a table in two parts.
    pub(super) fn clear_floats(&mut self) -> bool {
        if self.state.due.is_empty() {
            return true;
        }
        let mut due = std::mem::take(&mut self.state.due).into_iter();
        while let Some((index, from)) = due.next() {
            let full = self.y + self.plan.foot >= self.depth.depth * WELL_FILLED;
            let float = self.float_at(index).filter(|_| !full && !self.empty());
            let left = match float {
                Some(float) => self.set_here(float, index, from),
                None => Some(from),
            };
            if let Some(left) = left {
                self.state.due.push((index, left));
                self.state.due.extend(due);
                self.leave_no_heading();
                return false;
            }
        }
        true
    }

    /// Sets a float that was put off on the page that it had no room on; gives the first strip that is left over.
    fn set_here(&mut self, float: &Float, index: usize, from: usize) -> Option<usize> {
        if float.page == Orientation::Turned {
            return Some(from);
        }
        let room = self.room() - self.y - self.feet(float) - self.depth.grid;
        let height = self.float_height(float, from);
        if height <= room {
            return self.set_float(float, index, from);
        }
        if let Some(picture) = float.picture {
            let less = height - room;
            if picture.height - less < picture.height * SMALLEST {
                return Some(from);
            }
            self.plan.shrunk.push((index, less));
            return self.set_float(float, index, from);
        }
        let begins = self.least(float, from) <= room;
        match begins && (from > 0 || self.least_part(float) <= room) {
            true => self.set_float(float, index, from),
            false => Some(from),
        }
    }

    /// The height of what a table begins with at least: caption, head and two rows.
    fn least_part(&self, float: &Float) -> Pt {
        let lead: Pt = float
            .lead
            .iter()
            .map(|strip| strip.gap + strip.height)
            .sum();
        let rows: Pt = float.body.iter().take(2).map(|strip| strip.height).sum();
        lead + float.head_height() + rows
    }

    /// Takes a heading to the next page under which nothing stands here.
    fn leave_no_heading(&mut self) {
        if self.heading.is_some()
            && let Some(best) = self.best.take()
        {
            self.go_back(best);
        }
    }

    /// Sets a float from its start; what is left of it is due.
    fn begin(&mut self, float: &Float, index: usize) -> bool {
        if let Some(left) = self.set_float(float, index, 0) {
            self.state.due.push((index, left));
        }
        self.state.due.is_empty()
    }

    /// The height of the notes that a float refers to, on a page that could hold it.
    fn feet(&self, float: &Float) -> Pt {
        let mut notes = Pt(0.0);
        for note in float.strips().flat_map(|strip| &strip.notes) {
            notes += self.note_height(note.0 as usize);
            if notes > self.depth.depth {
                break;
            }
        }
        if notes > Pt(0.0) {
            notes + self.depth.grid * SEPARATION
        } else {
            Pt(0.0)
        }
    }

    /// Sets a float from a strip on; gives the first strip that is left over.
    fn set_float(&mut self, float: &Float, index: usize, from: usize) -> Option<usize> {
        let kept = self.kept(float, from);
        if self.repeats(float, from) {
            self.plan.parts.push((StripId::Repeated(index), self.y));
            self.y += float.head_height();
        }
        let (lead, head) = (float.lead.len(), float.head.len());
        let mut notes = Vec::new();
        for (at, strip) in float.strips().enumerate().skip(from) {
            let gap = if self.empty() { Pt(0.0) } else { strip.gap };
            let part = if at < lead {
                StripId::Lead(index, at)
            } else if at < lead + head {
                StripId::Head(index, at - lead)
            } else {
                StripId::Body(index, at - lead - head)
            };
            let height = strip.height - self.plan.less(part);
            let room = self.y + gap + height <= self.room();
            if !room && at > from && at >= kept {
                self.below_float = true;
                return Some(at);
            }
            self.set_part(part, strip);
            notes.extend(strip.notes.iter().map(Waiting::whole));
            if at + 1 >= kept {
                // Before, they would take the room of what stays together.
                self.set_float_notes(&mut notes);
            }
        }
        self.set_float_notes(&mut notes);
        self.below_float = true;
        None
    }

    fn set_float_notes(&mut self, notes: &mut Vec<Waiting>) {
        if notes.is_empty() {
            return;
        }
        if self.plan.notes.is_empty() {
            self.plan.foot += self.depth.grid * SEPARATION;
        }
        let limit = (self.room() - self.y).max(Pt(0.0));
        self.set_notes(notes.drain(..), limit);
    }

    fn set_part(&mut self, part: StripId, strip: &Strip) {
        self.heading = None;
        let gap = if self.empty() {
            Pt(0.0)
        } else if self.below_float {
            strip.gap.max(self.depth.grid * 0.75)
        } else {
            strip.gap
        };
        self.below_float = false;
        let top = self.y + gap;
        self.plan.parts.push((part, top));
        self.plan.lines += u32::from(strip.lines);
        self.y = top + strip.height;
    }
}
