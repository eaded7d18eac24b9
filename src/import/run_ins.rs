//! Names that stand on one line with what is said: before a text, `Amina Khan: …`, or behind it, `… — Amina Khan, ISSI`.

use super::document::{Block, Paragraph, Role};
use super::parting::{Parts, at_colon, pieces, whole};
use super::people::Start;
use super::shapes::{self, Likeness};

/// What is said behind a name has so many words at least.
const LEAST: usize = 10;

/// Signs between a name and a text.
const MARKS: [char; 7] = [':', '.', '–', '—', '-', ' ', '\u{a0}'];

/// Bold names at the beginning of paragraphs, with what the person is or without it, as paragraphs of their own.
pub(super) fn without_bold(blocks: &[Block]) -> Vec<Block> {
    parted(blocks, &bold).0
}

/// Those of them with what the person is alone, which no heading is taken for.
pub(super) fn without_posts(blocks: &[Block]) -> Vec<Block> {
    let post = |paragraph: &Paragraph| {
        let found = bold(paragraph)?;
        let text = whole(paragraph);
        shapes::name_and_affiliation(&text[found[0].clone()]).map(|_| found)
    };
    parted(blocks, &post).0
}

/// The same for names that nothing sets off, where there are several of them, and where statements begin then.
pub(super) fn without_plain(blocks: &[Block]) -> Option<(Vec<Block>, Vec<Start>)> {
    let (out, found) = parted(blocks, &plain);
    let start = |at: &usize| {
        let Some(Block::Paragraph(line)) = out.get(*at) else {
            return None;
        };
        let plain = line.plain();
        let (name, affiliation) = match shapes::name_and_affiliation(&plain) {
            Some((name, what)) => (plain[name].to_owned(), Some(plain[what].to_owned())),
            None => (plain.trim().to_owned(), None),
        };
        Some(Start {
            at: *at,
            name,
            affiliation,
            length: 1,
            why: Some("a name before what is said"),
            is_biography: false,
        })
    };
    let starts: Option<Vec<Start>> = found.iter().map(start).collect();
    let starts = starts.filter(|starts| starts.len() > 1)?;
    Some((out, starts))
}

/// Names and affiliations at the end of paragraphs as paragraphs of their own, where there are several of them.
pub(super) fn without_ends(blocks: &[Block]) -> Option<Vec<Block>> {
    let (out, found) = parted(blocks, &end);
    (found.len() > 1).then_some(out)
}

/// Paragraphs in two, as a function says, and where those stand.
fn parted(
    blocks: &[Block],
    ranges: &dyn Fn(&Paragraph) -> Option<Parts>,
) -> (Vec<Block>, Vec<usize>) {
    let mut out = Vec::with_capacity(blocks.len());
    let mut found = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(paragraph)
                if paragraph.role == Role::Text && paragraph.item.is_none() =>
            {
                match ranges(paragraph) {
                    Some(ranges) => {
                        found.push(out.len());
                        out.extend(pieces(paragraph, &ranges));
                    }
                    None => out.push(block.clone()),
                }
            }
            _ => out.push(block.clone()),
        }
    }
    (out, found)
}

/// The bold name that a paragraph begins with, and the text behind it.
fn bold(paragraph: &Paragraph) -> Option<Parts> {
    let is_bold = |span: &&crate::read::Span| span.look.strong || span.text.trim().is_empty();
    let bold: usize = paragraph
        .spans
        .iter()
        .take_while(is_bold)
        .map(|span| span.text.len())
        .sum();
    let text = whole(paragraph);
    let (head, rest) = text.split_at(bold);
    if bold == 0 || head.trim().is_empty() {
        return None;
    }
    let name = head.trim_end_matches(MARKS);
    let names = shapes::name(name) > Likeness::None || shapes::name_and_affiliation(name).is_some();
    let is_parted =
        head.trim_end().len() > name.len() || rest.trim_start().starts_with([':', '–', '—']);
    let body = rest.trim_start_matches(MARKS);
    if is_parted && names && body.split_whitespace().count() >= LEAST {
        return Some([0..name.len(), text.len() - body.len()..text.len()]);
    }
    // The name alone is bold, and what the person is stands before the colon.
    let found = behind_colon(&text)?;
    (found[0].end > bold && shapes::name_and_affiliation(&text[found[0].clone()]).is_some())
        .then_some(found)
}

/// What stands before the first colon, and what stands behind it, which is a text.
fn behind_colon(text: &str) -> Option<Parts> {
    at_colon(text).filter(|[_, body]| text[body.clone()].split_whitespace().count() >= LEAST)
}

/// The name that a paragraph begins with, and the text behind the colon.
fn plain(paragraph: &Paragraph) -> Option<Parts> {
    let text = whole(paragraph);
    let found = behind_colon(&text)?;
    let head = &text[found[0].clone()];
    let names = shapes::name(head) > Likeness::None || shapes::name_and_affiliation(head).is_some();
    names.then_some(found)
}

/// The text of a paragraph, and the name with what the person is that it ends with.
fn end(paragraph: &Paragraph) -> Option<Parts> {
    let text = whole(paragraph);
    let trimmed = text.trim_end();
    for mark in ["— ", "– ", "- ", "("] {
        let Some(at) = trimmed.rfind(mark) else {
            continue;
        };
        let body = text[..at].trim_end();
        let is_over = body.ends_with(['.', '!', '?', '…', '”', '"', '’']);
        let from = at + mark.len();
        let to = match mark {
            "(" if trimmed.ends_with(')') => trimmed.len() - 1,
            "(" => continue,
            _ => trimmed.len(),
        };
        let line = text.get(from..to)?;
        let names =
            shapes::name_and_affiliation(line).is_some() || shapes::name(line) > Likeness::None;
        if is_over && names && body.split_whitespace().count() >= LEAST {
            return Some([0..body.len(), from..to]);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Look, Span};

    const TEXT: &str =
        "The ceasefire has held for eleven days, which is longer than most people expected.";

    fn blocks(paragraphs: &[&[(&str, bool)]]) -> Vec<Block> {
        let span = |(text, strong): &(&str, bool)| Span {
            text: (*text).to_owned(),
            look: Look {
                strong: *strong,
                ..Look::default()
            },
        };
        let block = |parts: &&[(&str, bool)]| {
            Block::Paragraph(Paragraph {
                spans: parts.iter().map(span).collect(),
                ..Paragraph::default()
            })
        };
        paragraphs.iter().map(block).collect()
    }

    fn texts(blocks: &[Block]) -> Vec<String> {
        let text = |block: &Block| match block {
            Block::Paragraph(p) => p.plain(),
            Block::Table(_) => String::new(),
        };
        blocks.iter().map(text).collect()
    }

    #[test]
    fn a_bold_name_before_its_text_is_a_paragraph() {
        let found = texts(&without_bold(&blocks(&[
            &[
                ("Amina Khan, Director of the Centre: ", true),
                (TEXT, false),
            ],
            &[
                ("Fahd Humayun", true),
                (", Professor at Tufts: ", false),
                (TEXT, false),
            ],
            &[("Trade", true), (": ", false), (TEXT, false)],
        ])));
        let trade = format!("Trade: {TEXT}");
        assert_eq!(
            found,
            [
                "Amina Khan, Director of the Centre",
                TEXT,
                "Fahd Humayun, Professor at Tufts",
                TEXT,
                &trade
            ]
        );
    }

    #[test]
    fn names_that_nothing_sets_off_are_names_where_there_are_several() {
        let (khan, humayun) = (
            format!("Amina Khan: {TEXT}"),
            format!("Fahd Humayun: {TEXT}"),
        );
        let found = without_plain(&blocks(&[&[(&khan, false)], &[(&humayun, false)]]));
        assert_eq!(
            found.map(|(found, _)| texts(&found)),
            Some(
                ["Amina Khan", TEXT, "Fahd Humayun", TEXT]
                    .map(str::to_owned)
                    .to_vec()
            )
        );
        assert_eq!(
            without_plain(&blocks(&[&[(&khan, false)], &[(TEXT, false)]])),
            None
        );
    }

    #[test]
    fn names_behind_texts_are_paragraphs() {
        let (khan, humayun) = (
            format!("{TEXT} — Amina Khan, Director of ISSI"),
            format!("{TEXT} (Fahd Humayun, Tufts University)"),
        );
        let found = without_ends(&blocks(&[&[(&khan, false)], &[(&humayun, false)]]));
        assert_eq!(
            found.map(|found| texts(&found)),
            Some(
                [
                    TEXT,
                    "Amina Khan, Director of ISSI",
                    TEXT,
                    "Fahd Humayun, Tufts University"
                ]
                .map(str::to_owned)
                .to_vec()
            )
        );
    }
}
