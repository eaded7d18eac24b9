//! Where the words of cells stand: in one line with those beside them, and in one column with those above and below.

use std::collections::BTreeMap;

use super::{Grounds, SLACK, Tell, Text, is_cell, points};
use crate::compose::{Head, Role};
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
            let is_head = row.iter().all(|cell| {
                matches!(
                    cell.role,
                    Role::Cell {
                        head: Head::Column,
                        ..
                    }
                )
            });
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
        }
        for column in columns.values() {
            self.column_of(column, tell);
        }
    }

    /// The cells of a column begin at one edge, or end at one, or stand in its middle. Numbers stand in, so that their digits stand
    /// under each other.
    fn column_of(&self, cells: &[&Block], tell: &mut Tell<'_>) {
        let words = cells.iter().filter(|cell| {
            let line = cell.line();
            line.starts_with(|c: char| c.is_ascii_alphabetic())
                && line.ends_with(|c: char| c.is_ascii_alphabetic())
        });
        let lines: Vec<(&Block, DrawnLine)> = words
            .flat_map(|cell| cell.lines.iter().map(|line| (*cell, *line)))
            .filter(|(_, line)| self.is_upright(line.page))
            .collect();
        let range = |of: &dyn Fn(&DrawnLine) -> i64| {
            let all = || lines.iter().map(|(_, line)| of(line));
            points(all().max().unwrap_or(0) - all().min().unwrap_or(0))
        };
        let is_even = range(&|line| line.left) <= EDGE
            || range(&|line| line.right) <= EDGE
            || range(&|line| line.left + line.right) <= EDGE * 2.0;
        if let (false, Some((cell, line))) = (is_even, lines.first()) {
            tell(
                cell,
                line.page,
                "the cells of a column do not stand under each other",
            );
        }
    }
}
