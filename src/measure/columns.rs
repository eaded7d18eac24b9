//! Columns: each of a table has its longest word at least, and every number, date and code whole; what is left goes to those whose
//! cells would fill more than a line. Where that has no room the gutters give way first, then the page is turned, then the type
//! becomes smaller.

use super::decimals::Decimals;
use super::form::{Form, Holds, Side};
use super::ruler::{Extent, Ruler};
use super::widths::{NarrowColumn, Need, fits, narrow, shares, widths};
use super::{Frame, Share};
use crate::compose::{Composition, Kind, Table, TextId};
use crate::theme::{Em, Pt, Sheet, Theme};

/// The least room that the longest words of all columns may ask for, in multiples of the text's size, where a table counts as
/// crowded: about what a phone's page has.
const CROWDED: f32 = 20.0;
/// The same where it may be wider than a phone's page whose reader wants large type, so that it is moved to be read.
const WIDE: f32 = 11.0;
/// The gutter of crowded tables on narrow pages, in multiples of the text's size.
const NARROW_GUTTER: f32 = 0.4;

/// The least gutter on paper, and how much it gives way at a time.
const LEAST_GUTTER: f32 = 5.0;
const GUTTER_STEP: f32 = 0.5;
/// The least size of type on paper, and how much it gives way at a time.
const LEAST_SIZE: f32 = 7.0;
const SIZE_STEP: f32 = 0.5;

/// The columns of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Columns {
    /// From the first to the last; their shares are the whole measure.
    pub columns: Vec<Column>,
    /// How the pages lie that it stands on.
    pub page: Orientation,
    /// The space between the words of neighbouring columns, on paper.
    pub gutter: Pt,
    /// Its size of type on paper, as a part of what the sheet says.
    pub scale: f32,
    /// Whether a narrow page shows the table better in smaller letters.
    pub crowded: bool,
    /// Whether a narrow page may have no room for all of it, so that its reader moves it.
    pub wide: bool,
    /// What no page has room for.
    pub lack: Option<Lack>,
    decimals: Decimals,
}

/// How a page lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Orientation {
    /// As the theme has it.
    #[default]
    Upright,
    /// On its side, for a table that is too wide.
    Turned,
}

/// What a table asks for that no page has.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lack {
    /// The width that its columns need.
    pub needed: Pt,
    /// The width that there is.
    pub room: Pt,
    /// The cell that asks for the most.
    pub widest: Option<TextId>,
    /// The column that widths of the author's leave too little room.
    pub narrow: Option<NarrowColumn>,
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its share of the measure, the space beside its words included.
    pub share: Share,
    /// On which side its words stand.
    pub align: Side,
    /// What it holds.
    pub holds: Holds,
}

impl Columns {
    /// How far the words of a cell of the body stand off the side of its column, so that figures stand under their decimal
    /// points.
    #[must_use]
    pub fn inset(&self, row: usize, column: usize) -> Em {
        self.decimals.inset(row, column)
    }

    /// The frame that the shares are shares of, where it is this one on a page that stands upright.
    #[must_use]
    pub fn frame(&self, upright: Frame) -> Frame {
        match self.page {
            Orientation::Upright => upright,
            Orientation::Turned => upright.turned(),
        }
    }
}

/// A column with nothing in it is no narrower than so much of the size of its type.
const EMPTY: f32 = 0.5;

/// The columns of a table.
#[must_use]
pub fn columns(composition: &Composition, theme: &Theme, frame: Frame, table: &Table) -> Columns {
    let sheet = Sheet::of(theme);
    let writing = theme.writing(&composition.record.language);
    let size = sheet.row(Kind::Cell, writing).size;
    let forms: Vec<Form> = (0..table.width().max(1))
        .map(|column| Form::of(composition, table, column))
        .collect();
    let decimals = Decimals::of(composition, theme, table, &forms);
    let mut ruler = Ruler::new(theme, &composition.record.language);
    let mut needs = vec![Need::default(); forms.len()];
    for (row, cells) in table.header.iter().chain(&table.rows).enumerate() {
        let body = row.checked_sub(table.header.len());
        for (column, (need, cell)) in needs.iter_mut().zip(cells).enumerate() {
            let text = &composition[*cell];
            let extent = ruler.extent(text, sheet.row(text.kind, writing));
            let inset = body.map_or(0.0, |row| decimals.inset(row, column).0 * size.0);
            need.take(
                Extent {
                    least: extent.least + inset,
                    most: extent.most + inset,
                },
                *cell,
            );
        }
    }
    for (column, need) in needs.iter_mut().enumerate() {
        // A column that holds nothing stays one that can be seen.
        let mut cells = table.header.iter().chain(&table.rows);
        let is_empty = |cell: &TextId| composition[*cell].spans.is_empty();
        if cells.all(|row| row.get(column).is_none_or(is_empty)) {
            need.most = need.most.max(size.0);
            need.least = need.least.max(size.0 * EMPTY);
        }
        need.given = table.column(column).width.map(|it| f32::from(it) / 100.0);
    }
    let fitting = Fitting::find(&needs, frame, sheet.spaces.gutter, size);
    let room = fitting.room(frame);
    let widths = widths(&needs, room, fitting.gutter.0, fitting.scale);
    let shares = shares(&widths).into_iter().zip(&forms);
    let columns = shares.map(|(share, form)| Column {
        share,
        align: form.align,
        holds: form.holds,
    });
    let least: f32 = needs.iter().map(|need| need.least).sum();
    let between = needs.len().saturating_sub(1) as f32;
    Columns {
        columns: columns.collect(),
        page: fitting.page,
        gutter: fitting.gutter,
        scale: fitting.scale,
        crowded: least + between * sheet.spaces.gutter.0 > CROWDED * size.0,
        wide: least / size.0 + between * NARROW_GUTTER > WIDE,
        lack: fitting.lack,
        decimals,
    }
}

/// How a table finds room on paper.
struct Fitting {
    page: Orientation,
    gutter: Pt,
    scale: f32,
    lack: Option<Lack>,
}

impl Fitting {
    fn find(needs: &[Need], frame: Frame, gutter: Pt, size: Pt) -> Self {
        let least_gutter = gutter.0.min(LEAST_GUTTER);
        let steps = ((gutter.0 - least_gutter) / GUTTER_STEP).ceil() as usize;
        let gutters =
            (0..=steps).map(|step| (gutter.0 - step as f32 * GUTTER_STEP).max(least_gutter));
        for page in [Orientation::Upright, Orientation::Turned] {
            for gutter in gutters.clone() {
                let fitting = Self {
                    page,
                    gutter: Pt(gutter),
                    scale: 1.0,
                    lack: None,
                };
                if fits(needs, fitting.room(frame), gutter, 1.0) {
                    return fitting;
                }
            }
        }
        let mut fitting = Self {
            page: Orientation::Turned,
            gutter: Pt(least_gutter),
            scale: 1.0,
            lack: None,
        };
        let room = fitting.room(frame);
        let mut smaller = size.0;
        while smaller > LEAST_SIZE {
            smaller = (smaller - SIZE_STEP).max(LEAST_SIZE);
            fitting.scale = smaller / size.0;
            if fits(needs, room, least_gutter, fitting.scale) {
                return fitting;
            }
        }
        let least: f32 = needs.iter().map(|need| need.least).sum();
        let between = needs.len().saturating_sub(1) as f32 * least_gutter;
        let widest = needs.iter().max_by(|a, b| a.least.total_cmp(&b.least));
        fitting.lack = Some(Lack {
            needed: Pt(least * fitting.scale + between),
            room: Pt(room),
            widest: widest.and_then(|need| need.longest),
            narrow: narrow(needs, room, least_gutter, fitting.scale),
        });
        fitting
    }

    fn room(&self, frame: Frame) -> f32 {
        match self.page {
            Orientation::Upright => frame.measure.0,
            Orientation::Turned => frame.turned().measure.0,
        }
    }
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
        let wide = ["word"; 63].join(", ");
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

    /// Columns of a piece in a language.
    fn in_language(language: &str, table: &str) -> (Composition, Table) {
        let composition = composed(&format!(
            "{{series: S, title: T, date: 2025-11-04, language: {language}, contributors: [{{name: N, statement: [{{table: {table}}}]}}]}}"
        ));
        let BlockKind::Content(Content::Table(table)) = &composition.sections[0].blocks[0].kind
        else {
            panic!("a table")
        };
        let table = table.clone();
        (composition, table)
    }

    /// A table of so many columns of figures.
    fn months(count: usize, figure: &str) -> String {
        let heads = (1..=count).map(|month| format!("M{month}"));
        let heads: Vec<String> = heads.collect();
        let cells = vec![format!("'{figure}'"); count].join(", ");
        format!("{{header: [[{}]], rows: [[{cells}]]}}", heads.join(", "))
    }

    #[test]
    fn a_width_that_is_too_small_for_a_word_is_told() {
        let lack = |widths: &str| {
            let words = "header: [[Casualties, B]], rows: [[Casualties, b]]";
            let columns = of(&format!("{{columns: [{widths}], {words}}}"));
            columns.lack.and_then(|lack| lack.narrow)
        };
        let given = lack("{width: 2%}, {width: 98%}").expect("a narrow column");
        assert_eq!((given.column, given.given), (0, 2));
        assert!((3..20).contains(&given.needed), "{given:?}");
        let left = lack("{align: start}, {width: 98%}").expect("a narrow column");
        assert_eq!((left.column, left.given), (0, 2));
        assert_eq!(lack("{width: 50%}, {width: 50%}"), None);
        let wide = of(&months(40, "1,101.5"));
        assert_eq!(wide.lack.expect("no page holds it").narrow, None);
    }

    #[test]
    fn gutters_give_way_first_then_the_page_is_turned_then_the_type_is_smaller() {
        let few = of(&months(8, "1,101"));
        assert_eq!(
            (few.page, few.gutter, few.scale),
            (Orientation::Upright, Pt(12.0), 1.0)
        );
        let more = of(&months(12, "1,101"));
        assert_eq!((more.page, more.scale), (Orientation::Upright, 1.0));
        assert!(more.gutter < Pt(12.0) && more.gutter >= Pt(LEAST_GUTTER));
        let wide = of(&months(16, "1,101"));
        assert_eq!(
            (wide.page, wide.gutter, wide.scale),
            (Orientation::Turned, Pt(12.0), 1.0)
        );
        let wider = of(&months(24, "1,101.5"));
        assert_eq!(
            (wider.page, wider.gutter),
            (Orientation::Turned, Pt(LEAST_GUTTER))
        );
        let size = wider.scale * 9.0;
        assert!(
            (LEAST_SIZE..9.0).contains(&size) && wider.lack.is_none(),
            "{size}"
        );
        let widest = of(&months(40, "1,101.5"));
        let lack = widest.lack.expect("no page holds it");
        assert!(lack.needed > lack.room);
        assert!((widest.scale * 9.0 - LEAST_SIZE).abs() < 0.001);
    }

    #[test]
    fn every_number_date_and_code_has_its_width() {
        let long = "many words and more ".repeat(20);
        for whole in [
            "1,234,567,890.25",
            "30 September 2025",
            "UN-2593/2021-AB-12",
        ] {
            let columns = of(&format!(
                "{{header: [[A, B]], rows: [['{whole}', {long}]]}}"
            ));
            let share = f32::from(parts(&columns)[0]) / 10_000.0;
            let measure = Theme::classic().measures.measure.0;
            let least = whole.len() as f32 * 9.0 * 0.42;
            assert!(
                share * measure > least + 12.0,
                "{whole} {}",
                share * measure
            );
        }
    }

    #[test]
    fn what_an_author_says_of_columns_holds() {
        let columns = of(
            "{columns: [{width: 60%}, {align: centre}, {align: start}, {align: decimal}], header: [[A, B, C, D]], rows: [[a, b, '1', x], [a, b, '2', '1.5']]}",
        );
        assert_eq!(parts(&columns)[0], 6_000);
        let aligns: Vec<_> = columns.columns.iter().map(|column| column.align).collect();
        assert_eq!(aligns, [Side::Start, Side::Centre, Side::Start, Side::End]);
        // What has no room in its width turns the page, as it does without.
        let turned =
            of("{columns: [{width: 10%}, {}], header: [[A, B]], rows: [['1,234,567.25', b]]}");
        assert_eq!(turned.page, Orientation::Turned);
    }

    #[test]
    fn figures_stand_under_their_decimal_points() {
        let columns = of(
            "{header: [[A, B]], rows: [[a, '12.5'], [a, '3'], [a, –], [a, '1.25'], [a, '(7)']]}",
        );
        let insets: Vec<f32> = (0..5).map(|row| columns.inset(row, 1).0).collect();
        let [half, whole, dash, quarter, bracket] = insets[..] else {
            panic!("five rows")
        };
        assert!(
            quarter == 0.0 && half > 0.4 && whole > half + 0.6,
            "{insets:?}"
        );
        assert!(
            dash == whole && bracket < whole && bracket > half,
            "{insets:?}"
        );
        assert_eq!(columns.inset(0, 0), Em(0.0));
    }

    #[test]
    fn figures_stand_on_the_right_in_pieces_from_right_to_left_too() {
        let (composition, table) =
            in_language("ur", "{header: [[A, B]], rows: [[a, '12.5'], [b, '3']]}");
        let theme = Theme::classic();
        let frame = Frame::new(&theme, PageSize::A4);
        let columns = columns(&composition, &theme, frame, &table);
        assert_eq!(columns.columns[1].align, Side::Start);
        assert_eq!(columns.columns[1].holds, Holds::Figures);
        assert!(columns.inset(1, 1).0 > 0.5);
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
