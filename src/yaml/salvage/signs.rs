//! Signs that people write in the place of YAML's: bullets for hyphens, the number of a note with a full stop for its key.

use super::{Fault, Salvager};
use crate::diagnostic::{Code, Diagnostic, Edit};
use crate::yaml::syntax::shortened;
use crate::yaml::{stand_ins, wide_colons};

/// Signs that stand before the items of lists elsewhere.
const SIGNS: &[char] = &[
    '•', '·', '◦', '▪', '●', '‣', '⁃', '∙', '○', '■', '□', '–', '—', '－', '・', '*', '+',
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
        let is_item = rest.starts_with([' ', '\t', '\u{3000}'])
            && open.hyphens.contains(&self.lines.column(number));
        if !is_item || self.edits.begins_at(at) {
            return false;
        }
        let hyphen = Edit::new(at..at + sign.len_utf8(), "-");
        self.edits.replace(at..at + sign.len_utf8(), "-");
        let what = match sign {
            '–' | '—' | '－' => "a dash begins no item",
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

    /// Puts YAML's colon behind all keys that end in that of Chinese and Japanese keyboards; whether any did.
    pub(super) fn mend_wide_colons(&mut self) -> bool {
        let mut found = false;
        let mut block: Option<usize> = None;
        for number in 0..self.lines.len() {
            let content = self.lines.content(number);
            let column = self.lines.column(number);
            // A text behind `|` or `>` is the author's.
            if content.is_empty() || block.is_some_and(|least| column > least) {
                continue;
            }
            let line = self.lines.beginning(number, |_| false);
            block = content[line.value..]
                .starts_with(['|', '>'])
                .then_some(column);
            let key = wide_colons::key(content);
            let Some(key) = key.filter(|key| self.knows(&content[key.clone()])) else {
                continue;
            };
            let Some(colon) = content.find(wide_colons::COLON) else {
                continue;
            };
            found = true;
            let at = self.lines.start(number) + colon;
            let end = at + wide_colons::COLON.len_utf8();
            let value = &content[colon + wide_colons::COLON.len_utf8()..];
            let right = match value.is_empty() || value.starts_with(' ') {
                true => ":",
                false => ": ",
            };
            self.edits.replace(at..end, right);
            let written = format!("{}: {}", &content[key], value.trim());
            let problem = Diagnostic::error(
                Code::Yaml,
                "this wide colon ends no key: YAML knows `:` only",
            )
            .at(Some(at..end))
            .hint(format!("write `{}`", shortened(written.trim_end())))
            .fix(Edit::new(at..end, right));
            self.problems.push(problem);
        }
        found
    }

    /// A sign for a text of several lines, with items or keys below it.
    pub(super) fn sign_of_text(&mut self, fault: &Fault, number: usize) -> bool {
        let Some(above) = self.lines.above(number) else {
            return false;
        };
        let content = self.lines.content(above);
        let line = self.beginning(above);
        let Some(key) = line.key.filter(|key| self.knows(&content[key.clone()])) else {
            return false;
        };
        let value = &content[line.value..];
        let sign = value.split(" #").next().unwrap_or_default().trim_end();
        let is_sign = matches!(
            sign.trim_end_matches(|c: char| c.is_ascii_digit() || c == '-' || c == '+'),
            "|" | ">"
        );
        let at = self.lines.start(above) + line.value;
        // Items in the column of the key end the text before it has begun.
        let below = self.beginning(number);
        let column = self.lines.column(above) + content[..key.start].chars().count();
        let are_items = !below.hyphens.is_empty() && self.lines.column(number) == column;
        let is_text = fault.info == crate::yaml::signed_lists::INFO;
        if !is_sign || !(is_text || are_items) || self.edits.begins_at(at) {
            return false;
        }
        let what = match below.hyphens.is_empty() {
            true => "the keys",
            false => "the items",
        };
        let colon = self.lines.start(above) + key.end + 1;
        let end = at + sign.len();
        self.edits.replace(at..end, "");
        let key = &content[key];
        let problem = Diagnostic::error(
            Code::Yaml,
            format!("`{sign}` makes one text of {what} below `{key}`"),
        )
        .at(Some(at..end))
        .hint(format!(
            "take the `{sign}` away; {what} below need nothing else:\n{key}:\n  {}",
            shortened(self.lines.content(number))
        ))
        .fix(Edit::new(colon..end, ""));
        self.tell(above, problem);
        true
    }

    /// A number before an item that begins with a key: `1. name: …`.
    pub(super) fn numbered_item(&mut self, _: &Fault, number: usize) -> bool {
        self.lines.with_above(number).any(|number| {
            let content = self.lines.content(number);
            let digits = content.bytes().take_while(u8::is_ascii_digit).count();
            let rest = &content[digits..];
            let at = self.lines.start(number);
            let Some(text) = rest
                .strip_prefix(['.', ')'])
                .filter(|text| text.starts_with(' '))
            else {
                return false;
            };
            let inside = content.len() - text.trim_start().len();
            let key = self.beginning(number).key;
            let key = key.and_then(|key| content.get(inside..key.end));
            let is_item = (1..=3).contains(&digits) && key.is_some_and(|key| self.knows(key));
            if !is_item || self.edits.begins_at(at) {
                return false;
            }
            // What belongs to the item stands where it stood.
            let span = at..at + digits + 1;
            let hyphen = format!("-{}", " ".repeat(digits));
            self.edits.replace(span.clone(), &hyphen);
            let right = format!("- {}", text.trim_start());
            let problem = Diagnostic::error(Code::Yaml, "a number begins no item")
                .at(Some(span.clone()))
                .hint(format!(
                    "write a hyphen in its place: `{}`",
                    shortened(&right)
                ))
                .fix(Edit::new(span, hyphen));
            self.tell(number, problem);
            true
        })
    }

    /// Somebody's name without its key, with what belongs to it below.
    pub(super) fn unnamed(&mut self, _: &Fault, number: usize) -> bool {
        const BELOW: &[&str] = &["affiliation", "bio", "orcid", "role", "statement"];
        if !self.keys.contains("affiliation") {
            return false;
        }
        self.lines.with_above(number).any(|number| {
            let content = self.lines.content(number);
            let line = self.beginning(number);
            let value = &content[line.value..];
            let next = self.lines.next(number);
            let key = next.and_then(|next| Some((next, self.known_key(next)?.to_lowercase())));
            let Some((next, _)) = key.filter(|(_, key)| BELOW.contains(&key.as_str())) else {
                return false;
            };
            let is_name = line.hyphens.len() == 1
                && line.key.is_none()
                && value.chars().any(char::is_alphabetic)
                && self.beginning(next).hyphens.is_empty()
                && self.lines.column(next) > self.lines.column(number);
            let at = self.lines.start(number) + line.value;
            if !is_name || self.edits.begins_at(at) {
                return false;
            }
            let first = value.chars().next().filter(|c| matches!(c, '"' | '\''));
            let mark = first.and_then(stand_ins::stand_in).unwrap_or_default();
            let end = at + first.map_or(0, char::len_utf8);
            self.edits.replace(at..end, format!("name: {mark}"));
            let problem = Diagnostic::error(Code::Yaml, "a contributor begins with `name`")
                .at(Some(at..at + value.len()))
                .hint(format!("write `- name: {}`", shortened(value)));
            self.tell(number, problem);
            true
        })
    }

    /// A note with its number as in a list, `1. The text`, or in brackets, `[1] The text`, under `notes:`.
    pub(super) fn numbered_note(&mut self, _: &Fault, number: usize) -> bool {
        self.lines.with_above(number).any(|number| {
            let content = self.lines.content(number);
            let inside = content.trim_start_matches('[');
            let brackets = content.len() - inside.len();
            let digits = inside.bytes().take_while(u8::is_ascii_digit).count();
            let signs: &[&str] = match brackets {
                0 => &[". ", ") "],
                _ => &["] "],
            };
            let rest = &inside[digits..];
            let start = self.lines.start(number);
            let at = start + brackets + digits;
            let is_numbered = brackets < 2
                && (1..=3).contains(&digits)
                && signs.iter().any(|sign| rest.starts_with(sign));
            if !is_numbered || self.edits.begins_at(start) || !self.is_in_notes(number) {
                return false;
            }
            let key = &inside[..digits];
            let span = start..at + 1;
            self.edits.replace(span.clone(), format!("{key}:"));
            let right = format!("{key}:{}", &rest[1..]);
            let problem = Diagnostic::error(
                Code::Yaml,
                "a note has its number for a key, with a colon behind it",
            )
            .at(Some(span.clone()))
            .hint(format!("write `{}`", shortened(&right)))
            .fix(Edit::new(span, format!("{key}:")));
            self.tell(number, problem);
            true
        })
    }

    /// Whether a line stands under `notes:`.
    pub(super) fn is_in_notes(&self, number: usize) -> bool {
        let column = self.lines.column(number);
        let mut above = (0..number)
            .rev()
            .filter(|above| !self.lines.is_blank(*above));
        let holder = above.find(|above| self.lines.column(*above) < column);
        holder.is_some_and(|holder| self.lines.content(holder).eq_ignore_ascii_case("notes:"))
    }
}
