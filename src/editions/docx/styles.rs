//! The style sheet, made of the theme's faces, colours and measures. Every look in the document comes from here.

use docx_rs::{
    AlignmentType, BorderType, IndentLevel, LineSpacing, LineSpacingType, NumberingId,
    ParagraphBorder, ParagraphBorderPosition, ParagraphBorders, ParagraphProperty, RunFonts,
    RunProperty, SpecialIndentType, Style, StyleType, Styles, Tab, TabValueType, TableBorder,
    TableBorderPosition, TableBorders, TableCellMargins, TableProperty, ThemeColor, VertAlignType,
    WidthType,
};

use super::faces;
use super::lists;
use super::sheet::{other, paragraph};
use crate::piece::Direction;
use crate::theme::{Colour, Family, Pt, Theme};

/// A length in twentieths of a point.
pub(super) fn twips(length: Pt) -> i32 {
    (length.0 * 20.0).round() as i32
}

/// All styles.
pub(super) fn styles(theme: &Theme, direction: Direction) -> Styles {
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
        styles = styles.add_style(style);
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
    let name = faces::known(family).name;
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

    fn defaults(&self, direction: Direction) -> Vec<Style> {
        let mut body = ParagraphProperty::new()
            .widow_control(true)
            .line_spacing(spacing(Pt(0.0), Pt(0.0), Some(self.leading(1.0))));
        if direction == Direction::RightToLeft {
            body = body.bidi(true);
        }
        let text = coloured(
            RunProperty::new(),
            self.theme.colours.text,
            ThemeColor::Text1,
        );
        let normal = Style::new("Normal", StyleType::Paragraph)
            .name("Normal")
            .q_format(true);
        let character = Style::new("DefaultParagraphFont", StyleType::Character)
            .name("Default Paragraph Font")
            .ui_priority(1)
            .semi_hidden()
            .unhide_when_used()
            .q_format(false);
        let margins = TableCellMargins::new().margin(0, 108, 0, 108);
        let table = Style::new("TableNormal", StyleType::Table)
            .name("Normal Table")
            .ui_priority(99)
            .semi_hidden()
            .unhide_when_used()
            .q_format(false)
            .table_property(
                TableProperty::without_borders()
                    .indent(0)
                    .set_margins(margins),
            );
        let list = Style::new("NoList", StyleType::Numbering)
            .name("No List")
            .ui_priority(99)
            .semi_hidden()
            .unhide_when_used()
            .q_format(false);
        vec![with(normal, body, text), character, table, list]
    }

    fn title_block(&self) -> Vec<Style> {
        let (measures, colours) = (&self.theme.measures, &self.theme.colours);
        let line = |before: f32, after: f32, leading| {
            ParagraphProperty::new()
                .keep_next(true)
                .keep_lines(true)
                .line_spacing(spacing(self.leading(before), self.leading(after), leading))
        };
        let series = coloured(self.small(), colours.accent, ThemeColor::Accent1)
            .bold()
            .caps()
            .spacing(20);
        let names = RunProperty::new().size(half_points(measures.text)).bold();
        let under = rule(ParagraphBorderPosition::Bottom, colours.rules, 8);
        vec![
            with(
                style(paragraph::SERIES, "Series", "Normal").next(paragraph::TITLE),
                line(0.0, 0.5, None),
                series,
            ),
            with(
                style(paragraph::TITLE, "Title", "Normal")
                    .next(paragraph::CONTRIBUTORS)
                    .ui_priority(10),
                line(0.0, 0.5, Some(measures.title * 1.15)).outline_lvl(0),
                self.heading_run(measures.title),
            ),
            with(
                style(paragraph::SUBTITLE, "Subtitle", "Normal")
                    .next(paragraph::CONTRIBUTORS)
                    .ui_priority(11),
                line(0.0, 0.5, Some(measures.subtitle * 1.3)),
                coloured(
                    RunProperty::new()
                        .size(half_points(measures.subtitle))
                        .fonts(major(self.theme)),
                    colours.quiet,
                    ThemeColor::Accent2,
                ),
            ),
            with(
                style(paragraph::CONTRIBUTORS, "Contributors", "Normal").next(paragraph::DATELINE),
                line(0.25, 0.25, None),
                names,
            ),
            with(
                style(paragraph::DATELINE, "Dateline", "Normal").next(paragraph::BODY),
                line(0.0, 1.0, None).set_borders(under),
                self.quiet(),
            ),
        ]
    }

    fn headings(&self) -> Vec<Style> {
        let measures = &self.theme.measures;
        let sizes = [
            (measures.heading_2, 2.0, 0.25),
            (measures.heading_3, 1.25, 0.25),
            (measures.heading_4, 1.0, 0.0),
        ];
        let mut styles = Vec::new();
        for (index, (size, before, after)) in sizes.into_iter().enumerate() {
            let level = index + 2;
            let properties = ParagraphProperty::new()
                .keep_next(true)
                .keep_lines(true)
                .outline_lvl(level - 1)
                .line_spacing(spacing(
                    self.leading(before),
                    self.leading(after),
                    Some(size * 1.25),
                ));
            let run = match level {
                4 => self.heading_run(size).italic(),
                _ => self.heading_run(size),
            };
            let named = style(
                paragraph::HEADINGS[index],
                &format!("heading {level}"),
                "Normal",
            );
            styles.push(with(
                named.next(paragraph::BODY).ui_priority(9),
                properties,
                run,
            ));
        }
        let affiliation = ParagraphProperty::new()
            .keep_next(true)
            .keep_lines(true)
            .line_spacing(spacing(Pt(0.0), self.leading(0.5), None));
        styles.push(with(
            style(paragraph::AFFILIATION, "Affiliation", "Normal").next(paragraph::BODY),
            affiliation,
            self.quiet(),
        ));
        styles
    }

    fn text(&self) -> Vec<Style> {
        let indent = twips(self.theme.measures.indent);
        let following = ParagraphProperty::new().indent(
            None,
            Some(SpecialIndentType::FirstLine(indent)),
            None,
            None,
        );
        let around = spacing(self.leading(1.0), self.leading(1.0), None);
        let third = twips(self.theme.measures.measure) * 2 / 5;
        let thought = ParagraphProperty::new()
            .line_spacing(around)
            .indent(Some(third), None, Some(third), None)
            .set_borders(rule(
                ParagraphBorderPosition::Bottom,
                self.theme.colours.rules,
                1,
            ));
        vec![
            style(paragraph::BODY, "Body Text", "Normal")
                .next(paragraph::BODY_FOLLOWING)
                .ui_priority(1),
            with(
                style(
                    paragraph::BODY_FOLLOWING,
                    "Body Text First Indent",
                    paragraph::BODY,
                )
                .ui_priority(1),
                following,
                RunProperty::new(),
            ),
            with(
                style(paragraph::BREAK, "Break", "Normal").next(paragraph::BODY),
                thought,
                self.small(),
            ),
        ]
    }

    fn quotes(&self) -> Vec<Style> {
        let indent = twips(self.theme.measures.indent) * 3 / 2;
        let set_off = |before: f32, after: f32| {
            ParagraphProperty::new()
                .line_spacing(spacing(self.leading(before), self.leading(after), None))
                .indent(Some(indent), None, Some(indent), None)
        };
        let pull = coloured(
            RunProperty::new()
                .size(half_points(self.theme.measures.heading_2))
                .fonts(major(self.theme))
                .italic(),
            self.theme.colours.accent,
            ThemeColor::Accent1,
        );
        vec![
            with(
                style(paragraph::QUOTE, "Quote", "Normal").ui_priority(29),
                set_off(0.5, 0.5),
                RunProperty::new(),
            ),
            with(
                style(paragraph::QUOTE_BY, "Quote Attribution", paragraph::QUOTE)
                    .next(paragraph::BODY),
                set_off(0.0, 0.5),
                self.quiet(),
            ),
            with(
                style(paragraph::PULL, "Intense Quote", "Normal")
                    .next(paragraph::BODY)
                    .ui_priority(30),
                set_off(1.0, 1.0)
                    .align(AlignmentType::Center)
                    .keep_lines(true),
                pull,
            ),
        ]
    }

    fn lists(&self) -> Vec<Style> {
        let between = || spacing(self.leading(0.125), self.leading(0.125), None);
        let mut styles = Vec::new();
        for level in 0..paragraph::BULLETS.len() {
            let name = |base: &str| match level {
                0 => base.to_owned(),
                _ => format!("{base} {}", level + 1),
            };
            for (ids, base, numbering) in [
                (&paragraph::BULLETS, "List Bullet", lists::BULLETS),
                (&paragraph::NUMBERS, "List Number", lists::NUMBERS),
            ] {
                let properties = ParagraphProperty::new()
                    .numbering(NumberingId::new(numbering), IndentLevel::new(level))
                    .line_spacing(between());
                let style = style(ids[level], &name(base), "Normal").ui_priority(36);
                styles.push(with(style, properties, RunProperty::new()));
            }
            let properties = ParagraphProperty::new().line_spacing(between()).indent(
                Some(lists::indent(level)),
                None,
                None,
                None,
            );
            let style = style(
                paragraph::CONTINUED[level],
                &name("List Continue"),
                "Normal",
            );
            styles.push(with(style.ui_priority(37), properties, RunProperty::new()));
        }
        styles
    }

    fn figures_and_tables(&self) -> Vec<Style> {
        let line = |before: f32, after: f32| {
            ParagraphProperty::new().line_spacing(spacing(
                self.leading(before),
                self.leading(after),
                None,
            ))
        };
        let cell = || {
            ParagraphProperty::new().line_spacing(spacing(
                self.leading(0.2),
                self.leading(0.2),
                Some(self.theme.measures.small * 1.3),
            ))
        };
        let end = LineSpacing::new()
            .before(0)
            .after(0)
            .line(twips(self.leading(0.5)))
            .line_rule(LineSpacingType::Exact);
        let border = |position| {
            TableBorder::new(position)
                .size(4)
                .color(self.theme.colours.rules.to_string())
        };
        let borders = [
            TableBorderPosition::Top,
            TableBorderPosition::Bottom,
            TableBorderPosition::InsideH,
        ]
        .into_iter()
        .fold(TableBorders::with_empty(), |borders, position| {
            borders.set(border(position))
        });
        let table = Style::new(other::TABLE, StyleType::Table)
            .name("Piece Table")
            .based_on("TableNormal")
            .q_format(true)
            .table_property(TableProperty::without_borders().set_borders(borders));
        vec![
            with(
                style(paragraph::FIGURE, "Figure", "Normal").next(paragraph::CAPTION),
                line(0.75, 0.25).keep_next(true),
                RunProperty::new(),
            ),
            with(
                style(paragraph::CAPTION, "caption", "Normal")
                    .next(paragraph::BODY)
                    .ui_priority(35),
                line(0.5, 0.25).keep_next(true).keep_lines(true),
                self.small(),
            ),
            with(
                style(paragraph::CREDIT, "Credit", "Normal").next(paragraph::BODY),
                line(0.0, 0.75),
                self.quiet(),
            ),
            with(
                style(paragraph::TABLE_HEAD, "Table Head", paragraph::TABLE_TEXT),
                cell().keep_next(true),
                self.small().bold(),
            ),
            with(
                style(paragraph::TABLE_TEXT, "Table Text", "Normal"),
                cell(),
                self.small(),
            ),
            with(
                style(paragraph::TABLE_END, "Table End", "Normal").next(paragraph::BODY),
                ParagraphProperty::new().line_spacing(end),
                RunProperty::new().size(2),
            ),
            table,
        ]
    }

    /// Notes, header, footer and contents.
    fn apparatus(&self) -> Vec<Style> {
        let measure = twips(self.theme.measures.measure).unsigned_abs() as usize;
        let margin = ParagraphProperty::new()
            .line_spacing(spacing(Pt(0.0), Pt(0.0), None))
            .add_tab(Tab::new().val(TabValueType::Right).pos(measure));
        let note = spacing(
            Pt(0.0),
            self.leading(0.125),
            Some(self.theme.measures.small * 1.3),
        );
        let small = RunProperty::new().size(half_points(self.theme.measures.small));
        let mut styles = vec![
            with(
                style(paragraph::NOTE, "footnote text", "Normal").ui_priority(99),
                ParagraphProperty::new().line_spacing(note),
                small,
            ),
            with(
                style(paragraph::HEADER, "header", "Normal").ui_priority(99),
                margin,
                self.quiet(),
            ),
            with(
                style(paragraph::FOOTER, "footer", "Normal").ui_priority(99),
                ParagraphProperty::new().align(AlignmentType::Center),
                self.quiet(),
            ),
            with(
                style(paragraph::CONTENTS, "TOC Heading", "Normal")
                    .next(paragraph::BODY)
                    .ui_priority(39),
                ParagraphProperty::new()
                    .keep_next(true)
                    .line_spacing(spacing(self.leading(0.5), self.leading(0.25), None)),
                self.heading_run(self.theme.measures.heading_3),
            ),
        ];
        for (index, id) in paragraph::CONTENTS_LINES.into_iter().enumerate() {
            let indent = twips(self.theme.measures.indent) * i32::try_from(index).unwrap_or(0);
            let line = ParagraphProperty::new().indent(Some(indent), None, None, None);
            let named = style(id, &format!("toc {}", index + 2), "Normal").next("Normal");
            styles.push(with(named.ui_priority(39), line, RunProperty::new()));
        }
        styles
    }

    fn characters(&self) -> Vec<Style> {
        let character = |id: &str, name: &str, run: RunProperty| {
            let mut style = Style::new(id, StyleType::Character)
                .name(name)
                .based_on("DefaultParagraphFont")
                .q_format(true);
            style.run_property = run;
            style
        };
        let link = || {
            coloured(
                RunProperty::new(),
                self.theme.colours.links,
                ThemeColor::Hyperlink,
            )
            .underline("single")
        };
        let plain = RunProperty::new;
        let linked = |index: usize, name: &str, run| {
            character(other::LINKED[index], name, run).based_on(other::LINKED[0])
        };
        vec![
            character(other::PLAIN[1], "Emphasis", plain().italic()).ui_priority(20),
            character(other::PLAIN[2], "Strong", plain().bold()).ui_priority(22),
            character(other::PLAIN[3], "Strong Emphasis", plain().bold().italic()),
            character(other::LINKED[0], "Hyperlink", link()).ui_priority(99),
            linked(1, "Hyperlink Emphasis", plain().italic()),
            linked(2, "Hyperlink Strong", plain().bold()),
            linked(3, "Hyperlink Strong Emphasis", plain().bold().italic()),
            character(
                other::NOTE_REFERENCE,
                "footnote reference",
                plain().vert_align(VertAlignType::SuperScript),
            )
            .ui_priority(99),
        ]
    }
}

/// The width of a table: the whole measure.
pub(super) const FULL_WIDTH: (usize, WidthType) = (5000, WidthType::Pct);
