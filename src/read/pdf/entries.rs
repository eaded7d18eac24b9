//! Entries of the contents, which in PDF 2.0 name the headings that they lead to (ISO 14289-2, 8.2.5.8).

use std::collections::HashMap;
use std::iter::successors;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, Number, Object, ObjectIdentifier};

use super::super::soundness::Faults;
use super::destinations::{Aim, aim, element};
use super::trees;

/// An entry stands so far above the links in it at most.
const ABOVE: usize = 3;

/// Tells entries that name another element than the one that their links lead to; `elements` are those of pages and links, by the
/// numbers that these have in the tree of parents.
pub(super) fn judge(
    pdf: &Pdf,
    catalogue: &Dict<'_>,
    elements: &HashMap<i64, Object<'_>>,
    faults: &mut Faults,
) {
    let names = catalogue.get::<Dict<'_>>("Names").unwrap_or_default();
    let root = names.get::<Dict<'_>>("Dests");
    let aims: HashMap<String, ObjectIdentifier> = root
        .iter()
        .flat_map(trees::named)
        .filter_map(|(name, to)| Some((name, element(&to)??)))
        .collect();
    for (index, page) in pdf.pages().iter().enumerate() {
        let links = page.raw().get::<Array<'_>>("Annots");
        for link in links.iter().flat_map(|links| links.iter::<Dict<'_>>()) {
            let Some(Aim::Name(name)) = aim(&link) else {
                continue;
            };
            let number = link.get::<Number>("StructParent");
            let words = number.and_then(|number| elements.get(&number.as_i64()));
            let Some(Object::Dict(words)) = words else {
                continue;
            };
            let mut around = successors(Some(words.clone()), parent).take(ABOVE + 1);
            let Some(entry) = around.find(is_entry) else {
                continue;
            };
            let named = entry.get::<Array<'_>>("Ref");
            let is_one = named
                .as_ref()
                .is_some_and(|named| named.raw_iter().count() == 1);
            if !is_one || named.as_ref().and_then(first) != aims.get(&name).copied() {
                faults.add(
                    format!("page {}", index + 1),
                    format!("an entry of the contents does not name what it leads to, `{name}`"),
                );
            }
        }
    }
}

/// The element around an element.
fn parent<'a>(own: &Dict<'a>) -> Option<Dict<'a>> {
    own.get::<Dict<'a>>("P")
}

fn is_entry(own: &Dict<'_>) -> bool {
    let role = own.get::<Name<'_>>("S");
    role.is_some_and(|role| role.as_str() == "TOCI")
}

/// What the first of an array refers to.
fn first(array: &Array<'_>) -> Option<ObjectIdentifier> {
    let first = array.raw_iter().next()?.as_obj_ref()?;
    Some(ObjectIdentifier::from(first))
}
