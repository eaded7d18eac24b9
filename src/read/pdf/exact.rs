//! Values that the objects of our PDFs have, one and the same in every edition: keys that lack, kinds that objects are said to be of,
//! colours, counts of bookmarks (ISO 32000-1, 7.7, 12.3 and 14.11; ISO 32000-2, 14.7).

use std::collections::HashSet;

use hayro_syntax::Pdf;
use hayro_syntax::object::{
    self, Array, Dict, MaybeRef, Name, Number, Object, ObjectIdentifier, Stream,
};

use super::super::soundness::Faults;
use super::strings;
use super::trees;

/// What the catalogue of every edition has.
const NEEDED: &[&str] = &[
    "Lang",
    "MarkInfo",
    "StructTreeRoot",
    "Metadata",
    "OutputIntents",
    "Outlines",
    "PageLabels",
    "Names",
    "ViewerPreferences",
];
/// What describes its colours (ISO 32000-1, table 365).
const INTENT: &[(&str, &str)] = &[
    ("OutputConditionIdentifier", "sRGB IEC61966-2.1"),
    ("RegistryName", "http://www.color.org"),
    ("Info", "sRGB IEC61966-2.1"),
];
/// Roles that are ours, and what they are in the standard.
const ROLES: &[(&str, &str)] = &[("Em", "Span"), ("Strong", "Span"), ("FENote", "Note")];
/// The namespace of PDF 2.0 (ISO 32000-2, 14.8.6.1).
const NAMESPACE: &str = "http://iso.org/pdf2/ssn";

/// Judges the values of a file of ours that keeps PDF 2.0, or PDF 1.7.
pub(super) fn judge(pdf: &Pdf, catalogue: &Dict<'_>, is_2: bool, faults: &mut Faults) {
    let place = "the catalogue";
    for key in NEEDED.iter().filter(|key| !catalogue.contains_key(key)) {
        faults.add(
            place,
            format!("it says no `{key}`, which every edition does"),
        );
    }
    typed(catalogue, "Catalog", place, faults);
    let version = named(catalogue, "Version");
    if version.is_some_and(|version| version != if is_2 { "2.0" } else { "1.7" }) {
        faults.add(place, "it says that it is of another version");
    }
    // Programs that encrypt a file say there of which version the standard is that they follow.
    let extensions = catalogue.get::<Dict<'_>>("Extensions");
    let is_of_encryption =
        |all: &Dict<'_>| all.contains_key("ADBE") && all.keys().all(|key| key.as_str() == "ADBE");
    if catalogue.contains_key("Extensions") && !extensions.is_some_and(|all| is_of_encryption(&all))
    {
        faults.add(place, "it says `Extensions`, which no edition does");
    }
    let viewer = catalogue.get::<Dict<'_>>("ViewerPreferences");
    let direction = viewer.and_then(|viewer| named(&viewer, "Direction"));
    if direction.is_some_and(|direction| direction != "R2L") {
        faults.add(
            place,
            "it says which way its pages run, which they do anyway",
        );
    }
    let pages = catalogue.get::<Dict<'_>>("Pages").unwrap_or_default();
    let count = pages.get::<Number>("Count").map(|count| count.as_i64());
    if count != i64::try_from(pdf.pages().len()).ok() {
        faults.add(place, "it has more or fewer pages than it says");
    }
    intents(catalogue, faults);
    labels(catalogue, faults);
    if let Some(packet) = catalogue.get::<Stream<'_>>("Metadata") {
        let packet = packet.dict();
        typed(packet, "Metadata", "the metadata", faults);
        if named(packet, "Subtype").as_deref() != Some("XML") {
            faults.add("the metadata", "they are not said to be XML");
        }
        let known = ["Type", "Subtype", "Length", "Filter", "DecodeParms"];
        others(packet, &known, "the metadata", faults);
    }
    if let Some(tree) = catalogue.get::<Dict<'_>>("StructTreeRoot") {
        structure(pdf, catalogue, &tree, is_2, faults);
    }
    outlines(catalogue, faults);
    names(catalogue, is_2, faults);
    annotations(pdf, faults);
}

/// Names stand in their order, in which readers look for them, and lead to elements as well where these can be led to.
fn names(catalogue: &Dict<'_>, is_2: bool, faults: &mut Faults) {
    let place = "the names";
    let names = catalogue.get::<Dict<'_>>("Names").unwrap_or_default();
    let Some(root) = names.get::<Dict<'_>>("Dests") else {
        return faults.add(place, "nothing can be led to");
    };
    let kids = root.get::<Array<'_>>("Kids");
    let kids = kids.iter().flat_map(|kids| kids.iter::<Dict<'_>>());
    for node in kids.chain([root.clone()]) {
        let pairs = node.get::<Array<'_>>("Names");
        let names = pairs.iter().flat_map(|pairs| pairs.iter::<Object<'_>>());
        let names = names.filter_map(|name| match name {
            Object::String(name) => Some(name.as_bytes().to_vec()),
            _ => None,
        });
        if !names.is_sorted() {
            faults.add(place, "they do not stand in their order");
        }
    }
    for (name, destination) in trees::named(&root) {
        let is_right = match &destination {
            Object::Dict(dict) => is_2 && dict.contains_key("D") && dict.contains_key("SD"),
            Object::Array(_) => !is_2,
            _ => false,
        };
        if !is_right {
            let what = format!("the name `{name}` leads elsewhere than names of editions do");
            faults.add(place, what);
        }
    }
}

/// Tells keys that are none of these.
fn others(dict: &Dict<'_>, known: &[&str], place: &str, faults: &mut Faults) {
    for key in dict.keys().filter(|key| !known.contains(&key.as_str())) {
        let what = format!("it says `{}`, which no edition does", key.as_str());
        faults.add(place, what);
    }
}

/// The name that a key has for its value.
fn named(dict: &Dict<'_>, key: &str) -> Option<String> {
    let name = dict.get::<Name<'_>>(key)?;
    Some(name.as_str().to_owned())
}

/// Tells what is not said to be of its kind.
fn typed(dict: &Dict<'_>, kind: &str, place: &str, faults: &mut Faults) {
    if named(dict, "Type").as_deref() != Some(kind) {
        faults.add(place, format!("what is a {kind} is not said to be one"));
    }
}

/// The one output intent.
fn intents(catalogue: &Dict<'_>, faults: &mut Faults) {
    let place = "the catalogue";
    let all = catalogue.get::<Array<'_>>("OutputIntents");
    let all = all.iter().flat_map(|all| all.iter::<Dict<'_>>());
    let all: Vec<Dict<'_>> = all.collect();
    let [own] = &all[..] else {
        return faults.add(place, "its colours are not described once");
    };
    let text = |key: &str| {
        own.get::<object::String<'_>>(key)
            .map(|text| strings::text(&text))
    };
    let is_ours = INTENT
        .iter()
        .all(|(key, value)| text(key).as_deref() == Some(*value));
    let is_kind = named(own, "S").as_deref() == Some("GTS_PDFA1");
    let profile = own.get::<Stream<'_>>("DestOutputProfile");
    let parts = profile.and_then(|profile| profile.dict().get::<Number>("N"));
    let is_of_three = parts.is_some_and(|parts| parts.as_i64() == 3);
    if !(is_ours && is_kind && is_of_three) {
        faults.add(
            place,
            "its colours are described otherwise than in editions",
        );
    }
    typed(own, "OutputIntent", place, faults);
    let known = [
        "Type",
        "S",
        "OutputConditionIdentifier",
        "RegistryName",
        "Info",
        "DestOutputProfile",
    ];
    others(own, &known, place, faults);
}

/// Ranges of labels are decimal numbers from one on, or a word.
fn labels(catalogue: &Dict<'_>, faults: &mut Faults) {
    let tree = catalogue.get::<Dict<'_>>("PageLabels");
    let ranges = tree.as_ref().map(trees::numbers).unwrap_or_default();
    if !ranges.contains_key(&0) {
        let place = "the labels of pages";
        faults.add(place, "the first page has none (ISO 32000-1, 12.4.2)");
    }
    for range in ranges.into_values() {
        let Object::Dict(range) = range else { continue };
        let mut keys: Vec<String> = range.keys().map(|key| key.as_str().to_owned()).collect();
        keys.sort_unstable();
        let is_known = match &keys[..] {
            [own] => own == "P",
            [kind, start] => kind == "S" && start == "St",
            _ => false,
        };
        if !is_known {
            faults.add(
                "the labels of pages",
                "they are made otherwise than in editions",
            );
        }
    }
}

/// The root of the structure.
fn structure(pdf: &Pdf, catalogue: &Dict<'_>, tree: &Dict<'_>, is_2: bool, faults: &mut Faults) {
    let place = "the structure";
    typed(tree, "StructTreeRoot", place, faults);
    let map = tree.get::<Dict<'_>>("RoleMap").unwrap_or_default();
    for (role, to) in ROLES {
        if named(&map, role).as_deref() != Some(*to) {
            faults.add(place, format!("{role} is not said to be {to}"));
        }
    }
    let spaces = tree.get::<Array<'_>>("Namespaces");
    let spaces = spaces.iter().flat_map(|all| all.iter::<Dict<'_>>());
    let spaces: Vec<Dict<'_>> = spaces.collect();
    let is_ours = |space: &Dict<'_>| {
        let name = space.get::<object::String<'_>>("NS");
        let name = name.map(|name| strings::text(&name));
        name.as_deref() == Some(NAMESPACE)
            && space
                .keys()
                .all(|key| matches!(key.as_str(), "Type" | "NS"))
    };
    let is_known = match &spaces[..] {
        [] => !is_2,
        [own] => is_2 && is_ours(own),
        _ => false,
    };
    if !is_known {
        faults.add(place, "its namespaces are not those of editions");
    }
    let entries = tree.get::<Dict<'_>>("ParentTree");
    let entries = entries.as_ref().map(trees::numbers).unwrap_or_default();
    if is_2 {
        super::entries::judge(pdf, catalogue, &entries, faults);
    }
    let pages = pdf.pages().iter();
    let links = pages.map(|page| {
        let all = page.raw().get::<Array<'_>>("Annots");
        all.map_or(0, |all| all.raw_iter().count())
    });
    let needed = pdf.pages().len() + links.sum::<usize>();
    if entries.len() != needed {
        let what = "the tree of parents has entries for other things than its pages and links";
        faults.add(place, what);
    }
    let next = tree
        .get::<Number>("ParentTreeNextKey")
        .map(|next| next.as_i64());
    if next != i64::try_from(needed).ok() {
        faults.add(place, "the tree of parents goes on with another number");
    }
}

/// Bookmarks count those under them, and name the last of these.
fn outlines(catalogue: &Dict<'_>, faults: &mut Faults) {
    /// More are those of no honest file.
    const MOST: usize = 100_000;
    let place = "the bookmarks";
    let Some(root) = catalogue.get::<Dict<'_>>("Outlines") else {
        return;
    };
    typed(&root, "Outlines", place, faults);
    others(&root, &["Type", "First", "Last", "Count"], place, faults);
    let mut seen = HashSet::new();
    let mut waiting = vec![(root.clone(), 0usize)];
    let mut open = 0;
    while let Some((above, depth)) = waiting.pop() {
        let mut count = 0_i64;
        let mut last = None;
        let mut next = above.get::<Dict<'_>>("First");
        while let Some(item) = next.take() {
            let id = item.obj_id();
            if seen.len() > MOST || id.is_some_and(|id| !seen.insert(id)) {
                break;
            }
            count += 1;
            last = id;
            next = item.get::<Dict<'_>>("Next");
            if item.contains_key("First") {
                waiting.push((item, depth + 1));
            } else if item.contains_key("Count") {
                faults.add(place, "one of them counts others that it has not");
            }
        }
        // Those of the title are open, and so are those beside it.
        if depth < 2 {
            open += count;
        }
        let said = above.get::<Number>("Count").map(|said| said.as_i64());
        let is_right = match depth {
            0 => true,
            1 => said.is_some_and(|said| said.abs() == count),
            _ => said == Some(-count),
        };
        if !is_right || above.get_ref("Last").map(ObjectIdentifier::from) != last {
            faults.add(place, "one of them counts or names others than it has");
        }
    }
    if root.get::<Number>("Count").map(|said| said.as_i64()) != Some(open) {
        faults.add(place, "more or fewer of them are open than in editions");
    }
}

/// What is said of links besides where they lie and lead.
fn annotations(pdf: &Pdf, faults: &mut Faults) {
    for (index, page) in pdf.pages().iter().enumerate() {
        let place = format!("page {}", index + 1);
        let id = page.raw().obj_id();
        let all = page.raw().get::<Array<'_>>("Annots");
        for own in all.iter().flat_map(|all| all.iter::<Dict<'_>>()) {
            typed(&own, "Annot", &place, faults);
            let home = own.get_ref("P").map(ObjectIdentifier::from);
            if home.is_some_and(|home| Some(home) != id) {
                faults.add(&place, "a link is said to stand on another page");
            }
        }
    }
}

/// Tells a kid of an element that is no reference of its own kind, or stands where none of it does.
pub(super) fn kids(element: &Dict<'_>, standard: &str) -> Option<&'static str> {
    if named(element, "Type").as_deref() != Some("StructElem") {
        return Some("an element is not said to be one");
    }
    let refers = element.get::<Array<'_>>("Ref");
    if refers.is_some_and(|refers| refers.raw_iter().next().is_none()) {
        return Some("an element speaks of no others, and says so");
    }
    let kids = element.get::<Array<'_>>("K");
    let one = element.get::<Object<'_>>("K").filter(|_| kids.is_none());
    let mut content = kids
        .iter()
        .flat_map(|kids| kids.iter::<Object<'_>>())
        .chain(one);
    let is_nowhere = |kid: &Object<'_>| match kid {
        Object::Number(_) => true,
        Object::Dict(kid) => !kid.contains_key("S") && !kid.contains_key("Pg"),
        _ => false,
    };
    if !element.contains_key("Pg") && content.any(|kid| is_nowhere(&kid)) {
        return Some("it is not said on which page the content of an element stands");
    }
    let kids = kids?;
    let role = |kid: &Dict<'_>| named(kid, "S");
    if standard == "LI" {
        let mut kids = kids.iter::<Dict<'_>>();
        let is_label = kids.next().and_then(|first| role(&first)).as_deref() == Some("Lbl");
        let is_body = kids.all(|kid| role(&kid).as_deref() == Some("LBody"));
        return (!(is_label && is_body)).then_some("the label of an item does not stand before it");
    }
    let mut is_link = false;
    for kid in kids.raw_iter() {
        let is_object = match &kid {
            MaybeRef::NotRef(Object::Dict(kid)) => kid.contains_key("Obj"),
            _ => false,
        };
        if is_link && !is_object {
            return Some("words of a link stand behind its area");
        }
        is_link |= is_object;
    }
    None
}
