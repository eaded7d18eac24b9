//! The units of a composition and of a document.

use std::collections::BTreeMap;

use super::super::document::{self, Document, Paragraph, Role};
use super::gallery::Gallery;
use super::unit::{Body, Unit, What};
use crate::compose::{
    self, BlockKind, Composition, Content, Kind, Shift, Target, Visit, canonical_line,
};
use crate::diagnostic::FieldPath;
use crate::read::{Link, Look, Span};

/// What a composition says in Word.
pub(super) fn of_composition(composition: &Composition, gallery: &mut Gallery) -> Body {
    let origins = origins(composition);
    let mut body = Body::default();
    let mut table: Option<Unit> = None;
    for visit in composition.walk() {
        match visit {
            Visit::Text { text, role, depth } => {
                let mut unit = of_text(composition, text);
                if let compose::Role::Cell { row, .. } = role {
                    let open = table.get_or_insert_with(|| Unit {
                        what: What::Table,
                        origin: table_of(&unit.origin),
                        ..Unit::default()
                    });
                    open.rows
                        .resize_with(open.rows.len().max(row + 1), Vec::new);
                    open.rows[row].push(unit);
                    continue;
                }
                body.close(&mut table);
                unit.what = match role {
                    compose::Role::Heading(_) => What::Heading,
                    _ if composition[text].kind == Kind::Affiliation => What::Affiliation,
                    _ if depth > 0 => What::Item,
                    _ => What::Text,
                };
                body.push(unit);
            }
            Visit::Figure { block, figure, .. } => {
                body.close(&mut table);
                let origin = origins.get(&block.0).cloned().unwrap_or_default();
                let key = if figure.portrait {
                    "portrait"
                } else {
                    "figure"
                };
                body.push(Unit {
                    seen: Some(gallery.of_source(&composition[figure.image])),
                    ..picture(&figure.alt, origin.key(key).key("alt"))
                });
            }
            Visit::Block(..) => body.close(&mut table),
            Visit::Heading(_) | Visit::Item { .. } | Visit::Break => {}
        }
    }
    body.close(&mut table);
    for note in &composition.notes {
        let mut unit = of_text(composition, note.text);
        unit.what = What::Note;
        body.push(unit);
    }
    body
}

/// The block of a cell.
fn table_of(cell: &FieldPath) -> FieldPath {
    let mut at = cell.clone();
    while let Some(above) = at.parent() {
        if at.as_str().ends_with(".table") {
            break;
        }
        at = above;
    }
    at
}

/// Where the blocks of a composition come from.
fn origins(composition: &Composition) -> BTreeMap<u32, FieldPath> {
    fn inner(content: &Content, found: &mut BTreeMap<u32, FieldPath>) {
        if let Content::List { items, .. } = content {
            for block in items.iter().flat_map(|item| &item.blocks) {
                found.insert(block.id.0, block.origin.clone());
                inner(&block.kind, found);
            }
        }
    }
    let mut found = BTreeMap::new();
    for block in composition
        .sections
        .iter()
        .flat_map(|section| &section.blocks)
    {
        found.insert(block.id.0, block.origin.clone());
        if let BlockKind::Content(content) = &block.kind {
            inner(content, &mut found);
        }
    }
    found
}

fn of_text(composition: &Composition, text: compose::TextId) -> Unit {
    let text = &composition[text];
    let spans: Vec<Span> = text
        .spans
        .iter()
        // Signs between the marks of notes are made by editions.
        .filter(|span| span.shift != Shift::Mark || span.target.is_some())
        .filter_map(|span| {
            let link = match &span.target {
                None | Some(Target::Anchor(_)) => None,
                Some(Target::Url(address)) => Some(Link::Outside(address.to_string())),
                Some(Target::Note { note, .. }) => Some(Link::Note(note.0.to_string())),
                Some(Target::Back { .. }) => return None,
            };
            Some(Span {
                text: span.text.clone(),
                look: Look {
                    emphasis: span.emphasis,
                    strong: span.strong,
                    shift: if span.shift == Shift::Mark {
                        Shift::None
                    } else {
                        span.shift
                    },
                    language: span
                        .language
                        .as_ref()
                        .map(|foreign| foreign.tag.to_string()),
                    link,
                },
            })
        })
        .collect();
    let has_looks = matches!(
        text.kind,
        Kind::Paragraph | Kind::ListText | Kind::Note | Kind::Cell | Kind::Quote
    );
    let role = match text.kind {
        Kind::Series => Role::Series,
        Kind::Title => Role::Title,
        Kind::Subtitle => Role::Subtitle,
        Kind::Date => Role::Date,
        Kind::Affiliation => Role::Affiliation,
        Kind::Caption => Role::Caption,
        Kind::FigureCredit => Role::Credit,
        Kind::QuoteSource => Role::QuoteSource,
        Kind::Pull => Role::Pull,
        _ => Role::Text,
    };
    Unit {
        role,
        line: canonical_line(&document::plain(&spans)),
        origin: text.origin.clone(),
        spans,
        has_looks,
        ..Unit::default()
    }
}

fn picture(alt: &str, origin: FieldPath) -> Unit {
    Unit {
        what: What::Picture,
        line: canonical_line(alt),
        spans: vec![Span {
            text: alt.to_owned(),
            look: Look::default(),
        }],
        origin,
        ..Unit::default()
    }
}

/// What a document says.
pub(super) fn of_document(document: &Document, gallery: &mut Gallery) -> Body {
    let mut body = Body::default();
    for block in &document.blocks {
        match block {
            document::Block::Paragraph(paragraph) => {
                for one in &paragraph.pictures {
                    let media = one.media.and_then(|index| document.pictures.get(index));
                    body.push(Unit {
                        place: paragraph.place.clone(),
                        seen: Some(gallery.of_edition(media)),
                        paragraph: Paragraph {
                            pictures: vec![one.clone()],
                            place: paragraph.place.clone(),
                            ..Paragraph::default()
                        },
                        ..picture(&one.alt, FieldPath::root())
                    });
                }
                body.push(of_paragraph(paragraph));
            }
            document::Block::Table(table) => {
                let rows = table
                    .rows
                    .iter()
                    .map(|row| row.cells.iter().map(|cell| of_cell(cell)).collect());
                let mut unit = Unit {
                    what: What::Table,
                    rows: rows.collect(),
                    place: table.place.clone(),
                    ..Unit::default()
                };
                unit.comments = unit
                    .rows
                    .iter()
                    .flatten()
                    .flat_map(|cell| cell.comments.clone())
                    .collect();
                let mut open = Some(unit);
                body.close(&mut open);
            }
        }
    }
    for note in &document.notes {
        let mut unit = of_cell(&note.paragraphs);
        unit.what = What::Note;
        // A note begins with its own number, which is a sign, and a tab.
        body.push(unit);
    }
    body
}

fn of_paragraph(paragraph: &Paragraph) -> Unit {
    let what = match paragraph.role {
        Role::Heading(_) | Role::Title | Role::EndHeading(_) => What::Heading,
        Role::Affiliation => What::Affiliation,
        _ if paragraph.item.is_some() => What::Item,
        _ => What::Text,
    };
    let role = match paragraph.role {
        Role::TableCaption => Role::Caption,
        role => role,
    };
    Unit {
        what,
        role,
        line: canonical_line(&paragraph.plain()),
        spans: paragraph.spans.clone(),
        place: paragraph.place.clone(),
        comments: paragraph.comments.clone(),
        paragraph: paragraph.clone(),
        ..Unit::default()
    }
}

/// The paragraphs of a cell or a note are one text.
fn of_cell(paragraphs: &[Paragraph]) -> Unit {
    let mut whole = Paragraph::default();
    for paragraph in paragraphs {
        if !whole.spans.is_empty() {
            whole.spans.push(Span {
                text: " ".to_owned(),
                look: Look::default(),
            });
        }
        whole.spans.extend(paragraph.spans.iter().cloned());
        whole.comments.extend(paragraph.comments.iter().cloned());
        whole.place.clone_from(&paragraph.place);
    }
    of_paragraph(&whole)
}
