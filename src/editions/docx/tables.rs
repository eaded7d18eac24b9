//! Tables: a head that is repeated on every page, a caption above, columns as wide as what they hold asks for.

use docx_rs::{Table as DocxTable, TableCell, TableLayoutType, TableRow, WidthType};

use super::body::Body;
use super::sheet::{other, paragraph as styles};
use super::styles::{FULL_WIDTH, twips};
use crate::compose::{Table, TextId};

/// The longest word that a column makes room for, in characters.
const WORD: usize = 20;

/// The longest line that a column may ask for, in characters.
const LINE: usize = 60;

impl<'a> Body<'a> {
    /// A table.
    pub(super) fn table(&mut self, table: &'a Table) {
        let composition = self.composition;
        if let Some(caption) = table.caption {
            self.text(styles::CAPTION, caption);
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
                .layout(TableLayoutType::Autofit)
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

    /// The columns' widths in twentieths of a point: each has room for its longest word, and what is left goes to those whose
    /// cells would fill more than a line.
    fn widths(&self, table: &Table) -> Vec<usize> {
        let measures = &self.options.theme.measures;
        let mut columns: Vec<(usize, usize)> = Vec::new();
        for row in table.header.iter().chain(&table.rows) {
            columns.resize(columns.len().max(row.len()).max(1), (0, 0));
            for (text, (word, line)) in row.iter().zip(&mut columns) {
                let text = self.composition[*text].plain();
                let longest = text
                    .split_whitespace()
                    .map(|word| word.chars().count())
                    .max();
                *word = (*word).max(longest.unwrap_or(0).min(WORD));
                *line = (*line).max(text.chars().count().min(LINE));
            }
        }
        for (word, line) in &mut columns {
            // The cells' own margins.
            *word += 2;
            *line = (*word).max(*line + 2);
        }
        let measure = twips(measures.measure).unsigned_abs() as usize;
        // A character is about half as wide as it is high.
        let room = measure / (twips(measures.small).unsigned_abs() as usize / 2).max(1);
        let words: usize = columns.iter().map(|(word, _)| word).sum();
        let wishes = columns
            .iter()
            .map(|(word, line)| line - word)
            .sum::<usize>()
            .max(1);
        let granted = room.saturating_sub(words).min(wishes);
        let shares = columns
            .iter()
            .map(|(word, line)| word * wishes + (line - word) * granted);
        let shares: Vec<usize> = shares.collect();
        let all = shares.iter().sum::<usize>().max(1);
        shares
            .iter()
            .map(|share| (measure * share / all).max(1))
            .collect()
    }
}
