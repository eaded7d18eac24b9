//! The blocks of a section.

use crate::diagnostic::FieldPath;
use crate::piece::{self, Block as Written, Marked, OneOrMore, Quote};

use super::arena::Arena;
use super::{Anchor, Block, BlockKind, ComposeError, Figure, Item, Table, TextId};

/// Where blocks stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    /// The anchor of the section.
    pub(super) section: &'a Anchor,
    /// The level of a `heading`; a `subheading` is one below.
    pub(super) heading: u8,
}

/// Composes blocks in order; an editor's queries are left out.
pub(super) fn blocks(
    arena: &mut Arena<'_>,
    written: &[Written],
    place: Place<'_>,
    origin: &FieldPath,
) -> Result<Vec<Block>, ComposeError> {
    let mut out = Vec::with_capacity(written.len());
    for (index, block) in written.iter().enumerate() {
        let origin = origin.index(index);
        let id = arena.block_id();
        if let Some(kind) = kind(arena, block, place, &origin)? {
            out.push(arena.block(id, kind, place.section, origin));
        }
    }
    Ok(out)
}

fn kind(
    arena: &mut Arena<'_>,
    block: &Written,
    place: Place<'_>,
    origin: &FieldPath,
) -> Result<Option<BlockKind>, ComposeError> {
    Ok(Some(match block {
        Written::Paragraph(text) => BlockKind::Paragraph(arena.marked(text, origin)?),
        Written::Heading(text) => BlockKind::Heading(arena.heading(
            text,
            place.heading,
            "heading",
            &origin.key("heading"),
        )?),
        Written::Subheading(text) => BlockKind::Heading(arena.heading(
            text,
            place.heading + 1,
            "heading",
            &origin.key("subheading"),
        )?),
        Written::Quote(quote) => self::quote(arena, quote, &origin.key("quote"))?,
        Written::Pull(text) => BlockKind::Pull(arena.marked(text, &origin.key("pull"))?),
        Written::List(items) => list(arena, items, false, place, &origin.key("list"))?,
        Written::Numbered(items) => list(arena, items, true, place, &origin.key("numbered"))?,
        Written::Figure(figure) => self::figure(arena, figure, &origin.key("figure"))?,
        Written::Table(table) => self::table(arena, table, &origin.key("table"))?,
        Written::Break(_) => BlockKind::Break,
        Written::Query(_) => return Ok(None),
    }))
}

fn quote(
    arena: &mut Arena<'_>,
    quote: &Quote,
    origin: &FieldPath,
) -> Result<BlockKind, ComposeError> {
    let (texts, by): (Vec<(&Marked, FieldPath)>, _) = match quote {
        Quote::Words(text) => (vec![(text, origin.clone())], None),
        Quote::Attributed { text, by } => {
            let origin = origin.key("text");
            let texts = match text {
                OneOrMore::One(text) => vec![(text, origin)],
                OneOrMore::Many(texts) => texts
                    .iter()
                    .enumerate()
                    .map(|(index, text)| (text, origin.index(index)))
                    .collect(),
            };
            (texts, by.as_ref())
        }
    };
    let paragraphs: Result<_, _> = texts
        .iter()
        .map(|(text, origin)| arena.marked(text, origin))
        .collect();
    Ok(BlockKind::Quote {
        paragraphs: paragraphs?,
        by: by
            .map(|by| arena.led(by, "— ", &origin.key("by")))
            .transpose()?,
    })
}

fn list(
    arena: &mut Arena<'_>,
    written: &[piece::Item],
    numbered: bool,
    place: Place<'_>,
    origin: &FieldPath,
) -> Result<BlockKind, ComposeError> {
    let mut items = Vec::with_capacity(written.len());
    for (index, item) in written.iter().enumerate() {
        let origin = origin.index(index);
        let id = arena.item();
        let blocks = match item {
            piece::Item::Text(text) => {
                let id = arena.block_id();
                let paragraph = BlockKind::Paragraph(arena.marked(text, &origin)?);
                vec![arena.block(id, paragraph, place.section, origin)]
            }
            piece::Item::Blocks(written) => blocks(arena, written, place, &origin)?,
        };
        items.push(Item { id, blocks });
    }
    Ok(BlockKind::List { numbered, items })
}

fn figure(
    arena: &mut Arena<'_>,
    figure: &piece::Figure,
    origin: &FieldPath,
) -> Result<BlockKind, ComposeError> {
    Ok(BlockKind::Figure(Figure {
        image: arena.image(origin.key("image"))?,
        alt: figure.alt.clone(),
        portrait: false,
        caption: figure
            .caption
            .as_ref()
            .map(|text| arena.marked(text, &origin.key("caption")))
            .transpose()?,
        credit: figure
            .credit
            .as_ref()
            .map(|text| arena.plain(text, &origin.key("credit"))),
    }))
}

fn table(
    arena: &mut Arena<'_>,
    table: &piece::Table,
    origin: &FieldPath,
) -> Result<BlockKind, ComposeError> {
    let caption = table
        .caption
        .as_ref()
        .map(|text| arena.marked(text, &origin.key("caption")))
        .transpose()?;
    Ok(BlockKind::Table(Table {
        caption,
        header: rows(arena, &table.header, &origin.key("header"))?,
        rows: rows(arena, &table.rows, &origin.key("rows"))?,
    }))
}

fn rows(
    arena: &mut Arena<'_>,
    rows: &[Vec<Marked>],
    origin: &FieldPath,
) -> Result<Vec<Vec<TextId>>, ComposeError> {
    let rows = rows.iter().enumerate().map(|(row, cells)| {
        let origin = origin.index(row);
        cells
            .iter()
            .enumerate()
            .map(|(cell, text)| arena.marked(text, &origin.index(cell)))
            .collect()
    });
    rows.collect()
}
