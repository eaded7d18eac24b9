//! Signs that people write in the place of YAML's: bullets for hyphens, the number of a note with a full stop for its key.

use super::{Fault, Salvager};
use crate::diagnostic::{Code, Diagnostic, Edit};
use crate::yaml::syntax::shortened;

/// Signs that stand before the items of lists elsewhere.
const SIGNS: &[char] = &[
    '•', '·', '◦', '▪', '●', '‣', '⁃', '∙', '○', '■', '□', '–', '—', '*', '+',
];

impl Salvager<'_> {
    /// A sign of lists for a hyphen, in a column where items begin.
    pub(super) fn bullet(&mut self, _: &Fault, number: usize) -> bool {
        let content = self.lines.content(number);
        let Some(sign) = content.chars().next().filter(|c| SIGNS.contains(c)) else {
            return false;
        };
        let rest = &content[sign.len_utf8()..];
        let at = self.lines.start(number);
        let open = self.lines.open_above(number, |at| self.edits.begins_at(at));
        let is_item =
            rest.starts_with([' ', '\t']) && open.hyphens.contains(&self.lines.column(number));
        if !is_item || self.edits.begins_at(at) {
            return false;
        }
        let hyphen = Edit::new(at..at + sign.len_utf8(), "-");
        self.edits.replace(at..at + sign.len_utf8(), "-");
        let what = match sign {
            '–' | '—' => "a dash begins no item",
            '*' => "a star begins no item",
            '+' => "a plus begins no item",
            _ => "a bullet begins no item",
        };
        let mut problem = Diagnostic::error(Code::Yaml, what)
            .at(Some(at..at + sign.len_utf8()))
            .hint(format!(
                "write a hyphen in its place: `-{}`",
                shortened(rest)
            ));
        let key = rest.trim_start().split(':').next().unwrap_or_default();
        if self.knows(key) {
            problem = problem.fix(hyphen);
        }
        self.tell(number, problem);
        true
    }

    /// A note with its number as in a list: `1. The text` under `notes:`.
    pub(super) fn numbered_note(&mut self, _: &Fault, number: usize) -> bool {
        let above = number.checked_sub(1);
        let above = above.and_then(|above| self.lines.with_content(above));
        [Some(number), above].into_iter().flatten().any(|number| {
            let content = self.lines.content(number);
            let digits = content.bytes().take_while(u8::is_ascii_digit).count();
            let rest = &content[digits..];
            let at = self.lines.start(number) + digits;
            let is_numbered =
                (1..=3).contains(&digits) && (rest.starts_with(". ") || rest.starts_with(") "));
            if !is_numbered || self.edits.begins_at(at) || !self.is_in_notes(number) {
                return false;
            }
            self.edits.replace(at..at + 1, ":");
            let right = format!("{}:{}", &content[..digits], &rest[1..]);
            let problem = Diagnostic::error(
                Code::Yaml,
                "a note has its number for a key, with a colon behind it",
            )
            .at(Some(at - digits..at + 1))
            .hint(format!("write `{}`", shortened(&right)))
            .fix(Edit::new(at..at + 1, ":"));
            self.tell(number, problem);
            true
        })
    }

    /// Whether a line stands under `notes:`.
    fn is_in_notes(&self, number: usize) -> bool {
        let column = self.lines.column(number);
        let mut above = (0..number)
            .rev()
            .filter(|above| !self.lines.is_blank(*above));
        let holder = above.find(|above| self.lines.column(*above) < column);
        holder.is_some_and(|holder| self.lines.content(holder) == "notes:")
    }
}
