//! Columns: each of a table has its longest word at least; what is left goes to those whose cells would fill more than a line.

use super::ruler::{Extent, Ruler};
use super::{Frame, Share};
use crate::compose::{Composition, Kind, Table};
use crate::theme::{Sheet, Theme};

/// The least room that the longest words of all columns may ask for, in multiples of the text's size, where a table counts as
/// crowded: about what a phone's page has.
const CROWDED: f32 = 20.0;

/// The columns of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Columns {
    /// From the first to the last; their shares are the whole measure.
    pub columns: Vec<Column>,
    /// Whether a narrow page shows the table better in smaller letters.
    pub crowded: bool,
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its share of the measure, the space beside its words included.
    pub share: Share,
    /// On which side its words stand.
    pub align: Side,
}

/// On which side of a column its words stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Where a line starts.
    Start,
    /// Where a line ends: numbers.
    End,
}

/// The columns of a table.
#[must_use]
pub fn columns(composition: &Composition, theme: &Theme, frame: Frame, table: &Table) -> Columns {
    let count = table.header.first().map_or(0, Vec::len).max(1);
    let sheet = Sheet::of(theme);
    let writing = theme.writing(&composition.record.language);
    let row_of = |kind| sheet.row(kind, writing);
    let body = row_of(Kind::Cell);
    let mut ruler = Ruler::new(theme);
    let mut extents = vec![Extent::default(); count];
    for row in table.header.iter().chain(&table.rows) {
        for (column, cell) in extents.iter_mut().zip(row) {
            let text = &composition[*cell];
            let extent = ruler.extent(text, row_of(text.kind));
            column.least = column.least.max(extent.least);
            column.most = column.most.max(extent.most);
        }
    }
    for column in &mut extents {
        column.least += sheet.spaces.gutter.0;
        column.most += sheet.spaces.gutter.0;
    }
    let least: f32 = extents.iter().map(|column| column.least).sum();
    let widths = widths(&extents, frame.measure.0);
    let columns = (shares(&widths).into_iter().enumerate()).map(|(column, share)| Column {
        share,
        align: align(composition, table, column),
    });
    Columns {
        columns: columns.collect(),
        crowded: least > CROWDED * body.size.0,
    }
}

/// Shares the room among columns.
fn widths(columns: &[Extent], room: f32) -> Vec<f32> {
    let least: f32 = columns.iter().map(|column| column.least).sum();
    let most: f32 = columns.iter().map(|column| column.most).sum();
    if least >= room {
        // Not even the longest words fit: every column gives up the same part, but none vanishes.
        let floor = room / columns.len() as f32 / 4.0;
        let held = columns
            .iter()
            .map(|column| (column.least * room / least).max(floor));
        return held.collect();
    }
    if most <= room {
        let spare = (room - most) / columns.len() as f32;
        return columns.iter().map(|column| column.most + spare).collect();
    }
    // Columns that ask for little get it; the others share what is left.
    let asked = |column: &usize| columns[*column].most - columns[*column].least;
    let mut order: Vec<usize> = (0..columns.len()).collect();
    order.sort_by(|a, b| asked(a).total_cmp(&asked(b)));
    let mut widths: Vec<f32> = columns.iter().map(|column| column.least).collect();
    let mut spare = room - least;
    for (done, column) in order.iter().enumerate() {
        let fair = spare / (order.len() - done) as f32;
        let given = asked(column).min(fair);
        widths[*column] += given;
        spare -= given;
    }
    widths
}

/// Widths as shares that are the whole measure together: rounded where columns meet, so that no error adds up.
fn shares(widths: &[f32]) -> Vec<Share> {
    let whole: f32 = widths.iter().sum();
    let (mut end, mut before) = (0.0, 0);
    let last = widths.len().saturating_sub(1);
    let shares = widths.iter().enumerate().map(|(column, width)| {
        end += width;
        let meets = match column == last {
            true => Share::WHOLE.0,
            false => (end / whole * f32::from(Share::WHOLE.0)).round() as u16,
        };
        // A table of thousands of columns has less than a part for each.
        let share = Share(meets.saturating_sub(before).max(1));
        before = meets;
        share
    });
    shares.collect()
}

/// Numbers stand at the end, under each other; the first column names its row, be it with a year.
fn align(composition: &Composition, table: &Table, column: usize) -> Side {
    let mut cells = table.rows.iter().filter_map(|row| row.get(column));
    match column > 0 && cells.all(|cell| is_numeric(&composition[*cell].plain())) {
        true => Side::End,
        false => Side::Start,
    }
}

/// Whether a cell holds a number.
fn is_numeric(cell: &str) -> bool {
    let cell = cell.trim();
    let sign = |c| ".,% \u{A0}+-−–$€£'’\u{202F}".contains(c);
    cell.chars().any(|c| c.is_ascii_digit()) && cell.chars().all(|c| c.is_ascii_digit() || sign(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::sample::composed;
    use crate::compose::{BlockKind, Content};
    use crate::theme::PageSize;

    fn of(table: &str) -> Columns {
        let composition = composed(&format!(
            "{{series: S, title: T, date: 2025-11-04, language: en, contributors: [{{name: N, statement: [{{table: {table}}}]}}]}}"
        ));
        let theme = Theme::classic();
        let BlockKind::Content(Content::Table(table)) = &composition.sections[0].blocks[0].kind
        else {
            panic!("a table")
        };
        let frame = Frame::new(&theme, PageSize::A4);
        columns(&composition, &theme, frame, table)
    }

    fn parts(columns: &Columns) -> Vec<u16> {
        columns
            .columns
            .iter()
            .map(|column| column.share.0)
            .collect()
    }

    #[test]
    fn shares_are_the_whole_measure_whatever_the_table() {
        let wide = ["word"; 90].join(", ");
        let long = "many words and more ".repeat(20);
        for table in [
            "{header: [[A]], rows: [[b]]}",
            "{header: [[A, B, C]], rows: [[d, e, f]]}",
            &format!("{{header: [[A, B, C]], rows: [[d, {long}, f]]}}"),
            &format!("{{header: [[{wide}]], rows: [[{wide}]]}}"),
        ] {
            let parts = parts(&of(table));
            assert_eq!(parts.iter().sum::<u16>(), 10_000, "{table}");
            assert!(parts.iter().all(|part| *part > 0));
        }
    }

    #[test]
    fn who_has_more_to_say_has_more_room_and_nobody_less_than_a_word() {
        let long = "many words and more ".repeat(20);
        let columns = of(&format!(
            "{{header: [[Casualties, B]], rows: [[x, {long}]]}}"
        ));
        let [first, second] = parts(&columns)[..] else {
            panic!("two columns")
        };
        assert!(second > 3 * first, "{first} {second}");
        let measure = Theme::classic().measures.measure.0;
        assert!(f32::from(first) / 10_000.0 * measure > 45.0, "{first}");
        assert!(!columns.crowded);
    }

    #[test]
    fn numbers_stand_at_the_end_but_not_in_the_first_column() {
        let columns = of(
            "{header: [[Year, Sum, Note]], rows: [['2024', '1,200', a], ['2025', '−3 %', '4']]}",
        );
        let aligns: Vec<_> = columns.columns.iter().map(|column| column.align).collect();
        assert_eq!(aligns, [Side::Start, Side::End, Side::Start]);
    }

    #[test]
    fn a_table_of_long_words_is_crowded() {
        let columns = of(
            "{header: [[Administration, Responsibilities, Correspondence, Recommendations]], rows: [[a, b, c, d]]}",
        );
        assert!(columns.crowded);
    }
}
