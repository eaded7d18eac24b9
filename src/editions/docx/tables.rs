//! Tables: a head that is repeated on every page, a caption above, columns as wide as the measure has them.

use docx_rs::{Table as DocxTable, TableCell, TableLayoutType, TableRow, WidthType};

use super::body::Body;
use super::sheet::{other, paragraph as styles};
use super::styles::{FULL_WIDTH, twips};
use crate::compose::{Table, TextId};
use crate::measure::columns;

impl<'a> Body<'a> {
    /// A table.
    pub(super) fn table(&mut self, table: &'a Table) {
        let composition = self.composition;
        if let Some(caption) = table.caption {
            self.text(caption);
        }
        let caption = table.caption.map(|caption| composition[caption].plain());
        let table_style = self.ledger.table(other::TABLE, caption);

        let widths = self.widths(table);
        let mut rows = Vec::with_capacity(table.header.len() + table.rows.len());
        for row in &table.header {
            let row = self.row(row, styles::TABLE_HEAD, &widths);
            rows.push(self.ledger.head_row(row));
        }
        for row in &table.rows {
            rows.push(self.row(row, styles::TABLE_TEXT, &widths));
        }
        let (full, kind) = FULL_WIDTH;
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

    fn row(&mut self, cells: &[TextId], style: &str, widths: &[usize]) -> TableRow {
        let cells = widths.iter().enumerate().map(|(column, width)| {
            let paragraph = match cells.get(column) {
                Some(text) => self.paragraph(style, *text),
                None => self.empty(style),
            };
            TableCell::new()
                .width(*width, WidthType::Dxa)
                .add_paragraph(paragraph)
        });
        TableRow::new(cells.collect()).cant_split()
    }

    /// The columns' shares of the measure in twentieths of a point.
    fn widths(&self, table: &Table) -> Vec<usize> {
        let frame = self.options.frame();
        let shared = columns(self.composition, &self.options.theme, frame, table);
        let widths = shared.columns.iter().map(|column| {
            let width = twips(column.share.of(frame.measure)).max(1);
            width.unsigned_abs() as usize
        });
        widths.collect()
    }
}
