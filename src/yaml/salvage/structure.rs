//! Lines that do not stand where they should: keys without a colon, signs without a space, columns of their own.

use super::{Fault, Salvager};
use crate::diagnostic::{Code, Diagnostic, Edit};
use crate::yaml::syntax::{nearest_tab, shortened};

/// What is told of a text in the column of a key.
pub(super) const WITHOUT_COLON: &str = "this text stands in the column of a key, and has no colon";

impl Salvager<'_> {
    /// A key that stands alone on its line, without the colon: what belongs to it begins on the next.
    pub(super) fn bare_key(&mut self, _: &Fault, number: usize) -> bool {
        self.lines.with_above(number).any(|number| {
            let content = self.lines.content(number);
            let line = self.beginning(number);
            let key = &content[line.value..];
            let is_word = key
                .bytes()
                .all(|byte| byte.is_ascii_alphabetic() || byte == b'_');
            let Some(next) = self
                .lines
                .next(number)
                .filter(|_| is_word && line.key.is_none())
            else {
                return false;
            };
            let below = self.beginning(next);
            let begins = !below.hyphens.is_empty() || self.known_key(next).is_some();
            let column = self.lines.column(number) + line.value;
            let is_inside = self.lines.column(next) > column
                || (self.lines.column(next) == column && !below.hyphens.is_empty());
            let end = self.lines.start(number) + content.len();
            if !self.knows(key) || !begins || !is_inside || self.edits.begins_at(end) {
                return false;
            }
            self.edits.replace(end..end, ":");
            let problem =
                Diagnostic::error(Code::Yaml, format!("the colon behind `{key}` is missing"))
                    .at(Some(end - key.len()..end))
                    .hint(format!("write `{key}:`"));
            self.tell(number, problem);
            true
        })
    }

    /// A hyphen of an item, or the colon of a key, without the space behind it.
    pub(super) fn space(&mut self, _: &Fault, number: usize) -> bool {
        let content = self.lines.content(number);
        let line = self.beginning(number);
        let start = self.lines.start(number);
        let rest = &content[line.value..];
        let open = self.lines.open_above(number, |at| self.edits.begins_at(at));
        let column = self.lines.column(number);
        let is_hyphen = line.hyphens.is_empty()
            && content.starts_with('-')
            && content[1..].starts_with(|c: char| !c.is_whitespace() && c != '-')
            && open.hyphens.contains(&column);
        let (behind, what) = if is_hyphen {
            (1, "the hyphen of an item")
        } else if let Some((key, value)) = rest.split_once(':')
            && line.key.is_none()
            && self.knows(key)
            && !value.starts_with("//")
        {
            (line.value + key.len() + 1, "the colon of a key")
        } else {
            return false;
        };
        let at = start + behind;
        if self.edits.begins_at(at) {
            return false;
        }
        self.edits.replace(at..at, " ");
        let right = format!("{} {}", &content[..behind], &content[behind..]);
        let moved = match is_hyphen {
            true => self.move_with_item(number, column),
            false => Vec::new(),
        };
        let mut problem = Diagnostic::error(
            Code::MissingSpace,
            format!("a space is missing behind {what}"),
        )
        .at(Some(at - 1..at))
        .hint(format!("write `{}`", shortened(&right)))
        .fix(Edit::new(at..at, " "));
        problem.fix.extend(moved);
        self.tell(number, problem);
        true
    }

    /// Moves what belongs to an item whose hyphen lacked its space, where it stands in the column of the key behind the hyphen; gives the
    /// changes of the text.
    fn move_with_item(&mut self, number: usize, column: usize) -> Vec<Edit> {
        let beside = |next: usize| self.lines.column(next) == column + 1;
        if !self.lines.next(number).is_some_and(beside) {
            return Vec::new();
        }
        let mut moved = Vec::new();
        for below in number + 1..self.lines.len() {
            if self.lines.is_blank(below) {
                continue;
            }
            let stands = self.lines.column(below);
            if stands <= column {
                break;
            }
            self.lines.set_column(below, stands + 1);
            let start = self.lines.start(below);
            moved.push(Edit::new(start..start, " "));
        }
        moved
    }

    /// A tab between words of YAML's.
    pub(super) fn tab(&mut self, fault: &Fault, number: usize) -> bool {
        if !fault.info.contains("tab") {
            return false;
        }
        let at = nearest_tab(self.text, fault.at);
        if !self.text[at..].starts_with('\t') || self.edits.begins_at(at) {
            return false;
        }
        self.edits.replace(at..at + 1, " ");
        let space = Edit::new(at..at + 1, " ");
        self.tell(number, fault.diagnostic.clone().fix(space));
        true
    }

    /// A line in a column of its own.
    pub(super) fn indent(&mut self, fault: &Fault, number: usize) -> bool {
        let line = self.beginning(number);
        let column = self.lines.column(number);
        let open = self.lines.open_above(number, |at| self.edits.begins_at(at));
        let content = self.lines.content(number);
        let key = line.key.clone().map(|key| &content[key]);
        let columns = if line.hyphens.is_empty() {
            open.keys
        } else {
            open.hyphens
        };
        let is_structure = !line.hyphens.is_empty() || key.is_some_and(|key| self.knows(key));
        let meant = if is_structure {
            let nearest = columns
                .into_iter()
                .min_by_key(|open| (open.abs_diff(column), *open));
            nearest.filter(|nearest| *nearest != column)
        } else {
            // A text that goes on: further in than what it goes on from.
            let above = self.lines.above(number);
            let further =
                above.map(|above| self.lines.column(above) + self.beginning(above).value.max(2));
            further.filter(|further| *further > column)
        };
        let Some(meant) = meant else {
            return false;
        };
        self.lines.shift(number, meant);
        let start = self.lines.start(number);
        let width = content.chars().next().map_or(0, char::len_utf8);
        let mut problem = fault.diagnostic.clone().at(Some(start..start + width));
        if is_structure {
            problem.message = "this line does not fit the lines above it".to_owned();
            let what = if line.hyphens.is_empty() {
                "a key"
            } else {
                "an item"
            };
            problem.hint = Some(format!(
                "{what} begins in the column of those beside it: here column {}, and this one stands in column {}",
                meant + 1,
                column + 1
            ));
        } else {
            problem.message = WITHOUT_COLON.to_owned();
            problem.hint = Some(self.without_colon(number, content));
            self.move_text_below(number, column, meant);
        }
        self.tell(number, problem);
        true
    }

    /// The way out for a text in the column of a key.
    fn without_colon(&self, number: usize, content: &str) -> String {
        let equals = content.split_once('=');
        let equals = equals.map(|(key, value)| (key.trim(), value.trim()));
        if let Some((key, value)) = equals.filter(|(key, _)| self.knows(key)) {
            return format!("write `{key}: {}`", shortened(value));
        }
        let above = self.lines.above(number);
        let sign = above.map(|above| &self.lines.content(above)[self.beginning(above).value..]);
        if let Some(sign @ ("|" | ">" | "|-" | ">-" | "|+" | ">+")) = sign {
            return format!(
                "begin the lines behind `{sign}` further in than the line that it ends"
            );
        }
        let word = content.split_once(char::is_whitespace);
        match word.filter(|(key, _)| self.knows(key) && key.chars().all(char::is_lowercase)) {
            Some((key, value)) => format!(
                "if `{key}` is a key, write `{key}: {}`; if the text goes on from the line above, indent it further",
                shortened(value.trim_start())
            ),
            None => {
                "indent it further if it goes on from the line above; a key is written `key: value`"
                    .to_owned()
            }
        }
    }

    /// Moves the lines of text that stand below one in the same column.
    fn move_text_below(&mut self, number: usize, column: usize, meant: usize) {
        let mut below = self.lines.next(number);
        while let Some(next) = below {
            let line = self.beginning(next);
            let is_text = line.hyphens.is_empty() && line.key.is_none();
            if !is_text || self.lines.column(next) != column {
                break;
            }
            self.lines.set_column(next, meant);
            below = self.lines.next(next);
        }
    }

    /// Leaves a line out that nothing helps, with what belongs to it.
    pub(super) fn leave_out(&mut self, fault: &Fault, number: usize) -> bool {
        self.tell(number, fault.diagnostic.clone());
        if self.lines.is_blank(number) {
            return false;
        }
        self.lines.drop_with_block(number);
        true
    }
}
