//! Lists and mappings in brackets that are not closed.

use super::{Fault, Salvager};
use crate::diagnostic::{Code, Diagnostic};
use crate::piece::one_line;
use crate::yaml::syntax::shortened;

impl Salvager<'_> {
    /// A list or a mapping in brackets that is not closed.
    pub(super) fn flow(&mut self, fault: &Fault, number: usize) -> bool {
        const FURTHEST: usize = 50;
        if !fault.info.contains("flow") && !fault.info.contains("bracket") {
            return false;
        }
        if self.close(number) {
            return true;
        }
        for above in (number.saturating_sub(FURTHEST)..=number).rev() {
            let at = self.lines.start(above) + self.beginning(above).value;
            if self.text[at..].starts_with(['[', '{']) && self.blunt(at) {
                let close = if self.text[at..].starts_with('[') {
                    ']'
                } else {
                    '}'
                };
                let message = "what begins with this bracket is not closed, or cannot be read";
                let problem = Diagnostic::error(Code::Yaml, message)
                    .at(Some(at..at + 1))
                    .hint(format!("close it with `{close}`, and part what is in it with `, `; if the bracket belongs to a text, quote all of it"));
                self.tell(above, problem);
                return true;
            }
        }
        false
    }

    /// A bracket that is left open before a line that begins something else, or at the end; whether it was closed.
    pub(super) fn close(&mut self, number: usize) -> bool {
        const FURTHEST: usize = 10;
        let value = |line: usize| self.lines.start(line) + self.beginning(line).value;
        let opens = |line: usize| self.text[value(line)..].starts_with(['[', '{']);
        let last = match self.known_key(number).is_some() && !opens(number) {
            true => self.lines.above(number),
            false => Some(number),
        };
        let Some(last) = last else {
            return false;
        };
        let mut above = (last.saturating_sub(FURTHEST)..=last).rev();
        let Some((first, key)) = above.find_map(|line| Some((line, self.known_key(line)?))) else {
            return false;
        };
        let begins = value(first);
        let end = self.lines.start(last) + self.lines.content(last).len();
        let close = match self.text[begins..].chars().next() {
            Some('[') => ']',
            Some('{') => '}',
            _ => return false,
        };
        let is_told = self.edits.begins_at(begins) || self.edits.begins_at(end);
        if is_told || self.text[begins..end].contains(close) {
            return false;
        }
        let whole = one_line(&self.text[begins..end]);
        let right = format!("{key}: {}{close}", shortened(whole.trim_end_matches(',')));
        self.edits.replace(end..end, close);
        let problem = Diagnostic::error(Code::Yaml, "this bracket is not closed")
            .at(Some(begins..begins + 1))
            .hint(format!("close it with `{close}`: `{right}`"));
        self.tell(first, problem);
        true
    }
}
