//! Tables of a document as tables of a piece; frames around text, which are none.

use super::body::Bodies;
use super::document::{Paragraph, Remark, Table};
use super::draft::{Block, Item};
use super::queries::queries;
use super::typed::label;
use crate::read::Span;

impl Bodies<'_> {
    pub(super) fn table(
        &mut self,
        table: &Table,
        caption: Option<&Paragraph>,
        items: &mut Vec<Item>,
    ) {
        let caption_text = caption.map(|caption| self.text(caption));
        let mut pictures = Vec::new();
        let mut comments = Vec::new();
        let mut rows: Vec<(bool, Vec<String>)> = Vec::new();
        for row in &table.rows {
            let mut cells = Vec::new();
            for cell in &row.cells {
                let several = cell.iter().filter(|p| !p.plain().trim().is_empty()).count() > 1;
                if several {
                    self.remarks.push(Remark::lost(
                        &table.place,
                        "a cell has several paragraphs; they are one here",
                        "",
                    ));
                }
                let mut spans: Vec<Span> = Vec::new();
                for paragraph in cell {
                    if !spans.is_empty() {
                        spans.push(Span {
                            text: " ".to_owned(),
                            look: crate::read::Look::default(),
                        });
                    }
                    spans.extend(label(paragraph));
                    spans.extend(paragraph.spans.iter().cloned());
                    pictures.extend(
                        paragraph
                            .pictures
                            .iter()
                            .map(|picture| (picture, &paragraph.place)),
                    );
                    comments.extend(paragraph.comments.iter().cloned());
                }
                // What is bold in a head is its style.
                if row.is_head {
                    spans.iter_mut().for_each(|span| span.look.strong = false);
                }
                cells.push(self.spans(&spans, &table.place));
            }
            rows.push((row.is_head, cells));
        }
        rows.retain(|(_, cells)| cells.iter().any(|cell| !cell.is_empty()));
        let width = rows.first().map_or(0, |(_, cells)| cells.len());
        if rows.len() < 2 || width < 2 {
            // A frame around text is no table.
            if !rows.is_empty() {
                self.remarks.push(Remark::lost(
                    &table.place,
                    "a table of one row or one column is paragraphs here",
                    "",
                ));
            }
            let cells = rows.into_iter().flat_map(|(_, cells)| cells);
            let texts = caption_text
                .into_iter()
                .chain(cells)
                .filter(|text| !text.is_empty());
            items.extend(texts.map(|text| Item::from(Block::Paragraph(text))));
        } else {
            let mut heads = rows.iter().take_while(|(head, _)| *head).count();
            let mut check = None;
            if heads == 0 || heads == rows.len() {
                heads = 1;
                let message = "the table names no head; its first row is taken for it";
                self.remarks.push(Remark::guess(&table.place, message));
                check = Some("the first row is taken for the head of the table".to_owned());
            }
            let mut rows: Vec<Vec<String>> = rows.into_iter().map(|(_, cells)| cells).collect();
            let body = rows.split_off(heads);
            items.push(Item {
                block: Block::Table {
                    header: rows,
                    rows: body,
                    row_heads: table.row_heads,
                    caption: caption_text.filter(|text| !text.is_empty()),
                },
                check,
            });
        }
        for (picture, place) in pictures {
            self.remarks.push(Remark::lost(
                place,
                "a picture in a cell stands under the table here",
                "",
            ));
            self.figure(picture, None, None, place, items);
        }
        queries(&comments, items);
        if let Some(caption) = caption {
            queries(&caption.comments, items);
        }
    }
}
