//! The body: title block, sections and blocks, in the composition's order.

use docx_rs::{
    BookmarkEnd, BookmarkStart, DocumentChild, Paragraph, ParagraphChild, Table as DocxTable,
};

use super::ledger::Ledger;
use super::parts::Relationships;
use super::sheet::{following, paragraph as styles, style_of};
use crate::compose::{Anchor, Block, BlockKind, Composition, Content, ImageId, Section, TextId};
use crate::editions::Options;

/// A body under construction, and what the other parts have to know of it.
pub(super) struct Body<'a> {
    pub(super) composition: &'a Composition,
    pub(super) options: &'a Options,
    pub(super) children: Vec<DocumentChild>,
    /// What the finishing pass adds.
    pub(super) ledger: Ledger<'a>,
    /// The relationships of the document.
    pub(super) links: Relationships,
    /// The relationships of the footnotes.
    pub(super) note_links: Relationships,
    /// The levels of the numbered lists, in order.
    pub(super) numbered: Vec<usize>,
    /// The bookmarks so far.
    bookmarks: usize,
    /// Bookmarks that start with the next paragraph.
    starting: Vec<(usize, Anchor)>,
    /// Bookmarks that are open, by the anchors of their blocks.
    open: Vec<(usize, Anchor)>,
}

/// Builds the body.
pub(super) fn build<'a>(composition: &'a Composition, options: &'a Options) -> Body<'a> {
    let mut body = Body {
        composition,
        options,
        children: Vec::new(),
        ledger: Ledger::default(),
        links: Relationships::of_document(composition),
        note_links: Relationships::default(),
        numbered: Vec::new(),
        bookmarks: 0,
        starting: Vec::new(),
        open: Vec::new(),
    };
    body.title_block();
    body.contents();
    for section in &composition.sections {
        body.section(section);
    }
    body
}

impl<'a> Body<'a> {
    fn title_block(&mut self) {
        let composition = self.composition;
        let block = &composition.title_block;
        for text in block.walk().texts() {
            let title = text == block.title.text;
            if title {
                self.start(&block.title.anchor);
            }
            self.text(text);
            if title {
                self.end(&block.title.anchor);
            }
        }
    }

    fn section(&mut self, section: &'a Section) {
        self.start(&section.anchor);
        if let Some(heading) = &section.heading {
            self.text(heading.text);
            self.end(&section.anchor);
        }
        if let Some(affiliation) = section.affiliation {
            self.text(affiliation);
        }
        let mut follows = false;
        for block in &section.blocks {
            match &block.kind {
                BlockKind::Content(Content::Paragraph(text)) if follows => {
                    self.start(&block.anchor);
                    self.next_text(*text);
                    self.end(&block.anchor);
                }
                _ => self.block(block),
            }
            follows = matches!(block.kind, BlockKind::Content(Content::Paragraph(_)));
        }
        // Without a heading the bookmark spans the section.
        self.end(&section.anchor);
    }

    /// A block under its bookmark.
    fn block(&mut self, block: &'a Block) {
        self.start(&block.anchor);
        match &block.kind {
            BlockKind::Heading(heading) => self.text(heading.text),
            BlockKind::Pull(text) => self.text(*text),
            BlockKind::Break => {
                let empty = self.empty(styles::BREAK);
                self.push(empty);
            }
            BlockKind::Content(content) => self.flow(content),
        }
        self.end(&block.anchor);
    }

    /// What can stand in a section and in the item of a list.
    pub(super) fn flow(&mut self, content: &'a Content) {
        match content {
            Content::Paragraph(text) => self.text(*text),
            Content::Quote { paragraphs, by } => {
                for (index, text) in paragraphs.iter().enumerate() {
                    match index {
                        0 => self.text(*text),
                        _ => self.next_text(*text),
                    }
                }
                if let Some(by) = by {
                    self.text(*by);
                }
            }
            Content::List { labels, items } => self.list(*labels, items, 0),
            Content::Figure(figure) => self.figure(figure),
            Content::Table(table) => self.table(table),
        }
    }

    /// Adds a paragraph of a text, in the style of its kind.
    pub(super) fn text(&mut self, text: TextId) {
        let style = style_of(self.composition[text].kind);
        let paragraph = self.paragraph(style.unwrap_or(styles::FIRST), text);
        self.push(paragraph);
    }

    /// Adds a paragraph of a text that follows its like.
    fn next_text(&mut self, text: TextId) {
        let style = following(self.composition[text].kind);
        let paragraph = self.paragraph(style, text);
        self.push(paragraph);
    }

    /// Adds a paragraph; bookmarks that wait start in it.
    pub(super) fn push(&mut self, mut paragraph: Paragraph) {
        let starting = self.starting.drain(..).map(|(id, anchor)| {
            ParagraphChild::BookmarkStart(BookmarkStart::new(id, anchor.to_string()))
        });
        paragraph.children.splice(0..0, starting);
        self.children
            .push(DocumentChild::Paragraph(Box::new(paragraph)));
    }

    /// Adds a table; bookmarks that wait start before it.
    pub(super) fn push_table(&mut self, table: DocxTable) {
        for (id, anchor) in self.starting.drain(..) {
            let start = BookmarkStart::new(id, anchor.to_string());
            self.children.push(DocumentChild::BookmarkStart(start));
        }
        self.children.push(DocumentChild::Table(Box::new(table)));
    }

    /// The number of a new bookmark.
    pub(super) fn bookmark(&mut self) -> usize {
        self.bookmarks += 1;
        self.bookmarks
    }

    /// Lets a bookmark start with the next paragraph. A section's and its heading's are one.
    pub(super) fn start(&mut self, anchor: &Anchor) {
        let id = self.bookmark();
        self.starting.push((id, anchor.clone()));
        self.open.push((id, anchor.clone()));
    }

    /// Ends the innermost bookmark of an anchor after the last paragraph.
    pub(super) fn end(&mut self, anchor: &Anchor) {
        let Some(index) = self.open.iter().rposition(|(_, open)| open == anchor) else {
            return;
        };
        let (id, _) = self.open.remove(index);
        // A block of nothing: there is nowhere to set it.
        if let Some(waiting) = self.starting.iter().position(|(start, _)| *start == id) {
            self.starting.remove(waiting);
            return;
        }
        match self.children.last_mut() {
            Some(DocumentChild::Paragraph(paragraph)) => paragraph
                .children
                .push(ParagraphChild::BookmarkEnd(BookmarkEnd::new(id))),
            _ => self
                .children
                .push(DocumentChild::BookmarkEnd(BookmarkEnd::new(id))),
        }
    }

    /// The relationship of an image.
    pub(super) fn image(&mut self, image: ImageId) -> String {
        let format = self.composition[image].format;
        self.links.image(image, format)
    }
}
