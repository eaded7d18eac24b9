//! Whether navigation leads where its names say, in the order and the depth of the text (EPUB 3.3, 7).

use std::collections::{BTreeMap, HashMap, HashSet};

use super::super::dom::{Dom, Node, NodeId, ROOT};
use super::super::package::resolve;
use super::faults::Faults;
use crate::compose::canonical_line;

/// A publication's documents and its navigation.
pub(in crate::read) struct Book<'a> {
    /// Content documents by their names, the navigation document too.
    pub(in crate::read) documents: &'a BTreeMap<String, Dom>,
    /// The names of the documents of the spine, in its order.
    pub(in crate::read) spine: Vec<String>,
    /// The navigation of older publications, and its name.
    pub(in crate::read) old: Option<&'a (String, Dom)>,
    /// Whether it says that it is an edition of ours.
    pub(in crate::read) is_ours: bool,
}

/// A place that contents lead to.
pub(super) struct Entry {
    pub(super) depth: usize,
    pub(super) text: String,
    pub(super) address: String,
}

/// A heading of the text.
struct Heading {
    level: usize,
    text: String,
    /// Whether contents need not list it: the title, and what stands in a colophon.
    is_apart: bool,
}

/// The headings of a publication, and what leads to them.
#[derive(Default)]
struct Headings {
    all: Vec<Heading>,
    /// The heading of an element by document and id: its own, or the first in it; whether the element is a section.
    by_id: HashMap<(String, String), (Option<usize>, bool)>,
    /// The first heading of a document, and the name of its first section where that has none of its own.
    by_document: HashMap<String, (Option<usize>, Option<String>)>,
    /// The names of sections without a heading.
    names: HashMap<(String, String), String>,
}

impl Book<'_> {
    /// Tells what navigation says otherwise than the text.
    pub(super) fn judge(&self, faults: &mut Faults) {
        let headings = self.headings();
        self.titles(&headings, faults);
        for (name, dom) in self.documents {
            let navs = dom
                .descendants(ROOT)
                .filter(|id| dom.node(*id).name == "nav");
            for nav in navs {
                let node = dom.node(nav);
                if node.says("epub:type", "toc") {
                    headings.hold(&entries(dom, nav), name, faults);
                } else if node.says("epub:type", "landmarks") {
                    self.landmarks(dom, nav, name, faults);
                } else if node.says("epub:type", "page-list") {
                    self.pages(dom, nav, name, faults);
                }
            }
        }
        if let Some((name, dom)) = self.old {
            headings.hold(&points(dom), name, faults);
        }
    }

    /// A document is called by the name of its first section, or by its first heading.
    fn titles(&self, headings: &Headings, faults: &mut Faults) {
        for name in &self.spine {
            let (Some(dom), Some((first, own))) =
                (self.documents.get(name), headings.by_document.get(name))
            else {
                continue;
            };
            let first = first.and_then(|at| headings.all.get(at));
            let Some(named) = own.as_ref().or(first.map(|first| &first.text)) else {
                continue;
            };
            let title = dom
                .first("title")
                .map(|title| canonical_line(&dom.words(title)));
            // That of the piece may have its subtitle, and the mark of a review edition.
            if title.is_none_or(|title| !title.contains(named.as_str())) {
                faults.add(
                    name.as_str(),
                    format!("it is called otherwise than “{named}”"),
                );
            }
        }
    }

    fn headings(&self) -> Headings {
        let mut found = Headings::default();
        for name in &self.spine {
            let Some(dom) = self.documents.get(name) else {
                continue;
            };
            let first = found.all.len();
            // Elements that wait for the first heading in them.
            let mut open: Vec<(NodeId, (String, String))> = Vec::new();
            for id in dom.descendants(ROOT) {
                let node = dom.node(id);
                let own = node.attribute("id").map(|id| (name.clone(), id.to_owned()));
                if let Some(level) = level(node) {
                    let at = found.all.len();
                    found.all.push(Heading {
                        level,
                        text: canonical_line(&dom.unmarked(id)),
                        is_apart: level == 1 || is_in(dom, id, "colophon"),
                    });
                    open.retain(|(element, key)| {
                        let is_inside = is_below(dom, id, *element);
                        if is_inside {
                            found.by_id.insert(key.clone(), (Some(at), true));
                        }
                        // One that ended before has none.
                        false
                    });
                    if let Some(own) = own {
                        found.by_id.insert(own, (Some(at), false));
                    }
                } else if let Some(own) = own {
                    found.by_id.insert(own.clone(), (None, true));
                    if node.name == "section" {
                        if let Some(label) = node.attribute("aria-label") {
                            found.names.insert(own.clone(), canonical_line(label));
                        }
                        open.push((id, own));
                    }
                }
            }
            let has = found.all.len() > first;
            let section = dom.all("section").next();
            let label = section.and_then(|section| section.attribute("aria-label"));
            let label = label.map(canonical_line);
            found
                .by_document
                .insert(name.clone(), (has.then_some(first), label));
        }
        found
    }

    /// A landmark leads to what it says.
    fn landmarks(&self, dom: &Dom, nav: NodeId, place: &str, faults: &mut Faults) {
        for id in dom.descendants(nav) {
            let node = dom.node(id);
            let (Some(meaning), Some(address)) =
                (node.attribute("epub:type"), node.attribute("href"))
            else {
                continue;
            };
            let to = resolve(place, address).and_then(|to| self.documents.get(&to));
            let is_there = to.is_some_and(|to| {
                let mut all = to.descendants(ROOT);
                all.any(|id| to.node(id).says("epub:type", meaning))
            });
            if !is_there {
                faults.add(place, format!("the landmark `{meaning}` leads elsewhere"));
            }
        }
    }

    /// The list of pages has all of them, in their order.
    fn pages(&self, dom: &Dom, nav: NodeId, place: &str, faults: &mut Faults) {
        let listed: Vec<(String, String)> = entries(dom, nav)
            .into_iter()
            .filter_map(|entry| {
                let (_, fragment) = entry.address.split_once('#')?;
                Some((resolve(place, &entry.address)?, fragment.to_owned()))
            })
            .collect();
        let mut there = Vec::new();
        for name in &self.spine {
            let Some(dom) = self.documents.get(name) else {
                continue;
            };
            let breaks = dom.descendants(ROOT).map(|id| dom.node(id));
            let breaks = breaks.filter(|node| node.says("epub:type", "pagebreak"));
            let ids = breaks.filter_map(|node| node.attribute("id"));
            there.extend(ids.map(|id| (name.clone(), id.to_owned())));
        }
        if listed != there {
            faults.add(
                place,
                "its page list does not lead to all pages one after the other",
            );
        }
    }
}

impl Headings {
    /// Holds the entries of contents against the headings.
    fn hold(&self, entries: &[Entry], place: &str, faults: &mut Faults) {
        let mut last = None;
        let mut met = HashSet::new();
        let mut open: Vec<usize> = Vec::new();
        for entry in entries {
            let text = canonical_line(&entry.text);
            let letters = letters(&text);
            let Some(to) = resolve(place, &entry.address) else {
                continue;
            };
            let fragment = entry.address.split_once('#').map(|(_, own)| own.to_owned());
            let key = fragment.map(|own| (to.clone(), own));
            let (heading, is_section) = match &key {
                Some(key) => self.by_id.get(key).copied().unwrap_or((None, false)),
                None => (self.by_document.get(&to).and_then(|of| of.0), true),
            };
            let of = heading.and_then(|at| self.all.get(at));
            let named = match &key {
                Some(key) => self.names.get(key),
                None => self.by_document.get(&to).and_then(|of| of.1.as_ref()),
            };
            let is_right = match (of, named) {
                // A section that says its own name may have headings in it.
                (_, Some(name)) if *name == text => true,
                (Some(of), _) => of.level == 1 || self::letters(&of.text) == letters,
                (None, Some(_)) => false,
                (None, None) => true,
            };
            if !is_right {
                faults.add(
                    place,
                    format!("`{text}` of the contents leads to another heading"),
                );
            }
            if heading.is_some() && last.is_some() && heading < last {
                faults.add(
                    place,
                    format!("`{text}` of the contents stands in another order than the text"),
                );
            }
            let is_named = named.is_some_and(|name| *name == text);
            if !is_named {
                last = heading.or(last);
                met.extend(heading);
            }
            let level = match of {
                Some(of) if !is_section && of.level > 1 => of.level,
                _ => 1,
            };
            while open.last().is_some_and(|open| *open >= level) {
                open.pop();
            }
            open.push(level);
            if entry.depth != open.len() {
                faults.add(
                    place,
                    format!(
                        "`{text}` of the contents stands {} deep, and its heading {}",
                        entry.depth,
                        open.len()
                    ),
                );
            }
        }
        if entries.is_empty() {
            faults.add(place, "its contents are empty");
        }
        for (at, heading) in self.all.iter().enumerate() {
            if !heading.is_apart && !met.contains(&at) {
                faults.add(
                    place,
                    format!("its contents do not list “{}”", heading.text),
                );
            }
        }
    }
}

/// The entries of a list of links, with the number of lists around each.
pub(super) fn entries(dom: &Dom, nav: NodeId) -> Vec<Entry> {
    let mut found = Vec::new();
    let mut waiting = vec![(nav, 0)];
    while let Some((id, depth)) = waiting.pop() {
        let node = dom.node(id);
        if node.name == "a" {
            found.push(Entry {
                depth,
                text: dom.words(id),
                address: node.attribute("href").unwrap_or_default().to_owned(),
            });
            continue;
        }
        let depth = depth + usize::from(node.name == "ol");
        waiting.extend(node.children.iter().rev().map(|child| (*child, depth)));
    }
    found
}

/// The points of old contents, with the number of points around each.
pub(super) fn points(dom: &Dom) -> Vec<Entry> {
    let mut found = Vec::new();
    let mut waiting = vec![(ROOT, 0)];
    while let Some((id, depth)) = waiting.pop() {
        let node = dom.node(id);
        if node.name == "pageList" {
            continue;
        }
        let depth = depth + usize::from(node.name == "navPoint");
        if node.name == "navPoint" {
            let child = |name: &str| {
                let mut children = node.children.iter().copied();
                children.find(|child| dom.node(*child).name == name)
            };
            let content = child("content").and_then(|id| dom.node(id).attribute("src"));
            found.push(Entry {
                depth,
                text: child("navLabel")
                    .map(|id| dom.words(id))
                    .unwrap_or_default(),
                address: content.unwrap_or_default().to_owned(),
            });
        }
        waiting.extend(node.children.iter().rev().map(|child| (*child, depth)));
    }
    found
}

fn level(node: &Node) -> Option<usize> {
    ["h1", "h2", "h3", "h4", "h5", "h6"]
        .iter()
        .position(|name| *name == node.name)
        .map(|at| at + 1)
}

/// The letters of a line: signs stand between the marks of notes.
fn letters(line: &str) -> String {
    line.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn is_in(dom: &Dom, id: NodeId, meaning: &str) -> bool {
    above(dom, id).any(|id| dom.node(id).says("epub:type", meaning))
}

fn is_below(dom: &Dom, id: NodeId, element: NodeId) -> bool {
    above(dom, id).any(|id| id == element)
}

/// The elements that one stands in; no edition has more of them.
fn above(dom: &Dom, id: NodeId) -> impl Iterator<Item = NodeId> {
    const MOST: usize = 64;
    std::iter::successors(dom.parent(id), |id| dom.parent(*id)).take(MOST)
}
