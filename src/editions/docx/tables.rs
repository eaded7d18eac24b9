//! Tables: a head that is repeated on every page, a caption above, columns as wide as the measure has them.

use docx_rs::{
    AlignmentType, BorderType, LineSpacing, LineSpacingType, Paragraph, ParagraphChild, Run,
    Table as DocxTable, TableCell, TableCellBorder, TableCellBorderPosition, TableCellBorders,
    TableCellMargins, TableLayoutType, TableRow, VAlignType, WidthType,
};

use super::body::Body;
use super::ledger::FirstColumn;
use super::sheet::{other, paragraph as styles};
use super::styles::{FULL_WIDTH, eighths, half_points, twips};
use crate::compose::{Kind, Table, TextId};
use crate::measure::{Column, Columns, Orientation, Side, columns};
use crate::theme::{Em, Pt};

/// A table of no more rows stays on one page, as on paper; Word would part it at any row.
const TOGETHER: usize = 24;

/// Where a row stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Head,
    /// The row of the head that the rule stands under.
    LastOfHead,
    /// A row of the body, by its number.
    Body(usize),
}

/// The style of a cell of a kind in a column.
fn style(kind: Kind, side: Side) -> &'static str {
    match (kind, side) {
        (Kind::HeadCell, Side::End) => styles::TABLE_HEAD_NUMBER,
        (Kind::HeadCell, Side::Start | Side::Centre) => styles::TABLE_HEAD,
        (Kind::RowHead, _) => styles::TABLE_ROW_HEAD,
        (_, Side::End) => styles::TABLE_NUMBER,
        (_, Side::Start | Side::Centre) => styles::TABLE_TEXT,
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
    /// A table, in a section of its own where its page is turned.
    pub(super) fn table(&mut self, table: &'a Table) {
        let frame = self.options.frame();
        let shared = columns(self.composition, &self.options.theme, frame, table);
        if shared.page == Orientation::Turned {
            self.turn();
        }
        self.whole_table(table, &shared);
        if shared.page == Orientation::Turned {
            self.turn_back();
        }
    }

    fn whole_table(&mut self, table: &'a Table, shared: &Columns) {
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
        let first = table.header.iter().flatten().next().copied();
        let direction = composition.column(first);
        let table_style = self
            .ledger
            .table(other::TABLE, caption, first_column, direction);
        let last = table.header.len().saturating_sub(1);
        let mut rows = Vec::with_capacity(table.header.len() + table.rows.len());
        for (index, row) in table.header.iter().enumerate() {
            let place = if index == last {
                Place::LastOfHead
            } else {
                Place::Head
            };
            let row = self.row_of_cells(row, place, Keeps::Nothing, shared);
            rows.push(self.ledger.head_row(row));
        }
        let together = table.header.len() + table.rows.len() <= TOGETHER;
        for (index, row) in table.rows.iter().enumerate() {
            let keeps = if together && index + 1 < table.rows.len() {
                Keeps::Next
            } else {
                Keeps::Nothing
            };
            rows.push(self.row_of_cells(row, Place::Body(index), keeps, shared));
        }
        let (full, kind) = FULL_WIDTH;
        let measure = shared.frame(self.options.frame()).measure;
        let widths = shared.columns.iter();
        let widths = widths.map(|column| width(column, measure)).collect();
        let mut set = DocxTable::without_borders(rows)
            .style(table_style)
            .width(full, kind)
            .layout(TableLayoutType::Fixed)
            .set_grid(widths);
        if shared.gutter != self.sheet.spaces.gutter {
            let cell = twips(self.sheet.spaces.cell).unsigned_abs() as usize;
            let gutter = twips(shared.gutter).unsigned_abs() as usize;
            set = set.margins(TableCellMargins::new().margin(cell, gutter, cell, 0));
        }
        self.push_table(set);
        // Word joins tables that touch, and wants a paragraph after the last.
        let end = self.empty(styles::TABLE_END);
        self.push(end);
    }

    fn row_of_cells(
        &mut self,
        cells: &[TextId],
        place: Place,
        keeps: Keeps,
        shared: &Columns,
    ) -> TableRow {
        let measure = shared.frame(self.options.frame()).measure;
        let last = shared.columns.len().saturating_sub(1);
        let cells = shared.columns.iter().enumerate().map(|(index, column)| {
            let paragraph = self.cell(cells.get(index).copied(), column, shared);
            let paragraph = match place {
                Place::Body(row) => {
                    self.set_in(paragraph, shared.inset(row, index), column, shared)
                }
                Place::Head | Place::LastOfHead => paragraph,
            };
            let paragraph = match keeps {
                Keeps::Next => paragraph.keep_next(true),
                Keeps::Nothing => paragraph,
            };
            let mut cell = TableCell::new()
                .width(width(column, measure), WidthType::Dxa)
                .add_paragraph(paragraph);
            match place {
                Place::Body(_) => {}
                // The words of a head stand on its rule.
                Place::Head => cell = cell.vertical_align(VAlignType::Bottom),
                Place::LastOfHead => {
                    cell = cell.vertical_align(VAlignType::Bottom);
                    cell = cell.set_borders(self.head_rule());
                }
            }
            if index == last {
                cell.property = cell.property.margin_right(0, WidthType::Dxa);
            }
            cell
        });
        TableRow::new(cells.collect()).cant_split()
    }

    /// The paragraph of a cell.
    fn cell(&mut self, text: Option<TextId>, column: &Column, shared: &Columns) -> Paragraph {
        let kind = text.map_or(Kind::Cell, |text| self.composition[text].kind);
        let style = style(kind, column.align);
        let mut paragraph = match text {
            Some(text) => self.paragraph(style, text),
            None => self.empty(style),
        };
        if column.align == Side::Centre {
            paragraph = paragraph.align(AlignmentType::Center);
        }
        if shared.scale < 1.0 {
            let row = self.row(kind);
            let (size, leading) = (row.size * shared.scale, row.leading * shared.scale);
            let runs = paragraph.children.iter_mut();
            for run in runs.flat_map(runs_of) {
                let property = std::mem::take(&mut run.run_property);
                run.run_property = property.size(half_points(size));
            }
            let spacing = LineSpacing::new().line(twips(leading));
            paragraph = paragraph.line_spacing(spacing.line_rule(LineSpacingType::Exact));
        }
        paragraph
    }

    /// A paragraph that stands off the side of its column, so that its figures stand under their decimal points.
    fn set_in(
        &self,
        paragraph: Paragraph,
        inset: Em,
        column: &Column,
        shared: &Columns,
    ) -> Paragraph {
        let inset = twips(inset * (self.row(Kind::Cell).size * shared.scale));
        match column.align {
            _ if inset == 0 => paragraph,
            Side::End => paragraph.indent(None, None, Some(inset), None),
            Side::Start | Side::Centre => paragraph.indent(Some(inset), None, None, None),
        }
    }

    /// The rule under a head.
    fn head_rule(&self) -> TableCellBorders {
        let rule = TableCellBorder::new(TableCellBorderPosition::Bottom)
            .border_type(BorderType::Single)
            .size(eighths(self.sheet.head_rule))
            .color(self.options.theme.colours.quiet.to_string());
        TableCellBorders::with_empty().set(rule)
    }
}

/// The runs of a paragraph's child, those of a link too.
fn runs_of(child: &mut ParagraphChild) -> Vec<&mut Run> {
    match child {
        ParagraphChild::Run(run) => vec![run],
        ParagraphChild::Hyperlink(link) => link.children.iter_mut().flat_map(runs_of).collect(),
        _ => Vec::new(),
    }
}

/// A column's share of a measure in twentieths of a point.
fn width(column: &Column, measure: Pt) -> usize {
    twips(column.share.of(measure)).max(1).unsigned_abs() as usize
}
