//! Blocks that are new in an edition, and those that stand elsewhere in it.

use super::super::body::Bodies;
use super::super::document::{self, Role};
use super::super::draft::Item;
use super::super::source;
use super::moves::Moved;
use super::places::{block_of, first_behind, person_of};
use super::unit::{Unit, What};
use super::values::trimmed;
use super::{Desk, short};
use crate::diagnostic::{Edit, FieldPath};
use crate::yaml::writer::{Context, inline};

impl Desk<'_> {
    /// New units behind one of the source.
    pub(super) fn add(&mut self, behind: Option<usize>, new: &[usize], moved: &Moved) {
        let edited = self.edited;
        let mut texts: Vec<usize> = new
            .iter()
            .copied()
            .filter(|b| edited.units[*b].what != What::Note)
            .collect();
        let is_name = |b: &usize| {
            edited.units[*b].paragraph.role == Role::Heading(2) && self.document.properties.is_ours
        };
        let person = behind.and_then(|a| person_of(&self.current.units[a].origin));
        if let (Some(at), Some(person)) = (texts.iter().position(is_name), person) {
            let people = texts.split_off(at);
            self.add_people(behind, &person, &people, moved);
        }
        let captions = behind.map_or(0, |a| self.add_captions(a, &texts));
        texts.drain(..captions);
        let Some(first) = texts.first() else { return };
        let place = edited.units[*first].place.clone();
        // The nearest unit above that stands in a sequence of blocks.
        let anchor = behind.and_then(|a| {
            (0..=a)
                .rev()
                .find(|a| self.current.units[*a].what != What::Note)
        });
        let origin = anchor
            .map(|a| self.current.units[a].origin.clone())
            .unwrap_or_default();
        if anchor.is_some_and(|anchor| self.add_to_lists(anchor, &texts)) {
            return;
        }
        let (at, column) = match self.place_behind(&origin) {
            Some(found) => found,
            None if self.add_in_brackets(&origin, &texts) => return,
            None => {
                return self.tell(
                    &place,
                    format!(
                        "“{}” is new in the edition; put it in by hand",
                        short(&edited.units[*first].line)
                    ),
                );
            }
        };
        let mut blocks: Vec<document::Block> = Vec::new();
        let mut lines = String::new();
        let mut rest = texts.as_slice();
        while let Some((b, behind)) = rest.split_first() {
            if let Some((block, taken)) = self.moved_block(rest, moved, column) {
                lines += &self.written(&blocks, &origin, column);
                blocks.clear();
                lines += &block;
                rest = &rest[taken..];
                continue;
            }
            blocks.extend(self.block(&edited.units[*b]));
            rest = behind;
        }
        lines += &self.written(&blocks, &origin, column);
        if !lines.is_empty() {
            self.insert(at, &lines);
        }
    }

    /// The block of the document that a unit was made of, as far as it can be taken over.
    pub(super) fn block(&mut self, unit: &Unit) -> Option<document::Block> {
        match unit.what {
            What::Picture => self.new_picture(unit),
            What::Table => self.table_of(unit),
            _ => {
                let mut paragraph = unit.paragraph.clone();
                paragraph.pictures.clear();
                Some(document::Block::Paragraph(paragraph))
            }
        }
    }

    /// New paragraphs in a sequence that is written in brackets; whether that could be.
    fn add_in_brackets(&mut self, origin: &FieldPath, new: &[usize]) -> bool {
        let edited = self.edited;
        let is_plain = |b: &usize| {
            let unit = &edited.units[*b];
            unit.what == What::Text && unit.paragraph.role == Role::Text
        };
        let (path, is_before) = match (block_of(origin), first_behind(origin)) {
            (Some(block), _) => (block, false),
            (None, Some(first)) => (first, true),
            (None, None) => return false,
        };
        let Some(end) = self.in_brackets(&path).filter(|_| new.iter().all(is_plain)) else {
            return false;
        };
        let texts: Vec<String> = new
            .iter()
            .map(|b| {
                let spans = trimmed(self.named(&edited.units[*b].spans));
                inline(&super::super::marks::marked(&spans).text, Context::Flow)
            })
            .collect();
        let start = self
            .loaded
            .source
            .places
            .get(&path)
            .map_or(end, |place| place.span.start);
        self.push(match is_before {
            true => Edit::new(start..start, format!("{}, ", texts.join(", "))),
            false => Edit::new(end..end, format!(", {}", texts.join(", "))),
        });
        true
    }

    /// The document's table that a unit was made of.
    fn table_of(&self, unit: &Unit) -> Option<document::Block> {
        let tables = self.document.blocks.iter().filter(
            |block| matches!(block, document::Block::Table(table) if table.place == unit.place),
        );
        tables.into_iter().next().cloned()
    }

    /// Blocks of the document as lines of the source.
    fn written(&mut self, blocks: &[document::Block], origin: &FieldPath, column: usize) -> String {
        match blocks.is_empty() {
            true => String::new(),
            false => source::items(&self.items_of(blocks, origin), column),
        }
    }

    /// Blocks of the document as those of the source.
    pub(super) fn items_of(&mut self, blocks: &[document::Block], origin: &FieldPath) -> Vec<Item> {
        let top = if origin.as_str().starts_with("introduction") {
            2
        } else {
            3
        };
        let paths = self.paths.clone();
        let media = |_: usize, picture: usize| paths.get(&picture).cloned();
        let names = self.notes.clone();
        let note = |name: &str| names.get(name).cloned();
        let language = self.language.clone();
        let mut remarks = Vec::new();
        let mut bodies = Bodies {
            media: &media,
            remarks: &mut remarks,
            guesses: false,
            document: 0,
            note: &note,
            language: language.as_ref(),
        };
        let mut blocks = blocks.to_vec();
        for block in &mut blocks {
            if let document::Block::Paragraph(paragraph) = block
                && matches!(
                    paragraph.role,
                    Role::Affiliation | Role::Byline | Role::Date | Role::Series | Role::Subtitle
                )
            {
                paragraph.role = Role::Text;
            }
        }
        let items = bodies.items(&blocks, top);
        self.remarks.append(&mut remarks);
        items
    }
}
