//! Statements that are signed: who speaks stands in the last lines of each, as in mails.

use super::document::{Block, Paragraph, Role};
use super::lines::head_length;
use super::people::{Start, is_content};
use super::shapes::{self, Likeness};

/// What stands before a name at the end of a text.
const LEADS: [char; 5] = ['—', '–', '-', ' ', '\u{a0}'];

/// The lines of a signature.
#[derive(Debug)]
struct Signature {
    at: usize,
    length: usize,
    name: String,
    affiliation: Option<String>,
}

fn line(block: Option<&Block>) -> Option<&Paragraph> {
    match block? {
        Block::Paragraph(p)
            if p.role == Role::Text
                && p.item.is_none()
                && p.pictures.is_empty()
                && shapes::is_line(&p.plain()) =>
        {
            Some(p)
        }
        _ => None,
    }
}

/// The signature that stands in a block and perhaps the next.
fn signature_at(blocks: &[Block], at: usize) -> Option<Signature> {
    let plain = line(blocks.get(at))?.plain();
    let text = plain.trim();
    let bare = text.trim_start_matches(LEADS);
    if let Some((name, affiliation)) = shapes::name_and_affiliation(bare) {
        return Some(Signature {
            at,
            length: 1,
            name: bare[name].to_owned(),
            affiliation: Some(bare[affiliation].to_owned()),
        });
    }
    if shapes::name(bare) == Likeness::None {
        return None;
    }
    let below = line(blocks.get(at + 1)).map(Paragraph::plain);
    let below = below.filter(|below| shapes::affiliation(below) == Likeness::Strong);
    match below {
        Some(below) => Some(Signature {
            at,
            length: 2,
            name: bare.to_owned(),
            affiliation: Some(below.trim().to_owned()),
        }),
        None => (bare.len() < text.len()).then(|| Signature {
            at,
            length: 1,
            name: bare.to_owned(),
            affiliation: None,
        }),
    }
}

/// Where every statement ends with its signature: the blocks with each signature before its statement, and where those begin.
pub(super) fn signed(blocks: &[Block]) -> Option<(Vec<Block>, Vec<Start>)> {
    let head = head_length(blocks);
    let mut found: Vec<Signature> = Vec::new();
    let mut at = head + 1;
    while at < blocks.len() {
        let signature = signature_at(blocks, at).filter(|_| is_content(blocks, at - 1));
        at += signature.as_ref().map_or(1, |signature| signature.length);
        found.extend(signature);
    }
    // A name that stands over its text ends nothing.
    let last = found.last()?;
    if found.len() < 2 || last.at + last.length < blocks.len() {
        return None;
    }
    let mut out = blocks[..head].to_vec();
    let mut starts = Vec::new();
    let mut from = head;
    for signature in found {
        let end = signature.at + signature.length;
        starts.push(Start {
            at: out.len(),
            name: signature.name,
            affiliation: signature.affiliation,
            length: signature.length,
            why: Some("the last lines of a statement"),
        });
        out.extend_from_slice(&blocks[signature.at..end]);
        out.extend_from_slice(&blocks[from..signature.at]);
        from = end;
    }
    Some((out, starts))
}

/// The name, and what the person is, in the last lines of a text of one; the lines are taken off.
pub(super) fn signature(blocks: &mut Vec<Block>) -> Option<(String, Option<String>)> {
    let length = blocks.len();
    if length < 3 {
        return None;
    }
    let ends = |one: &Signature| one.at + one.length == length;
    let found = [2, 1]
        .into_iter()
        .find_map(|lines| signature_at(blocks, length - lines).filter(ends))?;
    let lines = &blocks[found.at..];
    let has_remarks = lines
        .iter()
        .any(|block| matches!(block, Block::Paragraph(p) if !p.comments.is_empty()));
    if has_remarks {
        return None;
    }
    blocks.truncate(found.at);
    Some((found.name, found.affiliation))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Look, Span};

    const TEXT: &str = "This is running text that is long enough to be no line of its own, and it ends as a sentence does.";

    fn blocks(lines: &[&str]) -> Vec<Block> {
        let block = |line: &&str| {
            Block::Paragraph(Paragraph {
                spans: vec![Span {
                    text: (*line).to_owned(),
                    look: Look::default(),
                }],
                ..Paragraph::default()
            })
        };
        lines.iter().map(block).collect()
    }

    fn names(lines: &[&str]) -> Option<Vec<(String, usize)>> {
        let (_, starts) = signed(&blocks(lines))?;
        let starts = starts.into_iter();
        Some(starts.map(|start| (start.name, start.at)).collect())
    }

    #[test]
    fn statements_that_end_with_names_are_told_from_those_that_begin_with_them() {
        let own = |pairs: &[(&str, usize)]| {
            let pairs = pairs.iter();
            Some(pairs.map(|(name, at)| ((*name).to_owned(), *at)).collect())
        };
        assert_eq!(
            names(&[
                "Flash Point",
                TEXT,
                "— Amina Khan, Director of ISSI",
                TEXT,
                TEXT,
                "— Fahd Humayun"
            ]),
            own(&[("Amina Khan", 1), ("Fahd Humayun", 3)])
        );
        assert_eq!(
            names(&[
                TEXT,
                "Amina Khan",
                "Director of ISSI",
                TEXT,
                "Fahd Humayun",
                "Professor, Tufts"
            ]),
            own(&[("Amina Khan", 0), ("Fahd Humayun", 3)])
        );
        assert_eq!(
            names(&[
                "Amina Khan",
                "Director of ISSI",
                TEXT,
                "Fahd Humayun",
                "Professor, Tufts",
                TEXT
            ]),
            None
        );
    }
}
