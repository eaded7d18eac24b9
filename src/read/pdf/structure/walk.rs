//! What is known while a structure tree is walked.

use std::collections::{HashMap, HashSet};

use hayro_syntax::Pdf;
use hayro_syntax::object::ObjectIdentifier;

use super::super::super::picture::Picture;
use super::super::super::reading::{Look, PageStart, Scribe};
use super::super::content::{Pages, Unsaid};
use super::super::geometry::Bounds;
use super::super::soundness::Elements;
use super::roles::{Around, Roles};

/// What a link to a note says.
pub(super) struct Saying {
    pub(super) page: usize,
    pub(super) says: String,
}

/// What is known while a tree is walked.
pub(super) struct Walk<'a> {
    pub(super) pdf: &'a Pdf,
    pub(super) pages: &'a Pages,
    pub(super) roles: Roles,
    pub(super) language: Option<&'a str>,
    pub(super) text: Scribe,
    pub(super) notes: Scribe,
    /// The page that was met last.
    pub(super) page: Option<ObjectIdentifier>,
    /// The elements that were read: a circle ends here.
    pub(super) seen: HashSet<ObjectIdentifier>,
    /// The marked content that an element holds, read or not.
    pub(super) said: HashSet<(ObjectIdentifier, i64)>,
    /// Where the text comes to another page. It goes back where a figure is put off to the next one.
    pub(super) starts: Vec<PageStart>,
    /// Texts of elements that are not what is drawn.
    pub(super) lies: Vec<Unsaid>,
    pub(super) elements: Elements,
    /// What the figure shows that is being read.
    pub(super) pictured: Option<Bounds>,
    pub(super) picture: Option<Picture>,
    /// What links say of where they lead, with their own words and the page.
    pub(super) sayings: Vec<Saying>,
    /// The elements that have ids.
    pub(super) ids: HashMap<String, ObjectIdentifier>,
}

/// What holds inside an element.
#[derive(Debug, Clone, Default)]
pub(super) struct Context {
    pub(super) look: Look,
    pub(super) depth: usize,
    pub(super) around: Around,
    pub(super) is_note: bool,
    pub(super) is_caption: bool,
    /// How the list that is open says that it counts.
    pub(super) numbering: Option<String>,
    /// The standard role of the element that is open.
    pub(super) role: String,
    pub(super) page: Option<ObjectIdentifier>,
    /// The element that is open.
    pub(super) element: Option<ObjectIdentifier>,
}

impl Walk<'_> {
    /// Takes note of something that no edition has.
    pub(super) fn odd(&mut self, what: String) {
        let number = self.page.and_then(|page| self.pages.numbers.get(&page));
        self.elements
            .oddities
            .push((number.copied().unwrap_or(0), what));
    }
}
