//! The style sheet: one row for each kind of text, decided here from the theme's faces, colours and measures.
//!
//! Every edition spells the rows in its own units: PDF in points, DOCX as styles, EPUB, HTML and site as shares of the reader's
//! own text size. None decides a look.

use std::sync::OnceLock;

use super::recipe::recipe;
use super::row::Row;
use super::writing::{self, NEEDS, Writing};
use super::{Em, Pt, Theme};
use crate::compose::Kind;

/// The rows under a theme.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    rows: [Row; Kind::ALL.len()],
    /// Rows of a writing that were given.
    given: Vec<(Writing, Kind, Row)>,
    /// Rows as writings need them, in the order of [`NEEDS`]; made when one is asked for.
    fitted: [OnceLock<Box<[Row; Kind::ALL.len()]>>; NEEDS.len()],
    /// What stands around blocks that are not text alone.
    pub spaces: Spaces,
    /// The rule under the title block.
    pub title_rule: Pt,
    /// The bar at the start of a pull quote.
    pub pull_bar: Pt,
    /// The rules above and below a table.
    pub table_rule: Pt,
    /// The rule under a table's head.
    pub head_rule: Pt,
}

/// The distances of what is not text alone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spaces {
    /// Above and below a figure or a table.
    pub float: Pt,
    /// Between an image and its caption.
    pub under_image: Pt,
    /// Above and below a break between two thoughts.
    pub thought_break: Pt,
    /// Between the date and the rule under the title block.
    pub above_rule: Pt,
    /// Above a heading that stands right under another.
    pub between_headings: Pt,
    /// Above and below the words of a table's cell, and below its caption.
    pub cell: Pt,
    /// Between the words of a table's columns.
    pub gutter: Pt,
}

/// The least room of a label, whatever inset a theme gives.
const LABEL: Em = Em(1.2);

/// The row of a kind of text under a theme: what follows from its measures, what it says of all running text, and what it says
/// of this kind.
fn row(theme: &Theme, kind: Kind) -> Row {
    let change = theme.texts.get(&kind).copied().unwrap_or_default();
    let paragraphs = &theme.paragraphs;
    let recipe = recipe(kind);
    let mut row = recipe.row(&theme.measures, change.size, paragraphs.separation);
    paragraphs.apply(kind, &mut row);
    change.apply(&mut row);
    // Labels of items and notes stand in the inset, and have room there at least.
    if matches!(kind, Kind::ListText | Kind::Note) {
        row.inset_start = row.inset_start.max(LABEL * row.size);
    }
    row
}

/// The bar beside a pull quote, which stands in the inset and leaves the letters some of it.
fn pull_bar(theme: &Theme) -> Pt {
    let bar = theme.distances.pull_bar.unwrap_or(Pt(2.0));
    let inset = row(theme, Kind::Pull).inset_start;
    if inset > Pt(0.0) {
        bar.min(inset * 0.8)
    } else {
        bar
    }
}

impl Sheet {
    /// The sheet of a theme.
    #[must_use]
    pub fn of(theme: &Theme) -> Self {
        let line = theme.measures.leading;
        let own = &theme.distances;
        Self {
            rows: Kind::ALL.map(|kind| row(theme, kind)),
            given: Vec::new(),
            fitted: Default::default(),
            spaces: Spaces {
                float: own.float.unwrap_or(line * 0.75),
                under_image: own.under_image.unwrap_or(line * 0.35),
                thought_break: own.thought_break.unwrap_or(line * 0.5),
                above_rule: own.above_rule.unwrap_or(line * 0.9),
                between_headings: own.between_headings.unwrap_or(line * 0.25),
                cell: own.cell.unwrap_or(Pt(2.5)),
                gutter: own.gutter.unwrap_or(Pt(12.0)),
            },
            title_rule: own.title_rule.unwrap_or(Pt(0.6)),
            pull_bar: pull_bar(theme),
            table_rule: own.table_rule.unwrap_or(Pt(0.9)),
            head_rule: own.head_rule.unwrap_or(Pt(0.5)),
        }
    }

    /// The row of a kind of text in a writing, or in a script.
    #[must_use]
    pub fn row(&self, kind: Kind, writing: impl Into<Writing>) -> &Row {
        let writing = writing.into();
        let mut given = self.given.iter();
        let given = given.find(|(of, own, _)| *of == writing && *own == kind);
        if let Some((_, _, row)) = given {
            return row;
        }
        let Some(place) = writing::place(writing) else {
            return &self[kind];
        };
        let fitted = self.fitted[place].get_or_init(|| {
            let needs = &NEEDS[place];
            Box::new(self.rows.map(|row| needs.fitted(&row, self.body())))
        });
        &fitted[kind as usize]
    }

    /// The same sheet with another row for a kind of text in a writing.
    #[must_use]
    pub fn with(mut self, kind: Kind, writing: impl Into<Writing>, row: Row) -> Self {
        self.given.insert(0, (writing.into(), kind, row));
        self
    }

    /// The size of running text, which all others are shares of.
    #[must_use]
    pub fn body(&self) -> Pt {
        self[Kind::Paragraph].size
    }
}

/// The row of a kind of text in whatever script has none of its own.
impl std::ops::Index<Kind> for Sheet {
    type Output = Row;

    fn index(&self, kind: Kind) -> &Row {
        // A test holds that every kind stands in `ALL` at its place.
        &self.rows[kind as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_script::Script;

    #[test]
    fn a_row_of_a_script_stands_before_the_one_of_all() {
        let sheet = Sheet::of(&Theme::classic());
        let taller = Row {
            leading: Pt(22.0),
            ..sheet[Kind::Paragraph]
        };
        let sheet = sheet.with(Kind::Paragraph, Script::Arabic, taller);
        let leading = |kind, script| sheet.row(kind, script).leading;
        assert_eq!(leading(Kind::Paragraph, Script::Arabic), Pt(22.0));
        assert_eq!(leading(Kind::Paragraph, Script::Latin), Pt(15.0));
        assert!(leading(Kind::Note, Script::Arabic) > sheet[Kind::Note].leading);
    }

    #[test]
    fn no_row_sets_lines_into_each_other() {
        for name in Theme::names() {
            let theme = Theme::named(name).unwrap_or_else(Theme::classic);
            let sheet = Sheet::of(&theme);
            for kind in Kind::ALL {
                let row = sheet[kind];
                assert!(row.leading / row.size >= 1.1, "{name}: {kind:?}");
            }
        }
    }
}
