//! The lines around statements: what stands above the first and below the last, and what files are called.

use std::collections::BTreeMap;

use super::document::{Block, Document, Paragraph, Role};
use super::shapes::{self, Likeness};
use super::typed_marks::typed_mark;
use crate::compose::canonical_line;
use crate::read::Link;

/// Whether the name of a note is a number, or one that a word processor counts by.
pub(super) fn is_counted(name: &str) -> bool {
    name.trim_start_matches(['f', 'e', '-'])
        .bytes()
        .all(|byte| byte.is_ascii_digit())
}

/// Whether a block says something, or is a sign by itself.
pub(super) fn is_said(block: &Block) -> bool {
    !matches!(block, Block::Paragraph(p) if p.is_empty() && p.role != Role::Break && p.item.is_none())
}

pub(super) fn is_end(block: &Block) -> bool {
    matches!(block, Block::Paragraph(p) if matches!(p.role, Role::EndHeading(_) | Role::EndMatter))
}

/// The highest level of the headings among blocks.
pub(super) fn top(blocks: &[Block], none: u8) -> u8 {
    let levels = blocks.iter().filter_map(|block| match block {
        Block::Paragraph(paragraph) => match paragraph.role {
            Role::Heading(level) => Some(level),
            _ => None,
        },
        Block::Table(_) => None,
    });
    levels.min().unwrap_or(none)
}

/// How many blocks at the beginning are lines before the text, where nobody's name says where it begins.
pub(super) fn head_length(blocks: &[Block]) -> usize {
    let has_title = blocks
        .iter()
        .take(8)
        .any(|block| matches!(block, Block::Paragraph(p) if p.role == Role::Title));
    let mut headings = 0;
    let is_head = |block: &&Block| match block {
        Block::Table(_) => false,
        Block::Paragraph(paragraph) => match paragraph.role {
            Role::Title | Role::Subtitle | Role::Series | Role::Byline | Role::Date => true,
            Role::Heading(_) => {
                headings += 1;
                headings == 1 && !has_title
            }
            Role::Text => {
                let plain = paragraph.plain();
                let is_item = paragraph.item.is_some() || typed_mark(&plain).is_some();
                headings == 0
                    && !is_item
                    && paragraph.pictures.is_empty()
                    && shapes::is_line(&plain)
                    && !shapes::is_prose(&plain)
            }
            _ => false,
        },
    };
    let mut length = blocks.iter().take(6).take_while(is_head).count();
    // Under a heading that is the title stand a date, and lines before it.
    let is_date = |block: &Block| matches!(block, Block::Paragraph(p) if p.role == Role::Text && shapes::date(&p.plain(), None).is_some());
    let is_line = |block: &Block| matches!(block, Block::Paragraph(p) if p.role == Role::Text && p.item.is_none() && shapes::is_line(&p.plain()));
    let below = blocks.get(length..).unwrap_or_default();
    if let Some(at) = below.iter().take(3).position(is_date)
        && below[..at].iter().all(is_line)
    {
        length += at + 1;
    }
    if length < blocks.len() || length == 0 {
        return length;
    }
    // Lines alone are a text, of which the first may be the title; a date ends what stands above it.
    blocks.iter().position(is_date).map_or(1, |at| at + 1)
}

/// The name that a file is called after.
pub(super) fn stem_name(file: &str) -> Option<String> {
    let name = file.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let spaced = stem.replace(['_', '-'], " ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let joined = words.join(" ");
    let titled = joined.chars().any(char::is_uppercase);
    (titled && shapes::name(&joined) > Likeness::None).then_some(joined)
}

/// A title that all documents begin with.
pub(super) fn shared_title(documents: &[Document]) -> Option<String> {
    let first = |document: &Document| match document.blocks.first() {
        Some(Block::Paragraph(paragraph)) => Some(canonical_line(&paragraph.plain())),
        _ => None,
    };
    let title = first(&documents[0])?;
    let all = documents
        .iter()
        .all(|document| first(document).as_ref() == Some(&title));
    all.then_some(title)
}

/// An affiliation without the links to registers beside it, which are fields of their own; gives what they were called.
pub(super) fn known_by(
    paragraph: &Paragraph,
    affiliation: &str,
    fields: &mut BTreeMap<&'static str, String>,
) -> String {
    let mut text = affiliation.to_owned();
    let mut signs = String::new();
    for (sign, key, host) in [("ROR", "ror", "ror.org"), ("ORCID", "orcid", "orcid.org")] {
        let link = paragraph
            .spans
            .iter()
            .find_map(|span| match &span.look.link {
                Some(Link::Outside(to)) if span.text.trim() == sign && to.contains(host) => {
                    Some(to.clone())
                }
                _ => None,
            });
        let Some(link) = link else { continue };
        let rest = text.trim_end().trim_end_matches(sign).trim_end();
        text = rest.trim_end_matches('·').trim_end().to_owned();
        signs.push_str(sign);
        signs.push(' ');
        let value = match key {
            "orcid" => link.rsplit('/').next().unwrap_or_default().to_owned(),
            _ => link,
        };
        fields.insert(key, value);
    }
    if !text.is_empty() {
        fields.insert("affiliation", text);
    }
    signs
}
