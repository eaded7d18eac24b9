//! Every text of a piece in reading order, with what it is: for whatever must look at all texts before one is written.

use crate::compose::{BlockKind, Content, Figure, Section, TextId, TitleBlock};

/// What a text is, so far as its look goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TextRole {
    /// The series line.
    Series,
    /// The title or a heading.
    Heading,
    /// Running text: paragraphs, quotations, list items, footnotes.
    Running,
    /// Affiliations, date, credits, captions, cells.
    Apparatus,
    /// The cells that head a table's columns.
    ColumnHead,
    /// Pull quotes: running text repeated for the eye alone.
    Repeated,
}

type Visit<'v> = &'v mut dyn FnMut(TextId, TextRole);

/// The texts of the title block.
pub(crate) fn of_title_block(block: &TitleBlock, visit: Visit<'_>) {
    visit(block.series, TextRole::Series);
    visit(block.title.text, TextRole::Heading);
    if let Some(subtitle) = block.subtitle {
        visit(subtitle, TextRole::Running);
    }
    if let Some(byline) = block.byline {
        visit(byline, TextRole::Running);
    }
    for credit in &block.credits {
        visit(*credit, TextRole::Apparatus);
    }
    visit(block.date, TextRole::Apparatus);
}

/// The texts of a section; footnotes left out.
pub(crate) fn of_section(section: &Section, visit: Visit<'_>) {
    if let Some(heading) = &section.heading {
        visit(heading.text, TextRole::Heading);
    }
    if let Some(affiliation) = section.affiliation {
        visit(affiliation, TextRole::Apparatus);
    }
    for block in &section.blocks {
        match &block.kind {
            BlockKind::Heading(heading) => visit(heading.text, TextRole::Heading),
            BlockKind::Pull(text) => visit(*text, TextRole::Repeated),
            BlockKind::Break => {}
            BlockKind::Content(content) => of_content(content, visit),
        }
    }
}

fn of_content(content: &Content, visit: Visit<'_>) {
    match content {
        Content::Paragraph(text) => visit(*text, TextRole::Running),
        Content::Quote { paragraphs, by } => {
            paragraphs
                .iter()
                .for_each(|text| visit(*text, TextRole::Running));
            by.iter().for_each(|text| visit(*text, TextRole::Apparatus));
        }
        Content::List { items, .. } => {
            let blocks = items.iter().flat_map(|item| &item.blocks);
            blocks.for_each(|block| of_content(&block.kind, visit));
        }
        Content::Figure(Figure {
            caption, credit, ..
        }) => {
            let texts = caption.iter().chain(credit);
            texts.for_each(|text| visit(*text, TextRole::Apparatus));
        }
        Content::Table(table) => {
            let caption = table.caption.iter();
            caption.for_each(|text| visit(*text, TextRole::Apparatus));
            let heads = table.header.iter().flatten();
            heads.for_each(|text| visit(*text, TextRole::ColumnHead));
            let cells = table.rows.iter().flatten();
            cells.for_each(|text| visit(*text, TextRole::Apparatus));
        }
    }
}
