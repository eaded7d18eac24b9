//! The composition: what every edition prints, all text final.
//!
//! Texts live in one arena and are named by [`TextId`], so that the [`crate::typeset::Layout`] and every writer
//! speak of the same text without copying it. Text ids and block ids ascend in reading order.

use std::fmt;
use std::ops::Index;

use crate::diagnostic::{FieldPath, Finding};
use crate::piece::{Address, Direction, Image, LanguageTag, Life};

use super::block::{Block, BlockKind};
use super::digits::Digits;
use super::house::PlacedLogo;
use super::kind::Kind;
use super::record::Record;
use super::section_role::SectionRole;
use super::words::Words;

/// A piece as every edition prints it.
#[derive(Debug, Clone)]
pub struct Composition {
    /// What catalogues and file properties say.
    pub record: Record,
    /// Whether and where the piece is published; printed nowhere.
    pub life: Life,
    /// What a review edition says of itself on its first page and above every other; no part of the text.
    pub mark: Option<String>,
    /// The interface words in the piece's language.
    pub words: &'static Words,
    /// Their language, where that is not the piece's: English, in a piece whose language has no words here.
    pub words_language: Option<Foreign>,
    /// The digits of generated numbers.
    pub digits: Digits,
    /// The running head's two parts.
    pub running_head: RunningHead,
    /// What stands above the first statement.
    pub title_block: TitleBlock,
    /// Introduction, statements and end matter, in reading order.
    pub sections: Vec<Section>,
    /// The footnotes in the order of their first reference.
    pub notes: Vec<Note>,
    /// The images that figures name.
    pub images: Vec<Image>,
    /// The fields that named them first, in the same order.
    pub image_fields: Vec<FieldPath>,
    /// The most pixels to the inch that a picture has in print.
    pub max_dpi: u16,
    /// A cover of the piece's own: the image and its alternative text.
    pub cover: Option<(ImageId, String)>,
    /// Words with their permitted breaks: each is a word cut into its parts.
    pub hyphenation: Vec<Vec<String>>,
    /// Every text of the piece; see [`TextId`].
    pub texts: Vec<Text>,
    /// What was noticed while composing.
    pub findings: Vec<Finding>,
}

impl Composition {
    /// An interface word as a span, marked with its language where that is not the piece's.
    #[must_use]
    pub fn word(&self, word: &str) -> Span {
        Span::words(word, self.words_language.as_ref())
    }

    /// The headings that contents on paper list: names and headings of the text, and what follows it.
    #[must_use]
    pub fn contents(&self) -> Vec<&Heading> {
        let listed = |role: SectionRole| role.in_contents() && role != SectionRole::Summary;
        let sections = self.sections.iter();
        let sections = sections.filter(|section| listed(section.role));
        let inside = |block: &Block| match &block.kind {
            BlockKind::Heading(heading) => {
                let kind = self[heading.text].kind;
                matches!(kind, Kind::Heading2 | Kind::Heading3)
            }
            _ => false,
        };
        let headings = sections.flat_map(|section| {
            let blocks = section.blocks.iter().filter(move |block| inside(block));
            let blocks = blocks.filter_map(|block| match &block.kind {
                BlockKind::Heading(heading) => Some(heading),
                _ => None,
            });
            section.heading.iter().chain(blocks)
        });
        headings.collect()
    }

    /// The name of a section that has no heading, for whoever cannot see that.
    #[must_use]
    pub fn unheaded(&self, role: SectionRole) -> &'static str {
        match role {
            SectionRole::Colophon => &self.words.colophon,
            _ => &self.words.introduction,
        }
    }

    /// The description of a drawn cover from the words that stand on it.
    #[must_use]
    pub fn cover_description(&self, words: &str) -> String {
        match &self.words_language {
            None => self.words.cover_description(words),
            // A description has one language, and these words are in the piece's.
            Some(_) => words.to_owned(),
        }
    }

    /// The date as it is printed, without its label: for places that have no need of one.
    #[must_use]
    pub fn date_line(&self) -> String {
        let line = self[self.title_block.date].plain();
        let date = line.strip_prefix(&self.words.date).unwrap_or(&line);
        date.trim().to_owned()
    }
}

impl Composition {
    /// The direction of the columns that a text and its neighbours stand in; that of the piece where there is no text.
    #[must_use]
    pub fn column(&self, text: Option<TextId>) -> Direction {
        text.map_or(self.record.direction, |text| self[text].column)
    }
}

impl Index<TextId> for Composition {
    type Output = Text;

    fn index(&self, id: TextId) -> &Text {
        &self.texts[id.0 as usize]
    }
}

impl Index<ImageId> for Composition {
    type Output = Image;

    fn index(&self, id: ImageId) -> &Image {
        &self.images[id.0 as usize]
    }
}

/// Names a text of the composition; ascending in reading order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextId(pub u32);

/// Names a block of the composition; ascending in reading order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlockId(pub u32);

impl BlockId {
    /// The cover, where an edition shows it as a page of its own; no block of a piece has this id.
    pub const COVER: Self = Self(u32::MAX);
}

/// Names an item of a list; ascending in reading order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId(pub u32);

/// Names an image of the composition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ImageId(pub u32);

/// Names a footnote: an index into [`Composition::notes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoteId(pub u32);

/// A place that links can lead to: ASCII letters, digits and underscores, a letter first, at most 40 characters,
/// unique in the piece (a bookmark's name in Word, an `id` in XHTML, a named destination in PDF).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Anchor(pub(super) String);

impl Anchor {
    /// The anchor's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Anchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The level of a heading: 1 for the title, 2 for contributors, 3 and 4 inside statements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Level(pub(super) u8);

impl Level {
    /// The level as a number, 1 to 4.
    #[must_use]
    pub fn number(self) -> u8 {
        self.0
    }
}

/// A text: spans that follow each other without anything between.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    /// What it is.
    pub kind: Kind,
    /// The spans, none empty.
    pub spans: Vec<Span>,
    /// The field that the text came from.
    pub origin: FieldPath,
    /// The language that it is in, where that is not the piece's: it is set as that language is. Words in it may be in others.
    pub language: Option<Foreign>,
    /// Who meets it.
    pub reading: Reading,
    /// The places at which no line may end, each as the last byte before it in the concatenation of the spans, ascending: spaces,
    /// and in the cells of tables whatever stands inside a number, a date or a code.
    pub ties: Vec<u32>,
    /// The direction in which it is read: the base of the order of its words (UAX 9).
    pub direction: Direction,
    /// The direction of the column that it stands in, from whose start its lines begin.
    pub column: Direction,
}

/// Who meets a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// Everybody: it is part of what is read.
    Text,
    /// The eye alone: its words stand elsewhere in the text.
    Decoration,
}

impl Text {
    /// The words alone: markup and the marks of notes left out.
    #[must_use]
    pub fn plain(&self) -> String {
        let words = self.words();
        words.map(|span| span.text.as_str()).collect()
    }

    /// The spans with words of the text: all but the marks of notes.
    pub fn words(&self) -> impl Iterator<Item = &Span> {
        self.spans.iter().filter(|span| !span.is_mark())
    }
}

/// A stretch of text with one look, one language and one target.
#[derive(Debug, Clone, PartialEq)]
pub struct Span {
    /// The characters; for a note reference its mark.
    pub text: String,
    /// Emphasised.
    pub emphasis: bool,
    /// How emphasis is shown in its script.
    pub stress: Stress,
    /// Strong.
    pub strong: bool,
    /// Raised or lowered.
    pub shift: Shift,
    /// Its language, where that is not the piece's.
    pub language: Option<Foreign>,
    /// Where it leads.
    pub target: Option<Target>,
}

impl Span {
    /// Whether it is the mark of a note, or parts two marks: no word of the text.
    #[must_use]
    pub fn is_mark(&self) -> bool {
        self.shift == Shift::Mark
    }
}

/// How words are shown to be emphasised: not every script has a slant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stress {
    /// By a slant: Latin, Greek and Cyrillic.
    #[default]
    Slant,
    /// By weight: scripts whose faces have no slant.
    Weight,
    /// By a dot at each character: ideographs, kana and Hangul.
    Dots,
}

/// The language of a span that is not in the piece's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Foreign {
    /// The language.
    pub tag: LanguageTag,
    /// Its direction.
    pub direction: Direction,
}

impl Foreign {
    /// English, in a piece that is not.
    ///
    /// # Panics
    /// Never: `en` is a language tag.
    #[must_use]
    pub fn english() -> Self {
        Self {
            tag: LanguageTag::parse("en").expect("`en` is a language tag"),
            direction: Direction::LeftToRight,
        }
    }
}

/// Raised or lowered text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shift {
    /// On the baseline.
    #[default]
    None,
    /// Superscript.
    Superscript,
    /// Subscript.
    Subscript,
    /// Raised, and no word of the text: the mark of a note, a way back from one, and what parts two marks.
    Mark,
}

/// Where a span leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// An address outside.
    Url(Address),
    /// A place in the piece.
    Anchor(Anchor),
    /// A footnote. Each reference has an anchor of its own, so that the note can lead back.
    Note {
        /// The note.
        note: NoteId,
        /// The anchor of this reference.
        reference: Anchor,
    },
    /// From a footnote back to a reference that is not its first.
    Back {
        /// The anchor of the reference.
        reference: Anchor,
        /// The number of the reference among those to the note, in the piece's digits.
        number: String,
    },
}

/// The two parts of the running head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunningHead {
    /// The series.
    pub series: String,
    /// The short title, else the title without markup.
    pub title: String,
}

/// What stands above the first statement, in reading order.
#[derive(Debug, Clone, PartialEq)]
pub struct TitleBlock {
    /// The house's logo, where its theme has one.
    pub logo: Option<PlacedLogo>,
    /// Who publishes the piece, where the theme asks for that line. A paragraph.
    pub publisher: Option<TextId>,
    /// The series, with the piece's number where it has one. A paragraph.
    pub series: TextId,
    /// The title: the heading of level 1.
    pub title: Heading,
    /// The subtitle. A paragraph.
    pub subtitle: Option<TextId>,
    /// The names of the authors, each linked to the statement, joined as the language joins a list. A paragraph.
    pub byline: Option<TextId>,
    /// The names of those with other roles, one line a role. Paragraphs.
    pub credits: Vec<TextId>,
    /// The date with its label. A paragraph.
    pub date: TextId,
}

/// A heading.
#[derive(Debug, Clone, PartialEq)]
pub struct Heading {
    /// Its level.
    pub level: Level,
    /// Its text.
    pub text: TextId,
    /// Its anchor.
    pub anchor: Anchor,
}

/// A section: introduction, statement or end matter.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// What it is for.
    pub role: SectionRole,
    /// The anchor of the whole section; its heading's too.
    pub anchor: Anchor,
    /// Its heading, of level 2: for a statement the contributor's name alone.
    pub heading: Option<Heading>,
    /// The paragraph under the heading: a contributor's affiliation.
    pub affiliation: Option<TextId>,
    /// Its blocks.
    pub blocks: Vec<Block>,
}

/// A footnote.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// Its number in the piece's digits; what references show.
    pub mark: String,
    /// Its anchor.
    pub anchor: Anchor,
    /// The anchor of its first reference that is read, to which its number leads back.
    pub reference: Anchor,
    /// Its text; behind that a link back to every other reference that is read.
    pub text: TextId,
}
