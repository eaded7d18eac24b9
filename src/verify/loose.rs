//! The comparison with files whose spaces are a guess: PDFs that other programs made or drew again.
//!
//! Such a file is letters in places. Where a word ends, what is a running head and what a list's label must be guessed from them, notes
//! stand at the feet of pages and pictures have no words. So the blocks of the text are looked for one by one, letter by letter without
//! spaces and hyphens, and all letters that are left over must be labels, marks or what pages show beside the text.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use unicode_normalization::UnicodeNormalization;

use super::difference::{Difference, Kind};
use crate::compose::{Role, canonical_line};
use crate::read::{Block, Contents, FileKind, Link};

/// So many differences are told.
const MOST: usize = 20;
/// Labels, marks and page numbers are at most so long together.
const LONGEST_MARK: usize = 12;
/// So many guesses at marks follow on each other.
const DEEPEST: usize = 200;
/// Looking for one block takes at most so many steps.
const STEPS: usize = 2_000_000;

/// Whether a file is a PDF of others, or one without tags.
pub(super) fn is_loose(contents: &Contents) -> bool {
    contents.kind == FileKind::Pdf
        && (!contents.is_structured || contents.metadata.text_hash.is_none())
}

/// A text that is looked for, and what pages may show besides.
pub(super) struct Said<'a> {
    pub(super) blocks: &'a [Block],
    pub(super) notes: &'a [Block],
    pub(super) furniture: &'a [String],
    /// What the file is called in messages, and the text.
    pub(super) names: [&'a str; 2],
}

/// The words of a text that such a file does not show, and those that it shows and the text does not have.
pub(super) fn words(said: &Said<'_>, contents: &Contents) -> Vec<Difference> {
    let [it, other] = said.names;
    let units: Vec<Unit<'_>> = said
        .blocks
        .iter()
        .map(|block| Unit::of(block, false))
        .chain(said.notes.iter().map(|block| Unit::of(block, true)))
        .filter(|unit| !unit.letters.is_empty())
        .collect();
    let mut page = Letters::of(contents);
    let mut places: Vec<Option<usize>> = vec![None; units.len()];
    // Long ones first: a short one may stand in them.
    let mut order: Vec<usize> = (0..units.len()).collect();
    order.sort_by_key(|index| std::cmp::Reverse(units[*index].letters.len()));
    for index in &order {
        places[*index] = page.place(&units[*index], near(&places, *index));
    }
    // What goes on over a page is parted by what stands at its foot and head.
    page.leave_out(said.furniture);
    for index in &order {
        if places[*index].is_none() {
            places[*index] = page.place(&units[*index], near(&places, *index));
        }
    }
    let mut differences = Vec::new();
    for (unit, place) in units.iter().zip(&places) {
        if place.is_none() && unit.block.role != Role::Alternative {
            let message = format!("{it} says nothing where {other} says {}", unit.shown());
            differences.push((page.nearest(&places, &units, unit), message));
        }
    }
    let known: Vec<Vec<char>> = said.furniture.iter().map(|text| letters(text)).collect();
    differences.extend(page.left(said.names, &known));
    differences.extend(moved(&units, &places, &page));
    let differences = differences.into_iter().take(MOST);
    let differences = differences.map(|(place, message)| Difference {
        kind: Kind::Words,
        place,
        message,
    });
    differences.collect()
}

/// Whether two such files show the same letters.
pub(super) fn are_alike(old: &Contents, new: &Contents) -> bool {
    Letters::of(old).all == Letters::of(new).all
}

/// The headings of a text that a file with tags of its own does not have as such.
pub(super) fn headings(expected: &[Block], found: &[Block]) -> Vec<Difference> {
    let headings = |blocks: &[Block]| -> Vec<(u8, Vec<char>, String)> {
        let of = blocks.iter().filter_map(|block| match block.role {
            Role::Heading(level) => Some((level, letters(&block.plain()), block.place.clone())),
            _ => None,
        });
        of.collect()
    };
    let (own, other) = (headings(expected), headings(found));
    let mut known = other.iter();
    let missing = own.iter().filter(|(level, text, _)| {
        let mut rest = known.clone();
        match rest.find(|(of, words, _)| of == level && words == text) {
            Some(_) => {
                known = rest;
                false
            }
            None => true,
        }
    });
    let missing = missing.take(MOST).map(|(level, text, _)| Difference {
        kind: Kind::Heading,
        place: "the file".to_owned(),
        message: format!(
            "there is no heading of level {level} “{}” in its place",
            text.iter().collect::<String>()
        ),
    });
    missing.collect()
}

/// Where the block before one was found to end.
fn near(places: &[Option<usize>], index: usize) -> usize {
    let before = places[..index].iter().rev().find_map(|place| *place);
    before.unwrap_or(0)
}

/// A block to be looked for.
struct Unit<'a> {
    block: &'a Block,
    letters: Vec<char>,
    /// Before which of its letters the mark of a note stands.
    marks: BTreeSet<usize>,
    is_note: bool,
}

impl<'a> Unit<'a> {
    fn of(block: &'a Block, is_note: bool) -> Self {
        let mut own = Vec::new();
        let mut marks = BTreeSet::new();
        for span in &block.spans {
            match span.look.link {
                Some(Link::Note(_)) => {
                    marks.insert(own.len());
                }
                _ => own.extend(letters(&span.text)),
            }
        }
        Self {
            block,
            letters: own,
            marks,
            is_note,
        }
    }

    fn shown(&self) -> String {
        const MOST: usize = 60;
        let line = self.block.line();
        match line.char_indices().nth(MOST) {
            Some((end, _)) => format!("“{}…”", &line[..end]),
            None => format!("“{line}”"),
        }
    }
}

/// A block that is looked for, and where its letters were found so far.
struct Search<'u> {
    unit: &'u Unit<'u>,
    path: Vec<usize>,
    /// How many steps are left.
    steps: usize,
}

/// Where a search goes on.
#[derive(Debug, Clone, Copy)]
struct Step {
    /// The letter of the block.
    index: usize,
    /// The letter of the file.
    at: usize,
    /// Whether marks may stand here.
    may_skip: bool,
    /// How many guesses led here.
    depth: usize,
}

/// The letters of a file.
struct Letters<'a> {
    contents: &'a Contents,
    all: Vec<char>,
    /// The block of each letter.
    blocks: Vec<usize>,
    used: Vec<bool>,
    /// What may stand at the edges of pages.
    edges: Vec<Edge>,
}

impl<'a> Letters<'a> {
    fn of(contents: &'a Contents) -> Self {
        let mut own = Self {
            contents,
            all: Vec::new(),
            blocks: Vec::new(),
            used: Vec::new(),
            edges: Vec::new(),
        };
        for (index, block) in own.said().enumerate() {
            let letters = letters(&block.plain());
            own.blocks.extend(std::iter::repeat_n(index, letters.len()));
            own.all.extend(letters);
        }
        own.used = vec![false; own.all.len()];
        own.edges = vec![Edge::None; own.all.len()];
        own
    }

    /// The blocks that are shown: words of pictures are heard alone.
    fn said(&self) -> impl Iterator<Item = &'a Block> + use<'a> {
        let all = self.contents.blocks.iter().chain(&self.contents.notes);
        all.filter(|block| block.role != Role::Alternative)
    }

    /// Finds a block near a place, else anywhere; takes its letters and gives where it ends.
    fn place(&mut self, unit: &Unit<'_>, near: usize) -> Option<usize> {
        let mut search = Search {
            unit,
            path: Vec::with_capacity(unit.letters.len()),
            steps: STEPS,
        };
        let starts = (near..self.all.len()).chain(0..near);
        let mut starts = starts.filter(|at| !self.used[*at] && self.all[*at] == unit.letters[0]);
        let first = |at| Step {
            index: 0,
            at,
            may_skip: false,
            depth: 0,
        };
        starts.find(|at| self.matches(&mut search, first(*at)))?;
        for at in &search.path {
            self.used[*at] = true;
        }
        search.path.last().map(|last| last + 1)
    }

    /// Whether the letters of a block stand at a place, with marks and what was found before in between.
    fn matches(&self, search: &mut Search<'_>, from: Step) -> bool {
        let Step {
            mut index,
            mut at,
            mut may_skip,
            depth,
        } = from;
        let before = search.path.len();
        let unit = search.unit;
        while let Some(letter) = unit.letters.get(index) {
            search.steps = search.steps.saturating_sub(1);
            while index > 0 && self.used.get(at) == Some(&true) {
                at += 1;
            }
            let Some(found) = self.all.get(at).filter(|_| search.steps > 0) else {
                break;
            };
            if may_skip && index > 0 && depth < DEEPEST {
                // A figure may be a mark or the text's own: both are tried.
                let (skips, goes_on) = self.skips(unit, index, at);
                let mut steps = skips.rev().map(|skipped| Step {
                    index,
                    at: at + skipped,
                    may_skip: goes_on,
                    depth: depth + 1,
                });
                if steps.any(|step| self.matches(search, step)) {
                    return true;
                }
            }
            if found != letter {
                break;
            }
            search.path.push(at);
            index += 1;
            at += 1;
            may_skip = true;
        }
        let whole = index == unit.letters.len();
        if !whole {
            search.path.truncate(before);
        }
        whole
    }

    /// How many letters may be passed over before a letter of a block, and whether more may follow: the marks of a note, what stands
    /// at the foot of a page, all of it, and what stands at the head of the next.
    fn skips(&self, unit: &Unit<'_>, index: usize, at: usize) -> (RangeInclusive<usize>, bool) {
        if unit.marks.contains(&index) {
            let marks = self.all[at..].iter().take(LONGEST_MARK);
            let marks = marks.take_while(|c| is_mark(**c)).count();
            return (1..=marks, false);
        }
        match self.edges[at] {
            Edge::Foot(end) => (end - at..=end - at, true),
            Edge::Head(marks) => (1..=marks, false),
            Edge::None => (RangeInclusive::new(1, 0), false),
        }
    }

    /// Leaves out what pages show beside the text, at their edges.
    fn leave_out(&mut self, furniture: &[String]) {
        let mut known: Vec<Vec<char>> = furniture.iter().map(|text| letters(text)).collect();
        known.sort_by_key(|text| std::cmp::Reverse(text.len()));
        known.retain(|text| !text.is_empty());
        for (first, last) in self.pages() {
            let (mut start, mut end) = (first, last);
            while let Some(next) = self.past(start, end, &known, Side::Start) {
                start = next;
            }
            while let Some(next) = self.past(start, end, &known, Side::End) {
                end = next;
            }
            let marks = (first..start).filter(|at| !self.used[*at]).count();
            if let Some(head) = self.edges.get_mut(first) {
                *head = Edge::Head(marks.min(LONGEST_MARK));
            }
            self.edges[end..last].fill(Edge::Foot(last));
        }
    }

    /// Goes past a letter that was found, a mark, or one of the known texts, from the edge of a page inwards.
    fn past(&mut self, start: usize, end: usize, known: &[Vec<char>], side: Side) -> Option<usize> {
        let at = match side {
            Side::Start => start,
            Side::End => end.checked_sub(1)?,
        };
        if start >= end {
            return None;
        }
        let one = match side {
            Side::Start => start + 1,
            Side::End => end - 1,
        };
        if self.used[at] {
            return Some(one);
        }
        let text = &self.all[start..end];
        let found = known.iter().find(|own| match side {
            Side::Start => text.starts_with(own),
            Side::End => text.ends_with(own),
        });
        if let Some(found) = found {
            let (from, next) = match side {
                Side::Start => (start, start + found.len()),
                Side::End => (end - found.len(), end - found.len()),
            };
            self.used[from..from + found.len()].fill(true);
            return Some(next);
        }
        is_mark(self.all[at]).then_some(one)
    }

    /// The letters of each page, or of each block where the file has tags.
    fn pages(&self) -> Vec<(usize, usize)> {
        let mut pages = Vec::new();
        let mut start = 0;
        for (at, pair) in self.blocks.windows(2).enumerate() {
            if pair[0] != pair[1] {
                pages.push((start, at + 1));
                start = at + 1;
            }
        }
        pages.push((start, self.all.len()));
        pages
    }

    /// The place of what is left over, and what it says: all but labels and marks.
    fn left(&self, [it, other]: [&str; 2], known: &[Vec<char>]) -> Vec<(String, String)> {
        const SHOWN: usize = 60;
        let mut left = Vec::new();
        let mut at = 0;
        while at < self.all.len() {
            let block = self.blocks[at];
            let end = (at..self.all.len()).find(|at| self.used[*at] || self.blocks[*at] != block);
            let end = end.unwrap_or(self.all.len()).max(at + 1);
            let text = &self.all[at..end];
            let is_shown = |text: &[char]| known.iter().any(|known| known == text);
            let marks = text.iter().take_while(|c| is_mark(**c)).count();
            let behind = text.iter().rev().take_while(|c| is_mark(**c)).count();
            let is_harmless = self.used[at]
                || (marks == text.len() && marks <= LONGEST_MARK)
                || (0..=marks).any(|from| {
                    let to = text.len() - behind.min(text.len() - from);
                    (to..=text.len()).any(|to| is_shown(&text[from..to]))
                });
            if !is_harmless {
                let shown: String = text.iter().take(SHOWN).collect();
                left.push((
                    self.name(block),
                    format!("{it} says “{shown}” where {other} says nothing"),
                ));
            }
            at = end;
        }
        left
    }

    fn name(&self, block: usize) -> String {
        let block = self.said().nth(block);
        block.map_or_else(|| "the file".to_owned(), |block| block.place.clone())
    }

    /// The place where a block should stand.
    fn nearest(&self, places: &[Option<usize>], units: &[Unit<'_>], unit: &Unit<'_>) -> String {
        let index = units.iter().position(|other| std::ptr::eq(other, unit));
        let near = near(places, index.unwrap_or(0));
        let block = self.blocks.get(near).or(self.blocks.last());
        block.map_or_else(|| "the file".to_owned(), |block| self.name(*block))
    }
}

/// What stands at the edge of a page beside the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Edge {
    None,
    /// So many marks may stand before the text of a page.
    Head(usize),
    /// Nothing but marks stands from here to the end of the page, which is there.
    Foot(usize),
}

#[derive(Debug, Clone, Copy)]
enum Side {
    Start,
    End,
}

/// Blocks of the text that do not stand in its order. Notes stand at the feet of pages, and figures and tables where there is room.
fn moved(
    units: &[Unit<'_>],
    places: &[Option<usize>],
    page: &Letters<'_>,
) -> Vec<(String, String)> {
    let may_move = |index: usize| {
        let is_float = |unit: Option<&Unit<'_>>| {
            unit.is_some_and(|unit| {
                matches!(unit.block.role, Role::Cell { .. } | Role::Alternative)
            })
        };
        // A caption stands beside its figure or table, a credit behind it.
        let around = [
            index.checked_sub(2),
            index.checked_sub(1),
            Some(index),
            Some(index + 1),
        ];
        units[index].is_note
            || around
                .into_iter()
                .flatten()
                .any(|at| is_float(units.get(at)))
    };
    let mut moved = Vec::new();
    let mut last = 0;
    for (index, place) in places.iter().enumerate() {
        let Some(place) = place.filter(|_| !may_move(index)) else {
            continue;
        };
        if place < last {
            let block = page.blocks[place - 1];
            moved.push((
                page.name(block),
                format!("{} stands elsewhere", units[index].shown()),
            ));
        }
        last = last.max(place);
    }
    moved
}

/// The letters of a text, without spaces and hyphens, decomposed.
fn letters(text: &str) -> Vec<char> {
    let line = canonical_line(text);
    let letters = line
        .nfkd()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{FFFD}'));
    letters.collect()
}

/// Whether a character stands in labels of lists, marks of notes and numbers of pages.
fn is_mark(c: char) -> bool {
    c.is_numeric() || ".,()[]/،•–·◦▪‣*↑—|∙●○■".contains(c)
}
