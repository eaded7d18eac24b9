//! The arena: hands out ids, anchors, images and note numbers while a composition grows.

use std::collections::BTreeMap;

use crate::diagnostic::FieldPath;
use crate::piece::{Image, Marked};

use super::anchors::Anchors;
use super::localise::number;
use super::spans::{Styling, spans};
use super::{
    Anchor, Block, BlockId, BlockKind, ComposeError, Heading, ImageId, ItemId, Level, Note, NoteId,
    Shift, Source, Span, Target, Text, TextId,
};

pub(super) struct Arena<'a> {
    source: &'a Source<'a>,
    pub(super) anchors: Anchors,
    texts: Vec<Text>,
    images: Vec<Image>,
    blocks: u32,
    items: u32,
    /// The notes in the order of their first reference.
    order: Vec<&'a str>,
    /// Number, own anchor and first reference of each note referred to.
    notes: BTreeMap<&'a str, (NoteId, Anchor, Anchor)>,
}

impl<'a> Arena<'a> {
    pub(super) fn new(source: &'a Source<'a>) -> Self {
        Self {
            source,
            anchors: Anchors::default(),
            texts: Vec::new(),
            images: Vec::new(),
            blocks: 0,
            items: 0,
            order: Vec::new(),
            notes: BTreeMap::new(),
        }
    }

    /// Keeps a text of spans.
    pub(super) fn text(&mut self, spans: Vec<Span>, origin: &FieldPath) -> TextId {
        let id = TextId(index(self.texts.len()));
        self.texts.push(Text {
            spans,
            origin: origin.clone(),
        });
        id
    }

    /// Keeps a plain text.
    pub(super) fn plain(&mut self, text: impl Into<String>, origin: &FieldPath) -> TextId {
        self.text(vec![Span::plain(text)], origin)
    }

    /// Reads markup and keeps the text.
    pub(super) fn marked(
        &mut self,
        marked: &Marked,
        origin: &FieldPath,
    ) -> Result<TextId, ComposeError> {
        let spans = spans(self, &marked.inlines(), &Styling::default(), origin)?;
        Ok(self.text(spans, origin))
    }

    /// Reads markup and keeps the text with a plain lead before it.
    pub(super) fn led(
        &mut self,
        marked: &Marked,
        lead: &str,
        origin: &FieldPath,
    ) -> Result<TextId, ComposeError> {
        let mut text = vec![Span::plain(lead)];
        text.extend(spans(self, &marked.inlines(), &Styling::default(), origin)?);
        Ok(self.text(text, origin))
    }

    /// A heading with an anchor made of its words.
    pub(super) fn heading(
        &mut self,
        marked: &Marked,
        level: u8,
        otherwise: &str,
        origin: &FieldPath,
    ) -> Result<Heading, ComposeError> {
        let text = self.marked(marked, origin)?;
        let words = self.texts[text.0 as usize].plain();
        Ok(Heading {
            level: Level(level),
            text,
            anchor: self.anchors.of_words(&words, otherwise),
        })
    }

    /// An id for a block, taken before those of the blocks inside it.
    pub(super) fn block_id(&mut self) -> BlockId {
        self.blocks += 1;
        BlockId(self.blocks - 1)
    }

    /// A block with no blocks inside.
    pub(super) fn leaf(&mut self, kind: BlockKind, section: &Anchor, origin: FieldPath) -> Block {
        let id = self.block_id();
        self.block(id, kind, section, origin)
    }

    /// A block; `section` begins its anchor.
    pub(super) fn block(
        &mut self,
        id: BlockId,
        kind: BlockKind,
        section: &Anchor,
        origin: FieldPath,
    ) -> Block {
        let anchor = match &kind {
            BlockKind::Heading(heading) => heading.anchor.clone(),
            _ => self.block_anchor(section, id),
        };
        Block {
            id,
            anchor,
            origin,
            kind,
        }
    }

    fn block_anchor(&mut self, section: &Anchor, id: BlockId) -> Anchor {
        let stem = section.as_str();
        let stem = stem
            .get(..stem.len().min(22))
            .unwrap_or(stem)
            .trim_end_matches('_');
        self.anchors.named(&format!("{stem}_b{}", id.0 + 1))
    }

    /// An id for a list's item.
    pub(super) fn item(&mut self) -> ItemId {
        self.items += 1;
        ItemId(self.items - 1)
    }

    /// The image that a field names; equal images are kept once.
    pub(super) fn image(&mut self, field: FieldPath) -> Result<ImageId, ComposeError> {
        let Some(image) = self.source.images.get(&field) else {
            return Err(ComposeError::at(field, "the image was not read"));
        };
        let known = self.images.iter().position(|other| other == image);
        Ok(ImageId(index(known.unwrap_or_else(|| {
            self.images.push(image.clone());
            self.images.len() - 1
        }))))
    }

    /// A reference to a note: a raised mark that leads to it.
    pub(super) fn reference(
        &mut self,
        name: &str,
        origin: &FieldPath,
    ) -> Result<Span, ComposeError> {
        let Some((name, _)) = self.source.piece.notes.get_key_value(name) else {
            return Err(ComposeError::at(
                origin.clone(),
                format_args!("there is no note `{name}`"),
            ));
        };
        let (note, reference) = match self.notes.get(name.as_str()) {
            Some((note, ..)) => (*note, self.anchors.named(&format!("ref_{}", note.0 + 1))),
            None => {
                let note = NoteId(index(self.order.len()));
                let reference = self.anchors.named(&format!("ref_{}", note.0 + 1));
                let anchor = self.anchors.named(&format!("note_{}", note.0 + 1));
                self.order.push(name);
                self.notes.insert(name, (note, anchor, reference.clone()));
                (note, reference)
            }
        };
        Ok(Span {
            shift: Shift::Superscript,
            target: Some(Target::Note { note, reference }),
            ..Span::plain(self.mark(note))
        })
    }

    fn mark(&self, note: NoteId) -> String {
        number(note.0 + 1, &self.source.piece.language)
    }

    /// Composes the notes and gives up texts, images and notes.
    #[expect(
        clippy::type_complexity,
        reason = "three parts of the composition, named where they are taken"
    )]
    pub(super) fn finish(mut self) -> Result<(Vec<Text>, Vec<Image>, Vec<Note>), ComposeError> {
        let mut notes = Vec::with_capacity(self.order.len());
        for name in self.order.clone() {
            let origin = FieldPath::root().key("notes").key(name);
            let text = self.marked(&self.source.piece.notes[name], &origin)?;
            let spans = &self.texts[text.0 as usize].spans;
            if spans
                .iter()
                .any(|span| matches!(span.target, Some(Target::Note { .. })))
            {
                return Err(ComposeError::at(origin, "a note refers to a note"));
            }
            let (note, anchor, reference) = self.notes[name].clone();
            notes.push(Note {
                mark: self.mark(note),
                anchor,
                reference,
                text,
            });
        }
        Ok((self.texts, self.images, notes))
    }
}

/// A length as an index; sources are capped far below 4 GiB.
fn index(length: usize) -> u32 {
    u32::try_from(length).expect("a source of bounded size has fewer than 2^32 parts")
}
