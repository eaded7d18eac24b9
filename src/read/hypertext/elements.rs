//! What elements of hypertext are to those who read.

use crate::compose::{Head, Role, Shift};
use crate::piece::Direction;

use super::super::dom::{Dom, Node, NodeId};
use super::super::reading::{Link, Look};

/// Elements that are part of a line; all others begin a block.
pub(super) const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike",
    "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
];

/// Elements whose contents nobody reads.
const SILENT: &[&str] = &[
    "head", "script", "style", "template", "nav", "noscript", "object", "svg", "math", "iframe",
    "audio", "video", "canvas", "button", "select", "textarea", "title",
];

/// The names of the links in an element.
pub(in crate::read) fn links(dom: &Dom, from: NodeId) -> impl Iterator<Item = String> {
    let all = dom.descendants(from);
    let links = all.filter(|id| dom.node(*id).name == "a");
    links.map(|id| dom.words(id))
}

/// The words that an element shows to the eye, by its kind.
pub(super) fn shown(dom: &Dom, from: NodeId) -> String {
    const UNSHOWN: &[&str] = &[
        "head", "script", "style", "template", "title", "desc", "metadata", "audio", "video",
        "canvas", "iframe",
    ];
    let mut words = String::new();
    // Where none is named, an element ends that is no part of a line, and parts words.
    let mut waiting = vec![Some(from)];
    while let Some(next) = waiting.pop() {
        let Some(id) = next else {
            words.push(' ');
            continue;
        };
        let node = dom.node(id);
        let name = node.name.as_str();
        if UNSHOWN.contains(&name) || node.attribute("hidden").is_some() {
            continue;
        }
        words.push_str(&node.text);
        if !name.is_empty() && !INLINE.contains(&name) {
            words.push(' ');
            waiting.push(None);
        }
        waiting.extend(node.children.iter().rev().copied().map(Some));
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether nobody reads an element: hidden things, navigation, page breaks, ways back from notes, numbers before notes.
pub(super) fn is_silent(node: &Node) -> bool {
    let means =
        |word: &str| node.says("epub:type", word) || node.says("role", &format!("doc-{word}"));
    SILENT.contains(&node.name.as_str())
        || node.attribute("hidden").is_some()
        || node.attribute("aria-hidden") == Some("true")
        || means("pagebreak")
        || means("backlink")
        // A cover's image repeats the title page.
        || means("cover")
        || node.says("class", "mark") && node.name == "span"
}

pub(super) fn is_note(node: &Node) -> bool {
    let words = ["footnote", "endnote", "rearnote"];
    words
        .iter()
        .any(|word| node.says("epub:type", word) || node.says("role", &format!("doc-{word}")))
}

/// The role of a block's element that stands in this row and column of a table.
pub(super) fn role(node: &Node, (row, column): (usize, usize), is_quote: bool) -> Role {
    match node.name.as_str() {
        "h1" => Role::Heading(1),
        "h2" => Role::Heading(2),
        "h3" => Role::Heading(3),
        "h4" => Role::Heading(4),
        "h5" => Role::Heading(5),
        "h6" => Role::Heading(6),
        "td" => Role::Cell {
            head: Head::None,
            row,
            column,
        },
        "th" => Role::Cell {
            head: match node.attribute("scope") {
                Some("row" | "rowgroup") => Head::Row,
                // Unsaid, what stands in the first row heads its column (HTML, 4.9.12.2).
                None if row > 0 => Head::Row,
                _ => Head::Column,
            },
            row,
            column,
        },
        _ if is_quote => Role::Quote,
        _ => Role::Paragraph,
    }
}

/// What an element of a line says of its text.
pub(super) fn inline(node: &Node, look: &mut Look) {
    match node.name.as_str() {
        "em" | "i" => look.emphasis = true,
        "strong" | "b" => look.strong = true,
        "sup" => look.shift = Shift::Superscript,
        "sub" => look.shift = Shift::Subscript,
        "a" => {
            if let Some(address) = node.attribute("href") {
                look.link = Some(link(node, address));
            }
        }
        _ => {}
    }
}

fn link(node: &Node, address: &str) -> Link {
    let fragment = address.split_once('#').map(|(_, fragment)| fragment);
    let is_reference = node.says("epub:type", "noteref") || node.says("role", "doc-noteref");
    let inside = fragment.unwrap_or(address).to_owned();
    match is_reference {
        true => Link::Note(inside),
        // A scheme leads outside (RFC 3986, 3.1); what is relative stays in the file.
        false if url::Url::parse(address).is_ok() || address.starts_with("//") => {
            Link::Outside(address.to_owned())
        }
        false => Link::Inside(inside),
    }
}

/// The rows of a table, its groups opened; rows of tables inside it are theirs.
pub(super) fn rows(dom: &Dom, table: &Node) -> Vec<NodeId> {
    let mut found = Vec::new();
    for child in &table.children {
        match dom.node(*child).name.as_str() {
            "tr" => found.push(*child),
            "thead" | "tbody" | "tfoot" => {
                let rows = dom.node(*child).children.iter();
                found.extend(rows.filter(|row| dom.node(**row).name == "tr"));
            }
            _ => {}
        }
    }
    found
}

/// The items of a list: the number of each, and which it is of how many (HTML, 4.4.5 and 4.4.8).
pub(super) fn items(dom: &Dom, list: &Node) -> Vec<(i64, (usize, usize))> {
    if !matches!(list.name.as_str(), "ol" | "ul" | "menu") {
        return Vec::new();
    }
    let children = list.children.iter().map(|child| dom.node(*child));
    let items: Vec<&Node> = children.filter(|child| child.name == "li").collect();
    let whole = |node: &Node, name: &str| node.attribute(name)?.trim().parse::<i64>().ok();
    let is_reversed = list.attribute("reversed").is_some();
    let count = items.len();
    let first = match is_reversed {
        true => i64::try_from(count).unwrap_or(i64::MAX),
        false => 1,
    };
    let mut next = whole(list, "start").unwrap_or(first);
    let numbered = items.into_iter().enumerate().map(|(index, item)| {
        let number = whole(item, "value").unwrap_or(next);
        next = match is_reversed {
            true => number.saturating_sub(1),
            false => number.saturating_add(1),
        };
        (number, (index + 1, count))
    });
    numbered.collect()
}

/// Which part of the measure a picture is wide: its own share of that of its figure.
pub(super) fn share(dom: &Dom, picture: NodeId) -> Option<f64> {
    let width = |node: &Node| -> Option<f64> {
        let style = node.attribute("style")?;
        let width = style.trim().strip_prefix("width:")?;
        let width = width.trim().trim_end_matches(';').strip_suffix('%')?;
        Some(width.parse::<f64>().ok()? / 100.0)
    };
    let own = width(dom.node(picture))?;
    let around = dom.parent(picture).and_then(|around| dom.parent(around));
    let around = around.map(|around| dom.node(around));
    let figure = around.filter(|node| node.name == "figure");
    Some(own * figure.and_then(width).unwrap_or(1.0))
}

/// The direction that an element says of itself.
pub(super) fn turned(node: &Node) -> Option<Direction> {
    match node.attribute("dir")? {
        "rtl" => Some(Direction::RightToLeft),
        "ltr" => Some(Direction::LeftToRight),
        _ => None,
    }
}

/// An element with its classes, as selectors have them.
pub(super) fn dressed(node: &Node) -> String {
    let classes = node.attribute("class").unwrap_or_default();
    let classes = classes.split_whitespace();
    classes.fold(node.name.clone(), |name, class| name + "." + class)
}
