//! The composition: what every edition prints, all text final.
//!
//! Texts live in one arena and are named by [`TextId`], so that the [`crate::typeset::Layout`] and every writer
//! speak of the same text without copying it. Text ids and block ids ascend in reading order.

use std::ops::Index;

use crate::diagnostic::{FieldPath, Finding};
use crate::piece::{Direction, Image, Life, Summary};

use super::block::{Block, BlockKind, Heading, Item};
use super::digits::Digits;
use super::ids::{Anchor, ImageId, TextId};
use super::kind::Kind;
use super::logo::PlacedLogo;
use super::record::Record;
use super::section_role::SectionRole;
use super::span::{Foreign, Span};
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
    /// The piece's summary as its author wrote it, for which a house may have a box under the title block.
    pub summary: Option<Summary>,
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
        let spans = self.date_spans();
        spans.iter().map(|span| span.text.as_str()).collect()
    }

    /// The same as spans.
    #[must_use]
    pub fn date_spans(&self) -> Vec<Span> {
        let line = &self[self.title_block.date];
        let mut label = match line.plain().starts_with(&self.words.date) {
            true => self.words.date.as_str(),
            false => "",
        };
        let mut date = line.spans.clone();
        for span in &mut date {
            let own = label.len().min(span.text.len());
            label = &label[own..];
            // What parts the label from the date goes with it.
            span.text = span.text[own..].to_owned();
        }
        date.retain(|span| !span.text.trim().is_empty());
        if let Some(first) = date.first_mut() {
            first.text = first.text.trim_start().to_owned();
        }
        if let Some(last) = date.last_mut() {
            last.text.truncate(last.text.trim_end().len());
        }
        date
    }
}

impl Composition {
    /// The direction of the columns that a text and its neighbours stand in; that of the piece where there is no text.
    #[must_use]
    pub fn column(&self, text: Option<TextId>) -> Direction {
        text.map_or(self.record.direction, |text| self[text].column)
    }

    /// The direction of the column of a list: the other one where all of its items begin so, and not one alone among others.
    #[must_use]
    pub fn list_column(&self, items: &[Item]) -> Direction {
        let own = self.record.direction;
        let columns = items.iter().filter_map(Item::first_text);
        let mut columns = columns.map(|text| self[text].column);
        let first = columns.next().unwrap_or(own);
        match columns.all(|column| column == first) {
            true => first,
            false => own,
        }
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
    /// The words alone: markup and the marks of notes left out, and a space that sets off a mark from them.
    #[must_use]
    pub fn plain(&self) -> String {
        let words = self.words();
        let mut words: String = words.map(|span| span.text.as_str()).collect();
        if self.spans.last().is_some_and(Span::is_mark) {
            words.truncate(words.trim_end_matches(' ').len());
        }
        match self.spans.first().is_some_and(Span::is_mark) {
            true => words.trim_start_matches(' ').to_owned(),
            false => words,
        }
    }

    /// The spans with words of the text: all but the marks of notes.
    pub fn words(&self) -> impl Iterator<Item = &Span> {
        self.spans.iter().filter(|span| !span.is_mark())
    }
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
