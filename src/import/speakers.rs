//! Who speaks in a document, by whatever shape it says so: the shapes in which round-ups are sent, tried one after the other.

use super::about::{self, Entry};
use super::contacts;
use super::document::{Block, Paragraph, Remark, Role};
use super::mail;
use super::mailbox::{self, Hints};
use super::people::{self, Start};
use super::raised::{Authors, Raised};
use super::run_ins;
use super::signed::{self, Signer};
use super::turns;

/// Who speaks in a document.
#[derive(Debug, Default)]
pub(super) struct Speakers {
    /// Where statements begin.
    pub(super) starts: Vec<Start>,
    /// Who signed it, where it is one statement.
    pub(super) signer: Option<Signer>,
    /// What is said of people elsewhere than under their names.
    pub(super) about: Vec<Entry>,
    /// What the heads of mails say of the whole.
    pub(super) hints: Hints,
}

/// Finds who speaks. What mails put around a text is taken off, and names that stand behind or in their texts come before them.
pub(super) fn found(
    blocks: &mut Vec<Block>,
    contributor: Option<&str>,
    raised: Raised,
    remarks: &mut Vec<Remark>,
) -> Speakers {
    contacts::without(blocks, remarks);
    mail::without_announcements(blocks, remarks);
    let mut speakers = Speakers {
        about: raised.about,
        ..Speakers::default()
    };
    if let Some(opened) = mailbox::opened(blocks, remarks) {
        speakers.hints = opened.hints;
        *blocks = opened.blocks;
        speakers.starts = match contributor {
            None => opened.starts,
            Some(_) => Vec::new(),
        };
        if !speakers.starts.is_empty() {
            return speakers;
        }
    }
    mail::without_salutation(blocks, remarks);
    let sender = mail::without_greeting(blocks, remarks);
    turns::without_labels(blocks, remarks);
    speakers.about.extend(about::cut_end(blocks, remarks));
    if contributor.is_none() {
        speakers.starts = starts(blocks, &mut speakers.about, remarks);
        let around = about::cut_around(blocks, &mut speakers.starts, remarks);
        speakers.about.extend(around);
    }
    if !speakers.starts.is_empty() {
        mail::tell_sender(&sender, remarks);
        return speakers;
    }
    blocks.extend(sender);
    let authors = raised.authors.filter(|_| contributor.is_none());
    speakers.signer = match authors.and_then(|authors| together(authors, blocks)) {
        Some(signer) => {
            speakers
                .about
                .retain(|entry| !signer.name.contains(entry.name()));
            Some(signer)
        }
        None => signed::signer(blocks),
    };
    speakers
}

/// Those who wrote one text together; the line that names them is taken off.
fn together(authors: Authors, blocks: &mut Vec<Block>) -> Option<Signer> {
    let is_line = |block: &Block| matches!(block, Block::Paragraph(p) if p.role == Role::Byline && p.plain().trim() == authors.line);
    let at = blocks.iter().position(is_line)?;
    blocks.remove(at);
    let name = authors.line.strip_prefix("By ").unwrap_or(&authors.line);
    Some(Signer {
        name: name.to_owned(),
        affiliation: authors.affiliation,
        biography: None,
        why: "the line of those who wrote one text together",
    })
}

/// Where statements begin; the blocks are put in the order that says so.
fn starts(
    blocks: &mut Vec<Block>,
    about: &mut Vec<Entry>,
    remarks: &mut Vec<Remark>,
) -> Vec<Start> {
    if let Some((turned, starts)) = signed::signed(blocks, signed::By::Lines) {
        *blocks = turned;
        return starts;
    }
    let starts = people::find(blocks, &[]);
    if !starts.is_empty() {
        // Some may stand on a line with their text, and others over it.
        let split = run_ins::without_posts(blocks);
        let all = people::find(&split, &[]);
        if all.len() > starts.len() {
            *blocks = split;
            return all;
        }
        return starts;
    }
    let lives = about::cut_lives(blocks);
    if let Some((turned, starts)) = turns::interview(blocks, remarks) {
        *blocks = turned;
        about.extend(lives.into_iter().map(|(entry, _)| entry));
        return starts;
    }
    blocks.extend(lives.into_iter().map(|(_, block)| block));
    let split = run_ins::without_bold(blocks);
    let starts = people::find(&split, &[]);
    if !starts.is_empty() {
        *blocks = split;
        return starts;
    }
    if let Some((split, starts)) = run_ins::without_plain(blocks) {
        *blocks = split;
        return starts;
    }
    let split = [run_ins::without_ends(blocks), Some(without_quotes(blocks))];
    for split in split.into_iter().flatten() {
        if let Some((turned, starts)) = signed::signed(&split, signed::By::Lines) {
            *blocks = turned;
            return starts;
        }
    }
    match signed::signed(blocks, signed::By::Biographies) {
        Some((turned, starts)) => {
            *blocks = turned;
            starts
        }
        None => Vec::new(),
    }
}

/// Blocks in which quotations are text: of whoever is named below each of them.
fn without_quotes(blocks: &[Block]) -> Vec<Block> {
    let turned = blocks.iter().map(|block| match block {
        Block::Paragraph(paragraph) if matches!(paragraph.role, Role::Quote | Role::QuoteNext) => {
            Block::Paragraph(Paragraph {
                role: Role::Text,
                ..paragraph.clone()
            })
        }
        _ => block.clone(),
    });
    turned.collect()
}
