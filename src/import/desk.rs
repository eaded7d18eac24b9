//! What is known of all documents together: the names of their notes, the pictures that the piece shows, and who speaks in each.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::body::Bodies;
use super::count::count;
use super::document::{Comment, Document, Note, Paragraph, Remark};
use super::draft::Draft;
use super::lines::is_counted;
use super::{Imported, Wishes};
use crate::piece::LanguageTag;

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
    pub(super) fn cleared(
        self,
        documents: &[Document],
        draft: &Draft,
        mut remarks: Vec<Remark>,
    ) -> Imported {
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

    pub(super) fn new(
        documents: &'a [Document],
        wishes: &'a Wishes,
        language: Option<&LanguageTag>,
    ) -> Self {
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

    pub(super) fn notes(
        &self,
        documents: &[Document],
        remarks: &mut Vec<Remark>,
    ) -> Vec<(String, String)> {
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
