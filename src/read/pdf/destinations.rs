//! Where names and bookmarks lead (ISO 32000-1, 12.3.2).

use std::collections::{BTreeMap, HashMap};

use hayro_syntax::object::{Array, Dict, Object, ObjectIdentifier};

use super::super::paper::Spot;
use super::strings;
use super::trees;

/// What is known of the places that something may lead to.
pub(super) struct Places<'a> {
    /// The number of each page, from 1.
    pub(super) pages: &'a HashMap<ObjectIdentifier, usize>,
    /// Where the content of each element begins.
    pub(super) elements: &'a HashMap<ObjectIdentifier, Spot>,
}

impl Places<'_> {
    /// Where a destination leads: an array, or a dictionary that holds one.
    pub(super) fn spot(&self, destination: &Object<'_>) -> Option<Spot> {
        match destination {
            Object::Array(array) => self.explicit(array),
            Object::Dict(dict) => self.explicit(&dict.get::<Array<'_>>("D")?),
            _ => None,
        }
    }

    /// `[page /XYZ left top zoom]` and its like; what names no height leads to the top of its page.
    fn explicit(&self, array: &Array<'_>) -> Option<Spot> {
        let target = array.raw_iter().next()?.as_obj_ref()?;
        let target = ObjectIdentifier::from(target);
        let page = self.pages.get(&target).copied();
        let page = page.or_else(|| Some(self.elements.get(&target)?.page))?;
        let mut rest = array.iter::<Object<'_>>().skip(1);
        let kind = rest.next().and_then(Object::into_name);
        let at = match kind.as_ref().map(|kind| kind.as_str()) {
            Some("XYZ") => 1,
            Some("FitH" | "FitBH") => 0,
            _ => return Some(spot(page, f64::MAX, 0.0)),
        };
        let top = rest.nth(at).and_then(Object::into_number);
        Some(spot(page, top.map_or(f64::MAX, |top| top.as_f64()), 0.0))
    }

    /// Where the content of the element begins that a structure destination names.
    fn structure(&self, destination: &Object<'_>) -> Option<Option<Spot>> {
        let element = element(destination)?;
        Some(element.and_then(|element| self.elements.get(&element).copied()))
    }

    /// All names, and those whose place on the page is not that of their element.
    pub(super) fn named(&self, catalogue: &Dict<'_>) -> Named {
        let names = catalogue.get::<Dict<'_>>("Names");
        let tree = names.and_then(|names| names.get::<Dict<'_>>("Dests"));
        let mut all: Vec<(String, Object<'_>)> = tree.iter().flat_map(trees::named).collect();
        // PDF 1.1 has them in a dictionary.
        if let Some(old) = catalogue.get::<Dict<'_>>("Dests") {
            let entries = old.keys().filter_map(|key| {
                let destination = old.get::<Object<'_>>(key.as_ref())?;
                Some((key.as_str().to_owned(), destination))
            });
            all.extend(entries);
        }
        let mut named = Named::default();
        for (name, destination) in all {
            let spot = self.spot(&destination);
            if let (Some(structure), Some(spot)) = (self.structure(&destination), spot)
                && (structure.is_some_and(|structure| !structure.is_at(&spot))
                    || !is_one(&destination))
            {
                named.split.push(name.clone());
            }
            named.spots.extend(spot.map(|spot| (name, spot)));
        }
        named
    }
}

/// The element that a structure destination names (ISO 32000-2, 12.3.2.3); inside nothing where it is none that others can name.
pub(super) fn element(destination: &Object<'_>) -> Option<Option<ObjectIdentifier>> {
    let Object::Dict(dict) = destination else {
        return None;
    };
    let element = dict.get::<Array<'_>>("SD")?.raw_iter().next()?;
    Some(element.as_obj_ref().map(ObjectIdentifier::from))
}

/// Whether a place in the structure is as high as the one on its page.
fn is_one(destination: &Object<'_>) -> bool {
    let Object::Dict(dict) = destination else {
        return true;
    };
    let rest = |key: &str| {
        let place = dict.get::<Array<'_>>(key);
        let parts = place.iter().flat_map(|place| place.iter::<Object<'_>>());
        let numbers = parts.map(|part| part.into_number().map(|number| number.as_f64()));
        numbers.collect::<Vec<_>>()
    };
    let (page, structure) = (rest("D"), rest("SD"));
    page.len() == structure.len() && page.iter().skip(1).eq(structure.iter().skip(1))
}

/// Names with their places.
#[derive(Debug, Default)]
pub(super) struct Named {
    pub(super) spots: BTreeMap<String, Spot>,
    /// Names that lead to one place on a page and to another in the structure.
    pub(super) split: Vec<String>,
}

/// A place in points.
pub(super) fn spot(page: usize, top: f64, size: f64) -> Spot {
    let hundredths = |points: f64| (points.clamp(-1e9, 1e9) * 100.0).round() as i64;
    Spot {
        page,
        top: hundredths(top),
        size: hundredths(size),
    }
}

/// The name to which an annotation or a bookmark leads, or the place itself.
pub(super) enum Aim<'a> {
    Name(String),
    Place(Object<'a>),
}

/// Where an annotation or a bookmark leads inside its file (ISO 32000-1, 12.5.6.5 and 12.6.4.2).
pub(super) fn aim<'a>(dict: &Dict<'a>) -> Option<Aim<'a>> {
    let action = dict.get::<Dict<'a>>("A").unwrap_or_else(Dict::empty);
    [("Dest", dict), ("D", &action)]
        .into_iter()
        .find_map(|(key, dict)| match dict.get::<Object<'a>>(key)? {
            Object::String(name) => Some(Aim::Name(strings::text(&name))),
            Object::Name(name) => Some(Aim::Name(name.as_str().to_owned())),
            other => Some(Aim::Place(other)),
        })
}
