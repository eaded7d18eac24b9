//! Statements that are signed: who speaks stands in the last lines of each, as in mails.

use super::about;
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
    is_biography: bool,
}

/// Who signed a text of one.
#[derive(Debug)]
pub(super) struct Signer {
    pub(super) name: String,
    pub(super) affiliation: Option<String>,
    pub(super) biography: Option<Paragraph>,
    /// Where that was found.
    pub(super) why: &'static str,
}

/// By what statements are signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// Lines with a name, and what the person is.
    Lines,
    /// Paragraphs that say who somebody is.
    Biographies,
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

/// A short sentence in a block, without its full stop: what stood behind `The writer is`, which was taken off.
fn sentence(block: Option<&Block>) -> Option<String> {
    let Some(Block::Paragraph(paragraph)) = block else {
        return None;
    };
    let plain = paragraph.plain();
    let bare = plain.trim().strip_suffix('.')?;
    let is_open =
        paragraph.role == Role::Text && paragraph.item.is_none() && paragraph.pictures.is_empty();
    (is_open && !shapes::is_prose(bare)).then(|| bare.to_owned())
}

/// The biography that stands in a block.
fn biography_at(blocks: &[Block], at: usize) -> Option<Signature> {
    let Block::Paragraph(paragraph) = blocks.get(at)? else {
        return None;
    };
    let is_open =
        paragraph.role == Role::Text && paragraph.item.is_none() && paragraph.pictures.is_empty();
    let plain = paragraph.plain();
    let name = about::biography(&plain).filter(|_| is_open)?;
    Some(Signature {
        at,
        length: 1,
        name: plain[name].to_owned(),
        affiliation: None,
        is_biography: true,
    })
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
            is_biography: false,
        });
    }
    if shapes::name(bare) == Likeness::None {
        return None;
    }
    let below = line(blocks.get(at + 1)).map(Paragraph::plain);
    let below = below.or_else(|| sentence(blocks.get(at + 1)));
    let below = below.filter(|below| shapes::affiliation(below) == Likeness::Strong);
    match below {
        Some(below) => Some(Signature {
            at,
            length: 2,
            name: bare.to_owned(),
            affiliation: Some(below.trim().to_owned()),
            is_biography: false,
        }),
        None => (bare.len() < text.len()).then(|| Signature {
            at,
            length: 1,
            name: bare.to_owned(),
            affiliation: None,
            is_biography: false,
        }),
    }
}

/// Where every statement ends with its signature: the blocks with each signature before its statement, and where those begin.
pub(super) fn signed(blocks: &[Block], by: By) -> Option<(Vec<Block>, Vec<Start>)> {
    let head = head_length(blocks);
    let mut found: Vec<Signature> = Vec::new();
    let mut at = head + 1;
    while at < blocks.len() {
        let signature = match by {
            By::Lines => signature_at(blocks, at),
            By::Biographies => biography_at(blocks, at),
        };
        let signature = signature.filter(|_| is_content(blocks, at - 1));
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
            why: Some(match by {
                By::Lines => "the last lines of a statement",
                By::Biographies => "the biography under a statement",
            }),
            is_biography: signature.is_biography,
        });
        out.extend_from_slice(&blocks[signature.at..end]);
        out.extend_from_slice(&blocks[from..signature.at]);
        from = end;
    }
    Some((out, starts))
}

/// Who signed a text of one in its last lines, which are taken off.
pub(super) fn signer(blocks: &mut Vec<Block>) -> Option<Signer> {
    let length = blocks.len();
    if length < 3 {
        return None;
    }
    let ends = |one: &Signature| one.at + one.length == length;
    let found = [2, 1]
        .into_iter()
        .find_map(|lines| signature_at(blocks, length - lines).filter(ends))
        .or_else(|| biography_at(blocks, length - 1))?;
    let lines = &blocks[found.at..];
    let has_remarks = lines
        .iter()
        .any(|block| matches!(block, Block::Paragraph(p) if !p.comments.is_empty()));
    if has_remarks {
        return None;
    }
    let last = match (found.is_biography, blocks.pop()) {
        (true, Some(Block::Paragraph(paragraph))) => Some(paragraph),
        _ => None,
    };
    blocks.truncate(found.at);
    Some(Signer {
        name: found.name,
        affiliation: found.affiliation,
        biography: last,
        why: "a line at the end",
    })
}

/// Who signed in lines of which other lines may stand around: the first of them with a name.
pub(super) fn among(blocks: &[Block]) -> Option<(String, Option<String>, std::ops::Range<usize>)> {
    let all = 0..blocks.len();
    let found = all.clone().find_map(|at| {
        let found = signature_at(blocks, at)?;
        Some((found.name, found.affiliation, at..at + found.length))
    });
    found.or_else(|| {
        all.clone().find_map(|at| {
            let plain = line(blocks.get(at))?.plain();
            let name = plain.trim();
            (shapes::name(name) > Likeness::None).then(|| (name.to_owned(), None, at..at + 1))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "This is running text that is long enough to be no line of its own, and it ends as a sentence does.";

    fn blocks(lines: &[&str]) -> Vec<Block> {
        let block = |line: &&str| Block::Paragraph(Paragraph::of(line));
        lines.iter().map(block).collect()
    }

    fn names(lines: &[&str]) -> Option<Vec<(String, usize)>> {
        let (_, starts) = signed(&blocks(lines), By::Lines)?;
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
