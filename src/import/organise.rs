//! Documents to a piece: who speaks where, what is front, what is statement; notes and pictures under their names in the piece.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::body::{Bodies, queries};
use super::count::count;
use super::document::{Block, Comment, Document, Note, Paragraph, Remark, Role};
use super::draft::{self, Contributor, Draft, Item, Value};
use super::front::{self, Known};
use super::lines::{head_length, is_counted, is_end, is_said, shared_title, top};
use super::mail;
use super::parting::{parted, without_run_ins};
use super::people::{self, Start};
use super::shapes;
use super::signed::{signature, signed};
use super::statements::without_rules;
use super::{Imported, Wishes, languages, source};
use crate::compose::canonical_line;
use crate::piece::{LanguageTag, Marked, Slug};

/// The piece that documents make.
pub(super) fn piece(documents: Vec<Document>, wishes: &Wishes) -> Imported {
    let mut remarks: Vec<Remark> = documents
        .iter()
        .flat_map(|document| document.remarks.clone())
        .collect();
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

/// What is known of all documents together.
pub(super) struct Desk<'a> {
    pub(super) wishes: &'a Wishes,
    /// Names of notes in the piece, by document and name there.
    notes: BTreeMap<(usize, String), String>,
    /// Pictures that the piece shows, with their paths.
    media: RefCell<BTreeMap<(usize, usize), String>>,
    documents: &'a [Document],
    /// The language of the piece.
    language: Option<LanguageTag>,
}

impl<'a> Desk<'a> {
    /// What is left beside a draft: the pictures, the words counted, and what was remarked.
    fn cleared(self, documents: &[Document], draft: &Draft, mut remarks: Vec<Remark>) -> Imported {
        let found = documents.iter().flat_map(|document| &document.words);
        let found: Vec<String> = found.cloned().collect();
        let count = count(&found, &draft.words(), &mut remarks);
        let bytes = |(document, index): (usize, usize)| {
            let pictures: &[_] = &documents[document].pictures;
            pictures[index].bytes.clone()
        };
        let media = self.media.into_inner().into_iter();
        Imported {
            media: media.map(|(place, path)| (path, bytes(place))).collect(),
            remarks,
            count,
            ..Imported::default()
        }
    }

    fn new(documents: &'a [Document], wishes: &'a Wishes, language: Option<&LanguageTag>) -> Self {
        let mut notes = BTreeMap::new();
        let mut taken = wishes.notes.clone();
        let mut next = 1;
        for (index, document) in documents.iter().enumerate() {
            for note in document.notes.iter().filter(|note| says(note)) {
                let is_name = !note.name.is_empty()
                    && !note.name.contains(|c: char| {
                        c.is_whitespace() || matches!(c, '[' | ']' | '^' | '\\')
                    })
                    && !is_counted(&note.name);
                let own = (is_name && !taken.contains(&note.name)).then(|| note.name.clone());
                let name = own.unwrap_or_else(|| {
                    while taken.contains(&next.to_string()) {
                        next += 1;
                    }
                    next.to_string()
                });
                taken.insert(name.clone());
                notes.insert((index, note.name.clone()), name);
            }
        }
        Self {
            wishes,
            notes,
            media: RefCell::default(),
            documents,
            language: language.cloned(),
        }
    }

    /// The language of the piece.
    pub(super) fn language(&self) -> Option<&LanguageTag> {
        self.language.as_ref()
    }

    /// The path of a picture, which is to be written then.
    pub(super) fn picture(&self, document: usize, index: usize) -> Option<String> {
        let media = self.documents.get(document)?.pictures.get(index)?;
        let mut taken = self.media.borrow_mut();
        if let Some(path) = taken.get(&(document, index)) {
            return Some(path.clone());
        }
        let (stem, ending) = media.name.rsplit_once('.').unwrap_or((&media.name, "png"));
        let mut path = format!("{}{stem}.{ending}", self.wishes.media);
        let mut number = 2;
        while taken.values().any(|other| *other == path) {
            path = format!("{}{stem}-{number}.{ending}", self.wishes.media);
            number += 1;
        }
        taken.insert((document, index), path.clone());
        Some(path)
    }

    /// Runs something with what turns blocks into those of the piece.
    pub(super) fn bodies<T>(
        &self,
        index: usize,
        guesses: bool,
        remarks: &mut Vec<Remark>,
        work: impl FnOnce(&mut Bodies<'_>) -> T,
    ) -> T {
        let media = |document: usize, picture: usize| self.picture(document, picture);
        let note = |name: &str| self.notes.get(&(index, name.to_owned())).cloned();
        let mut bodies = Bodies {
            media: &media,
            remarks,
            guesses,
            document: index,
            note: &note,
            language: self.language.as_ref(),
        };
        work(&mut bodies)
    }

    fn notes(&self, documents: &[Document], remarks: &mut Vec<Remark>) -> Vec<(String, String)> {
        let mut notes = Vec::new();
        for (index, document) in documents.iter().enumerate() {
            for note in &document.notes {
                let said: Vec<&Paragraph> = note
                    .paragraphs
                    .iter()
                    .filter(|p| !p.plain().trim().is_empty())
                    .collect();
                let place = said.first().map_or(String::new(), |p| p.place.clone());
                if said.len() > 1 {
                    remarks.push(Remark::lost(
                        &place,
                        "a note has several paragraphs; they are one here",
                        "",
                    ));
                }
                let mut spans = Vec::new();
                for paragraph in said {
                    if !spans.is_empty() {
                        spans.push(crate::read::Span {
                            text: " ".to_owned(),
                            look: crate::read::Look::default(),
                        });
                    }
                    spans.extend(paragraph.spans.iter().cloned());
                }
                let text =
                    self.bodies(index, false, remarks, |bodies| bodies.spans(&spans, &place));
                let name = self
                    .notes
                    .get(&(index, note.name.clone()))
                    .cloned()
                    .unwrap_or_default();
                if !text.is_empty() {
                    notes.push((name, text));
                }
            }
        }
        notes
    }

    /// Where statements begin, or the one who signed; what mails put around a text is taken off.
    fn speakers(
        &self,
        blocks: &mut Vec<Block>,
        remarks: &mut Vec<Remark>,
    ) -> (Vec<Start>, Option<(String, Option<String>)>) {
        mail::without_salutation(blocks, remarks);
        let sender = mail::without_greeting(blocks, remarks);
        let mut starts = Vec::new();
        if self.wishes.contributor.is_none() {
            if let Some((turned, found)) = signed(blocks) {
                *blocks = turned;
                starts = found;
            }
            if starts.is_empty() {
                starts = people::find(blocks, &[]);
            }
            if starts.is_empty() {
                let split = without_run_ins(blocks);
                starts = people::find(&split, &[]);
                if !starts.is_empty() {
                    *blocks = split;
                }
            }
        }
        if !starts.is_empty() {
            mail::tell_sender(&sender, remarks);
            return (starts, None);
        }
        blocks.extend(sender);
        let signature = signature(blocks);
        (starts, signature)
    }

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
        let mut blocks = parted(blocks.to_vec(), language);
        blocks.retain(is_said);
        let (mut starts, signature) = match is_ours {
            true => (people::find(&blocks, &known), None),
            false => self.speakers(&mut blocks, remarks),
        };
        let head = match starts.first() {
            Some(first) => first.at,
            None => head_length(&blocks),
        };
        let known = Known {
            document,
            wishes: self.wishes,
            language,
            starts: &starts,
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
            let contributor = self.nobody(document, signature, remarks);
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
                &mut starts,
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

    /// Several documents that are a statement each, or some.
    fn together(
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

    fn one(
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
        let mut blocks = parted(document.blocks.clone(), language);
        blocks.retain(is_said);
        let (mut starts, signature) = self.speakers(&mut blocks, remarks);
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
            let contributor = self.nobody(document, signature, remarks);
            let statement = self.bodies(index, true, remarks, |bodies| bodies.items(&above, top));
            contributors.push(Contributor {
                statement,
                ..contributor
            });
        } else {
            self.statements(
                index,
                &blocks,
                &mut starts,
                false,
                remarks,
                &mut contributors,
            );
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
        if let Some(first) = contributors.first_mut() {
            let mut asked = Vec::new();
            queries(&dropped, &mut asked);
            first.statement.splice(0..0, asked);
        }
        contributors
    }
}

/// Whether a note says something.
fn says(note: &Note) -> bool {
    let mut paragraphs = note.paragraphs.iter();
    paragraphs.any(|paragraph| !paragraph.plain().trim().is_empty())
}

/// What readers remarked on a paragraph that is no block of the piece, with its words where they marked none.
pub(super) fn remarked(paragraph: &Paragraph) -> Vec<Comment> {
    let about = |comment: &Comment| match comment.about.trim().is_empty() {
        true => paragraph.plain(),
        false => comment.about.clone(),
    };
    let comments = paragraph.comments.iter();
    let comments = comments.map(|comment| Comment {
        about: about(comment),
        ..comment.clone()
    });
    comments.collect()
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
