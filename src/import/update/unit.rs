//! Units: what a composition and a document are compared by. A unit is a paragraph, a table, a picture or a note.

use super::super::document::{self, Comment, ListItem, Paragraph, Role};
use crate::compose::Shift;
use crate::diagnostic::FieldPath;
use crate::read::{Link, Span};

/// A sequence of units.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub(super) units: Vec<Unit>,
}

impl Body {
    pub(super) fn push(&mut self, unit: Unit) {
        if !unit.line.is_empty() || !unit.comments.is_empty() || unit.what == What::Picture {
            self.units.push(unit);
        }
    }

    /// Ends a table.
    pub(super) fn close(&mut self, table: &mut Option<Unit>) {
        if let Some(mut table) = table.take() {
            let cells: Vec<&str> = table
                .rows
                .iter()
                .flatten()
                .map(|cell| cell.line.as_str())
                .collect();
            table.line = cells.join(" ");
            self.push(table);
        }
    }
}

/// A unit.
#[derive(Debug, Default, Clone)]
pub(super) struct Unit {
    pub(super) what: What,
    /// What it is by its style, as Word has it.
    pub(super) role: Role,
    pub(super) spans: Vec<Span>,
    /// The words in one line, by which units are compared.
    pub(super) line: String,
    /// The field of the source; of a table that of the block, of a picture that of its alternative text.
    pub(super) origin: FieldPath,
    /// Whether emphasis and strength are those of words, and not of the style.
    pub(super) has_looks: bool,
    /// The paragraph, of a unit of a document.
    pub(super) paragraph: Paragraph,
    /// Where it stands in the document.
    pub(super) place: String,
    pub(super) comments: Vec<Comment>,
    /// The cells of a table.
    pub(super) rows: Vec<Vec<Unit>>,
    /// Which picture it is; pictures that look alike are one.
    pub(super) seen: Option<Seen>,
}

impl Unit {
    /// Whether two units that answer to each other say something else, or the same with other looks.
    pub(super) fn differs(&self, other: &Unit) -> bool {
        if self.what == What::Table {
            return self.rows.len() != other.rows.len()
                || self.rows.iter().zip(&other.rows).any(|(a, b)| {
                    a.len() != b.len() || a.iter().zip(b).any(|(a, b)| a.differs(b))
                });
        }
        self.line != other.line
            || self.seen != other.seen
            || (self.has_looks && looks(&self.spans) != looks(&other.spans))
            || notes(&self.spans) != notes(&other.spans)
    }
}

/// What a unit is.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum What {
    #[default]
    Text,
    Affiliation,
    Heading,
    Item,
    Picture,
    Table,
    Note,
}

/// A picture, by what is seen in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Seen(pub(super) usize);

/// The letters of spans with what is seen of their looks.
fn looks(spans: &[Span]) -> Vec<(char, bool, bool, Shift, Option<Link>)> {
    let mut all = Vec::new();
    for span in spans.iter().filter(|span| !document::is_note(span)) {
        let link = span
            .look
            .link
            .clone()
            .filter(|link| matches!(link, Link::Outside(_)));
        let letters = span.text.chars().filter(|c| c.is_alphanumeric());
        all.extend(letters.map(|c| {
            (
                c,
                span.look.emphasis,
                span.look.strong,
                span.look.shift,
                link.clone(),
            )
        }));
    }
    all
}

/// How many letters stand before each mark of a note.
fn notes(spans: &[Span]) -> Vec<usize> {
    let mut before = 0;
    let mut found = Vec::new();
    for span in spans {
        match document::is_note(span) {
            true => found.push(before),
            false => before += span.text.chars().filter(|c| c.is_alphanumeric()).count(),
        }
    }
    found
}

/// The place of a paragraph of a document in its lists.
pub(super) fn item(unit: &Unit) -> Option<&ListItem> {
    unit.paragraph.item.as_ref()
}
