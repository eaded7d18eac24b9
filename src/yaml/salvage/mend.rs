//! What is done about each kind of fault. The first mend that fits is made; a line that none fits is left out.

use super::lines::Beginning;
use super::{Fault, Salvager, is_hopeless};
use crate::diagnostic::{ByteSpan, Code};
use crate::yaml::stand_ins;

impl Salvager<'_> {
    /// Mends a fault; whether the text was changed.
    pub(super) fn mend(&mut self, fault: &Fault) -> bool {
        if is_hopeless(fault) {
            self.problems.push(fault.diagnostic.clone());
            return false;
        }
        if fault.diagnostic.code == Code::SecondDocument {
            self.edits.replace(fault.at..self.text.len(), "");
            self.problems.push(fault.diagnostic.clone());
            return true;
        }
        if self.mend_escapes(fault) {
            return true;
        }
        if !std::mem::replace(&mut self.are_spaces_mended, true) {
            let mends = [
                self.mend_indents(),
                self.mend_spaces_behind_hyphens(),
                self.mend_wide_colons(),
                self.mend_tabs_behind_colons(),
                self.mend_key_signs(),
                self.mend_keys_on_one_line(),
            ];
            if mends.contains(&true) {
                return true;
            }
        }
        let Some(number) = self.line_of(fault) else {
            self.problems.push(fault.diagnostic.clone());
            return false;
        };
        // In the order in which they are tried.
        let mends: [fn(&mut Self, &Fault, usize) -> bool; 16] = [
            Self::sign_of_text,
            Self::numbered_item,
            Self::unnamed,
            Self::bare_key,
            Self::numbered_note,
            Self::bullet,
            Self::escape,
            Self::quotation,
            Self::indicator,
            Self::flow,
            Self::colon,
            Self::space,
            Self::tab,
            Self::comment,
            Self::indent,
            Self::leave_out,
        ];
        mends.iter().any(|mend| mend(self, fault, number))
    }

    /// The line at which to mend: the parser notices a key without a colon only behind it.
    fn line_of(&self, fault: &Fault) -> Option<usize> {
        let number = self.lines.at(fault.at);
        let is_behind = fault.at <= self.lines.start(number) || self.lines.is_blank(number);
        if fault.info.contains("simple key") && is_behind {
            return self.lines.above(number);
        }
        self.lines.with_content(number)
    }

    pub(super) fn beginning(&self, number: usize) -> Beginning {
        self.lines.beginning(number, |at| self.edits.begins_at(at))
    }

    /// Takes a character's meaning away; not twice.
    pub(super) fn blunt(&mut self, at: usize) -> bool {
        let c = self.text[at..].chars().next();
        let Some((c, mark)) = c.and_then(|c| Some((c, stand_ins::stand_in(c)?))) else {
            return false;
        };
        if self.edits.begins_at(at) {
            return false;
        }
        self.edits.replace(at..at + c.len_utf8(), mark);
        true
    }

    /// The key of the schema with which a line begins.
    pub(super) fn known_key(&self, number: usize) -> Option<&str> {
        if self.lines.is_blank(number) {
            return None;
        }
        let key = &self.lines.content(number)[self.beginning(number).key?];
        self.knows(key).then_some(key)
    }

    /// The bytes of a line's value, where it is all on the line.
    pub(super) fn whole_value(&self, number: usize, line: &Beginning) -> Option<ByteSpan> {
        let content = self.lines.content(number);
        let value = &content[line.value..];
        let key = line.key.as_ref().map(|key| &content[key.clone()]);
        // A line that begins nothing may go on from the one above it.
        if line.hyphens.is_empty() && !key.is_some_and(|key| self.knows(key)) {
            return None;
        }
        let inside = match (&line.key, line.hyphens.last()) {
            (Some(key), _) if key.start < line.value => key.start,
            (_, Some(hyphen)) => *hyphen,
            _ => 0,
        };
        let column = self.lines.column(number) + content[..inside].chars().count();
        let next = self.lines.next(number);
        let goes_on = next.is_some_and(|next| self.lines.column(next) > column);
        let start = self.lines.start(number) + line.value;
        let is_whole = !goes_on && !value.is_empty() && !value.contains(" #");
        is_whole.then(|| start..start + value.len())
    }
}
