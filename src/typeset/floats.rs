//! Floats of a page: figures and tables, set where they come, begun there, or put off to the next page.

use crate::theme::Pt;

use super::flow::{Element, Float, Strip};
use super::footnotes::Waiting;
use super::paginate::{OpenPage, SEPARATION, StripId};

/// A page this full may end before a float that another one waits before.
const FULL: f32 = 0.67;
/// A head taller than this part of a page is not repeated: the rows would have no room.
const HEAD: f32 = 0.2;

impl OpenPage<'_> {
    /// Sets what the pages before put off.
    pub(super) fn due_floats(&mut self) {
        let due = std::mem::take(&mut self.state.due);
        let mut due = due.into_iter();
        while let Some((index, from)) = due.next() {
            let Some(Element::Float(float)) = self.flow.elements.get(index) else {
                continue;
            };
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
                return;
            }
        }
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

    /// A float where it comes: set, begun, or put off to the next page; false where the page ends before what follows.
    pub(super) fn float(&mut self, float: &Float) -> bool {
        let index = self.state.next;
        let height = self.float_height(float, 0);
        let taller = height > self.depth.depth;
        self.state.next += 1;
        if self.state.due.is_empty() && self.y + height + self.feet(float) <= self.room() {
            return self.begin(float, index);
        }
        if self.state.due.is_empty() && taller {
            let lead: Pt = float
                .lead
                .iter()
                .map(|strip| strip.gap + strip.height)
                .sum();
            let rows: Pt = float.body.iter().take(2).map(|strip| strip.height).sum();
            let least = self.y + lead + float.head_height() + rows + self.depth.grid;
            let begins = if self.empty() {
                self.begins(float, 0)
            } else {
                least <= self.room()
            };
            if begins {
                return self.begin(float, index);
            }
        }
        let waiting: Pt = self
            .state
            .due
            .iter()
            .map(|(index, from)| match &self.flow.elements[*index] {
                Element::Float(float) => self.float_height(float, *from),
                Element::Strip(_) => Pt(0.0),
            })
            .sum();
        let full = self.y + self.plan.foot >= self.depth.depth * FULL;
        if !self.state.due.is_empty() && (full || waiting + height > self.depth.depth) {
            // Its text would run ahead of two floats, or it would come later than the next page: the text waits instead.
            self.state.next -= 1;
            return false;
        }
        self.state.due.push((index, 0));
        self.without_float = !self.below_float;
        true
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
            let room = self.y + gap + strip.height <= self.room();
            if !room && at > from && at >= kept {
                self.below_float = true;
                return Some(at);
            }
            let part = if at < lead {
                StripId::Lead(index, at)
            } else if at < lead + head {
                StripId::Head(index, at - lead)
            } else {
                StripId::Body(index, at - lead - head)
            };
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
