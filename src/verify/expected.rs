//! What an edition of a composition must say, in the terms in which editions are read.

use crate::compose::{
    Block as Composed, BlockKind, Composition, Content, Heading, Reading, Section, Span, Target,
    TextId,
};
use crate::read::{self, Block, Link, Look, Role};

/// What an edition must say.
#[derive(Debug, Clone)]
pub struct Expected {
    /// The blocks of the text.
    pub(super) blocks: Vec<Block>,
    /// Of each block whether it begins the item of a list.
    pub(super) begins_item: Vec<bool>,
    /// The notes.
    pub(super) notes: Vec<Block>,
    /// The title that every block of metadata gives, alone or with the subtitle.
    pub(super) titles: Vec<String>,
    /// The creators.
    pub(super) creators: Vec<String>,
    /// The language.
    pub(super) language: String,
    /// The SHA-256 of the canonical text.
    pub(super) text_hash: crate::digest::Sha256,
}

impl Expected {
    /// What editions of this composition must say.
    #[must_use]
    pub fn of(composition: &Composition) -> Self {
        let mut listing = Listing {
            composition,
            blocks: Vec::new(),
            begins_item: Vec::new(),
            item: false,
        };
        listing.all();
        let record = &composition.record;
        let notes = composition.notes.iter();
        Self {
            notes: notes
                .map(|note| listing.block(note.text, Role::Note, 0))
                .collect(),
            blocks: listing.blocks,
            begins_item: listing.begins_item,
            titles: vec![record.title.clone(), record.full_title.clone()],
            creators: record
                .creators()
                .map(|person| person.name.clone())
                .collect(),
            language: record.language.to_string(),
            text_hash: record.text_hash,
        }
    }
}

struct Listing<'a> {
    composition: &'a Composition,
    blocks: Vec<Block>,
    begins_item: Vec<bool>,
    /// Whether the next block begins an item.
    item: bool,
}

impl<'a> Listing<'a> {
    fn all(&mut self) {
        let composition = self.composition;
        let head = &composition.title_block;
        self.add(head.series, Role::Paragraph, 0);
        self.heading(&head.title);
        let below = head
            .subtitle
            .iter()
            .chain(&head.byline)
            .chain(&head.credits);
        for text in below.chain([&head.date]) {
            self.add(*text, Role::Paragraph, 0);
        }
        for section in &composition.sections {
            self.section(section);
        }
    }

    fn section(&mut self, section: &'a Section) {
        if let Some(heading) = &section.heading {
            self.heading(heading);
        }
        if let Some(affiliation) = section.affiliation {
            self.add(affiliation, Role::Paragraph, 0);
        }
        for block in &section.blocks {
            match &block.kind {
                BlockKind::Heading(heading) => self.heading(heading),
                BlockKind::Pull(text) => {
                    if self.composition[*text].reading == Reading::Text {
                        self.add(*text, Role::Paragraph, 0);
                    }
                }
                BlockKind::Break => {}
                BlockKind::Content(content) => self.content(content, 0),
            }
        }
    }

    fn heading(&mut self, heading: &Heading) {
        self.add(heading.text, Role::Heading(heading.level.number()), 0);
    }

    fn content(&mut self, content: &'a Content, depth: usize) {
        match content {
            Content::Paragraph(text) => self.add(*text, Role::Paragraph, depth),
            Content::Quote { paragraphs, by } => {
                for text in paragraphs {
                    self.add(*text, Role::Quote, depth);
                }
                if let Some(by) = by {
                    self.add(*by, Role::Paragraph, depth);
                }
            }
            Content::List { items, .. } => {
                for item in items {
                    self.item = true;
                    for Composed { kind, .. } in &item.blocks {
                        self.content(kind, depth + 1);
                    }
                }
            }
            Content::Figure(figure) => {
                let spans = vec![read::Span {
                    text: figure.alt.clone(),
                    look: Look::default(),
                }];
                self.push(Block {
                    role: Role::Alternative,
                    depth,
                    spans,
                    place: String::new(),
                });
                for text in figure.caption.iter().chain(&figure.credit) {
                    self.add(*text, Role::Paragraph, depth);
                }
            }
            Content::Table(table) => {
                if let Some(caption) = table.caption {
                    self.add(caption, Role::Paragraph, depth);
                }
                let rows = table.header.iter().map(|row| (true, row));
                let rows = rows.chain(table.rows.iter().map(|row| (false, row)));
                for (row, (head, cells)) in rows.enumerate() {
                    for (column, cell) in cells.iter().enumerate() {
                        self.add(*cell, Role::Cell { head, row, column }, depth);
                    }
                }
            }
        }
    }

    fn add(&mut self, text: TextId, role: Role, depth: usize) {
        self.push(self.block(text, role, depth));
    }

    fn push(&mut self, block: Block) {
        // What says nothing is no block to those who read.
        if !block.line().is_empty() {
            self.blocks.push(block);
            self.begins_item.push(std::mem::take(&mut self.item));
        }
    }

    fn block(&self, text: TextId, role: Role, depth: usize) -> Block {
        Block {
            role,
            depth,
            spans: self.composition[text]
                .spans
                .iter()
                .filter_map(span)
                .collect(),
            place: String::new(),
        }
    }
}

/// A stretch of text as it is read; ways back from notes are no part of the text.
fn span(span: &Span) -> Option<read::Span> {
    let link = match &span.target {
        None => None,
        Some(Target::Url(address)) => Some(Link::Outside(address.to_string())),
        Some(Target::Anchor(anchor)) => Some(Link::Inside(anchor.to_string())),
        Some(Target::Note { note, .. }) => Some(Link::Note(note.0.to_string())),
        Some(Target::Back { .. }) => return None,
    };
    let language = span.language.as_ref();
    Some(read::Span {
        text: span.text.clone(),
        look: Look {
            emphasis: span.emphasis,
            strong: span.strong,
            shift: span.shift,
            language: language.map(|foreign| foreign.tag.to_string()),
            link,
        },
    })
}
