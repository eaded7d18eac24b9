//! Rules over blocks: their order, their tables, the editor's questions.

use super::checked::{self, BlockKind, Content, Text};
use super::limits::{Counted, MAX_COLUMNS};
use super::pasted::{self, BLOCKS};
use super::{Report, columns, text};
use crate::diagnostic::{Code, Diagnostic, FieldPath};
use crate::piece::{
    Block, Figure, Item, ItemBlock, LanguageTag, Marked, OneOrMore, Pull, Quote, Table,
};

/// Judges and reads the blocks of an introduction or a statement. What prints nothing is left out.
pub(super) fn check(
    blocks: &[Block],
    at: &FieldPath,
    report: &mut Report<'_>,
) -> Vec<checked::Block> {
    headings(blocks, at, report);
    let read = blocks.iter().enumerate().filter_map(|(index, block)| {
        let origin = at.index(index);
        if let Block::Paragraph(words) = block {
            let before = index.checked_sub(1).map(|above| &blocks[above]);
            let before = before.and_then(|above| match above {
                Block::Paragraph(words) => Some(words.source()),
                _ => None,
            });
            pasted::paragraph(words.source(), before, &origin, report);
        }
        let language = language(block, &origin, report);
        let kind = report.within(language.as_ref(), |report| kind(block, &origin, report))?;
        Some(checked::Block {
            origin,
            language,
            kind,
        })
    });
    read.collect()
}

/// A language of a block's own.
fn language(block: &Block, at: &FieldPath, report: &mut Report<'_>) -> Option<LanguageTag> {
    match block {
        Block::Quote(quote) => of_quote(quote, at, report),
        Block::Pull(Pull::InLanguage { language, .. }) => {
            report.own_language(language.as_ref(), &at.key("pull"))
        }
        Block::Figure(figure) => report.own_language(figure.language.as_ref(), &at.key("figure")),
        Block::Table(table) => report.own_language(table.language.as_ref(), &at.key("table")),
        _ => None,
    }
}

/// The same of a block in the item of a list.
fn language_in_item(
    block: &ItemBlock,
    at: &FieldPath,
    report: &mut Report<'_>,
) -> Option<LanguageTag> {
    match block {
        ItemBlock::Quote(quote) => of_quote(quote, at, report),
        ItemBlock::Figure(figure) => {
            report.own_language(figure.language.as_ref(), &at.key("figure"))
        }
        ItemBlock::Table(table) => report.own_language(table.language.as_ref(), &at.key("table")),
        _ => None,
    }
}

fn of_quote(quote: &Quote, at: &FieldPath, report: &mut Report<'_>) -> Option<LanguageTag> {
    match quote {
        Quote::Words(_) => None,
        Quote::Attributed { language, .. } => {
            report.own_language(language.as_ref(), &at.key("quote"))
        }
    }
}

fn kind(block: &Block, at: &FieldPath, report: &mut Report<'_>) -> Option<BlockKind> {
    Some(match block {
        Block::Heading(words) => {
            BlockKind::Heading(text::headline(words, &at.key("heading"), report))
        }
        Block::Subheading(words) => {
            BlockKind::Subheading(text::headline(words, &at.key("subheading"), report))
        }
        Block::Pull(pull) => {
            let at = at.key("pull");
            BlockKind::Pull(match pull {
                Pull::Words(words) => text::marked(words, &at, report),
                Pull::InLanguage { text, .. } => text::marked(text, &at.key("text"), report),
            })
        }
        Block::Break(_) => {
            report.counts(Counted::Texts, 1, at);
            BlockKind::Break
        }
        Block::Paragraph(words) => BlockKind::Content(paragraph(words, at, report)),
        Block::Quote(quote) => BlockKind::Content(self::quote(quote, &at.key("quote"), report)),
        Block::List(items) => {
            BlockKind::Content(list(items, Labels::Bullets, 1, &at.key("list"), report))
        }
        Block::Numbered(items) => {
            BlockKind::Content(list(items, Labels::Numbers, 1, &at.key("numbered"), report))
        }
        Block::Figure(figure) => {
            BlockKind::Content(self::figure(figure, &at.key("figure"), report)?)
        }
        Block::Table(table) => BlockKind::Content(self::table(table, &at.key("table"), report)),
        Block::Query(question) => {
            query(question, &at.key("query"), report);
            return None;
        }
    })
}

fn paragraph(words: &Marked, at: &FieldPath, report: &mut Report<'_>) -> Content {
    let read = text::marked(words, at, report);
    block_name(words, at, report);
    Content::Paragraph(read)
}

/// No level may be skipped (ISO 14289-1, 7.4.2), and a heading heads something.
fn headings(blocks: &[Block], at: &FieldPath, report: &mut Report<'_>) {
    let mut under_heading = false;
    let mut told = false;
    for (index, block) in blocks.iter().enumerate() {
        let (key, hint) = match block {
            Block::Heading(_) => ("heading", "put a text under it, or leave it out"),
            Block::Subheading(_) => ("subheading", "put a text under it, or leave it out"),
            _ => continue,
        };
        let here = at.index(index).key(key);
        under_heading |= key == "heading";
        if !under_heading && !std::mem::replace(&mut told, true) {
            let message = "a subheading stands here before any heading, and is made one";
            let problem =
                Diagnostic::warning(Code::HeadingOrder, message).hint("make it a `heading`");
            report.say(&here, problem);
        }
        let mut below = blocks[index + 1..]
            .iter()
            .filter(|block| !matches!(block, Block::Query(_) | Block::Break(_)));
        let bare = matches!(
            (block, below.next()),
            (_, None | Some(Block::Heading(_)))
                | (Block::Subheading(_), Some(Block::Subheading(_)))
        );
        if bare {
            let problem =
                Diagnostic::warning(Code::BareHeading, "nothing stands under this heading");
            report.say(&here, problem.hint(hint));
        }
    }
}

/// A paragraph that is only the name of a block: the colon was forgotten.
fn block_name(words: &Marked, at: &FieldPath, report: &mut Report<'_>) {
    let name = words.source().trim();
    if BLOCKS.contains(&name) {
        let message = format!("this paragraph is the word `{name}`, and not a block of that name");
        let problem = Diagnostic::warning(Code::BlockName, message)
            .hint(format!("for the block write `- {name}:`, with the colon"));
        report.say(at, problem);
    }
}

fn quote(quote: &Quote, at: &FieldPath, report: &mut Report<'_>) -> Content {
    let (words, by) = match quote {
        Quote::Words(words) => {
            return Content::Quote {
                paragraphs: vec![text::marked(words, at, report)],
                by: None,
            };
        }
        Quote::Attributed { text, by, .. } => (text, by),
    };
    let at_text = at.key("text");
    let paragraphs = match words {
        OneOrMore::One(words) => vec![text::marked(words, &at_text, report)],
        OneOrMore::Many(paragraphs) => paragraphs
            .iter()
            .enumerate()
            .map(|(index, words)| text::marked(words, &at_text.index(index), report))
            .collect(),
    };
    let by = by.as_ref();
    let by = by.map(|by| text::marked(by, &at.key("by"), report));
    Content::Quote { paragraphs, by }
}

/// What the items of a list are labelled with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Labels {
    Bullets,
    Numbers,
}

/// How deep lists may stand in each other: a numbering of Word has so many levels (ISO/IEC 29500-1, 17.9.6).
const MAX_LISTS: usize = 9;

/// A list; `depth` is 1 where it stands in no other.
fn list(
    items: &[Item],
    labels: Labels,
    depth: usize,
    at: &FieldPath,
    report: &mut Report<'_>,
) -> Content {
    let items = if depth <= MAX_LISTS {
        let items = items.iter().enumerate();
        let items =
            items.map(|(index, item)| self::item(item, index + 1, depth, at.index(index), report));
        items.collect()
    } else {
        let message = format!("lists stand in each other deeper than {MAX_LISTS} levels");
        let problem = Diagnostic::error(Code::ListTooDeep, message)
            .hint("give the inner lists paragraphs or headings of their own");
        report.say(at, problem);
        Vec::new()
    };
    Content::List {
        numbered: labels == Labels::Numbers,
        items,
    }
}

fn item(
    item: &Item,
    place: usize,
    depth: usize,
    at: FieldPath,
    report: &mut Report<'_>,
) -> Vec<checked::Block<Content>> {
    let blocks = match item {
        Item::Text(words) => {
            pasted::item(words.source(), place, &at, report);
            let kind = Content::Paragraph(text::marked(words, &at, report));
            return vec![checked::Block {
                origin: at,
                language: None,
                kind,
            }];
        }
        Item::Blocks(blocks) => blocks.iter().enumerate(),
    };
    let blocks = blocks.filter_map(|(index, block)| {
        let origin = at.index(index);
        let language = language_in_item(block, &origin, report);
        let kind = report.within(language.as_ref(), |report| {
            in_item(block, depth, &origin, report)
        })?;
        Some(checked::Block {
            origin,
            language,
            kind,
        })
    });
    blocks.collect()
}

fn in_item(
    block: &ItemBlock,
    depth: usize,
    at: &FieldPath,
    report: &mut Report<'_>,
) -> Option<Content> {
    Some(match block {
        ItemBlock::Paragraph(words) => paragraph(words, at, report),
        ItemBlock::Quote(quote) => self::quote(quote, &at.key("quote"), report),
        ItemBlock::List(items) => list(items, Labels::Bullets, depth + 1, &at.key("list"), report),
        ItemBlock::Numbered(items) => list(
            items,
            Labels::Numbers,
            depth + 1,
            &at.key("numbered"),
            report,
        ),
        ItemBlock::Figure(figure) => self::figure(figure, &at.key("figure"), report)?,
        ItemBlock::Table(table) => self::table(table, &at.key("table"), report),
        ItemBlock::Query(question) => {
            query(question, &at.key("query"), report);
            return None;
        }
    })
}

fn figure(figure: &Figure, at: &FieldPath, report: &mut Report<'_>) -> Option<Content> {
    report.counts(Counted::Figures, 1, at);
    let picture = text::image(&figure.alt, at, report);
    let caption = figure.caption.as_ref();
    let caption = caption.map(|words| text::marked(words, &at.key("caption"), report));
    let credit = figure.credit.as_ref();
    let credit = credit.map(|words| text::literal(words, &at.key("credit"), report));
    let width = figure.width.as_ref();
    let width = width.and_then(|written| self::width(written, &at.key("width"), report));
    Some(Content::Figure(checked::Figure {
        picture: picture?,
        caption,
        credit,
        width,
    }))
}

/// A width in percent of the measure.
fn width(written: &str, at: &FieldPath, report: &mut Report<'_>) -> Option<u8> {
    let percent = written
        .strip_suffix('%')
        .and_then(|percent| percent.parse().ok());
    let percent = percent.filter(|percent| (5..=100).contains(percent));
    if percent.is_none() {
        let message = format!("`{written}` is not a width of a figure");
        let problem = Diagnostic::error(Code::FigureWidth, message)
            .hint("a part of the text's width, from 5% to 100%, for example 60%");
        report.say(at, problem);
    }
    percent
}

fn table(table: &Table, at: &FieldPath, report: &mut Report<'_>) -> Content {
    // Where the header is missing, that is told, and not once more of each row.
    let mut all = table.header.iter().chain(&table.rows);
    let width = all.next().map_or(0, Vec::len);
    if width > MAX_COLUMNS {
        let message = format!("this table has {width} columns; it may have {MAX_COLUMNS}");
        let problem = Diagnostic::error(Code::TooManyValues, message)
            .hint("make several tables of it, or link to what is data");
        report.say(&at.key("header"), problem);
    }
    let [header, rows] = [("header", &table.header), ("rows", &table.rows)]
        .map(|(key, written)| rows(written, width, &at.key(key), report));
    let caption = table.caption.as_ref();
    let caption = caption.map(|words| text::marked(words, &at.key("caption"), report));
    Content::Table(checked::Table {
        caption,
        header,
        rows,
        row_heads: table.row_heads,
        columns: columns::check(table, width, &at.key("columns"), report),
    })
}

fn rows(
    rows: &[Vec<Marked>],
    width: usize,
    at: &FieldPath,
    report: &mut Report<'_>,
) -> Vec<Vec<Text>> {
    let rows = rows.iter().enumerate().map(|(row, cells)| {
        let at = at.index(row);
        if cells.len() != width {
            let cell = if cells.len() == 1 { "cell" } else { "cells" };
            let message = format!(
                "this row has {} {cell}, and the first has {width}",
                cells.len()
            );
            let problem = Diagnostic::error(Code::TableWidth, message)
                .hint("every row has as many cells; an empty one is written \"\"");
            report.say(&at, problem);
        }
        let cells = cells.iter().enumerate();
        let cells = cells.map(|(column, words)| text::cell(words, &at.index(column), report));
        cells.collect()
    });
    rows.collect()
}

fn query(question: &str, at: &FieldPath, report: &mut Report<'_>) {
    let question = crate::piece::one_line(question);
    let problem = Diagnostic::warning(Code::Query, format!("an open question: {question}"))
        .hint("answer it in the text and take the `query` out");
    report.say(at, problem);
}
