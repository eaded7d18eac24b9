//! Every text of a piece in reading order, with what it is: for whatever must look at all texts before one is written.

use crate::compose::{Block, BlockKind, Figure, Section, TextId, TitleBlock};

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
    blocks_within(&section.blocks, &mut |block| of_block(block, visit));
}

/// Every block and every block inside a list, in reading order.
pub(crate) fn blocks_within<'a>(blocks: &'a [Block], visit: &mut dyn FnMut(&'a Block)) {
    for block in blocks {
        visit(block);
        if let BlockKind::List { items, .. } = &block.kind {
            for item in items {
                blocks_within(&item.blocks, visit);
            }
        }
    }
}

/// The texts of one block, blocks inside it left out.
fn of_block(block: &Block, visit: Visit<'_>) {
    match &block.kind {
        BlockKind::Heading(heading) => visit(heading.text, TextRole::Heading),
        BlockKind::Paragraph(text) => visit(*text, TextRole::Running),
        BlockKind::Pull(text) => visit(*text, TextRole::Repeated),
        BlockKind::Quote { paragraphs, by } => {
            paragraphs
                .iter()
                .for_each(|text| visit(*text, TextRole::Running));
            by.iter().for_each(|text| visit(*text, TextRole::Apparatus));
        }
        BlockKind::Figure(Figure {
            caption, credit, ..
        }) => {
            let texts = caption.iter().chain(credit);
            texts.for_each(|text| visit(*text, TextRole::Apparatus));
        }
        BlockKind::Table(table) => {
            let caption = table.caption.iter();
            caption.for_each(|text| visit(*text, TextRole::Apparatus));
            let heads = table.header.iter().flatten();
            heads.for_each(|text| visit(*text, TextRole::ColumnHead));
            let cells = table.rows.iter().flatten();
            cells.for_each(|text| visit(*text, TextRole::Apparatus));
        }
        BlockKind::List { .. } | BlockKind::Break => {}
    }
}
