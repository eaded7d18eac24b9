//! Collecting: the composition as a flow of strips and floats, each line set.

use crate::compose::{
    Block, BlockId, BlockKind, Composition, Content, ItemId, Kind, Matter, NoteId, Section,
    SectionRole, TextId, portrait,
};
use crate::theme::{Pt, Row, Theme};

use super::collector::{Collector, TextColumn, strips};
use super::flow::{Adjustable, Element, Flow, Setting, Strip};
use super::geometry::Geometry;
use super::layout::Owner;
use super::line_frame::Align;
use super::linebreak::Fill;
use super::setter::Setter;
use super::{colophon, contents, figures, lists, notes, portraits, pull_quotes, tables, title};

/// How many lines stay with a heading.
const KEPT: usize = 2;

/// Sets every text of the composition.
pub(super) fn collect<'a>(
    composition: &'a Composition,
    theme: &'a Theme,
    geometry: Geometry,
) -> (Flow, Setter<'a>) {
    let mut collector = Collector {
        setter: Setter::new(composition, theme),
        geometry,
        flow: Flow::default(),
        bound: 0,
        follows: false,
        below_heading: false,
        owed: Pt(0.0),
    };
    title::collect(&mut collector);
    let is_box = |section: &&Section| section.role == SectionRole::Summary;
    for section in composition.sections.iter().filter(is_box) {
        collector.section(section);
    }
    contents::collect(&mut collector);
    for section in composition.sections.iter().filter(|one| !is_box(one)) {
        collector.section(section);
    }
    for (index, note) in composition.notes.iter().enumerate() {
        let strips = notes::strips(&mut collector.setter, geometry, NoteId(index as u32), note);
        collector.flow.notes.push(strips);
    }
    (collector.flow, collector.setter)
}

impl Collector<'_> {
    /// The distance of the grid's lines.
    pub(super) fn grid(&self) -> Pt {
        self.geometry.grid
    }

    /// Adds a strip, which a page may begin with unless it is kept with what stands above it.
    pub(super) fn push(&mut self, mut strip: Strip, may_begin: bool) {
        strip.gap = strip.gap.max(std::mem::take(&mut self.owed));
        strip.may_begin = may_begin && self.bound == 0;
        self.bound = self.bound.saturating_sub(usize::from(strip.lines));
        self.below_heading = false;
        self.flow.elements.push(Element::Strip(strip));
    }

    /// Adds a float.
    pub(super) fn push_float(&mut self, float: super::flow::Float) {
        self.flow.elements.push(Element::Float(float));
        self.below_heading = false;
        // Running text goes on behind it: a float interrupts no sequence of paragraphs.
        self.owed = self.owed.max(self.setter.sheet.spaces.float);
    }

    /// What stands next begins anew, this far away at least.
    pub(super) fn owe(&mut self, space: Pt) {
        self.owed = self.owed.max(space);
        self.follows = false;
    }

    /// Keeps the next lines with what was pushed last.
    pub(super) fn keep(&mut self) {
        self.bound = KEPT;
        self.below_heading = true;
    }

    fn section(&mut self, section: &Section) {
        if section.role == SectionRole::Colophon {
            return colophon::collect(self, section);
        }
        let boxed = section.role == SectionRole::Summary;
        if boxed {
            // The rule under the title block is the upper one of the box.
            self.below_heading = true;
        }
        let end = section.role.row().matter == Matter::End || boxed;
        if let Some(heading) = &section.heading {
            self.heading(heading.text);
        }
        if let Some(affiliation) = section.affiliation {
            self.bound = usize::MAX;
            self.owed = Pt(0.0);
            let from = self.flow.elements.len();
            self.plain(affiliation, self.across(Kind::Affiliation));
            for element in &mut self.flow.elements[from..] {
                if let Element::Strip(strip) = element {
                    strip.heads = true;
                }
            }
            self.owe(self.setter.row_of(affiliation).after);
            self.keep();
        }
        let column = TextColumn {
            x: self.geometry.left,
            measure: self.geometry.measure,
            // Paragraphs that a space parts would each begin on a line of the grid, a whole one further down.
            on_grid: !end && self.setter.row(Kind::Paragraph).between == Pt(0.0),
        };
        let mut blocks = section.blocks.as_slice();
        while let Some((block, rest)) = blocks.split_first() {
            blocks = match portrait(blocks) {
                Some((portrait, figure, biography)) => {
                    portraits::collect(self, portrait.id, figure, biography);
                    &rest[1..]
                }
                None => {
                    self.block(block, column);
                    rest
                }
            };
        }
        if boxed {
            self.bound = self.bound.max(1);
            title::rule(self);
            self.owe(self.setter.sheet.spaces.float);
        }
    }

    /// How a text of a kind stands across the page.
    pub(super) fn across(&self, kind: Kind) -> Setting {
        let row = self.setter.row(kind);
        let (left, measure) = (self.geometry.left, self.geometry.measure);
        let inset = row.inset_start + row.inset_end;
        Setting::new(kind, left + row.inset_start, measure - inset)
    }

    /// A heading, kept with what follows it.
    fn heading(&mut self, text: TextId) {
        let kind = self.kind(text);
        let setting = self.across(kind);
        let Row {
            leading,
            before,
            after,
            ..
        } = *self.setter.row_of(text);
        let lines = self.setter.text(text, setting);
        let below_heading = self.below_heading;
        if !below_heading {
            // What stands above has all it is kept with; a row of short statements is no unbreakable whole.
            self.bound = 0;
        }
        for (index, line) in lines.into_iter().enumerate() {
            let mut strip = self.setter.strip(Some(text), line, leading);
            strip.heads = true;
            if index == 0 {
                // Under another heading it stays close to that one.
                let close = self.setter.sheet.spaces.between_headings;
                strip.gap = if below_heading { close } else { before };
                strip.clears = true;
            } else {
                self.bound = usize::MAX;
            }
            self.push(strip, true);
        }
        self.owe(after);
        self.keep();
    }

    /// A text of a few lines, none of which begins a page by itself.
    pub(super) fn plain(&mut self, text: TextId, setting: Setting) {
        let Row {
            leading,
            before,
            after,
            ..
        } = *self.setter.row_of(text);
        let lines = self.setter.text(text, setting);
        for (index, line) in lines.into_iter().enumerate() {
            let mut strip = self.setter.strip(Some(text), line, leading);
            strip.gap = if index == 0 { before } else { Pt(0.0) };
            self.push(strip, index == 0);
        }
        self.owed = self.owed.max(after);
    }

    fn block(&mut self, block: &Block, column: TextColumn) {
        match &block.kind {
            BlockKind::Heading(heading) => self.heading(heading.text),
            BlockKind::Pull(text) => pull_quotes::collect(self, *text),
            BlockKind::Break => self.thought_break(),
            BlockKind::Content(content) => self.content(block.id, content, column),
        }
    }

    pub(super) fn content(&mut self, id: BlockId, content: &Content, column: TextColumn) {
        match content {
            Content::Paragraph(text) => self.paragraph(*text, column, None),
            Content::Quote { paragraphs, by } => self.quote(paragraphs, *by, column),
            Content::List { items, .. } => {
                let Row { before, after, .. } = *self.setter.row(Kind::ListText);
                self.owe(before);
                lists::collect(self, items, column);
                self.owe(after);
            }
            Content::Figure(figure) => figures::collect(self, id, figure),
            Content::Table(table) => tables::collect(self, table),
        }
    }

    /// A paragraph of running text, with a label before its first line in a list.
    pub(super) fn paragraph(
        &mut self,
        text: TextId,
        column: TextColumn,
        label: Option<(ItemId, &str)>,
    ) {
        let kind = self.kind(text);
        let indented = self.follows && label.is_none();
        if indented {
            self.owed = self.owed.max(self.setter.row_of(text).between);
        }
        let indent = if indented {
            self.setter.row_of(text).indent
        } else {
            Pt(0.0)
        };
        let setting = Setting {
            indent,
            ..Setting::new(kind, column.x, column.measure)
        };
        let lines = self.setter.text(text, setting);
        let count = lines.len();
        let leading = self.setter.row_of(text).leading;
        // Lines of a language that needs more room stand on no line of the piece's.
        let on_grid = column.on_grid && leading == self.setter.row(kind).leading;
        if on_grid && label.is_none() {
            let first = self.flow.elements.len();
            self.flow.adjustable.push(Adjustable {
                first,
                lines: count,
                text,
                setting,
            });
        }
        let mut strips = strips(&self.setter, text, lines, leading);
        if let Some((item, label)) = label
            && let Some(first) = strips.first_mut()
        {
            let turned = self.setter.is_turned(text);
            let line = lists::label(self, item, label, column, turned, leading);
            first.content.insert(0, line);
        }
        for strip in strips {
            let may_begin = strip.may_begin;
            self.push(Strip { on_grid, ..strip }, may_begin);
        }
        self.follows = true;
    }

    /// The kind of a text.
    fn kind(&self, text: TextId) -> Kind {
        self.setter.composition[text].kind
    }

    fn quote(&mut self, paragraphs: &[TextId], by: Option<TextId>, outer: TextColumn) {
        let Row {
            inset_start,
            inset_end,
            before,
            after,
            ..
        } = *self.setter.row(Kind::Quote);
        let turned = paragraphs
            .first()
            .is_some_and(|text| self.setter.is_turned(*text));
        let column = outer.within(inset_start, inset_end, turned);
        self.owe(before);
        for text in paragraphs {
            self.paragraph(*text, column, None);
        }
        if let Some(by) = by {
            self.bound = usize::MAX;
            self.plain(
                by,
                Setting::new(Kind::QuoteSource, column.x, column.measure),
            );
            self.bound = 0;
        }
        self.owe(after);
    }

    fn thought_break(&mut self) {
        let (left, measure) = (self.geometry.left, self.geometry.measure);
        let setting = Setting {
            align: Some(Align::Centre),
            fill: Some(Fill::Ragged),
            ..Setting::new(Kind::Paragraph, left, measure)
        };
        let mut lines = self
            .setter
            .literal("*\u{2003}*\u{2003}*", Owner::Artifact, setting);
        let line = lines.remove(0);
        let grid = self.grid();
        let around = self.setter.sheet.spaces.thought_break;
        let strip = Strip {
            gap: around,
            ..self.setter.strip(None, line, grid)
        };
        // It ends something: the text before it stays above it.
        self.bound = self.bound.max(1);
        self.push(strip, true);
        self.owe(around);
    }
}
