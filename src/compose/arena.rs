//! The arena: hands out ids, anchors, images and note numbers while a composition grows.

use std::collections::BTreeMap;

use crate::check::checked::{self, CheckedPiece, Contributor, NoteIndex, Picture};
use crate::diagnostic::FieldPath;
use crate::piece::{Direction, Image, LanguageTag};

use super::anchors::Anchors;
use super::digits::Digits;
use super::direction::{Decides, Stance};
use super::{
    Anchor, Block, BlockId, BlockKind, Content, Foreign, Heading, ImageId, ItemId, Kind, Level,
    Note, NoteId, Reading, Shift, Span, Target, Text, TextId,
};

pub(super) struct Arena<'a> {
    piece: &'a CheckedPiece,
    pub(super) anchors: Anchors,
    pub(super) digits: Digits,
    /// The direction of what is composed, and its language where that is not the piece's.
    around: Direction,
    language: Option<Foreign>,
    texts: Vec<Text>,
    /// The images, each with the field that named it first.
    images: Vec<(Image, FieldPath)>,
    blocks: u32,
    items: u32,
    /// The notes in the order of their first reference.
    order: Vec<NoteIndex>,
    /// Number, own anchor and first reference of each note referred to.
    notes: BTreeMap<NoteIndex, (NoteId, Anchor, Anchor)>,
}

impl<'a> Arena<'a> {
    pub(super) fn new(piece: &'a CheckedPiece) -> Self {
        Self {
            piece,
            anchors: Anchors::default(),
            digits: Digits::of(piece.front.language.as_str()),
            around: piece.front.language.direction(),
            language: None,
            texts: Vec::new(),
            images: Vec::new(),
            blocks: 0,
            items: 0,
            order: Vec::new(),
            notes: BTreeMap::new(),
        }
    }

    /// Composes what stands in a language of its own, where it has one.
    pub(super) fn within<T>(
        &mut self,
        language: Option<&LanguageTag>,
        compose: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let Some(language) = language.map(Foreign::of) else {
            return compose(self);
        };
        let around = std::mem::replace(&mut self.around, language.direction);
        let before = self.language.replace(language);
        let composed = compose(self);
        (self.around, self.language) = (around, before);
        composed
    }

    /// Keeps a text of spans.
    pub(super) fn text(&mut self, kind: Kind, spans: Vec<Span>, origin: &FieldPath) -> TextId {
        self.push(kind, spans, origin, Decides::of(kind))
    }

    /// What a text is.
    pub(super) fn kind(&self, id: TextId) -> Kind {
        self.texts[id.0 as usize].kind
    }

    fn push(
        &mut self,
        kind: Kind,
        spans: Vec<Span>,
        origin: &FieldPath,
        decides: Decides,
    ) -> TextId {
        let id = TextId(index(self.texts.len()));
        let Stance { direction, column } = decides.stance(&spans, self.around);
        let language = language_of_all(&spans).or(self.language.as_ref()).cloned();
        self.texts.push(Text {
            kind,
            spans,
            origin: origin.clone(),
            language,
            reading: Reading::Text,
            ties: Vec::new(),
            direction,
            column,
        });
        id
    }

    /// Keeps the name of a contributor, where it stands alone.
    pub(super) fn name(&mut self, kind: Kind, of: &Contributor, origin: &FieldPath) -> TextId {
        let language = of.name_language.as_ref().map(Foreign::of);
        self.name_in(kind, &of.name, language.as_ref(), origin)
    }

    /// Keeps a name that stands alone, with its language where that is not the piece's.
    pub(super) fn name_in(
        &mut self,
        kind: Kind,
        name: &str,
        language: Option<&Foreign>,
        origin: &FieldPath,
    ) -> TextId {
        let name = Span::words(name, language);
        self.push(kind, vec![name], origin, Decides::Letters)
    }

    /// Keeps a text of the piece.
    pub(super) fn marked(&mut self, kind: Kind, text: &checked::Text) -> TextId {
        let spans = self.spans(&text.inlines);
        self.text(kind, spans, &text.origin)
    }

    /// Keeps a text of the piece with a plain lead before it.
    pub(super) fn led(&mut self, kind: Kind, text: &checked::Text, lead: &str) -> TextId {
        let mut led = vec![Span::words(lead, self.language.as_ref())];
        led.extend(self.spans(&text.inlines));
        self.text(kind, led, &text.origin)
    }

    /// A heading with an anchor made of its words.
    pub(super) fn heading(&mut self, text: &checked::Text, level: u8, otherwise: &str) -> Heading {
        let words = text.plain();
        Heading {
            level: Level(level),
            text: self.marked(Kind::of_level(level), text),
            anchor: self.anchors.of_words(&words, otherwise),
        }
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

    /// A block of an item; `section` begins its anchor.
    pub(super) fn content(
        &mut self,
        id: BlockId,
        kind: Content,
        section: &Anchor,
        origin: FieldPath,
    ) -> Block<Content> {
        Block {
            id,
            anchor: self.block_anchor(section, id),
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

    /// Keeps an image; equal ones once.
    pub(super) fn image(&mut self, picture: &Picture) -> ImageId {
        let image = &picture.image;
        let known = self.images.iter().position(|(other, _)| other == image);
        ImageId(index(known.unwrap_or_else(|| {
            self.images.push((image.clone(), picture.origin.clone()));
            self.images.len() - 1
        })))
    }

    /// A reference to a note: a raised mark that leads to it.
    pub(super) fn reference(&mut self, name: NoteIndex) -> Span {
        let (note, reference) = match self.notes.get(&name) {
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
        Span {
            shift: Shift::Mark,
            target: Some(Target::Note { note, reference }),
            ..Span::plain(self.mark(note))
        }
    }

    /// What parts the marks of two notes side by side, which would be read as one number.
    pub(super) fn between_marks(&self) -> Span {
        let comma = match self.piece.front.language.script().as_str() {
            "Arab" => "\u{60C}",
            _ => ",",
        };
        Span {
            shift: Shift::Mark,
            ..Span::plain(comma)
        }
    }

    fn mark(&self, note: NoteId) -> String {
        self.digits.number(note.0 as usize + 1)
    }

    /// Composes the notes and gives up texts, images and notes.
    pub(super) fn finish(mut self) -> (Vec<Text>, Vec<(Image, FieldPath)>, Vec<Note>) {
        let mut notes = Vec::with_capacity(self.order.len());
        for name in std::mem::take(&mut self.order) {
            let text = self.marked(Kind::Note, &self.piece.notes[name.0]);
            let (note, anchor, reference) = self.notes[&name].clone();
            notes.push(Note {
                mark: self.mark(note),
                anchor,
                reference,
                text,
            });
        }
        (self.texts, self.images, notes)
    }
}

/// The language of all words of spans, where that is one and not the piece's.
fn language_of_all(spans: &[Span]) -> Option<&Foreign> {
    let words = || spans.iter().filter(|span| !span.is_mark());
    let first = words().next()?.language.as_ref()?;
    words()
        .all(|span| span.language.as_ref() == Some(first))
        .then_some(first)
}

/// A length as an index; sources are capped far below 4 GiB.
fn index(length: usize) -> u32 {
    u32::try_from(length).expect("a source of bounded size has fewer than 2^32 parts")
}
