//! Tables, row by row (ISO/IEC 29500-1, 17.4).

use super::super::Changes;
use super::super::document::{Block, Paragraph, Row, Table};
use super::Related;
use super::story::{DEEPEST, Pictures, Story};
use crate::read::dom::{Dom, Node, NodeId, below};

/// No table is wider.
const WIDEST: usize = 200;

impl Story<'_> {
    /// A table; its rows have as many cells as the widest.
    pub(super) fn table(
        &mut self,
        dom: &Dom,
        id: NodeId,
        links: &Related,
        pictures: Pictures<'_>,
        depth: usize,
    ) -> Table {
        let mut rows = Vec::new();
        let place = self.place();
        let mut merged = false;
        let mut row_heads = 0;
        for tr in parts(dom, id, "tr") {
            let node = dom.node(tr);
            if self.is_gone(dom, node) {
                let words = super::words::of_node(dom, tr, self.changes).join(" ");
                self.changed.push(words);
                continue;
            }
            let head = below(dom, node, &["trPr", "tblHeader"]);
            let is_head = head
                .is_some_and(|head| !matches!(head.attribute("val"), Some("0" | "false" | "off")));
            let mut row = Row {
                is_head,
                cells: Vec::new(),
            };
            let before = below(dom, node, &["trPr", "gridBefore"])
                .and_then(|n| n.attribute("val")?.parse::<usize>().ok());
            row.cells
                .extend((0..before.unwrap_or(0).min(WIDEST)).map(|_| Vec::new()));
            for tc in parts(dom, tr, "tc") {
                let cell = dom.node(tc);
                let span = below(dom, cell, &["tcPr", "gridSpan"])
                    .and_then(|span| span.attribute("val")?.parse::<usize>().ok());
                let continues = below(dom, cell, &["tcPr", "vMerge"])
                    .is_some_and(|merge| merge.attribute("val") != Some("restart"));
                if row.cells.is_empty() {
                    row_heads += usize::from(!is_head && is_row_head(self, dom, tc));
                }
                row.cells
                    .push(self.cell(dom, tc, links, &mut *pictures, depth));
                merged |= continues || span.is_some_and(|span| span > 1);
                let more = span.unwrap_or(1).clamp(1, WIDEST) - 1;
                row.cells.extend((0..more).map(|_| Vec::new()));
            }
            rows.push(row);
        }
        if merged {
            self.tell(
                "merged cells of a table are single ones, the others empty",
                "",
            );
        }
        let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        for row in &mut rows {
            row.cells.resize_with(width, Vec::new);
        }
        let body = rows.iter().filter(|row| !row.is_head).count();
        Table {
            row_heads: body > 0 && row_heads == body,
            rows,
            place,
        }
    }

    /// The paragraphs of a cell, with those of tables in it.
    fn cell(
        &mut self,
        dom: &Dom,
        id: NodeId,
        links: &Related,
        pictures: Pictures<'_>,
        depth: usize,
    ) -> Vec<Paragraph> {
        if depth > DEEPEST / 4 {
            let words = super::words::of_node(dom, id, self.changes).join(" ");
            let span = crate::read::Span {
                text: words,
                look: crate::read::Look::default(),
            };
            return vec![Paragraph {
                spans: vec![span],
                place: self.place(),
                ..Paragraph::default()
            }];
        }
        let mut paragraphs = Vec::new();
        let blocks = self.blocks_at(dom, id, links, pictures, depth + 1);
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => paragraphs.push(paragraph),
                Block::Table(table) => {
                    self.tell("a table in a cell is text of the cell here", "");
                    paragraphs.extend(table.rows.into_iter().flat_map(|row| row.cells).flatten());
                }
            }
        }
        paragraphs.retain(|paragraph| !paragraph.is_empty());
        paragraphs
    }

    /// Whether a tracked change took a row away.
    fn is_gone(&self, dom: &Dom, row: &Node) -> bool {
        let mark = match self.changes {
            Changes::Accept => "del",
            Changes::Reject => "ins",
        };
        below(dom, row, &["trPr", mark]).is_some()
    }
}

/// Whether the first paragraph of a cell has the style of heads of rows.
fn is_row_head(story: &Story<'_>, dom: &Dom, cell: NodeId) -> bool {
    let first = dom
        .node(cell)
        .children
        .iter()
        .map(|id| dom.node(*id))
        .find(|node| node.name == "p");
    let style = first.and_then(|p| below(dom, p, &["pPr", "pStyle"])?.attribute("val"));
    style
        .and_then(|style| story.styles.get(style))
        .is_some_and(|style| style.name == "table row head")
}

/// The parts of a table or a row, whatever wraps them.
fn parts(dom: &Dom, from: NodeId, name: &str) -> Vec<NodeId> {
    let mut found = Vec::new();
    let mut waiting: Vec<NodeId> = dom.node(from).children.iter().rev().copied().collect();
    while let Some(id) = waiting.pop() {
        let node = dom.node(id);
        match node.name.as_str() {
            own if own == name => found.push(id),
            "sdt" | "sdtContent" | "customXml" | "ins" | "del" | "moveTo" | "moveFrom" => {
                waiting.extend(node.children.iter().rev())
            }
            _ => {}
        }
    }
    found
}
