//! The styles of what is not one kind of text: lists, figures and tables, page margins and contents, and words inside paragraphs.

use super::*;
use crate::editions::docx::lists;

impl Styling<'_> {
    /// Every depth of a list has its own style; what stands around the whole list is said by the first.
    pub(super) fn lists(&self) -> Vec<Style> {
        let row = self.row(Kind::ListText);
        let mut styles = Vec::new();
        for level in 0..paragraph::BULLETS.len() {
            let name = |base: &str| match level {
                0 => base.to_owned(),
                _ => format!("{base} {}", level + 1),
            };
            let property = || {
                let around = |space: Pt| if level == 0 { space } else { Pt(0.0) };
                let spaces = spacing(around(row.before), around(row.after), Some(row.leading));
                self.paragraph(Kind::ListText).line_spacing(spaces)
            };
            for (ids, base, numbering) in [
                (&paragraph::BULLETS, "List Bullet", lists::BULLETS),
                (&paragraph::NUMBERS, "List Number", lists::NUMBERS),
            ] {
                let depth = IndentLevel::new(level);
                let mut properties = property().numbering(NumberingId::new(numbering), depth);
                // The numbering says how far its levels stand in.
                properties.indent = None;
                let style = style(ids[level], &name(base), "Normal").ui_priority(36);
                styles.push(with(style, properties, self.run(Kind::ListText)));
            }
            let indent = Some(lists::indent(level));
            let properties = property().indent(indent, None, None, None);
            let style = style(
                paragraph::CONTINUED[level],
                &name("List Continue"),
                "Normal",
            );
            let style = style.ui_priority(37);
            styles.push(with(style, properties, self.run(Kind::ListText)));
        }
        styles
    }

    /// What holds an image, a table, or nothing.
    pub(super) fn figures_and_tables(&self) -> Vec<Style> {
        let spaces = self.sheet.spaces;
        let centred = |property: ParagraphProperty| property.align(AlignmentType::Center);
        let end = LineSpacing::new()
            .before(0)
            .after(0)
            .line(twips(spaces.float))
            .line_rule(LineSpacingType::Exact);
        let border = |position, size| {
            TableBorder::new(position)
                .size(size)
                .color(self.theme.colours.quiet.to_string())
        };
        // In eighths of a point (ISO 29500-1, 17.3.4).
        let rule = (self.sheet.table_rule.0 * 8.0).round() as usize;
        let borders = TableBorders::with_empty()
            .set(border(TableBorderPosition::Top, rule))
            .set(border(TableBorderPosition::Bottom, rule));
        // What the setter keeps free at the end of a column stands half at either side, in whichever direction the table runs.
        let cell = twips(spaces.cell).unsigned_abs() as usize;
        let side = twips(spaces.gutter * 0.5).unsigned_abs() as usize;
        let table = Style::new(other::TABLE, StyleType::Table)
            .name("Piece Table")
            .based_on("TableNormal")
            .q_format(true)
            .table_property(
                TableProperty::without_borders()
                    .set_borders(borders)
                    .set_margins(TableCellMargins::new().margin(cell, side, cell, side)),
            );
        let figure = spacing(spaces.float, spaces.under_image, None);
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
                style(paragraph::TABLE_END, "Table End", "Normal").next(paragraph::FIRST),
                ParagraphProperty::new().line_spacing(end),
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
        let mut styles = vec![
            with(
                style(paragraph::HEADER, "header", "Normal").ui_priority(99),
                furniture().add_tab(Tab::new().val(TabValueType::Right).pos(measure)),
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
