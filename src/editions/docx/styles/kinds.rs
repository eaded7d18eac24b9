//! The styles of kinds of text: what Word calls each, what follows it, and what it is kept with.

use super::*;

/// What a style of a kind is besides its look.
struct Named {
    id: &'static str,
    name: &'static str,
    next: &'static str,
    priority: Option<usize>,
    keeps: Keeps,
    /// From 0.
    outline: Option<usize>,
    rule: Rule,
}

/// What a paragraph is kept with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keeps {
    Nothing,
    Lines,
    /// Its lines, and the paragraph after it.
    Next,
}

/// The rule beside a paragraph.
#[derive(Clone, Copy)]
enum Rule {
    None,
    Under,
    Beside,
}

const PLAIN: Named = Named {
    id: "",
    name: "",
    next: paragraph::FIRST,
    priority: None,
    keeps: Keeps::Nothing,
    outline: None,
    rule: Rule::None,
};

const KEPT: Named = Named {
    keeps: Keeps::Next,
    ..PLAIN
};

/// The style of a kind; none where it is not one text's.
fn named(kind: Kind) -> Option<Named> {
    let id = style_of(kind)?;
    let named = match kind {
        Kind::Series => Named {
            name: "Series",
            next: paragraph::TITLE,
            ..KEPT
        },
        Kind::Title => Named {
            name: "Title",
            next: paragraph::CONTRIBUTORS,
            priority: Some(10),
            outline: Some(0),
            ..KEPT
        },
        Kind::Subtitle => Named {
            name: "Subtitle",
            next: paragraph::CONTRIBUTORS,
            priority: Some(11),
            ..KEPT
        },
        Kind::Byline => Named {
            name: "Contributors",
            next: paragraph::DATELINE,
            ..KEPT
        },
        Kind::Credit => Named {
            name: "Other Contributors",
            next: paragraph::DATELINE,
            ..KEPT
        },
        Kind::Date => Named {
            name: "Dateline",
            rule: Rule::Under,
            ..KEPT
        },
        Kind::Heading2 => heading("heading 2", 1),
        Kind::Heading3 => heading("heading 3", 2),
        Kind::Heading4 => heading("heading 4", 3),
        Kind::EndHeading => heading("End Heading 2", 1),
        Kind::EndSubheading => heading("End Heading 3", 2),
        Kind::Affiliation => Named {
            name: "Affiliation",
            ..KEPT
        },
        Kind::Paragraph => Named {
            name: "First Paragraph",
            next: paragraph::BODY,
            priority: Some(1),
            ..PLAIN
        },
        Kind::Quote => Named {
            name: "Quote",
            next: paragraph::QUOTE_NEXT,
            priority: Some(29),
            ..PLAIN
        },
        Kind::QuoteSource => Named {
            name: "Quote Attribution",
            ..PLAIN
        },
        Kind::Pull => Named {
            name: "Intense Quote",
            priority: Some(30),
            keeps: Keeps::Lines,
            rule: Rule::Beside,
            ..PLAIN
        },
        Kind::Caption => Named {
            name: "caption",
            priority: Some(35),
            ..KEPT
        },
        Kind::FigureCredit => Named {
            name: "Credit",
            ..PLAIN
        },
        Kind::HeadCell => Named {
            name: "Table Head",
            next: paragraph::TABLE_HEAD,
            ..KEPT
        },
        Kind::RowHead => Named {
            name: "Table Row Head",
            next: paragraph::TABLE_TEXT,
            ..PLAIN
        },
        Kind::Cell => Named {
            name: "Table Text",
            next: paragraph::TABLE_TEXT,
            ..PLAIN
        },
        Kind::Note => Named {
            name: "footnote text",
            next: paragraph::NOTE,
            priority: Some(99),
            ..PLAIN
        },
        Kind::EndMatter => Named {
            name: "End Matter",
            next: paragraph::END_MATTER_NEXT,
            ..PLAIN
        },
        Kind::ListText => Named {
            name: "List Paragraph",
            next: paragraph::LIST,
            priority: Some(34),
            ..PLAIN
        },
        Kind::Furniture => return None,
    };
    Some(Named { id, ..named })
}

const fn heading(name: &'static str, outline: usize) -> Named {
    Named {
        name,
        priority: Some(9),
        outline: Some(outline),
        ..KEPT
    }
}

impl Styling<'_> {
    /// The styles of kinds, each with the one of a text that follows its like where that is another.
    pub(super) fn kinds(&self) -> Vec<Style> {
        Kind::ALL
            .into_iter()
            .flat_map(|kind| [self.kind(kind), self.following(kind)])
            .flatten()
            .collect()
    }

    fn kind(&self, kind: Kind) -> Option<Style> {
        let named = named(kind)?;
        let mut property = self.paragraph(kind);
        let row = self.row(kind);
        match kind {
            // A figure is no paragraph of Word's: the words under it set it off from what follows.
            Kind::FigureCredit => {
                let below = self.sheet.spaces.float;
                property = property.line_spacing(spacing(row.before, below, Some(row.leading)));
            }
            // The numbering says how far its levels stand in.
            Kind::ListText => property.indent = None,
            Kind::Note => {
                let label = twips(row.inset_start);
                let hanging = SpecialIndentType::Hanging(label);
                property = property.indent(Some(label), Some(hanging), None, None);
            }
            _ => {}
        }
        if named.keeps != Keeps::Nothing {
            property = property.keep_lines(true);
        }
        if named.keeps == Keeps::Next {
            property = property.keep_next(true);
        }
        if let Some(outline) = named.outline {
            property = property.outline_lvl(outline);
        }
        let colours = &self.theme.colours;
        property = match named.rule {
            Rule::None => property,
            Rule::Under => {
                let space = self.sheet.spaces.above_rule;
                let width = self.sheet.title_rule;
                let bottom = ParagraphBorderPosition::Bottom;
                property.set_borders(rule(bottom, colours.rules, width, space))
            }
            Rule::Beside => {
                let width = self.sheet.pull_bar;
                let space = self.row(kind).inset_start - width;
                // Word's borders stand at sides of the paper (17.3.1.17 and 17.3.1.28).
                let side = match self.direction {
                    Direction::LeftToRight => ParagraphBorderPosition::Left,
                    Direction::RightToLeft => ParagraphBorderPosition::Right,
                };
                property.set_borders(rule(side, colours.accent, width, space))
            }
        };
        let style = style(named.id, named.name, "Normal").next(named.next);
        let style = match named.priority {
            Some(priority) => style.ui_priority(priority),
            None => style,
        };
        Some(with(style, property, self.run(kind)))
    }

    /// The style of a text whose like stands above, where its first line stands in.
    fn following(&self, kind: Kind) -> Option<Style> {
        let first = style_of(kind)?;
        let id = following(kind);
        if id == first {
            return None;
        }
        let name = match id {
            paragraph::BODY => "Body Text",
            paragraph::QUOTE_NEXT => "Quote Continued",
            _ => "End Matter Continued",
        };
        let row = self.row(kind);
        let indent = SpecialIndentType::FirstLine(twips(row.indent));
        let inset = |length: Pt| (length > Pt(0.0)).then(|| twips(length));
        let close = LineSpacing::new().before(twips(row.between).unsigned_abs());
        let property = ParagraphProperty::new().line_spacing(close).indent(
            inset(row.inset_start),
            Some(indent),
            inset(row.inset_end),
            None,
        );
        Some(with(
            style(id, name, first).next(id),
            property,
            RunProperty::new(),
        ))
    }
}
