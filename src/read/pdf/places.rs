//! Places: where bookmarks and names lead (ISO 32000-1, 12.3), and what pages are called (12.4.2).

use std::collections::{HashMap, HashSet};

use hayro_syntax::object::{self, Array, Dict, Name, Number, Object, ObjectIdentifier};

use super::super::marks::{Aim, List, Listed};
use super::strings;

/// Trees are at most so deep, and lists so long.
const DEEPEST: usize = 64;
const MOST: usize = 100_000;

/// The names of places, with the page and the height of each.
pub(super) type Named = HashMap<String, (usize, Option<f64>)>;

/// The places that a file names.
pub(super) fn named(catalogue: &Dict<'_>, numbers: &HashMap<ObjectIdentifier, usize>) -> Named {
    let mut found = Named::new();
    let tree = catalogue
        .get::<Dict<'_>>("Names")
        .and_then(|names| names.get::<Dict<'_>>("Dests"));
    if let Some(tree) = &tree {
        names(tree, numbers, &mut found, 0);
    }
    found
}

fn names(
    node: &Dict<'_>,
    numbers: &HashMap<ObjectIdentifier, usize>,
    found: &mut Named,
    depth: usize,
) {
    if depth > DEEPEST || found.len() > MOST {
        return;
    }
    if let Some(pairs) = node.get::<Array<'_>>("Names") {
        let mut pairs = pairs.iter::<Object<'_>>();
        while let (Some(Object::String(name)), Some(place)) = (pairs.next(), pairs.next()) {
            let array = match place {
                Object::Array(array) => Some(array),
                Object::Dict(dict) => dict.get::<Array<'_>>("D"),
                _ => None,
            };
            if let Some(at) = array.and_then(|array| at(&array, numbers)) {
                found.insert(strings::text(&name), at);
            }
        }
    }
    let kids = node.get::<Array<'_>>("Kids");
    for kid in kids.iter().flat_map(|kids| kids.iter::<Dict<'_>>()) {
        names(&kid, numbers, found, depth + 1);
    }
}

/// The page of an explicit destination, and the height at which the view begins.
fn at(
    array: &Array<'_>,
    numbers: &HashMap<ObjectIdentifier, usize>,
) -> Option<(usize, Option<f64>)> {
    let page = array.raw_iter().next()?.as_obj_ref()?;
    let page = *numbers.get(&ObjectIdentifier::from(page))?;
    let rest: Vec<Object<'_>> = array.iter::<Object<'_>>().skip(1).collect();
    let number = |at: usize| match rest.get(at) {
        Some(Object::Number(number)) => Some(number.as_f64()),
        _ => None,
    };
    let way = match rest.first() {
        Some(Object::Name(name)) => name.as_str().to_owned(),
        _ => String::new(),
    };
    let height = match way.as_str() {
        "XYZ" => number(2),
        "FitH" | "FitBH" => number(1),
        _ => None,
    };
    Some((page, height))
}

/// The bookmarks, in their order (12.3.3).
pub(super) fn bookmarks(
    catalogue: &Dict<'_>,
    numbers: &HashMap<ObjectIdentifier, usize>,
    known: &Named,
) -> Vec<Listed> {
    let outlines = catalogue.get::<Dict<'_>>("Outlines");
    let first = outlines.and_then(|outlines| outlines.get::<Dict<'_>>("First"));
    let mut waiting: Vec<(Dict<'_>, usize)> = first.into_iter().map(|first| (first, 0)).collect();
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    while let Some((item, depth)) = waiting.pop() {
        let is_new = item.obj_id().is_none_or(|id| seen.insert(id));
        if !is_new || found.len() >= MOST {
            continue;
        }
        found.extend(item.get("Title").map(|title| Listed {
            text: strings::text(&title),
            place: "the bookmarks".to_owned(),
            list: List::Bookmarks,
            depth,
            aim: aim(&item, numbers, known),
        }));
        waiting.extend(item.get::<Dict<'_>>("Next").map(|next| (next, depth)));
        waiting.extend(
            item.get::<Dict<'_>>("First")
                .map(|first| (first, depth + 1)),
        );
    }
    found
}

fn aim(item: &Dict<'_>, numbers: &HashMap<ObjectIdentifier, usize>, known: &Named) -> Aim {
    let action = item.get::<Dict<'_>>("A");
    if let Some(action) = &action {
        let kind = action.get::<Name<'_>>("S");
        let kind = kind
            .map(|kind| kind.as_str().to_owned())
            .unwrap_or_default();
        if kind != "GoTo" {
            return Aim::Elsewhere(kind);
        }
        // A place of the structure is one on no page (ISO 32000-2, 12.3.2.3).
        if action.contains_key("SD") {
            return Aim::Unknown;
        }
    }
    let action = action.unwrap_or_default();
    for (dict, key) in [(item, "Dest"), (&action, "D")] {
        if let Some((page, height)) = dict.get::<Array<'_>>(key).and_then(|to| at(&to, numbers)) {
            return Aim::At(page, height);
        }
        let named = dict
            .get::<object::String<'_>>(key)
            .map(|to| strings::text(&to));
        if let Some(name) = named {
            return match known.get(&name) {
                Some((page, height)) => Aim::At(*page, *height),
                None => Aim::Elsewhere(name),
            };
        }
    }
    match item.get::<Array<'_>>("Dest").is_some() {
        true => Aim::Unknown,
        false => Aim::Elsewhere("nothing".to_owned()),
    }
}

/// What pages are called, where they have names: the first of every page's range, counted on.
pub(super) fn labels(catalogue: &Dict<'_>, pages: usize) -> Option<Vec<String>> {
    let tree = catalogue.get::<Dict<'_>>("PageLabels")?;
    let mut ranges = Vec::new();
    gather(&tree, &mut ranges, 0);
    ranges.sort_by_key(|(from, ..)| *from);
    let label = |page: usize| {
        let range = ranges.iter().rfind(|(from, ..)| *from <= page);
        let Some((from, style, prefix, start)) = range else {
            return String::new();
        };
        let number = start + (page - from) as i64;
        match style.as_str() {
            "D" => format!("{prefix}{number}"),
            "" => prefix.clone(),
            style => format!("{prefix}{style}{number}"),
        }
    };
    Some((0..pages).map(label).collect())
}

fn gather(node: &Dict<'_>, ranges: &mut Vec<(usize, String, String, i64)>, depth: usize) {
    if depth > DEEPEST || ranges.len() > MOST {
        return;
    }
    if let Some(pairs) = node.get::<Array<'_>>("Nums") {
        let mut pairs = pairs.iter::<Object<'_>>();
        while let (Some(Object::Number(from)), Some(Object::Dict(range))) =
            (pairs.next(), pairs.next())
        {
            let style = range
                .get::<Name<'_>>("S")
                .map(|own| own.as_str().to_owned());
            let prefix = range.get::<object::String<'_>>("P");
            ranges.push((
                usize::try_from(from.as_i64()).unwrap_or(0),
                style.unwrap_or_default(),
                prefix.map(|own| strings::text(&own)).unwrap_or_default(),
                range.get::<Number>("St").map_or(1, |start| start.as_i64()),
            ));
        }
    }
    let kids = node.get::<Array<'_>>("Kids");
    for kid in kids.iter().flat_map(|kids| kids.iter::<Dict<'_>>()) {
        gather(&kid, ranges, depth + 1);
    }
}
