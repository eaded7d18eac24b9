//! Tables: a head that is repeated on every page, a caption above, columns as wide as the measure has them.

use docx_rs::{
    BorderType, Table as DocxTable, TableCell, TableCellBorder, TableCellBorderPosition,
    TableCellBorders, TableLayoutType, TableRow, WidthType,
};

use super::body::Body;
use super::ledger::FirstColumn;
use super::sheet::{other, paragraph as styles};
use super::styles::{FULL_WIDTH, eighths, twips};
use crate::compose::{Kind, Table, TextId};
use crate::measure::{Column, Side, columns};

/// A table of no more rows stays on one page, as on paper; Word would part it at any row.
const TOGETHER: usize = 24;

/// How the cells of a row are set.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Head,
    /// The row of the head that the rule stands under.
    LastOfHead,
    Body,
}

/// The style of a cell of a kind in a column.
fn style(kind: Kind, side: Side) -> &'static str {
    match (kind, side) {
        (Kind::HeadCell, Side::Start) => styles::TABLE_HEAD,
        (Kind::HeadCell, Side::End) => styles::TABLE_HEAD_NUMBER,
        (Kind::RowHead, _) => styles::TABLE_ROW_HEAD,
        (_, Side::Start) => styles::TABLE_TEXT,
        (_, Side::End) => styles::TABLE_NUMBER,
    }
}

/// What a row is kept with besides what its style says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keeps {
    Nothing,
    /// The row after it.
    Next,
}

impl<'a> Body<'a> {
    /// A table.
    pub(super) fn table(&mut self, table: &'a Table) {
        let composition = self.composition;
        let above = match table.caption {
            Some(caption) => self.paragraph(styles::TABLE_CAPTION, caption),
            None => self.empty(styles::TABLE_START),
        };
        self.push(above);
        let caption = table.caption.map(|caption| composition[caption].plain());
        let first_column = match table.row_heads {
            true => FirstColumn::Heads,
            false => FirstColumn::Ordinary,
        };
        let table_style = self.ledger.table(other::TABLE, caption, first_column);

        let frame = self.options.frame();
        let shared = columns(composition, &self.options.theme, frame, table).columns;
        let last = table.header.len().saturating_sub(1);
        let mut rows = Vec::with_capacity(table.header.len() + table.rows.len());
        for (index, row) in table.header.iter().enumerate() {
            let place = if index == last {
                Place::LastOfHead
            } else {
                Place::Head
            };
            let row = self.row_of_cells(row, place, Keeps::Nothing, &shared);
            rows.push(self.ledger.head_row(row));
        }
        let together = table.header.len() + table.rows.len() <= TOGETHER;
        for (index, row) in table.rows.iter().enumerate() {
            let keeps = if together && index + 1 < table.rows.len() {
                Keeps::Next
            } else {
                Keeps::Nothing
            };
            rows.push(self.row_of_cells(row, Place::Body, keeps, &shared));
        }
        let (full, kind) = FULL_WIDTH;
        let widths = shared.iter().map(|column| self.width(column)).collect();
        self.push_table(
            DocxTable::without_borders(rows)
                .style(table_style)
                .width(full, kind)
                .layout(TableLayoutType::Fixed)
                .set_grid(widths),
        );
        // Word joins tables that touch, and wants a paragraph after the last.
        let end = self.empty(styles::TABLE_END);
        self.push(end);
    }

    fn row_of_cells(
        &mut self,
        cells: &[TextId],
        place: Place,
        keeps: Keeps,
        columns: &[Column],
    ) -> TableRow {
        let composition = self.composition;
        let last = columns.len().saturating_sub(1);
        let cells = columns.iter().enumerate().map(|(index, column)| {
            let paragraph = match cells.get(index) {
                Some(text) => self.paragraph(style(composition[*text].kind, column.align), *text),
                None => self.empty(style(Kind::Cell, column.align)),
            };
            let paragraph = match keeps {
                Keeps::Next => paragraph.keep_next(true),
                Keeps::Nothing => paragraph,
            };
            let mut cell = TableCell::new()
                .width(self.width(column), WidthType::Dxa)
                .add_paragraph(paragraph);
            if place == Place::LastOfHead {
                cell = cell.set_borders(self.head_rule());
            }
            if index == last {
                cell.property = cell.property.margin_right(0, WidthType::Dxa);
            }
            cell
        });
        TableRow::new(cells.collect()).cant_split()
    }

    /// The rule under a head.
    fn head_rule(&self) -> TableCellBorders {
        let rule = TableCellBorder::new(TableCellBorderPosition::Bottom)
            .border_type(BorderType::Single)
            .size(eighths(self.sheet.head_rule))
            .color(self.options.theme.colours.quiet.to_string());
        TableCellBorders::with_empty().set(rule)
    }

    /// A column's share of the measure in twentieths of a point.
    fn width(&self, column: &Column) -> usize {
        let width = column.share.of(self.options.frame().measure);
        twips(width).max(1).unsigned_abs() as usize
    }
}
