//! What a drawing grows to when its references are followed, counted before anything is: copies of copies double with each
//! step, and so do patterns of patterns.
//!
//! It is walked as it will be drawn, by a purse: every element met costs one, and when it is empty the drawing is refused.

use std::collections::BTreeMap;

use usvg::roxmltree::{Document, Node};

use super::DrawingError;
use super::references::{is_svg, urls};

/// The most elements that a drawing may grow to.
const MAX_ELEMENTS: usize = 200_000;
/// How deep elements may stand in each other, references followed.
const MAX_DEPTH: usize = 48;

/// The properties that elements inside take over.
const INHERITED: [&str; 5] = ["fill", "stroke", "marker-start", "marker-mid", "marker-end"];
/// The properties that concern an element as a whole.
const OF_THE_WHOLE: [&str; 3] = ["clip-path", "mask", "filter"];

/// What a property refers to.
type Reference<'a> = (&'a str, &'a str);

/// The references taken over, in the order of [`INHERITED`].
type TakenOver<'a> = [Option<&'a str>; INHERITED.len()];

struct Walk<'a, 'i> {
    ids: BTreeMap<&'a str, Node<'a, 'i>>,
    /// The references that style sheets give to the elements of a class; to all under no name.
    classes: BTreeMap<&'a str, Vec<Reference<'a>>>,
    left: usize,
}

/// Refuses a drawing that grows too large, or stands in itself.
pub(super) fn bounded(document: &Document<'_>) -> Result<(), DrawingError> {
    let mut ids = BTreeMap::new();
    let mut classes = BTreeMap::new();
    for node in document.descendants().filter(|node| is_svg(*node)) {
        if let Some(id) = node.attribute("id") {
            ids.entry(id).or_insert(node);
        }
        if node.tag_name().name() == "style" {
            let texts = node.children().filter_map(|child| child.text());
            texts.for_each(|text| rules(text, &mut classes));
        }
    }
    let mut walk = Walk {
        ids,
        classes,
        left: MAX_ELEMENTS,
    };
    walk.element(document.root_element(), 0, [None; INHERITED.len()])
}

/// Takes the references out of a style sheet. What selects more than classes is taken to select all.
fn rules<'a>(text: &'a str, classes: &mut BTreeMap<&'a str, Vec<Reference<'a>>>) {
    for rule in text.split('}') {
        let Some((selector, body)) = rule.rsplit_once('{') else {
            continue;
        };
        let found: Vec<Reference<'_>> = references(body).collect();
        if found.is_empty() {
            continue;
        }
        for selector in selector.split(',') {
            let name = selector.rsplit_once('.').map_or("", |(_, name)| name);
            let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
            let name = name.trim();
            let name = if name.chars().all(is_name) { name } else { "" };
            classes.entry(name).or_default().extend(&found);
        }
    }
}

/// The properties of declarations that refer to something, with its id.
fn references(declarations: &str) -> impl Iterator<Item = Reference<'_>> {
    urls(declarations).filter_map(|(before, address)| {
        let declaration = before.rsplit(';').next()?;
        let (property, _) = declaration.split_once(':')?;
        Some((property.trim(), address.strip_prefix('#')?))
    })
}

impl<'a, 'i> Walk<'a, 'i> {
    fn pay(&mut self, elements: usize) -> Result<(), DrawingError> {
        let left = self.left.checked_sub(elements);
        self.left = left.ok_or(DrawingError::TooMuch(
            "grows to more than 200,000 elements when its references are followed",
        ))?;
        Ok(())
    }

    /// Meets an element, and all that is drawn for it.
    fn element(
        &mut self,
        node: Node<'a, 'i>,
        depth: usize,
        mut taken: TakenOver<'a>,
    ) -> Result<(), DrawingError> {
        if !is_svg(node) {
            return Ok(());
        }
        if depth > MAX_DEPTH {
            return Err(DrawingError::TooMuch(
                "has elements inside each other more than 48 deep, or inside themselves",
            ));
        }
        self.pay(1)?;
        for (property, id) in self.properties(node) {
            if let Some(place) = INHERITED.iter().position(|name| *name == property) {
                taken[place] = Some(id);
            } else if property == "marker" {
                taken[2..].fill(Some(id));
            } else if OF_THE_WHOLE.contains(&property) {
                self.inside(id, depth)?;
            }
        }
        let target = link(node);
        match node.tag_name().name() {
            "path" | "polyline" | "polygon" | "line" | "rect" | "circle" | "ellipse" => {
                for (property, id) in INHERITED.iter().zip(taken) {
                    let Some(id) = id else { continue };
                    let before = self.left;
                    self.inside(id, depth)?;
                    if property.starts_with("marker") {
                        self.pay((before - self.left).saturating_mul(corners(node)))?;
                    }
                }
            }
            "use" => {
                if let Some(target) = target.and_then(|id| self.ids.get(id).copied()) {
                    self.element(target, depth + 1, taken)?;
                }
            }
            "pattern" | "feImage" => {
                if let Some(id) = target {
                    self.inside(id, depth)?;
                }
            }
            _ => {}
        }
        for child in node.children() {
            self.element(child, depth + 1, taken)?;
        }
        Ok(())
    }

    /// Meets what stands inside the element that is referred to.
    fn inside(&mut self, id: &'a str, depth: usize) -> Result<(), DrawingError> {
        match self.ids.get(id).copied() {
            Some(node) => self.element(node, depth + 1, [None; INHERITED.len()]),
            None => Ok(()),
        }
    }

    /// The references of an element's own properties.
    fn properties(&self, node: Node<'a, 'i>) -> Vec<Reference<'a>> {
        let mut found = Vec::new();
        let classes = node.attribute("class").unwrap_or_default();
        for class in classes.split_whitespace().chain([""]) {
            found.extend(self.classes.get(class).into_iter().flatten());
        }
        for attribute in node.attributes() {
            let value = attribute.value();
            if attribute.name() == "style" {
                found.extend(references(value));
            } else if let Some((_, address)) = urls(value).next() {
                found.extend(address.strip_prefix('#').map(|id| (attribute.name(), id)));
            }
        }
        found
    }
}

/// What an element stands for.
fn link<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    let mut attributes = node.attributes();
    let link = attributes.find(|attribute| attribute.name() == "href")?;
    link.value().trim().strip_prefix('#')
}

/// At how many corners markers can stand, at most.
fn corners(node: Node<'_, '_>) -> usize {
    let points = node.attribute("d").or(node.attribute("points"));
    points.map_or(2, |points| points.len() / 2 + 1)
}
