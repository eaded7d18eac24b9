//! The styles of lists, figures and tables, notes, page margins and contents, and of words inside paragraphs.

use super::*;
use crate::editions::docx::lists;

impl Sheet<'_> {
    pub(super) fn lists(&self) -> Vec<Style> {
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

    pub(super) fn figures_and_tables(&self) -> Vec<Style> {
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
                    .next(paragraph::FIRST)
                    .ui_priority(35),
                line(0.5, 0.25).keep_next(true).keep_lines(true),
                self.small(),
            ),
            with(
                style(paragraph::CREDIT, "Credit", "Normal").next(paragraph::FIRST),
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
                style(paragraph::TABLE_END, "Table End", "Normal").next(paragraph::FIRST),
                ParagraphProperty::new().line_spacing(end),
                RunProperty::new().size(2),
            ),
            table,
        ]
    }

    /// Notes, header, footer and contents.
    pub(super) fn apparatus(&self) -> Vec<Style> {
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
                    .next(paragraph::FIRST)
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

    pub(super) fn characters(&self) -> Vec<Style> {
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
