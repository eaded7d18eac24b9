//! The styles of Word documents that follow from what stands around a text: the first of several alike has another than the next, and
//! captions are set by what they belong to.

use std::collections::HashMap;

use crate::compose::{Block, BlockKind, Composition, Content, Kind, TextId};

/// The styles of such texts.
pub(super) type Styles = HashMap<TextId, &'static str>;

/// Those of a composition.
pub(super) fn styles(composition: &Composition) -> Styles {
    let mut found = Styles::new();
    for section in &composition.sections {
        let mut before: Option<&Block> = None;
        for block in &section.blocks {
            if let BlockKind::Content(content) = &block.kind {
                if let Content::Paragraph(text) = content {
                    let above = before.map(|before| &before.kind);
                    let follows = matches!(above, Some(BlockKind::Content(Content::Paragraph(_))));
                    let style = match (composition[*text].kind, follows) {
                        (Kind::Paragraph, false) => Some("FirstParagraph"),
                        (Kind::Paragraph, true) => Some("BodyText"),
                        (Kind::EndMatter, false) => Some("EndMatter"),
                        (Kind::EndMatter, true) => Some("EndMatterContinued"),
                        _ => None,
                    };
                    found.extend(style.map(|style| (*text, style)));
                }
                inside(content, &mut found);
            }
            before = Some(block);
        }
    }
    found
}

/// What stands in quotations, lists, figures and tables.
fn inside(content: &Content, found: &mut Styles) {
    match content {
        Content::Paragraph(_) => {}
        Content::Quote { paragraphs, .. } => {
            let all = paragraphs.iter().enumerate();
            found.extend(all.map(|(at, text)| match at {
                0 => (*text, "Quote"),
                _ => (*text, "QuoteContinued"),
            }));
        }
        Content::List { items, .. } => {
            for block in items.iter().flat_map(|item| &item.blocks) {
                inside(&block.kind, found);
            }
        }
        Content::Figure(figure) => {
            let style = match figure.credit {
                Some(_) => "Caption",
                None => "FigureCaption",
            };
            found.extend(figure.caption.map(|text| (text, style)));
        }
        Content::Table(table) => {
            found.extend(table.caption.map(|text| (text, "TableCaption")));
        }
    }
}
