//! Blocks of a document as blocks of a piece: texts with their marks, headings on their levels, quotations.

use super::document::{self, Comment, Paragraph, Remark, Role, Weight, plain};
use super::draft::{Block, Item};
use super::languages;
use super::links;
use super::marks::marked;
use super::queries::queries;
use super::shapes;
use super::typed::typed_run;
use crate::piece::LanguageTag;
use crate::read::Span;

/// Turns blocks into those of a piece.
pub(crate) struct Bodies<'a> {
    /// The folder of pictures as the source names it.
    pub(crate) media: &'a dyn Fn(usize, usize) -> Option<String>,
    pub(crate) remarks: &'a mut Vec<Remark>,
    /// Whether lines that only look like headings are taken for them.
    pub(crate) guesses: bool,
    /// Which document's pictures.
    pub(crate) document: usize,
    /// Says the name of a note in this piece by the name in its document.
    /// None where there is no such note, or it says nothing.
    pub(crate) note: &'a dyn Fn(&str) -> Option<String>,
    /// The language of the piece.
    pub(crate) language: Option<&'a LanguageTag>,
}

impl Bodies<'_> {
    /// The blocks of a statement or an introduction. Headings of the level `top` are `heading`, deeper ones `subheading`.
    pub(crate) fn items(&mut self, blocks: &[document::Block], top: u8) -> Vec<Item> {
        let mut items: Vec<Item> = Vec::new();
        let mut at = 0;
        while at < blocks.len() {
            let taken = self.next(&blocks[at..], top, &mut items);
            at += taken.max(1);
        }
        items
    }

    /// Adds what the first blocks are; gives how many those were.
    fn next(&mut self, blocks: &[document::Block], top: u8, items: &mut Vec<Item>) -> usize {
        let paragraph = match &blocks[0] {
            document::Block::Table(table) => {
                self.table(table, None, items);
                return 1;
            }
            document::Block::Paragraph(paragraph) => paragraph,
        };
        let is_caption = matches!(paragraph.role, Role::TableCaption | Role::Caption);
        if let (true, Some(document::Block::Table(table))) = (is_caption, blocks.get(1)) {
            self.table(table, Some(paragraph), items);
            return 2;
        }
        if paragraph.item.is_some() {
            let run = blocks.iter().take_while(|block| in_list(block)).count();
            self.lists(&blocks[..run], items);
            return run;
        }
        let typed = match self.guesses {
            true => typed_run(blocks),
            false => 0,
        };
        if typed > 0 {
            self.typed_list(&blocks[..typed], items);
            return typed;
        }
        if !paragraph.pictures.is_empty() {
            return self.figures(paragraph, blocks, items);
        }
        let below = blocks.get(1);
        match paragraph.role {
            Role::Quote | Role::QuoteNext => return self.quote(blocks, items),
            Role::Break => items.push(Block::Break.into()),
            Role::Heading(level) => {
                let text = self.heading(paragraph);
                let block = match level.saturating_sub(top) {
                    0 => Block::Heading(text),
                    deeper => {
                        if deeper > 1 {
                            let message = format!(
                                "a heading of level {level}, deeper than the format has, is a subheading"
                            );
                            self.tell_lost(paragraph, message, "");
                        }
                        Block::Subheading(text)
                    }
                };
                if said(&block) {
                    items.push(block.into());
                }
            }
            Role::Question => {
                let message = format!("“{}” is taken for a heading", short(&paragraph.plain()));
                self.remarks.push(Remark::guess(&paragraph.place, message));
                items.push(Item {
                    block: Block::Heading(self.heading(paragraph)),
                    check: Some("a question, taken for a heading".to_owned()),
                });
            }
            Role::Pull => {
                let text = self.text(paragraph);
                items.push(Block::Pull(text).into());
            }
            _ if self.guesses && self.looks_like_heading(paragraph, below) => {
                let message = format!("“{}” is taken for a heading", short(&paragraph.plain()));
                self.remarks.push(Remark::guess(&paragraph.place, message));
                let text = self.heading(paragraph);
                items.push(Item {
                    block: Block::Heading(text),
                    check: Some("a line of its own, taken for a heading".to_owned()),
                });
            }
            _ => {
                let text = self.text(paragraph);
                if !text.is_empty() {
                    items.push(Item {
                        block: Block::Paragraph(text),
                        check: paragraph.check.map(str::to_owned),
                    });
                }
            }
        }
        queries(&paragraph.comments, items);
        1
    }

    fn looks_like_heading(&self, paragraph: &Paragraph, below: Option<&document::Block>) -> bool {
        let text = paragraph.plain();
        let begins = text.trim().chars().find(|c| c.is_alphanumeric());
        let begins = begins.is_some_and(|c| !c.is_lowercase());
        let over_text = match below {
            Some(document::Block::Paragraph(below)) => {
                below.role == Role::Text
                    && below.weight == Weight::Plain
                    && (shapes::is_prose(&below.plain())
                        || below.item.is_some()
                        || below.plain().split_whitespace().count() > 14)
            }
            Some(document::Block::Table(_)) => paragraph.weight == Weight::Heavy,
            None => false,
        };
        let ends = text.trim().ends_with([':', '”', '"', ')']);
        let words = text.split_whitespace().count();
        paragraph.role == Role::Text
            && shapes::is_line(&text)
            && begins
            && over_text
            && words <= 12
            && (paragraph.weight == Weight::Heavy || !ends)
    }

    /// A text with its marks.
    pub(crate) fn text(&mut self, paragraph: &Paragraph) -> String {
        self.spans(&paragraph.spans, &paragraph.place)
    }

    /// The text of a heading, whose boldness is its style's.
    pub(crate) fn heading(&mut self, paragraph: &Paragraph) -> String {
        let mut spans = paragraph.spans.clone();
        let all = |look: fn(&Span) -> bool| {
            let mut said = spans.iter().filter(|span| !span.text.trim().is_empty());
            said.all(look)
        };
        let (strong, emphasis) = (
            all(|span| span.look.strong || document::is_note(span)),
            all(|span| span.look.emphasis || document::is_note(span)),
        );
        for span in &mut spans {
            span.look.strong &= !strong;
            span.look.emphasis &= !emphasis;
        }
        self.spans(&spans, &paragraph.place)
    }

    pub(crate) fn spans(&mut self, spans: &[Span], place: &str) -> String {
        let mut spans = spans.to_vec();
        let before = spans.len();
        spans.retain_mut(|span| {
            let Some(crate::read::Link::Note(name)) = &mut span.look.link else {
                return true;
            };
            (self.note)(name).map(|own| *name = own).is_some()
        });
        if spans.len() < before {
            let message = "a mark of a note that is missing, or says nothing, is left out";
            self.remarks.push(Remark::lost(place, message, ""));
        }
        for address in links::unlinked(&mut spans) {
            let message =
                format!("`{address}` is not an address that can be linked to; its words are text");
            self.remarks.push(Remark::lost(place, message, ""));
        }
        languages::settle(&mut spans, self.language);
        let written = marked(&spans);
        if written.lost > 0 {
            let message = "emphasis, a link or a raised letter inside a word cannot be written here, and is left out";
            self.remarks.push(Remark::lost(place, message, ""));
        }
        written.text
    }

    pub(super) fn tell_lost(
        &mut self,
        paragraph: &Paragraph,
        message: impl Into<String>,
        words: impl Into<String>,
    ) {
        self.remarks
            .push(Remark::lost(&paragraph.place, message, words));
    }

    fn quote(&mut self, blocks: &[document::Block], items: &mut Vec<Item>) -> usize {
        let mut paragraphs = Vec::new();
        let mut comments = Vec::new();
        let mut taken = 0;
        let mut by = None;
        for block in blocks {
            let document::Block::Paragraph(paragraph) = block else {
                break;
            };
            let goes_on = match paragraph.role {
                // Our editions say where a quotation goes on; others set each paragraph of it alike.
                Role::Quote => taken == 0 || !self.guesses_are_off(),
                Role::QuoteNext => true,
                Role::QuoteSource => {
                    by = Some(self.text(&without_lead(paragraph)));
                    comments.extend(&paragraph.comments);
                    taken += 1;
                    break;
                }
                _ => false,
            };
            if !goes_on || !paragraph.pictures.is_empty() {
                break;
            }
            let text = self.text(paragraph);
            if !text.is_empty() {
                paragraphs.push(text);
            }
            comments.extend(&paragraph.comments);
            taken += 1;
        }
        if !paragraphs.is_empty() {
            items.push(Block::Quote { paragraphs, by }.into());
        }
        let comments: Vec<Comment> = comments.into_iter().cloned().collect();
        queries(&comments, items);
        taken
    }

    fn guesses_are_off(&self) -> bool {
        !self.guesses
    }
}

/// Whether a block stands in a list.
fn in_list(block: &document::Block) -> bool {
    matches!(block, document::Block::Paragraph(p) if p.item.is_some())
}

fn said(block: &Block) -> bool {
    !matches!(block, Block::Heading(text) | Block::Subheading(text) if text.is_empty())
}

/// The first words of a text, for people.
pub(crate) fn short(text: &str) -> String {
    const MOST: usize = 60;
    let text = text.trim();
    match text.char_indices().nth(MOST) {
        None => text.to_owned(),
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
    }
}

/// The words of paragraphs.
pub(crate) fn words(paragraphs: &[Paragraph]) -> String {
    let texts: Vec<String> = paragraphs
        .iter()
        .map(|paragraph| plain(&paragraph.spans))
        .collect();
    texts.join(" ")
}
/// The source of a quotation without the dash that editions set before it.
fn without_lead(paragraph: &Paragraph) -> Paragraph {
    let mut paragraph = paragraph.clone();
    for span in &mut paragraph.spans {
        let bare = span.text.trim_start_matches(['—', '–', ' ', '\u{a0}']);
        span.text = bare.to_owned();
        if !span.text.is_empty() {
            break;
        }
    }
    paragraph
}
