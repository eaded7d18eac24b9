//! What elements of hypertext say of themselves in every edition: classes, roles, sides and directions that follow from what they are
//! and what stands in them (HTML, 4; EPUB 3.3, 6.1; DPUB-ARIA 1.1). One that is not there shows or tells otherwise.

use super::super::dom::{Dom, Node, NodeId};
use crate::compose::Stress;

/// The classes of elements.
const CLASSES: &[(&str, &[&str])] = &[
    ("section", &["title-page", "cover", "notes", "summary"]),
    ("div", &["wide"]),
    ("aside", &["pull-quote"]),
    (
        "p",
        &[
            "series",
            "subtitle",
            "byline",
            "credit",
            "publisher",
            "date",
            "affiliation",
            "quote",
            "pull",
            "item",
            "caption",
            "image-credit",
            "note",
            "end-matter",
        ],
    ),
    ("h2", &["end"]),
    ("h3", &["end"]),
    ("figure", &["quotation", "centred", "portrait", "logo"]),
    ("figcaption", &["source"]),
    ("table", &["crowded"]),
    ("th", &["row-head", "number", "figures", "ended", "centred"]),
    ("td", &["number", "figures", "ended", "centred"]),
    ("span", &["acronym", "mark", "tied"]),
    ("em", &["heavy", "dotted"]),
];

/// What an element lacks, or has too much.
pub(super) fn judge(dom: &Dom, id: NodeId, node: &Node, is_book: bool) -> Option<&'static str> {
    let means =
        |word: &str| node.says("epub:type", word) || node.says("role", &format!("doc-{word}"));
    let has = |name: &str| node.attribute(name).is_some();
    if !has_own_classes(node) {
        return Some("has a class of other elements");
    }
    match node.name.as_str() {
        "a" if !has("href") => Some("leads nowhere"),
        "a" if means("noteref") && has("aria-label") => Some("is a reference with another name"),
        "span" if means("pagebreak") && !has("aria-label") => Some("is a page without a number"),
        "section" if is_book && !has("epub:type") => Some("does not say what it means"),
        "section" if node.says("class", "notes") => {
            let mut after = dom.siblings_after(id).map(|id| dom.node(id));
            let is_last = after.all(|own| own.name != "section");
            (!is_last).then_some("stands before other sections")
        }
        "p" if node.says("class", "subtitle") && !is_subtitle(node, is_book) => {
            Some("is not said to be the subtitle")
        }
        "aside" if !means("footnote") && !node.says("class", "pull-quote") => {
            Some("does not look like a pull quote")
        }
        "img" if !means("cover") && !["width", "height", "style"].into_iter().all(has) => {
            Some("does not say how large it is")
        }
        "figure" => figure(dom, node),
        "em" => stressed(dom, id, node),
        "table" if moves_figures(dom, id) => Some("moves a figure too far"),
        "table" => {
            let first = first_of_head(dom, id).and_then(|cell| dom.node(cell).attribute("dir"));
            (node.attribute("dir") != first).then_some("runs otherwise than its first cell")
        }
        "ul" | "ol" if !is_in_navigation(dom, id) => {
            let own = list_direction(dom, node);
            (node.attribute("dir") != own).then_some("runs otherwise than its items")
        }
        _ => None,
    }
}

fn has_own_classes(node: &Node) -> bool {
    let known = CLASSES.iter().find(|(name, _)| *name == node.name);
    let known = known.map_or(&[][..], |(_, known)| known);
    let classes = node.attribute("class").unwrap_or_default();
    let mut classes = classes.split_whitespace();
    classes.all(|class| known.contains(&class))
}

fn is_subtitle(node: &Node, is_book: bool) -> bool {
    node.says("role", "doc-subtitle") && (!is_book || node.says("epub:type", "subtitle"))
}

/// A quotation with its source is dressed as one; a portrait alone is narrower than what stands beside it.
fn figure(dom: &Dom, node: &Node) -> Option<&'static str> {
    let mut children = node.children.iter().map(|id| dom.node(*id));
    let is_quotation = children.any(|own| own.name == "blockquote");
    if node.says("class", "quotation") != is_quotation {
        return Some("is a quotation, or looks like one");
    }
    let is_portrait = node.says("class", "portrait");
    (node.attribute("style").is_some() != is_portrait)
        .then_some("has a width, and is no portrait, or has none")
}

/// Emphasis is shown in the way of its script.
fn stressed(dom: &Dom, id: NodeId, node: &Node) -> Option<&'static str> {
    let words = dom.words(id);
    // What belongs to no script goes with what stands before it.
    let stress = words.chars().find_map(Stress::of)?;
    let should = match stress {
        Stress::Slant => None,
        Stress::Weight => Some("heavy"),
        Stress::Dots => Some("dotted"),
    };
    (node.attribute("class") != should).then_some("is not stressed in the way of its script")
}

/// Whether the room beside a figure of a table is wider than the longest words of its column could be.
fn moves_figures(dom: &Dom, table: NodeId) -> bool {
    // No figure is wider, as a share of its size.
    const WIDEST: f64 = 0.8;
    dom.node(table).children.iter().any(|group| {
        // Of each column the longest words, in characters, and the widest room.
        let mut columns: Vec<(usize, f64)> = Vec::new();
        for row in &dom.node(*group).children {
            let cells = dom.node(*row).children.iter();
            let cells = cells.filter(|cell| matches!(dom.node(**cell).name.as_str(), "td" | "th"));
            for (column, cell) in cells.enumerate() {
                if columns.len() <= column {
                    columns.push((0, 0.0));
                }
                let (longest, widest) = &mut columns[column];
                *longest = dom.words(*cell).trim().chars().count().max(*longest);
                let rooms = dom.descendants(*cell).filter_map(|id| room(dom.node(id)));
                *widest = rooms.fold(*widest, f64::max);
            }
        }
        let mut columns = columns.into_iter();
        columns.any(|(longest, widest)| widest > WIDEST * longest as f64)
    })
}

/// The room behind the words of an element that says it, in parts of their size.
fn room(node: &Node) -> Option<f64> {
    let style = node.attribute("style").filter(|_| node.name == "span")?;
    let (_, room) = style.split_once("padding-inline-end:")?;
    room.trim().trim_end_matches("em").parse().ok()
}

/// The first cell of a table's head.
fn first_of_head(dom: &Dom, table: NodeId) -> Option<NodeId> {
    let child = |of: NodeId, names: &[&str]| {
        let mut children = dom.node(of).children.iter().copied();
        children.find(|id| names.contains(&dom.node(*id).name.as_str()))
    };
    let row = child(child(table, &["thead"])?, &["tr"])?;
    child(row, &["th", "td"])
}

fn is_in_navigation(dom: &Dom, id: NodeId) -> bool {
    // No edition stands elements deeper in each other.
    const MOST: usize = 64;
    let around = std::iter::successors(dom.parent(id), |id| dom.parent(*id));
    let mut around = around.take(MOST);
    around.any(|id| dom.node(id).name == "nav")
}

/// The direction of a list: the other one where all of its items begin so.
fn list_direction<'a>(dom: &'a Dom, list: &'a Node) -> Option<&'a str> {
    let items = list.children.iter().copied();
    let items = items.filter(|id| dom.node(*id).name == "li");
    let mut firsts = items.filter_map(|item| first_text(dom, item));
    let first = firsts.next()?.attribute("dir");
    let are_alike = firsts.all(|own| own.attribute("dir") == first);
    first.filter(|_| are_alike)
}

/// The element of the first text of an item; what stands in it may be a list, a quotation, a figure or a table.
fn first_text(dom: &Dom, item: NodeId) -> Option<&Node> {
    const BLOCKS: &[&str] = &["p", "ul", "ol", "blockquote", "figure", "div", "table"];
    let mut waiting = vec![item];
    while let Some(id) = waiting.pop() {
        let node = dom.node(id);
        match node.name.as_str() {
            "p" => return Some(node),
            // That of a figure may have no words.
            "figcaption" if node.says("class", "source") => return Some(node),
            "li" => {
                let children = node.children.iter().map(|id| dom.node(*id));
                let mut saying = children.filter(|own| {
                    let is_page = own.says("role", "doc-pagebreak");
                    !is_page && (!own.name.is_empty() || !own.text.trim().is_empty())
                });
                let begins = saying.next();
                if begins.is_some_and(|own| !BLOCKS.contains(&own.name.as_str())) {
                    return Some(node);
                }
            }
            "table" => match first_of_head(dom, id) {
                Some(cell) => return Some(dom.node(cell)),
                None => continue,
            },
            _ => {}
        }
        waiting.extend(node.children.iter().rev());
    }
    None
}
