//! Words with their places in a sequence of blocks, and the shortest way from one sequence to another.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::compose::canonical_line;
use crate::read::Block;

/// The words of blocks in order; each knows its block.
pub(super) struct Words {
    pub(super) words: Vec<String>,
    /// The index of the block of each word.
    pub(super) blocks: Vec<usize>,
}

impl Words {
    pub(super) fn of(blocks: &[Block]) -> Self {
        let mut all = Self {
            words: Vec::new(),
            blocks: Vec::new(),
        };
        for (index, block) in blocks.iter().enumerate() {
            for word in words_of(&block.line()) {
                all.words.push(word.to_owned());
                all.blocks.push(index);
            }
        }
        all
    }

    /// A few words around a place, for people; where there is none, says so.
    pub(super) fn shown(&self, range: Range<usize>) -> String {
        const MOST: usize = 12;
        let end = range.end.min(range.start + MOST);
        let words = self.words[range.start..end].join(" ");
        match range.len() {
            0 => "nothing".to_owned(),
            length if length > MOST => format!("“{words} …” ({length} words)"),
            _ => format!("“{words}”"),
        }
    }
}

/// The words of a canonical line.
fn words_of(line: &str) -> impl Iterator<Item = &str> {
    line.split(is_space).filter(|word| !word.is_empty())
}

/// The space of a canonical line, looked for where it stands: words are too short for a search of their ends to pay.
pub(super) fn is_space(c: char) -> bool {
    c == ' '
}

/// Whether two sequences of blocks have the same words, wherever a block ends: nearly all do, and then nothing else need be known.
pub(super) fn are_same(old: &[Block], new: &[Block]) -> bool {
    let lines = |blocks: &[Block]| blocks.iter().map(Block::line).collect::<Vec<_>>();
    let (old, new) = (lines(old), lines(new));
    if old == new {
        return true;
    }
    let old = old.iter().flat_map(|line| words_of(line));
    let new = new.iter().flat_map(|line| words_of(line));
    old.eq(new)
}

/// The letters and digits of a line alone: formats part and hyphenate words each in its own way.
pub(super) fn letters(line: &str) -> String {
    let line = canonical_line(line);
    line.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// A stretch of words that differs.
pub(super) struct Change {
    pub(super) old: Range<usize>,
    pub(super) new: Range<usize>,
}

/// What differs between two sequences of words.
pub(super) fn changes(old: &[String], new: &[String]) -> Vec<Change> {
    // What is equal at both ends costs nothing; Myers' algorithm sees the rest.
    let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (rest_old, rest_new) = (&old[head..], &new[head..]);
    let tail = rest_old.iter().rev().zip(rest_new.iter().rev());
    let tail = tail.take_while(|(a, b)| a == b).count();
    let (old, new) = (
        &rest_old[..rest_old.len() - tail],
        &rest_new[..rest_new.len() - tail],
    );
    let mut changes = Vec::new();
    for op in operations(old, new) {
        let (old, new) = match op {
            DiffOp::Equal { .. } => continue,
            op => (op.old_range(), op.new_range()),
        };
        let moved = |range: Range<usize>| range.start + head..range.end + head;
        changes.push(Change {
            old: moved(old),
            new: moved(new),
        });
    }
    changes
}

/// Two texts that have nothing in common would cost the product of their lengths: beyond this many words, all of it differs.
const MOST: usize = 20_000;

/// The operations that make the one sequence the other.
pub(super) fn operations(old: &[String], new: &[String]) -> Vec<DiffOp> {
    if old.is_empty() && new.is_empty() {
        return Vec::new();
    }
    if old.len().max(new.len()) > MOST {
        return vec![DiffOp::Replace {
            old_index: 0,
            old_len: old.len(),
            new_index: 0,
            new_len: new.len(),
        }];
    }
    capture_diff_slices(Algorithm::Patience, old, new)
}
