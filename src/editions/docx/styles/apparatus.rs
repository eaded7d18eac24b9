//! The styles of what is not one kind of text: figures and tables, page margins and contents, and words inside paragraphs.

use super::*;
use crate::editions::docx::lists;

impl Styling<'_> {
    /// What holds an image, a table, or nothing.
    pub(super) fn figures_and_tables(&self) -> Vec<Style> {
        let spaces = self.sheet.spaces;
        let centred = |property: ParagraphProperty| property.align(AlignmentType::Center);
        // Word has a paragraph where a table ends, and none of no height: this one takes its point off the space.
        let sliver = Pt(1.0);
        let beside_table = |before, after| {
            let spaces = spacing(before, after, None).line(twips(sliver));
            ParagraphProperty::new().line_spacing(spaces.line_rule(LineSpacingType::Exact))
        };
        let border = |position, size| {
            TableBorder::new(position)
                .size(size)
                .color(self.theme.colours.quiet.to_string())
        };
        let rule = eighths(self.sheet.table_rule);
        let borders = TableBorders::with_empty()
            .set(border(TableBorderPosition::Top, rule))
            .set(border(TableBorderPosition::Bottom, rule));
        // The last column has nothing to keep free from: its cells say so themselves.
        let cell = twips(spaces.cell).unsigned_abs() as usize;
        let gutter = twips(spaces.gutter).unsigned_abs() as usize;
        let table = Style::new(other::TABLE, StyleType::Table)
            .name("Piece Table")
            .based_on("TableNormal")
            .q_format(true)
            .table_property(
                TableProperty::without_borders()
                    .set_borders(borders)
                    .set_margins(TableCellMargins::new().margin(cell, gutter, cell, 0)),
            );
        let figure = spacing(spaces.float, spaces.under_image, None);
        let picture = spacing(spaces.float, spaces.float, None);
        let caption = |before, after| {
            let leading = self.row(Kind::Caption).leading;
            self.paragraph(Kind::Caption)
                .line_spacing(spacing(before, after, Some(leading)))
        };
        let numbers = || ParagraphProperty::new().align(AlignmentType::Right);
        let thought = spacing(
            spaces.thought_break,
            spaces.thought_break,
            Some(self.row(Kind::Paragraph).leading),
        );
        let breaks = ParagraphProperty::new()
            .numbering(NumberingId::new(lists::BREAKS), IndentLevel::new(0))
            .line_spacing(thought);
        vec![
            with(
                style(paragraph::FIGURE, "Figure", "Normal").next(paragraph::CAPTION),
                ParagraphProperty::new()
                    .line_spacing(figure)
                    .keep_next(true),
                RunProperty::new(),
            ),
            with(
                style(paragraph::PICTURE, "Picture", "Normal").next(paragraph::FIRST),
                ParagraphProperty::new().line_spacing(picture),
                RunProperty::new(),
            ),
            with(
                style(paragraph::FIGURE_CAPTION, "Figure Caption", "Normal").next(paragraph::FIRST),
                caption(Pt(0.0), spaces.float).keep_lines(true),
                self.run(Kind::Caption),
            ),
            with(
                style(paragraph::TABLE_CAPTION, "Table Caption", "Normal"),
                caption(spaces.float, spaces.cell)
                    .keep_lines(true)
                    .keep_next(true),
                self.run(Kind::Caption),
            ),
            with(
                style(
                    paragraph::TABLE_HEAD_NUMBER,
                    "Table Head Number",
                    paragraph::TABLE_HEAD,
                ),
                numbers(),
                RunProperty::new(),
            ),
            with(
                style(
                    paragraph::TABLE_NUMBER,
                    "Table Number",
                    paragraph::TABLE_TEXT,
                ),
                numbers(),
                RunProperty::new(),
            ),
            with(
                style(paragraph::PORTRAIT, "Portrait", "Normal").next(paragraph::END_MATTER),
                beside_table(Pt(0.0), Pt(0.0)).keep_next(true),
                RunProperty::new().size(2),
            ),
            with(
                style(paragraph::TABLE_START, "Table Start", "Normal"),
                beside_table(spaces.float - sliver, Pt(0.0)).keep_next(true),
                RunProperty::new().size(2),
            ),
            with(
                style(paragraph::TABLE_END, "Table End", "Normal").next(paragraph::FIRST),
                beside_table(Pt(0.0), spaces.float - sliver),
                RunProperty::new().size(2),
            ),
            with(
                style(paragraph::BREAK, "Break", "Normal").next(paragraph::FIRST),
                centred(breaks),
                RunProperty::new(),
            ),
            table,
        ]
    }

    /// Header, footer and contents.
    pub(super) fn apparatus(&self) -> Vec<Style> {
        let measure = twips(self.theme.measures.measure).unsigned_abs() as usize;
        let furniture = || self.paragraph(Kind::Furniture);
        let placed = |property: ParagraphProperty| {
            let property = match self.theme.page.has_middle() {
                true => property.add_tab(Tab::new().val(TabValueType::Center).pos(measure / 2)),
                false => property,
            };
            property.add_tab(Tab::new().val(TabValueType::Right).pos(measure))
        };
        let date = self.row(Kind::Date);
        let above_rule = twips(self.sheet.spaces.above_rule);
        let end = |after: Pt| {
            let end = spacing(Pt(0.0), after, None).line(above_rule);
            let bottom = ParagraphBorderPosition::Bottom;
            ParagraphProperty::new()
                .line_spacing(end.line_rule(LineSpacingType::Exact))
                .set_borders(rule(
                    bottom,
                    self.theme.colours.rules,
                    self.sheet.title_rule,
                    Pt(0.0),
                ))
        };
        let mut styles = vec![
            with(
                style(paragraph::SUMMARY_END, "Summary End", "Normal").next(paragraph::FIRST),
                end(self.sheet.spaces.float),
                RunProperty::new(),
            ),
            with(
                style(paragraph::CONTENTS_END, "Contents End", "Normal").next(paragraph::FIRST),
                end(date.after),
                RunProperty::new(),
            ),
            with(
                style(paragraph::HEADER, "header", "Normal").ui_priority(99),
                placed(furniture()),
                self.run(Kind::Furniture),
            ),
            with(
                style(paragraph::FOOTER, "footer", "Normal").ui_priority(99),
                furniture().align(AlignmentType::Center),
                self.run(Kind::Furniture),
            ),
            with(
                style(paragraph::CONTENTS, "TOC Heading", "Normal")
                    .next(paragraph::FIRST)
                    .ui_priority(39),
                self.paragraph(Kind::EndHeading).keep_next(true),
                self.run(Kind::EndHeading),
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
        let mut styles = vec![
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
        ];
        for (stress, suffix, name) in other::STRESSED {
            if !self.stresses.contains(&stress) {
                continue;
            }
            // The finishing pass puts the dots in: `docx-rs` does not know them.
            let shown = |run: RunProperty| match stress {
                Stress::Weight => run.bold(),
                Stress::Slant | Stress::Dots => run,
            };
            let named = |id: &str, known: &str| ([id, suffix].concat(), [known, name].concat());
            for (index, known, strong) in [(1, "Emphasis", false), (3, "Strong Emphasis", true)] {
                let run = if strong {
                    plain().bold()
                } else {
                    shown(plain())
                };
                let (id, name) = named(other::PLAIN[index], known);
                styles.push(character(&id, &name, run.clone()));
                let linked = ["Hyperlink ", known].concat();
                let (id, name) = named(other::LINKED[index], &linked);
                styles.push(character(&id, &name, run).based_on(other::LINKED[0]));
            }
        }
        styles
    }
}
