//! The structure tree in the file: elements, the ways back from the pages, identifiers (ISO 32000-1, 14.7).

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use super::attributes::attributes;
use super::finish::{name_tree, number_tree};
use super::role::{NAMESPACE, ROLE_MAP};
use super::save::Packed;
use super::strings;
use super::tree::{Element, ElementId, Kid, Tree};
use crate::editions::EditionError;
use crate::theme::PdfStandard;

/// An annotation that belongs to an element.
pub(super) struct Owned {
    /// The index of the element.
    pub(super) element: u32,
    /// The annotation.
    pub(super) annotation: ObjectId,
    /// The page it is on.
    pub(super) page: ObjectId,
}

/// The objects of elements and pages, which refer to each other.
pub(super) struct Objects {
    pub(super) pages: Vec<ObjectId>,
    elements: Vec<ObjectId>,
}

impl Objects {
    /// Takes numbers for all of them.
    pub(super) fn of(document: &mut Document, pages: usize, tree: &Tree<'_>) -> Self {
        let mut take = |count| -> Vec<_> { (0..count).map(|_| document.new_object_id()).collect() };
        Self {
            pages: take(pages),
            elements: take(tree.elements.len()),
        }
    }

    /// The object of an element.
    pub(super) fn element(&self, id: ElementId) -> ObjectId {
        self.elements[id.0 as usize]
    }
}

/// Writes the tree; gives its root. `StructParents` of a page is its index; `StructParent` of an annotation is the
/// number of pages and its place among `annotations`.
pub(super) fn write(
    document: &mut Document,
    packed: &mut Packed,
    tree: &Tree<'_>,
    objects: &Objects,
    annotations: &[Owned],
    standard: PdfStandard,
) -> Result<ObjectId, EditionError> {
    let root = document.new_object_id();
    let namespace = (standard == PdfStandard::Ua2).then(|| {
        let namespace = dictionary! { "Type" => "Namespace", "NS" => strings::ascii(NAMESPACE) };
        document.add_object(namespace)
    });
    let written = Written {
        root,
        objects,
        standard,
        namespace,
    };
    let mut owned: BTreeMap<u32, Vec<&Owned>> = BTreeMap::new();
    for annotation in annotations {
        owned
            .entry(annotation.element)
            .or_default()
            .push(annotation);
    }
    let mut names = BTreeMap::new();
    for ((index, element), id) in (0..).zip(&tree.elements).zip(&objects.elements) {
        let owned = owned.get(&index).map_or(&[][..], Vec::as_slice);
        packed.add(*id, written.element(element, owned))?;
        if let Some(name) = element.id {
            names.insert(name, Object::Reference(*id));
        }
    }
    let parents = parents(document, tree, objects, annotations);
    let mut dictionary = dictionary! {
        "Type" => "StructTreeRoot",
        "K" => Object::Reference(objects.elements[0]),
        "ParentTree" => parents,
        "ParentTreeNextKey" => (objects.pages.len() + annotations.len()) as i64,
    };
    let map = ROLE_MAP.map(|(ours, theirs)| (ours.as_bytes().to_vec(), theirs.into()));
    dictionary.set("RoleMap", Dictionary::from_iter(map));
    if let Some(namespace) = namespace {
        dictionary.set("Namespaces", vec![Object::from(namespace)]);
    }
    if !names.is_empty() {
        dictionary.set("IDTree", name_tree(document, names));
    }
    document.set_object(root, dictionary);
    Ok(root)
}

/// What every element is written with.
struct Written<'o> {
    root: ObjectId,
    objects: &'o Objects,
    standard: PdfStandard,
    /// The namespace of PDF 2.0.
    namespace: Option<ObjectId>,
}

impl Written<'_> {
    fn element(&self, element: &Element<'_>, owned: &[&Owned]) -> Dictionary {
        let (objects, standard) = (self.objects, self.standard);
        let parent = element.parent;
        let mut dictionary = dictionary! {
            "Type" => "StructElem",
            "S" => element.role.name(standard),
            "P" => parent.map_or(self.root, |parent| objects.element(parent)),
        };
        if let Some(namespace) = self.namespace.filter(|_| element.role.is_of_pdf_2()) {
            dictionary.set("NS", namespace);
        }
        let home = home(element);
        if let Some(page) = home.and_then(|page| objects.pages.get(page as usize)) {
            dictionary.set("Pg", *page);
        }
        let mut kids = self.kids(element, home, owned);
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
        if !element.refers.is_empty() {
            let refers = element.refers.iter();
            let refers = refers.map(|id| Object::from(objects.element(*id)));
            dictionary.set("Ref", refers.collect::<Vec<_>>());
        }
        if let Some(attributes) = attributes(element, standard) {
            dictionary.set("A", attributes);
        }
        dictionary
    }

    /// The kids of an element whose content begins on a page, annotations last.
    fn kids(&self, element: &Element<'_>, home: Option<u32>, owned: &[&Owned]) -> Vec<Object> {
        let objects = self.objects;
        let mut kids: Vec<Object> = Vec::new();
        for kid in &element.kids {
            match kid {
                Kid::Element(kid) => kids.push(objects.element(*kid).into()),
                Kid::Content(marks) => kids.extend(marks.iter().map(|mark| {
                    if Some(mark.page) == home {
                        return i64::from(mark.number).into();
                    }
                    Object::from(dictionary! {
                        "Type" => "MCR",
                        "Pg" => objects.pages[mark.page as usize],
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
        kids
    }
}

/// The page on which an element's content begins.
fn home(element: &Element<'_>) -> Option<u32> {
    element.kids.iter().find_map(|kid| match kid {
        Kid::Content(marks) => marks.first().map(|mark| mark.page),
        Kid::Element(_) => None,
    })
}

/// The tree that leads from pages and annotations to elements (ISO 32000-1, 14.7.4.4).
fn parents(
    document: &mut Document,
    tree: &Tree<'_>,
    objects: &Objects,
    annotations: &[Owned],
) -> Object {
    let pages = objects.pages.len();
    let mut values = Vec::with_capacity(pages + annotations.len());
    for page in 0..pages {
        let elements = tree.pages.get(page).map_or(&[][..], Vec::as_slice);
        let elements = elements.iter().map(|id| Object::from(objects.element(*id)));
        values.push(Object::Array(elements.collect()));
    }
    let annotations = annotations.iter();
    let owners = annotations.map(|owned| ElementId(owned.element));
    values.extend(owners.map(|id| Object::from(objects.element(id))));
    number_tree(document, values)
}
