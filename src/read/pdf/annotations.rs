//! Links: they say in words where they lead, are part of the structure, and lead somewhere (ISO 14289-1, 7.18).

use std::collections::{HashMap, HashSet};

use hayro_syntax::Pdf;
use hayro_syntax::object::{self, Array, Dict, Name, Number, Object, ObjectIdentifier};

use super::super::soundness::Faults;
use super::strings;
use super::trees::{DEEPEST, numbers};

/// The names that links may lead to (12.3.2.3).
fn names(node: &Dict<'_>, found: &mut HashSet<String>, depth: usize) {
    if depth > DEEPEST {
        return;
    }
    if let Some(pairs) = node.get::<Array<'_>>("Names") {
        for name in pairs.iter::<Object<'_>>().step_by(2) {
            if let Object::String(name) = name {
                found.insert(strings::text(&name));
            }
        }
    }
    let kids = node.get::<Array<'_>>("Kids");
    for kid in kids.iter().flat_map(|kids| kids.iter::<Dict<'_>>()) {
        names(&kid, found, depth + 1);
    }
}

/// What the links of an edition hold.
const LINK: &[&str] = &[
    "Type",
    "Subtype",
    "Rect",
    "Border",
    "BS",
    "Contents",
    "Dest",
    "A",
    "AA",
    "F",
    "StructParent",
    "P",
    "M",
    "NM",
    "QuadPoints",
    "PA",
    "Lang",
    "H",
];

/// Whether an element refers to an annotation.
fn holds(element: &Dict<'_>, annotation: Option<ObjectIdentifier>) -> bool {
    let is_it = |kid: &Dict<'_>| kid.get_ref("Obj").map(ObjectIdentifier::from) == annotation;
    match element.get::<Array<'_>>("K") {
        Some(kids) => kids
            .iter::<Object<'_>>()
            .filter_map(Object::into_dict)
            .any(|kid| is_it(&kid)),
        None => element.get::<Dict<'_>>("K").is_some_and(|kid| is_it(&kid)),
    }
}

/// Links say in words where they lead, are part of the structure, and lead somewhere (ISO 14289-1, 7.18).
pub(super) fn annotations(pdf: &Pdf, catalogue: &Dict<'_>, faults: &mut Faults) {
    let mut known = HashSet::new();
    let tree = catalogue
        .get::<Dict<'_>>("Names")
        .and_then(|names| names.get::<Dict<'_>>("Dests"));
    if let Some(tree) = &tree {
        names(tree, &mut known, 0);
    }
    if let Some(old) = catalogue.get::<Dict<'_>>("Dests") {
        known.extend(old.keys().map(|name| name.as_str().to_owned()));
    }
    let mut entries = HashMap::new();
    let parents = catalogue
        .get::<Dict<'_>>("StructTreeRoot")
        .and_then(|tree| tree.get::<Dict<'_>>("ParentTree"));
    if let Some(parents) = &parents {
        numbers(parents, &mut entries, 0);
    }
    let on_pages: usize = pdf
        .pages()
        .iter()
        .filter_map(|page| page.raw().get::<Array<'_>>("Annots"))
        .map(|all| all.raw_iter().count())
        .sum();
    let in_tree = entries
        .values()
        .filter(|entry| matches!(entry, Object::Dict(_)))
        .count();
    if in_tree > on_pages {
        faults.add("the file", "a link is said that no page shows");
    }
    for (index, page) in pdf.pages().iter().enumerate() {
        let place = format!("page {}", index + 1);
        let all = page.raw().get::<Array<'_>>("Annots");
        let all: Vec<Dict<'_>> = all.iter().flat_map(|all| all.iter::<Dict<'_>>()).collect();
        if !all.is_empty() {
            let tabs = page.raw().get::<Name<'_>>("Tabs");
            if tabs.is_none_or(|tabs| tabs.as_str() != "S") {
                faults.add(&place, "its links are not in the order of the structure");
            }
        }
        for annotation in all {
            let kind = annotation.get::<Name<'_>>("Subtype");
            let kind = kind
                .map(|kind| kind.as_str().to_owned())
                .unwrap_or_default();
            if kind != "Link" {
                faults.add(&place, format!("somebody put an annotation ({kind}) on it"));
                continue;
            }
            let flags = annotation
                .get::<Number>("F")
                .map_or(0, |flags| flags.as_i64());
            // Invisible, hidden, or without a view (table 165).
            if flags & 0b10_0011 != 0 {
                faults.add(&place, "a link is hidden");
            }
            let action = annotation.get::<Dict<'_>>("A");
            let further = action
                .as_ref()
                .is_some_and(|action| action.contains_key("Next"));
            if further || annotation.contains_key("AA") {
                faults.add(&place, "a link does more than to lead");
            }
            if !annotation.contains_key("Contents") {
                faults.add(&place, "a link does not say where it leads");
            }
            for key in annotation
                .keys()
                .filter(|key| !LINK.contains(&key.as_str()))
            {
                faults.add(
                    &place,
                    format!("a link does more than to lead (`{}`)", key.as_str()),
                );
            }
            let border = annotation.get::<Array<'_>>("Border");
            let width = border.and_then(|border| border.iter::<Number>().nth(2));
            if width.is_some_and(|width| width.as_f64() > 2.0) {
                faults.add(&place, "the border of a link covers words");
            }
            let kind = action
                .as_ref()
                .and_then(|action| action.get::<Name<'_>>("S"));
            if kind.is_some_and(|kind| !matches!(kind.as_str(), "URI" | "GoTo"))
                || action
                    .as_ref()
                    .is_some_and(|action| action.contains_key("IsMap"))
            {
                faults.add(&place, "a link does more than to lead");
            }
            let parent = annotation.get::<Number>("StructParent");
            let holder = parent.and_then(|parent| entries.get(&parent.as_i64()));
            if !holder.is_some_and(|holder| matches!(holder, Object::Dict(_))) {
                faults.add(&place, "no tag says the words of a link");
            }
            let id = annotation.obj_id();
            if let Some(Object::Dict(holder)) = holder
                && !holds(holder, id)
            {
                faults.add(&place, "a link is said to belong to another element");
            }
            if !annotation.contains_key("StructParent") {
                faults.add(&place, "a link is no part of the structure");
            }
            let action = annotation.get::<Dict<'_>>("A");
            let name = annotation.get::<object::String<'_>>("Dest");
            let name = name.or_else(|| action.as_ref()?.get::<object::String<'_>>("D"));
            if let Some(name) = name
                .map(|name| strings::text(&name))
                .filter(|name| !known.contains(name))
            {
                faults.add(
                    &place,
                    format!("a link leads to `{name}`, which is not there"),
                );
            }
        }
    }
}
