//! Foot- and endnotes at names, `Jane Doe¹`, which say what the person is: they become the line that stands below a name elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use super::document::{Block, Document, Paragraph, Remark, Role, is_note};
use super::shapes::{self, Likeness};
use crate::read::{Link, Span};

/// Puts what notes say of people below their names. A piece has no notes at names: what says something else stays a note, and is
/// told.
pub(super) fn taken(document: &mut Document, remarks: &mut Vec<Remark>) {
    if document.properties.is_ours || document.notes.is_empty() {
        return;
    }
    let counts = references(&document.blocks);
    let notes: BTreeMap<String, Vec<Paragraph>> = document
        .notes
        .iter()
        .map(|note| (note.name.clone(), note.paragraphs.clone()))
        .collect();
    let mut gone: BTreeSet<String> = BTreeSet::new();
    let mut out = Vec::with_capacity(document.blocks.len());
    let mut blocks = std::mem::take(&mut document.blocks).into_iter().peekable();
    while let Some(mut block) = blocks.next() {
        let below = match &mut block {
            Block::Paragraph(paragraph) => note_at_name(paragraph).and_then(|name| {
                let paragraphs = notes.get(&name)?;
                let is_only = counts.get(&name) == Some(&1);
                let said = what_somebody_is(paragraphs, blocks.peek()).filter(|_| is_only);
                let place = &paragraph.place;
                let plain = paragraph.plain();
                let who = plain.trim();
                let message = match said {
                    Some(_) => format!("the note at “{who}” is taken for what the person is"),
                    None => format!(
                        "the note at “{who}” stands under `notes`, and no text refers to it: a name has none here"
                    ),
                };
                remarks.push(Remark::guess(place, message));
                let said = said?;
                paragraph.spans.retain(|span| !is_note(span));
                gone.insert(name);
                Some(Block::Paragraph(said))
            }),
            Block::Table(_) => None,
        };
        out.push(block);
        out.extend(below);
    }
    document.blocks = out;
    document.notes.retain(|note| !gone.contains(&note.name));
}

/// How often texts refer to each note.
fn references(blocks: &[Block]) -> BTreeMap<String, usize> {
    fn count(paragraphs: &[Paragraph], counts: &mut BTreeMap<String, usize>) {
        for span in paragraphs.iter().flat_map(|paragraph| &paragraph.spans) {
            if let Some(Link::Note(name)) = &span.look.link {
                *counts.entry(name.clone()).or_insert(0) += 1;
            }
        }
    }
    let mut counts = BTreeMap::new();
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => count(std::slice::from_ref(paragraph), &mut counts),
            Block::Table(table) => {
                let cells = table.rows.iter().flat_map(|row| &row.cells);
                cells.for_each(|cell| count(cell, &mut counts));
            }
        }
    }
    counts
}

/// The one note at a line that is a name.
fn note_at_name(paragraph: &Paragraph) -> Option<String> {
    let is_line = matches!(paragraph.role, Role::Text | Role::Heading(_) | Role::Byline)
        && paragraph.pictures.is_empty();
    let plain = paragraph.plain();
    let line = plain.trim();
    let line = line.strip_prefix("By ").unwrap_or(line);
    if !is_line || !shapes::is_line(line) || shapes::name(line) == Likeness::None {
        return None;
    }
    let mut marks = paragraph.spans.iter().filter(|span| is_note(span));
    let (first, second) = (marks.next()?, marks.next());
    match &first.look.link {
        Some(Link::Note(name)) if second.is_none() => Some(name.clone()),
        _ => None,
    }
}

/// What a note says that somebody is, as the line below a name; none where another stands there, or where it says something else.
fn what_somebody_is(note: &[Paragraph], below: Option<&Block>) -> Option<Paragraph> {
    let mut said = note.iter().filter(|p| !p.plain().trim().is_empty());
    let one = said.next().filter(|_| said.next().is_none())?;
    let plain = one.plain();
    let line = plain.trim().trim_end_matches('.');
    let is_said = match below {
        Some(Block::Paragraph(below)) => {
            let plain = below.plain();
            below.role == Role::Affiliation
                || (below.role == Role::Text
                    && !shapes::is_prose(&plain)
                    && shapes::affiliation(&plain) == Likeness::Strong)
        }
        _ => false,
    };
    if is_said || shapes::affiliation(line) != Likeness::Strong || one.spans.iter().any(is_note) {
        return None;
    }
    let mut spans = one.spans.clone();
    trim(&mut spans);
    Some(Paragraph {
        role: Role::Affiliation,
        spans,
        place: one.place.clone(),
        comments: one.comments.clone(),
        ..Paragraph::default()
    })
}

/// Takes white space off both ends, and the full stop off the last.
fn trim(spans: &mut Vec<Span>) {
    if let Some(first) = spans.first_mut() {
        first.text = first.text.trim_start().to_owned();
    }
    if let Some(last) = spans.last_mut() {
        let bare = last.text.trim_end();
        last.text = bare.strip_suffix('.').unwrap_or(bare).to_owned();
    }
    spans.retain(|span| !span.text.is_empty());
}

#[cfg(test)]
mod tests {
    use super::super::document::Note;
    use super::*;
    use crate::read::Look;

    fn with_note(text: &str, note: &str) -> Block {
        let mut paragraph = Paragraph::of(text);
        paragraph.spans.push(Span {
            text: "1".to_owned(),
            look: Look {
                link: Some(Link::Note(note.to_owned())),
                ..Look::default()
            },
        });
        Block::Paragraph(paragraph)
    }

    fn lines(document: &Document) -> Vec<String> {
        let line = |block: &Block| match block {
            Block::Paragraph(paragraph) => paragraph.plain(),
            Block::Table(_) => String::new(),
        };
        document.blocks.iter().map(line).collect()
    }

    #[test]
    fn a_note_at_a_name_is_what_the_person_is_and_others_stay() {
        let note = |name: &str, text: &str| Note {
            name: name.to_owned(),
            paragraphs: vec![Paragraph::of(text)],
        };
        let prose = "The border has been closed for eleven days, and nobody in the region can say when it will open again.";
        let mut document = Document {
            blocks: vec![
                with_note("Jane Doe", "a"),
                with_note(prose, "b"),
                with_note("John Roe", "c"),
                with_note(prose, "c"),
            ],
            notes: vec![
                note("a", "Professor at X."),
                note("b", "Professor at Y."),
                note("c", "Director of Z."),
            ],
            ..Document::default()
        };
        let mut remarks = Vec::new();
        taken(&mut document, &mut remarks);
        assert_eq!(
            lines(&document),
            ["Jane Doe", "Professor at X", prose, "John Roe", prose]
        );
        let left: Vec<&str> = document
            .notes
            .iter()
            .map(|note| note.name.as_str())
            .collect();
        assert_eq!(left, ["b", "c"]);
        // What two texts refer to is no affiliation, and is told.
        assert_eq!(remarks.len(), 2);
        assert!(remarks[1].message.contains("stands under `notes`"));
    }
}
