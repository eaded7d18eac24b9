//! Tables that differ: words in cells, rows and columns that came, went and moved.

use super::Desk;
use super::columns::Columns;
use super::unit::Unit;
use crate::yaml::writer::{Context, inline};

impl Desk<'_> {
    /// Cells and rows of a table.
    pub(super) fn change_table(&mut self, old: &Unit, new: &Unit) {
        let columns = Columns::of(old, new);
        let is_arranged = !columns.are_as_before(old);
        let arranged = columns.arranged(old);
        if is_arranged {
            self.rewrite_columns(&old.origin, &columns, &new.place);
        }
        let old = &arranged;
        let rows = |table: &Unit| -> Vec<Unit> {
            let row = |cells: &Vec<Unit>| {
                let words: Vec<&str> = cells.iter().map(|cell| cell.line.as_str()).collect();
                Unit {
                    line: words.join(" "),
                    origin: cells
                        .iter()
                        .find_map(|cell| cell.origin.parent())
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
                    if is_arranged {
                        self.rewrite_row(&olds[a].origin, &old.rows[a], &new.rows[b]);
                        continue;
                    }
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
