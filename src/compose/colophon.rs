//! The colophon: what is said of the piece as a publication, small and together, under no heading.

use crate::check::checked::{CheckedPiece, Text};
use crate::diagnostic::FieldPath;

use super::arena::Arena;
use super::citation::citation;
use super::localise;
use super::people::Person;
use super::record::last_change;
use super::span::push;
use super::wording::{BESIDE, Wording};
use super::{Anchor, BlockKind, Content, Kind, Section, SectionRole, Span, Target};
use crate::piece::Address;

/// A paragraph, and the field it came from.
type Line = (Vec<Span>, FieldPath);

/// The colophon, where there is anything to say.
pub(super) fn colophon(
    arena: &mut Arena<'_>,
    piece: &CheckedPiece,
    people: &[Person],
    wording: &Wording,
) -> Option<Section> {
    let words = wording.words;
    let corrections = corrections(arena, piece, wording);
    let lines = [
        rights(arena, piece),
        labelled(
            arena,
            wording,
            &words.disclaimer,
            piece.front.disclaimer.as_ref(),
        ),
        labelled(
            arena,
            wording,
            &words.citation,
            citation(piece, people).as_ref(),
        ),
        publication(arena, piece, wording),
    ];
    let lines = corrections.into_iter().chain(lines.into_iter().flatten());
    let mut lines = lines.peekable();
    lines.peek()?;
    let anchor = arena.anchors.named("colophon");
    let blocks = lines.map(|line| paragraph(arena, &anchor, line));
    let blocks = blocks.collect();
    Some(Section {
        role: SectionRole::Colophon,
        anchor,
        heading: None,
        affiliation: None,
        blocks,
    })
}

fn paragraph(arena: &mut Arena<'_>, section: &Anchor, (spans, origin): Line) -> super::Block {
    let text = arena.text(Kind::EndMatter, spans, &origin);
    let paragraph = BlockKind::Content(Content::Paragraph(text));
    arena.leaf(paragraph, section, origin)
}

/// What was corrected after publication, each with its day.
fn corrections(arena: &mut Arena<'_>, piece: &CheckedPiece, wording: &Wording) -> Vec<Line> {
    let front = &piece.front;
    let corrections = front.corrections.iter().map(|correction| {
        let day = localise::date(correction.date, &front.language);
        let day = day.unwrap_or_else(|| correction.date.to_string());
        // The day is written as the piece's language writes it, whatever language the word before it is in.
        let label = vec![
            wording.span(&wording.words.correction),
            Span::plain([BESIDE, &day].concat()),
        ];
        let words = arena.spans(&correction.text.inlines);
        let line = behind_spans(wording, label, words);
        (line, correction.text.origin.clone())
    });
    corrections.collect()
}

/// The statement of rights and the licence.
fn rights(arena: &mut Arena<'_>, piece: &CheckedPiece) -> Option<Line> {
    let front = &piece.front;
    let root = FieldPath::root();
    let license = front.license.as_ref();
    let license = license.map(|license| link(&license.written, &license.address));
    match &front.rights {
        Some(rights) => {
            let mut line = arena.spans(&rights.inlines);
            if let Some(license) = license {
                push(&mut line, Span::plain(BESIDE));
                line.push(license);
            }
            Some((line, rights.origin.clone()))
        }
        None => Some((vec![license?], root.key("license"))),
    }
}

/// A text behind its label.
fn labelled(
    arena: &mut Arena<'_>,
    wording: &Wording,
    label: &str,
    text: Option<&Text>,
) -> Option<Line> {
    let text = text?;
    let words = arena.spans(&text.inlines);
    Some((behind(wording, label, words), text.origin.clone()))
}

/// Words behind a label.
fn behind(wording: &Wording, label: &str, words: Vec<Span>) -> Vec<Span> {
    behind_spans(wording, vec![wording.span(label)], words)
}

fn behind_spans(wording: &Wording, mut label: Vec<Span>, words: Vec<Span>) -> Vec<Span> {
    for span in &mut label {
        span.strong = true;
    }
    let values = [("{role}", label), ("{names}", words)];
    wording.fill(&wording.words.label, values)
}

/// Who published the piece, where it stands in the series, when it was changed, and by what it is known: all on one line.
fn publication(arena: &Arena<'_>, piece: &CheckedPiece, wording: &Wording) -> Option<Line> {
    let front = &piece.front;
    let words = wording.words;
    let mut parts: Vec<(Vec<Span>, &str)> = Vec::new();
    if let Some(publisher) = &front.publisher {
        let name = vec![Span::plain(&**publisher)];
        parts.push((behind(wording, &words.publisher, name), "publisher"));
    }
    if let Some(number) = front.number {
        let number = arena.digits.number(number as usize);
        let values = [
            ("{series}", vec![Span::plain(&*front.series)]),
            ("{number}", vec![Span::plain(number)]),
        ];
        parts.push((wording.fill(&words.number, values), "number"));
    }
    if let Some(isbn) = &front.isbn {
        parts.push((vec![Span::plain(format!("ISBN {isbn}"))], "isbn"));
    }
    if let Some(updated) = last_change(front) {
        let day = localise::date(updated, &front.language);
        let day = Span::plain(day.unwrap_or_else(|| updated.to_string()));
        parts.push((behind(wording, &words.updated, vec![day]), "updated"));
    }
    if let Some(doi) = &front.doi {
        let address = doi.address();
        parts.push((vec![link(address.as_str(), &address)], "doi"));
    } else if let Some(url) = &front.url {
        parts.push((vec![link(&url.written, &url.address)], "url"));
    }
    let origin = FieldPath::root().key(parts.first()?.1);
    let mut line = Vec::new();
    for (index, (part, _)) in parts.into_iter().enumerate() {
        if index > 0 {
            push(&mut line, Span::plain(BESIDE));
        }
        part.into_iter().for_each(|span| push(&mut line, span));
    }
    Some((line, origin))
}

fn link(shown: &str, address: &Address) -> Span {
    Span {
        target: Some(Target::Url(address.clone())),
        ..Span::plain(shown)
    }
}
