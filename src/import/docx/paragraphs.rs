//! What paragraphs are: by style, by outline level, by their numbering.

use super::super::document::{Label, ListItem, Role};
use super::fields::Field;
use super::roles;
use super::story::Story;
use super::words;
use crate::read::dom::{Dom, Node, NodeId, below};

impl Story<'_> {
    /// What a paragraph is by its style and its outline level.
    pub(super) fn role(&self, dom: &Dom, node: &Node, style: &str) -> Role {
        let names = self.styles.names(style);
        for name in &names {
            if let Some(role) = roles::of_name(name, self.styles.is_ours()) {
                return role;
            }
        }
        let outline = below(dom, node, &["pPr", "outlineLvl"])
            .and_then(|level| level.attribute("val")?.parse::<u8>().ok());
        let level = outline
            .filter(|level| *level < 9)
            .map(|level| level + 1)
            .or_else(|| self.styles.level(style));
        if let Some(level) = level {
            return Role::Heading(level.min(6));
        }
        let has_border = below(dom, node, &["pPr", "pBdr", "bottom"]).is_some();
        let is_empty = node
            .children
            .iter()
            .all(|child| words::of_node(dom, *child, self.changes).is_empty());
        match has_border && is_empty && !has_drawing(dom, node) {
            true => Role::Break,
            false => Role::Text,
        }
    }

    /// The place of a paragraph in its list.
    pub(super) fn item(
        &mut self,
        dom: &Dom,
        node: &Node,
        style: &str,
        name: &str,
    ) -> Option<ListItem> {
        let own = below(dom, node, &["pPr", "numPr"]);
        let value = |name: &str| {
            own.and_then(|own| below(dom, own, &[name]))
                .and_then(|node| node.attribute("val"))
        };
        let of_style = self.styles.numbering(style);
        let id = value("numId")
            .map(str::to_owned)
            .or_else(|| of_style.as_ref().map(|(id, _)| id.clone()));
        let depth = value("ilvl")
            .and_then(|level| level.parse().ok())
            .or_else(|| of_style.as_ref().map(|(_, depth)| *depth))
            .unwrap_or(0);
        let Some(id) = id.filter(|id| id != "0" && !id.is_empty()) else {
            return self.goes_on(dom, node, name);
        };
        let depth: usize = depth;
        let level = self.numbering.level(&id, depth.min(8));
        let label = match level.start {
            None => Label::Bullet,
            Some(start) => Label::Number(self.counters.next(self.numbering, &id, depth, start)),
        };
        let next = self.lists.len() as u32;
        let list = *self.lists.entry(id.clone()).or_insert(next);
        let item = ListItem {
            list,
            depth: depth.min(8),
            label,
            begins: true,
        };
        self.last_list = Some((id, item.clone()));
        Some(item)
    }

    /// A paragraph of a list without a mark goes on with the item above.
    fn goes_on(&mut self, dom: &Dom, node: &Node, name: &str) -> Option<ListItem> {
        let folded: String = name.chars().filter(|c| *c != ' ').collect();
        let is_of_list = folded == "listparagraph" || folded.starts_with("listcontinue");
        let (id, last) = self.last_list.clone()?;
        let indent = below(dom, node, &["pPr", "ind"]);
        let indent = indent.and_then(|indent| {
            indent
                .attribute("left")
                .or_else(|| indent.attribute("start"))?
                .parse::<i64>()
                .ok()
        });
        if !is_of_list || indent.is_none_or(|indent| indent <= 0) {
            self.last_list = None;
            return None;
        }
        let depth = indent
            .and_then(|indent| self.numbering.depth_at(&id, indent))
            .unwrap_or(last.depth);
        Some(ListItem {
            depth: depth.min(last.depth),
            begins: false,
            ..last
        })
    }

    /// Lines of the contents repeat the headings.
    pub(super) fn drop_contents(&mut self, dom: &Dom, id: NodeId) {
        let words = words::of_node(dom, id, self.changes).join(" ");
        self.dropped.push((
            "the table of contents is left out: editions make their own",
            words,
        ));
        // Its field may begin or end in it.
        for node in dom.descendants(id) {
            let node = dom.node(node);
            if node.name == "fldChar" {
                match node.attribute("fldCharType") {
                    Some("begin") => self.fields.push(Field::default()),
                    Some("end") => drop(self.fields.pop()),
                    _ => {}
                }
            }
        }
    }
}

fn has_drawing(dom: &Dom, node: &Node) -> bool {
    let below = node
        .children
        .iter()
        .flat_map(|child| dom.descendants(*child));
    let mut names = below.map(|id| dom.node(id).name.as_str());
    names.any(|name| matches!(name, "drawing" | "pict" | "object"))
}
