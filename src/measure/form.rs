//! How the cells of a column stand, and what they hold.

use crate::compose::{CellValue, Composition, Table, read_column};
use crate::piece::{ColumnAlign, Direction};

/// How the cells of a column stand, and what those of the body hold.
pub(super) struct Form {
    pub(super) align: Side,
    pub(super) holds: Holds,
    /// What the cells of the body hold, where they stand under their decimal points.
    pub(super) values: Vec<CellValue>,
}

impl Form {
    /// What the author says holds; else figures stand under each other but in the first column, which names its row, be it with
    /// a year.
    pub(super) fn of(composition: &Composition, table: &Table, column: usize) -> Self {
        let said = table.column(column).align;
        let words = || {
            let cells = table.rows.iter().filter_map(|row| row.get(column));
            cells
                .map(|cell| composition[*cell].plain())
                .collect::<Vec<_>>()
        };
        let read = || read_column(&words(), &composition.record.language);
        let is_figure = |value: &CellValue| matches!(value, CellValue::Figure { .. });
        let figures = |values: Vec<CellValue>| Self {
            // Figures run from left to right, whatever the words do: their ends are on the right.
            align: match composition.record.direction {
                Direction::LeftToRight => Side::End,
                Direction::RightToLeft => Side::Start,
            },
            holds: Holds::Figures,
            values,
        };
        let plain = |align, holds| Self {
            align,
            holds,
            values: Vec::new(),
        };
        if said == Some(ColumnAlign::Decimal) {
            return figures(read());
        }
        let values = if column > 0 || said.is_some() {
            read()
        } else {
            Vec::new()
        };
        let all = values.iter().all(|value| *value != CellValue::Words);
        let holds = match all && values.iter().any(is_figure) {
            true => Holds::Figures,
            false => Holds::Words,
        };
        match (said, holds) {
            (None, Holds::Figures) => figures(values),
            (None | Some(ColumnAlign::Start | ColumnAlign::Decimal), _) => {
                plain(Side::Start, holds)
            }
            (Some(ColumnAlign::Centre), _) => plain(Side::Centre, holds),
            (Some(ColumnAlign::End), _) => plain(Side::End, holds),
        }
    }
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Words.
    Words,
    /// Figures, none of which is broken.
    Figures,
}

/// On which side of a column its words stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Where a line starts.
    Start,
    /// In the middle.
    Centre,
    /// Where a line ends: figures, in pieces that are read from left to right.
    End,
}
