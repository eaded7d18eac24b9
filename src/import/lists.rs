//! Lists: those of the document nested by their depth, and those that were typed.

use super::body::Bodies;
use super::document::{self, Label, Paragraph, Remark};
use super::draft::{Block, Item, ListKey};
use super::queries::queries;
use super::typed_marks::{TypedMark, typed_mark};
use crate::read::Span;

/// Lists stand at most so deep in each other (the format's own limit).
const DEEPEST: usize = 9;

impl Bodies<'_> {
    /// Paragraphs of lists, nested by their depth.
    pub(super) fn lists(&mut self, blocks: &[document::Block], items: &mut Vec<Item>) {
        let mut entries: Vec<&Paragraph> = Vec::new();
        for block in blocks {
            if let document::Block::Paragraph(paragraph) = block {
                entries.push(paragraph);
            }
        }
        let mut at = 0;
        while at < entries.len() {
            let depth = entries[at].item.as_ref().map_or(0, |item| item.depth);
            at += self.list(&entries[at..], depth, 0, items);
        }
    }

    /// A list of this depth, as long as its paragraphs go on; gives how many those were.
    fn list(
        &mut self,
        entries: &[&Paragraph],
        depth: usize,
        nesting: usize,
        items: &mut Vec<Item>,
    ) -> usize {
        let Some(first) = entries.first().and_then(|entry| entry.item.clone()) else {
            return 1;
        };
        let key = match first.label {
            Label::Bullet => ListKey::List,
            Label::Number(start) => {
                if start != 1 {
                    let message = format!("a list that begins with {start} begins with 1 here");
                    self.tell_lost(entries[0], message, "");
                }
                ListKey::Numbered
            }
        };
        let mut list: Vec<Vec<Item>> = Vec::new();
        let mut at = 0;
        while let Some(entry) = entries.get(at) {
            let Some(item) = &entry.item else { break };
            if item.depth < depth {
                break;
            }
            if item.depth > depth && nesting + 1 < DEEPEST && !list.is_empty() {
                let mut inner = Vec::new();
                at += self.list(&entries[at..], item.depth, nesting + 1, &mut inner);
                if let Some(last) = list.last_mut() {
                    last.append(&mut inner);
                }
                continue;
            }
            let is_other = item.begins
                && item.depth == depth
                && (item.list != first.list || kind(item.label) != kind(first.label));
            if is_other && at > 0 {
                break;
            }
            let text = self.text(entry);
            let mut own: Vec<Item> = Vec::new();
            if !text.is_empty() {
                own.push(Block::Paragraph(text).into());
            }
            for picture in &entry.pictures {
                self.figure(picture, None, None, &entry.place, &mut own);
            }
            queries(&entry.comments, &mut own);
            at += 1;
            match list.last_mut() {
                Some(last) if !item.begins => last.append(&mut own),
                _ => list.push(own),
            }
        }
        list.retain(|item| !item.is_empty());
        if !list.is_empty() {
            items.push(Block::List { key, items: list }.into());
        }
        at
    }

    /// Paragraphs with typed marks, as a list without the marks.
    pub(super) fn typed_list(&mut self, blocks: &[document::Block], items: &mut Vec<Item>) {
        let mut list = Vec::new();
        let mut marks = Vec::new();
        let mut key = ListKey::List;
        let mut place = String::new();
        for block in blocks {
            let document::Block::Paragraph(paragraph) = block else {
                continue;
            };
            let Some((mark, length)) = typed_mark(&paragraph.plain()) else {
                continue;
            };
            if matches!(mark, TypedMark::Number(_)) {
                key = ListKey::Numbered;
            }
            if place.is_empty() {
                place = paragraph.place.clone();
            }
            marks.push(paragraph.plain()[..length].trim().to_owned());
            let mut rest = paragraph.clone();
            cut(&mut rest.spans, length);
            let text = self.text(&rest);
            let mut own: Vec<Item> = vec![Block::Paragraph(text).into()];
            queries(&paragraph.comments, &mut own);
            list.push(own);
        }
        let message = format!(
            "{} paragraphs with typed marks are taken for a list, the marks left out",
            list.len()
        );
        self.remarks.push(Remark {
            kind: document::RemarkKind::Guess,
            words: marks.join(" "),
            ..Remark::guess(place, message)
        });
        items.push(Item {
            block: Block::List { key, items: list },
            check: Some("paragraphs with typed marks, taken for a list".to_owned()),
        });
    }
}

fn kind(label: Label) -> bool {
    matches!(label, Label::Number(_))
}

/// Takes so many bytes off the beginning of spans, marks of notes not counted.
pub(crate) fn cut(spans: &mut Vec<Span>, mut length: usize) {
    for span in spans.iter_mut().filter(|span| !document::is_note(span)) {
        let here = length.min(span.text.len());
        span.text.drain(..here);
        length -= here;
    }
    spans.retain(|span| !span.text.is_empty());
}
