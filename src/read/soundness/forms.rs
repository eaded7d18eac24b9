//! The forms of hypertext in editions: which elements bear a direction, a language, a class, and what stands around references and
//! names (HTML, 3.2.6 and 4.5; EPUB 3.3, 6.1). What has another form shows or says other than a writer of editions ever does.

use std::collections::BTreeSet;

use super::super::dom::{Dom, Node, NodeId, ROOT};
use super::beginning;
use super::faults::Faults;
use super::needed;
use crate::piece::{Direction, LanguageTag};

/// Elements that run as the document does.
const UNTURNED: &[&str] = &[
    "head",
    "hr",
    "img",
    "body",
    "main",
    "article",
    "section",
    "div",
    "nav",
    "aside",
    "figure",
    "thead",
    "tbody",
    "tr",
    "blockquote",
    "em",
    "strong",
    "sup",
    "sub",
    "a",
];
/// Elements that are in the language of the document.
const UNSPOKEN: &[&str] = &[
    "body", "main", "article", "figure", "table", "ul", "ol", "tr",
];
/// Elements that others lead to by name.
const NAMED: &[&str] = &[
    "section", "h1", "h2", "h3", "h4", "a", "figure", "table", "aside", "nav", "span",
];
/// What the first sections of documents mean, and the parts of a book that they belong to.
const PARTS: &[(&str, &str)] = &[
    ("cover", "frontmatter"),
    ("titlepage", "frontmatter"),
    ("toc", "frontmatter"),
    ("introduction", "bodymatter"),
    ("chapter", "bodymatter"),
    ("contributors", "backmatter"),
    ("colophon", "backmatter"),
];

/// Tells what has another form than in any edition of ours.
pub(in crate::read) fn forms(document: &Dom, place: &str, faults: &mut Faults) {
    let html = document.all("html").next();
    let is_book = html.is_some_and(|html| html.attribute("xml:lang").is_some())
        || document
            .descendants(ROOT)
            .any(|id| document.node(id).attribute("epub:type").is_some());
    let mut seen = BTreeSet::new();
    let mut tell = |what: String, faults: &mut Faults| {
        if seen.insert(what.clone()) {
            faults.add(place, what);
        }
    };
    for what in whole(document, is_book) {
        tell(what, faults);
    }
    for id in document.descendants(ROOT) {
        let node = document.node(id);
        if node.name.is_empty() {
            continue;
        }
        let bare = bare(node, is_book);
        let within = || within(document, id, node, is_book);
        let needed = || needed::judge(document, id, node, is_book);
        if let Some(what) = bare.or_else(within).or_else(needed) {
            let words = beginning(&document.words(id));
            tell(format!("`{}` {what}: {words}", node.name), faults);
        }
    }
}

/// What the document says of itself: its language, its direction, its characters, and in a browser its sheet.
fn whole(document: &Dom, is_book: bool) -> Vec<String> {
    let mut told = Vec::new();
    let html = document.all("html").next();
    let of = |name: &str| html.and_then(|html| html.attribute(name));
    let language = of("lang");
    if is_book && language != of("xml:lang") {
        told.push("it says its language in one way and not in the other".to_owned());
    }
    let should = language.and_then(|own| LanguageTag::parse(own).ok());
    let should = should.map(|own| match own.direction() {
        Direction::LeftToRight => "ltr",
        Direction::RightToLeft => "rtl",
    });
    // A book says the direction that is not the usual one.
    let own = of("dir").or(is_book.then_some("ltr"));
    if own != should {
        let own = own.unwrap_or("nowhere");
        told.push(format!("it runs {own}, otherwise than its language"));
    }
    let charsets: Vec<&str> = document
        .all("meta")
        .filter_map(|meta| meta.attribute("charset"))
        .collect();
    if charsets != ["utf-8"] {
        told.push("it does not say once that its characters are UTF-8".to_owned());
    }
    if document.all("title").count() != 1 {
        told.push("it has not one title".to_owned());
    }
    let sheets = document.all("style").count();
    if sheets != usize::from(!is_book) {
        told.push(format!("it has {sheets} style sheets in it"));
    }
    told
}

/// What an element says, wherever it stands.
fn bare(node: &Node, is_book: bool) -> Option<&'static str> {
    let name = node.name.as_str();
    let has = |name: &str| node.attribute(name).is_some();
    if has("dir") && UNTURNED.contains(&name) {
        return Some("says a direction of its own");
    }
    if has("lang") && UNSPOKEN.contains(&name) {
        return Some("says a language of its own");
    }
    // In a browser the document itself says it once.
    if has("lang") != has("xml:lang") && (is_book || name != "html") {
        return Some("says its language in one way and not in the other");
    }
    if has("id") && !NAMED.contains(&name) {
        return Some("has a name, and nothing leads there");
    }
    match name {
        "bdi" if !has("dir") => Some("does not say how it runs"),
        // The name of the namespace is an attribute to parsers of HTML.
        "span" if node.attributes().all(|(name, _)| name == "xmlns") => {
            Some("says nothing of its words")
        }
        "h1" if is_book && !node.says("epub:type", "title") => Some("is not said to be the title"),
        _ => None,
    }
}

/// The elements around one, the nearest first; no edition has more of them.
fn around(dom: &Dom, id: NodeId) -> impl Iterator<Item = &Node> {
    const MOST: usize = 64;
    let above = std::iter::successors(dom.parent(id), |id| dom.parent(*id));
    above.take(MOST).map(|id| dom.node(id))
}

/// What an element says that does not go with those around it or in it.
fn within(dom: &Dom, id: NodeId, node: &Node, is_book: bool) -> Option<&'static str> {
    let means =
        |word: &str| node.says("epub:type", word) || node.says("role", &format!("doc-{word}"));
    let parent = || dom.parent(id).map(|parent| dom.node(parent));
    let is_in = |name: &str| parent().is_some_and(|parent| parent.name == name);
    match node.name.as_str() {
        "a" if means("noteref") && !is_in("sup") => Some("is a reference that is not raised"),
        "a" if means("backlink") => {
            let is_mark = parent().is_some_and(|parent| parent.says("class", "mark"));
            (!is_mark && !is_in("sup")).then_some("is a way back that is not raised")
        }
        "bdi" => turned(dom, id, node),
        "wbr" => {
            let is_title = around(dom, id).any(|own| {
                matches!(own.name.as_str(), "h1" | "h2" | "h3" | "h4")
                    || own.says("class", "subtitle")
            });
            (!is_title).then_some("ends a line in what is no title")
        }
        "span" if node.says("class", "acronym") => {
            let words = dom.words(id);
            let is_small = |c: char| c.is_lowercase();
            (words.chars().filter(|c| is_small(*c)).count() > 1).then_some("is no acronym")
        }
        "section" => section(dom, node),
        "body" if is_book => body(dom, node),
        _ => None,
    }
}

/// A stretch that is set apart runs as letters in it do, or as the language that it is said to be in.
fn turned(dom: &Dom, id: NodeId, node: &Node) -> Option<&'static str> {
    let near = node.children.iter().copied().chain(dom.parent(id));
    let mut near = near.map(|id| dom.node(id)).chain([node]);
    if near.any(|own| own.attribute("lang").is_some()) {
        return None;
    }
    let own = node.attribute("dir").unwrap_or_default();
    let direction = match own {
        "rtl" => Direction::RightToLeft,
        _ => Direction::LeftToRight,
    };
    let words = dom.words(id);
    let mut letters = words.chars().filter_map(Direction::of);
    // Names of two scripts run as the first of them.
    let first = letters.next()?;
    let is_other = first != direction && letters.all(|of| of != direction);
    is_other.then_some("runs against its letters")
}

/// The class of a section follows from what stands in it.
fn section(dom: &Dom, node: &Node) -> Option<&'static str> {
    let mut holds_notes = false;
    let mut holds_title = false;
    for child in &node.children {
        let child = dom.node(*child);
        holds_notes |= child.name == "aside"
            && (child.says("role", "doc-footnote") || child.says("epub:type", "footnote"));
        holds_title |= child.name == "h1";
    }
    let own = node.attribute("class").unwrap_or_default();
    let is_cover = node.says("epub:type", "cover");
    let is_summary = node.says("role", "doc-abstract") || node.says("epub:type", "abstract");
    let should = match () {
        () if holds_notes => "notes",
        () if holds_title => "title-page",
        () if is_cover => "cover",
        () if is_summary => "summary",
        () => "",
    };
    (own != should).then_some("has a class that does not go with what stands in it")
}

/// A document of a book is in the part of it to which its first section belongs.
fn body(dom: &Dom, node: &Node) -> Option<&'static str> {
    let children = node.children.iter().map(|id| dom.node(*id));
    let mut parts = children.filter(|own| matches!(own.name.as_str(), "section" | "nav"));
    let first = parts.next()?;
    let meaning = first.attribute("epub:type").unwrap_or_default();
    let own = node.attribute("epub:type").unwrap_or_default();
    let should = PARTS.iter().find(|(name, _)| *name == meaning);
    let is_right = should.is_some_and(|(_, part)| own == *part);
    (!is_right).then_some("is said to be in another part of the book")
}
