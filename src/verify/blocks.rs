//! Blocks held against blocks: their words first, then what each is, how deep it stands and how its characters look.

use super::difference::{Difference, Kind, MOST, quoted};
use super::signs;
use super::words::{Words, are_same, changes, is_space};
use crate::compose::{Head, Role, Shift, canonical_line};
use crate::read::{Block, FileKind, Link, Look};

/// The words that differ. Where blocks begin is no matter of words.
pub(super) fn words(expected: &[Block], found: &[Block], other: &str) -> Vec<Difference> {
    if are_same(expected, found) {
        return Vec::new();
    }
    let (expected, found_words) = (Words::of(expected), Words::of(found));
    let changes = changes(&expected.words, &found_words.words);
    let differences = changes.into_iter().take(MOST).map(|change| {
        let at = change
            .new
            .start
            .min(found_words.blocks.len().saturating_sub(1));
        let block = found_words
            .blocks
            .get(at)
            .and_then(|block| found.get(*block));
        let place = block.map_or("the file", |block| block.place.as_str());
        Difference {
            kind: Kind::Words,
            place: place.to_owned(),
            message: format!(
                "it says {} where {other} says {}",
                found_words.shown(change.new.clone()),
                expected.shown(change.old.clone())
            ),
        }
    });
    differences.collect()
}

/// Blocks of the same words, side by side. Blocks are parted alike first: a paragraph in two is one of words alone.
pub(super) fn structure(
    expected: &[Block],
    found: &[Block],
    kind: FileKind,
    has_depth: impl Fn(usize, &Block) -> bool,
    differences: &mut Vec<Difference>,
) {
    let lines = |blocks: &[Block]| blocks.iter().map(Block::line).collect::<Vec<_>>();
    let (expected_lines, found_lines) = (lines(expected), lines(found));
    for (index, (own, other)) in expected.iter().zip(found).enumerate() {
        if differences.len() >= MOST {
            return;
        }
        if expected_lines[index] != found_lines[index] {
            differences.push(Difference {
                kind: Kind::Block,
                place: other.place.clone(),
                message: format!(
                    "a block ends elsewhere: it is {} where the source has {}",
                    quoted(&found_lines[index]),
                    quoted(&expected_lines[index])
                ),
            });
            // From here on blocks cannot be told which is which.
            return;
        }
        block(own, other, &found_lines[index], differences);
        signs::hold(own, other, kind, differences);
        if own.depth != other.depth && has_depth(index, other) {
            differences.push(Difference {
                kind: Kind::List,
                place: other.place.clone(),
                message: format!(
                    "it stands in {} lists, in the source in {}: {}",
                    other.depth,
                    own.depth,
                    quoted(&found_lines[index])
                ),
            });
        }
    }
}

fn block(expected: &Block, found: &Block, line: &str, differences: &mut Vec<Difference>) {
    let mut say = |kind: Kind, message: String| {
        differences.push(Difference {
            kind,
            place: found.place.clone(),
            message: format!("{message}: {}", quoted(line)),
        });
    };
    if let Some(kind) = other_role(expected.role, found.role) {
        let (is, was) = (named(found.role), named(expected.role));
        say(kind, format!("{is} is {was} in the source"));
    }
    let (own, other) = (looks(expected), looks(found));
    // Only the first: what follows in this block is shifted against each other.
    let mut differing = own.iter().zip(&other);
    let mut differing = differing
        .by_ref()
        .filter(|((text, own), (word, other))| text != word || !is_alike(own, other));
    if let Some(((text, own), (_, other))) = differing.next() {
        let (kind, what) = match () {
            () if own.language != other.language => (Kind::Language, "the language"),
            () if !leads_alike(own, other) => (Kind::Link, "the link"),
            () => (Kind::Look, "the emphasis or the level"),
        };
        let text = quoted(text);
        say(kind, format!("{what} of {text} is not that of the source"));
    }
}

/// What a difference of roles is about; none where they are the same to those who read.
fn other_role(expected: Role, found: Role) -> Option<Kind> {
    match (expected, found) {
        (own, other) if own == other => None,
        // Who said a quotation is part of it in one format and not in another.
        (
            Role::Paragraph | Role::Quote | Role::Pull,
            Role::Paragraph | Role::Quote | Role::Pull,
        ) => None,
        (Role::Heading(_), _) | (_, Role::Heading(_)) => Some(Kind::Heading),
        (Role::Cell { .. }, _) | (_, Role::Cell { .. }) => Some(Kind::Table),
        _ => Some(Kind::Block),
    }
}

/// A role as people call it.
#[must_use]
pub fn named(role: Role) -> String {
    match role {
        Role::Heading(level) => format!("a heading of level {level}"),
        Role::Paragraph | Role::Pull => "a paragraph".to_owned(),
        Role::Quote => "a quotation".to_owned(),
        Role::Cell { head, row, column } => {
            let kind = match head {
                Head::None => "cell",
                Head::Column => "head cell",
                Head::Row => "cell that heads its row",
            };
            format!("the {kind} in row {} and column {}", row + 1, column + 1)
        }
        Role::Alternative => "an alternative text".to_owned(),
        Role::Note => "a note".to_owned(),
    }
}

/// The looks of a block's characters, white space left out, as stretches: where a space belongs to is no matter.
fn looks(block: &Block) -> Vec<(String, Look)> {
    let mut stretches: Vec<(String, Look)> = Vec::new();
    for span in &block.spans {
        let look = comparable(&span.look, block.role);
        let text = match look.link {
            Some(Link::Note(_)) => "*".repeat(marks(&span.text)),
            _ => unspaced(&canonical_line(&span.text)),
        };
        match stretches.last_mut() {
            _ if text.is_empty() => {}
            Some((last, of)) if *of == look => last.push_str(&text),
            _ => stretches.push((text, look)),
        }
    }
    stretches
}

/// A line without its spaces.
fn unspaced(line: &str) -> String {
    line.split(is_space).collect()
}

/// How many marks of notes a text shows: each format shows them in its own way, and parts them by commas.
fn marks(text: &str) -> usize {
    let marks = text.split([',', '\u{60C}']);
    marks.filter(|mark| !mark.trim().is_empty()).count()
}

/// Whether two looks are the same.
fn is_alike(own: &Look, other: &Look) -> bool {
    let bare = |look: &Look| Look {
        link: None,
        ..look.clone()
    };
    bare(own) == bare(other) && leads_alike(own, other)
}

/// Whether two links lead to the same place. One that leads to a whole document, or that an office program gave a name of its
/// own, leads inside and no more is known.
fn leads_alike(own: &Look, other: &Look) -> bool {
    match (&own.link, &other.link) {
        (Some(Link::Inside(own)), Some(Link::Inside(other))) => {
            own == other || other.is_empty() || other.contains('.') || other.starts_with('_')
        }
        (own, other) => own == other,
    }
}

/// A look, as far as every format can say it.
fn comparable(look: &Look, role: Role) -> Look {
    let link = look.link.as_ref().map(|link| match link {
        Link::Note(_) => Link::Note(String::new()),
        other => other.clone(),
    });
    let is_mark = matches!(link, Some(Link::Note(_)));
    Look {
        // Heads of tables and headings are strong or slanted by their own look.
        emphasis: look.emphasis && !is_mark,
        strong: look.strong
            && !is_mark
            && !matches!(
                role,
                Role::Heading(_)
                    | Role::Cell {
                        head: Head::Column | Head::Row,
                        ..
                    }
            ),
        shift: if is_mark { Shift::None } else { look.shift },
        language: look.language.clone().filter(|_| !is_mark),
        link,
    }
}
