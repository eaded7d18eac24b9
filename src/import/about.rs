//! Who somebody is, where that stands elsewhere than under the name: biographies below a statement, lists and tables of the people at
//! the beginning or the end.

use std::ops::Range;

use super::document::{Block, Paragraph, Remark, Role, Table};
use super::draft::Contributor;
use super::people::Start;
use super::shapes::{self, Likeness};
use super::vocabulary::{LABELS, TITLES, VERBS};
use crate::compose::canonical_line;
use crate::read::Span;

/// A biography has so many words at most.
const LONGEST: usize = 140;

/// What is said of somebody.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum What {
    Affiliation(String),
    Biography(Paragraph),
}

/// Somebody, and what is said of them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    name: String,
    what: What,
    place: String,
    /// Words that stand in neither name nor what is said.
    beside: String,
    /// Why this is taken to be said of them.
    why: &'static str,
}

/// Why what stands elsewhere is taken to be said of somebody.
const ELSEWHERE: &str = "it stood elsewhere in the file, under the same name";

impl Entry {
    /// What somebody is, where the name stands elsewhere.
    pub(super) fn affiliation(name: &str, what: String, place: &str, why: &'static str) -> Self {
        Self {
            name: name.to_owned(),
            what: What::Affiliation(what),
            place: place.to_owned(),
            beside: String::new(),
            why,
        }
    }

    /// Of whom it is said.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Who somebody is, where the name stands elsewhere.
    pub(super) fn biography(name: &str, life: Paragraph, why: &'static str) -> Self {
        Self {
            name: name.to_owned(),
            place: life.place.clone(),
            what: What::Biography(life),
            beside: String::new(),
            why,
        }
    }
}

/// The bytes of the name that a biography begins with.
pub(super) fn biography(text: &str) -> Option<Range<usize>> {
    let begins = text.len() - text.trim_start().len();
    let verb = VERBS
        .iter()
        .filter_map(|verb| Some((text.find(verb)?, *verb)));
    let (at, verb) = verb.min()?;
    let name = text.get(begins..at)?;
    let behind = &text[at + verb.len()..];
    let says =
        behind.starts_with("with ") || behind.starts_with("at ") || shapes::has_office(behind);
    let is_one =
        shapes::name(name) > Likeness::None && says && text.split_whitespace().count() <= LONGEST;
    is_one.then(|| begins..begins + name.trim_end().len())
}

/// Whether two names are those of one person: equal but for titles and capitals, or one has a middle name more.
pub(super) fn same_person(one: &str, other: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        let name = canonical_line(name).to_lowercase();
        let name = name.split(',').next().unwrap_or_default().to_owned();
        let words = name.split_whitespace().map(str::to_owned);
        words
            .filter(|word| !TITLES.contains(&word.as_str()))
            .collect()
    };
    let (one, other) = (words(one), words(other));
    let ends = |words: &[String]| Some((words.first()?.clone(), words.last()?.clone()));
    let is_part =
        one.iter().all(|word| other.contains(word)) || other.iter().all(|word| one.contains(word));
    !one.is_empty()
        && (one == other
            || (one.len() > 1 && other.len() > 1 && is_part && ends(&one) == ends(&other)))
}

/// A paragraph whose text says who somebody is.
fn entry(paragraph: &Paragraph) -> Option<Entry> {
    if !paragraph.pictures.is_empty() || !paragraph.comments.is_empty() {
        return None;
    }
    let plain = paragraph.plain();
    let text = plain.trim();
    let of = |name: &str, what: What, beside: String| {
        Some(Entry {
            name: name.trim().to_owned(),
            what,
            place: paragraph.place.clone(),
            beside,
            why: ELSEWHERE,
        })
    };
    if let Some(name) = biography(text) {
        return of(
            &text[name],
            What::Biography(paragraph.clone()),
            String::new(),
        );
    }
    let line = text.trim_end_matches('.');
    if shapes::is_line(line) || line.chars().count() < 200 {
        let parted = shapes::name_and_affiliation(line).or_else(|| {
            let (name, what) = line.split_once(':')?;
            let is_one = shapes::name(name) > Likeness::None
                && shapes::affiliation(what.trim()) == Likeness::Strong;
            is_one.then(|| {
                (
                    0..name.len(),
                    line.len() - what.trim_start().len()..line.len(),
                )
            })
        });
        if let Some((name, what)) = parted {
            let beside = line[name.clone()].to_owned();
            return of(
                &line[name],
                What::Affiliation(line[what].to_owned()),
                beside,
            );
        }
    }
    None
}

/// The people of a table whose one column names them and whose other says what they are.
fn of_table(table: &Table) -> Option<Vec<Entry>> {
    let mut found = Vec::new();
    let mut beside = String::new();
    for (index, row) in table.rows.iter().enumerate() {
        let cells: Vec<String> = row
            .cells
            .iter()
            .map(|cell| {
                let texts: Vec<String> = cell.iter().map(Paragraph::plain).collect();
                canonical_line(&texts.join(" "))
            })
            .collect();
        let (name, rest) = cells.split_first()?;
        let rest: Vec<&str> = rest
            .iter()
            .map(String::as_str)
            .filter(|text| !text.is_empty())
            .collect();
        let what = rest.join(", ");
        let is_one =
            shapes::name(name) > Likeness::None && shapes::affiliation(&what) > Likeness::None;
        match is_one && !row.is_head {
            true => found.push(Entry {
                name: name.clone(),
                what: What::Affiliation(what),
                place: table.place.clone(),
                beside: name.clone(),
                why: ELSEWHERE,
            }),
            false if index == 0 => beside = cells.join(" "),
            false => return None,
        }
    }
    let first = found.first_mut()?;
    first.beside = format!("{beside} {}", first.beside).trim().to_owned();
    Some(found)
}

fn is_label(block: &Block) -> bool {
    matches!(block, Block::Paragraph(p) if p.comments.is_empty() && {
        let plain = canonical_line(&p.plain()).to_lowercase();
        LABELS.contains(&plain.trim_end_matches([':', '.']).trim())
    })
}

/// All that blocks say of people; none where one of them says something else.
fn entries(blocks: &[Block]) -> Option<Vec<Entry>> {
    let mut found: Vec<Entry> = Vec::new();
    let mut at = 0;
    while let Some(block) = blocks.get(at) {
        at += 1;
        match block {
            Block::Table(table) => found.extend(of_table(table)?),
            Block::Paragraph(paragraph) if paragraph.role == Role::Break => {}
            Block::Paragraph(paragraph) => {
                if let Some(entry) = entry(paragraph) {
                    found.push(entry);
                    continue;
                }
                // A name over what is said of them.
                let plain = paragraph.plain();
                let below = match blocks.get(at) {
                    Some(Block::Paragraph(below)) if below.pictures.is_empty() => below,
                    _ => return None,
                };
                if shapes::name(&plain) == Likeness::None {
                    return None;
                }
                at += 1;
                let said = below.plain();
                found.push(Entry {
                    name: plain.trim().to_owned(),
                    what: match shapes::is_line(&said)
                        && shapes::affiliation(&said) > Likeness::None
                    {
                        true => What::Affiliation(said.trim().to_owned()),
                        false => What::Biography(below.clone()),
                    },
                    place: paragraph.place.clone(),
                    beside: plain.trim().to_owned(),
                    why: ELSEWHERE,
                });
            }
        }
    }
    (!found.is_empty()).then_some(found)
}

/// Takes off what stands at the end about the people, under a heading that says so.
pub(super) fn cut_end(blocks: &mut Vec<Block>, remarks: &mut Vec<Remark>) -> Vec<Entry> {
    let Some(at) = blocks.iter().rposition(is_label).filter(|at| *at > 0) else {
        return Vec::new();
    };
    let Some(found) = entries(&blocks[at + 1..]) else {
        return Vec::new();
    };
    tell_label(&blocks[at], remarks);
    blocks.truncate(at);
    found
}

fn tell_label(block: &Block, remarks: &mut Vec<Remark>) {
    if let Block::Paragraph(label) = block {
        let message =
            "the heading over what is said of the people is left out: it stands with each of them";
        remarks.push(Remark::lost(&label.place, message, label.plain().trim()));
    }
}

/// Takes off the biographies that a text ends with.
pub(super) fn cut_lives(blocks: &mut Vec<Block>) -> Vec<(Entry, Block)> {
    let mut found = Vec::new();
    while let Some(Block::Paragraph(last)) = blocks.last()
        && last.item.is_none()
        && let Some(entry) = entry(last).filter(|entry| matches!(entry.what, What::Biography(_)))
        && let Some(block) = blocks.pop()
    {
        found.push((entry, block));
    }
    found.reverse();
    found
}

/// Takes off what stands before the first statement and behind the last about people who have a statement.
pub(super) fn cut_around(
    blocks: &mut Vec<Block>,
    starts: &mut [Start],
    remarks: &mut Vec<Remark>,
) -> Vec<Entry> {
    let mut found = Vec::new();
    let has = |entry: &Entry| {
        starts
            .iter()
            .any(|start| same_person(&start.name, &entry.name))
    };
    // A biography alone under the last statement is that of whoever made it, and is found there.
    let end = starts.last().map_or(0, |last| last.at + last.length + 1);
    let mut behind = Vec::new();
    while blocks.len() > end
        && let Some(Block::Paragraph(last)) = blocks.last()
        && let Some(entry) =
            entry(last).filter(|entry| has(entry) && matches!(entry.what, What::Biography(_)))
    {
        behind.push((entry, blocks.pop()));
    }
    match behind.len() {
        1 => blocks.extend(behind.into_iter().filter_map(|(_, block)| block)),
        _ => found.extend(behind.into_iter().rev().map(|(entry, _)| entry)),
    }
    let head = starts.first().map_or(0, |first| first.at);
    let own: Vec<Option<Vec<Entry>>> = blocks[..head]
        .iter()
        .map(|block| match block {
            Block::Paragraph(paragraph) => entry(paragraph).map(|entry| vec![entry]),
            Block::Table(table) => of_table(table),
        })
        .map(|entries| entries.filter(|entries| entries.iter().all(has)))
        .collect();
    if own.iter().flatten().flatten().count() >= 2 {
        let mut taken: Vec<bool> = own.iter().map(Option::is_some).collect();
        for at in 0..head {
            if !taken[at] && is_label(&blocks[at]) {
                taken[at] = true;
                tell_label(&blocks[at], remarks);
            }
        }
        let gone = taken.iter().filter(|taken| **taken).count();
        let mut flags = taken.into_iter();
        blocks.retain(|_| !flags.next().unwrap_or_default());
        starts.iter_mut().for_each(|start| start.at -= gone);
        found.extend(own.into_iter().flatten().flatten());
    }
    found
}

/// The text of a biography: its own boldness and slope are looks of the page.
pub(super) fn spans(paragraph: &Paragraph) -> Vec<Span> {
    let mut spans = paragraph.spans.clone();
    let name = biography(&paragraph.plain()).map_or(0, |name| name.end);
    let is_slanted = spans
        .iter()
        .all(|span| span.look.emphasis || span.text.trim().is_empty());
    let mut at = 0;
    for span in &mut spans {
        // What begins with the name and goes on a little is set off for the name.
        if at < name {
            span.look.strong = false;
        }
        at += span.text.len();
        span.look.emphasis &= !is_slanted;
    }
    spans
}

/// Gives people what is said of them. `text` gives the marked text of a biography.
pub(super) fn given(
    entries: Vec<Entry>,
    contributors: &mut [Contributor],
    text: &mut dyn FnMut(&Paragraph) -> String,
    remarks: &mut Vec<Remark>,
) {
    for entry in entries {
        let is_of = |one: &&mut Contributor| {
            let name = one.name.text.as_deref().unwrap_or_default();
            same_person(name, &entry.name)
        };
        let (key, value) = match &entry.what {
            What::Affiliation(what) => ("affiliation", what.clone()),
            What::Biography(paragraph) => ("bio", text(paragraph)),
        };
        match contributors.iter_mut().find(is_of) {
            Some(one) if !one.fields.contains_key(key) => {
                one.checks.insert(key, entry.why.to_owned());
                one.fields.insert(key, value);
                let message = format!("the {} of {} stands with the name", named(key), entry.name);
                remarks.push(Remark::guess(&entry.place, message));
                if !entry.beside.is_empty() {
                    let message = "the name beside what somebody is stands with the statement";
                    remarks.push(Remark::lost(&entry.place, message, entry.beside));
                }
            }
            known => {
                let message = match known {
                    Some(_) => format!("a second {} of {} is left out", named(key), entry.name),
                    None => format!(
                        "what is said of {}, who has no statement here, is left out",
                        entry.name
                    ),
                };
                let words = match &entry.what {
                    What::Affiliation(what) => format!("{} {what}", entry.beside),
                    What::Biography(paragraph) => format!("{} {}", entry.beside, paragraph.plain()),
                };
                remarks.push(Remark::lost(&entry.place, message, words.trim()));
            }
        }
    }
}

fn named(key: &str) -> &str {
    match key {
        "bio" => "biography",
        key => key,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn biographies_begin_with_the_name_of_somebody_and_say_what_they_do() {
        let of = |text: &str| biography(text).map(|name| text[name].to_owned());
        for (text, name) in [
            ("Amina Khan is a fellow at ISSI.", "Amina Khan"),
            ("Saleem Shahid is with Dawn in Quetta.", "Saleem Shahid"),
            (
                "Dr. Fahd Humayun teaches at Tufts University.",
                "Dr. Fahd Humayun",
            ),
        ] {
            assert_eq!(of(text).as_deref(), Some(name));
        }
        for text in [
            "The border is closed, says the ministry.",
            "Saudi Arabia is not part of the talks.",
            "There is a fellow at every institute.",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
    }

    #[test]
    fn one_person_is_written_in_several_ways() {
        for (one, other) in [
            ("AMINA KHAN", "Dr. Amina Khan"),
            ("Mansoor Ahmad Khan", "Ambassador Mansoor Khan"),
            ("Amina Khan, PhD", "Amina Khan"),
        ] {
            assert!(same_person(one, other), "{one} {other}");
        }
        for (one, other) in [
            ("Amina Khan", "Mansoor Khan"),
            ("", ""),
            ("Khan", "Amina Khan"),
        ] {
            assert!(!same_person(one, other), "{one} {other}");
        }
    }
}
