//! The end matter of our own editions: biographies, and a colophon of fields.

use super::body::words;
use super::desk::Desk;
use super::document::{Block, Document, Paragraph, Remark, Role};
use super::draft::{Draft, Value};
use crate::compose::canonical_line;
use crate::piece::LanguageTag;

impl Desk<'_> {
    /// What editions of ours add at the end: biographies, and a colophon of fields.
    pub(super) fn end_matter(
        &self,
        document: &Document,
        blocks: &[Block],
        language: Option<&LanguageTag>,
        draft: &mut Draft,
        remarks: &mut Vec<Remark>,
    ) {
        let labels = language
            .and_then(crate::compose::Words::of)
            .unwrap_or(crate::compose::Words::english());
        let mut person: Option<usize> = None;
        for block in blocks {
            let Block::Paragraph(paragraph) = block else {
                continue;
            };
            let plain = canonical_line(&paragraph.plain());
            let text = || {
                let mut own = Vec::new();
                self.bodies(0, false, &mut own, |bodies| bodies.text(paragraph))
            };
            match paragraph.role {
                Role::EndHeading(level) if level > 2 => {
                    person = draft.contributors.iter().position(|one| {
                        one.name.text.as_deref().map(canonical_line).as_deref() == Some(&*plain)
                    });
                }
                Role::EndHeading(_) => {}
                _ => {
                    if let (Some(person), Some(picture)) = (person, paragraph.pictures.first()) {
                        let path = picture.media.and_then(|media| self.picture(0, media));
                        draft.contributors[person].portrait =
                            path.map(|path| (path, picture.alt.clone()));
                        continue;
                    }
                    let rights = draft
                        .fields
                        .get("rights")
                        .and_then(|rights| rights.text.clone());
                    let behind = |label: &str| {
                        plain
                            .strip_prefix(label)
                            .is_some_and(|rest| rest.trim_start().starts_with([':', '：']))
                    };
                    let cut_label = |text: &str| {
                        text.split_once([':', '：'])
                            .map(|(_, rest)| rest.trim().to_owned())
                    };
                    if behind(&labels.disclaimer) {
                        draft.fields.extend(
                            cut_label(&text()).map(|text| ("disclaimer", Value::sure(text))),
                        );
                    } else if behind(&labels.citation) {
                        draft
                            .fields
                            .extend(cut_label(&text()).map(|text| ("citation", Value::sure(text))));
                    } else if let Some(rights) =
                        rights.filter(|rights| plain.starts_with(&canonical_line(rights)))
                    {
                        let marked = text();
                        let own = marked
                            .split(" · [")
                            .next()
                            .unwrap_or(&rights)
                            .trim()
                            .to_owned();
                        draft.fields.insert("rights", Value::sure(own));
                    } else if let Some(person) = person
                        .filter(|person| !draft.contributors[*person].fields.contains_key("bio"))
                    {
                        draft.contributors[person].fields.insert("bio", text());
                    }
                }
            }
        }
        let all: Vec<Paragraph> = blocks
            .iter()
            .filter_map(|block| match block {
                Block::Paragraph(paragraph) => Some(paragraph.clone()),
                Block::Table(_) => None,
            })
            .collect();
        let message = "the end matter is that of an edition of ours: its labels and lines are made of the fields";
        remarks.push(Remark::lost(&document.name, message, words(&all)));
    }
}
