//! A document as somebody else's program left it: paragraphs with their looks, tables, notes, pictures, comments. It knows no
//! format and judges nothing.

use crate::read::{Look, Span};

/// A document.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Document {
    /// What it is called, for people: the name of its file.
    pub(crate) name: String,
    /// Its blocks, in reading order.
    pub(crate) blocks: Vec<Block>,
    /// Its notes, in the order of their first references.
    pub(crate) notes: Vec<Note>,
    /// Its pictures, which paragraphs name by their index.
    pub(crate) pictures: Vec<Media>,
    /// The line that stands at the head of its pages, where that may be a title.
    pub(crate) running_head: Option<String>,
    /// What it says of itself.
    pub(crate) properties: Properties,
    /// What was left out or changed while reading, with its words.
    pub(crate) remarks: Vec<Remark>,
    /// All words of the file, counted by other code than that which read the blocks.
    pub(crate) words: Vec<String>,
}

/// What a document says of itself.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Properties {
    /// The title.
    pub(crate) title: Option<String>,
    /// Who made it.
    pub(crate) creators: Vec<String>,
    /// Its language.
    pub(crate) language: Option<String>,
    /// Fields of a piece that it names, by their keys: front matter, and the properties of our own editions.
    pub(crate) fields: Vec<(String, String)>,
    /// Whether it is an edition of ours.
    pub(crate) is_ours: bool,
    /// The SHA-256 of the source that it claims to be made of.
    pub(crate) source: Option<crate::digest::Sha256>,
}

/// A block.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Block {
    /// A paragraph.
    Paragraph(Paragraph),
    /// A table.
    Table(Table),
}

/// A paragraph.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Paragraph {
    /// What it is by its style.
    pub(crate) role: Role,
    /// Its stretches of text.
    pub(crate) spans: Vec<Span>,
    /// The item of a list that it begins or goes on with.
    pub(crate) item: Option<ListItem>,
    /// Whether all of it is bold, or otherwise set off as headings are.
    pub(crate) weight: Weight,
    /// The pictures in it.
    pub(crate) pictures: Vec<Picture>,
    /// What readers remarked on it.
    pub(crate) comments: Vec<Comment>,
    /// What is to be checked about it: a guess of whoever read it.
    pub(crate) check: Option<&'static str>,
    /// Where it stands, for people.
    pub(crate) place: String,
}

/// How heavy a paragraph is as a whole.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Weight {
    /// As any other.
    #[default]
    Plain,
    /// Set off: bold, underlined, or larger than the text.
    Heavy,
}

/// What a paragraph is by its style.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Role {
    /// Text.
    #[default]
    Text,
    /// The series.
    Series,
    /// The title.
    Title,
    /// The subtitle.
    Subtitle,
    /// The names of those who wrote it.
    Byline,
    /// The date.
    Date,
    /// A heading of this level.
    Heading(u8),
    /// The affiliation of somebody.
    Affiliation,
    /// A paragraph of a quotation.
    Quote,
    /// Goes on with the quotation above.
    QuoteNext,
    /// Who said it.
    QuoteSource,
    /// A question of an interview.
    Question,
    /// A picture of who speaks.
    Portrait,
    /// A pull quote.
    Pull,
    /// The caption of a picture or a table.
    Caption,
    /// The caption of a table, above it.
    TableCaption,
    /// Who made a picture.
    Credit,
    /// A break between two thoughts.
    Break,
    /// A heading of the end matter of our editions.
    EndHeading(u8),
    /// A text of the end matter of our editions.
    EndMatter,
}

/// Where in its lists a paragraph stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ListItem {
    /// Which list; paragraphs of one list have the same.
    pub(crate) list: u32,
    /// In how many lists around that.
    pub(crate) depth: usize,
    /// What labels its items.
    pub(crate) label: Label,
    /// Whether the paragraph begins an item, or goes on with one.
    pub(crate) begins: bool,
}

/// What labels the items of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Label {
    /// A sign.
    Bullet,
    /// A number; that of the first item.
    Number(u64),
}

/// A table.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Table {
    /// Its rows, all of one length.
    pub(crate) rows: Vec<Row>,
    /// Whether the first cell of each row heads it.
    pub(crate) row_heads: bool,
    /// Where it stands, for people.
    pub(crate) place: String,
}

/// A row of a table.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Row {
    /// Whether it belongs to the head.
    pub(crate) is_head: bool,
    /// Its cells, each of paragraphs.
    pub(crate) cells: Vec<Vec<Paragraph>>,
}

/// A note.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Note {
    /// Its name, as links to it say it.
    pub(crate) name: String,
    /// Its paragraphs.
    pub(crate) paragraphs: Vec<Paragraph>,
}

/// A picture where it stands.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Picture {
    /// Which of the document's pictures; none where it has no file that can be read.
    pub(crate) media: Option<usize>,
    /// A file that stands elsewhere already.
    pub(crate) path: Option<String>,
    /// What it says to those who do not see it.
    pub(crate) alt: String,
}

/// The file of a picture.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Media {
    /// Its name, safe as the name of a file.
    pub(crate) name: String,
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
    /// Whether a piece can show it.
    pub(crate) is_shown: bool,
}

/// What is told of a comment that was resolved.
pub(crate) const RESOLVED: &str = "a comment that was resolved is left out";

/// What became of a comment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum CommentState {
    /// It waits for an answer.
    #[default]
    Open,
    /// It, or the one that it answers, was resolved.
    Resolved,
}

/// What a reader remarked.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Comment {
    /// Its id in the file.
    pub(crate) id: String,
    /// Who.
    pub(crate) author: String,
    /// When, as a day.
    pub(crate) date: String,
    /// What.
    pub(crate) text: String,
    /// The words that it is about.
    pub(crate) about: String,
    /// What became of it.
    pub(crate) state: CommentState,
}

/// Something to tell of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// How grave.
    pub kind: RemarkKind,
    /// Where: the file and the place in it.
    pub place: String,
    /// What.
    pub message: String,
    /// The words of the input that stand nowhere else than here.
    pub words: String,
}

/// What a remark is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RemarkKind {
    /// Something was guessed: to be checked.
    Guess,
    /// Something is left out, or looks otherwise.
    Lost,
}

impl Remark {
    /// Something guessed.
    pub(crate) fn guess(place: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            kind: RemarkKind::Guess,
            place: place.into(),
            message: message.into(),
            words: String::new(),
        }
    }

    /// Something left out.
    pub(crate) fn lost(
        place: impl Into<String>,
        message: impl Into<String>,
        words: impl Into<String>,
    ) -> Self {
        Self {
            kind: RemarkKind::Lost,
            words: words.into(),
            ..Self::guess(place, message)
        }
    }
}

impl Block {
    /// The paragraph, of one that is running text: in no list, and without a role or a picture.
    pub(crate) fn running(&self) -> Option<&Paragraph> {
        match self {
            Self::Paragraph(p)
                if p.role == Role::Text && p.item.is_none() && p.pictures.is_empty() =>
            {
                Some(p)
            }
            _ => None,
        }
    }
}

impl Paragraph {
    /// Words without any look.
    pub(crate) fn of(words: &str) -> Self {
        Self {
            spans: vec![Span {
                text: words.to_owned(),
                look: Look::default(),
            }],
            ..Self::default()
        }
    }

    /// Its words, marks of notes left out.
    #[must_use]
    pub(crate) fn plain(&self) -> String {
        plain(&self.spans)
    }

    /// Whether it says nothing.
    #[must_use]
    pub(crate) fn is_empty(&self) -> bool {
        self.pictures.is_empty()
            && self.comments.is_empty()
            && self.spans.iter().all(|span| span.text.trim().is_empty())
    }
}

/// The words of spans, marks of notes left out.
pub(crate) fn plain(spans: &[Span]) -> String {
    let words = spans.iter().filter(|span| !is_note(span));
    words.map(|span| span.text.as_str()).collect()
}

/// Whether a span is the mark of a note.
pub(crate) fn is_note(span: &Span) -> bool {
    matches!(span.look.link, Some(crate::read::Link::Note(_)))
}
