//! The structure tree in the file: elements, the ways back from the pages, identifiers (ISO 32000-1, 14.7).

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use super::finish::{name_tree, number_tree, numbers};
use super::roles::Role;
use super::strings;
use super::tree::{Element, Kid, Tree};
use crate::compose::{Bullet, Labels};

/// An annotation that belongs to an element.
pub(super) struct Owned {
    /// The index of the element.
    pub(super) element: u32,
    /// The annotation.
    pub(super) annotation: ObjectId,
    /// The page it is on.
    pub(super) page: ObjectId,
}

/// Writes the tree; gives its root. `StructParents` of a page is its index; `StructParent` of an annotation is the
/// number of pages and its place among `annotations`.
pub(super) fn write(
    document: &mut Document,
    tree: &Tree<'_>,
    pages: &[ObjectId],
    annotations: &[Owned],
) -> ObjectId {
    let root = document.new_object_id();
    let ids: Vec<ObjectId> = tree
        .elements
        .iter()
        .map(|_| document.new_object_id())
        .collect();
    let mut owned: BTreeMap<u32, Vec<&Owned>> = BTreeMap::new();
    for annotation in annotations {
        owned
            .entry(annotation.element)
            .or_default()
            .push(annotation);
    }
    let mut names = BTreeMap::new();
    for ((index, element), id) in (0..).zip(&tree.elements).zip(&ids) {
        let owned = owned.get(&index).map_or(&[][..], Vec::as_slice);
        let written = written(element, root, &ids, pages, owned);
        document.set_object(*id, written);
        if let Some(name) = element.id {
            names.insert(name, Object::Reference(*id));
        }
    }
    let parents = parents(document, tree, &ids, pages.len(), annotations);
    let mut dictionary = dictionary! {
        "Type" => "StructTreeRoot",
        "K" => Object::Reference(ids[0]),
        "ParentTree" => parents,
        "ParentTreeNextKey" => (pages.len() + annotations.len()) as i64,
    };
    if !names.is_empty() {
        dictionary.set("IDTree", name_tree(document, &names));
    }
    document.set_object(root, dictionary);
    root
}

fn written(
    element: &Element<'_>,
    root: ObjectId,
    ids: &[ObjectId],
    pages: &[ObjectId],
    owned: &[&Owned],
) -> Dictionary {
    let parent = element.parent.map_or(root, |parent| ids[parent.0 as usize]);
    let mut dictionary = dictionary! {
        "Type" => "StructElem",
        "S" => element.role.name(),
        "P" => parent,
    };
    let home = home(element);
    if let Some(page) = home.and_then(|page| pages.get(page as usize)) {
        dictionary.set("Pg", *page);
    }
    let mut kids: Vec<Object> = Vec::new();
    for kid in &element.kids {
        match kid {
            Kid::Element(kid) => kids.push(ids[kid.0 as usize].into()),
            Kid::Content(marks) => kids.extend(marks.iter().map(|mark| {
                if Some(mark.page) == home {
                    return i64::from(mark.number).into();
                }
                Object::from(dictionary! {
                    "Type" => "MCR",
                    "Pg" => pages[mark.page as usize],
                    "MCID" => i64::from(mark.number),
                })
            })),
        }
    }
    kids.extend(owned.iter().map(|owned| {
        Object::from(dictionary! {
            "Type" => "OBJR",
            "Obj" => owned.annotation,
            "Pg" => owned.page,
        })
    }));
    match kids.len() {
        0 => {}
        1 => dictionary.set("K", kids.swap_remove(0)),
        _ => dictionary.set("K", kids),
    }
    if let Some(language) = element.language {
        dictionary.set("Lang", strings::text(language));
    }
    if let Some(alt) = element.alt {
        dictionary.set("Alt", strings::text(alt));
    }
    if let Some(id) = element.id {
        dictionary.set("ID", strings::ascii(id));
    }
    if let Some(attributes) = attributes(element) {
        dictionary.set("A", attributes);
    }
    dictionary
}

/// The page on which an element's content begins.
fn home(element: &Element<'_>) -> Option<u32> {
    element.kids.iter().find_map(|kid| match kid {
        Kid::Content(marks) => marks.first().map(|mark| mark.page),
        Kid::Element(_) => None,
    })
}

/// The attributes of an element (ISO 32000-1, 14.8.5).
fn attributes(element: &Element<'_>) -> Option<Dictionary> {
    let list = |numbering| dictionary! { "O" => "List", "ListNumbering" => numbering };
    Some(match element.role {
        Role::List(Labels::Bullets(Bullet::Disc)) => list("Disc"),
        Role::List(Labels::Bullets(Bullet::Circle)) => list("Circle"),
        Role::List(Labels::Bullets(Bullet::Square)) => list("Square"),
        Role::List(Labels::Numbers) => list("Decimal"),
        Role::HeadCell => dictionary! { "O" => "Table", "Scope" => "Column" },
        Role::Figure => {
            let mut layout = dictionary! { "O" => "Layout", "Placement" => "Block" };
            if let Some(bounds) = element.bounds {
                layout.set("BBox", numbers(&bounds));
            }
            layout
        }
        _ => return None,
    })
}

/// The tree that leads from pages and annotations to elements (ISO 32000-1, 14.7.4.4).
fn parents(
    document: &mut Document,
    tree: &Tree<'_>,
    ids: &[ObjectId],
    pages: usize,
    annotations: &[Owned],
) -> Object {
    let mut values = Vec::with_capacity(pages + annotations.len());
    for page in 0..pages {
        let elements = tree.pages.get(page).map_or(&[][..], Vec::as_slice);
        let elements = elements.iter().map(|id| Object::from(ids[id.0 as usize]));
        values.push(Object::Array(elements.collect()));
    }
    let annotations = annotations.iter();
    values.extend(annotations.map(|owned| Object::from(ids[owned.element as usize])));
    number_tree(document, values)
}
