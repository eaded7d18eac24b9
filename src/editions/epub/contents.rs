//! The contents as a tree: what both navigation documents spell, each place with its turn among all places and pages.

use super::build::Book;
use super::documents::Label;
use crate::editions::xhtml::{Division, NavigationTarget};

/// The places that the contents lead to, and the pages of the paper edition.
pub(super) struct Contents<'b> {
    /// The outermost places.
    pub(super) entries: Vec<Entry>,
    /// The pages whose beginnings the documents mark.
    pub(super) pages: Vec<Page<'b>>,
}

/// A place of the contents.
pub(super) struct Entry {
    /// When a reader meets it, from 1; pages count too.
    pub(super) order: usize,
    /// Its address beside the package document.
    pub(super) address: String,
    /// Its name.
    pub(super) label: Label,
    /// The places inside it.
    pub(super) entries: Vec<Self>,
}

/// The beginning of a page.
pub(super) struct Page<'b> {
    /// When a reader meets it, from 1; places count too.
    pub(super) order: usize,
    /// Its address beside the package document.
    pub(super) address: String,
    /// Its label.
    pub(super) label: &'b str,
}

impl<'b> Contents<'b> {
    /// The contents of a book.
    pub(super) fn of(book: &Book<'b>) -> Self {
        let mut pages = Vec::new();
        let mut tree = Tree::default();
        let mut order = 0;
        for document in book.documents {
            let listed = document.marks.iter().filter(|mark| match mark {
                NavigationTarget::Division(Division::Section(index)) => {
                    book.composition.sections[*index].role.in_contents()
                }
                _ => true,
            });
            for mark in listed {
                order += 1;
                let (level, address, label) = match mark {
                    NavigationTarget::Division(division) => (
                        1,
                        document.address(book.composition, *division),
                        Label::of_division(book.composition, *division),
                    ),
                    NavigationTarget::Heading {
                        anchor,
                        level,
                        text,
                    } => (
                        *level,
                        format!("{}#{anchor}", document.file),
                        Label::of(book.composition, *text),
                    ),
                    NavigationTarget::Page { id, label } => {
                        pages.push(Page {
                            order,
                            address: format!("{}#{id}", document.file),
                            label,
                        });
                        continue;
                    }
                };
                tree.add(
                    level,
                    Entry {
                        order,
                        address,
                        label,
                        entries: Vec::new(),
                    },
                );
            }
        }
        Self {
            entries: tree.finish(),
            pages,
        }
    }

    /// How deep the places stand inside each other.
    pub(super) fn depth(&self) -> usize {
        fn deepest(entries: &[Entry]) -> usize {
            let inside = entries.iter().map(|entry| 1 + deepest(&entry.entries));
            inside.max().unwrap_or_default()
        }
        deepest(&self.entries)
    }
}

/// A tree that grows in reading order.
#[derive(Default)]
struct Tree {
    whole: Vec<Entry>,
    /// The entries that the next may stand in, each inside the one before, with their levels.
    open: Vec<(u8, Entry)>,
}

impl Tree {
    /// Adds an entry inside the last of a higher level.
    fn add(&mut self, level: u8, entry: Entry) {
        self.close(level);
        self.open.push((level, entry));
    }

    /// Closes the entries that nothing of this level stands in.
    fn close(&mut self, level: u8) {
        while let Some((_, entry)) = self.open.pop_if(|(open, _)| *open >= level) {
            match self.open.last_mut() {
                Some((_, outer)) => outer.entries.push(entry),
                None => self.whole.push(entry),
            }
        }
    }

    fn finish(mut self) -> Vec<Entry> {
        self.close(0);
        self.whole
    }
}
