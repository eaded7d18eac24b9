//! Names in flowing editions: bookmarks of Word documents and ids of hypertext stand where the things are that they name.

use std::collections::{BTreeMap, BTreeSet};

use super::difference::{Difference, Kind, MOST, quoted};
use super::expected::Expected;
use crate::read::{Block, Contents, FileKind};

/// Holds the names of an edition against those of the source; `text` are the blocks that the source says, in its order.
pub(super) fn hold(
    contents: &Contents,
    text: &[Block],
    expected: &Expected,
    found: &mut Vec<Difference>,
) {
    // Programs that save a document again give names of their own; one that names no text is none of ours.
    if contents.metadata.text_hash.is_none() || text.len() != expected.blocks.len() {
        return;
    }
    let before = found.len();
    let mut say = |place: &str, message: String| {
        if found.len() < before + MOST {
            found.push(Difference {
                kind: Kind::Link,
                place: place.to_owned(),
                message,
            });
        }
    };
    let mut numbers = Numbers::of(expected);
    for (at, block) in text.iter().enumerate() {
        for name in &block.names {
            if let Some(what) = wrong(name, at, contents.kind, expected, &mut numbers) {
                let line = quoted(&block.line());
                say(&block.place, format!("the name `{name}` {what}: {line}"));
            }
        }
    }
    for (note, own) in contents.notes.iter().enumerate() {
        for name in &own.names {
            if !expected.aims.is_note(note, name) && !is_of_others(name, contents.kind) {
                let line = quoted(&own.line());
                say(
                    &own.place,
                    format!("the name `{name}` is not that of its note: {line}"),
                );
            }
        }
    }
    let all: BTreeSet<&str> = text
        .iter()
        .flat_map(|block| block.names.iter().map(String::as_str))
        .collect();
    let headings = expected.headings.iter();
    for name in headings.filter(|name| !all.contains(name.as_str())) {
        if let Some(block) = expected.aims.anchors.get(name).and_then(|at| text.get(*at)) {
            let line = quoted(&block.line());
            say(&block.place, format!("nothing is called `{name}`: {line}"));
        }
    }
}

/// What is wrong about a name that leads to a block.
fn wrong(
    name: &str,
    at: usize,
    kind: FileKind,
    expected: &Expected,
    numbers: &mut Numbers,
) -> Option<&'static str> {
    let bare = match kind {
        FileKind::Docx => name,
        _ => name.strip_suffix("-heading").unwrap_or(name),
    };
    if let Some(stem) = numbered(bare) {
        return numbers.hold(stem, at);
    }
    match expected.aims.anchors.get(bare) {
        Some(should) if *should == at => None,
        Some(_) => Some("stands elsewhere in the source"),
        None if expected.aims.is_reference(name) || is_of_others(name, kind) => None,
        None => Some("is none of the source"),
    }
}

/// The names of blocks, which are counted. What a house puts above the text counts too, so that all may be so many higher.
struct Numbers {
    /// Of each block the names that lead to it, without their numbers, and these.
    at: BTreeMap<usize, Vec<(String, i64)>>,
    /// By how much the numbers of the file may be higher; none while no name is met.
    higher: Option<BTreeSet<i64>>,
}

impl Numbers {
    fn of(expected: &Expected) -> Self {
        let mut at: BTreeMap<usize, Vec<(String, i64)>> = BTreeMap::new();
        for (name, block) in &expected.aims.anchors {
            if let Some((stem, number)) = numbered(name) {
                let names = at.entry(*block).or_default();
                names.push((stem.to_owned(), number));
            }
        }
        Self { at, higher: None }
    }

    /// What is wrong about a name that leads to a block.
    fn hold(&mut self, (stem, number): (&str, i64), at: usize) -> Option<&'static str> {
        let own = self.at.get(&at).map(Vec::as_slice).unwrap_or_default();
        let of = own.iter().filter(|(own, _)| own == stem);
        let own: BTreeSet<i64> = of.map(|(_, own)| number - own).collect();
        let own = match &self.higher {
            Some(higher) => own.intersection(higher).copied().collect(),
            None => own,
        };
        if own.is_empty() {
            return Some("stands elsewhere in the source");
        }
        self.higher = Some(own);
        None
    }
}

/// A name that ends with the number of a block: what stands before that, and the number.
fn numbered(name: &str) -> Option<(&str, i64)> {
    let (stem, number) = name.rsplit_once("_b")?;
    let is_number = number.bytes().all(|byte| byte.is_ascii_digit());
    Some((stem, number.parse().ok().filter(|_| is_number)?))
}

/// Names that are no matter: those that Word gives to what it finds, and those of pages.
fn is_of_others(name: &str, kind: FileKind) -> bool {
    match kind {
        FileKind::Docx => name.starts_with('_'),
        _ => name.starts_with("page-"),
    }
}
