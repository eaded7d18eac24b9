//! Rules over blocks: their order, their tables, the editor's questions.

use super::{Report, text};
use crate::diagnostic::{Code, Diagnostic, FieldPath};
use crate::piece::{Block, Figure, Item, Marked, OneOrMore, Quote, Table};

/// The blocks of an introduction or a statement.
pub(super) fn check(blocks: &[Block], at: &FieldPath, report: &mut Report<'_>) {
    headings(blocks, at, report);
    each(blocks, at, report);
}

fn each(blocks: &[Block], at: &FieldPath, report: &mut Report<'_>) {
    for (index, block) in blocks.iter().enumerate() {
        one(block, &at.index(index), report);
    }
}

fn one(block: &Block, at: &FieldPath, report: &mut Report<'_>) {
    match block {
        Block::Paragraph(words) => {
            text::marked(words, at, report);
            block_name(words, at, report);
        }
        Block::Heading(words) => text::marked(words, &at.key("heading"), report),
        Block::Subheading(words) => text::marked(words, &at.key("subheading"), report),
        Block::Pull(words) => text::marked(words, &at.key("pull"), report),
        Block::Quote(quote) => self::quote(quote, &at.key("quote"), report),
        Block::List(items) => list(items, &at.key("list"), report),
        Block::Numbered(items) => list(items, &at.key("numbered"), report),
        Block::Figure(figure) => self::figure(figure, &at.key("figure"), report),
        Block::Table(table) => self::table(table, &at.key("table"), report),
        Block::Break(_) => {}
        Block::Query(question) => query(question, &at.key("query"), report),
    }
}

/// No level may be skipped (ISO 14289-1, 7.4.2), and a heading heads something.
fn headings(blocks: &[Block], at: &FieldPath, report: &mut Report<'_>) {
    let mut under_heading = false;
    for (index, block) in blocks.iter().enumerate() {
        let (key, hint) = match block {
            Block::Heading(_) => ("heading", "put a text under it, or leave it out"),
            Block::Subheading(_) => ("subheading", "put a text under it, or leave it out"),
            _ => continue,
        };
        let here = at.index(index).key(key);
        if key == "subheading" && !under_heading {
            let message = "a subheading stands here before any heading";
            let problem =
                Diagnostic::error(Code::HeadingOrder, message).hint("make it a `heading`");
            report.say(&here, problem);
        }
        under_heading = true;
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
    if matches!(
        name,
        "break"
            | "heading"
            | "subheading"
            | "quote"
            | "pull"
            | "list"
            | "numbered"
            | "figure"
            | "table"
            | "query"
    ) {
        let message = format!("this paragraph is the word `{name}`, and not a block of that name");
        let problem = Diagnostic::warning(Code::BlockName, message)
            .hint(format!("for the block write `- {name}:`, with the colon"));
        report.say(at, problem);
    }
}

fn quote(quote: &Quote, at: &FieldPath, report: &mut Report<'_>) {
    match quote {
        Quote::Words(words) => text::marked(words, at, report),
        Quote::Attributed { text: words, by } => {
            let at_text = at.key("text");
            match words {
                OneOrMore::One(words) => text::marked(words, &at_text, report),
                OneOrMore::Many(paragraphs) => {
                    for (index, words) in paragraphs.iter().enumerate() {
                        text::marked(words, &at_text.index(index), report);
                    }
                }
            }
            if let Some(by) = by {
                text::marked(by, &at.key("by"), report);
            }
        }
    }
}

fn list(items: &[Item], at: &FieldPath, report: &mut Report<'_>) {
    for (index, item) in items.iter().enumerate() {
        let at = at.index(index);
        let blocks = match item {
            Item::Text(words) => {
                text::marked(words, &at, report);
                continue;
            }
            Item::Blocks(blocks) => blocks,
        };
        for (index, block) in blocks.iter().enumerate() {
            let name = match block {
                Block::Heading(_) => "a heading",
                Block::Subheading(_) => "a subheading",
                Block::Pull(_) => "a pull quote",
                Block::Break(_) => "a break",
                _ => continue,
            };
            let problem = Diagnostic::error(
                Code::BlockInItem,
                format!("{name} stands in an item of a list"),
            )
            .hint("an item holds paragraphs, lists, quotations, figures and tables");
            report.say(&at.index(index), problem);
        }
        each(blocks, &at, report);
    }
}

fn figure(figure: &Figure, at: &FieldPath, report: &mut Report<'_>) {
    text::plain(&figure.alt, &at.key("alt"), report);
    if let Some(caption) = &figure.caption {
        text::marked(caption, &at.key("caption"), report);
    }
    if let Some(credit) = &figure.credit {
        text::plain(credit, &at.key("credit"), report);
    }
}

fn table(table: &Table, at: &FieldPath, report: &mut Report<'_>) {
    let width = table.header.first().map_or(0, Vec::len);
    for (key, rows) in [("header", &table.header), ("rows", &table.rows)] {
        for (row, cells) in rows.iter().enumerate() {
            let at = at.key(key).index(row);
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
            for (column, words) in cells.iter().enumerate() {
                text::cell(words, &at.index(column), report);
            }
        }
    }
    if let Some(caption) = &table.caption {
        text::marked(caption, &at.key("caption"), report);
    }
}

fn query(question: &str, at: &FieldPath, report: &mut Report<'_>) {
    let question = crate::piece::one_line(question);
    let problem = Diagnostic::warning(Code::Query, format!("an open question: {question}"))
        .hint("answer it in the text and take the `query` out");
    report.say(at, problem);
}
