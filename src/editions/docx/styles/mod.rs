//! The style sheet, made of the theme's faces, colours and measures. Every look in the document comes from here.

mod apparatus;
mod defaults;
mod kinds;
mod rows;

use docx_rs::{
    AlignmentType, BorderType, IndentLevel, LineSpacing, LineSpacingType, NumberingId,
    ParagraphBorder, ParagraphBorderPosition, ParagraphBorders, ParagraphProperty, RunFonts,
    RunProperty, SpecialIndentType, Style, StyleType, Styles, Tab, TabValueType, TableBorder,
    TableBorderPosition, TableBorders, TableCellMargins, TableProperty, ThemeColor, VertAlignType,
    WidthType,
};

use super::faces;
use super::ledger::Ledger;
use super::sheet::{following, other, paragraph, style_of};
use super::slots::Slots;
use crate::compose::{Composition, Kind, Stress};
use crate::piece::Direction;
use crate::theme::{
    Alignment, Case, Colour, FaceRole, Family, Hyphens, Ink, Pt, Row, Sheet, Slant, Theme, Weight,
    Writing,
};

/// A length in twentieths of a point.
pub(super) fn twips(length: Pt) -> i32 {
    (length.0 * 20.0).round() as i32
}

/// All styles.
pub(super) fn styles(
    theme: &Theme,
    composition: &Composition,
    slots: SlotNames<'_>,
    ledger: &mut Ledger<'_>,
) -> Styles {
    let record = &composition.record;
    let styling = Styling {
        theme,
        slots,
        sheet: Sheet::of(theme),
        writing: theme.writing(&record.language),
        direction: record.direction,
        stresses: stresses(composition),
    };
    let mut styles = Styles::new()
        .default_size(half_points(styling.sheet.body()))
        .default_fonts(styling.minor());
    let groups = [
        styling.defaults(record.direction),
        styling.kinds(),
        styling.figures_and_tables(),
        styling.apparatus(),
        styling.characters(),
    ];
    for style in groups.into_iter().flatten() {
        let hyphens = styling.hyphens(&style.style_id);
        styles = styles.add_style(ledger.style(style, hyphens));
    }
    styles
}

/// The ways in which emphasis is shown in a piece.
fn stresses(composition: &Composition) -> Vec<Stress> {
    let spans = composition.texts.iter().flat_map(|text| &text.spans);
    let mut found = Vec::new();
    for span in spans.filter(|span| span.emphasis) {
        if !found.contains(&span.stress) {
            found.push(span.stress);
        }
    }
    found
}

/// What styles are made of.
struct Styling<'a> {
    theme: &'a Theme,
    slots: SlotNames<'a>,
    sheet: Sheet,
    /// How the piece's language is written.
    writing: Writing,
    /// The piece's direction.
    direction: Direction,
    /// The ways in which emphasis is shown in it.
    stresses: Vec<Stress>,
}

impl Styling<'_> {
    /// Whether words are cut in paragraphs of a style; none where the one that it is based on says so.
    fn hyphens(&self, id: &str) -> Option<Hyphens> {
        let cut =
            |kind: &Kind| style_of(*kind) == Some(id) && self.row(*kind).hyphens == Hyphens::Cut;
        match id {
            "Normal" => Some(Hyphens::Whole),
            _ => Kind::ALL.iter().any(cut).then_some(Hyphens::Cut),
        }
    }
}

/// A style under construction: its paragraph and run properties are the ones of `docx-rs`.
fn style(id: &str, name: &str, based_on: &str) -> Style {
    Style::new(id, StyleType::Paragraph)
        .name(name)
        .based_on(based_on)
        .q_format(true)
}

/// The thickness of a rule in eighths of a point; Word draws none thinner than two of them (ISO 29500-1, 17.3.4).
pub(super) fn eighths(width: Pt) -> usize {
    (width.0 * 8.0).round().max(2.0) as usize
}

pub(super) fn half_points(length: Pt) -> usize {
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

impl Styling<'_> {
    /// The theme's face of running text.
    fn minor(&self) -> RunFonts {
        let fonts = named(self.theme, self.theme.faces.text)
            .ascii_theme("minorHAnsi")
            .hi_ansi_theme("minorHAnsi");
        self.slots.fill(fonts, "minorEastAsia", "minorBidi")
    }

    /// The theme's face of headings.
    fn major(&self) -> RunFonts {
        let fonts = named(self.theme, self.theme.faces.headings)
            .ascii_theme("majorHAnsi")
            .hi_ansi_theme("majorHAnsi");
        self.slots.fill(fonts, "majorEastAsia", "majorBidi")
    }
}

/// The names of the faces in Word's slots besides the Latin one, where the piece has texts for them.
#[derive(Debug, Clone, Copy)]
pub(super) struct SlotNames<'a> {
    east_asian: Option<&'a str>,
    complex: Option<&'a str>,
}

impl<'a> SlotNames<'a> {
    /// Those of a document.
    pub(super) fn of(slots: &Slots<'a>) -> Self {
        Self {
            east_asian: slots.east_asian,
            complex: slots.complex,
        }
    }

    /// Faces with those of the slots: a name stands before the theme's, which Word takes from the machine.
    fn fill(self, fonts: RunFonts, east_asian: &str, complex: &str) -> RunFonts {
        let fonts = match self.east_asian {
            Some(name) => fonts.east_asia(name),
            None => fonts.east_asia_theme(east_asian),
        };
        match self.complex {
            Some(name) => fonts.cs(name),
            None => fonts.cs_theme(complex),
        }
    }
}

fn named(theme: &Theme, family: Family) -> RunFonts {
    let name = faces::name(theme, family);
    RunFonts::new().ascii(name).hi_ansi(name)
}

fn coloured(run: RunProperty, colour: Colour, theme: ThemeColor) -> RunProperty {
    run.color(colour.to_string()).theme_color(theme)
}

/// A rule of a thickness, so far from the text; Word knows 31 points at most (17.3.4).
fn rule(
    position: ParagraphBorderPosition,
    colour: Colour,
    width: Pt,
    space: Pt,
) -> ParagraphBorders {
    let border = ParagraphBorder::new(position)
        .val(match width > Pt(0.0) {
            true => BorderType::Single,
            false => BorderType::Nil,
        })
        .size(eighths(width))
        .space(space.0.round().clamp(0.0, 31.0) as usize)
        .color(colour.to_string());
    ParagraphBorders::with_empty().set(border)
}

fn with(mut style: Style, paragraph: ParagraphProperty, run: RunProperty) -> Style {
    style.paragraph_property = paragraph;
    style.run_property = run;
    style
}

/// The width of a table: the whole measure.
pub(super) const FULL_WIDTH: (usize, WidthType) = (5000, WidthType::Pct);
