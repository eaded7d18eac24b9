//! The sections: introduction, statements and end matter.

use crate::check::checked::{CheckedPiece, Contributor, Picture};
use crate::diagnostic::FieldPath;

use super::arena::Arena;
use super::blocks::{BlockContext, blocks};
use super::colophon;
use super::people::Person;
use super::span::push;
use super::wording::{BESIDE, Wording};
use super::{
    Anchor, Block, BlockKind, Content, Figure, Heading, ImageId, Kind, Level, Section, SectionRole,
    Span, Target, TextId,
};

/// The anchors of the contributors' statements, made first so that the byline can lead to them.
pub(super) fn anchors(arena: &mut Arena<'_>, piece: &CheckedPiece) -> Vec<Anchor> {
    let contributors = piece.contributors.iter().enumerate();
    let anchors = contributors.map(|(index, contributor)| {
        arena
            .anchors
            .of_words(&contributor.name, &format!("contributor_{}", index + 1))
    });
    anchors.collect()
}

/// All sections in reading order.
pub(super) fn sections(
    arena: &mut Arena<'_>,
    piece: &CheckedPiece,
    people: &[Person],
    wording: &Wording,
    anchors: &[Anchor],
) -> Vec<Section> {
    let mut sections = Vec::new();
    if !piece.introduction.is_empty() {
        sections.push(introduction(arena, piece));
    }
    for (index, (contributor, anchor)) in piece.contributors.iter().zip(anchors).enumerate() {
        sections.push(statement(arena, index, contributor, anchor));
    }
    sections.extend(biographies(arena, piece, wording));
    sections.extend(colophon::colophon(arena, piece, people, wording));
    sections
}

fn introduction(arena: &mut Arena<'_>, piece: &CheckedPiece) -> Section {
    let anchor = arena.anchors.named("introduction");
    let place = BlockContext {
        section: &anchor,
        heading: 2,
    };
    let blocks = blocks(arena, &piece.introduction, place);
    Section {
        role: SectionRole::Introduction,
        anchor,
        heading: None,
        affiliation: None,
        blocks,
    }
}

fn statement(
    arena: &mut Arena<'_>,
    index: usize,
    contributor: &Contributor,
    anchor: &Anchor,
) -> Section {
    let origin = FieldPath::root().key("contributors").index(index);
    let name = arena.name(Kind::Heading2, contributor, &origin.key("name"));
    let heading = Heading {
        level: Level(2),
        text: name,
        anchor: anchor.clone(),
    };
    let affiliation = affiliation(arena, contributor, &origin);
    let place = BlockContext {
        section: anchor,
        heading: 3,
    };
    let blocks = arena.within(contributor.language.as_ref(), |arena| {
        blocks(arena, &contributor.statement, place)
    });
    Section {
        role: SectionRole::Statement(index),
        anchor: anchor.clone(),
        heading: Some(heading),
        affiliation,
        blocks,
    }
}

/// The affiliation, and beside it the signs by which the person and the institution are known, which lead there.
fn affiliation(
    arena: &mut Arena<'_>,
    contributor: &Contributor,
    origin: &FieldPath,
) -> Option<TextId> {
    let orcid = contributor.orcid.as_ref();
    let orcid = orcid.map(|orcid| ("ORCID", orcid.address()));
    let ror = contributor.ror.as_ref().map(|ror| ("ROR", ror.address()));
    let signs = orcid.into_iter().chain(ror);
    let mut spans: Vec<Span> = Vec::new();
    spans.extend(contributor.affiliation.as_deref().map(Span::plain));
    for (sign, address) in signs {
        if !spans.is_empty() {
            push(&mut spans, Span::plain(BESIDE));
        }
        spans.push(Span {
            target: Some(Target::Url(address)),
            ..Span::plain(sign)
        });
    }
    (!spans.is_empty()).then(|| arena.text(Kind::Affiliation, spans, &origin.key("affiliation")))
}

/// A section of end matter with its heading and no blocks yet.
pub(super) fn headed(
    arena: &mut Arena<'_>,
    role: SectionRole,
    heading: Span,
    origin: &FieldPath,
) -> Section {
    let anchor = arena.anchors.of_words(&heading.text, "end_matter");
    let heading = Heading {
        level: Level(2),
        text: arena.text(Kind::EndHeading, vec![heading], origin),
        anchor: anchor.clone(),
    };
    Section {
        role,
        anchor,
        heading: Some(heading),
        affiliation: None,
        blocks: Vec::new(),
    }
}

/// The biographies: under each name the portrait and the words.
fn biographies(arena: &mut Arena<'_>, piece: &CheckedPiece, wording: &Wording) -> Option<Section> {
    let root = FieldPath::root().key("contributors");
    let described =
        |contributor: &Contributor| contributor.bio.is_some() || contributor.portrait.is_some();
    if !piece.contributors.iter().any(described) {
        return None;
    }
    let mut section = headed(
        arena,
        SectionRole::Biographies,
        wording.span(&wording.words.biographies),
        &root,
    );
    let contributors = piece
        .contributors
        .iter()
        .enumerate()
        .filter(|(_, contributor)| described(contributor));
    for (index, contributor) in contributors {
        let origin = root.index(index);
        let anchor = section.anchor.clone();
        let name = arena.name(Kind::EndSubheading, contributor, &origin.key("name"));
        let named = arena
            .anchors
            .of_words(&contributor.name, &format!("contributor_{}", index + 1));
        let heading = BlockKind::Heading(Heading {
            level: Level(3),
            text: name,
            anchor: named,
        });
        section
            .blocks
            .push(arena.leaf(heading, &anchor, origin.key("name")));
        if let Some(portrait) = &contributor.portrait {
            section.blocks.push(portrait_figure(
                arena,
                portrait,
                &anchor,
                origin.key("portrait"),
            ));
        }
        if let Some(bio) = &contributor.bio {
            let origin = origin.key("bio");
            let paragraph = arena.marked(Kind::EndMatter, bio);
            let paragraph = BlockKind::Content(Content::Paragraph(paragraph));
            section.blocks.push(arena.leaf(paragraph, &anchor, origin));
        }
    }
    Some(section)
}

fn portrait_figure(
    arena: &mut Arena<'_>,
    portrait: &Picture,
    section: &Anchor,
    origin: FieldPath,
) -> Block {
    let figure = Figure {
        image: arena.image(portrait),
        alt: portrait.alt.clone(),
        portrait: true,
        caption: None,
        credit: None,
        width: None,
    };
    arena.leaf(BlockKind::Content(Content::Figure(figure)), section, origin)
}

/// The piece's own cover.
pub(super) fn cover(arena: &mut Arena<'_>, piece: &CheckedPiece) -> Option<(ImageId, String)> {
    let cover = piece.front.cover.as_ref()?;
    Some((arena.image(cover), cover.alt.clone()))
}
