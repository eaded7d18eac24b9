//! What flowing editions say of blocks besides their words: the direction of each, and its very characters.

use super::difference::{Difference, Kind, MOST, quoted};
use super::expected::Expected;
use crate::piece::Direction;
use crate::read::{Block, FileKind, Link};

/// Holds the blocks of an edition, which have the words of the source.
pub(super) fn hold(
    expected: &Expected,
    found: &[Block],
    file: FileKind,
    differences: &mut Vec<Difference>,
) {
    let piece = expected.record.direction;
    let blocks = expected.blocks.iter().zip(&expected.directions).zip(found);
    for ((own, directions), other) in blocks {
        if differences.len() >= MOST || own.line() != other.line() {
            return;
        }
        let mut say = |kind: Kind, message: String| {
            differences.push(Difference {
                kind,
                place: other.place.clone(),
                message: format!("{message}: {}", quoted(&other.line())),
            });
        };
        let should = directions.map(|(direction, column)| match file {
            // In Word a paragraph has the direction of its words, and stands at the side of its column.
            FileKind::Docx => direction,
            _ => column,
        });
        if should.is_some_and(|should| other.turned.unwrap_or(piece) != should) {
            say(
                Kind::Look,
                format!("it runs {}", named(other.turned.unwrap_or(piece))),
            );
        }
        if let Some((own, other)) = first_other(own, other) {
            let shown = |c: Option<char>| match c {
                Some(c) => format!("U+{:04X}", u32::from(c)),
                None => "nothing".to_owned(),
            };
            let message = format!(
                "it is written otherwise than in the source, {} for {}",
                shown(other),
                shown(own)
            );
            say(Kind::Look, message);
        }
    }
}

fn named(direction: Direction) -> &'static str {
    match direction {
        Direction::LeftToRight => "from left to right, otherwise than in the source",
        Direction::RightToLeft => "from right to left, otherwise than in the source",
    }
}

/// The first characters that differ in two blocks whose words are the same: signs that nobody sees, spaces of another kind, letters
/// that are put together in another way.
fn first_other(own: &Block, other: &Block) -> Option<(Option<char>, Option<char>)> {
    let (mut own, mut other) = (characters(own), characters(other));
    loop {
        match (own.next(), other.next()) {
            (None, None) => return None,
            (a, b) if a == b => {}
            different => return Some(different),
        }
    }
}

/// The characters of a block without the marks of notes. Spaces are no matter, since formats break lines in their own ways, and Word
/// ties words by spaces of another kind.
fn characters(block: &Block) -> impl Iterator<Item = char> {
    let spans = block.spans.iter();
    let words = spans.filter(|span| !matches!(span.look.link, Some(Link::Note(_))));
    let all = words.flat_map(|span| span.text.chars());
    all.filter(|c| !matches!(c, ' ' | '\u{A0}' | '\t' | '\n' | '\r'))
}
