//! Lists that were typed, not made with the program's own lists.

use super::document::{self, Label, Paragraph, Role};
use super::typed_marks::{TypedMark, typed_mark};
use crate::read::Span;

/// How many blocks from here are items of a list that was typed.
pub(super) fn typed_run(blocks: &[document::Block]) -> usize {
    let mark = |block: &document::Block| match block {
        document::Block::Paragraph(p)
            if matches!(p.role, Role::Text) && p.item.is_none() && p.pictures.is_empty() =>
        {
            typed_mark(&p.plain()).map(|(mark, _)| mark)
        }
        _ => None,
    };
    let Some(first) = mark(&blocks[0]) else {
        return 0;
    };
    let same = |(index, block): (usize, &document::Block)| match (first, mark(block)) {
        (TypedMark::Bullet { .. }, Some(TypedMark::Bullet { .. })) => true,
        (TypedMark::Number(first), Some(TypedMark::Number(number))) => {
            number == first + index as u64
        }
        _ => false,
    };
    let run = blocks
        .iter()
        .enumerate()
        .take_while(|pair| same(*pair))
        .count();
    match first {
        TypedMark::Bullet { is_certain: true } => run,
        _ if run > 1 => run,
        _ => 0,
    }
}

/// The label of an item where no list can stand: in a cell.
pub(super) fn label(paragraph: &Paragraph) -> Option<Span> {
    let item = paragraph.item.as_ref().filter(|item| item.begins)?;
    let text = match item.label {
        Label::Bullet => "• ".to_owned(),
        Label::Number(number) => format!("{number}. "),
    };
    Some(Span {
        text,
        look: crate::read::Look::default(),
    })
}

/// How many bytes a number before a name takes.
pub(super) fn typed_number(text: &str) -> usize {
    match typed_mark(text) {
        Some((TypedMark::Number(_), length)) => length,
        _ => 0,
    }
}
