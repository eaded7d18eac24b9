//! The one walk through a composition, for whatever only looks for something in it.
//!
//! Which parts a block has, and what each is to those who read it, is said beside the kinds of blocks. A writer, which must write each block in its own way, has a match of its own.

use super::block::{Figure, Heading, Step, Visit, text};
use super::composition::{Composition, Section, TitleBlock};
use super::ids::{Anchor, BlockId, TextId};
use super::role::Role;
use super::section_role::SectionRole;

/// Everything in reading order: a block before what it is made of, lists with all that is inside them.
#[derive(Debug, Clone)]
pub struct Walk<'a> {
    /// What is still to come, the next last.
    waiting: Vec<Step<'a>>,
}

impl<'a> Walk<'a> {
    /// A walk along these, first to last.
    fn along(steps: impl DoubleEndedIterator<Item = Step<'a>>) -> Self {
        Self {
            waiting: steps.rev().collect(),
        }
    }

    /// The blocks, those in lists too, with their anchors.
    pub fn blocks(self) -> impl Iterator<Item = (BlockId, &'a Anchor)> {
        self.filter_map(|visit| match visit {
            Visit::Block(block, anchor) => Some((block, anchor)),
            _ => None,
        })
    }

    /// The headings.
    pub fn headings(self) -> impl Iterator<Item = &'a Heading> {
        self.filter_map(|visit| match visit {
            Visit::Heading(heading) => Some(heading),
            _ => None,
        })
    }

    /// The texts.
    pub fn texts(self) -> impl Iterator<Item = TextId> {
        self.filter_map(|visit| match visit {
            Visit::Text { text, .. } => Some(text),
            _ => None,
        })
    }

    /// The figures, each with the block that shows it.
    pub fn figures(self) -> impl Iterator<Item = (BlockId, &'a Figure)> {
        self.filter_map(|visit| match visit {
            Visit::Figure { block, figure, .. } => Some((block, figure)),
            _ => None,
        })
    }

    /// Lets the parts of a block come next.
    fn open(&mut self, parts: impl FnOnce(&mut Vec<Step<'a>>)) {
        let from = self.waiting.len();
        parts(&mut self.waiting);
        self.waiting[from..].reverse();
    }
}

impl<'a> Iterator for Walk<'a> {
    type Item = Visit<'a>;

    fn next(&mut self) -> Option<Visit<'a>> {
        Some(match self.waiting.pop()? {
            Step::Block(block) => {
                self.open(|parts| block.parts(parts));
                Visit::Block(block.id, &block.anchor)
            }
            Step::Inner(block, depth) => {
                self.open(|parts| block.kind.parts(block.id, depth, parts));
                Visit::Block(block.id, &block.anchor)
            }
            Step::Visit(visit) => {
                if let Visit::Heading(heading) = visit {
                    let role = Role::Heading(heading.level.number());
                    self.waiting.push(text(heading.text, role, 0));
                }
                visit
            }
        })
    }
}

/// A paragraph to come, outside all lists.
fn paragraph<'a>(paragraph: &TextId) -> Step<'a> {
    text(*paragraph, Role::Paragraph, 0)
}

impl TitleBlock {
    /// Its logo, its heading and its texts.
    #[must_use]
    pub fn walk(&self) -> Walk<'_> {
        let mut walk = self.walk_authored();
        walk.waiting.extend(self.publisher.iter().map(paragraph));
        walk.waiting.extend(self.logo.as_ref().map(|logo| {
            Step::Visit(Visit::Figure {
                block: logo.block,
                figure: &logo.figure,
                depth: 0,
            })
        }));
        walk
    }

    /// The same without what the house puts above it.
    fn walk_authored(&self) -> Walk<'_> {
        let heading = Step::Visit(Visit::Heading(&self.title));
        let below = self.subtitle.iter().chain(&self.byline);
        let below = below.chain(&self.credits).chain([&self.date]);
        let above = [paragraph(&self.series), heading];
        Walk::along(above.into_iter().chain(below.map(paragraph)))
    }
}

impl Section {
    /// Its heading, its affiliation and its blocks.
    #[must_use]
    pub fn walk(&self) -> Walk<'_> {
        Walk::along(self.steps())
    }

    fn steps(&self) -> impl DoubleEndedIterator<Item = Step<'_>> {
        let heading = self.heading.iter();
        let heading = heading.map(|heading| Step::Visit(Visit::Heading(heading)));
        let affiliation = self.affiliation.iter().map(paragraph);
        heading
            .chain(affiliation)
            .chain(self.blocks.iter().map(Step::Block))
    }
}

impl Composition {
    /// Title block and sections; the notes stand in [`Composition::notes`].
    #[must_use]
    pub fn walk(&self) -> Walk<'_> {
        let mut walk = Walk::along(self.sections.iter().flat_map(Section::steps));
        walk.waiting.extend(self.title_block.walk().waiting);
        walk
    }

    /// The same without what the house puts to it: logo, publisher's line, summary.
    #[must_use]
    pub fn walk_authored(&self) -> Walk<'_> {
        let sections = self.sections.iter();
        let sections = sections.filter(|section| section.role != SectionRole::Summary);
        let mut walk = Walk::along(sections.flat_map(Section::steps));
        walk.waiting
            .extend(self.title_block.walk_authored().waiting);
        walk
    }
}

#[cfg(test)]
mod tests {
    use super::super::role::Head;
    use super::super::sample::composed;
    use super::*;

    const PIECE: &str = r#"
series: S
title: "T [^a]"
date: 2025-11-04
language: en
introduction: [{heading: H}]
contributors:
  - name: N
    affiliation: A
    bio: B
    statement:
      - heading: H
      - list: [one, [two, {numbered: [three, [four]]}], five]
      - quote: {text: [q, r], by: s}
      - pull: p
      - table: {header: [[a, b]], rows: [[c, d]], caption: t, row_heads: true}
      - break: ~
      - last
notes: {a: n}
"#;

    #[test]
    fn every_text_comes_once_and_in_reading_order() {
        let composition = composed(PIECE);
        let notes = composition.notes.iter().map(|note| note.text);
        let walked: Vec<TextId> = composition.walk().texts().chain(notes).collect();
        let all: Vec<TextId> = (0..).map(TextId).take(composition.texts.len()).collect();
        assert_eq!(walked, all);
    }

    #[test]
    fn every_text_comes_with_its_role_and_the_lists_it_stands_in() {
        let composition = composed(PIECE);
        let mut said = Vec::new();
        let mut items = 0;
        for visit in composition.walk() {
            match visit {
                Visit::Text { text, role, depth } => {
                    said.push((composition[text].plain(), role, depth));
                }
                Visit::Item { .. } => items += 1,
                Visit::Block(..) | Visit::Heading(_) | Visit::Figure { .. } | Visit::Break => {}
            }
        }
        assert_eq!(items, 5);
        let cell = |head, row, column| Role::Cell { head, row, column };
        for (text, role, depth) in [
            ("T", Role::Heading(1), 0),
            ("one", Role::Paragraph, 1),
            ("two", Role::Paragraph, 1),
            ("three", Role::Paragraph, 2),
            ("four", Role::Paragraph, 2),
            ("five", Role::Paragraph, 1),
            ("q", Role::Quote, 0),
            ("p", Role::Pull, 0),
            ("b", cell(Head::Column, 0, 1), 0),
            ("c", cell(Head::Row, 1, 0), 0),
            ("d", cell(Head::None, 1, 1), 0),
        ] {
            let expected = (text.to_owned(), role, depth);
            assert!(said.contains(&expected), "{expected:?} in {said:?}");
        }
    }

    #[test]
    fn blocks_come_before_those_inside_them() {
        let composition = composed(PIECE);
        let ids: Vec<u32> = composition
            .walk()
            .blocks()
            .map(|(block, _)| block.0)
            .collect();
        let count = u32::try_from(ids.len()).unwrap_or_default();
        assert_eq!(ids, (0..count).collect::<Vec<_>>());
        assert!(count >= 16, "{count}");
        let levels = composition.walk().headings();
        let levels: Vec<u8> = levels.map(|heading| heading.level.number()).collect();
        assert_eq!(levels, [1, 2, 2, 3, 2, 3]);
    }
}
