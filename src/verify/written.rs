//! What flowing editions say of blocks besides their words: the direction of each, and its very characters.

use super::difference::{Difference, Kind, MOST, quoted};
use super::expected::Expected;
use super::places;
use super::ties::{TIE, TIE_OF_NAMES};
use crate::piece::Direction;
use crate::read::{Block, FileKind, Role};

/// Holds the blocks of an edition, which have the words of the source.
pub(super) fn hold(
    expected: &Expected,
    found: &[Block],
    file: FileKind,
    differences: &mut Vec<Difference>,
) {
    let piece = expected.record.direction;
    let blocks = expected.blocks.iter().zip(&expected.directions);
    let blocks = blocks.zip(&expected.written).zip(found);
    for (((own, directions), written), other) in blocks {
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
        if let Some((own, other)) = first_other(written, &other.plain(), file) {
            say(Kind::Look, otherwise(own, other));
        }
    }
}

/// Holds the characters of notes, which have the words of the source.
pub(super) fn notes(
    expected: &Expected,
    found: &[Block],
    file: FileKind,
    differences: &mut Vec<Difference>,
) {
    for (written, other) in expected.notes_written.iter().zip(found) {
        if differences.len() >= MOST {
            return;
        }
        // Ways back stand behind the words of a note.
        let [written, plain] = [written, &other.plain()].map(|own| own.trim().to_owned());
        if let Some((own, is)) = first_other(&written, &plain, file) {
            differences.push(Difference {
                kind: Kind::Look,
                place: other.place.clone(),
                message: format!("{}: {}", otherwise(own, is), quoted(&other.line())),
            });
        }
    }
}

/// Tells of signs in the blocks of a PDF that nobody sees, and that part words for those who search or copy, which the source has not.
pub(super) fn unseen(expected: &[Block], found: &[Block], differences: &mut Vec<Difference>) {
    let count = |block: &Block| {
        let spans = block.spans.iter();
        spans
            .map(|span| places::unseen(&span.text).len())
            .sum::<usize>()
    };
    let mut blocks = expected.iter().zip(found);
    let more = blocks.find(|(own, other)| count(other) > count(own));
    differences.extend(more.map(|(_, other)| Difference {
        kind: Kind::Look,
        place: other.place.clone(),
        message: format!(
            "it has signs that nobody sees and that the source has not: {}",
            quoted(&other.line())
        ),
    }));
    let mut pictures = expected.iter().zip(found);
    let other =
        pictures.find(|(own, other)| own.role == Role::Alternative && own.plain() != other.plain());
    differences.extend(other.map(|(_, other)| Difference {
        kind: Kind::Look,
        place: other.place.clone(),
        message: format!(
            "an alternative text has other spaces than the source: {}",
            quoted(&other.line())
        ),
    }));
}

/// Says which character stands for which.
fn otherwise(own: Option<char>, other: Option<char>) -> String {
    let shown = |c: Option<char>| match c {
        Some(c) => format!("U+{:04X}", u32::from(c)),
        None => "nothing".to_owned(),
    };
    format!(
        "it is written otherwise than in the source, {} for {}",
        shown(other),
        shown(own)
    )
}

fn named(direction: Direction) -> &'static str {
    match direction {
        Direction::LeftToRight => "from left to right, otherwise than in the source",
        Direction::RightToLeft => "from right to left, otherwise than in the source",
    }
}

/// The first characters that differ in two blocks whose words are the same: signs that nobody sees, spaces of another kind, letters
/// that are put together in another way.
fn first_other(own: &str, other: &str, file: FileKind) -> Option<(Option<char>, Option<char>)> {
    let (mut own, mut other) = (characters(own, file), characters(other, file));
    loop {
        match (own.next(), other.next()) {
            (None, None) => return None,
            (a, b) if a == b => {}
            (Some(TIE), Some('\u{A0}')) => {}
            (Some(TIE_OF_NAMES), Some(' ' | '\u{A0}')) => {}
            // Word has no other way to hold words together.
            (Some(TIE), Some(' ')) if file != FileKind::Docx => {}
            (Some(TIE), other) => return Some((Some('\u{A0}'), other)),
            (Some(TIE_OF_NAMES), other) => return Some((Some(' '), other)),
            different => return Some(different),
        }
    }
}

/// The characters of a block. Hypertext shows any number of spaces as one (CSS Text 3, 4.1), those at which words hold together too.
fn characters(text: &str, file: FileKind) -> impl Iterator<Item = char> {
    const SPACES: [char; 4] = [' ', '\t', '\n', '\r'];
    // What stands at the ends of a line is not seen; Word shows it.
    let is_unseen = |c: char| match file {
        FileKind::Docx => false,
        _ => SPACES.contains(&c) || c == '\u{A0}',
    };
    let is_space = |c: char| matches!(c, ' ' | TIE | TIE_OF_NAMES);
    let text = text.trim_matches(is_unseen);
    let mut before = None;
    text.chars().filter_map(move |c| {
        let c = match file {
            FileKind::Docx => c,
            _ if SPACES.contains(&c) => ' ',
            _ => c,
        };
        let is_more = file != FileKind::Docx && is_space(c) && before.is_some_and(is_space);
        before = Some(c);
        (!is_more).then_some(c)
    })
}
