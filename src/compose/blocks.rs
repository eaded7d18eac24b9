//! The blocks of a section.

use crate::check::checked::{self, BlockKind as Written, Content as WrittenContent};

use super::arena::Arena;
use super::{Anchor, Block, BlockKind, Bullet, Content, Figure, Item, Kind, Labels, Table, TextId};

/// Where blocks stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct BlockContext<'a> {
    /// The anchor of the section.
    pub(super) section: &'a Anchor,
    /// The level of a `heading`; a `subheading` is one below, where a heading stands before it.
    pub(super) heading: u8,
}

/// Composes blocks in order.
pub(super) fn blocks(
    arena: &mut Arena<'_>,
    written: &[checked::Block],
    place: BlockContext<'_>,
) -> Vec<Block> {
    // Before any heading it would skip a level (ISO 14289-1, 7.4.2).
    let mut subheading = place.heading;
    let blocks = written.iter().map(|block| {
        let id = arena.block_id();
        let kind = match &block.kind {
            Written::Heading(text) => {
                subheading = place.heading + 1;
                BlockKind::Heading(arena.heading(text, place.heading, "heading"))
            }
            Written::Subheading(text) => {
                BlockKind::Heading(arena.heading(text, subheading, "heading"))
            }
            Written::Pull(text) => BlockKind::Pull(arena.marked(Kind::Pull, text)),
            Written::Break => BlockKind::Break,
            Written::Content(content) => {
                BlockKind::Content(arena.within(block.language.as_ref(), |arena| {
                    self::content(arena, content, place.section, 0)
                }))
            }
        };
        arena.block(id, kind, place.section, block.origin.clone())
    });
    blocks.collect()
}

/// What a block inside so many lists is made of.
fn content(
    arena: &mut Arena<'_>,
    written: &WrittenContent,
    section: &Anchor,
    lists: usize,
) -> Content {
    match written {
        WrittenContent::Paragraph(text) => {
            let kind = match lists {
                0 => Kind::Paragraph,
                _ => Kind::ListText,
            };
            Content::Paragraph(arena.marked(kind, text))
        }
        WrittenContent::Quote { paragraphs, by } => Content::Quote {
            paragraphs: paragraphs
                .iter()
                .map(|text| arena.marked(Kind::Quote, text))
                .collect(),
            by: by.as_ref().map(|by| arena.led(Kind::QuoteSource, by, "— ")),
        },
        WrittenContent::List { numbered, items } => {
            let labels = match numbered {
                true => Labels::Numbers,
                false => Labels::Bullets(Bullet::at(lists)),
            };
            let items = (1..).zip(items).map(|(number, item)| {
                let label = match labels {
                    Labels::Bullets(bullet) => bullet.sign().to_string(),
                    Labels::Numbers => arena.digits.number(number) + ".",
                };
                self::item(arena, item, label, section, lists + 1)
            });
            let items = items.collect();
            Content::List { labels, items }
        }
        WrittenContent::Figure(figure) => Content::Figure(Figure {
            image: arena.image(&figure.picture),
            alt: figure.picture.alt.clone(),
            portrait: false,
            caption: figure
                .caption
                .as_ref()
                .map(|text| arena.marked(Kind::Caption, text)),
            credit: figure
                .credit
                .as_ref()
                .map(|text| arena.marked(Kind::FigureCredit, text)),
            width: figure.width,
        }),
        WrittenContent::Table(table) => {
            let caption = table
                .caption
                .as_ref()
                .map(|text| arena.marked(Kind::Caption, text));
            let header = rows(arena, &table.header, |_| Kind::HeadCell);
            let rows = rows(arena, &table.rows, |column| match column {
                0 if table.row_heads => Kind::RowHead,
                _ => Kind::Cell,
            });
            let mut first_cells = rows.iter().filter_map(|row| row.first());
            Content::Table(Table {
                caption,
                header,
                row_heads: first_cells.any(|cell| arena.kind(*cell) == Kind::RowHead),
                rows,
                columns: table.columns.clone(),
            })
        }
    }
}

fn item(
    arena: &mut Arena<'_>,
    written: &[checked::Block<WrittenContent>],
    label: String,
    section: &Anchor,
    lists: usize,
) -> Item {
    let id = arena.item();
    let blocks = written.iter().map(|block| {
        let id = arena.block_id();
        let kind = arena.within(block.language.as_ref(), |arena| {
            content(arena, &block.kind, section, lists)
        });
        arena.content(id, kind, section, block.origin.clone())
    });
    let blocks = blocks.collect();
    Item { id, label, blocks }
}

/// The cells of rows, each of the kind that cells of its column have.
fn rows(
    arena: &mut Arena<'_>,
    rows: &[Vec<checked::Text>],
    kind: impl Fn(usize) -> Kind,
) -> Vec<Vec<TextId>> {
    let rows = rows.iter().map(|cells| {
        let cells = cells.iter().enumerate().map(|(column, text)| {
            let spans = arena.spans(&text.inlines);
            // A cell without words heads nothing.
            let kind = match spans.iter().all(|span| span.text.trim().is_empty()) {
                true => Kind::Cell,
                false => kind(column),
            };
            arena.text(kind, spans, &text.origin)
        });
        cells.collect()
    });
    rows.collect()
}
