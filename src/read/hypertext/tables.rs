//! Tables of hypertext.

use super::super::dom::{Dom, Node, NodeId};
use super::{Context, Hypertext, Step};

impl Hypertext {
    /// A table: what stands beside its rows first, then its cells with their places.
    pub(super) fn table(
        &mut self,
        dom: &Dom,
        node: &Node,
        context: &Context,
        rows: &[NodeId],
        children: &mut Vec<Step>,
    ) {
        let captions = node
            .children
            .iter()
            .filter(|child| dom.node(**child).name == "caption");
        children.extend(captions.map(|caption| Step::Enter(*caption, Box::new(context.clone()))));
        for (row, id) in rows.iter().enumerate() {
            let cells = dom.node(*id).children.iter();
            let cells = cells.filter(|cell| matches!(dom.node(**cell).name.as_str(), "td" | "th"));
            let mut column = 0;
            for cell in cells {
                let own = Context {
                    cell: (row, column),
                    ..context.clone()
                };
                children.push(Step::Enter(*cell, Box::new(own)));
                let span = dom
                    .node(*cell)
                    .attribute("colspan")
                    .and_then(|span| span.parse().ok());
                column += span.unwrap_or(1_usize).clamp(1, 1000);
            }
        }
    }
}
