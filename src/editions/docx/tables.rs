//! Tables: a head that is repeated on every page, a caption above, one width for all columns to start from.

use docx_rs::{Paragraph, Table as DocxTable, TableCell, TableLayoutType, TableRow, WidthType};

use super::body::Body;
use super::sheet::{other, paragraph as styles};
use super::styles::{FULL_WIDTH, twips};
use crate::compose::{Table, TextId};

impl<'a> Body<'a> {
    /// A table.
    pub(super) fn table(&mut self, table: &'a Table) {
        let composition = self.composition;
        if let Some(caption) = table.caption {
            self.text(styles::CAPTION, caption);
        }
        let caption = table.caption.map(|caption| composition[caption].plain());
        self.carried.tables.push((table.header.len(), caption));

        let columns = table.header.iter().chain(&table.rows).map(Vec::len).max();
        let columns = columns.unwrap_or(1).max(1);
        let measure = twips(self.options.theme.measures.measure).unsigned_abs() as usize;
        let width = (measure / columns).max(1);
        let head = table.header.iter().map(|row| (row, styles::TABLE_HEAD));
        let rows = head.chain(table.rows.iter().map(|row| (row, styles::TABLE_TEXT)));
        let rows = rows.map(|(row, style)| self.row(row, style, columns, width));
        let rows = rows.collect();
        let (full, kind) = FULL_WIDTH;
        self.push_table(
            DocxTable::without_borders(rows)
                .style(other::TABLE)
                .width(full, kind)
                .layout(TableLayoutType::Autofit)
                .set_grid(vec![width; columns]),
        );
        // Word joins tables that touch, and wants a paragraph after the last.
        let end = self.empty(styles::TABLE_END);
        self.push(end);
    }

    fn row(&mut self, cells: &[TextId], style: &str, columns: usize, width: usize) -> TableRow {
        let mut row: Vec<_> = cells
            .iter()
            .map(|text| cell(self.paragraph(style, *text), width))
            .collect();
        while row.len() < columns {
            row.push(cell(self.empty(style), width));
        }
        TableRow::new(row).cant_split()
    }
}

fn cell(paragraph: Paragraph, width: usize) -> TableCell {
    TableCell::new()
        .width(width, WidthType::Dxa)
        .add_paragraph(paragraph)
}
