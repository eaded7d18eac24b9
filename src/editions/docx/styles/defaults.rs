//! The styles that hold where none is named.

use super::*;

impl Styling<'_> {
    pub(super) fn defaults(&self, direction: Direction) -> Vec<Style> {
        let mut body = ParagraphProperty::new()
            .widow_control(true)
            .line_spacing(spacing(
                Pt(0.0),
                Pt(0.0),
                Some(self.row(Kind::Paragraph).leading),
            ));
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
}
