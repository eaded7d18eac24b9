//! Affiliations to which signs behind names refer: `Ada Lovelace¹, Bo Chen²*`, and below the names or at the end a list of what each
//! sign says. The list is no text of the piece, and the signs are no part of the names.

mod lines;
mod signs;

use std::collections::{BTreeMap, BTreeSet};

use super::about;
use super::document::{Block, Label, Paragraph, Remark, Role};
use super::lines::is_said;
use super::parting::{pieces, whole};
use crate::compose::canonical_line;
use lines::{Entry, Names, Says};
use signs::Kind;

/// What the signs of a document say.
#[derive(Debug, Default)]
pub(super) struct Raised {
    /// What is said of people.
    pub(super) about: Vec<about::Entry>,
    /// Those who wrote a text together.
    pub(super) authors: Option<Authors>,
}

/// A line of several people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Authors {
    /// The line, without its signs.
    pub(super) line: String,
    /// What they are.
    pub(super) affiliation: Option<String>,
}

/// What stands over lists of affiliations, in small letters.
const LABELS: [&str; 7] = [
    "affiliation",
    "affiliations",
    "author affiliations",
    "authors’ affiliations",
    "authors' affiliations",
    "institutions",
    "author information",
];

/// Why somebody is taken to be what a sign says.
const WHY: &str = "the sign behind the name refers to it";

/// What an entry of a list is: the block, and which of its entries.
type Place = (usize, usize);

/// Takes lists of affiliations and the signs at names off, where both are there.
pub(super) fn taken(blocks: &mut Vec<Block>, remarks: &mut Vec<Remark>) -> Raised {
    let split = apart(blocks);
    let named: BTreeMap<usize, Names> = paragraphs(&split)
        .filter_map(|(at, paragraph)| Some((at, lines::names(paragraph)?)))
        .collect();
    let used: BTreeSet<&str> = named
        .values()
        .flat_map(|names| &names.people)
        .flat_map(|person| &person.signs)
        .map(String::as_str)
        .collect();
    if used.is_empty() {
        return Raised::default();
    }
    let lists = lists(&split, &named, &used);
    let given = resolved(&named, &lists);
    if given.is_empty() {
        return Raised::default();
    }
    let raised = told(&split, &named, &lists, &given, remarks);
    *blocks = without(split, &named, &lists, &given, remarks);
    raised
}

fn paragraphs(blocks: &[Block]) -> impl Iterator<Item = (usize, &Paragraph)> {
    let numbered = blocks.iter().enumerate();
    numbered.filter_map(|(at, block)| match block {
        Block::Paragraph(paragraph) => Some((at, paragraph)),
        Block::Table(_) => None,
    })
}

/// Blocks in which a line of names is a paragraph, and so is each line of a list below it.
fn apart(blocks: &[Block]) -> Vec<Block> {
    let mut out = Vec::with_capacity(blocks.len());
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => match own_lines(paragraph).as_slice() {
                [] | [_] => out.push(block.clone()),
                ranges => out.extend(pieces(paragraph, ranges)),
            },
            Block::Table(_) => out.push(block.clone()),
        }
    }
    out
}

/// The lines of a paragraph that are one each; none where it stays whole.
fn own_lines(paragraph: &Paragraph) -> Vec<std::ops::Range<usize>> {
    let text = whole(paragraph);
    if !text.contains('\n') || text.len() > lines::LONGEST || lines::names(paragraph).is_some() {
        return Vec::new();
    }
    let mut ranges = Vec::new();
    let mut from = 0;
    for line in text.split('\n') {
        if !line.trim().is_empty() {
            ranges.push(from..from + line.len());
        }
        from += line.len() + 1;
    }
    if ranges.len() < 2 {
        return Vec::new();
    }
    let mut groups: Vec<std::ops::Range<usize>> = Vec::new();
    let mut has_names = false;
    let mut is_closed = true;
    for (range, line) in ranges.iter().zip(pieces(paragraph, &ranges)) {
        let Block::Paragraph(line) = line else {
            continue;
        };
        let names = lines::names(&line).is_some();
        let is_own = names || lines::entries(&line, 0).is_some();
        has_names |= names;
        match groups.last_mut() {
            Some(last) if !is_own && !is_closed => last.end = range.end,
            _ => groups.push(range.clone()),
        }
        is_closed = names;
    }
    match has_names {
        true => groups,
        false => Vec::new(),
    }
}

/// What signs say, by block: in runs of lines that stand under names, at the end of a text, or say what somebody is.
fn lists(
    blocks: &[Block],
    named: &BTreeMap<usize, Names>,
    used: &BTreeSet<&str>,
) -> BTreeMap<usize, Vec<Entry>> {
    // By list, what labels its first item, and how many items there were: some readers give every item the label of the first.
    let mut counts: BTreeMap<u32, (Label, u64)> = BTreeMap::new();
    let mut found = BTreeMap::new();
    // The open run, and whether it stands under names.
    let mut run: Vec<(usize, Vec<Entry>)> = Vec::new();
    let mut is_below = false;
    let mut last_is_names = false;
    for (at, block) in blocks.iter().enumerate() {
        if !is_said(block) {
            continue;
        }
        let entries = match block {
            Block::Paragraph(paragraph) if !named.contains_key(&at) => {
                let nth = paragraph.item.as_ref().map_or(0, |item| {
                    let (first, count) = counts.entry(item.list).or_insert((item.label, 0));
                    let nth = if *first == item.label { *count } else { 0 };
                    *count += u64::from(item.begins && item.depth == 0);
                    nth
                });
                lines::entries(paragraph, nth)
            }
            _ => None,
        };
        let entries = entries.filter(|entries| {
            let mut signs = entries.iter().flat_map(|entry| &entry.signs);
            signs.all(|sign| used.contains(sign.as_str()))
        });
        match entries {
            Some(entries) => {
                let has = |sign: &String| {
                    let mut all = run.iter().flat_map(|(_, entries)| entries);
                    all.any(|entry| entry.signs.contains(sign))
                };
                // A sign that comes again begins another list.
                if run.len() > used.len() || entries.iter().any(|one| one.signs.iter().any(has)) {
                    close(&mut run, is_below, false, used, &mut found);
                    is_below = false;
                }
                if run.is_empty() {
                    is_below = last_is_names;
                }
                run.push((at, entries));
            }
            None => {
                let is_names = named.contains_key(&at);
                close(&mut run, is_below, is_names, used, &mut found);
                last_is_names = is_names || (last_is_names && is_label(block));
                is_below = false;
            }
        }
    }
    close(&mut run, is_below, true, used, &mut found);
    found
}

/// Ends a run of lines; it is a list of affiliations, or nothing.
fn close(
    run: &mut Vec<(usize, Vec<Entry>)>,
    is_below: bool,
    ends: bool,
    used: &BTreeSet<&str>,
    found: &mut BTreeMap<usize, Vec<Entry>>,
) {
    let run = std::mem::take(run);
    let all = || run.iter().flat_map(|(_, entries)| entries);
    let is_firm = all().all(|entry| entry.kind > Kind::Plain);
    let is_strong = all().any(|entry| entry.says >= Says::Affiliation);
    let stands_there = is_below || ends;
    let signs: BTreeSet<&str> = all()
        .flat_map(|entry| &entry.signs)
        .map(String::as_str)
        .collect();
    let is_complete = signs.len() > 1
        && used.iter().all(|sign| signs.contains(sign))
        && all().all(|entry| entry.says >= Says::Perhaps);
    let is_list = match is_firm {
        true => is_strong || stands_there,
        false => stands_there && (is_strong || is_complete),
    };
    if is_list {
        found.extend(run);
    }
}

fn is_label(block: &Block) -> bool {
    matches!(block, Block::Paragraph(p) if p.comments.is_empty() && p.pictures.is_empty() && {
        let plain = canonical_line(&p.plain()).to_lowercase();
        LABELS.contains(&plain.trim_end_matches([':', '.']).trim())
    })
}

/// What each sign of each person refers to: the next list that has it, else the one before. Of a block all or nothing is taken.
fn resolved(
    named: &BTreeMap<usize, Names>,
    lists: &BTreeMap<usize, Vec<Entry>>,
) -> BTreeMap<(usize, usize), Vec<Place>> {
    let mut places: BTreeMap<&str, Vec<Place>> = BTreeMap::new();
    for (at, entries) in lists {
        for (index, entry) in entries.iter().enumerate() {
            for sign in &entry.signs {
                places.entry(sign).or_default().push((*at, index));
            }
        }
    }
    let mut given: BTreeMap<(usize, usize), Vec<Place>> = BTreeMap::new();
    for (at, names) in named {
        for (index, person) in names.people.iter().enumerate() {
            for sign in &person.signs {
                let Some(all) = places.get(sign.as_str()) else {
                    continue;
                };
                let next = all.partition_point(|(block, _)| block < at);
                if let Some(place) = all.get(next).or_else(|| all.last()) {
                    given.entry((*at, index)).or_default().push(*place);
                }
            }
        }
    }
    let taken: BTreeSet<Place> = given.values().flatten().copied().collect();
    let is_whole = |at: usize| {
        let count = lists.get(&at).map_or(0, Vec::len);
        (0..count).all(|index| taken.contains(&(at, index)))
    };
    for places in given.values_mut() {
        places.retain(|(at, _)| is_whole(*at));
    }
    given.retain(|_, places| !places.is_empty());
    given
}

/// What is said of whom, and what is told of the rest.
fn told(
    blocks: &[Block],
    named: &BTreeMap<usize, Names>,
    lists: &BTreeMap<usize, Vec<Entry>>,
    given: &BTreeMap<(usize, usize), Vec<Place>>,
    remarks: &mut Vec<Remark>,
) -> Raised {
    let paragraph = |at: usize| match blocks.get(at) {
        Some(Block::Paragraph(paragraph)) => Some(paragraph),
        _ => None,
    };
    let entry = |(at, index): &Place| Some((paragraph(*at)?, lists.get(at)?.get(*index)?));
    let mut people: Vec<(String, Vec<Place>)> = Vec::new();
    let mut seen: BTreeSet<(usize, Place)> = BTreeSet::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for ((at, index), places) in given {
        let Some(person) = named.get(at).and_then(|names| names.people.get(*index)) else {
            continue;
        };
        let key = canonical_line(&person.name).to_lowercase();
        let own = *known.entry(key).or_insert_with(|| {
            people.push((person.name.clone(), Vec::new()));
            people.len() - 1
        });
        let new = places.iter().copied();
        let new = new.filter(|place| seen.insert((own, *place)));
        people[own].1.extend(new);
    }
    let mut about = Vec::new();
    for (name, places) in &people {
        let said = places.iter().filter_map(entry);
        let is = said
            .clone()
            .filter(|(_, entry)| matches!(entry.says, Says::Affiliation | Says::Perhaps));
        let texts: Vec<String> = is.map(|(p, entry)| text(p, entry)).collect();
        let place = places.first().and_then(|(at, _)| paragraph(*at));
        let place = place.map_or("", |paragraph| paragraph.place.as_str());
        if !texts.is_empty() {
            about.push(about::Entry::affiliation(
                name,
                texts.join("; "),
                place,
                WHY,
            ));
        }
        let lives = said.filter(|(_, entry)| entry.says == Says::Life);
        for (paragraph, entry) in lives {
            let life = pieces(paragraph, std::slice::from_ref(&entry.text));
            if let Some(Block::Paragraph(life)) = life.into_iter().next() {
                about.push(about::Entry::biography(name, life, WHY));
            }
        }
    }
    let asides: BTreeSet<&Place> = given.values().flatten().collect();
    for (paragraph, entry) in asides.into_iter().filter_map(entry) {
        if entry.says == Says::Aside {
            let message = "what a sign at names says is left out";
            remarks.push(Remark::lost(
                &paragraph.place,
                message,
                text(paragraph, entry),
            ));
        }
    }
    let together = named
        .iter()
        .find(|(at, names)| names.people.len() > 1 && given.keys().any(|(line, _)| line == *at));
    let authors = together.and_then(|(at, names)| {
        let mut line = paragraph(*at)?.clone();
        signs::cut(&mut line, &names.ranges);
        let of = |index: usize| {
            let places = given.get(&(*at, index)).into_iter().flatten();
            let said = places.filter_map(entry);
            let is = said.filter(|(_, one)| matches!(one.says, Says::Affiliation | Says::Perhaps));
            is.map(|(p, one)| text(p, one)).collect::<Vec<_>>()
        };
        Some(Authors {
            line: line.plain().trim().to_owned(),
            affiliation: shared(names, of),
        })
    });
    Raised { about, authors }
}

fn text(paragraph: &Paragraph, entry: &Entry) -> String {
    whole(paragraph)[entry.text.clone()].replace('\n', " ")
}

/// What several people are, each affiliation once, and whose it is where it is not that of all.
fn shared(names: &Names, of: impl Fn(usize) -> Vec<String>) -> Option<String> {
    let mut order: Vec<String> = Vec::new();
    let mut whose: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (index, person) in names.people.iter().enumerate() {
        for text in of(index) {
            let all = whose.entry(text.clone()).or_default();
            if all.is_empty() {
                order.push(text);
            }
            all.push(&person.name);
        }
    }
    let said: Vec<String> = order
        .into_iter()
        .map(|text| match whose.get(&text) {
            Some(people) if people.len() < names.people.len() => {
                format!("{text} ({})", people.join(", "))
            }
            _ => text,
        })
        .collect();
    (!said.is_empty()).then(|| said.join("; "))
}

/// The blocks without the lists, and the lines of names without their signs.
fn without(
    blocks: Vec<Block>,
    named: &BTreeMap<usize, Names>,
    lists: &BTreeMap<usize, Vec<Entry>>,
    given: &BTreeMap<(usize, usize), Vec<Place>>,
    remarks: &mut Vec<Remark>,
) -> Vec<Block> {
    let gone: BTreeSet<usize> = given.values().flatten().map(|(at, _)| *at).collect();
    let known: BTreeSet<usize> = given.keys().map(|(at, _)| *at).collect();
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    // Whether the line above is one of the list, too.
    let mut goes_on = false;
    for (at, block) in blocks.into_iter().enumerate() {
        let mut paragraph = match block {
            Block::Paragraph(paragraph) => paragraph,
            Block::Table(_) => {
                out.push(block);
                continue;
            }
        };
        if gone.contains(&at) {
            let above = match std::mem::replace(&mut goes_on, true) {
                false => out.iter().rposition(is_said),
                true => None,
            };
            if let Some(label) = above.filter(|above| is_label(&out[*above]))
                && let Block::Paragraph(label) = out.remove(label)
            {
                let message = "the heading over a list of affiliations is left out";
                remarks.push(Remark::lost(&label.place, message, label.plain().trim()));
            }
            let ranges = lists.get(&at).into_iter().flatten();
            let ranges: Vec<_> = ranges.map(|entry| entry.sign.clone()).collect();
            let message =
                "a line of a list of affiliations is no text: what it says stands with the names";
            let words = signs::attached(&paragraph, &ranges);
            remarks.push(Remark::lost(&paragraph.place, message, words));
            // What readers remarked on the line is asked in its place.
            if !paragraph.comments.is_empty() {
                paragraph.spans.clear();
                out.push(Block::Paragraph(paragraph));
            }
            continue;
        }
        goes_on = false;
        if let Some(names) = named.get(&at).filter(|_| known.contains(&at)) {
            let words = signs::attached(&paragraph, &names.ranges);
            let message = "the signs behind names are left out: they refer to what the people are";
            remarks.push(Remark::lost(&paragraph.place, message, words));
            signs::cut(&mut paragraph, &names.ranges);
            if names.people.len() > 1 && paragraph.role == Role::Text {
                paragraph.role = Role::Byline;
            }
        }
        out.push(Block::Paragraph(paragraph));
    }
    out
}
