//! White space in indents that YAML does not take for any: tabs, and spaces of other kinds that look the same.

use std::collections::BTreeMap;

use super::Salvager;
use crate::diagnostic::{Code, Diagnostic, Edit};

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
    ('\u{200b}', "a zero-width space"),
    ('\u{202f}', "a narrow no-break space"),
    ('\u{2060}', "a word joiner"),
    ('\u{3000}', "an ideographic space"),
];

/// What a character that is no space of YAML's is called.
fn name(c: char) -> &'static str {
    let mut names = NAMES.iter();
    let found = names.find(|(named, _)| *named == c);
    found.map_or("a space of another kind", |(_, name)| name)
}

impl Salvager<'_> {
    /// Puts spaces into all indents that hold something else; whether any did.
    pub(super) fn mend_indents(&mut self) -> bool {
        let tab = self.tab_stops();
        let mut found = false;
        let mut whites: BTreeMap<char, Vec<(usize, Diagnostic)>> = BTreeMap::new();
        let mut block: Option<usize> = None;
        for number in 0..self.lines.len() {
            let white = self.lines.white(number);
            let column = column(white, tab);
            if self.lines.content(number).is_empty() {
                continue;
            }
            // In a text behind `|` or `>` white space is the author's.
            if block.is_some_and(|least| column > least) {
                continue;
            }
            let line = self.lines.beginning(number, |_| false);
            let value = &self.lines.content(number)[line.value..];
            block = value.starts_with(['|', '>']).then_some(column);
            let Some((at, c)) = white.char_indices().find(|(_, c)| *c != ' ') else {
                continue;
            };
            found = true;
            let start = self.lines.start(number) - white.len();
            let (message, hint) = match c {
                '\t' => (
                    "a tab stands where YAML allows only spaces".to_owned(),
                    "indent with spaces",
                ),
                c => (
                    format!(
                        "U+{:04X}, {}, stands in the indent, where YAML knows spaces only",
                        u32::from(c),
                        name(c)
                    ),
                    "put a space in its place; it may look the same",
                ),
            };
            let span = start + at..start + at + c.len_utf8();
            let spaces = Edit::new(start..start + white.len(), " ".repeat(column));
            let problem = Diagnostic::error(Code::Yaml, message).at(Some(span));
            self.lines.set_column(number, column);
            let problem = problem.hint(hint).fix(spaces);
            whites.entry(c).or_default().push((number, problem));
        }
        for (white, lines) in whites {
            self.tell_white(white, lines);
        }
        found
    }

    /// Tells of the lines that are indented with such white space: of many once, and whatever else is wrong with them is told
    /// beside it.
    fn tell_white(&mut self, white: char, lines: Vec<(usize, Diagnostic)>) {
        const MOST: usize = 3;
        let count = lines.len();
        let mut lines = lines.into_iter();
        if count <= MOST {
            return lines.for_each(|(number, problem)| self.tell(number, problem));
        }
        let Some((_, mut first)) = lines.next() else {
            return;
        };
        let what = match white {
            '\t' => "tabs indent".to_owned(),
            c => format!(
                "U+{:04X}, {}, stands in the indents of",
                u32::from(c),
                name(c)
            ),
        };
        first.message = format!("{what} {count} lines, where YAML allows only spaces");
        first.hint = Some("indent with spaces; `flashpoint check --fix` does it".to_owned());
        first.fix.extend(lines.flat_map(|(_, problem)| problem.fix));
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
