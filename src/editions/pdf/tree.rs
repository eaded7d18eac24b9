//! The structure tree as a value: elements, and what of the pages belongs to them. Which elements a piece has is for `roles`,
//! how they stand in the file for `tags`.

use std::collections::BTreeMap;

use crate::compose::{Anchor, BlockId, Heading, ItemId, NoteId, Shift, Target, TextId};
use crate::typeset::{ContentsPart, Owner};

use super::role::Role;
use crate::piece::Direction;

/// Names an element of the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ElementId(pub(super) u32);

/// The tree, and the ways into it from the layout.
#[derive(Debug, Default)]
pub(super) struct Tree<'a> {
    /// The elements; the first is the document.
    pub(super) elements: Vec<Element<'a>>,
    /// For each page the elements of its marked contents by their numbers.
    pub(super) pages: Vec<Vec<ElementId>>,
    /// By text id, where the text's spans belong.
    texts: Vec<Vec<Stretch>>,
    labels: BTreeMap<ItemId, Slot>,
    note_labels: BTreeMap<NoteId, Slot>,
    figures: BTreeMap<BlockId, Slot>,
    contents: BTreeMap<ContentsPart, Slot>,
    /// The elements that anchors name.
    anchors: BTreeMap<&'a str, ElementId>,
}

/// An element.
#[derive(Debug)]
pub(super) struct Element<'a> {
    pub(super) role: Role,
    pub(super) parent: Option<ElementId>,
    pub(super) kids: Vec<Kid>,
    /// Its language, where that is not the piece's.
    pub(super) language: Option<&'a str>,
    /// What is said in place of an image.
    pub(super) alt: Option<&'a str>,
    /// Its identifier.
    pub(super) id: Option<&'a str>,
    /// Where a link leads.
    pub(super) target: Option<Leads<'a>>,
    /// The words of a link.
    pub(super) words: String,
    /// The elements that it speaks of.
    pub(super) refers: Vec<ElementId>,
    /// Whether it is raised or lowered, and how far in points once it is on a page.
    pub(super) shift: (Shift, Option<f32>),
    /// The direction of its lines and columns, where that is not the one of what it stands in.
    pub(super) writing: Option<Direction>,
    /// The box of a figure on its page: left, bottom, right, top in points from the page's lower left corner.
    pub(super) bounds: Option<[f32; 4]>,
}

/// Where a link leads.
#[derive(Debug, Clone, Copy)]
pub(super) enum Leads<'a> {
    /// As a span says.
    To(&'a Target),
    /// From a note back to its reference.
    Back(NoteId),
    /// From the contents to a heading.
    Heading(&'a Heading),
}

/// A kid of an element.
#[derive(Debug)]
pub(super) enum Kid {
    Element(ElementId),
    /// Stretches of marked content that follow each other.
    Content(Vec<Marked>),
}

/// A stretch of marked content: the page's index and the number on that page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Marked {
    pub(super) page: u32,
    pub(super) number: u32,
}

/// A place in the tree where content belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slot {
    pub(super) element: ElementId,
    kid: u32,
}

/// The spans of a text up to an index (not included), and where they belong.
#[derive(Debug)]
struct Stretch {
    end: u32,
    slot: Slot,
}

impl<'a> Tree<'a> {
    /// Adds an element as the last kid of its parent.
    pub(super) fn add(&mut self, parent: Option<ElementId>, role: Role) -> ElementId {
        let id = self.next();
        self.elements.push(Element {
            role,
            parent,
            kids: Vec::new(),
            language: None,
            alt: None,
            id: None,
            target: None,
            words: String::new(),
            refers: Vec::new(),
            shift: (Shift::None, None),
            writing: None,
            bounds: None,
        });
        if let Some(parent) = parent {
            self.element_mut(parent).kids.push(Kid::Element(id));
        }
        id
    }

    /// The element that is added next.
    pub(super) fn next(&self) -> ElementId {
        ElementId(u32::try_from(self.elements.len()).unwrap_or(u32::MAX))
    }

    /// An element.
    pub(super) fn element(&self, id: ElementId) -> &Element<'a> {
        &self.elements[id.0 as usize]
    }

    /// An element, to be changed.
    pub(super) fn element_mut(&mut self, id: ElementId) -> &mut Element<'a> {
        &mut self.elements[id.0 as usize]
    }

    /// The innermost element of a role that an element is or stands in: the words of a link may be emphasised.
    pub(super) fn around(&self, id: ElementId, role: Role) -> Option<ElementId> {
        let parent = |id: &ElementId| self.element(*id).parent;
        std::iter::successors(Some(id), parent).find(|id| self.element(*id).role == role)
    }

    /// A place for content as the last kid of an element.
    pub(super) fn slot(&mut self, element: ElementId) -> Slot {
        let kids = &mut self.element_mut(element).kids;
        kids.push(Kid::Content(Vec::new()));
        let kid = u32::try_from(kids.len() - 1).unwrap_or(u32::MAX);
        Slot { element, kid }
    }

    /// Says where the next spans of a text belong, up to an index.
    pub(super) fn place_text(&mut self, text: TextId, end: usize, slot: Slot) {
        let index = text.0 as usize;
        if self.texts.len() <= index {
            self.texts.resize_with(index + 1, Vec::new);
        }
        let end = u32::try_from(end).unwrap_or(u32::MAX);
        self.texts[index].push(Stretch { end, slot });
    }

    /// Says which element an anchor names; the last said counts.
    pub(super) fn name(&mut self, anchor: &'a Anchor, element: ElementId) {
        self.anchors.insert(anchor.as_str(), element);
    }

    /// The element that an anchor names; the document where none is.
    pub(super) fn named(&self, anchor: &str) -> ElementId {
        self.anchors.get(anchor).copied().unwrap_or(ElementId(0))
    }

    /// Says where the label of a list's item belongs.
    pub(super) fn place_label(&mut self, item: ItemId, slot: Slot) {
        self.labels.insert(item, slot);
    }

    /// Says where the number of a note belongs.
    pub(super) fn place_note_label(&mut self, note: NoteId, slot: Slot) {
        self.note_labels.insert(note, slot);
    }

    /// Says where a figure's image belongs.
    pub(super) fn place_figure(&mut self, block: BlockId, slot: Slot) {
        self.figures.insert(block, slot);
    }

    /// Says where a part of the contents belongs.
    pub(super) fn place_contents(&mut self, part: ContentsPart, slot: Slot) {
        self.contents.insert(part, slot);
    }

    /// Where the glyphs of a run belong; nowhere when the layout shows what is not in the tree.
    pub(super) fn find(&self, owner: Owner, span: u32) -> Option<Slot> {
        match owner {
            Owner::Text(text) => {
                let stretches = self.texts.get(text.0 as usize)?;
                // Stretches are in order, and a text may have as many as links.
                let index = stretches.partition_point(|stretch| stretch.end <= span);
                stretches.get(index).map(|stretch| stretch.slot)
            }
            Owner::Label(item) => self.labels.get(&item).copied(),
            Owner::NoteLabel(note) => self.note_labels.get(&note).copied(),
            Owner::Contents(part) => self.contents.get(&part).copied(),
            Owner::Artifact => None,
        }
    }

    /// Where the image of a figure belongs.
    pub(super) fn find_figure(&self, block: BlockId) -> Option<Slot> {
        self.figures.get(&block).copied()
    }

    /// Takes the next number on a page for content at a place.
    pub(super) fn mark(&mut self, slot: Slot, page: usize) -> u32 {
        if self.pages.len() <= page {
            self.pages.resize_with(page + 1, Vec::new);
        }
        let numbers = &mut self.pages[page];
        let number = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
        numbers.push(slot.element);
        let kids = &mut self.element_mut(slot.element).kids;
        if let Some(Kid::Content(marks)) = kids.get_mut(slot.kid as usize) {
            let page = u32::try_from(page).unwrap_or(u32::MAX);
            marks.push(Marked { page, number });
        }
        number
    }
}
