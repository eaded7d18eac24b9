//! The title block, and sections with their headings.

use crate::compose::{Composition, Heading, Section, SectionRole, TextId};

use super::kinds::element;
use super::{Body, Division, Element, Links, NavigationTarget, dir, in_language};
use crate::piece::Direction;
use crate::typeset::ListedPage;

impl<'a, 's> Body<'a, 's> {
    /// Writes a part of the piece.
    pub(crate) fn part(&mut self, part: Division) {
        let composition: &'a Composition = self.context.composition;
        self.marks.push(NavigationTarget::Division(part));
        match part {
            Division::TitleBlock => self.title_block(),
            Division::Section(index) => self.section(&composition.sections[index]),
        }
    }

    fn title_block(&mut self) {
        let composition: &'a Composition = self.context.composition;
        let block = &composition.title_block;
        let section = self.meaning("section", "titlepage", None);
        self.markup.open(
            section
                .with("class", "title-page")
                .with("aria-labelledby", block.title.anchor.as_str()),
        );
        self.markup.line();
        if let Some(mark) = &composition.mark {
            // Furniture: the document's title says it to those who do not see it.
            let line = Element::new("p").with("class", "series");
            self.markup.open(line.with("aria-hidden", "true"));
            let strong = self.in_the_words_language(Element::new("strong"));
            self.markup.leaf(strong, mark);
            self.markup.close();
            self.markup.line();
        }
        if let Some(logo) = &block.logo {
            self.figure(&logo.anchor, &logo.figure, Some("logo"));
        }
        if let Some(publisher) = block.publisher {
            self.fill(
                Element::new("p").with("class", "credit publisher"),
                publisher,
            );
        }
        self.block(block.series);
        let title = self.spoken(self.meaning("h1", "title", None), block.title.text);
        let inside = self.pages_before(block.title.text);
        let title = title.with("id", block.title.anchor.as_str());
        self.heading_text(title, block.title.text, inside);
        if let Some(subtitle) = block.subtitle {
            let element = self.meaning("p", "subtitle", Some("doc-subtitle"));
            let element = self.spoken(element, subtitle);
            self.fill(element.with("class", "subtitle"), subtitle);
        }
        if let Some(byline) = block.byline {
            self.block(byline);
        }
        for credit in &block.credits {
            self.block(*credit);
        }
        self.block(block.date);
        self.markup.close();
        self.markup.line();
    }

    fn section(&mut self, section: &'a Section) {
        let row = section.role.row();
        let element = self
            .meaning("section", row.meaning, row.aria)
            .with("id", section.anchor.as_str());
        // The section bears the anchor that it shares with its heading, so the heading needs a name of its own.
        let heading_id = format!("{}-heading", section.anchor);
        let element = match &section.heading {
            Some(_) => element.with("aria-labelledby", &heading_id),
            None => self.named(element, self.context.composition.unheaded(section.role)),
        };
        let boxed = section.role == SectionRole::Summary;
        let element = element.with_some("class", boxed.then_some("summary"));
        // The section's name would give its language to all that stands in it.
        let within = section.heading.is_none() && self.context.composition.words_language.is_some();
        self.open_line(element);
        if within {
            self.open_line(self.in_the_pieces_language(Element::new("div")));
        }
        if let Some(heading) = &section.heading {
            let inside = self.pages_before(heading.text);
            let element = self.element(heading.text).with("id", &heading_id);
            self.heading_text(element, heading.text, inside);
        }
        if let Some(affiliation) = section.affiliation {
            self.block(affiliation);
        }
        self.blocks(&section.blocks);
        if within {
            self.close_line();
        }
        self.close_line();
    }

    /// Writes a heading inside a section; contents lead to it.
    pub(super) fn heading(&mut self, heading: &'a Heading) {
        let inside = self.pages_before(heading.text);
        self.marks.push(NavigationTarget::Heading {
            anchor: &heading.anchor,
            level: heading.level.number(),
            text: heading.text,
        });
        let element = self
            .element(heading.text)
            .with("id", heading.anchor.as_str());
        self.heading_text(element, heading.text, inside);
    }

    /// Writes the breaks of pages that begin with a heading before it, else their labels would be read as parts of it;
    /// gives the breaks inside it.
    fn pages_before(&mut self, text: TextId) -> &'a [ListedPage] {
        let pages = self.context.pages.within(text);
        let (before, inside) = pages.split_at(pages.partition_point(|page| page.start.byte == 0));
        before.iter().for_each(|page| self.page_break(page));
        inside
    }

    fn heading_text(&mut self, element: Element, text: TextId, inside: &'a [ListedPage]) {
        self.markup.open(element);
        self.text_after(text, Links::Live, inside);
        self.markup.close();
        self.markup.line();
    }

    /// The element that a text fills, by its kind.
    pub(super) fn element(&self, text: TextId) -> Element {
        self.spoken(element(self.context.composition[text].kind), text)
    }

    /// An element that a text fills, with the language that all of it is in and the direction of its column, where these are
    /// not the piece's.
    pub(super) fn spoken(&self, element: Element, text: TextId) -> Element {
        let composition = self.context.composition;
        let text = &composition[text];
        let element = match text.language.as_ref() {
            Some(language) => in_language(element, &language.tag),
            None => element,
        };
        self.turned(element, text.column)
    }

    /// An element whose columns run in a direction.
    pub(super) fn turned(&self, element: Element, column: Direction) -> Element {
        let own = column != self.context.composition.record.direction;
        element.with_some("dir", own.then(|| dir(column)))
    }

    /// Writes a text in the element of its kind, on a line of its own.
    pub(super) fn block(&mut self, text: TextId) {
        self.fill(self.element(text), text);
    }

    /// Writes a text in an element on a line of its own.
    pub(super) fn fill(&mut self, element: Element, text: TextId) {
        self.markup.open(element);
        self.text(text);
        self.markup.close();
        self.markup.line();
    }
}
