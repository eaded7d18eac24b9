//! Names in flowing editions: bookmarks of Word documents and ids of hypertext stand where the things are that they name.

use std::collections::{BTreeMap, BTreeSet};

use super::difference::{Difference, Kind, MOST, quoted};
use super::expected::Expected;
use super::places::stem;
use crate::compose::Role;
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
    let mut numbers = Numbers::of(expected, has_more(contents, text));
    for (at, block) in text.iter().enumerate() {
        for name in &block.names {
            if let Some(what) = wrong(name, at, contents, expected, &mut numbers) {
                let line = quoted(&block.line());
                say(&block.place, format!("the name `{name}` {what}: {line}"));
            }
        }
    }
    for (note, own) in contents.notes.iter().enumerate() {
        for name in &own.names {
            if !expected.aims.is_note(note, name) && !is_of_others(name, contents) {
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
    let stems: BTreeSet<&str> = match numbers.has_more {
        true => all.iter().map(|name| stem(name)).collect(),
        false => BTreeSet::new(),
    };
    let is_there = |name: &&String| all.contains(name.as_str()) || stems.contains(stem(name));
    // Hypertext names no paragraphs.
    let needed: Vec<&String> = match contents.kind {
        FileKind::Docx if !numbers.has_more => expected.aims.anchors.keys().collect(),
        _ => expected.headings.iter().collect(),
    };
    for name in needed.into_iter().filter(|name| !is_there(name)) {
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
    contents: &Contents,
    expected: &Expected,
    numbers: &mut Numbers,
) -> Option<&'static str> {
    let bare = match contents.kind {
        FileKind::Docx => name,
        _ => name.strip_suffix("-heading").unwrap_or(name),
    };
    if let Some(stem) = numbered(bare) {
        return numbers.hold(stem, at);
    }
    match expected.aims.anchors.get(bare) {
        Some(should) if *should == at => None,
        _ if numbers.is_counted(bare, at) => None,
        Some(_) => Some("stands elsewhere in the source"),
        None if expected.aims.is_reference(name) || is_of_others(name, contents) => None,
        None => Some("is none of the source"),
    }
}

/// The names of blocks, which are counted. What a house puts above the text counts too, so that all may be so many higher.
struct Numbers {
    /// Of each block the names that lead to it, without their numbers, and these.
    at: BTreeMap<usize, Vec<(String, i64)>>,
    /// Whether a house puts anything above the text, whose names may be those that the composition gives to others.
    has_more: bool,
    /// Of each block the names that lead to it, without the numbers that tell them from others.
    stems: BTreeMap<usize, BTreeSet<String>>,
    /// By how much the numbers of the file may be higher; none while no name is met.
    higher: Option<BTreeSet<i64>>,
}

impl Numbers {
    fn of(expected: &Expected, has_more: bool) -> Self {
        let mut stems: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
        let mut at: BTreeMap<usize, Vec<(String, i64)>> = BTreeMap::new();
        for (name, block) in &expected.aims.anchors {
            if has_more {
                let names = stems.entry(*block).or_default();
                names.insert(stem(name).to_owned());
            }
            if let Some((own, number)) = numbered(name) {
                let names = at.entry(*block).or_default();
                let own = if has_more { stem(own) } else { own };
                names.push((own.to_owned(), number));
            }
        }
        Self {
            at,
            has_more,
            stems,
            higher: None,
        }
    }

    /// Whether a name is one that leads to a block, but for the number that tells it from others.
    fn is_counted(&self, name: &str, at: usize) -> bool {
        let names = self.stems.get(&at);
        names.is_some_and(|names| names.contains(stem(name)))
    }

    /// What is wrong about a name that leads to a block.
    fn hold(&mut self, (name, number): (&str, i64), at: usize) -> Option<&'static str> {
        let name = if self.has_more { stem(name) } else { name };
        let own = self.at.get(&at).map(Vec::as_slice).unwrap_or_default();
        let of = own.iter().filter(|(own, _)| own == name);
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

/// Whether an edition has more blocks than its source says: those that a house puts to it.
pub(super) fn has_more(contents: &Contents, text: &[Block]) -> bool {
    let count = |blocks: &[Block]| {
        let others = blocks.iter().filter(|block| block.role != Role::Pull);
        others.count()
    };
    count(&contents.blocks) > count(text)
}

/// Names that are no matter: those that Word gives to what it finds once it saves a document again, and those of pages.
fn is_of_others(name: &str, contents: &Contents) -> bool {
    match contents.kind {
        FileKind::Docx => name.starts_with('_') && !contents.metadata.is_last_by_us(),
        _ => name.starts_with("page-"),
    }
}
