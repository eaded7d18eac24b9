//! What the dictionaries of elements say: what stands below them, their attributes, where their links lead.

use hayro_syntax::Pdf;
use hayro_syntax::object::{self, Array, Dict, Name, Number, Object, ObjectIdentifier};

use super::super::super::reading::Link;
use super::super::strings;
use crate::compose::{Head, Shift};

/// The elements right below one.
pub(in super::super) fn elements<'a>(parent: &Dict<'a>) -> Vec<Dict<'a>> {
    let kids = match parent.get::<Array<'a>>("K") {
        Some(kids) => kids
            .iter::<Object<'a>>()
            .filter_map(Object::into_dict)
            .collect(),
        None => parent.get::<Dict<'a>>("K").into_iter().collect::<Vec<_>>(),
    };
    kids.into_iter()
        .filter(|kid| kid.contains_key("S"))
        .collect()
}

/// The dictionaries of an element's attributes (14.7.5).
pub(super) fn attributes<'a>(element: &Dict<'a>) -> Vec<Dict<'a>> {
    match element.get::<Array<'a>>("A") {
        Some(all) => all
            .iter::<Object<'a>>()
            .filter_map(Object::into_dict)
            .collect(),
        None => element.get::<Dict<'a>>("A").into_iter().collect(),
    }
}

/// What a head of a table says that it heads (table 349).
pub(super) fn scope(element: &Dict<'_>) -> Option<Head> {
    attributes(element).iter().find_map(|attributes| {
        let scope = attributes.get::<Name<'_>>("Scope")?;
        match scope.as_str() {
            "Row" => Some(Head::Row),
            "Column" | "Both" => Some(Head::Column),
            _ => None,
        }
    })
}

/// What a list says of its labels (table 347).
pub(super) fn numbering(element: &Dict<'_>) -> String {
    let all = attributes(element);
    let mut names = all
        .iter()
        .filter_map(|own| own.get::<Name<'_>>("ListNumbering"));
    names
        .next()
        .map_or_else(|| "None".to_owned(), |name| name.as_str().to_owned())
}

/// Which way an element says that its lines and columns run (table 344).
pub(super) fn writing(element: &Dict<'_>) -> Option<String> {
    let all = attributes(element);
    let mut modes = all
        .iter()
        .filter_map(|own| own.get::<Name<'_>>("WritingMode"));
    modes.next().map(|mode| mode.as_str().to_owned())
}

/// Whether the lines of a file run from right to left, as its document says.
pub(in super::super) fn runs_back(catalogue: &Dict<'_>) -> bool {
    let tree = catalogue.get::<Dict<'_>>("StructTreeRoot");
    let document = tree.and_then(|tree| elements(&tree).into_iter().next());
    document.is_some_and(|own| writing(&own).as_deref() == Some("RlTb"))
}

/// Whether an element's attributes raise or lower its text: `TextPosition` of PDF 2.0, `BaselineShift` before it.
pub(super) fn shift(element: &Dict<'_>) -> Option<Shift> {
    attributes(element).iter().find_map(|attributes| {
        let position = attributes.get::<Name<'_>>("TextPosition");
        match position.as_ref().map(|name| name.as_str()) {
            Some("Sup") => return Some(Shift::Superscript),
            Some("Sub") => return Some(Shift::Subscript),
            _ => {}
        }
        let shift = attributes.get::<Number>("BaselineShift")?.as_f64();
        match shift {
            shift if shift > 0.0 => Some(Shift::Superscript),
            shift if shift < 0.0 => Some(Shift::Subscript),
            _ => None,
        }
    })
}

/// The annotations that belong to an element (ISO 32000-1, 14.7.4.3).
pub(super) fn annotations(element: &Dict<'_>) -> Vec<ObjectIdentifier> {
    let kids: Vec<Dict<'_>> = match element.get::<Array<'_>>("K") {
        Some(kids) => kids
            .iter::<Object<'_>>()
            .filter_map(Object::into_dict)
            .collect(),
        None => element.get::<Dict<'_>>("K").into_iter().collect(),
    };
    let objects = kids.iter().filter_map(|kid| kid.get_ref("Obj"));
    objects.map(ObjectIdentifier::from).collect()
}

/// Where the annotation of a link leads (12.5.6.5).
pub(super) fn target(pdf: &Pdf, element: &Dict<'_>) -> Option<Link> {
    let reference = annotations(element).into_iter().next()?;
    let annotation: Dict<'_> = pdf.xref().get(reference)?;
    let action = annotation.get::<Dict<'_>>("A");
    let address = action
        .as_ref()
        .and_then(|action| action.get::<object::String<'_>>("URI"));
    if let Some(address) = address {
        return Some(Link::Outside(strings::text(&address)));
    }
    let action = action.unwrap_or_default();
    let names = ["Dest", "D"].into_iter().zip([&annotation, &action]);
    names.into_iter().find_map(|(key, dict)| {
        let named = dict
            .get::<object::String<'_>>(key)
            .map(|text| strings::text(&text));
        let named = named.or_else(|| {
            dict.get::<Name<'_>>(key)
                .map(|name| name.as_str().to_owned())
        });
        named.map(Link::Inside)
    })
}
