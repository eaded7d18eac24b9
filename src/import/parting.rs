//! Paragraphs that are several: lines kept apart by line breaks, the head of a mail in one, a series and a date on one line.

use std::ops::Range;

use super::document::{Block, Paragraph, Role, Weight};
use super::mail;
use super::shapes::{self, Likeness};
use super::typed::typed_number;
use crate::piece::LanguageTag;
use crate::read::Span;

/// A date is looked for in so many blocks.
const HEAD: usize = 8;

/// Lines of one paragraph are paragraphs where they name somebody, say a date or stand apart by an empty line; all others are one line.
pub(super) fn parted(blocks: Vec<Block>, language: Option<&LanguageTag>) -> Vec<Block> {
    let mut out = Vec::with_capacity(blocks.len());
    for (index, block) in blocks.into_iter().enumerate() {
        let Block::Paragraph(paragraph) = block else {
            out.push(block);
            continue;
        };
        let text = whole(&paragraph);
        let is_open = matches!(paragraph.role, Role::Text | Role::Heading(_));
        let breaks = text.contains('\n');
        let mut ranges = match is_open && breaks {
            true => lines(&text),
            false => Vec::new(),
        };
        if ranges.is_empty() && index < HEAD && paragraph.role == Role::Text {
            ranges = dated(&text, language);
        }
        match ranges.len() {
            0 | 1 => out.push(Block::Paragraph(folded(paragraph))),
            _ => out.extend(pieces(&paragraph, &ranges)),
        }
    }
    out
}

/// What stands before and behind something in a paragraph, in bytes of its text.
pub(super) type Parts = [Range<usize>; 2];

/// What stands before the first colon of a text, and what is said behind it.
pub(super) fn at_colon(text: &str) -> Option<Parts> {
    let colon = text.find([':', '：'])?;
    let body = text[colon..].trim_start_matches([':', '：', ' ', '\u{a0}', '\n', '\t']);
    Some([0..colon, text.len() - body.len()..text.len()])
}

/// The text of all spans, marks of notes too.
pub(super) fn whole(paragraph: &Paragraph) -> String {
    let texts = paragraph.spans.iter().map(|span| span.text.as_str());
    texts.collect()
}

/// The lines of a text that are paragraphs; none where they are one.
fn lines(text: &str) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    let mut apart = Vec::new();
    for line in text.split('\n') {
        let range = from..from + line.len();
        from = range.end + 1;
        match line.trim().is_empty() {
            true => apart.push(all.len()),
            false => all.push(range),
        }
    }
    let named = |at: usize| {
        let Some(line) = all.get(at).map(|range| text[range.clone()].trim()) else {
            return false;
        };
        let line = line.strip_prefix("By ").unwrap_or(line);
        let line = &line[typed_number(line)..];
        shapes::name(line) > Likeness::None || shapes::name_and_affiliation(line).is_some()
    };
    let is_line = |range: &Range<usize>| shapes::is_line(&text[range.clone()]);
    // A name over what the person is, and then perhaps the text: each line is one; the lines of the text go on together.
    let short = all.iter().take_while(|range| is_line(range)).count();
    let has_name = named(0) && short >= 1 && all.len() > 1;
    // Every line of the head of a mail is one.
    let heads = all
        .iter()
        .take_while(|range| mail::head(&text[(*range).clone()]).is_some());
    let heads = match heads.count() {
        0 | 1 => 0,
        count => count,
    };
    let mut groups: Vec<Range<usize>> = Vec::new();
    for (index, range) in all.iter().enumerate() {
        let stands_alone = (has_name && index <= short.min(4)) || index <= heads && heads > 0;
        match groups.last_mut() {
            Some(last) if !stands_alone && !apart.contains(&index) => last.end = range.end,
            _ => groups.push(range.clone()),
        }
    }
    groups
}

/// The parts of a line of which one is a date.
fn dated(text: &str, language: Option<&LanguageTag>) -> Vec<Range<usize>> {
    if text.chars().count() > 160 {
        return Vec::new();
    }
    for mark in ["\n", " | ", " · ", " • ", " – ", " — "] {
        let mut from = 0;
        let mut parts = Vec::new();
        for part in text.split(mark) {
            parts.push(from..from + part.len());
            from += part.len() + mark.len();
        }
        let has_date = |part: &Range<usize>| shapes::date(&text[part.clone()], language).is_some();
        if parts.len() > 1 && parts.iter().any(has_date) {
            return parts;
        }
    }
    // `Flash Point, 12 November 2025`, but no day of the week or place that belongs to the date.
    if let Some((first, rest)) = text.split_once(", ")
        && shapes::date(text, language).is_none()
        && shapes::date(rest, language).is_some()
    {
        return vec![0..first.len(), text.len() - rest.len()..text.len()];
    }
    Vec::new()
}

/// A paragraph in one line.
fn folded(mut paragraph: Paragraph) -> Paragraph {
    for span in &mut paragraph.spans {
        if span.text.contains('\n') {
            span.text = span.text.replace('\n', " ");
        }
    }
    paragraph
}

/// Parts of a paragraph as paragraphs; the first keeps its role, the last what is remarked.
pub(super) fn pieces(paragraph: &Paragraph, ranges: &[Range<usize>]) -> Vec<Block> {
    let last = ranges.len() - 1;
    let piece = |(index, range): (usize, &Range<usize>)| {
        let mut at = 0;
        let mut spans = Vec::new();
        for span in &paragraph.spans {
            let (from, to) = (at, at + span.text.len());
            at = to;
            let (start, end) = (from.max(range.start), to.min(range.end));
            if start < end {
                spans.push(Span {
                    text: span.text[start - from..end - from].to_owned(),
                    look: span.look.clone(),
                });
            }
        }
        let said = |span: &&Span| !span.text.trim().is_empty();
        let is_heavy = paragraph.weight == Weight::Heavy
            || spans.iter().filter(said).all(|span| span.look.strong);
        Block::Paragraph(folded(Paragraph {
            role: match index {
                0 => paragraph.role,
                _ => Role::Text,
            },
            spans,
            item: paragraph.item.clone().filter(|_| index == 0),
            weight: if is_heavy {
                Weight::Heavy
            } else {
                Weight::Plain
            },
            pictures: match index == last {
                true => paragraph.pictures.clone(),
                false => Vec::new(),
            },
            comments: match index == last {
                true => paragraph.comments.clone(),
                false => Vec::new(),
            },
            check: paragraph.check,
            place: paragraph.place.clone(),
        }))
    };
    ranges.iter().enumerate().map(piece).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Look;

    fn paragraph(parts: &[(&str, bool)]) -> Block {
        let span = |(text, strong): &(&str, bool)| Span {
            text: (*text).to_owned(),
            look: Look {
                strong: *strong,
                ..Look::default()
            },
        };
        Block::Paragraph(Paragraph {
            spans: parts.iter().map(span).collect(),
            ..Paragraph::default()
        })
    }

    fn texts(blocks: &[Block]) -> Vec<(String, bool)> {
        let text = |block: &Block| match block {
            Block::Paragraph(p) => (p.plain(), p.weight == Weight::Heavy),
            Block::Table(_) => (String::new(), false),
        };
        blocks.iter().map(text).collect()
    }

    const TEXT: &str =
        "The ceasefire has held for eleven days, which is longer than most people expected.";

    #[test]
    fn lines_that_name_somebody_are_paragraphs_and_others_are_one() {
        let found = texts(&parted(
            vec![
                paragraph(&[
                    ("Amina Khan\n", true),
                    ("Director\nCentre for Afghanistan", false),
                ]),
                paragraph(&[
                    ("Fahd Humayun\n", true),
                    ("Professor, Tufts\n", false),
                    (TEXT, false),
                ]),
                paragraph(&[("roses are red,\nviolets are blue", false)]),
                paragraph(&[("First.\n\nSecond.", false)]),
                paragraph(&[("Flash Point | 12 November 2025", false)]),
            ],
            None,
        ));
        let lines: Vec<&str> = found.iter().map(|(text, _)| text.as_str()).collect();
        assert_eq!(
            lines,
            [
                "Amina Khan",
                "Director",
                "Centre for Afghanistan",
                "Fahd Humayun",
                "Professor, Tufts",
                TEXT,
                "roses are red, violets are blue",
                "First.",
                "Second.",
                "Flash Point",
                "12 November 2025"
            ]
        );
        let heavy: Vec<bool> = found.iter().map(|(_, heavy)| *heavy).collect();
        assert_eq!(heavy[..6], [true, false, false, true, false, false]);
    }
}
