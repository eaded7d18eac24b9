//! Interviews: questions and answers, behind `Q:` and `A:` or behind the names of those who speak.

use std::collections::BTreeMap;
use std::ops::Range;

use super::document::{Block, Paragraph, Remark, Role, Weight};
use super::parting::{Parts, at_colon, pieces, whole};
use super::people::Start;
use super::shapes::{self, Likeness};
use crate::compose::canonical_line;

/// What stands before questions, and before answers.
const QUESTIONS: &[&str] = &[
    "q", "question", "frage", "f", "pregunta", "p", "domanda", "d",
];
const ANSWERS: &[&str] = &[
    "a",
    "answer",
    "antwort",
    "réponse",
    "r",
    "respuesta",
    "risposta",
];

/// A question of so many characters at most is a heading.
const HEADING: usize = 200;

/// What stands before the first colon of a paragraph, and what is said behind it.
fn label(paragraph: &Paragraph) -> Option<Parts> {
    let text = whole(paragraph);
    let [own, body] = at_colon(&text)?;
    let words = text[own.clone()].split_whitespace().count();
    let is_label = (1..=5).contains(&words) && !text[body.clone()].trim().is_empty();
    is_label.then_some([own, body])
}

/// Whether a label stands before questions or answers, with a number or without.
fn is_of(label: &str, known: &[&str]) -> bool {
    let bare = label
        .trim()
        .trim_end_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ' ');
    known.contains(&bare.to_lowercase().as_str())
}

/// A question as the heading of its answer; a long one stays a paragraph.
fn question(mut paragraph: Paragraph) -> Block {
    if paragraph.plain().chars().count() <= HEADING {
        paragraph.role = Role::Question;
    }
    Block::Paragraph(paragraph)
}

fn part(paragraph: &Paragraph, range: Range<usize>) -> Option<Paragraph> {
    match pieces(paragraph, &[range]).into_iter().next()? {
        Block::Paragraph(paragraph) => Some(paragraph),
        Block::Table(_) => None,
    }
}

/// Takes the labels off questions and answers, and makes headings of the questions.
pub(super) fn without_labels(blocks: &mut [Block], remarks: &mut Vec<Remark>) {
    let labelled = |block: &Block, known: &[&str]| {
        let paragraph = block.running()?;
        let range = label(paragraph)?;
        is_of(&whole(paragraph)[range[0].clone()], known).then_some(range)
    };
    let count = |known: &[&str]| {
        blocks
            .iter()
            .filter(|block| labelled(block, known).is_some())
            .count()
    };
    if count(QUESTIONS) < 2 || count(ANSWERS) < 2 {
        return;
    }
    let mut labels = Vec::new();
    let mut place = String::new();
    for block in blocks {
        for known in [QUESTIONS, ANSWERS] {
            let Some([own, body]) = labelled(block, known) else {
                continue;
            };
            let Block::Paragraph(paragraph) = &*block else {
                continue;
            };
            labels.push(whole(paragraph)[own].trim().to_owned());
            if place.is_empty() {
                place.clone_from(&paragraph.place);
            }
            if let Some(mut rest) = part(paragraph, body) {
                rest.weight = Weight::Plain;
                *block = match known == QUESTIONS {
                    true => question(rest),
                    false => Block::Paragraph(rest),
                };
            }
            break;
        }
    }
    let message =
        "the letters before questions and answers are left out: the questions are headings";
    remarks.push(Remark::lost(&place, message, labels.join(" ")));
}

/// An interview of several turns: what each of those who answer says, under the questions. None where nobody speaks twice.
pub(super) fn interview(
    blocks: &[Block],
    remarks: &mut Vec<Remark>,
) -> Option<(Vec<Block>, Vec<Start>)> {
    let labels: Vec<Option<(String, Parts)>> = blocks
        .iter()
        .map(|block| {
            let paragraph = block.running()?;
            let range = label(paragraph)?;
            let name = whole(paragraph)[range[0].clone()].trim().to_owned();
            Some((name, range))
        })
        .collect();
    // The turns of each, and how many of them are questions.
    let mut turns: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (block, label) in blocks.iter().zip(&labels) {
        let (Some(paragraph), Some((name, [_, body]))) = (block.running(), label) else {
            continue;
        };
        let asks = whole(paragraph)[body.clone()]
            .trim_end()
            .ends_with(['?', '？', '؟']);
        let count = turns.entry(folded(name)).or_default();
        count.0 += 1;
        count.1 += usize::from(asks);
    }
    let asks = |name: &str| {
        turns
            .get(&folded(name))
            .is_some_and(|(all, asked)| *all > 1 && all == asked)
    };
    let speaks = |name: &str| shapes::name(name) > Likeness::None && !asks(name);
    let found = labels.iter().flatten().filter(|(name, _)| speaks(name));
    let most = found
        .clone()
        .filter_map(|(name, _)| turns.get(&folded(name)))
        .map(|(all, _)| *all);
    if most.max()? < 2 {
        return None;
    }
    let first = labels.iter().position(|label| {
        label
            .as_ref()
            .is_some_and(|(name, _)| speaks(name) || asks(name))
    })?;
    // A line that asks stands over the answers of all.
    let is_asked = |block: &Block| {
        block.running().is_some_and(|p| {
            let plain = p.plain();
            (p.weight == Weight::Heavy || plain.trim_end().ends_with(['?', '؟']))
                && plain.chars().count() <= HEADING
        }) || matches!(block, Block::Paragraph(p) if matches!(p.role, Role::Heading(_)))
    };
    let head = match first.checked_sub(1) {
        Some(above) if is_asked(&blocks[above]) && labels[above].is_none() => above,
        _ => first,
    };
    let mut people: Vec<(String, Vec<Block>, Option<usize>)> = Vec::new();
    let mut asked: Option<(usize, Block)> = None;
    let mut current: Option<usize> = None;
    let mut told = Vec::new();
    for (at, (block, label)) in blocks.iter().zip(&labels).enumerate().skip(head) {
        let own = block.running().zip(label.as_ref());
        match own {
            Some((paragraph, (name, [_, body]))) if asks(name) => {
                told.push(name.clone());
                let body = part(paragraph, body.clone())?;
                asked = Some((at, question(body)));
                current = None;
            }
            Some((paragraph, (name, [own, body]))) if speaks(name) => {
                let index = match people
                    .iter()
                    .position(|(known, _, _)| folded(known) == folded(name))
                {
                    Some(index) => {
                        told.push(name.clone());
                        index
                    }
                    None => {
                        let line = part(paragraph, own.clone())?;
                        people.push((
                            name.clone(),
                            vec![Block::Paragraph(Paragraph {
                                comments: Vec::new(),
                                ..line
                            })],
                            None,
                        ));
                        people.len() - 1
                    }
                };
                let person = &mut people[index];
                if let Some((number, question)) = asked
                    .as_ref()
                    .filter(|(number, _)| person.2 != Some(*number))
                {
                    person.2 = Some(*number);
                    person.1.push(question.clone());
                }
                person
                    .1
                    .push(Block::Paragraph(part(paragraph, body.clone())?));
                current = Some(index);
            }
            _ if label_follows(&labels, at, &speaks) && is_asked(block) => {
                if let Block::Paragraph(paragraph) = block {
                    asked = Some((
                        at,
                        question(Paragraph {
                            role: Role::Text,
                            ..paragraph.clone()
                        }),
                    ));
                }
                current = None;
            }
            _ => people.get_mut(current?)?.1.push(block.clone()),
        }
    }
    let mut out = blocks[..head].to_vec();
    let mut starts = Vec::new();
    let place = blocks
        .get(first)
        .and_then(Block::running)
        .map(|p| p.place.clone())
        .unwrap_or_default();
    for (name, own, _) in people {
        starts.push(Start {
            at: out.len(),
            name,
            affiliation: None,
            length: 1,
            why: Some("a name before what is said, as in interviews"),
            is_biography: false,
        });
        out.extend(own);
    }
    let message = "an interview: what each says stands together, under the questions";
    remarks.push(Remark::guess(&place, message));
    if !told.is_empty() {
        let message = "the names before questions and before further answers are left out";
        remarks.push(Remark::lost(&place, message, told.join(" ")));
    }
    Some((out, starts))
}

/// Whether the next block is what somebody says.
fn label_follows(
    labels: &[Option<(String, Parts)>],
    at: usize,
    speaks: &dyn Fn(&str) -> bool,
) -> bool {
    matches!(labels.get(at + 1), Some(Some((name, _))) if speaks(name))
}

fn folded(name: &str) -> String {
    canonical_line(name).to_lowercase()
}
