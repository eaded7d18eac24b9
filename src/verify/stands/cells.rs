//! Where the words of cells stand: in one line with those beside them, and in one column with those above and below.

use std::collections::BTreeMap;

use super::super::places::unseen;
use super::{Grounds, SLACK, Tell, Text, is_cell, points};
use crate::compose::{CellValue, Head, Role, read_column};
use crate::read::{Block, DrawnLine};

/// Edges that differ by less are one, in points.
const EDGE: f64 = 0.6;

impl Grounds<'_> {
    /// Holds the cells of all tables.
    pub(super) fn cells(&self, (text, kinds): Text<'_>, tell: &mut Tell<'_>) {
        let mut table: Vec<(usize, &Block)> = Vec::new();
        let mut last = None;
        for (index, (block, kind)) in text.iter().zip(kinds).enumerate() {
            let place = match block.role {
                Role::Cell { row, column, .. } if kind.is_some_and(is_cell) => Some((row, column)),
                _ => None,
            };
            if place.is_none() || place <= last {
                self.table(&std::mem::take(&mut table), tell);
            }
            if place.is_some() {
                table.push((index, block));
            }
            last = place;
        }
        self.table(&table, tell);
    }

    fn table(&self, cells: &[(usize, &Block)], tell: &mut Tell<'_>) {
        let is_own = |index: &usize| self.stands.is_own.get(*index) == Some(&true);
        if !cells.iter().all(|(index, _)| is_own(index)) {
            return;
        }
        let mut rows: BTreeMap<usize, Vec<&Block>> = BTreeMap::new();
        let mut columns: BTreeMap<usize, Vec<&Block>> = BTreeMap::new();
        for (_, block) in cells {
            if let Role::Cell { row, column, .. } = block.role {
                rows.entry(row).or_default().push(block);
                columns.entry(column).or_default().push(block);
            }
        }
        for row in rows.values() {
            let is_head = row.iter().all(|cell| heads_column(cell));
            let line = |cell: &&&Block| match is_head {
                true => cell.lines.last().copied(),
                false => cell.lines.first().copied(),
            };
            let lines: Vec<(&Block, DrawnLine)> = row
                .iter()
                .filter_map(|cell| Some((*cell, line(&cell)?)))
                .collect();
            let Some((_, first)) = lines.first() else {
                continue;
            };
            let other = lines.iter().find(|(_, line)| {
                line.page == first.page && points(line.base - first.base).abs() > SLACK
            });
            if let Some((cell, line)) = other {
                tell(
                    cell,
                    line.page,
                    "a cell does not stand on the line of its row",
                );
            }
            self.beside(row, tell);
        }
        for column in columns.values() {
            self.column_of(column, tell);
        }
    }

    /// The cells of a row stand beside each other in the order in which they are read.
    fn beside(&self, row: &[&Block], tell: &mut Tell<'_>) {
        let edges = row.iter().filter_map(|cell| {
            let page = cell.lines.first()?.page;
            let lines = || cell.lines.iter().filter(|line| line.page == page);
            let left = lines().map(|line| line.left).min()?;
            let right = lines().map(|line| line.right).max()?;
            Some((*cell, page, points(left), points(right)))
        });
        let edges: Vec<_> = edges.collect();
        let swapped = edges.windows(2).find(|two| {
            let [
                (_, page, left, right),
                (_, next_page, next_left, next_right),
            ] = two
            else {
                return false;
            };
            let is_behind = match self.is_back() {
                false => *next_left >= right - EDGE,
                true => *next_right <= left + EDGE,
            };
            page == next_page && !is_behind
        });
        if let Some([_, (cell, page, ..)]) = swapped {
            tell(
                cell,
                *page,
                "a cell stands before the one that is read before it",
            );
        }
    }

    /// The cells of a column begin at one edge, or end at one, or stand in its middle. Numbers stand in, so that their digits stand
    /// under each other, and words between them do too.
    fn column_of(&self, cells: &[&Block], tell: &mut Tell<'_>) {
        let words = cells.iter().filter(|cell| {
            let line = cell.line();
            // Signs that nobody sees are drawn as spaces behind their lines.
            unseen(&cell.plain()).is_empty()
                && line.starts_with(|c: char| c.is_ascii_alphabetic())
                && line.ends_with(|c: char| c.is_ascii_alphabetic())
        });
        let lines: Vec<(&Block, DrawnLine)> = words
            .flat_map(|cell| cell.lines.iter().map(|line| (*cell, *line)))
            .filter(|(_, line)| self.is_upright(line.page))
            .collect();
        let heads = lines.iter().filter(|(cell, _)| heads_column(cell));
        let heads: Vec<(&Block, DrawnLine)> = heads.copied().collect();
        let figures = self.figures(cells);
        self.whole_numbers(&figures, tell);
        // Among figures, a word of the body stands with their digits and not at the edge of the head.
        let is_even = is_even(&lines) || !figures.is_empty() && is_even(&heads);
        if let (false, Some((cell, line))) = (is_even, lines.first()) {
            tell(
                cell,
                line.page,
                "the cells of a column do not stand under each other",
            );
        }
    }

    /// Whole numbers of a column begin or end under each other, be it before where the points of others stand.
    fn whole_numbers(&self, figures: &[(&Block, String)], tell: &mut Tell<'_>) {
        if self.is_back() {
            return;
        }
        let mut numbers: Vec<(&Block, DrawnLine)> = Vec::new();
        for (cell, words) in figures {
            let is_whole = words.bytes().all(|byte| byte.is_ascii_digit());
            // The mark of a note stands behind a number.
            let is_marked = cell.spans.iter().any(|span| span.look.link.is_some());
            let [line] = cell.lines[..] else { continue };
            if is_whole && !is_marked && self.is_upright(line.page) {
                numbers.push((cell, line));
            }
        }
        if let (false, Some((cell, line))) = (is_even(&numbers), numbers.first()) {
            let what = "the numbers of a column do not stand under each other";
            tell(cell, line.page, what);
        }
    }

    /// The cells of a column's body that are read as figures, each with its words.
    fn figures<'b>(&self, cells: &[&'b Block]) -> Vec<(&'b Block, String)> {
        let body = cells.iter().copied().filter(|cell| !heads_column(cell));
        let (body, words): (Vec<&Block>, Vec<String>) =
            body.map(|cell| (cell, cell.line())).unzip();
        let values = read_column(&words, &self.stands.language);
        let cells = body.into_iter().zip(words).zip(values);
        let figures = cells.filter(|(_, value)| matches!(value, CellValue::Figure { .. }));
        figures.map(|(cell, _)| cell).collect()
    }
}

fn heads_column(cell: &Block) -> bool {
    matches!(
        cell.role,
        Role::Cell {
            head: Head::Column,
            ..
        }
    )
}

/// Whether lines begin at one edge, or end at one, or stand in one middle.
fn is_even(lines: &[(&Block, DrawnLine)]) -> bool {
    let range = |of: &dyn Fn(&DrawnLine) -> i64| {
        let all = || lines.iter().map(|(_, line)| of(line));
        points(all().max().unwrap_or(0) - all().min().unwrap_or(0))
    };
    range(&|line| line.left) <= EDGE
        || range(&|line| line.right) <= EDGE
        || range(&|line| line.left + line.right) <= EDGE * 2.0
}
