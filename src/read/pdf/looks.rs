//! What the tags say of words against how these are drawn: emphasis in another face, raised words above their line, headings no
//! smaller than the text, and nothing far smaller or larger than what stands around it.

use std::collections::{BTreeMap, BTreeSet};

use hayro_syntax::object::ObjectIdentifier;

use super::super::need::Need;
use super::super::soundness::Faults;
use super::content::Pages;
use super::sight::{Room, Stretch};
use crate::compose::Shift;

/// Words of a text are at least and at most so large, in parts of the size that most have; headings too.
const TEXT: (f64, f64) = (0.5, 2.6);
const HEADING: (f64, f64) = (0.85, 6.0);
/// A size of so much of what the most common one has, by width, may be that of the running text.
const GOOD_PART: f64 = 0.25;
/// Sizes that differ by less are one.
const SAME: f64 = 0.03;
/// Lines of a text stand at distances that differ by less, in points.
const EVEN: f64 = 0.6;
/// A line begins and ends so far beside all others of its text at most, in parts of the size: wide brackets and stops hang out of both
/// edges by half of it.
const ASIDE: f64 = 0.75;
/// Parts of colours that differ by less are one.
const ALIKE: f64 = 0.02;
/// Marks that are made smaller to be raised are smaller than this, in parts of the size around them.
const SMALLER: f64 = 0.9;

/// Marked content, and what its elements say of it.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    /// The block that it is a part of.
    pub(super) block: usize,
    pub(super) is_heading: bool,
    /// Whether it leads elsewhere.
    pub(super) is_link: bool,
    /// Whether it is a paragraph of a section.
    pub(super) is_body: bool,
    /// Whether its face is strong by itself: in headings, and in the heads of tables.
    pub(super) is_head: bool,
    pub(super) emphasis: bool,
    pub(super) strong: bool,
    pub(super) shift: Shift,
    pub(super) mark: (ObjectIdentifier, i64),
}

/// Words and how they are drawn.
struct Words<'a> {
    seen: &'a Seen,
    stretch: &'a Stretch,
    page: usize,
}

/// Judges how words are drawn.
pub(super) fn judge(seen: &[Seen], pages: &Pages, runs_back: bool, faults: &mut Faults) {
    let words = seen.iter().flat_map(|seen| {
        let page = pages.numbers.get(&seen.mark.0).copied().unwrap_or(0);
        let own = pages.places.get(&seen.mark).into_iter().flatten();
        own.map(move |stretch| Words {
            seen,
            stretch,
            page,
        })
    });
    let words: Vec<Words<'_>> = words.collect();
    let Some(usual) = usual(&words) else { return };
    let mut told = BTreeSet::new();
    for block in words.chunk_by(|a, b| a.seen.block == b.seen.block) {
        // Of words that run back the places follow another order than that in which they are read.
        let is_simple = !runs_back && block.iter().all(|own| own.stretch.is_simple);
        let apart = if is_simple { apart(block) } else { Vec::new() };
        for (page, message, unless) in judged(block, usual).into_iter().chain(apart) {
            if told.insert((page, message, unless)) {
                faults.add_unless(format!("page {page}"), message, unless);
            }
        }
    }
}

/// That a theme has type of the size of a stretch.
fn of_size(stretch: &Stretch) -> Option<Need> {
    Some(Need::Size(Need::thousandths(stretch.size)))
}

/// The size of the running text: the smallest of those that a good part of it has, since pull quotes are larger.
fn usual(words: &[Words<'_>]) -> Option<f64> {
    let mut widths: BTreeMap<i64, f64> = BTreeMap::new();
    let text = words.iter().filter(|own| own.seen.is_body);
    for own in text {
        let size = (own.stretch.size * 100.0).round() as i64;
        *widths.entry(size).or_default() += own.stretch.right - own.stretch.left;
    }
    let most = widths.values().copied().max_by(f64::total_cmp)?;
    let mut sizes = widths.into_iter();
    let usual = sizes.find(|(_, width)| *width >= most * GOOD_PART)?;
    Some(usual.0 as f64 / 100.0)
}

/// Letters of one line stand so far beside where the ones before them end at most, in parts of the size.
const APART: f64 = 0.06;
/// The rooms between words of a line differ by no more: signs may stand nearer to spaces, or farther.
const UNEVEN: f64 = 0.15;

/// Words of a line stand so far above or below each other at most, in parts of the size.
const OFF: f64 = 0.02;

/// What is wrong with words: their page, what it is, and what a theme has that draws them so.
type Wrong = (usize, &'static str, Option<Need>);

/// What is wrong with the words of a block.
fn judged(block: &[Words<'_>], usual: f64) -> Vec<Wrong> {
    let mut found = Vec::new();
    let plain = |own: &&Words<'_>| own.seen.shift == Shift::None;
    // By font, the size of words that stand on the line.
    let mut sizes: BTreeMap<usize, f64> = BTreeMap::new();
    // By emphasis and strength, the fonts of Latin letters.
    let mut fonts: BTreeMap<(bool, bool), BTreeSet<usize>> = BTreeMap::new();
    let mut colour = None;
    for own in block.iter().filter(plain) {
        let stretch = own.stretch;
        let (least, most) = if own.seen.is_heading { HEADING } else { TEXT };
        let ratio = stretch.size / usual;
        let size = *sizes.entry(stretch.font).or_insert(stretch.size);
        if ratio < least {
            let what = "words are much smaller than the text around them";
            found.push((own.page, what, of_size(stretch)));
        } else if ratio > most {
            let what = "words are much larger than the text around them";
            found.push((own.page, what, of_size(stretch)));
        } else if (stretch.size / size - 1.0).abs() > SAME {
            found.push((own.page, "words of a block have two sizes", None));
        }
        if stretch.is_seen && stretch.rise.abs() > stretch.size * 0.02 {
            found.push((
                own.page,
                "words are raised or lowered that no tag says it of",
                None,
            ));
        }
        if stretch.has_latin {
            if !own.seen.is_link {
                let colour = *colour.get_or_insert(stretch.colour);
                let parts = colour.iter().zip(&stretch.colour);
                if parts.into_iter().any(|(a, b)| (a - b).abs() > ALIKE) {
                    found.push((own.page, "words of a block have two colours", None));
                }
            }
            let look = (own.seen.emphasis, own.seen.strong);
            let fonts = fonts.entry(look).or_default();
            fonts.insert(stretch.font);
            if fonts.len() > 1 {
                found.push((own.page, "words of one look are drawn in two faces", None));
            }
        }
    }
    found.extend(uneven(block));
    let lines = block.windows(2);
    let mut up = lines.filter(|two| {
        let [one, next] = [&two[0], &two[1]];
        one.page == next.page && next.stretch.base > one.stretch.base + next.stretch.size * 0.6
    });
    if let Some(two) = up.next() {
        found.push((
            two[1].page,
            "lines stand in another order than they are read",
            None,
        ));
    }
    let has_latin = block.iter().any(|own| own.stretch.has_latin);
    let mut beside = block.windows(2).filter(|two| {
        let [one, next] = [&two[0], &two[1]];
        let off = (next.stretch.base - one.stretch.base).abs();
        has_latin && one.page == next.page && (OFF..0.6).contains(&(off / next.stretch.size))
    });
    if let Some(two) = beside.next() {
        found.push((two[1].page, "words stand above or below their line", None));
    }
    let of = |look: (bool, bool)| fonts.get(&look).cloned().unwrap_or_default();
    let page = block.first().map_or(0, |own| own.page);
    let meet = |a: (bool, bool), b: (bool, bool)| !of(a).is_disjoint(&of(b));
    if meet((false, false), (true, false)) || meet((false, true), (true, true)) {
        let what = "emphasised words are drawn in the face of the others";
        found.push((page, what, None));
    }
    let is_head = block.first().is_some_and(|own| own.seen.is_head);
    if !is_head && meet((false, false), (false, true)) {
        let what = "strong words are drawn in the face of the others";
        found.push((page, what, Some(Need::StrongAsText)));
    }
    let around = sizes.values().fold(0.0, |most: f64, size| most.max(*size));
    for own in block.iter().filter(|own| !plain(own)) {
        let stretch = own.stretch;
        // Glyphs may be raised by themselves: then they have the size of the text.
        let is_made = stretch.size < around * SMALLER;
        let is_on_line = stretch.rise.abs() < stretch.size * 0.02;
        let is_wrong_way = match own.seen.shift {
            Shift::Subscript => stretch.rise > stretch.size * 0.02,
            _ => stretch.rise < -stretch.size * 0.02,
        };
        if is_made && is_on_line || is_wrong_way {
            let what = "a mark is not raised or lowered as its tag says";
            found.push((own.page, what, None));
        }
    }
    found
}

/// What is wrong with the room between the words of a line: letters of different looks stand beside each other, and between words
/// of a line there is one room.
fn apart(block: &[Words<'_>]) -> Vec<Wrong> {
    let is_one = |one: &Words<'_>, next: &Words<'_>| {
        one.page == next.page && (one.stretch.base - next.stretch.base).abs() < 0.05
    };
    let mut found = Vec::new();
    for line in block.chunk_by(is_one) {
        let size = line
            .iter()
            .fold(0.0, |most: f64, own| most.max(own.stretch.size));
        // What stands before the first words of a line is none of it. Where no letter tells it, numbers and signs may run back: they run
        // on behind the letters before them (UAX 9, W7).
        let mut is_told = false;
        let told = line.windows(2).filter(|two| {
            let goes_on = is_told && two[0].stretch.room.is_some();
            is_told = goes_on || two[0].stretch.has_latin;
            is_told
        });
        let rooms: Vec<Room> = told.filter_map(|two| two[1].stretch.room).collect();
        let rooms = || rooms.iter().copied();
        let share = |room: f64| room / size.max(0.1);
        let letters = rooms().filter(|room| room.spaces == 0);
        for jump in letters.map(|room| share(room.jump)) {
            if jump.abs() > APART {
                let what = "words stand beside their place on the line";
                let need = Need::TrackingShare(Need::thousandths(jump));
                found.push((line[0].page, what, Some(need)));
            }
        }
        // Spaces behind each other stand nearer to each other, or farther, as their face has it.
        let spaces = rooms()
            .filter(|room| room.spaces == 1)
            .map(|room| room.wide);
        let inside = line.iter().filter(|own| own.stretch.has_latin);
        let inside = inside.filter_map(|own| own.stretch.between).flatten();
        let mut spaces: Vec<f64> = spaces.chain(inside).collect();
        spaces.sort_by(f64::total_cmp);
        if let (Some(least), Some(most)) = (spaces.first(), spaces.last())
            && share(most - least) > UNEVEN
        {
            let what = "words of a line stand nearer to each other or farther than others of it";
            found.push((line[0].page, what, None));
        }
    }
    found
}

/// A line of a block: its page, where its letters stand, and how far it reaches.
struct Line {
    page: usize,
    size: f64,
    base: f64,
    left: f64,
    right: f64,
}

/// What is wrong with the places of the lines of a block: they are as far from each other, and none begins and ends beside all others.
fn uneven(block: &[Words<'_>]) -> Vec<Wrong> {
    let mut lines: Vec<Line> = Vec::new();
    for own in block.iter().filter(|own| own.seen.shift == Shift::None) {
        let stretch = own.stretch;
        match lines.last_mut() {
            Some(last) if last.page == own.page && (last.base - stretch.base).abs() < 0.05 => {
                last.left = last.left.min(stretch.left);
                last.right = last.right.max(stretch.right);
                last.size = last.size.max(stretch.size);
            }
            _ => lines.push(Line {
                page: own.page,
                size: stretch.size,
                base: stretch.base,
                left: stretch.left,
                right: stretch.right,
            }),
        }
    }
    let has_latin = block.iter().any(|own| own.stretch.has_latin);
    let mut found = Vec::new();
    for lines in lines.chunk_by(|a, b| a.page == b.page) {
        let page = lines[0].page;
        if lines.len() < 3 {
            continue;
        }
        let steps = || lines.windows(2).map(|two| two[0].base - two[1].base);
        let least = steps().fold(f64::MAX, f64::min);
        // A line of marks alone is none here: then its neighbours are twice as far.
        let is_even = |step: f64| {
            let times = (step / least).round().max(1.0);
            (step - least * times).abs() <= EVEN
        };
        if least > 0.0 && !steps().all(is_even) {
            let what = "lines of a text are not all as far from each other";
            found.push((page, what, None));
        }
        if is_beside(lines, has_latin) {
            let what = "a line of a text begins and ends beside all others";
            found.push((page, what, None));
        }
    }
    found
}

/// Whether a line stands to one side of all others. The first may stand in, and the last may be short, and go on below a portrait.
fn is_beside(lines: &[Line], has_latin: bool) -> bool {
    let sorted = |of: fn(&Line) -> f64, lines: &[Line]| {
        let mut all: Vec<f64> = lines.iter().map(of).collect();
        all.sort_by(f64::total_cmp);
        all
    };
    let last = lines.len() - 1;
    let (lefts, rights) = (
        sorted(|line| line.left, lines),
        sorted(|line| line.right, lines),
    );
    let whole = sorted(|line| line.right, &lines[..last]);
    // The least of the others is the second where this one is the least, and so with the greatest.
    lines.iter().enumerate().skip(1).any(|(index, line)| {
        let aside = line.size * ASIDE;
        let is_right = line.left > lefts[last - 1] + aside && line.right > rights[last - 1] + aside;
        let is_left = line.left < lefts[1] - aside && line.right < whole[1] - aside;
        is_right && (has_latin || index < last) || is_left && index < last
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_was_moved_stands_beside_the_others_and_one_whose_bracket_hangs_does_not() {
        let is_beside = |edges: &[(f64, f64)]| {
            let line = |&(left, right)| Line {
                page: 1,
                size: 11.0,
                base: 0.0,
                left,
                right,
            };
            is_beside(&edges.iter().map(line).collect::<Vec<_>>(), true)
        };
        let even = [
            (112.0, 400.0),
            (100.0, 400.0),
            (100.0, 400.0),
            (100.0, 180.0),
        ];
        assert!(!is_beside(&even));
        // Of ideographs: brackets that open and stops hang at both edges.
        assert!(!is_beside(&[
            (122.0, 466.6),
            (128.6, 472.1),
            (123.1, 267.3)
        ]));
        let mut moved = even;
        moved[1] = (130.0, 430.0);
        assert!(is_beside(&moved));
        moved[1] = (70.0, 370.0);
        assert!(is_beside(&moved));
    }
}
