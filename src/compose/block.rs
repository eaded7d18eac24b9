//! Blocks: what a section and the item of a list are made of, and which parts each kind of block has.

use crate::diagnostic::FieldPath;
use crate::piece::ColumnStyle;

use super::ids::{Anchor, BlockId, ImageId, ItemId, Level, TextId};
use super::role::{Head, Role};

/// A block, which is a [`BlockKind`] in a section and [`Content`] in the item of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Block<K = BlockKind> {
    /// Its id.
    pub id: BlockId,
    /// Its anchor.
    pub anchor: Anchor,
    /// The field it came from.
    pub origin: FieldPath,
    /// What it is.
    pub kind: K,
}

/// What a block of a section is.
#[derive(Debug, Clone, PartialEq)]
pub enum BlockKind {
    /// A heading; its anchor is the block's.
    Heading(Heading),
    /// A pull quote. Where its text is [`Reading::Decoration`], it is left out of the reading order if a format can say so.
    Pull(TextId),
    /// A break between two thoughts.
    Break,
    /// What can stand in the item of a list as well.
    Content(Content),
}

/// What a block is that can stand in a section and in the item of a list.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// A paragraph.
    Paragraph(TextId),
    /// A quotation set off from the text.
    Quote {
        /// Its paragraphs.
        paragraphs: Vec<TextId>,
        /// Who said it. A paragraph.
        by: Option<TextId>,
    },
    /// A list.
    List {
        /// What its items are labelled with.
        labels: Labels,
        /// Its items.
        items: Vec<Item>,
    },
    /// A figure.
    Figure(Figure),
    /// A table.
    Table(Table),
}

/// A portrait and the biography that stands beside it, where these blocks begin with them.
#[must_use]
pub fn portrait(blocks: &[Block]) -> Option<(&Block, &Figure, TextId)> {
    let [first, second, ..] = blocks else {
        return None;
    };
    match (&first.kind, &second.kind) {
        (
            BlockKind::Content(Content::Figure(figure)),
            BlockKind::Content(Content::Paragraph(text)),
        ) if figure.portrait => Some((first, figure, *text)),
        _ => None,
    }
}

impl Content {
    /// The first text in it.
    #[must_use]
    pub fn first_text(&self) -> Option<TextId> {
        match self {
            Self::Paragraph(text) => Some(*text),
            Self::Quote { paragraphs, by } => paragraphs.first().copied().or(*by),
            Self::List { items, .. } => items.iter().find_map(Item::first_text),
            Self::Figure(figure) => figure.caption.or(figure.credit),
            Self::Table(table) => table.header.iter().flatten().next().copied(),
        }
    }
}

impl Item {
    /// The first text in it.
    #[must_use]
    pub fn first_text(&self) -> Option<TextId> {
        let mut blocks = self.blocks.iter();
        blocks.find_map(|block| block.kind.first_text())
    }
}

impl Block {
    /// Its parts, in reading order.
    pub(super) fn parts<'a>(&'a self, parts: &mut Vec<Step<'a>>) {
        match &self.kind {
            BlockKind::Heading(heading) => parts.push(Step::Visit(Visit::Heading(heading))),
            BlockKind::Pull(pull) => parts.push(text(*pull, Role::Pull, 0)),
            BlockKind::Break => parts.push(Step::Visit(Visit::Break)),
            BlockKind::Content(content) => content.parts(self.id, 0, parts),
        }
    }
}

impl Content {
    /// The parts of a block with this id that stands in so many lists, in reading order.
    pub(super) fn parts<'a>(&'a self, id: BlockId, depth: usize, parts: &mut Vec<Step<'a>>) {
        let said = |role: Role| move |id: &TextId| text(*id, role, depth);
        match self {
            Self::Paragraph(paragraph) => parts.push(text(*paragraph, Role::Paragraph, depth)),
            Self::Quote { paragraphs, by } => {
                parts.extend(paragraphs.iter().map(said(Role::Quote)));
                parts.extend(by.iter().map(said(Role::Paragraph)));
            }
            Self::List { items, .. } => {
                for (index, item) in items.iter().enumerate() {
                    parts.push(Step::Visit(Visit::Item {
                        item,
                        place: (index + 1, items.len()),
                    }));
                    let blocks = item.blocks.iter();
                    parts.extend(blocks.map(|block| Step::Inner(block, depth + 1)));
                }
            }
            Self::Figure(figure) => {
                parts.push(Step::Visit(Visit::Figure {
                    block: id,
                    figure,
                    depth,
                }));
                let words = figure.caption.iter().chain(&figure.credit);
                parts.extend(words.map(said(Role::Paragraph)));
            }
            Self::Table(table) => {
                parts.extend(table.caption.iter().map(said(Role::Paragraph)));
                let rows = table.header.iter().chain(&table.rows).enumerate();
                for (row, cells) in rows {
                    for (column, cell) in cells.iter().enumerate() {
                        let head = table.head(row, column);
                        parts.push(text(*cell, Role::Cell { head, row, column }, depth));
                    }
                }
            }
        }
    }
}

/// What the items of a list are labelled with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Labels {
    /// The same sign for all.
    Bullets(Bullet),
    /// Numbers from 1.
    Numbers,
}

/// The sign before the items of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bullet {
    /// A filled disc.
    Disc,
    /// An open circle.
    Circle,
    /// A filled square.
    Square,
}

impl Bullet {
    /// The bullets by depth; what is nested deeper has the last.
    pub const BY_DEPTH: [Self; 3] = [Self::Disc, Self::Circle, Self::Square];

    /// The bullet of a list inside so many others.
    #[must_use]
    pub fn at(depth: usize) -> Self {
        Self::BY_DEPTH[depth.min(Self::BY_DEPTH.len() - 1)]
    }

    /// The character.
    #[must_use]
    pub fn sign(self) -> char {
        match self {
            Self::Disc => '\u{2022}',
            Self::Circle => '\u{25E6}',
            Self::Square => '\u{25AA}',
        }
    }
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Its id.
    pub id: ItemId,
    /// Its label: a bullet, or its number in the piece's digits with a full stop.
    pub label: String,
    /// Its blocks.
    pub blocks: Vec<Block<Content>>,
}

/// An image with its words.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// The image.
    pub image: ImageId,
    /// What it says, for those who do not see it.
    pub alt: String,
    /// A portrait is set small; any other figure may fill the measure.
    pub portrait: bool,
    /// The caption. A paragraph.
    pub caption: Option<TextId>,
    /// Who made it. A paragraph.
    pub credit: Option<TextId>,
    /// How much of the measure it fills, in percent, where the author says so.
    pub width: Option<u8>,
}

/// A table; every row has the same number of cells.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The caption. A paragraph.
    pub caption: Option<TextId>,
    /// The rows of the head, at least one. Their cells head columns, but for the empty ones.
    pub header: Vec<Vec<TextId>>,
    /// The rows of the body, at least one.
    pub rows: Vec<Vec<TextId>>,
    /// Whether the first cells of the body's rows head them, but for the empty ones.
    pub row_heads: bool,
    /// What the author says of its columns, as many as it has, or none where nothing is said.
    pub columns: Vec<ColumnStyle>,
}

impl Table {
    /// How many columns it has.
    #[must_use]
    pub fn width(&self) -> usize {
        self.header.first().map_or(0, Vec::len)
    }

    /// What the author says of a column.
    #[must_use]
    pub fn column(&self, index: usize) -> ColumnStyle {
        self.columns.get(index).copied().unwrap_or_default()
    }
}

impl Table {
    /// What a cell heads; rows count from the first of the head.
    fn head(&self, row: usize, column: usize) -> Head {
        match column {
            _ if row < self.header.len() => Head::Column,
            0 if self.row_heads => Head::Row,
            _ => Head::None,
        }
    }
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

/// What the walk comes to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Visit<'a> {
    /// A block, in a section or in the item of a list; its parts follow.
    Block(BlockId, &'a Anchor),
    /// An item of a list; its blocks follow.
    Item {
        /// The item.
        item: &'a Item,
        /// Which it is of how many, from one.
        place: (usize, usize),
    },
    /// A break between two thoughts.
    Break,
    /// A heading; its text follows.
    Heading(&'a Heading),
    /// A text.
    Text {
        /// Which one.
        text: TextId,
        /// What it is to those who read it.
        role: Role,
        /// In how many lists it stands.
        depth: usize,
    },
    /// A figure's image.
    Figure {
        /// The block that shows it.
        block: BlockId,
        /// The figure.
        figure: &'a Figure,
        /// In how many lists it stands.
        depth: usize,
    },
}

/// What is still to come, whole.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step<'a> {
    Block(&'a Block),
    /// A block in the item of a list, which stands in so many lists.
    Inner(&'a Block<Content>, usize),
    Visit(Visit<'a>),
}

/// A text to come.
pub(super) fn text<'a>(text: TextId, role: Role, depth: usize) -> Step<'a> {
    Step::Visit(Visit::Text { text, role, depth })
}
