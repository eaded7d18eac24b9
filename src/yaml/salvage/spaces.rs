//! White space in indents and behind hyphens that YAML does not take for any: tabs, and spaces of other kinds that look the same.

use std::collections::BTreeMap;

use super::Salvager;
use super::lines::{Beginning, is_white};
use super::open_items::{Meant, OpenItems};
use crate::diagnostic::{Code, Diagnostic, Edit};
use crate::yaml::hyphen_spaces::is_other_space;

/// How far apart the stops of tabs may be: so that most lines with a tab stand beside one of their kind, else the first.
const TABS: [usize; 2] = [8, 4];

/// So many lines above and below are looked at for one of the same kind.
const NEAR: usize = 4;

/// The column behind white space, with the stops of tabs so far apart.
fn column(white: &str, tab: usize) -> usize {
    white.chars().fold(0, |column, c| match c {
        '\t' => (column / tab + 1) * tab,
        '\u{200b}' | '\u{2060}' => column,
        // As wide as two.
        '\u{3000}' => column + 2,
        _ => column + 1,
    })
}

/// Names of characters that are taken for a space.
const NAMES: &[(char, &str)] = &[
    ('\u{a0}', "a no-break space"),
    ('\u{2007}', "a figure space"),
    ('\u{2009}', "a thin space"),
    ('\u{200b}', "a zero-width space"),
    ('\u{202f}', "a narrow no-break space"),
    ('\u{2060}', "a word joiner"),
    ('\u{3000}', "an ideographic space"),
];

/// A character that is no space of YAML's, with what it is called.
fn named(c: char) -> String {
    let mut names = NAMES.iter();
    let found = names.find(|(named, _)| *named == c);
    let name = found.map_or("a space of another kind", |(_, name)| name);
    format!("U+{:04X}, {name}", u32::from(c))
}

impl Salvager<'_> {
    /// Puts spaces into all indents that hold something else; whether any did.
    pub(super) fn mend_indents(&mut self) -> bool {
        let tab = self.tab_stops();
        let mut found = false;
        let mut whites: BTreeMap<char, Vec<(usize, Diagnostic)>> = BTreeMap::new();
        let mut block: Option<usize> = None;
        let mut open = OpenItems::default();
        for number in 0..self.lines.len() {
            let white = self.lines.white(number);
            let stands = column(white, tab);
            let content = self.lines.content(number);
            if content.is_empty() {
                continue;
            }
            // In a text behind `|` or `>` white space is the author's.
            if block.is_some_and(|least| stands > least) {
                continue;
            }
            let line = self.with_other_spaces(number);
            block = content[line.value..]
                .starts_with(['|', '>'])
                .then_some(stands);
            let is_comment = self.lines.is_blank(number);
            let Some((at, c)) = white.char_indices().find(|(_, c)| *c != ' ') else {
                if !is_comment {
                    open.pass_where_it_stands(stands, &line, content);
                }
                continue;
            };
            found = true;
            let meant = match is_comment {
                true => Meant::Surely(stands),
                false => open.meant(stands, &line, content),
            };
            let (Meant::Surely(column) | Meant::Perhaps(column)) = meant;
            if !is_comment {
                open.pass(column, &line, content);
            }
            let start = self.lines.start(number) - white.len();
            let (message, hint) = match c {
                '\t' => (
                    "a tab stands where YAML allows only spaces".to_owned(),
                    "indent with spaces",
                ),
                c => (
                    format!(
                        "{}, stands in the indent, where YAML knows spaces only",
                        named(c)
                    ),
                    "put a space in its place; it may look the same",
                ),
            };
            let span = start + at..start + at + c.len_utf8();
            let problem = Diagnostic::error(Code::Yaml, message).at(Some(span));
            self.lines.set_column(number, column);
            let problem = match meant {
                Meant::Surely(_) => {
                    let spaces = Edit::new(start..start + white.len(), " ".repeat(column));
                    problem.hint(hint).fix(spaces)
                }
                Meant::Perhaps(_) => problem.hint(
                    "put spaces in its place, so that the hyphen stands below those of its list",
                ),
            };
            whites.entry(c).or_default().push((number, problem));
        }
        for (white, lines) in whites {
            let what = match white {
                '\t' => "tabs indent".to_owned(),
                c => format!("{}, stands in the indents of", named(c)),
            };
            self.tell_white(lines, "indent with spaces", |count| {
                format!("{what} {count} lines, where YAML allows only spaces")
            });
        }
        found
    }

    /// Puts spaces behind all hyphens of items that have one of another kind there; whether any had.
    pub(super) fn mend_spaces_behind_hyphens(&mut self) -> bool {
        let mut whites: BTreeMap<char, Vec<(usize, Diagnostic)>> = BTreeMap::new();
        let mut block: Option<usize> = None;
        let mut open = OpenItems::default();
        for number in 0..self.lines.len() {
            if self.is_in_text(number, &mut block) || self.lines.is_blank(number) {
                continue;
            }
            let content = self.lines.content(number);
            let column = self.lines.column(number);
            let line = self.with_other_spaces(number);
            let first = content.strip_prefix('-').and_then(|rest| {
                let c = rest.chars().next();
                c.filter(|c| is_other_space(*c) && open.has_room(column))
            });
            open.pass_where_it_stands(column, &line, content);
            let Some(c) = first else {
                continue;
            };
            let at = self.lines.start(number) + 1;
            let rest = &content[1..];
            let value = rest.trim_start_matches(is_white);
            let spaces = " ".repeat(self.spaces_behind_hyphen(number, &line));
            let span = at..at + (rest.len() - value.len());
            self.edits.replace(span.clone(), spaces.as_str());
            let message = format!(
                "{}, stands behind this hyphen, where a space belongs",
                named(c)
            );
            let problem = Diagnostic::error(Code::Yaml, message)
                .at(Some(at..at + c.len_utf8()))
                .hint("put a space in its place; it may look the same")
                .fix(Edit::new(span, spaces));
            whites.entry(c).or_default().push((number, problem));
        }
        let found = !whites.is_empty();
        for (c, lines) in whites {
            self.tell_white(lines, "put spaces in their place", |count| {
                let what = named(c);
                format!("{what}, stands behind the hyphens of {count} items, where a space belongs")
            });
        }
        found
    }

    /// How many spaces belong behind a hyphen, so that the key behind it stands beside those below.
    fn spaces_behind_hyphen(&self, number: usize, line: &Beginning) -> usize {
        const MOST: usize = 4;
        let next = self.lines.next(number).filter(|_| line.key.is_some());
        let next = next.filter(|next| self.beginning(*next).hyphens.is_empty());
        let inside = next.and_then(|next| {
            let behind = self.lines.column(number) + 1;
            self.lines.column(next).checked_sub(behind)
        });
        inside
            .filter(|inside| (1..=MOST).contains(inside))
            .unwrap_or(1)
    }

    /// What a line begins with, where hyphens with a space of another kind behind them are those of items.
    fn with_other_spaces(&self, number: usize) -> Beginning {
        let is_other = |at: usize| {
            let behind = self.text.get(at..).unwrap_or_default();
            behind.starts_with(is_other_space)
        };
        self.lines.beginning(number, is_other)
    }

    /// Tells of the lines that hold such white space: of many once, and whatever else is wrong with them is told beside it.
    fn tell_white(
        &mut self,
        lines: Vec<(usize, Diagnostic)>,
        way_out: &str,
        many: impl Fn(usize) -> String,
    ) {
        const MOST: usize = 3;
        let count = lines.len();
        let mut lines = lines.into_iter();
        if count <= MOST {
            return lines.for_each(|(number, problem)| self.tell(number, problem));
        }
        let Some((_, mut first)) = lines.next() else {
            return;
        };
        first.message = many(count);
        first.fix.extend(lines.flat_map(|(_, problem)| problem.fix));
        let hint = match first.fix.is_empty() {
            true => way_out.to_owned(),
            false => format!("{way_out}; `flashpoint check --fix` does it"),
        };
        first.hint = Some(hint);
        self.problems.push(first);
    }

    /// How far apart the stops of tabs are in this file.
    fn tab_stops(&self) -> usize {
        let fitting = |tab: &usize| {
            let lines = 0..self.lines.len();
            let lines = lines.filter(|number| self.lines.white(*number).contains('\t'));
            lines
                .filter(|number| self.stands_beside(*number, *tab))
                .count()
        };
        let [wide, narrow] = TABS;
        if fitting(&narrow) > fitting(&wide) {
            narrow
        } else {
            wide
        }
    }

    /// Whether a line begins in the column of a near one of its kind that has no tab.
    fn stands_beside(&self, number: usize, tab: usize) -> bool {
        let kind = |number: usize| {
            let line = self.lines.beginning(number, |_| false);
            (!line.hyphens.is_empty(), line.key.is_some())
        };
        let column = column(self.lines.white(number), tab);
        let mut near = number.saturating_sub(NEAR)..(number + NEAR + 1).min(self.lines.len());
        near.any(|near| {
            !self.lines.is_blank(near)
                && !self.lines.white(near).contains('\t')
                && kind(near) == kind(number)
                && self.lines.column(near) == column
        })
    }
}
