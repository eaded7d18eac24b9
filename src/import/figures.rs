//! Pictures of a document as figures of a piece.

use super::body::Bodies;
use super::document::{self, Paragraph, Picture, Remark, Role};
use super::draft::{Block, Figure, Item};
use super::queries::queries;

impl Bodies<'_> {
    /// The pictures of a paragraph, its words, and the captions below.
    pub(super) fn figures(
        &mut self,
        paragraph: &Paragraph,
        blocks: &[document::Block],
        items: &mut Vec<Item>,
    ) -> usize {
        let mut taken = 1;
        let own = self.text(paragraph);
        let mut below = |role: Role| -> Option<String> {
            let document::Block::Paragraph(next) = blocks.get(taken)? else {
                return None;
            };
            if next.role != role || !next.pictures.is_empty() {
                return None;
            }
            taken += 1;
            Some(self.text(next))
        };
        let caption = below(Role::Caption);
        let credit = below(Role::Credit);
        let last = paragraph.pictures.len() - 1;
        for (index, picture) in paragraph.pictures.iter().enumerate() {
            let (caption, credit) = match index == last {
                true => (caption.clone(), credit.clone()),
                false => (None, None),
            };
            self.figure(picture, caption, credit, &paragraph.place, items);
        }
        if !own.is_empty() {
            items.push(Block::Paragraph(own).into());
        }
        queries(&paragraph.comments, items);
        taken
    }

    pub(super) fn figure(
        &mut self,
        picture: &Picture,
        caption: Option<String>,
        credit: Option<String>,
        place: &str,
        items: &mut Vec<Item>,
    ) {
        let own = picture.path.clone();
        let image = own.or_else(|| (self.media)(self.document, picture.media?));
        match image {
            // A picture that editions cannot show is kept for the editor, and its place too.
            Some(image) if !is_shown(&image) => {
                let alt = if picture.alt.is_empty() {
                    String::new()
                } else {
                    format!(" It shows: {}", picture.alt)
                };
                let question = format!(
                    "A picture in a format that editions cannot show stood here; save {image} as PNG.{alt}"
                );
                items.push(Block::Query(question).into());
                items.extend(
                    caption
                        .into_iter()
                        .chain(credit)
                        .map(|text| Item::from(Block::Paragraph(text))),
                );
            }
            Some(image) => {
                let check = picture
                    .alt
                    .is_empty()
                    .then(|| "say in `alt` what the picture shows".to_owned());
                if check.is_some() {
                    self.remarks.push(Remark::guess(
                        place,
                        format!("the picture {image} has no alternative text"),
                    ));
                }
                items.push(Item {
                    block: Block::Figure(Figure {
                        image,
                        alt: crate::piece::one_line(&picture.alt).into_owned(),
                        caption,
                        credit: credit.map(|text| crate::piece::Marked::new(text).plain()),
                    }),
                    check,
                });
            }
            None => {
                let mut words =
                    vec!["A picture that could not be taken over stood here.".to_owned()];
                words.extend((!picture.alt.is_empty()).then(|| picture.alt.clone()));
                items.push(Block::Query(words.join(" ")).into());
                for text in caption.into_iter().chain(credit) {
                    items.push(Block::Paragraph(text).into());
                }
            }
        }
    }
}

/// Whether editions show files of this name.
pub(super) fn is_shown(path: &str) -> bool {
    let lower = path.to_lowercase();
    [".png", ".jpg", ".jpeg", ".webp", ".svg"]
        .iter()
        .any(|end| lower.ends_with(end))
}
