//! Columns of a table that came, went or moved: every row is written anew, cells that stayed as they stand.

use std::collections::BTreeMap;

use super::super::into::line_start;
use super::Desk;
use super::unit::Unit;
use crate::diagnostic::{Edit, FieldPath, ValueStyle};
use crate::yaml::writer::{Context, Writer, inline};

/// Which column of the old table each column of the new one is.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Columns(Vec<Option<usize>>);

/// So alike are two columns, of 1000, that they are the same with other words.
const ALIKE: u32 = 400;

/// What the same head counts, where no cell below it is the same.
const SAME_HEAD: u32 = 600;

/// A column by its head and how often each of its cells is there.
struct Column<'a> {
    head: &'a str,
    cells: BTreeMap<&'a str, u32>,
    count: u32,
}

impl Columns {
    /// Finds the columns of one table in another.
    pub(super) fn of(old: &Unit, new: &Unit) -> Self {
        let (olds, news) = (columns(old), columns(new));
        let mut found = in_order(&olds, &news);
        // Those that are gone here and new there, with the same cells, were moved.
        let mut taken: Vec<bool> = (0..olds.len())
            .map(|at| found.contains(&Some(at)))
            .collect();
        for (to, slot) in found
            .iter_mut()
            .enumerate()
            .filter(|(_, slot)| slot.is_none())
        {
            let from =
                (0..olds.len()).find(|at| !taken[*at] && likeness(&olds[*at], &news[to]) >= 950);
            if let Some(from) = from {
                taken[from] = true;
                *slot = Some(from);
            }
        }
        // As many that are new as are gone between two that stayed: the same ones with other words.
        let mut from = 0;
        while from < found.len() {
            let to = (from..found.len())
                .find(|at| found[*at].is_some())
                .unwrap_or(found.len());
            let low = from
                .checked_sub(1)
                .and_then(|at| found[at])
                .map_or(0, |at| at + 1);
            let high = found.get(to).copied().flatten().unwrap_or(olds.len());
            let is_gap = low <= high && high - low == to - from && (low..high).all(|at| !taken[at]);
            if is_gap {
                for (slot, at) in found[from..to].iter_mut().zip(low..high) {
                    *slot = Some(at);
                    taken[at] = true;
                }
            }
            from = to + 1;
        }
        Self(found)
    }

    /// Whether all columns are where they were.
    pub(super) fn are_as_before(&self, old: &Unit) -> bool {
        let width = old.rows.first().map_or(0, Vec::len);
        self.0.len() == width
            && self
                .0
                .iter()
                .enumerate()
                .all(|(at, from)| *from == Some(at))
    }

    /// The old table with its columns as they stand now; cells of new ones are empty, and of no field.
    pub(super) fn arranged(&self, old: &Unit) -> Unit {
        let row = |row: &Vec<Unit>| -> Vec<Unit> {
            let cell = |from: &Option<usize>| from.and_then(|at| row.get(at).cloned());
            self.0
                .iter()
                .map(|from| cell(from).unwrap_or_default())
                .collect()
        };
        Unit {
            rows: old.rows.iter().map(row).collect(),
            ..old.clone()
        }
    }
}

fn columns(table: &Unit) -> Vec<Column<'_>> {
    let width = table.rows.first().map_or(0, Vec::len);
    let column = |at: usize| {
        let mut cells = BTreeMap::new();
        let all = table.rows.iter().filter_map(|row| row.get(at));
        let (mut head, mut count) = ("", 0);
        for (row, cell) in all.enumerate() {
            if row == 0 {
                head = cell.line.as_str();
            }
            *cells.entry(cell.line.as_str()).or_insert(0) += 1;
            count += 1;
        }
        Column { head, cells, count }
    };
    (0..width).map(column).collect()
}

fn likeness(old: &Column<'_>, new: &Column<'_>) -> u32 {
    let same: u32 = old
        .cells
        .iter()
        .map(|(cell, count)| new.cells.get(cell).map_or(0, |other| *count.min(other)))
        .sum();
    let alike = 2000 * same / (old.count + new.count).max(1);
    match old.head == new.head && !old.head.is_empty() {
        true => alike.max(SAME_HEAD),
        false => alike,
    }
}

/// The columns that answer to each other in their order, the most alike of all ways.
fn in_order(olds: &[Column<'_>], news: &[Column<'_>]) -> Vec<Option<usize>> {
    let (n, m) = (olds.len(), news.len());
    let mut best = vec![vec![0_u32; m + 1]; n + 1];
    let mut alike = vec![vec![0_u32; m]; n];
    for i in (0..n).rev() {
        for j in (0..m).rev() {
            let own = likeness(&olds[i], &news[j]);
            alike[i][j] = if own >= ALIKE { own } else { 0 };
            let both = match alike[i][j] {
                0 => 0,
                own => own + best[i + 1][j + 1],
            };
            best[i][j] = both.max(best[i + 1][j]).max(best[i][j + 1]);
        }
    }
    let mut found = vec![None; m];
    let (mut i, mut j) = (0, 0);
    while i < n && j < m {
        if alike[i][j] > 0 && best[i][j] == alike[i][j] + best[i + 1][j + 1] {
            found[j] = Some(i);
            (i, j) = (i + 1, j + 1);
        } else if best[i][j] == best[i + 1][j] {
            i += 1;
        } else {
            j += 1;
        }
    }
    found
}

/// An item of a sequence that is written anew.
enum Cell {
    /// As it stands, at this place of the sequence that was.
    Kept(usize),
    /// Another text.
    New(String),
}

impl Desk<'_> {
    /// A row whose cells came, went or moved. `old` is arranged as the new one.
    pub(super) fn rewrite_row(&mut self, row: &FieldPath, old: &[Unit], new: &[Unit]) {
        let cells: Vec<Cell> = old
            .iter()
            .zip(new)
            .map(|(x, y)| match index(&x.origin) {
                Some(at) if !x.differs(y) => Cell::Kept(at),
                Some(_) => Cell::New(self.rewritten_cell(x, y)),
                None => Cell::New(self.marked(&y.spans)),
            })
            .collect();
        self.resequence(row, &cells);
    }

    /// What the table says of its columns goes with them.
    pub(super) fn rewrite_columns(&mut self, table: &FieldPath, columns: &Columns, place: &str) {
        let path = table.key("columns");
        let Some(own) = self.loaded.source.places.get(&path).cloned() else {
            return;
        };
        let text = &self.loaded.source.text;
        if !text[own.span.clone()].starts_with('[') {
            let message = "what `columns` says of a table's columns is to be set right by hand: columns came, went or moved";
            return self.tell(place, message);
        }
        let parts: Vec<String> = columns
            .0
            .iter()
            .map(|from| {
                let item = from.and_then(|at| self.loaded.source.places.get(&path.index(at)));
                item.map_or("{}".to_owned(), |item| text[item.span.clone()].to_owned())
            })
            .collect();
        let end = closed(text, own.span.start, own.span.end);
        self.push(Edit::new(
            own.span.start..end,
            format!("[{}]", parts.join(", ")),
        ));
    }

    /// Writes a sequence of short texts anew, in the form that it has.
    fn resequence(&mut self, path: &FieldPath, cells: &[Cell]) {
        let source = &self.loaded.source;
        let text = &*source.text;
        let Some(place) = source.places.get(path).cloned() else {
            return;
        };
        let kept = |at: usize| source.places.get(&path.index(at));
        if text[place.span.clone()].starts_with('[') {
            let parts: Vec<String> = cells
                .iter()
                .map(|cell| match cell {
                    Cell::Kept(at) => {
                        kept(*at).map_or(String::new(), |item| text[item.span.clone()].to_owned())
                    }
                    Cell::New(said) => inline(said, Context::Flow),
                })
                .collect();
            let end = closed(text, place.span.start, place.span.end);
            return self.push(Edit::new(
                place.span.start..end,
                format!("[{}]", parts.join(", ")),
            ));
        }
        let column = place.span.start - line_start(text, place.span.start);
        let mut writer = Writer::default();
        for cell in cells {
            match cell {
                Cell::New(said) => writer.text(column, "- ", said, column + 2),
                Cell::Kept(at) => {
                    let item = kept(*at);
                    let is_line = item.is_some_and(|item| {
                        !matches!(item.style, ValueStyle::Literal | ValueStyle::Folded)
                            && !text[item.span.clone()].contains('\n')
                    });
                    match item {
                        Some(item) if is_line => {
                            writer.line(column, &format!("- {}", &text[item.span.clone()]));
                        }
                        _ => {
                            let said = self.values.get(&path.index(*at));
                            writer.text(column, "- ", said.map_or("", String::as_str), column + 2);
                        }
                    }
                }
            }
        }
        let lines = writer.finish();
        self.push(Edit::new(place.span, lines.trim()));
    }
}

/// Where a sequence in brackets ends: behind its last bracket, whatever remarks follow on the line.
fn closed(text: &str, start: usize, end: usize) -> usize {
    let (mut depth, mut quote) = (0_u32, None);
    for (at, c) in text[start..end].char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') if text[..start + at].ends_with(['[', ' ', ',', '\n']) => {
                quote = Some(c)
            }
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') if depth == 1 => return start + at + 1,
            (None, ']' | '}') => depth = depth.saturating_sub(1),
            (None, _) => {}
        }
    }
    end
}

/// The number of a field in its sequence.
fn index(path: &FieldPath) -> Option<usize> {
    path.as_str()
        .strip_suffix(']')?
        .rsplit('[')
        .next()?
        .parse()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&[&str]]) -> Unit {
        let cell = |line: &&str| Unit {
            line: (*line).to_owned(),
            ..Unit::default()
        };
        Unit {
            rows: rows
                .iter()
                .map(|row| row.iter().map(cell).collect())
                .collect(),
            ..Unit::default()
        }
    }

    #[test]
    fn columns_are_found_by_heads_and_cells() {
        let old = table(&[
            &["Year", "Ships", "Tons"],
            &["1913", "12", "300"],
            &["1914", "15", "310"],
        ]);
        let of = |rows: &[&[&str]]| Columns::of(&old, &table(rows)).0;
        assert_eq!(
            of(&[
                &["Year", "Flag", "Ships", "Tons"],
                &["1913", "UK", "12", "300"],
                &["1914", "FR", "15", "310"]
            ]),
            [Some(0), None, Some(1), Some(2)]
        );
        assert_eq!(
            of(&[&["Year", "Tons"], &["1913", "300"], &["1914", "310"]]),
            [Some(0), Some(2)]
        );
        assert_eq!(
            of(&[
                &["Ships", "Year", "Tons"],
                &["12", "1913", "300"],
                &["15", "1914", "310"]
            ]),
            [Some(1), Some(0), Some(2)]
        );
        assert_eq!(
            of(&[
                &["Year", "Ships", "Tonnes"],
                &["1913", "13", "1"],
                &["1914", "16", "2"]
            ]),
            [Some(0), Some(1), Some(2)],
            "other words in the same columns"
        );
        assert_eq!(
            of(&[
                &["Year", "Ships", "Tons", "Flag"],
                &["1913", "12", "300", "UK"],
                &["1914", "15", "310", "FR"],
                &["1915", "9", "1", "IT"]
            ]),
            [Some(0), Some(1), Some(2), None],
            "and a row"
        );
    }
}
