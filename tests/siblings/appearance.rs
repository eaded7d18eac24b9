//! What an edition says of its texts, tables and marks, held against the sheet.

use flashpoint::compose::{Bullet, Kind};
use flashpoint::theme::{Alignment, Row, Sheet, Slant, Theme, Weight};

/// How a text is set, as an edition says it: lengths as shares of the size of running text. What an edition does not say is not
/// held against it.
#[derive(Debug, Default)]
pub(super) struct Appearance {
    pub(super) size: Option<f32>,
    /// Of its own size.
    pub(super) leading: Option<f32>,
    pub(super) before: Option<f32>,
    pub(super) after: Option<f32>,
    pub(super) weight: Option<Weight>,
    pub(super) slant: Option<Slant>,
    pub(super) alignment: Option<&'static str>,
    pub(super) colour: Option<String>,
}

/// Holds an appearance against the row of its kind.
pub(super) fn assert_appearance(
    place: &str,
    kind: Kind,
    appearance: &Appearance,
    row: &Row,
    sheet: &Sheet,
    theme: &Theme,
) {
    let body = sheet.body();
    let near = |what: &str, found: Option<f32>, wanted: f32, least: f32| {
        if let Some(found) = found {
            let off = (found - wanted).abs();
            assert!(
                off <= least,
                "{place}, {kind:?}: {what} {found} is not {wanted}"
            );
        }
    };
    near("size", appearance.size, row.size / body, 0.001);
    near("leading", appearance.leading, row.leading / row.size, 0.002);
    near("space before", appearance.before, row.before / body, 0.004);
    near("space after", appearance.after, row.after / body, 0.004);
    let alignment = match row.alignment {
        Alignment::Justified => "justify",
        Alignment::Start | Alignment::Balanced => "start",
        Alignment::Centre => "center",
        Alignment::End => "end",
    };
    assert_eq!(
        appearance.weight.unwrap_or(row.weight),
        row.weight,
        "{place}, {kind:?}"
    );
    assert_eq!(
        appearance.slant.unwrap_or(row.slant),
        row.slant,
        "{place}, {kind:?}"
    );
    assert_eq!(
        appearance.alignment.unwrap_or(alignment),
        alignment,
        "{place}, {kind:?}"
    );
    if let Some(colour) = &appearance.colour {
        let wanted = row.ink.colour(&theme.colours).to_string();
        assert_eq!(*colour, wanted, "{place}, {kind:?}");
    }
}

/// The distances and rules of tables, as shares of the size of running text.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) cell: Option<f32>,
    pub(super) gutter: Option<f32>,
    pub(super) rule: Option<f32>,
    pub(super) head_rule: Option<f32>,
}

/// Holds the tables of an edition against the sheet, as exactly as its unit allows.
pub(super) fn assert_table(place: &str, table: &Table, sheet: &Sheet, least: f32) {
    let rows = [
        ("cell", table.cell, sheet.spaces.cell),
        ("gutter", table.gutter, sheet.spaces.gutter),
        ("rule", table.rule, sheet.table_rule),
        ("rule of the head", table.head_rule, sheet.head_rule),
    ];
    for (what, found, wanted) in rows {
        let wanted = wanted / sheet.body();
        let off = found.map_or(0.0, |found| (found - wanted).abs());
        assert!(off <= least, "{place}: {what} {found:?} is not {wanted}");
    }
}

/// What stands in an edition besides texts, lengths as shares of the size of running text.
#[derive(Debug)]
pub(super) struct Marks {
    /// The rule under the title block.
    pub(super) title_rule: f32,
    /// The bar beside a pull quote.
    pub(super) pull_bar: f32,
    /// Above a break between two thoughts.
    pub(super) thought_break: f32,
    /// What the break shows.
    pub(super) break_shown: String,
    /// The signs of lists by depth.
    pub(super) signs: Vec<String>,
}

/// Holds the marks of an edition against the sheet and the composition, as exactly as its unit allows.
pub(super) fn assert_marks(place: &str, marks: &Marks, sheet: &Sheet, least: f32) {
    for (what, found, wanted) in [
        ("title rule", marks.title_rule, sheet.title_rule),
        ("pull bar", marks.pull_bar, sheet.pull_bar),
        ("break", marks.thought_break, sheet.spaces.thought_break),
    ] {
        let off = (found - wanted / sheet.body()).abs();
        assert!(off <= least, "{place}: {what} {found} is not {wanted:?}");
    }
    assert_eq!(marks.break_shown, "*\u{2003}*\u{2003}*", "{place}");
    let signs = Bullet::BY_DEPTH.map(|bullet| bullet.sign().to_string());
    assert_eq!(marks.signs, signs, "{place}");
}
