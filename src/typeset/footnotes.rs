//! Footnotes of a page: those that its lines refer to, and those that the pages before could not finish.

use crate::theme::Pt;

use super::flow::Strip;
use super::paginate::OpenPage;
use super::plan::{EPSILON, SEPARATION, Waiting};

impl<'a> OpenPage<'a> {
    pub(super) fn note(&self, index: usize) -> &'a [Strip] {
        self.flow.notes.get(index).map_or(&[], Vec::as_slice)
    }

    /// Sets notes into a height; what is left waits for the next page.
    pub(super) fn set_notes(&mut self, notes: impl IntoIterator<Item = Waiting>, limit: Pt) {
        let mut left = limit;
        for mut waiting in notes {
            while self.state.notes.is_empty() && waiting.note < waiting.until {
                let lines = self.note(waiting.note);
                let from = waiting.line;
                let mut to = from;
                while let Some(line) = lines.get(to).filter(|line| line.height <= left + EPSILON) {
                    left -= line.height;
                    self.plan.foot += line.height;
                    to += 1;
                }
                if to > from {
                    self.plan.notes.push((waiting.note, from, to));
                }
                if to < lines.len() {
                    waiting.line = to;
                    break;
                }
                waiting.note += 1;
                waiting.line = 0;
            }
            if waiting.note < waiting.until {
                self.wait(waiting);
            }
        }
    }

    fn wait(&mut self, waiting: Waiting) {
        match self.state.notes.last_mut() {
            Some(last) if last.until == waiting.note && waiting.line == 0 => {
                last.until = waiting.until;
            }
            _ => self.state.notes.push(waiting),
        }
    }

    pub(super) fn note_height(&self, note: usize) -> Pt {
        self.note(note).iter().map(|line| line.height).sum()
    }

    /// Sets what the pages before could not, but for the room that the text needs to go on.
    pub(super) fn carried_notes(&mut self) {
        let carried = std::mem::take(&mut self.state.notes);
        if carried.is_empty() {
            return;
        }
        let text_left = self.state.next < self.flow.elements.len() || !self.state.due.is_empty();
        let reserve = if text_left {
            self.depth.grid * 4.0
        } else {
            Pt(0.0)
        };
        self.plan.foot = self.depth.grid * SEPARATION;
        let limit = self.depth.depth - self.plan.foot - reserve;
        self.set_notes(carried, limit);
    }
}
