//! What a house puts to its pieces where its theme asks for it: a logo and a publisher's line above the title block, and the
//! piece's summary in a box under it. No author wrote these there, so they are no part of the canonical text.

use crate::check::checked::{Front, Picture};
use crate::diagnostic::FieldPath;
use crate::piece::Summary;

use super::arena::Arena;
use super::logo::{Logo, PlacedLogo};
use super::sections::headed;
use super::wording::Wording;
use super::{
    Anchor, BlockKind, Bullet, Content, Figure, Item, Kind, Labels, Section, SectionRole, Span,
    TextId,
};

/// What a house asks for.
#[derive(Debug, Clone, Copy, Default)]
pub struct House<'a> {
    /// Its logo.
    pub logo: Option<&'a Logo>,
    /// Whether the publisher is named above the title.
    pub publisher_line: bool,
    /// Who publishes pieces that do not say it, or nothing.
    pub publisher: &'a str,
    /// Whether a piece's summary stands in a box under the title block.
    pub summary: bool,
}

impl House<'_> {
    /// The logo above the title block.
    pub(super) fn logo(&self, arena: &mut Arena<'_>) -> Option<PlacedLogo> {
        let logo = self.logo?;
        let picture = Picture {
            image: logo.image.clone(),
            alt: logo.alt.clone(),
            origin: FieldPath::root(),
        };
        Some(PlacedLogo {
            block: arena.block_id(),
            anchor: arena.anchors.named("logo"),
            figure: Figure {
                image: arena.image(&picture),
                alt: picture.alt,
                // It stands where lines start, as a portrait does.
                portrait: true,
                caption: None,
                credit: None,
                width: Some(logo.width),
            },
        })
    }

    /// The line that names the publisher: the piece's own, else the house.
    pub(super) fn publisher(&self, arena: &mut Arena<'_>, front: &Front) -> Option<TextId> {
        let own = front.publisher.as_deref().unwrap_or(self.publisher);
        let asked = self.publisher_line && !own.is_empty();
        asked.then(|| arena.name_in(Kind::Credit, own, None, &FieldPath::root().key("publisher")))
    }

    /// The box with the piece's summary.
    pub(super) fn summary(
        &self,
        arena: &mut Arena<'_>,
        front: &Front,
        wording: &Wording,
    ) -> Option<Section> {
        let summary = front.summary.as_ref().filter(|_| self.summary)?;
        let origin = FieldPath::root().key("summary");
        let heading = wording.span(wording.words.summary_heading(summary));
        let mut section = headed(arena, SectionRole::Summary, heading, &origin);
        let id = arena.block_id();
        let content = match summary {
            Summary::Text(words) => {
                Content::Paragraph(arena.text(Kind::EndMatter, vec![Span::plain(words)], &origin))
            }
            Summary::Points(points) => points_list(arena, points, &section.anchor, &origin),
        };
        let block = arena.block(id, BlockKind::Content(content), &section.anchor, origin);
        section.blocks.push(block);
        Some(section)
    }
}

/// The key points: a list as those of the text are.
fn points_list(
    arena: &mut Arena<'_>,
    points: &[String],
    section: &Anchor,
    origin: &FieldPath,
) -> Content {
    let bullet = Bullet::at(0);
    let items = points.iter().enumerate().map(|(index, point)| {
        let origin = origin.index(index);
        let id = arena.item();
        let block = arena.block_id();
        let text = arena.text(Kind::ListText, vec![Span::plain(point)], &origin);
        let paragraph = Content::Paragraph(text);
        Item {
            id,
            label: bullet.sign().to_string(),
            blocks: vec![arena.content(block, paragraph, section, origin)],
        }
    });
    let items = items.collect();
    Content::List {
        labels: Labels::Bullets(bullet),
        items,
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::composed_by;
    use super::*;
    use crate::compose::Composition;
    use crate::piece::{Image, ImageFormat};

    const PIECE: &str = "{series: S, title: T, date: 2025-11-04, language: en, summary: In short., publisher: The Press, contributors: [{name: N, statement: [a]}]}";

    fn lines(composition: &Composition) -> Vec<String> {
        let texts = composition.walk().texts();
        texts.map(|text| composition[text].plain()).collect()
    }

    #[test]
    fn what_a_house_asks_for_stands_around_the_title_block_and_is_no_part_of_the_canonical_text() {
        let logo = Logo {
            image: Image::new([], ImageFormat::Png, 300, 100),
            alt: "The Institute".to_owned(),
            width: 30,
        };
        let plain = composed_by(PIECE, &House::default());
        let house = House {
            logo: Some(&logo),
            publisher_line: true,
            publisher: "Somebody else",
            summary: true,
        };
        let dressed = composed_by(PIECE, &house);
        let found = lines(&dressed);
        assert_eq!(found[..3], ["The Press", "S", "T"]);
        let at = found.iter().position(|line| line == "Summary");
        assert_eq!(at.map(|at| found[at + 1].as_str()), Some("In short."));
        assert_eq!(dressed.walk().figures().count(), 1);
        assert_eq!(dressed.canonical_text(), plain.canonical_text());
        assert_eq!(dressed.record.text_hash, plain.record.text_hash);
        let ids: Vec<u32> = dressed.walk().texts().map(|text| text.0).collect();
        assert!(ids.is_sorted());
    }

    #[test]
    fn key_points_stand_in_a_list_under_a_heading_of_their_own_and_in_catalogues_as_a_paragraph() {
        let piece = PIECE.replace(
            "summary: In short.",
            "summary: [Trade falls., It may rise.]",
        );
        let house = House {
            summary: true,
            ..House::default()
        };
        let composed = composed_by(&piece, &house);
        let found = lines(&composed);
        let at = found.iter().position(|line| line == "Key points");
        let points = at.map(|at| &found[at + 1..at + 3]);
        assert_eq!(
            points,
            Some(&["Trade falls.".to_owned(), "It may rise.".to_owned()][..])
        );
        let summary = &composed.sections[0];
        assert!(matches!(
            &summary.blocks[0].kind,
            BlockKind::Content(Content::List { items, .. }) if items.len() == 2
        ));
        let record = composed.record.summary.as_deref();
        assert_eq!(record, Some("Trade falls. It may rise."));
        let ids: Vec<u32> = composed.walk().texts().map(|text| text.0).collect();
        assert!(ids.is_sorted());
        let blocks: Vec<u32> = composed.walk().blocks().map(|(block, _)| block.0).collect();
        assert!(blocks.is_sorted());
        let plain = composed_by(&piece, &House::default());
        assert_eq!(composed.canonical_text(), plain.canonical_text());
    }

    #[test]
    fn a_house_is_named_where_the_piece_names_no_publisher() {
        let house = House {
            publisher_line: true,
            publisher: "The House",
            ..House::default()
        };
        let piece = PIECE.replace(" publisher: The Press,", "");
        assert_eq!(lines(&composed_by(&piece, &house))[0], "The House");
        let nobody = House {
            publisher: "",
            ..house
        };
        assert_eq!(lines(&composed_by(&piece, &nobody))[0], "S");
    }
}
