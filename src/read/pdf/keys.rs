//! What the objects of our editions say, and nothing besides: a key that none of them has does something to the file that its words
//! do not say (ISO 32000-1, 7.7, 12 and 14).

pub(super) mod attributes;
mod known;
mod needed;

use std::collections::HashSet;

use hayro_syntax::Pdf;
use hayro_syntax::object::{self, Array, Dict, Name, Number, Object, ObjectIdentifier, Stream};

use self::known::{
    ACTION, BOOKMARK, CATALOGUE, DESCENDANT, DESCRIPTOR, ELSEWHERE, FONT, LINK, PAGE, PAGES,
    RESOURCES, ROLES, TREE,
};
use super::super::soundness::Faults;
use super::strings;
use super::structure::element::runs_back;
use super::structure::{Leads, LinkElement};
use super::trees;
use crate::digest::Sha256;

/// Looks for what no edition of ours holds.
pub(super) fn judge(pdf: &Pdf, catalogue: &Dict<'_>, leads: &Leads, faults: &mut Faults) {
    let place = "the catalogue";
    others(catalogue, CATALOGUE, place, faults);
    let mode = catalogue.get::<Name<'_>>("PageMode");
    if mode.is_none_or(|mode| mode.as_str() != "UseOutlines") {
        faults.add(place, "it does not open with its bookmarks");
    }
    let viewer = catalogue
        .get::<Dict<'_>>("ViewerPreferences")
        .unwrap_or_default();
    others(
        &viewer,
        &["DisplayDocTitle", "Direction"],
        "the catalogue",
        faults,
    );
    let marks = catalogue.get::<Dict<'_>>("MarkInfo").unwrap_or_default();
    others(&marks, &["Marked"], place, faults);
    let tree = catalogue
        .get::<Dict<'_>>("StructTreeRoot")
        .unwrap_or_default();
    others(&tree, TREE, "the structure", faults);
    colours(catalogue, faults);
    for (index, page) in pdf.pages().iter().enumerate() {
        let place = format!("page {}", index + 1);
        let raw = page.raw();
        others(raw, PAGE, &place, faults);
        let resources = raw.get::<Dict<'_>>("Resources").unwrap_or_default();
        others(&resources, RESOURCES, &place, faults);
        let all = raw.get::<Array<'_>>("Annots");
        let mut there = HashSet::new();
        let references = all.iter().flat_map(|all| all.raw_iter());
        for reference in references.map(|one| one.as_obj_ref().map(ObjectIdentifier::from)) {
            if reference.is_none_or(|id| !there.insert(id)) {
                faults.add(
                    &place,
                    "a link stands on it twice, or in no object of its own",
                );
            }
        }
        for annotation in all.iter().flat_map(|all| all.iter::<Dict<'_>>()) {
            if annotation.contains_key("A") && annotation.contains_key("Dest") {
                faults.add(&place, "a link leads to two places");
            }
            let kind = annotation.get::<Name<'_>>("Subtype");
            if kind.is_some_and(|kind| kind.as_str() == "Link") {
                link(&annotation, &place, faults);
            }
        }
    }
    for own in &leads.links {
        described(pdf, own, faults);
    }
    let names = catalogue.get::<Dict<'_>>("Names").unwrap_or_default();
    others(&names, &["Dests"], place, faults);
    let destinations = names.get::<Dict<'_>>("Dests");
    for (name, place) in destinations.iter().flat_map(trees::named) {
        let places = match &place {
            Object::Array(place) => vec![place.clone()],
            Object::Dict(place) => ["D", "SD"]
                .iter()
                .filter_map(|key| place.get::<Array<'_>>(key))
                .collect(),
            _ => Vec::new(),
        };
        if places.is_empty() || places.iter().any(is_zoomed) {
            faults.add(
                "the names",
                format!("the name `{name}` leads to its place in another size"),
            );
        }
    }
    roles(&tree, faults);
    above(catalogue, faults);
    needed::judge(pdf, faults);
    boxes(pdf, faults);
    fonts(pdf, faults);
    identifiers(catalogue, leads.notes.len(), faults);
    direction(catalogue, &viewer, faults);
}

/// Whether a place is shown otherwise than the reader has it: in another size, or from another side (ISO 32000-1, table 151).
pub(super) fn is_zoomed(place: &Array<'_>) -> bool {
    let kind = place
        .iter::<Object<'_>>()
        .nth(1)
        .and_then(Object::into_name);
    if kind.is_none_or(|kind| kind.as_str() != "XYZ") {
        return true;
    }
    let mut parts = place.iter::<Object<'_>>().enumerate();
    parts.any(|(index, part)| {
        let number = part.into_number();
        matches!(index, 2 | 4) && number.is_some_and(|number| number.as_f64() != 0.0)
    })
}

/// Names of our own for roles are those that editions have (ISO 32000-1, 14.7.3).
fn roles(tree: &Dict<'_>, faults: &mut Faults) {
    let map = tree.get::<Dict<'_>>("RoleMap").unwrap_or_default();
    for key in map.keys() {
        let to = map.get::<Name<'_>>(key.as_ref());
        let to = to.as_ref().map_or("", |to| to.as_str());
        let known = [("Em", "Span"), ("Strong", "Span"), ("FENote", "Note")];
        if !known.contains(&(key.as_str(), to)) {
            faults.add(
                "the structure",
                format!("{} is said to be {to}", key.as_str()),
            );
        }
    }
}

/// What the nodes above the pages say holds for all of these (ISO 32000-1, 7.7.3.4).
fn above(catalogue: &Dict<'_>, faults: &mut Faults) {
    let mut waiting: Vec<Dict<'_>> = catalogue.get::<Dict<'_>>("Pages").into_iter().collect();
    let mut seen = HashSet::new();
    while let Some(node) = waiting.pop() {
        let is_new = node.obj_id().is_none_or(|id| seen.insert(id));
        if !is_new || !node.contains_key("Kids") {
            continue;
        }
        others(&node, PAGES, "the pages", faults);
        let kids = node.get::<Array<'_>>("Kids");
        waiting.extend(kids.iter().flat_map(|kids| kids.iter::<Dict<'_>>()));
    }
}

/// All pages are of one size, begin at nothing and are shown whole (ISO 32000-1, 14.11.2).
fn boxes(pdf: &Pdf, faults: &mut Faults) {
    let mut size = None;
    for (index, page) in pdf.pages().iter().enumerate() {
        let place = format!("page {}", index + 1);
        let (whole, shown) = (page.media_box(), page.crop_box());
        let sides = [whole.x0, whole.y0, whole.x1, whole.y1];
        let shown = [shown.x0, shown.y0, shown.x1, shown.y1];
        let is_apart = |a: [f64; 4], b: [f64; 4]| a.iter().zip(b).any(|(a, b)| (a - b).abs() > 0.5);
        if is_apart(sides, shown) {
            faults.add(&place, "it is not shown whole");
        }
        // A page of a wide table lies on its side.
        let first = *size.get_or_insert(sides);
        let aside = [first[1], first[0], first[3], first[2]];
        let is_other = is_apart(sides, first) && is_apart(sides, aside);
        if is_other || sides[0].abs() > 0.5 || sides[1].abs() > 0.5 {
            faults.add(&place, "it is of another size or place than the others");
        }
    }
}

/// Fonts say what they are made of, and that under one name (ISO 32000-1, 9.7 and 9.8).
fn fonts(pdf: &Pdf, faults: &mut Faults) {
    let place = "the fonts";
    let mut seen = HashSet::new();
    for page in pdf.pages().iter() {
        let resources = page.raw().get::<Dict<'_>>("Resources").unwrap_or_default();
        let all = resources.get::<Dict<'_>>("Font").unwrap_or_default();
        for font in all
            .keys()
            .filter_map(|key| all.get::<Dict<'_>>(key.as_ref()))
        {
            if font.obj_id().is_some_and(|id| !seen.insert(id)) {
                continue;
            }
            others(&font, FONT, place, faults);
            let descendants = font.get::<Array<'_>>("DescendantFonts");
            let own = descendants
                .and_then(|all| all.iter::<Dict<'_>>().next())
                .unwrap_or_default();
            others(&own, DESCENDANT, place, faults);
            needed::font(&font, &own, faults);
            let descriptor = own.get::<Dict<'_>>("FontDescriptor").unwrap_or_default();
            others(&descriptor, DESCRIPTOR, place, faults);
            let name = |dict: &Dict<'_>, key: &str| {
                let name = dict.get::<Name<'_>>(key);
                name.map_or_else(String::new, |name| name.as_str().to_owned())
            };
            let called = name(&own, "BaseFont");
            let is_called = name(&font, "BaseFont");
            // One of CFF is called by its encoding as well (9.7.6.2).
            let is_one = is_called == called
                || is_called
                    .strip_prefix(&called)
                    .is_some_and(|rest| rest.starts_with('-'));
            if !is_one || name(&descriptor, "FontName") != called {
                faults.add(
                    place,
                    format!(
                        "the font {is_called} is called {called} and {} as well",
                        name(&descriptor, "FontName")
                    ),
                );
            }
            let program = match name(&own, "Subtype").as_str() {
                "CIDFontType2" => "FontFile2",
                _ => "FontFile3",
            };
            if !descriptor.contains_key(program) {
                faults.add(
                    place,
                    format!("the font {called} is of another kind than its program"),
                );
            }
        }
    }
}

/// Pages side by side stand as the document runs (ISO 32000-1, table 150).
fn direction(catalogue: &Dict<'_>, viewer: &Dict<'_>, faults: &mut Faults) {
    let direction = viewer.get::<Name<'_>>("Direction");
    let is_back = direction.is_some_and(|direction| direction.as_str() == "R2L");
    if runs_back(catalogue) != is_back {
        faults.add("the catalogue", "its pages run otherwise than its text");
    }
}

/// Keys of a dictionary that are none of these.
fn others(dict: &Dict<'_>, known: &[&str], place: &str, faults: &mut Faults) {
    for key in dict.keys().filter(|key| !known.contains(&key.as_str())) {
        faults.add(
            place,
            format!("it says `{}`, which no edition does", key.as_str()),
        );
    }
}

/// A link shows nothing, and does nothing but lead.
fn link(annotation: &Dict<'_>, place: &str, faults: &mut Faults) {
    others(annotation, LINK, place, faults);
    let border = annotation.get::<Array<'_>>("Border");
    let mut border = border.iter().flat_map(|border| border.iter::<Object<'_>>());
    let width = border.nth(2).and_then(Object::into_number);
    if width.is_none_or(|width| width.as_f64() != 0.0) {
        faults.add(place, "a link has a border");
    }
    let flags = annotation.get::<Number>("F").map(|flags| flags.as_i64());
    if flags != Some(4) {
        faults.add(place, "a link is not shown and printed as links are");
    }
    if let Some(action) = annotation.get::<Dict<'_>>("A") {
        others(&action, ACTION, place, faults);
        let kind = action.get::<Name<'_>>("S");
        if kind.is_none_or(|kind| kind.as_str() != "URI") {
            faults.add(
                place,
                "a link does something else than to lead to an address",
            );
        }
    }
}

/// The SHA-256 of the profiles that describe the colours of editions.
const PROFILES: &[&str] = &["2d82bd2ba5a8f52836a67ad09feee5ac304eabbf74fe6b871665800990fa050f"];

/// Colours are those of sRGB.
fn colours(catalogue: &Dict<'_>, faults: &mut Faults) {
    let intents = catalogue.get::<Array<'_>>("OutputIntents");
    for intent in intents.iter().flat_map(|all| all.iter::<Dict<'_>>()) {
        let profile = intent.get::<Stream<'_>>("DestOutputProfile");
        let profile = profile.and_then(|profile| profile.decoded_data().ok());
        let is_known = profile
            .is_some_and(|profile| PROFILES.contains(&Sha256::of(&profile).to_string().as_str()));
        if !is_known {
            faults.add(
                "the catalogue",
                "its colours are described by none of our profiles",
            );
        }
        let name = intent.get::<object::String<'_>>("OutputConditionIdentifier");
        let name = name.map(|name| strings::text(&name)).unwrap_or_default();
        if !name.starts_with("sRGB") {
            faults.add(
                "the catalogue",
                format!("its colours are those of “{name}”"),
            );
        }
    }
}

/// A link is described by its words, and by the address to which it leads (ISO 14289-1, 7.18.5).
fn described(pdf: &Pdf, link: &LinkElement, faults: &mut Faults) {
    /// Long words are cut short.
    const DESCRIBED: usize = 500;
    let letters = |text: &str| -> String {
        let line = crate::compose::canonical_line(text);
        line.chars().filter(|c| c.is_alphanumeric()).collect()
    };
    for id in &link.annotations {
        let Some(annotation) = pdf.xref().get::<Dict<'_>>(*id) else {
            continue;
        };
        let Some(said) = annotation.get::<object::String<'_>>("Contents") else {
            continue;
        };
        let said = strings::text(&said);
        let (own, words) = (letters(&said), letters(&link.words));
        let is_long = link.words.chars().count() >= DESCRIBED;
        // Behind the words stands where they lead, unless that is the same. Entries of contents show the number of their page as well.
        let is_described = match own.strip_prefix(&words) {
            _ if own.is_empty() => {
                !said.trim().is_empty() && link.words.trim().starts_with(said.trim())
            }
            Some("") => true,
            Some(_) => said.contains(": "),
            None if is_long => {
                let first = |text: &str| text.chars().take(DESCRIBED / 5).collect::<String>();
                first(&own) == first(&words)
            }
            None => words.starts_with(&own) && link.is_entry(),
        };
        let action = annotation.get::<Dict<'_>>("A");
        let address = action.and_then(|action| action.get::<object::String<'_>>("URI"));
        let address = address.map(|address| strings::text(&address));
        let is_led = address.is_none_or(|address| {
            let rest = own.strip_prefix(&words).filter(|rest| !rest.is_empty());
            let whole = rest.unwrap_or(&own);
            said.ends_with(&address) && (is_long || whole == letters(&address))
        });
        if !is_described || !is_led {
            let words: String = link.words.trim().chars().take(40).collect();
            let said: String = said.chars().take(60).collect();
            faults.add(
                "the links",
                format!("the link of “{words}” is described as “{said}”"),
            );
        }
    }
}

/// The tree of identifiers leads to the elements that have them (ISO 32000-1, 14.7.2).
fn identifiers(catalogue: &Dict<'_>, notes: usize, faults: &mut Faults) {
    let tree = catalogue.get::<Dict<'_>>("StructTreeRoot");
    let tree = tree.and_then(|tree| tree.get::<Dict<'_>>("IDTree"));
    let all: Vec<_> = tree.iter().flat_map(trees::named).collect();
    if all.len() < notes {
        faults.add(
            "the structure",
            "notes cannot be found by their identifiers",
        );
    }
    for (name, element) in all {
        let Object::Dict(element) = element else {
            continue;
        };
        let own = element.get::<object::String<'_>>("ID");
        if own.map(|own| strings::text(&own)).as_ref() != Some(&name) {
            faults.add(
                "the structure",
                format!("the identifier `{name}` leads to an element of another"),
            );
        }
    }
}

/// What a bookmark says that no edition does.
pub(super) fn bookmark(item: &Dict<'_>) -> Option<String> {
    let mut keys = item.keys();
    keys.find(|key| !BOOKMARK.contains(&key.as_str()))
        .map(|key| format!("it says `{}`, which no edition does", key.as_str()))
}

/// What an element of the structure says besides its words.
pub(super) fn element(element: &Dict<'_>, standard: &str) -> Option<String> {
    const ELEMENT: &[&str] = &[
        "Type", "S", "P", "Pg", "K", "Lang", "Alt", "ID", "Ref", "A", "NS",
    ];
    let is_link = element
        .get::<Name<'_>>("S")
        .is_some_and(|name| name.as_str() == "Link");
    let other = ["Alt", "ActualText", "E"];
    if let Some(key) = other
        .into_iter()
        .find(|key| is_link && element.contains_key(key))
    {
        return Some(format!("a link says `{key}`, which no edition does"));
    }
    if !ROLES.contains(&standard) {
        return Some(format!(
            "an element is called {standard}, as none of any edition is"
        ));
    }
    // What elements of each kind say, others do not.
    let misplaced = ELSEWHERE
        .iter()
        .find(|(key, roles)| element.contains_key(key) && !roles.contains(&standard));
    if let Some((key, _)) = misplaced {
        return Some(format!(
            "an element {standard} says `{key}`, which none of any edition does"
        ));
    }
    let mut keys = element.keys();
    keys.find(|key| !ELEMENT.contains(&key.as_str()))
        .map(|key| format!("an element says `{}`, which no edition does", key.as_str()))
}
