//! The ledger: what `docx-rs` has no words for, under ids of ours.
//!
//! Each thing is given a mark, the number of its row. The mark travels through the model of `docx-rs` in a value that it
//! hands on as it is, and [`super::finish`] takes the row by it: each mark comes back exactly once, or there is no edition.
//! Where a mark travels:
//!
//! | what is given | the value that carries the mark |
//! |---|---|
//! | a style | the style's id, after a `!`: `Quote!7` |
//! | language and direction of a run or a paragraph | the id of its style, likewise |
//! | a table's caption | the id of its style, likewise |
//! | a row of a table's head | the row's height; no row of ours has one |
//! | a figure's alternative text | the relationship of its picture |
//! | the number that opens a footnote | the character of a symbol; no symbol is written otherwise |

use std::collections::BTreeSet;

use docx_rs::{Run, Style, Sym, TableRow};

use super::stretches::Flow;
use crate::compose::Foreign;
use crate::piece::{Direction, LanguageTag};
use crate::theme::Hyphens;

/// What is given. Where a row names no language or direction, that of the piece holds.
#[derive(Debug, Clone)]
pub(super) enum Given<'a> {
    /// A style of ours, and whether words are cut in its paragraphs; none where the style that it is based on says so.
    Style(Option<Hyphens>),
    /// A paragraph's direction.
    Paragraph(Direction),
    /// A run's language and how it flows.
    Run(Option<LanguageTag>, Flow),
    /// A table.
    Table {
        /// What it says of itself to those who do not see it.
        caption: Option<String>,
        /// What its first column is.
        first_column: FirstColumn,
        /// The direction in which its columns follow each other.
        direction: Direction,
    },
    /// A row of a table's head.
    HeadRow,
    /// A figure.
    Figure {
        /// Its number in the file, from 1.
        number: usize,
        /// The relationships of its image.
        shown: Shown,
        /// Its alternative text.
        alt: &'a str,
    },
    /// The number that opens the footnote of this id.
    NoteNumber(usize),
}

/// Why a part cannot be finished.
#[derive(Debug, thiserror::Error)]
pub(super) enum Mismatch {
    /// Not well-formed.
    #[error(transparent)]
    Xml(#[from] quick_xml::Error),
    /// Something that was given is in no part.
    #[error("docx-rs left out what it was given: {0}")]
    Missing(String),
    /// An element that should bear an id of ours bears none, a strange one, or one that came already.
    #[error("docx-rs wrote {element} under the id `{id}`, which was not given to it, or not twice")]
    Strange {
        /// The element.
        element: String,
        /// What it bears.
        id: String,
    },
}

impl Mismatch {
    pub(super) fn strange(element: &[u8], id: impl ToString) -> Self {
        Self::Strange {
            element: String::from_utf8_lossy(element).into_owned(),
            id: id.to_string(),
        }
    }
}

/// What the first column of a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FirstColumn {
    /// Its cells head the rows.
    Heads,
    /// As any other.
    Ordinary,
}

/// Everything given, and whether it has come back.
#[derive(Debug, Default)]
pub(super) struct Ledger<'a> {
    /// A row is emptied when its mark comes back.
    rows: Vec<Option<Given<'a>>>,
    figures: usize,
    /// Footnotes and references to them, which have ids by themselves: element and id.
    notes: BTreeSet<(&'static str, usize)>,
}

impl<'a> Ledger<'a> {
    fn give(&mut self, given: Given<'a>) -> String {
        self.rows.push(Some(given));
        (self.rows.len() - 1).to_string()
    }

    fn after(&mut self, style: &str, given: Given<'a>) -> String {
        [style, "!", &self.give(given)].concat()
    }

    /// A style of ours, apart from those that `docx-rs` adds of itself.
    pub(super) fn style(&mut self, mut style: Style, hyphens: Option<Hyphens>) -> Style {
        style.style_id = self.after(&style.style_id, Given::Style(hyphens));
        style
    }

    /// A character style with the language of a foreign span, and how the run flows where that has to be said.
    pub(super) fn run(&mut self, style: &str, foreign: Option<&Foreign>, flow: Flow) -> String {
        let language = foreign.map(|foreign| foreign.tag.clone());
        match (&language, flow) {
            (None, Flow::Plain) => style.to_owned(),
            _ => self.after(style, Given::Run(language, flow)),
        }
    }

    /// A paragraph style with a direction, where that has to be said.
    pub(super) fn paragraph(
        &mut self,
        style: &str,
        direction: Direction,
        piece: Direction,
    ) -> String {
        match (direction, piece) {
            (Direction::LeftToRight, Direction::LeftToRight) => style.to_owned(),
            _ => self.after(style, Given::Paragraph(direction)),
        }
    }

    /// The style of a table with its caption, what its first column is and how its columns run.
    pub(super) fn table(
        &mut self,
        style: &str,
        caption: Option<String>,
        first_column: FirstColumn,
        direction: Direction,
    ) -> String {
        let given = Given::Table {
            caption,
            first_column,
            direction,
        };
        self.after(style, given)
    }

    /// A row of a table's head.
    pub(super) fn head_row(&mut self, row: TableRow) -> TableRow {
        self.rows.push(Some(Given::HeadRow));
        row.row_height((self.rows.len() - 1) as f32)
    }

    /// What stands for the relationship of a figure's image.
    pub(super) fn figure(&mut self, shown: Shown, alt: &'a str) -> String {
        self.figures += 1;
        self.give(Given::Figure {
            number: self.figures,
            shown,
            alt,
        })
    }

    /// A run that shows the number of a footnote, and the footnote and the reference to it that are to come.
    pub(super) fn note(&mut self, style: &str, id: usize) -> Run {
        self.notes.insert(("w:footnote", id));
        self.notes.insert(("w:footnoteReference", id));
        let mark = self.give(Given::NoteNumber(id));
        Run::new().style(style).add_sym(Sym::new("", mark))
    }

    /// Takes what was given under a mark that an element bears.
    pub(super) fn take(&mut self, element: &[u8], mark: &str) -> Result<Given<'a>, Mismatch> {
        let row = mark
            .parse()
            .ok()
            .and_then(|row: usize| self.rows.get_mut(row));
        let given = row.and_then(Option::take);
        given.ok_or_else(|| Mismatch::strange(element, mark))
    }

    /// Meets a footnote or a reference to one.
    pub(super) fn meet(&mut self, element: &'static str, id: usize) -> Result<(), Mismatch> {
        match self.notes.remove(&(element, id)) {
            true => Ok(()),
            false => Err(Mismatch::strange(element.as_bytes(), id)),
        }
    }

    /// Closes the ledger after the last part: everything given has come back.
    pub(super) fn close(self) -> Result<(), Mismatch> {
        if let Some(given) = self.rows.into_iter().flatten().next() {
            return Err(Mismatch::Missing(format!("{given:?}")));
        }
        match self.notes.first() {
            Some((element, id)) => Err(Mismatch::Missing(format!("{element} {id}"))),
            None => Ok(()),
        }
    }
}

/// A style's id, and the mark after it.
pub(super) fn split(carried: &str) -> (&str, Option<&str>) {
    match carried.split_once('!') {
        Some((style, mark)) => (style, Some(mark)),
        None => (carried, None),
    }
}

/// By which relationships an image is shown.
#[derive(Debug, Clone)]
pub(super) struct Shown {
    /// That of its pixels, which every program can show.
    pub(super) pixels: String,
    /// That of the drawing beside them, which newer programs show in their place.
    pub(super) drawing: Option<String>,
}
