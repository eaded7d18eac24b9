//! Tables that only set texts beside each other, a portrait or a name on one side and what is said on the other; and frames around
//! text. They are no tables of a piece: their paragraphs stand on their own.

use super::document::{Block, Paragraph, Remark, Role, Row, Table};
use super::shapes::{self, Likeness};

/// Blocks in which tables for layout are the paragraphs that they hold.
pub(super) fn unrolled(blocks: &[Block], remarks: &mut Vec<Remark>) -> Vec<Block> {
    let mut out = Vec::with_capacity(blocks.len());
    for block in blocks {
        match block {
            Block::Table(table) if is_frame(table) => {
                let message = "a frame around text is its paragraphs here";
                remarks.push(Remark::lost(&table.place, message, ""));
                let cells = table.rows.iter().flat_map(|row| &row.cells);
                out.extend(cells.flatten().cloned().map(Block::Paragraph));
            }
            Block::Table(table) if is_layout(table) => {
                let message = "a table that sets names beside texts is paragraphs here";
                remarks.push(Remark::guess(&table.place, message));
                for row in &table.rows {
                    match sides(row).is_empty() {
                        true => tell_head(row, table, remarks),
                        false => out.extend(side_by_side(&without_number(row, table, remarks))),
                    }
                }
            }
            _ => out.push(block.clone()),
        }
    }
    out
}

/// The paragraphs of a cell that say something.
fn said(cell: &[Paragraph]) -> impl Iterator<Item = &Paragraph> {
    let is_said = |paragraph: &&Paragraph| !paragraph.plain().trim().is_empty();
    cell.iter().filter(is_said)
}

fn is_empty(cell: &[Paragraph]) -> bool {
    cell.iter().all(Paragraph::is_empty)
}

/// Whether a table has one column of texts of several paragraphs.
fn is_frame(table: &Table) -> bool {
    let mut rows = table.rows.iter();
    let one = rows.all(|row| row.cells.iter().filter(|cell| !is_empty(cell)).count() <= 1);
    let mut cells = table.rows.iter().flat_map(|row| &row.cells);
    one && cells.any(|cell| said(cell).count() > 1)
}

/// The first line of a cell, where that names somebody.
fn names(cell: &[Paragraph]) -> bool {
    let Some(first) = said(cell).next() else {
        return false;
    };
    let plain = first.plain();
    let line = plain.trim().lines().next().unwrap_or_default();
    first.item.is_none()
        && (shapes::name(line) > Likeness::None || shapes::name_and_affiliation(line).is_some())
}

fn is_prose(paragraph: &Paragraph) -> bool {
    let plain = paragraph.plain();
    shapes::is_prose(&plain) && plain.split_whitespace().count() > 14
}

/// The cells of a row with a name, where the row has running text too; none where it is no such row.
fn sides(row: &Row) -> Vec<usize> {
    let has_text = row.cells.iter().any(|cell| cell.iter().any(is_prose));
    let found = (0..row.cells.len()).filter(|at| has_text && names(&row.cells[*at]));
    found.collect()
}

/// Whether all rows but a head set a name beside text, and half of those names are more than two words that may be anything.
fn is_layout(table: &Table) -> bool {
    let rows = table.rows.iter();
    let rows: Vec<&Row> = rows
        .filter(|row| row.cells.iter().any(|cell| !is_empty(cell)))
        .collect();
    let found: Vec<&&Row> = rows.iter().filter(|row| !sides(row).is_empty()).collect();
    let is_first_alone = rows.first().is_some_and(|row| sides(row).is_empty());
    let others = rows.len() - found.len() - usize::from(is_first_alone);
    let backed = found.iter().filter(|row| {
        let names = sides(row).into_iter().any(|at| {
            let cell = &row.cells[at];
            let lines: usize = said(cell).map(|p| p.plain().trim().lines().count()).sum();
            let first = said(cell).next().map(Paragraph::plain).unwrap_or_default();
            lines > 1
                || shapes::name(&first) == Likeness::Strong
                || shapes::name_and_affiliation(first.trim()).is_some()
        });
        let pictures = row.cells.iter().flatten().any(|p| !p.pictures.is_empty());
        let long = row.cells.iter().any(|cell| said(cell).count() > 1);
        names || pictures || long
    });
    !found.is_empty() && others == 0 && backed.count() * 2 >= found.len()
}

/// The head of a table for layout, which says `Name` and `Statement`.
fn tell_head(row: &Row, table: &Table, remarks: &mut Vec<Remark>) {
    let words: Vec<String> = row
        .cells
        .iter()
        .flatten()
        .map(|paragraph| paragraph.plain().trim().to_owned())
        .collect();
    let words = words.join(" ");
    if !words.trim().is_empty() {
        let message = "the head of a table that sets names beside texts is left out";
        remarks.push(Remark::lost(&table.place, message, words));
    }
}

/// A row without the cell that counts it.
fn without_number(row: &Row, table: &Table, remarks: &mut Vec<Remark>) -> Row {
    let number = |cell: &[Paragraph]| {
        let words: Vec<String> = cell.iter().map(Paragraph::plain).collect();
        let words = words.join(" ").trim().to_owned();
        let digits = words.trim_end_matches(['.', ')']);
        let is_one = (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        is_one.then_some(words)
    };
    let mut row = row.clone();
    if let Some(words) = row.cells.first().and_then(|first| number(first)) {
        row.cells.remove(0);
        let message = "the number of a row that sets a name beside a text is left out";
        remarks.push(Remark::lost(&table.place, message, words));
    }
    row
}

/// A row as paragraphs: each name, the portrait beside it, and the texts.
fn side_by_side(row: &Row) -> Vec<Block> {
    let people = sides(row);
    let mut portraits: Vec<Block> = Vec::new();
    let mut out: Vec<Block> = Vec::new();
    let mut texts: Vec<Block> = Vec::new();
    for (at, cell) in row.cells.iter().enumerate() {
        let has_text = cell.iter().any(is_prose);
        let mut lines: Vec<Block> = Vec::new();
        let mut own: Vec<Block> = Vec::new();
        let mut is_below = false;
        for paragraph in cell {
            let mut text = paragraph.clone();
            if !has_text || !is_below {
                let pictures = std::mem::take(&mut text.pictures);
                portraits.extend(pictures.into_iter().map(|picture| {
                    Block::Paragraph(Paragraph {
                        role: Role::Portrait,
                        pictures: vec![picture],
                        place: paragraph.place.clone(),
                        ..Paragraph::default()
                    })
                }));
            }
            if text.is_empty() {
                continue;
            }
            is_below |= is_prose(&text) || text.item.is_some();
            match people.contains(&at) && !is_below {
                true => lines.push(Block::Paragraph(text)),
                false => own.push(Block::Paragraph(text)),
            }
        }
        // Whoever has a text in the same cell, with the portrait found so far; a name alone waits for the text beside it.
        out.append(&mut lines);
        match people.contains(&at) && has_text {
            true => {
                out.append(&mut portraits);
                out.append(&mut own);
            }
            false => texts.append(&mut own),
        }
    }
    out.append(&mut portraits);
    out.append(&mut texts);
    out
}
