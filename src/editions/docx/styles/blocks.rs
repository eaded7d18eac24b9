//! The styles of what the author wrote: title block, headings, text and quotes; and the styles that hold where none is named.

use super::*;

impl Sheet<'_> {
    pub(super) fn defaults(&self, direction: Direction) -> Vec<Style> {
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

    pub(super) fn title_block(&self) -> Vec<Style> {
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
                style(paragraph::DATELINE, "Dateline", "Normal").next(paragraph::FIRST),
                line(0.0, 1.0, None).set_borders(under),
                self.quiet(),
            ),
        ]
    }

    pub(super) fn headings(&self) -> Vec<Style> {
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
                named.next(paragraph::FIRST).ui_priority(9),
                properties,
                run,
            ));
        }
        let affiliation = ParagraphProperty::new()
            .keep_next(true)
            .keep_lines(true)
            .line_spacing(spacing(Pt(0.0), self.leading(0.5), None));
        styles.push(with(
            style(paragraph::AFFILIATION, "Affiliation", "Normal").next(paragraph::FIRST),
            affiliation,
            self.quiet(),
        ));
        styles
    }

    pub(super) fn text(&self) -> Vec<Style> {
        let indent = twips(self.theme.measures.indent);
        let indented = |by| {
            let line = SpecialIndentType::FirstLine(by);
            ParagraphProperty::new().indent(None, Some(line), None, None)
        };
        let (following, first) = (indented(indent), indented(0));
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
            with(
                style(paragraph::BODY, "Body Text", "Normal").ui_priority(1),
                following,
                RunProperty::new(),
            ),
            with(
                style(paragraph::FIRST, "First Paragraph", paragraph::BODY)
                    .next(paragraph::BODY)
                    .ui_priority(1),
                first,
                RunProperty::new(),
            ),
            with(
                style(paragraph::BREAK, "Break", "Normal").next(paragraph::FIRST),
                thought,
                self.small(),
            ),
        ]
    }

    pub(super) fn quotes(&self) -> Vec<Style> {
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
                    .next(paragraph::FIRST),
                set_off(0.0, 0.5),
                self.quiet(),
            ),
            with(
                style(paragraph::PULL, "Intense Quote", "Normal")
                    .next(paragraph::FIRST)
                    .ui_priority(30),
                set_off(1.0, 1.0)
                    .align(AlignmentType::Center)
                    .keep_lines(true),
                pull,
            ),
        ]
    }
}
