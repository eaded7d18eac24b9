//! Where elements of hypertext stand in editions, what they are called, and what they mean (HTML, 4; EPUB 3.3, 6; DPUB-ARIA 1.1): a
//! paragraph in a quotation that is none, a table without its head, a section without its name.

use std::collections::BTreeSet;

use super::super::dom::{Dom, Node, NodeId, ROOT};
use super::beginning;
use super::faults::Faults;

/// Elements, the class that tells them apart (`*` for any, nothing for none), and the elements that they stand in.
const PARENTS: &[(&str, &str, &[&str])] = &[
    ("head", "*", &["html"]),
    ("body", "*", &["html"]),
    ("title", "*", &["head"]),
    ("meta", "*", &["head"]),
    ("link", "*", &["head"]),
    ("style", "*", &["head"]),
    ("main", "*", &["body"]),
    ("article", "*", &["main"]),
    ("section", "*", &["article", "body"]),
    ("nav", "*", &["body"]),
    ("div", "*", &["section", "figure", "div", "li"]),
    ("aside", "*", &["section", "div"]),
    ("p", "", &["section", "div"]),
    ("p", "series", &["section"]),
    ("p", "subtitle", &["section"]),
    ("p", "byline", &["section"]),
    ("p", "credit", &["section"]),
    ("p", "date", &["section"]),
    ("p", "affiliation", &["section"]),
    ("p", "end-matter", &["section", "div"]),
    ("p", "quote", &["blockquote"]),
    ("p", "pull", &["aside"]),
    ("p", "note", &["aside"]),
    ("p", "item", &["li"]),
    ("p", "caption", &["figcaption"]),
    ("p", "image-credit", &["figcaption"]),
    ("h1", "*", &["section"]),
    ("h2", "*", &["section", "div", "nav"]),
    ("h3", "*", &["section", "div"]),
    ("h4", "*", &["section", "div"]),
    ("blockquote", "*", &["section", "div", "figure", "li"]),
    ("figure", "*", &["section", "div", "li"]),
    ("figcaption", "*", &["figure"]),
    ("img", "*", &["div"]),
    ("table", "*", &["section", "div", "li"]),
    ("caption", "*", &["table"]),
    ("thead", "*", &["table"]),
    ("tbody", "*", &["table"]),
    ("tr", "*", &["thead", "tbody"]),
    ("th", "*", &["tr"]),
    ("td", "*", &["tr"]),
    ("ul", "*", &["section", "div", "li"]),
    ("ol", "*", &["section", "div", "li", "nav"]),
    ("li", "*", &["ul", "ol"]),
    ("hr", "*", &["section", "div"]),
];
/// Elements of lines, which stand in none of those that hold blocks alone.
const OF_LINES: &[&str] = &["a", "em", "strong", "sup", "sub", "span", "bdi", "wbr"];
/// Elements that hold blocks alone.
const OF_BLOCKS: &[&str] = &[
    "html",
    "head",
    "body",
    "main",
    "article",
    "section",
    "nav",
    "div",
    "aside",
    "blockquote",
    "figure",
    "table",
    "thead",
    "tbody",
    "tr",
    "ul",
    "ol",
];
/// Classes that editions have.
const CLASSES: &[&str] = &[
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
    "end",
    "title-page",
    "cover",
    "notes",
    "summary",
    "wide",
    "quotation",
    "centred",
    "portrait",
    "logo",
    "source",
    "row-head",
    "number",
    "figures",
    "ended",
    "crowded",
    "acronym",
    "mark",
    "tied",
    "heavy",
    "dotted",
    "pull-quote",
];
/// What elements mean in EPUB, and the roles that they have then; nothing for none. One that repeats the text for the eye has none.
const MEANINGS: &[(&str, &[&str])] = &[
    ("frontmatter", &[""]),
    ("bodymatter", &[""]),
    ("backmatter", &[""]),
    ("titlepage", &[""]),
    ("cover", &[""]),
    ("abstract", &["doc-abstract"]),
    ("introduction", &["doc-introduction"]),
    ("chapter", &["doc-chapter"]),
    ("contributors", &[""]),
    ("colophon", &["doc-colophon"]),
    ("footnotes", &[""]),
    ("toc", &["doc-toc"]),
    ("landmarks", &[""]),
    ("page-list", &["doc-pagelist"]),
    ("footnote", &["doc-footnote"]),
    ("pullquote", &["doc-pullquote", ""]),
    ("title", &[""]),
    ("subtitle", &["doc-subtitle"]),
    ("noteref", &["doc-noteref"]),
    ("backlink", &["doc-backlink"]),
    ("pagebreak", &["doc-pagebreak"]),
];
/// Elements that say something.
const SAYING: &[&str] = &[
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "li",
    "figcaption",
    "caption",
    "blockquote",
];

/// Tells what stands otherwise than in any edition.
pub(in crate::read) fn nesting(document: &Dom, place: &str, faults: &mut Faults) {
    let mut seen = BTreeSet::new();
    let is_book = document
        .descendants(ROOT)
        .any(|id| document.node(id).attribute("epub:type").is_some());
    for id in document.descendants(ROOT) {
        let node = document.node(id);
        if node.name.is_empty() {
            continue;
        }
        for told in told(document, id, is_book) {
            if seen.insert(told.clone()) {
                faults.add(place, told);
            }
        }
    }
}

fn told(dom: &Dom, id: NodeId, is_book: bool) -> Vec<String> {
    let node = dom.node(id);
    let name = node.name.as_str();
    let words = || beginning(&dom.words(id));
    let mut told = Vec::new();
    if !is_placed(dom, id, node) {
        let parent = dom
            .parent(id)
            .map_or("", |parent| dom.node(parent).name.as_str());
        told.push(format!(
            "`{name}` stands in `{parent}`, as in no edition: {}",
            words()
        ));
    }
    let classes = node.attribute("class").unwrap_or_default();
    let other = classes
        .split_whitespace()
        .find(|class| !CLASSES.contains(class));
    told.extend(
        other.map(|class| format!("`{name}` has the class `{class}`, which no edition has")),
    );
    let says = |id: &NodeId| !dom.node(*id).text.trim().is_empty();
    if OF_BLOCKS.contains(&name) && node.children.iter().any(says) {
        told.push(format!(
            "`{name}` has words outside of its blocks: {}",
            words()
        ));
    }
    let is_silent = || dom.words(id).trim().is_empty();
    if SAYING.contains(&name) && is_silent() && !dom.holds(id, "img") {
        told.push(format!("there is a `{name}` without words"));
    }
    let role = node.attribute("role").unwrap_or_default();
    let meaning = node.attribute("epub:type").unwrap_or_default();
    let is_listed = dom
        .parent(id)
        .is_some_and(|parent| dom.node(parent).name == "li");
    let is_role = |role: &str| role.starts_with("doc-") && role != "doc-cover";
    // In the list of landmarks meanings are those of other places.
    if is_book && !(name == "a" && is_listed) && (!meaning.is_empty() || is_role(role)) {
        let of = MEANINGS.iter().find(|(own, _)| *own == meaning);
        if !of.is_some_and(|(_, roles)| roles.contains(&role)) {
            told.push(format!(
                "`{name}` means `{meaning}` and has the role `{role}`, as in no edition: {}",
                words()
            ));
        }
    }
    match name {
        "section"
            if !node.says("class", "cover")
                && node
                    .attribute("aria-labelledby")
                    .or(node.attribute("aria-label"))
                    .is_none() =>
        {
            told.push(format!("a section has no name: {}", words()));
        }
        "span" if (meaning == "pagebreak" || role == "doc-pagebreak") && !is_silent() => {
            told.push(format!("a page's beginning says {}", words()));
        }
        "th" => {
            let group = dom.parent(id).and_then(|row| dom.parent(row));
            let group = group.map_or("", |group| dom.node(group).name.as_str());
            let should = if group == "thead" { "col" } else { "row" };
            let scope = node.attribute("scope").filter(|scope| *scope != should);
            told.extend(
                scope.map(|scope| {
                    format!("a cell in `{group}` has the scope `{scope}`: {}", words())
                }),
            );
        }
        // Words that stood in it stand before it once browsers have read it (HTML, 13.2.6.4.9).
        "table" | "tbody" | "tr" | "ul" | "ol"
            if node
                .children
                .iter()
                .all(|kid| dom.node(*kid).name.is_empty()) =>
        {
            told.push(format!("there is a `{name}` with nothing in it"));
        }
        "table" => told.extend(uneven(dom, id)),
        "thead" => told.extend(columns(dom, node)),
        // A stretch in a language says how it runs.
        "span" if node.attribute("lang").is_some() && node.attribute("dir").is_none() => {
            told.push(format!(
                "words in another language do not say how they run: {}",
                words()
            ));
        }
        _ => {}
    }
    told
}

/// Classes of cells, which follow from what stands in their columns.
const OF_COLUMNS: &[&str] = &["number", "figures", "ended", "centred"];

/// The cells of a column are set alike.
fn uneven(dom: &Dom, table: NodeId) -> Option<String> {
    let mut columns: Vec<Vec<&str>> = Vec::new();
    for row in dom.descendants(table) {
        if dom.node(row).name != "tr" {
            continue;
        }
        let cells = dom.node(row).children.iter().map(|id| (*id, dom.node(*id)));
        let cells = cells.filter(|(_, cell)| matches!(cell.name.as_str(), "td" | "th"));
        for (column, (id, cell)) in cells.enumerate() {
            let classes = cell.attribute("class").unwrap_or_default();
            let classes = classes.split_whitespace();
            let own: Vec<&str> = classes.filter(|own| OF_COLUMNS.contains(own)).collect();
            match columns.get(column) {
                Some(first) if *first != own => {
                    let words = beginning(&dom.words(id));
                    return Some(format!(
                        "a cell is set otherwise than those of its column: {words}"
                    ));
                }
                Some(_) => {}
                None => columns.push(own),
            }
        }
    }
    None
}

/// Of so many columns each has room for a narrow letter at least, and of more a part of that.
const MANY: f64 = 12.0;
/// That room, in hundredths of the table.
const LETTER: f64 = 0.3;

/// The shares of columns are all of the table.
fn columns(dom: &Dom, head: &Node) -> Option<String> {
    let row = head
        .children
        .iter()
        .find(|id| dom.node(**id).name == "tr")?;
    let share = |id: &NodeId| -> Option<f64> {
        let style = dom.node(*id).attribute("style")?;
        let width = style.strip_prefix("width:")?.trim().strip_suffix('%')?;
        width.parse().ok()
    };
    let shares: Vec<f64> = dom.node(*row).children.iter().filter_map(share).collect();
    let sum: f64 = shares.iter().sum();
    let is_whole = shares.is_empty() || (sum - 100.0).abs() < 1.0;
    // Of many columns one may be that narrow.
    let least = (MANY / shares.len() as f64).min(1.0) * LETTER;
    (!is_whole || shares.iter().any(|share| *share < least))
        .then(|| format!("columns have {sum:.0} per cent of a table"))
}

fn is_placed(dom: &Dom, id: NodeId, node: &Node) -> bool {
    let Some(parent) = dom.parent(id).map(|parent| dom.node(parent)) else {
        return true;
    };
    let name = node.name.as_str();
    if OF_LINES.contains(&name) {
        // Pages begin between blocks too.
        let is_page = node.says("role", "doc-pagebreak");
        return is_page || !OF_BLOCKS.contains(&parent.name.as_str());
    }
    let class = node.attribute("class").unwrap_or_default();
    let class = class.split_whitespace().next().unwrap_or_default();
    let mut rows = PARENTS.iter().filter(|(own, ..)| *own == name).peekable();
    rows.peek().is_none()
        || rows.any(|(_, of, parents)| {
            (*of == "*" || *of == class) && parents.contains(&parent.name.as_str())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(body: &str) -> usize {
        let dom = Dom::of_html(
            format!(
                "<html><head></head><body><main><article>{body}</article></main></body></html>"
            )
            .as_bytes(),
        );
        let mut faults = Faults::default();
        nesting(&dom, "", &mut faults);
        faults.finish().len()
    }

    #[test]
    fn what_stands_as_in_no_edition_is_told() {
        for (body, count) in [
            (
                "<section aria-label=a><p>a <em>b</em></p><ul><li>c</li></ul></section>",
                0,
            ),
            ("<section><p>a</p></section>", 1),
            (
                "<section aria-label=a><blockquote><p>a</p></blockquote></section>",
                1,
            ),
            ("<section aria-label=a><p></p></section>", 1),
            ("<section aria-label=a><p class=lies>a</p></section>", 2),
            ("<section aria-label=a><em>a</em></section>", 1),
            (
                "<section aria-label=a><table><tbody><tr><td class=number>1</td></tr><tr><td>2</td></tr></tbody></table></section>",
                1,
            ),
            ("<section aria-label=a><table><p>a</p></table></section>", 1),
            (
                "<section aria-label=a><table><thead><tr><th scope=col style='width: 1%'>a</th></tr></thead></table></section>",
                1,
            ),
        ] {
            assert_eq!(faults(body), count, "{body}");
        }
    }
}
