//! The checked piece: what the author wrote, every value parsed into a type that cannot be wrong, markup read, images at hand.
//!
//! Only [`super::check`] makes one, of a piece in which it found no error. What prints nothing, an editor's question, is no
//! part of it.

use crate::diagnostic::FieldPath;
use crate::piece::{Address, ColumnStyle, Image, LanguageTag, Orcid, Role, Ror};

pub use super::front::{Accessibility, Front, Named};
pub use super::life::Correction;

/// A piece that every edition can be made of.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckedPiece {
    /// What is said of the piece as a whole.
    pub front: Front,
    /// Blocks before the first statement.
    pub introduction: Vec<Block>,
    /// The contributors, in order; at least one.
    pub contributors: Vec<Contributor>,
    /// The footnotes that [`Inline::Note`] names, by their numbers in this list.
    pub notes: Vec<Text>,
    /// The SHA-256 of the source file in lower-case hexadecimal.
    pub source_hash: String,
}

/// One contributor and their answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Contributor {
    /// The name as it is printed.
    pub name: String,
    /// The name as catalogues sort it.
    pub sort_name: Option<String>,
    /// The affiliation.
    pub affiliation: Option<String>,
    /// What they did.
    pub role: Role,
    /// The id by which the project knows them.
    pub person: Option<String>,
    /// Their ORCID.
    pub orcid: Option<Orcid>,
    /// The ROR identifier of the affiliation.
    pub ror: Option<Ror>,
    /// Their page.
    pub url: Option<Address>,
    /// A short biography.
    pub bio: Option<Text>,
    /// A portrait.
    pub portrait: Option<Picture>,
    /// The language of the name, where that is not the piece's.
    pub name_language: Option<LanguageTag>,
    /// The language of the statement, where that is not the piece's.
    pub language: Option<LanguageTag>,
    /// The statement; at least one block.
    pub statement: Vec<Block>,
}

/// An image with the words that stand in for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// The image.
    pub image: Image,
    /// What it says, for those who do not see it.
    pub alt: String,
    /// The field that names the image.
    pub origin: FieldPath,
}

/// A text with its markup read.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    /// Its elements.
    pub inlines: Vec<Inline>,
    /// The field that it came from.
    pub origin: FieldPath,
}

impl Text {
    /// The words: markup and the marks of notes left out.
    #[must_use]
    pub fn plain(&self) -> String {
        let mut words = String::new();
        plain(&self.inlines, &mut words);
        words
    }
}

fn plain(inlines: &[Inline], words: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => words.push_str(text),
            Inline::Note(_) => {}
            Inline::Emphasis(content)
            | Inline::Strong(content)
            | Inline::Superscript(content)
            | Inline::Subscript(content)
            | Inline::Link { content, .. }
            | Inline::Foreign { content, .. } => plain(content, words),
        }
    }
}

/// One inline element.
#[derive(Debug, Clone, PartialEq)]
pub enum Inline {
    /// Plain text, never empty.
    Text(String),
    /// Emphasis.
    Emphasis(Vec<Inline>),
    /// Strong emphasis.
    Strong(Vec<Inline>),
    /// Superscript.
    Superscript(Vec<Inline>),
    /// Subscript.
    Subscript(Vec<Inline>),
    /// A link.
    Link {
        /// Where it leads.
        to: Address,
        /// Its text.
        content: Vec<Inline>,
    },
    /// A span in another language.
    Foreign {
        /// The language.
        language: LanguageTag,
        /// The text in that language.
        content: Vec<Inline>,
    },
    /// A reference to a note.
    Note(NoteIndex),
}

/// Names a note of the piece: an index into [`CheckedPiece::notes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoteIndex(pub(crate) usize);

/// A block, which is a [`BlockKind`] in a section and [`Content`] in the item of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Block<K = BlockKind> {
    /// The field that it came from.
    pub origin: FieldPath,
    /// A language of its own.
    pub language: Option<LanguageTag>,
    /// What it is.
    pub kind: K,
}

/// What a block of an introduction or a statement is.
#[derive(Debug, Clone, PartialEq)]
pub enum BlockKind {
    /// A heading.
    Heading(Text),
    /// A heading one level below.
    Subheading(Text),
    /// A pull quote.
    Pull(Text),
    /// A break between two thoughts.
    Break,
    /// What can stand in the item of a list as well.
    Content(Content),
}

/// What a block is that can stand in a section and in the item of a list.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// A paragraph.
    Paragraph(Text),
    /// A quotation set off from the text.
    Quote {
        /// Its paragraphs.
        paragraphs: Vec<Text>,
        /// Who said it.
        by: Option<Text>,
    },
    /// A list.
    List {
        /// Numbered, else bulleted.
        numbered: bool,
        /// Its items, each the blocks that it is made of.
        items: Vec<Vec<Block<Content>>>,
    },
    /// A figure.
    Figure(Figure),
    /// A table.
    Table(Table),
}

/// An image set in the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// The image with its words.
    pub picture: Picture,
    /// The caption.
    pub caption: Option<Text>,
    /// Who made the image.
    pub credit: Option<Text>,
    /// How much of the measure it fills, in percent.
    pub width: Option<u8>,
}

/// A table; every row has the same number of cells.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The caption.
    pub caption: Option<Text>,
    /// The rows of the head, at least one.
    pub header: Vec<Vec<Text>>,
    /// The rows of the body, at least one.
    pub rows: Vec<Vec<Text>>,
    /// Whether the first cell of each row of the body heads its row.
    pub row_heads: bool,
    /// What its columns are like, as many as it has, or none where nothing is said.
    pub columns: Vec<ColumnStyle>,
}
