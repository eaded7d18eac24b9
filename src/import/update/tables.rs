//! Tables that differ: words in cells, rows that came and went.

use super::Desk;
use super::units::Unit;
use crate::yaml::writer::{Context, inline};

impl Desk<'_> {
    /// Cells and rows of a table.
    pub(super) fn change_table(&mut self, old: &Unit, new: &Unit) {
        let widths = |table: &Unit| table.rows.first().map_or(0, Vec::len);
        if widths(old) != widths(new) {
            return self.tell(
                &new.place,
                "columns of a table came or went; change them by hand",
            );
        }
        let rows = |table: &Unit| -> Vec<Unit> {
            let row = |cells: &Vec<Unit>| {
                let words: Vec<&str> = cells.iter().map(|cell| cell.line.as_str()).collect();
                Unit {
                    line: words.join(" "),
                    origin: cells
                        .first()
                        .and_then(|cell| cell.origin.parent())
                        .unwrap_or_default(),
                    ..Unit::default()
                }
            };
            table.rows.iter().map(row).collect()
        };
        let (olds, news) = (rows(old), rows(new));
        let mut last: Option<usize> = None;
        let mut gone = std::collections::BTreeSet::new();
        for pair in super::align(&olds, &news) {
            match pair {
                super::Pair::Both(a, b) => {
                    last = Some(a);
                    for (x, y) in old.rows[a].iter().zip(&new.rows[b]) {
                        if x.differs(y) {
                            self.change_text(x, y);
                        }
                    }
                }
                super::Pair::Old(a) => match olds[a].origin.as_str().contains(".rows[") {
                    true => drop(gone.insert(olds[a].origin.clone())),
                    false => self.tell(
                        &new.place,
                        "a row of a table's head is gone; take it out by hand",
                    ),
                },
                super::Pair::New(b) => {
                    let behind = last
                        .map(|a| olds[a].origin.clone())
                        .filter(|path| path.as_str().contains(".rows["));
                    let at = behind.clone().or_else(|| {
                        olds.iter()
                            .map(|row| row.origin.clone())
                            .find(|path| path.as_str().contains(".rows["))
                    });
                    let Some(line) = at.as_ref().and_then(|path| self.line(path)) else {
                        self.tell(&new.place, "a row of a table is new; put it in by hand");
                        continue;
                    };
                    let cells: Vec<String> = new.rows[b]
                        .iter()
                        .map(|cell| {
                            inline(
                                &super::super::marks::marked(&self.named(&cell.spans)).text,
                                Context::Flow,
                            )
                        })
                        .collect();
                    let row = format!("{}- [{}]\n", " ".repeat(line.column), cells.join(", "));
                    let at = if behind.is_some() {
                        line.end
                    } else {
                        line.start
                    };
                    self.insert(at, &row);
                }
            }
        }
        let is_row = |row: &&Unit| row.origin.as_str().contains(".rows[");
        if !gone.is_empty() && gone.len() == olds.iter().filter(is_row).count() {
            return self.tell(
                &new.place,
                "all rows of a table are gone; change it by hand",
            );
        }
        self.remove_items(&gone, &new.place);
    }
}
