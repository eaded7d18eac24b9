//! Several documents as one piece: a statement each, or some.

use super::Wishes;
use super::desk::{Desk, remarked};
use super::document::{Block, Document, Paragraph, Remark, Role};
use super::draft::{Contributor, Draft, Item};
use super::elsewhere::Known;
use super::front;
use super::layout;
use super::lines::{head_length, is_said, shared_title, top};
use super::mailbox::Hints;
use super::parting::parted;
use super::queries::queries;
use super::raised;
use super::shapes;
use super::speakers;
use crate::compose::canonical_line;
use crate::piece::LanguageTag;

impl Desk<'_> {
    /// Several documents that are a statement each, or some.
    pub(super) fn together(
        &self,
        documents: &[Document],
        language: Option<&LanguageTag>,
        remarks: &mut Vec<Remark>,
    ) -> Draft {
        let mut draft = Draft::default();
        let known = Known {
            document: &documents[0],
            wishes: self.wishes,
            language,
            starts: &[],
            hints: &Hints::default(),
        };
        // What all begin with is the title of the piece, and no part of a statement.
        let mut none = |_: &Paragraph| String::new();
        let shared = shared_title(documents);
        let untitled = Wishes {
            title: self.wishes.title.clone().or(shared),
            ..self.wishes.clone()
        };
        let known = Known {
            wishes: &untitled,
            ..known
        };
        let mut front = front::read(&[], &known, &mut none, remarks);
        draft.fields = std::mem::take(&mut front.fields);
        for (index, document) in documents.iter().enumerate() {
            let title = draft
                .fields
                .get("title")
                .and_then(|value| value.text.clone());
            let mut found = self.titled(index, document, title.as_deref(), language, remarks);
            draft.contributors.append(&mut found);
        }
        draft
    }

    pub(super) fn one(
        &self,
        index: usize,
        document: &Document,
        language: Option<&LanguageTag>,
        remarks: &mut Vec<Remark>,
    ) -> Vec<Contributor> {
        self.titled(index, document, None, language, remarks)
    }

    /// The contributors of a document that is one of several.
    fn titled(
        &self,
        index: usize,
        document: &Document,
        title: Option<&str>,
        language: Option<&LanguageTag>,
        remarks: &mut Vec<Remark>,
    ) -> Vec<Contributor> {
        let mut blocks = layout::unrolled(&document.blocks, remarks);
        let raised = raised::taken(&mut blocks, remarks);
        let mut blocks = parted(blocks, language);
        blocks.retain(is_said);
        let contributor = self.wishes.contributor.as_deref();
        let speakers = speakers::found(&mut blocks, contributor, raised, remarks);
        let starts = &speakers.starts;
        let head = starts
            .first()
            .map_or_else(|| head_length(&blocks), |first| first.at);
        let mut above = Vec::new();
        let mut dropped = Vec::new();
        for block in &blocks[..head] {
            let Block::Paragraph(paragraph) = block else {
                above.push(block.clone());
                continue;
            };
            let plain = paragraph.plain();
            dropped.extend(remarked(paragraph));
            let is_title = title.is_some_and(|title| {
                canonical_line(&crate::piece::Marked::new(title).plain()) == canonical_line(&plain)
            });
            if is_title {
                remarks.push(Remark::lost(
                    &paragraph.place,
                    "the title stands at the head of the piece once",
                    plain.trim(),
                ));
            } else if shapes::date(&plain, language).is_some() {
                remarks.push(Remark::lost(
                    &paragraph.place,
                    "the date of a statement is left out",
                    plain.trim(),
                ));
            } else if matches!(&self.wishes.contributor, Some(name) if canonical_line(name) == canonical_line(&plain))
            {
                remarks.push(Remark::lost(
                    &paragraph.place,
                    "the name stands above the statement",
                    plain.trim(),
                ));
            } else {
                let mut line = paragraph.clone();
                let is_front = matches!(
                    line.role,
                    Role::Title | Role::Subtitle | Role::Series | Role::Byline
                );
                if is_front || (line.role == Role::Text && shapes::is_line(&plain)) {
                    line.role = Role::Heading(1);
                }
                dropped.truncate(dropped.len() - paragraph.comments.len());
                above.push(Block::Paragraph(line));
            }
        }
        let mut contributors = Vec::new();
        if starts.is_empty() {
            above.extend(blocks[head..].iter().cloned());
            let top = top(&above, 1);
            let contributor = self.nobody(document, speakers.signer, remarks);
            let statement = self.bodies(index, true, remarks, |bodies| bodies.items(&above, top));
            contributors.push(Contributor {
                statement,
                ..contributor
            });
        } else {
            self.statements(index, &blocks, starts, false, remarks, &mut contributors);
            let top = top(&above, 1);
            let mut own: Vec<Item> =
                self.bodies(index, true, remarks, |bodies| bodies.items(&above, top));
            if let Some(first) = contributors.first_mut() {
                for item in &mut own {
                    item.check
                        .get_or_insert_with(|| "stood above the name".to_owned());
                }
                own.append(&mut first.statement);
                first.statement = own;
            }
        }
        self.given(index, speakers.about, &mut contributors, remarks);
        if let Some(first) = contributors.first_mut() {
            let mut asked = Vec::new();
            queries(&dropped, &mut asked);
            first.statement.splice(0..0, asked);
        }
        contributors
    }
}
