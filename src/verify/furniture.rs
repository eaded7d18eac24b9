//! Running heads and feet: words of the piece as the theme asks for them, the right number of each page, and the same on all.

use std::collections::{BTreeMap, BTreeSet};

use unicode_script::{Script, UnicodeScript};

use super::difference::{Difference, Kind, quoted};
use super::expected::Expected;
use super::heads::Heads;
use crate::compose::{Digits, Head, Role, canonical_line};
use crate::read::{Block, Contents, FileKind, Furniture, PAGE, PAGES, ShownOn};

/// What a part of a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// One of the known texts, by its number.
    Words(usize),
    /// The number of the page.
    Page,
    /// The number of pages.
    Pages,
}

/// Holds the lines that pages show beside the text against those that they may show.
pub(super) fn hold(contents: &Contents, expected: &Expected, differences: &mut Vec<Difference>) {
    let mut say = |place: &str, message: String| {
        differences.push(Difference {
            kind: Kind::Furniture,
            place: place.to_owned(),
            message,
        });
    };
    let known = Known::of(expected);
    let total = contents
        .furniture
        .iter()
        .filter_map(|line| match line.pages {
            ShownOn::One(page, _) => Some(page),
            _ => None,
        });
    let total = contents.page_count.unwrap_or(total.max().unwrap_or(0));
    // A number may be that of the page or one of the piece's own: lines and numbers are counted, and not told apart.
    let mut pages: Vec<(usize, bool, usize)> = Vec::new();
    for line in &contents.furniture {
        let text = canonical_line(&line.text);
        let is_known = expected.mark.as_ref() == Some(&text)
            || known.parts(line, &text, total).is_none()
                && (known.is_of_table(&text) || known.is_fragment(&text));
        if text.is_empty() || is_known {
            continue;
        }
        match known.parts(line, &text, total) {
            None => say(
                &line.place,
                format!("it shows {} beside the text", quoted(&shown(&text))),
            ),
            Some(_) => {
                let parts = 1 + numbers_in(&text);
                if let ShownOn::One(page, is_upright) = line.pages {
                    match pages.iter_mut().find(|(own, ..)| *own == page) {
                        Some((.., own)) => *own += parts,
                        None => pages.push((page, is_upright, parts)),
                    }
                }
            }
        }
    }
    match contents.kind {
        FileKind::Pdf if contents.metadata.text_hash.is_some() && known.unordered.is_none() => {
            for page in 2..=total {
                if !pages.iter().any(|(own, ..)| *own == page) {
                    pages.push((page, true, 0));
                }
            }
            pages.retain(|(page, is_upright, _)| *page > 1 && *is_upright);
            pages.sort();
            let most = pages.iter().map(|(.., parts)| *parts).max();
            let fewer = pages
                .iter()
                .filter(|(.., parts)| Some(*parts) < most)
                .take(1);
            for (page, ..) in fewer {
                say(
                    &format!("page {page}"),
                    "its running head or foot is not that of other pages".to_owned(),
                );
            }
        }
        FileKind::Docx => {
            if let Some(heads) = &expected.heads {
                whole(contents, heads, &known, &mut say);
            }
        }
        _ => {}
    }
}

/// Word counts pages itself: all that the theme asks for must be there.
fn whole(contents: &Contents, heads: &Heads, known: &Known, say: &mut impl FnMut(&str, String)) {
    for (asked, on, name) in [
        (&heads.first, ShownOn::First, "the first page"),
        (&heads.others, ShownOn::Others, "the pages"),
    ] {
        let parts = |lines: &mut dyn Iterator<Item = String>| -> BTreeSet<Part> {
            let of = lines.filter_map(|text| {
                let line = Furniture {
                    place: String::new(),
                    text: text.clone(),
                    pages: on,
                };
                known.parts(&line, &canonical_line(&text), 0)
            });
            of.flatten().collect()
        };
        let wanted = parts(&mut asked.iter().cloned());
        let own = contents.furniture.iter().filter(|line| line.pages == on);
        let own = parts(&mut own.map(|line| line.text.clone()));
        // Words that have no room are cut, and may then be those of several texts.
        let is_number = |part: &&Part| matches!(part, Part::Page | Part::Pages);
        let numbers = wanted.iter().filter(is_number);
        if own.len() < wanted.len() || numbers.into_iter().any(|part| !own.contains(part)) {
            say(
                name,
                "a running head or foot lacks what the theme puts there".to_owned(),
            );
        }
    }
}

/// How many numbers stand in a line.
fn numbers_in(text: &str) -> usize {
    let parts = text.split(|c: char| !c.is_numeric());
    parts.filter(|part| !part.is_empty()).count()
}

/// A text with signs that people see for the numbers of pages.
fn shown(text: &str) -> String {
    text.replace(PAGE, "#").replace(PAGES, "##")
}

/// The texts that heads may show.
struct Known {
    texts: Vec<Vec<char>>,
    /// The letters of the heads of tables, which stand again on later pages.
    tables: BTreeMap<char, usize>,
    digits: Digits,
    /// The letters of all, where some are drawn in an order of their own: then words of a line cannot be told.
    unordered: Option<BTreeSet<char>>,
}

impl Known {
    fn of(expected: &Expected) -> Self {
        let own = expected.furniture.iter().map(String::as_str);
        let words = expected.head_words.iter().map(String::as_str);
        let mut texts: Vec<Vec<char>> = own.chain(words).map(letters).collect();
        texts.retain(|text| !text.is_empty());
        texts.sort();
        texts.dedup();
        // The longest first: a title may begin with the series.
        texts.sort_by_key(|text| std::cmp::Reverse(text.len()));
        let is_unordered = texts.iter().flatten().any(|c| !is_drawn_in_order(*c));
        let all = texts.iter().flatten().copied().chain(['…']);
        let unordered = is_unordered.then(|| all.collect());
        let is_head = |block: &&Block| {
            matches!(
                block.role,
                Role::Cell {
                    head: Head::Column,
                    ..
                }
            )
        };
        let heads = expected.blocks.iter().filter(is_head);
        Self {
            tables: heads.flat_map(|block| letters(&block.line())).fold(
                BTreeMap::new(),
                |mut counts, c| {
                    *counts.entry(c).or_default() += 1;
                    counts
                },
            ),
            texts,
            digits: expected.digits,
            unordered,
        }
    }

    /// Whether it may be a line of the head of a table: of its letters, in the order in which they are drawn.
    fn is_of_table(&self, text: &str) -> bool {
        let mut left = self.tables.clone();
        let own = letters(text).into_iter().filter(|c| c.is_alphanumeric());
        let mut own = own.peekable();
        own.peek().is_some()
            && own.all(|c| match left.get_mut(&c) {
                Some(count) if *count > 0 => {
                    *count -= 1;
                    true
                }
                _ => false,
            })
    }

    /// Whether it may be a part of a line whose letters are drawn in an order of their own.
    fn is_fragment(&self, text: &str) -> bool {
        self.unordered.as_ref().is_some_and(|known| {
            let own = letters(text);
            let mut own = own.iter().filter(|c| c.is_alphanumeric());
            own.all(|c| known.contains(c) || c.is_numeric())
        })
    }

    /// What a line is made of; none where something in it is nothing that is known.
    fn parts(&self, line: &Furniture, text: &str, total: usize) -> Option<BTreeSet<Part>> {
        let (page, pages) = match line.pages {
            ShownOn::One(page, _) => (self.number(page), self.number(total)),
            _ => (vec![PAGE], vec![PAGES]),
        };
        let text = letters(text);
        let mut parts = BTreeSet::new();
        let mut steps = 0;
        self.follow(
            &text,
            &[(Part::Page, page), (Part::Pages, pages)],
            &mut parts,
            &mut steps,
        )
        .then_some(parts)
    }

    fn number(&self, number: usize) -> Vec<char> {
        self.digits.number(number).chars().collect()
    }

    /// Goes along a line part by part.
    fn follow(
        &self,
        text: &[char],
        numbers: &[(Part, Vec<char>)],
        parts: &mut BTreeSet<Part>,
        steps: &mut usize,
    ) -> bool {
        const MOST_STEPS: usize = 10_000;
        *steps += 1;
        let Some(first) = text.first() else {
            return true;
        };
        if *steps > MOST_STEPS {
            return false;
        }
        let known = self.texts.iter().enumerate();
        let known = known.flat_map(|(index, own)| {
            let whole = text.starts_with(own).then_some(own.len());
            // What has no room is cut and marked so.
            let common = own.iter().zip(text).take_while(|(a, b)| a == b).count();
            let cut = (text.get(common) == Some(&'…') && common > 0).then_some(common + 1);
            [whole, cut]
                .into_iter()
                .flatten()
                .map(move |length| (Part::Words(index), length))
        });
        let numbers_here = numbers.iter().filter(|(part, own)| {
            !own.is_empty() && text.starts_with(own) && !parts.contains(part)
        });
        let numbers_here = numbers_here.map(|(part, own)| (*part, own.len()));
        let marks = usize::from(!first.is_alphanumeric() && !matches!(*first, PAGE | PAGES));
        for (part, length) in numbers_here.chain(known).collect::<Vec<_>>() {
            let is_new = parts.insert(part);
            if self.follow(&text[length..], numbers, parts, steps) {
                return true;
            }
            if is_new {
                parts.remove(&part);
            }
        }
        marks > 0 && self.follow(&text[marks..], numbers, parts, steps)
    }
}

/// Whether glyphs of a letter's script stand in the order of its letters.
fn is_drawn_in_order(c: char) -> bool {
    matches!(
        c.script(),
        Script::Latin
            | Script::Greek
            | Script::Cyrillic
            | Script::Armenian
            | Script::Georgian
            | Script::Han
            | Script::Hiragana
            | Script::Katakana
            | Script::Hangul
            | Script::Ethiopic
            | Script::Common
            | Script::Inherited
    )
}

/// The letters of a line without its spaces.
fn letters(text: &str) -> Vec<char> {
    let line = canonical_line(text);
    line.chars().filter(|c| !c.is_whitespace()).collect()
}
