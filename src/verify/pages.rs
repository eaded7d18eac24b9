//! Pages: those that an edition lists begin where the pages of its paper edition do.

use std::collections::{BTreeMap, BTreeSet};

use super::difference::{Difference, Kind};
use crate::compose::{Role, canonical_line};
use crate::read::{Block, Contents, PageStart};

/// Where the decimal digits of scripts begin, as page labels have them.
const ZEROS: [u32; 14] = [
    0x30, 0x660, 0x6F0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xE50, 0x1040,
    0x17E0,
];

/// Holds the pages that an edition lists against those of its paper edition.
#[must_use]
pub fn pages(paper: &Contents, other: &Contents) -> Vec<Difference> {
    // A house may put a cover or a logo above the paper edition alone: then characters count from different places.
    let first = |contents: &Contents| contents.blocks.first().map(Block::line);
    if other.pages.is_empty() || first(paper) != first(other) {
        return Vec::new();
    }
    let sums_of_paper = sums(paper);
    let of_paper = places(paper, &sums_of_paper);
    let on_paper: Vec<(usize, usize)> = of_paper
        .iter()
        .filter_map(|(start, place)| Some((number(&start.label)?, *place)))
        .collect();
    // A figure that is put off stands on a later page than the text after it: a page may begin more than once.
    let mut begins: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    // Paper may draw one space as another; what flows has those of the source.
    let words = word_ends(other);
    // The page behind whose beginning a word ends that another began with: of pages that one word fills the last is listed.
    let mut settled: BTreeMap<usize, usize> = BTreeMap::new();
    for (start, place) in &of_paper {
        let Some(page) = number(&start.label) else {
            continue;
        };
        // A word that goes on from one page to the next is listed on neither side of its break but behind it.
        let rest = rest_of_word(&words, *place);
        begins
            .entry(page)
            .or_default()
            .extend([*place, place + rest]);
        let last = settled.entry(place + rest).or_default();
        *last = page.max(*last);
    }
    let mut found = Vec::new();
    let mut say = |label: &str, message: String| {
        found.push(Difference {
            kind: Kind::Pages,
            place: format!("page {label} of the page list"),
            message,
        });
    };
    let mut listed = BTreeSet::new();
    for (start, own) in places(other, &sums(other)) {
        let page = number(&start.label);
        listed.extend(page);
        let Some(begins) = page.and_then(|page| begins.get(&page)) else {
            say(
                &start.label,
                "the paper edition has no such page".to_owned(),
            );
            continue;
        };
        if !begins.contains(&own) && !is_behind_float(paper, &of_paper, &sums_of_paper, &words, own)
        {
            let nearest = begins.iter().min_by_key(|place| place.abs_diff(own));
            let nearest = nearest.copied().unwrap_or(own);
            let way = if own < nearest { "before" } else { "behind" };
            let by = own.abs_diff(nearest);
            say(
                &start.label,
                format!("it begins {by} characters {way} the page of the paper edition"),
            );
        }
    }
    for page in begins.keys().filter(|page| !listed.contains(page)) {
        // One on which nothing but figures stand that were put off is not listed.
        let last_before = on_paper.iter().rposition(|(other, _)| other < page);
        let from = last_before.map_or(0, |at| at + 1);
        let mut places = begins[page].iter();
        let is_in_a_word = places.any(|place| {
            let last = settled.get(place);
            last.is_some_and(|last| last > page && listed.contains(last))
        });
        if is_in_a_word {
            continue;
        }
        if on_paper[from..]
            .first()
            .is_some_and(|(next, _)| next == page)
        {
            say(&page.to_string(), "it is not listed".to_owned());
        }
    }
    found
}

/// Whether a block begins here behind a figure or a table with which a page begins: they are put where there is room, and the page
/// is listed where its text begins. So is one that begins in the last word of the block before a figure.
fn is_behind_float(
    paper: &Contents,
    starts: &[(&PageStart, usize)],
    sums: &[usize],
    words: &[usize],
    at: usize,
) -> bool {
    let Some((start, place)) = starts.iter().rfind(|(_, place)| *place <= at) else {
        return false;
    };
    let role = |index: usize| paper.blocks.get(index).map(|block| block.role);
    let is_cell = |index: usize| matches!(role(index), Some(Role::Cell { .. }));
    let is_picture = |index: usize| role(index) == Some(Role::Alternative);
    let of = start.blocks;
    let is_last_word = || {
        let rest = rest_of_word(words, *place);
        rest > 0 && sums.get(of + 1) == Some(&(place + rest))
    };
    let is_float = is_cell(of)
        || is_cell(of + 1)
        || is_picture(of)
        || is_picture(of + 1) && is_last_word()
        || of.checked_sub(1).is_some_and(is_picture);
    is_float && sums.binary_search(&at).is_ok()
}

/// How many characters that are no white space stand before the end of each word. Words are parted as those are that pages begin
/// with: spaces that never stretch are signs of a word.
fn word_ends(contents: &Contents) -> Vec<usize> {
    let parts = |c: char| {
        let is_fixed = matches!(
            c,
            '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}'
        );
        c.is_whitespace() && !is_fixed
    };
    let mut ends = Vec::new();
    let mut passed = 0;
    for block in &contents.blocks {
        ends.extend(block.plain().split(parts).map(|word| {
            passed += characters(&canonical_line(word));
            passed
        }));
    }
    ends
}

/// How many characters of a line are no white space.
fn characters(line: &str) -> usize {
    line.chars().filter(|c| *c != ' ').count()
}

/// How much of a word is left behind so many characters that are no white space; nothing where a word begins there.
fn rest_of_word(ends: &[usize], characters: usize) -> usize {
    let next = ends.partition_point(|end| *end <= characters);
    let begins = next.checked_sub(1).map_or(0, |before| ends[before]);
    match ends.get(next) {
        Some(end) if begins < characters => end - characters,
        _ => 0,
    }
}

/// How many characters that are no white space stand before each block, and behind the last.
fn sums(contents: &Contents) -> Vec<usize> {
    let mut sums = vec![0];
    for block in &contents.blocks {
        sums.push(sums.last().copied().unwrap_or(0) + characters(&block.line()));
    }
    sums
}

/// The pages with how many characters that are no white space stand before each.
fn places<'a>(contents: &'a Contents, sums: &[usize]) -> Vec<(&'a PageStart, usize)> {
    let place = |start: &PageStart| {
        let whole = sums.get(start.blocks).or(sums.last()).copied().unwrap_or(0);
        whole + start.characters
    };
    contents
        .pages
        .iter()
        .map(|start| (start, place(start)))
        .collect()
}

/// The number that a label is, in the digits of any script.
fn number(label: &str) -> Option<usize> {
    let digit = |c: char| {
        let code = u32::from(c);
        let zero = ZEROS
            .iter()
            .find(|zero| (**zero..**zero + 10).contains(&code))?;
        usize::try_from(code - zero).ok()
    };
    let digits = label.chars().map(digit).collect::<Option<Vec<usize>>>()?;
    (1..=9)
        .contains(&digits.len())
        .then(|| digits.iter().fold(0, |number, digit| number * 10 + digit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_go_on_overleaf_are_passed() {
        let ends = [3, 14, 16];
        assert_eq!(rest_of_word(&ends, 3), 0);
        assert_eq!(rest_of_word(&ends, 6), 8);
        assert_eq!(rest_of_word(&ends, 14), 0);
        assert_eq!(rest_of_word(&ends, 40), 0);
    }

    #[test]
    fn labels_are_read_in_any_digits() {
        assert_eq!(number("12"), Some(12));
        assert_eq!(number("۱۲"), Some(12));
        assert_eq!(number("xii"), None);
        assert_eq!(number(""), None);
    }
}
