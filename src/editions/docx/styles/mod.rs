//! The style sheet, made of the theme's faces, colours and measures. Every look in the document comes from here.

mod apparatus;
mod blocks;

use docx_rs::{
    AlignmentType, BorderType, IndentLevel, LineSpacing, LineSpacingType, NumberingId,
    ParagraphBorder, ParagraphBorderPosition, ParagraphBorders, ParagraphProperty, RunFonts,
    RunProperty, SpecialIndentType, Style, StyleType, Styles, Tab, TabValueType, TableBorder,
    TableBorderPosition, TableBorders, TableCellMargins, TableProperty, ThemeColor, VertAlignType,
    WidthType,
};

use super::ledger::Ledger;
use super::sheet::{other, paragraph};
use crate::fonts::record;
use crate::piece::Direction;
use crate::theme::{Colour, Family, Pt, Theme};

/// A length in twentieths of a point.
pub(super) fn twips(length: Pt) -> i32 {
    (length.0 * 20.0).round() as i32
}

/// All styles.
pub(super) fn styles(theme: &Theme, direction: Direction, ledger: &mut Ledger<'_>) -> Styles {
    let sheet = Sheet { theme };
    let mut styles = Styles::new()
        .default_size(half_points(theme.measures.text))
        .default_fonts(minor(theme));
    let groups = [
        sheet.defaults(direction),
        sheet.title_block(),
        sheet.headings(),
        sheet.text(),
        sheet.quotes(),
        sheet.lists(),
        sheet.figures_and_tables(),
        sheet.apparatus(),
        sheet.characters(),
    ];
    for style in groups.into_iter().flatten() {
        styles = styles.add_style(ledger.style(style));
    }
    styles
}

struct Sheet<'a> {
    theme: &'a Theme,
}

/// A style under construction: its paragraph and run properties are the ones of `docx-rs`.
fn style(id: &str, name: &str, based_on: &str) -> Style {
    Style::new(id, StyleType::Paragraph)
        .name(name)
        .based_on(based_on)
        .q_format(true)
}

fn half_points(length: Pt) -> usize {
    (length.0 * 2.0).round().max(2.0) as usize
}

/// At least so much from baseline to baseline: a fallback face or an image may need more.
fn spacing(before: Pt, after: Pt, leading: Option<Pt>) -> LineSpacing {
    let spacing = LineSpacing::new()
        .before(twips(before).unsigned_abs())
        .after(twips(after).unsigned_abs());
    match leading {
        Some(leading) => spacing
            .line(twips(leading))
            .line_rule(LineSpacingType::AtLeast),
        None => spacing,
    }
}

/// The theme's face of running text.
fn minor(theme: &Theme) -> RunFonts {
    named(theme.faces.text)
        .ascii_theme("minorHAnsi")
        .hi_ansi_theme("minorHAnsi")
        .east_asia_theme("minorEastAsia")
        .cs_theme("minorBidi")
}

/// The theme's face of headings.
fn major(theme: &Theme) -> RunFonts {
    named(theme.faces.headings)
        .ascii_theme("majorHAnsi")
        .hi_ansi_theme("majorHAnsi")
        .east_asia_theme("majorEastAsia")
        .cs_theme("majorBidi")
}

fn named(family: Family) -> RunFonts {
    let name = record(family).installed;
    RunFonts::new().ascii(name).hi_ansi(name)
}

fn coloured(run: RunProperty, colour: Colour, theme: ThemeColor) -> RunProperty {
    run.color(colour.to_string()).theme_color(theme)
}

fn rule(position: ParagraphBorderPosition, colour: Colour, space: usize) -> ParagraphBorders {
    let border = ParagraphBorder::new(position)
        .val(BorderType::Single)
        .size(4)
        .space(space)
        .color(colour.to_string());
    ParagraphBorders::with_empty().set(border)
}

fn with(mut style: Style, paragraph: ParagraphProperty, run: RunProperty) -> Style {
    style.paragraph_property = paragraph;
    style.run_property = run;
    style
}

impl Sheet<'_> {
    fn leading(&self, factor: f32) -> Pt {
        self.theme.measures.leading * factor
    }

    /// The small sans of everything that is not the author's text.
    fn small(&self) -> RunProperty {
        RunProperty::new()
            .size(half_points(self.theme.measures.small))
            .fonts(named(self.theme.faces.apparatus))
    }

    fn quiet(&self) -> RunProperty {
        coloured(self.small(), self.theme.colours.quiet, ThemeColor::Accent2)
    }

    fn heading_run(&self, size: Pt) -> RunProperty {
        let run = RunProperty::new()
            .size(half_points(size))
            .fonts(major(self.theme))
            .bold();
        coloured(run, self.theme.colours.headings, ThemeColor::Text2)
    }
}

/// The width of a table: the whole measure.
pub(super) const FULL_WIDTH: (usize, WidthType) = (5000, WidthType::Pct);
