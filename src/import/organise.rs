//! Documents to a piece: who speaks where, what is front, what is statement.

use super::desk::{Desk, remarked};
use super::document::{Block, Document, Paragraph, Remark};
use super::draft::{self, Contributor, Draft, Item, Value};
use super::elsewhere::Known;
use super::front;
use super::layout;
use super::lead_ins;
use super::lines::{head_length, is_end, is_said, top};
use super::names_with_notes;
use super::parting::parted;
use super::people;
use super::queries::queries;
use super::raised::{self, Raised};
use super::speakers::{self, Speakers};
use super::statements::without_rules;
use super::{Imported, Wishes, languages, source};
use crate::piece::{LanguageTag, Marked, Slug};

/// The piece that documents make.
pub(super) fn piece(mut documents: Vec<Document>, wishes: &Wishes) -> Imported {
    let mut remarks: Vec<Remark> = documents
        .iter()
        .flat_map(|document| document.remarks.clone())
        .collect();
    for document in &mut documents {
        names_with_notes::taken(document, &mut remarks);
    }
    let language = languages::language(&documents, wishes, &mut remarks);
    let desk = Desk::new(&documents, wishes, language.as_ref());
    let mut draft = match documents.as_slice() {
        [one] => desk.whole(one, language.as_ref(), &mut remarks),
        several => desk.together(several, language.as_ref(), &mut remarks),
    };
    match (&language, wishes.inherits.language) {
        (_, true) if wishes.language.is_none() => {}
        (Some(language), _) => {
            let value = match wishes.language.is_some() || documents[0].properties.is_ours {
                true => Value::sure(language.to_string()),
                false => Value::guess(language.to_string(), "the language is a guess"),
            };
            draft.fields.insert("language", value);
        }
        (None, _) => {
            remarks.push(Remark::guess(
                &documents[0].name,
                "the language was not recognised",
            ));
            draft.fields.insert(
                "language",
                Value::missing("the language was not recognised; a piece needs one, such as en-GB"),
            );
        }
    }
    draft.notes = desk.notes(&documents, &mut remarks);
    let slug = slug(&mut draft, &documents[0].name, &mut remarks);
    Imported {
        source: source::written(&draft, wishes.schema.as_deref()),
        slug,
        ..desk.cleared(&documents, &draft, remarks)
    }
}

/// The slug of a piece. A title without Latin letters gives none; then the file's name may.
fn slug(draft: &mut Draft, file: &str, remarks: &mut Vec<Remark>) -> Option<Slug> {
    let text = |key: &str| draft.fields.get(key)?.text.clone();
    if let Some(own) = text("slug") {
        return Slug::parse(&own).ok();
    }
    let title = text("title")?;
    if let Some(slug) = Slug::derive(&Marked::new(title).plain()) {
        return Some(slug);
    }
    let name = file.rsplit(['/', '\\']).next().unwrap_or_default();
    let slug = Slug::derive(name.rsplit_once('.').map_or(name, |(stem, _)| stem));
    let (value, message) = match &slug {
        Some(slug) => {
            let why = "the title gives no slug; this is that of the name of the file";
            (
                Value::guess(slug.to_string(), why),
                format!("the slug is `{slug}`, as the file is called: the title gives none"),
            )
        }
        None => {
            let why = "the title gives no slug; write one of a to z, 0 to 9 and hyphens";
            (Value::missing(why), "the title gives no slug".to_owned())
        }
    };
    remarks.push(Remark::guess(file, message));
    draft.fields.insert("slug", value);
    slug
}

/// The one contributor that documents are the statement of: for a piece that is there already.
pub(super) fn statement(
    documents: &[Document],
    wishes: &Wishes,
) -> (Contributor, Vec<(String, String)>, Imported) {
    let mut remarks: Vec<Remark> = documents
        .iter()
        .flat_map(|document| document.remarks.clone())
        .collect();
    let desk = Desk::new(documents, wishes, wishes.language.as_ref());
    let mut all = Contributor::default();
    for (index, document) in documents.iter().enumerate() {
        let one = desk.one(index, document, wishes.language.as_ref(), &mut remarks);
        let mut first = one.into_iter();
        if let Some(mut one) = first.next() {
            if index == 0 {
                all.name = one.name.clone();
                all.fields = one.fields.clone();
            }
            all.statement.append(&mut one.statement);
        }
        for mut other in first {
            let name = other.name.text.clone().unwrap_or_default();
            all.statement.push(draft::Block::Heading(name).into());
            all.statement.append(&mut other.statement);
        }
    }
    let notes = desk.notes(documents, &mut remarks);
    let draft = Draft {
        contributors: vec![all.clone()],
        notes: notes.clone(),
        ..Draft::default()
    };
    let imported = desk.cleared(documents, &draft, remarks);
    (all, notes, imported)
}

impl Desk<'_> {
    /// A document that is a whole piece.
    fn whole(
        &self,
        document: &Document,
        language: Option<&LanguageTag>,
        remarks: &mut Vec<Remark>,
    ) -> Draft {
        let is_ours = document.properties.is_ours;
        let end = document
            .blocks
            .iter()
            .position(is_end)
            .unwrap_or(document.blocks.len());
        let (blocks, end_matter) = document.blocks.split_at(end);
        let known: Vec<String> = match is_ours {
            true => document.properties.creators.clone(),
            false => Vec::new(),
        };
        let blocks = match is_ours {
            true => blocks.to_vec(),
            false => layout::unrolled(blocks, remarks),
        };
        let mut blocks = blocks;
        let mut raised = Raised::default();
        if !is_ours {
            lead_ins::without(&mut blocks, remarks);
            raised = raised::taken(&mut blocks, remarks);
        }
        let mut blocks = parted(blocks, language);
        blocks.retain(is_said);
        let speakers = match is_ours {
            true => Speakers {
                starts: people::find(&blocks, &known),
                ..Speakers::default()
            },
            false => {
                let contributor = self.wishes.contributor.as_deref();
                speakers::found(&mut blocks, contributor, raised, remarks)
            }
        };
        let starts = &speakers.starts;
        let head = match starts.first() {
            Some(first) => first.at,
            None => head_length(&blocks),
        };
        let known = Known {
            document,
            wishes: self.wishes,
            language,
            starts,
            hints: &speakers.hints,
        };
        let mut texts = |paragraph: &Paragraph| {
            let mut own = Vec::new();
            self.bodies(0, false, &mut own, |bodies| bodies.heading(paragraph))
        };
        let mut front = front::read(&blocks[..head], &known, &mut texts, remarks);
        let asked = asked(&blocks[..head], &front.rest);
        let mut draft = Draft {
            fields: std::mem::take(&mut front.fields),
            ..Draft::default()
        };
        if starts.is_empty() {
            let mut rest = front.rest;
            rest.extend(blocks[head..].iter().cloned());
            let contributor = self.nobody(document, speakers.signer, remarks);
            let top = top(&rest, 1);
            let statement = self.bodies(0, !is_ours, remarks, |bodies| bodies.items(&rest, top));
            draft.contributors.push(Contributor {
                statement,
                ..contributor
            });
        } else {
            let top_of_introduction = if is_ours { 2 } else { top(&front.rest, 1) };
            let rest = match is_ours {
                true => front.rest.as_slice(),
                false => without_rules(&front.rest),
            };
            draft.introduction = self.bodies(0, !is_ours, remarks, |bodies| {
                bodies.items(rest, top_of_introduction)
            });
            self.statements(
                0,
                &blocks,
                starts,
                is_ours,
                remarks,
                &mut draft.contributors,
            );
        }
        let first = match draft.contributors.first_mut() {
            Some(first) if draft.introduction.is_empty() => &mut first.statement,
            _ => &mut draft.introduction,
        };
        first.splice(0..0, asked);
        self.given(0, speakers.about, &mut draft.contributors, remarks);
        if !end_matter.is_empty() {
            self.end_matter(document, end_matter, language, &mut draft, remarks);
        }
        for (key, value) in &document.properties.fields {
            if let Some(name) = key.strip_prefix("role of ") {
                let person = draft
                    .contributors
                    .iter_mut()
                    .find(|one| one.name.text.as_deref() == Some(name));
                if let Some(person) = person {
                    person.fields.insert("role", value.clone());
                }
            }
        }
        draft
    }
}

/// The questions of what stands before the first statement and is fields now.
fn asked(head: &[Block], rest: &[Block]) -> Vec<Item> {
    let kept: std::collections::BTreeSet<&str> = rest
        .iter()
        .filter_map(|block| match block {
            Block::Paragraph(paragraph) => Some(paragraph.place.as_str()),
            Block::Table(_) => None,
        })
        .collect();
    let mut asked = Vec::new();
    for block in head {
        if let Block::Paragraph(paragraph) = block
            && !kept.contains(paragraph.place.as_str())
        {
            queries(&remarked(paragraph), &mut asked);
        }
    }
    asked
}
